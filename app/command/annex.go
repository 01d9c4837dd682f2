package command

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data/assess/annex"
	"giaoban/data/assess/book"
	"giaoban/data/scoring"
)

// annexJSON is an annex as it was understood: the draft set, what is wrong with it at
// its place, and for each leaf what the decision says and which rule is proposed.
type annexJSON struct {
	Set       *scoring.Set   `json:"set"`
	Faults    []annex.Fault  `json:"faults"`
	Proposals []proposalJSON `json:"proposals"`
}

type proposalJSON struct {
	Code     string       `json:"code"`
	Words    string       `json:"words"`
	Kind     string       `json:"kind"` // "" for none
	Rule     scoring.Rule `json:"rule"`
	Notes    []string     `json:"notes"`
	Problems []string     `json:"problems"` // none: the proposal can be taken as it is
}

// maxAnnex is far above any annex, pictures included.
const maxAnnex = 64 << 20

// readAnnex shows how an annex is understood; with --accept the set comes out with the
// rules proposed, where they can be taken as they are.
func (c *call) readAnnex(ctx context.Context, path string) error {
	raw, err := readUpTo(path, "phụ lục", maxAnnex)
	if err != nil {
		return err
	}
	d, err := book.ReadAnnex(ctx, path, raw)
	if err != nil {
		return err
	}
	out := annexJSON{Set: d.Set, Faults: []annex.Fault{}, Proposals: []proposalJSON{}}
	d.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if len(n.Children) > 0 {
			return
		}
		p := annex.Propose(n, d.Set.Meta.Year)
		out.Proposals = append(out.Proposals, proposalJSON{n.Code, n.Words, p.Kind, p.Rule, append([]string{}, p.Notes...), append([]string{}, p.Problems...)})
		if c.has("accept") && p.Sure() {
			p.Apply(n)
		}
	})
	for _, list := range [][]*scoring.Adjust{d.Set.Bonus, d.Set.Penalty} {
		for _, a := range list {
			if rule, _ := annex.ProposeAdjust(a); c.has("accept") && len(rule.Options) > 0 {
				a.Rule = rule
			}
		}
	}
	out.Faults = append(out.Faults, d.Problems()...)
	c.say("%s\n", d.Set.Meta.Title)
	if d.Set.Meta.Source != "" {
		c.say("%s\n", d.Set.Meta.Source)
	}
	year := "Chưa ghi năm"
	if d.Set.Meta.Year > 0 {
		year = fmt.Sprintf("Năm %d", d.Set.Meta.Year)
	}
	c.say("%s; tổng điểm %s\n\n", year, d.Set.Meta.Total)
	d.Set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		c.say("%9s  %s%s %s\n", n.Max, strings.Repeat("  ", len(path)), n.Code, n.Title)
		if len(n.Children) > 0 {
			return
		}
		p := annex.Propose(n, d.Set.Meta.Year)
		kind := cmp.Or(p.Kind, "chưa có loại quy tắc")
		indent := strings.Repeat("  ", len(path))
		c.say("%9s  %s→ %s\n", "", indent, strings.Join(append([]string{kind}, p.Problems...), "; "))
		if p.Rule != nil {
			as := *n
			as.Rule, as.None = p.Rule, p.None
			for _, l := range as.RuleLines() {
				points := ""
				if l.Points != nil {
					points = ": " + l.Points.String()
				}
				c.say("%9s  %s    %s%s\n", "", indent, l.Text, points)
			}
		}
		for _, note := range p.Notes {
			c.say("%9s  %s    (%s)\n", "", indent, note)
		}
	})
	for _, list := range []struct {
		name string
		of   []*scoring.Adjust
	}{{"Thưởng", d.Set.Bonus}, {"Trừ", d.Set.Penalty}} {
		for _, a := range list.of {
			limit := ""
			if a.Cap != nil {
				limit = a.Cap.String()
			}
			c.say("%9s  %s %s %s\n", limit, list.name, a.Code, a.Title)
			rule, notes := annex.ProposeAdjust(a)
			for _, o := range rule.Options {
				c.say("%9s  → %s: %s (%s)\n", "", o.Label, o.Points, scoring.PerName(o.Per))
			}
			for _, note := range notes {
				c.say("%9s    %s\n", "", note)
			}
		}
	}
	c.say("\n%d chỗ cần xem:\n", len(out.Faults))
	for _, f := range out.Faults {
		c.say("  %s\n", f)
	}
	return c.answer(out)
}
