package widget_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

func units() []widget.Option {
	out := []widget.Option{{Key: "a", Text: "UBND phường Điện Biên", Detail: "H40.1"}, {Key: "b", Text: "Phòng Tư pháp"}, {Key: "c", Text: "Phòng Quản lý đô thị"}}
	for i := range 300 {
		out = append(out, widget.Option{Key: fmt.Sprint(i), Text: fmt.Sprintf("Xã số %d", i)})
	}
	return out
}

func TestPickerFindsWithoutDiacritics(t *testing.T) {
	l := start(t)
	var got []string
	p := widget.NewPicker(units(), func(o widget.Option) { got = append(got, o.Key) })
	w := window(t, fyneColumn(p))
	w.Canvas().Focus(p)
	p.TypedRune('d') // opens the list at the letter
	field := w.Canvas().Focused()
	test.Type(field, "ien bie")
	press(field, fyne.KeyReturn)
	l.pass(time.Second)
	if fmt.Sprint(got) != "[a]" || p.Key() != "a" {
		t.Fatalf("picked %v, key %q", got, p.Key())
	}
	if w.Canvas().Focused() != fyne.Focusable(p) {
		t.Fatalf("focus on %T", w.Canvas().Focused())
	}
	if _, ok := texts(w)["UBND phường Điện Biên"]; !ok {
		t.Fatal("the value is not shown")
	}
}

func TestPickerByArrowsAndEscape(t *testing.T) {
	l := start(t)
	p := widget.NewPicker(units(), nil)
	p.SetKey("a")
	w := window(t, fyneColumn(p))
	w.Canvas().Focus(p)
	press(p, fyne.KeySpace)
	press(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyDown, fyne.KeyEscape)
	if p.Key() != "a" || w.Canvas().Overlays().Top() != nil {
		t.Fatalf("Escape left %q", p.Key())
	}
	press(p, fyne.KeyDown)
	press(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	l.pass(time.Second)
	if p.Key() != "c" {
		t.Fatalf("picked %q", p.Key())
	}
	p.SetOptions(units()[:2])
	if p.Key() != "" {
		t.Fatal("a value that the list lacks is still chosen")
	}
	p.SetKey("zz")
	if _, ok := p.Selected(); ok {
		t.Fatal("an unknown key is chosen")
	}
}

func TestFilterChipOfSeveralValues(t *testing.T) {
	l := start(t)
	var got [][]string
	f := widget.NewFilterChip("Đơn vị", units(), func(keys []string) { got = append(got, keys) })
	w := window(t, fyneColumn(f))
	f.Open()
	field := w.Canvas().Focused()
	test.Type(field, "phong")
	rows := texts(w)
	at, ok := rows["Phòng Quản lý đô thị"]
	if !ok {
		t.Fatalf("the list shows %v", rows)
	}
	click := func(p fyne.Position) {
		grid := gridIn(w.Canvas().Overlays().Top())
		origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(grid)
		grid.MouseDown(mouseAt(p.Subtract(origin)))
		grid.MouseUp(mouseAt(p.Subtract(origin)))
	}
	click(at.AddXY(2, 2))
	click(texts(w)["Phòng Tư pháp"].AddXY(2, 2))
	if len(got) != 0 {
		t.Fatal("the filter changed before it was confirmed")
	}
	w.Canvas().Focus(field)
	press(field, fyne.KeyReturn)
	l.pass(time.Second)
	if fmt.Sprint(got) != "[[b c]]" {
		t.Fatalf("chosen %v", got)
	}
	if f.Text() != "Đơn vị: Phòng Tư pháp +1" {
		t.Fatalf("the chip shows %q", f.Text())
	}
	f.SetKeys(nil)
	if f.Text() != "Đơn vị" || len(got) != 1 {
		t.Fatalf("after SetKeys: %q, %v", f.Text(), got)
	}
}

// What is meant stands first: the option itself, what begins with the text, what ends
// with it, what holds it, then what holds its words.
func TestTheBestMatchStandsFirst(t *testing.T) {
	l := start(t)
	var got []string
	list := []string{"Sinh viên khai báo", "Cấp lại bản sao giấy khai sinh cũ", "Thủ tục đăng ký khai sinh kết hợp nhận cha, mẹ, con", "Thủ tục đăng ký khai sinh", "Khai sinh lưu động", "Khai sinh"}
	for want := len(list) - 1; want >= 0; want-- {
		var options []widget.Option
		for _, text := range list[:want+1] {
			options = append(options, widget.Option{Key: text, Text: text})
		}
		p := widget.NewPicker(options, func(o widget.Option) { got = append(got, o.Key) })
		w := window(t, fyneColumn(p))
		w.Canvas().Focus(p)
		p.TypedRune('k')
		for _, r := range "hai sinh" {
			w.Canvas().Focused().TypedRune(r)
		}
		press(w.Canvas().Focused(), fyne.KeyReturn)
		l.pass(time.Second)
	}
	want := []string{"Khai sinh", "Khai sinh lưu động", "Thủ tục đăng ký khai sinh", "Cấp lại bản sao giấy khai sinh cũ", "Cấp lại bản sao giấy khai sinh cũ", "Sinh viên khai báo"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", got, want)
	}
}
