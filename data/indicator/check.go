package indicator

import (
	"fmt"
	"math/big"

	"giaoban/data"
)

// Doubts tells what is odd about the value of a unit in a period: outside its range, not
// the sum of its parts, not what the units make together, far from the period before.
// They are warnings; nothing is refused for them.
func (b *Book) Doubts(code string, unit uint32, p, before data.Period) (out []string) {
	d := b.Definition(code)
	if d == nil {
		return nil
	}
	now := b.Of(code, unit, p)
	v := now.Plain()
	if v == nil {
		return nil
	}
	shown := func(n *big.Rat) string { return show(n, maxDecimals) }
	if d.Min != "" && v.Cmp(rat(d.Min)) < 0 {
		out = append(out, fmt.Sprintf("%s nhỏ hơn mức thường thấy %s.", d.Shown(now), ShowPlain(d.Min)))
	}
	if d.Max != "" && v.Cmp(rat(d.Max)) > 0 {
		out = append(out, fmt.Sprintf("%s lớn hơn mức thường thấy %s.", d.Shown(now), ShowPlain(d.Max)))
	}
	if sum := b.parts(d, unit, p); sum != nil && sum.Cmp(v) != 0 {
		out = append(out, fmt.Sprintf("%s khác tổng các thành phần %s.", d.Shown(now), shown(sum)))
	}
	if unit == 0 && d.OverUnits != Last {
		_, parts := b.Over(code, p)
		sum := d.join(d.OverUnits, b.pieces(code, p, parts), func(piece) int64 { return 1 })
		if s := sum.Plain(); s != nil && len(parts) > 1 && s.Cmp(v) != 0 {
			out = append(out, fmt.Sprintf("Số toàn cơ quan %s khác số cộng từ các đơn vị %s.", d.Shown(now), d.Shown(sum)))
		}
	}
	if old := b.Of(code, unit, before).Plain(); before.From.Known() && b.Jump > 0 && old != nil && old.Sign() > 0 {
		gap := new(big.Rat).Sub(v, old)
		if gap.Abs(gap).Mul(gap, big.NewRat(100, 1)).Cmp(new(big.Rat).Mul(old, big.NewRat(b.Jump, 1))) > 0 {
			out = append(out, fmt.Sprintf("%s lệch hơn %d %% so với kỳ trước (%s).", d.Shown(now), b.Jump, d.Shown(b.Of(code, unit, before))))
		}
	}
	return out
}

// parts adds the parts of an indicator; nil where one is blank.
func (b *Book) parts(d *Definition, unit uint32, p data.Period) *big.Rat {
	if len(d.Parts) == 0 {
		return nil
	}
	sum := new(big.Rat)
	for _, code := range d.Parts {
		v := b.Of(code, unit, p).Plain()
		if v == nil {
			return nil
		}
		sum.Add(sum, v)
	}
	return sum
}
