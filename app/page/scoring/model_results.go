package scoring

import (
	"context"
	"fmt"
	"giaoban/app/kit"
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
	rankings  []assess.Ranking // one a class of units
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
		var rankings []assess.Ranking
		published, err := r.m.Book.Publications()
		if period != 0 && group != "" && err == nil {
			rankings, err = r.m.Book.Rankings(period, group, assess.Second)
		}
		slices.SortStableFunc(published, func(a, b assess.Publication) int { return b.Year - a.Year })
		r.m.Session.Post(func() {
			if asked == r.asked {
				r.rankings, r.published, r.err = rankings, published, err
				r.Changed()
			}
		})
	})
}

// Err returns why nothing could be read.
func (r *Results) Err() error { return r.err }

// Groups lists the groups of the period.
func (r *Results) Groups() []kit.Choice {
	p := r.m.Period()
	if p == nil {
		return nil
	}
	var out []kit.Choice
	for _, g := range p.Groups {
		out = append(out, kit.Choice{Key: g.Name, Text: fmt.Sprintf("%s (%d)", g.Name, len(g.Units))})
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

// RankRow is one unit of the ranking, or the heading of the class whose units follow.
type RankRow struct {
	Sheet                           uint64
	Rank, Name, Self, Survey, Index string
	Grade, Change, Places, State    string
	Domains                         []string // points and rank of each domain
	Own                             bool
	Heading                         bool
}

// Domains lists the domains of the set.
func (r *Results) Domains() []kit.Choice {
	if len(r.rankings) == 0 {
		return nil
	}
	var out []kit.Choice
	for _, n := range r.rankings[0].Set.Criteria {
		out = append(out, kit.Choice{Key: n.Code, Text: n.Title})
	}
	return out
}

// Rows lists the units by rank, each class under its heading where there are several.
func (r *Results) Rows() (out []RankRow) {
	for i := range r.rankings {
		one := &r.rankings[i]
		if one.Class.Name != "" {
			out = append(out, RankRow{Heading: true, Name: one.Class.Name})
		}
		out = append(out, r.ranked(one)...)
	}
	return out
}

// ranked lists the units of one class.
func (r *Results) ranked(one *assess.Ranking) (out []RankRow) {
	domains := r.Domains()
	for i := range one.Units {
		u := &one.Units[i]
		row := RankRow{Sheet: u.Sheet, Name: data.ShortUnit(u.Name), State: u.State.String(), Own: u.Sheet == r.m.Sheet()}
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

// Summary tells the grades of each class and the rule of ties in one line.
func (r *Results) Summary() string {
	var parts []string
	for i := range r.rankings {
		one := &r.rankings[i]
		counted := fmt.Sprintf("%d/%d đơn vị có điểm", one.Counted(), len(one.Units))
		if one.Class.Name != "" {
			counted = one.Class.Name + ": " + counted
		}
		parts = append(parts, counted)
		for _, g := range one.Grades {
			if g.Name != "" && g.Units > 0 {
				parts = append(parts, fmt.Sprintf("%s: %d", g.Name, g.Units))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(append(parts, r.rankings[0].TieRule.String()), " · ")
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

// PublishedForm is a published result while it is typed: the own result, the
// domains with their points, and the other units.
type PublishedForm struct {
	assess.Publication
	Mine   assess.Place
	Parts  []DomainForm
	Others []assess.Place
}

// DomainForm is a domain of a published result; what was not published stays empty.
type DomainForm struct {
	Code, Title        string
	Max, Points, Bonus *scoring.Points
	Rank               int
}

// FormOf writes a published result into the fields.
func FormOf(p assess.Publication) PublishedForm {
	f := PublishedForm{Publication: p}
	own := p.Own()
	if own != nil {
		f.Mine = *own
	}
	for _, d := range p.Domains {
		part := DomainForm{Code: d.Code, Title: d.Title}
		if d.Max != 0 {
			part.Max = &d.Max
		}
		if own != nil {
			if x := own.Domain(d.Code); x != nil {
				part.Points, part.Rank, part.Bonus = x.Points, x.Rank, x.Bonus
			}
		}
		f.Parts = append(f.Parts, part)
	}
	for _, x := range p.Places {
		if !x.Own {
			f.Others = append(f.Others, x)
		}
	}
	return f
}

// readPoints reads points that may be left out.
func readPoints(text string) (*scoring.Points, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	p, err := ParsePoints(text)
	return &p, err
}

func writePoints(p *scoring.Points) string {
	if p == nil {
		return ""
	}
	return p.String()
}

// publication puts the parts of the form together.
func (f *PublishedForm) publication(own string) (assess.Publication, error) {
	p := f.Publication
	f.Mine.Name, f.Mine.Own, f.Mine.Domains, p.Domains = own, true, nil, nil
	seen := map[string]bool{}
	for i, d := range f.Parts {
		field := fmt.Sprintf("domains.%d", i)
		switch {
		case d.Code == "" || d.Title == "":
			return p, refuse(field, "Dòng %d: nhập mã và tên lĩnh vực.", i+1)
		case seen[d.Code]:
			return p, refuse(field, "Dòng %d: mã lĩnh vực «%s» ghi hai lần.", i+1, d.Code)
		case d.Points != nil && d.Max != nil && *d.Points > *d.Max:
			return p, refuse(field, "Dòng %d: điểm %s lớn hơn tối đa %s.", i+1, d.Points, d.Max)
		}
		seen[d.Code] = true
		domain := assess.PublishedDomain{Code: d.Code, Title: d.Title}
		if d.Max != nil {
			domain.Max = *d.Max
		}
		p.Domains = append(p.Domains, domain)
		if d.Points != nil || d.Rank != 0 || d.Bonus != nil {
			f.Mine.Domains = append(f.Mine.Domains, assess.DomainPlace{Code: d.Code, Points: d.Points, Rank: d.Rank, Bonus: d.Bonus})
		}
	}
	p.Places = []assess.Place{f.Mine}
	for i, x := range f.Others {
		if x.Name == "" {
			return p, refuse(fmt.Sprintf("places.%d", i), "Dòng %d: nhập tên đơn vị.", i+1)
		}
		p.Places = append(p.Places, x)
	}
	return p, nil
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
