package data_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"giaoban/data"
)

// The oracle knows no grammar: it takes the digits of a text, makes of them every
// value that they can stand for, writes each value in all ways in which officers
// may write it, and looks whether the text is among them.

const randomTexts = 10_000

// randomTyped is a text as it may stand in a field: noise, or something right with
// a letter changed.
func randomTyped(r *rand.Rand, right func() string) string {
	letters := []rune("0123456789.,.,0055: /-+hgp đe\u00a0")
	noise := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	if r.IntN(3) == 0 {
		return noise(1 + r.IntN(9))
	}
	text := []rune(right())
	for range r.IntN(3) {
		at := r.IntN(len(text) + 1)
		switch r.IntN(3) {
		case 0:
			text = append(text[:at:at], append([]rune(noise(1)), text[at:]...)...)
		case 1:
			if at < len(text) {
				text = append(text[:at:at], text[at+1:]...)
			}
		default:
			if at < len(text) {
				text[at] = letters[r.IntN(len(letters))]
			}
		}
	}
	return string(text)
}

// spaced takes the spaces around a text away and makes those within plain.
func spaced(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// grouped writes digits with dots between thousands, from the right, by hand.
func grouped(digits string) string {
	out := ""
	for i := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 {
			out += "."
		}
		out += digits[i : i+1]
	}
	return out
}

// wholeOracle returns the digits of the whole number that a text writes.
func wholeOracle(text string) (string, bool) {
	digits := digitsOf(text)
	if digits == "" {
		return "", false
	}
	return digits, text == digits || text == grouped(digits) && digits[0] != '0'
}

// decimalOracle tries every way of cutting the digits into whole and decimals.
func decimalOracle(text string) (*big.Rat, bool) {
	sign, text := int64(1), spaced(text)
	if strings.HasPrefix(text, "-") {
		sign = -1
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "-"), map[bool]string{true: "+"}[sign > 0])
	digits := digitsOf(text)
	if digits == "" || len(digits) > 20 {
		return nil, false
	}
	value := func(decimals int) *big.Rat {
		n, _ := new(big.Int).SetString(digits, 10)
		return new(big.Rat).SetFrac(n.Mul(n, big.NewInt(sign)), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	}
	if _, ok := wholeOracle(text); ok {
		return value(0), true
	}
	for k := 1; k < len(digits); k++ {
		head, tail := digits[:len(digits)-k], digits[len(digits)-k:]
		ways := []string{head + "," + tail}
		if head[0] != '0' {
			ways = append(ways, grouped(head)+","+tail)
		}
		if k != 3 || head == "0" {
			ways = append(ways, head+"."+tail)
		}
		for _, w := range ways {
			if w == text {
				return value(k), true
			}
		}
	}
	return nil, false
}

func TestNumberFieldsAgreeWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	number := func() string {
		n := fmt.Sprint(r.IntN([]int{10, 100, 10_000, 100_000_000}[r.IntN(4)]))
		switch r.IntN(4) {
		case 0:
			n = grouped(n)
		case 1:
			n += "," + fmt.Sprint(r.IntN(1000))
		case 2:
			n += "." + fmt.Sprint(r.IntN(1000))
		}
		return n
	}
	taken := 0
	for range randomTexts {
		text := randomTyped(r, number)
		clean := spaced(text)
		digits, whole := wholeOracle(clean)
		want, fits := new(big.Int).SetString(digits, 10)
		if clean == "" {
			want, whole, fits = new(big.Int), true, true
		}
		count := whole && fits && want.Cmp(big.NewInt(data.MaxCount)) <= 0
		if got, err := data.ParseCount(text, data.MaxCount); (err == nil) != count || count && got != want.Int64() {
			t.Fatalf("count %q: %d, %v; want %v %s", text, got, err, count, want)
		}
		if got, ok := data.ParseWhole(text, data.MaxCount); ok != (count && clean != "") || ok && got != want.Int64() {
			t.Fatalf("whole %q: %d, %v", text, got, ok)
		}
		term := count && want.Sign() > 0 && want.Cmp(big.NewInt(data.MaxTerm)) <= 0
		if got, err := data.ParseTerm(text, data.WorkingDays); (err == nil) != term || term && int64(got.Count) != want.Int64() {
			t.Fatalf("term %q: %v, %v", text, got, err)
		}
		year := len(clean) == 4 && digits == clean && want.Cmp(big.NewInt(1990)) >= 0 && want.Cmp(big.NewInt(2200)) <= 0
		if got, err := data.ParseYear(text); (err == nil) != year || year && int64(got) != want.Int64() {
			t.Fatalf("year %q: %v, %v", text, got, err)
		}
		amount := strings.TrimSpace(strings.TrimSuffix(clean, "đ"))
		digits, whole = wholeOracle(amount)
		want, fits = new(big.Int).SetString(digits, 10)
		if clean == "" {
			want, whole, fits = new(big.Int), true, true
		}
		money := whole && fits && want.Cmp(big.NewInt(data.MaxMoney)) <= 0
		if got, err := data.ParseMoney(text); (err == nil) != money || money && got != want.Int64() {
			t.Fatalf("money %q: %d, %v", text, got, err)
		}
		exact, ok := decimalOracle(text)
		if got, err := data.ParseDecimal(text); (err == nil) != ok || ok && got.Cmp(exact) != 0 {
			t.Fatalf("decimal %q: %v, %v; want %v", text, got, err, exact)
		}
		if ok && count && clean != "" {
			taken++
		}
	}
	if taken < randomTexts/20 {
		t.Errorf("only %d texts were numbers", taken)
	}
}

// clockWays are all writings of all times of a day.
var clockWays = sync.OnceValue(func() map[string]data.Clock {
	ways := map[string]data.Clock{}
	for h := range 24 {
		for m := range 60 {
			at := data.At(h, m)
			for _, hour := range []string{fmt.Sprint(h), fmt.Sprintf("%02d", h)} {
				two := fmt.Sprintf("%02d", m)
				ways[hour+two] = at
				for _, minute := range []string{two, fmt.Sprint(m)} {
					for _, mark := range []string{":", "h", "g", "giờ", ".", ",", " "} {
						for _, before := range []string{"", " "} {
							for _, after := range []string{"", " "} {
								for _, end := range []string{"", "p", " p", "phút", " phút"} {
									if len(minute) == 1 && strings.Contains("., ", mark) || mark == " " && before+after != "" {
										continue
									}
									ways[hour+before+mark+after+minute+end] = at
								}
							}
						}
					}
				}
				if m == 0 {
					ways[hour] = at
					for _, end := range []string{":", " :", "h", "g", "giờ", " h", " g", " giờ"} {
						ways[hour+end] = at
					}
				}
			}
		}
	}
	return ways
})

func TestClockFieldsAgreeWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	marks := []string{":", "h", "g", " giờ ", ".", ",", ""}
	taken := 0
	for range randomTexts {
		text := randomTyped(r, func() string {
			return fmt.Sprintf("%d%s%02d", r.IntN(26), marks[r.IntN(len(marks))], r.IntN(62))
		})
		clean := strings.Join(strings.Fields(spaced(text)), " ")
		want, ok := clockWays()[clean]
		if clean == "" {
			ok = true
		}
		if got, err := data.ParseClock(text); (err == nil) != ok || ok && got != want {
			t.Fatalf("clock %q: %v, %v; want %v %v", text, got, err, want, ok)
		}
		if ok {
			taken++
		}
	}
	if taken < randomTexts/10 {
		t.Errorf("only %d texts were clocks", taken)
	}
}

// dayWays are all writings of the days of some years, beside those that leave
// something out.
var dayWays = sync.OnceValue(func() map[string]data.Day {
	ways := map[string]data.Day{}
	for d := data.Date(2014, 1, 1); d < data.Date(2037, 1, 1); d++ {
		y, month, day := d.Civil()
		m := int(month)
		for _, dd := range []string{fmt.Sprint(day), fmt.Sprintf("%02d", day)} {
			if y >= 2014 {
				ways[dd+fmt.Sprintf("%02d%d", m, y)] = d
				ways[dd+fmt.Sprintf("%02d%02d", m, y%100)] = d
			}
			for _, mm := range []string{fmt.Sprint(m), fmt.Sprintf("%02d", m)} {
				for _, yy := range []string{fmt.Sprint(y), fmt.Sprintf("%02d", y%100), fmt.Sprint(y % 100)} {
					for _, a := range []string{"/", "-", ".", " "} {
						for _, b := range []string{"/", "-", ".", " "} {
							ways[dd+a+mm+b+yy] = d
						}
					}
				}
				ways[fmt.Sprintf("%d-%s-%s", y, mm, dd)] = d
			}
		}
	}
	return ways
})

func TestDayFieldsAgreeWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	today, old := data.Date(2026, 11, 30), data.Date(2022, 10, 28)
	// What is left out is of the old value.
	short := map[string]data.Day{}
	for _, d := range dayWays() {
		if d.Year() != 2022 {
			continue
		}
		_, month, day := d.Civil()
		for _, dd := range []string{fmt.Sprint(day), fmt.Sprintf("%02d", day)} {
			short[dd+fmt.Sprintf("%02d", int(month))] = d
			for _, mm := range []string{fmt.Sprint(int(month)), fmt.Sprintf("%02d", int(month))} {
				for _, a := range []string{"/", "-", ".", " "} {
					short[dd+a+mm] = d
				}
			}
			if month == 10 {
				short[dd] = d
			}
		}
	}
	taken := 0
	for range randomTexts {
		text := randomTyped(r, func() string {
			a := []string{"/", "-", ".", " ", ""}[r.IntN(5)]
			out := fmt.Sprintf("%02d%s%02d", 1+r.IntN(32), a, 1+r.IntN(12))
			if r.IntN(2) == 0 {
				out += a + fmt.Sprint(2014+r.IntN(23))
			}
			return out
		})
		clean := strings.Join(strings.Fields(spaced(text)), " ")
		for _, mark := range []string{"/", "-", "."} {
			clean = strings.ReplaceAll(strings.ReplaceAll(clean, " "+mark, mark), mark+" ", mark)
		}
		want, full := dayWays()[clean]
		if !full {
			want, full = short[clean]
		}
		got, err := data.ParseDay(text, today, old)
		switch {
		case clean == "" || clean == "h" || strings.HasPrefix(clean, "+") || strings.HasPrefix(clean, "-"):
		case full && (err != nil || got != want):
			t.Fatalf("day %q: %v, %v; want %v", text, got, err, want)
		case !full && err == nil && got >= data.Date(2014, 1, 1) && got < data.Date(2037, 1, 1):
			t.Fatalf("day %q is taken as %v", text, got)
		case full:
			taken++
		}
	}
	if taken < randomTexts/10 {
		t.Errorf("only %d texts were days", taken)
	}
}
