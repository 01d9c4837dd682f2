// Package indicators is the page Chỉ tiêu: the values of an indicator, units by periods,
// typed as in a spreadsheet, how they stand beside what is asked, and the definitions.
package indicators

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// The parts of the page.
const (
	partValues = iota
	partStandings
	partDefinitions
)

// part is one of the lists of the page.
type part interface {
	Object() *widget.Page
	Refresh()
	Shown()
	Status() string
	FocusSearch()
	PrintPage()
	Escape() bool
	Save() env.State
	Restore(env.State)
}

// page is the page: one of its parts.
type page struct {
	e       *env.Env
	values  *values
	stands  *list.List[stand]
	list    *list.List[definition]
	tabs    *widget.Segments
	content *fyne.Container
	at      int
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, content: container.NewStack()}
	p.tabs = widget.NewSegments([]string{"Nhập số liệu", "So với mức giao", "Định nghĩa"}, p.show)
	inner := func(at int) *env.Env {
		return e.Part(func(fyne.CanvasObject) bool { return e.InView(p.content) && p.at == at })
	}
	p.values = newValues(e, p.content, widget.Row(-1, p.tabs))
	p.stands = newStands(p, inner(partStandings), widget.Row(-1, p.tabs))
	p.list = newDefinitions(p, inner(partDefinitions), widget.Row(-1, p.tabs))
	p.show(partValues)
	return p
}

// now is the list in view, nil for the values.
func (p *page) now() part {
	switch p.at {
	case partStandings:
		return p.stands
	case partDefinitions:
		return p.list
	}
	return nil
}

func (p *page) show(i int) {
	p.at = i
	p.tabs.Choose(i)
	if l := p.now(); l != nil {
		p.content.Objects = []fyne.CanvasObject{l.Object()}
		l.Refresh()
	} else {
		p.content.Objects = []fyne.CanvasObject{p.values.page}
		p.values.refresh()
	}
	p.content.Refresh()
	p.e.Status()
}

// open shows the values of an indicator.
func (p *page) open(code string) {
	p.show(partValues)
	p.values.choose(func(g *grid) { g.Code = code })
	p.Shown()
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.content }

// place is where the officer is.
type place struct {
	part int
	list env.State
}

// Save implements env.Page.
func (p *page) Save() env.State {
	if l := p.now(); l != nil {
		return place{p.at, l.Save()}
	}
	return place{part: p.at}
}

// Restore implements env.Page. An env.Part names the indicator to open, env.BelowTarget
// lists those that miss what is asked.
func (p *page) Restore(s env.State) {
	switch s := s.(type) {
	case place:
		p.show(s.part)
		if l := p.now(); l != nil {
			l.Restore(s.list)
		}
	case env.Part:
		p.open(string(s))
	case env.BelowTarget:
		p.show(partStandings)
		p.stands.Clear()
		p.stands.Choose("state", standBelow)
	}
}

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	if c.All || c.Catalogue || c.Rules || slices.Contains(c.Kinds, desk.KindIndicator) || slices.Contains(c.Kinds, desk.SettingIndicators) {
		p.values.refresh()
		if l := p.now(); l != nil {
			l.Refresh()
		}
	}
}

// Shown implements env.Page.
func (p *page) Shown() {
	if l := p.now(); l != nil {
		l.Shown()
		return
	}
	p.e.Focus(p.content, p.values.sheet.Grid())
}

// Status implements env.Page.
func (p *page) Status() string {
	if l := p.now(); l != nil {
		return l.Status()
	}
	return p.values.status()
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool { return p.values.dirty() }

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() {
	if l := p.now(); l != nil {
		l.FocusSearch()
		return
	}
	p.values.pick.Open("")
}

// PrintPage implements env.Printer: the list in view, or the table of all values.
func (p *page) PrintPage() {
	if l := p.now(); l != nil {
		l.PrintPage()
		return
	}
	p.print()
}

// TakeFile implements env.FileTaker: a table dropped on the page is imported.
func (p *page) TakeFile(path string) bool {
	p.values.read(path)
	return true
}

// TakeKey implements env.KeyTaker.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	l := p.now()
	return ev.Name == fyne.KeyEscape && l != nil && l.Escape()
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return append(env.CtrlEnter("lưu số liệu vừa gõ", func() {
		if p.at == partValues {
			p.values.store()
		}
	}),
		env.Key{Label: "F2, F3", Help: "sửa ô; ghi chú thích của ô"},
		env.Key{Label: "Ctrl+C, Ctrl+V", Help: "chép, dán vùng ô như trong Excel"},
		env.Key{Name: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl, Label: "Ctrl+Page Down, Ctrl+Page Up", Help: "sang phần kế tiếp, về phần trước", Do: func() { p.turn(1) }},
		env.Key{Name: fyne.KeyPageUp, Modifier: fyne.KeyModifierControl, Do: func() { p.turn(-1) }})
}

func (p *page) turn(by int) {
	const parts = partDefinitions + 1
	p.show((p.at + by + parts) % parts)
	p.Shown()
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
