package scoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Groups lists the groups of the period.
func (m *Model) Groups() []kit.Choice {
	p := m.Period()
	if p == nil {
		return nil
	}
	return kit.ChoicesOf(p.Groups, func(g assess.Group) kit.Choice {
		return kit.Choice{Key: g.Name, Text: fmt.Sprintf("%s (%d)", g.Name, len(g.Units))}
	})
}

// Group is the group shown: the one chosen, else that of the sheet, else the first.
func (m *Model) Group(chosen string) string {
	p := m.Period()
	if p == nil || len(p.Groups) == 0 {
		return ""
	}
	wanted := []string{chosen, p.Groups[0].Name}
	if c := m.Card; c != nil {
		wanted = slices.Insert(wanted, 1, c.Sheet.Group)
	}
	return wanted[slices.IndexFunc(wanted, func(name string) bool {
		return slices.ContainsFunc(p.Groups, func(g assess.Group) bool { return g.Name == name })
	})]
}

// Rankings returns what reads the ranking of a group of the period, one a class of
// units.
func (m *Model) Rankings(group string) func() ([]assess.Ranking, error) {
	period := m.period
	return func() ([]assess.Ranking, error) {
		if period == 0 || group == "" {
			return nil, nil
		}
		return m.Book.Rankings(period, group, assess.Second)
	}
}

// RankRows lists units by rank, each class under a row that only has its name where
// there are several.
func RankRows(list []assess.Ranking) (out []assess.Ranked) {
	for _, one := range list {
		if one.Class.Name != "" {
			out = append(out, assess.Ranked{Name: one.Class.Name})
		}
		out = append(out, one.Units...)
	}
	return out
}

// Domains lists the domains of the set of the sheet.
func (m *Model) Domains() []kit.Choice {
	if m.Card == nil {
		return nil
	}
	return kit.ChoicesOf(m.Card.Set.Criteria, func(n *scoring.Node) kit.Choice { return kit.Choice{Key: n.Code, Text: n.Title} })
}

// Published lists the published results, newest first. It runs off the window's
// goroutine.
func (m *Model) Published() ([]assess.Publication, error) {
	list, err := m.Book.Publications()
	slices.SortStableFunc(list, func(a, b assess.Publication) int { return b.Year - a.Year })
	return list, err
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
	return strings.Replace(kit.If(n > 0, "+", "")+strconv.Itoa(n), "-", "–", 1)
}

// positive writes a number, "" for 0.
func positive(n int) string { return kit.If(n == 0, "", strconv.Itoa(n)) }

// joined joins the texts that are not empty.
func joined(by string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), by)
}

// RankSummary tells the grades of each class and the rule of ties in one line.
func RankSummary(list []assess.Ranking) string {
	var parts []string
	for _, one := range list {
		parts = append(parts, joined(": ", one.Class.Name, fmt.Sprintf("%d/%d đơn vị có điểm", one.Counted(), len(one.Units))))
		if len(one.Stages()) > 0 {
			// Points of different rounds never stand beside each other unmarked.
			parts = append(parts, "điểm "+strings.ToLower(one.StageWords()))
		}
		if n := one.Parts(); n > 0 {
			parts = append(parts, fmt.Sprintf("%d đơn vị mới chấm một phần tiêu chí, hạng tạm tính", n))
		}
		for _, g := range one.Grades {
			if g.Name != "" && g.Units > 0 {
				parts = append(parts, fmt.Sprintf("%s: %d", g.Name, g.Units))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(append(parts, list[0].TieRule.String()), " · ")
}

// PublishedForm is a published result while it is typed: the own result, the
// domains with their points, and the other units.
type PublishedForm struct {
	assess.Publication
	Whole  *scoring.Points // of the set behind it; nil for 100
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
	if p.Total != 0 {
		f.Whole = &p.Total
	}
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

// optional reads a value that may be left out, written writes it.
func optional[V any](read func(string) (V, error)) func(string) (*V, error) {
	return func(text string) (*V, error) {
		if strings.TrimSpace(text) == "" {
			return nil, nil
		}
		v, err := read(text)
		return &v, err
	}
}

func written[V fmt.Stringer](v *V) string {
	if v == nil {
		return ""
	}
	return (*v).String()
}

// publication puts the parts of the form together.
func (f *PublishedForm) publication(own string) (assess.Publication, error) {
	p := f.Publication
	if p.Total = 0; f.Whole != nil {
		p.Total = *f.Whole
	}
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
