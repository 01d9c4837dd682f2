package scoring_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/assets"
	"giaoban/data/scoring"
)

// oracle scores a sheet slowly and independently: it reads the raw JSON of a
// shipped set and of the answers, and works in big.Rat throughout. It shares no
// code with the package.
type oracle struct {
	year    int
	answers map[string]any
	state   map[string]string
	points  map[string]*big.Rat
	self, surveyed, selfMax, selfNA,
	surveyMax *big.Rat
	held bool
}

type object = map[string]any

func rat(v any) *big.Rat {
	r, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		panic(fmt.Sprint("not a number: ", v))
	}
	return r
}

func two(r *big.Rat) *big.Rat {
	// FloatString rounds halves away from nought.
	return rat(r.FloatString(2))
}

func (o *oracle) leaf(n object) (p *big.Rat, na bool) {
	a := o.answers[n["code"].(string)].(object)
	if _, ok := a["na"]; ok {
		return nil, true
	}
	rule, most := n["rule"].(object), rat(n["max"])
	percent := func() *big.Rat {
		q := new(big.Rat).Quo(rat(a["b"]), rat(a["a"]))
		return q.Mul(q, big.NewRat(100, 1))
	}
	switch n["kind"] {
	case "binary":
		if a["yes"].(bool) {
			return rat(rule["yes"]), false
		}
		return rat(rule["no"]), false
	case "checklist":
		p = new(big.Rat)
		for i, item := range rule["items"].([]any) {
			if a["checked"].([]any)[i].(bool) {
				p.Add(p, rat(item.(object)["points"]))
			}
		}
		return p, false
	case "survey":
		p = new(big.Rat).Mul(rat(a["percent"]), most)
		return p.Quo(p, big.NewRat(100, 1)), false
	case "count-deduct":
		p = rat(rule["start"])
		for _, e := range rule["events"].([]any) {
			if times, ok := a["events"].(object)[e.(object)["id"].(string)]; ok {
				p.Sub(p, new(big.Rat).Mul(rat(times), rat(e.(object)["points"])))
			}
		}
		if p.Cmp(rat(rule["floor"])) < 0 {
			p = rat(rule["floor"])
		}
		return p, false
	case "ratio":
		if rat(a["a"]).Sign() == 0 {
			switch rule["when_zero"] {
			case "full":
				return most, false
			case "na":
				return nil, true
			}
			return new(big.Rat), false
		}
		q := percent()
		if q.Cmp(rat(rule["cutoff_pct"])) < 0 {
			return new(big.Rat), false
		}
		if q.Cmp(rat(rule["target_pct"])) > 0 {
			q = rat(rule["target_pct"])
		}
		return q.Mul(q, most).Quo(q, rat(rule["target_pct"])), false
	case "formula":
		// Both shipped formulas are max × (b + 0,5 c) / a with their two cases.
		vars := a["vars"].(object)
		x, y, z := rat(vars["a"]), rat(vars["b"]), rat(vars["c"])
		if x.Sign() == 0 {
			return most, false
		}
		done := new(big.Rat).Add(y, z)
		if done.Quo(done, x).Cmp(big.NewRat(4, 5)) < 0 {
			return new(big.Rat), false
		}
		p = new(big.Rat).Add(y, z.Mul(z, big.NewRat(1, 2)))
		p.Mul(p, most).Quo(p, x)
		if p.Cmp(most) > 0 {
			p = most
		}
		return p, false
	}
	if a["missing"] == true {
		return rat(rule["missing_points"]), false
	}
	for _, t := range rule["tiers"].([]any) {
		tier := t.(object)
		in := false
		switch rule["input"] {
		case "choice":
			in = fmt.Sprint(tier["choice"]) == a["choice"]
		case "date":
			// Dates and ends compare as text within a year.
			in = tier["until"] == nil || a["date"].(string) <= fmt.Sprintf("%d-%s", o.year, tier["until"])
		default:
			x := new(big.Rat)
			if rule["input"] == "percent" {
				x = percent()
			} else {
				x = rat(a["value"])
			}
			low, high := true, true
			if tier["min"] != nil {
				c := x.Cmp(rat(tier["min"]))
				low = c > 0 || c == 0 && tier["min_incl"] == true
			}
			if tier["max"] != nil {
				c := x.Cmp(rat(tier["max"]))
				high = c < 0 || c == 0 && tier["max_incl"] == true
			}
			in = low && high
		}
		if in {
			return rat(tier["points"]), false
		}
	}
	panic("no tier")
}

func (o *oracle) walk(n object) (sum *big.Rat, states map[string]bool) {
	code := n["code"].(string)
	sum, states = new(big.Rat), map[string]bool{}
	if children, ok := n["children"].([]any); ok {
		for _, c := range children {
			s, st := o.walk(c.(object))
			sum.Add(sum, s)
			for k := range st {
				states[k] = true
			}
		}
	} else {
		most, survey := rat(n["max"]), n["kind"] == "survey"
		if survey {
			o.surveyMax.Add(o.surveyMax, most)
		} else {
			o.selfMax.Add(o.selfMax, most)
		}
		if _, ok := o.answers[code]; !ok {
			states["open"] = true
		} else if p, na := o.leaf(n); na {
			states["na"] = true
			if !survey {
				o.selfNA.Add(o.selfNA, most)
			}
		} else {
			states["scored"] = true
			sum = two(p)
			if survey {
				o.surveyed.Add(o.surveyed, sum)
				o.held = true
			} else {
				o.self.Add(o.self, sum)
			}
		}
	}
	switch {
	case states["open"]:
		o.state[code] = "open"
	case states["scored"]:
		o.state[code] = "scored"
	default:
		o.state[code] = "na"
	}
	o.points[code] = sum
	return sum, states
}

func (o *oracle) index(bonus, penalty *big.Rat) *big.Rat {
	to := o.selfMax
	if !o.held {
		to = big.NewRat(100, 1)
	}
	total := new(big.Rat)
	if of := new(big.Rat).Sub(o.selfMax, o.selfNA); of.Sign() > 0 {
		total.Mul(o.self, to).Quo(total, of)
	}
	if o.held {
		total.Add(total, o.surveyed)
	}
	total.Add(total, bonus).Sub(total, penalty)
	if total.Sign() < 0 {
		return new(big.Rat)
	}
	if total.Cmp(big.NewRat(100, 1)) > 0 {
		return big.NewRat(100, 1)
	}
	return two(total)
}

// adjust sums the capped entries of a list.
func (o *oracle) adjust(set object, list string, given map[string]object) *big.Rat {
	all := new(big.Rat)
	for _, e := range set[list].([]any) {
		entry := e.(object)
		sum := new(big.Rat)
		for _, opt := range entry["rule"].(object)["options"].([]any) {
			option := opt.(object)
			times, ok := given[entry["code"].(string)][option["id"].(string)]
			if !ok {
				continue
			}
			n := rat(times)
			if option["per"] == "once" && n.Cmp(big.NewRat(1, 1)) > 0 {
				n = big.NewRat(1, 1)
			}
			sum.Add(sum, n.Mul(n, rat(option["points"])))
		}
		if sum.Cmp(rat(entry["cap"])) > 0 {
			sum = rat(entry["cap"])
		}
		all.Add(all, sum)
	}
	if limit := rat(set["meta"].(object)[list+"_cap"]); all.Cmp(limit) > 0 {
		return limit
	}
	return all
}

// drawAnswer makes a right answer for a leaf, with a liking for thresholds.
func drawAnswer(t *rapid.T, n object) object {
	code, rule := n["code"].(string), n["rule"].(object)
	draw := func(name string, low, high int) int {
		return rapid.IntRange(low, high).Draw(t, code+" "+name)
	}
	count := func(v int) any { return json.Number(strconv.Itoa(v)) }
	ba := func(least int) object {
		a := rapid.SampledFrom([]int{least, 1, 3, 7, 24, 32, 100, 1000, 31731, 157425}).Draw(t, code+" a")
		b := draw("b", 0, a)
		if draw("near", 0, 2) == 0 {
			// On a threshold, or one step beside it.
			pct := rapid.SampledFrom([]int{0, 5, 10, 20, 30, 50, 70, 80, 90, 95, 100}).Draw(t, code+" pct")
			b = min(a, max(0, a*pct/100+draw("step", -1, 1)))
		}
		return object{"b": count(b), "a": count(a)}
	}
	switch n["kind"] {
	case "binary":
		return object{"yes": rapid.Bool().Draw(t, code)}
	case "checklist":
		var ticks []any
		for range rule["items"].([]any) {
			ticks = append(ticks, rapid.Bool().Draw(t, code))
		}
		return object{"checked": ticks}
	case "survey":
		v := draw("percent", 0, 10000)
		return object{"percent": fmt.Sprintf("%d.%02d", v/100, v%100)}
	case "count-deduct":
		events := object{}
		for _, e := range rule["events"].([]any) {
			if v := draw("events", -1, 6); v >= 0 {
				events[e.(object)["id"].(string)] = count(v)
			}
		}
		return object{"events": events}
	case "ratio":
		return ba(0)
	case "formula":
		a := draw("a", 0, 50)
		b := draw("b", 0, a)
		return object{"vars": object{"a": count(a), "b": count(b), "c": count(draw("c", 0, a-b))}}
	}
	if _, ok := rule["missing_points"]; ok && draw("missing", 0, 9) == 0 {
		return object{"missing": true}
	}
	switch rule["input"] {
	case "percent":
		return ba(1)
	case "choice":
		return object{"choice": fmt.Sprint(draw("choice", 1, 3))}
	case "date":
		return object{"date": rapid.SampledFrom([]string{"2022-12-31", "2023-01-01", "2023-01-31", "2023-02-01", "2023-02-28", "2023-03-01", "2023-12-31", "2024-01-05"}).Draw(t, code)}
	case "days_late":
		return object{"value": count(draw("days", -2, 40))}
	}
	return object{"value": count(draw("count", 0, 15))}
}

func TestRandomSheetsEqualTheOracle(t *testing.T) {
	for id, file := range map[string]string{district: "criteria/criteria-district.json", commune: "criteria/criteria-commune.json"} {
		raw, err := assets.Criteria.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var set object
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		if err := dec.Decode(&set); err != nil {
			t.Fatal(err)
		}
		t.Run(id, func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { compareWithOracle(t, id, set) }) })
	}
}

func compareWithOracle(t *rapid.T, id string, set object) {
	o := &oracle{year: 2023, answers: object{}, state: map[string]string{}, points: map[string]*big.Rat{},
		self: new(big.Rat), surveyed: new(big.Rat), selfMax: new(big.Rat), selfNA: new(big.Rat), surveyMax: new(big.Rat)}
	// How complete the sheet is, and whether a survey was held.
	answered, survey := rapid.IntRange(0, 10).Draw(t, "answered"), rapid.Bool().Draw(t, "survey")
	var fill func(n object)
	fill = func(n object) {
		if children, ok := n["children"].([]any); ok {
			for _, c := range children {
				fill(c.(object))
			}
			return
		}
		code := n["code"].(string)
		switch {
		case n["kind"] == "survey" && !survey, rapid.IntRange(0, 9).Draw(t, code+" open") >= answered:
		case n["na_allowed"] == true && rapid.IntRange(0, 4).Draw(t, code+" na") == 0:
			o.answers[code] = object{"na": "không được giao"}
		default:
			o.answers[code] = drawAnswer(t, n)
		}
	}
	for _, n := range set["criteria"].([]any) {
		fill(n.(object))
	}
	adjusts := map[string]map[string]object{}
	for _, list := range []string{"bonus", "penalty"} {
		adjusts[list] = map[string]object{}
		for _, e := range set[list].([]any) {
			options := object{}
			for _, opt := range e.(object)["rule"].(object)["options"].([]any) {
				options[opt.(object)["id"].(string)] = json.Number(strconv.Itoa(rapid.IntRange(0, 3).Draw(t, list)))
			}
			adjusts[list][e.(object)["code"].(string)] = options
		}
	}
	text, err := json.Marshal(object{"criteria_set": id, "year": 2023, "answers": o.answers, "bonus": adjusts["bonus"], "penalty": adjusts["penalty"]})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := scoring.ParseSheet(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	r, err := scoring.Evaluate(scoring.ShippedByID(id), sheet)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, n := range set["criteria"].([]any) {
		o.walk(n.(object))
	}
	if len(r.Nodes) != len(o.points) {
		t.Fatalf("%d nodes, the oracle has %d", len(r.Nodes), len(o.points))
	}
	for _, n := range r.Nodes {
		code := n.Node.Code
		if string(n.State) != o.state[code] || string(n.Points.Decimal()) != o.points[code].FloatString(2) {
			t.Fatalf("%s %v: %s %s, the oracle says %s %s", code, o.answers[code], n.Points, n.State, o.points[code].FloatString(2), o.state[code])
		}
	}
	bonus, penalty := o.adjust(set, "bonus", adjusts["bonus"]), o.adjust(set, "penalty", adjusts["penalty"])
	if string(r.Bonus.Decimal()) != bonus.FloatString(2) || string(r.Penalty.Decimal()) != penalty.FloatString(2) {
		t.Fatalf("bonus %s, penalty %s, the oracle says %s, %s", r.Bonus, r.Penalty, bonus.FloatString(2), penalty.FloatString(2))
	}
	if want := o.index(bonus, penalty).FloatString(2); string(r.Index.Decimal()) != want {
		t.Fatalf("index %s, the oracle says %s; %s", r.Index, want, text)
	}
	g := scoring.GapsOf(r)
	if g.Index+g.Lost+g.Open+g.NotAssessed-g.Rescaled-g.Bonus+g.Penalty+g.Cut != g.Total {
		t.Fatalf("lost points do not add up: %+v", g)
	}
	if g.NotAssessed == 0 && r.SurveyHeld && g.Rescaled != 0 {
		t.Fatalf("rescaled %s where nothing was left out", g.Rescaled)
	}
	// A stored sheet reads back the same.
	again, err := json.Marshal(sheet)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := scoring.ParseSheet(again)
	if err != nil {
		t.Fatalf("%s: %v", again, err)
	}
	if last, err := json.Marshal(twice); err != nil || !bytes.Equal(again, last) || !strings.Contains(string(again), id) {
		t.Fatalf("a sheet changes when it is stored: %s and %s", again, last)
	}
}
