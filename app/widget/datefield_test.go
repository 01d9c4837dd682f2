package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
	"giaoban/data"
)

var testDay = data.Date(2023, 3, 14)

func today() data.Day { return testDay }

func TestDateFieldWritesTheDateOutWhenItIsLeft(t *testing.T) {
	start(t)
	f := widget.NewDateField(today)
	box := widget.NewFieldBox("Ngày hẹn trả", f)
	other := widget.NewField("")
	var given []data.Day
	f.OnDay = func(d data.Day) { given = append(given, d) }
	w := window(t, fyneColumn(box, other))
	w.Canvas().Focus(f)
	test.Type(f, "0503")
	w.Canvas().Focus(other)
	if f.Text != "05/03/2023" || len(given) != 1 || given[0] != data.Date(2023, 3, 5) {
		t.Fatalf("text %q, given %v", f.Text, given)
	}
	w.Canvas().Focus(f)
	test.Type(f, "3102") // the whole text was marked, so that typing replaces it
	w.Canvas().Focus(other)
	if f.Text != "3102" || box.Error() == nil || !strings.Contains(box.Error().Error(), "31/02/2023") {
		t.Fatalf("text %q, error %v", f.Text, box.Error())
	}
	if len(given) != 1 {
		t.Fatal("a wrong date was given to the owner")
	}
	f.SetDay(data.Date(2022, 1, 2))
	if box.Error() != nil || f.Text != "02/01/2022" {
		t.Fatalf("after SetDay: %q, %v", f.Text, box.Error())
	}
	w.Canvas().Focus(f)
	press(f, fyne.KeyUp, fyne.KeyUp, fyne.KeyPageUp)
	if f.Text != "04/02/2022" {
		t.Fatalf("arrows and PageUp gave %q", f.Text)
	}
	f.SetDay(data.Date(2022, 1, 31))
	press(f, fyne.KeyPageUp)
	if f.Text != "28/02/2022" {
		t.Fatalf("a month after 31 January is %q", f.Text)
	}
}

func TestDateFieldRefusesByItsCheck(t *testing.T) {
	start(t)
	f := widget.NewDateField(today)
	f.Check = func(d data.Day) error {
		if d > testDay {
			return data.Fail(data.Invalid, "Ngày ở sau hôm nay. Sửa ngày.", nil)
		}
		return nil
	}
	f.SetValue("+1")
	if _, err := f.Day(); data.CodeOf(err) != data.Invalid {
		t.Fatalf("error %v", err)
	}
}

func TestCalendarByKeyboard(t *testing.T) {
	start(t)
	f := widget.NewDateField(today)
	asked := map[data.Day]bool{}
	f.Info = func(d data.Day) (string, string, bool) {
		asked[d] = true
		return "1/2", "", false
	}
	w := window(t, fyneColumn(f))
	w.Canvas().Focus(f)
	press(f, fyne.KeyF4)
	cal, ok := w.Canvas().Focused().(*widget.Calendar)
	if !ok {
		t.Fatalf("focus on %T", w.Canvas().Focused())
	}
	seen := texts(w)
	for _, want := range []string{"Tháng 3 năm 2023", "T2", "CN", "31"} {
		if _, ok := seen[want]; !ok {
			t.Errorf("%q is not shown", want)
		}
	}
	if !asked[data.Date(2023, 2, 27)] || !asked[data.Date(2023, 4, 9)] || asked[data.Date(2023, 4, 10)] {
		t.Error("the month does not go from Monday 27 February to Sunday 9 April")
	}
	press(cal, fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown)
	if cal.At() != data.Date(2023, 4, 22) {
		t.Fatalf("cursor at %s", cal.At())
	}
	press(cal, fyne.KeyReturn)
	if f.Text != "22/04/2023" || w.Canvas().Overlays().Top() != nil {
		t.Fatalf("text %q", f.Text)
	}
	if w.Canvas().Focused() != fyne.Focusable(f) {
		t.Fatalf("focus went to %T", w.Canvas().Focused())
	}
	press(f, fyne.KeyF4)
	press(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyEscape)
	if f.Text != "22/04/2023" || w.Canvas().Overlays().Top() != nil {
		t.Fatalf("Escape changed the date to %q", f.Text)
	}
}

// A year left out is that of the date which is replaced.
func TestADateFieldKeepsTheYearOfItsOldDate(t *testing.T) {
	start(t)
	f := widget.NewDateField(today)
	f.SetDay(data.Date(2021, 10, 28))
	f.SetValue("2710")
	if d, err := f.Day(); err != nil || d != data.Date(2021, 10, 27) {
		t.Errorf("2710 over 28/10/2021 is %s, %v", d, err)
	}
	f.SetDay(data.NoDay)
	f.SetValue("2710")
	if d, err := f.Day(); err != nil || d != data.Date(2023, 10, 27) {
		t.Errorf("2710 in an empty field is %s, %v", d, err)
	}
}
