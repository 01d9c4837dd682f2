// Package env is what every page gets: the office that is open, ways to ask, to
// tell and to run work, and the way to other pages. It knows no page.
package env

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Env is the one argument of every page.
type Env struct {
	Desk    *desk.Desk
	Session *Session
	Window  fyne.Window
	Files   *widget.Files
	Engine  widget.PDFEngine
	// Drafts are what is typed and kept beside the data file; nil keeps no list of them.
	Drafts *Drafts
	// Habits are small things that are remembered between two starts.
	Habits kit.Texts
	// Status draws the status bar anew; Badge shows a count at a page's entry in
	// the navigation; Go opens a place, Back the place before.
	Status func()
	Badge  func(page string, n int)
	Go     func(Route)
	Back   func()
	// InView reports whether a page's content is what the window shows.
	InView func(content fyne.CanvasObject) bool
	// Undo and Redo take the last change back and do it again, and tell so.
	Undo, Redo func()
	// Help shows what the keys do.
	Help func()
	// OpenFile opens another data file, Restore puts a backup in the place of the one
	// that is open.
	OpenFile, Restore func(path string)
	// NewFile sets up another office in a new data file.
	NewFile func()
	// FoundFrom sets up an office of its own and offers the files there for import;
	// Waiting returns those files once it is open.
	FoundFrom func(paths []string)
	Waiting   []string
	// MoveIn puts the register that is open on the server at an address, and opens it
	// there.
	MoveIn func(address string)
	// Program is the version of the program.
	Program string
	// Look changes text size in per cent and theme, 0 leaves both; it returns those in
	// use.
	Look func(percent int, dark bool) (int, bool)
	// Report gathers what helps to mend a fault into a file; LogLevel sets for good
	// how much is logged.
	Report   func()
	LogLevel func(level string)
	// Reopen opens the data file again after it was written anew, with what opens it, and then
	// calls then with the env of the office that is open now. Lock closes the office behind its password; LockAfter sets after
	// how many minutes without use that is done, and returns it: 0 asks only, less is never.
	Reopen    func(o desk.Opened, then func(*Env))
	Lock      func()
	LockAfter func(minutes int) int
}

// HabitLogLevel is the key under which the habits hold how much is logged.
const HabitLogLevel = "log-level"

// Part is the env of a part of a page: what the part draws is in view while in
// reports so.
func (e *Env) Part(in func(part fyne.CanvasObject) bool) *Env {
	p := *e
	p.InView = in
	return &p
}

// Focus gives the focus to a part of a page that is in view, unless a dialog
// stands over it.
func (e *Env) Focus(content fyne.CanvasObject, part fyne.Focusable) {
	if e.InView(content) && e.Window.Canvas().Overlays().Top() == nil {
		e.Window.Canvas().Focus(part)
	}
}

// Toast tells what was done.
func (e *Env) Toast(text string) { widget.ShowToast(e.Window, text, "", nil) }

// Offer tells what was done and offers what may follow.
func (e *Env) Offer(text, label string, do func()) { widget.ShowToast(e.Window, text, label, do) }

// Done tells what was done and offers to take it back.
func (e *Env) Done(text string) { e.Offer(text, "Hoàn tác", e.Undo) }

// Fail tells in a dialog what went wrong; work that was cancelled says so below.
func (e *Env) Fail(title string, err error) {
	if data.CodeOf(err) == data.Cancelled {
		e.Toast(err.Error())
		return
	}
	widget.ShowError(e.Window, title, err)
}

// Confirm asks before something is done; verb stands on the button.
func (e *Env) Confirm(title, text, verb string, do func()) {
	widget.Confirm(e.Window, title, text, verb, func(ok bool) {
		if ok {
			do()
		}
	})
}

// ConfirmDanger asks before something that takes data away.
func (e *Env) ConfirmDanger(title, text, verb string, do func()) {
	widget.ConfirmDanger(e.Window, title, text, verb, func(ok bool) {
		if ok {
			do()
		}
	})
}

// Do runs a short change off the window's goroutine, then tells what was done
// with the way back. What goes wrong goes to failed; nil shows a dialog.
func (e *Env) Do(work func(context.Context) error, done string, failed func(error)) {
	if failed == nil {
		failed = func(err error) { e.Fail("Không thực hiện được", err) }
	}
	e.Session.Go(func() {
		err := work(context.Background())
		e.Session.Post(func() {
			if err != nil {
				failed(err)
				return
			}
			if done != "" {
				e.Done(done)
			}
		})
	})
}

// Run runs work that may take long behind a bar, which shows what is being done
// and cancels it; done gets its error on the window's goroutine.
func (e *Env) Run(title string, work func(context.Context, widget.Report) error, done func(error)) {
	widget.RunWithProgress(e.Window, title, work, done)
}

// Long runs work as Run does and then calls done, or tells under failed what went wrong.
func (e *Env) Long(title, failed string, work func(context.Context, widget.Report) error, done func()) {
	e.Run(title, work, func(err error) {
		if err != nil {
			e.Fail(failed, err)
			return
		}
		done()
	})
}

// CopyCode puts the code of a dossier on the clipboard.
func (e *Env) CopyCode(code string) {
	fyne.CurrentApp().Clipboard().SetContent(code)
	e.Toast("Đã chép mã " + code)
}

// DossierItems are what the menus of other pages than the register offer for a dossier:
// the way there, own, and its code.
func (e *Env) DossierItems(code string, own ...widget.MenuItem) []widget.MenuItem {
	items := append([]widget.MenuItem{{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { e.Session.JumpTo(code) }}}, own...)
	return append(items, widget.MenuItem{}, widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() { e.CopyCode(code) }})
}

// DayInfo tells the calendars of date fields what is special about a day.
func (e *Env) DayInfo(d data.Day) (lunar, note string, off bool) {
	l := workday.Lunar(d)
	lunar = strconv.Itoa(l.Day)
	if l.Day == 1 {
		lunar = fmt.Sprintf("%d/%d", l.Day, l.Month)
	}
	calendar := e.Desk.Calendar()
	if s, ok := calendar.Special(d); ok {
		note = s.Name
	}
	return lunar, note, !calendar.IsWorking(d)
}

// DateField is an empty date field with the calendar of the office.
func (e *Env) DateField() *widget.DateField {
	f := widget.NewDateField(e.Desk.Today)
	f.Info = e.DayInfo
	return f
}
