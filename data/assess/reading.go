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
	ID         uint64          `json:"-"`
	Index      string          `json:"Index"` // id of a known index, or a name of its own
	Year       int             `json:"Year"`  // 0 for a dated reading
	Day        data.Day        `json:"Day"`
	Unit       string          `json:"Unit"` // whose value it is, such as tỉnh, huyện; "" for the office
	Value      scoring.Number  `json:"Value"`
	Scale      scoring.Number  `json:"Scale"` // the best value
	Rank       int             `json:"Rank"`
	Of         int             `json:"Of"` // 0 where unknown
	Target     *scoring.Number `json:"Target,omitempty"`
	TargetRank int             `json:"TargetRank,omitempty"`
	Components []ReadingPart   `json:"Components,omitempty"`
	Source     Document        `json:"Source"`
	Note       string          `json:"Note,omitempty"`
}

// ReadingPart is a component of a reading.
type ReadingPart struct {
	Name  string         `json:"Name"`
	Value scoring.Number `json:"Value"`
	Max   scoring.Number `json:"Max"`
	Rank  int            `json:"Rank"`
}
