package exchange

import (
	"fmt"

	"giaoban/data"
)

// Verdict is what a row is within its file.
type Verdict uint8

// The verdicts.
const (
	Accepted  Verdict = iota // the desk compares it with the base: new, changed or same
	Duplicate                // an identical second line of the file
	Rejected                 // not to be imported; Class and Reason say why
)

// Class is the kind of reason for which a row is rejected.
type Class string

// The classes.
const (
	BadDate            Class = "bad_date"             // no such day
	BadYear            Class = "bad_year"             // year 0001, 1900 and their like
	FutureDate         Class = "future_date"          // a date of the past lies ahead
	MissingCode        Class = "missing_code"         // no dossier code
	MissingDate        Class = "missing_date"         // no day of receipt
	DueBeforeReceipt   Class = "due_before_receipt"   // appointment before receipt
	EndedBeforeReceipt Class = "ended_before_receipt" // end or hand-over before receipt
	DuplicateDiffers   Class = "duplicate_differs"    // the same code with other content
	UnknownStatus      Class = "unknown_status"       // a state name that nobody has explained yet
	LostValue          Class = "lost_value"           // a formula without a result, an error value, digits that are gone
	TextTooLong        Class = "text_too_long"        // beyond data.MaxText
	AnnexOnly          Class = "annex_only"           // a row of an annex whose dossier the base lacks
)

// Record is one row of a register. It is valid during the call that receives
// it; its strings and its Dossier.Events may be kept.
type Record struct {
	Row     int
	Sheet   int // table that it stands in, from 1
	Verdict Verdict

	// Why the row is rejected, or of which line it is the double.
	Class  Class
	Column string // heading of the column at fault
	Value  string // as in the file
	Reason string // a Vietnamese sentence

	// What was noticed in an accepted row, for the officer.
	Notes []string

	// Matched is set on a row without a day of receipt whose dossier the base
	// holds: it can only add to that dossier.
	Matched bool

	// Names of the catalogue; "" where the file says nothing.
	Unit, Field, FieldCode, Procedure, ProcedureCode string

	Status   data.Status // as the file names it, 0 when it follows from the dates
	Ended    data.Moment
	Returned data.Moment
	Redue    data.Moment
	File     string // name of the file

	Result  string // number of the result
	EResult Tick   // whether there is an electronic result

	// Dossier holds the facts and the events that the row tells. Its catalogue
	// ids are 0 and Origin.Import is 0: the desk sets them.
	Dossier data.Dossier

	stray bool // the row has a quote that nothing closes
}

// Tick is a mark that a file may leave out.
type Tick uint8

// The values of a Tick.
const (
	Unsaid Tick = iota
	Yes
	No
)

// String returns "có", "không" or "".
func (t Tick) String() string { return [...]string{"", "có", "không"}[t%3] }

// Summary says what a file held.
type Summary struct {
	// Kind is what the table turned out to be. An annex none of whose dossiers
	// is known counts as Aggregated: a part of a report, nothing to import.
	Kind      Kind
	Rows      int // rows that tell of a dossier
	Accepted  int
	Matched   int // of the accepted, those that only add to a known dossier
	Duplicate int
	Rejected  int
	Classes   map[Class]int
	Notes     []Note
}

func (r *Record) reject(class Class, v *value, format string, args ...any) {
	r.Verdict, r.Class, r.Reason = Rejected, class, fmt.Sprintf(format, args...)
	if v != nil {
		if v.col != nil {
			r.Column = leaf(v.col.Heading)
		}
		r.Value = string(v.text)
	}
}

func (r *Record) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}
