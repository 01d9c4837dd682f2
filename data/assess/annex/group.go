package annex

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data/scoring"
)

var (
	placeForm = regexp.MustCompile(`\b(?:thu|hang|vi tri|nhom)\s+(?:thu\s+)?(nhat|nhi|hai|ba|tu|nam|\d{1,3})\b`)
	// «hạng 1 đến 3», «thứ hai, thứ ba», «từ thứ 4 đến thứ 10»
	placeMore = regexp.MustCompile(`(?:\bden|–|-|,|\bva)\s*(?:(?:thu|hang|vi tri)\s+)*(nhat|nhi|hai|ba|tu|nam|\d{1,3})\b`)
	placeRest = regexp.MustCompile(`\b(?:con lai|tro (?:len|di|xuong|ve sau)|khac)\b`)
	// «(cao nhất – thấp nhất)», of which the unit's figure may be called «tỷ lệ» or «giá trị»
	spanForm = regexp.MustCompile(`cao nhat[^()/]{0,40}[-–−][^()/]{0,40}thap nhat`)
	// the share counts down from the best: «(cao nhất – của đơn vị) / …»
	downForm = regexp.MustCompile(`\(\s*[^()/–−-]{0,40}cao nhat[^()/–−-]{0,40}[-–−][^()/]*\)\s*[/:]`)
	// figures of which less is better
	lessForm   = regexp.MustCompile(`\b(?:thoi gian|qua han|tre han|tre hen|vi pham|sai sot|sai pham|ton dong|chi phi)\b`)
	placeNames = map[string]int{"nhat": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
)

// group reads points that depend on the other units: by place, in proportion to the
// best of them, or from the worst to the best.
func (r *reader) group() (scoring.Rule, bool) {
	around := fold(r.n.Title) + " " + r.whole
	said := func(phrases ...string) bool {
		return slices.ContainsFunc(phrases, func(s string) bool { return strings.Contains(around, s) })
	}
	if !said("trong nhom", "don vi khac", "cac don vi", "giua cac", "so voi don vi", "so voi cac", "don vi co", "don vi dat", "cac xa", "dia phuong co", "dia phuong khac", "cao nhat cua nhom", "thap nhat cua nhom") {
		return nil, false
	}
	out := &scoring.Relative{Input: scoring.ByNumber, Less: strings.Contains(around, "thap nhat") && !strings.Contains(around, "cao nhat")}
	if title := fold(r.n.Title); strings.Contains(title, "ty le") || strings.Contains(title, "ti le") || strings.Contains(title, "%") {
		out.Input = scoring.ByPercent
	}
	if places := r.places(); len(places) > 0 {
		out.Against, out.Places = scoring.ByPlace, places
		if out.Less = out.Less || lessForm.MatchString(fold(r.n.Title)) && !strings.Contains(around, "cao nhat"); out.Less {
			r.note("hạng 1 là số liệu thấp nhất")
		} else {
			r.note("hạng 1 là số liệu cao nhất")
		}
		r.note("hạng tính từ số liệu của các đơn vị trong nhóm; nếu hạng do nơi khác công bố, chọn «Mức theo số lượng» và nhập hạng")
		return out, true
	}
	high, low := strings.Contains(around, "cao nhat") || strings.Contains(around, "tot nhat") || strings.Contains(around, "nhieu nhat"), strings.Contains(around, "thap nhat") || strings.Contains(around, "it nhat")
	switch {
	case high && low && (spanForm.MatchString(around) || said("min-max", "min - max", "khoang")):
		out.Against, out.Less = scoring.ByRange, downForm.MatchString(around)
	case (high || low) && len(r.scored()) <= 1 && said("diem toi da", "theo ty le", "theo ti le", "tuong ung", "chia cho", "/"):
		out.Against = scoring.ByBest
	default:
		return nil, false
	}
	return out, true
}

// places reads «hạng 1: 5 điểm; hạng 2 đến 3: 4 điểm; còn lại: 1 điểm», nil for what is
// something else.
func (r *reader) places() (out []scoring.Place) {
	last := 0
	for _, p := range r.scored() {
		m := placeForm.FindStringSubmatchIndex(p.fold)
		switch {
		case placeRest.MatchString(p.fold) && len(out) > 0:
			return append(out, scoring.Place{Points: p.points})
		case m == nil:
			return nil
		}
		to := placeOf(p.fold[m[2]:m[3]])
		for _, more := range placeMore.FindAllStringSubmatch(p.fold[m[1]:], -1) {
			to = max(to, placeOf(more[1]))
		}
		if to <= last {
			return nil
		}
		last = to
		out = append(out, scoring.Place{To: to, Points: p.points})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func placeOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return placeNames[s]
}
