package assess

import (
	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/scoring"
)

// Metric is what the register gives for a leaf, with the way to its dossiers.
type Metric struct {
	Code            string // leaf
	Figure          Figure
	Numerator       string // what b counts, in Vietnamese
	Denominator     string
	B, A            *register.Query // list the dossiers of b and of a; nil where b is no set of dossiers
	Period          data.Period
	ScopeName       string // whose dossiers
	DefinitionTitle string
}

// Gain is a way to regain lost points (peers, section 6, idea 7).
type Gain struct {
	Code, Title, Owner string
	Domain             string
	Points, Next, Max  scoring.Points // now, at the next step, at most
	Gain               scoring.Points // Next less Points
	// Need is how many more of Noun the next step takes; 0 where the rule does not
	// count anything.
	Need int64
	Noun string // hồ sơ, nhiệm vụ, nội dung, …
	// Change names a figure that has to become greater, or with Less smaller, by Need; ""
	// for what Noun counts.
	Change string
	Less   bool
	// Each is what one of Noun is worth exactly, where the printed points hide it.
	Each string
	// Left is how many may still come until the end of the year, as the register
	// so far lets expect; Known tells whether it can be said.
	Left      int64
	LeftKnown bool
	Reachable bool // not beyond reach as far as the register tells
	WorkDays  int  // working days left until the end of the period
	// Best is the best unit of the group on this leaf.
	Best       string
	BestPoints scoring.Points
	BestKnown  bool
	Sentence   string
}

// Forecast is the index at the end of the year as a range, from the register's
// figures so far (peers, section 6, idea 8).
type Forecast struct {
	AsOf, End data.Day
	Low, High scoring.Points // of the index
	Now       scoring.Points // with the figures of the day
	Ceiling   scoring.Points // were every dossier from now on in time, online, …
	Leaves    []LeafForecast // those that the register answers
	Movers    []LeafForecast // the three that move the index most
	Basis     string         // how it was made, in Vietnamese
	Backtest  *Backtest      // nil where there is no past year to try it on
}

// LeafForecast is the range of one leaf.
type LeafForecast struct {
	Code, Title string
	Max         scoring.Points
	Now         Figure
	NowPoints   scoring.Points
	Low, High   Figure // the figures at the ends of the range
	LowPoints   scoring.Points
	HighPoints  scoring.Points
	Ceiling     Figure
	// Lost are the steps that cannot be reached any more, whatever happens.
	Lost []string
}

// Backtest says how often the forecast held the outcome of past years.
type Backtest struct {
	Cases      []BacktestCase
	Inside, Of int
}

// BacktestCase is one forecast of the past and what came.
type BacktestCase struct {
	Year            int
	AsOf            data.Day
	Code            string // leaf
	Low, High, Came scoring.Points
	Inside          bool
}
