// Package catalogue is the page Danh mục: the lists that officers keep, at the
// left by name, each with its own actions.
package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// editor is a part that holds changes which are not stored yet.
type editor interface {
	Dirty() bool
	Submit()
	// store stores the changes; done gets nil or what is wrong.
	store(done func(error))
}

// page is the page.
type page struct {
	parts.Page
	e       *env.Env
	names   *widget.Grid
	titles  []string
	ids     []env.Part // by which other pages open the parts
	content fyne.CanvasObject
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e}
	p.Make(e)
	inner := e.Part(func(o fyne.CanvasObject) bool { return e.InView(p.content) && fyne.CanvasObject(p.Now().Object()) == o })
	calendar := newCalendar(inner)
	var list []parts.Part
	for _, x := range []struct {
		title string
		id    env.Part
		part  parts.Part
	}{
		{"Đơn vị", "units", newUnits(inner)}, {"Nhóm xếp hạng", "classes", newClasses(inner)}, {"Lĩnh vực", "fields", newFields(inner)}, {"Thủ tục", partProcedures, newProcedures(inner, p.Redraw)},
		{"Bộ phận, người thụ lý", "counters", newCounters(inner)}, {"Người ký", "signers", newSigners(inner)}, {"Nguyên nhân chậm", "causes", newCauses(inner)},
		{"Quyển sổ", "books", newBooks(inner)}, {"Lịch làm việc", env.PartCalendar, calendar}, {"Cách tính tỷ lệ", "rates", newRates(inner)}, {"Căn cứ pháp lý", "bases", newBases(inner)},
		{"Mẫu in", "templates", newTemplates(inner, p.Redraw)},
	} {
		p.titles, p.ids, list = append(p.titles, x.title), append(p.ids, x.id), append(list, x.part)
	}
	p.names = widget.NewGrid([]widget.Column{{ID: "name", Width: 150, Flex: 1}})
	p.names.NoHeader, p.names.Single = true, true
	p.names.SetRows(p.partNames())
	p.names.OnCurrent = func(i int) {
		if i >= 0 && i != p.At() {
			p.Open(i)
		}
	}
	p.names.OnOpen = func(int) { p.Shown() }
	heading := container.New(layout.NewCustomPaddedLayout(4, 8, 8, 0), widget.NewHeading("Danh mục"))
	p.content = container.NewBorder(nil, nil, widget.Wide(162, container.NewBorder(heading, nil, nil, nil, p.names)), nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), p.Page.Content()))
	p.Begin(list...)
	p.Opened = func() { p.names.SetCurrent(p.At()) }
	p.Opened()
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
	out := slices.Clone(p.titles)
	if n := questions(p.e.Desk); n > 0 {
		out[slices.Index(p.ids, env.PartCalendar)] += fmt.Sprintf(" (%d)", n)
	}
	return widget.Few{N: len(out), Cell: func(i int, dst []widget.Cell) { dst[0].Text = out[i] }}
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Restore implements env.Page: an env.Part opens a part.
func (p *page) Restore(s env.State) {
	if i := slices.IndexFunc(p.ids, func(id env.Part) bool { return id == s }); i >= 0 {
		p.Open(i)
		return
	}
	if _, ok := s.(env.ProceduresOf); ok {
		p.Open(slices.Index(p.ids, partProcedures))
		p.Now().Restore(s)
		return
	}
	p.Page.Restore(s)
}

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) {
	p.names.ReplaceRows(p.partNames())
	p.Now().Refresh()
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return env.CtrlEnter("lưu thủ tục, mẫu in, áp dụng lịch", p.submit)
}

func (p *page) submit() {
	if x, ok := p.Now().(editor); ok {
		x.Submit()
	}
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool {
	x, ok := p.Now().(editor)
	return ok && x.Dirty()
}

// Unsaved implements env.Unsaved.
func (p *page) Unsaved() string {
	var names []string
	for i, part := range p.Parts {
		if x, ok := part.(editor); ok && x.Dirty() {
			names = append(names, p.titles[i])
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Danh mục: " + strings.Join(names, ", ") + " có thay đổi chưa lưu."
}

// SaveAll implements env.Unsaved: the first part that refuses stays in view.
func (p *page) SaveAll(done func(error)) {
	env.SaveEach(len(p.Parts), func(i int, next func(error)) {
		if x, ok := p.Parts[i].(editor); ok && x.Dirty() {
			p.Open(i)
			x.store(next)
			return
		}
		next(nil)
	}, done)
}

// do runs a short change and tells what was done.
func do(e *env.Env, done string, work func(context.Context) error) { e.Do(work, done, nil) }
