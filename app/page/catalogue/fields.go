package catalogue

import (
	"context"
	"fmt"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
)

// fieldRow is a field with what the list tells besides.
type fieldRow struct {
	data.Field
	procedures, dossiers int64
}

// fields is the part Lĩnh vực.
type fields struct {
	e *env.Env
	*list.List[fieldRow]
}

func newFields(e *env.Env) part {
	p := &fields{e: e}
	p.List = list.Of(e, list.Options[fieldRow]{ID: "fields", Title: "Lĩnh vực", What: "lĩnh vực", Load: p.load, Key: func(r *fieldRow) uint64 { return uint64(r.ID) },
		Columns: []list.Column[fieldRow]{
			{ID: "name", Title: "Tên lĩnh vực", Width: 260, Flex: 3, Text: func(r *fieldRow) string { return r.Name }},
			{ID: "procedures", Title: "Số thủ tục", Width: 90, Align: widget.Right, Text: func(r *fieldRow) string { return number(r.procedures) }},
			{ID: "dossiers", Title: "Số hồ sơ", Width: 90, Align: widget.Right, Text: func(r *fieldRow) string { return number(r.dossiers) }},
			{ID: "source", Title: "Nguồn", Width: 110, Text: func(r *fieldRow) string { return sourceName(r.Source) }},
		},
		Actions: []list.Action{{Label: "Gộp vào…", Do: func() { p.merge(p.CurrentRow()) }}, {Label: "Thêm lĩnh vực", Icon: widget.IconAdd, Main: true, Do: func() { p.edit(&fieldRow{}) }}},
		Open:    p.edit, EmptyVerb: "Thêm lĩnh vực", EmptyDo: func() { p.edit(&fieldRow{}) },
		Menu: func(r *fieldRow, _ []uint64) []widget.MenuItem {
			one := *r
			return []widget.MenuItem{
				{Label: "Đổi tên…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.edit(&one) }},
				{Label: "Gộp vào lĩnh vực khác…", Do: func() { p.merge(&one) }},
			}
		}})
	return p
}

func (p *fields) load() ([]fieldRow, error) {
	c := p.e.Desk.Catalogue()
	procedures := map[uint32]int64{}
	for _, x := range c.Procedures {
		procedures[x.Field]++
	}
	dossiers, err := dossiersBy(p.e.Desk, data.ByField)
	if err != nil {
		return nil, err
	}
	out := make([]fieldRow, len(c.Fields))
	for i, f := range c.Fields {
		out[i] = fieldRow{f, procedures[f.ID], dossiers[idKey(f.ID)]}
	}
	return out, nil
}

func (p *fields) edit(r *fieldRow) {
	q := form.Question[data.Field]{Title: "Đổi tên lĩnh vực", Value: r.Field,
		Fields: []form.Field[data.Field]{form.Text("name", "Tên lĩnh vực", func(f *data.Field) *string { return &f.Name }).Need()},
		Store:  func(ctx context.Context, f data.Field) error { return p.e.Desk.SaveField(ctx, &f) }, Done: func(data.Field) string { return "Đã đổi tên lĩnh vực." }}
	if r.ID == 0 {
		q.Title, q.Value.Source = "Thêm lĩnh vực", data.Typed
		q.Done = func(data.Field) string { return "Đã thêm lĩnh vực." }
		q.Again = func(data.Field) data.Field { return data.Field{Source: data.Typed} }
	}
	form.Ask(p.e, q)
}

// merge moves everything of a field to another one.
func (p *fields) merge(r *fieldRow) {
	if r == nil {
		p.e.Fail("Gộp lĩnh vực", data.Fail(data.Invalid, "Chọn lĩnh vực cần gộp trong danh sách trước.", nil))
		return
	}
	one := r.Field
	form.Ask(p.e, form.Question[uint32]{Title: "Gộp lĩnh vực «" + one.Name + "»", Verb: "Gộp",
		Note: "Thủ tục và hồ sơ của lĩnh vực này chuyển hết sang lĩnh vực nhận, mỗi hồ sơ ghi một dòng đính chính; lĩnh vực này ra khỏi danh mục. Hoàn tác được cả lượt.",
		Fields: []form.Field[uint32]{form.PickID("into", "Gộp vào lĩnh vực", func(*uint32) []kit.Choice { return fieldChoices(p.e.Desk, one.ID) },
			func(n *uint32) *uint32 { return n }).Need()},
		Check: func(into uint32) error {
			if into == 0 {
				return &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn lĩnh vực nhận."}
			}
			return nil
		},
		Then: func(into uint32) { p.move(one, into) }})
}

func (p *fields) move(one data.Field, into uint32) {
	moved := 0
	p.e.Run("Đang gộp lĩnh vực", func(ctx context.Context, report widget.Report) (err error) {
		moved, err = p.e.Desk.MergeFields(ctx, one.ID, into, func(done, total int64) { report(done, total, "Chuyển hồ sơ") })
		return err
	}, func(err error) {
		if err != nil {
			p.e.Fail("Không thực hiện được", err)
			return
		}
		p.e.Done(fmt.Sprintf("Đã gộp «%s», chuyển %s hồ sơ.", one.Name, data.FormatInt(int64(moved))))
	})
}
