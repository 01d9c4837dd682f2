// Package catalogue is the page Danh mục: the lists that officers keep, at the
// left by name, each with its own actions.
package catalogue

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// part is one of the lists of the page, or what stands in its place. A list of the
// kit is one as it is.
type part interface {
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

// editor is a part that holds changes which are not stored yet.
type editor interface {
	Dirty() bool
	Submit()
	// store stores the changes; done gets nil or what is wrong.
	store(done func(error))
}

// page is the page.
type page struct {
	e       *env.Env
	names   *widget.Grid
	parts   []entry
	body    *fyne.Container
	at      int
	content fyne.CanvasObject
}

type entry struct {
	title string
	id    env.Part // by which other pages open it
	part  part
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, body: container.NewStack()}
	inner := e.Part(func(o fyne.CanvasObject) bool { return e.InView(p.content) && fyne.CanvasObject(p.now().Object()) == o })
	calendar := newCalendar(inner)
	p.parts = []entry{
		{"Đơn vị", "units", newUnits(inner)}, {"Nhóm xếp hạng", "classes", newClasses(inner)}, {"Lĩnh vực", "fields", newFields(inner)}, {"Thủ tục", "procedures", newProcedures(inner, p.redraw)},
		{"Bộ phận, người thụ lý", "counters", newCounters(inner)}, {"Người ký", "signers", newSigners(inner)}, {"Nguyên nhân chậm", "causes", newCauses(inner)},
		{"Quyển sổ", "books", newBooks(inner)}, {"Lịch làm việc", env.PartCalendar, calendar}, {"Cách tính tỷ lệ", "rates", newRates(inner)}, {"Căn cứ pháp lý", "bases", newBases(inner)},
		{"Mẫu in", "templates", newTemplates(inner, p.redraw)},
	}
	p.names = widget.NewGrid([]widget.Column{{ID: "name", Width: 150, Flex: 1}})
	p.names.NoHeader, p.names.Single = true, true
	p.names.SetRows(p.partNames())
	p.names.SetCurrent(0)
	p.names.OnCurrent = func(i int) {
		if i >= 0 && i != p.at {
			p.open(i)
		}
	}
	p.names.OnOpen = func(int) { p.now().Shown() }
	heading := container.New(layout.NewCustomPaddedLayout(4, 8, 8, 0), widget.NewHeading("Danh mục"))
	p.content = container.NewBorder(nil, nil, widget.Wide(162, container.NewBorder(heading, nil, nil, nil, p.names)), nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), p.body))
	p.body.Objects = []fyne.CanvasObject{p.now().Object()}
	e.Session.Listen(p.badge)
	widget.Post(func() { // once the window stands
		calendar.takeNews()
		p.badge()
	})
	return p
}

// badge tells how many questions of this year's calendar nobody answered.
func (p *page) badge() { p.e.Badge(env.Catalogue, questions(p.e.Desk)) }

func questions(d *desk.Desk) int { return len(d.Calendar().Year(d.Today().Year()).OpenAsks()) }

// partNames returns the names of the parts; the calendar tells how many questions
// are open.
func (p *page) partNames() widget.Few {
	var out []string
	for _, e := range p.parts {
		name := e.title
		if n := questions(p.e.Desk); e.id == env.PartCalendar && n > 0 {
			name += fmt.Sprintf(" (%d)", n)
		}
		out = append(out, name)
	}
	return widget.Few{N: len(out), Cell: func(i int, dst []widget.Cell) { dst[0].Text = out[i] }}
}

func (p *page) now() part { return p.parts[p.at].part }

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.content }

// place is where the officer is: in a part, and where there.
type place struct {
	part  int
	state env.State
}

// Save implements env.Page.
func (p *page) Save() env.State { return place{p.at, p.now().Save()} }

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	switch to := s.(type) {
	case place:
		p.names.SetCurrent(to.part)
		p.now().Restore(to.state)
	case env.Part:
		for i, e := range p.parts {
			if e.id == to {
				p.names.SetCurrent(i)
			}
		}
	}
}

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) {
	p.names.ReplaceRows(p.partNames())
	p.now().Refresh()
}

// Shown implements env.Page.
func (p *page) Shown() { p.now().Shown() }

// Status implements env.Page.
func (p *page) Status() string { return p.now().Status() }

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() { p.now().Shown() }

// TakeKey implements env.KeyTaker: Escape leaves what is open within the page.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool { return ev.Name == fyne.KeyEscape && p.now().Escape() }

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return env.CtrlEnter("lưu thủ tục, mẫu in, áp dụng lịch", p.submit)
}

func (p *page) submit() {
	if x, ok := p.now().(editor); ok {
		x.Submit()
	}
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool {
	x, ok := p.now().(editor)
	return ok && x.Dirty()
}

// Unsaved implements env.Unsaved.
func (p *page) Unsaved() string {
	var names []string
	for _, e := range p.parts {
		if x, ok := e.part.(editor); ok && x.Dirty() {
			names = append(names, e.title)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Danh mục: " + strings.Join(names, ", ") + " có thay đổi chưa lưu."
}

// SaveAll implements env.Unsaved: the first part that refuses stays in view.
func (p *page) SaveAll(done func(error)) {
	env.SaveEach(len(p.parts), func(i int, next func(error)) {
		if x, ok := p.parts[i].part.(editor); ok && x.Dirty() {
			p.names.SetCurrent(i)
			x.store(next)
			return
		}
		next(nil)
	}, done)
}

// open shows a part; the cursor stays in the list of parts.
func (p *page) open(i int) {
	p.at = i
	p.redraw()
	p.now().Refresh()
}

// redraw puts the object of the part in view in place, after it changed.
func (p *page) redraw() {
	p.body.Objects = []fyne.CanvasObject{p.now().Object()}
	p.body.Refresh()
	p.e.Status()
}

// do runs a short change and tells what was done.
func do(e *env.Env, done string, work func(context.Context) error) { e.Do(work, done, nil) }
