package scoring_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/assess"
	rules "giaoban/data/scoring"
)

// TestRuleFormComesBack writes every rule of the shipped sets into the fields of
// the editor and reads it again: nothing may change.
func TestRuleFormComesBack(t *testing.T) {
	n := 0
	for _, set := range rules.Shipped() {
		set.Walk(func(x *rules.Node, _ []*rules.Node) {
			if !x.Leaf() {
				return
			}
			n++
			f := scoring.RuleFormOf(x.Rule)
			got, err := f.Rule()
			if err != nil {
				t.Errorf("%s: %v", x.Code, err)
				return
			}
			copied := *x
			copied.Rule = got
			before, after := x.RuleLines(), copied.RuleLines()
			a, _ := json.Marshal(before)
			b, _ := json.Marshal(after)
			if string(a) != string(b) {
				t.Errorf("%s %s: %s, came back as %s", set.Meta.ID, x.Code, a, b)
			}
		})
	}
	if n < 150 {
		t.Errorf("%d rules tried", n)
	}
}

func TestRuleFormEnds(t *testing.T) {
	f := scoring.RuleForm{Kind: rules.KindTiers, Input: rules.ByPercent, Fields: map[string]string{},
		Rows: [][]string{{"80", "1", "", "", "1", ""}, {"50", "", "80", "", "0,5", ""}, {"", "", "50", "1", "0", ""}}}
	for _, c := range []struct{ b, points string }{{"80", "1,00 điểm"}, {"79", "0,50 điểm"}, {"50", "0,00 điểm"}, {"51", "0,50 điểm"}} {
		if got, err := f.Trial("1", map[string]string{"b": c.b, "a": "100"}, 2023); err != nil || got != c.points {
			t.Errorf("%s/100: %q, %v, want %s", c.b, got, err, c.points)
		}
	}
	if len(f.TrialInputs()) != 2 {
		t.Errorf("a trial asks for %v", f.TrialInputs())
	}
	f = scoring.RuleForm{Kind: rules.KindFormula, Fields: map[string]string{"expr": "max*b/a"}, Rows: [][]string{{"a", "giao", ""}, {"b", "xong", ""}}, Cases: [][]string{{"b < 0.5*a", "0"}}}
	for _, c := range []struct{ a, b, points string }{{"4", "3", "1,50 điểm"}, {"4", "1", "0,00 điểm"}} {
		if got, err := f.Trial("2", map[string]string{"var:a": c.a, "var:b": c.b}, 2023); err != nil || got != c.points {
			t.Errorf("%s of %s: %q, %v", c.b, c.a, got, err)
		}
	}
	if _, err := f.Trial("2", map[string]string{"var:a": "0", "var:b": "0"}, 2023); err == nil {
		t.Error("a formula that divides by nought was tried without an error")
	}
	f = scoring.RuleForm{Kind: rules.KindTiers, Input: rules.ByDate, Fields: map[string]string{}, Rows: [][]string{{"31/1", "1", "1", ""}, {"", "1", "0", ""}}}
	r, err := f.Rule()
	if err != nil || *r.(*rules.Tiers).Tiers[0].Until != "01-31" {
		t.Errorf("31/1: %+v, %v", r, err)
	}
	f.Rows[0][0] = "cuối tháng 1"
	if _, err := f.Rule(); err == nil || !strings.Contains(err.Error(), "Dòng 1") {
		t.Errorf("no date: %v", err)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{"34.170": "34170", "34170": "34170", "81,56": "81,56", "81.56": "81,56", "1.234.567,5": "1234567,5", "0.125": "0,125", " 7 ": "7"} {
		if n, err := scoring.ParseNumber(text); err != nil || n.String() != want {
			t.Errorf("%q: %s, %v", text, n, err)
		}
	}
	if _, err := scoring.ParseNumber("12a"); err == nil {
		t.Error("12a is a number")
	}
	if p, err := scoring.ParsePoints("0,125"); err != nil || p != 125 {
		t.Errorf("%d, %v", p, err)
	}
	if _, err := scoring.ParsePoints("0,1255"); err == nil {
		t.Error("four decimals are points")
	}
}

func TestResultsAndPublished(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(0)
	save(t, m)
	r := scoring.NewResults(m)
	r.Refresh()
	rows := r.Rows()
	if r.Err() != nil || len(rows) != 1 || rows[0].Rank != "1" || !rows[0].Own || len(rows[0].Domains) != 8 || !strings.HasPrefix(rows[0].Domains[0], "0,50 (1)") {
		t.Fatalf("%+v, %v", rows, r.Err())
	}
	form := scoring.PublishedForm{Title: "Kết quả năm 2022", Year: "2022", Number: "10/QĐ-UBND", Date: today - 3, Index: "85,76", Rank: "7", Of: "12",
		Domains: [][]string{{"1", "Chỉ đạo điều hành", "10", "10"}, {"2", "Thể chế", "8,5", "8,5", "2", "0,5"}, nil, {"7", "Chính quyền số", "81,5"}}, Places: [][]string{{"Huyện Mẫu", "90,1", "1"}}}
	if err := m.KeepPublished(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	r.Refresh()
	list := r.Published()
	if len(list) != 1 || len(list[0].Places) != 2 || len(list[0].Domains) != 3 {
		t.Fatalf("%+v", list)
	}
	loss, ok := scoring.PublishedMap(&list[0])
	if !ok || len(loss.Missing) != 1 || loss.Index != 85760 {
		t.Errorf("%+v", loss)
	}
	again := scoring.FormOf(list[0])
	if again.Index != "85,76" || fmt.Sprint(again.Places) != "[[Huyện Mẫu 90,10 1 ]]" || fmt.Sprint(again.Domains[1]) != "[2 Thể chế 8,50 8,50 2 0,50]" {
		t.Errorf("the form comes back as %+v", again)
	}
	for _, c := range []struct {
		table string
		row   int
		cells []string
	}{{"domains", 0, []string{"1", "Chỉ đạo điều hành", "mười"}}, {"domains", 2, []string{"2", "Thể chế"}}, {"domains", 1, []string{"2", "Thể chế", "8", "8,5"}}, {"domains", 0, []string{"", "Thể chế"}},
		{"places", 0, []string{"", "90"}}, {"places", 0, []string{"Huyện Mẫu", "90", "nhất"}}} {
		bad := scoring.FormOf(list[0])
		rows := bad.Domains
		if c.table == "places" {
			rows = bad.Places
		}
		rows[c.row] = c.cells
		err := m.KeepPublished(t.Context(), bad)
		var e *data.Error
		if !errors.As(err, &e) {
			t.Errorf("%v was kept", c.cells)
		} else if table, row, ok := scoring.RowOf(e.Field); !ok || table != c.table || row != c.row {
			t.Errorf("%v: %v at %q", c.cells, err, e.Field)
		}
	}
}

func TestLossesAndTasks(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(1)
	save(t, m)
	o := scoring.NewOutlook(m)
	o.Refresh()
	loss, ok := o.Map()
	if !ok || loss.Unexplained != 0 || len(o.Lines()) == 0 || o.Err() != nil {
		t.Fatalf("%+v, %v", loss, o.Err())
	}
	if err := o.SetLoss(t.Context(), "1.7.1", assess.Loss{Cause: "Chưa có kế hoạch", Objective: true, Owner: "Văn phòng"}); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	found := false
	for _, x := range o.Lines() {
		if x.Code == "1.7.1" {
			found = x.Cause == "Chưa có kế hoạch" && x.Objective && x.Owner == "Văn phòng" && x.Lost == 500
		}
	}
	if !found || !strings.Contains(o.Summary(), "khách quan 0,50") {
		t.Errorf("%+v, %q", o.Lines(), o.Summary())
	}
	p := scoring.NewPlan(m)
	r := p.Fresh("1.7.1")
	if r.Lost != 500 || r.Cause != "Chưa có kế hoạch" || r.Owner != "Văn phòng" || r.Year != 2022 || r.Due.Year() != 2023 {
		t.Errorf("a new task %+v", r)
	}
	r.Task, r.Due = "Tổ chức đối thoại", today-1
	if _, err := m.Book.KeepRemedy(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	if len(p.Tasks()) != 1 || p.Summary() != "Hoàn thành 0/1 nhiệm vụ (0,00%), quá hạn 1." {
		t.Errorf("%+v, %q", p.Tasks(), p.Summary())
	}
}

func TestReadings(t *testing.T) {
	m, _ := open(t)
	r := scoring.NewReadings(m)
	f := scoring.FreshReading("SIPAS", "Tỉnh", 2021)
	if f.Scale != "100" || len(f.Parts) != 5 {
		t.Fatalf("%+v", f)
	}
	f.Number = "12/QĐ"
	for _, c := range []struct{ year, value, rank string }{{"2021", "82,5", "30"}, {"2022", "85,1", "20"}} {
		f.Year, f.Value, f.Rank, f.Of, f.Target = c.year, c.value, c.rank, "63", "84"
		if err := r.Keep(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	r.Refresh()
	rows := r.Rows()
	if len(rows) != 2 || rows[0].When != "2022" || rows[0].Change != "+2,6" || rows[0].Places != "+10" || !rows[0].Reached || rows[1].Reached {
		t.Errorf("%+v", rows)
	}
	c, ok := r.Chart()
	if !ok || len(c.Series) != 2 || len(c.Categories) != 2 || c.Categories[0] != "2021" {
		t.Errorf("%+v", c)
	}
	f.Parts[1][1] = "90"
	f.Year = "2020"
	if err := r.Keep(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	f.Year, f.Parts[1][1] = "2019", "101"
	var e *data.Error
	if err := r.Keep(t.Context(), f); !errors.As(err, &e) || e.Field != "parts.1" {
		t.Errorf("a component above its maximum: %v", err)
	}
	r.Refresh()
	if rows := r.Rows(); len(rows) != 3 || len(rows[2].Reading.Components) != 1 || len(scoring.ReadingFormOf(rows[2].Reading).Parts) != 1 {
		t.Errorf("components %+v", rows)
	}
	f.Value = "nhiều"
	if err := r.Keep(t.Context(), f); err == nil {
		t.Error("no number was kept")
	}
}

func TestSets(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	if len(s.List()) < 2 || !s.List()[0].Sample || s.Set() != nil {
		t.Fatalf("%+v", s.List())
	}
	key := s.List()[0].Key
	s.ShowSample(key)
	if s.Set() == nil || s.Locked() == "" || len(s.Nodes()) < 40 {
		t.Errorf("a sample: %q, %d nodes", s.Locked(), len(s.Nodes()))
	}
	if err := s.Take(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Locked() != "" || len(s.Problems()) != 0 {
		t.Fatalf("%q, %v", s.Locked(), s.Problems())
	}
	code := ""
	for _, n := range s.Nodes() {
		if n.Leaf && !n.Adjust {
			code = n.Code
			break
		}
	}
	if err := s.Edit(t.Context(), "thử", func(set *rules.Set) error { return set.SetMax(code, 77000, false) }); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if len(s.Problems()) == 0 || s.Find(s.Problems()[0].Field) < 0 || !s.List()[0].Draft {
		t.Errorf("problems %v, %+v", s.Problems(), s.List()[0])
	}
	changes, err := s.Diff("mau:" + key)
	if err != nil || len(changes) == 0 {
		t.Errorf("difference %v, %v", changes, err)
	}
	for _, name := range []string{"bo.xlsx", "bo.json"} {
		path := filepath.Join(t.TempDir(), name)
		if err := s.Export(path); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(t.Context(), path); err == nil {
			t.Errorf("%s: the same set was taken twice", name)
		}
	}
	if err := s.Copy(t.Context(), 2030); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Set().Meta.Year != 2030 {
		t.Errorf("the copy is of %d", s.Set().Meta.Year)
	}
}
