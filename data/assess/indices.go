package assess

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Indices are the indices that the program knows, with their usual components
// (scoring, section 6). Readings of others may be kept under any name.
func Indices() []Index {
	part := func(name string, most int64) IndexComponent { return IndexComponent{name, scoring.Int(most)} }
	hundred := scoring.Int(100)
	return []Index{
		{ID: "PAR", Name: "Chỉ số CCHC", Publisher: "Bộ Nội vụ, UBND tỉnh", Scale: hundred, Unit: "%"},
		{ID: "SIPAS", Name: "Chỉ số hài lòng SIPAS", Publisher: "Bộ Nội vụ, UBND tỉnh", Scale: hundred, Unit: "%", Components: []IndexComponent{
			part("Tiếp cận dịch vụ", 100), part("Thủ tục hành chính", 100), part("Công chức", 100), part("Kết quả dịch vụ", 100), part("Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị", 100)}},
		{ID: "PAPI", Name: "Chỉ số PAPI", Publisher: "UNDP, CECODES", Scale: scoring.Int(80), Unit: "điểm", Components: []IndexComponent{
			part("Tham gia của người dân ở cấp cơ sở", 10), part("Công khai, minh bạch", 10), part("Trách nhiệm giải trình với người dân", 10), part("Kiểm soát tham nhũng", 10),
			part("Thủ tục hành chính công", 10), part("Cung ứng dịch vụ công", 10), part("Quản trị môi trường", 10), part("Quản trị điện tử", 10)}},
		{ID: "PCI", Name: "Chỉ số PCI", Publisher: "VCCI", Scale: hundred, Unit: "điểm"},
		{ID: "DDCI", Name: "Chỉ số DDCI", Publisher: "UBND tỉnh", Scale: hundred, Unit: "điểm"},
		{ID: "ICT", Name: "Chỉ số ICT Index", Publisher: "Bộ Thông tin và Truyền thông", Scale: scoring.Int(1)},
		{ID: "DTI", Name: "Chỉ số chuyển đổi số DTI", Publisher: "Bộ Thông tin và Truyền thông, UBND tỉnh", Scale: scoring.Int(1000), Unit: "điểm", Components: []IndexComponent{
			part("Nhận thức số", 100), part("Thể chế số", 100), part("Hạ tầng số", 100), part("Nhân lực số", 100), part("An toàn thông tin mạng", 100),
			part("Hoạt động chính quyền số", 200), part("Hoạt động kinh tế số", 150), part("Hoạt động xã hội số", 150)}},
		{ID: "QD766", Name: "Bộ chỉ số theo Quyết định 766/QĐ-TTg", Publisher: "Cổng Dịch vụ công quốc gia", Scale: hundred, Unit: "điểm", ByDay: true, Components: []IndexComponent{
			part("Công khai, minh bạch", 18), part("Tiến độ, kết quả giải quyết", 20), part("Số hóa hồ sơ", 22), part("Cung cấp dịch vụ công trực tuyến", 22), part("Mức độ hài lòng", 18)}},
	}
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
	var out []Reading
	for _, r := range list {
		if r.Index == index && r.Unit == unit {
			out = append(out, r)
		}
	}
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
