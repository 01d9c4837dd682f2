package scoring_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/assess"
	rules "giaoban/data/scoring"
)

// fault fails unless err is at the field.
func fault(t *testing.T, err error, field string) {
	t.Helper()
	var e *data.Error
	if !errors.As(err, &e) || e.Field != field || e.Message == "" {
		t.Errorf("%v (%+v), want a fault of %q", err, e, field)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// typed is a criterion as an officer types it.
type typed struct {
	parent, code, title, max string
	rule                     *scoring.RuleForm
}

func form(kind rules.Kind, fields map[string]string, rows ...[]string) *scoring.RuleForm {
	if fields == nil {
		fields = map[string]string{}
	}
	return &scoring.RuleForm{Kind: kind, Fields: fields, Rows: rows}
}

func tiers(input string, rows ...[]string) *scoring.RuleForm {
	f := form(rules.KindTiers, nil, rows...)
	f.Input = input
	return f
}

// TestTypeASet types a set from a decision by hand, every kind of rule, bonus and
// penalty, grades and policies; it is refused for a period while faults remain,
// which name their part, and a sheet scores by it in the end. Then it is locked,
// and copied to the next year.
func TestTypeASet(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	head := s.FreshHead()
	head.Title = "  "
	fault(t, s.Create(t.Context(), head), "title")
	head = s.FreshHead()
	head.Year = "năm nay"
	fault(t, s.Create(t.Context(), head), "year")
	head.Year, head.Total = "2022", "một trăm"
	fault(t, s.Create(t.Context(), head), "total")
	head.Total, head.Key = "20", "co dau cach"
	fault(t, s.Create(t.Context(), head), "id")
	head.Key, head.Level = "cchc-dac-khu-2022", "đặc khu"
	head.Source = "Quyết định số 12/QĐ-UBND ngày 03/02/2022"
	must(t, s.Create(t.Context(), head))
	s.Refresh()
	if s.Set() == nil || len(s.Problems()) != 1 || len(s.Nodes()) != 3 || s.Head() != (scoring.SetHead{Key: "cchc-dac-khu-2022", Title: head.Title, Year: "2022", Level: "đặc khu", Source: head.Source, Total: "20,00"}) {
		t.Fatalf("%v, %+v, %+v", s.Problems(), s.Nodes(), s.Head())
	}
	again := head
	again.Total = "30"
	fault(t, s.Create(t.Context(), again), "id") // the key is in use

	for _, c := range []typed{
		{"", "1", "Chỉ đạo, điều hành", "6", nil},
		{"1", "1.1", "Ban hành kế hoạch", "1", form(rules.KindBinary, map[string]string{"yes": "1"})},
		{"1", "1.2", "Nội dung kế hoạch", "1", form(rules.KindChecklist, nil, []string{"Đủ nhiệm vụ", "0,5"}, nil, []string{"Rõ trách nhiệm", "0,5"})},
		{"1", "1.3", "Ngày ban hành", "2", tiers(rules.ByDate, []string{"31/01", "1", "2", ""}, []string{"", "", "0", ""})},
		{"1", "1.4", "Báo cáo", "2", form(rules.KindDeduct, map[string]string{"start": "2"}, []string{"Báo cáo chậm", "0,25"}, []string{"Thiếu báo cáo", "0,5"})},
		{"", "2", "Thủ tục", "10", nil},
		{"2", "2.1", "Đúng hạn", "4", form(rules.KindRatio, map[string]string{"cutoff": "80"})},
		{"2", "2.2", "Trực tuyến", "3", tiers(rules.ByPercent, []string{"80", "1", "", "", "3", ""}, []string{"50", "1", "80", "", "1", ""}, []string{"", "", "40", "", "0", ""})},
		{"2", "2.3", "Sáng kiến", "3", &scoring.RuleForm{Kind: rules.KindFormula, Fields: map[string]string{"expr": "max*b/a"}, Rows: [][]string{{"a", "giao", ""}, {"b", "xong", ""}}, Cases: [][]string{{"a == 0", "max"}}}},
		{"", "3", "Điều tra", "5", form(rules.KindSurvey, nil)},
	} {
		must(t, s.Edit(t.Context(), "thêm "+c.code, func(set *rules.Set) error {
			limit, err := scoring.ParsePoints(c.max)
			if err != nil {
				return err
			}
			n := &rules.Node{Code: c.code, Title: c.title, Max: limit}
			if c.rule != nil {
				if n.Rule, err = c.rule.Rule(); err != nil {
					return err
				}
			}
			return set.AddNode(c.parent, 99, n)
		}))
	}
	s.Refresh()
	said := fmt.Sprint(s.Problems())
	for _, want := range []string{"Tiêu chí 2.2: ", "hở", "21,00, khác tổng điểm 20,00"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	if row := s.Nodes()[s.Find("2.2")]; row.Problem == "" || strings.Contains(row.Problem, "2.2") {
		t.Errorf("the row says %q", row.Problem)
	}
	for _, c := range m.SetChoices() {
		if strings.HasPrefix(c.Label, head.Title) {
			t.Error("a draft is offered for a period")
		}
	}

	// Steps with a gap are told before the rule is kept; faults in a row name it.
	f := tiers(rules.ByPercent, []string{"80", "1", "", "", "3", ""}, []string{"50", "1", "80", "", "1", ""}, []string{"", "", "50", "", "0", ""})
	if bad := f.Faults("3"); len(bad) != 0 {
		t.Errorf("faults %v", bad)
	}
	if bad := f.Faults("4"); len(bad) != 1 || !strings.Contains(bad[0], "khác điểm tối đa 4,00") {
		t.Errorf("faults %v", bad)
	}
	wrong := *f
	wrong.Rows = [][]string{nil, {"80", "1", "", "", "ba", ""}}
	_, err := wrong.Rule()
	fault(t, err, "rows.1")
	rule, err := f.Rule()
	must(t, err)
	must(t, s.Edit(t.Context(), "cách chấm 2.2", func(set *rules.Set) error { return set.SetRule("2.2", rule) }))
	s.Refresh()
	head = s.Head()
	head.Total, head.SurveyMax = "21", "4"
	must(t, s.KeepHead(t.Context(), head))
	s.Refresh()
	if p := s.Problems(); len(p) != 1 || p[0].Field != rules.FieldHead {
		t.Errorf("survey total: %v", p)
	}
	head.SurveyMax = "5"
	must(t, s.KeepHead(t.Context(), head))
	s.Refresh()

	// Bonus and penalty.
	a := s.FreshAdjust(true)
	if a.Code != "T.1" {
		t.Errorf("a new bonus is %q", a.Code)
	}
	fault(t, s.KeepAdjust(t.Context(), a), "title")
	a.Title, a.Cap = "Sáng kiến được nhân rộng", "không"
	fault(t, s.KeepAdjust(t.Context(), a), "cap")
	a.Cap, a.Domain = "1", "1"
	fault(t, s.KeepAdjust(t.Context(), a), "options.0")
	a.Rows = [][]string{nil, {"Cấp tỉnh", "0,5", rules.PerEach}, {"Cấp huyện", "không", ""}}
	fault(t, s.KeepAdjust(t.Context(), a), "options.2")
	a.Rows[2][1] = "0,25"
	must(t, s.KeepAdjust(t.Context(), a))
	s.Refresh()
	a, ok := s.AdjustFormOf("T.1")
	if !ok || fmt.Sprint(a.Rows) != "[[Cấp tỉnh 0,50 each] [Cấp huyện 0,25 each]]" || a.Cap != "1,00" || a.Domain != "1" {
		t.Fatalf("%+v", a)
	}
	id := s.Set().Bonus[0].Rule.Options[1].ID
	a.Rows, a.Code = [][]string{{"Cấp huyện, xã", "0,25", rules.PerOnce}, {"Cấp tỉnh", "0,5", rules.PerEach}}, "1.1"
	fault(t, s.KeepAdjust(t.Context(), a), "code")
	a.Code = "T.2"
	a.Rows[0], a.Rows[1] = a.Rows[1], a.Rows[0]
	must(t, s.KeepAdjust(t.Context(), a))
	p := s.FreshAdjust(false)
	p.Title, p.Rows = "Báo cáo sai", [][]string{{"Mỗi báo cáo", "-0,5", rules.PerEach}}
	must(t, s.KeepAdjust(t.Context(), p))
	s.Refresh()
	set := s.Set()
	if len(set.Bonus) != 1 || set.Bonus[0].Code != "T.2" || set.Bonus[0].Rule.Options[1].ID != id || len(set.Penalty) != 1 || set.Penalty[0].Rule.Options[0].Points != 500 {
		t.Errorf("%+v, %+v", set.Bonus[0], set.Penalty)
	}

	// Grades, policies, figures.
	fault(t, s.KeepGrades(t.Context(), [][]string{{"Tốt", "80", ""}, {"Khá", "tám mươi", ""}}), "grades.1")
	fault(t, s.KeepGrades(t.Context(), [][]string{{"Tốt", "80", ""}, {"Khá", "50", "90"}}), "grades.1")
	fault(t, s.KeepGrades(t.Context(), [][]string{{"Tốt", "80", ""}, nil, {"tốt", "50", ""}}), "grades.2")
	must(t, s.KeepGrades(t.Context(), [][]string{{"Tốt", "80", ""}, {"Khá", "50", ""}, {"Yếu", "0", ""}}))
	s.Refresh()
	if got := fmt.Sprint(s.GradeRows()); got != "[[Tốt 80 100] [Khá 50 80] [Yếu 0 50]]" {
		t.Errorf("grades %s", got)
	}
	policies := s.Policies()
	policies.LeafDecimals = "4"
	fault(t, s.KeepPolicies(t.Context(), policies), "leaf")
	policies.LeafDecimals, policies.High = "3", ""
	fault(t, s.KeepPolicies(t.Context(), policies), "high")
	policies.High, policies.BonusCap = "100", "nhiều"
	fault(t, s.KeepPolicies(t.Context(), policies), "bonus")
	policies.BonusCap, policies.NA, policies.NoSurvey, policies.Tie, policies.Mode = "0,75", rules.CountZero, rules.SurveyZero, string(rules.Dense), rules.Down
	must(t, s.KeepPolicies(t.Context(), policies))
	s.Refresh()
	if s.Policies() != policies {
		t.Errorf("policies %+v, want %+v", s.Policies(), policies)
	}
	fault(t, s.KeepMetrics(t.Context(), [][]string{{"thu", "Thu ngân sách", ""}, {"thu", "Thu", ""}}), "metrics.1")
	fault(t, s.KeepMetrics(t.Context(), [][]string{{"có cách", "Thu ngân sách", ""}}), "metrics.0")
	must(t, s.KeepMetrics(t.Context(), [][]string{{"thu", "Thu ngân sách", "thu trên dự toán"}}))
	fault(t, s.KeepNodeMetric(t.Context(), "2.1", rules.MetricRef{Value: "dossier.on_time_rate", Numerator: "dossier.resolved_in_time"}), "denominator")
	must(t, s.KeepNodeMetric(t.Context(), "2.1", rules.MetricRef{Value: "dossier.on_time_rate", Scope: "all"}))
	s.Refresh()
	if len(s.Problems()) != 0 || len(s.MetricRows()) != 2 || s.NodeMetric("2.1").Scope != "all" {
		t.Fatalf("%v, %v", s.Problems(), s.MetricRows())
	}
	must(t, s.KeepMetrics(t.Context(), nil)) // the criterion still names one
	s.Refresh()
	if p := s.Problems(); len(p) != 1 || p[0].Field != "2.1" {
		t.Errorf("a figure that is not declared: %v", p)
	}
	must(t, s.KeepNodeMetric(t.Context(), "2.1", rules.MetricRef{}))
	s.Refresh()

	// A sheet scores by it.
	plan := m.Plan()
	m.SetYear(&plan, 2022)
	for _, c := range m.SetChoices() {
		if strings.HasPrefix(c.Label, head.Title) {
			plan.Set = c.Key
		}
	}
	period, _, err := m.KeepPeriod(t.Context(), plan)
	must(t, err)
	m.Opened(period)
	answer := func(code string, change func(*scoring.Draft)) {
		t.Helper()
		m.Leaf.Show(code)
		m.Leaf.Edit(change)
		save(t, m)
	}
	two := func(b, a string) func(*scoring.Draft) {
		return func(d *scoring.Draft) { d.Put("b", b); d.Put("a", a) }
	}
	m.Leaf.Show("1.1")
	m.Leaf.Pick(0)
	save(t, m)
	m.Leaf.Show("1.2")
	m.Leaf.Pick(1)
	save(t, m)
	answer("1.3", func(d *scoring.Draft) { d.Put("date", "31/01/2022") })
	answer("1.4", func(d *scoring.Draft) { d.Put("event:e1", "2") })
	answer("2.1", two("90", "100"))
	answer("2.2", two("79", "100"))
	answer("2.3", func(d *scoring.Draft) { d.Put("var:a", "3"); d.Put("var:b", "1") })
	answer("3", func(d *scoring.Draft) { d.Put("percent", "80"); d.Source = "Quyết định số 5" })
	answer("T.2", func(d *scoring.Draft) { d.Put("count:"+set.Bonus[0].Rule.Options[0].ID, "4") })
	answer("P.1", func(d *scoring.Draft) { d.Put("count:"+set.Penalty[0].Rule.Options[0].ID, "1") })
	h, _ := m.Head()
	// 1 + 0,5 + 2 + 1,5 + 3,6 + 1 + 1 + 4 = 14,6; bonus 4 × 0,5, at most 0,75 in all;
	// penalty 0,5: 14,85 of 21, cut off after two decimals.
	if h.Index != "70,71" || h.Grade != "Khá" {
		t.Errorf("%+v", h)
	}

	// Now it is locked, and goes on as a copy.
	s.Refresh()
	if s.Locked() == "" {
		t.Error("a set in use is open")
	}
	if err := s.KeepHead(t.Context(), head); data.CodeOf(err) != data.Conflict {
		t.Errorf("a locked set was changed: %v", err)
	}
	must(t, s.Copy(t.Context(), 2023))
	s.Refresh()
	if s.Locked() != "" || s.Head().Year != "2023" || s.Head().Key != "cchc-dac-khu-2023" || len(s.Problems()) != 0 {
		t.Errorf("the copy: %q, %+v, %v", s.Locked(), s.Head(), s.Problems())
	}
	head = s.Head()
	head.Title = "Bộ tiêu chí năm sau"
	must(t, s.KeepHead(t.Context(), head))
	must(t, m.Book.Move(context.Background(), m.Sheet(), assess.Submitted, "đủ"))
}
