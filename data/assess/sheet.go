package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// State is how far a sheet has come (scoring, section 7).
type State string

// The states, in their order.
const (
	Drafting    State = "drafting"    // đang tự chấm
	Submitted   State = "submitted"   // đã nộp
	Appraised   State = "appraised"   // đã thẩm định lần 1
	Explaining  State = "explaining"  // đang giải trình
	Reappraised State = "reappraised" // đã thẩm định lần 2
	Approved    State = "approved"    // đã phê duyệt
	Published   State = "published"   // đã công bố
)

// States are all states in their order.
var States = []State{Drafting, Submitted, Appraised, Explaining, Reappraised, Approved, Published}

// String returns the Vietnamese name.
func (s State) String() string {
	switch s {
	case Drafting:
		return "Đang tự chấm"
	case Submitted:
		return "Đã nộp, chờ thẩm định"
	case Appraised:
		return "Đã thẩm định lần 1"
	case Explaining:
		return "Đang giải trình"
	case Reappraised:
		return "Đã thẩm định lần 2"
	case Approved:
		return "Đã phê duyệt"
	case Published:
		return "Đã công bố"
	}
	return string(s)
}

// Sheet is the sheet of one unit in a period. Its lines are kept beside it.
type Sheet struct {
	ID     uint64 `json:"-"`
	Period uint64 `json:"Period"`
	Unit   uint32 `json:"Unit"` // OwnUnit for the office itself
	Group  string `json:"Group"`
	State  State  `json:"State"`
	// Survey tells whether a survey was held; nil finds out from the answers.
	Survey *bool `json:"Survey,omitempty"`
	// Facts are what the set asks of the unit: its kind, its size.
	Facts scoring.Facts `json:"Facts,omitempty"`
	// Reopened lets one unit work on after the deadline.
	Reopened *Reopening `json:"Reopened,omitempty"`
	// Grade replaces the computed grade, where the decision names conditions that
	// points do not hold (scoring 3.4); GradeWhy says why.
	Grade    string `json:"Grade,omitempty"`
	GradeWhy string `json:"GradeWhy,omitempty"`
	Moves    []Move `json:"Moves"` // every change of state, oldest first
	Note     string `json:"Note,omitempty"`
	Hard     string `json:"Hard,omitempty"`   // difficulties and proposals: part 3 of the report
	Signed   uint64 `json:"Signed,omitempty"` // evidence that holds the signed scan
}

// Reopening opens a locked round of one sheet again.
type Reopening struct {
	Round Round    `json:"Round"`
	Until data.Day `json:"Until"` // last day
	Why   string   `json:"Why"`
	By    string   `json:"By,omitempty"`
	At    int64    `json:"At"`
}

// Move is one change of the state of a sheet.
type Move struct {
	From State    `json:"From"`
	To   State    `json:"To"`
	Why  string   `json:"Why,omitempty"`
	By   string   `json:"By,omitempty"`
	Day  data.Day `json:"Day"`
	At   int64    `json:"At"`
}
