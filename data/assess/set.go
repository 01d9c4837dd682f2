package assess

import (
	"encoding/json"

	"giaoban/data/scoring"
)

// StoredSet is a criteria set of the office. Drafts may hold faults; a set that
// a period uses is finished and locked.
type StoredSet struct {
	ID    uint64          `json:"-"`
	Key   string          `json:"Key"` // id of the set within its own file
	Title string          `json:"Title"`
	Year  int             `json:"Year"`
	Level string          `json:"Level"`
	Draft bool            `json:"Draft"`
	From  string          `json:"From"` // where it came from, in Vietnamese
	Hash  string          `json:"Hash"` // of its content: the same set is not imported twice
	JSON  json.RawMessage `json:"JSON"`
	// Doubts are what of an annex was not understood, with its place, until an officer
	// has looked at it.
	Doubts []string `json:"Doubts,omitempty"`
}

// Open reads the set. A draft is not checked: see scoring.Set.Problems. One that was
// finished by an older program opens with what is refused now: see scoring.OpenSet.
func (s *StoredSet) Open() (*scoring.Set, error) {
	if s.Draft {
		return scoring.DecodeSet(s.JSON)
	}
	return scoring.OpenSet(s.JSON)
}
