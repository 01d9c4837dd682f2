package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/data"
	"giaoban/reports/form"
)

// NewTemplates lists the form templates: title, number of the form, validity,
// basis, whether the office changed it. The id of a line is its place among
// Templates.
func NewTemplates(s *view.Session) *List {
	return newList(s, "mẫu in", func() []Line {
		list, err := papers.Templates(s.Desk)
		if err != nil {
			s.Fault(err)
			return nil
		}
		own, err := papers.OwnTemplates(s.Desk)
		if err != nil {
			s.Fault(err)
		}
		var out []Line
		for i, t := range list {
			changed := ""
			if slices.ContainsFunc(own, func(o papers.OwnTemplate) bool { return o.Template.ID == t.ID && o.From == t.From }) {
				changed = "Đã sửa"
			}
			from, _ := data.ParseISO(t.From)
			to, _ := data.ParseISO(t.To)
			title := strings.Join(strings.Fields(t.Title), " ")
			if t.ID == form.ReceiptMany {
				title += " (nhiều hồ sơ)"
			}
			out = append(out, Line{ID: uint64(i + 1), Ended: to.Known() && to < s.Desk.Today(), Cells: []string{title, t.Code, validity(from, to), t.Basis, changed}})
		}
		return out
	})
}

// Template edits one form template; its Draft is what is in view.
type Template struct {
	Draft form.Template
	own   uint64 // record of the office's own version, 0 for none
	saved form.Template

	session *view.Session
}

// OpenTemplate opens the template of a line.
func OpenTemplate(s *view.Session, line uint64) (*Template, error) {
	list, err := papers.Templates(s.Desk)
	if err != nil {
		return nil, err
	}
	if line < 1 || line > uint64(len(list)) {
		return nil, data.Fail(data.NotFound, "Mẫu in này không còn trong danh sách. Mở lại danh sách.", nil)
	}
	t := &Template{session: s, saved: list[line-1]}
	t.Draft = clone(t.saved)
	own, err := papers.OwnTemplates(s.Desk)
	if err != nil {
		return nil, err
	}
	for _, o := range own {
		if o.Template.ID == t.Draft.ID && o.From == t.Draft.From {
			t.own = o.ID
		}
	}
	return t, nil
}

func clone(t form.Template) form.Template {
	t.Lines, t.Signers, t.Notes = slices.Clone(t.Lines), slices.Clone(t.Signers), slices.Clone(t.Notes)
	t.Copies, t.Recipients = slices.Clone(t.Copies), slices.Clone(t.Recipients)
	return t
}

// Own reports whether the office has its own version.
func (t *Template) Own() bool { return t.own != 0 }

// Dirty reports whether the draft differs from what is stored.
func (t *Template) Dirty() bool {
	a, errA := json.Marshal(t.Draft)
	b, errB := json.Marshal(t.saved)
	return errA != nil || errB != nil || !bytes.Equal(a, b)
}

// Problem returns what keeps the draft from being printed, nil for nothing.
func (t *Template) Problem() error {
	list := t.Draft.Problems()
	if len(list) == 0 {
		return nil
	}
	r := []rune(list[0])
	return data.Fail(data.Invalid, strings.ToUpper(string(r[:1]))+string(r[1:]), nil)
}

// Preview prints the draft with made-up contents; the name of the office is the
// real one.
func (t *Template) Preview() ([]byte, error) {
	if err := t.Problem(); err != nil {
		return nil, err
	}
	day, err := data.ParseISO(t.Draft.From)
	if err != nil {
		return nil, err
	}
	slip := form.Sample(t.Draft.ID, max(day, data.Date(2019, 1, 7)))
	office := t.session.Desk.Office()
	slip.Office.Parent, slip.Office.Name, slip.Office.Place = office.Parent, office.Name, office.Place
	if office.Desk != "" {
		slip.Office.Desk = office.Desk
	}
	var b bytes.Buffer
	if err := form.Write(&b, []form.Job{{Template: t.Draft, Slip: slip}}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Save stores the draft as the office's own version. It runs off the window's
// goroutine.
func (t *Template) Save(ctx context.Context) error {
	if err := t.Problem(); err != nil {
		return err
	}
	raw, err := json.Marshal(t.Draft)
	if err != nil {
		return err
	}
	return t.session.Desk.SaveTemplate(ctx, t.own, t.Draft.Title, raw)
}

// Reset gives the form its shipped template again.
func (t *Template) Reset(ctx context.Context) error {
	if t.own == 0 {
		return data.Fail(data.Conflict, "Mẫu này đang đúng như mặc định.", nil)
	}
	return t.session.Desk.DropTemplate(ctx, t.own, t.Draft.Title)
}

// Copy returns a template that later edits of t do not touch.
func (t *Template) Copy() *Template {
	c := *t
	c.Draft = clone(t.Draft)
	return &c
}

// Words shows a text of a template to officers: {book} is {Quyển số} there.
// FromWords is the way back; braces around anything else stay as they were
// typed.
func Words(text string) string { return words(false).Replace(text) }

// FromWords turns what Words shows into the text of a template.
func FromWords(text string) string { return words(true).Replace(text) }

func words(back bool) *strings.Replacer {
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

// LineName names a line of a slip in a list: its words, or what stands in it.
func LineName(l form.Line) string {
	text := Words(strings.Join(strings.Fields(l.Label), " "))
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
