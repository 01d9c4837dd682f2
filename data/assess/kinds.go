package assess

import "strconv"

// The kinds of record under which the data file keeps self-assessment.
const (
	RecordSet         = "set"
	RecordPeriod      = "score-period"
	RecordSheet       = "score-sheet"
	RecordEvidence    = "evidence"
	RecordPublication = "publication"
	RecordReading     = "index-reading"
)

// LineKind returns the kind of record of the lines of one sheet. Each sheet has
// its own, so that a sheet is read without the others, and a change of one line
// leaves one small value in the journal.
func LineKind(sheet uint64) string { return "score-line-" + strconv.FormatUint(sheet, 10) }

// ChangeKind returns the kind of record of the changes of points of one sheet.
func ChangeKind(sheet uint64) string { return "score-change-" + strconv.FormatUint(sheet, 10) }
