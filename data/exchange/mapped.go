package exchange

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
