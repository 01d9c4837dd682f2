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

// PublishedForm is a published result as it is typed: the head in fields, domains
// and other units in rows under DomainColumns and PlaceColumns.
type PublishedForm struct {
	ID                     uint64
	Title, Year, Level     string
	Number, Issuer, Page   string
	Date                   data.Day
	Total, Of, Index, Rank string
	Grade, Bonus, Note     string
	Domains, Places        [][]string
}

// DomainColumns are the columns of the domains of a published result; what was
// not published stays empty.
func DomainColumns() []RuleColumn {
	return []RuleColumn{{Title: "Mã", Width: 52}, {Title: "Lĩnh vực", Flex: true}, {Title: "Tối đa", Width: 70}, {Title: "Điểm", Width: 70}, {Title: "Hạng", Width: 60}, {Title: "Thưởng", Width: 70}}
}

// PlaceColumns are the columns of the other units of a published result.
func PlaceColumns() []RuleColumn {
	return []RuleColumn{{Title: "Đơn vị", Flex: true}, {Title: "Chỉ số", Width: 80}, {Title: "Hạng", Width: 60}, {Title: "Xếp loại", Width: 120}}
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
		return p.String()
	}
	f.Year, f.Of = number(p.Year), number(p.Of)
	if p.Total != 0 {
		f.Total = p.Total.String()
	}
	own := p.Own()
	if own != nil {
		f.Index, f.Rank, f.Grade, f.Bonus = points(own.Index), number(own.Rank), own.Grade, points(own.Bonus)
	}
	for _, d := range p.Domains {
		row := []string{d.Code, d.Title, "", "", "", ""}
		if d.Max != 0 {
			row[2] = d.Max.String()
		}
		if own != nil {
			if x := own.Domain(d.Code); x != nil {
				row[3], row[4], row[5] = points(x.Points), number(x.Rank), points(x.Bonus)
			}
		}
		f.Domains = append(f.Domains, row)
	}
	for i := range p.Places {
		if x := &p.Places[i]; !x.Own {
			f.Places = append(f.Places, []string{x.Name, points(x.Index), number(x.Rank), x.Grade})
		}
	}
	return f
}

// formReader reads points and ranks and remembers the first fault with its field.
type formReader struct{ err error }

func (r *formReader) fault(field, format string, args ...any) {
	if r.err == nil {
		r.err = refuse(field, format, args...)
	}
}

// points reads points that may be left out.
func (r *formReader) points(field, what, text string) *scoring.Points {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	p, err := ParsePoints(text)
	if err != nil {
		r.fault(field, "%s: «%s» không phải số điểm.", what, text)
		return nil
	}
	return &p
}

// whole reads a whole number from 1 that may be left out.
func (r *formReader) whole(field, what, text string) int {
	if text = strings.TrimSpace(text); text == "" {
		return 0
	}
	n, ok := data.ParseWhole(text, data.MaxCount)
	if !ok || n < 1 {
		r.fault(field, "%s: «%s» không phải số nguyên từ 1.", what, text)
		return 0
	}
	return int(n)
}

// publication reads the fields.
func (f *PublishedForm) publication(own string) (assess.Publication, error) {
	r := &formReader{}
	p := assess.Publication{ID: f.ID, Title: strings.TrimSpace(f.Title), Level: f.Level, Note: f.Note,
		Source: assess.Document{Number: f.Number, Date: f.Date, Issuer: f.Issuer, Page: f.Page}}
	p.Year, p.Of = r.whole("year", "Năm", f.Year), r.whole("of", "Số đơn vị", f.Of)
	if t := r.points("total", "Tổng điểm tối đa", f.Total); t != nil {
		p.Total = *t
	}
	place := assess.Place{Name: own, Own: true, Index: r.points("index", "Chỉ số", f.Index), Rank: r.whole("rank", "Hạng", f.Rank), Grade: f.Grade, Bonus: r.points("bonus", "Điểm thưởng", f.Bonus)}
	seen := map[string]bool{}
	for i, row := range f.Domains {
		if len(row) == 0 {
			continue
		}
		field := rowField("domains", i)
		d := assess.PublishedDomain{Code: cellOf(row, 0), Title: cellOf(row, 1)}
		switch {
		case d.Code == "" || d.Title == "":
			r.fault(field, "Nhập mã và tên lĩnh vực.")
		case seen[d.Code]:
			r.fault(field, "Mã lĩnh vực «%s» ghi hai lần.", d.Code)
		}
		seen[d.Code] = true
		if v := r.points(field, "Tối đa", cellOf(row, 2)); v != nil {
			d.Max = *v
		}
		p.Domains = append(p.Domains, d)
		dp := assess.DomainPlace{Code: d.Code, Points: r.points(field, "Điểm", cellOf(row, 3)), Rank: r.whole(field, "Hạng", cellOf(row, 4)), Bonus: r.points(field, "Thưởng", cellOf(row, 5))}
		if dp.Points != nil && d.Max != 0 && *dp.Points > d.Max {
			r.fault(field, "Điểm %s lớn hơn tối đa %s.", dp.Points.String(), d.Max.String())
		}
		if dp.Points != nil || dp.Rank != 0 || dp.Bonus != nil {
			place.Domains = append(place.Domains, dp)
		}
	}
	p.Places = []assess.Place{place}
	for i, row := range f.Places {
		if len(row) == 0 {
			continue
		}
		field := rowField("places", i)
		if cellOf(row, 0) == "" {
			r.fault(field, "Nhập tên đơn vị.")
		}
		p.Places = append(p.Places, assess.Place{Name: cellOf(row, 0), Index: r.points(field, "Chỉ số", cellOf(row, 1)), Rank: r.whole(field, "Hạng", cellOf(row, 2)), Grade: cellOf(row, 3)})
	}
	return p, r.err
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
