// Package settings is the screen Thiết lập: the office as its papers name it, its
// rules, the data file with its backups, and the look of the program.
package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
)

// The parts of the screen, in their order.
const (
	partOffice = iota
	partRules
	partFile
	partLook
)

var partNames = []string{"Cơ quan", "Quy tắc", "Tệp dữ liệu", "Hiển thị"}

// Screen is the screen.
type Screen struct {
	ctx     screen.Context
	session *view.Session
	files   *widget.Files
	page    *widget.Page
	tabs    *widget.Segments
	body    *fyne.Container
	at      int

	office *officePart
	rules  *rulesPart
	file   *filePart
	look   *lookPart

	// Look changes text size in per cent and theme; OpenFile opens another data
	// file; Restore puts a backup in the place of the open data file; Undo takes
	// the last change back.
	Look     func(percent int, dark bool)
	OpenFile func(path string)
	// NewFile sets up another office in a new data file.
	NewFile func()
	Restore func(backup string)
	Undo    func()
	// Report writes a report of what went wrong.
	Report func()
	// TestPage shows the page for trying a printer.
	TestPage func()
}

// New builds the screen. percent and dark are the look as it is now.
func New(ctx screen.Context, s *view.Session, files *widget.Files, percent int, dark bool) *Screen {
	c := &Screen{ctx: ctx, session: s, files: files, body: container.NewStack(), Look: func(int, bool) {}, OpenFile: func(string) {}, NewFile: func() {}, Restore: func(string) {}, Undo: func() {}, TestPage: func() {}, Report: func() {}}
	c.office, c.rules, c.file, c.look = newOffice(c), newRules(c), newFile(c), newLook(c, percent, dark)
	c.tabs = widget.NewSegments(partNames, c.open)
	c.page = widget.NewPage("Thiết lập", nil, container.NewHBox(c.tabs), c.body)
	c.open(partOffice)
	s.Listen(c.fill)
	return c
}

// open shows a part with its main action.
func (c *Screen) open(part int) {
	c.at = part
	c.page.Errors.SetError(nil)
	content, actions := []func() (fyne.CanvasObject, []fyne.CanvasObject){c.office.show, c.rules.show, c.file.show, c.look.show}[part]()
	c.page.SetActions(actions...)
	c.body.Objects = []fyne.CanvasObject{container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 12), content))}
	c.body.Refresh()
	c.fill()
	c.focus()
}

// SetLevel shows how much is logged, "" for the usual, and lets change take what the
// officer chooses.
func (c *Screen) SetLevel(level string, change func(level string)) {
	if level != "" {
		c.look.level.SetKey(level)
	}
	c.look.level.OnPick = func(o widget.Option) { change(o.Key) }
}

// OpenLook shows the part of the look, where a change of it comes back to.
func (c *Screen) OpenLook() {
	c.tabs.Choose(partLook)
	c.open(partLook)
}

func (c *Screen) focus() {
	switch c.at {
	case partOffice:
		c.ctx.Focus(c.page, c.office.fields[0].field)
	case partRules:
		c.ctx.Focus(c.page, c.rules.code)
	case partFile:
		c.ctx.Focus(c.page, c.file.backups)
	case partLook:
		c.ctx.Focus(c.page, c.look.percent)
	}
}

// Dirty implements screen.Typed.
func (c *Screen) Dirty() bool {
	for i := range c.office.fields {
		if c.office.fields[i].dirty() {
			return true
		}
	}
	for _, f := range c.rules.fields {
		if f.dirty() {
			return true
		}
	}
	return false
}

// Content implements screen.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.page }

// Shown implements screen.Screen.
func (c *Screen) Shown() {
	c.fill()
	c.focus()
}

// Status implements screen.Screen.
func (c *Screen) Status() string { return "Tệp dữ liệu: " + c.session.Desk.Path() }

// fill shows what is stored in the part in view; what the officer has typed and
// not saved stays.
func (c *Screen) fill() {
	switch c.at {
	case partOffice:
		c.office.fill()
	case partRules:
		c.rules.fill()
	case partFile:
		c.file.fill()
	case partLook:
		c.look.fill()
	}
}

// typed is a field that is filled from what is stored unless the officer has
// typed something else.
type typed struct {
	field  *widget.Field
	filled string
}

func (t *typed) fill(stored string) {
	if t.field.Value() == t.filled {
		t.field.SetValue(stored)
		t.filled = stored
	}
}

// dirty reports whether something was typed that is not stored.
func (t *typed) dirty() bool { return t.field.Value() != t.filled }

// saved notes that what was typed is stored now.
func (t *typed) saved() { t.filled = t.field.Value() }
