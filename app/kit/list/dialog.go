package list

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
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

// Refused lists the dossiers that a change passed over, and why, below what was done.
func Refused(e *env.Env, said string, refused []desk.Refusal) {
	Dialog(e, Options[desk.Refusal]{ID: "refused", What: "hồ sơ", Begin: Held(func() []desk.Refusal { return refused }), Columns: []Column[desk.Refusal]{
		Col("code", "Mã hồ sơ", widget.WidthCode, 0, func(r *desk.Refusal) string { return r.Code }), Col("why", "Lý do", 420, 1, func(r *desk.Refusal) string { return r.Reason }),
	}}, said, widget.DialogOptions{Title: "Kết quả"})
}
