package catalogue

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// ask opens a form. What is wrong is shown at its field; what was typed stays.
func (c *Screen) ask(q screen.Question) *widget.Dialog {
	return c.ctx.Ask(func(store func(context.Context) error, done func(error)) {
		c.session.Go(func() {
			err := store(context.Background())
			c.session.Post(func() { done(err) })
		})
	}, c.Undo, q)
}

// termBox takes a term: a number and its unit.
type termBox struct {
	count *widget.Field
	unit  *widget.Picker
	row   fyne.CanvasObject
}

func newTermBox(t data.Term) *termBox {
	b := &termBox{count: field(""), unit: picker(model.TermUnits(), t.Unit.Key())}
	b.unit.None, b.unit.Width = "Không ghi", 120
	if t.Known() && t.Unit != data.SameDay {
		b.count.SetValue(data.FormatInt(int64(t.Count)))
	}
	b.row = container.NewBorder(nil, nil, screen.Wide(56, b.count), nil, b.unit)
	return b
}

func (b *termBox) term(key string) (data.Term, error) {
	return model.Term(b.count.Value(), b.unit.Key(), key)
}
