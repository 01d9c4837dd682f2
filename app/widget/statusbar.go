package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"
)

// statusBar is the line at the foot of the window.
type statusBar struct {
	fw.BaseWidget
	texts [3]string
	help  *Button
}

func newStatusBar() *statusBar {
	s := &statusBar{help: NewQuietButton("F1", "", nil).WithTip("Trợ giúp")}
	s.ExtendBaseWidget(s)
	return s
}

func (s *statusBar) set(left, middle, right string) {
	if t := [3]string{left, middle, right}; t != s.texts {
		s.texts = t
		s.Refresh()
	}
}

func (s *statusBar) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newFill(ColorSurface), canvas.NewRectangle(nil)
	var texts [3]*canvas.Text
	r := &stackRenderer{objects: []fyne.CanvasObject{ground.Image, line}}
	for i := range texts {
		texts[i] = canvas.NewText("", nil)
		r.objects = append(r.objects, texts[i])
	}
	texts[1].Alignment, texts[2].Alignment = fyne.TextAlignCenter, fyne.TextAlignTrailing
	r.objects = append(r.objects, s.help)
	r.min = func() fyne.Size { return fyne.NewSize(Scaled(400), Scaled(24)) }
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		line.Resize(fyne.NewSize(size.Width, 1))
		hw := s.help.MinSize().Width
		place(s.help, size.Width-hw-4, 1, hw, size.Height-1)
		part := (size.Width - hw - 40) / 3
		for i, t := range texts {
			room := part
			if i == 0 && s.texts[1] == "" {
				room += part
			}
			t.Text, _ = Truncate(s.texts[i], room, t.TextSize, false)
			place(t, 12+float32(i)*(part+8), (size.Height-lineHeight(t.TextSize))/2, room, lineHeight(t.TextSize))
		}
	}
	r.refresh = func() {
		ground.set(ColorSurface)
		line.FillColor = Color(ColorLine)
		for _, t := range texts {
			t.Color, t.TextSize = Color(ColorSecondary), Scaled(12)
		}
		r.layout(s.Size())
		canvas.Refresh(s)
	}
	r.refresh()
	return r
}
