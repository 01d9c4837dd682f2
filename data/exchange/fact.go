package exchange

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Fact is what a column of a file tells about a dossier.
type Fact uint8

// The facts. Their numbers are not stored; a saved mapping keeps their keys.
const (
	FactIgnore        Fact = iota
	FactOrdinal            // STT: not part of the content of a row
	FactCode               // mã hồ sơ
	FactReceiptNo          // số biên nhận: stands in for the code where there is none
	FactProcedureCode      // mã TTHC
	FactProcedure          // tên thủ tục
	FactFieldCode          // mã lĩnh vực
	FactField              // lĩnh vực
	FactUnit               // đơn vị
	FactHandler            // đơn vị hoặc cá nhân giải quyết, beside the unit
	FactOfficer            // người nhận hồ sơ
	FactOwner              // chủ hồ sơ
	FactOwnerAddress       // họ tên và địa chỉ in one cell
	FactAgent              // người nộp
	FactIdentity           // CCCD, CMND
	FactPhone
	FactAddressPhone // địa chỉ và điện thoại in one cell
	FactEmail
	FactAddress
	FactArea    // địa bàn phát sinh
	FactContent // nội dung, trích yếu
	FactCopies  // số bộ
	FactSubmitted
	FactReceived
	FactDue
	FactRedue // hẹn lại: never replaces the due date
	FactEnded
	FactReturned
	FactStatus
	FactChannel
	FactReturnWay
	FactFee
	FactTerm
	FactSupplements   // JSON list of family J
	FactSupplementDue // new due date of a supplement
	FactNote
	FactResult         // số, ký hiệu of the result
	FactEResult        // có kết quả điện tử
	FactReceiver       // nơi tiếp nhận, beside the competent unit
	FactHelper         // nơi hướng dẫn, hỗ trợ
	FactExternalCode   // mã hồ sơ in another system
	FactExternalSystem // name of that system
	factCount
)

// Key returns the name of the fact in saved mappings.
func (f Fact) Key() string { return words.Facts[f].Key }

// String returns the Vietnamese name for screens.
func (f Fact) String() string { return words.Facts[f].Name }

// Facts returns all facts in the order in which screens offer them.
func Facts() []Fact {
	all := make([]Fact, factCount)
	for i := range all {
		all[i] = Fact(i)
	}
	return all
}

// ParseFact reads the key of a saved mapping.
func ParseFact(key string) (Fact, bool) {
	for i, f := range words.Facts {
		if f.Key == key {
			return Fact(i), true
		}
	}
	return FactIgnore, false
}

// Date reports whether the fact is a date.
func (f Fact) Date() bool { return f >= FactSubmitted && f <= FactReturned || f == FactSupplementDue }

// weak is the rank of words that speak of a day in some files and of something
// else in others: the values of the column decide (see turn).
const weak = -1

type phrase struct {
	*rule
	fact Fact
	text string
}

var dictionary = func() (list []phrase) {
	for i := range words.Headings {
		r := &words.Headings[i]
		fact, ok := ParseFact(r.Fact)
		if !ok {
			panic("assets/exchange.json: " + r.Fact)
		}
		for _, w := range r.Words {
			list = append(list, phrase{r, fact, spelledOut(w)})
		}
	}
	return list
}()

// factOf gives the fact of a heading by its levels, top first. The lowest level
// decides; the level above helps where the lowest says nothing.
func factOf(levels []string) (fact Fact, rank int, known bool) {
	if len(levels) == 0 {
		return FactIgnore, 0, false
	}
	leaf := levels[len(levels)-1]
	if f, rank, ok := lookUp(leaf); ok {
		return f, rank, true
	}
	if len(levels) > 1 {
		return lookUp(levels[len(levels)-2] + " " + leaf)
	}
	return FactIgnore, 0, false
}

func lookUp(heading string) (Fact, int, bool) {
	if len(heading) > 120 {
		return FactIgnore, 0, false
	}
	heading = spelledOut(heading)
	padded := " " + heading + " "
	for _, p := range dictionary {
		if heading == p.text || !p.Exact && strings.Contains(padded, " "+p.text+" ") ||
			!p.Exact && !strings.Contains(heading, " ") && !strings.Contains(p.text, " ") && strings.HasPrefix(heading, p.text) {
			return p.fact, p.Rank, true
		}
	}
	return FactIgnore, 0, false
}

// shortForms are the abbreviations of headings.
var shortForms = map[string]string{"kq": "ket qua", "hs": "ho so", "tg": "thoi gian"}

// spelledOut writes the abbreviations of a folded heading out.
func spelledOut(heading string) string {
	list := strings.Split(heading, " ")
	changed := false
	for i, w := range list {
		if long, ok := shortForms[w]; ok {
			list[i], changed = long, true
		}
	}
	if !changed {
		return heading
	}
	return strings.Join(list, " ")
}

func countHeading(leaf string) bool { return holds(leaf, words.Counts...) }

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
	Unit, Receiver, Helper, Field, FieldCode, Procedure, ProcedureCode string

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
