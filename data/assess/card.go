package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Card is a sheet with its set, its lines and its evidence: all that the tables
// and the scoring screen show of one unit.
type Card struct {
	Sheet    Sheet
	Name     string     // of the unit
	Class    data.Class // in which the unit is ranked
	Period   Period
	Set      *scoring.Set     // as it applies to the unit
	Lines    map[string]*Line // by code; no entry where nothing was said
	Evidence []*Evidence      // those that name the sheet, in the order of their documents
	// The sheet as evaluated when the rounds up to each of them were held. Self
	// is what the unit claims, First stands after the first appraisal, Final is
	// what counts now.
	Self, First, Final *scoring.Result

	whole *scoring.Set // the set for units of every kind
	rows  []Row
	now   *scoring.Sheet                        // the answers that count now, for what is tried beside them
	last  map[string]scoring.Answer             // what the unit answered the year before
	peers map[Round]map[string][]scoring.Number // figures of the other units of the group
}

// Row is one row of the sheet: a node with what each round gave.
type Row struct {
	Node   *scoring.Node
	Depth  int    // 0 for a domain
	Domain string // code of its domain
	Leaf   bool
	Survey bool // a leaf of the survey, or a group all of whose leaves are
	Max    scoring.Points
	// Applicable is the maximum without the leaves that are not assessed.
	Applicable scoring.Points
	// What each round gave. Of a group: the sum. Known tells of a leaf whether the
	// round has spoken, of a group whether it has of any leaf below.
	Self, First, Explained, Second Mark
	Final                          Mark
	Lost                           scoring.Points // Applicable less Final; of open leaves too
	Line                           *Line          // of a leaf; nil where nothing was said
	Proof                          []*Evidence    // documents of the leaf
	// Done of Leaves counts the leaves that are assessed now, N/A included.
	Done, Leaves int
	// What the officer should look at.
	NoProof    bool   // scored above nought, and no document (of a group: any leaf below)
	Overridden bool   // points or figures were set by hand
	Asked      bool   // the appraiser asks for an explanation
	Unanswered bool   // asked, and not explained yet
	Idle       bool   // an alternative that another one counts instead
	Waits      bool   // answered, and its points wait for what lies elsewhere
	Why        string // the way to the final points in words
}

// Mark is what one round gave.
type Mark struct {
	Known  bool
	NA     bool
	Points scoring.Points
}

// String writes the points with two decimals, «KĐG» for not assessed and "" for
// unknown.
func (m Mark) String() string {
	switch {
	case m.NA:
		return "KĐG"
	case !m.Known:
		return ""
	}
	return m.Points.String()
}

// Percent returns the final points of the applicable maximum; "-" where nothing
// of it is assessed.
func (r *Row) Percent() string {
	return data.Ratio{Numerator: int64(r.Final.Points), Denominator: int64(r.Applicable)}.Percent()
}
