package text

import (
	"unicode"
	"unicode/utf8"
)

// Sentence begins a fragment with a capital letter.
func Sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Within writes a heading or a name inside a sentence: its first letter is small, unless
// it begins with an abbreviation such as UBND.
func Within(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); n == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
