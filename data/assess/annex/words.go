package annex

import (
	"strings"

	"giaoban/data/text"
)

// tidy cleans a cell and keeps its lines.
func tidy(cell string) string {
	var out []string
	for _, l := range strings.Split(strings.ReplaceAll(cell, "\r", "\n"), "\n") {
		// «Từ 90% trở lên ⇥ 2» is a row of a table within the cell.
		if k := strings.LastIndexByte(l, '\t'); k > 0 && isPoints(l[k+1:]) && !isPoints(l[:k]) {
			l = strings.TrimRight(l[:k], " \t:.;") + ": " + l[k+1:]
		}
		if l = text.Line(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// clip makes a text short enough for a sentence.
func clip(s string) string {
	r := []rune(oneLine(s))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}

func bulleted(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.ContainsRune("-–+•*·▪►>", []rune(s)[0])
}

// unbullet takes the sign off that a line begins with.
func unbullet(s string) string {
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), "-–+•*·▪► "))
}

func splitLines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// splitTitle parts a title from the lines of how it is scored that stand below it in
// the same cell.
func splitTitle(cell string) (title string, lines []string) {
	all := splitLines(cell)
	for i, l := range all {
		_, scored := tail(l)
		if i > 0 && (bulleted(l) || scored || strings.HasSuffix(strings.TrimSpace(all[i-1]), ":")) {
			return oneLine(strings.Join(all[:i], " ")), all[i:]
		}
	}
	return oneLine(strings.Join(all, " ")), nil
}
