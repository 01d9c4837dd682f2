package annex

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	endPoints = regexp.MustCompile(`^(.*\S)\s+\(?(\d{1,3}(?:[.,]\d{1,3})?)\)?\s*(?:điểm|đ)?\)?$`)
	bareCode  = regexp.MustCompile(`^(\d{1,3}|[IVXL]{1,6}|[A-HĐ])\s+(\S.*)$`)
	namedForm = regexp.MustCompile(`^(?:tieu chi|linh vuc|tctp)\b`) // a number behind it is that of a criterion
	pageForm  = regexp.MustCompile(`^(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?$`)
	// ruleForm begins a sentence of how a criterion is scored, behind its title
	ruleForm = regexp.MustCompile(`^(?:neu|truong hop|tinh theo|cach tinh|cong thuc|cham theo|diem(?: danh gia)? ?=|trong do|moi )\b`)
	// a number behind these words is no maximum
	notMax = regexp.MustCompile(`(?:so|quy|thang|ngay|dieu|khoan|giai doan|muc|nghi dinh|tieu chi|den|tu|tren|duoi|\bx|\bla|[:=–×*/-])$`)
)

// plain reads text without columns, as it is copied from a PDF: a criterion begins with
// its number and ends in its maximum, over several lines if need be; what stands below
// it are the decision's words.
func (b *builder) plain(t Table) {
	b.columns = &columns{max: -1}
	var open *entry // a criterion whose maximum did not come yet
	var number code
	flush := func() {
		if open != nil {
			b.begin(*open, number)
			open = nil
		}
	}
	lines := linesOf(t)
	for i, at := range lines {
		row, l := at.row, at.text
		f := fold(l)
		if strings.Contains(l, "/") && pageForm.MatchString(f) {
			continue // «2/3»
		}
		if len(b.roots) > 0 && signForm.MatchString(f) {
			flush()
			return
		}
		if b.total != nil && !b.opens(l) && !pageForm.MatchString(f) && b.note(l) {
			continue
		}
		if i+1 < len(lines) && totalForm.MatchString(f) && isPoints(lines[i+1].text) {
			flush()
			b.isTotal(entry{row: row, title: l, max: lines[i+1].text}, false)
			continue
		}
		if i > 0 && totalForm.MatchString(fold(lines[i-1].text)) && isPoints(l) {
			continue // the sum of the line above
		}
		if m := endPoints.FindStringSubmatch(l); m != nil && strings.HasSuffix(m[1], ":") && totalForm.MatchString(fold(m[1])) && len(b.roots) > 0 {
			flush()
			b.isTotal(entry{row: row, title: m[1], max: m[2]}, false) // «Tổng cộng: 20 điểm»
			continue
		}
		if body, p, ok := withPoints(l); ok && totalForm.MatchString(fold(body)) && (open != nil || len(b.roots) > 0) {
			flush()
			b.isTotal(entry{row: row, title: body, max: p}, false)
			continue
		}
		if c, rest, ok := b.plainCode(l, open, number); ok && !(rest == "" && pageForm.MatchString(f) && begins(lines[i+1:])) {
			flush()
			e := entry{row: row, title: rest}
			number = c
			if body, p, ok := withPoints(rest); ok {
				e.title, e.max = body, p
				b.begin(e, c)
				continue
			}
			if m := endPoints.FindStringSubmatch(rest); m != nil && strings.HasSuffix(m[1], ":") && strings.Count(rest, ":") == 1 && !strings.ContainsAny(rest, "%;") {
				e.title, e.max = strings.TrimSuffix(m[1], ":"), m[2] // «1.1. Kế hoạch: 1 điểm»
				b.begin(e, c)
				continue
			}
			if _, scored := tail(rest); scored && strings.ContainsAny(rest, ":") {
				e.title, _, _ = strings.Cut(rest, ":")
				b.begin(e, c)
				b.line(entry{row: row, title: strings.TrimSpace(strings.TrimPrefix(rest, e.title+":"))})
				continue
			}
			open = &e
			continue
		}
		if body, p, ok := withPoints(l); ok && !bulleted(l) && b.isHead(entry{title: body, max: p}) {
			flush()
			b.begin(entry{row: row, title: body, max: p}, code{style: styleRoman})
			continue
		}
		switch {
		case open != nil && isPoints(l):
			open.max = l
			flush()
		case open != nil && (bulleted(l) || open.title != "" && ruleForm.MatchString(f)):
			flush()
			b.plainLine(row, l)
		case open != nil:
			if body, p, ok := withPoints(l); ok {
				open.title, open.max = oneLine(open.title+" "+body), p
				flush()
			} else if _, scored := tail(l); scored {
				flush()
				b.plainLine(row, l)
			} else {
				open.title = oneLine(open.title + " " + l)
			}
		case b.current != nil && !b.current.hasMax && len(b.current.lines) > 0 && isPoints(l):
			b.setMax(b.current, l) // behind the lines of the same cell
		case pageForm.MatchString(f):
		case b.current == nil:
			b.above([]string{l})
		default:
			b.plainLine(row, l)
		}
	}
	flush()
}

// linesOf are the lines of a text with the rows in which they stand.
func linesOf(t Table) (out []line) {
	from := 0 // where the block of lines without a gap begins
	for i, cells := range t.Rows {
		lines := splitLines(tidy(strings.Join(cells, "  ")))
		if len(lines) == 0 {
			from = len(out)
		}
		for _, l := range lines {
			out = append(out, line{text: l, row: i + 1})
			out = centred(out, from)
		}
	}
	return out
}

// centred puts a number that stands at half the height of its cell, between the lines of
// the cell, before them.
func centred(lines []line, from int) []line {
	last := len(lines) - 1
	if last == from {
		return lines
	}
	c, rest, ok := codeHead(lines[last].text)
	if own, _, alone := codeCell(lines[last].text); alone {
		c, rest, ok = own, "", true
	}
	if _, scored := tail(rest); !ok || len(c.parts) < 2 || isPoints(lines[last].text) && len(c.parts) < 3 || rest != "" && !scored {
		return lines
	}
	for _, l := range lines[from:last] {
		if _, _, ok := codeHead(l.text); ok || isPoints(l.text) {
			return lines
		}
	}
	if _, scored := tail(lines[from].text); scored || bulleted(lines[from].text) {
		return lines // tiers of the criterion above
	}
	number := line{text: c.text, row: lines[last].row}
	lines = slices.Insert(lines[:last], from, number)
	if rest != "" {
		lines = append(lines, line{text: rest, row: number.row})
	}
	return lines
}

// begins reports whether the next line is the beginning of a criterion itself, or none:
// a number before it is that of a page.
func begins(rest []line) bool {
	if len(rest) == 0 {
		return true
	}
	_, _, head := codeHead(rest[0].text)
	_, _, cell := codeCell(rest[0].text)
	return head || cell || bareCode.MatchString(rest[0].text) || bulleted(rest[0].text)
}

// plainLine adds a line of the words, or the end of the line before it.
func (b *builder) plainLine(row int, l string) {
	n := b.current
	if k := len(n.lines); k > 0 && !bulleted(l) {
		_, done := tail(n.lines[k-1].text)
		if strings.HasPrefix(fold(l), "diem") && isPoints(n.lines[k-1].text[strings.LastIndexByte(n.lines[k-1].text, ' ')+1:]) {
			done = false // «…: 3» and «điểm; dưới 90%: 0 điểm»
		}
		if first, _ := utf8.DecodeRuneInString(l); !done && !unicode.IsUpper(first) && !strings.HasSuffix(n.lines[k-1].text, ";") {
			n.lines[k-1].text += " " + l
			return
		}
	}
	one := line{l, "", row}
	if body, p, ok := withPoints(l); ok {
		if _, there := tail(l); !there {
			one = line{body, p, row}
		}
	}
	n.lines = append(n.lines, one)
}

// withPoints parts a line that ends in a maximum.
func withPoints(l string) (body, max string, ok bool) {
	m := endPoints.FindStringSubmatch(l)
	if m == nil || notMax.MatchString(strings.TrimSpace(fold(m[1]))) || !isPoints(m[2]) {
		return "", "", false
	}
	return strings.TrimSpace(m[1]), m[2], true
}

// plainCode finds the number that a line begins with. One without a full stop counts
// only where it is the next.
func (b *builder) plainCode(l string, open *entry, last code) (c code, rest string, ok bool) {
	if _, _, alone := codeCell(l); alone {
		// a number alone, and not «1.» before «1»
	} else if c, rest, ok := codeHead(l); ok && c.style != styleSmall {
		if _, scored := tail(rest); c.style == styleNumber && len(c.parts) == 1 && scored && !namedForm.MatchString(fold(l)) && !b.next(c, open, last) {
			return code{}, "", false
		}
		return c, rest, true
	}
	if c, _, ok := codeCell(l); ok && c.style != styleSmall && (len(c.parts) > 1 && c.parts[0] > 0 && (open == nil || open.title != "") && !(open != nil && isPoints(l) && !last.holds(&c)) || len(c.parts) < 2 && open == nil && b.next(c, open, last)) {
		return c, "", true
	}
	m := bareCode.FindStringSubmatch(l)
	if m == nil {
		return code{}, "", false
	}
	c, _, ok = codeCell(m[1])
	if !ok || !b.next(c, open, last) {
		return code{}, "", false
	}
	if p, scored := tail(m[2]); scored && c.style == styleNumber && p.label != "" && strings.Contains(m[2], ":") {
		return code{}, "", false // «2 văn bản: 0,5»
	}
	return c, m[2], true
}

// next reports whether a single number goes on where the criteria stand.
func (b *builder) next(c code, open *entry, last code) bool {
	before, headed := map[style]string{}, false
	first := b.current == nil && open == nil
	for at := b.current; at != nil; at = at.up {
		if _, ok := before[at.code.style]; !ok {
			before[at.code.style] = at.code.text
		}
		headed = headed || at.code.style == styleRoman || at.code.style == styleLetter
	}
	if open != nil {
		before[last.style] = last.text
	}
	old, ok := before[c.style]
	switch c.style {
	case styleNumber:
		n := 0
		if ok {
			o, _, _ := codeCell(old)
			n = o.parts[len(o.parts)-1]
		}
		return c.parts[0] == n+1 && (ok || first || headed || before[styleRoman] != "" || before[styleLetter] != "")
	case styleRoman:
		return c.text == roman(romanOf(old)+1)
	case styleLetter:
		return !ok && c.text == "A" || ok && len(old) == 1 && len(c.text) == 1 && c.text[0] == old[0]+1
	}
	return false
}

var romans = []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"}

func roman(n int) string {
	if n < 0 || n >= len(romans) {
		return "?"
	}
	return romans[n]
}

func romanOf(s string) int {
	for i, r := range romans {
		if r == s {
			return i
		}
	}
	return -2
}
