package app

import (
	"context"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/screen"
	"giaoban/app/screen/checking"
	"giaoban/app/screen/importing"
	"giaoban/app/view"
	modelchecking "giaoban/app/view/checking"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// older lets a screen stand among pages.
type older struct {
	screen.Screen
	save    func() env.State
	restore func(env.State)
	keys    []env.Key
}

// Save implements env.Page.
func (o older) Save() env.State {
	if o.save == nil {
		return nil
	}
	return o.save()
}

// Restore implements env.Page.
func (o older) Restore(s env.State) {
	if o.restore != nil {
		o.restore(s)
	}
}

// Stale implements env.Page: screens listen to the session.
func (older) Stale(desk.Changes) {}

// Keys implements env.Keyed.
func (o older) Keys() []env.Key { return o.keys }

// TakeKey implements env.KeyTaker.
func (o older) TakeKey(ev *fyne.KeyEvent) bool {
	k, ok := o.Screen.(screen.Keys)
	return ok && k.TakeKey(ev)
}

// Dirty implements env.Typed.
func (o older) Dirty() bool {
	t, ok := o.Screen.(screen.Typed)
	return ok && t.Dirty()
}

// TakeFile implements env.FileTaker.
func (o older) TakeFile(path string) bool {
	t, ok := o.Screen.(screen.FileTaker)
	return ok && t.TakeFile(path)
}

func contextOf(e *env.Env) screen.Context {
	return screen.Context{Window: e.Window, Status: func() { e.Status() }, InView: func(o fyne.CanvasObject) bool { return e.InView(o) }}
}

func printingOf(e *env.Env) screen.Printing {
	return screen.Printing{Context: contextOf(e), Desk: e.Desk, Files: e.Files, Engine: e.Engine}
}

// ctrl is a key of a screen with Ctrl.
func ctrl(name fyne.KeyName, label, help string, do func()) env.Key {
	return env.Key{Name: name, Modifier: fyne.KeyModifierControl, Label: label, Help: help, Do: do}
}

// checkAtStart is the largest register that is checked when the program starts,
// so that the badge is there at once; larger ones are checked when the screen
// is opened.
const checkAtStart = 200_000

func checkingPage(e *env.Env) env.Page {
	m := modelchecking.New(e.Session)
	s := checking.New(printingOf(e), m)
	s.Undo = e.Undo
	m.Listen(func() { e.Badge(env.Checking, m.Serious()) })
	if n := e.Desk.Len(); n > 0 && n <= checkAtStart {
		m.Run()
	}
	return older{Screen: s}
}

// printer is a screen that prints.
type printer struct {
	older
	print func()
}

// PrintPage implements env.Printer.
func (p printer) PrintPage() { p.print() }

// importOlder is the import among pages.
type importOlder struct {
	older
	s *importing.Screen
}

// TakeFile implements env.FileTaker.
func (p importOlder) TakeFile(path string) bool { p.s.Drop([]string{path}); return true }

// TakeFiles implements env.FilesTaker.
func (p importOlder) TakeFiles(paths []string) { p.s.Drop(paths) }

func importPage(e *env.Env) env.Page {
	m := view.NewImporting(e.Session)
	m.Run = runner(e)
	s := importing.New(contextOf(e), m, e.Files)
	s.FoundFrom = e.FoundFrom
	s.LeaveTo = func() string {
		if e.Desk.Founding() > 0 {
			return "Về trang Lập sổ"
		}
		return "Về sổ hồ sơ"
	}
	s.Leave = func() {
		if e.Desk.Founding() > 0 {
			e.Go(env.Route{Page: env.Founding})
			return
		}
		e.Go(env.Route{Page: env.Register, State: view.Jump{}})
	}
	s.Undo = e.Undo
	s.Reconcile = func(path, text string, opt desk.ImportOptions) {
		e.Go(env.Route{Page: env.Reconciling, State: env.Reconcile{Path: path, Text: text, Options: opt}})
	}
	s.Reported = func(id uint64) { e.Go(env.Route{Page: env.Reported, State: env.ReportOf(id)}) }
	open := ctrl(fyne.KeyI, "Ctrl+I", "nhập từ Excel, hoặc kéo tệp vào cửa sổ; Ctrl+V ở đó: dán bảng đã chép", nil)
	open.Anywhere = true
	p := importOlder{s: s}
	open.Do = func() {
		if e.InView(s.Content()) {
			s.ChooseFile()
			return
		}
		e.Go(env.Route{Page: env.Import})
	}
	p.older = older{Screen: s, keys: []env.Key{open, ctrl(fyne.KeyV, "", "", s.Paste)}, restore: func(state env.State) {
		if paths, ok := state.(env.Paths); ok {
			s.Drop(paths)
		}
	}}
	return p
}

// runner runs the long work of a model with progress.
func runner(e *env.Env) func(title string, work func(context.Context, func(done, total int64)) error, done func(error)) {
	return func(title string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		e.Run(title, func(ctx context.Context, report widget.Report) error {
			return work(ctx, func(n, total int64) { report(n, total, title) })
		}, done)
	}
}
