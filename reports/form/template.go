// Package form draws the numbered forms and lists of the one-stop office: slips
// for citizens, letters, the register book, form II.06a, and lists of dossiers.
// Titles, lines, columns, legal bases and notes come from templates with days of
// validity, never from code.
//
// It draws what it is given; it neither counts nor looks anything up.
package form

import (
	"encoding/json"
	"fmt"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Head is a cell of a header, placed as in HTML.
type Head struct {
	Text   string `json:"text"`
	Cols   int    `json:"cols,omitempty"`
	Rows   int    `json:"rows,omitempty"`
	Italic bool   `json:"italic,omitempty"`
}

// Column is a column of a form: Key says what stands in it; widths are in
// millimetres, 0 for content.
type Column struct {
	Key   string  `json:"key"`
	Width float64 `json:"width,omitempty"`
	Min   float64 `json:"min,omitempty"`
	Max   float64 `json:"max,omitempty"`
	Align string  `json:"align,omitempty"` // left, center, right
}

// Signer is a person who signs a form.
type Signer struct {
	Title string `json:"title"`
	Note  string `json:"note,omitempty"`
	// Who says whose name is printed below: applicant, receiver, guide (who did
	// what the slip is about), signer (with authority and title), giver, taker,
	// preparer; "" leaves room to write it.
	Who string `json:"who,omitempty"`
}

// Line is a line of a slip. Key says what stands in it: a value of Values after
// its label; one of Blocks; or a text of its own, in which {key} is replaced by
// a value.
type Line struct {
	Key   string `json:"key"`
	Label string `json:"label,omitempty"`
	After string `json:"after,omitempty"` // stands after the value, such as "(bộ)"
	Shown bool   `json:"shown"`
	Join  bool   `json:"join,omitempty"`  // beside the line before it
	Bold  bool   `json:"bold,omitempty"`  // of the value
	Lines int    `json:"lines,omitempty"` // lines of dots for an unknown value, 0 for one
	// Optional leaves the line out when a value of it is unknown.
	Optional bool `json:"optional,omitempty"`
}

// Margins are those of the form's pages in millimetres.
type Margins struct {
	Top    float64 `json:"top"`
	Bottom float64 `json:"bottom"`
	Left   float64 `json:"left"`
	Right  float64 `json:"right"`
}

// Template is one version of a form.
type Template struct {
	ID       string              `json:"id"`
	Code     string              `json:"code,omitempty"` // such as "Mẫu số 06"
	Title    string              `json:"title"`
	Basis    string              `json:"basis,omitempty"`
	From     string              `json:"from"`         // first day of validity, YYYY-MM-DD
	To       string              `json:"to,omitempty"` // last day, "" for open
	Margins  Margins             `json:"margins,omitzero"`
	Size     float64             `json:"size"`
	HeadSize float64             `json:"head_size"`
	Unit     string              `json:"unit,omitempty"` // "Đơn vị tính: …"
	Columns  []Column            `json:"columns"`
	Header   [][]Head            `json:"header"`
	Variants map[string][][]Head `json:"variants,omitempty"` // other headers an office may choose
	Numbers  []string            `json:"numbers,omitempty"`
	Total    string              `json:"total,omitempty"`
	Notes    []string            `json:"notes,omitempty"`
	// NotesOpen replace Notes where names are printed in full.
	NotesOpen []string `json:"notes_open,omitzero"`
	Empty     string   `json:"empty,omitempty"` // printed instead of a table without rows
	Signers   []Signer `json:"signers,omitempty"`

	// Page is a4, a5, a4-ngang (landscape) or "" for a4-ngang. Slips of a5 that need
	// more than one page are printed on a4.
	Page string `json:"page,omitempty"`
	// Lines are the lines of a slip in their order. A form without lines is its
	// title and its table.
	Lines []Line `json:"lines,omitempty"`
	// Symbol stands after the number of the paper, such as HDHS.
	Symbol string `json:"symbol,omitempty"`
	// Copies name the liên; each is printed. Empty prints one without a name.
	Copies []string `json:"copies,omitempty"`
	// Recipients are the "Nơi nhận" of letters.
	Recipients []string `json:"recipients,omitempty"`
	// Desk heads the paper with the office and its one-stop below; else the office
	// stands below its parent.
	Desk bool `json:"desk,omitempty"`
	// Masked is set for lists that go to meetings: names are shortened unless the
	// officer says otherwise for this print.
	Masked bool `json:"masked,omitempty"`
}

// ParseTemplates reads the versions of a form from JSON and checks that each
// can be printed.
func ParseTemplates(b []byte) ([]Template, error) {
	var list []Template
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, data.Fail(data.Invalid, "Tệp biểu mẫu không đọc được. Khôi phục biểu mẫu gốc rồi thử lại.", err)
	}
	for _, t := range list {
		if problems := t.Problems(); len(problems) > 0 {
			return nil, data.Fail(data.Invalid, fmt.Sprintf("Biểu mẫu «%s»: %s Sửa biểu mẫu hoặc khôi phục biểu mẫu gốc.", OneLine(t.Title), problems[0]), nil)
		}
	}
	if len(list) == 0 {
		return nil, data.Fail(data.Invalid, "Tệp biểu mẫu không có biểu nào. Khôi phục biểu mẫu gốc rồi thử lại.", nil)
	}
	return list, nil
}

// Section returns the pages of the form.
func (t Template) Section(foot string) paper.Section {
	s := paper.Section{Margins: paper.Margins(t.Margins), Foot: foot, Restart: true}
	switch t.Page {
	case "a4":
	case "a5":
		s.Paper = paper.A5
	default:
		s.Landscape = true
	}
	return s
}

// Table returns the empty table of the form with the header of a variant; ""
// or an unknown name takes the usual header.
func (t Template) Table(variant string) paper.Table {
	header, ok := t.Variants[variant]
	if !ok {
		header = t.Header
	}
	table := paper.Table{Size: t.Size, HeadSize: t.HeadSize, Numbers: t.Numbers}
	for _, c := range t.Columns {
		align := paper.Left
		switch c.Align {
		case "right":
			align = paper.Right
		case "center":
			align = paper.Center
		}
		table.Columns = append(table.Columns, paper.Column{Width: c.Width, Min: c.Min, Max: c.Max, Align: align})
	}
	for _, row := range header {
		var cells []paper.Head
		for _, h := range row {
			cells = append(cells, paper.Head{Text: h.Text, ColSpan: h.Cols, RowSpan: h.Rows, Italic: h.Italic})
		}
		table.Header = append(table.Header, cells)
	}
	return table
}

// fill puts the cells of a row in the order of the template's columns.
func (t Template) fill(cells []string, value func(key string) string) []string {
	for i, c := range t.Columns {
		cells[i] = value(c.Key)
	}
	return cells
}

// Body is what stands in the table of a form.
type Body struct {
	Variant string // of the header, "" for the usual one
	Rows    int
	At      func(i int) paper.Row
	Open    bool    // names are printed in full
	Tail    float64 // points to keep free below for signatures
}

// SignersHeight is the Tail that leaves room for Sign and ListFoot.
const SignersHeight = 130

// AddTable writes the rows of a form, or its sentence for an empty list, and
// its notes.
func (t Template) AddTable(d *paper.Document, b Body) {
	if b.Rows == 0 && t.Empty != "" {
		d.Paragraph(paper.Run{Text: t.Empty, Italic: true})
		return
	}
	if t.Unit != "" {
		d.Line(11, paper.Right, paper.Run{Text: t.Unit, Italic: true})
	}
	table := t.Table(b.Variant)
	table.Rows, table.At, table.Tail, table.Notes = b.Rows, b.At, b.Tail, t.Notes
	if b.Open && t.NotesOpen != nil {
		table.Notes = t.NotesOpen
	}
	d.Table(table)
}
