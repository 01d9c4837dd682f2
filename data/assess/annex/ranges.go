package annex

import (
	"regexp"
	"slices"
	"strings"

	"giaoban/data/scoring"
)

// percents are tiers by a share: «Từ 90% trở lên: 1».
func (r *reader) percents() (scoring.Rule, bool) {
	return r.ranged(scoring.ByPercent, func(c *cond, _ string) bool { return c.percent })
}

// counts are tiers by a number of things.
func (r *reader) counts() (scoring.Rule, bool) {
	return r.ranged(scoring.ByCount, func(c *cond, f string) bool { return !c.percent && !yearsOnly.MatchString(f) })
}

var yearsOnly = regexp.MustCompile(`^\D*(?:nam|so) \d+\D*$`)

// ranged makes tiers of the pieces that name a range; is tells which do.
func (r *reader) ranged(input string, is func(c *cond, f string) bool) (scoring.Rule, bool) {
	type tier struct {
		p piece
		c cond
	}
	var tiers []tier
	var rest, unread []piece
	percent := false
	for _, p := range r.scored() {
		c, ok := condOf(p.fold)
		percent = percent || c.percent
		switch {
		case ok && c.rest:
			rest = append(rest, p)
		case ok && (is(&c, p.fold) || percent && input == scoring.ByPercent):
			tiers = append(tiers, tier{p, c})
		default:
			unread = append(unread, p)
		}
	}
	if len(tiers) == 0 || len(tiers)+len(rest) < 2 && len(unread) == 0 && input != scoring.ByPercent || len(unread) > 2 || len(unread) >= len(tiers)+1 {
		return nil, false
	}
	slices.SortStableFunc(tiers, func(a, b tier) int { return a.c.order().Cmp(b.c.order()) })
	conds := make([]cond, len(tiers))
	for i := range tiers {
		conds[i] = tiers[i].c
	}
	r.notes = append(r.notes, meet(conds)...)
	t := &scoring.Tiers{Input: input}
	zero, hundred := scoring.Int(0), scoring.Int(100)
	for _, c := range conds {
		if input == scoring.ByCount && !c.whole() {
			t.Input = scoring.ByNumber
		}
		if input == scoring.ByPercent && (c.max != nil && c.max.Cmp(hundred) > 0 || c.min != nil && (c.min.Cmp(hundred) > 0 || c.min.Equal(hundred) && !c.minIn)) {
			t.Over = true
		}
	}
	// What the decision gives otherwise: nothing below, nothing above, or never done.
	low, high := conds[0], conds[len(conds)-1]
	free := append(rest, unread...)
	if low.min != nil && (low.min.Sign() > 0 || !low.minIn) {
		end := tier{piece{label: "", points: 0, scored: true}, cond{max: low.min, maxIn: !low.minIn}}
		if i := lowestOf(free); i >= 0 && (high.max == nil || rising(conds[0], tiers[0].p.points, tiers[len(tiers)-1].p.points)) {
			end.p, free = free[i], slices.Delete(slices.Clone(free), i, i+1)
		} else {
			r.note("quyết định không nói dưới " + low.min.String() + "; đề nghị 0 điểm")
		}
		tiers, conds = append([]tier{end}, tiers...), append([]cond{end.c}, conds...)
	}
	if high.max != nil && (input != scoring.ByPercent || t.Over || high.max.Cmp(hundred) < 0 || !high.maxIn) {
		switch i := lowestOf(free); {
		case i >= 0:
			tiers, conds = append(tiers, tier{free[i], cond{}}), append(conds, cond{min: high.max, minIn: !high.maxIn})
			free = slices.Delete(slices.Clone(free), i, i+1)
		case input == scoring.ByCount && tiers[len(tiers)-1].p.points == r.n.Max:
			conds[len(conds)-1].max = nil
			r.note("trên " + high.max.String() + " cũng được điểm của mức cao nhất")
		case input == scoring.ByPercent && high.max.Equal(hundred) && !high.maxIn:
			conds[len(conds)-1].maxIn = true
		}
	}
	for _, p := range free {
		if t.MissingPoints == nil && p.points <= 0 {
			none := p.points
			t.MissingPoints = &none
			continue
		}
		return nil, false
	}
	for i := len(tiers) - 1; i >= 0; i-- {
		c := conds[i]
		if c.min != nil && c.min.Equal(zero) && c.minIn {
			c.min = nil // nothing lies below
		}
		t.Tiers = append(t.Tiers, c.tier(tiers[i].p))
	}
	if input == scoring.ByCount {
		t.Unit = r.unit(conds)
	}
	if r.none != nil && input == scoring.ByPercent && r.none.How != "" {
		t.WhenZero = r.none.How
	}
	return t, true
}

func ptr[T any](v T) *T { return &v }

// rising reports whether more gives more points.
func rising(low cond, first, last scoring.Points) bool { return low.min != nil && first <= last }

// lowestOf finds the piece with the fewest points, -1 for none.
func lowestOf(list []piece) int {
	best := -1
	for i, p := range list {
		if best < 0 || p.points < list[best].points {
			best = i
		}
	}
	return best
}

// unit finds what is counted, as the decision spells it.
func (r *reader) unit(conds []cond) string {
	for _, c := range conds {
		if c.unit == "" || c.unit == "tro" || c.unit == "den" || c.unit == "thi" {
			continue
		}
		for _, w := range strings.Fields(r.text) {
			if w = strings.Trim(w, ".,;:()"); fold(w) == c.unit {
				return strings.ToLower(w)
			}
		}
	}
	return ""
}

var lateForm = regexp.MustCompile(`\b(?:cham|tre|muon|qua han|qua thoi han)\b`)

// late are tiers by days late: «Đúng hạn: 1; chậm từ 1 đến 5 ngày: 0,5».
func (r *reader) late() (scoring.Rule, bool) {
	type tier struct {
		p piece
		c cond
	}
	var tiers []tier
	zero := scoring.Int(0)
	days := false
	t := &scoring.Tiers{Input: scoring.ByDaysLate}
	for _, p := range r.scored() {
		c, ok := condOf(p.fold)
		onTime := strings.Contains(p.fold, "dung han") || strings.Contains(p.fold, "truoc han") || strings.Contains(p.fold, "dung thoi") || strings.Contains(p.fold, "kip thoi") || strings.Contains(p.fold, "trong han")
		switch {
		case lateForm.MatchString(p.fold) && ok && !c.rest && strings.Contains(p.fold, "ngay"):
			days = true
			tiers = append(tiers, tier{p, c})
		case onTime && !lateForm.MatchString(p.fold) && !strings.HasPrefix(p.fold, "khong"):
			tiers = append(tiers, tier{p, cond{max: &zero, maxIn: true}})
		case p.points <= 0 && t.MissingPoints == nil:
			none := p.points
			t.MissingPoints = &none
		default:
			return nil, false
		}
	}
	if !days || len(tiers) < 2 {
		return nil, false
	}
	slices.SortStableFunc(tiers, func(a, b tier) int { return a.c.order().Cmp(b.c.order()) })
	conds := make([]cond, len(tiers))
	for i := range tiers {
		conds[i] = tiers[i].c
	}
	r.notes = append(r.notes, meet(conds)...)
	last := len(conds) - 1
	if high := conds[last]; high.max != nil {
		r.note("quyết định không nói chậm quá " + high.max.String() + " ngày; đề nghị 0 điểm")
		tiers = append(tiers, tier{piece{}, cond{}})
		conds = append(conds, cond{min: high.max, minIn: !high.maxIn})
	}
	for i := range tiers {
		t.Tiers = append(t.Tiers, conds[i].tier(tiers[i].p))
	}
	return t, true
}
