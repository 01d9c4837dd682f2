// Package logbooks are the pages of the smaller registers: tasks, conferences,
// petitions and whatever else is declared in data/logbook. It names no kind: lists,
// forms, import and papers follow from the declaration.
package logbooks

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// page is one page: a part for each of its kinds.
type page struct {
	e       *env.Env
	parts   []*part
	at      int
	tabs    *widget.Segments
	content *fyne.Container
}

// place is where the officer is: the kind and where in its list.
type place struct {
	kind string
	list env.State
}

// New returns what builds the page of some kinds.
func New(kinds ...string) func(*env.Env) env.Page {
	return func(e *env.Env) env.Page {
		p := &page{e: e, content: container.NewStack()}
		var titles []string
		for _, id := range kinds {
			k := logbook.Find(id)
			inner := e.Part(func(o fyne.CanvasObject) bool { return e.InView(p.content) && p.now().kind == k })
			one := newPart(inner, k, p.lead)
			p.parts = append(p.parts, one)
			titles = append(titles, shortTitle(k))
		}
		p.tabs = widget.NewSegments(titles, p.show)
		for _, one := range p.parts {
			one.build()
		}
		p.show(0)
		return p
	}
}

// lead is the switch between the kinds, which stands above each of the lists; nil for
// a page of one kind.
func (p *page) lead() fyne.CanvasObject {
	if len(p.parts) < 2 {
		return nil
	}
	return widget.Row(-1, p.tabs)
}

func (p *page) now() *part { return p.parts[p.at] }

func (p *page) show(i int) {
	p.at = i
	p.tabs.Choose(i)
	p.content.Objects = []fyne.CanvasObject{p.now().list.Object()}
	p.content.Refresh()
	p.now().list.Refresh()
	p.e.Status()
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Save implements env.Page.
func (p *page) Save() env.State { return place{p.now().kind.ID, p.now().list.Save()} }

// Restore implements env.Page. An env.Part opens a kind, an
// env.EntryOf an entry, an env.EntriesIn those in a state, an env.EntriesOf those
// behind a figure.
func (p *page) Restore(s env.State) {
	kind, where, id, state, behind := "", env.State(nil), uint64(0), "", env.EntriesOf{}
	switch s := s.(type) {
	case place:
		kind, where = s.kind, s.list
	case env.Part:
		kind = string(s)
	case env.EntryOf:
		kind, id = s.Kind, s.ID
	case env.EntriesIn:
		kind, state = s.Kind, s.State
	case env.EntriesOf:
		kind, behind = s.Kind, s
	}
	i := slices.IndexFunc(p.parts, func(one *part) bool { return one.kind.ID == kind })
	if i < 0 {
		return
	}
	p.show(i)
	switch {
	case id != 0:
		p.now().list.Clear()
		p.now().list.Go(id)
	case state != "":
		p.now().list.Clear()
		p.now().list.Choose("state", state)
	case behind.Kind != "":
		p.now().behind = behind
		p.now().list.Clear()
		p.now().list.Choose(filterBehind, "1")
	case where != nil:
		p.now().list.Restore(where)
	}
}

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	if c.All || c.Catalogue || c.Rules || slices.ContainsFunc(c.Kinds, func(name string) bool { return strings.HasPrefix(name, "log-") }) {
		p.now().list.Refresh()
	}
}

// Shown implements env.Page.
func (p *page) Shown() { p.now().list.Shown() }

// Status implements env.Page.
func (p *page) Status() string { return p.now().list.Status() }

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() { p.now().list.FocusSearch() }

// PrintPage implements env.Printer.
func (p *page) PrintPage() { p.now().print() }

// TakeFile implements env.FileTaker: a table dropped on the page goes into the
// register in view.
func (p *page) TakeFile(path string) bool {
	p.now().read(path)
	return true
}

// TakeKey implements env.KeyTaker.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && p.now().list.Escape()
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	keys := []env.Key{
		{Label: "Insert", Help: "ghi dòng mới vào sổ"},
		{Label: "Enter, Delete", Help: "sửa; xóa dòng đang chọn"},
	}
	if len(p.parts) > 1 {
		keys = append(keys, env.Key{Name: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl, Label: "Ctrl+Page Down", Help: "sang sổ kế tiếp", Do: func() { p.show((p.at + 1) % len(p.parts)); p.Shown() }},
			env.Key{Name: fyne.KeyPageUp, Modifier: fyne.KeyModifierControl, Label: "Ctrl+Page Up", Help: "về sổ trước", Do: func() { p.show((p.at + len(p.parts) - 1) % len(p.parts)); p.Shown() }})
	}
	return append(keys, p.stepKeys()...)
}

var _ interface {
	env.Page
	env.Searcher
	env.Printer
	env.FileTaker
	env.KeyTaker
	env.Keyed
} = (*page)(nil)

// part is one kind: its list and what is done from it.
type part struct {
	e    *env.Env
	kind *logbook.Kind
	lead func() fyne.CanvasObject
	list *list.List[row]
	// behind are the entries behind the figure that was opened last.
	behind env.EntriesOf
	// steps are the buttons of the actions, below the list; none for a kind with one.
	steps []*widget.Button
	// run runs what may take long; see env.Env.Run.
	run func(title string, work func(context.Context, widget.Report) error, done func(error))
}
