package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/text"
	"giaoban/reports/form"
)

// levels are the levels to choose from: those that there are today, those of the
// units of the catalogue, and the one that is chosen already. A new office does not
// see levels that ended before its time.
func levels(d *desk.Desk, chosen data.Level) []kit.Choice {
	return levelChoices(d, basis.Levels(d.Today()), chosen)
}

// allLevels are the levels by which lists are narrowed: those of all times, and
// those of the catalogue besides.
func allLevels(d *desk.Desk) []kit.Choice {
	return append(levelChoices(d, basis.Levels(data.NoDay), ""), kit.Choice{Text: data.Level("").Name()})
}

func levelChoices(d *desk.Desk, list []data.Level, chosen data.Level) []kit.Choice {
	also := []data.Level{chosen}
	for _, u := range d.Catalogue().Units {
		also = append(also, u.Level)
	}
	for _, l := range also {
		if l != "" && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	return kit.ChoicesOf(list, func(l data.Level) kit.Choice { return kit.Choice{Key: string(l), Text: l.Name()} })
}

// unitKinds are the kinds of unit to choose from.
func unitKinds() []kit.Choice {
	return kit.ChoicesOf(data.UnitKinds, func(k data.UnitKind) kit.Choice { return kit.Choice{Key: string(k), Text: k.Name()} })
}

// unitChoices are the units to choose from; those that ended say so. without is left
// out.
func unitChoices(d *desk.Desk, without uint32) []kit.Choice {
	var out []kit.Choice
	for _, u := range d.Catalogue().Units {
		if u.ID == without {
			continue
		}
		c := kit.Choice{Key: idKey(u.ID), Text: u.Name, Detail: shortLevel(u.Level)}
		if over(d, u.To) {
			c.Text += " (đến " + u.To.String() + ")"
		}
		out = append(out, c)
	}
	return out
}

// fieldChoices are the fields to choose from; without is left out.
func fieldChoices(d *desk.Desk, without uint32) []kit.Choice {
	var out []kit.Choice
	for _, f := range d.Catalogue().Fields {
		if f.ID != without {
			out = append(out, kit.Choice{Key: idKey(f.ID), Text: f.Name})
		}
	}
	return out
}

func idKey(id uint32) string { return strconv.FormatUint(uint64(id), 10) }

// shortLevel is the level as a list shows it: nothing where there is none.
func shortLevel(l data.Level) string {
	if l == "" {
		return ""
	}
	return l.Name()
}

// dossiersBy counts the dossiers of all time by catalogue id.
func dossiersBy(d *desk.Desk, group data.Group) (map[string]int64, error) {
	out := map[string]int64{}
	p, err := data.FreePeriod(data.Date(data.FirstYear, 1, 1), d.Today())
	if err != nil {
		return nil, err
	}
	for _, r := range d.Figures(p, data.NoDay, group, desk.Filter{}).Rows {
		out[r.Key] = r.Received()
	}
	return out, nil
}

// sourceName tells where an entry came from; "" for those typed here.
func sourceName(x data.Source) string {
	return [...]string{"Kèm theo", "", "Từ tệp nhập"}[min(x, data.Imported)]
}

// validity tells the days of validity in a few words.
func validity(from, to data.Day) string {
	switch {
	case from.Known() && to.Known():
		return from.String() + " – " + to.String()
	case from.Known():
		return "từ " + from.String()
	case to.Known():
		return "đến " + to.String()
	}
	return ""
}

// over reports whether something that is valid until a day is no longer today.
func over(d *desk.Desk, to data.Day) bool { return to.Known() && to < d.Today() }

// number writes a count; nothing for 0.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return data.FormatInt(n)
}

// template is a form template; own is the record of the office's version, 0 for
// none.
type template struct {
	form.Template
	own      uint64
	from, to data.Day
}

// loadTemplates returns the form templates as they will be printed.
func loadTemplates(d *desk.Desk) ([]template, error) {
	list, err := papers.Templates(d)
	if err != nil {
		return nil, err
	}
	own, err := papers.OwnTemplates(d)
	out := make([]template, len(list))
	for i, t := range list {
		out[i] = template{Template: t}
		out[i].from, _ = data.ParseISO(t.From)
		out[i].to, _ = data.ParseISO(t.To)
		if k := slices.IndexFunc(own, func(o papers.OwnTemplate) bool { return o.Template.ID == t.ID && o.From == t.From }); k >= 0 {
			out[i].own = own[k].ID
		}
	}
	return out, err
}

// title names a template in a list.
func (t *template) title() string {
	title := strings.Join(strings.Fields(t.Title), " ")
	if t.ID == form.ReceiptMany {
		title += " (nhiều hồ sơ)"
	}
	return title
}

// problem returns what keeps a template from being printed, nil for nothing.
func problem(t *form.Template) error {
	list := t.Problems()
	if len(list) == 0 {
		return nil
	}
	return data.Fail(data.Invalid, text.Sentence(list[0]), nil)
}

// preview prints a template with made-up contents; the name of the office is the
// real one.
func preview(d *desk.Desk, t form.Template) ([]byte, error) {
	if err := problem(&t); err != nil {
		return nil, err
	}
	day, err := data.ParseISO(t.From)
	if err != nil {
		return nil, err
	}
	slip := form.Sample(t.ID, max(day, data.Date(2019, 1, 7)))
	office := d.Office()
	slip.Office.Parent, slip.Office.Name, slip.Office.Place = office.Parent, office.Name, office.Place
	if office.Desk != "" {
		slip.Office.Desk = office.Desk
	}
	var b bytes.Buffer
	if err := form.Write(&b, []form.Job{{Template: t, Slip: slip}}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// saveTemplate stores a template as the office's own version.
func saveTemplate(ctx context.Context, d *desk.Desk, own uint64, t form.Template) error {
	if err := problem(&t); err != nil {
		return err
	}
	raw, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return d.SaveTemplate(ctx, own, t.Title, raw)
}

// words shows a text of a template to officers: {book} is {Quyển số} there.
// fromWords is the way back; braces around anything else stay as they were
// typed.
func words(text string) string { return wordReplacer(false).Replace(text) }

// fromWords turns what words shows into the text of a template.
func fromWords(text string) string { return wordReplacer(true).Replace(text) }

func wordReplacer(back bool) *strings.Replacer {
	var pairs []string
	for _, v := range form.Values() {
		key, name := "{"+v.Key+"}", "{"+v.Name+"}"
		if back {
			key, name = name, key
		}
		pairs = append(pairs, key, name)
	}
	return strings.NewReplacer(pairs...)
}

// lineName names a line of a slip in a list: its words, or what stands in it.
func lineName(l form.Line) string {
	text := words(strings.Join(strings.Fields(l.Label), " "))
	if text == "" {
		for _, v := range append(form.Values(), form.Blocks()...) {
			if v.Key == l.Key {
				text = "(" + v.Name + ")"
			}
		}
	}
	if l.After != "" {
		text += " … " + l.After
	}
	return text
}
