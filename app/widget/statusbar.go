package widget

import (
	"fyne.io/fyne/v2"
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
	return sketched(s, func() fyne.Size { return fyne.NewSize(Scaled(400), Scaled(24)) }, func(p *sketch, size fyne.Size) {
		p.put(newFill(ColorSurface).Image, 0, 0, size.Width, size.Height)
		p.rect(ColorLine, 0, 0, size.Width, 1)
		hw, text := s.help.MinSize().Width, Scaled(12)
		p.put(s.help, size.Width-hw-4, 1, hw, size.Height-1)
		part := (size.Width - hw - 40) / 3
		for i, align := range []fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignCenter, fyne.TextAlignTrailing} {
			room := part
			if i == 0 && s.texts[1] == "" {
				room += part
			}
			shown, _ := Truncate(s.texts[i], room, text, false)
			p.text(shown, ColorSecondary, text, false, 12+float32(i)*(part+8), (size.Height-lineHeight(text))/2, room, align)
		}
	})
}
