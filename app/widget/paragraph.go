package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// Paragraph is text that wraps at the width it gets and asks for the height that
// it then needs.
type Paragraph struct {
	fw.BaseWidget
	// Role is the colour, ink where it is "".
	Role fyne.ThemeColorName
	// TextSize is the size name, the base size where it is "".
	TextSize fyne.ThemeSizeName
	// Bold draws it strong.
	Bold bool
	// Max is the greatest number of lines, 0 for any.
	Max int

	text  string
	width float32 // before the first layout, px at 100 %
}

// NewParagraph returns text that wraps; width is what it asks for, px at 100 %.
func NewParagraph(text string, width float32) *Paragraph {
	p := &Paragraph{text: text, width: width}
	p.ExtendBaseWidget(p)
	return p
}

// NewNote returns a paragraph of small secondary text.
func NewNote(text string, width float32) *Paragraph {
	p := NewParagraph(text, width)
	p.Role, p.TextSize = ColorSecondary, SizeSmall
	return p
}

// SetText changes the text.
func (p *Paragraph) SetText(text string) {
	if text != p.text {
		p.text = text
		p.Refresh()
	}
}

// Text returns the text.
func (p *Paragraph) Text() string { return p.text }

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &paragraphRenderer{p: p}
	r.wrap(Scaled(p.width))
	return laid(p, r)
}

type paragraphRenderer struct {
	p     *Paragraph
	lines []fyne.CanvasObject
	at    float32
}

func (r *paragraphRenderer) size() float32 {
	if r.p.TextSize == "" {
		return TextSize(theme.SizeNameText)
	}
	return TextSize(r.p.TextSize)
}

func (r *paragraphRenderer) wrap(width float32) {
	r.at = width
	r.lines = r.lines[:0]
	role := r.p.Role
	if role == "" {
		role = ColorInk
	}
	size := r.size()
	if r.p.text == "" {
		return
	}
	line := lineHeight(size)
	for i, l := range wrapText(r.p.text, width, size, r.p.Bold, r.p.Max) {
		t := canvas.NewText(l, Color(role))
		t.TextSize, t.TextStyle.Bold = size, r.p.Bold
		t.Move(fyne.NewPos(0, float32(i)*line))
		t.Resize(fyne.NewSize(width, line))
		r.lines = append(r.lines, t)
	}
}

func (r *paragraphRenderer) Destroy()                     {}
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *paragraphRenderer) MinSize() fyne.Size {
	return fyne.NewSize(min(Scaled(r.p.width), max(r.at, 40)), float32(len(r.lines))*lineHeight(r.size()))
}
func (r *paragraphRenderer) Layout(s fyne.Size) {
	if s.Width > 0 && s.Width != r.at {
		r.wrap(s.Width)
		canvas.Refresh(r.p)
	}
}
func (r *paragraphRenderer) Refresh() {
	r.wrap(r.at)
	canvas.Refresh(r.p)
}

// NewHeading returns the title of a screen or dialog.
func NewHeading(text string) *Paragraph {
	p := NewParagraph(text, 120)
	p.TextSize, p.Bold, p.Max = SizeTitle, true, 2
	return p
}

// NewSection returns the heading of a part of a page, with a line below it.
func NewSection(text string) fyne.CanvasObject {
	p := NewParagraph(text, 80)
	p.Bold, p.Max = true, 1
	return container.New(layout.NewCustomPaddedVBoxLayout(4), p, NewLine())
}

// NewLine returns a thin line; it follows a change of theme.
func NewLine() fyne.CanvasObject { return fw.NewSeparator() }
