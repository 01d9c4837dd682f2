package scoring

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
)

// adjustments computes bonus and penalty, each entry capped, then each list
// (scoring 3.1).
func (e *evaluation) adjustments() error {
	m := &e.set.Meta
	var err error
	if e.out.BonusOf, e.out.Bonus, err = e.adjust("thưởng", e.set.Bonus, e.sheet.Bonus, m.BonusCap); err != nil {
		return err
	}
	e.out.LossOf, e.out.Penalty, err = e.adjust("trừ", e.set.Penalty, e.sheet.Penalty, m.PenaltyCap)
	return err
}

func (e *evaluation) adjust(name string, list []*Adjust, given map[string]Counts, limit *Points) (results []AdjustResult, sum Points, err error) {
	for _, code := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(list, func(a *Adjust) bool { return a.Code == code }) {
			err := invalid(code, "Điểm %s %s: mã này không có trong bộ tiêu chí %s.", name, clip(code), clip(e.set.Meta.ID))
			if !e.sheet.Stored {
				return nil, 0, err
			}
			e.refused(code, err.Message)
		}
	}
	for _, a := range list {
		counts, ok := given[a.Code]
		if !ok {
			continue
		}
		r, err := e.entry(name, a, counts)
		if wrong, ok := errors.AsType[*data.Error](err); ok && e.sheet.Stored {
			r = AdjustResult{Adjust: a, Why: wrong.Message}
			e.refused(a.Code, wrong.Message)
		} else if err != nil {
			return nil, 0, err
		}
		results = append(results, r)
		sum += r.Points
	}
	if limit != nil {
		sum = min(sum, *limit)
	}
	return results, sum, nil
}

// entry evaluates one bonus or penalty: its cases added up, or the highest of them,
// then its cap.
func (e *evaluation) entry(name string, a *Adjust, counts Counts) (AdjustResult, error) {
	raw, words := new(big.Rat), []string(nil)
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		i := slices.IndexFunc(a.Rule.Options, func(o AdjustOption) bool { return o.ID == id })
		if i < 0 {
			return AdjustResult{}, invalid(a.Code, "Điểm %s %s: không có trường hợp «%s».", name, clip(a.Code), clip(id))
		}
		o := &a.Rule.Options[i]
		points, text, err := e.option(name, a, o, counts[id])
		if err != nil {
			return AdjustResult{}, err
		}
		if points.Sign() != 0 {
			words = append(words, text)
		}
		if a.Rule.Take != TakeHighest {
			raw.Add(raw, points)
		} else if points.Cmp(raw) > 0 {
			raw = points
		}
	}
	exact := Rounding{Mode: HalfUp}
	r := AdjustResult{Adjust: a, Raw: maxPoints}
	if raw.Cmp(maxPoints.rat()) < 0 {
		r.Raw = exact.round(raw, e.set.Meta.Rounding.LeafDecimals)
		if shown := exact.round(raw, 3); shown.rat().Cmp(raw) == 0 {
			r.Raw = shown // what the list itself writes is never rounded
		}
	}
	r.Points = r.Raw
	join := " + "
	if a.Rule.Take == TakeHighest {
		join = "; "
	}
	r.Why = strings.Join(words, join)
	switch {
	case a.Rule.Take == TakeHighest && len(words) > 1:
		r.Why += ", lấy cao nhất " + r.Raw.String()
	case len(words) > 1:
		r.Why += " = " + r.Raw.String()
	}
	if a.Cap != nil && r.Points > *a.Cap {
		r.Points = *a.Cap
		r.Why += ", nhiều nhất " + a.Cap.String()
	}
	return r, nil
}

// option gives the points of one case of a bonus or penalty.
func (e *evaluation) option(name string, a *Adjust, o *AdjustOption, count Number) (points *big.Rat, words string, err error) {
	label := orElse(o.Label, o.ID)
	bad := func(format string, args ...any) error {
		return invalid(a.Code, "Điểm %s %s: %s.", name, clip(a.Code), fmt.Sprintf(format, args...))
	}
	n := count.Rat()
	switch {
	case n.Sign() < 0:
		return nil, "", bad("số lần của «%s» không được âm", clip(label))
	case o.Per == PerFree:
		var p Points
		if err := p.take(count.Rat()); err != nil {
			return nil, "", bad("«%s»: %s", clip(label), err)
		}
		if p > o.Points {
			return nil, "", bad("«%s» được %s, nhiều nhất là %s", clip(label), p.String(), o.Points.String())
		}
		return p.rat(), fmt.Sprintf("%s (%s)", p, label), nil
	case !n.IsInt() && o.Expr == "" || n.Cmp(big.NewRat(MaxTimes, 1)) > 0:
		return nil, "", bad("số lần của «%s» phải là số nguyên từ 0", clip(label))
	case o.Expr != "":
		f, err := countFormula(o.Expr, 0)
		if err == nil {
			points, err = f(n)
		}
		if err != nil {
			return nil, "", bad("«%s»: %s", clip(label), err)
		}
		return points, fmt.Sprintf("%s (%s: n = %s)", shortRat(points), label, count), nil
	case o.Per == PerOnce && n.Cmp(big.NewRat(1, 1)) > 0:
		e.out.Remarks = append(e.out.Remarks, Remark{Code: a.Code, Text: fmt.Sprintf("Điểm %s %s: «%s» chỉ tính một lần, phiếu ghi %s lần.", name, a.Code, label, count)})
		n = big.NewRat(1, 1)
	}
	return new(big.Rat).Mul(o.Points.rat(), n), fmt.Sprintf("%s × %s (%s)", shortRat(n), o.Points, label), nil
}

// ScoreAdjust evaluates one bonus or penalty by itself, after its cap. Errors as
// for Evaluate.
func (s *Set) ScoreAdjust(code string, counts Counts) (Points, error) {
	for _, list := range []struct {
		name string
		of   []*Adjust
	}{{"thưởng", s.Bonus}, {"trừ", s.Penalty}} {
		for _, a := range list.of {
			if a.Code != code {
				continue
			}
			e := newEvaluation(s, &Sheet{})
			results, _, err := e.adjust(list.name, []*Adjust{a}, map[string]Counts{code: counts}, nil)
			if err != nil {
				return 0, err
			}
			return results[0].Points, nil
		}
	}
	return 0, invalid(code, "Không có điểm thưởng, điểm trừ mã %s.", clip(code))
}
