package scoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/basis"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

func refuse(field, format string, args ...any) error {
	return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// SetHead is what a new set begins with, as it is typed.
type SetHead struct {
	Key, Title, Year, Level string // Level as officers write it: Cấp xã
	Source                  string // the decision
	Total                   string
}

// levels are those that the program has names for, that of the office itself first;
// a set may have any other.
var levels = []data.Level{data.LevelDistrict, data.LevelCommune, data.LevelProvince}

// officeLevel is the level at which an office of the lowest three scores itself in a
// year: the district until that level ended, then the commune.
func officeLevel(year int) data.Level {
	return basis.LevelOn(data.LevelDistrict, data.Date(year, 12, 31))
}

// LevelNames lists the names of the usual levels of a year, as it is typed; those of
// all times for another text.
func LevelNames(year string) []string {
	var out []string
	for _, l := range levels {
		y, err := strconv.Atoi(strings.TrimSpace(year))
		if err == nil && !slices.Contains(basis.Levels(data.Date(y, 12, 31)), l) {
			continue
		}
		out = append(out, l.Name())
	}
	return out
}

// FreshHead proposes the head of a new set: of the level of the office, for the
// year after the newest set.
func (s *Sets) FreshHead() SetHead {
	year := s.m.Session.Period().From.Year()
	for _, x := range s.List {
		if !x.Sample() {
			year = max(year, x.Year+1)
		}
	}
	h := SetHead{Year: strconv.Itoa(year), Level: officeLevel(year).Name(), Total: "100,00"}
	h.Key, h.Title = s.FreshKey(h.Level, h.Year), FreshTitle(h.Year)
	return h
}

// FreshTitle proposes the name of a new set.
func FreshTitle(year string) string {
	return "Bộ tiêu chí xác định Chỉ số CCHC năm " + year
}

// FreshKey proposes the key of a new set of a level, as it is written in the form,
// and a year: one that no set has.
func (s *Sets) FreshKey(level, year string) string {
	words := strings.Fields(text.Fold(level))
	if len(words) > 1 && words[0] == "cap" {
		words = words[1:]
	}
	key := strings.Join(slices.Concat([]string{"cchc"}, words, strings.Fields(year)), "-")
	for i := 1; ; i++ {
		out := key
		if i > 1 {
			out = fmt.Sprintf("%s-%d", key, i)
		}
		if !slices.ContainsFunc(s.List, func(x SetRow) bool { return x.Key == out }) {
			return out
		}
	}
}

// Create stores a new set without criteria and opens it. It runs off the window's
// goroutine; its errors belong to the fields id, year, title, level and total.
func (s *Sets) Create(ctx context.Context, h SetHead) error {
	year, err := data.ParseYear(h.Year)
	if err != nil {
		return data.InField(err, "year")
	}
	key, title := strings.TrimSpace(h.Key), strings.Join(strings.Fields(h.Title), " ")
	switch {
	case key == "":
		return refuse("id", "Nhập mã của bộ, ví dụ cchc-huyen-%d.", year)
	case strings.ContainsAny(key, " \t\n"):
		return refuse("id", "Mã của bộ viết liền, ví dụ cchc-huyen-%d.", year)
	case title == "":
		return refuse("title", "Nhập tên bộ tiêu chí như trong quyết định.")
	case strings.TrimSpace(h.Level) == "":
		return refuse("level", "Ghi cấp được chấm, ví dụ Cấp xã, hoặc phòng, đặc khu.")
	}
	total, err := ParsePoints(h.Total)
	if err != nil || total <= 0 {
		return refuse("total", "Tổng điểm là số lớn hơn 0 có nhiều nhất ba chữ số thập phân, thường là 100.")
	}
	set := scoring.NewSet(key, scoring.LevelKey(h.Level), title, year)
	set.Meta.Total, set.Meta.Source = total, strings.TrimSpace(h.Source)
	return s.opened(s.m.Book.AddSet(ctx, set))
}

// metric finds a figure that the open set or a shipped one names.
func (s *Sets) metric(id string) (scoring.Metric, bool) {
	for _, m := range s.metrics() {
		if m.ID == id {
			return m, true
		}
	}
	return scoring.Metric{}, false
}

// metrics are the figures that the open set names, then those of the shipped sets
// that the register gives.
func (s *Sets) metrics() []scoring.Metric {
	var out []scoring.Metric
	if s.Set != nil {
		out = slices.Clone(s.Set.Metrics)
	}
	for _, set := range scoring.Shipped() {
		for _, m := range set.Metrics {
			if book.Answers(m.ID) && !slices.ContainsFunc(out, func(x scoring.Metric) bool { return x.ID == m.ID }) {
				out = append(out, m)
			}
		}
	}
	return out
}

// MetricChoices lists the figures that a criterion may be answered by.
func (s *Sets) MetricChoices() []kit.Choice {
	return kit.ChoicesOf(s.metrics(), func(m scoring.Metric) kit.Choice {
		return kit.Choice{Key: m.ID, Text: m.Title, Detail: kit.If(book.Answers(m.ID), "có trong sổ hồ sơ", "")}
	})
}

// ScopeChoices lists whose dossiers count where the office scores itself: the levels
// that there are in a year, and the one that is chosen already.
func ScopeChoices(year, chosen string) []kit.Choice {
	out := []kit.Choice{{Key: "all", Text: "Cấp mình và cấp dưới"}}
	day := data.NoDay
	if y, err := strconv.Atoi(year); err == nil {
		day = data.Date(y, 12, 31)
	}
	for _, l := range []data.Level{data.LevelDistrict, data.LevelCommune, data.LevelVertical} {
		if slices.Contains(basis.Levels(day), l) || string(l) == chosen {
			out = append(out, kit.Choice{Key: string(l), Text: l.Name()})
		}
	}
	return out
}
