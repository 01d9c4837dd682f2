package scoring

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
)

// node returns the criterion under the cursor, nil for bonus, penalty and none.
func (p *setsPart) node() *scoring.Node {
	list := p.m.Nodes()
	if i := p.tree.Current(); i >= 0 && i < len(list) && p.m.Set() != nil {
		return p.m.Set().Node(list[i].Code)
	}
	return nil
}

// mayEdit reports whether the open set can be changed, and says why not.
func (p *setsPart) mayEdit() bool {
	text := p.m.Locked()
	if p.m.Set() == nil {
		text = "Chưa mở bộ tiêu chí nào."
	}
	if text != "" {
		p.s.e.Toast(text)
		return false
	}
	return true
}

// row is the row under the cursor of the tree.
func (p *setsPart) row() (x NodeRow, ok bool) {
	list := p.m.Nodes()
	if i := p.tree.Current(); i >= 0 && i < len(list) {
		return list[i], true
	}
	return x, false
}

// editMenu lists the parts of the set, then what can be done with the row under
// the cursor.
func (p *setsPart) editMenu() []widget.MenuItem {
	return append([]widget.MenuItem{
		{Label: "Thông tin chung: tên, năm, quyết định…", Icon: widget.IconEdit, Do: p.editHead},
		{Label: "Cách tính: làm tròn, không đánh giá, giới hạn…", Do: p.editPolicies},
		{Label: "Các hạng xếp loại…", Do: p.editGrades},
		{Label: "Số liệu nguồn…", Do: p.editMetrics},
		{Label: "Thêm điểm thưởng…", Do: func() { p.addAdjust(true) }},
		{Label: "Thêm điểm trừ…", Do: func() { p.addAdjust(false) }},
		{},
	}, p.nodeMenu()...)
}

func (p *setsPart) nodeMenu() []widget.MenuItem {
	locked := p.m.Locked() != "" || p.m.Set() == nil
	if x, ok := p.row(); ok && x.List != InTree {
		bonus := x.List == InBonus
		none := locked || !x.Adjust
		return []widget.MenuItem{
			{Label: map[bool]string{true: "Thêm điểm thưởng…", false: "Thêm điểm trừ…"}[bonus], Icon: widget.IconAdd, Hint: "Insert", Disabled: locked, Do: func() { p.addAdjust(bonus) }},
			{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Disabled: none, Do: func() { p.editAdjust(x.Code) }},
			{Label: "Lên một chỗ", Hint: "Ctrl+↑", Disabled: none, Do: func() { p.move(-1) }},
			{Label: "Xuống một chỗ", Hint: "Ctrl+↓", Disabled: none, Do: func() { p.move(1) }},
			{},
			{Label: "Bỏ", Icon: widget.IconTrash, Hint: "Delete", Danger: true, Disabled: none, Do: p.removeNode},
		}
	}
	n := p.node()
	none := locked || n == nil
	return []widget.MenuItem{
		{Label: "Thêm tiêu chí cùng cấp…", Icon: widget.IconAdd, Hint: "Insert", Disabled: locked, Do: func() { p.addNode(false) }},
		{Label: "Thêm tiêu chí con…", Hint: "F3", Disabled: none, Do: func() { p.addNode(true) }},
		{Label: "Sửa tên, điểm tối đa…", Icon: widget.IconEdit, Hint: "F2", Disabled: none, Do: p.editNode},
		{Label: "Cách chấm…", Hint: "Enter", Disabled: n == nil || len(n.Children) > 0, Do: p.editRule},
		{Label: "Số liệu từ sổ hồ sơ…", Icon: widget.IconRegister, Disabled: none || !n.Leaf(), Do: p.editMetric},
		{Label: "Bỏ cách chấm, thành nhóm", Disabled: none || !n.Leaf(), Do: p.toGroup},
		{Label: "Lên một chỗ", Hint: "Ctrl+↑", Disabled: none, Do: func() { p.move(-1) }},
		{Label: "Xuống một chỗ", Hint: "Ctrl+↓", Disabled: none, Do: func() { p.move(1) }},
		{Label: "Chuyển vào nhóm khác…", Disabled: none, Do: p.askParent},
		{},
		{Label: "Bỏ tiêu chí", Icon: widget.IconTrash, Hint: "Delete", Danger: true, Disabled: none, Do: p.removeNode},
	}
}

// addHere adds what belongs to the row under the cursor.
func (p *setsPart) addHere() {
	if x, ok := p.row(); ok && len(p.m.Set().Criteria) > 0 && x.List != InTree {
		p.addAdjust(x.List == InBonus)
		return
	}
	p.addNode(false)
}

// toGroup takes the rule of a criterion away, so that it may get parts.
func (p *setsPart) toGroup() {
	if n := p.node(); n != nil && p.mayEdit() {
		code := n.Code
		p.edit("bỏ cách chấm của tiêu chí "+code, "Đã bỏ cách chấm của tiêu chí "+code+".", func(s *scoring.Set) error { return s.SetRule(code, nil) })
	}
}

// edit runs a change of the open set.
func (p *setsPart) edit(what, done string, change func(*scoring.Set) error) {
	p.s.m.Do(func(ctx context.Context) error { return p.m.Edit(ctx, what, change) }, func(err error) {
		p.m.Refresh()
		p.s.told(done)(err)
	})
}

// above and place of a node: the code of the group that it stands in, and its
// number there.
func (p *setsPart) place(code string) (parent string, at, of int) {
	find := func(list []*scoring.Node) int {
		for i, n := range list {
			if n.Code == code {
				return i
			}
		}
		return -1
	}
	set := p.m.Set()
	if i := find(set.Criteria); i >= 0 {
		return "", i, len(set.Criteria)
	}
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if i := find(n.Children); i >= 0 {
			parent, at, of = n.Code, i, len(n.Children)
		}
	})
	return parent, at, of
}

func (p *setsPart) move(by int) {
	if x, ok := p.row(); ok && x.Adjust && p.mayEdit() {
		p.aim = x.Code
		p.edit("chuyển chỗ "+x.Code, "Đã chuyển "+x.Code+".", func(s *scoring.Set) error { return s.MoveAdjust(x.Code, by) })
		return
	}
	n := p.node()
	if n == nil || !p.mayEdit() {
		return
	}
	code := n.Code
	parent, at, of := p.place(code)
	to := at + by
	if to < 0 || to >= of {
		return
	}
	p.aim = code
	p.edit("chuyển chỗ tiêu chí "+code, "Đã chuyển tiêu chí "+code+".", func(s *scoring.Set) error { return s.MoveNode(code, parent, to) })
}

func (p *setsPart) askParent() {
	n := p.node()
	if n == nil || !p.mayEdit() {
		return
	}
	code := n.Code
	var groups []Choice
	p.m.Set().Walk(func(x *scoring.Node, path []*scoring.Node) {
		if x.Leaf() || x.Code == code {
			return
		}
		for _, a := range path {
			if a.Code == code {
				return
			}
		}
		groups = append(groups, Choice{Key: x.Code, Label: x.Code + " " + x.Title})
	})
	f := screen.NewForm()
	parent := picker(groups, "")
	parent.None, parent.Placeholder, parent.Width = "Thành lĩnh vực", "Thành lĩnh vực", 420
	f.Add("parent", "Nhóm mới", parent)
	p.s.ask(screen.Question{Title: "Chuyển tiêu chí " + code, Verb: "Chuyển", Form: f, Then: p.m.Refresh, Done: func() string { return "Đã chuyển tiêu chí " + code + "." },
		Read: func() (func(context.Context) error, error) {
			to := parent.Key()
			return func(ctx context.Context) error {
				return p.m.Edit(ctx, "chuyển tiêu chí "+code, func(s *scoring.Set) error { return s.MoveNode(code, to, 1<<20) })
			}, nil
		}})
}

func (p *setsPart) removeNode() {
	if x, ok := p.row(); ok && x.Adjust && p.mayEdit() {
		p.edit("bỏ "+x.Code, "Đã bỏ "+x.Code+".", func(s *scoring.Set) error { return s.RemoveAdjust(x.Code) })
		return
	}
	n := p.node()
	if n == nil || !p.mayEdit() {
		return
	}
	code := n.Code
	p.edit("bỏ tiêu chí "+code, "Đã bỏ tiêu chí "+code+".", func(s *scoring.Set) error { return s.RemoveNode(code) })
}

// addNode asks for a new criterion beside the one under the cursor, or below it.
func (p *setsPart) addNode(below bool) {
	if !p.mayEdit() {
		return
	}
	parent, at := "", 1<<20
	if n := p.node(); n != nil {
		if below {
			if n.Leaf() {
				p.s.e.Offer("Tiêu chí đang được chấm điểm. Bỏ cách chấm của nó trước khi thêm tiêu chí con.", "Bỏ cách chấm", p.toGroup)
				return
			}
			parent = n.Code
		} else {
			var i int
			parent, i, _ = p.place(n.Code)
			at = i + 1
		}
	}
	what := "Thêm tiêu chí vào " + parent
	if parent == "" {
		what = "Thêm lĩnh vực"
	}
	p.nodeForm(what, &scoring.Node{Code: p.freeCode(parent)}, p.usualKind(parent), true, func(ctx context.Context, n scoring.Node, kind string, follow bool) error {
		return p.m.Edit(ctx, "thêm tiêu chí "+n.Code, func(s *scoring.Set) error {
			fresh := &n
			if kind != "" {
				rule, err := scoring.EmptyRule(scoring.Kind(kind))
				if err != nil {
					return err
				}
				switch r := rule.(type) {
				case *scoring.Binary:
					r.Yes = n.Max
				case *scoring.Deduct:
					r.Start = n.Max
				case *scoring.Tiers:
					r.Input = scoring.ByPercent
				case *scoring.Survey:
					r.Mode = scoring.SurveyPercent
				}
				fresh.Rule = rule
			}
			if err := s.AddNode(parent, at, fresh); err != nil {
				return err
			}
			return s.SetMax(fresh.Code, fresh.Max, follow)
		})
	})
}

// usualKind proposes how a new criterion is scored: a domain is a group, others are
// as the one before them.
func (p *setsPart) usualKind(parent string) string {
	above := p.m.Set().Node(parent)
	switch {
	case above == nil:
		return ""
	case len(above.Children) == 0:
		return string(scoring.KindBinary)
	}
	if last := above.Children[len(above.Children)-1]; last.Leaf() {
		return string(last.Rule.Kind())
	}
	return ""
}

// sumsFit reports whether the groups above a criterion have the maxima that their
// parts add up to.
func (p *setsPart) sumsFit(code string) bool {
	set := p.m.Set()
	fits := set.Sum("") == set.Meta.Total
	set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		if n.Code != code {
			return
		}
		for _, a := range path {
			fits = fits && set.Sum(a.Code) == a.Max
		}
	})
	return fits
}

// freeCode proposes the next code below a group.
func (p *setsPart) freeCode(parent string) string {
	set := p.m.Set()
	for i := 1; ; i++ {
		code := strings.TrimPrefix(parent+"."+itoa(i), ".")
		if set.Node(code) == nil {
			return code
		}
	}
}

func (p *setsPart) editNode() {
	n := p.node()
	if n == nil || !p.mayEdit() {
		return
	}
	old := n.Code
	p.nodeForm("Sửa tiêu chí "+old, n, "", false, func(ctx context.Context, v scoring.Node, _ string, follow bool) error {
		return p.m.Edit(ctx, "sửa tiêu chí "+old, func(s *scoring.Set) error {
			x := s.Node(old)
			if x == nil {
				return data.Fail(data.NotFound, "Tiêu chí "+old+" không còn trong bộ tiêu chí.", nil)
			}
			x.Title, x.Owner, x.Evidence, x.NAAllowed, x.Note = v.Title, v.Owner, v.Evidence, v.NAAllowed, v.Note
			if v.Max != x.Max {
				if err := s.SetMax(old, v.Max, follow); err != nil {
					return err
				}
			}
			if v.Code != old {
				return s.Recode(old, v.Code)
			}
			return nil
		})
	})
}

func (p *setsPart) nodeForm(what string, n *scoring.Node, usual string, fresh bool, keep func(ctx context.Context, v scoring.Node, kind string, follow bool) error) {
	f := screen.NewForm()
	code, limit, owner := field(n.Code), field(""), field(n.Owner)
	if n.Max != 0 || !fresh {
		limit.SetValue(n.Max.String())
	}
	name, evidence, note := title(n.Title, 2), area(strings.Join(n.Evidence, "\n"), 3), field(n.Note)
	na := widget.NewCheck("Có thể không đánh giá (không được giao, không phát sinh)", nil)
	na.SetChecked(n.NAAllowed)
	follow := widget.NewCheck("Điểm tối đa của nhóm ở trên đi theo tổng", nil)
	// What is typed from a decision keeps its maxima, so that the check finds sums
	// that differ; where the sums fit already they stay in step.
	follow.SetChecked(!fresh && p.sumsFit(n.Code))
	f.Add("code", "Mã", code).Required()
	f.Add("max", "Điểm tối đa", limit).Required()
	var kind *widget.Picker
	if fresh {
		kind = picker(Kinds(), usual)
		kind.None, kind.Placeholder = "Nhóm, có tiêu chí con", "Nhóm, có tiêu chí con"
		f.Add("kind", "Cách chấm", kind)
	} else {
		f.Add("owner", "Chủ trì", owner)
	}
	nameBox := widget.NewFieldBox("Tên", name).Required()
	f.Know("title", nameBox)
	below := []fyne.CanvasObject{nameBox}
	if fresh {
		below = append(below, widget.NewFieldBox("Chủ trì", owner))
	}
	below = append(below, widget.NewFieldBox("Tài liệu kiểm chứng cần có, mỗi dòng một loại", evidence), widget.NewFieldBox("Ghi chú", note), na, follow)
	chosen := ""
	p.s.ask(screen.Question{Title: what, Verb: "Lưu", Columns: 3, Width: 640, Onward: true, Form: f, Below: below,
		Done: func() string { return "Đã lưu tiêu chí " + code.Value() + "." },
		Then: func() {
			// Yes or no is complete with its points; other rules are asked for at once.
			p.aim, p.aimRule = code.Value(), fresh && chosen != "" && chosen != string(scoring.KindBinary)
			p.m.Refresh()
		},
		Read: func() (func(context.Context) error, error) {
			v := scoring.Node{Code: code.Value(), Title: oneLine(name.Value()), Owner: owner.Value(), Note: note.Value(), NAAllowed: na.Checked}
			if v.Code == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "code", Message: "Nhập mã, ví dụ 1.2.3."}
			}
			if v.Title == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "title", Message: "Nhập tên tiêu chí."}
			}
			if limit.Value() == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "max", Message: "Nhập điểm tối đa, ví dụ 0,75."}
			}
			var err error
			if v.Max, err = ParsePoints(limit.Value()); err != nil {
				return nil, &data.Error{Code: data.Invalid, Field: "max", Message: err.Error(), Cause: err}
			}
			for _, line := range strings.Split(evidence.Value(), "\n") {
				if line = strings.TrimSpace(line); line != "" {
					v.Evidence = append(v.Evidence, line)
				}
			}
			if kind != nil {
				chosen = kind.Key()
			}
			return func(ctx context.Context) error { return keep(ctx, v, chosen, follow.Checked) }, nil
		}})
}
