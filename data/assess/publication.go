package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// Publication is a result as a decision published it, typed with its source:
// the office's own place among its peers, per domain too (scoring 3.5).
type Publication struct {
	ID     uint64 `json:"-"`
	Title  string
	Year   int // the year that was assessed
	Level  string
	Source Document
	Total  scoring.Points `json:",omitempty"` // of the set behind it; 0 for 100
	Of     int            `json:",omitempty"` // how many units were ranked, where not all are listed
	Places []Place
	// Domains are the domains of the set that the decision used, with their
	// maxima; nil where it did not print them.
	Domains []PublishedDomain
	Note    string `json:",omitempty"`
}

// Document names a source.
type Document struct {
	Title  string `json:",omitempty"`
	Number string `json:",omitempty"` // số, ký hiệu
	Date   data.Day
	Issuer string `json:",omitempty"`
	Page   string `json:",omitempty"`
}

// PublishedDomain is a domain of a published result.
type PublishedDomain struct {
	Code  string
	Title string
	Max   scoring.Points // 0 where it was not published: what is left of the total
}

// Place is one unit in a published result.
type Place struct {
	Name    string
	Own     bool // the office itself
	Index   *scoring.Points
	Rank    int // 0 where it was not published
	Grade   string
	Bonus   *scoring.Points
	Domains []DomainPlace // only what was published
}

// DomainPlace is the result of a unit in one domain.
type DomainPlace struct {
	Code   string
	Points *scoring.Points // nil where it was not published
	Rank   int             // 0 where it was not published
	Bonus  *scoring.Points // named for this domain
}

// Own returns the place of the office itself, nil where there is none.
func (p *Publication) Own() *Place {
	for i := range p.Places {
		if p.Places[i].Own {
			return &p.Places[i]
		}
	}
	return nil
}

// Domain returns what was published for a domain, nil where nothing was.
func (p *Place) Domain(code string) *DomainPlace {
	for i := range p.Domains {
		if p.Domains[i].Code == code {
			return &p.Domains[i]
		}
	}
	return nil
}
