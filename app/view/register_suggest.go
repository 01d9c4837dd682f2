package view

import "strings"

// Offer is what may be taken while a search is typed: the whole text that it
// leads to, what to show and what it means.
type Offer struct{ Text, Label, Note string }

// leastTyped is how many letters a field word needs before it is offered: one
// letter begins too many.
const leastTyped = 2

// Suggest offers field words and their values for the end of a search text.
func (m *Register) Suggest(text string) []Offer {
	runes := []rune(text)
	var out []Offer
	for _, x := range m.s.Desk.Suggest(text, len(runes)) {
		from, to := min(x.From, len(runes)), min(x.To, len(runes))
		if to-from < leastTyped && strings.HasSuffix(x.Insert, ": ") {
			continue
		}
		full := string(runes[:from]) + x.Insert + string(runes[to:])
		if full == text {
			continue
		}
		out = append(out, Offer{full, x.Label, x.Note})
	}
	return out
}
