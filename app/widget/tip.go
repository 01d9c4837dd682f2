package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// tip is the one tooltip of the program.
var tip struct {
	stop  func()
	box   *fyne.Container
	layer *fyne.Container
}

// armTip shows text beside the object once the mouse has rested on it; at gives
// the absolute place below which it opens.
func armTip(on fyne.CanvasObject, text string, at func() fyne.Position) {
	hideTip()
	if text == "" {
		return
	}
	tip.stop = After(tipDelay, func() {
		tip.stop = nil
		showTip(on, text, at())
	})
}

func hideTip() {
	if tip.stop != nil {
		tip.stop()
		tip.stop = nil
	}
	if tip.box != nil {
		tip.layer.Remove(tip.box)
		tip.box, tip.layer = nil, nil
	}
}

func showTip(on fyne.CanvasObject, text string, at fyne.Position) {
	c := canvasOf(on)
	layer := layerOf(c)
	if layer == nil {
		return
	}
	box := textBox(text, Scaled(360))
	size := box.Size()
	window := c.Size()
	at.X = max(4, min(at.X, window.Width-size.Width-4))
	if at.Y+size.Height > window.Height-4 {
		at.Y = max(4, at.Y-size.Height-Scaled(28))
	}
	box.Move(at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(layer)))
	layer.Add(box)
	tip.box, tip.layer = box, layer
}

// textBox is a small sheet with wrapped text on the ground of tooltips.
func textBox(text string, width float32) *fyne.Container {
	size := Scaled(12)
	lines := wrapText(text, width, size, false, 12)
	line := fyne.MeasureText("Ấg", size, fyne.TextStyle{}).Height
	box := container0()
	ground := canvas.NewRectangle(Color(ColorTip))
	ground.CornerRadius = 3
	box.Add(ground)
	var w float32
	for i, l := range lines {
		t := canvas.NewText(l, Color(ColorOnTip))
		t.TextSize = size
		t.Move(fyne.NewPos(8, 4+float32(i)*line))
		t.Resize(t.MinSize())
		w = max(w, t.MinSize().Width)
		box.Add(t)
	}
	full := fyne.NewSize(w+16, float32(len(lines))*line+8)
	ground.Resize(full)
	box.Layout = fixedLayout{min: full}
	box.Resize(full)
	return box
}
