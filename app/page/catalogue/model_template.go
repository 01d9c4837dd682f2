package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/form"
)

// template is a form template; own is the record of the office's version, 0 for
// none.
type template struct {
	form.Template
	place    int // among all
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
		out[i] = template{Template: t, place: i}
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
	r := []rune(list[0])
	r[0] = unicode.ToUpper(r[0])
	return data.Fail(data.Invalid, string(r), nil)
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
