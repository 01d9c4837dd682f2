package scoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Results is the ranking of a group of units and the published results.
type Results struct {
	// Changed is called when there is something new to show.
	Changed func()

	m         *Model
	group     string
	ranking   assess.Ranking
	published []assess.Publication
	err       error
	asked     int
}

// NewResults returns the model; nothing is read yet.
func NewResults(m *Model) *Results { return &Results{m: m, Changed: func() {}} }

// Refresh reads ranks and published results anew.
func (r *Results) Refresh() {
	r.asked++
	asked, period, group := r.asked, r.m.period, r.Group()
	r.m.Session.Go(func() {
		var ranking assess.Ranking
		published, err := r.m.Book.Publications()
		if period != 0 && group != "" && err == nil {
			ranking, err = r.m.Book.Ranking(period, group, assess.Second)
		}
		slices.SortStableFunc(published, func(a, b assess.Publication) int { return b.Year - a.Year })
		r.m.Session.Post(func() {
			if asked == r.asked {
				r.ranking, r.published, r.err = ranking, published, err
				r.Changed()
			}
		})
	})
}

// Err returns why nothing could be read.
func (r *Results) Err() error { return r.err }

// Groups lists the groups of the period.
func (r *Results) Groups() []Choice {
	p := r.m.Period()
	if p == nil {
		return nil
	}
	var out []Choice
	for _, g := range p.Groups {
		out = append(out, Choice{g.Name, fmt.Sprintf("%s (%d)", g.Name, len(g.Units))})
	}
	return out
}

// Group is the group shown: the one chosen, else that of the sheet.
func (r *Results) Group() string {
	p := r.m.Period()
	if p == nil {
		return ""
	}
	has := func(name string) bool {
		return slices.ContainsFunc(p.Groups, func(g assess.Group) bool { return g.Name == name })
	}
	if has(r.group) {
		return r.group
	}
	if c := r.m.Card(); c != nil && has(c.Sheet.Group) {
		return c.Sheet.Group
	}
	if len(p.Groups) > 0 {
		return p.Groups[0].Name
	}
	return ""
}

// ChooseGroup shows another group.
func (r *Results) ChooseGroup(name string) {
	r.group = name
	r.Refresh()
}

// RankRow is one unit of the ranking.
type RankRow struct {
	Sheet                           uint64
	Rank, Name, Self, Survey, Index string
	Grade, Change, Places, State    string
	Domains                         []string // points and rank of each domain
	Own                             bool
}

// Domains lists the domains of the set.
func (r *Results) Domains() []Choice {
	if r.ranking.Set == nil {
		return nil
	}
	var out []Choice
	for _, n := range r.ranking.Set.Criteria {
		out = append(out, Choice{n.Code, n.Title})
	}
	return out
}

// Rows lists the units by rank.
func (r *Results) Rows() []RankRow {
	var out []RankRow
	domains := r.Domains()
	for i := range r.ranking.Units {
		u := &r.ranking.Units[i]
		row := RankRow{Sheet: u.Sheet, Name: ShortUnit(u.Name), State: u.State.String(), Own: u.Sheet == r.m.Sheet()}
		if u.Rank > 0 {
			row.Rank = strconv.Itoa(u.Rank)
		}
		if u.Scored {
			row.Self, row.Survey, row.Index, row.Grade = u.Result.Self.String(), u.Result.Survey.String(), u.Result.Index.String(), u.Grade
		}
		if d, ok := u.Change(); ok {
			row.Change = signed(d)
		}
		if n, ok := u.Places(); ok {
			row.Places = signedInt(n)
		}
		for _, d := range domains {
			text := ""
			if n, ok := u.Nodes[d.Key]; ok && u.Scored {
				text = n.Points.String()
				if n.Rank > 0 {
					text += fmt.Sprintf(" (%d)", n.Rank)
				}
			}
			row.Domains = append(row.Domains, text)
		}
		out = append(out, row)
	}
	return out
}

// signed writes a change of points with its sign.
func signed(p scoring.Points) string {
	switch {
	case p > 0:
		return "+" + p.String()
	case p < 0:
		return "–" + (-p).String()
	}
	return p.String()
}

func signedInt(n int) string {
	switch {
	case n > 0:
		return "+" + strconv.Itoa(n)
	case n < 0:
		return "–" + strconv.Itoa(-n)
	}
	return "0"
}

// Summary tells the grades and the rule of ties in one line.
func (r *Results) Summary() string {
	if len(r.ranking.Units) == 0 {
		return ""
	}
	parts := []string{fmt.Sprintf("%d/%d đơn vị có điểm", r.ranking.Counted(), len(r.ranking.Units))}
	for _, g := range r.ranking.Grades {
		if g.Name != "" && g.Units > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", g.Name, g.Units))
		}
	}
	return strings.Join(append(parts, r.ranking.TieRule.String()), " · ")
}

// Published lists the published results, newest first.
func (r *Results) Published() []assess.Publication { return r.published }

// PublishedMap explains the own result of a publication; ok is false where the
// office is not in it.
func PublishedMap(p *assess.Publication) (m assess.LossMap, ok bool) {
	if p.Own() == nil {
		return m, false
	}
	m, err := assess.PublishedLosses(p)
	return m, err == nil
}

// PublishedForm is a published result as it is typed. Domains and places are
// lines whose parts stand apart by semicolons or tabs, as they come out of a
// spreadsheet.
type PublishedForm struct {
	ID                     uint64
	Title, Year, Level     string
	Number, Issuer, Page   string
	Date                   data.Day
	Total, Of, Index, Rank string
	Grade, Bonus, Note     string
	Domains                string // mã; tên; điểm tối đa; điểm; hạng; điểm thưởng
	Places                 string // tên; chỉ số; hạng; xếp loại
}

// FormOf writes a published result into the fields.
func FormOf(p assess.Publication) PublishedForm {
	f := PublishedForm{ID: p.ID, Title: p.Title, Level: p.Level, Number: p.Source.Number, Issuer: p.Source.Issuer, Page: p.Source.Page, Date: p.Source.Date, Note: p.Note}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	points := func(p *scoring.Points) string {
		if p == nil {
			return ""
		}
		return p.Exact()
	}
	f.Year, f.Of = number(p.Year), number(p.Of)
	if p.Total != 0 {
		f.Total = p.Total.Exact()
	}
	own := p.Own()
	if own != nil {
		f.Index, f.Rank, f.Grade, f.Bonus = points(own.Index), number(own.Rank), own.Grade, points(own.Bonus)
	}
	var lines []string
	for _, d := range p.Domains {
		limit := ""
		if d.Max != 0 {
			limit = d.Max.Exact()
		}
		parts := []string{d.Code, d.Title, limit, "", "", ""}
		if own != nil {
			if x := own.Domain(d.Code); x != nil {
				parts[3], parts[4], parts[5] = points(x.Points), number(x.Rank), points(x.Bonus)
			}
		}
		lines = append(lines, strings.TrimRight(strings.Join(parts, "; "), "; "))
	}
	f.Domains = strings.Join(lines, "\n")
	lines = nil
	for i := range p.Places {
		if x := &p.Places[i]; !x.Own {
			lines = append(lines, strings.TrimRight(strings.Join([]string{x.Name, points(x.Index), number(x.Rank), x.Grade}, "; "), "; "))
		}
	}
	f.Places = strings.Join(lines, "\n")
	return f
}

// split cuts a line into n parts at tabs or semicolons.
func split(line string, n int) []string {
	sep := ";"
	if strings.Contains(line, "\t") {
		sep = "\t"
	}
	parts := strings.Split(line, sep)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	for len(parts) < n {
		parts = append(parts, "")
	}
	return parts
}

// lineReader reads the parts of lines and remembers the first fault.
type lineReader struct {
	field, what string
	line        int
	err         error
}

func (l *lineReader) fault(format string, args ...any) {
	if l.err == nil {
		l.err = &data.Error{Code: data.Invalid, Field: l.field, Message: fmt.Sprintf("%s, dòng %d: ", l.what, l.line) + fmt.Sprintf(format, args...)}
	}
}

func (l *lineReader) points(text string) *scoring.Points {
	if text == "" {
		return nil
	}
	p, err := ParsePoints(text)
	if err != nil {
		l.fault("«%s» không phải số điểm.", text)
		return nil
	}
	return &p
}

func (l *lineReader) number(text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		l.fault("«%s» không phải số nguyên từ 1.", text)
		return 0
	}
	return n
}

// publication reads the fields.
func (f *PublishedForm) publication(own string) (assess.Publication, error) {
	head := &lineReader{field: "head"}
	p := assess.Publication{ID: f.ID, Title: strings.TrimSpace(f.Title), Level: f.Level, Note: f.Note,
		Source: assess.Document{Number: f.Number, Date: f.Date, Issuer: f.Issuer, Page: f.Page}}
	whole := func(field, name, text string) int {
		r := &lineReader{}
		n := r.number(strings.TrimSpace(text))
		if r.err != nil && head.err == nil {
			head.err = &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("%s «%s» không phải số nguyên từ 1.", name, text)}
		}
		return n
	}
	points := func(field, name, text string) *scoring.Points {
		r := &lineReader{}
		v := r.points(strings.TrimSpace(text))
		if r.err != nil && head.err == nil {
			head.err = &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("%s «%s» không phải số điểm.", name, text)}
		}
		return v
	}
	p.Year, p.Of = whole("year", "Năm", f.Year), whole("of", "Số đơn vị", f.Of)
	if t := points("total", "Tổng điểm tối đa", f.Total); t != nil {
		p.Total = *t
	}
	place := assess.Place{Name: own, Own: true, Index: points("index", "Chỉ số", f.Index), Rank: whole("rank", "Hạng", f.Rank), Grade: f.Grade, Bonus: points("bonus", "Điểm thưởng", f.Bonus)}
	if head.err != nil {
		return p, head.err
	}
	domains := &lineReader{field: "domains", what: "Các lĩnh vực"}
	for i, line := range strings.Split(f.Domains, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		domains.line = i + 1
		x := split(line, 6)
		d := assess.PublishedDomain{Code: x[0], Title: x[1]}
		if x[0] == "" || x[1] == "" {
			domains.fault("cần mã và tên lĩnh vực.")
		}
		if v := domains.points(x[2]); v != nil {
			d.Max = *v
		}
		p.Domains = append(p.Domains, d)
		dp := assess.DomainPlace{Code: x[0], Points: domains.points(x[3]), Rank: domains.number(x[4]), Bonus: domains.points(x[5])}
		if dp.Points != nil || dp.Rank != 0 || dp.Bonus != nil {
			place.Domains = append(place.Domains, dp)
		}
	}
	p.Places = []assess.Place{place}
	others := &lineReader{field: "places", what: "Các đơn vị khác"}
	for i, line := range strings.Split(f.Places, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		others.line = i + 1
		x := split(line, 4)
		p.Places = append(p.Places, assess.Place{Name: x[0], Index: others.points(x[1]), Rank: others.number(x[2]), Grade: x[3]})
	}
	if domains.err != nil {
		return p, domains.err
	}
	return p, others.err
}

// KeepPublished stores a published result. It runs off the window's goroutine.
func (m *Model) KeepPublished(ctx context.Context, f PublishedForm) error {
	p, err := f.publication(m.UnitName(assess.OwnUnit))
	if err != nil {
		return err
	}
	if f.ID != 0 {
		// Domains of other units are not shown in the form and stay.
		old, err := m.Book.Publications()
		if err != nil {
			return err
		}
		for _, o := range old {
			if o.ID != f.ID {
				continue
			}
			for i := range p.Places {
				for _, was := range o.Places {
					if was.Name == p.Places[i].Name && !p.Places[i].Own {
						p.Places[i].Domains, p.Places[i].Bonus = was.Domains, was.Bonus
					}
				}
			}
		}
	}
	_, err = m.Book.KeepPublication(ctx, p)
	return err
}
