package annex

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"giaoban/data/text"
)

var (
	// «Quyết định số 1234/QĐ-UBND ngày 08/9/2026 của UBND tỉnh …»; forms that are not
	// filled have dots or nothing for number and day.
	sourceForm = regexp.MustCompile(`quyet dinh\s+so\s*:?\s*(\d+[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?[a-z][a-z.-]*[a-z])` +
		`(?:\s*,?\s*ngay\s+(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(\d{4})|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+(\d{4})))?(?:\s+cua\s+[^)\n;.]*)?`)
	// «Số: 12/QĐ-UBND» and «A, ngày 05 tháng 01 năm 2026» of the decision itself
	ownNumber  = regexp.MustCompile(`^so\s*:?\s*(\d+[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?qd[a-z.-]*[a-z])$`)
	signedForm = regexp.MustCompile(`\bngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+(\d{4})$`)
	restsForm  = regexp.MustCompile(`^(?:can cu|xet|theo|thay the|sua doi)`)
	ofYear     = regexp.MustCompile(`\bnam\s+(20\d\d)\b`)
	titleWords = []string{"tieu chi", "chi so", "thang diem", "bang diem", "cham diem", "danh gia", "xep loai", "cai cach hanh chinh"}
	// lines of a decision that are no title of its annex
	notTitle = regexp.MustCompile(`^(?:bang tieu chi$|phu luc\b.{0,12}$|quyet dinh$|cong hoa xa hoi|doc lap|uy ban nhan dan|ubnd|hoi dong|can cu|theo de nghi|xet |dieu \d|noi nhan|so\s*:|\(|v/v|ve viec)`)
)

// headLine notes a line that stands before the criteria.
func (b *builder) headLine(s string) {
	if len(b.roots) == 0 && b.current == nil {
		for _, l := range splitLines(s) {
			if k := len(b.heads) - 1; k >= 0 && strings.HasPrefix(b.heads[k], "(") && !strings.HasSuffix(b.heads[k], ")") && len(b.heads[k]) < 400 {
				b.heads[k] = text.Line(b.heads[k] + " " + l) // «(Kèm theo … của UBND tỉnh» over two lines
				continue
			}
			b.heads = append(b.heads, text.Line(l))
		}
	}
}

// head finds in the lines before the criteria the title of the annex, the decision that
// it belongs to, the year that it is of, and what it says above its table; "" and 0 for
// what is not there.
func (b *builder) head() (title, source string, year int, before string) {
	ofDay, taken := 0, false
	own, ownYear := "", 0
	for _, l := range b.heads {
		f := fold(l)
		if n := ownNumber.FindStringSubmatchIndex(f); n != nil {
			own = "Quyết định số " + cut(l, f, n[2], n[3])
		} else if s := signedForm.FindStringSubmatchIndex(f); s != nil && own != "" && !strings.Contains(own, "ngày") {
			own, ownYear = own+" "+cut(l, f, s[0], s[1]), atoi(f[s[2]:s[3]])
		}
		m := sourceForm.FindStringSubmatchIndex(f)
		if m == nil || restsForm.MatchString(f) {
			continue
		}
		// The decision that the annex came with, before those that it rests on.
		with := strings.Contains(f, "kem theo")
		if source != "" && (taken || !with) {
			continue
		}
		source, taken = strings.TrimRight(cut(l, f, m[0], m[1]), " ,"), with
		source = text.Sentence(source)
		for k := 4; k < 8; k += 2 {
			if m[k] >= 0 {
				ofDay = atoi(f[m[k]:m[k+1]])
			}
		}
	}
	if !taken && own != "" {
		source, ofDay = own, ownYear
	}
	title, behind := b.titled()
	year = yearOf(title)
	for _, l := range b.heads {
		if m := ofYear.FindStringSubmatch(fold(l)); m != nil && year == 0 && !sourceForm.MatchString(fold(l)) {
			year = atoi(m[1])
		}
	}
	if year == 0 {
		year = ofDay
	}
	return title, source, year, b.before(behind)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// titled finds the title: the last lines in capitals that speak of criteria, else the
// last line that does; a line «Năm 2026» behind it is its year. behind is the line behind
// the title.
func (b *builder) titled() (title string, behind int) {
	speaks := func(l string) bool {
		f := fold(l)
		return !notTitle.MatchString(f) && slices.ContainsFunc(titleWords, func(w string) bool { return strings.Contains(f, w) })
	}
	end := -1
	for i, l := range b.heads {
		if end >= 0 && noteForm.MatchString(fold(l)) {
			break // what is said about the table
		}
		if speaks(l) && (allCapitals(l) || end < 0 || !allCapitals(b.heads[end])) && len([]rune(l)) < 250 {
			end = i
		}
	}
	if end < 0 {
		for i, l := range b.heads {
			if yearOf(l) > 0 && !notTitle.MatchString(fold(l)) && !noteForm.MatchString(fold(l)) {
				title, behind = l, i+1
			}
		}
		return title, behind
	}
	from, to := end, end+1
	if allCapitals(b.heads[end]) {
		for from > 0 && allCapitals(b.heads[from-1]) && !notTitle.MatchString(fold(b.heads[from-1])) {
			from--
		}
	}
	for to < len(b.heads) && (allCapitals(b.heads[end]) && allCapitals(b.heads[to]) || ofYear.MatchString(fold(b.heads[to])) && len(b.heads[to]) < 20) && !notTitle.MatchString(fold(b.heads[to])) {
		to++
	}
	return strings.Join(b.heads[from:to], " "), to
}

func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 3
}
