package scoring

import (
	"context"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
)

// ask opens a form. What is wrong is shown at its field; what was typed stays.
func (s *Page) ask(q screen.Question) *widget.Dialog {
	return screen.Context{Window: s.e.Window}.Ask(s.m.Do, s.e.Undo, q)
}

// reason asks why before something is done.
func (s *Page) reason(title, note, verb, done string, must bool, act func(ctx context.Context, why string) error) {
	f := screen.NewForm()
	why := area("", 3)
	box := f.Add("why", "Lý do", why)
	if must {
		box.Required()
	}
	s.ask(screen.Question{Title: title, Note: note, Verb: verb, Form: f, Done: func() string { return done },
		Read: func() (func(context.Context) error, error) {
			text := why.Value()
			if must && text == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "why", Message: "Ghi lý do."}
			}
			return func(ctx context.Context) error { return act(ctx, text) }, nil
		}})
}
