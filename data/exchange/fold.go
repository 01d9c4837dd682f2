package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold reduces a heading or a word of a fixed list to small ASCII letters and
// digits, words parted by one space: "Ngày, tháng" is "ngay thang".
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0xFEFF:
			continue
		case r == 'đ' || r == 'Đ':
			r = 'd'
		}
		if r < 0x80 && (r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z') {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			if r >= 'A' && r <= 'Z' {
				r |= 0x20
			}
			b.WriteByte(byte(r))
			continue
		}
		gap = true
	}
	return b.String()
}
