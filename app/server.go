package app

import (
	"context"

	"giaoban/app/env"
	"giaoban/app/kit/server"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// moveIn puts the open register on a server and opens it there. Where that fails the
// file is opened again as it was.
func (w *window) moveIn(address string) {
	path, old := w.desk.Path(), w.desk
	w.office.shell.Flush()
	w.office.stop()
	w.office, w.desk = nil, nil
	w.showWaiting("Đang đưa sổ lên máy chủ và đọc lại để so…", nil)
	widget.Background(func() {
		var m desk.Moved
		err := old.Close()
		if err == nil {
			m, err = desk.MoveIn(context.Background(), path, address, desk.Options{Program: Version})
		}
		widget.Post(func() {
			w.opened = func(opened bool) {
				switch {
				case err != nil:
					widget.ShowError(w.win, "Chưa đưa được sổ lên máy chủ", err)
				case opened:
					server.ShowCode(w.office.env, "Sổ đã ở trên máy chủ", server.Compared(m)+" Tệp "+path+" giữ nguyên và từ nay không ghi nữa.", m.Code)
				}
			}
			if err != nil {
				w.open(path)
				return
			}
			w.open(m.Address)
		})
	})
}

// joinServer lets this machine work on a register that another desk put on a server;
// begin is what the form begins with.
func (w *window) joinServer(begin server.Connection) {
	e := &env.Env{Window: w.win, Session: &env.Session{Go: widget.Background, Post: widget.Post}}
	server.Join(e, begin, Version, w.open)
}
