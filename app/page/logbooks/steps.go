package logbooks

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// offered reports whether an action makes sense for a row.
func offered(a *logbook.Action, r *row) bool {
	return r != nil && (a.Offered == nil || a.Offered(r.world(), r.Entry))
}

// act does an action of a row.
func (p *part) act(a *logbook.Action, r *row) {
	next := func() { p.follow(a, r.ID) }
	title := a.Title + " – " + p.kind.Name(r.Entry)
	switch {
	case a.Several:
		p.several(a, r, title, next)
	case a.Series != nil:
		p.series(logbook.Find(a.Makes), a, a.Series(r.world(), r.Entry), 0)
	case a.Makes == "":
		p.ask(a.Fill(r.world(), r.Entry), asked{title: title, keys: a.Keys, then: next, draft: "-" + a.ID})
	default:
		p.of(logbook.Find(a.Makes)).begin(a.Propose(r.world(), r.Entry), asked{title: title, keys: a.Keys, then: next, draft: fmt.Sprintf("-%s-%d", a.ID, r.ID)})
	}
}

// of is the part for the forms of another kind: what they store is not looked for in
// the list.
func (p *part) of(k *logbook.Kind) *part {
	other := *p
	other.kind = k
	return &other
}

// follow does the action that comes after one, where it makes sense with what is stored
// now.
func (p *part) follow(a *logbook.Action, id uint64) {
	i := slices.IndexFunc(p.kind.Actions, func(b logbook.Action) bool { return b.ID == a.Next })
	if i < 0 {
		return
	}
	names, err := namesNow(p.e.Desk)
	if err != nil {
		p.e.Fail("Không đọc được sổ", err)
		return
	}
	r := row{names.World.Entry(p.kind.ID, id), newSeen(p.kind, names)}
	if next := &p.kind.Actions[i]; r.Entry != nil && offered(next, &r) {
		p.act(next, &r)
	}
}

// lines are several new entries that are typed one below the other.
type lines struct {
	rows []tableLine
	why  string // a closed period is changed
}

// several asks for many entries at once; all are stored, or none.
func (p *part) several(a *logbook.Action, r *row, title string, then func()) {
	k, d := logbook.Find(a.Makes), p.e.Desk
	var of []logbook.Field
	for _, key := range a.Keys {
		of = append(of, *k.Field(key))
	}
	what := form.Rows("lines", text.Sentence(k.One), func(l *lines) *[]tableLine { return &l.rows }, lineFields(p.e, of, r.names())...)
	what.Lines = 6
	entries := func(l *lines) (list []*logbook.Entry) {
		for _, line := range l.rows {
			e := &logbook.Entry{Values: map[string]string{}}
			for key, stored := range line.values {
				e.Set(key, stored)
			}
			if a.Propose != nil {
				for key, stored := range a.Propose(r.world(), r.Entry) {
					e.Set(key, stored)
				}
			}
			list = append(list, e)
		}
		return list
	}
	why := askClosed(func(l *lines) *string { return &l.why }, func(l *lines) string {
		for _, e := range entries(l) {
			if closed, err := d.ClosedBy(k, e, nil); err == nil && closed != "" {
				return closed
			}
		}
		return ""
	})
	n := 0
	form.Ask(p.e, form.Question[lines]{Title: title, Draft: fmt.Sprintf("so-%s-%s-%d", k.ID, a.ID, r.ID), Width: 980, Onward: false, Value: lines{rows: []tableLine{{values: map[string]string{}}}}, Spare: 120,
		Note: "Mỗi dòng một " + k.One + "; Enter sang dòng dưới, Tab sang ô bên. Dán được nhiều dòng chép từ Excel. Ctrl+Enter lưu tất cả.", Fields: []form.Field[lines]{what, why},
		Store: func(ctx context.Context, l lines) error {
			list := entries(&l)
			n = len(list)
			return inLines(d.AddEntries(ctx, k, list, l.why))
		},
		Done: func(lines) string { return fmt.Sprintf("Đã ghi %d %s.", n, k.One) },
		Then: func(lines) { then() }})
}

// inLines shows what is wrong with a line at the lines.
func inLines(err error) error {
	var e *data.Error
	if errors.As(err, &e) {
		return &data.Error{Code: e.Code, Message: e.Message, Field: "lines"}
	}
	return err
}

// series opens the forms of several new entries one after the other; each may be passed
// over.
func (p *part) series(k *logbook.Kind, a *logbook.Action, list []map[string]string, i int) {
	if i >= len(list) {
		return
	}
	var d *widget.Dialog
	next := func() { p.series(k, a, list, i+1) }
	pass := widget.NewButton("Bỏ qua", "", func() { d.Close(); next() })
	d = p.of(k).begin(list[i], asked{title: fmt.Sprintf("%s – %s %d/%d", a.Title, k.One, i+1, len(list)), once: true, extra: []*widget.Button{pass}, then: next, draft: fmt.Sprintf("-%s-%s", a.ID, list[i]["conclusion"])})
}

// strip shows the actions of the row under the cursor as buttons below the list; nil for
// a kind with fewer than two.
func (p *part) strip() fyne.CanvasObject {
	if len(p.kind.Actions) < 2 {
		return nil
	}
	var all []fyne.CanvasObject
	for i := range p.kind.Actions {
		b := widget.NewQuietButton(p.kind.Actions[i].Title, "", func() { p.step(i) }).WithHint(stepKey(i))
		p.steps = append(p.steps, b)
		all = append(all, b)
	}
	p.showSteps(nil)
	return widget.Row(-1, all...)
}

func stepKey(i int) string { return fmt.Sprintf("Ctrl+%d", i+1) }

// showSteps enables what can be done with a row.
func (p *part) showSteps(r *row) {
	for i, b := range p.steps {
		if offered(&p.kind.Actions[i], r) {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// step does an action of the row under the cursor.
func (p *part) step(i int) {
	if r := p.List.CurrentRow(); i < len(p.steps) && offered(&p.kind.Actions[i], r) {
		one := *r
		p.act(&p.kind.Actions[i], &one)
	}
}

// stepKeys are the keys of the strip.
func (p *page) stepKeys() (out []env.Key) {
	n := 0
	for _, one := range p.Parts {
		n = max(n, len(one.(*part).steps))
	}
	for i := range n {
		k := env.Key{Name: fyne.KeyName(fmt.Sprint(i + 1)), Modifier: fyne.KeyModifierControl, Do: func() { p.now().step(i) }}
		if i == 0 {
			k.Label, k.Help = fmt.Sprintf("Ctrl+1 … Ctrl+%d", n), "các bước của dòng đang chọn, như dãy nút dưới danh sách"
		}
		out = append(out, k)
	}
	return out
}
