package indicators

import (
	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// stand is how the office or a unit stands in an indicator.
type stand struct {
	desk.IndicatorStanding
	at int
}

// The states of a stand.
const (
	standBelow = "below"
	standMet   = "met"
	standOpen  = "open"
)

func (s *stand) state() string {
	switch {
	case s.Below():
		return standBelow
	case s.Known:
		return standMet
	}
	return standOpen
}

var standTitles = []kit.Choice{{Key: standBelow, Text: "Chưa đạt"}, {Key: standMet, Text: "Đạt"}, {Key: standOpen, Text: "Chưa đánh giá"}}

func (s *stand) stateText() string {
	for _, c := range standTitles {
		if c.Key == s.state() {
			return c.Text
		}
	}
	return ""
}

func loadStands(d *desk.Desk) ([]stand, error) {
	all, err := d.IndicatorStandings(d.Today())
	out := make([]stand, len(all))
	for i, x := range all {
		out[i] = stand{x, i + 1}
	}
	return out, err
}

// newStands builds the part So với mức giao.
func newStands(p *page) *list.List[stand] {
	marks := map[string]widget.Mark{standBelow: widget.MarkLate, standMet: widget.MarkEarly}
	open := func(s *stand) { p.open(s.Definition.Code) }
	return list.Of(p.Inner(partStandings), list.Options[stand]{ID: "indicator-standings", Title: "Chỉ tiêu", What: "số liệu", Paper: "SỐ LIỆU CHỈ TIÊU SO VỚI MỨC GIAO", Place: "Tìm chỉ tiêu, đơn vị…", Lead: p.Head(),
		Load: func() ([]stand, error) { return loadStands(p.e.Desk) }, Key: func(s *stand) uint64 { return uint64(s.at) },
		Filters: []list.Filter[stand]{
			{Key: "state", Label: "Kết quả", Groups: true, Of: func(s *stand) []string { return []string{s.state()} }, Choices: func() []kit.Choice { return standTitles }},
			{Key: "group", Label: "Nhóm", Groups: true, Of: func(s *stand) []string { return []string{s.Definition.Group} }},
			{Key: "unit", Label: "Đơn vị", Groups: true, Of: func(s *stand) []string { return []string{s.UnitName} }},
		},
		Columns: []list.Column[stand]{
			{ID: "code", Title: "Mã", Width: 140, Off: true, Text: func(s *stand) string { return s.Definition.Code }},
			{ID: "name", Title: "Chỉ tiêu", Width: 280, Min: 200, Flex: 3, Text: func(s *stand) string { return s.Definition.Name }, Compare: func(a, b *stand) int { return a.at - b.at }},
			{ID: "unit", Title: "Đơn vị", Width: 170, Flex: 1, Text: func(s *stand) string { return data.ShortUnit(s.UnitName) }},
			{ID: "asked", Title: "Mức giao", Width: 130, Align: widget.Right, Text: func(s *stand) string { return s.Definition.Asked(s.Target) }},
			{ID: "value", Title: "Số liệu", Width: 180, Align: widget.Right, Text: func(s *stand) string { return s.Value() }},
			{ID: "measure", Title: "Đơn vị tính", Width: 90, Off: true, Text: func(s *stand) string { return s.Definition.Unit }},
			{ID: "period", Title: "Của kỳ", Width: 226, Text: func(s *stand) string { return env.PeriodLabel(s.Period) }, Compare: func(a, b *stand) int { return int(a.Period.To - b.Period.To) }},
			{ID: "state", Title: "Kết quả", Width: 120, Text: (*stand).stateText, Mark: func(s *stand) widget.Mark { return marks[s.state()] }},
			{ID: "group", Title: "Nhóm", Width: 150, Off: true, Text: func(s *stand) string { return s.Definition.Group }},
		},
		Actions: []list.Action{{Label: "Bảng số liệu…", Icon: widget.IconPDF, Do: p.values.PrintPage}, {Label: "Nhập số liệu", Icon: widget.IconScoring, Main: true, Hint: "Enter", Do: func() {
			if s := p.stands.CurrentRow(); s != nil {
				open(s)
				return
			}
			p.Open(partValues)
			p.Shown()
		}}},
		Open:  open,
		Empty: "Chưa có số liệu chỉ tiêu nào trong 12 tháng gần đây.", EmptyVerb: "Nhập số liệu", EmptyDo: func() { p.Open(partValues); p.Shown() }})
}
