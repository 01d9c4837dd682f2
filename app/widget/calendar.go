package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// Calendar shows a month from Monday to Sunday, with lunar days and holidays
// where a DayInfo tells them.
type Calendar struct {
	fw.BaseWidget
	// OnPick is called with the day chosen by Enter or click.
	OnPick func(d data.Day)

	today, chosen, at data.Day // at has the cursor, its month is shown
	info              DayInfo
	hover             data.Day
	focused           bool
}

// NewCalendar shows the month of the chosen day.
func NewCalendar(today, chosen data.Day, info DayInfo) *Calendar {
	c := &Calendar{today: today, chosen: chosen, at: chosen, info: info}
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

func (c *Calendar) dayAt(p fyne.Position) data.Day {
	s := calCell()
	x, y := p.X-8, p.Y-calTop()-4
	if x < 0 || y < 0 || x >= 7*s.Width || y >= 6*s.Height {
		return data.NoDay
	}
	return c.first() + data.Day(int(y/s.Height)*7+int(x/s.Width))
}

func (c *Calendar) goTo(d data.Day) {
	c.at = d
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c,
		back:  NewIconButton(IconBack, "Tháng trước", func() { c.goTo(addMonths(c.at, -1)); c.refocus() }),
		next:  NewIconButton(IconForward, "Tháng sau", func() { c.goTo(addMonths(c.at, 1)); c.refocus() }),
		today: NewQuietButton("Hôm nay", "", func() { c.pick(c.today) }),
		marks: container0(),
	}
	r.build()
	return r
}

func (c *Calendar) refocus() {
	if cv := canvasOf(c); cv != nil {
		cv.Focus(c)
	}
}

func (c *Calendar) pick(d data.Day) {
	if d.Known() && c.OnPick != nil {
		c.OnPick(d)
	}
}

// Tapped implements fyne.Tappable.
func (c *Calendar) Tapped(ev *fyne.PointEvent) { c.pick(c.dayAt(ev.Position)) }

// MouseIn implements desktop.Hoverable.
func (c *Calendar) MouseIn(ev *desktop.MouseEvent) { c.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (c *Calendar) MouseMoved(ev *desktop.MouseEvent) {
	if d := c.dayAt(ev.Position); d != c.hover {
		c.hover = d
		c.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (c *Calendar) MouseOut() { c.hover = data.NoDay; c.Refresh() }

// FocusGained implements fyne.Focusable.
func (c *Calendar) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *Calendar) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Calendar) TypedRune(rune) {}

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

type calendarRenderer struct {
	c                 *Calendar
	back, next, today *Button
	marks             *fyne.Container
}

func (r *calendarRenderer) Destroy() {}
func (r *calendarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.marks, r.back, r.next, r.today}
}
func (r *calendarRenderer) MinSize() fyne.Size { return r.c.MinSize() }
func (r *calendarRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.c)
}

func (r *calendarRenderer) Layout(s fyne.Size) {
	r.back.Resize(r.back.MinSize())
	r.back.Move(fyne.NewPos(8, 4))
	r.next.Resize(r.next.MinSize())
	r.next.Move(fyne.NewPos(s.Width-8-r.next.MinSize().Width, 4))
	m := r.today.MinSize()
	r.today.Resize(m)
	r.today.Move(fyne.NewPos(s.Width-8-m.Width, s.Height-m.Height-4))
	r.marks.Resize(s)
}

// build draws the month anew; 42 days are little work.
func (r *calendarRenderer) build() {
	c := r.c
	r.marks.Objects = r.marks.Objects[:0]
	size := c.MinSize()
	label := func(s string, role fyne.ThemeColorName, textSize float32, bold bool, x, y, w float32, align fyne.TextAlign) {
		t := canvas.NewText(s, Color(role))
		t.TextSize, t.TextStyle.Bold, t.Alignment = textSize, bold, align
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(w, lineHeight(textSize)))
		r.marks.Objects = append(r.marks.Objects, t)
	}
	base, small := TextSize(theme.SizeNameText), TextSize(SizeSmall)
	y, m, _ := c.at.Civil()
	label(fmt.Sprintf("Tháng %d năm %d", int(m), y), ColorInk, base, true, 0, 4+(ControlHeight()-lineHeight(base))/2, size.Width, fyne.TextAlignCenter)
	cell := calCell()
	for i, n := range weekdayNames {
		role := ColorSecondary
		if i > 4 {
			role = ColorLate
		}
		label(n, role, small, true, 8+float32(i)*cell.Width, Scaled(32)+(Scaled(20)-lineHeight(small))/2+2, cell.Width, fyne.TextAlignCenter)
	}
	shown := c.at
	if c.hover.Known() {
		shown = c.hover
	}
	note := ""
	first := c.first()
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
		ground := canvas.NewRectangle(nil)
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
		case d == c.hover:
			ground.FillColor = Color(ColorHoverRow)
		case off && text != "" && dm == m:
			ground.FillColor = Color(ColorFigure)
		}
		if d == c.at && d != c.chosen {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 2
		} else if d == c.today {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorSecondary), 1
		}
		ground.Move(fyne.NewPos(x+1, top+1))
		ground.Resize(cell.SubtractWidthHeight(2, 2))
		r.marks.Objects = append(r.marks.Objects, ground)
		dy := (cell.Height - lineHeight(base)) / 2
		if lunar != "" {
			dy = 1
			label(lunar, second, Scaled(9), false, x, top+cell.Height-lineHeight(Scaled(9))-1, cell.Width, fyne.TextAlignCenter)
		}
		label(fmt.Sprint(dd), role, base, d == c.today, x, top+dy, cell.Width, fyne.TextAlignCenter)
	}
	text, _ := Truncate(note, size.Width-16-Scaled(80), small, false)
	label(text, ColorSecondary, small, false, 8, size.Height-Scaled(24), size.Width-16, fyne.TextAlignLeading)
	r.marks.Refresh()
}
