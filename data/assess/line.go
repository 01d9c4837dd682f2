package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Line is what a sheet holds for one leaf, or for one entry of the bonus or
// penalty list, in each round.
type Line struct {
	ID   uint64 `json:"-"` // of its record
	Code string
	// Each round has its own inputs, points and note; nil where it has not spoken.
	Self      *Entry `json:",omitempty"`
	First     *Entry `json:",omitempty"`
	Explained *Entry `json:",omitempty"`
	Second    *Entry `json:",omitempty"`
	// Asked is what the appraiser wants explained; "" for nothing.
	Asked string `json:",omitempty"`
	// Loss is what the officer says of the lost points.
	Loss *Loss `json:",omitempty"`
}

// Entry is what one round says of a line.
type Entry struct {
	// Answer holds the inputs of a leaf. Its Points replace the computed points,
	// and its Note says why.
	Answer scoring.Answer
	// Counts hold the cases of a bonus or penalty.
	Counts scoring.Counts `json:",omitempty"`
	// Points are what the round gives, State whether it is scored or not assessed.
	Points scoring.Points
	State  scoring.State
	// Computed is what the rule alone gives; only where HasComputed.
	Computed    scoring.Points `json:",omitempty"`
	HasComputed bool           `json:",omitempty"`
	// Note is the remark of the unit or of the appraiser, for Explained the text
	// of the explanation.
	Note string `json:",omitempty"`
	// Source says where typed figures and survey results come from.
	Source string `json:",omitempty"`
	// Register holds what the register gave when the inputs were taken from it,
	// also where they were changed afterwards.
	Register *Figure `json:",omitempty"`
	// Agreed says that the appraiser agrees that the leaf is not assessed.
	Agreed bool   `json:",omitempty"`
	By     string `json:",omitempty"`
	At     int64  // Unix seconds
}

// Figure is what the register gave for a leaf: b of a, as of a day.
type Figure struct {
	Metric string   // id such as dossier.on_time_rate
	B      int64    // numerator, or the value of a count
	A      int64    // denominator; 0 with Single
	Single bool     `json:",omitempty"` // a count without a denominator
	AsOf   data.Day // the register was asked as of this day
}

// Percent writes b of a with two decimals; "-" where a is 0, "" for a count.
func (f Figure) Percent() string {
	if f.Single {
		return ""
	}
	return data.Ratio{Numerator: f.B, Denominator: f.A}.Percent()
}

// Differs reports whether the answer is not what the register gave: the mark
// «sửa số liệu» of screens and tables.
func (e *Entry) Differs() bool {
	if e == nil || e.Register == nil {
		return false
	}
	f, a := e.Register, &e.Answer
	if a.Points != nil || a.NA != "" {
		return true
	}
	if f.Single {
		return a.Value == nil || !a.Value.Equal(scoring.Int(f.B))
	}
	return a.B == nil || a.A == nil || !a.B.Equal(scoring.Int(f.B)) || !a.A.Equal(scoring.Int(f.A))
}

// Loss tells why points were lost and who answers for it.
type Loss struct {
	Cause     string
	Objective bool   // khách quan; else chủ quan
	Owner     string // đơn vị chịu trách nhiệm; "" for the owner that the set names
}

// Of returns what a round says, nil where it has not spoken.
func (l *Line) Of(r Round) *Entry {
	if l == nil {
		return nil
	}
	switch r {
	case Self:
		return l.Self
	case First:
		return l.First
	case Explained:
		return l.Explained
	case Second:
		return l.Second
	}
	return nil
}

// Set puts what a round says.
func (l *Line) Set(r Round, e *Entry) {
	switch r {
	case Self:
		l.Self = e
	case First:
		l.First = e
	case Explained:
		l.Explained = e
	case Second:
		l.Second = e
	}
}

// UpTo returns the entry that counts when the rounds up to r have been held:
// the last of self score and appraisals that has spoken, never the best of them.
// An explanation asks for points, it gives none.
func (l *Line) UpTo(r Round) *Entry {
	if l == nil {
		return nil
	}
	switch {
	case r >= Second && l.Second != nil:
		return l.Second
	case r >= First && l.First != nil:
		return l.First
	}
	return l.Self
}

// Effective returns the entry that counts: that of the last round that has
// spoken.
func (l *Line) Effective() *Entry { return l.UpTo(Second) }

// Change is one change of the points of a line. It is never deleted.
type Change struct {
	ID    uint64 `json:"-"`
	Code  string
	Round Round
	Old   string // "" for not scored, points, or «không đánh giá»
	New   string
	Why   string `json:",omitempty"`
	By    string `json:",omitempty"`
	At    int64  // Unix seconds
}
