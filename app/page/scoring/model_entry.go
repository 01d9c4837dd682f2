package scoring

import (
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// errPart tells that a field is still empty: nothing is wrong, there are no
// points yet.
var errPart = data.Fail(data.Invalid, "Nhập đủ các ô để tính điểm.", nil)

// entry turns the fields of a leaf into what is kept of a round.
func (d *Draft) entry(n *scoring.Node, adjust *scoring.Adjust) (assess.Entry, error) {
	e := assess.Entry{Note: strings.TrimSpace(d.Note), Source: strings.TrimSpace(d.Source), Agreed: d.Agreed}
	if adjust != nil {
		e.Counts = scoring.Counts{}
		for _, o := range adjust.Rule.Options {
			text := d.Get(keyCount + o.ID)
			if text == "" {
				continue
			}
			k, err := ParseNumber(text)
			if err != nil {
				return e, at(keyCount+o.ID, err)
			}
			e.Counts[o.ID] = k
		}
		return e, nil
	}
	if d.NA {
		if e.Answer.NA = strings.TrimSpace(d.NAWhy); e.Answer.NA == "" {
			return e, &data.Error{Code: data.Invalid, Field: "na", Message: "Không đánh giá thì cần ghi lý do, ví dụ «Không được giao nhiệm vụ này»."}
		}
		return e, nil
	}
	err := d.answer(n, &e.Answer)
	if d.Hand {
		p, perr := ParsePoints(d.Points)
		if perr != nil {
			return e, at("points", perr)
		}
		e.Answer.Points, e.Answer.Note = &p, strings.TrimSpace(d.Why)
		if e.Answer.Note == "" {
			return e, &data.Error{Code: data.Invalid, Field: "why", Message: "Điểm sửa tay cần ghi lý do."}
		}
		if err == errPart {
			// Points set by hand may stand alone, but not beside half an answer.
			keep := e.Answer
			e.Answer = scoring.Answer{Points: keep.Points, Note: keep.Note}
			err = nil
		}
	}
	return e, err
}

func at(field string, err error) error {
	return &data.Error{Code: data.Invalid, Field: field, Message: err.Error(), Cause: err}
}

// answer reads the inputs of the rule.
func (d *Draft) answer(n *scoring.Node, a *scoring.Answer) error {
	if d.Missing {
		a.Missing = true
		return nil
	}
	number := func(key string, to **scoring.Number) error {
		text := d.Get(key)
		if text == "" {
			return errPart
		}
		x, err := ParseNumber(text)
		if err != nil {
			return at(key, err)
		}
		*to = &x
		return nil
	}
	switch r := n.Rule.(type) {
	case *scoring.Binary:
		switch d.Get(keyYes) {
		case "0":
			a.Yes = new(true)
		case "1":
			a.Yes = new(false)
		default:
			return errPart
		}
	case *scoring.Checklist:
		a.Checked = make([]bool, len(r.Items))
		some := d.None
		for i := range r.Items {
			a.Checked[i] = d.Get(keyChecked+strconv.Itoa(i)) != "" && !d.None
			some = some || a.Checked[i]
		}
		if !some {
			a.Checked = nil
			return errPart
		}
	case *scoring.Ratio:
		return both(number(keyB, &a.B), number(keyA, &a.A))
	case *scoring.Tiers:
		switch r.Input {
		case scoring.ByPercent:
			return both(number(keyB, &a.B), number(keyA, &a.A))
		case scoring.ByDate:
			return d.date(a)
		case scoring.ByChoice:
			i, err := strconv.Atoi(d.Get(keyChoice))
			if err != nil || i < 0 || i >= len(r.Tiers) || r.Tiers[i].Choice == nil {
				return errPart
			}
			a.Choice = r.Tiers[i].Choice
		default:
			return number(keyValue, &a.Value)
		}
	case *scoring.Formula:
		a.Vars = map[string]scoring.Number{}
		for _, v := range r.Vars {
			var x *scoring.Number
			if err := number(keyVar+v.ID, &x); err != nil {
				a.Vars = nil
				return err
			}
			a.Vars[v.ID] = *x
		}
	case *scoring.Deduct:
		return d.events(r, a)
	case *scoring.Survey:
		if r.Mode == scoring.SurveyMean {
			return number(keyValue, &a.Value)
		}
		return number(keyPercent, &a.Percent)
	}
	return nil
}

// both prefers what is wrong to what is still empty.
func both(a, b error) error {
	if a != nil && a != errPart {
		return a
	}
	if b != nil && b != errPart {
		return b
	}
	if a != nil {
		return a
	}
	return b
}

func (d *Draft) date(a *scoring.Answer) error {
	day, err := data.ParseFullDay(d.Get(keyDate))
	switch {
	case err != nil:
		return at(keyDate, err)
	case !day.Known():
		return errPart
	}
	a.Date = day
	return nil
}

func (d *Draft) events(r *scoring.Deduct, a *scoring.Answer) error {
	some := d.None
	counts := map[string]int64{}
	for _, e := range r.Events {
		text := d.Get(keyEvent + e.ID)
		if text == "" || d.None {
			continue
		}
		k, err := times(text)
		if err != nil {
			return at(keyEvent+e.ID, err)
		}
		counts[e.ID], some = k, true
	}
	if !some {
		return errPart
	}
	a.Events = counts
	return nil
}

// reached tells which lines of the rule the answer has reached.
func reached(n *scoring.Node, a *scoring.Answer, computed scoring.Points, known bool) map[int]bool {
	out := map[int]bool{}
	switch r := n.Rule.(type) {
	case *scoring.Binary:
		if a.Yes != nil {
			out[map[bool]int{true: 0, false: 1}[*a.Yes]] = true
		}
	case *scoring.Checklist:
		for i, on := range a.Checked {
			out[i] = on
		}
	case *scoring.Deduct:
		for i, e := range r.Events {
			out[i+1] = a.Events[e.ID] > 0
		}
	case *scoring.Tiers:
		if a.Missing {
			out[len(r.Tiers)] = true
			break
		}
		if i := tierOf(r, a, computed, known); i >= 0 {
			out[i] = true
		}
	}
	return out
}

// tierOf finds the step of an answer: by its ends where it has them, else by its
// points.
func tierOf(r *scoring.Tiers, a *scoring.Answer, computed scoring.Points, known bool) int {
	x := a.Value
	if r.Input == scoring.ByPercent && a.A != nil && a.B != nil && a.A.Sign() > 0 {
		q := a.B.Rat()
		q.Quo(q, a.A.Rat())
		q.Mul(q, scoring.Int(100).Rat())
		for i, t := range r.Tiers {
			if within(&t, func(end scoring.Number) int { return q.Cmp(end.Rat()) }) {
				return i
			}
		}
		return -1
	}
	for i, t := range r.Tiers {
		switch {
		case a.Choice != nil && t.Choice != nil:
			if *a.Choice == *t.Choice {
				return i
			}
		case x != nil && r.Input != scoring.ByPercent:
			if within(&t, x.Cmp) {
				return i
			}
		case a.Date.Known() && known && t.Points == computed:
			return i
		}
	}
	return -1
}

func within(t *scoring.Tier, compare func(scoring.Number) int) bool {
	if t.Min != nil {
		if c := compare(*t.Min); c < 0 || c == 0 && t.MinIncl != nil && !*t.MinIncl {
			return false
		}
	}
	if t.Max != nil {
		if c := compare(*t.Max); c > 0 || c == 0 && (t.MaxIncl == nil || !*t.MaxIncl) {
			return false
		}
	}
	return true
}
