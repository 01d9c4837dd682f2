// Package scorecard writes the papers of the self-assessment of the reform index
// (scoring 4.1): the twelve tables, each as pages and as a sheet of a workbook,
// the index of evidence, and the self-assessment report in three parts.
//
// Every figure comes from package assess. The package scores nothing and ranks
// nothing; where a table is too wide for a page it is split, and nothing is left
// out.
package scorecard

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/annex"
	"giaoban/data/scoring"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// SelfTable is the standard table of a sheet (table 1): what each node may give,
// what it got, and under each leaf its rule in words.
func SelfTable(c *assess.Card) Table {
	t := Table{Name: "Tự đánh giá", Title: fmt.Sprintf("BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", c.Period.Year), Below: belowOf(c),
		Columns: []Column{{Width: 14}, {}, points(15), points(15), points(15), points(15), points(15), points(15), {Width: 52}},
		Header: oneRow("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Điểm tự đánh giá", "Điểm thẩm định", "Điểm điều tra XHH",
			"Điểm đạt được", "Chỉ số (%)", "Ghi chú/tài liệu kiểm chứng"),
		Signers: leader()}
	t.said(&c.Set.Meta, marks(c)...)
	for _, r := range c.Rows() {
		self, appraised, survey := r.Self.String(), appraisal(&r).String(), ""
		if r.Survey {
			self, appraised, survey = "", "", r.Final.String()
		}
		t.Rows = append(t.Rows, node(&r, r.Max.String(), self, appraised, survey, r.Final.String(), r.Percent(), remark(&r)))
		t.Rows = append(t.Rows, rules(r.Node, len(t.Columns))...)
		if way := wayRow(&r, len(t.Columns)); way != nil {
			t.Rows = append(t.Rows, *way)
		}
	}
	t.Rows = append(t.Rows, adjusts(c, len(t.Columns))...)
	t.Rows = append(t.Rows, totals(c, func(label string, self, first, final scoring.Points, max string) paper.Row {
		if c.Stage(assess.Second).Round == assess.Second {
			first = final // as the leaves above: the last appraisal
		}
		percent := ""
		if max != "" {
			percent = c.Final.Index.String()
		}
		return total(label, max, self.String(), appraisedTotal(c, first), "", final.String(), percent, "")
	})...)
	return t
}

// said puts what the decision says around its table where it says it, notes of the
// program first below it.
func (t *Table) said(m *scoring.Meta, notes ...string) {
	t.Above, t.Notes = annex.RemarkLines(m.Before, "Lưu ý:"), append(notes, annex.RemarkLines(m.After, "Ghi chú:")...)
}

// appraisedTotal leaves the total of an appraisal blank that was not held.
func appraisedTotal(c *assess.Card, p scoring.Points) string {
	if c.Counters().Appraised == 0 {
		return ""
	}
	return p.String()
}

// AppraisalTable sets the rounds side by side (table 2).
func AppraisalTable(c *assess.Card) Table {
	t := Table{Name: "Thẩm định", Title: fmt.Sprintf("BẢNG CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", c.Period.Year), Below: belowOf(c),
		Columns: []Column{{Width: 14}, {}, points(15), points(15), points(15), points(15), points(15), {Width: 48}, {Width: 48}},
		Header: oneRow("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định lần 1", "Điểm đề nghị khi giải trình",
			"Điểm thẩm định lần 2", "Ghi chú của đơn vị", "Ghi chú của thẩm định"),
		Signers: council()}
	t.said(&c.Set.Meta, marks(c)...)
	for _, r := range c.Rows() {
		t.Rows = append(t.Rows, node(&r, r.Max.String(), r.Self.String(), r.First.String(), r.Explained.String(), r.Second.String(), unitNote(&r), appraiserNote(&r)))
	}
	bonus, penalty := c.Adjusts()
	for _, list := range [][]assess.AdjustRow{bonus, penalty} {
		for _, a := range list {
			if a.Line == nil {
				continue
			}
			t.Rows = append(t.Rows, paper.Row{Cells: []string{a.Adjust.Code, a.Adjust.Title, "", counted(&a, a.Self), counted(&a, a.First), "", counted(&a, a.Second), entryNote(a.Line, assess.Self), entryNote(a.Line, assess.First)}})
		}
	}
	t.Rows = append(t.Rows, totals(c, func(label string, self, first, final scoring.Points, max string) paper.Row {
		second := ""
		if c.Final != c.First && c.Sheet.State != assess.Drafting {
			second = final.String()
		}
		return total(label, max, self.String(), appraisedTotal(c, first), "", second, "", "")
	})...)
	return t
}

// DetailTable tells what the appraisal took from each criterion (table 3).
func DetailTable(c *assess.Card) Table {
	t := Table{Name: "Chi tiết đơn vị", Title: fmt.Sprintf("CHI TIẾT KẾT QUẢ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", c.Period.Year), Below: belowOf(c), Upright: true,
		Columns: []Column{{Width: 15}, {}, points(16), points(16), points(16), points(16), points(18)},
		Header:  oneRow("Tiêu chí", "Nội dung", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định", "Điểm bị trừ", "Điểm sau khi trừ"),
		Notes:   marks(c), Signers: leader()}
	for _, r := range c.Rows() {
		// What the last round took off the points before it; nothing for a gain. Self
		// scores never stand in the column of the appraisal.
		before, taken := r.Self, ""
		if r.Second.Known && r.First.Known {
			before = r.First
		}
		if before.Known && !before.NA && r.Final.Known && !r.Final.NA && appraisal(&r).Known {
			if less := before.Points - r.Final.Points; less > 0 {
				taken = less.String()
			}
		}
		t.Rows = append(t.Rows, node(&r, r.Max.String(), r.Self.String(), r.First.String(), taken, r.Final.String()))
	}
	t.Rows = append(t.Rows, totals(c, func(label string, self, first, final scoring.Points, max string) paper.Row {
		taken, before := "", self
		if c.Stage(assess.Second).Round == assess.Second {
			before = first
		}
		if less := before - final; less > 0 && appraisedTotal(c, first) != "" {
			taken = less.String()
		}
		return total(label, max, self.String(), appraisedTotal(c, first), taken, final.String())
	})...)
	return t
}

func points(width float64) Column { return Column{Width: width, Align: paper.Right, Numeric: true} }

func belowOf(c *assess.Card) []string {
	return []string{"Đơn vị: " + c.Name, "Bộ tiêu chí: " + c.Set.Meta.Title + " · " + c.Sheet.State.String()}
}

// appraisal is the mark of the last appraisal that has spoken.
func appraisal(r *assess.Row) assess.Mark {
	if r.Second.Known {
		return r.Second
	}
	return r.First
}

// node is the row of a node: domains in bold capitals, criteria bold, the rest
// plain. cells follow its code and title.
func node(r *assess.Row, cells ...string) paper.Row {
	title := r.Node.Title
	if r.Depth == 0 {
		title = strings.ToUpper(title)
	}
	return paper.Row{Cells: append([]string{r.Node.Code, title}, cells...), Bold: !r.Leaf || r.Depth <= 1, Shade: r.Depth == 0, KeepNext: !r.Leaf}
}

// rules are the lines of a leaf's rule, in italics under it.
func rules(n *scoring.Node, columns int) []paper.Row {
	var out []paper.Row
	for _, l := range n.RuleLines() {
		cells := make([]string, columns)
		cells[1] = l.Text
		if l.Points != nil {
			cells[2] = l.Points.String()
		}
		out = append(out, paper.Row{Cells: cells, Italic: true})
	}
	return out
}

// wayRow tells under a leaf how its points came about.
func wayRow(r *assess.Row, columns int) *paper.Row {
	if r.Why == "" {
		return nil
	}
	cells := make([]string, columns)
	cells[1] = "Cách tính: " + r.Why
	if r.Idle {
		cells[1] = "Không dùng phương án này. " + cells[1]
	}
	return &paper.Row{Cells: cells, Italic: true}
}

// adjusts are the bonuses and penalties that were given, each with the way to its points.
func adjusts(c *assess.Card, columns int) (out []paper.Row) {
	bonus, penalty := c.Adjusts()
	for _, list := range []struct {
		rows []assess.AdjustRow
		of   []scoring.AdjustResult
	}{{bonus, c.Final.BonusOf}, {penalty, c.Final.LossOf}} {
		for _, a := range list.rows {
			if a.Line == nil {
				continue
			}
			cells := make([]string, columns)
			appraised := a.First
			if a.Second.Known {
				appraised = a.Second
			}
			cells[0], cells[1], cells[3], cells[4], cells[6] = a.Adjust.Code, a.Adjust.Title, counted(&a, a.Self), counted(&a, appraised), counted(&a, a.Final)
			if a.Adjust.Cap != nil {
				cells[2] = a.Adjust.Cap.String()
			}
			out = append(out, paper.Row{Cells: cells})
			i := slices.IndexFunc(list.of, func(r scoring.AdjustResult) bool { return r.Adjust.Code == a.Adjust.Code })
			if i >= 0 && list.of[i].Why != "" {
				way := make([]string, columns)
				way[1] = "Cách tính: " + list.of[i].Why
				out = append(out, paper.Row{Cells: way, Italic: true})
			}
		}
	}
	return out
}

// counted writes what a bonus or penalty does to the sum: a penalty below nought.
func counted(a *assess.AdjustRow, m assess.Mark) string {
	if a.Penalty {
		m.Points = -m.Points
	}
	return m.String()
}

// total is a bold row; its label stands over the first two columns.
func total(label string, cells ...string) paper.Row {
	return paper.Row{Cells: append([]string{label, ""}, cells...), Span: 2, Bold: true, Shade: true, KeepNext: true}
}

// totals are the last rows of a sheet: bonus, penalty, index and grade.
func totals(c *assess.Card, row func(label string, self, first, final scoring.Points, max string) paper.Row) []paper.Row {
	rows := []paper.Row{
		row("Điểm thưởng", c.Self.Bonus, c.First.Bonus, c.Final.Bonus, ""),
		row("Điểm trừ", -c.Self.Penalty, -c.First.Penalty, -c.Final.Penalty, ""),
	}
	m := &c.Set.Meta
	label, grade := "TỔNG CỘNG, CHỈ SỐ", c.Grade()
	if m.Base() != m.Scale() {
		// The columns hold points; the index is another figure.
		label = fmt.Sprintf("TỔNG CỘNG (chỉ số %s%s)", c.Final.Index, indexUnit(m))
		if grade != "" {
			label = fmt.Sprintf("TỔNG CỘNG (chỉ số %s%s, xếp loại: %s)", c.Final.Index, indexUnit(m), grade)
		}
	} else if grade != "" {
		label += " (xếp loại: " + grade + ")"
	}
	rows = append(rows, row(label, c.Self.Total, c.First.Total, c.Final.Total, m.Base().String()))
	rows[len(rows)-1].KeepNext = false
	return rows
}

// indexUnit is what stands behind an index: %, or the scale of points.
func indexUnit(m *scoring.Meta) string {
	if m.Scale() == 100*scoring.Point {
		return "%"
	}
	return "/" + m.Scale().String()
}

// remark is the note of a leaf with its documents.
func remark(r *assess.Row) string {
	if !r.Leaf {
		return ""
	}
	var parts []string
	if e := r.Line.Effective(); e != nil {
		if words := assess.AnswerWords(r.Node, &e.Answer); words != "" {
			parts = append(parts, words)
		}
		if e.Note != "" {
			parts = append(parts, e.Note)
		}
		if e.Answer.NA != "" {
			parts = append(parts, "Không đánh giá: "+e.Answer.NA)
		}
	}
	for _, p := range r.Proof {
		parts = append(parts, documentName(p))
	}
	return strings.Join(parts, "; ")
}

// documentName names a document by its number and date, else by its title.
func documentName(e *assess.Evidence) string {
	if e.Number == "" {
		return e.Title
	}
	if !e.Date.Known() {
		return e.Number
	}
	return e.Number + " ngày " + e.Date.String()
}

func entryNote(l *assess.Line, r assess.Round) string {
	if e := l.Of(r); e != nil {
		return e.Note
	}
	return ""
}

func unitNote(r *assess.Row) string {
	return joined(entryNote(r.Line, assess.Self), entryNote(r.Line, assess.Explained))
}

func appraiserNote(r *assess.Row) string {
	asked := ""
	if r.Line != nil && r.Line.Asked != "" {
		asked = "Đề nghị giải trình: " + r.Line.Asked
	}
	return joined(entryNote(r.Line, assess.First), asked, entryNote(r.Line, assess.Second))
}

func joined(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "; ")
}

// marks explain what the table cannot say in a cell.
func marks(c *assess.Card) []string {
	n := c.Counters()
	out := []string{fmt.Sprintf("Đã chấm %d/%d tiêu chí tự đánh giá; KĐG: không đánh giá; ô trống: chưa chấm.", n.Done, n.Leaves)}
	if s := c.Stage(assess.Second); s.Done < s.Of {
		out = append(out, fmt.Sprintf("Đang thẩm định: mới %d/%d tiêu chí đã chấm có điểm thẩm định; điểm của nhóm và tổng cộng còn gồm điểm tự chấm của các tiêu chí khác.", s.Done, s.Of))
	}
	for _, r := range c.Final.Remarks {
		out = append(out, r.Text)
	}
	if n.Overridden > 0 {
		out = append(out, strconv.Itoa(n.Overridden)+" tiêu chí có điểm hoặc số liệu do người chấm sửa so với kết quả máy tính, lý do ghi ở cột ghi chú.")
	}
	return out
}

// Table is a table ready to be printed or written to a workbook.
type Table struct {
	Name    string   // short, for the sheet of a workbook
	Title   string   // in capitals
	Below   []string // lines under the title
	Above   []string // paragraphs between them and the table
	Columns []Column
	Header  [][]paper.Head
	Rows    []paper.Row
	Keys    []string // of the rows, by which what stands behind their figures is found; nil for none
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
	Year   int      // where the date is left to be written; 0 leaves it too
	Foot   string
}

// Build lays out tables as one document, each beginning on a new page; parts of
// one table that was split follow each other. Cancelling ctx stops it.
func Build(ctx context.Context, h Head, tables []Table, o paper.Options) (*paper.Document, error) {
	if len(tables) == 0 {
		return nil, data.Fail(data.Invalid, "Chưa có bảng nào để in.", nil)
	}
	o.Title = cmp.Or(o.Title, tables[0].Title)
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
	for _, text := range t.Above {
		d.Note(11, paper.Run{Text: text})
	}
	if len(t.Above) > 0 {
		d.Space(4)
	}
	t.Draw(d, tail(t.Signers))
	if len(t.Signers) > 0 {
		place := cmp.Or(h.Place, h.Office.Place)
		people := append([]paper.Signer(nil), t.Signers...)
		people[len(people)-1].Above = paper.DateLine(place, h.Date, h.Year)
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

// Draw writes the table itself, without what stands above it; tail is the room in points
// that it leaves below.
func (t *Table) Draw(d *paper.Document, tail float64) {
	if len(t.Rows) == 0 {
		empty := cmp.Or(t.Empty, "Không có.")
		d.Paragraph(paper.Run{Text: empty, Italic: true})
		return
	}
	size := cmp.Or(t.Size, 9.5)
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
