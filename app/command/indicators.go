package command

import (
	"context"

	"giaoban/data/desk"
	"giaoban/data/indicator"
)

var indicatorsCommand = &command{
	reads:    notAdding,
	words:    true,
	name:     "indicators",
	usage:    "(list | standings [--as-of NGÀY] | --add TỆP… [--dry-run]) [--json]",
	help:     "chỉ tiêu: định nghĩa, số mới nhất so với mức giao, hoặc nhập số liệu từ bảng",
	flags:    []string{"as-of", "add"},
	switches: []string{"dry-run"},
	run:      runIndicators,
}

type definitionJSON struct {
	Code    string       `json:"code"`
	Name    string       `json:"name"`
	Group   string       `json:"group"`
	Unit    string       `json:"unit"`
	Kind    string       `json:"kind"`
	Lower   bool         `json:"lower"`
	Formula *string      `json:"formula"`
	Targets []targetJSON `json:"targets"`
}

type targetJSON struct {
	Unit  *string `json:"unit"`
	Level *string `json:"level"`
	Year  *int    `json:"year"`
	Value string  `json:"value"`
}

type standingJSON struct {
	Code   string  `json:"code"`
	Name   string  `json:"name"`
	Unit   string  `json:"unit"`
	Value  string  `json:"value"`
	From   string  `json:"from"`
	To     string  `json:"to"`
	Target *string `json:"target"`
	State  string  `json:"state"` // met, below, or open where nothing can be said yet
}

func runIndicators(ctx context.Context, c *call) error {
	adding := c.has("add")
	what := ""
	if len(c.args) == 1 {
		what = c.args[0]
	}
	if len(c.args) > 1 || adding == (what != "") || what != "" && what != "list" && what != "standings" {
		return usagef("Cho biết list (định nghĩa), standings (so với mức giao), hoặc --add với tệp số liệu.")
	}
	d, err := c.open(adding)
	if err != nil {
		return err
	}
	defer d.Close()
	switch what {
	case "list":
		return c.listIndicators(d)
	case "standings":
		return c.indicatorStandings(d)
	}
	return c.addIndicators(ctx, d)
}

func (c *call) listIndicators(d *desk.Desk) error {
	book, err := d.IndicatorBook()
	if err != nil {
		return err
	}
	cat, out := d.Catalogue(), []definitionJSON{}
	for i := range book.Definitions {
		x := &book.Definitions[i]
		one := definitionJSON{Code: x.Code, Name: x.Name, Group: x.Group, Unit: x.Unit, Kind: string(x.Kind), Lower: x.Lower, Formula: jsonText(x.Formula), Targets: []targetJSON{}}
		for _, t := range x.Targets {
			target := targetJSON{Level: jsonText(string(t.Level)), Value: t.Value}
			if t.Unit != 0 {
				target.Unit = jsonText(cat.Unit(t.Unit).Name)
			}
			if t.Year != 0 {
				target.Year = &t.Year
			}
			one.Targets = append(one.Targets, target)
		}
		out = append(out, one)
		c.say("%-24s %s (%s)\n", x.Code, x.Name, indicator.TitleOf(indicator.Kinds, string(x.Kind)))
	}
	return c.answer(out)
}

func (c *call) indicatorStandings(d *desk.Desk) error {
	day, err := c.day("as-of")
	if err != nil {
		return err
	}
	if !day.Known() {
		day = d.Today()
	}
	list, err := d.IndicatorStandings(day)
	if err != nil {
		return err
	}
	out := []standingJSON{}
	for i := range list {
		s := &list[i]
		one := standingJSON{Code: s.Definition.Code, Name: s.Definition.Name, Unit: s.UnitName, Value: s.Value(), From: s.Period.From.ISO(), To: s.Period.To.ISO(), Target: jsonText(s.Target), State: "open"}
		shown := ""
		switch {
		case s.Below():
			one.State, shown = "below", ": chưa đạt, giao "+s.Definition.Asked(s.Target)
		case s.Known:
			one.State, shown = "met", ": đạt, giao "+s.Definition.Asked(s.Target)
		}
		out = append(out, one)
		c.say("%s, %s: %s (%s)%s\n", s.UnitName, s.Definition.Name, s.Value(), s.Period.Label, shown)
	}
	c.say("%s số liệu, chưa đạt %s; tính đến %s\n", n(int64(len(list))), n(int64(len(desk.BelowTarget(list)))), day)
	return c.answer(out)
}

// addIndicators takes tables of values; it answers as import does.
func (c *call) addIndicators(ctx context.Context, d *desk.Desk) error {
	out := []importJSON{}
	for _, path := range c.options["add"] {
		r, err := d.ImportIndicators(ctx, path, c.has("dry-run"))
		if err != nil {
			return named(path, err)
		}
		one := importJSON{Source: r.Source, Rows: r.Rows, New: r.New, Changed: r.Changed, Same: r.Same, Rejected: r.Rejected, Reasons: []reasonJSON{}, Notes: []noteJSON{}, Mapping: []mappedJSON{}}
		for _, f := range r.Faults {
			one.Reasons = append(one.Reasons, reasonJSON(f))
		}
		for _, doubt := range r.Doubts {
			one.Notes = append(one.Notes, noteJSON{"doubt", doubt.Entry.Code + ", " + doubt.Entry.Period.Label + ": " + doubt.Text})
		}
		out = append(out, one)
		verb := "Đã nhập"
		if c.has("dry-run") {
			verb = "Thử nhập"
		}
		c.say("%s %s: %s dòng có số; mới %s, thay đổi %s, không đổi %s, không nhận %s.\n", verb, r.Source, n(int64(r.Rows)), n(int64(r.New)), n(int64(r.Changed)), n(int64(r.Same)), n(int64(r.Rejected)))
		for _, note := range one.Notes {
			c.say("Lưu ý: %s\n", note.Text)
		}
		for _, f := range r.Faults {
			c.say("Dòng %d: %s\n", f.Row, f.Reason)
		}
	}
	return c.answer(out)
}
