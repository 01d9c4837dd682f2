package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"
)

// FieldBox is a field with its label above it and, below, a hint or what is
// wrong with the content.
type FieldBox struct {
	fw.BaseWidget
	label, hint string
	required    bool
	err         error
	content     fyne.CanvasObject
}

// NewFieldBox puts a label above a field. A field with a NotifyError method, as
// the date field has, shows its errors here.
func NewFieldBox(label string, content fyne.CanvasObject) *FieldBox {
	b := &FieldBox{label: label, content: content}
	b.ExtendBaseWidget(b)
	if n, ok := content.(interface{ NotifyError(func(error)) }); ok {
		n.NotifyError(b.SetError)
	}
	return b
}

// Required marks the field as one that must be filled and returns the box.
func (b *FieldBox) Required() *FieldBox {
	b.required = true
	b.Refresh()
	return b
}

// WithHint shows a small line below the field and returns the box.
func (b *FieldBox) WithHint(text string) *FieldBox {
	b.hint = text
	b.Refresh()
	return b
}

// SetHint changes the small line below the field.
func (b *FieldBox) SetHint(text string) {
	if text != b.hint {
		b.hint = text
		b.Refresh()
	}
}

// SetError shows what is wrong, in place of the hint; nil takes it away.
func (b *FieldBox) SetError(err error) {
	if err != b.err {
		b.err = err
		b.Refresh()
	}
}

// Error returns what is shown as wrong.
func (b *FieldBox) Error() error { return b.err }

// Content returns the field.
func (b *FieldBox) Content() fyne.CanvasObject { return b.content }

// CreateRenderer implements fyne.Widget.
func (b *FieldBox) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldBoxRenderer{b: b, label: canvas.NewText("", nil), star: canvas.NewText("", nil)}
	r.update(0)
	return laid(b, r)
}

type fieldBoxRenderer struct {
	b           *FieldBox
	label, star *canvas.Text
	lines       []*canvas.Text
	width       float32
}

func (r *fieldBoxRenderer) Destroy() {}

func (r *fieldBoxRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.label, r.star, r.b.content}
	for _, l := range r.lines {
		out = append(out, l)
	}
	return out
}

func (r *fieldBoxRenderer) update(width float32) {
	size := TextSize(SizeSmall)
	r.label.Text, r.label.Color, r.label.TextSize = r.b.label, Color(ColorSecondary), size
	r.star.Text, r.star.Color, r.star.TextSize = "", Color(ColorLate), size
	if r.b.required {
		r.star.Text = "*"
	}
	text, role := r.b.hint, ColorSecondary
	if r.b.err != nil {
		text, role = r.b.err.Error(), ColorLate
	}
	r.lines = nil
	r.width = width
	if text == "" {
		return
	}
	if width == 0 { // not laid out yet: as in a form of two columns
		width = Scaled(220)
	}
	for _, l := range wrapText(text, max(width, 60), size, false, 3) {
		t := canvas.NewText(l, Color(role))
		t.TextSize = size
		r.lines = append(r.lines, t)
	}
}

func (r *fieldBoxRenderer) Refresh() {
	r.update(r.b.Size().Width)
	r.Layout(r.b.Size())
	r.b.content.Refresh()
	canvas.Refresh(r.b)
}

func (r *fieldBoxRenderer) MinSize() fyne.Size {
	s := r.b.content.MinSize()
	line := lineHeight(TextSize(SizeSmall))
	return fyne.NewSize(max(s.Width, r.label.MinSize().Width+12), s.Height+r.top()+float32(len(r.lines))*line)
}

// top is the room of the label; a box to tick has none.
func (r *fieldBoxRenderer) top() float32 {
	if r.b.label == "" {
		return 0
	}
	return lineHeight(TextSize(SizeSmall)) + 2
}

func (r *fieldBoxRenderer) Layout(s fyne.Size) {
	if s.Width != r.width && s.Width > 0 {
		r.update(s.Width)
	}
	line := lineHeight(TextSize(SizeSmall))
	lw := r.label.MinSize().Width
	place(r.label, 0, 0, lw, line)
	place(r.star, lw+3, 0, 8, line)
	h := max(s.Height-r.top()-float32(len(r.lines))*line, r.b.content.MinSize().Height)
	place(r.b.content, 0, r.top(), s.Width, h)
	for i, l := range r.lines {
		place(l, 0, r.top()+h+float32(i)*line, s.Width, line)
	}
}
