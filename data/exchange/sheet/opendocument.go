package sheet

import (
	"io"
	"strconv"
	"strings"
)

// openODF opens the tables of an OpenDocument file: a spreadsheet or a text.
func (a *archive) openODF() (*Book, error) {
	if part := a.parts["meta-inf/manifest.xml"]; part != nil && a.sealed() {
		return nil, Refuse(Encrypted, nil)
	}
	start := func() (io.ReadCloser, int64, error) { return a.part("content.xml") }
	return openDocument(ODS, start, func() dialect { return &odf{hidden: map[string]bool{}} })
}

// odf reads the rows of an OpenDocument file.
type odf struct {
	hidden map[string]bool // styles of tables that are not shown
	style  string          // of a table, that is being read
	inside bool            // within a table
	row    int             // rows passed
	col    int             // columns declared
}

func (o *odf) next(p *page, row *Row) (int, error) {
	s := p.scan
	for {
		if err := s.next(); err != nil {
			return 0, err
		}
		name := string(s.name)
		if s.kind == endTag {
			if name == "table" {
				o.inside = false
			}
			continue
		}
		var err error
		switch {
		case o.inside && name == "table-row":
			return o.readRow(p, row)
		case !o.inside && (name == "p" || name == "h"):
			from := len(p.arena)
			if err = o.text(p); err == nil {
				p.note(from)
			}
		case o.inside && name == "table-column":
			err = o.column(p)
		case name == "shapes", name == "forms", name == "tracked-changes", name == "dde-links", name == "table-source":
			err = s.skip()
		case name == "table":
			o.row, o.col, o.inside = 0, 0, true
			if err = p.begin(attrValue(s.attrs, "name")); err == nil && o.hidden[attrValue(s.attrs, "style-name")] {
				p.current().state = hidden
			}
		case name == "style":
			o.style = attrValue(s.attrs, "name")
		case name == "table-properties":
			if attrValue(s.attrs, "display") == "false" && len(o.hidden) < 1<<16 {
				o.hidden[o.style] = true
			}
		}
		if err != nil {
			return 0, err
		}
	}
}

func (o *odf) column(p *page) error {
	n, err := repeats(p.scan.attrs, "number-columns-repeated")
	if err != nil {
		return err
	}
	if !visible(p.scan.attrs) {
		p.current().view.hide(o.col+1, o.col+n)
	}
	o.col = min(o.col+n, MaxCols)
	return nil
}

// visible reports whether rows or columns are shown.
func visible(attrs []byte) bool {
	v := attrValue(attrs, "visibility")
	return v != "collapse" && v != "filter"
}

func (o *odf) readRow(p *page, row *Row) (int, error) {
	s := p.scan
	times, err := repeats(s.attrs, "number-rows-repeated")
	if err != nil {
		return 0, err
	}
	row.Num, row.Hidden = o.row+1, !visible(s.attrs)
	if attrValue(s.attrs, "visibility") == "filter" {
		p.current().view.Filtered = true
	}
	for col := 0; ; {
		if err := s.next(); err != nil {
			return 0, early(err)
		}
		if s.kind == endTag {
			break
		}
		switch string(s.name) {
		case "table-cell":
			err = o.readCell(p, row, &col)
		case "covered-table-cell": // what a merged cell hides
			var n int
			if n, err = repeats(s.attrs, "number-columns-repeated"); err == nil {
				col += n
				err = s.skip()
			}
		default:
			err = s.skip()
		}
		if err != nil {
			return 0, err
		}
	}
	o.row += times
	if len(row.Cells) == 0 { // rows without content are repeated to the end of the sheet
		row.Num = min(row.Num, MaxRows)
		times = 1
	}
	return times, nil
}

func (o *odf) readCell(p *page, row *Row, col *int) error {
	s := p.scan
	times, err := repeats(s.attrs, "number-columns-repeated")
	if err != nil {
		return err
	}
	rows, err := repeats(s.attrs, "number-rows-spanned")
	if err != nil {
		return err
	}
	cols, err := repeats(s.attrs, "number-columns-spanned")
	if err != nil {
		return err
	}
	from := len(p.arena)
	c := Cell{Col: *col + 1}
	*col += times
	formula := attrValue(s.attrs, "formula") != ""
	kind, value := attrValue(s.attrs, "value-type"), ""
	switch kind {
	case "float", "percentage", "currency":
		c.Kind, value = Number, attrValue(s.attrs, "value")
	case "date":
		c.Kind, value = Date, attrValue(s.attrs, "date-value")
	case "time":
		c.Kind, c.DateStyle = Number, true
		seconds, ok := duration(attrValue(s.attrs, "time-value"))
		if ok {
			value = string(clock(nil, seconds))
		}
	case "boolean":
		c.Kind, value = Bool, "0"
		if attrValue(s.attrs, "boolean-value") == "true" {
			value = "1"
		}
	default:
		value = attrValue(s.attrs, "string-value")
	}
	// The second value-type, of a name space of its own, tells an error.
	fault := strings.Contains(string(s.attrs), `calcext:value-type="error"`)
	if err := o.text(p); err != nil {
		return err
	}
	if value != "" {
		p.arena = append(p.arena[:from], value...)
	}
	switch {
	case fault:
		p.lose(row, c.Col, from, Failed, string(p.arena[from:]))
		return nil
	case formula && len(p.arena) == from && kind == "":
		p.lose(row, c.Col, from, NoResult, aFormula)
		return nil
	}
	if len(p.arena) == from {
		return nil
	}
	if c.Col+max(times, cols)-1 > MaxCols {
		return errBomb
	}
	p.merge(row.Num, c.Col, rows, cols)
	p.current().again += times - 1
	for n := range times {
		c.Col = *col - times + 1 + n
		p.add(row, c, from)
	}
	return nil
}

// text appends the paragraphs of the cell just opened, without its notes and
// drawings.
func (o *odf) text(p *page) error {
	s := p.scan
	from := len(p.arena)
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return early(err)
		}
		name := string(s.name)
		// Text outside paragraphs is only the layout of the file.
		if depth > 1 {
			var err error
			if p.arena, err = s.appendText(p.arena); err != nil {
				return err
			}
		}
		if s.kind == endTag {
			depth--
			continue
		}
		switch name {
		case "annotation", "frame", "shapes", "note", "forms", "custom-shape", "line", "rect":
			if err := s.skip(); err != nil {
				return err
			}
			continue
		case "p", "h":
			if len(p.arena) > from {
				p.arena = append(p.arena, '\n')
			}
		case "s":
			n, err := repeats(s.attrs, "c")
			if err != nil {
				return err
			}
			p.arena = append(p.arena, strings.Repeat(" ", min(n, 1000))...)
		case "tab":
			p.arena = append(p.arena, '\t')
		case "line-break":
			p.arena = append(p.arena, '\n')
		}
		depth++
	}
	return nil
}

// duration reads a length of time such as PT08H30M00S, in seconds.
func duration(v string) (seconds float64, ok bool) {
	rest, ok := strings.CutPrefix(v, "P")
	if !ok {
		return 0, false
	}
	days, rest, timed := strings.Cut(rest, "T")
	if d, found := strings.CutSuffix(days, "D"); found {
		n, err := strconv.ParseFloat(d, 64)
		if err != nil {
			return 0, false
		}
		seconds = n * 86400
	}
	for rest != "" {
		i := strings.IndexAny(rest, "HMS")
		if i < 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(rest[:i], ",", "."), 64)
		if err != nil || n < 0 || n > 1e9 {
			return 0, false
		}
		switch rest[i] {
		case 'H':
			n *= 3600
		case 'M':
			n *= 60
		}
		seconds, rest = seconds+n, rest[i+1:]
	}
	return seconds, timed || days != ""
}
