package widget_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
	"giaoban/data"
)

func mouseAt(p fyne.Position) *desktop.MouseEvent {
	return &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: p}}
}

func gridIn(o fyne.CanvasObject) *widget.Grid {
	switch o := o.(type) {
	case *widget.Grid:
		return o
	case *fyne.Container:
		for _, c := range o.Objects {
			if g := gridIn(c); g != nil {
				return g
			}
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			if g := gridIn(c); g != nil {
				return g
			}
		}
	}
	return nil
}

func TestConfirmByKeyboard(t *testing.T) {
	l := start(t)
	before := widget.NewField("")
	w := window(t, before)
	w.Canvas().Focus(before)
	var answers []bool
	ask := func(f func(fyne.Window, string, string, string, func(bool)) *widget.Dialog) {
		f(w, "Chốt số liệu?", "Kỳ Quý III/2022 sẽ được chốt.", "Chốt số liệu", func(ok bool) { answers = append(answers, ok) })
	}
	ask(widget.Confirm)
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	ask(widget.Confirm)
	press(w.Canvas().Focused(), fyne.KeyEscape)
	l.pass(time.Second)
	ask(widget.ConfirmDanger)
	press(w.Canvas().Focused(), fyne.KeyReturn) // the focus is on «Hủy bỏ»
	l.pass(time.Second)
	if fmt.Sprint(answers) != "[true false false]" {
		t.Fatalf("answers %v", answers)
	}
	if w.Canvas().Focused() != fyne.Focusable(before) || w.Canvas().Overlays().Top() != nil {
		t.Fatal("the focus did not come back")
	}
}

func TestDialogTakesKeysWhileNothingHasTheFocus(t *testing.T) {
	start(t)
	w := window(t, widget.NewField(""))
	outside := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { outside++ })
	cancelled := false
	widget.ShowDialog(w, widget.DialogOptions{Title: "Hỏi", Cancel: "Hủy bỏ", OnCancel: func() { cancelled = true }})
	w.Canvas().Unfocus()
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !cancelled || outside != 0 {
		t.Fatalf("cancelled %v, outside %d", cancelled, outside)
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if outside != 1 {
		t.Fatal("the window did not get its keys back")
	}
}

func TestFormKeepsWhatWasTypedWhenItIsRefused(t *testing.T) {
	l := start(t)
	w := window(t, widget.NewField(""))
	name, area := widget.NewField(""), widget.NewArea("", 3)
	tries := 0
	d := widget.ShowForm(w, "Thêm đơn vị", []fyne.CanvasObject{widget.NewFieldBox("Tên", name), area}, "Lưu", func() error {
		tries++
		if name.Value() == "" {
			return data.Fail(data.Invalid, "Chưa có tên đơn vị. Nhập tên.", nil)
		}
		return nil
	})
	if w.Canvas().Focused() != fyne.Focusable(name) {
		t.Fatalf("focus on %T", w.Canvas().Focused())
	}
	press(name, fyne.KeyReturn)
	l.pass(time.Second)
	if _, ok := texts(w)["Chưa có tên đơn vị. Nhập tên."]; !ok || tries != 1 {
		t.Fatal("the error is not shown")
	}
	test.Type(name, "Phòng Tư pháp")
	press(area, fyne.KeyReturn)
	l.pass(time.Second)
	if tries != 1 || area.Text != "\n" {
		t.Fatal("Enter in an area must begin a line")
	}
	area.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if tries != 2 || w.Canvas().Overlays().Top() != nil {
		t.Fatalf("Ctrl+Enter: %d tries", tries)
	}
	d.Close() // once more does no harm
}

func TestTabStaysInTheDialog(t *testing.T) {
	start(t)
	outside := widget.NewField("")
	w := window(t, outside)
	a, b := widget.NewField(""), widget.NewField("")
	widget.ShowForm(w, "Hai ô", []fyne.CanvasObject{a, b}, "Lưu", func() error { return nil })
	seen := map[fyne.Focusable]bool{}
	for range 8 {
		seen[w.Canvas().Focused()] = true
		w.Canvas().FocusNext()
	}
	if !seen[a] || !seen[b] || seen[outside] || len(seen) < 4 {
		t.Fatalf("Tab went over %d places, outside %v", len(seen), seen[outside])
	}
}

func TestToastOffersItsAction(t *testing.T) {
	l := start(t)
	w := window(t, widget.NewField(""))
	undone := 0
	widget.ShowToast(w, "Đã trả kết quả 3 hồ sơ.", "Hoàn tác", func() { undone++ })
	at, ok := texts(w)["Hoàn tác"]
	if !ok || at.Y < 500 || at.X < 600 {
		t.Fatalf("the toast stands at %v", at)
	}
	test.TapCanvas(w.Canvas(), at.AddXY(4, 4))
	if _, ok := texts(w)["Hoàn tác"]; ok || undone != 1 {
		t.Fatalf("undone %d times", undone)
	}
	widget.ShowToast(w, "Đã lưu.", "", nil)
	widget.ShowToast(w, "Đã lưu lần hai.", "", nil)
	if _, ok := texts(w)["Đã lưu."]; ok {
		t.Fatal("two toasts at once")
	}
	l.pass(time.Minute)
	if _, ok := texts(w)["Đã lưu lần hai."]; ok {
		t.Fatal("the toast stays for ever")
	}
}

func TestErrorBarHides(t *testing.T) {
	start(t)
	page := widget.NewPage("Sổ hồ sơ", nil, nil, widget.NewField(""))
	w := window(t, page)
	page.Errors.SetError(data.Fail(data.Invalid, "Dòng 128 chưa đúng.", nil))
	if _, ok := texts(w)["Dòng 128 chưa đúng."]; !ok {
		t.Fatal("the error is not shown")
	}
	page.Errors.SetError(nil)
	if page.Errors.Visible() {
		t.Fatal("the bar stays")
	}
}

// slow runs work that the test steps through.
type slow struct{ work func() }

func TestProgressShowsCancelsAndComesBack(t *testing.T) {
	l := start(t)
	var held slow
	widget.Background = func(f func()) { held.work = f }
	w := window(t, widget.NewField(""))
	var result error
	finished := 0
	widget.RunWithProgress(w, "Nhập tệp", func(ctx context.Context, report widget.Report) error {
		for i := int64(1); i <= 1000; i++ {
			report(i, 2000, fmt.Sprintf("Dòng %d", i))
		}
		l.pass(time.Second) // the window has time now: dialog, then the cancel
		if _, ok := texts(w)["Dòng 1000"]; !ok {
			t.Errorf("the dialog shows %v", texts(w))
		}
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		return ctx.Err()
	}, func(err error) { finished++; result = err })
	held.work()
	l.pass(time.Second)
	if finished != 1 || data.CodeOf(result) != data.Cancelled || !errors.Is(result, context.Canceled) {
		t.Fatalf("finished %d times with %v", finished, result)
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Fatal("the dialog stays")
	}
}

func TestProgressOfShortWorkShowsNoDialog(t *testing.T) {
	l := start(t)
	w := window(t, widget.NewField(""))
	done := false
	widget.RunWithProgress(w, "Lưu", func(context.Context, widget.Report) error { return nil }, func(err error) { done = err == nil })
	l.pass(200 * time.Millisecond)
	if !done {
		t.Fatal("not done")
	}
	l.pass(time.Second)
	if w.Canvas().Overlays().Top() != nil {
		t.Fatal("a dialog for work that is done")
	}
}

func TestProgressReportsAreFew(t *testing.T) {
	l := start(t)
	posts := 0
	post := widget.Post
	widget.Post = func(f func()) { posts++; post(f) }
	w := window(t, container.NewVBox())
	widget.RunWithProgress(w, "Nhập", func(_ context.Context, report widget.Report) error {
		for i := range int64(50_000) {
			report(i, 100_000, "")
			if i%5000 == 0 {
				l.pass(100 * time.Millisecond)
			}
		}
		return nil
	}, func(error) {})
	if posts > 12 {
		t.Fatalf("%d posts within one second", posts)
	}
}

func TestProgressTurnsAPanicIntoASentence(t *testing.T) {
	l := start(t)
	w := window(t, container.NewVBox())
	var result error
	widget.RunWithProgress(w, "Nhập", func(context.Context, widget.Report) error { panic("boom") }, func(err error) { result = err })
	l.pass(time.Second)
	if data.CodeOf(result) != data.Internal || result.Error() == "boom" {
		t.Fatalf("result %v", result)
	}
}

func TestMenuByKeyboard(t *testing.T) {
	start(t)
	f := widget.NewField("")
	w := window(t, f)
	w.Canvas().Focus(f)
	did := ""
	items := []widget.MenuItem{{Label: "Mở", Do: func() { did = "mở" }}, {}, {Label: "Trả", Disabled: true, Do: func() { did = "trả" }}, {Label: "Chép mã", Do: func() { did = "chép" }}}
	widget.ShowMenu(w, fyne.NewPos(990, 590), items)
	press(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if did != "chép" || w.Canvas().Focused() != fyne.Focusable(f) {
		t.Fatalf("did %q, focus %T", did, w.Canvas().Focused())
	}
	widget.ShowMenu(w, fyne.NewPos(10, 10), items)
	test.TapCanvas(w.Canvas(), texts(w)["Mở"].AddXY(2, 2))
	if did != "mở" {
		t.Fatalf("click did %q", did)
	}
}

// heard is a window whose canvas keeps the shortcuts that come without a focus; that of
// the tests forgets them.
type heard struct {
	fyne.Window
	canvas *hearing
}

func (h heard) Canvas() fyne.Canvas { return h.canvas }

type hearing struct {
	fyne.Canvas
	taken map[string]func(fyne.Shortcut)
}

func (h *hearing) AddShortcut(s fyne.Shortcut, do func(fyne.Shortcut)) {
	h.taken[s.ShortcutName()] = do
}

// TestDialogTakesCtrlEnterWithoutFocus: a click beside the fields takes the focus away, not
// the key; with the dialog gone the key is the window's.
func TestDialogTakesCtrlEnterWithoutFocus(t *testing.T) {
	real := window(t, widget.Gap(10))
	c := &hearing{real.Canvas(), map[string]func(fyne.Shortcut){}}
	w := heard{real, c}
	page, tries := 0, 0
	save := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	frame := widget.NewFrame(w, nil)
	frame.Install()
	frame.AddShortcut(save.KeyName, save.Modifier, func() { page++ })
	d := widget.ShowDialog(w, widget.DialogOptions{Title: "Thử", Content: widget.NewField(""), Default: "Lưu", Cancel: "Hủy bỏ", OnDefault: func() bool { tries++; return false }})
	w.Canvas().Unfocus()
	c.taken[save.ShortcutName()](save)
	if tries != 1 || page != 0 {
		t.Errorf("%d tries, the page below took %d", tries, page)
	}
	d.Close()
	c.taken[save.ShortcutName()](save)
	if tries != 1 || page != 1 {
		t.Errorf("after the dialog: %d tries, the page took %d", tries, page)
	}
}
