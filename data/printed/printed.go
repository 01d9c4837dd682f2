// Package printed tests figures as they stand in any report: which percentage is of
// which other figure, which denominator would fit where none of them does, whether
// parts add up, and whether received, resolved and pending agree (Kiểm tra số liệu).
//
// It knows only what is typed: no register and no period. Numbers are exact.
package printed

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// Item is a figure as it is printed.
type Item struct {
	What    string
	Value   Number
	Percent Number // unknown where none is printed
	Parts   []Item
}

// Bound says how a number is meant.
type Bound uint8

// The bounds.
const (
	Exact Bound = iota
	Over        // «trên», «hơn»
	Under       // «dưới», «gần»
)

// Number is a number as it is printed, with its decimals and its bound.
type Number struct {
	Known    bool
	Value    *big.Rat
	Decimals int
	Bound    Bound
	Of       *big.Rat // of «67/76» the 76, nil otherwise
}

// Code says what kind of finding it is.
type Code string

// The codes. Fits, Adds and Agrees confirm; Derived tells what follows; the others
// contradict.
const (
	Fits       Code = "percent-fits"
	Adds       Code = "parts-add-up"
	Agrees     Code = "identity-holds"
	Derived    Code = "derived"
	Misfit     Code = "percent-misfit"
	OffSum     Code = "parts-off"
	Broken     Code = "identity-broken"
	Larger     Code = "part-larger"
	Twice      Code = "two-values"
	Impossible Code = "impossible"
)

// Finding is what the test tells of a figure.
type Finding struct {
	Code  Code
	What  string
	Text  string // a sentence in Vietnamese
	Bases []Base // for percentages: what each other figure gives as denominator
	// Low to High are the whole denominators that fit a percentage, Best is the one
	// next to value / percentage; 0 where there is none.
	Low, High, Best int64
	Gap             int64 // of sums and identities: what is printed less what is computed
}

// Base is a figure taken as the denominator of a percentage.
type Base struct {
	What    string
	Value   int64
	Percent string // what comes of it, with the decimals that are printed
	Fits    bool
}

// Contradicts reports whether the finding tells of a contradiction.
func (f *Finding) Contradicts() bool {
	return slices.Contains([]Code{Misfit, OffSum, Broken, Larger, Twice, Impossible}, f.Code)
}

// Parse reads a number as it is printed: 177.206, «hơn 29.200», 99,73 %, 23/25.
func Parse(typed string) (Number, error) {
	n := Number{}
	s := strings.TrimSpace(text.Line(typed))
	if s == "" {
		return n, nil
	}
	for _, w := range []struct {
		word  string
		bound Bound
	}{{"trên", Over}, {"hơn", Over}, {"từ", Over}, {">", Over}, {"dưới", Under}, {"gần", Under}, {"<", Under}} {
		if rest, ok := strings.CutPrefix(strings.ToLower(s), w.word); ok {
			n.Bound, s = w.bound, strings.TrimLeft(rest, " =")
			break
		}
	}
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if b, a, ok := strings.Cut(s, "/"); ok {
		over, err := data.ParseDecimal(strings.TrimSpace(b))
		if err != nil {
			return n, err
		}
		of, err := data.ParseDecimal(strings.TrimSpace(a))
		if err != nil {
			return n, err
		}
		n.Known, n.Value, n.Of = true, over, of
		return n, nil
	}
	v, err := data.ParseDecimal(s)
	if err != nil {
		return n, err
	}
	if _, decimals, ok := strings.Cut(s, ","); ok {
		n.Decimals = len(decimals)
	}
	n.Known, n.Value = true, v
	return n, nil
}

// String writes a number as people do.
func (n Number) String() string {
	if !n.Known {
		return ""
	}
	s := decimal(n.Value, n.Decimals)
	if n.Of != nil {
		s += "/" + decimal(n.Of, 0)
	}
	return []string{"", "trên ", "dưới "}[n.Bound] + s
}

// decimal writes an exact number with some decimals, rounded half up.
func decimal(r *big.Rat, decimals int) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(scale))
	whole := floor(new(big.Rat).Add(scaled, big.NewRat(1, 2)))
	if decimals == 0 {
		return data.FormatInt(whole.Int64())
	}
	q, rest := new(big.Int).QuoRem(whole, scale, new(big.Int))
	return data.FormatInt(q.Int64()) + "," + fmt.Sprintf("%0*d", decimals, rest.Int64())
}

func floor(r *big.Rat) *big.Int {
	q := new(big.Int)
	m := new(big.Int)
	q.DivMod(r.Num(), r.Denom(), m)
	return q
}

// half is half a unit of the last decimal.
func half(decimals int) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(scale, big.NewInt(2)))
}

// span is what a printed value may have been before it was rounded: a bound goes to
// the next number as round as it is.
func (n Number) span() (low, high *big.Rat) {
	low, high = new(big.Rat).Set(n.Value), new(big.Rat).Set(n.Value)
	if n.Bound == Exact {
		return low, high
	}
	unit := big.NewRat(1, 1)
	for ten := big.NewRat(10, 1); n.Decimals == 0 && n.Value.Sign() > 0; {
		next := new(big.Rat).Mul(unit, ten)
		if !new(big.Rat).Quo(n.Value, next).IsInt() {
			break
		}
		unit = next
	}
	if n.Bound == Over {
		return low, high.Add(high, unit)
	}
	return low.Sub(low, unit), high
}

// fits reports whether value of base, in per cent, rounds to the percentage.
func fits(value, percent Number, base *big.Rat) bool {
	if base.Sign() <= 0 {
		return false
	}
	low, high := value.span()
	hundred := big.NewRat(100, 1)
	rate := func(v *big.Rat) *big.Rat { return new(big.Rat).Quo(new(big.Rat).Mul(v, hundred), base) }
	switch percent.Bound {
	case Over:
		return rate(high).Cmp(percent.Value) >= 0
	case Under:
		return rate(low).Cmp(percent.Value) <= 0
	}
	h := half(percent.Decimals)
	return rate(high).Cmp(new(big.Rat).Sub(percent.Value, h)) >= 0 && rate(low).Cmp(new(big.Rat).Add(percent.Value, h)) < 0
}

// denominators returns the whole denominators of which the value is the percentage.
func denominators(value, percent Number) (low, high, best int64) {
	if percent.Bound != Exact || percent.Value.Sign() <= 0 {
		return 0, 0, 0
	}
	from, to := value.span()
	h := half(percent.Decimals)
	hundred := big.NewRat(100, 1)
	top := new(big.Rat).Sub(percent.Value, h)
	low = floor(new(big.Rat).Quo(new(big.Rat).Mul(from, hundred), new(big.Rat).Add(percent.Value, h))).Int64() + 1
	if top.Sign() > 0 {
		high = floor(new(big.Rat).Quo(new(big.Rat).Mul(to, hundred), top)).Int64()
	}
	best = floor(new(big.Rat).Add(new(big.Rat).Quo(new(big.Rat).Mul(value.Value, hundred), percent.Value), big.NewRat(1, 2))).Int64()
	return low, high, best
}

// Test tells what of the figures agrees and what does not.
func Test(items []Item) (out []Finding) {
	out = append(out, twice(items)...)
	for i := range items {
		out = append(out, parts(&items[i])...)
		out = append(out, percentage(items, i)...)
	}
	return append(out, identities(items)...)
}

func twice(items []Item) (out []Finding) {
	first := map[string]*Item{}
	for i := range items {
		key := text.NameKey(items[i].What)
		before, ok := first[key]
		if !ok {
			first[key] = &items[i]
			continue
		}
		if before.Value.Known && items[i].Value.Known && before.Value.Bound == Exact && items[i].Value.Bound == Exact && before.Value.Value.Cmp(items[i].Value.Value) != 0 {
			out = append(out, Finding{Code: Twice, What: items[i].What, Text: fmt.Sprintf("«%s» có hai số khác nhau: %s và %s.", items[i].What, before.Value, items[i].Value)})
		}
	}
	return out
}

func parts(it *Item) (out []Finding) {
	if len(it.Parts) == 0 || !it.Value.Known {
		return nil
	}
	sum := new(big.Rat)
	shares := new(big.Rat)
	exact, shared := true, true
	for i := range it.Parts {
		p := &it.Parts[i]
		if !p.Value.Known {
			exact, shared = false, false
			continue
		}
		exact = exact && p.Value.Bound == Exact
		sum.Add(sum, p.Value.Value)
		if p.Percent.Known {
			shares.Add(shares, p.Percent.Value)
			if !fits(p.Value, p.Percent, it.Value.Value) {
				low, high, best := denominators(p.Value, p.Percent)
				out = append(out, Finding{Code: Misfit, What: p.What, Low: low, High: high, Best: best, Bases: []Base{baseOf(p, it)},
					Text: fmt.Sprintf("%s %s trên %s %s là %s %%, không phải %s %%.", p.What, p.Value, it.What, it.Value, rate(p.Value, it.Value, p.Percent.Decimals), p.Percent)})
			}
		} else {
			shared = false
		}
		if it.Value.Bound == Exact && p.Value.Value.Cmp(it.Value.Value) > 0 {
			out = append(out, Finding{Code: Larger, What: p.What, Text: fmt.Sprintf("%s %s lớn hơn %s %s.", p.What, p.Value, it.What, it.Value)})
		}
	}
	if !exact || it.Value.Bound != Exact {
		return out
	}
	gap := new(big.Rat).Sub(it.Value.Value, sum)
	if gap.Sign() == 0 {
		out = append(out, Finding{Code: Adds, What: it.What, Text: fmt.Sprintf("%s: các phần cộng đúng bằng %s.", it.What, it.Value)})
	} else {
		out = append(out, Finding{Code: OffSum, What: it.What, Gap: floor(gap).Int64(), Text: fmt.Sprintf("%s ghi %s, các phần cộng lại là %s, lệch %s.", it.What, it.Value, decimal(sum, it.Value.Decimals), decimal(new(big.Rat).Abs(gap), it.Value.Decimals))})
	}
	if shared && shares.Cmp(big.NewRat(100, 1)) != 0 && new(big.Rat).Abs(new(big.Rat).Sub(shares, big.NewRat(100, 1))).Cmp(new(big.Rat).Mul(half(2), big.NewRat(int64(2*len(it.Parts)), 1))) > 0 {
		out = append(out, Finding{Code: OffSum, What: it.What, Text: fmt.Sprintf("%s: các tỷ lệ cộng lại là %s %%, không phải 100 %%.", it.What, decimal(shares, 2))})
	}
	return out
}

func rate(value, base Number, decimals int) string {
	if base.Value.Sign() == 0 {
		return "–"
	}
	return decimal(new(big.Rat).Quo(new(big.Rat).Mul(value.Value, big.NewRat(100, 1)), base.Value), decimals)
}

func baseOf(p, base *Item) Base {
	return Base{What: base.What, Value: floor(base.Value.Value).Int64(), Percent: rate(p.Value, base.Value, p.Percent.Decimals), Fits: fits(p.Value, p.Percent, base.Value.Value)}
}

// percentage tells of which of the other figures a percentage is.
func percentage(items []Item, at int) (out []Finding) {
	it := &items[at]
	if it.Percent.Known && it.Percent.Bound == Exact && it.Percent.Value.Cmp(big.NewRat(100, 1)) > 0 || it.Percent.Known && it.Percent.Value.Sign() < 0 {
		out = append(out, Finding{Code: Impossible, What: it.What, Text: fmt.Sprintf("%s: tỷ lệ %s %% không nằm trong 0 đến 100 %%.", it.What, it.Percent)})
		return out
	}
	if it.Value.Known && it.Value.Of != nil {
		whole := Number{Known: true, Value: it.Value.Of}
		base := Item{What: "mẫu số " + decimal(it.Value.Of, 0), Value: whole}
		switch {
		case it.Value.Value.Cmp(it.Value.Of) > 0:
			out = append(out, Finding{Code: Larger, What: it.What, Text: fmt.Sprintf("%s: tử số lớn hơn mẫu số (%s).", it.What, it.Value)})
		case !it.Percent.Known:
			out = append(out, Finding{Code: Derived, What: it.What, Text: fmt.Sprintf("%s: %s là %s %%.", it.What, it.Value, rate(it.Value, whole, 2))})
		case fits(it.Value, it.Percent, it.Value.Of):
			out = append(out, Finding{Code: Fits, What: it.What, Bases: []Base{baseOf(it, &base)}, Text: fmt.Sprintf("%s: %s đúng là %s %%.", it.What, it.Value, it.Percent)})
		default:
			out = append(out, Finding{Code: Misfit, What: it.What, Bases: []Base{baseOf(it, &base)}, Text: fmt.Sprintf("%s: %s là %s %%, không phải %s %%.", it.What, it.Value, rate(it.Value, whole, max(2, it.Percent.Decimals)), it.Percent)})
		}
		return out
	}
	if !it.Value.Known || !it.Percent.Known {
		return out
	}
	f := Finding{What: it.What}
	var fit, all []string
	for i := range items {
		if i == at || !items[i].Value.Known || items[i].Value.Of != nil || items[i].Value.Bound != Exact || items[i].Value.Value.Cmp(it.Value.Value) < 0 {
			continue
		}
		b := baseOf(it, &items[i])
		f.Bases = append(f.Bases, b)
		all = append(all, fmt.Sprintf("%s %s: %s %%", b.What, data.FormatInt(b.Value), b.Percent))
		if b.Fits {
			fit = append(fit, fmt.Sprintf("%s %s", b.What, data.FormatInt(b.Value)))
		}
	}
	f.Low, f.High, f.Best = denominators(it.Value, it.Percent)
	switch {
	case len(fit) > 0:
		f.Code = Fits
		f.Text = fmt.Sprintf("%s: %s (%s %%) là của %s.", it.What, it.Value, it.Percent, strings.Join(fit, "; "))
		return append(out, f)
	case f.Best == 0:
		return out
	}
	f.Code = Misfit
	needs := fmt.Sprintf("Mẫu số khớp: khoảng %s (từ %s đến %s).", data.FormatInt(f.Best), data.FormatInt(f.Low), data.FormatInt(f.High))
	if it.Value.Bound != Exact {
		needs = fmt.Sprintf("Mẫu số khớp: từ %s đến %s.", data.FormatInt(f.Low), data.FormatInt(f.High))
	}
	f.Text = fmt.Sprintf("%s: %s (%s %%) không khớp với số nào đã nhập. %s", it.What, it.Value, it.Percent, needs)
	if len(all) > 0 {
		f.Text = fmt.Sprintf("%s: %s (%s %%) không khớp với số nào đã nhập (%s). %s", it.What, it.Value, it.Percent, strings.Join(all, "; "), needs)
	}
	return append(out, f)
}
