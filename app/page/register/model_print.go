package register

import (
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
	if len(ids) > 1 {
		forms = commonForms(forms)
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

// commonForms are the forms that every dossier has.
func commonForms(list []papers.Form) []papers.Form {
	var out []papers.Form
	for _, f := range list {
		switch f.ID {
		case papers.FormReceipt, papers.FormControl, papers.FormHandOver, papers.FormResults, papers.FormProcess:
			out = append(out, f)
		}
	}
	return out
}

// sentence writes a title of capitals as a sentence begins.
func sentence(title string) string {
	runes := []rune(title)
	lower := []rune(strings.ToLower(title))
	if len(runes) == 0 || len(lower) != len(runes) {
		return title
	}
	return string(runes[0]) + string(lower[1:])
}

// ProcessPaper is the paper that tells the whole course of a dossier.
func ProcessPaper(id uint64) []papers.Slip {
	return []papers.Slip{{Form: papers.FormProcess, Dossier: id, Event: -1}}
}
