package register

import "giaoban/app/widget"

// offers are what may be taken while a search is typed.
func (s *Screen) offers(text string) []widget.Option {
	var out []widget.Option
	for _, o := range s.model.Suggest(text) {
		out = append(out, widget.Option{Key: o.Text, Text: o.Label, Detail: o.Note})
	}
	return out
}
