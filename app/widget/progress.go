package widget

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// progressEvery is how often reports of long work reach the window.
const progressEvery = 100 * time.Millisecond

// ProgressBar shows how much of some work is done: Total 0 means unknown.
type ProgressBar struct {
	fw.BaseWidget
	done, total int64
}

// NewProgressBar returns an empty bar.
func NewProgressBar() *ProgressBar {
	p := &ProgressBar{}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows done of total.
func (p *ProgressBar) Set(done, total int64) {
	if done != p.done || total != p.total {
		p.done, p.total = done, total
		p.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (p *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	return sketched(p, func() fyne.Size { return fyne.NewSize(120, 8) }, func(k *sketch, s fyne.Size) {
		part := float32(0)
		if p.total > 0 {
			part = float32(min(max(float64(p.done)/float64(p.total), 0), 1))
		}
		k.rect(ColorLine, 0, 0, s.Width, s.Height).CornerRadius = 3
		k.rect(ColorPrimary, 0, 0, s.Width*part, s.Height).CornerRadius = 3
	})
}

// Report tells how far long work has come: done of total (0 for unknown) and
// what is being done. It may be called from any goroutine and as often as wished.
type Report func(done, total int64, text string)

// RunWithProgress runs work off the main goroutine behind a dialog that shows
// what is being done and how much is left, and that cancels ctx by its button or
// Escape. Work that is done within 0,3 s shows no dialog. done is called on the
// main goroutine; a panic of work and a cancelled context come as *data.Error.
func RunWithProgress(w fyne.Window, title string, work func(ctx context.Context, report Report) error, done func(err error)) {
	ctx, cancel := context.WithCancel(context.Background())
	p := &progress{title: title, began: Now(), cancel: cancel, bar: NewProgressBar(), text: NewParagraph(" ", 420), left: NewNote(" ", 420)}
	p.text.Max = 2
	p.stopShow = After(300*time.Millisecond, func() { p.show(w) })
	working = append(working, p)
	Background(func() {
		err := guard(ctx, func() error { return work(ctx, p.report) })
		Post(func() {
			p.finished = true
			p.stopShow()
			if p.dialog != nil {
				p.dialog.Close()
			}
			cancel()
			working = slices.DeleteFunc(working, func(x *progress) bool { return x == p })
			if p.question != nil {
				p.question.Close()
			}
			done(err)
			if p.after != nil && (err == nil || data.CodeOf(err) == data.Cancelled) {
				p.after()
			}
		})
	})
}

// working is the long work that runs now.
var working []*progress

// AskWorking asks what becomes of long work when the window is to be closed: wait for
// it, or stop it, which leaves the data as before; then is called once it has ended.
// It reports whether there is any. Work that failed keeps the window open.
func AskWorking(w fyne.Window, then func()) bool {
	if len(working) == 0 {
		return false
	}
	p := working[len(working)-1]
	if p.question != nil {
		return true
	}
	stop := NewButton("Dừng lại rồi đóng", "", nil)
	p.question = ShowDialog(w, DialogOptions{Title: "Còn việc đang làm", Default: "Chờ xong rồi đóng", Cancel: "Ở lại", Width: 460, Extra: []*Button{stop},
		Content:   NewParagraph("«"+p.title+"» chưa xong. Dừng lại thì dữ liệu giữ như trước khi làm.", 460),
		OnCancel:  func() { p.question = nil },
		OnDefault: func() bool { p.after, p.question = then, nil; return true }})
	stop.OnTapped = func() {
		p.after = then
		p.question.Close()
		p.question = nil
		p.cancel()
	}
	return true
}

// guard runs work and turns its panic and its cancellation into errors for the
// officer.
func guard(ctx context.Context, work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	err = work()
	if err != nil && ctx.Err() != nil && data.CodeOf(err) == data.Internal {
		err = data.Fail(data.Cancelled, "Đã dừng theo yêu cầu; dữ liệu giữ như trước.", err)
	}
	return err
}

type progress struct {
	title    string
	began    time.Time
	cancel   func()
	stopShow func()
	dialog   *Dialog
	question *Dialog // what becomes of it when the window is closed
	after    func()  // called when it has ended, to close the window
	finished bool
	bar      *ProgressBar
	text     *Paragraph
	left     *Paragraph

	mu      sync.Mutex
	sent    time.Time
	pending bool
	done    int64
	total   int64
	what    string
}

// report keeps the last state and sends at most ten a second to the window.
func (p *progress) report(done, total int64, text string) {
	p.mu.Lock()
	p.done, p.total = done, total
	if text != "" {
		p.what = text
	}
	now := Now()
	if p.pending || now.Sub(p.sent) < progressEvery && done != total {
		p.mu.Unlock()
		return
	}
	p.pending, p.sent = true, now
	p.mu.Unlock()
	Post(p.update)
}

func (p *progress) update() {
	p.mu.Lock()
	p.pending = false
	done, total, what := p.done, p.total, p.what
	p.mu.Unlock()
	if p.finished || p.dialog == nil {
		return
	}
	p.bar.Set(done, total)
	if what != "" {
		p.text.SetText(what)
	}
	p.left.SetText(remaining(done, total, Now().Sub(p.began)))
}

// remaining says how much is done and about how long the rest takes.
func remaining(done, total int64, spent time.Duration) string {
	if total <= 0 {
		if done > 0 {
			return data.FormatInt(done)
		}
		return " "
	}
	s := data.FormatInt(done) + " / " + data.FormatInt(total)
	if total == 100 { // what is counted stands in the text
		s = data.FormatInt(done) + " %"
	}
	if done <= 0 || done >= total || spent < time.Second {
		return s
	}
	left := time.Duration(float64(spent) / float64(done) * float64(total-done))
	switch {
	case left < 2*time.Second:
		return s + " · sắp xong"
	case left < 90*time.Second:
		return s + fmt.Sprintf(" · còn khoảng %d giây", int(left.Seconds()+0.5))
	}
	return s + fmt.Sprintf(" · còn khoảng %d phút", int(left.Minutes()+0.5))
}

func (p *progress) show(w fyne.Window) {
	if p.finished {
		return
	}
	stop := func() {
		p.cancel()
		p.dialog.def.Disable()
		p.left.SetText("Đang dừng…")
	}
	p.dialog = ShowDialog(w, DialogOptions{
		Title:   p.title,
		Content: container.New(layout.NewCustomPaddedVBoxLayout(8), p.text, p.bar, p.left),
		Default: "Dừng lại", Width: 420,
		OnDefault: func() bool { stop(); return false },
	})
	p.dialog.def.Kind = PlainButton
	p.dialog.def.Refresh()
	// Enter must not stop the work by accident; Escape does.
	p.dialog.o.key = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape && !p.dialog.def.Disabled() {
			stop()
		}
		return true
	}
	p.dialog.o.canvas.Unfocus()
	p.update()
}
