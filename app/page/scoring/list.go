package scoring

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
)

// table feeds a grid from rows that are made already.
type table [][]widget.Cell

// Len implements widget.Rows.
func (t table) Len() int { return len(t) }

// Cells implements widget.Rows.
func (t table) Cells(i int, dst []widget.Cell) { copy(dst, t[i]) }

// refill gives a grid other rows and keeps the cursor where it was.
func refill(g *widget.Grid, t table) {
	g.ReplaceRows(t)
	if len(t) > 0 && g.Current() < 0 {
		g.SetCurrent(0)
	}
}

// texts makes cells of texts.
func texts(list ...string) []widget.Cell {
	out := make([]widget.Cell, len(list))
	for i, t := range list {
		out[i].Text = t
	}
	return out
}

// above puts a row of tools over the content.
func above(content fyne.CanvasObject, tools ...fyne.CanvasObject) fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(8), tools...)
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), box), nil, nil, nil, content)
}

func line(width float32) *widget.Paragraph {
	p := widget.NewParagraph("", width)
	p.Role = widget.ColorSecondary
	return p
}
