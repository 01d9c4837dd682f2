package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// How long a toast stays; longer when it offers an action.
const (
	toastTime       = 4 * time.Second
	toastActionTime = 10 * time.Second
)

type toast struct {
	box   *fyne.Container
	layer *fyne.Container
	stop  func()
	text  string
}

var toasts = map[fyne.Canvas]*toast{}

// ShowToast tells at the lower right that something was done. An action such as
// "Hoàn tác" may be offered with it; label "" offers none. A new toast takes the
// place of the one before. The window's content must be a Root or a Frame.
func ShowToast(w fyne.Window, text, label string, action func()) {
	c := w.Canvas()
	layer := rootLayer(c)
	if layer == nil {
		return
	}
	HideToast(w)
	t := &toast{layer: layer, text: text}
	lines := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, l := range wrapText(text, Scaled(380), TextSize(theme.SizeNameText), false, 4) {
		line := canvas.NewText(l, Color(ColorOnTip))
		line.TextSize = TextSize(theme.SizeNameText)
		lines.Add(line)
	}
	row := container.NewHBox(container.NewCenter(lines))
	life := toastTime
	if label != "" {
		life = toastActionTime
		row.Add(newButton(PlainButton, label, "", func() {
			HideToast(w)
			if action != nil {
				action()
			}
		}))
	}
	ground := canvas.NewRectangle(Color(ColorTip))
	ground.CornerRadius = 4
	t.box = container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(8, 8, 12, 12), row))
	s := t.box.MinSize()
	t.box.Resize(s)
	t.place(c)
	layer.Add(t.box)
	toasts[c] = t
	t.stop = After(life, func() { HideToast(w) })
}

func (t *toast) place(c fyne.Canvas) {
	s := t.box.Size()
	t.box.Move(fyne.NewPos(c.Size().Width-s.Width-16, c.Size().Height-s.Height-Scaled(24)-16))
}

// HideToast takes the toast of the window away.
func HideToast(w fyne.Window) {
	t := toasts[w.Canvas()]
	if t == nil {
		return
	}
	t.stop()
	t.layer.Remove(t.box)
	delete(toasts, w.Canvas())
}

// ToastText returns the text of the toast that the window shows, "" for none.
func ToastText(w fyne.Window) string {
	if t := toasts[w.Canvas()]; t != nil {
		return t.text
	}
	return ""
}
