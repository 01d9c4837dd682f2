package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lower returns the small letter. Đ has two doubles of the same look, Ð (U+00D0)
// and Ɖ (U+0189), which old code pages and keyboards write in its place.
func Lower(r rune) rune {
	switch r {
	case 'Ð', 'ð', 'Ɖ', 'ɖ':
		return 'đ'
	}
	return unicode.ToLower(r)
}

// foldTable maps runes below its length to their folded ASCII letter: lower
// case, without Vietnamese diacritics, đ as d. 0 means: not in the table.
var foldTable = func() (t [0x1F00]byte) {
	for r := rune(1); r < rune(len(t)); r++ {
		switch {
		case Lower(r) == 'đ':
			t[r] = 'd'
			continue
		case r < utf8.RuneSelf: // looked at before
			continue
		case r == 0xA0:
			t[r] = ' '
			continue
		}
		base := []rune(norm.NFD.String(string(r)))
		if len(base) > 1 && base[0] < utf8.RuneSelf {
			t[r] = byte(unicode.ToLower(base[0]))
		}
	}
	return t
}()

// Fold returns text in the form in which it is searched: lower case, without
// diacritics, every kind of đ as d, blanks as blanks, nothing that cannot be
// seen.
func Fold(s string) string { return string(AppendFold(nil, []byte(s))) }

// AppendFold appends Fold of text to dst.
func AppendFold(dst []byte, text []byte) []byte {
	// Codes and numbers are ASCII all through.
	start := len(dst)
	dst = append(dst, text...)
	i := 0
	for tail := dst[start:]; i < len(tail) && tail[i] < utf8.RuneSelf; i++ {
		if c := tail[i]; c >= 'A' && c <= 'Z' {
			tail[i] = c + 'a' - 'A'
		} else if c < ' ' || c == 0x7F {
			break
		}
	}
	dst = dst[:start+i]
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
			case c >= '\t' && c <= '\r':
				c = ' '
			case c < ' ' || c == 0x7F:
				continue
			}
			dst = append(dst, c)
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
		if r < rune(len(foldTable)) && foldTable[r] != 0 {
			dst = append(dst, foldTable[r])
			continue
		}
		dst = foldRare(dst, r)
	}
	return dst
}

// foldRare appends a rune that is no letter of Vietnamese.
func foldRare(dst []byte, r rune) []byte {
	switch {
	case unicode.Is(unicode.Mn, r) || invisible(r): // marks of text in NFD, and what nobody sees
		return dst
	case unicode.IsSpace(r):
		return append(dst, ' ')
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// Words folds text to small ASCII letters and digits, words parted by one blank,
// as headings and words of fixed lists are compared: "Ngày, tháng" is
// "ngay thang".
func Words(s string) string {
	folded := Fold(s)
	out := make([]byte, 0, len(folded))
	gap := false
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' {
			if gap && len(out) > 0 {
				out = append(out, ' ')
			}
			gap = false
			out = append(out, c)
			continue
		}
		gap = true
	}
	return string(out)
}

// NameKey is the form in which two spellings of one name are equal: cleaned, in
// small letters, Ð and Ɖ as đ, blanks squeezed, and the tone of open syllables
// in oa, oe and uy on the second letter, as the newer school of spelling has it:
// «Thủy sản» and «Thuỷ sản» are one. Tones stay: «Hòa» and «Hoa» are different
// places.
func NameKey(name string) string {
	return placed(lowered(name), newPlaces)
}

// Spellings returns what a search with diacritics looks through: NameKey and,
// where the older school puts a tone elsewhere, that spelling behind U+001F,
// which no text holds. So a word is found under both while it is being typed.
func Spellings(name string) string {
	key := NameKey(name)
	if old := placed(key, oldPlaces); old != key {
		return key + "\x1F" + old
	}
	return key
}

func lowered(name string) string { return strings.Map(Lower, Line(name)) }

// places maps the two letters at the end of an open syllable to those of the
// other school.
type places map[[2]rune][2]rune

var newPlaces, oldPlaces = func() (to, from places) {
	to, from = places{}, places{}
	for _, pair := range []struct{ first, firstToned, second, secondToned string }{
		{"o", "òóỏõọ", "a", "àáảãạ"}, {"o", "òóỏõọ", "e", "èéẻẽẹ"}, {"u", "ùúủũụ", "y", "ỳýỷỹỵ"},
	} {
		plain := [2]rune{[]rune(pair.first)[0], []rune(pair.second)[0]}
		second := []rune(pair.secondToned)
		for i, tone := range []rune(pair.firstToned) {
			old, new := [2]rune{tone, plain[1]}, [2]rune{plain[0], second[i]}
			to[old], from[new] = new, old
		}
	}
	return to, from
}()

// placed moves tones at the ends of words as the places tell.
func placed(s string, to places) string {
	var out []rune
	last, before := rune(0), rune(0)
	n := 0
	settle := func() {
		if other, ok := to[[2]rune{before, last}]; ok {
			if out == nil {
				out = []rune(s)
			}
			out[n-2], out[n-1] = other[0], other[1]
		}
	}
	for _, r := range s {
		if n > 1 && !unicode.IsLetter(r) && (before >= utf8.RuneSelf || last >= utf8.RuneSelf) {
			settle()
		}
		before, last = last, r
		n++
	}
	if settle(); out == nil {
		return s
	}
	return string(out)
}
