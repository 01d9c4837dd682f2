package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Index describes one of the other indices (scoring, section 6).
type Index struct {
	ID         string // such as SIPAS
	Name       string
	Publisher  string
	Scale      scoring.Number // the best value
	Unit       string         // "%", "điểm" or ""
	ByDay      bool           // dated readings, not one a year
	Components []IndexComponent
}

// IndexComponent is a part of an index.
type IndexComponent struct {
	Name string
	Max  scoring.Number
}

// Reading is one value of an index, for a year or on a day.
type Reading struct {
	ID         uint64 `json:"-"`
	Index      string // id of a known index, or a name of its own
	Year       int    // 0 for a dated reading
	Day        data.Day
	Unit       string // whose value it is, such as tỉnh, huyện; "" for the office
	Value      scoring.Number
	Scale      scoring.Number  // the best value
	Rank, Of   int             // 0 where unknown
	Target     *scoring.Number `json:",omitempty"`
	TargetRank int             `json:",omitempty"`
	Components []ReadingPart   `json:",omitempty"`
	Source     Document
	Note       string `json:",omitempty"`
}

// ReadingPart is a component of a reading.
type ReadingPart struct {
	Name  string
	Value scoring.Number
	Max   scoring.Number
	Rank  int
}
