package assess

import "giaoban/data/scoring"

// LossMap explains the way from the total to the index to the last hundredth
// (peers, section 6, idea 6): Total = Index + the losses of Lines + what the
// other steps took - what they gave + Unexplained.
type LossMap struct {
	Title       string
	Total       scoring.Points // all that the criteria can give, such as 100
	Base        scoring.Points // the points of a full index; more than Total where bonus makes up the rest
	Index       scoring.Points // in points of Base
	Lines       []LossLine     // what lost something, in the order of the set
	Steps       []Step         // from the total to the index, for a waterfall
	Explained   scoring.Points
	Unexplained scoring.Points // what no line accounts for; 0 for a complete sheet
	// Missing are domains without published points; with one, each Reading says
	// what it must have got.
	Missing  []PublishedDomain
	Readings []BonusReading
}

// LossLine is a leaf, or a domain of a published result, that lost points.
type LossLine struct {
	Code, Title string
	Domain      string
	Max, Points scoring.Points
	Lost        scoring.Points
	Share       int64 // of all that was lost, in hundredths of a per cent
	Open        bool  // lost because it is not answered yet
	Cause       string
	Objective   bool
	Owner       string
}

// Step is one step of a waterfall.
type Step struct {
	Label  string
	Code   string         // of the domain; "" for others
	Change scoring.Points // below 0 for a loss
	After  scoring.Points // the height after the step
	Total  bool           // a column from the ground: the first and the last
}

// BonusReading is one way to read a published result whose bonus may lie inside
// or outside of the index. None is claimed to be the right one.
type BonusReading struct {
	Inside   bool           // the bonus was added to the index
	Bonus    scoring.Points // all that was published
	Rest     scoring.Points // points left for the missing domain, or over
	Lost     scoring.Points // what the missing domain lost then
	Possible bool           // 0 <= Rest <= maximum of the missing domains
	Sentence string
}
