package papers

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/indicator"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// IndicatorTable is the name of the table of values of indicators.
const IndicatorTable Name = "chi-tieu"

// gatherIndicators gathers the values of a period: of the office, and of its units.
func gatherIndicators(_ context.Context, read *reader, r Request) (content, error) {
	s := read.d
	book, err := s.IndicatorBook()
	if err != nil {
		return content{}, err
	}
	standings, err := s.IndicatorStandings(r.asOf())
	if err != nil {
		return content{}, err
	}
	t := &indicatorTables{book: book, cat: s.Catalogue(), period: r.Period, before: r.Period.Before(), standings: standings, below: below(s, r)}
	c := tablesOf(s, r, t.office(), t.byUnit())
	c.head.Foot = "Số liệu tính đến " + r.asOf().String() + "; nguồn: số liệu chỉ tiêu do cơ quan nhập"
	return c, nil
}

// indicatorTables draws the tables of values of indicators.
type indicatorTables struct {
	book           *indicator.Book
	cat            *desk.Catalogue
	period, before data.Period
	standings      []desk.IndicatorStanding
	below          []string
}

// standing is how a unit stands, where its newest value lies within the period.
func (t *indicatorTables) standing(code string, unit uint32) *desk.IndicatorStanding {
	i := slices.IndexFunc(t.standings, func(s desk.IndicatorStanding) bool { return s.Definition.Code == code && s.Unit == unit })
	if i < 0 || t.standings[i].Period.To < t.period.From || t.standings[i].Period.To > t.period.To {
		return nil
	}
	return &t.standings[i]
}

// office is the table of the office as a whole by group.
func (t *indicatorTables) office() scorecard.Table {
	out := scorecard.Table{Name: "Toàn cơ quan", Title: "BẢNG SỐ LIỆU CHỈ TIÊU", Below: t.below, Size: 10.5, Empty: "Kỳ này chưa có số liệu chỉ tiêu nào.",
		Columns: []scorecard.Column{{Width: 11, Align: paper.Center}, {}, {Width: 21, Align: paper.Center}, {Width: 27, Align: paper.Right}, {Width: 41, Align: paper.Right, Numeric: true}, {Width: 41, Align: paper.Right, Numeric: true},
			{Width: 25, Align: paper.Right}, {Width: 38, Align: paper.Right}, {Width: 22, Align: paper.Center}},
		Header: [][]paper.Head{{{Text: "STT"}, {Text: "Chỉ tiêu"}, {Text: "Đơn vị tính"}, {Text: "Mức giao năm"}, {Text: "Kỳ này"}, {Text: t.before.Label}, {Text: "Thay đổi"}, {Text: "Lũy kế từ đầu năm"}, {Text: "Kết quả"}}}}
	group, n := "", 0
	var blank []string
	for i := range t.book.Definitions {
		d := &t.book.Definitions[i]
		now, _ := t.book.Over(d.Code, t.period)
		before, _ := t.book.Over(d.Code, t.before)
		if !d.ValidIn(t.period) || !now.Known() && !before.Known() {
			if d.ValidIn(t.period) && len(d.Targets) > 0 {
				blank = append(blank, d.Name)
			}
			continue
		}
		if d.Group != group {
			group = d.Group
			cells := make([]string, len(out.Columns))
			cells[0] = group
			out.Rows = append(out.Rows, paper.Row{Cells: cells, Span: len(cells), Bold: true, Shade: true, KeepNext: true})
		}
		n++
		asked, total, result := d.Asked(d.Target(0, "", t.period.To.Year())), "", ""
		if s := t.standing(d.Code, 0); s != nil {
			if d.Adds() && s.Period.From < t.period.From {
				total = s.Value()
			}
			result = resultOf(s)
		}
		out.Rows = append(out.Rows, paper.Row{Cells: []string{fmt.Sprint(n), d.Name, d.Unit, asked, cmp.Or(d.Shown(now), "–"), cmp.Or(d.Shown(before), "–"), changeOf(d, now, before), total, result}})
	}
	out.Notes = []string{"«–»: chưa có số, không phải bằng 0. Kết quả so số mới nhất trong kỳ (số cộng dồn: lũy kế từ đầu năm) với mức giao; chỉ tiêu cộng dồn chỉ kết luận chưa đạt khi hết năm."}
	if len(blank) > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("Có mức giao, kỳ này chưa có số liệu (%d): %s.", len(blank), strings.Join(blank, "; ")))
	}
	return out
}

// byUnit is the table of the units, an indicator after the other.
func (t *indicatorTables) byUnit() scorecard.Table {
	out := scorecard.Table{Name: "Theo đơn vị", Title: "BẢNG SỐ LIỆU CHỈ TIÊU THEO ĐƠN VỊ", Below: t.below, Upright: true, Size: 10.5, Empty: "Kỳ này chưa có số liệu chỉ tiêu của đơn vị nào.",
		Columns: []scorecard.Column{{Width: 11, Align: paper.Center}, {}, {Width: 28, Align: paper.Right}, {Width: 46, Align: paper.Right, Numeric: true}, {Width: 22, Align: paper.Center}},
		Header:  [][]paper.Head{{{Text: "STT"}, {Text: "Đơn vị"}, {Text: "Mức giao năm"}, {Text: "Kỳ này"}, {Text: "Kết quả"}}}}
	for i := range t.book.Definitions {
		d := &t.book.Definitions[i]
		_, parts := t.book.Over(d.Code, t.period)
		if len(parts) == 0 || !d.ValidIn(t.period) {
			continue
		}
		cells := make([]string, len(out.Columns))
		cells[0] = d.Name + unitOf(d)
		out.Rows = append(out.Rows, paper.Row{Cells: cells, Span: len(cells), Bold: true, Shade: true, KeepNext: true})
		slices.SortStableFunc(parts, func(a, b indicator.Part) int {
			return strings.Compare(t.cat.Unit(a.Unit).Name, t.cat.Unit(b.Unit).Name)
		})
		for k, x := range parts {
			u, result := t.cat.Unit(x.Unit), ""
			if s := t.standing(d.Code, x.Unit); s != nil {
				result = resultOf(s)
			}
			out.Rows = append(out.Rows, paper.Row{Cells: []string{fmt.Sprint(k + 1), u.Name, d.Asked(d.Target(x.Unit, u.Level, t.period.To.Year())), d.Shown(x.Amount), result}})
		}
	}
	return out
}

func unitOf(d *indicator.Definition) string {
	if d.Unit == "" {
		return ""
	}
	return " (" + d.Unit + ")"
}

func resultOf(s *desk.IndicatorStanding) string {
	switch {
	case s.Below():
		return "Chưa đạt"
	case s.Known:
		return "Đạt"
	}
	return ""
}

// changeOf writes the change of a value: of a rate in points of a percentage, taken
// between the two rates as printed; "" where one is not known or is no number.
func changeOf(d *indicator.Definition, now, before indicator.Amount) string {
	a, b := now.Plain(), before.Plain()
	switch {
	case a == nil || b == nil || now.Sign+before.Sign != "" || d.Kind == indicator.Yes:
		return ""
	case d.Rate():
		hundredths := func(x *big.Rat) int64 { return indicator.Scaled(x, 2).Int64() }
		return data.FormatChange(hundredths(a)-hundredths(b)) + " điểm %"
	}
	diff := new(big.Rat).Sub(a, b)
	text := d.Shown(indicator.Amount{B: diff})
	if diff.Sign() > 0 {
		return "+" + text
	}
	return text
}
