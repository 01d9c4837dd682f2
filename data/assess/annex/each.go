package annex

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/data/scoring"
)

const amount = `(\d+(?:[.,]\d+)*)`

var (
	// «trễ đến 2 ngày trừ 1, sau đó mỗi ngày (thêm) (trừ) 1»
	thenEach = regexp.MustCompile(`(?:tre|cham|muon|qua han)[^\d;]{0,30}?(?:\d+\s*(?:den|–|-)\s*)?` + amount + `\s*(ngay|lan|van ban|ho so|ngay lam viec)\b[^\d;]{0,20}?tru\s*` + amount +
		`[^\d;]{0,12}[,;.]\s*(?:sau do|tiep theo|tu ngay thu ` + amount + `(?: tro di)?|them|tiep do|con lai)[^\d;]{0,10}?\b(?:moi|cu)\b[^\d;]{0,40}?` + amount)
	// «mỗi văn bản chậm trừ 0,25»
	eachLess = regexp.MustCompile(`(?:\bmoi\b|\bcu(?: moi| co)?\b|\b(?:co )?0?1\b\D|\bmot\b)\s*(.*?)[,:]?\s*(?:\bthi\b|\bse\b|\bbi\b)?\s*\btru\b\s*(?:di\s*|them\s*)?(?::\s*)?` + amount)
	// «trừ 1 điểm/hồ sơ», «trừ 0,5 điểm cho mỗi hồ sơ»
	lessEach = regexp.MustCompile(`\btru\s*` + amount + `\s*(?:diem|d)?\s*(?:/\s*(?:0?1\s+|mot\s+)?|(?:cho\s+|doi voi\s+)?(?:moi|tung)\s+(?:0?1\s+)?)([a-z][^\d,;.()]{1,60})`)
	// «mỗi 1% thấp hơn 95% trừ 0,2»
	shareLess = regexp.MustCompile(`(?:\bmoi\b|\bcu(?: moi)?\b)\s*(?:giam\s*)?` + amount + `\s*%\s*([^\d]*?)(?:` + amount + `\s*%)?[^\d]*?\btru\b\s*(?:di\s*)?` + amount)
	shareMore = regexp.MustCompile(`(?:\bmoi\b|\bcu(?: moi)?\b)\s*(?:(?:tang|dat|hoan thanh)(?: them| duoc)?\s*)?` + amount + `\s*%\s*([^\d]*?)(?:` + amount + `\s*%)?[^\d]*?\b(?:cong|them|duoc|tinh|dat)\b\s*(?:them\s*|cong\s*)*(?::\s*)?` + amount)
	eachMore  = regexp.MustCompile(`(?:\bmoi\b|\bcu(?: moi| co)?\b)\s*` + `(?:` + amount + `\s*)?([^\d:;]*?)[,]?\s*(?:(?:\bthi\b|\bse\b)?\s*(?:\b(?:cong|them|duoc|tinh|dat|cho)\b\s*(?:them\s*|cong\s*|thuong\s*|tinh\s*|la\s*)*|\bthuong\s*(?:them\s*)?)|:\s*)` + amount)
	// «mỗi người 0,5 điểm»
	eachPlain = regexp.MustCompile(`\bmoi\s+()([a-z][^\d:;,.]{1,50}?)\s+` + amount + `\s*(?:diem|d)\b`)
	beyond    = regexp.MustCompile(`\b(?:tren|vuot|tu)\s*` + amount)
	most      = regexp.MustCompile(`\b(?:tru\s+)?(?:toi da|khong qua|khong vuot qua|nhieu nhat)\s*(?:la\s*|den\s*|tru\s*|cong\s*)?` + amount + `\s*(?:diem|d)?\b`)
)

func scorePoints(s string) scoring.Points {
	p, _ := points(s)
	return p
}

// ceiling reads «tối đa 2», 0 for none.
func ceiling(f string) scoring.Points {
	if m := most.FindStringSubmatch(f); m != nil {
		return scorePoints(m[1])
	}
	return 0
}

// deduct is «mỗi … trừ …, tối đa …», «trễ đến 2 ngày trừ 1, sau đó mỗi ngày 1».
func (r *reader) deduct() (scoring.Rule, bool) {
	if !strings.Contains(r.whole, "tru") {
		return nil, false
	}
	d := &scoring.Deduct{Start: r.n.Max}
	add := func(e scoring.Event) {
		e.ID = fmt.Sprintf("k%d", len(d.Events)+1)
		d.Events = append(d.Events, e)
	}
	var overall scoring.Points
	limits := map[int]scoring.Points{} // of the events of one sentence
	for _, sentence := range sentences(r.text) {
		f := fold(sentence)
		if shareLess.MatchString(f) {
			return nil, false
		}
		if m := thenEach.FindStringSubmatchIndex(f); m != nil {
			first, base, unit, more := f[m[2]:m[3]], scorePoints(f[m[6]:m[7]]), f[m[4]:m[5]], scorePoints(f[m[10]:m[11]])
			add(scoring.Event{Label: "Số " + unitLabel(unit) + " chậm" + lastClause(cut(sentence, f, 0, m[0])), Expr: fmt.Sprintf("if(n = 0; 0; %s + %s * max(0; n - %s))", plain(base), plain(more), strings.TrimLeft(first, "0"))})
			continue
		}
		from := len(d.Events)
		for _, e := range lessFor(sentence) {
			add(e)
		}
		switch c := ceiling(f); {
		case c == 0 || c >= r.n.Max:
		case len(d.Events) == from+1:
			limits[from] = c
		default:
			overall = c
		}
	}
	if len(d.Events) == 0 {
		return nil, false
	}
	for i, c := range limits {
		if e := &d.Events[i]; len(d.Events) == 1 {
			overall = c
		} else {
			e.Expr, e.Points = fmt.Sprintf("min(%s; %s * n)", c, e.Points), 0
		}
	}
	if overall > 0 {
		d.Floor = r.n.Max - overall
		r.note("trừ tối đa " + overall.String() + ", điểm thấp nhất " + d.Floor.String())
	}
	return d, true
}

// lessFor reads «mỗi … trừ …», else «trừ … điểm/…», each with what it is for.
func lessFor(sentence string) (out []scoring.Event) {
	f := fold(sentence)
	for _, m := range eachLess.FindAllStringSubmatchIndex(f, -1) {
		label := strings.Trim(cut(sentence, f, m[2], m[3]), " :,.-–")
		before := strings.Trim(unbullet(cut(sentence, f, 0, m[0])), " :,.-–(")
		if label = strings.TrimSpace("Mỗi " + label); len([]rune(label)) < 7 && before != "" {
			label = "Mỗi " + before
		} else {
			label += lastClause(before) // «Vắng 01 cuộc trừ 2»: mỗi cuộc (vắng)
		}
		if p := scorePoints(f[m[4]:m[5]]); p > 0 {
			out = append(out, scoring.Event{Label: label, Points: p})
		}
	}
	if len(out) > 0 {
		return out
	}
	before := 0
	for _, m := range lessEach.FindAllStringSubmatchIndex(f, -1) {
		if p := scorePoints(f[m[2]:m[3]]); p > 0 {
			out = append(out, scoring.Event{Label: "Mỗi " + strings.Trim(cut(sentence, f, m[4], m[5]), " :,.-–") + lastClause(cut(sentence, f, before, m[0])), Points: p})
		}
		before = m[1]
	}
	return out
}

// lastClause is what stands before «trừ …», in brackets: « (bị cảnh cáo)» of «Bị khiển
// trách: trừ 3; bị cảnh cáo:», without what was said before it; "" for what names nothing.
func lastClause(before string) string {
	clauses := strings.FieldsFunc(unbullet(before), func(r rune) bool { return strings.ContainsRune(".;:,", r) })
	for len(clauses) > 0 && strings.TrimSpace(clauses[len(clauses)-1]) == "" {
		clauses = clauses[:len(clauses)-1]
	}
	if len(clauses) == 0 {
		return ""
	}
	last := strings.Trim(clauses[len(clauses)-1], " -–(")
	if f := fold(last); len(f) < 4 || len(f) > 60 || strings.HasPrefix(f, "thi ") || strings.HasPrefix(f, "diem ") {
		return ""
	}
	first, size := utf8.DecodeRuneInString(last)
	if next, _ := utf8.DecodeRuneInString(last[size:]); !unicode.IsUpper(next) {
		last = string(unicode.ToLower(first)) + last[size:]
	}
	return " (" + last + ")"
}

// sentences parts words at line ends and semicolons; «; sau đó …» belongs to what stands
// before it.
func sentences(words string) (out []string) {
	for _, s := range splitLines(strings.ReplaceAll(words, ";", "\n")) {
		if f := fold(unbullet(s)); len(out) > 0 && (strings.HasPrefix(f, "sau do") || strings.HasPrefix(f, "tu ngay thu")) {
			out[len(out)-1] += ", " + s
			continue
		}
		out = append(out, s)
	}
	return out
}

// plain writes points without noughts at their end.
func plain(p scoring.Points) string {
	return strings.TrimSuffix(strings.TrimRight(p.String(), "0"), ",")
}

func unitLabel(f string) string {
	return map[string]string{"ngay": "ngày", "lan": "lần", "van ban": "văn bản", "ho so": "hồ sơ", "ngay lam viec": "ngày làm việc"}[f]
}

// steps are points for each further unit: «mỗi sáng kiến 0,5, tối đa 2», «mỗi 1% thấp
// hơn 95% trừ 0,2».
func (r *reader) steps() (scoring.Rule, bool) {
	number := func(s string, usual int64) scoring.Number {
		if n, err := scoring.ParseNumber(s); err == nil && s != "" {
			return n
		}
		return scoring.Int(usual)
	}
	if m := shareLess.FindStringSubmatch(r.whole); m != nil {
		s := &scoring.Steps{Input: scoring.ByPercent, Each: number(m[1], 1), From: number(m[3], 100), Below: true, Points: -scorePoints(m[4])}
		if n, ok := r.fullFrom(); m[3] == "" && ok {
			s.From = n
		} else if m[3] == "" {
			r.note("quyết định không ghi tính từ tỷ lệ nào; lấy 100%")
		}
		return s, s.Points != 0
	}
	if m := shareMore.FindStringSubmatch(r.whole); m != nil {
		s := &scoring.Steps{Input: scoring.ByPercent, Each: number(m[1], 1), From: number(m[3], 0), Points: scorePoints(m[4])}
		s.Over = strings.Contains(m[2], "vuot") || strings.Contains(m[2], "tang")
		if m[3] == "" && strings.Contains(m[2], "vuot") {
			s.From = scoring.Int(100)
		}
		return s, s.Points > 0
	}
	m := eachMore.FindStringSubmatchIndex(r.whole)
	if m == nil {
		m = eachPlain.FindStringSubmatchIndex(r.whole)
	}
	if m == nil || len(r.scored()) > 2 || strings.Contains(r.whole, "moi noi dung") && len(r.scored()) > 1 {
		return nil, false
	}
	each := ""
	if m[2] >= 0 {
		each = r.whole[m[2]:m[3]]
	}
	s := &scoring.Steps{Input: scoring.ByNumber, Each: number(each, 1), Points: scorePoints(r.whole[m[6]:m[7]])}
	all := strings.ReplaceAll(r.text, "\n", " ")
	if len([]rune(all)) == len([]rune(r.whole)) {
		s.Unit = strings.Trim(cut(all, r.whole, m[4], m[5]), " :,.")
	}
	if n := beyond.FindAllStringSubmatch(r.whole[:m[0]], -1); n != nil {
		s.From = number(n[len(n)-1][1], 0)
	}
	for _, p := range r.scored() {
		// «đến 5.000 người: 4 điểm; trên 5.000 người, mỗi 3.000 người thêm 0,5»
		if c, ok := condOf(p.fold); ok && c.min == nil && c.max != nil && c.max.Equal(s.From) && !counting.MatchString(p.fold) {
			s.Start, r.used = ptr(p.points), append(r.used, p.fold)
		}
	}
	if c := ceiling(r.whole); c > 0 && c != r.n.Max {
		r.note("lời ghi tối đa " + c.String() + ", khác điểm tối đa " + r.n.Max.String())
	}
	return s, s.Points > 0
}

// ProposeAdjust reads the cases of a bonus or penalty from its words.
func ProposeAdjust(a *scoring.Adjust) (rule scoring.AdjustRule, notes []string) {
	add := func(o scoring.AdjustOption) {
		o.ID = fmt.Sprintf("k%d", len(rule.Options)+1)
		rule.Options = append(rule.Options, o)
	}
	text := strings.TrimSpace(a.Title + "\n" + a.Words)
	var limit scoring.Points
	if a.Cap != nil {
		limit = *a.Cap
	}
	for _, sentence := range sentences(text) {
		less := lessFor(sentence)
		for _, e := range less {
			add(scoring.AdjustOption{Label: e.Label, Points: e.Points, Per: scoring.PerEach})
		}
		f := fold(sentence)
		for _, form := range []*regexp.Regexp{eachMore, eachPlain} {
			m := form.FindStringSubmatchIndex(f)
			if len(less) > 0 || m == nil {
				continue
			}
			if p := scorePoints(f[m[6]:m[7]]); p > 0 {
				add(scoring.AdjustOption{Label: strings.TrimSpace("Mỗi "+strings.Trim(cut(sentence, f, m[4], m[5]), " :,.-–")) + lastClause(cut(sentence, f, 0, m[0])), Points: p, Per: scoring.PerEach})
			}
			break
		}
	}
	if len(rule.Options) > 0 {
		return rule, nil
	}
	var sum, best scoring.Points
	for _, p := range pieces(a.Words, limit) {
		if p.scored && p.points != 0 {
			o := scoring.AdjustOption{Label: p.label, Points: max(p.points, -p.points), Per: scoring.PerOnce}
			add(o)
			sum, best = sum+o.Points, max(best, o.Points)
		}
	}
	if limit > 0 && best == limit && sum > limit {
		// «Nhất khối: 3; nhì khối: 2» of at most 3: one of them, not their sum.
		rule.Take = scoring.TakeHighest
		notes = append(notes, "chỉ tính trường hợp cao nhất")
	}
	if len(rule.Options) == 0 && limit > 0 {
		add(scoring.AdjustOption{Label: a.Title, Points: limit, Per: scoring.PerFree})
		notes = append(notes, "quyết định chỉ ghi mức tối đa; Hội đồng cho từ 0 đến "+limit.String())
	}
	return rule, notes
}
