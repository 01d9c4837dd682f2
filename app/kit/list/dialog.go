package list

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/widget"
)

// Dialog shows a list below a text in a dialog that keeps within the window; d.Width is
// what it asks for.
func Dialog[T any](e *env.Env, o Options[T], text string, d widget.DialogOptions) *widget.Dialog {
	l := Of(e.Part(func(fyne.CanvasObject) bool { return false }), o)
	l.Refresh()
	room := e.Window.Canvas().Size()
	d.Width = min(cmp.Or(d.Width, 860), room.Width/widget.Scaled(1)-120)
	d.First = l.Grid()
	rows := widget.Tall(max(120, min(380, room.Height/widget.Scaled(1)-240)), l.Object())
	d.Content = container.NewBorder(widget.NewParagraph(text, d.Width), nil, nil, nil, rows)
	return widget.ShowDialog(e.Window, d)
}
