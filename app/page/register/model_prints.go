package register

import (
	"slices"
	"strings"

	"giaoban/app/papers"
)

// PrintChoice is one paper that can be printed for dossiers.
type PrintChoice struct {
	Title string
	Slips []papers.Slip
}

// Prints returns what can be printed for dossiers: for one the forms that suit
// its state, for several those that make sense for all.
func (m *Model) Prints(ids []uint64) []PrintChoice {
	if len(ids) == 0 {
		return nil
	}
	one, err := m.s.Desk.Dossier(ids[0])
	if err != nil {
		m.s.Missed(err)
		return nil
	}
	forms := papers.FormsOf(&one)
	if len(ids) > 1 { // those that every dossier has
		forms = slices.DeleteFunc(forms, func(f papers.Form) bool {
			return !slices.Contains([]string{papers.FormReceipt, papers.FormControl, papers.FormHandOver, papers.FormResults, papers.FormProcess}, f.ID)
		})
	}
	var out []PrintChoice
	for _, f := range forms {
		c := PrintChoice{Title: sentence(f.Title)}
		for _, id := range ids {
			c.Slips = append(c.Slips, papers.Slip{Form: f.ID, Dossier: id, Event: -1})
		}
		out = append(out, c)
	}
	return out
}

// sentence writes a title of capitals as a sentence begins.
func sentence(title string) string {
	runes := []rune(title)
	return string(runes[:1]) + strings.ToLower(string(runes[1:]))
}
