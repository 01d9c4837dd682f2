package app

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit/server"
	"giaoban/app/shell"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/form"
)

// office is the window of an open data file: its pages in their frame.
type office struct {
	w      *window
	desk   *desk.Desk
	env    *env.Env
	frame  *widget.Frame
	shell  *shell.Shell
	header *header
	stop   func()
}

func newOffice(w *window, d *desk.Desk) *office {
	if w.office != nil {
		w.office.shell.Flush()
		w.office.stop()
	}
	session := env.NewSession(d)
	session.Go, session.Post = widget.Background, widget.Post
	o := &office{w: w, desk: d, frame: widget.NewFrame(w.win, nil)}
	session.Fault = func(err error) { widget.Post(func() { o.frame.Faults.SetError(err) }) }
	d.OnFault(session.Fault)
	o.env = &env.Env{Desk: d, Session: session, Window: w.win, Files: widget.NewFiles(w.win, folders{w.app.Preferences()}, nil),
		Engine: w.engine, Habits: w.app.Preferences(), Drafts: &env.Drafts{}, Undo: o.undo, Redo: o.redo, Help: o.help, OpenFile: w.openOther, Restore: w.restore, Look: w.look,
		NewFile: w.newFile, FoundFrom: w.foundFrom, MoveIn: w.moveIn, Program: Version, Report: w.report, LogLevel: w.logLevel,
		Reopen: w.reopen, Lock: w.lock, LockAfter: w.lockAfter}
	if d.Founding() > 0 {
		o.env.Waiting, w.waiting = w.waiting, nil
	}
	o.header = newHeader(o)
	o.shell = shell.New(o.frame, o.env, pages, o.keys())
	o.shell.OnShow, o.shell.OnState = o.header.show, o.header.show
	unwatch := d.Watch(func(c desk.Changes) { widget.Post(func() { o.changed(c) }) })
	unwatchDay := session.WatchDay(widget.After)
	w.app.Lifecycle().SetOnEnteredForeground(session.CheckDay)
	unwatchBackups, unwatchIdle := o.keepBackedUp(), w.lockWhenIdle(d)
	o.stop = func() { unwatch(); unwatchDay(); unwatchBackups(); unwatchIdle(); d.OnFault(nil) }
	session.OnTurn(func() { o.header.fill(); o.shell.Changed(desk.Changes{All: true}) })
	session.OnJump(func(j env.Jump) { o.shell.Go(env.Route{Page: env.Register, State: j}) })
	o.w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { o.dropped(uris) })
	o.frame.SetNarrow(w.app.Preferences().Bool(prefNarrow))
	o.frame.OnNarrow = func(narrow bool) { w.app.Preferences().SetBool(prefNarrow, narrow) }
	o.frame.OnHelp = o.help
	o.readStatus()
	o.frame.SetOffice(form.OneLine(d.Office().Name))
	o.notice()
	o.frame.Install()
	watchState(o)
	first := env.Route{Page: env.Overview}
	if d.Founding() > 0 {
		first.Page = env.Founding // it goes on where it was left
	}
	o.shell.Go(first)
	return o
}

// notice shows above every page what is to be known of the open register: that it
// cannot be written to, that its server is away, that it is the demonstration.
func (o *office) notice() {
	link, why := o.desk.Link(), o.desk.ReadOnly()
	switch {
	case why != "":
		o.frame.SetNotice(why, "Mở tệp khác…", o.w.chooseFile)
	case link.Server != "" && !link.Online:
		o.frame.SetNotice(server.Lost(link, o.desk.Today()), "Thử lại", func() {
			o.env.Toast("Đang thử nối lại máy chủ…")
			o.desk.Retry()
		})
	case o.desk.Office().Demo:
		label, do := o.w.leaveDemo()
		o.frame.SetNotice("Đây là cơ quan minh họa: người và số liệu đều tự tạo, không phải sổ thật.", label, do)
	default:
		o.frame.SetNotice("", "", nil)
	}
}

// changed tells pages and frame what changed in the data.
func (o *office) changed(c desk.Changes) {
	if c.Link {
		o.notice()
	}
	o.env.Session.Changed()
	o.readStatus()
	o.frame.SetOffice(form.OneLine(o.desk.Office().Name))
	o.header.fill()
	o.shell.Changed(c)
}

// readStatus reads what the status bar says of the data file. It changes only with
// the data, while the bar is drawn at every keystroke.
func (o *office) readStatus() {
	o.shell.Middle, o.shell.Right = "", ""
	if undo, _ := o.desk.Undoable(); undo != "" {
		o.shell.Middle = "Ctrl+Z hoàn tác: " + undo
	}
	if o.desk.Office().Demo {
		o.shell.Right = "Cơ quan minh họa, số liệu tự tạo"
	} else if at := o.desk.LastBackup().At; at.Known() {
		o.shell.Right = "Sao lưu " + at.String()
	}
	if link := o.desk.Link(); link.Server != "" {
		o.shell.Right = atWork(link, o.desk.Others()) + " · " + o.shell.Right
	}
}

// atWork names this desk and who else is at work.
func atWork(l desk.Link, others []desk.Present) string {
	if !l.Online {
		return l.Desk + " · mất máy chủ"
	}
	var names []string
	for _, p := range others {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return l.Desk + " · một mình"
	}
	return l.Desk + " · cùng " + strings.Join(names, ", ")
}

// dropped gives files to the page in view, or to the import.
func (o *office) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if path := localPath(u); path != "" {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return
	}
	_, several := o.shell.Current().(env.FilesTaker)
	if p, ok := o.shell.Current().(env.FileTaker); ok && !several && p.TakeFile(paths[0]) {
		return
	}
	o.shell.Go(env.Route{Page: env.Import})
	if p, ok := o.shell.Current().(env.FilesTaker); ok {
		p.TakeFiles(paths)
	}
}

func localPath(u fyne.URI) string {
	if u.Scheme() != "file" {
		return ""
	}
	path := u.Path()
	if p, err := url.PathUnescape(path); err == nil && strings.Contains(path, "%") {
		path = p
	}
	return filepath.FromSlash(path)
}

// revertKey is what Ctrl+Z and Ctrl+Y do where no field takes them: what is stored
// is taken back at once only where nobody types.
func (o *office) revertKey(redo bool) {
	at := typing{text: widget.Typing(o.w.win.Canvas()) && !o.header.focused()}
	if p, ok := o.shell.Current().(env.Typed); ok {
		at.form = p.Dirty()
	}
	act, verb := o.undo, "Hoàn tác"
	if redo {
		act, verb = o.redo, "Làm lại"
	}
	switch r := decideRevert(o.desk, redo, at); {
	case r.say != "":
		o.env.Toast(r.say)
	case r.ask != "":
		o.env.Confirm(verb+" thao tác đã lưu", r.ask, verb, act)
	default:
		act()
	}
}

func (o *office) undo() { o.revert(o.desk.Undo, "Đã hoàn tác: ", "Làm lại", o.redo) }
func (o *office) redo() { o.revert(o.desk.Redo, "Đã làm lại: ", "Hoàn tác", o.undo) }

func (o *office) revert(act func(context.Context) (string, error), said, other string, back func()) {
	title := ""
	o.env.Run("Đang hoàn tác", func(ctx context.Context, _ widget.Report) error {
		var err error
		title, err = act(ctx)
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.NotFound:
			o.env.Toast(err.Error())
		case err != nil:
			o.env.Fail("Không hoàn tác được", err)
		default:
			o.env.Offer(said+title, other, back)
		}
	})
}
