package form

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// digits are the Vietnamese digits.
var digits = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// InWords writes a whole number in Vietnamese words, without a capital:
// 1050000 is "một triệu không trăm năm mươi nghìn".
func InWords(n int64) string {
	if n == 0 {
		return digits[0]
	}
	if n < 0 {
		return "âm " + InWords(-n)
	}
	// Every three digits have a name; nine of them make a tỷ, which repeats.
	if n >= 1_000_000_000 {
		head := InWords(n/1_000_000_000) + " tỷ"
		if rest := n % 1_000_000_000; rest > 0 {
			return head + " " + below(rest, false)
		}
		return head
	}
	return below(n, true)
}

// below writes a number below a tỷ; the first group in full where it follows a
// tỷ.
func below(n int64, first bool) string {
	var words []string
	for _, g := range []struct {
		unit int64
		name string
	}{{1_000_000, "triệu"}, {1000, "nghìn"}, {1, ""}} {
		part := n / g.unit % 1000
		if part == 0 {
			continue
		}
		words = append(words, hundreds(int(part), !first))
		if g.name != "" {
			words = append(words, g.name)
		}
		first = false
	}
	return strings.Join(words, " ")
}

// hundreds writes 1 to 999; full names the hundreds even when there are none.
func hundreds(n int, full bool) string {
	var words []string
	h, t, u := n/100, n/10%10, n%10
	if h > 0 || full {
		words = append(words, digits[h], "trăm")
	}
	switch {
	case t == 0 && u > 0 && len(words) > 0:
		words = append(words, "lẻ")
	case t == 1:
		words = append(words, "mười")
	case t > 1:
		words = append(words, digits[t], "mươi")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		words = append(words, "mốt")
	case u == 5 && t > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digits[u])
	}
	return strings.Join(words, " ")
}

// Money writes an amount of đồng in figures and words: "150.000 đồng (Một trăm
// năm mươi nghìn đồng)"; "" for nought, which a dossier uses for unknown.
func Money(n int64) string {
	if n <= 0 {
		return ""
	}
	words := InWords(n)
	first := []rune(words)
	return data.FormatInt(n) + " đồng (" + strings.ToUpper(string(first[0])) + string(first[1:]) + " đồng)"
}

// LongMoment writes a moment as slips do: "9 giờ 05 phút, ngày 03 tháng 11 năm
// 2023"; what is unknown is left as dots to be written over, "" when the day is
// unknown too.
func LongMoment(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	clock := "…… giờ …… phút"
	if m.Clock.Known() {
		clock = fmt.Sprintf("%d giờ %02d phút", m.Clock.Minutes()/60, m.Clock.Minutes()%60)
	}
	return clock + ", " + LongDay(m.Day)
}

// LongDay writes "ngày 03 tháng 11 năm 2023"; "" when the day is unknown.
func LongDay(day data.Day) string {
	if !day.Known() {
		return ""
	}
	y, m, d := day.Civil()
	month := fmt.Sprint(int(m))
	if m <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d, month, y)
}

// count writes a number above nought, "" for an unknown one.
func count(n int) string {
	if n <= 0 {
		return ""
	}
	return data.FormatInt(int64(n))
}
