package receiving

import (
	"strconv"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
)

// SetProcedure chooses the procedure; field, term, papers, fee, unit, book and
// due date follow it.
func (m *Model) SetProcedure(id uint32) {
	d := &m.form.Dossier
	if d.Procedure == id {
		return
	}
	d.Procedure, d.Title, d.Case = id, "", ""
	for _, field := range []string{FieldParts, FieldFee, FieldUnit, FieldTerm} {
		delete(m.form.Typed, field)
	}
	m.edited()
	m.fill()
	m.settled()
}

// SetCase chooses the case of the procedure.
func (m *Model) SetCase(name string) {
	m.form.Dossier.Case = name
	delete(m.form.Typed, FieldTerm)
	m.edited()
	m.fill()
	m.settled()
}

// SetChannel says how the dossier came in; online ones may have a term of their
// own.
func (m *Model) SetChannel(c data.Channel) {
	m.form.Dossier.Channel = c
	m.edited()
	m.fill()
	m.settled()
}

// fill takes over what the catalogue says and the officer has not set by hand.
func (m *Model) fill() {
	d, typed := &m.form.Dossier, m.form.Typed
	filled := *d
	m.s.Desk.Fill(&filled)
	d.Field, d.Mode = filled.Field, filled.Mode
	if !typed[FieldTerm] {
		d.Term = filled.Term
		delete(m.faults, FieldTerm)
	}
	if !typed[FieldUnit] {
		d.Unit = filled.Unit
	}
	if !typed[FieldFee] {
		d.Fee = filled.Fee
		delete(m.faults, FieldFee)
	}
	if !typed[FieldParts] {
		d.Parts = filled.Parts
		m.forgetParts()
	}
	if !typed[FieldBook] {
		d.Book = filled.Book
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

// SetReceived sets the day of reception; code and due date follow.
func (m *Model) SetReceived(day data.Day) {
	m.form.Dossier.Received.Day = day
	m.form.Typed[FieldReceived] = true
	m.edited()
	m.proposeCode()
	m.count()
	m.settled()
}

// SetClock reads the time of reception; "" leaves it open.
func (m *Model) SetClock(text string) error {
	clock, err := data.ParseClock(text)
	if err := m.fault(FieldClock, data.InField(err, FieldClock)); err != nil {
		return err
	}
	if clock == m.form.Dossier.Received.Clock {
		return nil
	}
	m.form.Dossier.Received.Clock = clock
	m.form.Typed[FieldClock] = true
	m.edited()
	m.count()
	m.settled()
	return nil
}

// SetTerm sets the term of this dossier, where it is not the catalogue's. An
// empty count takes the term away; for SameDay the count does not matter.
func (m *Model) SetTerm(count string, unit data.TermUnit) error {
	if count = strings.TrimSpace(count); unit != data.SameDay && (count == "" || count == "0") {
		count, unit = "", data.NoTerm
	} else if unit == data.NoTerm {
		unit = data.WorkingDays
	}
	term, err := data.ParseTerm(count, unit)
	if err := m.fault(FieldTerm, data.InField(err, FieldTerm)); err != nil {
		return err
	}
	if term == m.form.Dossier.Term {
		return nil
	}
	m.form.Dossier.Term = term
	m.form.Typed[FieldTerm] = true
	m.edited()
	m.count()
	m.settled()
	return nil
}

// TermCount writes the number of the term as its field shows it.
func (m *Model) TermCount() string {
	if t := m.form.Dossier.Term; t.Known() && t.Unit != data.SameDay {
		return strconv.Itoa(t.Count)
	}
	return ""
}

// SetDue sets the due date by hand; the unknown date counts it from the term
// again.
func (m *Model) SetDue(day data.Day) { m.setDue(FieldDue, &m.form.Dossier.Due, day) }

// SetOwnDue does the same for the date of the own unit.
func (m *Model) SetOwnDue(day data.Day) { m.setDue(FieldOwnDue, &m.form.Dossier.OwnDue, day) }

func (m *Model) setDue(field string, due *data.Moment, day data.Day) {
	if due.Day == day {
		return
	}
	*due = data.Moment{Day: day, Clock: due.Clock}
	m.form.Typed[field] = day.Known()
	m.edited()
	m.count()
	m.settled()
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
func (m *Model) Why() *view.Why {
	d := m.form.Dossier
	if !d.Received.Known() || !d.Term.Known() && !d.Due.Known() {
		return nil
	}
	return view.WhyOf(m.s.Desk, &d)
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

// SetCode sets the code by hand; an empty one is proposed again.
func (m *Model) SetCode(text string) {
	text = strings.TrimSpace(text)
	if text == m.form.Dossier.Code {
		return
	}
	m.form.Dossier.Code = text
	m.form.Typed[FieldCode] = text != ""
	m.edited()
}

// ProposeCode proposes a code where none was typed, when its field is left.
func (m *Model) ProposeCode() {
	if m.form.Dossier.Code == "" {
		m.proposeCode()
		m.Changed()
	}
}

// SetBook chooses the book; 0 enters the dossier in none.
func (m *Model) SetBook(number int) {
	m.form.Dossier.Book = number
	m.form.Typed[FieldBook] = true
	m.edited()
	m.Changed()
}

// SetSeq reads the number in the book; "" takes the next one.
func (m *Model) SetSeq(text string) error {
	n, err := data.ParseCount(text, data.MaxCount)
	if err := m.fault(FieldSeq, data.InField(err, FieldSeq)); err != nil || int(n) == m.form.Dossier.Seq {
		return err
	}
	m.form.Dossier.Seq = int(n)
	m.edited()
	return nil
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

// SetUnit chooses the competent unit.
func (m *Model) SetUnit(id uint32) {
	m.form.Dossier.Unit = id
	m.form.Typed[FieldUnit] = true
	m.edited()
}

// SetCopies reads the number of copies of the dossier.
func (m *Model) SetCopies(text string) error {
	n, err := data.ParseCount(text, data.MaxCount)
	if err := m.fault(FieldCopies, data.InField(err, FieldCopies)); err != nil || int(n) == m.form.Dossier.Copies {
		return err
	}
	m.form.Dossier.Copies = int(n)
	m.edited()
	return nil
}

// SetFee reads the fee in đồng.
func (m *Model) SetFee(text string) error {
	n, err := data.ParseMoney(text)
	if err := m.fault(FieldFee, data.InField(err, FieldFee)); err != nil || n == m.form.Dossier.Fee {
		return err
	}
	m.form.Dossier.Fee = n
	m.form.Typed[FieldFee] = true
	m.edited()
	return nil
}

// FeeText writes the fee as its field shows it, "" for none.
func (m *Model) FeeText() string {
	if m.form.Dossier.Fee == 0 {
		return ""
	}
	return data.FormatInt(m.form.Dossier.Fee)
}
