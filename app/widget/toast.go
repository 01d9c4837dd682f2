package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// How long a toast stays; longer when it offers an action.
const (
	toastTime       = 4 * time.Second
	toastActionTime = 10 * time.Second
)

type toast struct {
	fw.BaseWidget
	content fyne.CanvasObject
	frame   *Frame // in whose head it stands; nil in a window without one
	layer   *fyne.Container
	stop    func()
	text    string
}

var toasts = map[fyne.Canvas]*toast{}

// ShowToast tells that something was done. An action such as "Hoàn tác" may be
// offered with it; label "" offers none. A new toast takes the place of the one
// before. It stands over the name of the office at the head of the window, where it
// covers nothing that is worked with; in a window without a head at the lower right.
// The window's content must be a Root or a Frame.
func ShowToast(w fyne.Window, text, label string, action func()) {
	c := w.Canvas()
	layer := rootLayer(c)
	if layer == nil {
		return
	}
	HideToast(w)
	t := &toast{layer: layer, text: text}
	if r, ok := c.Content().(*Root); ok {
		t.frame = r.frame
	}
	size := TextSize(theme.SizeNameText)
	room, most := Scaled(380), 4
	if t.frame != nil {
		room, most = max(t.frame.office.Size().Width-Scaled(60), Scaled(260)), 2
		if label != "" {
			room -= textWidth(label, size, false) + 24
		}
	}
	lines := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, l := range wrapText(text, room, size, false, most) {
		line := canvas.NewText(l, Color(ColorOnTip))
		line.TextSize = size
		lines.Add(line)
	}
	row := container.NewHBox(container.NewCenter(lines))
	life := toastTime
	if label != "" {
		life = toastActionTime
		row.Add(container.NewCenter(newButton(PlainButton, label, "", func() {
			HideToast(w)
			if action != nil {
				action()
			}
		})))
	}
	ground := canvas.NewRectangle(Color(ColorTip))
	ground.CornerRadius = 4
	t.content = container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(4, 4, 12, 12), row))
	t.ExtendBaseWidget(t)
	layer.Add(t)
	t.follow(layer.Size())
	toasts[c] = t
	t.stop = After(life, func() { HideToast(w) })
}

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer { return fw.NewSimpleRenderer(t.content) }

// follow places the toast in a window of a size.
func (t *toast) follow(window fyne.Size) {
	s := t.MinSize()
	t.Resize(s)
	if t.frame == nil {
		t.Move(fyne.NewPos(window.Width-s.Width-16, window.Height-s.Height-16))
		return
	}
	head := t.frame.header.Size().Height + 13
	t.Move(fyne.NewPos(8, max(2, (head-s.Height)/2)))
}

// layerLayout lets the toast follow the window; tooltips go before it changes.
type layerLayout struct{}

// MinSize implements fyne.Layout.
func (layerLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (layerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		if t, ok := c.(*toast); ok {
			t.follow(s)
		}
	}
}

// HideToast takes the toast of the window away.
func HideToast(w fyne.Window) {
	t := toasts[w.Canvas()]
	if t == nil {
		return
	}
	t.stop()
	t.layer.Remove(t)
	delete(toasts, w.Canvas())
}

// ToastText returns the text of the toast that the window shows, "" for none.
func ToastText(w fyne.Window) string {
	if t := toasts[w.Canvas()]; t != nil {
		return t.text
	}
	return ""
}
