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
	// Codes and numbers are ASCII all through.
	start := len(dst)
	dst = append(dst, text...)
	i := 0
	for tail := dst[start:]; i < len(tail) && tail[i] < utf8.RuneSelf; i++ {
		if c := tail[i]; c >= 'A' && c <= 'Z' {
			tail[i] = c + 'a' - 'A'
		} else if c < ' ' {
			tail[i] = ' '
		}
	}
	dst = dst[:start+i]
	for i < len(text) {
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
		var r rune
		// The letters of Vietnamese take two or three bytes; decoded here, for
		// every name and code of the register passes this way.
		switch {
		case c >= 0xC2 && c <= 0xDF && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
			r = rune(c&0x1F)<<6 | rune(text[i+1]&0x3F)
			i += 2
		case c == 0xE1 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80:
			r = 0x1000 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F)
			i += 3
		default:
			n := 0
			r, n = utf8.DecodeRune(text[i:])
			i += n
		}
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
