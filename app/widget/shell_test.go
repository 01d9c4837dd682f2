package widget_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
	"giaoban/reports/chart"
)

func newFrame(t *testing.T) (*widget.Frame, fyne.Window) {
	t.Helper()
	w := test.NewTempWindow(t, container.NewVBox())
	f := widget.NewFrame(w, []widget.NavItem{{ID: "overview", Label: "Tổng quan", Key: "1", Icon: widget.IconOverview},
		{ID: "register", Label: "Sổ hồ sơ", Key: "2", Icon: widget.IconRegister}, {ID: "settings", Label: "Thiết lập", Key: "S", Icon: widget.IconSettings, Divider: true}})
	f.SetOffice("UBND thị xã Đông Hải")
	f.Install()
	w.Resize(fyne.NewSize(1366, 768))
	return f, w
}

func TestFrameNavigatesByMouseAndKeyboard(t *testing.T) {
	start(t)
	f, w := newFrame(t)
	var went []string
	f.OnNavigate = func(id string) { went = append(went, id) }
	back, forward, helped := 0, 0, 0
	f.OnBack, f.OnForward, f.OnHelp = func() { back++ }, func() { forward++ }, func() { helped++ }
	field := widget.NewField("")
	f.SetContent("register", fyneColumn(field))
	test.TapCanvas(w.Canvas(), texts(w)["Thiết lập"].AddXY(2, 2))
	w.Canvas().Focus(field)
	for _, k := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key9, fyne.KeyLeft, fyne.KeyRight} {
		field.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt})
	}
	press(field, fyne.KeyF1)
	if fmt.Sprint(went) != "[settings overview register]" || back != 1 || forward != 1 || helped != 1 {
		t.Fatalf("went %v, back %d, forward %d, helped %d", went, back, forward, helped)
	}
	widget.Message(w, "Đã xong", "Đã lưu.", nil)
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierAlt})
	if len(went) != 3 {
		t.Fatal("a shortcut went through a dialog")
	}
}

func TestFrameShrinksItsNavigation(t *testing.T) {
	l := start(t)
	f, w := newFrame(t)
	f.SetBadge("register", 12)
	if _, ok := texts(w)["12"]; !ok {
		t.Fatal("the count is not shown")
	}
	f.SetNarrow(true)
	if _, ok := texts(w)["Sổ hồ sơ"]; ok {
		t.Fatal("words in the narrow navigation")
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(20, 110))
	l.pass(time.Second)
	if widget.TipText() != "Sổ hồ sơ Alt+2" {
		t.Fatalf("tooltip %q", widget.TipText())
	}
}

func TestFrameShowsItsTexts(t *testing.T) {
	start(t)
	f, w := newFrame(t)
	f.SetStatus("128 / 86.314 hồ sơ", "Đã lưu 10:32", "Sao lưu 08:00")
	f.SetHeader(widget.NewPicker([]widget.Option{{Key: "a", Text: "Năm 2022"}}, nil), nil, nil)
	for _, want := range []string{"UBND thị xã Đông Hải", "128 / 86.314 hồ sơ", "Đã lưu 10:32", "Sao lưu 08:00", "Chọn…"} {
		if _, ok := texts(w)[want]; !ok {
			t.Errorf("%q is not shown", want)
		}
	}
}

func TestHistory(t *testing.T) {
	var h widget.History[string]
	if _, ok := h.Back(); ok {
		t.Fatal("back from nowhere")
	}
	h.Push("a")
	h.Push("b")
	h.Update("b2")
	h.Push("c")
	if p, _ := h.Back(); p != "b2" {
		t.Fatalf("back to %q", p)
	}
	if p, _ := h.Back(); p != "a" {
		t.Fatalf("back to %q", p)
	}
	if p, _ := h.Forward(); p != "b2" {
		t.Fatalf("forward to %q", p)
	}
	h.Push("d")
	if _, ok := h.Forward(); ok {
		t.Fatal("places after the present one are still known")
	}
	for i := range 300 {
		h.Push(fmt.Sprint(i))
	}
	n := 0
	for {
		if _, ok := h.Back(); !ok {
			break
		}
		n++
	}
	if n != 99 {
		t.Fatalf("%d places kept behind the present one", n)
	}
}

func TestSidePane(t *testing.T) {
	start(t)
	p := widget.NewSidePane(widget.NewField("bên trái"))
	w := window(t, p)
	p.SetSide(widget.NewParagraph("chi tiết", 100))
	if at := texts(w)["chi tiết"]; at.X != 640 {
		t.Fatalf("detail at %v", at)
	}
	p.SetSide(nil)
	if _, ok := texts(w)["chi tiết"]; ok || p.Open() {
		t.Fatal("the detail stays")
	}
}

func TestFigureCard(t *testing.T) {
	start(t)
	n := 0
	c := widget.NewFigureCard(widget.KeyFigure{Label: "Đúng hạn", Value: "98,67 %", Change: "+0,45 điểm %", Up: true, Trend: widget.TrendGood, Series: []float64{1, 3, 2}}, func() { n++ })
	w := window(t, container.NewVBox(c))
	for _, want := range []string{"Đúng hạn", "98,67 %", "+0,45 điểm %"} {
		if _, ok := texts(w)[want]; !ok {
			t.Errorf("%q is not shown", want)
		}
	}
	test.Tap(c)
	press(c, fyne.KeyReturn)
	if n != 2 {
		t.Fatalf("opened %d times", n)
	}
}

func TestChartShowsAndOpensItsMarks(t *testing.T) {
	l := start(t)
	c := chart.Chart{Kind: chart.Bars, Title: "Theo tháng", Categories: []string{"T1", "T2"}, Series: []chart.Series{
		{Name: "Tiếp nhận", Values: []chart.Value{{Size: 10, Text: "10"}, {Size: 20, Text: "20"}}},
		{Name: "Giải quyết", Values: []chart.Value{{Missing: true}, {Size: 15, Text: "15"}}}}}
	v := widget.NewChartView(c)
	var picks []string
	v.OnPick = func(s, k int) { picks = append(picks, fmt.Sprint(s, ".", k)) }
	w := window(t, v)
	at, ok := texts(w)["15"]
	if !ok {
		t.Fatalf("texts %v", texts(w))
	}
	below := at.AddXY(5, 60) // in the bar under its text
	test.TapCanvas(w.Canvas(), below)
	test.TapCanvas(w.Canvas(), texts(w)["10"].AddXY(5, 60))
	if fmt.Sprint(picks) != "[1.1 0.0]" {
		t.Fatalf("picks %v", picks)
	}
	test.MoveMouse(w.Canvas(), below)
	l.pass(time.Second)
	if widget.TipText() != "Giải quyết, T2: 15" {
		t.Fatalf("tooltip %q", widget.TipText())
	}
	v.Set(chart.Chart{Kind: chart.Donut, Categories: []string{"Có", "Không"}, Series: []chart.Series{{Values: []chart.Value{{Size: 3, Text: "75 %"}, {Size: 1, Text: "25 %"}}}}})
	if _, ok := texts(w)["Có: 75 %"]; !ok {
		t.Fatal("the second chart is not shown")
	}
	for _, k := range []chart.Kind{chart.Stacked, chart.Ranking, chart.Lines, chart.Spark} {
		c.Kind = k
		v.Set(c)
		w.Canvas().Capture()
	}
	v.Set(chart.Chart{})
	w.Canvas().Capture()
}
