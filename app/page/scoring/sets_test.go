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

// row makes a row of a section from texts by column.
func row(sec *scoring.Section, cells map[string]string) []string {
	out := make([]string, len(sec.Columns))
	for i, name := range sec.Columns {
		out[i] = cells[name]
	}
	return out
}

// says fails unless a fault stands at a cell and holds the words.
func says(t *testing.T, x *scoring.SetSheet, section, at int, column, words string) {
	t.Helper()
	x.Check()
	sec := x.Sections[section]
	for _, f := range x.Faults {
		if f.Section == section && f.Row == at && sec.Columns[f.Column] == column && strings.Contains(f.Text, words) {
			return
		}
	}
	t.Errorf("no %q at row %d, %s: %+v", words, at, column, x.Faults)
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
	if s.Set == nil || len(s.Problems) != 1 || s.Set.Meta.Level != "đặc khu" || s.Set.Meta.Total != 20000 || s.Set.Meta.Source != head.Source {
		t.Fatalf("%v, %+v", s.Problems, s.Set)
	}
	again := head
	again.Total = "30"
	fault(t, s.Create(t.Context(), again), "id") // the key is in use

	const c, n, limit, kind, from, to, points, key, value, part = rules.ColumnCode, rules.ColumnTitle, rules.ColumnMax, rules.ColumnKind, rules.ColumnFrom, rules.ColumnTo, rules.ColumnPoints, rules.ColumnKey, rules.ColumnValue, rules.ColumnPart
	x := s.Sheet
	tree := x.Sections[scoring.SectionTree]
	type cells = map[string]string
	for _, r := range []cells{
		{c: "1", n: "Chỉ đạo, điều hành", limit: "6"},
		{c: "1.1", n: "Ban hành kế hoạch", limit: "1", kind: "Có hoặc không"},
		{c: "1.2", n: "Nội dung kế hoạch", limit: "1", kind: "Danh mục nội dung"}, {n: "Đủ nhiệm vụ", points: "0,5"}, {}, {n: "Rõ trách nhiệm", points: "0,5"},
		{c: "1.3", n: "Ngày ban hành", limit: "2", kind: "Mức theo ngày"}, {to: "31/01", points: "2"}, {points: "0"},
		{c: "1.4", n: "Báo cáo", limit: "2", kind: "Trừ điểm theo lỗi"}, {n: "Báo cáo chậm", points: "0,25"}, {n: "Thiếu báo cáo", points: "0,5"},
		{c: "2", n: "Thủ tục", limit: "10"},
		{c: "2.1", n: "Đúng hạn", limit: "4", kind: "Tỷ lệ b/a"}, {part: rules.PartParam, key: "tối thiểu %", value: "80"},
		{c: "2.2", n: "Trực tuyến", limit: "3", kind: "Mức theo tỷ lệ"}, {from: "80", points: "3"}, {from: "50", to: "80", points: "1"}, {to: "40", points: "0"},
		{c: "2.3", n: "Sáng kiến", limit: "3", kind: "Công thức"}, {part: rules.PartParam, key: "công thức", value: "max*b/a"}, {part: rules.PartVar, key: "a", n: "giao"}, {part: rules.PartVar, key: "b", n: "xong"}, {part: rules.PartCase, key: "a == 0", value: "max"},
		{c: "3", n: "Điều tra", limit: "5", kind: "Điều tra xã hội học"},
	} {
		tree.Table.Insert(tree.Table.Len(), row(tree, r))
	}
	gap := tree.Find("2.2")
	says(t, x, scoring.SectionTree, gap, c, "hở")
	if said := fmt.Sprint(x.Faults); !strings.Contains(said, "21,00, khác tổng điểm 20,00") {
		t.Errorf("no sum in %s", said)
	}
	must(t, x.Store(t.Context()))
	x.Stored()
	s.Refresh()
	for _, choice := range m.SetChoices() {
		if strings.HasPrefix(choice.Text, head.Title) {
			t.Error("a draft is offered for a period")
		}
	}

	// A cell that cannot be read is told where it stands, and nothing is stored.
	x = s.Sheet
	tree = x.Sections[scoring.SectionTree]
	gap = tree.Find("2.2")
	column := func(sec *scoring.Section, name string) int {
		for i, x := range sec.Columns {
			if x == name {
				return i
			}
		}
		t.Fatalf("no column %s", name)
		return -1
	}
	tree.Table.Set(gap+1, column(tree, points), "ba")
	tree.Table.Set(gap, column(tree, limit), "nhiều")
	says(t, x, scoring.SectionTree, gap, limit, "«nhiều» không phải một số")
	tree.Table.Set(gap, column(tree, limit), "3")
	says(t, x, scoring.SectionTree, gap+1, points, "«ba» không phải một số")
	if err := x.Store(t.Context()); data.CodeOf(err) != data.Invalid {
		t.Errorf("a wrong cell was stored: %v", err)
	}
	// The dialog of one rule tells gaps before the rule is kept, and writes its rows.
	f, _ := x.Rule(gap)
	if _, _, err := f.Check("3"); err == nil || !strings.Contains(err.Error(), "ba") {
		t.Errorf("the dialog says %v", err)
	}
	f = rule(t, "Mức theo tỷ lệ", nil, map[string][][]string{rules.PartTier: {{"80", "", "3"}, {"50", "80", "1"}, {"", "50", "0"}}})
	if _, problems, err := f.Check("3"); err != nil || len(problems) != 0 {
		t.Errorf("faults %v, %v", problems, err)
	}
	if _, problems, _ := f.Check("4"); len(problems) != 1 || !strings.Contains(problems[0], "khác điểm tối đa 4,00") {
		t.Errorf("faults %v", problems)
	}
	x.PutRule(gap, f)
	info := x.Sections[scoring.SectionHead]
	say := func(word, text string) (at int) {
		t.Helper()
		for at = range info.Table.Len() {
			if info.At(at, key) == word {
				info.Table.Set(at, column(info, value), text)
				return at
			}
		}
		t.Fatalf("no %q", word)
		return -1
	}
	at := say("tổng điểm", "21")
	say("tổng điểm điều tra", "4")
	says(t, x, scoring.SectionHead, at, value, "điều tra")
	say("tổng điểm điều tra", "5")

	// Bonus and penalty.
	adjusts := x.Sections[scoring.SectionAdjusts]
	rows := x.NewAdjust(true)
	if rows[0][column(adjusts, c)] != "T.1" {
		t.Errorf("a new bonus is %q", rows[0])
	}
	adjusts.Table.Insert(0, row(adjusts, cells{part: rules.PartBonus, c: "T.2", n: "Sáng kiến được nhân rộng", limit: "không"}),
		row(adjusts, cells{part: rules.PartParam, key: "lĩnh vực", value: "1"}),
		row(adjusts, cells{part: rules.PartOption, n: "Cấp tỉnh", points: "0,5", value: "mỗi lần"}), row(adjusts, cells{part: rules.PartOption, n: "Cấp huyện", points: "không"}),
		row(adjusts, cells{part: rules.PartPenalty, c: "P.1", n: "Báo cáo sai"}), row(adjusts, cells{part: rules.PartOption, n: "Mỗi báo cáo", points: "0,5"}))
	says(t, x, scoring.SectionAdjusts, 0, limit, "không phải một số")
	adjusts.Table.Set(0, column(adjusts, limit), "1")
	says(t, x, scoring.SectionAdjusts, 3, points, "không phải một số")
	adjusts.Table.Set(3, column(adjusts, points), "0,25")
	adjusts.Table.Set(0, column(adjusts, c), "1.1")
	says(t, x, scoring.SectionTree, tree.Find("1.1"), c, "hai lần")
	adjusts.Table.Set(0, column(adjusts, c), "T.2")

	// Grades, policies, figures.
	grades := x.Sections[scoring.SectionGrades]
	grades.Table.Insert(0, []string{"Tốt", "80", "100"}, []string{"Khá", "tám mươi", "80"})
	says(t, x, scoring.SectionGrades, 1, from, "tám mươi")
	grades.Table.Set(1, 1, "90")
	says(t, x, scoring.SectionGrades, 0, n, "Khá")
	grades.Table.Set(1, 1, "50")
	grades.Table.Insert(2, []string{"Tốt", "0", "50"})
	says(t, x, scoring.SectionGrades, 0, n, "hai lần")
	grades.Table.Set(2, 0, "Yếu")
	at = say("số lẻ của tiêu chí", "4")
	says(t, x, scoring.SectionHead, at, value, "từ 0 đến 3")
	say("số lẻ của tiêu chí", "3")
	at = say("mức thưởng tối đa", "nhiều")
	says(t, x, scoring.SectionHead, at, value, "nhiều")
	for word, text := range map[string]string{"mức thưởng tối đa": "0,75", "tiêu chí không đánh giá": "tính 0 điểm", "khi không điều tra": "tính 0 điểm", "khi bằng điểm": "hạng sau liền kề (1, 1, 2)", "cách làm tròn": "cắt bớt"} {
		say(word, text)
	}
	figures := x.Sections[scoring.SectionMetrics]
	figures.Table.Insert(0, []string{"thu", "Thu ngân sách", "", ""}, []string{"thu", "Thu", "", ""})
	says(t, x, scoring.SectionMetrics, 0, key, "hai lần")
	figures.Table.Set(1, 0, "chi")
	// A figure of the register is declared by being used; one that nobody knows is told.
	own := tree.Find("2.1")
	param := func(word, text string) []string {
		return row(tree, cells{part: rules.PartParam, key: word, value: text})
	}
	tree.Table.Insert(own+1, param("chỉ số", "doan"))
	says(t, x, scoring.SectionTree, own, c, "chưa khai")
	tree.Table.Remove(own+1, own+2)
	tree.Table.Insert(own+1, param("chỉ số", "dossier.on_time_rate"), param("phạm vi", "all"))
	x.Check()
	if len(x.Faults) != 0 {
		t.Fatalf("%+v", x.Faults)
	}
	must(t, x.Store(t.Context()))
	x.Stored()
	s.Refresh()
	set := s.Set
	if len(s.Problems) != 0 || len(set.Metrics) != 3 || set.Node("2.1").Metric.Scope != "all" || len(set.Bonus) != 1 || set.Bonus[0].Domain != "1" || set.Penalty[0].Rule.Options[0].Points != 500 {
		t.Fatalf("%v, %+v", s.Problems, set)
	}
	// Signs of lines that were made up stay with their lines.
	x = s.Sheet
	adjusts = x.Sections[scoring.SectionAdjusts]
	id := set.Bonus[0].Rule.Options[1].ID
	adjusts.Table.Set(3, column(adjusts, n), "Cấp huyện, xã")
	adjusts.Table.Move(2, true)
	// A code takes those below it along, and back with one step.
	tree = x.Sections[scoring.SectionTree]
	x.Recode(tree.Find("2"), "A")
	if tree.Find("A.2") < 0 || tree.Find("2.2") >= 0 {
		t.Error("codes below stay behind")
	}
	tree.Table.Undo()
	own = tree.Find("2.1")
	tree.Table.Remove(own+2, own+4)
	x.Check()
	must(t, x.Store(t.Context()))
	x.Stored()
	s.Refresh()
	set = s.Set
	if set.Bonus[0].Rule.Options[0].ID != id || set.Node("2.1").Metric != nil {
		t.Errorf("%+v", set.Bonus[0].Rule.Options)
	}

	// A sheet scores by it.
	plan := m.Plan()
	m.SetYear(&plan, 2022)
	for _, c := range m.SetChoices() {
		if strings.HasPrefix(c.Text, head.Title) {
			plan.Set = c.Key
		}
	}
	period, _, err := m.KeepPeriod(t.Context(), plan)
	must(t, err)
	m.Opened(period)
	answer := func(code string, texts ...string) {
		t.Helper()
		m.Leaf.Show(code)
		for i := 0; i < len(texts); i += 2 {
			put(m, texts[i], texts[i+1])
		}
		save(t, m)
	}
	m.Leaf.Show("1.1")
	m.Leaf.Pick(0)
	save(t, m)
	m.Leaf.Show("1.2")
	m.Leaf.Pick(1)
	save(t, m)
	answer("1.3", "date", "31/01/2022")
	answer("1.4", "event:k1", "2")
	answer("2.1", "b", "90", "a", "100")
	answer("2.2", "b", "79", "a", "100")
	answer("2.3", "var:a", "3", "var:b", "1")
	answer("3", "percent", "80", scoring.KeySource, "Quyết định số 5")
	answer("T.2", "count:"+set.Bonus[0].Rule.Options[0].ID, "4")
	answer("P.1", "count:"+set.Penalty[0].Rule.Options[0].ID, "1")
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
	x = s.Sheet
	x.Sections[scoring.SectionTree].Table.Set(0, column(x.Sections[scoring.SectionTree], n), "Khác")
	x.Check()
	if err := x.Store(t.Context()); data.CodeOf(err) != data.Conflict {
		t.Errorf("a locked set was changed: %v", err)
	}
	x.Reset()
	must(t, s.Copy(t.Context(), 2023))
	s.Refresh()
	if meta := s.Set.Meta; s.Locked() != "" || meta.Year != 2023 || meta.ID != "cchc-dac-khu-2023" || len(s.Problems) != 0 {
		t.Errorf("the copy: %q, %+v, %v", s.Locked(), meta, s.Problems)
	}
	x = s.Sheet
	info = x.Sections[scoring.SectionHead]
	say("tên bộ tiêu chí", "Bộ tiêu chí năm sau")
	x.Check()
	must(t, x.Store(t.Context()))
	must(t, m.Book.Move(context.Background(), m.Sheet(), assess.Submitted, "đủ"))
}

// TestConditionsOfGradesNameWhatTheyMayUse: the line below the grades lists the names.
func TestConditionsOfGradesNameWhatTheyMayUse(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	_, err := s.Import(t.Context(), "../../../data/scoring/testdata/decisions/set-g-85.json")
	must(t, err)
	s.Refresh()
	help := s.Sheet.Help(scoring.SectionGrades, 0, "")
	for _, n := range rules.GradeNames() {
		if !strings.Contains(help, n[0]+": "+n[1]) {
			t.Errorf("%q does not name %s", help, n[0])
		}
	}
}
