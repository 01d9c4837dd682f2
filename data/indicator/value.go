package indicator

import (
	"fmt"
	"math/big"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// Bounds of what is typed: they keep every sum within 64 bits.
const maxDecimals = 3

var most = big.NewRat(data.MaxMoney, 1)

// Amount is a value, exact. The zero Amount is nothing: a blank.
type Amount struct {
	B, A    *big.Rat // A is nil without a denominator
	Sign    string   // of a bound: ">", ">=", "<", "<="; "" for a number
	Percent bool     // only the percentage is known: B of 100
}

// Known reports whether there is a value.
func (a Amount) Known() bool { return a.B != nil }

// Plain is the value as one number: the percentage of a rate. nil where there is none.
func (a Amount) Plain() *big.Rat {
	switch {
	case a.B == nil || a.A != nil && a.A.Sign() == 0:
		return nil
	case a.A == nil:
		return a.B
	}
	p := new(big.Rat).Quo(a.B, a.A)
	return p.Mul(p, big.NewRat(100, 1))
}

// bounds are the signs with the words by which they are typed, the longest first.
var bounds = []struct {
	sign  string
	words []string // the first one is how it is written
}{
	{">=", []string{"từ", "không dưới", "ít nhất", "tối thiểu", ">=", "≥"}},
	{"<=", []string{"đến", "không quá", "không trên", "nhiều nhất", "tối đa", "<=", "≤"}},
	{">", []string{"trên", "hơn", "lớn hơn", ">"}},
	{"<", []string{"dưới", "ít hơn", "nhỏ hơn", "<"}},
}

// Parse reads what was typed and returns the stored text; "" for a blank. The error says
// what belongs there.
func (d *Definition) Parse(typed string) (string, error) {
	typed = text.Line(typed)
	if typed == "" {
		return "", nil
	}
	switch d.Kind {
	case Yes:
		switch text.Fold(typed) {
		case "co", "1", "x", "yes", "dung", "✓", "roi", "da", "dat":
			return "1", nil
		case "khong", "0", "no", "sai", "chua":
			return "0", nil
		}
		return "", refuse("value", "«%s» không hiểu được. Ghi có hoặc không.", typed)
	case Ratio:
		return d.parseRatio(typed)
	case Bound:
		sign, rest := "", strings.ToLower(typed)
		for _, b := range bounds {
			for _, w := range b.words {
				if cut, ok := strings.CutPrefix(rest, w); ok && sign == "" {
					sign, rest = b.sign, cut
				}
			}
		}
		n, err := d.number(rest)
		if err != nil {
			return "", err
		}
		return sign + n, nil
	}
	return d.number(typed)
}

func (d *Definition) parseRatio(typed string) (string, error) {
	b, a, cut := strings.Cut(typed, "/")
	if !cut {
		n, err := d.percent(typed)
		return n + "%", err
	}
	numerator, err := d.number(b)
	if err != nil {
		return "", err
	}
	denominator, err := d.number(a)
	if err != nil {
		return "", err
	}
	x, y := rat(numerator), rat(denominator)
	switch {
	case y.Sign() == 0 && x.Sign() != 0:
		return "", refuse("value", "«%s»: mẫu số bằng 0 mà tử số khác 0. Sửa một trong hai số.", typed)
	case x.Cmp(y) > 0 && !d.Over100:
		return "", refuse("value", "«%s»: tử số lớn hơn mẫu số, tỷ lệ vượt 100 %%. Kiểm tra lại hai số.", typed)
	}
	return numerator + "/" + denominator, nil
}

// percent reads a percentage that stands alone.
func (d *Definition) percent(typed string) (string, error) {
	n, ok := read(strings.TrimSuffix(strings.TrimSpace(typed), "%"))
	switch {
	case !ok || n.Sign() < 0:
		return "", refuse("value", "«%s» không đọc được. Ghi tử số/mẫu số, ví dụ 67/76, hoặc tỷ lệ, ví dụ 69,3 %%.", typed)
	case n.Cmp(big.NewRat(100, 1)) > 0 && !d.Over100:
		return "", refuse("value", "«%s» vượt 100 %%. Tỷ lệ từ 0 đến 100 %%.", typed)
	}
	return plain(n), nil
}

// number reads a number of the indicator.
func (d *Definition) number(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	for _, unit := range []string{d.Unit, "%"} {
		if cut, ok := strings.CutSuffix(typed, unit); ok && unit != "" {
			typed = strings.TrimSpace(cut)
			break
		}
	}
	n, ok := read(typed)
	switch {
	case !ok:
		return "", refuse("value", "«%s» không phải là một số. Nhập số, ví dụ 34.170%s.", typed, map[bool]string{true: " hoặc 81,5"}[d.Decimals > 0])
	case !new(big.Rat).Mul(n, scale(d.decimals())).IsInt():
		return "", refuse("value", "«%s» có nhiều hơn %d chữ số thập phân. Làm tròn, hoặc sửa định nghĩa chỉ tiêu.", typed, d.decimals())
	case n.Sign() < 0 && (d.Kind != Number || d.Min == "" || rat(d.Min).Sign() >= 0):
		return "", refuse("value", "«%s» là số âm. Nhập số từ 0.", typed)
	case d.Unit == "%" && !d.Over100 && n.Cmp(big.NewRat(100, 1)) > 0:
		return "", refuse("value", "«%s» vượt 100 %%. Tỷ lệ từ 0 đến 100 %%.", typed)
	case d.Kind == Level && (n.Cmp(rat(d.Min)) < 0 || n.Cmp(rat(d.Max)) > 0):
		return "", refuse("value", "Mức «%s» không có. Mức từ %s đến %s.", typed, d.Min, d.Max)
	}
	return plain(n), nil
}

func (d *Definition) decimals() int {
	if d.Kind == Level {
		return 0
	}
	return d.Decimals
}

// ParsePlain reads a number of a definition, such as a target or an end of a range, and
// returns the stored text; "" for a blank.
func ParsePlain(typed string) (string, error) {
	typed = strings.TrimSpace(strings.TrimSuffix(text.Line(typed), "%"))
	switch text.Fold(typed) {
	case "":
		return "", nil
	case "co":
		return "1", nil
	}
	n, ok := read(typed)
	if !ok {
		return "", refuse("value", "«%s» không phải là một số. Nhập số, ví dụ 90 hoặc 98,2.", typed)
	}
	return plain(n), nil
}

// ShowPlain writes what ParsePlain reads.
func ShowPlain(stored string) string {
	if stored == "" {
		return ""
	}
	return show(rat(stored), maxDecimals)
}

func read(typed string) (*big.Rat, bool) {
	n, err := data.ParseDecimal(typed)
	if err != nil || !new(big.Rat).Mul(n, scale(maxDecimals)).IsInt() || new(big.Rat).Abs(n).Cmp(most) > 0 {
		return nil, false
	}
	return n, true
}

func rat(stored string) *big.Rat {
	n, ok := new(big.Rat).SetString(stored)
	if !ok {
		return new(big.Rat)
	}
	return n
}

func scale(decimals int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
}

// plain writes a decimal as it is stored: 12.5.
func plain(n *big.Rat) string {
	s := n.FloatString(maxDecimals)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Scaled returns a number in units of the last of some decimals, rounded half up.
func Scaled(n *big.Rat, decimals int) *big.Int {
	x := new(big.Rat).Mul(n, scale(decimals))
	x.Add(x, big.NewRat(1, 2))
	return new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: down, as the denominator is positive
}

// show writes a number as people read it, rounded half up, without noughts at its end.
func show(n *big.Rat, decimals int) string {
	digits := Scaled(n, decimals)
	sign := ""
	if digits.Sign() < 0 {
		sign = "–"
		digits.Neg(digits)
	}
	whole, rest := new(big.Int).DivMod(digits, scale(decimals).Num(), new(big.Int))
	out := sign + data.FormatInt(whole.Int64())
	if frac := strings.TrimRight(fmt.Sprintf("%0*d", decimals, rest), "0"); decimals > 0 && frac != "" {
		out += "," + frac
	}
	return out
}

// Amount reads a stored text.
func (d *Definition) Amount(stored string) Amount {
	if stored == "" {
		return Amount{}
	}
	switch d.Kind {
	case Yes:
		return Amount{B: rat(stored), A: big.NewRat(1, 1)}
	case Ratio:
		if p, ok := strings.CutSuffix(stored, "%"); ok {
			return Amount{B: rat(p), A: big.NewRat(100, 1), Percent: true}
		}
		b, a, _ := strings.Cut(stored, "/")
		return Amount{B: rat(b), A: rat(a)}
	case Bound:
		n := strings.TrimLeft(stored, "<>=")
		return Amount{B: rat(n), Sign: stored[:len(stored)-len(n)]}
	}
	return Amount{B: rat(stored)}
}

// Typed writes a stored text as it can be typed again.
func (d *Definition) Typed(stored string) string {
	a := d.Amount(stored)
	switch {
	case !a.Known():
		return ""
	case d.Kind == Yes && a.B.Sign() == 0:
		return "Không"
	case d.Kind == Yes:
		return "Có"
	case a.Percent:
		return show(a.B, maxDecimals) + " %"
	case d.Kind == Ratio:
		return show(a.B, maxDecimals) + "/" + show(a.A, maxDecimals)
	case a.Sign != "":
		return signWord(a.Sign) + " " + show(a.B, maxDecimals)
	}
	return show(a.B, maxDecimals)
}

func signWord(sign string) string {
	for _, b := range bounds {
		if b.sign == sign {
			return b.words[0]
		}
	}
	return ""
}

// Shown writes a value as people read it, with its percentage: "67/76 = 88,16 %". "" for
// a blank.
func (d *Definition) Shown(a Amount) string {
	switch {
	case !a.Known():
		return ""
	case d.Kind == Yes && a.A.Cmp(big.NewRat(1, 1)) == 0:
		return d.Typed(plain(a.B))
	case a.A != nil && a.A.Sign() == 0:
		return show(a.B, d.decimals()) + "/0"
	case a.Percent:
		return data.FormatHundredths(Scaled(a.B, 2).Int64()) + " %"
	case a.A != nil:
		return show(a.B, d.decimals()) + "/" + show(a.A, d.decimals()) + " = " + percentOf(a) + " %"
	case a.Sign != "":
		return strings.TrimSpace(signWord(a.Sign) + " " + show(a.B, d.decimals()))
	case d.Kind == Level || d.Decimals == 0 && (d.OverUnits == Mean || d.OverPeriods == Mean):
		return show(a.B, 2) // a mean of whole numbers has decimals
	}
	return show(a.B, d.Decimals)
}

// percentOf writes the percentage, never 100,00 below one nor 0,00 above nought.
func percentOf(a Amount) string {
	n := Scaled(a.Plain(), 2).Int64()
	switch c := a.B.Cmp(a.A); {
	case n >= 10000 && c < 0:
		n = 9999
	case n == 0 && a.B.Sign() > 0:
		n = 1
	}
	return data.FormatHundredths(n)
}
