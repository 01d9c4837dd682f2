package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Line is what a sheet holds for one leaf, or for one entry of the bonus or
// penalty list, in each round.
type Line struct {
	ID   uint64 `json:"-"` // of its record
	Code string `json:"Code"`
	// Each round has its own inputs, points and note; nil where it has not spoken.
	Self      *Entry `json:"Self,omitempty"`
	First     *Entry `json:"First,omitempty"`
	Explained *Entry `json:"Explained,omitempty"`
	Second    *Entry `json:"Second,omitempty"`
	// Asked is what the appraiser wants explained; "" for nothing.
	Asked string `json:"Asked,omitempty"`
	// Loss is what the officer says of the lost points.
	Loss *Loss `json:"Loss,omitempty"`
}

// Entry is what one round says of a line.
type Entry struct {
	// Answer holds the inputs of a leaf. Its Points replace the computed points,
	// and its Note says why.
	Answer scoring.Answer `json:"Answer"`
	// Counts hold the cases of a bonus or penalty.
	Counts scoring.Counts `json:"Counts,omitempty"`
	// Points are what the round gives, State whether it is scored or not assessed.
	Points scoring.Points `json:"Points"`
	State  scoring.State  `json:"State"`
	// Computed is what the rule alone gives; only where HasComputed.
	Computed    scoring.Points `json:"Computed,omitempty"`
	HasComputed bool           `json:"HasComputed,omitempty"`
	// Note is the remark of the unit or of the appraiser, for Explained the text
	// of the explanation.
	Note string `json:"Note,omitempty"`
	// Source says where typed figures and survey results come from.
	Source string `json:"Source,omitempty"`
	// Register holds what the register gave when the inputs were taken from it,
	// also where they were changed afterwards.
	Register *Figure `json:"Register,omitempty"`
	// Agreed says that the appraiser agrees that the leaf is not assessed.
	Agreed bool   `json:"Agreed,omitempty"`
	By     string `json:"By,omitempty"`
	At     int64  `json:"At"` // Unix seconds
}

// Figure is what the register gave for a leaf: b of a, as of a day.
type Figure struct {
	Metric string   `json:"Metric"`           // id such as dossier.on_time_rate
	B      int64    `json:"B"`                // numerator, or the value of a count
	A      int64    `json:"A"`                // denominator; 0 with Single
	Single bool     `json:"Single,omitempty"` // a count without a denominator
	AsOf   data.Day `json:"AsOf"`             // the register was asked as of this day
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
	Cause     string `json:"Cause"`
	Objective bool   `json:"Objective"` // khách quan; else chủ quan
	Owner     string `json:"Owner"`     // đơn vị chịu trách nhiệm; "" for the owner that the set names
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
	Code  string `json:"Code"`
	Round Round  `json:"Round"`
	Old   string `json:"Old"` // "" for not scored, points, or «không đánh giá»
	New   string `json:"New"`
	Why   string `json:"Why,omitempty"`
	By    string `json:"By,omitempty"`
	At    int64  `json:"At"` // Unix seconds
}
