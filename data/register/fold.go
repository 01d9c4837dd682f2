package register

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldTable maps runes below its length to their folded ASCII letter: lower
// case, without Vietnamese diacritics, đ as d. 0 means: not in the table.
var foldTable = func() (t [0x1F00]byte) {
	for r := rune(1); r < rune(len(t)); r++ {
		switch {
		case r == 'đ' || r == 'Đ':
			t[r] = 'd'
			continue
		case r <= ' ' || r == 0xA0:
			t[r] = ' '
			continue
		case r < 0x80:
			t[r] = byte(unicode.ToLower(r))
			continue
		}
		base := []rune(norm.NFD.String(string(r)))
		if len(base) > 1 && base[0] < 0x80 {
			t[r] = byte(unicode.ToLower(base[0]))
		}
	}
	return t
}()

// AppendFold appends text to dst in the form in which the register searches:
// lower case, without diacritics, đ as d, combining marks dropped.
func AppendFold(dst []byte, text []byte) []byte {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			} else if c < ' ' {
				c = ' '
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		i += n
		switch {
		case r < rune(len(foldTable)) && foldTable[r] != 0:
			dst = append(dst, foldTable[r])
		case r >= 0x300 && r < 0x370: // a combining mark of text in NFD
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

// Fold returns text without case and diacritics.
func Fold(text string) string { return string(AppendFold(nil, []byte(text))) }
