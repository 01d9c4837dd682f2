package papers

import (
	"context"
	"io"
	"iter"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/exchange"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// ListingColumn is one column of a listing.
type ListingColumn struct {
	Title string
	Right bool    // numbers
	Width float64 // millimetres at least; 0 takes it from the content
}

// Listing is a list of anything as the screen shows it.
type Listing struct {
	Title string // in capitals
	What  string // what is listed, such as "đơn vị"
	About string // line under the title: what narrows it
	// Columns are those of the screen, in their order.
	Columns []ListingColumn
	Rows    int
	At      func(i int) []string // one text a column; the slice may be used again
	AsOf    data.Day
}

// Mask shortens the name of a person for papers that others see.
func Mask(name string) string { return form.Mask(name) }

// ListingPDF draws a listing: landscape A4, a running number before the columns,
// and how many lines there are.
func ListingPDF(ctx context.Context, d *desk.Desk, l Listing) ([]byte, error) {
	office := d.Office()
	doc := paper.New(ctx, paper.Options{Title: l.Title, Author: form.OneLine(office.Name), Created: l.AsOf.Time().Add(8 * time.Hour)})
	count := data.FormatInt(int64(l.Rows)) + " " + l.What
	doc.Section(paper.Section{Landscape: true, Margins: paper.Lists, Size: 11, Foot: "Số liệu tính đến " + l.AsOf.String() + "; " + count})
	form.ListHead(doc, office, l.Title, l.About)
	doc.Line(11, paper.Right, paper.Run{Text: "Tổng số: " + count, Italic: true})
	table := paper.Table{Rows: l.Rows, Size: 9.5, Tail: form.SignersHeight, Columns: []paper.Column{{Width: 11, Align: paper.Right}}, Header: [][]paper.Head{{{Text: "TT"}}}}
	for _, c := range l.Columns {
		column := paper.Column{Min: 14, Max: 70, Width: c.Width}
		if c.Right {
			column.Align = paper.Right
		}
		table.Columns = append(table.Columns, column)
		table.Header[0] = append(table.Header[0], paper.Head{Text: c.Title})
	}
	cells := make([]string, len(l.Columns)+1)
	table.At = func(i int) paper.Row {
		cells[0] = data.FormatInt(int64(i + 1))
		copy(cells[1:], l.At(i))
		return paper.Row{Cells: cells}
	}
	doc.Table(table)
	form.ListFoot(doc, office, d.Today(), l.AsOf.Year())
	return doc.Bytes()
}

// ListingWorkbook writes a listing to a workbook, which appears whole or not at
// all. What stands there as a date becomes a true one, a number a number.
func ListingWorkbook(ctx context.Context, l Listing, path string, progress func(done, total int64)) error {
	table := exchange.Table{Sheet: "Danh sách", Titles: []string{l.Title}, Columns: []exchange.TableColumn{{Heading: "STT", Width: 7}}}
	if l.About != "" {
		table.Titles = append(table.Titles, l.About)
	}
	table.Titles = append(table.Titles, data.FormatInt(int64(l.Rows))+" "+l.What+", tính đến "+l.AsOf.String())
	for _, c := range l.Columns {
		width := float64(screenWidth)
		if c.Width > 0 || c.Right {
			width = dayWidth
		}
		table.Columns = append(table.Columns, exchange.TableColumn{Heading: c.Title, Width: width})
	}
	return disk.Whole(path, func(w io.Writer) error { return exchange.WriteTable(w, table, l.rows(ctx, progress)) })
}

func (l *Listing) rows(ctx context.Context, progress func(done, total int64)) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, len(l.Columns)+1)
		for i := range l.Rows {
			if ctx.Err() != nil {
				return
			}
			row[0] = i + 1
			for k, s := range l.At(i) {
				row[k+1] = typed(s, l.Columns[k].Right)
			}
			if !yield(row) {
				return
			}
			progress(int64(i+1), int64(l.Rows))
		}
	}
}

// typed is the value that a text on the screen stands for.
func typed(s string, number bool) any {
	if d, err := data.ParseFullDay(s); err == nil && d.Known() && len(s) == 10 {
		return d
	}
	if number && !strings.HasPrefix(s, "0") || s == "0" { // a leading zero is part of a code
		if n, ok := data.ParseWhole(s, 1<<53); ok {
			return n
		}
	}
	return s
}
