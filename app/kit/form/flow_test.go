package form

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

func TestFlowWrapsAndGrowsOnNarrowPages(t *testing.T) {
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(widget.NewTheme(false, 100))
	var boxes []fyne.CanvasObject
	f := &flow{spans: map[fyne.CanvasObject][2]int{}}
	for _, n := range []int{6, 3, 3, 12} {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(10, 20))
		f.spans[r] = [2]int{n, 0}
		boxes = append(boxes, r)
	}
	for width, rows := range map[float32]int{1000: 2, 500: 3} {
		f.Layout(boxes, fyne.NewSize(width, 400))
		if got, want := f.MinSize(boxes).Height, float32(rows*20+(rows-1)*flowRow); got != want {
			t.Errorf("%v wide: height %v, want %v", width, got, want)
		}
		for i, b := range boxes {
			if right := b.Position().X + b.Size().Width; right > width+0.1 {
				t.Errorf("%v wide: box %d ends at %v", width, i, right)
			}
		}
	}
	boxes[3].Hide()
	f.Layout(boxes, fyne.NewSize(1000, 400))
	if got := f.MinSize(boxes).Height; got != 20 {
		t.Errorf("with one hidden: %v", got)
	}
}
