// Package indicators is the page Chỉ tiêu: the values of an indicator, units by periods,
// typed as in a spreadsheet, and the list of definitions.
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

// page is the page: one of its two parts.
type page struct {
	e       *env.Env
	values  *values
	list    *list.List[definition]
	tabs    *widget.Segments
	content *fyne.Container
	at      int
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, content: container.NewStack()}
	p.tabs = widget.NewSegments([]string{"Nhập số liệu", "Định nghĩa"}, p.show)
	p.values = newValues(e, p.content, widget.Row(-1, p.tabs))
	p.list = newDefinitions(p, e.Part(func(fyne.CanvasObject) bool { return e.InView(p.content) && p.at == 1 }), widget.Row(-1, p.tabs))
	p.show(0)
	return p
}

func (p *page) show(i int) {
	p.at = i
	p.tabs.Choose(i)
	if i == 0 {
		p.content.Objects = []fyne.CanvasObject{p.values.page}
		p.values.refresh()
	} else {
		p.content.Objects = []fyne.CanvasObject{p.list.Object()}
		p.list.Refresh()
	}
	p.content.Refresh()
	p.e.Status()
}

// open shows the values of an indicator.
func (p *page) open(code string) {
	p.show(0)
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
func (p *page) Save() env.State { return place{p.at, p.list.Save()} }

// Restore implements env.Page. An env.Part names the indicator to open.
func (p *page) Restore(s env.State) {
	switch s := s.(type) {
	case place:
		p.show(s.part)
		p.list.Restore(s.list)
	case env.Part:
		p.open(string(s))
	}
}

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	if c.All || c.Catalogue || c.Rules || slices.Contains(c.Kinds, desk.KindIndicator) || slices.Contains(c.Kinds, desk.SettingIndicators) {
		p.values.refresh()
		p.list.Refresh()
	}
}

// Shown implements env.Page.
func (p *page) Shown() {
	if p.at == 0 {
		p.e.Focus(p.content, p.values.sheet.Grid())
		return
	}
	p.list.Shown()
}

// Status implements env.Page.
func (p *page) Status() string {
	if p.at == 0 {
		return p.values.status()
	}
	return p.list.Status()
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool { return p.values.dirty() }

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() {
	if p.at == 0 {
		p.values.pick.Open("")
		return
	}
	p.list.FocusSearch()
}

// PrintPage implements env.Printer.
func (p *page) PrintPage() {
	if p.at == 0 {
		p.e.Toast("Số liệu chỉ tiêu được in từ bảng tính: «Bảng tính», «Xuất chỉ tiêu này…».")
		return
	}
	p.list.PrintPage()
}

// TakeFile implements env.FileTaker: a table dropped on the page is imported.
func (p *page) TakeFile(path string) bool {
	p.values.read(path)
	return true
}

// TakeKey implements env.KeyTaker.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && p.at == 1 && p.list.Escape()
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return append(env.CtrlEnter("lưu số liệu vừa gõ", func() {
		if p.at == 0 {
			p.values.store()
		}
	}),
		env.Key{Label: "F2, F3", Help: "sửa ô; ghi chú thích của ô"},
		env.Key{Label: "Ctrl+C, Ctrl+V", Help: "chép, dán vùng ô như trong Excel"},
		env.Key{Name: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl, Label: "Ctrl+Page Down", Help: "sang phần kia của trang", Do: func() { p.show(1 - p.at); p.Shown() }})
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
