package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Publication is a result as a decision published it, typed with its source:
// the office's own place among its peers, per domain too (scoring 3.5).
type Publication struct {
	ID     uint64         `json:"-"`
	Title  string         `json:"Title"`
	Year   int            `json:"Year"` // the year that was assessed
	Level  string         `json:"Level"`
	Source Document       `json:"Source"`
	Total  scoring.Points `json:"Total,omitempty"` // of the set behind it; 0 for 100
	Of     int            `json:"Of,omitempty"`    // how many units were ranked, where not all are listed
	Places []Place        `json:"Places"`
	// Domains are the domains of the set that the decision used, with their
	// maxima; nil where it did not print them.
	Domains []PublishedDomain `json:"Domains"`
	Note    string            `json:"Note,omitempty"`
}

// Document names a source.
type Document struct {
	Title  string   `json:"Title,omitempty"`
	Number string   `json:"Number,omitempty"` // số, ký hiệu
	Date   data.Day `json:"Date"`
	Issuer string   `json:"Issuer,omitempty"`
	Page   string   `json:"Page,omitempty"`
}

// PublishedDomain is a domain of a published result.
type PublishedDomain struct {
	Code  string         `json:"Code"`
	Title string         `json:"Title"`
	Max   scoring.Points `json:"Max"` // 0 where it was not published: what is left of the total
}

// Place is one unit in a published result.
type Place struct {
	Name    string          `json:"Name"`
	Own     bool            `json:"Own"` // the office itself
	Index   *scoring.Points `json:"Index"`
	Rank    int             `json:"Rank"` // 0 where it was not published
	Grade   string          `json:"Grade"`
	Bonus   *scoring.Points `json:"Bonus"`
	Domains []DomainPlace   `json:"Domains"` // only what was published
}

// DomainPlace is the result of a unit in one domain.
type DomainPlace struct {
	Code   string          `json:"Code"`
	Points *scoring.Points `json:"Points"` // nil where it was not published
	Rank   int             `json:"Rank"`   // 0 where it was not published
	Bonus  *scoring.Points `json:"Bonus"`  // named for this domain
}

// Own returns the place of the office itself, nil where there is none.
func (p *Publication) Own() *Place {
	return data.Find(p.Places, func(x *Place) bool { return x.Own })
}

// Domain returns what was published for a domain, nil where nothing was.
func (p *Place) Domain(code string) *DomainPlace {
	return data.Find(p.Domains, func(x *DomainPlace) bool { return x.Code == code })
}
