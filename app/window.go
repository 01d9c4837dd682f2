package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"giaoban/app/command"
	"giaoban/app/kit/server"
	"giaoban/app/trouble"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// appID names the program to the system; it equals the one in FyneApp.toml.
const appID = "vn.giaoban.cchc"

// Keys of the preferences.
const (
	prefFile    = "file"
	prefPercent = "text-percent"
	prefDark    = "dark"
	prefWidth   = "window-width"
	prefHeight  = "window-height"
	prefFolder  = "folder-"
	prefNarrow  = "nav-narrow"
)

// window is the running program.
type window struct {
	app    fyne.App
	win    fyne.Window
	engine widget.PDFEngine
	desk   *desk.Desk
	office *office // the screens of the open office
	asked  string  // the file that was last asked for
	log    *trouble.Log
	// waiting are files to import into the office that is set up next.
	waiting        []string
	setNewPassword bool                   // the file that is opened next was opened with its code
	keys           map[string]desk.Opened // what opens the protected files and backups of this session, by path
	opened         func(ok bool)          // called once when the next file is open, or cannot be opened; nil for nothing
}

// runWindow opens the window on a data file, "" for the usual one. level is how much
// is logged, "" for what was chosen in the window.
func runWindow(path, level string) int {
	a := fyneapp.NewWithID(appID)
	level = cmp.Or(level, a.Preferences().String(prefLevel))
	log, err := openLog(level)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return command.ExitUsage
	}
	defer log.Close()
	// A translation that cannot be loaded leaves English words in a few menus.
	if err := widget.InstallVietnamese(); err != nil {
		slog.Warn("translation", "error", err)
	}
	w := &window{app: a, log: log, keys: map[string]desk.Opened{}}
	p := a.Preferences()
	a.Settings().SetTheme(widget.NewTheme(p.BoolWithFallback(prefDark, false), p.IntWithFallback(prefPercent, 100)))
	w.win = a.NewWindow("Sổ Giao Ban CCHC")
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(float32(p.FloatWithFallback(prefWidth, 1340)), float32(p.FloatWithFallback(prefHeight, 720))))
	w.engine = widget.NewPDFEngine(filepath.Join(cacheDir(), "pdf"))
	w.offerReports()
	w.showWaiting("Đang mở sổ…", nil)
	end := &ending{finish: w.finish, exit: os.Exit}
	w.win.SetCloseIntercept(w.askClose)
	w.win.SetOnClosed(func() {
		end.begin(endWait)
		if w.office != nil {
			w.office.shell.Flush()
		}
		s := w.win.Canvas().Size()
		p.SetFloat(prefWidth, float64(s.Width))
		p.SetFloat(prefHeight, float64(s.Height))
	})
	a.Lifecycle().SetOnStarted(func() { w.fit(screenRoom()); w.openFirst(path) })
	w.quitOnSignal(end)
	w.win.ShowAndRun()
	return end.returned()
}

// finish closes the office and what the program put down for a while.
func (w *window) finish() int {
	defer disk.PutAway()
	w.engine.Close()
	if w.desk != nil {
		if err := w.desk.Close(); err != nil {
			widget.Note(err)
			fmt.Fprintln(os.Stderr, err)
			return command.ExitFailed
		}
	}
	return command.ExitDone
}

// titleBar is the room in px for what the system puts around a window.
const titleBar = 32

// fit keeps the window within a screen of so many dots: it may have been left on a
// larger one, or at another scale. An unknown screen changes nothing.
func (w *window) fit(screen fyne.Size) {
	scale := w.win.Canvas().Scale()
	if screen.IsZero() || scale <= 0 {
		return
	}
	room := fyne.NewSize(screen.Width/scale, screen.Height/scale-titleBar)
	widget.FitWindow(room)
	if s := w.win.Canvas().Size(); s.Width > room.Width || s.Height > room.Height {
		w.win.Resize(s.Min(room))
	}
}

// headsFolder is where is kept how far each register had come when it was last open.
func headsFolder() string { return filepath.Join(filepath.Dir(command.DefaultFile()), "dau-so") }

func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "giaoban")
}

// openFirst opens the file of the start: the one named, or the officer's own. Where
// there is none it shows what can be begun with.
func (w *window) openFirst(path string) {
	own := w.own()
	switch {
	case path == "" && own == "":
		w.showStart()
	case path == "":
		w.open(own)
	case !fileThere(path) && !w.known(path):
		w.askNew(path)
	default:
		w.open(path)
	}
}

// open opens a data file in place of the present one, which stays open when the
// other cannot be opened. It makes none: a mistyped path must not look like an empty
// register, nor a file that was lost.
func (w *window) open(path string) { w.openFile(path, false) }

func (w *window) openFile(path string, create bool) {
	w.asked = path
	bar := widget.NewProgressBar()
	if w.office == nil {
		w.showWaiting("Đang mở "+shortName(path)+"…", bar)
	}
	key := w.keys[path]
	widget.Background(func() {
		if ways, err := desk.WaysOf(path); err == nil && ways != nil && key.Key == nil && !create {
			widget.Post(func() { w.askUnlock(ways, func() { w.openFile(path, false) }) })
			return
		}
		d, err := desk.Open(path, desk.Options{Create: create, Key: key.Key, As: key.Who, Heads: headsFolder(), Program: Version,
			Progress: func(done, total int64) { widget.Post(func() { bar.Set(done, total) }) }})
		if err != nil {
			widget.Post(func() { w.failed(err) })
			return
		}
		ctx, stop := context.WithCancel(context.Background())
		every(ctx, 100*time.Millisecond, func() {
			if n, total := d.Progress(); total > 0 {
				widget.Post(func() { bar.Set(n, total) })
			}
		})
		if err = d.Wait(); err == nil && create {
			err = d.SetFounding(context.Background(), 1)
		}
		stop()
		widget.Post(func() {
			if err != nil {
				d.Close()
				w.failed(err)
				return
			}
			if w.desk != nil {
				old := w.desk
				widget.Background(func() { old.Close() })
			}
			w.desk = d
			if err := d.AnswerCommands(""); err != nil {
				slog.Warn("commands are not answered", "error", err)
			}
			if !d.IsBackup() {
				path := path
				if desk.IsShared(path) {
					path = d.Where() // with the office, without a password
				}
				w.remember(path)
				if !d.Office().Demo {
					w.app.Preferences().SetString(prefFile, path)
				}
			}
			w.office = newOffice(w, d)
			w.tellDamage(d)
			w.tellCrash()
			w.tellPlace(path)
			w.offerProtection(d)
			widget.Background(func() { widget.WarmPDF(w.engine) })
			if said := w.opened; said != nil {
				w.opened = nil
				said(true)
			}
		})
	})
}

// every does something again and again behind the window, until ctx ends.
func every(ctx context.Context, interval time.Duration, do func()) {
	widget.Background(func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				do()
			}
		}
	})
}

func (w *window) failed(err error) {
	said := w.opened
	w.opened = nil
	if w.office != nil {
		widget.ShowError(w.win, "Không mở được tệp dữ liệu", err)
	} else {
		w.showFailure(err)
	}
	if said != nil {
		said(false)
	}
}

// showWaiting fills the window while there is no office to show.
func (w *window) showWaiting(text string, bar *widget.ProgressBar) {
	p := widget.NewParagraph(text, 460)
	p.TextSize = theme.SizeNameSubHeadingText
	box := container.NewVBox(p)
	if bar != nil {
		box.Add(bar)
	}
	w.win.SetContent(widget.NewRoot(container.NewCenter(box)))
	tellState("opening", text)
}

// showFailure says why there is no office to show, and offers what can be done.
func (w *window) showFailure(err error) {
	again := widget.NewMainButton("Thử lại", widget.IconRefresh, func() { w.open(w.asked) })
	other := widget.NewButton("Mở tệp khác…", "", w.chooseFile)
	start := widget.NewButton("Về trang mở đầu", "", w.showStart)
	widget.Note(err)
	report := widget.NewButton("Báo lỗi…", "", w.report)
	var e *data.Error
	text := err.Error()
	if errors.As(err, &e) {
		text = e.Message
	}
	place := w.asked
	if desk.IsShared(place) {
		place = server.Shown(place)
	}
	what := widget.NewParagraph(text, 520)
	what.Role = widget.ColorLate
	box := container.New(layout.NewCustomPaddedVBoxLayout(12), widget.NewHeading("Không mở được sổ"), widget.NewNote(place, 520), what)
	buttons := container.NewHBox(again, other, start, report)
	if desk.IsShared(w.asked) {
		buttons.Objects = slices.Insert(buttons.Objects, 1, fyne.CanvasObject(widget.NewButton("Nối lại máy chủ…", "", func() { w.joinServer(server.Of(w.asked)) })))
	} else if restorable(err) {
		box.Add(w.restoreOffer(text))
		buttons = container.NewHBox(again, other, w.chooseBackup(), start, report)
	}
	if data.CodeOf(err) == data.Damaged && !desk.IsShared(w.asked) {
		buttons.Add(w.salvageButton())
	}
	box.Add(buttons)
	w.win.SetContent(widget.NewRoot(container.NewCenter(box)))
	w.win.Canvas().Focus(again)
	tellState("failure", text)
}

// shortName is what a register is called while it is opened: its file, or its server.
func shortName(path string) string {
	if desk.IsShared(path) {
		return "sổ trên máy chủ " + server.Shown(path)
	}
	return filepath.Base(path)
}

// folders keeps the last folder of each kind of file dialog.
type folders struct{ p fyne.Preferences }

// Folder implements widget.FolderStore.
func (f folders) Folder(purpose string) string { return f.p.String(prefFolder + purpose) }

// SetFolder implements widget.FolderStore.
func (f folders) SetFolder(purpose, folder string) { f.p.SetString(prefFolder+purpose, folder) }

// restoreOffer names the newest sound backup of the file and offers to restore it;
// said is what the page tells beside it.
func (w *window) restoreOffer(said string) fyne.CanvasObject {
	text := widget.NewParagraph("Đang tìm bản sao lưu lành mới nhất của tệp này…", 520)
	box := container.NewVBox(text)
	w.offerRestore(func(path, found string) {
		text.SetText(found)
		if path != "" {
			restore := widget.NewButton("Khôi phục bản này", widget.IconUndo, func() { w.restore(path) })
			box.Add(container.NewHBox(restore))
			w.win.Canvas().Focus(restore)
		}
		if w.office == nil {
			tellState("failure", said+" "+found)
		}
	})
	return box
}

func (w *window) chooseBackup() *widget.Button {
	return widget.NewButton("Chọn bản sao lưu…", "", w.chooseBackupFile)
}
