package catalogue

import (
	"context"
	"fmt"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// fields is the part Lĩnh vực.
type fields struct{ *list }

func newFields(c *Screen) *fields {
	p := &fields{}
	p.list = newList(c, "Lĩnh vực", model.NewFields(c.session), []widget.Column{
		{ID: "name", Title: "Tên lĩnh vực", Width: 260, Flex: 3}, {ID: "procedures", Title: "Số thủ tục", Width: 90, Align: widget.Right},
		{ID: "dossiers", Title: "Số hồ sơ", Width: 90, Align: widget.Right}, {ID: "source", Title: "Nguồn", Width: 110},
	}, nil, widget.NewButton("Gộp vào…", "", func() { p.merge(p.current()) }), widget.NewMainButton("Thêm lĩnh vực", widget.IconAdd, func() { p.edit(0) }))
	p.verb, p.add = "Thêm lĩnh vực", func() { p.edit(0) }
	p.open = p.edit
	p.grid.Single = true
	p.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{
			{Label: "Đổi tên…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.edit(id) }},
			{Label: "Gộp vào lĩnh vực khác…", Do: func() { p.merge(id) }},
		}
	}
	return p
}

func (p *fields) edit(id uint64) {
	s := p.c.session
	one := s.Desk.Catalogue().Field(uint32(id))
	name := field(one.Name)
	f := screen.NewForm()
	f.Add("name", "Tên lĩnh vực", name).Required()
	title, said := "Thêm lĩnh vực", "Đã thêm lĩnh vực."
	if id != 0 {
		title, said = "Đổi tên lĩnh vực", "Đã đổi tên lĩnh vực."
	}
	p.c.ask(screen.Question{Title: title, Verb: "Lưu", Form: f, Done: func() string { return said }, Read: func() (func(context.Context) error, error) {
		one := one
		if one.Name = name.Value(); id == 0 {
			one.Source = data.Typed
		}
		return func(ctx context.Context) error { return s.Desk.SaveField(ctx, &one) }, nil
	}})
}

// merge moves everything of a field to another one.
func (p *fields) merge(id uint64) {
	s := p.c.session
	one := s.Desk.Catalogue().Field(uint32(id))
	if one.ID == 0 {
		p.c.fail(data.Fail(data.Invalid, "Chọn lĩnh vực cần gộp trong danh sách trước.", nil))
		return
	}
	into := picker(model.FieldChoices(s, one.ID), "")
	f := screen.NewForm()
	f.Add("into", "Gộp vào lĩnh vực", into).Required()
	var d *widget.Dialog
	d = p.c.ask(screen.Question{Title: "Gộp lĩnh vực «" + one.Name + "»", Verb: "Gộp", Form: f, Done: func() string { return "" },
		Note: "Thủ tục và hồ sơ của lĩnh vực này chuyển hết sang lĩnh vực nhận, mỗi hồ sơ ghi một dòng đính chính; lĩnh vực này ra khỏi danh mục. Hoàn tác được cả lượt.",
		Read: func() (func(context.Context) error, error) {
			target := id32(into.Key())
			if target == 0 {
				return nil, &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn lĩnh vực nhận."}
			}
			d.Close()
			moved := 0
			p.c.long("Đang gộp lĩnh vực", func(ctx context.Context, report widget.Report) error {
				var err error
				moved, err = s.Desk.MergeFields(ctx, one.ID, target, func(done, total int64) { report(done, total, "Chuyển hồ sơ") })
				return err
			}, func() string {
				return fmt.Sprintf("Đã gộp «%s», chuyển %s hồ sơ.", one.Name, data.FormatInt(int64(moved)))
			})
			return nil, screen.ErrAsked
		}})
}
