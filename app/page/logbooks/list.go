package logbooks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/pack"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// newPart makes the list of a kind.
func newPart(e *env.Env, k *logbook.Kind, lead fyne.CanvasObject) *part {
	p := &part{e: e, kind: k, run: e.Run}
	actions := []list.Action{{Label: "In…", Icon: widget.IconPrint, Do: p.PrintPage}}
	if k.Meets {
		actions = append(actions, list.Action{Label: "Gói tài liệu họp", Icon: widget.IconPDF, Do: func() {
			if r := p.List.CurrentRow(); r != nil {
				pack.Open(p.e, entryID(r))
				return
			}
			pack.Open(p.e, "")
		}})
	}
	if len(k.Terms) > 0 {
		actions = append(actions, list.Action{Label: "Thời hạn…", Icon: widget.IconCalendar, Do: p.terms})
	}
	rows := &rolls{desk: p.e.Desk, kind: k}
	p.List = list.Of(p.e, list.Options[row]{ID: "log-" + k.ID, Title: k.Title, What: k.One, Place: "Tìm trong " + text.Within(k.Title) + "…", Lead: lead, Many: true,
		Load: rows.load, Step: rows.step, Words: (*row).words, Key: func(r *row) uint64 { return r.ID }, Columns: p.columns(), Filters: p.filters(),
		Actions: append(actions, list.Action{Label: "Dán từ Excel", Icon: widget.IconExcel, Do: p.paste}, list.Action{Label: "Nhập tệp…", Icon: widget.IconImport, Do: p.choose}),
		Add:     "Ghi " + k.One, AddDo: p.add, Open: p.edit, Edit: "Sửa…", Menu: p.menu, Current: p.showSteps, Foot: p.strip(), Empty: "Sổ chưa có " + k.One + " nào.",
		OnKey: func(ev *fyne.KeyEvent, r *row) bool {
			if ev.Name != fyne.KeyDelete || r == nil {
				return false
			}
			p.drop(r)
			return true
		}})
	return p
}

// columns are the number, what names an entry, the fields of the kind and the state.
// Those that tell entries apart are shown, the others can be chosen.
func (p *part) columns() []list.Column[row] {
	k := p.kind
	out := []list.Column[row]{{ID: "number", Title: "Số", Width: 92, Text: func(r *row) string { return k.Name(r.Entry) },
		Compare: func(a, b *row) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Number, b.Number)) }}}
	shown := shownKeys(k)
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Inner {
			continue
		}
		c := list.Column[row]{ID: f.Key, Title: f.Title, Width: 130, Min: 80, Flex: 0.6, Off: !shown[f.Key], Person: f.Private, Text: func(r *row) string { return r.shown(f) }}
		switch f.Type {
		case logbook.Day:
			c.Width, c.Flex = 92, 0
			c.Order = func(r *row) string { return r.Text(f.Key) }
		case logbook.Moment:
			c.Width, c.Flex = 124, 0
			c.Order = func(r *row) string { return r.Text(f.Key) }
		case logbook.Unit, logbook.Units: // their names are long and tell entries apart
			c.Width, c.Min, c.Flex = 200, 120, 2
		case logbook.Number, logbook.Money:
			c.Width, c.Flex, c.Align = 80, 0, widget.Right
			c.Compare = func(a, b *row) int { return cmp.Compare(a.Int(f.Key), b.Int(f.Key)) }
		}
		if f.Wide {
			c.Width, c.Min, c.Flex = 260, 200, 4
		}
		out = append(out, c)
	}
	if k.Derive != nil {
		state := list.Column[row]{ID: "state", Title: "Tình trạng", Width: 150, Flex: 0.4, Text: func(r *row) string { return r.stateText(k) },
			Mark:  func(r *row) widget.Mark { return marks[k.State(r.state()).Tone] },
			Order: func(r *row) string { return r.stateOrder(k) }}
		out = append(out, state)
	}
	return append(out, list.Column[row]{ID: "source", Title: "Nguồn ghi", Width: 150, Off: true, Text: func(r *row) string { return cmp.Or(r.Source, "gõ vào") }})
}

// marks are the marks of states by their tone.
var marks = map[logbook.Tone]widget.Mark{logbook.Good: widget.MarkEarly, logbook.Soon: widget.MarkSoon, logbook.Bad: widget.MarkLate, logbook.Faint: widget.MarkStopped}

// filterBehind is the filter of the entries behind a figure; it is there while it is set.
const filterBehind = "behind"

func (p *part) filters() []list.Filter[row] {
	k := p.kind
	out := []list.Filter[row]{{Key: filterBehind, Label: "Của số liệu", Single: true, Rare: true,
		Choices: func() []kit.Choice { return []kit.Choice{{Key: "1", Text: p.behind.Title}} },
		Of: func(r *row) []string {
			return kit.If(slices.Contains(p.behind.IDs, r.ID), []string{"1"}, nil)
		}}}
	if k.Derive != nil && len(k.States) > 1 {
		out = append(out, list.Filter[row]{Key: "state", Label: "Tình trạng", Groups: true, Of: func(r *row) []string { return []string{r.state()} }, Choices: func() (c []kit.Choice) {
			for _, s := range k.States {
				c = append(c, kit.Choice{Key: s.ID, Text: s.Title})
			}
			return c
		}})
	}
	picks := 0
	for i := range k.Fields {
		f := &k.Fields[i]
		switch {
		case f.Type == logbook.Unit:
			out = append(out, list.Filter[row]{Key: f.Key, Label: f.Title, Groups: true, Of: func(r *row) []string { return []string{r.Text(f.Key)} },
				Choices: func() []kit.Choice { return append(env.Units(p.e.Desk), kit.Choice{Text: "Chưa ghi"}) }})
		case f.Type == logbook.Pick && !f.Open || f.Key == "domain":
			picks++
			out = append(out, list.Filter[row]{Key: f.Key, Label: f.Title, Groups: true, Rare: picks > 2, Of: func(r *row) []string { return []string{r.Text(f.Key)} },
				Choices: func() []kit.Choice { return append(choices(f), kit.Choice{Text: "Chưa ghi"}) }})
		}
	}
	if key := k.Evidence(); key != "" {
		out = append(out, list.Filter[row]{Key: "proof", Label: "Minh chứng", Groups: true, Choices: func() []kit.Choice {
			return []kit.Choice{{Key: "0", Text: "Xong, chưa có minh chứng"}, {Key: "1", Text: "Có minh chứng"}, {Key: "", Text: "Chưa xong"}}
		}, Of: func(r *row) []string {
			switch {
			case r.Has(key):
				return []string{"1"}
			case k.Finished(r.state()):
				return []string{"0"}
			}
			return []string{""}
		}})
	}
	return append(out, list.Filter[row]{Key: "year", Label: "Năm", Single: true, Of: func(r *row) []string { return []string{fmt.Sprint(r.Year)} }, Choices: func() []kit.Choice { return years(p.e.Desk, k) }})
}

func (p *part) menu(r *row, chosen []uint64) (items []widget.MenuItem) {
	if p.kind.Meets {
		items = append(items, widget.MenuItem{Label: "Gói tài liệu họp…", Icon: widget.IconPDF, Do: func() { pack.Open(p.e, entryID(r)) }})
	}
	for i := range p.kind.Actions {
		a, hint := &p.kind.Actions[i], ""
		if i < len(p.steps) {
			hint = stepKey(i)
		}
		items = append(items, widget.MenuItem{Label: a.Title + "…", Icon: widget.IconAdd, Hint: hint, Disabled: !offered(a, r), Do: func() { p.act(a, r) }})
	}
	for _, paper := range papers.EntryPapers(p.kind.ID) {
		items = append(items, widget.MenuItem{Label: "In " + text.Within(paper.Title) + "…", Icon: widget.IconPrint, Do: func() { p.printOne(paper, r, paper.Private) }})
	}
	return append(items, widget.MenuItem{Label: "Lịch sử…", Icon: widget.IconCalendar, Do: func() { p.history(r) }}, widget.MenuItem{},
		widget.MenuItem{Label: "Xóa", Icon: widget.IconTrash, Hint: "Delete", Do: func() { p.drop(r) }})
}

// drop takes an entry out; it can be taken back. One of a closed period asks why.
func (p *part) drop(r *row) {
	id, name := r.ID, p.kind.Name(r.Entry)
	done := "Đã xóa " + p.kind.One + " " + name + "."
	drop := func(ctx context.Context, why string) error { return p.e.Desk.DropEntry(ctx, p.kind, id, why) }
	closed, err := p.e.Desk.ClosedBy(p.kind, nil, r.Entry)
	if err != nil || closed == "" {
		p.e.Do(func(ctx context.Context) error { return drop(ctx, "") }, done, nil)
		return
	}
	form.Ask(p.e, form.Question[string]{Title: "Xóa " + p.kind.One + " " + name, Verb: "Xóa", Danger: true, Note: closed + " đã chốt số liệu. Ghi lý do, được giữ trong nhật ký.",
		Fields: []form.Field[string]{form.Text("why", "Lý do", func(why *string) *string { return why }).Need()},
		Store:  drop, Done: func(string) string { return done }})
}

// entryID names an entry by its id, as papers are asked for.
func entryID(r *row) string { return "#" + strconv.FormatUint(r.ID, 10) }
