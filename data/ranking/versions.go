package ranking

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"giaoban/data"
)

// Bounds of what a model may ask.
const (
	mostWeight    = 1000
	mostThreshold = 100
)

// Same reports whether two models are one version: of one id, holding from one day.
func (m *Model) Same(o *Model) bool { return m.ID == o.ID && m.From == o.From }

// With returns all versions of all models, by id and the day from which they hold: the
// shipped ones, or in their place those of the office.
func With(own []Model) []Model {
	all := slices.Clone(own)
	for _, m := range Models() {
		if !slices.ContainsFunc(own, func(o Model) bool { return o.Same(&m) }) {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b Model) int { return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From)) })
	return all
}

// On returns the models that hold on a day, by id: of each the version that began last,
// unless it has ended.
func On(all []Model, day data.Day) (out []Model) {
	for i, m := range all {
		begun := !m.From.Known() || m.From <= day
		later := i+1 < len(all) && all[i+1].ID == m.ID && (!all[i+1].From.Known() || all[i+1].From <= day)
		if begun && !later && (!m.To.Known() || day <= m.To) {
			out = append(out, m)
		}
	}
	return out
}

// Find returns the model with an id, in capitals or not; nil for none.
func Find(list []Model, id string) *Model {
	return data.Find(list, func(m *Model) bool { return strings.EqualFold(m.ID, id) })
}

// Measure is what a model may count: a rate, or a number of things.
type Measure struct {
	ID, Name string
	Rate     bool
}

var idPattern = regexp.MustCompile(`^[A-Z][A-Z0-9_-]{0,19}$`)

func refuse(field, format string, args ...any) error {
	return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Check tells what is wrong with a model, given what can be measured. The error carries
// its field: "id", "name", "to", "minimum", "volume", "tolerance", "criteria", "minus".
func (m *Model) Check(measures []Measure) error {
	tolerance, err := data.ParseDecimal(m.Tolerance)
	switch {
	case !idPattern.MatchString(m.ID):
		return refuse("id", "Mã mô hình gồm chữ in hoa không dấu, số, gạch; bắt đầu bằng chữ, dài nhất 20 ký tự.")
	case m.Name == "":
		return refuse("name", "Mô hình chưa có tên. Nhập tên.")
	case m.From.Known() && m.To.Known() && m.To < m.From:
		return refuse("to", "Ngày hết hiệu lực %s trước ngày bắt đầu %s. Sửa một trong hai ngày.", m.To, m.From)
	case m.Minimum < 0 || m.Minimum > data.MaxCount:
		return refuse("minimum", "Số lượng tối thiểu từ 0 đến %s.", data.FormatInt(data.MaxCount))
	case err != nil || tolerance.Sign() < 0:
		return refuse("tolerance", "Dung sai là số điểm từ 0, ví dụ 0,001.")
	}
	kind := func(id string) (rate, known bool) {
		i := slices.IndexFunc(measures, func(x Measure) bool { return x.ID == id })
		return i >= 0 && measures[i].Rate, i >= 0
	}
	if rate, known := kind(m.Volume); m.Volume != "" && (rate || !known) {
		return refuse("volume", "Khối lượng phải là một số đếm có trong danh sách số liệu.")
	}
	if err := m.checkCriteria(kind); err != nil {
		return err
	}
	for i, x := range m.Minus {
		switch rate, known := kind(x.Measure); {
		case x.Name == "":
			return refuse("minus", "Dòng %d: điểm trừ chưa có tên.", i+1)
		case !known || rate:
			return refuse("minus", "Dòng %d, «%s»: chọn số đếm bị trừ điểm.", i+1, x.Name)
		case x.Each <= 0 || x.Most < x.Each || x.Most > mostWeight:
			return refuse("minus", "Dòng %d, «%s»: mỗi trường hợp trừ từ 1 điểm; tối đa không nhỏ hơn mức ấy và không quá %d điểm.", i+1, x.Name, mostWeight)
		}
	}
	return nil
}

func (m *Model) checkCriteria(kind func(string) (rate, known bool)) error {
	switch {
	case m.Index766 && len(m.Criteria)+len(m.Minus) > 0:
		return refuse("criteria", "Mô hình theo điểm 766 lấy điểm sáu nhóm của bộ chỉ số, không có tiêu chí riêng. Bỏ dấu «Theo điểm 766» hoặc bỏ các tiêu chí.")
	case !m.Index766 && len(m.Criteria) == 0:
		return refuse("criteria", "Mô hình chưa có tiêu chí. Thêm ít nhất một tiêu chí.")
	}
	seen := map[string]bool{}
	for i, c := range m.Criteria {
		switch rate, known := kind(c.Measure); {
		case c.Name == "":
			return refuse("criteria", "Dòng %d: tiêu chí chưa có tên.", i+1)
		case !known || !rate:
			return refuse("criteria", "Dòng %d, «%s»: chọn một tỷ lệ.", i+1, c.Name)
		case seen[c.Measure]:
			return refuse("criteria", "Dòng %d, «%s»: tỷ lệ này đã có ở dòng trên. Gộp trọng số vào một dòng.", i+1, c.Name)
		case c.Weight <= 0 || c.Weight > mostWeight:
			return refuse("criteria", "Dòng %d, «%s»: trọng số từ 1 đến %d điểm.", i+1, c.Name, mostWeight)
		case c.Threshold < 0 || c.Threshold > mostThreshold:
			return refuse("criteria", "Dòng %d, «%s»: ngưỡng từ 0 đến %d %%; để trống khi không có ngưỡng.", i+1, c.Name, mostThreshold)
		case c.Least < 0 || c.Least > data.MaxCount:
			return refuse("criteria", "Dòng %d, «%s»: mẫu tối thiểu từ 0.", i+1, c.Name)
		}
		seen[c.Measure] = true
	}
	return nil
}

// Whole makes a model as it was typed whole: an id of capitals, criteria and deductions
// with ids (those of the shipped models for the same measures), and none for a model that
// takes the points of index 766.
func (m *Model) Whole() {
	m.ID = strings.ToUpper(m.ID)
	if m.Index766 {
		m.Criteria, m.Minus = nil, nil
	}
	for i := range m.Criteria {
		m.Criteria[i].ID = idOf(m.Criteria[i].Measure)
	}
	for i := range m.Minus {
		m.Minus[i].ID = idOf(m.Minus[i].Measure)
	}
}

func idOf(measure string) string {
	for _, m := range Models() {
		for _, c := range m.Criteria {
			if c.Measure == measure {
				return c.ID
			}
		}
		for _, x := range m.Minus {
			if x.Measure == measure {
				return x.ID
			}
		}
	}
	return measure
}
