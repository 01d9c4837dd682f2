package assess

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Ranking is the order of the units of one group that are of one class.
type Ranking struct {
	Period  Period
	Set     *scoring.Set
	Group   string
	Class   data.Class // its zero value where all units of the group are of one
	TieRule scoring.TieRule
	Units   []Ranked // by rank, those without a score last
	Grades  []GradeCount
}

// Ranked is one unit of a ranking.
type Ranked struct {
	Unit   uint32
	Sheet  uint64
	Name   string
	State  State
	Result *scoring.Result
	// Scored is false where the sheet says nothing yet: such a unit has no rank,
	// and 0 points are not held against it.
	Scored bool
	// Stage is how far its points have come: self score, or which appraisal.
	Stage Stage
	// Done of Asked criteria have points: a sheet that lacks some is ranked on a part.
	Done, Asked int
	Rank        int // 0 without a score
	Of          int // how many units are ranked
	// Figures are those that the group is compared by, by code.
	Figures map[string]scoring.Number
	Grade   string
	Nodes   map[string]NodeRank // by code, every node of the set
	Before  *Before             // last year; nil where there was none
}

// NodeRank is the place of a unit at one node.
type NodeRank struct {
	Points, Applicable scoring.Points
	Rank               int // 0 where it is not assessed
	Of                 int // how many units are ranked there
}

// RankText writes the rank; "" where there is none and where no other unit is ranked,
// for a first place says that another one came after it.
func (n NodeRank) RankText() string { return rankText(n.Rank, n.Of) }

// RankText is that of NodeRank for the index.
func (r *Ranked) RankText() string { return rankText(r.Rank, r.Of) }

func rankText(rank, of int) string {
	if rank == 0 || of < 2 {
		return ""
	}
	return data.FormatInt(int64(rank))
}

// Before is the result of the year before.
type Before struct {
	Index    scoring.Points
	Rank, Of int
}

// PartWords says that a unit is ranked on a part of its criteria; "" for one that has all.
func (r *Ranked) PartWords() string {
	if !r.Scored || r.Done >= r.Asked {
		return ""
	}
	return fmt.Sprintf("mới chấm %d/%d tiêu chí", r.Done, r.Asked)
}

// Change is the change of the index; below 0 it fell.
func (r *Ranked) Change() (points scoring.Points, ok bool) {
	if r.Before == nil || !r.Scored {
		return 0, false
	}
	return r.Result.Index - r.Before.Index, true
}

// Places is how many places the unit went up; below 0 it went down. A smaller
// rank is better.
func (r *Ranked) Places() (n int, ok bool) {
	if r.Before == nil || r.Rank == 0 || r.Before.Rank == 0 {
		return 0, false
	}
	return r.Before.Rank - r.Rank, true
}

// GradeCount counts the units of a grade.
type GradeCount struct {
	Name  string // "" for none
	Units int
}
