package exchange

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// suspect marks the bytes at which text may need cleaning: controls, and the
// lead bytes of blanks, marks and letters that Vietnamese does not use.
var suspect = func() (t [256]bool) {
	for c := range t {
		switch {
		case c < ' ' || c == 0x7F:
			t[c] = true
		case c >= 0xC3 && c <= 0xC6 || c == 0xF0 || c == 0xE1:
			// Precomposed Vietnamese; E1 is looked at more closely below.
		case c >= 0xC0:
			t[c] = true
		}
	}
	return t
}()

// clean returns text in NFC with runs of white space folded to one blank,
// trimmed, and without invisible characters. It returns text itself when there
// is nothing to do, else bytes appended to arena.
func clean(text []byte, arena *[]byte) []byte {
	if len(text) == 0 {
		return text
	}
	ok := text[0] != ' ' && text[len(text)-1] != ' '
	for i := 0; ok && i < len(text); i++ {
		c := text[i]
		switch {
		case c == ' ':
			ok = text[i+1] != ' ' // the last byte is not a blank
		case c < 0x80:
			ok = !suspect[c]
		case c < 0xC0 || suspect[c]: // a sequence without its lead byte, or a suspect
			ok = false
		default:
			n := 2
			if c == 0xE1 {
				n = 3
				ok = i+1 < len(text) && (text[i+1] == 0xBA || text[i+1] == 0xBB)
			} else if c == 0xF0 {
				n = 4
			}
			for k := i + 1; k < i+n; k++ {
				ok = ok && k < len(text) && text[k]&0xC0 == 0x80
			}
			i += n - 1
		}
	}
	if ok {
		return text
	}
	return cleanSlow(text, arena)
}

func cleanSlow(text []byte, arena *[]byte) []byte {
	if !norm.NFC.IsNormal(text) {
		text = norm.NFC.Bytes(text)
	}
	out := *arena
	from := len(out)
	gap := false
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case r == ' ' || r >= 0x09 && r <= 0x0D || r == 0x85 || r == 0xA0 || r >= 0x2000 && r <= 0x200A ||
			r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F || r == 0x3000:
			gap = true
			continue
		case r < ' ' || r >= 0x7F && r < 0xA0 || r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E ||
			r >= 0x2060 && r <= 0x206F || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF:
			continue
		}
		if gap && len(out) > from {
			out = append(out, ' ')
		}
		gap = false
		out = utf8.AppendRune(out, r)
	}
	*arena = out
	return out[from:len(out):len(out)]
}

// blank reports whether a clean text stands for nothing: dashes, x, "không".
func blank(text []byte) bool {
	switch len(text) {
	case 0:
		return true
	case 1:
		return text[0] == '-' || text[0] == 'x' || text[0] == 'X' || text[0] == '_' || text[0] == '.'
	}
	if len(text) > 12 {
		return false
	}
	switch string(text) {
	case "–", "—", "--", "---", "không", "Không", "KHÔNG", "không có", "Không có", "KHÔNG CÓ", "−":
		return true
	}
	return false
}

// crossed reports whether a cell is ticked with an x.
func crossed(text []byte) bool { return len(text) == 1 && (text[0]|0x20) == 'x' }

// interner keeps one copy of each of the values that repeat down a column.
type interner map[string]string

func (in interner) get(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := in[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(in) < 20000 {
		in[s] = s
	}
	return s
}

// lines splits raw text at its line ends and cleans each line.
func lines(raw []byte, arena *[]byte) [][]byte {
	var out [][]byte
	for _, line := range bytes.FieldsFunc(raw, func(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 }) {
		if c := clean(line, arena); len(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}
