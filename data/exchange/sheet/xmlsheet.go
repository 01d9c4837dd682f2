package sheet

import (
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"giaoban/data/exchange/legacy"
)

// openXMLSheet opens an XML Spreadsheet 2003, which report tools like to name
// .xls.
func openXMLSheet(f *textFile) (*Book, error) {
	start := func() (io.ReadCloser, int64, error) { return io.NopCloser(f.raw()), f.size, nil }
	book, err := openDocument(XMLSheet, start, func() dialect { return &xmlSheet{file: f, styles: map[string]style{}} })
	if err != nil {
		return nil, err
	}
	book.Encoding = f.enc
	return book, nil
}

// xmlSheet reads the rows of an XML Spreadsheet 2003.
type xmlSheet struct {
	file   *textFile
	styles map[string]style
	id     string // of the style that is being read
	col    int    // of the list of columns
	row    int
	inside bool // within a table
}

func (x *xmlSheet) next(p *page, row *Row) (int, error) {
	s := p.scan
	for {
		if err := s.next(); err != nil {
			return 0, err
		}
		if s.kind == endTag {
			if string(s.name) == "Table" {
				x.inside = false
			}
			continue
		}
		switch name := string(s.name); {
		case x.inside && name == "Row":
			return 1, x.readRow(p, row)
		case x.inside && name == "Column":
			if err := x.column(p); err != nil {
				return 0, err
			}
		case name == "Worksheet":
			x.row, x.col = 0, 0
			if err := p.begin(attrValue(s.attrs, "Name")); err != nil {
				return 0, err
			}
		case name == "Table":
			x.inside = len(p.tables) > 0
		case len(p.tables) == 0:
			x.style(s)
		case name == "Visible":
			if err := x.visible(p); err != nil {
				return 0, err
			}
		case name == "AutoFilter":
			p.current().view.Filtered = true
		}
	}
}

// style reads what the styles, which stand before the sheets, say of dates and
// fonts.
func (x *xmlSheet) style(s *scanner) {
	st := x.styles[x.id]
	switch string(s.name) {
	case "Style":
		x.id = attrValue(s.attrs, "ID")
		x.styles[x.id] = x.styles[attrValue(s.attrs, "Parent")]
		return
	case "Font":
		if font := attrValue(s.attrs, "FontName"); font != "" {
			st.font = legacy.OfFont(font)
		}
	case "NumberFormat":
		if code := attrValue(s.attrs, "Format"); code != "" {
			named := strings.HasSuffix(code, " Date") || strings.HasSuffix(code, " Time")
			st.date = named || code != "Standard" && code != "General Number" && code != "Fixed" && code != "Percent" && code != "Scientific" &&
				code != "Currency" && code != "Euro Currency" && code != "Yes/No" && code != "True/False" && code != "On/Off" && code != "General" && dateFormat(code)
			st.zeros = formatOf(code).zeros
		}
	default:
		return
	}
	if x.id != "" && len(x.styles) < 1<<16 {
		x.styles[x.id] = st
	}
}

func (x *xmlSheet) visible(p *page) error {
	if err := p.scan.next(); err != nil {
		return early(err)
	}
	switch strings.TrimSpace(string(p.scan.text)) {
	case "SheetHidden":
		p.current().state = hidden
	case "SheetVeryHidden":
		p.current().state = veryHidden
	}
	return nil
}

// column notes hidden columns.
func (x *xmlSheet) column(p *page) error {
	attrs := p.scan.attrs
	x.col++
	if err := indexed(attrs, &x.col, MaxCols); err != nil {
		return err
	}
	span, err := spanned(attrs, "Span")
	if err != nil {
		return err
	}
	if attrValue(attrs, "Hidden") == "1" || attrValue(attrs, "Width") == "0" {
		p.current().view.hide(x.col, min(x.col+span, MaxCols))
	}
	x.col = min(x.col+span, MaxCols)
	return nil
}

// indexed moves a place to where an element says that it stands.
func indexed(attrs []byte, at *int, most int) error {
	v := attrValue(attrs, "Index")
	if v == "" {
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > most {
		return errXML
	}
	*at = n
	return nil
}

// spanned reads how many more rows or columns a thing covers.
func spanned(attrs []byte, name string) (int, error) {
	v := attrValue(attrs, name)
	if v == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, errXML
	}
	return min(n, MaxRows), nil
}

func (x *xmlSheet) readRow(p *page, row *Row) error {
	s := p.scan
	x.row++
	if err := indexed(s.attrs, &x.row, MaxRows); err != nil {
		return err
	}
	more, err := spanned(s.attrs, "Span")
	if err != nil {
		return err
	}
	row.Num = x.row
	row.Hidden = attrValue(s.attrs, "Hidden") == "1" || attrValue(s.attrs, "Height") == "0"
	x.row += more
	for col := 0; ; {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == endTag {
			return nil
		}
		if string(s.name) != "Cell" {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		if err := x.readCell(p, row, &col); err != nil {
			return err
		}
	}
}

func (x *xmlSheet) readCell(p *page, row *Row, col *int) error {
	s := p.scan
	*col++
	if err := indexed(s.attrs, col, math.MaxInt); err != nil {
		return err
	}
	across, err := spanned(s.attrs, "MergeAcross")
	if err != nil {
		return err
	}
	down, err := spanned(s.attrs, "MergeDown")
	if err != nil {
		return err
	}
	if *col+across > MaxCols {
		return errBomb
	}
	p.merge(row.Num, *col, down+1, across+1)
	c := Cell{Col: *col}
	*col += across
	formula := attrValue(s.attrs, "Formula") != ""
	st := x.styles[attrValue(s.attrs, "StyleID")]
	from, kind, has := len(p.arena), "", false
	for {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == endTag {
			break
		}
		if string(s.name) != "Data" || has { // a comment has data of its own
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		kind, has = attrValue(s.attrs, "Type"), true
		if err := x.text(p); err != nil {
			return err
		}
	}
	switch {
	case kind == "Error":
		p.lose(row, c.Col, from, Failed, string(p.arena[from:]))
	case formula && !has:
		p.lose(row, c.Col, from, NoResult, aFormula)
	default:
		x.value(p, &c, from, kind, st)
		p.add(row, c, from)
	}
	return nil
}

// text appends the text of the element just opened, that of its runs too.
func (x *xmlSheet) text(p *page) (err error) {
	s := p.scan
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return early(err)
		}
		if !s.plain {
			s.text = x.file.text(s.text)
		}
		if p.arena, err = s.appendText(p.arena); err != nil {
			return err
		}
		if s.kind == startTag {
			depth++
		} else {
			depth--
		}
	}
	return nil
}

// value settles the kind of a cell whose text stands in the arena from from on.
func (x *xmlSheet) value(p *page, c *Cell, from int, kind string, st style) {
	text := p.arena[from:]
	switch kind {
	case "Number":
		c.Kind, c.DateStyle = Number, st.date
		p.arena = append(p.arena[:from], strings.TrimSpace(string(text))...)
		if st.zeros > 0 {
			p.arena = append(p.arena[:from], filledUp(p.arena[from:], st.zeros)...)
		}
	case "Boolean":
		c.Kind = Bool
		p.arena = append(p.arena[:from], strings.TrimSpace(string(text))...)
	case "DateTime":
		c.Kind = Date
		// A time without a day stands on the day before the first.
		t, err := time.Parse("2006-01-02T15:04:05.999", strings.TrimSpace(string(text)))
		if err == nil && t.Year() == 1899 && t.Month() == time.December && t.Day() == 31 {
			c.Kind, c.DateStyle = Number, true
			h, m, sec := t.Clock()
			p.arena = clock(p.arena[:from], float64(h*3600+m*60+sec))
		}
	default:
		if st.font != legacy.UTF8 && (st.font == legacy.TCVN3Upper || !legacy.ASCII(text)) {
			p.arena = append(p.arena[:from], legacy.Text(st.font, string(text))...)
		}
	}
}
