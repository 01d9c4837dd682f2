package scorecard

import (
	"strings"

	"giaoban/data/scoring"
	"giaoban/reports/paper"
)

// CriteriaTable is a set of criteria as the table of a decision: number, criterion,
// maximum, how points are given, evidence. What the decision says itself stands there
// in its own words, else the rule.
func CriteriaTable(set *scoring.Set) Table {
	t := Table{Name: "Bộ tiêu chí", Title: "BẢNG TIÊU CHÍ", Below: []string{set.Meta.Title},
		Columns: []Column{{Width: 16}, {}, points(18), {Width: 92}, {Width: 52}},
		Header:  oneRow("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Cách chấm điểm", "Tài liệu kiểm chứng")}
	if set.Meta.Source != "" {
		t.Below = append(t.Below, "("+set.Meta.Source+")")
	}
	t.said(&set.Meta)
	set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		t.Rows = append(t.Rows, paper.Row{Bold: len(n.Children) > 0, Shade: len(path) == 0,
			Cells: []string{n.Code, n.Title, n.Max.String(), ruleWords(n), strings.Join(n.Evidence, "\n")}})
	})
	t.Rows = append(t.Rows, paper.Row{Bold: true, Cells: []string{"", "TỔNG CỘNG", set.Meta.Total.String(), "", ""}})
	for _, part := range []struct {
		title string
		list  []*scoring.Adjust
		limit *scoring.Points
	}{{"ĐIỂM THƯỞNG", set.Bonus, set.Meta.BonusCap}, {"ĐIỂM TRỪ", set.Penalty, set.Meta.PenaltyCap}} {
		if len(part.list) == 0 {
			continue
		}
		t.Rows = append(t.Rows, paper.Row{Bold: true, Shade: true, Cells: []string{"", part.title, optional(part.limit), "", ""}})
		for _, a := range part.list {
			t.Rows = append(t.Rows, paper.Row{Cells: []string{a.Code, a.Title, optional(a.Cap), adjustWords(a), strings.Join(a.Evidence, "\n")}})
		}
	}
	return t
}

func optional(p *scoring.Points) string {
	if p == nil {
		return ""
	}
	return p.String()
}

// ruleWords tells how points are given, a line a step.
func ruleWords(n *scoring.Node) string {
	if n.Words != "" || n.Rule == nil {
		return n.Words
	}
	var out []string
	for _, l := range n.RuleLines() {
		if l.Points != nil {
			l.Text += ": " + l.Points.String()
		}
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}

func adjustWords(a *scoring.Adjust) string {
	if a.Words != "" {
		return a.Words
	}
	var out []string
	for _, o := range a.Rule.Options {
		out = append(out, o.Label+": "+o.Points.String())
	}
	return strings.Join(out, "\n")
}
