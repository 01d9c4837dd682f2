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
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

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

// placeholder is a value inside a text, such as {owner}.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// signers are the values of Signer.Who.
var signers = []string{"", "applicant", "receiver", "guide", "signer", "giver", "taker", "preparer"}

// Limits of a template.
const (
	leastSize, mostSize = 8.0, 16.0 // points
	mostMargin          = 60.0      // millimetres
	mostTitle           = 200       // runes
	mostLine            = 2000      // runes
	mostLines           = 60
	mostCopies          = 5
)

// Problems returns what keeps a template from being printed, one Vietnamese
// sentence each; none for a good one.
func (t Template) Problems() []string {
	var list []string
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)+".") }
	if strings.TrimSpace(t.Title) == "" {
		bad("chưa có tên biểu mẫu")
	}
	if n := utf8.RuneCountInString(t.Title); n > mostTitle {
		bad("tên biểu mẫu dài %d chữ, nhiều nhất là %d", n, mostTitle)
	}
	from, err := data.ParseISO(t.From)
	if err != nil {
		bad("ngày bắt đầu áp dụng không đúng")
	}
	if t.To != "" {
		if to, err := data.ParseISO(t.To); err != nil {
			bad("ngày hết áp dụng không đúng")
		} else if to < from {
			bad("ngày hết áp dụng ở trước ngày bắt đầu áp dụng")
		}
	}
	switch t.Page {
	case "", "a4", "a5", "a4-ngang":
	default:
		bad("khổ giấy «%s» không có; chọn a4, a5 hoặc a4-ngang", t.Page)
	}
	for _, size := range []float64{t.Size, t.HeadSize} {
		if size != 0 && (size < leastSize || size > mostSize) {
			bad("cỡ chữ phải từ %.0f đến %.0f", leastSize, mostSize)
			break
		}
	}
	for _, m := range []float64{t.Margins.Top, t.Margins.Bottom, t.Margins.Left, t.Margins.Right} {
		if m < 0 || m > mostMargin {
			bad("lề trang phải từ 0 đến %.0f mm", mostMargin)
			break
		}
	}
	if len(t.Copies) > mostCopies {
		bad("có hơn %d liên", mostCopies)
	}
	if len(t.Signers) > 4 {
		bad("có hơn bốn người ký")
	}
	for _, s := range t.Signers {
		if !slices.Contains(signers, s.Who) {
			bad("người ký «%s» lấy tên từ «%s» không có trong chương trình", clip(s.Title), s.Who)
		}
	}
	list = append(list, t.lineProblems()...)
	list = append(list, t.tableProblems()...)
	texts := append([]string{t.Title, t.Code, t.Basis, t.Symbol, t.Empty}, t.Notes...)
	for _, l := range t.Lines {
		texts = append(texts, l.Label, l.After)
	}
	for _, s := range append(texts, t.Recipients...) {
		if strings.Contains(paper.Clean(s), "□") && !strings.Contains(s, "□") {
			bad("«%s» có chữ không in được", clip(s))
		}
	}
	return list
}

func (t Template) lineProblems() []string {
	var list []string
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)+".") }
	if len(t.Lines) == 0 {
		return nil
	}
	if len(t.Lines) > mostLines {
		bad("có hơn %d dòng", mostLines)
	}
	shown := 0
	for _, l := range t.Lines {
		if l.Shown {
			shown++
		}
		if !known(l.Key) {
			bad("dòng «%s» có nội dung «%s» không có trong chương trình", clip(l.Label), l.Key)
		}
		if utf8.RuneCountInString(l.Label) > mostLine {
			bad("dòng «%s» dài hơn %d chữ", clip(l.Label), mostLine)
		}
		if l.Lines < 0 || l.Lines > 20 {
			bad("dòng «%s»: số dòng chấm phải từ 0 đến 20", clip(l.Label))
		}
		for _, m := range placeholder.FindAllStringSubmatch(l.Label, -1) {
			if !single(m[1]) {
				bad("dòng «%s» nhắc đến «%s» không có trong chương trình", clip(l.Label), m[0])
			}
		}
		if needsTable[l.Key] && len(t.Columns) == 0 {
			bad("dòng «%s» cần một bảng nhưng biểu mẫu chưa có cột", clip(l.Label))
		}
	}
	if shown == 0 {
		bad("không có dòng nào được in")
	}
	return list
}

func (t Template) tableProblems() []string {
	var list []string
	bad := func(text string) { list = append(list, text+".") }
	if len(t.Columns) == 0 {
		if len(t.Lines) == 0 {
			bad("chưa có cột")
		}
		return list
	}
	if t.Numbers != nil && len(t.Numbers) != len(t.Columns) {
		bad("số ô đánh số cột khác số cột")
	}
	headers := [][][]Head{t.Header}
	for _, h := range t.Variants {
		headers = append(headers, h)
	}
	for _, h := range headers {
		if len(h) > 3 {
			bad("tiêu đề có hơn ba hàng")
			continue
		}
		cells := 0
		for _, row := range h {
			for _, c := range row {
				cells += max(c.Cols, 1) * max(c.Rows, 1)
			}
		}
		if cells != len(h)*len(t.Columns) {
			bad("các ô tiêu đề không phủ kín các cột")
		}
	}
	return list
}

// clip shortens a text that a sentence quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
