// Package parts makes pages of several parts, of which one is in view: a row of tabs
// leads from one to the other.
package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// Part is one of the parts. A list of the kit is one as it is.
type Part interface {
	Object() *widget.Page
	// Refresh reads what the part shows anew.
	Refresh()
	// Shown takes the focus.
	Shown()
	Status() string
	// Escape leaves what the part has opened; false when there is nothing.
	Escape() bool
	Save() env.State
	Restore(env.State)
}

// Page is embedded by pages that are made of parts.
type Page struct {
	Parts []Part
	// Opened is called when another part came into view; nil for nothing.
	Opened func()

	e       *env.Env
	at      int
	tabs    *widget.Segments
	content *fyne.Container
}

// Make makes ready for parts with these names, which Begin brings.
func (p *Page) Make(e *env.Env, names ...string) {
	p.e, p.content = e, container.NewStack()
	p.tabs = widget.NewSegments(names, p.Open)
}

// Begin puts the parts into the page, the first one in view.
func (p *Page) Begin(parts ...Part) {
	p.Parts = parts
	p.Open(0)
}

// Inner is the env of the part at a place.
func (p *Page) Inner(at int) *env.Env {
	return p.e.Part(func(fyne.CanvasObject) bool { return p.e.InView(p.Content()) && p.at == at })
}

// Head is what stands above a part: the tabs, and more.
func (p *Page) Head(more ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(6), append([]fyne.CanvasObject{widget.Row(-1, p.tabs)}, more...)...)
}

// Now is the part in view, At its place.
func (p *Page) Now() Part { return p.Parts[p.at] }

// At is the place of the part in view.
func (p *Page) At() int { return p.at }

// Open brings a part into view; the focus stays where it is.
func (p *Page) Open(i int) {
	p.at = i
	p.tabs.Choose(i)
	p.Redraw()
	p.Now().Refresh()
	if p.Opened != nil {
		p.Opened()
	}
}

// Redraw puts the object of the part in view in place, after it changed.
func (p *Page) Redraw() {
	p.content.Objects = []fyne.CanvasObject{p.Now().Object()}
	p.content.Refresh()
	p.e.Status()
}

// Content implements env.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// place is where the officer is: in a part, and where there.
type place struct {
	part  int
	state env.State
}

// Save implements env.Page.
func (p *Page) Save() env.State { return place{p.at, p.Now().Save()} }

// Restore implements env.Page.
func (p *Page) Restore(s env.State) {
	if to, ok := s.(place); ok {
		p.Open(to.part)
		p.Now().Restore(to.state)
	}
}

// Stale implements env.Page.
func (p *Page) Stale(desk.Changes) { p.Now().Refresh() }

// Shown implements env.Page.
func (p *Page) Shown() { p.Now().Shown() }

// Status implements env.Page.
func (p *Page) Status() string { return p.Now().Status() }

// FocusSearch implements env.Searcher.
func (p *Page) FocusSearch() {
	if s, ok := p.Now().(env.Searcher); ok {
		s.FocusSearch()
		return
	}
	p.Shown()
}

// PrintPage implements env.Printer.
func (p *Page) PrintPage() {
	if x, ok := p.Now().(env.Printer); ok {
		x.PrintPage()
	}
}

// TakeKey implements env.KeyTaker: Escape leaves what is open within the page.
func (p *Page) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && p.Now().Escape()
}

// Keys implements env.Keyed.
func (p *Page) Keys() []env.Key {
	if len(p.Parts) < 2 {
		return nil
	}
	turn := func(by int) func() {
		return func() {
			p.Open((p.at + by) % len(p.Parts))
			p.Shown()
		}
	}
	return []env.Key{
		{Name: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl, Label: "Ctrl+Page Down, Ctrl+Page Up", Help: "sang phần kế tiếp, về phần trước", Do: turn(1)},
		{Name: fyne.KeyPageUp, Modifier: fyne.KeyModifierControl, Do: turn(len(p.Parts) - 1)},
	}
}
