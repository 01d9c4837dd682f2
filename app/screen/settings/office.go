package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
)

// officePart is the office as its papers name it.
type officePart struct {
	c      *Screen
	fields []*officeField
	object fyne.CanvasObject
}

// officeField is one field of the office.
type officeField struct {
	label, hint string
	lines       int // 0 for one
	of          func(*data.Office) *string
	typed
}

func newOffice(c *Screen) *officePart {
	p := &officePart{c: c}
	name := []*officeField{
		{label: "Cơ quan chủ quản", hint: "dòng trên, có thể để trống", lines: 2, of: func(o *data.Office) *string { return &o.Parent }},
		{label: "Cơ quan ban hành", hint: "in đậm trên mọi văn bản, mỗi dòng một phần", lines: 2, of: func(o *data.Office) *string { return &o.Name }},
		{label: "Địa danh", hint: "trước ngày tháng", of: func(o *data.Office) *string { return &o.Place }},
		{label: "Ký hiệu văn bản", hint: "ví dụ BC-UBND", of: func(o *data.Office) *string { return &o.Symbol }},
		{label: "Nơi nhận báo cáo", hint: "sau «Kính gửi»", of: func(o *data.Office) *string { return &o.Receiver }},
		{label: "Mã định danh", hint: "đầu mã hồ sơ, ví dụ H56.22.17", of: func(o *data.Office) *string { return &o.Code }},
	}
	sign := []*officeField{
		{label: "Thẩm quyền ký", hint: "ví dụ TM. ỦY BAN NHÂN DÂN", of: func(o *data.Office) *string { return &o.Authority }},
		{label: "Chức vụ người ký", hint: "ví dụ CHỦ TỊCH", of: func(o *data.Office) *string { return &o.Title }},
		{label: "Họ tên người ký", hint: "dùng khi danh mục Người ký còn trống", of: func(o *data.Office) *string { return &o.Signer }},
		{label: "Người lập biểu", hint: "ký ở cuối biểu thống kê", of: func(o *data.Office) *string { return &o.Preparer }},
	}
	desk := []*officeField{
		{label: "Tên bộ phận một cửa", hint: "in trên giấy hẹn, mỗi dòng một phần", lines: 2, of: func(o *data.Office) *string { return &o.Desk }},
		{label: "Địa chỉ", hint: "in trên giấy hẹn", lines: 2, of: func(o *data.Office) *string { return &o.Address }},
		{label: "Điện thoại", hint: "in trên giấy hẹn", of: func(o *data.Office) *string { return &o.Phone }},
		{label: "Cán bộ tại máy này", hint: "người tiếp nhận của hồ sơ mới, và tên trong nhật ký", of: func(o *data.Office) *string { return &o.Officer }},
	}
	left := container.NewVBox(widget.NewSection("Cơ quan, như in trên văn bản"), p.boxes(name), widget.NewSection("Người ký báo cáo"), p.boxes(sign))
	right := container.NewVBox(widget.NewSection("Bộ phận tiếp nhận và trả kết quả"), p.boxes(desk))
	p.object = container.New(layout.NewGridLayoutWithColumns(2), left, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right))
	return p
}

func (p *officePart) boxes(fields []*officeField) fyne.CanvasObject {
	var boxes []fyne.CanvasObject
	for _, f := range fields {
		if f.field = widget.NewField(""); f.lines > 0 {
			f.field = widget.NewArea("", f.lines)
		}
		p.c.saveKey(f.field, p.save)
		boxes = append(boxes, widget.NewFieldBox(f.label, f.field).WithHint(f.hint))
		p.fields = append(p.fields, f)
	}
	return widget.Columns(2, boxes...)
}

func (p *officePart) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	return p.object, []fyne.CanvasObject{saveButton(p.save)}
}

func (p *officePart) fill() {
	o := p.c.session.Desk.Office()
	for _, f := range p.fields {
		f.fill(*f.of(&o))
	}
}

func (p *officePart) save() {
	o := p.c.session.Desk.Office()
	for _, f := range p.fields {
		*f.of(&o) = f.field.Value()
	}
	p.c.store(func(ctx context.Context) error { return p.c.session.Desk.SetOffice(ctx, o) }, "Đã lưu thông tin cơ quan.", func() {
		for _, f := range p.fields {
			f.saved()
		}
	}, p.c.page.Errors.SetError)
}
