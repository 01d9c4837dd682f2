package scoring

import (
	"fmt"
	"math/big"
	"slices"

	"giaoban/data"
)

// Problems lists what is wrong with a set, in the order of the set: codes,
// sums, rules, references, policies, grades. An empty list means that sheets
// can be evaluated.
func (s *Set) Problems() []*data.Error {
	c := &checker{set: s, metrics: map[string]bool{}, codes: map[string]bool{}}
	for _, m := range s.Metrics {
		if m.ID == "" || c.metrics[m.ID] {
			c.whole(FieldMetrics, "chỉ số nguồn «%s» trống hoặc khai hai lần", clip(m.ID))
		}
		c.metrics[m.ID] = true
	}
	c.meta()
	s.Walk(func(n *Node, _ []*Node) { c.node(n) })
	c.sums()
	for _, a := range s.Bonus {
		c.adjust("thưởng", a)
	}
	for _, a := range s.Penalty {
		c.adjust("trừ", a)
	}
	return c.problems
}

type checker struct {
	set            *Set
	metrics, codes map[string]bool
	problems       []*data.Error
}

// whole notes what is wrong with a part of the set as a whole.
func (c *checker) whole(part, format string, args ...any) {
	c.problems = append(c.problems, invalid(part, "Bộ tiêu chí: %s.", fmt.Sprintf(format, args...)))
}

func (c *checker) node(n *Node) {
	say := func(format string, args ...any) {
		c.problems = append(c.problems, fault(n.Code, fmt.Sprintf(format, args...)))
	}
	switch {
	case n.Code == "":
		c.whole(FieldTree, "có tiêu chí chưa có mã («%s»)", clip(n.Title))
	case c.codes[n.Code]:
		say("mã dùng hai lần")
	}
	c.codes[n.Code] = true
	if n.Max <= 0 {
		say("điểm tối đa phải lớn hơn 0")
	}
	switch {
	case n.Rule != nil && len(n.Children) > 0:
		say("vừa có tiêu chí con vừa có cách chấm; chỉ tiêu chí cuối cùng được chấm")
	case n.Rule != nil:
		n.Rule.check(n, say)
	case len(n.Children) == 0:
		say("chưa có cách chấm và chưa có tiêu chí con")
	default:
		var sum Points
		for _, child := range n.Children {
			sum += child.Max
		}
		if sum != n.Max {
			say("tổng điểm tối đa của các tiêu chí con là %s, khác điểm tối đa %s", sum.String(), n.Max.String())
		}
	}
	if n.Metric != nil {
		for _, id := range []string{n.Metric.Value, n.Metric.Numerator, n.Metric.Denominator} {
			if id != "" && !c.metrics[id] {
				say("chỉ số nguồn «%s» chưa khai trong bộ tiêu chí", clip(id))
			}
		}
	}
}

func (c *checker) sums() {
	if len(c.set.Criteria) == 0 {
		c.whole(FieldTree, "chưa có lĩnh vực nào; thêm các lĩnh vực của quyết định")
		return
	}
	var total, survey Points
	for _, n := range c.set.Criteria {
		total += n.Max
	}
	c.set.Walk(func(n *Node, _ []*Node) {
		if n.Survey() {
			survey += n.Max
		}
	})
	m := &c.set.Meta
	if total != m.Total {
		c.whole(FieldHead, "tổng điểm tối đa của các lĩnh vực là %s, khác tổng điểm %s", total.String(), m.Total.String())
	}
	if m.SurveyMax != nil && *m.SurveyMax != survey {
		c.whole(FieldHead, "điểm tối đa của các tiêu chí điều tra cộng lại là %s, khác %s đã ghi ở «Tổng điểm điều tra»", survey.String(), m.SurveyMax.String())
	}
	if self := total - survey; m.SelfMax != nil && *m.SelfMax != self {
		c.whole(FieldHead, "điểm tối đa của các tiêu chí tự chấm cộng lại là %s, khác %s đã ghi ở «Tổng điểm tự chấm»", self.String(), m.SelfMax.String())
	}
}

func (c *checker) meta() {
	m := &c.set.Meta
	one := func(name, value string, known ...string) {
		if !slices.Contains(known, value) {
			c.whole(FieldPolicies, "không có %s «%s»; chọn lại ở phần cách tính", name, clip(value))
		}
	}
	if m.ID == "" {
		c.whole(FieldHead, "chưa có mã của bộ")
	}
	if m.Total <= 0 {
		c.whole(FieldHead, "tổng điểm phải lớn hơn 0")
	}
	one("cách làm tròn", m.Rounding.Mode, HalfUp, Down)
	one("lúc làm tròn", m.Rounding.When, RoundLeaves, RoundTotal)
	one("cách tính tiêu chí không đánh giá", m.NotApplicable.Policy, ExcludeAndRescale, CountFull, CountZero)
	one("cách tính khi không điều tra", m.NoSurvey.Policy, RescaleSelf, SurveyZero)
	one("cách xếp hạng khi bằng điểm", string(m.TieRule), "", string(Competition), string(Dense))
	if d := m.Rounding; d.LeafDecimals < 0 || d.LeafDecimals > 3 || d.TotalDecimals < 0 || d.TotalDecimals > 3 {
		c.whole(FieldPolicies, "số chữ số thập phân phải từ 0 đến 3")
	}
	if !m.BonusOutside {
		c.whole(FieldPolicies, "điểm thưởng, điểm trừ phải nằm ngoài tổng điểm; nếu nằm trong, hãy ghi thành tiêu chí của cây")
	}
	if n := len(m.FinalClamp); n != 0 && (n != 2 || m.FinalClamp[0].Cmp(m.FinalClamp[1]) >= 0) {
		c.whole(FieldPolicies, "giới hạn chỉ số cần hai số, số trước nhỏ hơn số sau")
	}
	for _, limit := range []*Points{m.BonusCap, m.PenaltyCap} {
		if limit != nil && *limit < 0 {
			c.whole(FieldPolicies, "mức tối đa của điểm thưởng, điểm trừ không được âm")
		}
	}
	c.grades()
}

// grades faults gaps and overlaps between grades.
func (c *checker) grades() {
	byMin := slices.Clone(c.set.Meta.Grades)
	slices.SortStableFunc(byMin, func(a, b Grade) int { return a.Min.Cmp(b.Min) })
	for i, g := range byMin {
		again := slices.IndexFunc(byMin, func(x Grade) bool { return x.Name == g.Name }) < i
		switch {
		case again && g.Name != "":
			c.whole(FieldGrades, "hạng «%s» ghi hai lần", clip(g.Name))
		case g.Name == "":
			c.whole(FieldGrades, "có hạng chưa có tên")
		case g.Min.Cmp(g.Max) >= 0:
			c.whole(FieldGrades, "hạng «%s» có mức từ %s không nhỏ hơn mức đến %s", clip(g.Name), g.Min, g.Max)
		case i > 0 && byMin[i-1].Max.Cmp(g.Min) < 0:
			c.whole(FieldGrades, "hở giữa hạng «%s» và hạng «%s»: từ %s đến %s", clip(byMin[i-1].Name), clip(g.Name), byMin[i-1].Max, g.Min)
		case i > 0 && byMin[i-1].Max.Cmp(g.Min) > 0:
			c.whole(FieldGrades, "hạng «%s» và hạng «%s» chồng lên nhau", clip(byMin[i-1].Name), clip(g.Name))
		}
	}
}

func (c *checker) adjust(name string, a *Adjust) {
	say := func(format string, args ...any) {
		c.problems = append(c.problems, invalid(a.Code, "Điểm %s %s: %s.", name, clip(a.Code), fmt.Sprintf(format, args...)))
	}
	switch {
	case a.Code == "":
		c.whole(FieldTree, "có điểm %s chưa có mã («%s»)", name, clip(a.Title))
	case c.codes[a.Code]:
		say("mã dùng hai lần")
	}
	c.codes[a.Code] = true
	if a.Cap != nil && *a.Cap <= 0 {
		say("mức tối đa phải lớn hơn 0")
	}
	if a.Domain != "" && c.set.Node(a.Domain) == nil {
		say("lĩnh vực «%s» không có trong bộ tiêu chí", clip(a.Domain))
	}
	if len(a.Rule.Options) == 0 {
		say("chưa có trường hợp nào")
	}
	seen := map[string]bool{}
	for i, o := range a.Rule.Options {
		switch {
		case o.ID == "":
			say("trường hợp thứ %d chưa có mã", i+1)
		case seen[o.ID]:
			say("mã trường hợp «%s» dùng hai lần", clip(o.ID))
		case o.Points <= 0:
			say("điểm của trường hợp «%s» phải lớn hơn 0", clip(orElse(o.Label, o.ID)))
		case o.Per != PerEach && o.Per != PerOnce:
			say("cách tính của trường hợp «%s» chưa rõ: mỗi lần hay một lần", clip(orElse(o.Label, o.ID)))
		}
		seen[o.ID] = true
	}
}

// grade returns the name of the grade of an index, "" where none fits.
func (m *Meta) grade(index Points) string {
	x, best := index.rat(), (*Grade)(nil)
	for i, g := range m.Grades {
		if best == nil || g.Max.Cmp(best.Max) > 0 {
			best = &m.Grades[i]
		}
		if g.Min.Rat().Cmp(x) <= 0 && x.Cmp(g.Max.Rat()) < 0 {
			return g.Name
		}
	}
	if best != nil && x.Cmp(best.Max.Rat()) >= 0 {
		return best.Name
	}
	return ""
}

// clamp keeps an index within the bounds of the set.
func (m *Meta) clamp(r *big.Rat) *big.Rat {
	if len(m.FinalClamp) == 2 {
		if low := m.FinalClamp[0].Rat(); r.Cmp(low) < 0 {
			return low
		}
		if high := m.FinalClamp[1].Rat(); r.Cmp(high) > 0 {
			return high
		}
	}
	return r
}
