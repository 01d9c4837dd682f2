package assess

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/scoring"
)

// Indices are the indices that the program knows, with their usual components
// (scoring, section 6). Readings of others may be kept under any name.
func Indices() []Index {
	var list []Index
	assets.Read("indices.json", &list)
	return list
}

// IndexByID returns a known index, nil for others.
func IndexByID(id string) *Index {
	for _, x := range Indices() {
		if x.ID == id {
			return &x
		}
	}
	return nil
}

// When writes the year or the day of a reading.
func (r *Reading) When() string {
	if r.Day.Known() {
		return r.Day.String()
	}
	return fmt.Sprint(r.Year)
}

func (r *Reading) order() data.Day {
	if r.Day.Known() {
		return r.Day
	}
	return data.Date(r.Year, 12, 31)
}

// Series returns the readings of an index for one unit by time, for a line.
func Series(list []Reading, index, unit string) []Reading {
	out := data.Where(list, func(r Reading) bool { return r.Index == index && r.Unit == unit })
	slices.SortStableFunc(out, func(a, b Reading) int { return cmp.Compare(a.order(), b.order()) })
	return out
}

// Delta returns the change of the value, and how many places the rank went up
// (a smaller rank is better); ranked is false where either has no rank, ok where
// the scales differ.
func Delta(now, before Reading) (value scoring.Number, places int, ranked, ok bool) {
	if !now.Scale.Equal(before.Scale) {
		return value, 0, false, false
	}
	d := now.Value.Rat()
	d.Sub(d, before.Value.Rat())
	return scoring.NumberOf(d), before.Rank - now.Rank, now.Rank > 0 && before.Rank > 0, true
}

// Reached reports whether the target is reached; known is false without a
// target.
func (r *Reading) Reached() (reached, known bool) {
	value := r.Target != nil
	rank := r.TargetRank > 0 && r.Rank > 0
	if !value && !rank {
		return false, false
	}
	return (!value || r.Value.Cmp(*r.Target) >= 0) && (!rank || r.Rank <= r.TargetRank), true
}

// Check refuses a reading without a time, beyond its scale, or whose components
// pass theirs. A figure without a date must not be printed (scoring, section 6).
func (r *Reading) Check() error {
	bad := func(field, format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
	}
	switch {
	case r.Index == "":
		return bad("index", "Chưa chọn chỉ số. Chọn chỉ số, ví dụ SIPAS.")
	case !r.Day.Known() && (r.Year < data.FirstYear || r.Year > 2200):
		return bad("year", "Chỉ số %s chưa có năm hoặc ngày. Nhập năm công bố hoặc ngày đọc số liệu.", r.Index)
	case r.Scale.Sign() <= 0:
		return bad("scale", "Chỉ số %s %s: thang điểm phải lớn hơn 0.", r.Index, r.When())
	case r.Value.Sign() < 0 || r.Value.Cmp(r.Scale) > 0:
		return bad("value", "Chỉ số %s %s: giá trị %s phải từ 0 đến %s.", r.Index, r.When(), r.Value, r.Scale)
	case r.Rank < 0 || r.Of < 0 || r.Of > 0 && r.Rank > r.Of:
		return bad("rank", "Chỉ số %s %s: hạng %d không thể có trong %d đơn vị.", r.Index, r.When(), r.Rank, r.Of)
	case r.Target != nil && (r.Target.Sign() < 0 || r.Target.Cmp(r.Scale) > 0):
		return bad("target", "Chỉ số %s %s: mục tiêu %s phải từ 0 đến %s.", r.Index, r.When(), r.Target, r.Scale)
	}
	for _, p := range r.Components {
		if p.Value.Sign() < 0 || p.Max.Sign() > 0 && p.Value.Cmp(p.Max) > 0 {
			return bad("components", "Chỉ số %s %s, thành phần «%s»: giá trị %s phải từ 0 đến %s.", r.Index, r.When(), p.Name, p.Value, p.Max)
		}
	}
	return nil
}
