// Package screen holds what all screens have in common. Each screen is a package
// below it; a screen draws a model of package view and decides nothing itself.
package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
)

// Screen is one place of the window.
type Screen interface {
	// Content is what the screen draws; it is built once.
	Content() fyne.CanvasObject
	// Shown is called each time the screen comes into view: it takes the focus.
	Shown()
	// Status is the left text of the status bar.
	Status() string
}

// Typed is a screen whose page is a form.
type Typed interface {
	// Dirty reports whether something was typed that is not stored.
	Dirty() bool
}

// Context is what the window gives to its screens.
type Context struct {
	Window fyne.Window
	// Status asks the window to draw the status bar anew.
	Status func()
	// InView reports whether the screen with this content is the one in view.
	InView func(content fyne.CanvasObject) bool
}

// Focus gives the focus to a part of a screen, if that screen is in view and no
// dialog stands over it.
func (c Context) Focus(content fyne.CanvasObject, part fyne.Focusable) {
	if c.InView(content) && c.Window.Canvas().Overlays().Top() == nil {
		c.Window.Canvas().Focus(part)
	}
}

// Mark returns the sign of an outcome.
func Mark(o data.Outcome, soon bool) widget.Mark {
	switch o {
	case data.Early:
		return widget.MarkEarly
	case data.OnTime:
		return widget.MarkOnTime
	case data.Late, data.Overdue:
		return widget.MarkLate
	case data.PendingWait:
		return widget.MarkPaused
	case data.WithdrawnOut, data.NotCounted:
		return widget.MarkStopped
	case data.PendingInTime:
		if soon {
			return widget.MarkSoon
		}
		return widget.MarkOnTime
	}
	return widget.NoMark
}

// Gap is an empty space of a height of px at 100 %.
func Gap(px float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(widget.Scaled(px), widget.Scaled(px)))
	return r
}

// Wide asks for a width of px at 100 % for o.
func Wide(px float32, o fyne.CanvasObject) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(widget.Scaled(px), 0))
	return container.NewStack(r, o)
}

// Tall asks for a height of px at 100 % for o.
func Tall(px float32, o fyne.CanvasObject) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(0, widget.Scaled(px)))
	return container.NewStack(r, o)
}

// Sign draws a mark with room around it, as high as a line of text.
func Sign(m widget.Mark) fyne.CanvasObject {
	side := widget.Scaled(10)
	return Wide(18, container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(side), widget.NewMark(m))))
}

// Under stands main below head, with the gap that every page keeps at its foot;
// Tab goes through head first.
func Under(head, main fyne.CanvasObject) fyne.CanvasObject {
	foot := Gap(8)
	return container.New(layout.NewBorderLayout(head, foot, nil, nil), head, main, foot)
}
