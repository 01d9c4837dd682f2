package exchange

import (
	"bytes"

	"giaoban/data/text"
)

// clean is text.LineBytes: cells are called text all over this package.
func clean(b []byte, arena *[]byte) []byte { return text.LineBytes(b, arena) }

// fold is text.Words, in which headings and words of fixed lists are compared.
func fold(s string) string { return text.Words(s) }

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
