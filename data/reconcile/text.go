package reconcile

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/text"
)

// Key is the form in which two spellings of a dossier code are equal: without
// blanks and invisible characters, in capitals.
func Key(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFC.String(code))
}

// tones are the combining marks of the Vietnamese tones.
var tones = map[rune]bool{0x300: true, 0x301: true, 0x303: true, 0x309: true, 0x323: true}

// same reports whether two texts are one name (text.NameKey) but for marks of
// punctuation and the letter on which any tone stands (hòan, hoàn).
func same(a, b string) bool { return a == b || plain(a) == plain(b) }

// plain writes a text in small letters, words parted by one blank, the tone of
// each word behind it. Marks of punctuation at the ends of words do not count.
func plain(s string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(norm.NFD.String(text.NameKey(s)), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;.", r)
	}) {
		var tone []rune
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		for _, r := range word {
			if tones[r] {
				tone = append(tone, r)
				continue
			}
			out.WriteRune(r)
		}
		for _, r := range tone {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// shortWords are the abbreviations in names of units.
var shortWords = map[string]string{"p": "phường", "x": "xã", "tt": "thị trấn", "tx": "thị xã", "tp": "thành phố", "h": "huyện", "q": "quận"}

// unitKey is the form in which two spellings of the name of a unit are equal.
func unitKey(name string) string {
	words := strings.Fields(strings.ReplaceAll(plain(name), plain("ủy ban nhân dân"), "ubnd"))
	for i, w := range words {
		if long, ok := shortWords[w]; ok && (i == 0 || words[i-1] == "ubnd") {
			words[i] = plain(long)
		}
	}
	return strings.Join(words, " ")
}
