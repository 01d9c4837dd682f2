package scoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// rowField is the Field of an error in a row of a table of a form; rows count
// from 0.
func rowField(table string, row int) string { return fmt.Sprintf("%s.%d", table, row) }

// RowOf tells the table and the row that an error belongs to; ok is false where
// it belongs to no row.
func RowOf(field string) (table string, row int, ok bool) {
	table, text, cut := strings.Cut(field, ".")
	row, err := strconv.Atoi(text)
	return table, row, cut && err == nil && row >= 0
}

func cellOf(row []string, i int) string {
	if i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func refuse(field, format string, args ...any) error {
	return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// SetHead is what belongs to a set as a whole, as it is typed.
type SetHead struct {
	Key, Title, Year, Level   string // Level as officers write it: Cấp xã
	Source                    string // the decision
	Label                     string // a warning that is printed with the set
	Total, SurveyMax, SelfMax string
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

// levelKey turns the name of a level into what is stored: any other text stays.
func levelKey(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for _, l := range levels {
		if text.Fold(l.Name()) == text.Fold(name) || text.Fold(string(l)) == text.Fold(name) {
			return string(l)
		}
	}
	return name
}

// FreshHead proposes the head of a new set: of the level of the office, for the
// year after the newest set.
func (s *Sets) FreshHead() SetHead {
	year := s.m.Session.Period().From.Year()
	for _, x := range s.list {
		if y, err := strconv.Atoi(x.Year); err == nil && x.ID != 0 {
			year = max(year, y+1)
		}
	}
	h := SetHead{Year: strconv.Itoa(year), Level: officeLevel(year).Name(), Total: "100,00"}
	h.Key = s.FreshKey(h.Level, h.Year)
	h.Title = FreshTitle(h.Year)
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
	return s.freeKey(strings.Join(slices.Concat([]string{"cchc"}, words, strings.Fields(year)), "-"))
}

func (s *Sets) freeKey(key string) string {
	for i := 1; ; i++ {
		out := key
		if i > 1 {
			out = fmt.Sprintf("%s-%d", key, i)
		}
		if !slices.ContainsFunc(s.list, func(x SetRow) bool { return x.Key == out || x.Sample && x.Key == out }) {
			return out
		}
	}
}

// Head returns the head of the set that is open.
func (s *Sets) Head() SetHead {
	if s.set == nil {
		return SetHead{}
	}
	m := &s.set.Meta
	return SetHead{Key: m.ID, Title: m.Title, Year: strconv.Itoa(m.Year), Level: data.Level(m.Level).Name(), Source: m.Source, Label: m.Label,
		Total: m.Total.String(), SurveyMax: pointsText(m.SurveyMax), SelfMax: pointsText(m.SelfMax)}
}

func pointsText(p *scoring.Points) string {
	if p == nil {
		return ""
	}
	return p.String()
}

// optionalPoints reads points that may be left out.
func optionalPoints(field, what, text string) (*scoring.Points, error) {
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	p, err := ParsePoints(text)
	if err != nil {
		return nil, refuse(field, "%s: «%s» không phải số điểm. Nhập số có nhiều nhất ba chữ số thập phân, ví dụ 2,5.", what, text)
	}
	if p < 0 {
		return nil, refuse(field, "%s không được âm.", what)
	}
	return &p, nil
}

// into writes the head into a set.
func (h *SetHead) into(m *scoring.Meta) error {
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
	total, err := optionalPoints("total", "Tổng điểm", h.Total)
	if err != nil {
		return err
	}
	if total == nil || *total == 0 {
		return refuse("total", "Tổng điểm phải lớn hơn 0, thường là 100.")
	}
	survey, err := optionalPoints("survey", "Tổng điểm điều tra", h.SurveyMax)
	if err != nil {
		return err
	}
	self, err := optionalPoints("self", "Tổng điểm tự chấm", h.SelfMax)
	if err != nil {
		return err
	}
	m.ID, m.Title, m.Year, m.Level = key, title, year, levelKey(h.Level)
	m.Source, m.Label, m.Total, m.SurveyMax, m.SelfMax = strings.TrimSpace(h.Source), strings.TrimSpace(h.Label), *total, survey, self
	return nil
}

// Create stores a new set without criteria and opens it. It runs off the window's
// goroutine; its errors belong to the fields id, year, title, level, total, survey
// and self.
func (s *Sets) Create(ctx context.Context, h SetHead) error {
	set := scoring.NewSet("", "", "", 0)
	if err := h.into(&set.Meta); err != nil {
		return err
	}
	id, err := s.m.Book.AddSet(ctx, set)
	if err == nil {
		s.open = id
	}
	return err
}

// KeepHead changes the head of the set that is open. Errors as for Create.
func (s *Sets) KeepHead(ctx context.Context, h SetHead) error {
	return s.Edit(ctx, "thông tin chung", func(set *scoring.Set) error { return h.into(&set.Meta) })
}

// SetPolicies are the ways in which a set computes, as they are typed; the caps
// and the ends of the index are "" for none.
type SetPolicies struct {
	LeafDecimals, TotalDecimals, Mode, When string
	NA, NANote, NoSurvey, Tie               string
	Low, High, BonusCap, PenaltyCap         string
}

// PolicyChoices lists what a policy may be: mode, when, na, survey or tie.
func PolicyChoices(policy string) []Choice {
	switch policy {
	case "mode":
		return []Choice{{scoring.HalfUp, "Nửa trở lên thì tăng: 0,125 là 0,13"}, {scoring.Down, "Bỏ phần lẻ: 0,129 là 0,12"}}
	case "when":
		return []Choice{{scoring.RoundLeaves, "Từng tiêu chí, rồi cộng"}, {scoring.RoundTotal, "Cộng trước, làm tròn ở tổng"}}
	case "na":
		return []Choice{{scoring.ExcludeAndRescale, "Bỏ khỏi mẫu số, quy phần còn lại về đủ điểm"}, {scoring.CountFull, "Được đủ điểm tối đa"}, {scoring.CountZero, "Tính 0 điểm"}}
	case "survey":
		return []Choice{{scoring.RescaleSelf, "Quy phần tự chấm về toàn bộ thang điểm"}, {scoring.SurveyZero, "Phần điều tra tính 0 điểm"}}
	case "tie":
		return []Choice{{string(scoring.Competition), "Cùng hạng, hạng sau bỏ số trùng: 1, 1, 3"}, {string(scoring.Dense), "Cùng hạng, hạng sau liền kề: 1, 1, 2"}}
	}
	return nil
}

// Policies returns the policies of the set that is open.
func (s *Sets) Policies() SetPolicies {
	if s.set == nil {
		return SetPolicies{}
	}
	m := &s.set.Meta
	p := SetPolicies{LeafDecimals: strconv.Itoa(m.Rounding.LeafDecimals), TotalDecimals: strconv.Itoa(m.Rounding.TotalDecimals), Mode: m.Rounding.Mode, When: m.Rounding.When,
		NA: m.NotApplicable.Policy, NANote: m.NotApplicable.Note, NoSurvey: m.NoSurvey.Policy, Tie: orElse(string(m.TieRule), string(scoring.Competition)),
		BonusCap: pointsText(m.BonusCap), PenaltyCap: pointsText(m.PenaltyCap)}
	if len(m.FinalClamp) == 2 {
		p.Low, p.High = m.FinalClamp[0].String(), m.FinalClamp[1].String()
	}
	return p
}

// KeepPolicies changes the policies of the set that is open. Its errors belong to
// the fields leaf, total, low, high, bonus and penalty.
func (s *Sets) KeepPolicies(ctx context.Context, p SetPolicies) error {
	decimals := func(field, text string) (int, error) {
		n, ok := data.ParseWhole(text, 3)
		if !ok {
			return 0, refuse(field, "Số chữ số thập phân là một số từ 0 đến 3.")
		}
		return int(n), nil
	}
	leaf, err := decimals("leaf", p.LeafDecimals)
	if err != nil {
		return err
	}
	total, err := decimals("total", p.TotalDecimals)
	if err != nil {
		return err
	}
	var clamp []scoring.Number
	switch low, high := strings.TrimSpace(p.Low), strings.TrimSpace(p.High); {
	case low == "" && high == "":
	case low == "":
		return refuse("low", "Nhập cả hai đầu của giới hạn, hoặc để trống cả hai.")
	case high == "":
		return refuse("high", "Nhập cả hai đầu của giới hạn, hoặc để trống cả hai.")
	default:
		a, err := ParseNumber(low)
		if err != nil {
			return at("low", err)
		}
		b, err := ParseNumber(high)
		if err != nil {
			return at("high", err)
		}
		if a.Cmp(b) >= 0 {
			return refuse("high", "Chỉ số cao nhất %s phải lớn hơn chỉ số thấp nhất %s.", b, a)
		}
		clamp = []scoring.Number{a, b}
	}
	bonus, err := optionalPoints("bonus", "Tổng điểm thưởng tối đa", p.BonusCap)
	if err != nil {
		return err
	}
	penalty, err := optionalPoints("penalty", "Tổng điểm trừ tối đa", p.PenaltyCap)
	if err != nil {
		return err
	}
	return s.Edit(ctx, "cách tính", func(set *scoring.Set) error {
		m := &set.Meta
		m.Rounding = scoring.Rounding{LeafDecimals: leaf, TotalDecimals: total, Mode: p.Mode, When: p.When}
		m.NotApplicable = scoring.NotApplicable{Policy: p.NA, Note: strings.TrimSpace(p.NANote)}
		m.NoSurvey.Policy, m.TieRule, m.FinalClamp, m.BonusCap, m.PenaltyCap = p.NoSurvey, scoring.TieRule(p.Tie), clamp, bonus, penalty
		m.BonusOutside = true
		return nil
	})
}

// GradeColumns are the columns of the grades.
func GradeColumns() []RuleColumn {
	return []RuleColumn{{Title: "Hạng", Flex: true}, {Title: "Chỉ số từ (kể cả)", Width: 120}, {Title: "đến dưới", Width: 120}}
}

// GradeRows lists the grades of the set that is open, the best first.
func (s *Sets) GradeRows() [][]string {
	if s.set == nil {
		return nil
	}
	list := slices.Clone(s.set.Meta.Grades)
	slices.SortStableFunc(list, func(a, b scoring.Grade) int { return b.Min.Cmp(a.Min) })
	var out [][]string
	for _, g := range list {
		out = append(out, []string{g.Name, g.Min.String(), g.Max.String()})
	}
	return out
}

// UsualGrades are the grades that most decisions have (scoring 3.4).
func UsualGrades() [][]string {
	return [][]string{{"Xuất sắc", "90", "100"}, {"Tốt", "80", "90"}, {"Khá", "70", "80"}, {"Trung bình", "50", "70"}, {"Yếu", "0", "50"}}
}

// KeepGrades changes the grades of the set that is open. Where the upper end of a
// grade is left out it is the lower end of the grade above it, 100 for the first.
// Its errors belong to the rows grades.0, grades.1, ….
func (s *Sets) KeepGrades(ctx context.Context, rows [][]string) error {
	var out []scoring.Grade
	seen := map[string]bool{}
	upper := scoring.Int(100)
	if s.set != nil && len(s.set.Meta.FinalClamp) == 2 {
		upper = s.set.Meta.FinalClamp[1]
	}
	for i, row := range rows {
		if len(row) == 0 {
			continue
		}
		field := rowField("grades", i)
		g := scoring.Grade{Name: cellOf(row, 0), Max: upper}
		if g.Name == "" {
			return refuse(field, "Nhập tên hạng, ví dụ Tốt.")
		}
		if seen[text.Fold(g.Name)] {
			return refuse(field, "Hạng «%s» ghi hai lần.", g.Name)
		}
		seen[text.Fold(g.Name)] = true
		var err error
		if g.Min, err = ParseNumber(cellOf(row, 1)); err != nil {
			return refuse(field, "Hạng «%s»: nhập chỉ số thấp nhất, ví dụ 80.", g.Name)
		}
		if text := cellOf(row, 2); text != "" {
			if g.Max, err = ParseNumber(text); err != nil {
				return refuse(field, "Hạng «%s»: «%s» không phải một số.", g.Name, text)
			}
		}
		if g.Min.Cmp(g.Max) >= 0 {
			return refuse(field, "Hạng «%s»: từ %s phải nhỏ hơn đến %s.", g.Name, g.Min, g.Max)
		}
		upper = g.Min
		for _, o := range out {
			if g.Min.Cmp(o.Max) < 0 && o.Min.Cmp(g.Max) < 0 {
				return refuse(field, "Hạng «%s» chồng lên hạng «%s» (%s đến %s).", g.Name, o.Name, o.Min, o.Max)
			}
		}
		out = append(out, g)
	}
	return s.Edit(ctx, "các hạng xếp loại", func(set *scoring.Set) error {
		set.Meta.Grades = out
		return nil
	})
}
