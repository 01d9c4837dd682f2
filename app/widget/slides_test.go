package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"giaoban/reports/chart"
)

// letters returns the least size of the texts that an object draws, and the texts.
func letters(o fyne.CanvasObject) (least float32, texts map[string]bool) {
	least, texts = 1000, map[string]bool{}
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				least, texts[o.Text] = min(least, o.TextSize), true
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		}
	}
	walk(o)
	return least, texts
}

// TestSlidesAreLegible: no letter is smaller than 28 px on a wall of 1.080, in what ratio
// smaller windows show it, and a chart has those of its model.
func TestSlidesAreLegible(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false, 100))
	c := chart.Chart{Kind: chart.Bars, Categories: []string{"T1", "T2"}, Source: "Nguồn", Series: []chart.Series{{Name: "A", Values: []chart.Value{{Size: 5, Text: "5"}, {Size: 7, Text: "7"}}}}}
	long := "Một dòng dài về việc rà soát quy trình nội bộ giải quyết thủ tục hành chính của các đơn vị trực thuộc, trễ lâu nhất 120 ngày, chưa có minh chứng"
	slides := []Slide{
		{Title: "Bảy dòng", Lines: []string{long, long, long, long, long, long, long}, Corner: "Tài liệu trang 4"},
		{Title: "Số", Figures: []SlideFigure{{"86.314", "Tiếp nhận", "+5"}, {"1", "Quá hạn", "-2"}}},
		{Title: "Biểu đồ", Chart: &c},
	}
	for _, size := range []fyne.Size{{Width: 1920, Height: 1080}, {Width: 1366, Height: 768}} {
		w := test.NewTempWindow(t, canvas.NewRectangle(nil))
		w.Resize(size)
		s := ShowSlides(w, slides)
		s.Resize(size)
		for i, want := range []string{"Tài liệu trang 4", "86.314", "T2"} {
			s.Go(i)
			least, texts := letters(s)
			if px := least * 1080 / size.Height; px < 27.9 {
				t.Errorf("%v, slide %d: letters of %v px at 1.080", size, i, px)
			}
			if !texts[want] {
				t.Errorf("%v, slide %d lacks %q: %v", size, i, want, texts)
			}
		}
		s.Close()
	}
}

// TestSlidesTurn: arrows, Home, End, B and Escape do what they say.
func TestSlidesTurn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false, 100))
	w := test.NewTempWindow(t, canvas.NewRectangle(nil))
	s := ShowSlides(w, []Slide{{Title: "1"}, {Title: "2"}, {Title: "3"}})
	if !w.FullScreen() || w.Canvas().Focused() != fyne.Focusable(s) {
		t.Error("the show does not fill the screen with the keys")
	}
	for _, step := range []struct {
		key fyne.KeyName
		at  int
	}{{fyne.KeyLeft, 0}, {fyne.KeyRight, 1}, {fyne.KeyEnd, 2}, {fyne.KeyRight, 2}, {fyne.KeyHome, 0}, {fyne.KeyB, 0}} {
		if s.TypedKey(&fyne.KeyEvent{Name: step.key}); s.At() != step.at {
			t.Errorf("%s: %d", step.key, s.At())
		}
	}
	if _, texts := letters(s); len(texts) != 0 {
		t.Errorf("the black wall says %v", texts)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.FullScreen() || w.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not end the show")
	}
}
