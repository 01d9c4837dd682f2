// Package catalogue is the screen Danh mục: the lists that officers keep, at the
// left by name, each with its own actions. It draws the models of
// app/view/catalogue and decides nothing itself.
package catalogue

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// part is one of the lists of the screen.
type part interface {
	object() fyne.CanvasObject
	// shown reads what the part shows anew and takes the focus.
	shown()
	status() string
	// escape leaves what the part has opened; false when there is nothing.
	escape() bool
}

// Screen is the screen.
type Screen struct {
	ctx     screen.Context
	session *view.Session
	print   screen.Printing
	files   *widget.Files
	info    widget.DayInfo
	names   *widget.Grid
	parts   []entry
	body    *fyne.Container
	at      int
	content fyne.CanvasObject

	// Undo takes the last change back, for toasts.
	Undo func()
}

type entry struct {
	title string
	part  part
}

// New builds the screen. info tells the calendars of date fields what is special
// about a day.
func New(ctx screen.Context, s *view.Session, print screen.Printing, files *widget.Files, info widget.DayInfo) *Screen {
	c := &Screen{ctx: ctx, session: s, print: print, files: files, info: info, Undo: func() {}, body: container.NewStack()}
	c.parts = []entry{
		{"Đơn vị", newUnits(c)}, {"Lĩnh vực", newFields(c)}, {"Thủ tục", newProcedures(c)},
		{"Bộ phận, người thụ lý", newCounters(c)}, {"Người ký", newSigners(c)}, {"Nguyên nhân chậm", newCauses(c)}, {"Quyển sổ", newBooks(c)},
		{"Lịch làm việc", newCalendar(c)}, {"Cách tính tỷ lệ", newRates(c)}, {"Mẫu in", newTemplates(c)},
	}
	c.names = widget.NewGrid([]widget.Column{{ID: "name", Width: 150, Flex: 1}})
	c.names.NoHeader, c.names.Single = true, true
	c.names.SetRows(c.partNames())
	c.names.SetCurrent(0)
	c.names.OnCurrent = func(i int) {
		if i >= 0 && i != c.at {
			c.open(i)
		}
	}
	c.names.OnOpen = func(int) { c.parts[c.at].part.shown() }
	left := screen.Wide(162, container.NewBorder(container.New(layout.NewCustomPaddedLayout(12, 8, 8, 0), widget.NewHeading("Danh mục")), nil, nil, nil, c.names))
	c.content = container.NewBorder(nil, nil, left, nil, c.body)
	c.body.Objects = []fyne.CanvasObject{c.parts[0].part.object()}
	s.Listen(func() {
		if c.ctx.InView(c.content) {
			c.refresh()
		}
	})
	return c
}

// partNames returns the names of the parts; the calendar tells how many questions of
// this year nobody answered.
func (c *Screen) partNames() nameRows {
	var out nameRows
	for _, e := range c.parts {
		name := e.title
		if _, ok := e.part.(*calendar); ok && c.Questions() > 0 {
			name += fmt.Sprintf(" (%d)", c.Questions())
		}
		out = append(out, name)
	}
	return out
}

// Questions counts the questions of this year's calendar that nobody answered.
func (c *Screen) Questions() int {
	d := c.session.Desk
	return len(d.Calendar().Year(d.Today().Year()).OpenAsks())
}

type nameRows []string

// Len implements widget.Rows.
func (r nameRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r nameRows) Cells(i int, dst []widget.Cell) { dst[0].Text = r[i] }

// Content implements screen.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Shown implements screen.Screen.
func (c *Screen) Shown() {
	c.refresh()
	if c.ctx.InView(c.content) {
		c.parts[c.at].part.shown()
	}
}

// Status implements screen.Screen.
func (c *Screen) Status() string { return c.parts[c.at].part.status() }

// TakeKey implements screen.Keys: Escape leaves what is open within the screen.
func (c *Screen) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && c.parts[c.at].part.escape()
}

// OpenCalendar shows the part Lịch làm việc.
func (c *Screen) OpenCalendar() {
	for i, e := range c.parts {
		if _, ok := e.part.(*calendar); ok {
			c.names.SetCurrent(i)
		}
	}
}

// TakeCalendar takes over what the program ships otherwise than the file saw last,
// and asks what becomes of the dossiers whose date that would move.
func (c *Screen) TakeCalendar() {
	for _, e := range c.parts {
		if p, ok := e.part.(*calendar); ok {
			p.takeNews()
		}
	}
}

// Submit does the main action of the part in view, where it stores what was
// changed before (Ctrl+Enter).
func (c *Screen) Submit() {
	if p, ok := c.parts[c.at].part.(interface{ submit() }); ok {
		p.submit()
	}
}

// open shows a part; the cursor stays in the list of parts.
func (c *Screen) open(i int) {
	c.at = i
	c.body.Objects = []fyne.CanvasObject{c.parts[i].part.object()}
	c.body.Refresh()
	c.refresh()
	c.ctx.Status()
}

// refresh reads the part in view anew.
func (c *Screen) refresh() {
	c.names.ReplaceRows(c.partNames())
	if r, ok := c.parts[c.at].part.(interface{ refresh() }); ok {
		r.refresh()
	}
}

// redraw puts the object of the part in view in place, after it changed.
func (c *Screen) redraw(p part) {
	if c.parts[c.at].part != p {
		return
	}
	c.body.Objects = []fyne.CanvasObject{p.object()}
	c.body.Refresh()
	c.ctx.Status()
}

// do runs a change off the window's goroutine, then tells what was done, with
// the way back, or what went wrong.
func (c *Screen) do(work func(context.Context) error, done string, failed func(error)) {
	c.session.Go(func() {
		err := work(context.Background())
		c.session.Post(func() {
			if err != nil {
				failed(err)
				return
			}
			widget.ShowToast(c.ctx.Window, done, "Hoàn tác", c.Undo)
		})
	})
}

// fail tells in a dialog what went wrong.
func (c *Screen) fail(err error) {
	widget.ShowError(c.ctx.Window, "Không thực hiện được", err)
}

// long runs work that may take long behind a bar; then as do.
func (c *Screen) long(title string, work func(context.Context, widget.Report) error, done func() string) {
	widget.RunWithProgress(c.ctx.Window, title, work, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
			widget.ShowFailure(c.ctx.Window, "", err)
		case err != nil:
			c.fail(err)
		default:
			widget.ShowToast(c.ctx.Window, done(), "Hoàn tác", c.Undo)
		}
	})
}

// options turns choices of a model into options of a picker.
func options(choices []model.Choice) []widget.Option {
	out := make([]widget.Option, len(choices))
	for i, x := range choices {
		out[i] = widget.Option{Key: x.Key, Text: x.Label}
	}
	return out
}

func (c *Screen) date(d data.Day) *widget.DateField {
	f := widget.NewDateField(c.session.Desk.Today)
	f.Info = c.info
	f.SetDay(d)
	return f
}

func field(text string) *widget.Field {
	f := widget.NewField("")
	f.SetValue(text)
	return f
}

func area(text string, lines int) *widget.Field {
	f := widget.NewArea("", lines)
	f.SetValue(text)
	return f
}

func picker(choices []model.Choice, key string) *widget.Picker {
	p := widget.NewPicker(options(choices), nil)
	p.SetKey(key)
	return p
}
