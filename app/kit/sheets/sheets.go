// Package sheets shows the tables of reports on the screen: a figure opens the dossiers or
// the entries that it counts.
package sheets

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/papers"
	"giaoban/app/widget"
)

// View shows the tables of a report, one at a time.
type View struct {
	e      *env.Env
	object *fyne.Container
	// Leave is called before a list is opened.
	Leave func()
}

// New returns an empty view.
func New(e *env.Env) *View {
	return &View{e: e, object: container.NewStack(), Leave: func() {}}
}

// Object is what the view draws.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Set shows tables.
func (v *View) Set(list []papers.Sheet) {
	v.object.Objects = nil
	if len(list) > 0 {
		body := container.NewStack()
		show := func(i int) {
			body.Objects = []fyne.CanvasObject{v.table(&list[i])}
			body.Refresh()
		}
		var top fyne.CanvasObject
		if len(list) > 1 {
			var names []string
			for i := range list {
				name, _, _ := strings.Cut(list[i].Title, ":")
				names = append(names, name)
			}
			top = widget.Row(-1, widget.NewSegments(names, show))
		}
		show(0)
		v.object.Objects = []fyne.CanvasObject{container.NewBorder(top, nil, nil, nil, body)}
	}
	v.object.Refresh()
}

// ownFirst puts the own name of a column before that of its group, which a narrow heading
// cuts: «Cấp xã · Quy trình nội bộ».
func ownFirst(title string) string {
	i := strings.LastIndex(title, ": ")
	if i < 0 {
		return title
	}
	return title[i+2:] + " · " + title[:i]
}

// table draws one table.
func (v *View) table(s *papers.Sheet) fyne.CanvasObject {
	var columns []widget.Column
	for i, c := range s.Columns {
		col := widget.Column{ID: strconv.Itoa(i), Title: ownFirst(c.Short), Tip: c.Title, Width: 84}
		switch {
		case c.Numeric:
			col.Align = widget.Right
		case i == 0:
			col.Width = 56
		case i == 1:
			col.Width, col.Min, col.Flex = 240, 180, 1 // what tells lines apart is never cut
		default:
			col.Width, col.Min, col.Flex = 120, 120, 0.6
		}
		columns = append(columns, col)
	}
	g := widget.NewGrid(columns)
	g.Single = true
	g.SetEmpty("Kỳ này chưa có số liệu.", "", nil)
	g.SetRows(widget.Few{N: len(s.Rows), Cell: func(i int, dst []widget.Cell) {
		for k := range min(len(dst), len(s.Rows[i].Cells)) {
			dst[k] = widget.Cell{Text: s.Rows[i].Cells[k], Strong: s.Rows[i].Bold}
			if _, ok := s.Opens(i, k); ok && s.Columns[k].Numeric {
				dst[k].Role = widget.ColorPrimary
			}
		}
	}})
	open := func(row, col int) bool {
		o, ok := s.Opens(row, col)
		if ok {
			v.open(o)
		}
		return ok
	}
	g.OnCell = func(row int, column string) bool {
		col, err := strconv.Atoi(column)
		return err == nil && s.Columns[col].Numeric && open(row, col)
	}
	g.OnOpen = func(row int) {
		var items []widget.MenuItem
		for k := range s.Columns {
			if o, ok := s.Opens(row, k); ok {
				items = append(items, widget.MenuItem{Label: s.Columns[k].Title, Hint: s.Rows[row].Cells[k], Do: func() { v.open(o) }})
				if !s.Columns[k].Numeric && len(items) == 1 { // the row is one thing
					v.open(o)
					return
				}
			}
		}
		if len(items) > 0 {
			widget.ShowMenu(v.e.Window, fyne.CurrentApp().Driver().AbsolutePositionForObject(g).AddXY(40, 60), items)
		}
	}
	head := widget.NewNote(strings.Join(append([]string{s.Title}, s.Below...), " · ")+". Bấm vào một số để mở danh sách của nó.", 640)
	return container.NewBorder(head, nil, nil, nil, g)
}

// open goes to what stands behind a figure.
func (v *View) open(o papers.Opens) {
	v.Leave()
	if o.Query != nil {
		v.e.Session.Jump(env.Jump{Title: o.Title, Query: *o.Query})
		return
	}
	if o.Reported != 0 {
		v.e.Go(env.Route{Page: env.Reported, State: env.ReportOf(o.Reported)})
		return
	}
	if len(o.Procedures) > 0 {
		v.e.Go(env.Route{Page: env.Catalogue, State: env.ProceduresOf{Title: fmt.Sprintf("%s (%d)", o.Title, len(o.Procedures)), IDs: o.Procedures}})
		return
	}
	v.e.Go(env.Route{Page: env.PageOf(o.Kind), State: env.EntriesOf{Kind: o.Kind, Title: fmt.Sprintf("%s (%d)", o.Title, len(o.Entries)), IDs: o.Entries}})
}

// Show shows one table in a dialog.
func Show(e *env.Env, s papers.Sheet) {
	v := New(e)
	size := e.Window.Canvas().Size()
	wide, high := max(size.Width/widget.Scaled(1)-120, 400), max(size.Height/widget.Scaled(1)-240, 200)
	v.Set([]papers.Sheet{s})
	d := widget.ShowDialog(e.Window, widget.DialogOptions{Title: s.Title, Content: widget.Tall(high, v.object), Cancel: "Đóng", Width: wide})
	v.Leave = d.Close
}
