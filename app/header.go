package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// header is the line at the top of the window: the period that holds for every page
// and the search in the register.
type header struct {
	o       *office
	period  *widget.Picker
	compare *widget.Paragraph
	search  *widget.Field
}

const (
	periodOther = "other" // asks for a range of days
	periodFree  = "free"  // a range of days is chosen
)

func newHeader(o *office) *header {
	h := &header{o: o}
	h.period = widget.NewPicker(nil, func(c widget.Option) { h.choose(c.Key) })
	h.period.Prefix, h.period.Width = "Kỳ", 230
	h.compare = widget.NewNote("", 190)
	h.search = widget.NewField("Tìm hồ sơ…  Ctrl+K")
	h.search.Width, h.search.Limit = 220, widget.SearchLimit
	h.search.OnText = func(text string) {
		at := o.shell.Now()
		o.shell.Go(env.Route{Page: env.Register, State: env.Search(text)})
		if at != env.Register {
			o.w.win.Canvas().Focus(h.search)
		}
	}
	h.search.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
			o.shell.Go(env.Route{Page: env.Register})
			return true
		}
		return false
	}
	h.fill()
	o.frame.SetHeader(h.period, container.NewVBox(layout.NewSpacer(), h.compare, layout.NewSpacer()), h.search)
	return h
}

// focus puts the cursor into the search.
func (h *header) focus() {
	h.o.w.win.Canvas().Focus(h.search)
	h.search.SelectAll()
}

// focused reports whether the cursor is in the search.
func (h *header) focused() bool { return h.o.w.win.Canvas().Focused() == fyne.Focusable(h.search) }

// show empties the search on pages other than the register, which shows its own
// text there.
func (h *header) show() {
	if h.focused() {
		return
	}
	text := ""
	if p, ok := h.o.shell.Current().(env.Searching); ok {
		text = p.SearchText()
	}
	h.search.SetValue(text)
}

// fill offers the periods that there are.
func (h *header) fill() {
	session := h.o.env.Session
	p := session.Period()
	var options []widget.Option
	chosen, known := periodKey(p), false
	for _, nd09 := range []bool{false, true} {
		for _, c := range session.PeriodOptions(nd09) {
			options = append(options, widget.Option{Key: c.Key, Text: c.Label})
			known = known || c.Key == chosen
		}
	}
	if !known {
		options = append([]widget.Option{{Key: chosen, Text: view.PeriodLabel(p)}}, options...)
	}
	h.period.SetOptions(append(options, widget.Option{Key: periodOther, Text: "Khoảng ngày khác…"}))
	h.period.SetKey(chosen)
	h.compare.SetText("so với " + view.PeriodLabel(p.Before()))
}

// periodKey names a period in the list of periods; free ranges have no key of
// their own.
func periodKey(p data.Period) string {
	if p.Key == "" {
		return periodFree
	}
	return p.Key
}

func (h *header) choose(key string) {
	if key == periodOther {
		h.ask()
		return
	}
	if p, err := data.ParsePeriod(key); err == nil {
		h.o.env.Session.SetPeriod(p)
	}
}

// span is a range of days that is typed.
type span struct{ From, To data.Day }

// ask asks for a range of days.
func (h *header) ask() {
	session := h.o.env.Session
	today := h.o.desk.Today
	form.Ask(h.o.env, form.Question[span]{Title: "Khoảng ngày", Verb: "Chọn", Value: span{session.Period().From, session.Period().To}, Fields: []form.Field[span]{
		form.Day("from", "Từ ngày", today, func(s *span) *data.Day { return &s.From }),
		form.Day("to", "Đến ngày", today, func(s *span) *data.Day { return &s.To }),
	}, Check: func(s span) error {
		p, err := data.FreePeriod(s.From, s.To)
		if err == nil {
			session.SetPeriod(p)
		}
		return err
	}})
	h.period.SetKey(periodKey(session.Period()))
}
