package sheet

import (
	"bytes"
	"context"
	"io"
)

// Info is what a file says about one of its tables before the rows are read.
type Info struct {
	Name   string // "" where a table has none
	Hidden bool   // the officer does not see the table when the file is opened
	// VeryHidden is set beside Hidden when no menu of the spreadsheet shows the
	// table again.
	VeryHidden bool
	// Missing is set when the file names the table but lacks its content; its
	// Rows are none.
	Missing bool
}

// Infos returns what is known about the tables, in the order of Sheets.
func (b *Book) Infos() []Info {
	list := make([]Info, len(b.names))
	for i, name := range b.names {
		list[i].Name = name
		if i < len(b.states) {
			s := b.states[i]
			list[i].Missing, list[i].Hidden, list[i].VeryHidden = s&missing != 0, s&^missing != shown, s&^missing == veryHidden
		}
	}
	return list
}

// state is how a table of a workbook is shown.
type state uint8

const (
	shown state = iota
	hidden
	veryHidden
	missing state = 0x80 // beside one of the others
)

// none are the rows of a table that the file lacks.
type none struct{}

func (none) Next(*Row) error               { return io.EOF }
func (none) Progress() (done, total int64) { return 0, 0 }
func (none) Close() error                  { return nil }

// Layout is what of a table the officer does not see. Hidden rows are told by
// Row.Hidden.
type Layout struct {
	Filtered bool   // a filter is set; it is what hides rows
	Hidden   []Cols // hidden columns, also such as hold nothing
}

// Cols is a run of columns, both ends included, from 1.
type Cols struct{ First, Last int }

// Hides reports whether a column, from 1, is hidden.
func (l Layout) Hides(col int) bool {
	for _, c := range l.Hidden {
		if c.First <= col && col <= c.Last {
			return true
		}
	}
	return false
}

// hide adds a run of columns; a file says it for as many as it likes.
func (l *Layout) hide(first, last int) {
	if first >= 1 && first <= last && len(l.Hidden) < MaxCols {
		l.Hidden = append(l.Hidden, Cols{first, min(last, MaxCols)})
	}
}

// Layout returns what of table i, from 0, is hidden; nothing for text.
func (b *Book) Layout(ctx context.Context, i int) (Layout, error) {
	if b.layout == nil {
		return Layout{}, nil
	}
	return b.layout(ctx, i)
}

// layout reads what stands before the rows of a sheet.
func (w *workbook) layout(ctx context.Context, i int) (Layout, error) {
	rows, err := w.open(ctx, i)
	if err != nil {
		return Layout{}, err
	}
	defer rows.Close()
	r, ok := rows.(*sheetRows)
	if !ok {
		return Layout{}, nil // the table has no content
	}
	for !r.inside {
		if err := r.before(); err != nil {
			return r.view, nil // reading its rows will say what is wrong
		}
	}
	return r.view, nil
}

// addColumns notes a <col> element.
func (l *Layout) addColumns(attrs []byte) {
	first, ok1 := digits([]byte(attrValue(attrs, "min")))
	last, ok2 := digits([]byte(attrValue(attrs, "max")))
	if ok1 && ok2 && (truth(attrValue(attrs, "hidden")) || attrValue(attrs, "width") == "0") {
		l.hide(first, last)
	}
}

// truth reads a boolean of XML.
func truth(v string) bool { return v == "1" || v == "true" || v == "on" }

// invisible reports a style of HTML that shows nothing.
func invisible(style []byte) bool {
	folded := bytes.ToLower(bytes.ReplaceAll(style, []byte(" "), nil))
	return bytes.Contains(folded, []byte("display:none")) || bytes.Contains(folded, []byte("visibility:collapse")) ||
		bytes.Contains(folded, []byte("visibility:hidden"))
}
