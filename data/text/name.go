package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
