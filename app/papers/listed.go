package papers

import (
	"context"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// ListedColumn is one column of a list as the screen shows it.
type ListedColumn struct {
	ID, Title string
	Width     float64 // millimetres at least; 0 takes it from the content
}

// Listed is a list of dossiers to print as the screen shows it.
type Listed struct {
	IDs     []uint32 // in order
	Columns []ListedColumn
	Cells   func(*data.Dossier) []string // one text a column; the slice may be used again
	About   string                       // line under the title, such as what was searched
	AsOf    data.Day
	// Open prints the names of persons in full, and phones and addresses; else
	// names are shortened and the others left out.
	Open     bool
	Progress func(done, total int64)
}

// listedTitle is the title of the list.
const listedTitle = "DANH SÁCH HỒ SƠ"

// WriteListed writes the list as a PDF: landscape A4, the columns of the screen
// in their order behind a running number, and how many dossiers there are.
func WriteListed(ctx context.Context, d *desk.Desk, l Listed) ([]byte, error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.Settle()
	office := s.Office()
	doc := paper.New(ctx, paper.Options{Title: listedTitle, Author: form.OneLine(office.Name), Created: l.AsOf.Time().Add(8 * time.Hour),
		Progress: func(p paper.Progress) {
			if l.Progress != nil {
				l.Progress(int64(p.Done), int64(p.Total))
			}
		}})
	count := data.FormatInt(int64(len(l.IDs)))
	doc.Section(paper.Section{Landscape: true, Margins: paper.Lists, Size: 11, Foot: "Số liệu tính đến " + l.AsOf.String() + "; nguồn: Sổ theo dõi hồ sơ; " + count + " hồ sơ"})
	form.ListHead(doc, office, listedTitle, l.About)
	doc.Line(11, paper.Right, paper.Run{Text: "Tổng số: " + count + " hồ sơ", Italic: true})
	table := paper.Table{Rows: len(l.IDs), Size: 9.5, Tail: form.SignersHeight, Columns: []paper.Column{{Width: 11, Align: paper.Right}}, Header: [][]paper.Head{{{Text: "TT"}}}}
	for _, c := range l.Columns {
		table.Columns = append(table.Columns, paper.Column{Min: 14, Max: 70, Width: c.Width})
		table.Header[0] = append(table.Header[0], paper.Head{Text: c.Title})
	}
	read := &reader{d: s, ids: l.IDs}
	cells := make([]string, len(l.Columns)+1)
	table.At = func(i int) paper.Row {
		cells[0] = data.FormatInt(int64(i + 1))
		copy(cells[1:], l.Cells(read.at(i)))
		if !l.Open {
			l.close(cells[1:])
		}
		return paper.Row{Cells: cells}
	}
	doc.Table(table)
	form.ListFoot(doc, office, s.Today(), l.AsOf.Year())
	if read.err != nil {
		return nil, read.err
	}
	return doc.Bytes()
}

// close takes out of a row what must not be seen in a meeting.
func (l *Listed) close(cells []string) {
	for i, c := range l.Columns {
		switch c.ID {
		case "owner", "agent":
			cells[i] = form.Mask(cells[i])
		case "phone", "address":
			cells[i] = ""
		}
	}
}
