package widget

import (
	"cmp"

	"fyne.io/fyne/v2"
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
	return flowing(p, Scaled(p.width), func(width float32) float32 { return min(Scaled(p.width), max(width, 40)) }, p.draw)
}

func (p *Paragraph) draw(on *sketch, width float32) (height float32) {
	if p.text == "" {
		return 0
	}
	size := TextSize(cmp.Or(p.TextSize, theme.SizeNameText))
	for _, l := range wrapText(p.text, width, size, p.Bold, p.Max) {
		on.text(l, cmp.Or(p.Role, ColorInk), size, p.Bold, 0, height, width, fyne.TextAlignLeading)
		height += lineHeight(size)
	}
	return height
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
