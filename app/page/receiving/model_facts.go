package receiving

import (
	"slices"
	"strings"

	"giaoban/app/kit/why"
	"giaoban/data"
	"giaoban/data/desk"
)

// follows are the fields that others follow, in steps: from the catalogue, from
// the dates.
var follows = map[string]int{FieldProcedure: fromCatalogue, FieldCase: fromCatalogue, FieldChannel: fromCatalogue,
	FieldReceived: fromDates, FieldClock: fromDates, FieldTerm: fromDates, FieldDue: fromDates, FieldOwnDue: fromDates}

const (
	fromDates     = 1
	fromCatalogue = 2
)

// ownWord are the fields that the catalogue or the clock fills and leaves alone once
// the officer has set them.
var ownWord = []string{FieldCode, FieldReceived, FieldClock, FieldBook, FieldParts, FieldFee, FieldUnit, FieldTerm, FieldDue, FieldOwnDue}

// Take takes what the officer entered in a field: the form with it, or why its text
// cannot be read. What follows from it is brought along.
func (m *Model) Take(field string, now Form, wrong error) {
	if wrong != nil {
		m.faults[field] = wrong
		m.edited()
		return
	}
	delete(m.faults, field)
	before := m.form.Dossier
	m.form.Dossier, m.form.Homes, m.form.ByAgent = now.Dossier, now.Homes, now.ByAgent
	d, typed := &m.form.Dossier, m.form.Typed
	if slices.Contains(ownWord, field) {
		typed[field] = true
	}
	switch field {
	case FieldProcedure:
		if d.Procedure == before.Procedure {
			return
		}
		d.Title, d.Case = "", ""
		for _, other := range []string{FieldParts, FieldFee, FieldUnit, FieldTerm} {
			delete(typed, other)
		}
	case FieldCase:
		delete(typed, FieldTerm)
	case FieldCode:
		typed[FieldCode] = d.Code != ""
	case FieldDue:
		d.Due.Clock, typed[FieldDue] = before.Due.Clock, d.Due.Known()
	case FieldOwnDue:
		d.OwnDue.Clock, typed[FieldOwnDue] = before.OwnDue.Clock, d.OwnDue.Known()
	}
	m.edited()
	if field == FieldCode || field == FieldReceived {
		m.proposeCode()
	}
	switch follows[field] {
	case fromCatalogue:
		m.fill()
	case fromDates:
		m.count()
	default:
		return
	}
	m.settled()
}

// fill takes over what the catalogue says and the officer has not set by hand.
func (m *Model) fill() {
	d, typed := &m.form.Dossier, m.form.Typed
	filled := *d
	m.s.Desk.Fill(&filled)
	d.Field, d.Mode = filled.Field, filled.Mode
	for field, take := range map[string]func(){
		FieldTerm: func() { d.Term = filled.Term }, FieldUnit: func() { d.Unit = filled.Unit }, FieldFee: func() { d.Fee = filled.Fee },
		FieldParts: func() { d.Parts = filled.Parts }, FieldBook: func() { d.Book = filled.Book },
	} {
		if !typed[field] {
			take()
			delete(m.faults, field)
		}
	}
	m.count()
}

// count counts the due dates that the officer has not set by hand.
func (m *Model) count() {
	d := &m.form.Dossier
	counted := *d
	m.s.Desk.CountDue(&counted)
	if !m.form.Typed[FieldDue] {
		d.Due = counted.Due
	}
	if !m.form.Typed[FieldOwnDue] {
		d.OwnDue = counted.OwnDue
	}
}

// CountAgain forgets due dates set by hand.
func (m *Model) CountAgain() {
	delete(m.form.Typed, FieldDue)
	delete(m.form.Typed, FieldOwnDue)
	m.edited()
	m.count()
	m.settled()
}

// Linked reports whether the own unit may have a date of its own: the procedure
// gives it a term or is linked by its name, or another agency takes part.
func (m *Model) Linked() bool {
	d := &m.form.Dossier
	p := m.s.Desk.Catalogue().Procedure(d.Procedure)
	return p.OwnTerm.Known() || d.OwnDue.Known() || d.Partner != "" || strings.Contains(strings.ToLower(p.Name), "liên thông")
}

// Why explains the due date; nil when there is nothing to explain.
func (m *Model) Why() *why.Reason {
	d := m.form.Dossier
	if !d.Received.Known() || !d.Term.Known() && !d.Due.Known() {
		return nil
	}
	return why.Of(m.s.Desk, &d)
}

// DueLine tells the due date with its weekday, "" when there is none.
func (m *Model) DueLine() string { return dayLine(m.form.Dossier.Due) }

// OwnDueLine does the same for the own unit.
func (m *Model) OwnDueLine() string { return dayLine(m.form.Dossier.OwnDue) }

func dayLine(due data.Moment) string {
	if !due.Known() {
		return ""
	}
	line := [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[due.Day.Weekday()] + ", " + due.Day.String()
	if due.Clock.Known() {
		line = due.Clock.String() + " " + line
	}
	return line
}

// NextSeq is the number that the dossier gets where none is typed; 0 without a
// book.
func (m *Model) NextSeq() int {
	d := &m.form.Dossier
	if d.Book == 0 || !d.Received.Known() {
		return 0
	}
	return m.s.Desk.NextSeq(d.Received.Day.Year(), d.Book)
}

// Who is one of the two persons of a dossier.
type Who int

// The persons.
const (
	Owner Who = iota // chủ hồ sơ
	Agent            // người nộp thay
)

// Field returns the name of a field of the person, as facts and errors carry it:
// "", "identity", "phone", "email" or "address".
func (w Who) Field(part string) string {
	switch {
	case w == Owner && part == "":
		return "owner"
	case w == Owner:
		return part
	case part == "":
		return "agent"
	}
	return "agent" + strings.ToUpper(part[:1]) + part[1:]
}

// lived writes the address of a person into its facts. A province alone, which
// the page proposes, is no address.
func lived(p *data.Person, home desk.Address) {
	p.Address, p.Area = "", ""
	if (desk.Address{House: home.House, Commune: home.Commune}).Empty() {
		return
	}
	p.Address = home.String()
	p.Area, _, _ = strings.Cut(strings.TrimSpace(home.Commune), ",")
}

// Known returns the newest dossier of the person whose number was typed, where
// its facts say more than the page; ok is false when there is none.
func (m *Model) Known() (one data.Dossier, ok bool) {
	if m.known == nil {
		return one, false
	}
	has := m.form.Dossier.Owner
	lived(&has, m.form.Homes[Owner])
	more := m.taken(has, m.known.Owner) != has
	return *m.known, more
}

// TakeKnown fills in the facts of the owner from the last dossier of the same
// person.
func (m *Model) TakeKnown() {
	one, ok := m.Known()
	if !ok {
		return
	}
	m.form.Dossier.Owner = m.taken(m.form.Dossier.Owner, one.Owner)
	if a := desk.ParseAddress(one.Owner.Address, one.Owner.Area); !a.Empty() {
		m.form.Homes[Owner] = a
	}
	m.edited()
	m.Changed()
}

// taken returns the facts of a person, completed and replaced by those known.
func (*Model) taken(has, known data.Person) data.Person {
	for _, f := range [][2]*string{{&has.Name, &known.Name}, {&has.Identity, &known.Identity}, {&has.Phone, &known.Phone},
		{&has.Email, &known.Email}, {&has.Address, &known.Address}, {&has.Area, &known.Area}} {
		if *f[1] != "" {
			*f[0] = *f[1]
		}
	}
	return has
}
