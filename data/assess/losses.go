package assess

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Losses explains the way from the total to the index of the sheet.
func (c *Card) Losses() LossMap {
	g := scoring.GapsOf(c.Final)
	m := LossMap{Title: c.Name, Total: g.Total, Base: g.Base, Index: g.Index, Explained: g.Lost + g.Open}
	byDomain := map[string]scoring.Points{}
	for _, leaf := range g.Leaves {
		l := LossLine{Code: leaf.Node.Code, Title: leaf.Node.Title, Domain: leaf.Domain, Max: leaf.Max, Points: leaf.Points, Lost: leaf.Lost, Open: leaf.Open,
			Owner: leaf.Node.Owner}
		if line := c.Lines[l.Code]; line != nil && line.Loss != nil {
			l.Cause, l.Objective = line.Loss.Cause, line.Loss.Objective
			if line.Loss.Owner != "" {
				l.Owner = line.Loss.Owner
			}
		}
		byDomain[leaf.Domain] += leaf.Lost
		m.Lines = append(m.Lines, l)
	}
	m.share()
	m.begin()
	for _, d := range c.Set.Criteria {
		m.step(d.Title, d.Code, -byDomain[d.Code])
	}
	m.step("Không đánh giá", "", -g.NotAssessed)
	rescaled := "Quy đổi phần không đánh giá"
	if g.NotAssessed == 0 && c.Final.SurveyHeld {
		rescaled = "Chênh lệch làm tròn"
	}
	m.step(rescaled, "", g.Rescaled)
	m.step("Điểm thưởng", "", g.Bonus)
	m.step("Điểm trừ", "", -g.Penalty)
	m.step("Phần vượt giới hạn của chỉ số", "", -g.Cut)
	m.end()
	if c.Set.Meta.Base() != c.Set.Meta.Scale() {
		m.Steps[len(m.Steps)-1].Label = "Tổng đạt" // points; the index is another figure
	}
	return m
}

// share fills the share of each line in all that was lost.
func (m *LossMap) share() {
	var all scoring.Points
	for _, l := range m.Lines {
		all += l.Lost
	}
	for i := range m.Lines {
		if n, ok := (data.Ratio{Numerator: int64(m.Lines[i].Lost), Denominator: int64(all)}).Hundredths(); ok {
			m.Lines[i].Share = n
		}
	}
}

func (m *LossMap) begin() {
	m.Steps = []Step{{Label: "Tổng điểm", After: m.Total, Total: true}}
}

// step adds a step that changes something.
func (m *LossMap) step(label, code string, change scoring.Points) {
	if change != 0 {
		last := m.Steps[len(m.Steps)-1].After
		m.Steps = append(m.Steps, Step{Label: label, Code: code, Change: change, After: last + change})
	}
}

// end closes the waterfall; what is left over is shown as not explained.
func (m *LossMap) end() {
	m.Unexplained = m.Steps[len(m.Steps)-1].After - m.Index
	m.step("Chưa giải thích", "", -m.Unexplained)
	m.Steps = append(m.Steps, Step{Label: "Chỉ số", After: m.Index, Total: true})
}

// ByLoss returns the lines with the greatest loss first.
func (m *LossMap) ByLoss() []LossLine {
	out := slices.Clone(m.Lines)
	slices.SortStableFunc(out, func(a, b LossLine) int { return int(b.Lost - a.Lost) })
	return out
}

// Lost is all that the lines lost.
func (m *LossMap) Lost() (sum scoring.Points) {
	for _, l := range m.Lines {
		sum += l.Lost
	}
	return sum
}

// ByCause sums the lost points by cause: objective, subjective and not judged
// yet.
func (m *LossMap) ByCause() (objective, subjective, unjudged scoring.Points) {
	for _, l := range m.Lines {
		switch {
		case l.Cause == "":
			unjudged += l.Lost
		case l.Objective:
			objective += l.Lost
		default:
			subjective += l.Lost
		}
	}
	return objective, subjective, unjudged
}

// PublishedLosses explains the published result of the office itself as far as
// it was published. What no published domain accounts for is named as not
// explained; where a domain is missing, both ways to read the bonus are worked
// out and neither is claimed (peers, finding F4).
func PublishedLosses(p *Publication) (LossMap, error) {
	own := p.Own()
	if own == nil || own.Index == nil {
		return LossMap{}, data.Fail(data.Invalid, fmt.Sprintf("«%s» chưa có chỉ số của cơ quan. Nhập chỉ số đã công bố.", p.Title), nil)
	}
	if err := p.Check(); err != nil {
		return LossMap{}, err
	}
	m := LossMap{Title: own.Name, Total: p.Scale(), Base: p.Scale(), Index: *own.Index}
	m.begin()
	var known, bonus, missingMax scoring.Points
	for _, d := range p.domains() {
		got := own.Domain(d.Code)
		if got != nil && got.Bonus != nil {
			bonus += *got.Bonus
		}
		if got == nil || got.Points == nil {
			m.Missing = append(m.Missing, d)
			missingMax += d.Max
			continue
		}
		known += *got.Points
		if lost := d.Max - *got.Points; lost > 0 {
			m.Lines = append(m.Lines, LossLine{Code: d.Code, Title: d.Title, Domain: d.Code, Max: d.Max, Points: *got.Points, Lost: lost})
			m.Explained += lost
			m.step(d.Title, d.Code, -lost)
		}
	}
	if own.Bonus != nil {
		bonus = *own.Bonus
	}
	m.share()
	m.end()
	if bonus > 0 || len(m.Missing) > 0 {
		m.Readings = append(m.Readings, reading(&m, known, bonus, missingMax, false))
	}
	if bonus > 0 {
		m.Readings = append(m.Readings, reading(&m, known, bonus, missingMax, true))
	}
	return m, nil
}

func reading(m *LossMap, known, bonus, missingMax scoring.Points, inside bool) BonusReading {
	r := BonusReading{Inside: inside, Bonus: bonus, Rest: m.Index - known}
	if inside {
		r.Rest -= bonus
	}
	r.Lost = missingMax - r.Rest
	r.Possible = r.Rest >= 0 && r.Rest <= missingMax
	head := fmt.Sprintf("Nếu điểm thưởng %s đã cộng vào chỉ số %s", bonus, m.Index)
	switch {
	case bonus == 0:
		head = fmt.Sprintf("Với chỉ số %s", m.Index)
	case !inside:
		head = fmt.Sprintf("Nếu điểm thưởng %s không nằm trong chỉ số %s", bonus, m.Index)
	}
	switch {
	case len(m.Missing) == 0 && r.Rest == 0:
		r.Sentence = head + " thì các lĩnh vực cộng lại vừa khớp."
	case len(m.Missing) == 0:
		r.Sentence = fmt.Sprintf("%s thì các lĩnh vực cộng lại lệch %s điểm.", head, r.Rest)
	case !r.Possible:
		r.Sentence = fmt.Sprintf("%s thì %s phải đạt %s trên %s điểm, không thể xảy ra.", head, names(m.Missing), r.Rest, missingMax)
	default:
		r.Sentence = fmt.Sprintf("%s thì %s đạt %s trên %s điểm, mất %s điểm.", head, names(m.Missing), r.Rest, missingMax, r.Lost)
	}
	return r
}

func names(list []PublishedDomain) string {
	if len(list) == 1 {
		return "lĩnh vực chưa công bố «" + list[0].Title + "»"
	}
	text := "các lĩnh vực chưa công bố "
	for i, d := range list {
		if i > 0 {
			text += ", "
		}
		text += "«" + d.Title + "»"
	}
	return text
}

// Scale returns the total of the set behind the result, 100 where it was not
// typed.
func (p *Publication) Scale() scoring.Points {
	if p.Total > 0 {
		return p.Total
	}
	return 100 * scoring.Point
}

// domains returns the domains; one whose maximum was not published gets what is
// left of the total.
func (p *Publication) domains() []PublishedDomain {
	out := slices.Clone(p.Domains)
	unknown, sum := -1, scoring.Points(0)
	for i, d := range out {
		if d.Max == 0 {
			if unknown >= 0 {
				return out
			}
			unknown = i
		}
		sum += d.Max
	}
	if unknown >= 0 && sum < p.Scale() {
		out[unknown].Max = p.Scale() - sum
	}
	return out
}

// Check refuses what cannot have been published: points above a maximum, ranks
// beyond the number of units, an index beyond the total.
func (p *Publication) Check() error {
	bad := func(field, format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
	}
	if p.Year < data.FirstYear || p.Year > 2200 {
		return bad("year", "Năm %d của kết quả công bố không hợp lý.", p.Year)
	}
	own := 0
	for i := range p.Places {
		place := &p.Places[i]
		if place.Own {
			own++
		}
		if place.Index != nil && (*place.Index < 0 || *place.Index > p.Scale()) {
			return bad("index", "%s: chỉ số %s phải từ 0 đến %s.", place.Name, place.Index.String(), p.Scale())
		}
		if place.Rank < 0 || place.Rank > max(p.Of, len(p.Places)) {
			return bad("rank", "%s: hạng %d không thể có trong %d đơn vị.", place.Name, place.Rank, max(p.Of, len(p.Places)))
		}
		for _, d := range place.Domains {
			at := slices.IndexFunc(p.Domains, func(x PublishedDomain) bool { return x.Code == d.Code })
			if at < 0 {
				return bad(d.Code, "%s: lĩnh vực %s không có trong danh sách lĩnh vực.", place.Name, d.Code)
			}
			if limit := p.domains()[at].Max; d.Points != nil && (*d.Points < 0 || limit > 0 && *d.Points > limit) {
				return bad(d.Code, "%s, lĩnh vực «%s»: điểm %s phải từ 0 đến điểm tối đa %s.", place.Name, p.Domains[at].Title, d.Points.String(), limit.String())
			}
			if d.Rank < 0 || d.Rank > max(p.Of, len(p.Places)) {
				return bad(d.Code, "%s, lĩnh vực «%s»: hạng %d không thể có trong %d đơn vị.", place.Name, p.Domains[at].Title, d.Rank, max(p.Of, len(p.Places)))
			}
		}
	}
	if own > 1 {
		return bad("own", "Kết quả công bố có %d dòng ghi là của cơ quan. Để lại một dòng.", own)
	}
	return nil
}
