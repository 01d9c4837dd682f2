// Package scorecard writes the papers of the self-assessment of the reform index
// (scoring 4.1): the twelve tables, each as pages and as a sheet of a workbook,
// the index of evidence, and the self-assessment report in three parts.
//
// Every figure comes from package assess. The package scores nothing and ranks
// nothing; where a table is too wide for a page it is split, and nothing is left
// out.
package scorecard

import (
	"context"

	"giaoban/data"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Table is a table ready to be printed or written to a workbook.
type Table struct {
	Name    string   // short, for the sheet of a workbook
	Title   string   // in capitals
	Below   []string // lines under the title
	Columns []Column
	Header  [][]paper.Head
	Rows    []paper.Row
	Notes   []string
	Empty   string // printed where there are no rows
	Upright bool   // portrait; tables are landscape otherwise
	Size    float64
	Signers []paper.Signer
}

// Column is a column of a table.
type Column struct {
	Width   float64 // mm; 0 takes what the others leave
	Align   paper.Align
	Numeric bool // numbers in a workbook
}

// Head is what stands above and around all tables of a document.
type Head struct {
	Office data.Office
	Place  string   // "" for that of the office
	Date   data.Day // unknown leaves room for it
	Foot   string
}

// Build lays out tables as one document, each beginning on a new page; parts of
// one table that was split follow each other. Cancelling ctx stops it.
func Build(ctx context.Context, h Head, tables []Table, o paper.Options) (*paper.Document, error) {
	if len(tables) == 0 {
		return nil, data.Fail(data.Invalid, "Chưa có bảng nào để in.", nil)
	}
	if o.Title == "" {
		o.Title = tables[0].Title
	}
	d := paper.New(ctx, o)
	for i := range tables {
		tables[i].lay(d, h)
	}
	return d, d.Err()
}

// Bytes writes tables as one PDF.
func Bytes(ctx context.Context, h Head, tables []Table, o paper.Options) ([]byte, error) {
	d, err := Build(ctx, h, tables, o)
	if err != nil {
		return nil, err
	}
	return d.Bytes()
}

func (t *Table) lay(d *paper.Document, h Head) {
	section := paper.Section{Landscape: !t.Upright, Margins: paper.Lists, Restart: true, Foot: h.Foot}
	if t.Upright {
		section.Margins = paper.Decree30
	}
	d.Section(section)
	d.Letterhead(paper.Letterhead{Parent: h.Office.Parent, Name: h.Office.Name, NoNumber: true, Size: 11})
	d.Space(3)
	d.Centered(13, paper.Run{Text: t.Title, Bold: true})
	for _, line := range t.Below {
		d.Centered(11, paper.Run{Text: line, Italic: true})
	}
	d.Space(2)
	t.body(d, tail(t.Signers))
	if len(t.Signers) > 0 {
		place := h.Place
		if place == "" {
			place = h.Office.Place
		}
		people := append([]paper.Signer(nil), t.Signers...)
		people[len(people)-1].Above = paper.DateLine(place, h.Date, 0)
		d.Signers(11, people...)
	}
}

// tail is the room that signatures need below a table.
func tail(signers []paper.Signer) float64 {
	if len(signers) == 0 {
		return 0
	}
	return form.SignersHeight
}

// body writes the table itself.
func (t *Table) body(d *paper.Document, tail float64) {
	if len(t.Rows) == 0 {
		empty := t.Empty
		if empty == "" {
			empty = "Không có."
		}
		d.Paragraph(paper.Run{Text: empty, Italic: true})
		return
	}
	size := t.Size
	if size == 0 {
		size = 9.5
	}
	columns := make([]paper.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = paper.Column{Width: c.Width, Align: c.Align}
	}
	var numbers []string
	for i := range t.Columns {
		numbers = append(numbers, "("+data.FormatInt(int64(i+1))+")")
	}
	d.Table(paper.Table{Columns: columns, Header: t.Header, Numbers: numbers, Rows: len(t.Rows), At: func(i int) paper.Row { return t.Rows[i] },
		Size: size, Notes: t.Notes, Tail: tail})
}

// oneRow makes a header of one row.
func oneRow(texts ...string) [][]paper.Head {
	row := make([]paper.Head, len(texts))
	for i, t := range texts {
		row[i] = paper.Head{Text: t}
	}
	return [][]paper.Head{row}
}

// leader is who signs a table of a unit.
func leader() []paper.Signer {
	return []paper.Signer{{Title: "NGƯỜI LẬP BẢNG", Note: "(Ký, ghi rõ họ tên)"}, {Title: "LÃNH ĐẠO ĐƠN VỊ", Note: "(Ký, ghi rõ họ tên)"}}
}

// council is who signs a table of the appraisal.
func council() []paper.Signer {
	return []paper.Signer{{Title: "NGƯỜI LẬP BẢNG", Note: "(Ký, ghi rõ họ tên)"}, {Title: "TM. HỘI ĐỒNG THẨM ĐỊNH", Note: "(Ký, ghi rõ họ tên)"}}
}
