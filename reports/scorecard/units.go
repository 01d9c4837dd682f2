package scorecard

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
	"giaoban/reports/paper"
)

// How many columns of units, and how many domains with four columns each, fit on
// a landscape page with figures that can be read.
const (
	unitsAcross   = 12
	domainsAcross = 3
	shortAcross   = 5
)

// DomainTables sum the units up by domain (table 4): claimed, appraised, taken
// off and what is left, a few domains a page; then points and per cent of every
// domain, as the short form. cards are those of one group, in the order wanted.
func DomainTables(r assess.Ranking, cards []*assess.Card) []Table {
	cards = ranked(r, cards)
	domains := r.Set.Criteria
	var out []Table
	for from := 0; from < len(domains); from += domainsAcross {
		part := domains[from:min(from+domainsAcross, len(domains))]
		last := from+domainsAcross >= len(domains)
		t := unitTable(r, "Theo lĩnh vực", "TỔNG HỢP ĐIỂM THEO LĨNH VỰC", from, len(domains), domainsAcross)
		second := []paper.Head{}
		for _, d := range part {
			t.Header[0] = append(t.Header[0], paper.Head{Text: fmt.Sprintf("%s. %s (tối đa %s)", d.Code, d.Title, d.Max), ColSpan: 4})
			for _, text := range []string{"Tự chấm", "Thẩm định", "Bị trừ", "Tổng"} {
				second = append(second, paper.Head{Text: text})
				t.Columns = append(t.Columns, points(0))
			}
		}
		if last {
			t.Header[0] = append(t.Header[0], paper.Head{Text: "Tổng điểm", RowSpan: 2})
			t.Columns = append(t.Columns, points(18))
		}
		t.Header = append(t.Header, second)
		for i, c := range cards {
			cells := []string{data.FormatInt(int64(i + 1)), r.Label(r.Of(c.Sheet.Unit))}
			for _, d := range part {
				row := c.Row(d.Code)
				taken := ""
				if less := row.Self.Points - row.Final.Points; row.Self.Known && row.Final.Known && less > 0 && !row.Survey {
					taken = less.String()
				}
				cells = append(cells, row.Self.String(), appraisal(row).String(), taken, row.Final.String())
			}
			if last {
				cells = append(cells, c.Final.Total.String())
			}
			t.Rows = append(t.Rows, paper.Row{Cells: cells})
		}
		out = append(out, t)
	}
	return append(out, shortTables(r, cards)...)
}

// ranked returns the cards of the units of a ranking, in their order.
func ranked(r assess.Ranking, cards []*assess.Card) []*assess.Card {
	return slices.DeleteFunc(slices.Clone(cards), func(c *assess.Card) bool { return r.Of(c.Sheet.Unit) == nil })
}

func shortTables(r assess.Ranking, cards []*assess.Card) []Table {
	domains := r.Set.Criteria
	var out []Table
	for from := 0; from < len(domains); from += shortAcross {
		part := domains[from:min(from+shortAcross, len(domains))]
		t := unitTable(r, "Chỉ số lĩnh vực", "ĐIỂM VÀ CHỈ SỐ THEO LĨNH VỰC", from, len(domains), shortAcross)
		second := []paper.Head{}
		for _, d := range part {
			t.Header[0] = append(t.Header[0], paper.Head{Text: d.Code + ". " + d.Title, ColSpan: 2})
			second = append(second, paper.Head{Text: "Điểm"}, paper.Head{Text: "Chỉ số (%)"})
			t.Columns = append(t.Columns, points(0), points(0))
		}
		t.Header = append(t.Header, second)
		for i, c := range cards {
			cells := []string{data.FormatInt(int64(i + 1)), r.Label(r.Of(c.Sheet.Unit))}
			for _, d := range part {
				row := c.Row(d.Code)
				cells = append(cells, row.Final.String(), row.Percent())
			}
			t.Rows = append(t.Rows, paper.Row{Cells: cells})
		}
		out = append(out, t)
	}
	return out
}

// unitTable begins a table with a row a unit; where it is split the title says
// which part it is.
func unitTable(r assess.Ranking, name, title string, from, of, step int) Table {
	below := stageOf(r)
	if of > step {
		below = append(below, fmt.Sprintf("Phần %d/%d", from/step+1, (of+step-1)/step))
		name = fmt.Sprintf("%s %d", name, from/step+1)
	}
	return Table{Name: sheetOf(r, name), Title: fmt.Sprintf("%s, NĂM %d", title, r.Period.Year), Below: below, Size: 9, Signers: council(),
		Columns: []Column{{Width: 10, Align: paper.Center}, {Width: 48}},
		Header:  [][]paper.Head{{{Text: "STT", RowSpan: 2}, {Text: "Tên đơn vị", RowSpan: 2}}}}
}

// groupOf tells below a title whom the table sets beside each other.
func groupOf(r assess.Ranking) (below []string) {
	if r.Group != "" {
		below = append(below, "Nhóm: "+r.Group)
	}
	if r.Class.Name != "" {
		below = append(below, "Xếp hạng riêng: "+r.Class.Name)
	}
	return below
}

// sheetOf is the name of a table as a sheet of a workbook, that of the class first where
// classes have tables apart.
func sheetOf(r assess.Ranking, name string) string {
	if r.Class.Name == "" {
		return name
	}
	class, _, _ := strings.Cut(r.Class.Name, " (")
	return class + ", " + name
}

// ComparisonTables set the units beside each other (table 5): criteria in rows,
// units in columns, as many as fit on a page. Units without a score are left out
// of the columns and named in a note. leaves shows every leaf, else domains and
// criteria only.
func ComparisonTables(r assess.Ranking, leaves bool) []Table {
	var units []*assess.Ranked
	var silent []string
	for i := range r.Units {
		if u := &r.Units[i]; u.Scored {
			units = append(units, u)
		} else {
			silent = append(silent, u.Name)
		}
	}
	type line struct {
		n     *scoring.Node
		depth int
	}
	var lines []line
	r.Set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		if leaves || !n.Leaf() || len(path) == 0 {
			lines = append(lines, line{n, len(path)})
		}
	})
	var out []Table
	for from := 0; from < len(units) || from == 0; from += unitsAcross {
		part := units[min(from, len(units)):min(from+unitsAcross, len(units))]
		t := Table{Name: sheetOf(r, "So sánh đơn vị"), Title: fmt.Sprintf("KẾT QUẢ %s CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", strings.ToUpper(pointsName(r)), r.Period.Year), Below: stageOf(r), Size: 8.5, Signers: council(),
			Columns: []Column{{Width: 13}, {Width: 62}, points(14)}, Header: oneRow("STT", "Nội dung", "Điểm tối đa")}
		if len(units) > unitsAcross {
			t.Below = append(t.Below, fmt.Sprintf("Đơn vị %d đến %d trong %d, theo thứ tự xếp hạng", from+1, from+len(part), len(units)))
			t.Name = fmt.Sprintf("%s %d", t.Name, from/unitsAcross+1)
		}
		for _, u := range part {
			t.Header[0] = append(t.Header[0], paper.Head{Text: u.Name})
			t.Columns = append(t.Columns, points(0))
		}
		for _, l := range lines {
			title := l.n.Title
			if l.depth == 0 {
				title = strings.ToUpper(title)
			}
			cells := []string{l.n.Code, title, l.n.Max.String()}
			for _, u := range part {
				cells = append(cells, nodePoints(u.Nodes[l.n.Code]))
			}
			t.Rows = append(t.Rows, paper.Row{Cells: cells, Bold: l.depth == 0 || !l.n.Leaf(), Shade: l.depth == 0, KeepNext: !l.n.Leaf()})
		}
		for _, x := range []struct {
			label string
			of    func(*assess.Ranked) string
		}{
			{"Điểm thưởng, điểm trừ", func(u *assess.Ranked) string { return (u.Result.Bonus - u.Result.Penalty).String() }},
			{"CHỈ SỐ", func(u *assess.Ranked) string { return u.Result.Index.String() }},
			{"VÒNG CHẤM", func(u *assess.Ranked) string { return u.Stage.String() }},
			{"ĐÃ CHẤM", func(u *assess.Ranked) string { return fmt.Sprintf("%d/%d", u.Done, u.Asked) }},
			{"XẾP HẠNG", (*assess.Ranked).RankText},
		} {
			if x.label == "VÒNG CHẤM" && !r.Mixed() || x.label == "ĐÃ CHẤM" && r.Parts() == 0 {
				continue // the title says it
			}
			cells := []string{}
			for _, u := range part {
				cells = append(cells, x.of(u))
			}
			max := ""
			if x.label == "CHỈ SỐ" {
				max = r.Set.Meta.Scale().String()
			}
			t.Rows = append(t.Rows, total(x.label, append([]string{max}, cells...)...))
		}
		t.Rows[len(t.Rows)-1].KeepNext = false
		if len(silent) > 0 {
			t.Notes = append(t.Notes, "Chưa có điểm nên không có cột: "+strings.Join(silent, ", ")+".")
		}
		out = append(out, t)
		if from+unitsAcross >= len(units) {
			break
		}
	}
	return out
}

func nodePoints(n assess.NodeRank) string {
	if n.Applicable == 0 {
		return "KĐG"
	}
	return n.Points.String()
}

// ResultTable is the ranking (table 6), with last year where there was one.
func ResultTable(r assess.Ranking) Table {
	t := Table{Name: sheetOf(r, "Kết quả, xếp hạng"), Title: fmt.Sprintf("KẾT QUẢ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", r.Period.Year), Below: stageOf(r), Signers: council(),
		Columns: []Column{{Width: 14, Align: paper.Center, Numeric: true}, {}, points(24), points(26), points(20), points(20), {Width: 26, Align: paper.Center}, points(24), points(20)},
		Header: oneRow("Xếp hạng", "Tên đơn vị", "Điểm "+pointsName(r), "Điểm đánh giá tác động (XHH)", "Thưởng, trừ", "Chỉ số", "Xếp loại",
			"Tăng, giảm điểm so với năm trước", "Tăng, giảm hạng")}
	for i := range r.Units {
		u := &r.Units[i]
		if !u.Scored {
			t.Rows = append(t.Rows, paper.Row{Cells: []string{"-", u.Name, "", "", "", "", "Chưa có điểm", "", ""}})
			continue
		}
		change, places := "", ""
		if p, ok := u.Change(); ok {
			change = Signed(p)
		}
		if n, ok := u.Places(); ok && u.RankText() != "" {
			places = signedInt(n)
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{orDash(u.RankText()), r.Label(u), u.Result.Self.String(), u.Result.Survey.String(),
			Signed(u.Result.Bonus - u.Result.Penalty), u.Result.Index.String(), u.Grade, change, places}})
	}
	t.Notes = append(rankNotes(r), gradeNote(r)...)
	return t
}

// SummaryTable is the short report of all units (table 7).
func SummaryTable(r assess.Ranking) Table {
	t := Table{Name: sheetOf(r, "Tổng hợp"), Title: fmt.Sprintf("BÁO CÁO TỔNG HỢP CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", r.Period.Year), Below: stageOf(r), Upright: true, Size: 10.5, Signers: council(),
		Columns: []Column{{Width: 14, Align: paper.Center}, {}, points(36), {Width: 36, Align: paper.Center}},
		Header:  oneRow("STT", "Tên đơn vị", "Điểm chấm thực tế", "Xếp loại")}
	for i := range r.Units {
		u := &r.Units[i]
		cells := []string{data.FormatInt(int64(i + 1)), u.Name, "", "Chưa có điểm"}
		if u.Scored {
			cells[1], cells[2], cells[3] = r.Label(u), u.Result.Total.String(), u.Grade
		}
		t.Rows = append(t.Rows, paper.Row{Cells: cells})
	}
	t.Notes = append(partNote(r), gradeNote(r)...)
	return t
}

// partNote says that units stand on a part of their criteria.
func partNote(r assess.Ranking) []string {
	if n := r.Parts(); n > 0 {
		return []string{fmt.Sprintf("%d đơn vị mới chấm một phần tiêu chí nên điểm và thứ hạng chỉ là tạm tính.", n)}
	}
	return nil
}

// rankNotes say how units were ranked.
func rankNotes(r assess.Ranking) []string {
	rule := "Các đơn vị bằng điểm có cùng hạng, hạng sau bỏ cách số đơn vị bằng điểm."
	if r.TieRule == scoring.Dense {
		rule = "Các đơn vị bằng điểm có cùng hạng, hạng sau liền kề."
	}
	out := []string{"Xếp theo chỉ số, điểm " + pointsName(r) + ". " + rule}
	switch {
	case r.Counted() == 1:
		out = []string{"Chỉ một đơn vị có điểm nên không xếp hạng."}
	case r.Mixed():
		out = []string{"Các đơn vị chưa cùng vòng chấm nên thứ hạng chỉ là tạm tính. " + rule}
	}
	return slices.Concat(out, partNote(r), r.Order())
}

// pointsName names the points of a ranking: of the self score, of the appraisal, or of
// both where units are at different stages.
func pointsName(r assess.Ranking) string {
	stages := r.Stages()
	switch {
	case len(stages) == 0 || stages[len(stages)-1].Round == assess.Self:
		return "tự chấm"
	case stages[0].Round == assess.Self:
		return "tự chấm và thẩm định"
	}
	return "thẩm định"
}

// stageOf are the lines under the title of a ranking: the group, and how far the points
// of its units have come.
func stageOf(r assess.Ranking) []string {
	if len(r.Stages()) == 0 {
		return groupOf(r)
	}
	return append(groupOf(r), "Vòng chấm: "+r.StageWords())
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func gradeNote(r assess.Ranking) []string {
	var parts []string
	for _, g := range r.Grades {
		if g.Name != "" {
			parts = append(parts, fmt.Sprintf("%s: %d", g.Name, g.Units))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"Xếp loại: " + strings.Join(parts, "; ") + "."}
}

// NotAssessedTable lists the units in which criteria were not assessed (table
// 8), with what that does to their points.
func NotAssessedTable(r assess.Ranking, cards []*assess.Card) Table {
	t := Table{Name: sheetOf(r, "Không đánh giá"), Title: fmt.Sprintf("BÁO CÁO CÁC TIÊU CHÍ KHÔNG ĐÁNH GIÁ, NĂM %d", r.Period.Year), Below: stageOf(r), Signers: council(),
		Columns: []Column{{Width: 44}, {Width: 30, Align: paper.Right}, points(22), points(22), points(20), points(20), {}},
		Header: oneRow("Đơn vị", "Điểm "+pointsName(r)+" thực tế/ điểm tối đa áp dụng", "Tỷ lệ thực hiện (%)", "Điểm quy đổi", "Điểm XHH", "Chỉ số",
			"Các tiêu chí không đánh giá, lý do"),
		Empty: "Mọi tiêu chí đều được đánh giá ở tất cả các đơn vị."}
	for _, c := range ranked(r, cards) {
		list := c.NotAssessed()
		if len(list) == 0 {
			continue
		}
		var reasons []string
		for _, row := range list {
			reasons = append(reasons, fmt.Sprintf("%s (%s): %s", row.Node.Code, row.Max, c.Reason(row.Node.Code)))
		}
		got, applicable := scoring.Points(0), scoring.Points(0)
		for _, row := range c.Rows() {
			if row.Leaf && !row.Node.Survey() {
				got += row.Final.Points
				applicable += row.Applicable
			}
		}
		rescaled := c.Final.Total - c.Final.Survey - c.Final.Bonus + c.Final.Penalty
		t.Rows = append(t.Rows, paper.Row{Cells: []string{r.Label(r.Of(c.Sheet.Unit)), got.String() + "/" + applicable.String(),
			data.Ratio{Numerator: int64(got), Denominator: int64(applicable)}.Percent(), rescaled.String(), c.Final.Survey.String(), c.Final.Index.String(), strings.Join(reasons, "; ")}})
	}
	return t
}

// Signed writes points with their sign, 0 without one.
func Signed(p scoring.Points) string {
	if p > 0 {
		return "+" + p.String()
	}
	return p.String()
}

func signedInt(n int) string {
	switch {
	case n > 0:
		return "+" + data.FormatInt(int64(n))
	case n < 0:
		return "–" + data.FormatInt(int64(-n))
	}
	return "0"
}
