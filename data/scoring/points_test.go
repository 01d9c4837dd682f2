package scoring_test

import (
	"encoding/json"
	"testing"

	"giaoban/data/scoring"
)

// A text in an answer is read as in every field, a JSON number as JSON has it.
func TestNumbersOfAnswers(t *testing.T) {
	for raw, want := range map[string]string{
		`{"b":"1.500","a":3000}`: "1500", `{"b":"1,5","a":3}`: "1,5", `{"b":"1.5","a":3}`: "1,5", `{"b":1.500,"a":3}`: "1,5", `{"b":"34.170,25","a":1}`: "34170,25",
		`{"b":"0.125","a":1}`: "0,125", `{"b":1e3,"a":1}`: "1000",
	} {
		var a scoring.Answer
		if err := json.Unmarshal([]byte(raw), &a); err != nil || a.B == nil || a.B.String() != want {
			t.Errorf("%s: %v, %v; want %s", raw, a.B, err, want)
		}
	}
	for _, raw := range []string{`{"b":"1.234.5"}`, `{"b":"1234.567"}`, `{"b":"1 500"}`, `{"b":""}`, `{"events":{"x":"1.5"}}`, `{"events":{"x":-1}}`} {
		var a scoring.Answer
		if err := json.Unmarshal([]byte(raw), &a); err == nil {
			t.Errorf("%s is taken: %+v", raw, a)
		}
	}
	var a scoring.Answer
	if err := json.Unmarshal([]byte(`{"events":{"x":"1.500"}}`), &a); err != nil || a.Events["x"] != 1500 {
		t.Errorf("%v, %v", a.Events, err)
	}
	for text, want := range map[string]scoring.Points{"0,125": 125, "1.000": 1_000_000, "0.5": 500, "1.234,567": 1_234_567, "–2": -2000} {
		if p, err := scoring.ParsePoints(text); err != nil || p != want {
			t.Errorf("%q: %d, %v", text, p, err)
		}
	}
	for _, text := range []string{"0,1255", "", "1,0000001", "2.000.000"} {
		if p, err := scoring.ParsePoints(text); err == nil {
			t.Errorf("%q is %d points", text, p)
		}
	}
}
