package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/scoring"
)

// TestKinds tables each kind at nought, at its maximum, at each threshold and
// one step beside it. A want that is no number is a part of the error.
func TestKinds(t *testing.T) {
	const upTo = `{"input":"percent","tiers":[{"min":null,"max":0,"max_incl":true,"points":1},{"min":0,"min_incl":false,"max":0.5,"max_incl":true,"points":0.5},{"min":0.5,"min_incl":false,"max":null,"points":0}]}`
	const from = `{"input":"percent","tiers":[{"min":100,"max":null,"points":1},{"min":80,"max":100,"points":0.5},{"min":null,"max":80,"points":0}]}`
	const count = `{"input":"count","tiers":[{"min":12,"max":null,"points":1},{"min":8,"max":11,"max_incl":true,"points":0.6},{"min":null,"max":8,"points":0}]}`
	const late = `{"input":"days_late","missing_points":0.1,"tiers":[{"min":null,"max":0,"max_incl":true,"points":1},{"min":0,"min_incl":false,"max":5,"max_incl":true,"points":0.5},{"min":5,"min_incl":false,"max":null,"points":0}]}`
	const date = `{"input":"date","tiers":[{"until":"01-31","points":1},{"until":"06-30","until_incl":false,"points":0.5},{"until":null,"points":0}]}`
	const choice = `{"input":"choice","tiers":[{"choice":1,"points":1,"label":"Có kế hoạch"},{"choice":"hai","points":0.5,"label":"Một phần"},{"choice":3,"points":0,"label":"Không"}]}`
	const list = `{"items":[{"label":"a","points":0.5},{"label":"b","points":0.375},{"label":"c","points":0.125}]}`
	const deduct = `{"start":1,"floor":0.2,"events":[{"id":"late","label":"chậm","points":0.125},{"id":"none","label":"thiếu","points":0.25}]}`
	const formula = `{"vars":[{"id":"a"},{"id":"b"}],"cases":[{"when":"a = 0 and b = 0","expr":"max"},{"when":"b / a < 0.5","expr":"0"}],"expr":"max(0, 2 * b / a - 1)"}`
	for _, c := range []struct {
		kind, rule string
		cases      map[string]string
	}{
		{"binary", `{"yes":1,"no":0.25}`, map[string]string{`{"yes":true}`: "1,00", `{"yes":false}`: "0,25", `{"value":1}`: "«yes»", `{"yes":"true"}`: "«yes»"}},
		{"checklist", list, map[string]string{`{"checked":[true,true,true]}`: "1,00", `{"checked":[false,false,false]}`: "0,00", `{"checked":[false,false,true]}`: "0,13",
			`{"checked":[true,true]}`: "đủ 3", `{"checked":[]}`: "đủ 3", `{"checked":[true,null,true]}`: "«checked»", `{"checked":true}`: "«checked»"}},
		{"tiers", upTo, map[string]string{`{"b":0,"a":1}`: "1,00", `{"b":1,"a":1000000}`: "0,50", `{"b":5,"a":1000}`: "0,50", `{"b":5000001,"a":1000000000}`: "0,00", `{"b":1,"a":1}`: "0,00",
			`{"b":0,"a":0}`: "a = 0", `{"b":2,"a":1}`: "lớn hơn", `{"b":-1,"a":1}`: "âm", `{"b":1}`: "a (mẫu số)", `{"missing":true}`: "«b»"}},
		{"tiers", from, map[string]string{`{"b":3,"a":3}`: "1,00", `{"b":999999999,"a":1000000000}`: "0,50", `{"b":80,"a":100}`: "0,50", `{"b":7999999999,"a":10000000000}`: "0,00", `{"b":0,"a":9}`: "0,00"}},
		{"tiers", count, map[string]string{`{"value":0}`: "0,00", `{"value":7}`: "0,00", `{"value":8}`: "0,60", `{"value":11}`: "0,60", `{"value":12}`: "1,00", `{"value":9000000000}`: "1,00",
			`{"value":-1}`: "âm", `{"value":7.5}`: "số nguyên", `{"value":true}`: "cần một số", `{"b":1,"a":2}`: "«value»", `{"missing":true}`: "«value»"}},
		{"tiers", late, map[string]string{`{"value":-3}`: "1,00", `{"value":0}`: "1,00", `{"value":1}`: "0,50", `{"value":5}`: "0,50", `{"value":6}`: "0,00", `{"missing":true}`: "0,10", `{"date":"2023-01-01"}`: "«value»"}},
		{"tiers", date, map[string]string{`{"date":"2023-01-01"}`: "1,00", `{"date":"2022-12-31"}`: "1,00", `{"date":"2023-01-31"}`: "1,00", `{"date":"2023-02-01"}`: "0,50", `{"date":"2023-06-29"}`: "0,50",
			`{"date":"2023-06-30"}`: "0,00", `{"date":"2024-01-01"}`: "0,00", `{"date":"31/01/2023"}`: "2023-01-31", `{"date":5}`: "ngày", `{"missing":true}`: "«date»"}},
		{"tiers", choice, map[string]string{`{"choice":"1"}`: "1,00", `{"choice":1}`: "1,00", `{"choice":"hai"}`: "0,50", `{"choice":"Không"}`: "0,00", `{"choice":"bốn"}`: "bốn", `{"choice":true}`: "choice"}},
		{"ratio", `{"target_pct":80,"cutoff_pct":20,"when_zero":"zero"}`, map[string]string{`{"b":0,"a":10}`: "0,00", `{"b":199999,"a":1000000}`: "0,00", `{"b":2,"a":10}`: "0,25", `{"b":8,"a":10}`: "1,00",
			`{"b":799,"a":1000}`: "1,00", `{"b":7,"a":10}`: "0,88", `{"b":10,"a":10}`: "1,00", `{"b":0,"a":0}`: "0,00", `{"b":1,"a":0}`: "lớn hơn", `{"b":"7.5","a":"10,0"}`: "0,94", `{"b":1,"a":2,"value":3}`: "«b»"}},
		{"ratio", `{"when_zero":"full","over":true}`, map[string]string{`{"b":0,"a":0}`: "1,00", `{"b":3,"a":2}`: "1,00", `{"b":1,"a":0}`: "lớn hơn", `{"b":1,"a":3}`: "0,33"}},
		{"ratio", `{"when_zero":"na"}`, map[string]string{`{"b":0,"a":0}`: "na", `{"b":1,"a":6}`: "0,17"}},
		{"ratio", `{}`, map[string]string{`{"b":0,"a":0}`: "a = 0", `{"b":1,"a":8}`: "0,13", `{"b":9,"a":8}`: "lớn hơn"}},
		{"formula", formula, map[string]string{`{"vars":{"a":0,"b":0}}`: "1,00", `{"vars":{"a":0,"b":1}}`: "chia cho 0", `{"vars":{"a":100,"b":49}}`: "0,00", `{"vars":{"a":100,"b":50}}`: "0,00",
			`{"vars":{"a":100,"b":51}}`: "0,02", `{"vars":{"a":100,"b":100}}`: "1,00", `{"vars":{"a":100,"b":400}}`: "1,00", `{"vars":{"a":4}}`: "thiếu", `{"vars":{"a":-4,"b":1}}`: "âm", `{"vars":{"a":4,"c":1}}`: "«c»", `{"vars":{"a":"x"}}`: "«a»"}},
		{"formula", `{"vars":[{"id":"a","negative":true}],"expr":"a","clamp":["0.2","max/2"]}`, map[string]string{`{"vars":{"a":-4}}`: "0,20", `{"vars":{"a":0.3}}`: "0,30", `{"vars":{"a":4}}`: "0,50"}},
		{"count-deduct", deduct, map[string]string{`{"events":{}}`: "1,00", `{"events":{"late":1}}`: "0,88", `{"events":{"late":1,"none":1}}`: "0,63", `{"events":{"late":6}}`: "0,25", `{"events":{"late":7}}`: "0,20", `{"events":{"none":1000000}}`: "0,20",
			`{"events":{"late":-1}}`: "số nguyên", `{"events":{"late":0.5}}`: "số nguyên", `{"events":{"x":1}}`: "«x»", `{"events":[1]}`: "«events»", `{"value":1}`: "«events»"}},
		{"survey", `{"mode":"percent"}`, map[string]string{`{"percent":0}`: "0,00", `{"percent":"0.4"}`: "0,00", `{"percent":"0.5"}`: "0,01", `{"percent":100}`: "1,00", `{"percent":"100.01"}`: "100", `{"percent":-1}`: "0 đến", `{"percent":"nhiều"}`: "cần một số"}},
		{"survey", `{"mode":"mean","scale":5}`, map[string]string{`{"value":"4,1"}`: "0,82", `{"value":5}`: "1,00", `{"value":5.1}`: "5", `{"percent":50}`: "«value»"}},
	} {
		set := leafSet(t, c.kind, "1", c.rule)
		for answer, want := range c.cases {
			r, err := tryEvaluate(set, `{"1.1":`+answer+`}`)
			if want == "na" || strings.Contains(want, ",") {
				if err != nil {
					t.Errorf("%s %s: %v", c.kind, answer, err)
					continue
				}
				got := r.Node("1.1").Points.String()
				if r.Node("1.1").State == scoring.NA {
					got = "na"
				}
				if got != want {
					t.Errorf("%s %s %s = %s, want %s", c.kind, c.rule, answer, got, want)
				}
				continue
			}
			if e, ok := err.(*data.Error); !ok || e.Code != data.Invalid || e.Field != "1.1" || !strings.HasPrefix(e.Message, "Tiêu chí 1.1: ") || !strings.Contains(e.Message, want) || strings.Count(e.Message, "\n") > 0 {
				t.Errorf("%s %s: %v, want an error with %q", c.kind, answer, err, want)
			}
		}
	}
}

// TestStatesAndOverrides covers what every kind has in common.
func TestStatesAndOverrides(t *testing.T) {
	set := leafSet(t, "binary", "1", `{"yes":1,"no":0}`)
	for _, open := range []string{`{}`, `{"1.1":{}}`, `{"1.1":null}`, `{"1.1":{"yes":null}}`, `{"1.1":{"note":"sẽ làm"}}`, `{"1.1":{"missing":false}}`} {
		if r := evaluate(t, set, open); r.Node("1.1").State != scoring.Open || r.Node("1").State != scoring.Open || r.Complete() {
			t.Errorf("%s is %s", open, r.Node("1.1").State)
		}
	}
	// A true nought is scored.
	if r := evaluate(t, set, `{"1.1":{"yes":false}}`); r.Node("1.1").State != scoring.Scored || r.Node("1").State != scoring.Scored || !r.Complete() {
		t.Error("nought points are not scored")
	}
	r := evaluate(t, set, `{"1.1":{"yes":false,"points":0.75,"note":"có văn bản bổ sung"}}`)
	if n := r.Node("1.1"); n.Points != 750 || !n.Overridden || n.Computed != 0 || !n.HasComputed || n.Reason == "" || r.Index != 75*scoring.Point {
		t.Errorf("override %+v", n)
	}
	for answer, want := range map[string]string{
		`{"points":0.75}`: "lý do", `{"points":1.01,"note":"x"}`: "tối đa 1,00", `{"points":-0.1,"note":"x"}`: "từ 0", `{"points":0.125,"note":"x"}`: "thập phân",
		`{"points":0.1234,"note":"x"}`: "thập phân", `{"na":""}`: "lý do", `{"na":"  "}`: "lý do", `{"na":true}`: "lý do", `{"na":"x","points":1}`: "vừa", `{"có":true}`: "«có»", `[]`: "ngoặc", `"có"`: "ngoặc",
		`{"yes":true,"yes":false}`: "hai lần",
	} {
		if _, err := tryEvaluate(set, `{"1.1":`+answer+`}`); err == nil || !strings.HasPrefix(err.Error(), "Tiêu chí 1.1: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", answer, err, want)
		}
	}
	for answers, want := range map[string]string{`{"1":{"yes":true}}`: "Tiêu chí 1: đây là nhóm", `{"1.2":{"yes":true}}`: "Tiêu chí 1.2: mã này không có", `{"1.1":{},"1.1":{}}`: "hai lần"} {
		if _, err := tryEvaluate(set, answers); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", answers, err, want)
		}
	}
	// What the decision does not foresee is remarked, not refused.
	shipped := scoring.ShippedByID(district)
	if r := evaluate(t, shipped, `{"1.7.1":{"na":"x"},"3.4.1":{"na":"x"},"8.1.1":{"na":"x"}}`); len(r.Remarks) != 1 || r.Remarks[0].Code != "1.7.1" {
		t.Errorf("remarks %v", r.Remarks)
	}
	if r := evaluate(t, shipped, `{"1.1.1":{"date":"2013-01-01"}}`); len(r.Remarks) != 1 {
		t.Errorf("remarks %v", r.Remarks)
	}
}

func TestBadAdjustments(t *testing.T) {
	set := scoring.ShippedByID(district)
	for text, want := range map[string]string{
		`"bonus":{"T.9":{"x":1}}`: "Điểm thưởng T.9", `"bonus":{"T.3":{"x":1}}`: "«x»", `"bonus":{"T.3":{"mo_hinh":-1}}`: "T.3", `"penalty":{"P.1":{"sai_lech":"nhiều"}}`: "Điểm trừ P.1",
		`"penalty":5`: "Điểm trừ", `"bonus":{"T.3":2}`: "T.3",
	} {
		s, err := scoring.ParseSheet([]byte(`{"answers":{},` + text + `}`))
		if err == nil {
			_, err = scoring.Evaluate(set, s)
		}
		if data.CodeOf(err) != data.Invalid || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	r, err := scoring.Evaluate(set, sheet(t, `{"answers":{},"bonus":{"T.3":{"100_dung_han":3}}}`))
	if err != nil || r.Bonus != 500 || len(r.Remarks) != 1 {
		t.Errorf("an option that counts once: %v %v", r, err)
	}
}

// TestWordsOfSteps: «Trên 90%» leaves 90 out, so that «trở lên» does not follow it.
func TestWordsOfSteps(t *testing.T) {
	set := leafSet(t, "tiers", "1", `{"input":"percent","tiers":[{"min":90,"min_incl":false,"points":1},{"min":80,"max":90,"max_incl":true,"points":0.5},{"max":80,"points":0}]}`)
	var got []string
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Rule != nil {
			for _, line := range n.Rule.Lines(n) {
				got = append(got, line.Text)
			}
		}
	})
	if want := "Trên 90% | Từ 80% đến 90% | Dưới 80%"; strings.Join(got, " | ") != want {
		t.Errorf("%s, want %s", strings.Join(got, " | "), want)
	}
}
