package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// DaySign is how a month draws a day: by colour and sign, with its word below.
type DaySign uint8

// The signs.
const (
	DayWorked DaySign = iota
	DayRest           // weekly rest, on a grey ground
	DayFree           // ▨ the office is closed
	DayMakeUp         // ■ a day of rest that is worked
)

// MonthDay is one day of a Month.
type MonthDay struct {
	Day   data.Day
	Sign  DaySign
	Note  string // name of the holiday
	Lunar string
	Other bool // of the month before or after
	Today bool
	Fresh bool // changed and not yet stored
}

// Month is a large picture of a month, six weeks from Monday to Sunday, in which
// the arrows move a cursor.
type Month struct {
	fw.BaseWidget
	focusing
	// OnMove is called with the day to which the cursor is to go, OnMonth with the
	// number of months to go on.
	OnMove  func(d data.Day)
	OnMonth func(n int)
	// OnOpen is called by Enter and double click, OnMenu by right click and the
	// Menu key, OnDelete by the Delete key.
	OnOpen   func(d data.Day)
	OnMenu   func(d data.Day, at fyne.Position)
	OnDelete func(d data.Day)

	days []MonthDay
	at   data.Day
}

// NewMonth returns an empty month.
func NewMonth() *Month {
	m := &Month{}
	m.on = m
	m.ExtendBaseWidget(m)
	return m
}

// SetDays shows 42 days with the cursor on one of them.
func (m *Month) SetDays(days []MonthDay, at data.Day) {
	m.days, m.at = days, at
	m.Refresh()
}

const monthHead = 22

func (m *Month) cell() fyne.Size {
	return fyne.NewSize(m.Size().Width/7, (m.Size().Height-Scaled(monthHead))/6)
}

func (m *Month) dayAt(p fyne.Position) data.Day {
	c := m.cell()
	y := p.Y - Scaled(monthHead)
	if c.Width <= 0 || c.Height <= 0 || y < 0 || p.X < 0 {
		return data.NoDay
	}
	if i := int(y/c.Height)*7 + int(p.X/c.Width); i < len(m.days) && int(p.X/c.Width) < 7 {
		return m.days[i].Day
	}
	return data.NoDay
}

// MinSize implements fyne.CanvasObject.
func (m *Month) MinSize() fyne.Size { return fyne.NewSize(Scaled(300), Scaled(monthHead+6*46)) }

// Tapped implements fyne.Tappable.
func (m *Month) Tapped(ev *fyne.PointEvent) {
	takeFocus(m)
	if d := m.dayAt(ev.Position); d.Known() && m.OnMove != nil {
		m.OnMove(d)
	}
}

// DoubleTapped implements fyne.DoubleTappable.
func (m *Month) DoubleTapped(ev *fyne.PointEvent) {
	if d := m.dayAt(ev.Position); d.Known() && m.OnOpen != nil {
		m.OnMove(d)
		m.OnOpen(d)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (m *Month) TappedSecondary(ev *fyne.PointEvent) {
	if d := m.dayAt(ev.Position); d.Known() && m.OnMenu != nil {
		m.OnMove(d)
		m.OnMenu(d, ev.AbsolutePosition)
	}
}

// TypedKey implements fyne.Focusable.
func (m *Month) TypedKey(ev *fyne.KeyEvent) {
	step := data.Day(0)
	switch ev.Name {
	case fyne.KeyLeft:
		step = -1
	case fyne.KeyRight:
		step = 1
	case fyne.KeyUp:
		step = -7
	case fyne.KeyDown:
		step = 7
	case fyne.KeyPageUp:
		m.OnMonth(-1)
		return
	case fyne.KeyPageDown:
		m.OnMonth(1)
		return
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.OnOpen(m.at)
		return
	case fyne.KeyDelete:
		m.OnDelete(m.at)
		return
	case desktop.KeyMenu:
		m.OnMenu(m.at, m.place(m.at))
		return
	default:
		passKey(m, ev)
		return
	}
	m.OnMove(m.at + step)
}

// place returns the middle of a day on the window.
func (m *Month) place(d data.Day) fyne.Position {
	p := absolute(m)
	for i, x := range m.days {
		if x.Day == d {
			c := m.cell()
			return p.AddXY(c.Width*(float32(i%7)+0.5), Scaled(monthHead)+c.Height*(float32(i/7)+0.5))
		}
	}
	return p
}

// CreateRenderer implements fyne.Widget.
func (m *Month) CreateRenderer() fyne.WidgetRenderer { return sketched(m, m.MinSize, m.draw) }

func (m *Month) draw(p *sketch, _ fyne.Size) {
	c := m.cell()
	small := Scaled(11)
	for i, n := range weekdayNames {
		p.text(n, ColorSecondary, small, true, float32(i)*c.Width, (Scaled(monthHead)-lineHeight(small))/2, c.Width, fyne.TextAlignCenter)
	}
	for i, d := range m.days {
		m.drawDay(d, float32(i%7)*c.Width, Scaled(monthHead)+float32(i/7)*c.Height, c, p)
	}
}

func (m *Month) drawDay(d MonthDay, x, y float32, c fyne.Size, p *sketch) {
	ground := p.rect(ColorPaper, x+1, y+1, c.Width-2, c.Height-2)
	ground.StrokeColor, ground.StrokeWidth = Color(ColorLine), 1
	role := ColorInk
	switch d.Sign {
	case DayRest:
		ground.FillColor, role = Color(ColorSurface), ColorSecondary
	case DayFree:
		ground.FillColor, role = Color(ColorFigure), ColorLate
	case DayMakeUp:
		ground.FillColor, role = Color(ColorSelected), ColorPrimary
	}
	if d.Other {
		role = ColorStopped
	}
	switch {
	case d.Day == m.at && m.focused:
		ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 3
	case d.Day == m.at:
		ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 2
	}
	side := Scaled(10)
	base, small := Scaled(13), Scaled(11)
	switch d.Sign {
	case DayFree:
		m.hatch(p, x+6, y+6, side)
	case DayMakeUp:
		p.rect(ColorPrimary, x+6, y+6, side, side)
	}
	_, month, day := d.Day.Civil()
	label := fmt.Sprint(day)
	if d.Other {
		label = fmt.Sprintf("%d/%d", day, int(month))
	}
	if d.Fresh {
		label += " •"
	}
	top := y + 3
	left := float32(6)
	if d.Sign == DayFree || d.Sign == DayMakeUp {
		left += side + 4
	}
	bold := d.Today || !d.Other && d.Sign != DayRest
	p.text(label, role, base, bold, x+left, top, c.Width-left-4, fyne.TextAlignLeading)
	if left+textWidth(label, base, bold)+textWidth(d.Lunar, Scaled(10), false)+12 <= c.Width {
		p.text(d.Lunar, ColorSecondary, Scaled(10), false, x, top+1, c.Width-6, fyne.TextAlignTrailing)
	}
	if d.Today && d.Note == "" {
		d.Note = "hôm nay"
	}
	lines := int((c.Height - lineHeight(base) - 6) / lineHeight(small))
	for i, l := range wrapText(d.Note, c.Width-12, small, false, max(lines, 0)) {
		p.text(l, role, small, false, x+6, top+lineHeight(base)+float32(i)*lineHeight(small), c.Width-10, fyne.TextAlignLeading)
	}
}

// hatch draws the sign of a day off.
func (m *Month) hatch(p *sketch, x, y, side float32) {
	frame := p.rect("", x, y, side, side)
	frame.StrokeColor, frame.StrokeWidth = Color(ColorLate), 1
	for i := 1; i <= 3; i++ {
		at := side * float32(i) / 2
		p.line(canvas.NewLine(Color(ColorLate)), 1, x+max(0, at-side), y+min(at, side), x+min(at, side), y+max(0, at-side))
	}
}
