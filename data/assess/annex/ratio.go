package annex

import (
	"cmp"
	"regexp"
	"strings"

	"giaoban/data/scoring"
)

var (
	// «(Số giao dịch trực tuyến / Tổng số giao dịch) x 20»
	spelled  = regexp.MustCompile(`\(\s*([a-z][^()/\d]{3,}?)\s*[/:]\s*([a-z][^()/\d]{3,}?)\s*\)\s*[x×*]\s*(?:` + amount + `|diem|so diem|100)`)
	quotient = regexp.MustCompile(`\b([a-z])\s*/\s*([a-z])\b`)
	// «điểm = tỷ lệ × điểm tối đa»
	shareTimes = regexp.MustCompile(`\bty le[^;:.\n\d]{0,40}?(?:[×*]|\bx|\bnhan(?: voi)?)\s*(?:so )?(?:diem|thang diem|` + amount + `)`)
	// «số A / tổng số B × điểm tối đa», «tỷ lệ × điểm tối đa»
	timesMax  = regexp.MustCompile(`(?:[x×*.]|\bnhan(?: voi)?\b)\s*(?:` + amount + `|so diem|diem|thang diem)|` + amount + `\s*[x×*]`)
	cutoffLow = regexp.MustCompile(`(?:duoi|nho hon|thap hon|it hon|chua dat|<)\s*` + amount + `\s*%[^;\n]*?(?:khong (?:duoc |tinh |co |cho |dat |cham )?diem|\b0 diem|:\s*0\b|\bla 0\b|duoc 0\b|= 0\b|thi 0\b|bang 0\b)`)
	// «tỷ lệ đạt được × 5», «5 × b/a»
	shareOf  = regexp.MustCompile(`(?:\bty le[^;:.\n\d]{0,40}?|\b[a-z]\s*/\s*[a-z]\s*\)?\s*)(?:[×*]|\bx|\bnhan(?: voi)?)\s*` + amount + `|` + amount + `\s*(?:[×*]|\bx\b)\s*(?:ty le\b|\(?\s*[a-z]\s*/\s*[a-z]\b)`)
	targetUp = regexp.MustCompile(`(?:(?:tu|dat|>=|≥)\s*)+` + amount + `\s*%\s*(?:tro len)?[^;\n\d]{0,25}?(?:diem toi da|tron diem|du diem|(?:[:=]|duoc|dat|tinh)\s*` + amount + `)`)
)

// ratio is «tính theo công thức b/a × điểm tối đa», with the share below which nothing
// is given.
func (r *reader) ratio() (scoring.Rule, bool) {
	q := quotient.FindStringSubmatchIndex(r.whole)
	formula := r.has("cong thuc", "tinh theo ty le", "theo ty le tuong ung", "tuong ung voi ty le", "theo ty le %", "theo ty le phan tram", "tinh diem theo ty le", "nhan voi ty le", "x ty le")
	times := spelled.MatchString(r.whole) || shareTimes.MatchString(r.whole)
	if q == nil && !formula && !times {
		return nil, false
	}
	if q == nil && !timesMax.MatchString(r.whole) && r.has("cong thuc") {
		r.kind = scoring.KindName(&scoring.Formula{})
		return nil, false
	}
	for _, p := range r.scored() {
		if p.points != 0 && p.points != r.n.Max && strings.Contains(p.label, "%") {
			r.kind = scoring.KindName(&scoring.Formula{}) // part tiers, part formula
			return nil, false
		}
	}
	out := &scoring.Ratio{}
	for _, l := range sentences(r.text) {
		if m := cutoffLow.FindStringSubmatch(fold(l)); m != nil {
			if n, err := scoring.ParseNumber(m[1]); err == nil {
				out.CutoffPct = &n
			}
		}
	}
	if n, ok := r.fullFrom(); ok && !n.Equal(scoring.Int(100)) {
		out.TargetPct = &n
	}
	if parts := spelled.FindStringSubmatchIndex(r.whole); q == nil && parts != nil {
		all := strings.ReplaceAll(r.text, "\n", " ")
		out.Numerator, out.Denominator = oneLine(cut(all, r.whole, parts[2], parts[3])), oneLine(cut(all, r.whole, parts[4], parts[5]))
	} else if q != nil {
		out.Numerator, out.Denominator = r.meaning(r.whole[q[2]:q[3]]), r.meaning(r.whole[q[4]:q[5]])
	} else {
		r.note("kiểm tra lại tử số, mẫu số")
	}

	if r.none != nil {
		out.WhenZero = r.none.How
	}
	if factor := r.factor(); out.TargetPct != nil && (q != nil || times) || factor != "max" {
		return stepped(out, factor), true
	}
	return out, true
}

// factor is what the share is multiplied by: the maximum, or another number of the words.
func (r *reader) factor() string {
	for _, m := range shareOf.FindAllStringSubmatch(r.whole, -1) {
		n, err := scoring.ParseNumber(cmp.Or(m[1], m[2]))
		if err == nil && !n.Equal(scoring.Int(100)) && scorePoints(cmp.Or(m[1], m[2])) != r.n.Max {
			return n.String()
		}
	}
	return "max"
}

// stepped is a share times a factor that may be full from a share below 100% on: «từ 90%
// trở lên: 2 điểm; dưới 90%: b/a × 2» gives 1,5 for 75%, and not 75/90 of the maximum.
// Without a case for it a = 0 is refused, as in a Ratio.
func stepped(r *scoring.Ratio, factor string) *scoring.Formula {
	f := &scoring.Formula{Vars: []scoring.Var{{ID: "b", Label: cmp.Or(r.Numerator, "Tử số của tỷ lệ")}, {ID: "a", Label: cmp.Or(r.Denominator, "Mẫu số của tỷ lệ")}}, Expr: factor + "*b/a"}
	add := func(when, expr string) { f.Cases = append(f.Cases, scoring.Case{When: when, Expr: expr}) }
	switch r.WhenZero {
	case scoring.ZeroFull:
		add("a = 0", "max")
	case scoring.ZeroZero:
		add("a = 0", "0")
	}
	if r.TargetPct != nil {
		add("b/a*100 >= "+r.TargetPct.String(), "max")
	}
	if r.CutoffPct != nil {
		add("b/a*100 < "+r.CutoffPct.String(), "0")
	}
	return f
}

// fullFrom finds the share from which a leaf has its maximum: «từ 99% trở lên: 30 điểm».
func (r *reader) fullFrom() (scoring.Number, bool) {
	for _, l := range sentences(r.text) {
		m := targetUp.FindStringSubmatch(fold(l))
		if m == nil || m[2] != "" && scorePoints(m[2]) != r.n.Max {
			continue
		}
		if n, err := scoring.ParseNumber(m[1]); err == nil {
			return n, true
		}
	}
	return scoring.Number{}, false
}

// meaning finds what a letter of the formula stands for: «a là tổng số hồ sơ».
func (r *reader) meaning(letter string) string {
	form := regexp.MustCompile(`(?:^|[\s;,.(:–-])` + letter + `\s*(?:la\b|:|=|–|-)\s*([^;\n]+?)\s*(?:[;.\n]|,\s*[a-z]\s*(?:la\b|:|=)|$)`)
	for _, l := range splitLines(r.text) {
		f := fold(l)
		for _, m := range form.FindAllStringSubmatchIndex(f, -1) {
			if text := cut(l, f, m[2], m[3]); !strings.ContainsAny(text, "/×*") {
				return strings.Trim(text, " .,:")
			}
		}
	}
	return ""
}
