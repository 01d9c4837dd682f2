package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"giaoban/app/widget"
	"giaoban/data"
)

var testDay = data.Date(2023, 3, 14)

func today() data.Day { return testDay }

func TestParseDay(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "  ": "", "0503": "05/03/2023", "503": "05/03/2023", "05032022": "05/03/2022", "050322": "05/03/2022",
		"50322": "05/03/2022", "5032022": "05/03/2022", "5/3": "05/03/2023", "5-3": "05/03/2023", "5.3": "05/03/2023",
		"5/3/22": "05/03/2022", "05/03/2022": "05/03/2022", "5 3 2022": "05/03/2022", "7": "07/03/2023", "31": "31/03/2023",
		"29/2/2024": "29/02/2024", "1/1/99": "01/01/1999", "1/1/33": "01/01/2033", "h": "14/03/2023", "hôm nay": "14/03/2023",
		"+3": "17/03/2023", "-14": "28/02/2023", " 05/03/2022 ": "05/03/2022",
	} {
		got, err := widget.ParseDay(in, testDay)
		if err != nil || got.String() != want {
			t.Errorf("%q gave %q, %v; want %q", in, got, err, want)
		}
	}
	for in, part := range map[string]string{
		"31/02/2023": "không có trong lịch", "29/2/2023": "không có trong lịch", "0": "không có trong lịch", "3113": "không có trong lịch",
		"abc": "không phải là ngày", "5/3/123": "không phải là ngày", "123456789": "không phải là ngày", "5/3/22/1": "không phải là ngày",
		"mai": "không phải là ngày", "5/3/0001": "không hợp lý",
	} {
		_, err := widget.ParseDay(in, testDay)
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), part) {
			t.Errorf("%q gave %v; want %q", in, err, part)
		}
	}
}

func TestParseDayReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := data.Day(rapid.Int32Range(int32(data.Date(1990, 1, 1)), int32(data.Date(2100, 1, 1))).Draw(t, "day"))
		for _, s := range []string{d.String(), strings.ReplaceAll(d.String(), "/", ""), strings.ReplaceAll(d.String(), "/", "-")} {
			got, err := widget.ParseDay(s, testDay)
			if err != nil || got != d {
				t.Fatalf("%s gave %s, %v", s, got, err)
			}
		}
	})
}

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
