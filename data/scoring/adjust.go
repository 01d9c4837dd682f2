package scoring

import (
	"fmt"
	"math/big"
	"slices"
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
	for _, code := range sortedKeys(given) {
		if !slices.ContainsFunc(list, func(a *Adjust) bool { return a.Code == code }) {
			return nil, 0, invalid(code, "Điểm %s %s: mã này không có trong bộ tiêu chí %s.", name, clip(code), clip(e.set.Meta.ID))
		}
	}
	for _, a := range list {
		counts, ok := given[a.Code]
		if !ok {
			continue
		}
		raw := new(big.Int)
		for _, id := range sortedKeys(counts) {
			i := slices.IndexFunc(a.Rule.Options, func(o AdjustOption) bool { return o.ID == id })
			if i < 0 {
				return nil, 0, invalid(a.Code, "Điểm %s %s: không có trường hợp «%s».", name, clip(a.Code), clip(id))
			}
			o, n := a.Rule.Options[i], counts[id]
			if n < 0 {
				return nil, 0, invalid(a.Code, "Điểm %s %s: số lần của «%s» không được âm.", name, clip(a.Code), clip(id))
			}
			if o.Per == PerOnce && n > 1 {
				e.out.Remarks = append(e.out.Remarks, Remark{a.Code, fmt.Sprintf("Điểm %s %s: «%s» chỉ tính một lần, phiếu ghi %d lần.", name, a.Code, o.Label, n)})
				n = 1
			}
			raw.Add(raw, new(big.Int).Mul(big.NewInt(int64(o.Points)), big.NewInt(n)))
		}
		r := AdjustResult{Adjust: a, Raw: maxPoints}
		if raw.Cmp(big.NewInt(int64(maxPoints))) < 0 {
			r.Raw = Points(raw.Int64())
		}
		r.Points = r.Raw
		if a.Cap != nil {
			r.Points = min(r.Points, *a.Cap)
		}
		results = append(results, r)
		sum += r.Points
	}
	if limit != nil {
		sum = min(sum, *limit)
	}
	return results, sum, nil
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
			e := &evaluation{set: s, out: &Result{Set: s}}
			results, _, err := e.adjust(list.name, []*Adjust{a}, map[string]Counts{code: counts}, nil)
			if err != nil {
				return 0, err
			}
			return results[0].Points, nil
		}
	}
	return 0, invalid(code, "Không có điểm thưởng, điểm trừ mã %s.", clip(code))
}
