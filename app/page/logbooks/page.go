// Package logbooks are the pages of the smaller registers: tasks, conferences,
// petitions and whatever else is declared in data/logbook. It names no kind: lists,
// forms, import and papers follow from the declaration.
package logbooks

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// page is one page: a part for each of its kinds.
type page struct {
	parts.Page
}

// New returns what builds the page of some kinds.
func New(kinds ...string) func(*env.Env) env.Page {
	return func(e *env.Env) env.Page {
		p := &page{}
		var titles []string
		for _, id := range kinds {
			titles = append(titles, shortTitle(logbook.Find(id)))
		}
		p.Make(e, titles...)
		var list []parts.Part
		for i, id := range kinds {
			var lead fyne.CanvasObject
			if len(kinds) > 1 {
				lead = p.Head()
			}
			list = append(list, newPart(p.Inner(i), logbook.Find(id), lead))
		}
		p.Begin(list...)
		return p
	}
}

func (p *page) now() *part { return p.Now().(*part) }

// Restore implements env.Page. An env.Part opens a kind, an
// env.EntryOf an entry, an env.EntriesIn those in a state, an env.EntriesOf those
// behind a figure.
func (p *page) Restore(s env.State) {
	kind, id, state, behind := "", uint64(0), "", env.EntriesOf{}
	switch s := s.(type) {
	case env.Part:
		kind = string(s)
	case env.EntryOf:
		kind, id = s.Kind, s.ID
	case env.EntriesIn:
		kind, state = s.Kind, s.State
	case env.EntriesOf:
		kind, behind = s.Kind, s
	default:
		p.Page.Restore(s)
		return
	}
	i := slices.IndexFunc(p.Parts, func(one parts.Part) bool { return one.(*part).kind.ID == kind })
	if i < 0 {
		return
	}
	p.Open(i)
	switch {
	case id != 0:
		p.now().Clear()
		p.now().Go(id)
	case state != "":
		p.now().Clear()
		p.now().Choose("state", state)
	case behind.Kind != "":
		p.now().behind = behind
		p.now().Clear()
		p.now().Choose(filterBehind, "1")
	}
}

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	if c.All || c.Catalogue || c.Rules || slices.ContainsFunc(c.Kinds, func(name string) bool { return strings.HasPrefix(name, "log-") }) {
		p.Now().Refresh()
	}
}

// TakeFile implements env.FileTaker: a table dropped on the page goes into the
// register in view.
func (p *page) TakeFile(path string) bool {
	p.now().read(path)
	return true
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return slices.Concat([]env.Key{{Label: "Insert", Help: "ghi dòng mới vào sổ"}, {Label: "Enter, Delete", Help: "sửa; xóa dòng đang chọn"}}, p.Page.Keys(), p.stepKeys())
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
	*list.List[row]
	e    *env.Env
	kind *logbook.Kind
	// behind are the entries behind the figure that was opened last.
	behind env.EntriesOf
	// steps are the buttons of the actions, below the list; none for a kind with one.
	steps []*widget.Button
	// run runs what may take long; see env.Env.Run.
	run func(title string, work func(context.Context, widget.Report) error, done func(error))
}
