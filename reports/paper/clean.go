package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// missing stands for a letter that the type family cannot print.
const missing = '□'

// lookalikes are letters that officers paste and the type family lacks, with
// what is printed in their place.
var lookalikes = map[rune]rune{
	'\u00A0': ' ', '\u202F': ' ', '\u2007': ' ', '\u2009': ' ', '\u2002': ' ', '\u2003': ' ', '\u3000': ' ',
	'\u2010': '-', '\u2011': '-', '✓': '√', '✔': '√', '☐': '□', '☑': '■', '☒': '■', '：': ':', '，': ',',
}

// Clean returns the text as it can be printed: NFC; line ends as \n, tabs and
// unusual spaces as a space; control and invisible characters taken out; a
// letter that the type family lacks, or that gofpdf cannot write, shown as □.
func Clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7F {
			plain = false
			break
		} else if c >= 0x80 {
			plain = cleanVietnamese(s[i:])
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	f := faceOf(regular)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, r := range norm.NFC.String(s) {
		if l, ok := lookalikes[r]; ok {
			r = l
		}
		switch {
		case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r >= 0xFE00 && r <= 0xFE0F:
		case !f.has(r):
			b.WriteRune(missing)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanVietnamese reports whether s holds only letters that need no change:
// ASCII, Latin-1 letters, and the composed letters of Vietnamese.
func cleanVietnamese(s string) bool {
	for _, r := range s {
		switch {
		case r >= ' ' && r < 0x7F:
		case r >= 0xC0 && r < 0x180, r == 0x1A0, r == 0x1A1, r == 0x1AF, r == 0x1B0:
		case r >= 0x1EA0 && r <= 0x1EF9:
		case r == '–' || r == '…' || r == '“' || r == '”' || r == '•':
		default:
			return false
		}
	}
	return true
}

// oneLine returns clean text without line ends.
func oneLine(s string) string {
	s = Clean(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
