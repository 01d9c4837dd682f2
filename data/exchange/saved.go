package exchange

import (
	"fmt"
	"maps"
	"slices"

	"giaoban/data"
)

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
