package annex

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"giaoban/data/scoring"
)

// cond is the range that a tier speaks of; ends that do not exist are nil.
type cond struct {
	min, max     *scoring.Number
	minIn, maxIn bool
	percent      bool
	rest         bool // «còn lại»: whatever no other tier holds
	unit         string
}

// tier is the step of a rule that gives the points of p where the condition holds.
func (c cond) tier(p piece) scoring.Tier {
	one := scoring.Tier{Points: p.points, Label: p.label, Min: c.min, Max: c.max}
	if c.min != nil && !c.minIn {
		one.MinIncl = new(bool)
	}
	if c.max != nil && c.maxIn {
		one.MaxIncl = ptr(true)
	}
	return one
}

const (
	figure = `(\d+(?:[.,]\d+)*)\s*(%)?`
	gap    = `[^0-9%<>≤≥:;]{0,40}?`
)

var (
	betweenSign = regexp.MustCompile(figure + `\s*(<=|≤|<)[^0-9<>≤≥]{1,30}(<=|≤|<)\s*` + figure)
	between     = regexp.MustCompile(`(tren|lon hon|hon|>|tu duoi|duoi)?\s*` + figure + gap + `\s*(?:\bden\b|\btoi\b|–|-|\bva\b)\s*(can|duoi|nho hon|it hon|<)?\s*` + figure)
	upwards     = regexp.MustCompile(figure + gap + `tro len`)
	downwards   = regexp.MustCompile(figure + gap + `tro xuong`)
	fromOn      = regexp.MustCompile(`(?:\btu\b|>=|≥|\bit nhat\b|\btoi thieu\b|\bkhong duoi\b|\bkhong thap hon\b|\bkhong it hon\b)\s*` + figure)
	above       = regexp.MustCompile(`(?:\btren\b|\blon hon\b|\bcao hon\b|\bnhieu hon\b|\bvuot\b|\bhon\b|\bqua\b|>)\s*` + figure)
	upTo        = regexp.MustCompile(`(?:\bden\b|\bkhong qua\b|\bkhong vuot qua\b|\btoi da\b|\bkhong qua\b|\btrong vong\b|<=|≤)\s*` + figure)
	below       = regexp.MustCompile(`(?:\bduoi\b|\bnho hon\b|\bthap hon\b|\bit hon\b|\bchua den\b|\bchua dat\b|\bkhong dat\b|<)\s*` + figure)
	exactly     = regexp.MustCompile(figure)
	overForm    = regexp.MustCompile(`^(?:thuc hien |hoan thanh |dat )?vuot (?:muc )?(?:chi tieu|ke hoach|muc tieu|muc|dinh muc)\b`)
	restForm    = regexp.MustCompile(`^(?:cac )?(?:truong hop |muc |ket qua )?(?:con lai|khac)\b|khong dat (?:cac|mot trong|nhung) (?:muc|yeu cau|dieu kien)|khong (?:thuoc|dam bao) (?:cac|mot)|ngoai cac truong hop`)
)

// condOf reads the range of a tier from its folded words; ok is false where it names no
// figure.
func condOf(f string) (c cond, ok bool) {
	if restForm.MatchString(f) {
		return cond{rest: true}, true
	}
	set := func(end **scoring.Number, in *bool, digits, pct string, inclusive bool) bool {
		n, err := scoring.ParseNumber(digits)
		if err != nil {
			return false
		}
		*end, *in = &n, inclusive
		c.percent = c.percent || pct != ""
		return true
	}
	if m := betweenSign.FindStringSubmatch(f); m != nil {
		ok = set(&c.min, &c.minIn, m[1], m[2], m[3] != "<") && set(&c.max, &c.maxIn, m[5], m[6], m[4] != "<")
		return c, ok
	}
	if m := between.FindStringSubmatch(f); m != nil && (m[3] != "" || m[6] != "" || m[1] != "" || strings.Contains(f, "den") || dashed(f)) {
		ok = set(&c.min, &c.minIn, m[2], m[3], true) && set(&c.max, &c.maxIn, m[5], m[6], m[4] == "" || m[4] == "can")
		switch m[1] {
		case "tren", "lon hon", "hon", ">":
			c.minIn = false
		}
		if ok && c.min.Cmp(*c.max) > 0 {
			// «dưới 90% đến 80%»: from above to below
			c.min, c.max, c.minIn, c.maxIn = c.max, c.min, m[4] == "", !strings.HasSuffix(m[1], "duoi")
		}
		c.unit = unitAfter(f, m[5])
		return c, ok
	}
	for _, form := range []struct {
		re        *regexp.Regexp
		low, incl bool
	}{{upwards, true, true}, {downwards, false, true}, {upTo, false, true}, {fromOn, true, true}, {below, false, false}, {above, true, false}} {
		m := form.re.FindStringSubmatch(f)
		if m == nil {
			continue
		}
		if form.low {
			ok = set(&c.min, &c.minIn, m[1], m[2], form.incl)
		} else {
			ok = set(&c.max, &c.maxIn, m[1], m[2], form.incl)
		}
		c.unit = unitAfter(f, m[1])
		return c, ok
	}
	m := exactly.FindStringSubmatch(f)
	if m == nil {
		// «vượt chỉ tiêu giao» is above 100%
		ok = overForm.MatchString(f) && set(&c.min, &c.minIn, "100", "%", false)
		return c, ok
	}
	ok = set(&c.min, &c.minIn, m[1], m[2], true) && set(&c.max, &c.maxIn, m[1], m[2], true)
	c.unit = unitAfter(f, m[1])
	return c, ok
}

var dashForm = regexp.MustCompile(`\d\s*%?\s*[–-]\s*\d`)

func dashed(f string) bool { return dashForm.MatchString(f) }

// unitAfter returns the word behind a figure, «ngay», «van».
func unitAfter(f, digits string) string {
	_, rest, _ := strings.Cut(f, digits)
	words := strings.Fields(strings.TrimLeft(rest, " %"))
	if len(words) == 0 || len(words[0]) > 12 {
		return ""
	}
	return words[0]
}

// whole reports whether the ends are whole numbers.
func (c *cond) whole() bool {
	return !slices.ContainsFunc([]*scoring.Number{c.min, c.max}, func(n *scoring.Number) bool { return n != nil && !n.IsInt() })
}

// order sorts conditions upwards: by their lower end, else by their upper one.
func (c *cond) order() *big.Rat {
	switch {
	case c.min != nil && c.max != nil:
		r := c.min.Rat()
		r.Add(r, c.max.Rat())
		return r.Quo(r, big.NewRat(2, 1))
	case c.min != nil:
		r := c.min.Rat()
		return r.Add(r, big.NewRat(1, 1000))
	case c.max != nil:
		r := c.max.Rat()
		return r.Sub(r, big.NewRat(1, 1000))
	}
	return new(big.Rat)
}

// meet lets neighbours of a list that is sorted upwards meet where the decision writes
// only one end, or both ends closed; note says what was added.
func meet(list []cond) (notes []string) {
	for i := range list {
		c := &list[i]
		if i > 0 {
			b := &list[i-1]
			switch {
			case c.min == nil && b.max != nil:
				c.min, c.minIn = b.max, !b.maxIn
			case b.max == nil && c.min != nil:
				b.max, b.maxIn = c.min, !c.minIn
			case c.min != nil && b.max != nil && c.min.Equal(*b.max) && c.minIn && b.maxIn:
				if b.min != nil && b.min.Equal(*b.max) {
					c.minIn = false
				} else {
					b.maxIn = false
				}
				notes = append(notes, "hai mức cùng ghi "+c.min.String()+", tính vào mức cao")
			}
		}
	}
	return notes
}
