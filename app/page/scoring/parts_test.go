package scoring_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/assess"
	rules "giaoban/data/scoring"
)

// TestRuleFormComesBack reads every rule of the shipped sets into the fields of the
// dialog and writes it back: nothing may change, and nothing is wrong with it.
func TestRuleFormComesBack(t *testing.T) {
	n := 0
	for _, set := range rules.Shipped() {
		m, _ := open(t)
		s := scoring.NewSets(m)
		s.Open("mau:" + set.Meta.ID)
		x := s.Sheet
		tree := x.Sections[scoring.SectionTree]
		for i := 0; i < tree.Table.Len(); i++ {
			code := tree.At(i, rules.ColumnCode)
			if code == "" || tree.At(i, rules.ColumnKind) == "" {
				continue
			}
			n++
			f, ok := x.Rule(i)
			if _, problems, err := f.Check(tree.At(i, rules.ColumnMax)); !ok || err != nil || len(problems) > 0 {
				t.Errorf("%s: %v, %v", code, problems, err)
			}
			x.PutRule(i, f)
		}
		if tree.Table.Dirty() {
			// Parameters may stand in another order: what the set says counts.
			x.Check()
		}
		if len(x.Faults) > 0 {
			t.Errorf("%s: %+v", set.Meta.ID, x.Faults)
		}
		must(t, s.Take(t.Context(), set.Meta.ID))
		s.Refresh()
		y := s.Sheet
		y.Sections[scoring.SectionTree].Table.Change(0, 0, func([][]string) [][]string { return tree.Table.Rows() })
		y.Check()
		must(t, y.Store(t.Context()))
		y.Stored()
		s.Refresh()
		if changes := rules.Diff(set, s.Set); len(changes) > 0 {
			t.Errorf("%s came back otherwise: %+v", set.Meta.ID, changes)
		}
	}
	if n < 150 {
		t.Errorf("%d rules tried", n)
	}
}

// rule is a rule as an officer types it: lines by their part, parameters by word.
func rule(t *testing.T, kind string, params map[string]string, given map[string][][]string) scoring.RuleForm {
	t.Helper()
	texts := map[string]string{"kind": kind}
	for word, text := range params {
		texts[scoring.ParamKey(word)] = text
	}
	for _, s := range rules.RuleShapes() {
		for _, l := range s.Lines {
			if s.Name == kind && given[l.Part] != nil {
				texts[scoring.LinesKey(l)] = lines(given[l.Part]...)
			}
		}
	}
	f, err := typedInto(scoring.RuleForm{Name: kind}, scoring.RuleFields(), texts)
	must(t, err)
	return f
}

func TestRuleFormEnds(t *testing.T) {
	f := rule(t, "Mức theo tỷ lệ", nil, map[string][][]string{rules.PartTier: {{"80", "", "1"}, {"> 50", "80", "0,5"}, {"", "≤ 50", "0"}}})
	for _, c := range []struct{ b, points string }{{"80", "1,00 điểm"}, {"79", "0,50 điểm"}, {"50", "0,00 điểm"}, {"51", "0,50 điểm"}} {
		if got, why, err := (&scoring.Trial{Max: "1"}).Score(&f, map[string]string{"b": c.b, "a": "100"}); err != nil || got != c.points || why == "" {
			t.Errorf("%s/100: %q, %v, want %s", c.b, got, err, c.points)
		}
	}
	if len((&scoring.Trial{Max: "1"}).Inputs(&f)) != 2 {
		t.Errorf("a trial asks for %v", (&scoring.Trial{Max: "1"}).Inputs(&f))
	}
	f = rule(t, "Công thức", map[string]string{"công thức": "max*b/a"}, map[string][][]string{rules.PartVar: {{"a", "giao"}, {"b", "xong"}}, rules.PartCase: {{"b < 0,5*a", "0"}}})
	for _, c := range []struct{ a, b, points string }{{"4", "3", "1,50 điểm"}, {"4", "1", "0,00 điểm"}} {
		if got, why, err := (&scoring.Trial{Max: "2"}).Score(&f, map[string]string{"var:a": c.a, "var:b": c.b}); err != nil || got != c.points || why == "" {
			t.Errorf("%s of %s: %q, %v", c.b, c.a, got, err)
		}
	}
	if _, _, err := (&scoring.Trial{Max: "2"}).Score(&f, map[string]string{"var:a": "0", "var:b": "0"}); err == nil {
		t.Error("a formula that divides by nought was tried without an error")
	}
	f = rule(t, "Mức theo ngày", nil, map[string][][]string{rules.PartTier: {{"31/1", "1"}, {"", "0"}}})
	set, _, err := f.Check("1")
	if err != nil || *set.Criteria[0].Rule.(*rules.Tiers).Tiers[0].Until != "01-31" {
		t.Errorf("31/1: %+v, %v", set, err)
	}
	f = rule(t, "Mức theo ngày", nil, map[string][][]string{rules.PartTier: {{"cuối tháng 1", "1"}, {"", "0"}}})
	_, _, err = f.Check("1")
	var e *data.Error
	if !errors.As(err, &e) || !strings.HasSuffix(e.Field, ".0") || !strings.Contains(e.Message, "cuối tháng 1") || !strings.HasPrefix(e.Message, "Dòng 1, ô «Đến hết ngày»: ") {
		t.Errorf("no date: %+v", err)
	}
}

// typedInto types texts into the fields of a form and reads it.
func typedInto[T any](value T, fields []form.Field[T], texts map[string]string) (T, error) {
	e := form.NewEntry(value, fields...)
	for key, text := range texts {
		e.Type(key, text)
	}
	return e.Read()
}

// lines are lines of fields as a form holds them.
func lines(rows ...[]string) string {
	raw, _ := json.Marshal(rows)
	return string(raw)
}

func clock() data.Day { return today }

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

// TestClassesOnTheScreen: each class of a group stands below its heading, from rank 1.
func TestClassesOnTheScreen(t *testing.T) {
	m := period(t)
	d := m.Session.Desk
	must(t, d.AddUnits(t.Context(), []data.Unit{{Name: "Sở Một", Level: data.LevelProvince}, {Name: "Xã Hai", Level: data.LevelCommune}}))
	p := *m.Period()
	for _, u := range d.Catalogue().Units {
		p.Groups[0].Units = append(p.Groups[0].Units, u.ID)
	}
	_, err := m.Book.KeepPeriod(t.Context(), p)
	must(t, err)
	_, err = m.Book.OpenSheets(t.Context(), p.ID)
	must(t, err)
	m.Refresh()
	rankings, err := m.Rankings(m.Group(""))()
	var got []string
	for _, row := range scoring.RankRows(rankings) {
		if row.Sheet == 0 {
			got = append(got, row.Name)
		} else {
			got = append(got, "-"+row.Name)
		}
	}
	if want := d.Classes().OfLevel(data.LevelProvince).Name; err != nil || len(got) < 5 || got[0] != want || got[1] != "-Sở Một" || !strings.HasPrefix(scoring.RankSummary(rankings), want+": 0/1 đơn vị có điểm") {
		t.Errorf("%q, %q, %v", got, scoring.RankSummary(rankings), err)
	}
}

func TestResultsAndPublished(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(0)
	save(t, m)
	ranking, err := m.Rankings(m.Group(""))()
	columns, rows := scoring.RankColumns(m.Domains(), m.Sheet), scoring.RankRows(ranking)
	if err != nil || len(rows) != 1 || rows[0].Sheet != m.Sheet() || len(m.Domains()) != 8 {
		t.Fatalf("%+v, %v", ranking, err)
	}
	cell := func(id string) string {
		return columns[slices.IndexFunc(columns, func(c list.Column[assess.Ranked]) bool { return c.ID == id })].Text(&rows[0])
	}
	if cell("rank") != "" || cell("d1") != "0,50" || cell("state") != "Đang tự chấm" || scoring.RankSummary(ranking) == "" {
		t.Errorf("%s, %s, %s", cell("rank"), cell("d1"), cell("state"))
	}
	fields := scoring.PublishedFields(clock)
	typed, err := typedInto(scoring.PublishedForm{}, fields, map[string]string{"title": "Kết quả năm 2022", "year": "2022", "number": "10/QĐ-UBND", "date": (today - 3).String(), "index": "85,76", "rank": "7", "of": "12",
		"domains": lines([]string{"1", "Chỉ đạo điều hành", "10", "10"}, []string{"2", "Thể chế", "8,5", "8,5", "2", "0,5"}, nil, []string{"7", "Chính quyền số", "81,5"}), "places": lines([]string{"Huyện Mẫu", "90,1", "1"})})
	must(t, err)
	must(t, m.KeepPublished(t.Context(), typed))
	published, err := m.Published()
	if err != nil || len(published) != 1 || len(published[0].Places) != 2 || len(published[0].Domains) != 3 {
		t.Fatalf("%+v, %v", published, err)
	}
	loss, err := assess.PublishedLosses(&published[0])
	if err != nil || len(loss.Missing) != 1 || loss.Index != 85760 {
		t.Errorf("%+v, %v", loss, err)
	}
	if said := scoring.DomainLines(&published[0]); len(said) != 3 || said[1].Text != "Thể chế · của 8,50, mất 0,00, hạng 2, thưởng 0,50" || said[1].Detail != "8,50" || said[2].Text != "Chính quyền số: chưa công bố điểm" {
		t.Errorf("%+v", said)
	}
	again := form.NewEntry(scoring.FormOf(published[0]), fields...)
	if again.Text("index") != "85,76" || again.Text("places") != lines([]string{"Huyện Mẫu", "90,10", "1", ""}) || !strings.Contains(again.Text("domains"), `["2","Thể chế","8,50","8,50","2","0,50"]`) {
		t.Errorf("the form comes back as %+v", again)
	}
	for _, c := range []struct {
		table string
		row   int
		cells []string
	}{{"domains", 0, []string{"1", "Chỉ đạo điều hành", "mười"}}, {"domains", 2, []string{"2", "Thể chế"}}, {"domains", 1, []string{"2", "Thể chế", "8", "8,5"}}, {"domains", 0, []string{"", "Thể chế"}},
		{"places", 0, []string{"", "90"}}, {"places", 0, []string{"Huyện Mẫu", "90", "nhất"}}} {
		var rows [][]string
		_ = json.Unmarshal([]byte(again.Text(c.table)), &rows)
		rows[c.row] = c.cells
		bad, err := typedInto(scoring.FormOf(published[0]), fields, map[string]string{c.table: lines(rows...)})
		if err == nil {
			err = m.KeepPublished(t.Context(), bad)
		}
		var e *data.Error
		if !errors.As(err, &e) {
			t.Errorf("%v was kept", c.cells)
		} else if table, _, _ := strings.Cut(e.Field, "."); table != c.table || !strings.HasPrefix(e.Message, fmt.Sprintf("Dòng %d", c.row+1)) {
			t.Errorf("%v: %v at %q", c.cells, err, e.Field)
		}
	}
}

func TestLossesAndTasks(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(1)
	save(t, m)
	loss, ok := m.Losses()
	if !ok || loss.Unexplained != 0 || len(loss.Lines) == 0 {
		t.Fatalf("%+v", loss)
	}
	if err := m.Book.SetLoss(t.Context(), m.Sheet(), "1.7.1", assess.Loss{Cause: "Chưa có kế hoạch", Objective: true, Owner: "Văn phòng"}); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	loss, _ = m.Losses()
	found := false
	for _, x := range loss.Lines {
		if x.Code == "1.7.1" {
			found = x.Cause == "Chưa có kế hoạch" && x.Objective && x.Owner == "Văn phòng" && x.Lost == 500
		}
	}
	if !found || !strings.Contains(scoring.LossSummary(loss), "khách quan 0,50") {
		t.Errorf("%+v, %q", loss.Lines, scoring.LossSummary(loss))
	}
	r := m.FreshRemedy("1.7.1")
	if r.Lost != 500 || r.Cause != "Chưa có kế hoạch" || r.Owner != "Văn phòng" || r.Year != 2022 || r.Due.Year() != 2023 {
		t.Errorf("a new task %+v", r)
	}
	r.Task, r.Due = "Tổ chức đối thoại", today-1
	if _, err := m.Book.KeepRemedy(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	tasks, err := m.Remedies(false)()
	if said := scoring.RemedySummary(tasks, today); err != nil || len(tasks) != 1 || said != "Hoàn thành 0/1 nhiệm vụ (0,00 %), quá hạn 1." {
		t.Errorf("%+v, %q, %v", tasks, said, err)
	}
}

func TestReadings(t *testing.T) {
	m, _ := open(t)
	kept := func() scoring.Readings {
		t.Helper()
		all, err := m.Book.Readings()
		must(t, err)
		return scoring.NewReadings(all, "")
	}
	r := kept()
	f := scoring.FreshReading("SIPAS", "Tỉnh", 2021)
	if f.Scale.String() != "100" || len(f.Parts) != 5 {
		t.Fatalf("%+v", f)
	}
	fields := scoring.ReadingFields(clock, r.IndexChoices)
	keep := func(texts map[string]string) error {
		texts["number"], texts["of"], texts["target"] = "12/QĐ", "63", "84"
		got, err := typedInto(f, fields, texts)
		if err == nil {
			err = m.KeepReading(t.Context(), got)
		}
		return err
	}
	for _, c := range []struct{ year, value, rank string }{{"2021", "82,5", "30"}, {"2022", "85,1", "20"}} {
		must(t, keep(map[string]string{"year": c.year, "value": c.value, "rank": c.rank}))
	}
	r = kept()
	rows := r.Rows()
	if len(rows) != 2 || rows[0].When() != "2022" || rows[0].Change != "+2,6" || rows[0].Places != "+10" || rows[0].Goal() != "84, đạt" || rows[1].Goal() != "84, chưa đạt" || rows[0].Place() != "20/63" {
		t.Errorf("%+v", rows)
	}
	c := r.Chart()
	if len(c.Series) != 2 || len(c.Categories) != 2 || c.Categories[0] != "2021" {
		t.Errorf("%+v", c)
	}
	part := func(value string) string {
		return lines(nil, []string{f.Parts[1].Name, value, f.Parts[1].Max.String(), ""})
	}
	must(t, keep(map[string]string{"year": "2020", "value": "85,1", "parts": part("90")}))
	fault(t, keep(map[string]string{"year": "2019", "value": "85,1", "parts": part("101")}), "parts.0")
	r = kept()
	if rows := r.Rows(); len(rows) != 3 || len(rows[2].Reading.Components) != 1 || len(scoring.ReadingFormOf(rows[2].Reading).Parts) != 1 {
		t.Errorf("components %+v", rows)
	}
	fault(t, keep(map[string]string{"year": "2018", "value": "nhiều"}), "value")
}

func TestSets(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	if len(s.List) < 2 || !s.List[0].Sample() || s.OpenID() != 0 || s.Locked() == "" {
		t.Fatalf("%+v", s.List)
	}
	key := s.List[0].Key
	s.Open("mau:" + key)
	x := s.Sheet
	if s.Set == nil || s.Locked() == "" || x.Sections[scoring.SectionTree].Table.Len() < 40 || x.Dirty() || len(x.Faults) > 0 {
		t.Errorf("a sample: %q, %+v", s.Locked(), x.Faults)
	}
	if err := s.Take(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Locked() != "" || len(s.Problems) != 0 {
		t.Fatalf("%q, %v", s.Locked(), s.Problems)
	}
	x = s.Sheet
	tree := x.Sections[scoring.SectionTree]
	row := slices.IndexFunc(tree.Table.Rows(), func(r []string) bool { return r[5] != "" })
	tree.Table.Set(row, 4, "77")
	x.Check()
	if len(x.Faults) == 0 || x.Faults[0].Section != scoring.SectionTree || !x.Dirty() {
		t.Errorf("faults %+v", x.Faults)
	}
	// Another run of the program takes up what was typed, for this set alone.
	other := scoring.NewSets(scoring.NewModel(m.Session))
	other.Refresh()
	if draft := x.Draft(); !other.Sheet.Restore(draft) || other.Sheet.Sections[scoring.SectionTree].Table.At(row, 4) != "77" || other.Sheet.Draft() != draft {
		t.Errorf("the draft %.60s came back as %.60s", draft, other.Sheet.Draft())
	}
	if other.Open("mau:" + key); other.Sheet.Restore(x.Draft()) {
		t.Error("another set took the draft")
	}
	must(t, x.Store(t.Context()))
	x.Stored()
	s.Refresh()
	if len(s.Problems) == 0 || s.List[0].State != "Nháp" || x.Dirty() {
		t.Errorf("problems %v, %+v", s.Problems, s.List[0])
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
	if s.Set.Meta.Year != 2030 {
		t.Errorf("the copy is of %d", s.Set.Meta.Year)
	}
}

// TestATrialAsksForWhatLiesElsewhere: a rule that looks at the unit, at another
// criterion and at the group is tried with figures typed for them, and says the way.
func TestATrialAsksForWhatLiesElsewhere(t *testing.T) {
	set, err := rules.DecodeSet([]byte(`{"meta":{"id":"x","year":2026,"total":10,"facts":[{"id":"dan_so","label":"Dân số","unit":"người"}]},"criteria":[{"code":"1","title":"A","max":10,"children":[{"code":"1.1","title":"B","max":5,"kind":"binary","rule":{"yes":5,"no":0}},{"code":"1.2","title":"C","max":5,"kind":"binary","rule":{"yes":5,"no":0}}]}]}`))
	must(t, err)
	at := scoring.Trial{Set: set, Code: "1.2", Max: "5"}
	f := rule(t, "Mỗi bước thêm theo công thức", map[string]string{"công thức": "b / dan_so * 10000 + p", "mỗi bước": "1", "điểm mỗi bước": "0,5"}, map[string][][]string{rules.PartVar: {{"b", "Số buổi"}, {"p", "", "", "1.1: points"}}})
	var keys []string
	for _, in := range at.Inputs(&f) {
		keys = append(keys, in.Key)
	}
	if fmt.Sprint(keys) != "[var:b var:p fact:dan_so]" {
		t.Errorf("asks for %v", keys)
	}
	if got, why, err := at.Score(&f, map[string]string{"var:b": "6", "var:p": "2", "fact:dan_so": "20.000"}); err != nil || got != "2,50 điểm" || !strings.Contains(why, "dan_so = 20000") {
		t.Errorf("%s, %s, %v", got, why, err)
	}
	f = rule(t, "So với nhóm theo số đo", map[string]string{"so với": "hạng trong nhóm"}, map[string][][]string{rules.PartTier: {{"1", "5"}, {"3", "3"}, {"", "1"}}})
	if got, why, err := at.Score(&f, map[string]string{"value": "7", "peers": "9; 8; 2"}); err != nil || got != "3,00 điểm" || !strings.Contains(why, "hạng 3 trong 4") {
		t.Errorf("%s, %s, %v", got, why, err)
	}
	if got, _, err := at.Score(&f, map[string]string{"value": "7"}); err != nil || got != "chưa có điểm" {
		t.Errorf("%s, %v", got, err)
	}
}

// TestTheRuleForUnitsOfAKindHasItsOwnForm: the dialog opened on a row below «Riêng cho»
// holds and writes the rule that stands there, not that of the criterion.
func TestTheRuleForUnitsOfAKindHasItsOwnForm(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	faults, err := s.Import(t.Context(), "../../../data/scoring/testdata/decisions/set-k-moi.json")
	must(t, err)
	if s.Refresh(); faults != 0 {
		t.Fatal(faults)
	}
	sec := s.Sheet.Sections[scoring.SectionTree]
	for row := range sec.Table.Len() {
		if sec.At(row, rules.ColumnPart) != rules.PartVariant || sec.At(row, rules.ColumnKind) == "" {
			continue
		}
		f, ok := s.Sheet.Rule(row + 1)
		if head := sec.RuleHead(row + 1); !ok || head != row || f.Name != sec.At(row, rules.ColumnKind) || sec.RuleMax(head) == "" {
			t.Fatalf("row %d: %+v", row, f)
		}
		before := slices.Concat(sec.Table.Rows()...)
		s.Sheet.PutRule(row+1, f)
		if after := slices.Concat(sec.Table.Rows()...); !slices.Equal(before, after) {
			t.Errorf("row %d changed the set:\n%q\n%q", row, before, after)
		}
		return
	}
	t.Fatal("no rule for units of a kind")
}

// TestAGroupHasNoRule: what adds up is told from what is scored.
func TestAGroupHasNoRule(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	s.Refresh()
	_, err := s.Import(t.Context(), "../../../data/scoring/testdata/decisions/set-h-phuong-an.json")
	must(t, err)
	s.Refresh()
	sec := s.Sheet.Sections[scoring.SectionTree]
	for code, want := range map[string]bool{"1": true, "1.1": true, "1.1.1": false, "1.1.2": false, "1.3": false, "2.2": false} {
		if got := s.Sheet.Group(sec.Find(code)); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
}

// TestATrialOfLines: rules that are answered by their lines are tried by ticking and
// choosing them; no tick and no fault is an answer there.
func TestATrialOfLines(t *testing.T) {
	words := func(at *scoring.Trial, f *scoring.RuleForm) string {
		var out []string
		for _, in := range at.Inputs(f) {
			out = append(out, in.Key+" "+in.Label)
			for _, c := range at.Choices(f, &in) {
				if in.Kind == scoring.InputOne {
					out = append(out, c.Key+" "+c.Text)
				}
			}
		}
		return strings.Join(out, "; ")
	}
	list := map[string][][]string{rules.PartItem: {{"Có kế hoạch", "0,5"}, {"Có báo cáo", "0,3"}, {"Có sổ", "0,2"}}}
	options := map[string][][]string{rules.PartTier: {{"Xuất sắc", "1", "a"}, {"Tốt", "0,5", "b"}}}
	faults := map[string][][]string{rules.PartEvent: {{"Báo cáo chậm", "0,25", "", "k1"}}}
	for _, c := range []struct {
		kind   string
		params map[string]string
		lines  map[string][][]string
		asks   string
		values map[string]string
		points string
	}{
		{"Danh mục nội dung", nil, list, "tick:0 Có kế hoạch: 0,50; tick:1 Có báo cáo: 0,30; tick:2 Có sổ: 0,20", map[string]string{"tick:0": "1", "tick:2": "1"}, "0,70 điểm"},
		{"Danh mục nội dung", nil, list, "", nil, "0,00 điểm"},
		{"Danh mục nội dung", map[string]string{"cách lấy điểm": "cao nhất"}, map[string][][]string{rules.PartItem: {{"Cấp tỉnh", "1"}, {"Cấp xã", "0,5"}}}, "", map[string]string{"tick:0": "1", "tick:1": "1"}, "1,00 điểm"},
		{"Có hoặc không", map[string]string{"điểm khi có": "1", "điểm khi không": "0"}, nil, "yes ; 0 Có: 1,00; 1 Không: 0,00", map[string]string{"yes": "0"}, "1,00 điểm"},
		{"Mức theo lựa chọn", map[string]string{"điểm khi chưa thực hiện": "0"}, options, "", map[string]string{"choice": "1"}, "0,50 điểm"},
		{"Mức theo lựa chọn", map[string]string{"điểm khi chưa thực hiện": "0"}, options, "choice ; 0 Xuất sắc: 1,00; 1 Tốt: 0,50; 2 Chưa thực hiện: 0,00", map[string]string{"choice": "2"}, "0,00 điểm"},
		{"Trừ điểm theo lỗi", map[string]string{"điểm ban đầu": "1"}, faults, "event:k1 Báo cáo chậm", nil, "1,00 điểm"},
		{"Trừ điểm theo lỗi", map[string]string{"điểm ban đầu": "1"}, faults, "", map[string]string{"event:k1": "3"}, "0,25 điểm"},
		{"Mức theo ngày", map[string]string{"điểm khi chưa thực hiện": "0"}, map[string][][]string{rules.PartTier: {{"31/1", "1"}, {"", "0,5"}}}, "date Ngày thực hiện; missing Chưa thực hiện", map[string]string{"missing": "1"}, "0,00 điểm"},
	} {
		at := scoring.Trial{Max: "1"}
		f := rule(t, c.kind, c.params, c.lines)
		if got := words(&at, &f); c.asks != "" && got != c.asks {
			t.Errorf("%s asks for %q, want %q", c.kind, got, c.asks)
		}
		if got, why, err := at.Score(&f, c.values); err != nil || got != c.points || why == "" {
			t.Errorf("%s, %v: %q %q, %v, want %s", c.kind, c.values, got, why, err, c.points)
		}
	}
}

// TestATrialNamesNoCodeOfItsOwn: what is wrong with an answer that is tried is told
// without the code that the trial uses inside.
func TestATrialNamesNoCodeOfItsOwn(t *testing.T) {
	f := rule(t, "Hội đồng cho điểm", map[string]string{"nấc điểm": "0,25"}, nil)
	_, _, err := (&scoring.Trial{Code: "1.9", Max: "5"}).Score(&f, map[string]string{"value": "3,3"})
	if err == nil || err.Error() != "Điểm 3,30 không theo nấc 0,25." {
		t.Errorf("told: %v", err)
	}
}
