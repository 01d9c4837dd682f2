package assess

import (
	"encoding/json"

	"giaoban/data/scoring"
)

// StoredSet is a criteria set of the office. Drafts may hold faults; a set that
// a period uses is finished and locked.
type StoredSet struct {
	ID    uint64 `json:"-"`
	Key   string // id of the set within its own file
	Title string
	Year  int
	Level string
	Draft bool
	From  string // where it came from, in Vietnamese
	Hash  string // of its content: the same set is not imported twice
	JSON  json.RawMessage
}

// Open reads the set. A draft is not checked: see scoring.Set.Problems.
func (s *StoredSet) Open() (*scoring.Set, error) {
	if s.Draft {
		return scoring.DecodeSet(s.JSON)
	}
	return scoring.ParseSet(s.JSON)
}
