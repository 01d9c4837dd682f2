package scoring_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/data/scoring"
)

const (
	district = "cchc-huyen-2023-recon"
	commune  = "cchc-xa-2023-recon"
)

// evaluate scores answers, given as JSON, under a shipped set.
func evaluate(t *testing.T, set *scoring.Set, answers string) *scoring.Result {
	t.Helper()
	r, err := tryEvaluate(set, answers)
	if err != nil {
		t.Fatalf("%s: %v", answers, err)
	}
	return r
}

func tryEvaluate(set *scoring.Set, answers string) (*scoring.Result, error) {
	sheet, err := scoring.ParseSheet([]byte(`{"year":2023,"answers":` + answers + `}`))
	if err != nil {
		return nil, err
	}
	return scoring.Evaluate(set, sheet)
}

// leafSet wraps one rule into a set: leaf 1.1 with the maximum.
func leafSet(t *testing.T, kind, max, rule string) *scoring.Set {
	t.Helper()
	s, err := scoring.ParseSet([]byte(leafJSON(kind, max, rule)))
	if err != nil {
		t.Fatalf("%s %s: %v", kind, rule, err)
	}
	return s
}

func leafJSON(kind, max, rule string) string {
	return fmt.Sprintf(`{"meta":{"id":"thử","year":2023,"total":%s},"criteria":[{"code":"1","title":"Lĩnh vực","max":%s,"children":[
		{"code":"1.1","title":"Tiêu chí","max":%s,"kind":%q,"rule":%s}]}]}`, max, max, max, kind, rule)
}

// TestVectors holds the vectors of scoring, section 8.
func TestVectors(t *testing.T) {
	set := scoring.ShippedByID(district)
	for _, c := range []struct{ code, answer, want string }{
		{"1.1.1", `{"date":"2023-01-31"}`, "0,50"},
		{"1.1.1", `{"date":"2023-02-28"}`, "0,25"},
		{"1.1.1", `{"date":"2023-03-01"}`, "0,00"},
		{"1.1.1", `{"missing":true}`, "0,00"},
		{"1.1.3", `{"b":30,"a":32}`, "0,94"},
		{"1.1.3", `{"b":25,"a":32}`, "0,00"},
		{"1.2.1", `{"events":{"late":1,"missing":1}}`, "0,13"},
		{"1.3.1", `{"b":7,"a":24}`, "0,50"},
		{"1.3.1", `{"b":30,"a":100}`, "1,00"},
		{"1.6", `{"vars":{"a":40,"b":36,"c":2}}`, "1,39"},
		{"1.6", `{"vars":{"a":40,"b":20,"c":5}}`, "0,00"},
		{"1.6", `{"vars":{"a":0,"b":0,"c":0}}`, "1,50"},
		{"1.6", `{"vars":{"a":0}}`, "1,50"},
		{"3.4.1", `{"b":157000,"a":157425}`, "1,99"},
		{"3.4.1", `{"b":899,"a":1000}`, "0,00"},
		{"3.4.1", `{"b":0,"a":0}`, "na"},
		{"3.4.3", `{"b":18200,"a":32514}`, "0,75"},
		{"3.4.5", `{"b":0,"a":1000}`, "0,75"},
		{"3.4.5", `{"b":5,"a":1000}`, "0,50"},
		{"3.4.5", `{"b":51,"a":10000}`, "0,25"},
		{"7.4.1", `{"b":29291,"a":31731}`, "1,50"},
		{"7.4.3", `{"b":1546,"a":10000}`, "0,31"},
		{"7.4.5", `{"b":15977,"a":34170}`, "0,75"},
		{"6.1.1", `{"b":80,"a":100}`, "1,26"},
		{"5.4.2", `{"events":{"khien_trach":2,"canh_cao":1}}`, "0,55"},
		{"8.1.1", `{"percent":"81.56"}`, "2,04"},
		{"8.1.1", `{"percent":"81,56"}`, "2,04"},
		{"8.1.1", `{"percent":81.56}`, "2,04"},
		// Over-fulfilment of the revenue plan stops at the maximum (3.2, case 5).
		{"6.1.3", `{"b":108,"a":100}`, "0,75"},
		// A year with 29 February, and the day before the year of the plan.
		{"2.2.1", `{"date":"2022-12-15"}`, "0,50"},
		{"2.2.1", `{"date":"2024-01-01"}`, "0,00"},
	} {
		r := evaluate(t, set, fmt.Sprintf(`{%q:%s}`, c.code, c.answer))
		n := r.Node(c.code)
		got := n.Points.String()
		if n.State == scoring.NA {
			got = "na"
		}
		if got != c.want || n.State == scoring.Open {
			t.Errorf("%s %s = %s (%s), want %s", c.code, c.answer, got, n.State, c.want)
		}
	}
	sheet, err := scoring.ParseSheet([]byte(`{"year":2024,"answers":{"1.1.1":{"date":"2024-02-29"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := scoring.Evaluate(set, sheet); err != nil || r.Node("1.1.1").Points != 250 {
		t.Errorf("29/02/2024: %v %v", r, err)
	}
}

// parts is a set of a self-assessed part of 75 = 72,75 + 2,25 (or as given) and
// a survey of the rest, each leaf's points typed as a variable.
func parts(t *testing.T, meta, first, second, survey string) *scoring.Set {
	t.Helper()
	children := fmt.Sprintf(`{"code":"1.1","title":"A","max":%s,"kind":"formula","rule":{"vars":[{"id":"p"}],"expr":"p"}}`, first)
	self := first
	if second != "" {
		children += fmt.Sprintf(`,{"code":"1.2","title":"B","max":%s,"na_allowed":true,"kind":"formula","rule":{"vars":[{"id":"p"}],"expr":"p"}}`, second)
		var a, b scoring.Points
		if json.Unmarshal([]byte(first), &a) != nil || json.Unmarshal([]byte(second), &b) != nil {
			t.Fatal("points")
		}
		raw, err := json.Marshal(a + b)
		if err != nil {
			t.Fatal(err)
		}
		self = string(raw)
	}
	s, err := scoring.ParseSet(fmt.Appendf(nil, `{"meta":{"id":"phần","year":2023,"total":100,"grades":[{"name":"Yếu","min":0,"max":50},{"name":"Khá","min":50,"max":90},{"name":"Xuất sắc","min":90,"max":100}]%s},
		"criteria":[{"code":"1","title":"Tự chấm","max":%s,"children":[%s]},{"code":"2","title":"Điều tra","max":%s,"children":[
		{"code":"2.1","title":"C","max":%s,"kind":"survey","rule":{"mode":"percent","min_sample":null}}]}],
		"bonus":[{"code":"T.1","title":"Thưởng","domain":"1","kind":"bonus","cap":1,"rule":{"options":[{"id":"moi","label":"Mỗi","points":0.4,"per":"each"},{"id":"lan","label":"Lần","points":0.5,"per":"once"}]}},
		{"code":"T.2","title":"Thưởng","rule":{"options":[{"id":"moi","label":"Mỗi","points":3,"per":"each"}]}}],
		"penalty":[{"code":"P.1","title":"Trừ","cap":2,"rule":{"options":[{"id":"moi","label":"Mỗi","points":0.75,"per":"each"}]}}]}`,
		meta, self, children, survey, survey))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sheet(t *testing.T, text string) *scoring.Sheet {
	t.Helper()
	s, err := scoring.ParseSheet([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

// TestIndex holds the rescaling vectors of scoring 1.3 and 8, the policies, and
// the order of bonus, penalty, bounds and grade.
func TestIndex(t *testing.T) {
	whole := func(meta string) *scoring.Set { return parts(t, meta, "72.75", "2.25", "25") }
	seventy := parts(t, "", "70", "", "30")
	const na = `"1.2":{"na":"không được giao"}`
	for _, c := range []struct {
		name  string
		set   *scoring.Set
		sheet string
		want  string
		grade string
	}{
		{"no survey", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}}}}`, "83,29", "Khá"},
		{"no survey, said", seventy, `{"survey":false,"answers":{"1.1":{"vars":{"p":58.3}}}}`, "83,29", "Khá"},
		{"no survey, marked so", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}},"2.1":{"na":"không tổ chức"}}}`, "83,29", "Khá"},
		{"the survey is still to come", seventy, `{"survey":true,"answers":{"1.1":{"vars":{"p":58.3}}}}`, "58,30", "Khá"},
		{"a survey of 0 is a survey", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}},"2.1":{"percent":0}}}`, "58,30", "Khá"},
		{"not applicable", whole(""), `{"answers":{"1.1":{"vars":{"p":61.2}},` + na + `,"2.1":{"percent":0}}}`, "63,09", "Khá"},
		{"not applicable, survey", whole(""), `{"answers":{"1.1":{"vars":{"p":61.2}},` + na + `,"2.1":{"percent":81.56}}}`, "83,48", "Khá"},
		{"not applicable, no survey", whole(""), `{"answers":{"1.1":{"vars":{"p":61.2}},` + na + `}}`, "84,12", "Khá"},
		{"not applicable counts full", whole(`,"not_applicable":{"policy":"full"}`), `{"answers":{"1.1":{"vars":{"p":61.2}},` + na + `,"2.1":{"percent":0}}}`, "63,45", "Khá"},
		{"not applicable counts nothing", whole(`,"not_applicable":{"policy":"zero"}`), `{"answers":{"1.1":{"vars":{"p":61.2}},` + na + `,"2.1":{"percent":0}}}`, "61,20", "Khá"},
		{"a missing survey counts nothing", whole(`,"no_survey":{"policy":"zero"}`), `{"answers":{"1.1":{"vars":{"p":61.2}},"1.2":{"vars":{"p":0}}}}`, "61,20", "Khá"},
		{"bonus after rescaling", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}}},"bonus":{"T.1":{"moi":2}}}`, "84,09", "Khá"},
		{"bonus capped", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}}},"bonus":{"T.1":{"moi":2,"lan":1}}}`, "84,29", "Khá"},
		{"bonus capped over all", parts(t, `,"bonus_cap":1.5`, "70", "", "30"), `{"answers":{"1.1":{"vars":{"p":58.3}}},"bonus":{"T.1":{"moi":2,"lan":1},"T.2":{"moi":1}}}`, "84,79", "Khá"},
		{"penalty", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}}},"penalty":{"P.1":{"moi":1}}}`, "82,54", "Khá"},
		{"penalty capped", seventy, `{"answers":{"1.1":{"vars":{"p":58.3}}},"penalty":{"P.1":{"moi":9}}}`, "81,29", "Khá"},
		{"not above 100", seventy, `{"answers":{"1.1":{"vars":{"p":70}},"2.1":{"percent":100}},"bonus":{"T.2":{"moi":2}}}`, "100,00", "Xuất sắc"},
		{"no bounds", parts(t, `,"final_clamp":[]`, "70", "", "30"), `{"answers":{"1.1":{"vars":{"p":70}},"2.1":{"percent":100}},"bonus":{"T.2":{"moi":2}}}`, "106,00", "Xuất sắc"},
		{"not below 0", seventy, `{"answers":{},"penalty":{"P.1":{"moi":2}}}`, "0,00", "Yếu"},
		{"a grade begins at its least index", seventy, `{"answers":{"1.1":{"vars":{"p":63}},"2.1":{"percent":90}}}`, "90,00", "Xuất sắc"},
		{"a grade ends below the next", seventy, `{"answers":{"1.1":{"vars":{"p":62.99}},"2.1":{"percent":90}}}`, "89,99", "Khá"},
	} {
		r, err := scoring.Evaluate(c.set, sheet(t, c.sheet))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r.Index.String() != c.want || r.Grade != c.grade {
			t.Errorf("%s: index %s %s, want %s %s", c.name, r.Index, r.Grade, c.want, c.grade)
		}
		// Rescaling is applied to the index, not to nodes.
		if n := r.Node("1"); n.Points != r.Node("1.1").Points {
			t.Errorf("%s: group has %s", c.name, n.Points)
		}
		g := scoring.GapsOf(r)
		if got := g.Index + g.Lost + g.Open + g.NotAssessed - g.Rescaled - g.Bonus + g.Penalty + g.Cut; got != g.Total {
			t.Errorf("%s: lost points %+v explain %s", c.name, g, got)
		}
	}
	if _, err := scoring.Evaluate(seventy, sheet(t, `{"survey":false,"answers":{"2.1":{"percent":50}}}`)); err == nil || !strings.Contains(err.Error(), "2.1") {
		t.Errorf("a survey that was not held has a result: %v", err)
	}
	if r := evaluate(t, whole(""), `{"1.1":{"na":"x"},"1.2":{"na":"x"}}`); r.Index != 0 || r.Grade != "" || r.Node("1").State != scoring.NA || len(r.Remarks) != 2 {
		t.Errorf("nothing assessed: %s %q %v", r.Index, r.Grade, r.Remarks)
	}
	full := evaluate(t, seventy, `{"1.1":{"vars":{"p":69.5}},"2.1":{"percent":50}}`)
	if g := scoring.GapsOf(full); g.Lost != 15500 || g.Rescaled != 0 || len(g.Leaves) != 2 || g.Leaves[0].Lost != 500 || !full.Complete() {
		t.Errorf("gaps %+v", g)
	}
}

// TestRoundingOrder proves that leaves are rounded before they are summed, and
// that a set can ask for the other order.
func TestRoundingOrder(t *testing.T) {
	build := func(rounding string) *scoring.Set {
		var leaves []string
		for i := range 4 {
			leaves = append(leaves, fmt.Sprintf(`{"code":"1.%d","title":"A","max":25,"kind":"formula","rule":{"vars":[{"id":"p"}],"expr":"p"}}`, i+1))
		}
		s, err := scoring.ParseSet(fmt.Appendf(nil, `{"meta":{"id":"tròn","year":2023%s},"criteria":[{"code":"1","title":"L","max":100,"children":[%s]}]}`, rounding, strings.Join(leaves, ",")))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const answers = `{"1.1":{"vars":{"p":0.125}},"1.2":{"vars":{"p":0.125}},"1.3":{"vars":{"p":0.004}},"1.4":{"vars":{"p":0.0049}}}`
	for _, c := range []struct{ rounding, leaf, group, index string }{
		{``, "0,13", "0,26", "0,26"},
		{`,"rounding":{"leaf_decimals":2,"total_decimals":2,"mode":"half_up","when":"round_total"}`, "0,13", "0,26", "0,26"},
		{`,"rounding":{"leaf_decimals":2,"total_decimals":2,"mode":"down","when":"round_leaf_then_sum"}`, "0,12", "0,24", "0,24"},
		{`,"rounding":{"leaf_decimals":2,"total_decimals":2,"mode":"down","when":"round_total"}`, "0,12", "0,25", "0,25"},
		{`,"rounding":{"leaf_decimals":1,"total_decimals":1,"mode":"half_up","when":"round_total"}`, "0,10", "0,30", "0,30"},
		{`,"rounding":{"leaf_decimals":1,"total_decimals":1,"mode":"half_up","when":"round_leaf_then_sum"}`, "0,10", "0,20", "0,20"},
	} {
		r := evaluate(t, build(c.rounding), answers)
		if l, g := r.Node("1.1").Points.String(), r.Node("1").Points.String(); l != c.leaf || g != c.group || r.Index.String() != c.index {
			t.Errorf("%s: leaf %s group %s index %s", c.rounding, l, g, r.Index)
		}
	}
}
