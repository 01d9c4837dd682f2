package scoring

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"giaoban/data"
	"giaoban/data/scoring/expr"
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
	c.facts()
	s.Walk(func(n *Node, _ []*Node) { c.node(n) })
	c.sums()
	c.sources()
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
		c.leaf(n, say)
	case len(n.Children) == 0:
		c.problems = append(c.problems, invalid(n.Code, "Tiêu chí %s chưa có loại quy tắc.", clip(n.Code)))
	default:
		c.group(n, say)
	}
	if n.Metric != nil {
		for _, id := range []string{n.Metric.Value, n.Metric.Numerator, n.Metric.Denominator} {
			if id != "" && !c.metrics[id] {
				say("chỉ số nguồn «%s» chưa khai trong bộ tiêu chí", clip(id))
			}
		}
	}
}

// leaf faults the rule of a criterion and what stands around it.
func (c *checker) leaf(n *Node, say func(string, ...any)) {
	n.Rule.check(n, c.set, say)
	if n.None != nil {
		n.None.check(n, say)
	}
	if n.Min != nil && *n.Min > 0 {
		say("điểm nhỏ nhất %s phải từ 0 trở xuống", n.Min.String())
	}
	if n.Take != "" {
		say("cách lấy điểm chỉ ghi ở nhóm, không ghi ở tiêu chí được chấm")
	}
	n.checkVariants(c.set, say)
}

// group faults a group whose maximum is not that of its criteria together.
func (c *checker) group(n *Node, say func(string, ...any)) {
	var sum, best Points
	for _, child := range n.Children {
		sum, best = sum+child.Max, max(best, child.Max)
	}
	switch {
	case !validTake(n.Take):
		say("cách lấy điểm «%s» không có; để trống hoặc chọn lấy cao nhất", clip(n.Take))
	case n.Take == TakeHighest && best != n.Max:
		say("điểm tối đa của phương án cao nhất là %s, khác điểm tối đa %s", best.String(), n.Max.String())
	case n.Take == "" && sum != n.Max:
		say("tổng điểm tối đa của các tiêu chí con là %s, khác điểm tối đa %s", sum.String(), n.Max.String())
	}
	if n.Min != nil || n.None != nil || len(n.Variants) > 0 {
		say("điểm nhỏ nhất, trường hợp không phát sinh và trường hợp riêng chỉ ghi ở tiêu chí được chấm")
	}
}

// facts faults what the set asks of a unit.
func (c *checker) facts() {
	seen := map[string]bool{}
	for _, f := range c.set.Meta.Facts {
		switch {
		case !expr.ValidName(f.ID):
			c.whole(FieldHead, "ký hiệu «%s» của đặc điểm đơn vị không dùng được, cần chữ cái và số, bắt đầu bằng chữ cái", clip(f.ID))
		case seen[f.ID] || f.ID == maxName || slices.ContainsFunc(GradeNames(), func(x [2]string) bool { return x[0] == f.ID }):
			c.whole(FieldHead, "ký hiệu «%s» của đặc điểm đơn vị đã dùng; đặt ký hiệu khác", clip(f.ID))
		}
		seen[f.ID] = true
	}
}

// sources faults variables that are taken from where nothing is, and criteria whose
// points wait for each other.
func (c *checker) sources() {
	above := map[string][]string{} // the criteria whose points one takes
	visit := func(n *Node, r Rule) {
		v, ok := r.(interface{ variables() []Var })
		if !ok {
			return
		}
		for _, x := range v.variables() {
			if x.From == nil {
				continue
			}
			if why := c.source(x.From); why != "" {
				c.problems = append(c.problems, fault(n.Code, fmt.Sprintf("biến «%s»: %s", clip(x.ID), why)))
			}
			if x.From.Input == inputPoints && !x.From.LastYear {
				above[n.Code] = append(above[n.Code], x.From.Code)
			}
		}
	}
	c.set.Walk(func(n *Node, _ []*Node) {
		visit(n, n.Rule)
		for _, v := range n.Variants {
			visit(n, v.Rule)
		}
		for _, child := range n.Children {
			above[n.Code] = append(above[n.Code], child.Code)
		}
	})
	for _, x := range c.set.Meta.GradeVars {
		switch {
		case x.From == nil:
			c.whole(FieldGrades, "biến «%s» của điều kiện hạng cần lấy từ một tiêu chí", clip(x.ID))
		case c.source(x.From) != "":
			c.whole(FieldGrades, "biến «%s» của điều kiện hạng: %s", clip(x.ID), c.source(x.From))
		}
	}
	state := map[string]int{} // 1 on the way, 2 done
	var walk func(code string) bool
	walk = func(code string) bool {
		switch state[code] {
		case 1:
			return true
		case 2:
			return false
		}
		state[code] = 1
		for _, next := range above[code] {
			if walk(next) {
				state[code] = 2
				return true
			}
		}
		state[code] = 2
		return false
	}
	for _, code := range slices.Sorted(maps.Keys(above)) {
		if walk(code) {
			c.problems = append(c.problems, fault(code, "điểm tính vòng tròn: tiêu chí này lấy điểm của tiêu chí khác mà tiêu chí ấy lại chờ điểm của nó"))
			return
		}
	}
}

// source says why nothing can be taken from a source, "" where it can.
func (c *checker) source(from *Source) string {
	if from.Code == "" || from.Input == "" {
		return "chưa ghi lấy từ tiêu chí nào"
	}
	if from.LastYear {
		return "" // last year's set may have had other criteria
	}
	n := c.set.Node(from.Code)
	switch {
	case n == nil:
		return fmt.Sprintf("tiêu chí %s không có trong bộ tiêu chí", clip(from.Code))
	case from.Input == inputPoints || from.Input == "percent" && !n.Leaf():
		return ""
	case !n.Leaf():
		return fmt.Sprintf("tiêu chí %s là nhóm, chỉ lấy được điểm", clip(from.Code))
	case slices.Contains(n.Rule.Inputs(), from.Input), from.Input == "percent" && slices.Contains(n.Rule.Inputs(), "b"):
		return ""
	}
	if v, ok := n.Rule.(interface{ variables() []Var }); ok && slices.ContainsFunc(v.variables(), func(x Var) bool { return x.ID == from.Input }) {
		return ""
	}
	if d, ok := n.Rule.(*Deduct); ok && slices.ContainsFunc(d.Events, func(e Event) bool { return e.ID == from.Input }) {
		return ""
	}
	return fmt.Sprintf("tiêu chí %s không có số liệu «%s»", clip(from.Code), clip(from.Input))
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
	switch {
	case !m.BonusOutside && m.BonusCap == nil:
		c.whole(FieldPolicies, "điểm thưởng nằm trong tổng điểm thì cần ghi «mức thưởng tối đa»; nếu là tiêu chí, hãy ghi thành tiêu chí của cây")
	case !m.BonusOutside && total+*m.BonusCap != m.Total:
		c.whole(FieldPolicies, "điểm thưởng nằm trong tổng điểm: các lĩnh vực %s và mức thưởng tối đa %s cộng lại khác tổng điểm %s", total.String(), m.BonusCap.String(), m.Total.String())
	case m.BonusOutside && total != m.Total:
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
	for _, p := range []*Points{m.IndexBase, m.IndexScale} {
		if p != nil && *p <= 0 {
			c.whole(FieldHead, "điểm ứng với chỉ số tối đa và thang của chỉ số phải lớn hơn 0")
		}
	}
	if _, ok := untilDay(m.SubmitBy, data.FirstYear); !ok && m.SubmitBy != "" {
		c.whole(FieldHead, "hạn nộp phiếu «%s» không đúng; viết theo mẫu 12-15 hoặc 2026-12-15", clip(m.SubmitBy))
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
	known, err := c.set.gradeKnown()
	if err != nil {
		c.whole(FieldGrades, "điều kiện hạng: %s", err)
		known = func(string) bool { return true }
	}
	for _, g := range c.set.Meta.Grades {
		for _, need := range g.Needs {
			if _, err := compile(need.When, known, true); err != nil {
				c.whole(FieldGrades, "điều kiện của hạng «%s»: %s", clip(g.Name), err)
			}
		}
	}
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
		c.problems = append(c.problems, invalid(a.Code, "Điểm %s %s chưa có loại quy tắc: ghi các trường hợp được %s.", name, clip(a.Code), name))
	}
	if !validTake(a.Rule.Take) {
		say("cách lấy điểm «%s» không có; để trống hoặc chọn lấy cao nhất", clip(a.Rule.Take))
	}
	seen := map[string]bool{}
	for i, o := range a.Rule.Options {
		switch {
		case o.ID == "":
			say("trường hợp thứ %d chưa có mã", i+1)
		case seen[o.ID]:
			say("mã trường hợp «%s» dùng hai lần", clip(o.ID))
		case o.Expr != "" && o.Points != 0:
			say("trường hợp «%s» vừa có số điểm vừa có công thức; để lại một", clip(orElse(o.Label, o.ID)))
		case o.Expr != "":
			if _, err := countFormula(o.Expr, 0); err != nil {
				say("trường hợp «%s»: %s", clip(orElse(o.Label, o.ID)), err)
			}
		case o.Points <= 0:
			say("điểm của trường hợp «%s» phải lớn hơn 0", clip(orElse(o.Label, o.ID)))
		case o.Per != PerEach && o.Per != PerOnce && o.Per != PerFree:
			say("cách tính của trường hợp «%s» chưa rõ: mỗi lần, một lần hay Hội đồng cho", clip(orElse(o.Label, o.ID)))
		}
		seen[o.ID] = true
	}
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
