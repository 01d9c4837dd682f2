package scoring_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/scoring"
)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func rowsOf(t *testing.T, s *scoring.Set) [][]string {
	t.Helper()
	rows, err := scoring.SetRows(s)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRowsHoldTheWholeSet(t *testing.T) {
	for _, s := range scoring.Shipped() {
		rows := rowsOf(t, s)
		back, err := scoring.ParseSetRows(rows)
		if err != nil {
			t.Fatalf("%s: %v", s.Meta.ID, err)
		}
		if a, b := asJSON(t, s), asJSON(t, back); a != b {
			at := 0
			for at < len(a) && at < len(b) && a[at] == b[at] {
				at++
			}
			t.Errorf("%s differs at %d:\n%s\n%s", s.Meta.ID, at, a[max(0, at-80):min(len(a), at+80)], b[max(0, at-80):min(len(b), at+80)])
		}
		if p := back.Problems(); len(p) > 0 {
			t.Errorf("%s: %v", s.Meta.ID, p[0])
		}
		// Columns are found by name, lines above the heading are passed over.
		var turned [][]string
		turned = append(turned, []string{"BỘ TIÊU CHÍ"})
		for _, row := range rows {
			row = slices.Clone(row)
			slices.Reverse(row)
			turned = append(turned, row)
		}
		again, err := scoring.ParseSetRows(turned)
		if err != nil || asJSON(t, again) != asJSON(t, s) {
			t.Errorf("%s with turned columns: %v", s.Meta.ID, err)
		}
	}
}

// TestRowsOfADecision reads what a newcomer types: no column but the needed ones.
func TestRowsOfADecision(t *testing.T) {
	set, err := scoring.ParseSetRows([][]string{
		{"Mã", "Tên, nội dung", "Điểm tối đa", "Loại quy tắc", "Từ", "Đến", "Điểm", "Ký hiệu", "Giá trị", "Mục"},
		{"", "", "", "", "", "", "", "mã bộ tiêu chí", "thu-2024", "Thông tin"},
		{"", "", "", "", "", "", "", "năm", "2024", "Thông tin"},
		{"1", "Chỉ đạo", "1,5"},
		{"1.1", "Kế hoạch", "0,5", "Mức theo ngày"},
		{"", "Trong tháng 1", "", "", "", "31/01", "0,5"},
		{"", "Muộn hơn", "", "", "", "", "0"},
		{"1.2", "Kiểm tra", "1", "Mức theo tỷ lệ"},
		{"", "", "", "", "80", "", "1"},
		{"", "", "", "", "", "80", "0,25"},
		{"2", "Nội dung", "0,3", "Danh mục nội dung"},
		{"", "Đủ nhiệm vụ", "", "", "", "", "0,2"},
		{"", "Đủ sản phẩm", "", "", "", "", "0,1"},
		{"3", "Báo cáo", "0,5", "Trừ điểm theo lỗi"},
		{"", "Mỗi báo cáo chậm", "", "", "", "", "0,25", "cham"},
		{"4", "Hài lòng", "2.7", "Điều tra xã hội học"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := set.Problems(); len(p) > 0 {
		t.Fatal(p[0])
	}
	sheet, err := scoring.ParseSheet([]byte(`{"answers":{"1.1":{"date":"2024-01-31"},"1.2":{"b":80,"a":100},"2":{"checked":[true,false]},"3":{"events":{"cham":1}},"4":{"percent":"81,56"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := scoring.Evaluate(set, sheet)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"1": "1,50", "1.2": "1,00", "2": "0,20", "3": "0,25", "4": "2,20"} {
		if got := r.Node(code).Points.String(); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestRowErrorsNameRowAndColumn(t *testing.T) {
	head := []string{"Mục", "Mã", "Tên, nội dung", "Điểm tối đa", "Loại quy tắc", "Từ", "Đến", "Điểm", "Ký hiệu", "Giá trị", "Cấp"}
	leaf := []string{"", "1", "A", "1", "Mức theo tỷ lệ"}
	for name, c := range map[string]struct {
		rows   [][]string
		row    int
		column string
	}{
		"a maximum that is no number": {[][]string{head, {"", "1", "A", "một"}}, 2, "Điểm tối đa"},
		"no maximum":                  {[][]string{head, {"", "1", "A", ""}}, 2, "Điểm tối đa"},
		"no code":                     {[][]string{head, {"Tiêu chí", "", "A", "1"}}, 2, "Mã"},
		"an unknown kind":             {[][]string{head, {"", "1", "A", "1", "Đoán"}}, 2, "Loại quy tắc"},
		"a tier without points":       {[][]string{head, leaf, {"", "", "", "", "", "80"}}, 3, "Điểm"},
		"a threshold that is no number": {[][]string{head, leaf, {"", "", "", "", "", "tám mươi", "", "1"}}, 3,
			"Từ"},
		"a wrong sign":             {[][]string{head, leaf, {"", "", "", "", "", "< 80", "", "1"}}, 3, "Từ"},
		"a wrong date":             {[][]string{head, {"", "1", "A", "1", "Mức theo ngày"}, {"", "", "", "", "", "", "31/02", "1"}}, 3, "Đến"},
		"a line of another kind":   {[][]string{head, leaf, {"Biến", "", "", "", "", "", "", "", "a"}}, 3, "Mục"},
		"a tier above all":         {[][]string{head, {"", "", "", "", "", "80", "", "1"}}, 2, "Mục"},
		"an unknown part":          {[][]string{head, {"Khác", "1", "A", "1"}}, 2, "Mục"},
		"an unknown parameter":     {[][]string{head, leaf, {"Tham số", "", "", "", "", "", "", "", "đoán", "1"}}, 3, "Ký hiệu"},
		"a parameter twice":        {[][]string{head, leaf, {"Tham số", "", "", "", "", "", "", "", "lưu ý", "a"}, {"Tham số", "", "", "", "", "", "", "", "lưu ý", "b"}}, 4, "Ký hiệu"},
		"a word that is no choice": {[][]string{head, leaf, {"Tham số", "", "", "", "", "", "", "", "khi a = 0", "thôi"}}, 3, "Giá trị"},
		"a level that is missing":  {[][]string{head, {"", "1", "A", "1", "", "", "", "", "", "", "3"}}, 2, "Cấp"},
	} {
		_, err := scoring.ParseSetRows(c.rows)
		var at *scoring.RowError
		if data.CodeOf(err) != data.Invalid || !errors.As(err, &at) || at.Row != c.row || at.Column != c.column {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := scoring.ParseSetRows([][]string{{"a", "b"}}); data.CodeOf(err) != data.Invalid {
		t.Errorf("no heading: %v", err)
	}
	if _, err := scoring.ParseSetRows([][]string{head}); data.CodeOf(err) != data.Invalid {
		t.Errorf("no criteria: %v", err)
	}
}

func TestRowsRejectSumsLater(t *testing.T) {
	set, err := scoring.ParseSetRows([][]string{{"Mã", "Tên, nội dung", "Điểm tối đa", "Loại quy tắc", "Mục", "Ký hiệu", "Giá trị"},
		{"", "", "", "", "Thông tin", "mã bộ tiêu chí", "x"}, {"1", "A", "2"}, {"1.1", "B", "1", "Có hoặc không"}})
	if err != nil {
		t.Fatal(err)
	}
	p := set.Problems()
	if len(p) == 0 || p[0].Field != "1" || !strings.Contains(p[0].Message, "1,00") || !strings.Contains(p[0].Message, "2,00") {
		t.Fatalf("problems: %v", p)
	}
}

// TestRowsHoldAnyRule: what a set says and leaves out comes back just so.
func TestRowsHoldAnyRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flag := func(name string) *bool {
			switch rapid.IntRange(0, 2).Draw(t, name) {
			case 0:
				return nil
			case 1:
				return new(bool)
			}
			yes := true
			return &yes
		}
		number := func(name string) *scoring.Number {
			if rapid.Bool().Draw(t, name+"?") {
				return nil
			}
			n, err := scoring.ParseNumber(rapid.SampledFrom([]string{"0", "80", "99,9", "0,125", "-3", "1000000"}).Draw(t, name))
			if err != nil {
				t.Fatal(err)
			}
			return &n
		}
		points := func(name string) scoring.Points { return scoring.Points(rapid.IntRange(0, 5000).Draw(t, name)) }
		word := func(name string) string {
			return rapid.SampledFrom([]string{"", "Từ 80% đến dưới 100%", "=1+1", "dòng 1\ndòng 2", "a; b = c", "≥ 80"}).Draw(t, name)
		}
		zero := rapid.SampledFrom([]string{"", scoring.ZeroFull, scoring.ZeroNA, scoring.ZeroZero}).Draw(t, "zero")
		var missing *scoring.Points
		if rapid.Bool().Draw(t, "missing?") {
			p := points("missing")
			missing = &p
		}
		var tiers []scoring.Tier
		for range rapid.IntRange(0, 3).Draw(t, "tiers") {
			tiers = append(tiers, scoring.Tier{Min: number("min"), MinIncl: flag("from"), Max: number("max"), MaxIncl: flag("to"), Points: points("points"), Label: word("label")})
		}
		until := rapid.SampledFrom([]string{"01-31", "02-29", "2024-12-05"}).Draw(t, "until")
		choice := scoring.ChoiceKey("lựa chọn 1")
		rules := []scoring.Rule{
			&scoring.Tiers{Input: scoring.ByPercent, Tiers: append([]scoring.Tier{{Points: 1}}, tiers...), WhenZero: zero, MissingPoints: missing, Over: zero == ""},
			&scoring.Tiers{Input: scoring.ByDaysLate, Tiers: append(tiers, scoring.Tier{Points: 2}), Unit: "ngày"},
			&scoring.Tiers{Input: scoring.ByDate, Tiers: []scoring.Tier{{Until: &until, UntilIncl: flag("incl"), Points: points("date")}, {Points: 0}}},
			&scoring.Tiers{Input: scoring.ByChoice, Tiers: []scoring.Tier{{Choice: &choice, Points: points("choice"), Label: word("label")}}},
			&scoring.Ratio{TargetPct: number("target"), CutoffPct: number("cutoff"), WhenZero: zero, Over: zero == "", Numerator: word("b"), Words: scoring.Words{Text: word("text"), Note: word("note")}},
			&scoring.Formula{Vars: []scoring.Var{{ID: "a", Label: word("var"), Negative: zero == ""}, {ID: "b"}}, Cases: []scoring.Case{{When: "a = 0", Expr: "max"}}, Expr: "b/a", Clamp: []string{"0", "max"}},
			&scoring.Deduct{Start: points("start"), Floor: points("floor"), Events: []scoring.Event{{ID: "x", Label: word("event"), Points: points("event")}}},
			&scoring.Checklist{Items: []scoring.Item{{Label: word("item"), Points: points("item")}}},
			&scoring.Binary{Yes: points("yes"), No: points("no"), YesLabel: word("yes"), NoLabel: word("no")},
			&scoring.Survey{Mode: scoring.SurveyMean, Scale: number("scale")},
		}
		set, err := scoring.ShippedByID(commune).Clone()
		if err != nil {
			t.Fatal(err)
		}
		set.Criteria = nil
		top := &scoring.Node{Code: "A", Title: "Nhóm", Max: 1000}
		for i, r := range rules {
			n := &scoring.Node{Code: "A" + strings.Repeat("x", i), Title: word("title"), Max: points("max"), Rule: r, NAAllowed: i%2 == 0, Note: word("node note"), Owner: word("owner")}
			if i%3 == 0 {
				n.Metric = &scoring.MetricRef{Value: "plan.issue_date", Scope: "xa", Note: word("metric")}
				n.Evidence = []string{"Kế hoạch", "Báo cáo"}
			}
			top.Children = append(top.Children, n)
		}
		set.Criteria = []*scoring.Node{top}
		rows, err := scoring.SetRows(set)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scoring.ParseSetRows(rows)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(set)
		b, _ := json.Marshal(back)
		if string(a) != string(b) {
			t.Fatalf("differs:\n%s\n%s", a, b)
		}
	})
}

func FuzzParseSetRows(f *testing.F) {
	rows, err := scoring.SetRows(scoring.ShippedByID(commune))
	if err != nil {
		f.Fatal(err)
	}
	var lines []string
	for _, r := range rows {
		lines = append(lines, strings.ReplaceAll(strings.Join(r, "\t"), "\n", " "))
	}
	f.Add(strings.Join(lines, "\n"))
	f.Add("Mã\tĐiểm tối đa\tLoại quy tắc\tĐến\n1\t1\tMức theo ngày\n\t\t\t31/02")
	f.Add("Mã\tĐiểm tối đa\tCấp\n1\t1\t50\n\t\t\t")
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for _, line := range strings.Split(text, "\n") {
			rows = append(rows, strings.Split(line, "\t"))
		}
		set, err := scoring.ParseSetRows(rows)
		if err != nil {
			if data.CodeOf(err) != data.Invalid {
				t.Fatalf("%v", err)
			}
			return
		}
		set.Problems()
	})
}
