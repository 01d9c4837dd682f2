package widget

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

type runeKey struct {
	r    rune
	size float32
	bold bool
}

// runeWidths caches the advance of single letters. It is used on the main
// goroutine only.
var runeWidths = map[runeKey]float32{}

// textWidth measures a line of text by the cached widths of its letters.
func textWidth(s string, size float32, bold bool) float32 {
	var w float32
	for _, r := range s {
		w += runeWidth(r, size, bold)
	}
	return w
}

func runeWidth(r rune, size float32, bold bool) float32 {
	if unicode.Is(unicode.Mn, r) {
		return 0
	}
	key := runeKey{r, size, bold}
	if w, ok := runeWidths[key]; ok {
		return w
	}
	w := fyne.MeasureText(string(r), size, fyne.TextStyle{Bold: bold}).Width
	if len(runeWidths) > 20000 { // a file full of foreign scripts must not grow it for ever
		clear(runeWidths)
	}
	runeWidths[key] = w
	return w
}

// Truncate cuts s with an ellipsis so that it fits into width, and reports
// whether it had to.
func Truncate(s string, width, size float32, bold bool) (string, bool) {
	if i := strings.IndexAny(s, "\r\n\t"); i >= 0 {
		s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
	}
	limit := width - runeWidth('…', size, bold)
	cut := 0
	var w float32
	for i, r := range s {
		if w <= limit {
			cut = i
		}
		w += runeWidth(r, size, bold)
		if w > width {
			return strings.TrimRight(s[:cut], " ") + "…", true
		}
	}
	return s, false
}

// wrapText breaks s into lines that fit into width, at most max lines; the last
// one ends with an ellipsis when text is left over. max 0 means any number.
func wrapText(s string, width, size float32, bold bool, max int) []string {
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		line := ""
		var w float32
		space := runeWidth(' ', size, bold)
		for _, word := range strings.Fields(paragraph) {
			ww := textWidth(word, size, bold)
			if line != "" && w+space+ww > width {
				lines = append(lines, line)
				line, w = "", 0
			}
			if line != "" {
				line, w = line+" "+word, w+space+ww
			} else {
				line, w = word, ww
			}
		}
		lines = append(lines, line)
	}
	if max > 0 && len(lines) > max {
		rest := strings.Join(lines[max-1:], " ")
		last, _ := Truncate(rest, width, size, bold)
		lines = append(lines[:max-1], last)
	}
	return lines
}
