package scoring

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/basis"
	"giaoban/data/scoring"
)

// MetricColumns are the columns of the figures that a set names.
func MetricColumns() []RuleColumn {
	return []RuleColumn{{Title: "Mã số liệu", Width: 190}, {Title: "Tên", Flex: true}, {Title: "Định nghĩa: đếm gì, chia cho gì", Width: 260}}
}

// MetricRows lists the figures that the open set names.
func (s *Sets) MetricRows() [][]string {
	var out [][]string
	if s.set != nil {
		for _, m := range s.set.Metrics {
			out = append(out, []string{m.ID, m.Title, m.Definition})
		}
	}
	return out
}

// KeepMetrics changes the figures that the open set names. Its errors belong to
// the rows metrics.0, metrics.1, ….
func (s *Sets) KeepMetrics(ctx context.Context, rows [][]string) error {
	var out []scoring.Metric
	seen := map[string]bool{}
	for i, row := range rows {
		if len(row) == 0 {
			continue
		}
		field := rowField("metrics", i)
		m := scoring.Metric{ID: cellOf(row, 0), Title: cellOf(row, 1), Definition: cellOf(row, 2)}
		switch {
		case m.ID == "" || strings.ContainsAny(m.ID, " \t\n"):
			return refuse(field, "Nhập mã viết liền của số liệu, ví dụ ngan_sach.thu.")
		case seen[m.ID]:
			return refuse(field, "Mã «%s» ghi hai lần.", m.ID)
		case m.Title == "":
			return refuse(field, "Nhập tên của số liệu «%s».", m.ID)
		}
		seen[m.ID] = true
		for _, list := range [][]scoring.Metric{s.setMetrics(), shippedMetrics()} {
			if k := slices.IndexFunc(list, func(x scoring.Metric) bool { return x.ID == m.ID }); k >= 0 {
				m.Type = list[k].Type
				break
			}
		}
		out = append(out, m)
	}
	return s.Edit(ctx, "các số liệu nguồn", func(set *scoring.Set) error {
		set.Metrics = out
		return nil
	})
}

func (s *Sets) setMetrics() []scoring.Metric {
	if s.set == nil {
		return nil
	}
	return s.set.Metrics
}

// shippedMetrics are the figures that the sets of the program name.
func shippedMetrics() []scoring.Metric {
	var out []scoring.Metric
	for _, set := range scoring.Shipped() {
		for _, m := range set.Metrics {
			if !slices.ContainsFunc(out, func(x scoring.Metric) bool { return x.ID == m.ID }) {
				out = append(out, m)
			}
		}
	}
	return out
}

func (s *Sets) metric(id string) (scoring.Metric, bool) {
	for _, list := range [][]scoring.Metric{s.setMetrics(), shippedMetrics()} {
		for _, m := range list {
			if m.ID == id {
				return m, true
			}
		}
	}
	return scoring.Metric{}, false
}

// MetricChoices lists the figures that a criterion may be answered by: those of
// the open set, and those that the register gives.
func (s *Sets) MetricChoices() []Choice {
	var out []Choice
	add := func(m scoring.Metric) {
		if slices.ContainsFunc(out, func(c Choice) bool { return c.Key == m.ID }) {
			return
		}
		label := m.Title
		if book.Answers(m.ID) {
			label += " (có trong sổ hồ sơ)"
		}
		out = append(out, Choice{m.ID, label})
	}
	for _, m := range s.setMetrics() {
		add(m)
	}
	for _, m := range shippedMetrics() {
		if book.Answers(m.ID) {
			add(m)
		}
	}
	return out
}

// ScopeChoices lists whose dossiers count where the office scores itself: the levels
// that there are in the year of the set, and the one that is chosen already.
func ScopeChoices(h SetHead, chosen string) []Choice {
	out := []Choice{{"all", "Cấp mình và cấp dưới"}}
	day := data.NoDay
	if year, err := strconv.Atoi(h.Year); err == nil {
		day = data.Date(year, 12, 31)
	}
	for _, l := range []data.Level{data.LevelDistrict, data.LevelCommune, data.LevelVertical} {
		if slices.Contains(basis.Levels(day), l) || string(l) == chosen {
			out = append(out, Choice{string(l), l.Name()})
		}
	}
	return out
}

// NodeMetric returns the figures that answer a criterion.
func (s *Sets) NodeMetric(code string) (ref scoring.MetricRef) {
	if s.set != nil {
		if n := s.set.Node(code); n != nil && n.Metric != nil {
			ref = *n.Metric
		}
	}
	return ref
}

// KeepNodeMetric sets the figures that answer a criterion; an empty value takes
// them off. Figures that the set does not name yet are declared. Its errors belong
// to the fields value, numerator and denominator.
func (s *Sets) KeepNodeMetric(ctx context.Context, code string, ref scoring.MetricRef) error {
	switch {
	case ref.Value == "" && (ref.Numerator != "" || ref.Denominator != ""):
		return refuse("value", "Chọn số liệu trả lời tiêu chí, hoặc để trống cả tử số và mẫu số.")
	case ref.Numerator == "" && ref.Denominator != "":
		return refuse("numerator", "Chọn cả tử số và mẫu số, hoặc để trống cả hai.")
	case ref.Numerator != "" && ref.Denominator == "":
		return refuse("denominator", "Chọn cả tử số và mẫu số, hoặc để trống cả hai.")
	}
	return s.Edit(ctx, "số liệu của tiêu chí "+code, func(set *scoring.Set) error {
		n := set.Node(code)
		if n == nil {
			return data.Fail(data.NotFound, "Tiêu chí "+code+" không còn trong bộ tiêu chí.", nil)
		}
		if n.Metric = nil; ref.Value == "" {
			return nil
		}
		n.Metric = &ref
		for _, id := range []string{ref.Value, ref.Numerator, ref.Denominator} {
			if m, ok := s.metric(id); ok {
				set.UseMetric(m)
			}
		}
		return nil
	})
}
