package scoring

import (
	"math/big"
	"slices"
)

// span is the range of a tier with its place in the set. Ends that do not exist
// are nil.
type span struct {
	place        int
	from, to     *big.Rat
	fromIn, toIn bool
}

// checkRanges faults gaps, overlaps and empty steps over all values that an
// answer can take: percentages from 0 to 100 (without end where b may exceed
// a), counts, numbers and days late from 0, what a formula gives without end.
func (r *Tiers) checkRanges(fault func(string, ...any)) {
	var spans []span
	for i, t := range r.Tiers {
		s := span{place: i + 1, fromIn: t.fromIncl(), toIn: t.toIncl()}
		if t.Min != nil {
			s.from = t.Min.Rat()
		}
		if t.Max != nil {
			s.to = t.Max.Rat()
		}
		if r.wholes() {
			s.whole()
		}
		if s.from != nil && s.to != nil {
			if c := s.from.Cmp(s.to); c > 0 || c == 0 && (!s.fromIn || !s.toIn) {
				fault("mức %d không chứa giá trị nào", s.place)
				return
			}
		}
		spans = append(spans, s)
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		switch {
		case a.from == nil && b.from == nil:
			return 0
		case a.from == nil:
			return -1
		case b.from == nil:
			return 1
		}
		if c := a.from.Cmp(b.from); c != 0 || a.fromIn == b.fromIn {
			return c
		}
		if a.fromIn {
			return -1
		}
		return 1
	})
	zero, hundred := new(big.Rat), big.NewRat(100, 1)
	if first := spans[0]; first.from != nil {
		if r.Input == ByFormula {
			fault("các mức hở ở đầu, dưới %s: công thức có thể cho số nhỏ hơn", Number{first.from})
			return
		}
		if c := first.from.Cmp(zero); c > 0 || c == 0 && !first.fromIn {
			fault("các mức hở ở đầu, dưới %s", Number{first.from})
		}
	}
	last := spans[len(spans)-1]
	if last.to != nil {
		bounded := r.Input == ByPercent && !r.Over
		if c := last.to.Cmp(hundred); !bounded || c < 0 || c == 0 && !last.toIn {
			fault("các mức hở ở cuối, từ %s", Number{last.to})
		}
	}
	for i := 1; i < len(spans); i++ {
		r.checkJoint(spans[i-1], spans[i], fault)
	}
}

// wholes reports whether the steps judge whole numbers.
func (r *Tiers) wholes() bool { return r.Input == ByCount || r.Input == ByDaysLate }

// whole makes the ends of a range of whole numbers inclusive.
func (s *span) whole() {
	one := big.NewRat(1, 1)
	if s.from != nil {
		down := floor(s.from)
		if down.Cmp(s.from) != 0 || !s.fromIn {
			down.Add(down, one)
		}
		s.from, s.fromIn = down, true
	}
	if s.to != nil {
		down := floor(s.to)
		if down.Cmp(s.to) == 0 && !s.toIn {
			down.Sub(down, one)
		}
		s.to, s.toIn = down, true
	}
}

func floor(r *big.Rat) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Div(r.Num(), r.Denom()))
}

// checkJoint faults two neighbours that do not meet.
func (r *Tiers) checkJoint(a, b span, fault func(string, ...any)) {
	if a.to == nil || b.from == nil {
		fault("mức %d và mức %d chồng lên nhau", a.place, b.place)
		return
	}
	next := new(big.Rat).Set(a.to)
	if r.wholes() {
		next.Add(next, big.NewRat(1, 1))
	}
	c := next.Cmp(b.from)
	meet := r.wholes() || a.toIn != b.fromIn
	switch {
	case c < 0:
		fault("hở giữa mức %d và mức %d: từ %s đến %s", a.place, b.place, Number{a.to}, Number{b.from})
	case c > 0 || !meet && a.toIn:
		fault("mức %d và mức %d chồng lên nhau tại %s", a.place, b.place, Number{b.from})
	case !meet:
		fault("mức %d và mức %d đều không chứa %s", a.place, b.place, Number{b.from})
	}
}
