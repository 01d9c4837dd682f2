// Package annex reads the annex of a decision as it was sent: the table with STT,
// tiêu chí, điểm tối đa and how points are given, in whatever columns and numbering
// a province uses. What comes out is a draft set: the tree with its maxima, and for
// each leaf the words of the decision. No leaf has a rule until an officer confirmed
// one; Propose reads a proposal from the words.
//
// It reads rows of text, knows no file format, and never drops a row without a word:
// what it did not understand stands in the list of faults with row and column.
package annex

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// Table is one table of a document, or a sheet of a workbook. Rows[i] is the row that
// the officer sees as number i+1.
type Table struct {
	Name  string
	Rows  [][]string
	Above []string // the paragraphs of a document that stand before the table
	Below []string // those behind it, of the last table
}

// Fault is what is wrong with the annex, or with how it was understood.
type Fault struct {
	Table  string `json:"table,omitempty"` // of a document with several
	Row    int    `json:"row,omitempty"`   // from 1; 0 for the annex as a whole
	Column string `json:"column,omitempty"`
	Code   string `json:"code,omitempty"` // of the criterion, "" for none
	Text   string `json:"text"`           // a Vietnamese sentence
}

// String writes the fault with its place.
func (f Fault) String() string {
	var at []string
	if f.Table != "" {
		at = append(at, "bảng «"+f.Table+"»")
	}
	if f.Row > 0 {
		at = append(at, fmt.Sprintf("dòng %d", f.Row))
	}
	if f.Column != "" {
		at = append(at, "cột «"+f.Column+"»")
	}
	if len(at) == 0 {
		return f.Text
	}
	return text.Sentence(strings.Join(at, ", ")) + ": " + f.Text
}

// Draft is an annex as it was understood.
type Draft struct {
	Set    *scoring.Set
	Faults []Fault
	places map[string]Fault // where a criterion stands, by code
}

// Read reads an annex from its tables, in the order of the document. Text without
// columns, such as is copied from a PDF, is a table of one column. The error is a
// *data.Error of code Invalid where there is no criterion at all.
func Read(tables []Table) (*Draft, error) {
	b := &builder{places: map[string]Fault{}, several: len(tables) > 1}
	found := false
	for _, t := range tables {
		if b.done {
			break
		}
		b.table, b.noting = t.Name, false
		for _, l := range t.Above {
			b.headLine(l)
		}
		b.beneath(t.Above)
		found = b.read(t) || found
		b.beneath(t.Below)
	}
	if !found {
		for _, t := range tables {
			b.table = t.Name
			b.plain(t)
		}
	}
	if len(b.roots) == 0 {
		return nil, &data.Error{Code: data.Invalid, Message: "Không thấy bảng tiêu chí trong tệp: cần một dòng tiêu đề có tên tiêu chí và điểm tối đa, hoặc các dòng bắt đầu bằng số thứ tự và kết thúc bằng số điểm."}
	}
	return b.finish(), nil
}

// Headed reports whether a table has the heading of an annex.
func Headed(t Table) bool { return findColumns(t.Rows) != nil }

// Named gives a set whose annex says no title that of its file, and an id made of it.
func (d *Draft) Named(file string) {
	m := &d.Set.Meta
	if m.Title == "" {
		if m.Title = file; file == "" {
			m.Title = "Bộ tiêu chí nhập từ phụ lục"
		}
		if m.Year == 0 {
			m.Year = yearOf(m.Title)
		}
	}
	id := strings.FieldsFunc(fold(m.Title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	m.ID = strings.Join(id[:min(len(id), 12)], "-")
	if m.ID == "" {
		m.ID = "phu-luc"
	}
}

// Confirm gives a criterion, a bonus or a penalty that has no rule the one proposed for
// it. A proposal that cannot be taken as it is refuses; the set is left as it was.
func Confirm(set *scoring.Set, code string) error {
	refuse := func(text string) error {
		return &data.Error{Code: data.Invalid, Field: code, Message: "Tiêu chí " + code + ": " + text + "."}
	}
	if n := set.Node(code); n != nil {
		p := Propose(n, set.Meta.Year)
		switch {
		case n.Leaf() || len(n.Children) > 0:
			return nil
		case !p.Sure():
			return refuse(strings.Join(p.Problems, "; "))
		}
		p.Apply(n)
		return nil
	}
	for _, a := range slices.Concat(set.Bonus, set.Penalty) {
		if a.Code == code && len(a.Rule.Options) == 0 {
			rule, _ := ProposeAdjust(a)
			if len(rule.Options) == 0 {
				return refuse("chưa đọc được các trường hợp từ lời của quyết định; ghi ở phần «Điểm thưởng, điểm trừ»")
			}
			a.Rule = rule
		}
	}
	return nil
}

// Problems lists everything that keeps the set from being used to score, at its place
// in the annex: what was read wrongly first, then what the set lacks.
func (d *Draft) Problems() []Fault {
	out := append([]Fault(nil), d.Faults...)
	for _, p := range d.Set.Problems() {
		f := d.places[p.Field]
		f.Code, f.Text = "", p.Message
		if strings.Contains(p.Field, " ") {
			f.Column = ""
		} else {
			f.Code = p.Field
		}
		out = append(out, f)
	}
	return out
}

// fold is text.Fold that keeps the number of letters, so that a place in the folded
// text is the same place in the text; s must be composed.
func fold(s string) string {
	var out strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || r == '\u00a0' {
			out.WriteByte(' ')
			continue
		}
		f := []rune(text.Fold(string(r)))
		if len(f) != 1 {
			f = []rune{r}
		}
		out.WriteRune(f[0])
	}
	return out.String()
}

// cut returns a part of s by the bytes of its folded text.
func cut(s, folded string, from, to int) string {
	r := []rune(s)
	return string(r[len([]rune(folded[:from])):len([]rune(folded[:to]))])
}

var scoreForm = regexp.MustCompile(`^\(?\s*(-?\d+(?:[.,]\d+)*)\s*\)?\s*(?:diem|d)?\.?$`)

// points reads the cell of a maximum: «0,5», «10 điểm», «(2,0)», «0.25đ».
func points(cell string) (scoring.Points, bool) {
	m := scoreForm.FindStringSubmatch(strings.TrimSpace(fold(cell)))
	if m == nil {
		return 0, false
	}
	n := m[1]
	// A dot begins decimals here: no criterion has a thousand points.
	if whole, rest, ok := strings.Cut(n, "."); ok && !strings.ContainsAny(rest, ".,") && (whole == "0" || len(rest) < 3) {
		n = whole + "," + rest
	}
	p, err := scoring.ParsePoints(n)
	return p, err == nil
}

var yearForm = regexp.MustCompile(`\b(20\d\d)\b`)

// yearOf finds the year that a title names, 0 for none.
func yearOf(s string) int {
	if m := yearForm.FindString(s); m != "" {
		n, err := strconv.Atoi(m)
		if err == nil {
			return n
		}
	}
	return 0
}
