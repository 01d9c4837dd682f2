package exchange

import (
	"slices"
	"strings"

	"giaoban/assets"
	"giaoban/data"
)

// words is what assets/exchange.json brings: how headings, states and figures are
// written, all folded, and the layouts that lists are written in.
var words = func() (w struct {
	Facts []struct{ Key, Name string } // in the order of the facts
	// Headings is the dictionary of peers 4.3, mended where the fixtures say so (a
	// person's column is not a date; HinhThuc and BCCI tell how the result goes
	// back; a second appointment never replaces the first). The first that fits wins.
	Headings []rule
	// Counts are the phrases of headings of count tables (families B, C, D, F, H):
	// three of them without a column of codes make a report, not a register.
	Counts []string
	// States are the names of states in files by national number (peers 4.4: national
	// names, short names, OpenCPS codes).
	States map[data.Status][]string
	// Groups tell the part of a table of counts by the names above a column.
	Groups []struct {
		Group group
		Words []string
	}
	TakingIn []string `json:"taking_in"` // levels that speak of receiving begin so
	Naming   []string // the column that names the rows of a table of counts
	Figures  []figureRule
	// Sums are those of form II.06a (register-and-reports 4.2) and of its relatives,
	// which print refusals or waiting dossiers apart, or within.
	Sums     []sumRule
	Families []family // of peers 4.2 that list dossiers, and Full
}) {
	assets.Read("exchange.json", &w)
	return w
}()

// rule gives a fact to headings. With Exact the whole heading must be the
// phrase, else it must contain it. Among columns of one fact the higher rank
// leads and the others fill its gaps.
type rule struct {
	Fact  string // its key
	Exact bool
	Rank  int
	Words []string
}

// figureRule gives a figure to a column of counts: to one in one of the groups, in any
// where there is none, whose name is Is or has one of Has, and one of With.
type figureRule struct {
	Column    data.Column
	In        []group
	Is        string
	Has, With []string
}

func (r *figureRule) fits(in group, leaf string) bool {
	return (len(r.In) == 0 || slices.Contains(r.In, in)) && (r.Is != "" && leaf == r.Is || holds(leaf, r.Has...)) && (len(r.With) == 0 || holds(leaf, r.With...))
}

// holds reports whether a folded name holds one of the phrases as whole words.
func holds(name string, phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(" "+name+" ", " "+p+" ") })
}

var statusWords = func() map[string]data.Status {
	m := map[string]data.Status{}
	for s, list := range words.States {
		for _, w := range list {
			m[w] = s
		}
	}
	return m
}()
