package scoring_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/scoring"
)

func TestShippedSets(t *testing.T) {
	for id, want := range map[string]struct {
		nodes, leaves int
		survey        scoring.Points
	}{district: {156, 110, 25000}, commune: {50, 41, 35000}} {
		s := scoring.ShippedByID(id)
		if s == nil {
			t.Fatalf("no set %s", id)
		}
		nodes, leaves := 0, 0
		var survey scoring.Points
		s.Walk(func(n *scoring.Node, path []*scoring.Node) {
			nodes++
			if n.Leaf() {
				leaves++
				if n.Rule.Wording().Text == "" || len(path) == 0 {
					t.Errorf("%s has no rule in words, or no domain", n.Code)
				}
			}
			if n.Survey() {
				survey += n.Max
			}
		})
		if nodes != want.nodes || leaves != want.leaves || survey != want.survey || s.Meta.Label == "" {
			t.Errorf("%s: %d nodes, %d leaves, survey %s", id, nodes, leaves, survey)
		}
	}
	if len(scoring.Shipped()) != 2 || scoring.ShippedByID("") != nil {
		t.Error("shipped sets")
	}
}

// TestSetsReadBack proves that a set written as JSON reads back the same.
func TestSetsReadBack(t *testing.T) {
	for _, s := range scoring.Shipped() {
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := scoring.ParseSet(raw)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(s, again, cmpopts.IgnoreUnexported(scoring.Set{}, scoring.Formula{})); d != "" {
			t.Errorf("%s: %s", s.Meta.ID, d)
		}
		if changes := scoring.Diff(s, again); len(changes) != 0 {
			t.Errorf("%s differs from itself: %v", s.Meta.ID, changes)
		}
	}
}

// TestBadRules checks that each fault of a rule is found and names the node.
func TestBadRules(t *testing.T) {
	tiers := func(input, list string) string { return `{"input":"` + input + `","tiers":[` + list + `]}` }
	for _, c := range []struct{ kind, rule, want string }{
		{"binary", `{"yes":0.9,"no":0}`, "0,90, khác điểm tối đa 1,00"},
		{"binary", `{"yes":1.1,"no":0}`, "1,10, khác"},
		{"binary", `{"yes":1,"no":-1}`, "âm"},
		{"binary", `{"yes":1,"no":0,"oui":1}`, "«oui»"},
		{"binary", `null`, "trống"},
		{"binary", `{"yes":"một"}`, "cần một số"},
		{"binary", `{"yes":1.0001}`, "thập phân"},
		{"lạ", `{}`, "«lạ»"},
		{"", `{}`, "cách chấm"},
		{"checklist", `{"items":[]}`, "trống"},
		{"checklist", `{"items":[{"label":"a","points":0.5},{"label":"b","points":0.4}]}`, "0,90"},
		{"checklist", `{"items":[{"label":"a"}]}`, "thiếu điểm"},
		{"tiers", tiers("percent", `{"min":80,"max":null,"points":1},{"min":null,"max":70,"points":0}`), "hở giữa mức 2 và mức 1: từ 70 đến 80"},
		{"tiers", tiers("percent", `{"min":80,"max":null,"points":1},{"min":null,"max":80.5,"points":0}`), "chồng"},
		{"tiers", tiers("percent", `{"min":80,"max":null,"points":1},{"min":null,"max":80,"max_incl":true,"points":0}`), "chồng lên nhau tại 80"},
		{"tiers", tiers("percent", `{"min":80,"min_incl":false,"max":null,"points":1},{"min":null,"max":80,"points":0}`), "không chứa 80"},
		{"tiers", tiers("percent", `{"min":80,"max":100,"points":1},{"min":null,"max":80,"points":0}`), "hở ở cuối"},
		{"tiers", tiers("percent", `{"min":10,"max":null,"points":1}`), "hở ở đầu"},
		{"tiers", tiers("percent", `{"min":null,"max":null,"points":1},{"min":null,"max":null,"points":0}`), "chồng"},
		{"tiers", tiers("percent", `{"min":5,"max":5,"points":1},{"min":null,"max":null,"points":0}`), "không chứa giá trị nào"},
		{"tiers", tiers("count", `{"min":12,"max":null,"points":1},{"min":null,"max":10,"max_incl":true,"points":0}`), "hở"},
		{"tiers", tiers("count", `{"min":12,"max":20,"points":1},{"min":null,"max":12,"points":0}`), "hở ở cuối"},
		{"tiers", tiers("count", `{"min":null,"max":null,"points":0.5}`), "0,50, khác"},
		{"tiers", tiers("count", `{"until":"01-31","points":1}`), "kiểu count"},
		{"tiers", tiers("date", `{"until":"01-31","points":1}`), "sau cùng"},
		{"tiers", tiers("date", `{"until":"13-31","points":1},{"until":null,"points":0}`), "«13-31»"},
		{"tiers", tiers("date", `{"until":"02-28","points":1},{"until":"01-31","points":0.5},{"until":null,"points":0}`), "mức 2 không ở sau mức 1"},
		{"tiers", tiers("date", `{"until":null,"points":1},{"until":"01-31","points":0}`), "mức 1 không có ngày cuối"},
		{"tiers", tiers("choice", `{"points":1,"label":"a"}`), "chưa có tên"},
		{"tiers", tiers("choice", `{"choice":1,"points":1,"label":"a"},{"choice":1,"points":0,"label":"b"}`), "hai lần"},
		{"tiers", tiers("choice", `{"choice":1,"points":1},{"choice":true,"points":0}`), "lựa chọn"},
		{"tiers", tiers("weight", `{"points":1}`), "«weight»"},
		{"tiers", tiers("percent", ``), "chưa có mức"},
		{"tiers", `{"input":"count","missing_points":2,"tiers":[{"points":1}]}`, "chưa thực hiện"},
		{"tiers", `{"input":"percent","when_zero":"half","tiers":[{"points":1}]}`, "«half»"},
		{"ratio", `{"target_pct":0}`, "lớn hơn 0"},
		{"ratio", `{"target_pct":120}`, "120"},
		{"ratio", `{"target_pct":50,"cutoff_pct":60}`, "60%"},
		{"ratio", `{"cutoff_pct":-1}`, "âm"},
		{"ratio", `{"when_zero":"perhaps"}`, "«perhaps»"},
		{"formula", `{"vars":[{"id":"a"}],"expr":"a + b"}`, "«b» chưa khai"},
		{"formula", `{"vars":[{"id":"a"}],"expr":"a +"}`, "ở ký tự thứ"},
		{"formula", `{"vars":[{"id":"a"}],"expr":""}`, "công thức"},
		{"formula", `{"vars":[{"id":"a"}],"expr":"a > 1"}`, "không phải điều kiện"},
		{"formula", `{"vars":[{"id":"a"}],"cases":[{"when":"a","expr":"1"}],"expr":"0"}`, "phải là điều kiện"},
		{"formula", `{"vars":[{"id":"a"}],"expr":"1 / (a - a)"}`, "chia cho 0"},
		{"formula", `{"vars":[{"id":"max"}],"expr":"1"}`, "«max»"},
		{"formula", `{"vars":[{"id":"a b"}],"expr":"1"}`, "«a b»"},
		{"formula", `{"vars":[{"id":"a"},{"id":"a"}],"expr":"1"}`, "hai lần"},
		{"formula", `{"vars":[{"id":"a"}],"expr":"a","clamp":["0"]}`, "giới hạn"},
		{"formula", `{"vars":[{"id":"a"}],"cases":[{"when":"a < 0","expr":"1"}]}`, "không có trường hợp nào"},
		{"count-deduct", `{"start":0.9,"events":[{"id":"x","points":0.1}]}`, "0,90"},
		{"count-deduct", `{"start":1,"floor":2,"events":[{"id":"x","points":0.1}]}`, "điểm thấp nhất"},
		{"count-deduct", `{"start":1,"events":[]}`, "trống"},
		{"count-deduct", `{"start":1,"events":[{"id":"x","points":0}]}`, "lớn hơn 0"},
		{"count-deduct", `{"start":1,"events":[{"id":"x","points":1},{"id":"x","points":1}]}`, "hai lần"},
		{"survey", `{"mode":"sum"}`, "«sum»"},
		{"survey", `{"mode":"mean"}`, "thang điểm"},
	} {
		_, err := scoring.ParseSet([]byte(leafJSON(c.kind, "1", c.rule)))
		e, ok := err.(*data.Error)
		if !ok || e.Code != data.Invalid || e.Field != "1.1" || !strings.HasPrefix(e.Message, "Tiêu chí 1.1: ") || !strings.Contains(e.Message, c.want) {
			t.Errorf("%s %s: %v, want %q", c.kind, c.rule, err, c.want)
		}
	}
}

// TestBadSets spoils a shipped set in one place each.
func TestBadSets(t *testing.T) {
	raw, err := assets.Criteria.ReadFile("criteria/criteria-commune.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"max": 0.2,`, `"max": 0.25,`, "Tiêu chí 1.1"},
		{`"total": 100,`, `"total": 99,`, "Bộ tiêu chí: tổng điểm tối đa của các lĩnh vực là 100,00"},
		{`"survey_max": 35`, `"survey_max": 30`, "«Tổng điểm điều tra»"},
		{`"self_max": 65`, `"self_max": 60`, "«Tổng điểm tự chấm»"},
		{`"code": "1.1.2"`, `"code": "1.1.1"`, "Tiêu chí 1.1.1: mã dùng hai lần"},
		{`"code": "1.1.2"`, `"code": ""`, "chưa có mã"},
		{`"value": "plan.issue_date"`, `"value": "plan.nothing"`, "Tiêu chí 1.1.1: chỉ số nguồn «plan.nothing»"},
		{`"mode": "half_up"`, `"mode": "bankers"`, "«bankers»"},
		{`"leaf_decimals": 2`, `"leaf_decimals": 4`, "thập phân"},
		{`"policy": "exclude_and_rescale"`, `"policy": "ignore"`, "«ignore»"},
		{`"policy": "rescale_self_part_to_100"`, `"policy": "ignore"`, "«ignore»"},
		{`"bonus_counted_outside_total": true`, `"bonus_counted_outside_total": false`, "điểm thưởng"},
		{`"penalty_cap": 2`, `"penalty_cap": -2`, "không được âm"},
		{`"min": 80,
    "max": 90`, `"min": 80,
    "max": 89`, "hở giữa hạng"},
		{`"domain": "3"`, `"domain": "33"`, "Điểm thưởng T.1: lĩnh vực «33»"},
		{`"per": "each"`, `"per": "year"`, "Điểm thưởng T.1"},
		{`"id": "khong_trung_thuc"`, `"id": "phe_binh"`, "Điểm trừ P.1"},
		{`"id": "cchc-xa-2023-recon"`, `"id": ""`, "chưa có mã"},
		{`"year": 2023`, `"year": "năm nay"`, "Phần chung"},
		{`"criteria": [`, `"criteria": [7,`, "Tiêu chí thứ 1"},
		{`"criteria"`, `"tree"`, "phần các tiêu chí"},
		{`"meta"`, `"info"`, "phần chung"},
	} {
		if !strings.Contains(string(raw), c.old) {
			t.Errorf("the set has no %q", c.old)
			continue
		}
		s, err := scoring.ParseSet([]byte(strings.Replace(string(raw), c.old, c.new, 1)))
		if s != nil || data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.new, err, c.want)
		}
	}
	if _, err := scoring.ParseSet(append([]byte("\xef\xbb\xbf"), raw...)); err != nil {
		t.Errorf("with a byte order mark: %v", err)
	}
	for _, text := range []string{"", "null", "[]", "{", `{"meta":{},"criteria":[]}`, string(raw[:len(raw)/2]),
		`{"meta":{"id":"x"},"criteria":[{"code":"1","title":"a","max":100}]}`, `{"meta":{"id":"x"},"criteria":[{"code":"1","title":"a"}]}`,
		`{"meta":{"id":"x"},"criteria":[` + strings.Repeat(`{"code":"1","max":1,"children":[`, 300) + strings.Repeat(`]}`, 300) + `]}`, strings.Repeat(" ", scoring.MaxSize+1)} {
		if _, err := scoring.ParseSet([]byte(text)); data.CodeOf(err) != data.Invalid {
			t.Errorf("%.60q: %v", text, err)
		}
	}
	// An editor sees every fault of a set that it holds.
	s, err := scoring.DecodeSet([]byte(strings.NewReplacer(`"max": 0.2,`, `"max": 0.25,`, `"total": 100,`, `"total": 99,`).Replace(string(raw))))
	if err != nil || len(s.Problems()) < 3 {
		t.Errorf("problems %v %v", s.Problems(), err)
	}
	if _, err := scoring.Evaluate(s, &scoring.Sheet{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a faulty set was evaluated: %v", err)
	}
}

func TestDiff(t *testing.T) {
	raw, err := assets.Criteria.ReadFile("criteria/criteria-commune.json")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(`"code": "7.6"`, `"code": "7.7"`, `"cutoff_pct": 90`, `"cutoff_pct": 85`, `"title": "Cải cách tài chính công"`, `"title": "Tài chính công"`).Replace(string(raw))
	after, err := scoring.ParseSet([]byte(changed))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range scoring.Diff(scoring.ShippedByID(commune), after) {
		got = append(got, string(c.Kind)+" "+c.Code)
	}
	if want := []string{"rule 3.3", "title 6", "added 7.7", "removed 7.6"}; !cmp.Equal(got, want) {
		t.Errorf("difference %q, want %q", got, want)
	}
	if d := scoring.Diff(scoring.ShippedByID(commune), scoring.ShippedByID(district)); len(d) < 100 || !strings.Contains(d[0].Sentence, "Tiêu chí 1: ") {
		t.Errorf("%d differences", len(d))
	}
}

func TestRanks(t *testing.T) {
	for _, c := range []struct {
		scores []scoring.Points
		rule   scoring.TieRule
		want   []int
	}{
		{nil, "", []int{}},
		{[]scoring.Points{85760, 90000, 85760, 70000}, scoring.Competition, []int{2, 1, 2, 4}},
		{[]scoring.Points{85760, 90000, 85760, 70000}, "", []int{2, 1, 2, 4}},
		{[]scoring.Points{85760, 90000, 85760, 70000}, scoring.Dense, []int{2, 1, 2, 3}},
		{[]scoring.Points{0, 0, 0}, scoring.Competition, []int{1, 1, 1}},
		{[]scoring.Points{1000, 1004, 1005, 1004}, scoring.Competition, []int{4, 2, 1, 2}}, // 1,00 1,004 1,005 1,004
		{[]scoring.Points{-5, 0}, scoring.Competition, []int{2, 1}},
	} {
		if got := scoring.Ranks(c.scores, c.rule); !cmp.Equal(got, c.want) {
			t.Errorf("%v %s: %v, want %v", c.scores, c.rule, got, c.want)
		}
	}
}

func TestPointsText(t *testing.T) {
	for p, want := range map[scoring.Points][2]string{
		0: {"0,00", "0.00"}, 5: {"0,005", "0.005"}, 125: {"0,125", "0.125"}, 120: {"0,12", "0.12"}, 100000: {"100,00", "100.00"},
		-125: {"–0,125", "-0.125"}, -100: {"–0,10", "-0.10"}, 1234567: {"1.234,567", "1234.567"},
	} {
		if got := [2]string{p.String(), string(p.Decimal())}; got != want {
			t.Errorf("%d: %q", p, got)
		}
	}
	for _, bad := range []string{"", "1e999", "1e-999", ".5", "5.", "--1", "1 000", "0x10", "1/2", "NaN", strings.Repeat("9", 60)} {
		if _, err := scoring.ParseNumber(bad); err == nil {
			t.Errorf("%q is a number", bad)
		}
	}
	for text, want := range map[string]string{"81.56": "81,56", "81,560": "81,56", "1e-05": "0,00001", "-3": "-3", "+2": "2"} {
		if n, err := scoring.ParseNumber(text); err != nil || n.String() != want {
			t.Errorf("%q = %s %v", text, n, err)
		}
	}
}
