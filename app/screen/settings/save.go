package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"giaoban/app/widget"
)

// saveButton is the main action of a part that is a form.
func saveButton(save func()) fyne.CanvasObject {
	b := widget.NewMainButton("Lưu", widget.IconSave, save)
	b.Hint = "Ctrl+Enter"
	return b
}

// saveKey lets Ctrl+Enter save from a field.
func (c *Screen) saveKey(f *widget.Field, save func()) {
	f.OnShortcut = func(s fyne.Shortcut) bool {
		if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierControl && (k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter) {
			save()
			return true
		}
		return false
	}
}

// store runs a change off the window's goroutine and tells what became of it.
func (c *Screen) store(work func(context.Context) error, said string, done func(), failed func(error)) {
	c.page.Errors.SetError(nil)
	c.session.Go(func() {
		err := work(context.Background())
		c.session.Post(func() {
			if err != nil {
				failed(err)
				return
			}
			done()
			c.fill()
			widget.ShowToast(c.ctx.Window, said, "Hoàn tác", c.Undo)
		})
	})
}
