package app

import (
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"giaoban/app/papers"
	"giaoban/app/screen"
	screenreceiving "giaoban/app/screen/receiving"
	"giaoban/app/view"
	"giaoban/app/view/receiving"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// draftPause is how long a draft rests before it goes to its file.
const draftPause = 400 * time.Millisecond

// buildReceiving makes the screen.
func (o *office) buildReceiving() screen.Screen {
	m := receiving.New(o.session)
	s := screenreceiving.New(o.context, m, o.desk.Today, o.dayInfo)
	s.Print = func(form screenreceiving.Paper, one data.Dossier) {
		slip, title, name := papers.Slip{Form: papers.FormReceipt, Dossier: one.ID, Event: -1}, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "giay-tiep-nhan-"
		if form == screenreceiving.PaperRefusal {
			slip.Form, slip.Event = papers.FormRefusal, 0
			title, name = "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "phieu-tu-choi-"
		}
		o.print.ShowSlips(title, name+strings.ReplaceAll(one.Code, "/", "-"), []papers.Slip{slip})
	}
	s.Undo = o.undo
	s.Leave = func() {
		o.travel(o.history.Back)
		if o.now == navReceiving {
			o.go_(navRegister)
		}
	}
	s.OpenDossier = func(id uint64) {
		if one, err := o.desk.Dossier(id); err == nil {
			o.session.Jump(view.Jump{Title: "Hồ sơ " + one.Code, Query: desk.Query{Text: one.Code}})
		}
	}
	s.OpenSettings = func() { o.go_(navSettings) }
	s.OpenCatalogue = func() {
		if o.screens[navCatalogue] != nil {
			o.go_(navCatalogue)
		}
	}
	o.session.Listen(m.Reload)

	ctrl := fyne.KeyModifierControl
	here := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		o.frame.AddShortcut(key, modifier, func() {
			if o.now == navReceiving {
				do()
			}
		})
	}
	o.frame.AddShortcut(fyne.KeyN, ctrl, func() { o.go_(navReceiving) })
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		here(enter, ctrl, s.Submit)
		here(enter, ctrl|fyne.KeyModifierShift, s.SubmitSame)
	}
	here(fyne.KeyS, ctrl, s.Save)
	here(fyne.KeyD, ctrl, s.TakeKnown)

	drafts := &draftFile{path: strings.TrimSuffix(o.desk.Path(), ".db") + ".dang-nhap.json"}
	if m.Restore(drafts.read()) {
		widget.Post(func() {
			widget.ShowToast(o.w.win, "Có hồ sơ đang nhập dở từ lần trước.", "Nhập tiếp", func() { o.go_(navReceiving) })
		})
	}
	m.Keep = widget.Debounce(draftPause, drafts.keep)
	return s
}

// draftFile keeps what is being typed beside the data file, so that a crash or a
// power cut loses nothing of it.
type draftFile struct {
	path   string
	latest atomic.Pointer[string]
	mu     sync.Mutex // one writer at a time
}

// read returns the draft of the last time, "" for none.
func (f *draftFile) read() string {
	raw, err := os.ReadFile(f.path)
	if err != nil {
		return ""
	}
	return string(raw)
}

// keep writes the draft behind the window; "" removes the file. A draft that
// cannot be written is still on the page, so nothing is said.
func (f *draftFile) keep(text string) {
	f.latest.Store(&text)
	widget.Background(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		text := *f.latest.Load()
		if text == "" {
			_ = os.Remove(f.path)
			return
		}
		if os.WriteFile(f.path+".part", []byte(text), 0o600) == nil {
			_ = os.Rename(f.path+".part", f.path)
		}
	})
}
