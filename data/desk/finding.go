package desk

import (
	"giaoban/data/register"
)

// GroupCount is how many dossiers of a list belong to a group.
type GroupCount = register.GroupCount

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
