package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// Calendar shows a month from Monday to Sunday, with lunar days and holidays
// where a DayInfo tells them.
type Calendar struct {
	fw.BaseWidget
	focusing
	pointing
	// OnPick is called with the day chosen by Enter or click.
	OnPick func(d data.Day)

	today, chosen, at data.Day // at has the cursor, its month is shown
	info              DayInfo
}

// NewCalendar shows the month of the chosen day.
func NewCalendar(today, chosen data.Day, info DayInfo) *Calendar {
	c := &Calendar{today: today, chosen: chosen, at: chosen, info: info}
	c.on, c.pointing = c, pointing{c.cellAt, c.Refresh, -1}
	c.ExtendBaseWidget(c)
	return c
}

// At returns the day with the cursor.
func (c *Calendar) At() data.Day { return c.at }

var weekdayNames = [...]string{"T2", "T3", "T4", "T5", "T6", "T7", "CN"}

func calCell() fyne.Size {
	return fyne.NewSize(Scaled(40), Scaled(36))
}

func calTop() float32 { return Scaled(32) + Scaled(20) }

// MinSize implements fyne.CanvasObject.
func (c *Calendar) MinSize() fyne.Size {
	s := calCell()
	return fyne.NewSize(7*s.Width+16, calTop()+6*s.Height+Scaled(26)+12)
}

// first returns the Monday with which the picture of the month begins.
func (c *Calendar) first() data.Day {
	y, m, _ := c.at.Civil()
	d := data.Date(y, m, 1)
	return d - data.Day((int(d.Weekday())+6)%7)
}

// cellAt returns the day at a place, counted from the first of the picture; -1 for none.
func (c *Calendar) cellAt(p fyne.Position) int {
	s := calCell()
	x, y := p.X-8, p.Y-calTop()-4
	if x < 0 || y < 0 || x >= 7*s.Width || y >= 6*s.Height {
		return -1
	}
	return int(y/s.Height)*7 + int(x/s.Width)
}

func (c *Calendar) goTo(d data.Day) {
	c.at = d
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	turn := func(icon IconName, tip string, by int) *Button {
		return NewIconButton(icon, tip, func() { c.goTo(addMonths(c.at, by)); takeFocus(c) })
	}
	back, next := turn(IconBack, "Tháng trước", -1), turn(IconForward, "Tháng sau", 1)
	today := NewQuietButton("Hôm nay", "", func() { c.pick(c.today) })
	return sketched(c, c.MinSize, func(p *sketch, s fyne.Size) {
		c.draw(p)
		put := func(b *Button, x, y float32) { p.put(b, x, y, b.MinSize().Width, b.MinSize().Height) }
		put(back, 8, 4)
		put(next, s.Width-8-next.MinSize().Width, 4)
		put(today, s.Width-8-today.MinSize().Width, s.Height-today.MinSize().Height-4)
	})
}

func (c *Calendar) pick(d data.Day) {
	if c.OnPick != nil {
		c.OnPick(d)
	}
}

// Tapped implements fyne.Tappable.
func (c *Calendar) Tapped(ev *fyne.PointEvent) {
	if i := c.cellAt(ev.Position); i >= 0 {
		c.pick(c.first() + data.Day(i))
	}
}

// TypedKey implements fyne.Focusable.
func (c *Calendar) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		c.goTo(c.at - 1)
	case fyne.KeyRight:
		c.goTo(c.at + 1)
	case fyne.KeyUp:
		c.goTo(c.at - 7)
	case fyne.KeyDown:
		c.goTo(c.at + 7)
	case fyne.KeyPageUp:
		c.goTo(addMonths(c.at, -1))
	case fyne.KeyPageDown:
		c.goTo(addMonths(c.at, 1))
	case fyne.KeyHome:
		c.goTo(c.today)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.pick(c.at)
	default:
		passKey(c, ev)
	}
}

// draw draws the month of the cursor.
func (c *Calendar) draw(p *sketch) {
	size := c.MinSize()
	base, small := TextSize(theme.SizeNameText), TextSize(SizeSmall)
	y, m, _ := c.at.Civil()
	p.text(fmt.Sprintf("Tháng %d năm %d", int(m), y), ColorInk, base, true, 0, 4+(ControlHeight()-lineHeight(base))/2, size.Width, fyne.TextAlignCenter)
	cell := calCell()
	for i, n := range weekdayNames {
		role := ColorSecondary
		if i > 4 {
			role = ColorLate
		}
		p.text(n, role, small, true, 8+float32(i)*cell.Width, Scaled(32)+(Scaled(20)-lineHeight(small))/2+2, cell.Width, fyne.TextAlignCenter)
	}
	shown, first := c.at, c.first()
	if c.under >= 0 {
		shown = first + data.Day(c.under)
	}
	note := ""
	for i := range 42 {
		d := first + data.Day(i)
		x, top := 8+float32(i%7)*cell.Width, calTop()+4+float32(i/7)*cell.Height
		_, dm, dd := d.Civil()
		var lunar, text string
		off := i%7 > 4
		if c.info != nil {
			lunar, text, off = c.info(d)
		}
		if d == shown {
			note = text
		}
		ground := p.rect("", x+1, top+1, cell.Width-2, cell.Height-2)
		ground.CornerRadius = 3
		role, second := ColorInk, ColorSecondary
		if off {
			role = ColorLate
		}
		if dm != m {
			role, second = theme.ColorNameDisabled, theme.ColorNameDisabled
		}
		switch {
		case d == c.chosen:
			ground.FillColor = Color(ColorPrimary)
			role, second = ColorOnPrimary, ColorOnPrimary
		case i == c.under:
			ground.FillColor = Color(ColorHoverRow)
		case off && text != "" && dm == m:
			ground.FillColor = Color(ColorFigure)
		}
		if d == c.at && d != c.chosen {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 2
		} else if d == c.today {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorSecondary), 1
		}
		dy := (cell.Height - lineHeight(base)) / 2
		if lunar != "" {
			dy = 1
			p.text(lunar, second, Scaled(9), false, x, top+cell.Height-lineHeight(Scaled(9))-1, cell.Width, fyne.TextAlignCenter)
		}
		p.text(fmt.Sprint(dd), role, base, d == c.today, x, top+dy, cell.Width, fyne.TextAlignCenter)
	}
	text, _ := Truncate(note, size.Width-16-Scaled(80), small, false)
	p.text(text, ColorSecondary, small, false, 8, size.Height-Scaled(24), size.Width-16, fyne.TextAlignLeading)
}
