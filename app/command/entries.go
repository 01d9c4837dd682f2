package command

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

var entriesCommand = &command{
	reads:    notAdding,
	words:    true,
	name:     "entries",
	usage:    "(list | SỔ [--as-of NGÀY] [--period KỲ | --from NGÀY --to NGÀY] [--state TRẠNG_THÁI] | SỔ --add TỆP… [--reason LÝ_DO] [--dry-run]) [--json]",
	help:     "các sổ nhỏ: nhiệm vụ, hội nghị, kiểm tra, phản ánh…; xem hoặc thêm dòng",
	flags:    []string{"as-of", "period", "from", "to", "state", "add", "reason"},
	switches: []string{"dry-run"},
	run:      runEntries,
}

type entryJSON struct {
	ID      uint64         `json:"id"`
	Number  *string        `json:"number"`
	State   *string        `json:"state"`
	Days    *int           `json:"days"`
	Fields  map[string]any `json:"fields"`
	History int            `json:"history"`
}

type kindJSON struct {
	Kind   string      `json:"kind"`
	Title  string      `json:"title"`
	Fields []fieldJSON `json:"fields"`
	States []stateJSON `json:"states"`
}

type fieldJSON struct {
	Key      string      `json:"key"`
	Title    string      `json:"title"`
	Required bool        `json:"required"`
	Values   []stateJSON `json:"values,omitempty"`
}

type stateJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func runEntries(ctx context.Context, c *call) error {
	if len(c.args) != 1 {
		return usagef("Cho biết một sổ, hoặc list để xem có những sổ nào.")
	}
	if c.args[0] == "list" {
		return c.listKinds()
	}
	k := logbook.Find(c.args[0])
	if k == nil {
		return usagef("Không có sổ «%s». Lệnh giaoban entries list kể các sổ.", c.args[0])
	}
	if c.has("add") {
		return c.addEntries(ctx, k)
	}
	p, day, err := c.asked(true)
	if err != nil {
		return err
	}
	state := c.option("state")
	if state != "" {
		if state = stateOf(k, state); state == "" {
			return usagef("--state: %s không có trạng thái «%s». Có: %s.", k.Title, c.option("state"), statesOf(k))
		}
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	if !day.Known() {
		day = d.Today()
	}
	w, err := d.Logbooks(day)
	if err != nil {
		return err
	}
	rows := slices.DeleteFunc(k.Rows(w), func(r logbook.Row) bool { return state != "" && r.State != state || !k.In(w, r.Entry, p) })
	if !c.has("json") {
		for i := range rows {
			c.printf("%s  %s  %s\n", k.Name(rows[i].Entry), k.StateText(&rows[i]), strings.ReplaceAll(rows[i].Text(k.Head), "\n", " "))
		}
		c.printf("%s: %s dòng, tính đến %s\n", k.Title, n(int64(len(rows))), day)
		return nil
	}
	names := desk.EntryNames{World: w, Cat: d.Catalogue()}
	out := make([]entryJSON, 0, len(rows))
	for _, r := range rows {
		one := entryJSON{ID: r.ID, Number: jsonText(k.Name(r.Entry)), State: jsonText(r.State), Fields: map[string]any{}, History: len(r.Changes) + 1}
		if r.Days != 0 {
			one.Days = &r.Days
		}
		for i := range k.Fields {
			f := &k.Fields[i]
			one.Fields[f.Key] = f.JSON(r.Text(f.Key), names)
		}
		out = append(out, one)
	}
	return c.printJSON(out)
}

// stateOf returns the id of the state that is written as its id or its title; "" for none.
func stateOf(k *logbook.Kind, written string) string {
	for _, s := range k.States {
		if s.ID == written || text.Fold(s.Title) == text.Fold(written) {
			return s.ID
		}
	}
	return ""
}

func statesOf(k *logbook.Kind) string {
	all := data.Map(k.States, func(s logbook.State) string { return s.ID + " (" + s.Title + ")" })
	return strings.Join(all, ", ")
}

func (c *call) listKinds() error {
	out := []kindJSON{}
	for _, k := range logbook.Kinds() {
		one := kindJSON{Kind: k.ID, Title: k.Title, Fields: []fieldJSON{}, States: []stateJSON{}}
		for _, f := range k.Fields {
			shown := fieldJSON{Key: f.Key, Title: f.Title, Required: f.Required}
			for _, v := range f.Choices {
				shown.Values = append(shown.Values, stateJSON{v.ID, v.Title})
			}
			one.Fields = append(one.Fields, shown)
		}
		for _, s := range k.States {
			one.States = append(one.States, stateJSON{s.ID, s.Title})
		}
		out = append(out, one)
		c.say("%-12s %s\n", k.ID, k.Title)
	}
	return c.answer(out)
}

func (c *call) addEntries(ctx context.Context, k *logbook.Kind) error {
	d, err := c.open(true)
	if err != nil {
		return err
	}
	defer d.Close()
	out := []importJSON{}
	for _, path := range c.options["add"] {
		r, err := d.ImportEntries(ctx, k, path, desk.Taking{Dry: c.has("dry-run"), Why: c.option("reason")})
		if err != nil {
			return named(path, err)
		}
		one := importJSON{Source: r.Source, Rows: r.Rows, New: r.New, Changed: r.Changed, Same: r.Same, Duplicate: r.Duplicate, Rejected: r.Rejected,
			Reasons: []reasonJSON{}, Notes: []noteJSON{}, Mapping: []mappedJSON{}}
		for _, f := range r.Faults {
			one.Reasons = append(one.Reasons, reasonJSON(f))
		}
		for _, note := range r.Notes {
			one.Notes = append(one.Notes, noteJSON{note.Code, note.Text})
		}
		for _, m := range r.Mapping {
			one.Mapping = append(one.Mapping, mappedJSON(m))
		}
		out = append(out, one)
		c.printEntries(r)
	}
	return c.answer(out)
}

func (c *call) printEntries(r desk.EntryImport) {
	verb := "Đã nhập"
	if c.has("dry-run") {
		verb = "Thử nhập"
	}
	c.say("%s %s: %s dòng; mới %s, thay đổi %s, không đổi %s, không nhận %s.\n", verb, r.Source, n(int64(r.Rows)), n(int64(r.New)),
		n(int64(r.Changed)), n(int64(r.Same)), n(int64(r.Rejected)))
	for _, note := range r.Notes {
		c.say("Lưu ý: %s\n", note.Text)
	}
	for _, f := range r.Faults {
		c.say("%s\n", f.Reason)
	}
}

var measuresCommand = &command{
	reads: always,
	name:  "measures",
	usage: "[--period KỲ | --from NGÀY --to NGÀY] [--as-of NGÀY] [--by unit|domain] [--only MÃ,…] [--json]",
	help:  "mọi chỉ số: hồ sơ, nhiệm vụ, phản ánh, phiếu hài lòng…",
	flags: []string{"period", "from", "to", "as-of", "by", "only"},
	run:   runMeasures,
}

type measuresJSON struct {
	Period struct {
		From  *string `json:"from"`
		To    *string `json:"to"`
		Label *string `json:"label"`
	} `json:"period"`
	AsOf     string        `json:"as_of"`
	Measures []measureJSON `json:"measures"`
}

type measureJSON struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Unit        string        `json:"unit"`
	Value       any           `json:"value"` // a number, or a percentage such as "92,31"; null where there is none
	Numerator   any           `json:"numerator"`
	Denominator any           `json:"denominator"`
	Rows        []measuredRow `json:"rows"`
}

type measuredRow struct {
	Key         string `json:"key"`
	Name        string `json:"name"`
	Value       any    `json:"value"`
	Numerator   any    `json:"numerator"`
	Denominator any    `json:"denominator"`
}

func runMeasures(_ context.Context, c *call) error {
	p, asOf, err := c.asked(true)
	if err != nil {
		return err
	}
	q := desk.MeasureQuery{Period: p, AsOf: asOf, By: logbook.GroupBy(c.option("by"))}
	if !slices.Contains([]logbook.GroupBy{logbook.ByNothing, logbook.ByUnit, logbook.ByDomain}, q.By) {
		return usagef("--by: «%s» không có. Dùng unit hoặc domain.", q.By)
	}
	for _, only := range c.options["only"] {
		q.Only = append(q.Only, strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == ' ' })...)
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := s.Measures(q)
	if err != nil {
		return err
	}
	for _, id := range q.Only {
		if !slices.ContainsFunc(list, func(m desk.Measured) bool { return m.ID == id }) {
			return data.Fail(data.NotFound, "Không có chỉ số «"+id+"». Lệnh giaoban measures kể mọi chỉ số.", nil)
		}
	}
	out := measuresJSON{AsOf: s.Today().ISO(), Measures: []measureJSON{}}
	if q.AsOf.Known() {
		out.AsOf = q.AsOf.ISO()
	}
	out.Period.From, out.Period.To, out.Period.Label = jsonDay(p.From), jsonDay(p.To), jsonText(p.Label)
	for i := range list {
		m := &list[i]
		one := measureJSON{ID: m.ID, Name: m.Name, Unit: m.Unit, Rows: []measuredRow{}}
		one.Value, one.Numerator, one.Denominator = shownValue(m, m.Value)
		for _, v := range m.Parts {
			row := measuredRow{Key: v.Key, Name: v.Name}
			row.Value, row.Numerator, row.Denominator = shownValue(m, v)
			one.Rows = append(one.Rows, row)
		}
		out.Measures = append(out.Measures, one)
		c.say("%-24s %s: %s\n", m.ID, m.Name, m.Shown(m.Value))
		for _, v := range m.Parts {
			c.say("    %s: %s\n", v.Name, m.Shown(v))
		}
	}
	return c.answer(out)
}

// shownValue returns a value as the contract has it; what is not known is null.
func shownValue(m *desk.Measured, v logbook.Value) (value, numerator, denominator any) {
	number := func(n int64) any { return json.Number(m.Plain(n)) }
	switch {
	case v.Unknown:
		return nil, nil, nil
	case v.Sign != "":
		return v.Sign + " " + m.Plain(v.B), nil, nil
	case !m.Rate():
		return number(v.B), nil, nil
	case v.A != 0:
		value = v.Ratio().Percent()
	}
	if v.Bare {
		return value, nil, nil
	}
	return value, number(v.B), number(v.A)
}
