// Package indicators is the page Chỉ tiêu: the values of an indicator, units by periods,
// typed as in a spreadsheet, how they stand beside what is asked, and the definitions.
package indicators

import (
	"slices"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/data/desk"
)

// The parts of the page.
const (
	partValues = iota
	partStandings
	partDefinitions
)

// page is the page: one of its parts.
type page struct {
	parts.Page
	e      *env.Env
	values *values
	stands *list.List[stand]
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e}
	p.Make(e, "Nhập số liệu", "So với mức giao", "Định nghĩa")
	p.values, p.stands = newValues(p.Inner(partValues), p.Head()), newStands(p)
	p.Begin(p.values, p.stands, newDefinitions(p))
	return p
}

// open shows the values of an indicator.
func (p *page) open(code string) {
	p.Open(partValues)
	p.values.choose(func(g *grid) { g.Code = code })
	p.Shown()
}

// Restore implements env.Page. An env.Part names the indicator to open, env.BelowTarget
// lists those that miss what is asked.
func (p *page) Restore(s env.State) {
	switch s := s.(type) {
	case env.Part:
		p.open(string(s))
	case env.BelowTarget:
		p.Open(partStandings)
		p.stands.Clear()
		p.stands.Choose("state", standBelow)
	default:
		p.Page.Restore(s)
	}
}

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	if c.All || c.Catalogue || c.Rules || slices.Contains(c.Kinds, desk.KindIndicator) || slices.Contains(c.Kinds, desk.SettingIndicators) {
		if p.values.Refresh(); p.At() != partValues {
			p.Now().Refresh()
		}
	}
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool { return p.values.dirty() }

// TakeFile implements env.FileTaker: a table dropped on the page is imported.
func (p *page) TakeFile(path string) bool {
	p.values.read(path)
	return true
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return slices.Concat(env.CtrlEnter("lưu số liệu vừa gõ", func() {
		if p.At() == partValues {
			p.values.store()
		}
	}),
		[]env.Key{{Label: "F2, F3", Help: "sửa ô; ghi chú thích của ô"}, {Label: "Ctrl+C, Ctrl+V", Help: "chép, dán vùng ô như trong Excel"}},
		p.Page.Keys())
}

var _ interface {
	env.Page
	env.Searcher
	env.Printer
	env.FileTaker
	env.KeyTaker
	env.Keyed
	env.Typed
} = (*page)(nil)
