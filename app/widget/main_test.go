package widget_test

import (
	"sort"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

// loop stands in place of the event loop and of the clock.
type loop struct {
	now time.Time
	due []*timer
}

type timer struct {
	at   time.Time
	f    func()
	gone bool
}

// pass lets time go by and runs what falls due, in order.
func (l *loop) pass(d time.Duration) {
	end := l.now.Add(d)
	for {
		sort.SliceStable(l.due, func(i, j int) bool { return l.due[i].at.Before(l.due[j].at) })
		i := 0
		for i < len(l.due) && l.due[i].gone {
			i++
		}
		l.due = l.due[i:]
		if len(l.due) == 0 || l.due[0].at.After(end) {
			break
		}
		t := l.due[0]
		l.due = l.due[1:]
		l.now = t.at
		t.f()
	}
	l.now = end
}

// start gives the test an application with our theme and a loop of its own.
func start(t *testing.T) *loop {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.NewTheme(false, 100))
	l := &loop{now: time.Date(2023, 3, 14, 8, 0, 0, 0, time.UTC)}
	after, post, background, now := widget.After, widget.Post, widget.Background, widget.Now
	t.Cleanup(func() { widget.After, widget.Post, widget.Background, widget.Now = after, post, background, now })
	widget.After = func(d time.Duration, f func()) func() {
		tm := &timer{at: l.now.Add(d), f: f}
		l.due = append(l.due, tm)
		return func() { tm.gone = true }
	}
	widget.Post = func(f func()) { widget.After(0, f) }
	widget.Background = func(f func()) { f() }
	widget.Now = func() time.Time { return l.now }
	return l
}

// window shows the object in a window of the size of an office monitor.
func window(t *testing.T, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, widget.NewRoot(o))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 600))
	return w
}

func press(o fyne.Focusable, names ...fyne.KeyName) {
	for _, n := range names {
		o.TypedKey(&fyne.KeyEvent{Name: n})
	}
}
