package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
)

// Kind says what a table is.
type Kind uint8

// The kinds of table.
const (
	Register   Kind = iota // a list of dossiers
	Annex                  // dossiers of a report (family G): it may match dossiers, never add any
	Aggregated             // a table of counts: no dossier comes of it
)

// Order says how dates written with two small numbers are read.
type Order uint8

// The orders.
const (
	AutoOrder  Order = iota // not settled yet
	DayFirst                // ngày trước, tháng sau
	MonthFirst              // tháng trước
	Swapped                 // text is day first, serial numbers had day and month exchanged by an American Excel
	SwapDoubt               // serial numbers look exchanged, and nothing proves it: they are rejected
)

// String returns the Vietnamese name.
func (o Order) String() string {
	return [...]string{"Chưa rõ", "Ngày/tháng/năm", "Tháng/ngày/năm", "Ngày/tháng/năm, đã đảo lại", "Nghi bị đảo ngày và tháng"}[o]
}

// Column tells what one column of the file feeds.
type Column struct {
	Number   int    // in the file, from 1
	Heading  string // as written, the levels of a merged heading parted by " › "
	Fact     Fact
	Fallback bool     // another column leads for this fact; this one fills its gaps
	Order    Order    // of a date column
	Samples  []string // the first values, at most three

	dateOnly  bool // every time in the column is midnight: it has no times
	ambiguous bool // nothing settled the order of its dates
	rank      int
	known     bool // the dictionary knows the heading
}

// Mapping is how a file is read: which sheet, where the heading stands, and
// what each column means. The officer may change it and give it back in
// Options.
type Mapping struct {
	Sheet       int      // from 1
	Sheets      []string // names of all sheets
	HeaderRows  []int    // row numbers of the heading
	More        []Part   // further tables with the same heading, read in one go
	Kind        Kind
	Family      string // A, A2, B…K or M06 of peers 4.2, "" when it is none of them
	Columns     []Column
	Container   string // xlsx, xls, html, mhtml, csv, clipboard
	Encoding    string // as officers name it
	OwnCodes    bool   // the file has no code column: codes are made from the content
	Fingerprint string // of the heading, for saved mappings
	Notes       []Note
	// Statuses are the officer's answers for state names that the program does
	// not know, by name in the file.
	Statuses map[string]data.Status

	usual Order // how the officer read dates of such files that nothing settled
}

// Column returns the leading column of a fact, nil when there is none.
func (m *Mapping) Column(f Fact) *Column {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Fact == f && !c.Fallback {
			return c
		}
	}
	return nil
}

// Has reports whether some column feeds the fact.
func (m *Mapping) Has(f Fact) bool { return m.Column(f) != nil }

// settle finds, among the columns of one fact, the one that leads.
func (m *Mapping) settle() {
	for i := range m.Columns {
		c := &m.Columns[i]
		c.Fallback = false
		for k := range m.Columns {
			o := &m.Columns[k]
			if k != i && o.Fact == c.Fact && (o.rank > c.rank || o.rank == c.rank && k < i) {
				c.Fallback = true
			}
		}
	}
}

// judge settles the kind, the family and whether codes must be made.
func (m *Mapping) judge() {
	code := m.Has(FactCode) || m.Has(FactReceiptNo)
	person := m.Has(FactOwner) || m.Has(FactOwnerAddress)
	matter := m.Has(FactProcedure) || m.Has(FactContent)
	m.OwnCodes = !code && m.Has(FactReceived) && person && matter
	m.Kind = Register
	switch {
	case !code && !m.OwnCodes:
		m.Kind = Aggregated
	case code && !person && !matter && m.Has(FactReceived):
		m.Kind = Annex
	}
	m.Family = m.family()
}

func (m *Mapping) family() string {
	heads := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		heads[i] = fold(c.Heading)
	}
	all := strings.Join(heads, "|")
	has := func(s string) bool { return strings.Contains(all, s) }
	switch {
	case m.Kind == Aggregated:
		switch {
		case has("tu choi giai quyet"):
			return "B"
		case has("tu ky truoc"):
			return "C"
		case has("so ky truoc chuyen qua"):
			return "D"
		case has("thu xin loi"):
			return "H"
		case has("nvtc"), has("qua mang"):
			return "F"
		}
		return ""
	case m.Kind == Annex:
		return "G"
	case has("mahoso"):
		return "J"
	case m.Has(FactOwnerAddress):
		return "A2"
	case !m.Has(FactReceived):
		return "K"
	case m.Has(FactRedue) || has("ma dvcqg"):
		return "I"
	case m.Has(FactAddressPhone):
		return "M06"
	case m.Has(FactStatus):
		return "E"
	case m.Has(FactArea) || m.Has(FactContent):
		return "A"
	}
	return ""
}

// fingerprint identifies a heading, whatever the sheet and the rows above it.
// Only the lowest names count: how far an upper one reaches is not always sure.
func (m *Mapping) fingerprint() {
	h := sha256.New()
	for _, c := range m.Columns {
		h.Write([]byte(fold(leaf(c.Heading))))
		h.Write([]byte{0})
	}
	m.Fingerprint = hex.EncodeToString(h.Sum(nil)[:12])
}

// Saved is how officers had files with one heading read: what is kept for the
// next file of the same source.
type Saved struct {
	Fingerprint string   `json:"Fingerprint"` // of the heading; see Mapping
	Family      string   `json:"Family"`      // of the heading
	Facts       []string `json:"Facts"`       // keys of the facts of its columns, in order
	Headings    []string `json:"Headings"`    // of its columns, for people
	// Order is the officer's answer for dates that nothing in the file settles;
	// what a file proves goes before it.
	Order    Order                  `json:"Order"`
	Statuses map[string]data.Status `json:"Statuses"`
	File     string                 `json:"File"` // the file for which the officer answered
	Day      data.Day               `json:"Day"`  // when
}

// Save returns what is worth keeping of a mapping that an officer confirmed;
// order is the officer's answer about dates. ok is false for a table of counts.
func (m *Mapping) Save(order Order) (s Saved, ok bool) {
	if m.Kind == Aggregated || m.Fingerprint == "" {
		return s, false
	}
	s = Saved{Fingerprint: m.Fingerprint, Family: m.Family, Order: order, Statuses: maps.Clone(m.Statuses)}
	if order != DayFirst && order != MonthFirst {
		s.Order = m.usual
	}
	for _, c := range m.Columns {
		s.Facts = append(s.Facts, c.Fact.Key())
		s.Headings = append(s.Headings, c.Heading)
	}
	return s, true
}

// Reused returns the answers of an earlier import with which the source began;
// nil when there were none.
func (s *Source) Reused() *Saved { return s.reused }

// recall looks for a heading that an officer answered for, at any place of the
// first rows.
func (s *Source) recall(sheetIndex int, head []headRow) (*candidate, *Saved) {
	if len(s.opt.Saved) == 0 {
		return nil, nil
	}
	for i := range head {
		for depth := headDepth; depth >= 1; depth-- {
			if i+depth > len(head) || len(head[i].cells) < 2 || head[i+depth-1].num != head[i].num+depth-1 {
				continue
			}
			c := readHeading(head[i:i+depth], nil)
			if c.named < 2 {
				continue
			}
			m := Mapping{Columns: c.columns}
			m.fingerprint()
			for k := range s.opt.Saved {
				if one := &s.opt.Saved[k]; one.Fingerprint == m.Fingerprint && len(one.Facts) == len(c.columns) {
					c.sheet = sheetIndex
					return c, one
				}
			}
		}
	}
	return nil, nil
}

// reuse reads the heading as the officer had it read before.
func (s *Source) reuse(c *candidate, saved *Saved) {
	for i := range c.columns {
		if f, ok := ParseFact(saved.Facts[i]); ok {
			c.columns[i].Fact = f
		}
	}
	s.take(c)
	m := &s.mapping
	m.usual = saved.Order
	m.Statuses = maps.Clone(saved.Statuses)
	for name, status := range s.opt.Statuses {
		if m.Statuses == nil {
			m.Statuses = map[string]data.Status{}
		}
		m.Statuses[name] = status
	}
	m.judge()
	s.reused = saved
	m.warn(NoteReused, "%s", saved.Sentence())
}

// Sentence tells the officer that the answers are used again.
func (s *Saved) Sentence() string {
	if !s.Day.Known() {
		return fmt.Sprintf("Dùng lại cách ghép cột của lần nhập tệp «%s». Xem lại trước khi nhập.", s.File)
	}
	return fmt.Sprintf("Dùng lại cách ghép cột của lần nhập tệp «%s» ngày %s. Xem lại trước khi nhập.", s.File, s.Day)
}

// SameAs reports whether two answers are equal but for the file and the day.
func (s *Saved) SameAs(o *Saved) bool {
	return s.Fingerprint == o.Fingerprint && s.Order == o.Order && slices.Equal(s.Facts, o.Facts) && maps.Equal(s.Statuses, o.Statuses)
}

// Mapped says what one column of a file was read as.
type Mapped struct {
	Sheet  string // "" where the table has no name
	Column string // heading as written, levels parted by " › "
	Field  string // key of the fact, or of the figure in a table of counts
}

// Mapped lists the columns that are read, in their order. Columns that feed
// nothing are left out: a note names them.
func (m *Mapping) Mapped() []Mapped {
	var list []Mapped
	sheet := m.SheetName(m.Sheet)
	if m.Kind == Aggregated {
		for _, c := range newReportReader(m).columns {
			if c.Column != "" {
				list = append(list, Mapped{sheet, c.Heading, string(c.Column)})
			}
		}
		return list
	}
	for _, part := range m.parts() {
		for _, c := range m.Columns {
			if c.Fact != FactIgnore {
				list = append(list, Mapped{m.SheetName(part.Sheet), c.Heading, c.Fact.Key()})
			}
		}
	}
	return list
}

// SheetName returns the name of a table, from 1; "" for none.
func (m *Mapping) SheetName(n int) string {
	if n < 1 || n > len(m.Sheets) {
		return ""
	}
	return m.Sheets[n-1]
}
