package annex

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
)

// style is how a number is written: what has the same style below the same head are
// siblings.
type style int

const (
	styleWhole  style = iota // «ĐIỂM THƯỞNG» without a number, beside all other parts
	styleLetter              // A, B
	styleRoman               // I, II
	styleNumber              // 1, 1.1; deeper ones are styleNumber+1 and so on
	styleSmall  style = 40   // a), b)
	styleColumn style = 50   // a column for each level; +1 and so on
)

// code is the number of a criterion as the annex writes it.
type code struct {
	text  string
	style style
	// parts are the single numbers; a roman one counts from romanPart, a letter from
	// letterPart, a small one from smallPart
	parts []int
}

const (
	romanPart  = 1000
	letterPart = 2000
	smallPart  = 3000
)

var (
	// «I.1», «A.II», «A.II.3», «1.2.a»
	mixedForm  = regexp.MustCompile(`^(?:(?:[IVXL]{1,6}|[A-HĐ])(?:\s?\.\s?[IVXL]{1,6})?(?:\s?\.\s?\d{1,3}){0,6}|\d{1,3}(?:\s?\.\s?\d{1,3}){0,6})(?:\s?\.\s?[a-zđ])?\s?[.:)]*$`)
	prefixForm = regexp.MustCompile(`^(?:linh vuc|tieu chi thanh phan|tieu chi|tctp|phan|muc|nhom|chuong|lv|tc|noi dung|nd)(?:\s+thu)?\s+`)
	numberForm = regexp.MustCompile(`^(\d{1,3}(?:\s?[.,]\s?\d{1,3}){0,6})\s?[.:)/]*$`)
	romanForm  = regexp.MustCompile(`^([IVXLivxl]+)\s?[.:)/]*$`)
	letterForm = regexp.MustCompile(`^([A-HK-UĐ])\s?[.:)/]*$`)
	smallForm  = regexp.MustCompile(`^([a-zđ])\s?[.)/]+$`)
	headForm   = regexp.MustCompile(`^((?:[IVXL]{1,6}|[A-HĐ])(?:\.\d{1,3}){1,6}\.?|[A-HĐ]\.[IVXL]{1,6}(?:\.\d{1,3}){0,6}\.?|(?:\d{1,3}(?:\.\d{1,3}){1,6})\.?|\d{1,3}[.):/]|[IVXL]{1,6}\s?[.):/\-–]|[A-HĐ][.):/]|[a-zđ][.)])\s*[–\-:.]?\s*(\S(?s:.*))$`)
	dateForm   = regexp.MustCompile(`^(\d{2})/(\d{2})/(\d{4})$`)
)

// codeCell reads a cell that holds nothing but a number: «I.», «1.1», «Tiêu chí 2.3».
func codeCell(cell string) (c code, rest string, ok bool) {
	cell = strings.Join(strings.Fields(cell), " ")
	if loc := prefixForm.FindStringIndex(fold(cell)); loc != nil {
		cell = cut(cell, fold(cell), loc[1], len(fold(cell)))
	}
	switch {
	case numberForm.MatchString(cell):
		c.style = styleNumber - 1
		for _, p := range strings.FieldsFunc(numberForm.FindStringSubmatch(cell)[1], func(r rune) bool { return r == '.' || r == ',' || r == ' ' }) {
			n, err := strconv.Atoi(p)
			if err != nil {
				return c, "", false
			}
			c.parts, c.style = append(c.parts, n), c.style+1
		}
		c.text = dotted(c.parts)
	case dateForm.MatchString(cell):
		// A spreadsheet made a date of 1.2.1.
		m := dateForm.FindStringSubmatch(cell)
		for i, p := range m[1:] {
			n, err := strconv.Atoi(p)
			if err != nil {
				return c, "", false
			}
			if i == 2 {
				n %= 100
			}
			c.parts = append(c.parts, n)
		}
		c.style, c.text = styleNumber+2, dotted(c.parts)
	case letterForm.MatchString(cell):
		c.style, c.text = styleLetter, letterForm.FindStringSubmatch(cell)[1]
		c.parts = []int{letterPart + int([]rune(c.text)[0])}
	case romanForm.MatchString(cell) && strings.ToUpper(cell) == cell:
		c.style, c.text = styleRoman, romanForm.FindStringSubmatch(cell)[1]
		c.parts = []int{romanPart + romanOf(c.text)}
	case mixedForm.MatchString(cell):
		return mixedCode(cell)
	case smallForm.MatchString(cell):
		c.style, c.text = styleSmall, smallForm.FindStringSubmatch(cell)[1]
	default:
		return c, "", false
	}
	return c, "", true
}

// mixedCode reads a number of several kinds: «A.II.3», «1.2.a». Its style is that of its
// end, a small letter being one deeper than what it stands behind.
func mixedCode(cell string) (c code, rest string, ok bool) {
	var texts []string
	for i, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(" .:)", r) }) {
		one, _, ok := codeCell(part)
		switch {
		case i > 0 && part >= "a":
			one = code{text: part, style: max(c.style, styleNumber-1) + 1, parts: []int{smallPart + int([]rune(part)[0])}}
		case !ok || len(one.parts) != 1:
			return code{}, "", false
		case one.style == styleNumber && c.style >= styleNumber:
			one.style = c.style + 1
		}
		texts = append(texts, one.text)
		c.parts, c.style = append(c.parts, one.parts...), one.style
	}
	c.text = strings.Join(texts, ".")
	return c, "", len(texts) > 1
}

// codeHead reads a number at the beginning of a text: «1.1. Kế hoạch CCHC».
func codeHead(text string) (c code, rest string, ok bool) {
	text = strings.TrimSpace(text)
	body := text
	prefixed := false
	if loc := prefixForm.FindStringIndex(fold(text)); loc != nil {
		body, prefixed = cut(text, fold(text), loc[1], len(fold(text))), true
	}
	m := headForm.FindStringSubmatch(body)
	if m == nil && prefixed {
		// «Lĩnh vực 1 Công tác chỉ đạo»
		if head, tail, found := strings.Cut(body, " "); found {
			if c, _, ok = codeCell(head); ok {
				return c, strings.Trim(tail, " :.–-"), true
			}
		}
		return c, "", false
	}
	if m == nil {
		return c, "", false
	}
	c, _, ok = codeCell(strings.Trim(m[1], " -–"))
	if !ok || len(c.parts) > 0 && c.parts[0] == 0 || c.style >= styleNumber && strings.HasPrefix(fold(m[2]), "diem") && !bonusForm.MatchString(fold(m[2])) && !penaltyForm.MatchString(fold(m[2])) {
		return c, "", false // «0.5 điểm nếu …»
	}
	return c, strings.TrimSpace(m[2]), true
}

func dotted(parts []int) string {
	out := data.Map(parts, func(p int) string { return strconv.Itoa(p) })
	return strings.Join(out, ".")
}

// holds reports whether the number of c begins that of below.
func (c *code) holds(below *code) bool {
	n := len(c.parts)
	return n > 0 && n < len(below.parts) && slices.Equal(c.parts, below.parts[:n])
}
