package reform

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// Line is one line of the statistical annex (assets/annex.json).
type Line struct {
	Code, Title string
	Unit        string // of measure
	Head        bool   // one of the seven parts, without figures
	Source      string // auto: from registers; typed: from an indicator, blank while there is none
	Measure     string // id in the one list of measures, the query behind the figure
	Over        string // measure that is the denominator, where Measure is a count
	Part        string // "" the count or numerator, of the denominator, rate the percentage, yes whether there is any
	Else        string // measure that is taken while nobody keeps Measure
}

// Lines returns the lines of the annex.
var Lines = sync.OnceValue(func() (out []Line) {
	assets.Read("annex.json", &out)
	return out
})

// Measures are the ids of the measures that the annex asks for, each once.
func Measures() (out []string) {
	seen := map[string]bool{"": true}
	for _, l := range Lines() {
		for _, id := range []string{l.Measure, l.Over, l.Else} {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// Value is a known measure: a count as numerator, or a rate, with both numbers as they are
// printed; "" where only their quotient is known.
type Value struct {
	data.Ratio
	Count, Of string
}

// Column are the known measures of one period; what is missing is not known.
type Column map[string]Value

// Text is a line in a column, "" where it is not known.
func (l *Line) Text(c Column) string {
	v, ok := c[l.Measure]
	if l.Over != "" {
		over, known := c[l.Over]
		v.Denominator, ok = over.Numerator, ok && known
	}
	if !ok && l.Else != "" {
		v, ok = c[l.Else]
	}
	switch {
	case !ok:
		return ""
	case l.Part == "rate" && v.Denominator == 0:
		return ""
	case l.Part == "rate":
		return v.Percent()
	case l.Part == "yes":
		return fmt.Sprint(min(v.Numerator, 1))
	case l.Part == "of":
		return v.Of
	}
	return v.Count
}

// Annex is the statistical annex with its three columns.
type Annex struct {
	Now, Before, Year Column
	Since             data.Day // first day of Year
	Below             []string // lines under the title
	Notes             []string // below the table
}

// Table lays the annex out; sources adds what fills each line, for a workbook.
func (a *Annex) Table(sources bool) scorecard.Table {
	t := scorecard.Table{Name: "Phụ lục thống kê", Title: "THỐNG KÊ CÁC CHỈ TIÊU VỀ CẢI CÁCH HÀNH CHÍNH", Below: a.Below, Upright: true, Size: 11,
		Columns: []scorecard.Column{{Width: 14, Align: paper.Center}, {Width: 64}, {Width: 20, Align: paper.Center}, {Width: 22, Align: paper.Right, Numeric: true},
			{Width: 22, Align: paper.Right, Numeric: true}, {Width: 23, Align: paper.Right, Numeric: true}},
		Header: [][]paper.Head{{{Text: "STT"}, {Text: "Chỉ tiêu thống kê"}, {Text: "Đơn vị tính"}, {Text: "Số liệu kỳ này"}, {Text: "Cùng kỳ"},
			{Text: "Ghi chú (lũy kế từ " + a.Since.String() + ")"}}},
		Notes: append([]string{"Ô để trống là chưa có số liệu, không phải bằng 0."}, a.Notes...)}
	if sources {
		t.Columns = append(t.Columns, scorecard.Column{Width: 30}, scorecard.Column{Width: 46})
		t.Header[0] = append(t.Header[0], paper.Head{Text: "Nguồn"}, paper.Head{Text: "Mã chỉ số"})
	}
	for _, l := range Lines() {
		row := paper.Row{Cells: []string{l.Code, l.Title, l.Unit, l.Text(a.Now), l.Text(a.Before), l.Text(a.Year)}, Bold: l.Head, KeepNext: l.Head}
		if sources {
			row.Cells = append(row.Cells, map[string]string{"auto": "tự động", "typed": "nhập"}[l.Source], strings.TrimSuffix(strings.TrimSuffix(l.Measure+" / "+l.Over, " / ")+" hoặc "+l.Else, " hoặc "))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Build lays out the report: letterhead, text, signature, and the annex.
func Build(ctx context.Context, in *briefing.Input, blocks []briefing.Block, annex *Annex, o paper.Options) (*paper.Document, error) {
	d, err := briefing.Body(ctx, in, blocks, o)
	if err != nil {
		return nil, err
	}
	if !in.Choice.On(briefing.AnnexStatistics) {
		return d, d.Err()
	}
	t := annex.Table(false)
	d.Sheet()
	d.Section(paper.Section{Foot: in.Foot()})
	d.Annex("Phụ lục", t.Title, in.Belongs())
	for _, line := range t.Below {
		d.Centered(12, paper.Run{Text: line, Italic: true})
	}
	d.Space(2)
	t.Draw(d, 0)
	return d, d.Err()
}

// BuildTables lays out tables as a paper of their own.
func BuildTables(ctx context.Context, h scorecard.Head, tables []scorecard.Table, o paper.Options) (*paper.Document, error) {
	for i := range tables {
		tables[i].Signers = []paper.Signer{{Title: "NGƯỜI LẬP BIỂU", Note: "(Ký, ghi rõ họ tên)", Name: h.Office.Preparer},
			{Title: cmp.Or(strings.TrimSpace(h.Office.Title), "THỦ TRƯỞNG ĐƠN VỊ"), Note: "(Ký, đóng dấu)", Name: h.Office.Signer}}
	}
	return scorecard.Build(ctx, h, tables, o)
}

// PeriodLine is the line that names the period with its days and an early cut-off.
func PeriodLine(p data.Period, asOf data.Day) string {
	return "Kỳ báo cáo: " + p.Label + " (t" + strings.TrimPrefix(p.SpanAsOf(asOf), "T") + ")"
}
