package widget

import (
	"time"

	"fyne.io/fyne/v2"

	"giaoban/data"
)

// DayInfo tells about a day of the calendar: its lunar date in short form, the
// name of the holiday or another note, and whether the office is closed.
type DayInfo func(d data.Day) (lunar, note string, off bool)

// DateField is a field for a date. It takes the short forms of data.ParseDay, where
// a year left out is that of the date last in the field, and shows dd/mm/yyyy. The arrows up and down go by days, PageUp and PageDown by months,
// F4 opens the calendar.
type DateField struct {
	Field
	// OnDay is called when the officer has given another date; the unknown date
	// for an emptied field.
	OnDay func(d data.Day)
	// OnError is called with nil or with what is wrong when the field is left.
	OnError func(err error)
	// Info feeds the calendar; nil shows plain days.
	Info DayInfo
	// Check may refuse a date that is in the calendar, with a sentence.
	Check func(d data.Day) error

	today func() data.Day
	day   data.Day
	popup *overlay
}

// NewDateField returns an empty date field. today is the clock of the program.
func NewDateField(today func() data.Day) *DateField {
	f := &DateField{today: today}
	f.Width = 112
	f.ActionItem = newMouseIcon(IconCalendar, ColorInk, "Mở lịch (F4)", f.OpenCalendar)
	f.Field.init(f, "ngày/tháng/năm")
	f.OnKey = f.dateKey
	f.OnShortcut = func(s fyne.Shortcut) bool {
		open := pressed(s, fyne.KeyDown, fyne.KeyModifierAlt)
		if open {
			f.OpenCalendar()
		}
		return open
	}
	return f
}

// Day returns the date in the field, data.NoDay when it is empty, and an error
// for the officer when the text is not a date.
func (f *DateField) Day() (data.Day, error) {
	d, err := data.ParseDay(f.Value(), f.today(), f.day)
	if err == nil && f.Check != nil && d.Known() {
		err = f.Check(d)
	}
	return d, err
}

// SetDay shows a date; the unknown date empties the field.
func (f *DateField) SetDay(d data.Day) {
	f.day = d
	f.SetValue(d.String())
	f.tell(nil)
}

// NotifyError sets OnError; a FieldBox shows the error below the field.
func (f *DateField) NotifyError(show func(error)) { f.OnError = show }

// FocusLost checks the date and writes it out in full.
func (f *DateField) FocusLost() {
	f.Field.FocusLost()
	f.commit()
}

// commit reads what was typed.
func (f *DateField) commit() {
	d, err := f.Day()
	f.tell(err)
	if err != nil {
		return
	}
	f.SetValue(d.String())
	f.give(d)
}

func (f *DateField) give(d data.Day) {
	if d == f.day {
		return
	}
	f.day = d
	if f.OnDay != nil {
		f.OnDay(d)
	}
}

func (f *DateField) tell(err error) {
	if f.OnError != nil {
		f.OnError(err)
	}
}

func (f *DateField) dateKey(ev *fyne.KeyEvent) bool {
	step := data.Day(0)
	switch ev.Name {
	case fyne.KeyF4:
		f.OpenCalendar()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		f.commit()
		return false
	case fyne.KeyUp:
		step = 1
	case fyne.KeyDown:
		step = -1
	case fyne.KeyPageUp, fyne.KeyPageDown:
		d, err := f.Day()
		if err != nil {
			return true
		}
		if !d.Known() {
			d = f.today()
		}
		months := 1
		if ev.Name == fyne.KeyPageDown {
			months = -1
		}
		f.step(addMonths(d, months))
		return true
	default:
		return false
	}
	d, err := f.Day()
	if err != nil {
		return true
	}
	if !d.Known() {
		d = f.today() - step
	}
	f.step(d + step)
	return true
}

func (f *DateField) step(d data.Day) {
	f.SetValue(d.String())
	f.SelectAll()
	f.tell(nil)
	f.give(d)
}

// addMonths goes to the same day of another month, or to its last day.
func addMonths(d data.Day, n int) data.Day {
	y, m, dd := d.Civil()
	first := data.Date(y, m+time.Month(n), 1)
	last := data.Date(y, m+time.Month(n)+1, 1) - 1
	return min(first+data.Day(dd-1), last)
}

// OpenCalendar shows the calendar below the field.
func (f *DateField) OpenCalendar() {
	c := canvasOf(f)
	if c == nil || f.popup != nil || f.Disabled() {
		return
	}
	c.Focus(f)
	d, err := f.Day()
	if err != nil || !d.Known() {
		d = f.today()
	}
	cal := NewCalendar(f.today(), d, f.Info)
	o := newOverlay(c, cal)
	close := func() {
		f.popup = nil
		o.close()
	}
	cal.OnPick = func(d data.Day) {
		close()
		f.SetValue(d.String())
		f.commit()
	}
	o.dismiss = close
	o.place = under(f, 0)
	o.key = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape {
			close()
		}
		return true
	}
	f.popup = o
	o.show(cal)
}
