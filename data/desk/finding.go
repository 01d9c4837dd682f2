package desk

import (
	"giaoban/data"
	"giaoban/data/register"
)

// GroupCount is how many dossiers of a list belong to a group.
type GroupCount = register.GroupCount

// Groups counts the dossiers that a query lists by group; see
// register.Register.Groups. Today is filled in where the query leaves it open.
func (d *Desk) Groups(q Query, by data.Group) []GroupCount {
	<-d.ready
	if q.Today == data.NoDay {
		q.Today = d.Today()
	}
	q.Filter = d.merged(q.Filter)
	return d.register.Groups(q, by)
}

// Suggestion completes a search text.
type Suggestion = register.Suggestion

// Suggest offers what may be meant at the cursor of a search text; see
// register.Register.Suggest.
func (d *Desk) Suggest(text string, cursor int) []Suggestion {
	if !d.IsReady() {
		return nil
	}
	return d.register.Suggest(text, cursor, d.Today())
}

// Counts tells how many dossiers each of several queries lists, all from one
// state of the register.
func (d *Desk) Counts(qs []Query) []int {
	<-d.ready
	for i := range qs {
		if qs[i].Today == data.NoDay {
			qs[i].Today = d.Today()
		}
		qs[i].Filter = d.merged(qs[i].Filter)
	}
	return d.register.Counts(qs)
}

// LettersOf counts the late and overdue dossiers of a period that have a letter of
// apology and those that have none, by group; see register.Register.Letters.
func (d *Desk) LettersOf(p data.Period, asOf data.Day, group data.Group, f Filter) ([]register.LetterRow, register.LetterRow) {
	<-d.ready
	return d.register.Letters(p, asOf, group, d.merged(f))
}
