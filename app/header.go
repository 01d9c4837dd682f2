package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/form"
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
	choices, chosen := session.PeriodChoices(p)
	h.period.SetOptions(choices)
	h.period.SetKey(chosen)
	h.compare.SetText("so với " + env.PeriodLabel(p.Before()))
}

func (h *header) choose(key string) {
	session := h.o.env.Session
	if key == env.PeriodOther {
		_, chosen := session.PeriodChoices(session.Period())
		h.period.SetKey(chosen)
		form.AskPeriod(h.o.env, session.Period(), session.SetPeriod)
		return
	}
	if p, err := data.ParsePeriod(key); err == nil {
		session.SetPeriod(p)
	}
}
