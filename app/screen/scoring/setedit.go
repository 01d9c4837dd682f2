package scoring

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	model "giaoban/app/view/scoring"
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
		widget.ShowToast(p.s.ctx.Window, text, "", nil)
		return false
	}
	return true
}

func (p *setsPart) nodeMenu() []widget.MenuItem {
	n := p.node()
	locked := p.m.Locked() != "" || p.m.Set() == nil
	none := locked || n == nil
	return []widget.MenuItem{
		{Label: "Thêm tiêu chí cùng cấp…", Icon: widget.IconAdd, Hint: "Insert", Disabled: locked, Do: func() { p.addNode(false) }},
		{Label: "Thêm tiêu chí con…", Disabled: none, Do: func() { p.addNode(true) }},
		{},
		{Label: "Sửa tên, điểm tối đa…", Icon: widget.IconEdit, Hint: "F2", Disabled: none, Do: p.editNode},
		{Label: "Cách chấm…", Hint: "Enter", Disabled: n == nil || len(n.Children) > 0, Do: p.editRule},
		{Label: "Lên một chỗ", Disabled: none, Do: func() { p.move(-1) }},
		{Label: "Xuống một chỗ", Disabled: none, Do: func() { p.move(1) }},
		{Label: "Chuyển vào nhóm khác…", Disabled: none, Do: p.askParent},
		{},
		{Label: "Bỏ tiêu chí", Icon: widget.IconTrash, Hint: "Delete", Danger: true, Disabled: none, Do: p.removeNode},
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
	p.edit("chuyển chỗ tiêu chí "+code, "Đã chuyển tiêu chí "+code+".", func(s *scoring.Set) error { return s.MoveNode(code, parent, to) })
}

func (p *setsPart) askParent() {
	n := p.node()
	if n == nil || !p.mayEdit() {
		return
	}
	code := n.Code
	var groups []model.Choice
	p.m.Set().Walk(func(x *scoring.Node, path []*scoring.Node) {
		if x.Leaf() || x.Code == code {
			return
		}
		for _, a := range path {
			if a.Code == code {
				return
			}
		}
		groups = append(groups, model.Choice{Key: x.Code, Label: x.Code + " " + x.Title})
	})
	f := newForm()
	parent := picker(groups, "")
	parent.None, parent.Placeholder, parent.Width = "Thành lĩnh vực", "Thành lĩnh vực", 420
	f.add("parent", "Nhóm mới", parent)
	p.s.ask(question{title: "Chuyển tiêu chí " + code, verb: "Chuyển", form: f, then: p.m.Refresh, done: func() string { return "Đã chuyển tiêu chí " + code + "." },
		read: func() (func(context.Context) error, error) {
			to := parent.Key()
			return func(ctx context.Context) error {
				return p.m.Edit(ctx, "chuyển tiêu chí "+code, func(s *scoring.Set) error { return s.MoveNode(code, to, 1<<20) })
			}, nil
		}})
}

func (p *setsPart) removeNode() {
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
				widget.ShowToast(p.s.ctx.Window, "Tiêu chí đang được chấm điểm. Bỏ cách chấm của nó trước khi thêm tiêu chí con.", "", nil)
				return
			}
			parent = n.Code
		} else {
			var i int
			parent, i, _ = p.place(n.Code)
			at = i + 1
		}
	}
	p.nodeForm("Thêm tiêu chí", &scoring.Node{Code: p.freeCode(parent)}, true, func(ctx context.Context, n scoring.Node, kind string, follow bool) error {
		return p.m.Edit(ctx, "thêm tiêu chí "+n.Code, func(s *scoring.Set) error {
			fresh := &n
			if kind != "" {
				rule, err := scoring.EmptyRule(scoring.Kind(kind))
				if err != nil {
					return err
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
	p.nodeForm("Sửa tiêu chí "+old, n, false, func(ctx context.Context, v scoring.Node, _ string, follow bool) error {
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

func (p *setsPart) nodeForm(title string, n *scoring.Node, fresh bool, keep func(ctx context.Context, v scoring.Node, kind string, follow bool) error) {
	f := newForm()
	code, limit, owner := field(n.Code), field(""), field(n.Owner)
	if n.Max != 0 || !fresh {
		limit.SetValue(n.Max.Exact())
	}
	name, evidence, note := area(n.Title, 2), area(strings.Join(n.Evidence, "\n"), 3), field(n.Note)
	na := widget.NewCheck("Có thể không đánh giá (không được giao, không phát sinh)", nil)
	na.SetChecked(n.NAAllowed)
	follow := widget.NewCheck("Điểm tối đa của nhóm ở trên đi theo tổng", nil)
	follow.SetChecked(true)
	f.add("code", "Mã", code).Required()
	f.add("max", "Điểm tối đa", limit).Required()
	f.add("owner", "Chủ trì", owner)
	var kind *widget.Picker
	if fresh {
		kind = picker(model.Kinds(), string(scoring.KindBinary))
		kind.None = "Nhóm, có tiêu chí con"
		f.add("kind", "Cách chấm", kind)
	}
	nameBox := widget.NewFieldBox("Tên", name).Required()
	f.boxes["title"] = nameBox
	below := []fyne.CanvasObject{nameBox, widget.NewFieldBox("Tài liệu kiểm chứng cần có, mỗi dòng một loại", evidence), widget.NewFieldBox("Ghi chú", note), na, follow}
	chosen := ""
	p.s.ask(question{title: title, verb: "Lưu", columns: 2, width: 620, form: f, below: below,
		done: func() string { return "Đã lưu tiêu chí." },
		then: func() {
			p.m.Refresh()
			if fresh && chosen != "" {
				p.s.m.Session.Post(func() {
					if i := p.m.Find(code.Value()); i >= 0 {
						p.tree.SetCurrent(i)
						p.editRule()
					}
				})
			}
		},
		read: func() (func(context.Context) error, error) {
			v := scoring.Node{Code: code.Value(), Title: name.Value(), Owner: owner.Value(), Note: note.Value(), NAAllowed: na.Checked}
			if v.Code == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "code", Message: "Nhập mã, ví dụ 1.2.3."}
			}
			if v.Title == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "title", Message: "Nhập tên tiêu chí."}
			}
			var err error
			if v.Max, err = model.ParsePoints(limit.Value()); err != nil {
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
