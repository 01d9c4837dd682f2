package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

func TestPickLinesByKeys(t *testing.T) {
	start(t)
	lines := []widget.TextLine{{Text: "Ban hành trong tháng 01", Detail: "0,50"}, {Text: "Ban hành trong tháng 02", Detail: "0,25"}, {Text: "Sau đó", Detail: "0,00"}}
	var picked []int
	entered := 0
	p := widget.NewPickLines(lines, false, func(i int) { picked = append(picked, i) })
	p.OnEnter = func() { entered++ }
	w := window(t, p)
	w.Canvas().Focus(p)
	press(p, fyne.KeyDown, fyne.KeySpace)
	p.TypedRune('3')
	p.TypedRune('7') // there is no such line
	press(p, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeySpace, fyne.KeyReturn)
	if len(picked) != 3 || picked[0] != 1 || picked[1] != 2 || picked[2] != 1 || entered != 1 {
		t.Errorf("picked %v, entered %d", picked, entered)
	}
}

// TestPickLinesWraps gives a long sentence little room: the line becomes higher,
// and a click on it still picks it.
func TestPickLinesWraps(t *testing.T) {
	start(t)
	long := "Xác định đầy đủ nhiệm vụ trên các lĩnh vực cải cách hành chính theo kế hoạch của tỉnh, có sản phẩm và thời hạn"
	got := -1
	p := widget.NewPickLines([]widget.TextLine{{Text: long}, {Text: "Không"}}, true, func(i int) { got = i })
	w := window(t, p)
	w.Resize(fyne.NewSize(900, 300))
	wide := p.MinSize().Height
	p.Resize(fyne.NewSize(260, 300))
	narrow := p.MinSize().Height
	if narrow <= wide {
		t.Errorf("%.0f px high in a narrow window, %.0f in a wide one", narrow, wide)
	}
	test.TapAt(p, fyne.NewPos(30, narrow-4))
	if got != 1 {
		t.Errorf("a click on the last line picked %d", got)
	}
}

// TestPickLinesFixed: a line that is only read takes no tick, by key, number or click.
func TestPickLinesFixed(t *testing.T) {
	picked := []int{}
	p := widget.NewPickLines([]widget.TextLine{{Text: "Một"}, {Text: "Hai"}, {Text: "Chỉ tính nội dung cao nhất", Fixed: true}}, true, func(i int) { picked = append(picked, i) })
	p.FocusGained()
	for range 3 {
		p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	p.TypedRune('3')
	if len(picked) != 1 || picked[0] != 1 {
		t.Errorf("picked %v", picked)
	}
}
