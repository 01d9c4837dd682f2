package register

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// fit lets content scroll where the window has less room than it wants, so that
// the buttons of a dialog stay in view with large text on a small monitor. more
// is what else stands in the dialog, px at 100 %. The field with the focus is
// kept in view.
func fit(win fyne.Window, more float32, content fyne.CanvasObject) fyne.CanvasObject {
	room := container.New(layout.NewCustomPaddedLayout(0, 0, 0, scrollEdge), content)
	scroll := container.NewVScroll(room)
	keepInView(scroll, content)
	return container.New(fitLayout{win, room, more}, scroll)
}

// scrollEdge is the room of the scroll bar beside the content.
const scrollEdge = 12

// fitLayout gives a scroll the height of its content where there is room.
type fitLayout struct {
	win     fyne.Window
	content fyne.CanvasObject
	more    float32
}

// aroundDialog is what title, errors, buttons and edges of a dialog take, px at
// 100 %.
const aroundDialog = 150

// MinSize implements fyne.Layout.
func (l fitLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	s := l.content.MinSize()
	s.Height = min(s.Height, max(120, l.win.Canvas().Size().Height-widget.Scaled(aroundDialog+l.more)))
	return s
}

// Layout implements fyne.Layout.
func (l fitLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(s)
}

// keepInView scrolls to the field that gets the focus.
func keepInView(scroll *container.Scroll, o fyne.CanvasObject) {
	show := func() {
		driver := fyne.CurrentApp().Driver()
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll.Content).Y
		bottom := top + o.Size().Height
		label := widget.Scaled(20)
		switch {
		case top-label < scroll.Offset.Y:
			scroll.ScrollToOffset(fyne.NewPos(0, max(0, top-label)))
		case bottom+label > scroll.Offset.Y+scroll.Size().Height:
			scroll.ScrollToOffset(fyne.NewPos(0, bottom+label-scroll.Size().Height))
		}
	}
	switch f := o.(type) {
	case *widget.Field:
		f.OnFocus = show
	case *widget.SuggestField:
		f.OnFocus = show
	case *widget.DateField:
		f.OnFocus = show
	case *widget.Picker:
		f.OnFocus = show
	case *widget.FieldBox:
		keepInView(scroll, f.Content())
	case *fyne.Container:
		for _, child := range f.Objects {
			keepInView(scroll, child)
		}
	}
}

// fieldRows stacks fields: short ones two a line, others over the whole width.
func fieldRows(boxes []fyne.CanvasObject, wide func(i int) bool) *fyne.Container {
	out := container.New(layout.NewCustomPaddedVBoxLayout(8))
	var short []fyne.CanvasObject
	flush := func() {
		if len(short) > 0 {
			out.Add(widget.Columns(2, short...))
			short = nil
		}
	}
	for i, b := range boxes {
		if wide(i) {
			flush()
			out.Add(b)
			continue
		}
		short = append(short, b)
	}
	flush()
	return out
}

// moment is a date field with a field for the time of day beside it.
type moment struct {
	day    *widget.DateField
	clock  *widget.Field
	object fyne.CanvasObject
	box    *widget.FieldBox
}

func (s *Screen) newMoment(label string, at data.Moment, withClock bool, changed func(data.Moment)) *moment {
	m := &moment{day: widget.NewDateField(s.model.Today)}
	m.day.Info = s.DayInfo
	m.day.SetDay(at.Day)
	tell := func() {
		if now, err := m.read(); err == nil {
			changed(now)
		}
	}
	m.day.OnDay = func(data.Day) { tell() }
	m.object = m.day
	if withClock {
		m.clock = widget.NewField("giờ:phút")
		m.clock.Width = 70
		m.clock.SetValue(at.Clock.String())
		m.clock.OnText = func(string) { tell() }
		m.object = container.NewBorder(nil, nil, nil, m.clock, m.day)
	}
	m.box = widget.NewFieldBox(label, m.object)
	m.day.NotifyError(m.box.SetError)
	return m
}

// read returns the moment as typed; the errors are those of the fields.
func (m *moment) read() (data.Moment, error) {
	day, err := m.day.Day()
	if err != nil {
		return data.Moment{}, err
	}
	at := data.Moment{Day: day}
	if m.clock != nil {
		at.Clock, err = data.ParseClock(m.clock.Value())
	}
	return at, data.InField(err, view.AskAt)
}

// options turns choices of a model into options of a picker.
func options(list []view.Choice) []widget.Option {
	out := make([]widget.Option, len(list))
	for i, c := range list {
		out[i] = widget.Option{Key: c.Key, Text: c.Label}
	}
	return out
}

// texts turns names into options of a field with proposals.
func texts(list []string) []widget.Option {
	out := make([]widget.Option, len(list))
	for i, t := range list {
		out[i] = widget.Option{Key: t, Text: t}
	}
	return out
}

// warningLines draws warnings below the fields of a form.
func warningLines(list []desk.Warning, width float32) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, w := range list {
		text := widget.NewParagraph(w.Text, width)
		text.Role = widget.ColorSoon
		out = append(out, text)
	}
	return out
}

// fieldOf returns the field that an error names, "" for none.
func fieldOf(err error) string {
	if e, ok := err.(*data.Error); ok {
		return e.Field
	}
	return ""
}
