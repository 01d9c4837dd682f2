package assess

import "giaoban/data/scoring"

// ProofLine is one line of the list of evidence (scoring 4.1, table 9), in the
// order of the criteria.
type ProofLine struct {
	Number   int // running number, from 1
	Code     string
	Title    string // of the criterion
	Evidence *Evidence
	Link     Link
	File     FileState
	Name     string // of the file in an export; "" without a file
}

// Missing is a leaf without evidence and the explanation drafted for it.
type Missing struct {
	Code, Title string
	Points, Max scoring.Points
	Hints       []string // the documents that the set asks for
	Draft       string   // text of the explanation
}
