// Package form draws the numbered forms and lists of the one-stop office: the
// register book, form II.06a, and lists of dossiers. Titles, columns, legal
// bases and notes come from templates with days of validity, never from code.
//
// It draws what it is given; it neither counts nor looks anything up.
package form

import (
	"encoding/json"
	"fmt"
	"slices"

	"giaoban/assets/forms"
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
	NotesOpen []string `json:"notes_open,omitempty"`
	Empty     string   `json:"empty,omitempty"` // printed instead of a table without rows
	Signers   []Signer `json:"signers,omitempty"`
}

// ParseTemplates reads the versions of a form from JSON and checks that each
// can be printed.
func ParseTemplates(b []byte) ([]Template, error) {
	var list []Template
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, data.Fail(data.Invalid, "Tệp biểu mẫu không đọc được. Khôi phục biểu mẫu gốc rồi thử lại.", err)
	}
	for _, t := range list {
		if err := t.check(); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, data.Fail(data.Invalid, "Tệp biểu mẫu không có biểu nào. Khôi phục biểu mẫu gốc rồi thử lại.", nil)
	}
	return list, nil
}

func (t Template) check() error {
	bad := func(what string) error {
		return data.Fail(data.Invalid, fmt.Sprintf("Biểu mẫu «%s»: %s. Sửa biểu mẫu hoặc khôi phục biểu mẫu gốc.", t.Title, what), nil)
	}
	if len(t.Columns) == 0 {
		return bad("chưa có cột")
	}
	if t.Numbers != nil && len(t.Numbers) != len(t.Columns) {
		return bad("số ô đánh số cột khác số cột")
	}
	if _, err := data.ParseISO(t.From); err != nil {
		return bad("ngày bắt đầu áp dụng không đúng")
	}
	if t.To != "" {
		if _, err := data.ParseISO(t.To); err != nil {
			return bad("ngày hết áp dụng không đúng")
		}
	}
	headers := [][][]Head{t.Header}
	for _, h := range t.Variants {
		headers = append(headers, h)
	}
	for _, h := range headers {
		if len(h) > 3 {
			return bad("tiêu đề có hơn ba hàng")
		}
		cells := 0
		for _, row := range h {
			for _, c := range row {
				cells += max(c.Cols, 1) * max(c.Rows, 1)
			}
		}
		if cells != len(h)*len(t.Columns) {
			return bad("các ô tiêu đề không phủ kín các cột")
		}
	}
	return nil
}

// Shipped returns the versions of a form that the program ships: so-theo-doi,
// ii06a, qua-han, danh-sach, so-sanh, ty-le, don-vi, doi-chieu.
func Shipped(id string) ([]Template, error) {
	b, err := forms.Files.ReadFile(id + ".json")
	if err != nil {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không có biểu mẫu «%s».", id), err)
	}
	return ParseTemplates(b)
}

// On returns the version that holds on a day; before the first version the
// first, after the last the last.
func On(list []Template, day data.Day) Template {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Template) int { return int(a.first()) - int(b.first()) })
	chosen := sorted[0]
	for _, t := range sorted {
		if t.first() <= day {
			chosen = t
		}
	}
	return chosen
}

func (t Template) first() data.Day {
	day, _ := data.ParseISO(t.From) // checked when read
	return day
}

// ShippedOn returns the shipped version of a form that holds on a day.
func ShippedOn(id string, day data.Day) (Template, error) {
	list, err := Shipped(id)
	if err != nil {
		return Template{}, err
	}
	return On(list, day), nil
}

// Section returns the landscape pages of the form.
func (t Template) Section(foot string) paper.Section {
	return paper.Section{Landscape: true, Margins: paper.Margins(t.Margins), Foot: foot, Restart: true}
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
