// Package receiving is the view model of the page Tiếp nhận hồ sơ: one dossier
// as it is being entered at the desk, what the catalogue brings along for it, its
// due date, its warnings, and its way into the register.
//
// It draws nothing and waits for nothing: what takes long runs through
// Session.Go and comes back through Session.Post.
package receiving

import (
	"encoding/json"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
)

// The names of the fields, as errors and warnings carry them.
const (
	FieldProcedure = "procedure"
	FieldCase      = "case"
	FieldTerm      = "term"
	FieldChannel   = "channel"
	FieldCode      = "code"
	FieldReceived  = "received"
	FieldClock     = "clock"
	FieldBook      = "book"
	FieldParts     = "parts"
	FieldFee       = "fee"
	FieldUnit      = "unit"
	FieldDue       = "due"
	FieldOwnDue    = "ownDue"
	FieldReason    = "reason"
)

// Form is what the page holds. It goes to the draft that outlives the program.
type Form struct {
	Dossier data.Dossier
	// Homes are the addresses of owner and agent in their levels; Dossier gets
	// them when it is saved.
	Homes   [2]desk.Address
	ByAgent bool // somebody hands it in for the owner
	// Typed are the fields that the officer set by hand: what the catalogue brings
	// along leaves them alone.
	Typed map[string]bool
	// Dirty is set while something would be lost.
	Dirty bool
	// After is the dossier before this one, of which procedure and unit stay.
	After *data.Dossier
}

// Model is the page.
type Model struct {
	// Changed is called when the due date or what is told beside the form may be
	// another.
	Changed func()
	// Warned is called when warnings or the acquaintance changed.
	Warned func()
	// Keep gets the draft after each change, "" when nothing would be lost.
	Keep func(draft string)

	s        *env.Session
	form     Form
	faults   map[string]error // texts that could not be read, by field
	recent   desk.Recent
	loaded   bool // recent was read
	usual    string
	asked    int // number of the last question for warnings
	warnings []desk.Warning
	known    *data.Dossier
	saving   bool
}

// NewModel returns the page with a new dossier.
func NewModel(s *env.Session) *Model {
	m := &Model{Changed: func() {}, Warned: func() {}, Keep: func(string) {}, s: s}
	m.draft(nil)
	return m
}

// draft begins a new dossier after another one; nil for the first.
func (m *Model) draft(after *data.Dossier) {
	m.form = Form{Dossier: m.s.Desk.Draft(after), Typed: map[string]bool{}, After: after}
	for i := range m.form.Homes {
		m.form.Homes[i].Province = m.usual
	}
	m.faults, m.warnings, m.known = map[string]error{}, nil, nil
	m.asked++
}

// Form returns what the page holds.
func (m *Model) Form() Form {
	f := m.form
	f.Dossier.Parts = slices.Clone(f.Dossier.Parts)
	return f
}

// Dossier returns the dossier as it stands on the page.
func (m *Model) Dossier() data.Dossier { return m.Form().Dossier }

// Unread reports whether the text of a field could not be read.
func (m *Model) Unread(field string) bool { return m.faults[field] != nil }

// Typed reports whether the officer set a field by hand.
func (m *Model) Typed(field string) bool { return m.form.Typed[field] }

// Dirty reports whether something would be lost.
func (m *Model) Dirty() bool { return m.form.Dirty }

// Saved returns the id of the dossier once it is stored, else 0.
func (m *Model) Saved() uint64 { return m.form.Dossier.ID }

// Shown is called when the page comes into view: a page on which nothing was
// typed begins at the present minute.
func (m *Model) Shown() {
	m.readRecent()
	m.Reload()
}

// Reload brings the page in step with catalogue and office; what was typed
// stays.
func (m *Model) Reload() {
	if m.saving {
		return
	}
	if m.Saved() != 0 {
		if _, err := m.s.Desk.Dossier(m.Saved()); data.CodeOf(err) == data.NotFound {
			// Its reception was undone: what was typed is still here, with the numbers
			// that are on its paper.
			m.form.Dossier.ID, m.form.Dirty = 0, true
			m.keep()
		}
	}
	switch {
	case m.Saved() != 0:
	case !m.form.Dirty:
		m.draft(m.form.After)
	default:
		m.proposeCode()
	}
	m.Changed()
}

// Clear throws away what stands on the page.
func (m *Model) Clear() {
	m.draft(m.form.After)
	m.Keep("")
	m.Changed()
}

// Next begins the next dossier: procedure, case, unit, channel and way of return
// stay; with samePerson owner and agent too.
func (m *Model) Next(samePerson bool) {
	before := m.form
	after := before.Dossier
	m.draft(&after)
	if samePerson {
		m.form.Dossier.Owner, m.form.Dossier.Agent = after.Owner, after.Agent
		m.form.Homes, m.form.ByAgent = before.Homes, before.ByAgent
		m.form.Dirty = true // the person would be lost
		m.keep()
	}
	m.Changed()
}

// edited notes that the officer changed something. The first change of a new
// dossier sets its time to the present minute.
func (m *Model) edited() {
	if !m.form.Dirty {
		m.form.Dirty = true
		if m.Saved() == 0 && !m.form.Typed[FieldReceived] && !m.form.Typed[FieldClock] {
			m.form.Dossier.Received = data.MomentOf(m.s.Desk.Now())
			m.proposeCode()
			m.count()
		}
	}
	m.keep()
}

// CodeMissing tells why no code is proposed; "" when one is.
func (m *Model) CodeMissing() string {
	if m.s.Desk.Office().Code == "" && strings.Contains(m.s.Desk.Rules().CodePattern, "{ma}") && m.form.Dossier.Code == "" {
		return "Cơ quan chưa khai mã định danh nên không tự đặt được mã hồ sơ. Nhập mã hồ sơ, hoặc khai mã định danh trong Thiết lập."
	}
	return ""
}

func (m *Model) proposeCode() {
	if m.Saved() == 0 && !m.form.Typed[FieldCode] {
		m.form.Dossier.Code = m.s.Desk.NextCode(m.form.Dossier.Received.Day)
	}
}

// keep hands on the draft.
func (m *Model) keep() {
	if m.Saved() != 0 {
		return // the register has it
	}
	raw, err := json.Marshal(&m.form)
	if err == nil {
		m.Keep(string(raw))
	}
}

// settled keeps what followed a change too, and shows it.
func (m *Model) settled() {
	m.keep()
	m.Changed()
}

// Restore takes a draft that was kept, such as before a crash, onto the page.
// It reports whether there was something worth keeping.
func (m *Model) Restore(draft string) bool {
	var f Form
	if draft == "" || json.Unmarshal([]byte(draft), &f) != nil || !f.Dirty || f.Dossier.ID != 0 {
		return false
	}
	if f.Typed == nil {
		f.Typed = map[string]bool{}
	}
	m.form = f
	m.proposeCode()
	m.Changed()
	return true
}
