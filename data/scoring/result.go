package scoring

import (
	"giaoban/data"
)

// State tells how far a node is assessed. Assessed is not the same as scored
// above nought.
type State string

// The states of a node.
const (
	Open   State = "open"   // a leaf without an answer; a group with an open leaf
	Scored State = "scored" // points are given
	NA     State = "na"     // not assessed; a group all of whose leaves are not
)

// NodeResult is what a sheet gives for one node. Nodes are never rescaled: the
// points of a group are the sum of its assessed leaves.
type NodeResult struct {
	Node   *Node
	Depth  int    // 0 for a domain
	Domain string // code of the domain the node stands in
	Max    Points
	// Applicable is the maximum without the leaves that are not assessed.
	Applicable Points
	Points     Points
	State      State
	// Computed is what the rule gives, where Overridden tells that the points
	// were set by hand; HasComputed is false where the inputs are missing.
	Computed    Points
	HasComputed bool
	Overridden  bool
	Reason      string // why it is not assessed or was overridden
	// Why tells in words how the points came about: which rule, which values.
	Why string
	// Waits says of an open leaf that its points come from figures that are not there
	// yet: of another criterion, of the unit, of the year before, or of the group.
	Waits bool
	// Idle says of an alternative that another one counts instead; its points are part
	// of no sum, and nothing is lost by it.
	Idle bool
	// Short is what the alternative that counts cannot give of the maximum of its
	// group, where it is a group itself; of a criterion it is part of Applicable.
	Short Points
	// Leaves below the node, the node itself when it is one.
	Leaves, ScoredLeaves, NALeaves int
}

// AdjustResult is what one bonus or penalty gives.
type AdjustResult struct {
	Adjust *Adjust
	Raw    Points // before its cap
	Points Points // after its cap, before the cap over all
	Why    string // the way to them in words
}

// Remark is something that the appraiser should look at; it is no fault.
type Remark struct {
	Code string
	Text string // a Vietnamese sentence that names the criterion
	// Stored says that an answer that was taken before is refused today, or gives other
	// points than it did.
	Stored bool
}

// Result is what a sheet gives under a set.
type Result struct {
	Set    *Set
	Nodes  []NodeResult // every node, before its children, in the order of the set
	Self   Points       // sum of the self-assessed leaves, not rescaled
	Survey Points       // sum of the survey's leaves, not rescaled
	// SurveyHeld is false where no survey counts and the policy for that applies.
	SurveyHeld      bool
	Bonus, Penalty  Points // after all caps; both positive
	BonusOf, LossOf []AdjustResult
	Before          Points // the index before the bounds of the set, rounded
	Index           Points // in per cent, or in points of the scale of the set
	Total           Points // the points behind the index, out of Meta.Base
	Grade           string // "" where the set has none
	Remarks         []Remark
}

// Node returns the result of a code, nil where there is none.
func (r *Result) Node(code string) *NodeResult {
	return data.Find(r.Nodes, func(n *NodeResult) bool { return n.Node.Code == code })
}

// Complete reports whether no leaf is open; a survey that was not held leaves
// none open.
func (r *Result) Complete() bool {
	done, of := r.Progress()
	return done == of
}

// Progress counts the leaves that have points or are not assessed, and how many must:
// no alternative that is not claimed, and none of a survey that was not held.
func (r *Result) Progress() (done, of int) {
	for i := range r.Nodes {
		switch n := &r.Nodes[i]; {
		case !n.Node.Leaf() || n.State == Open && (n.Idle || n.Node.Survey() && !r.SurveyHeld):
		case n.State == Open:
			of++
		default:
			done, of = done+1, of+1
		}
	}
	return done, of
}
