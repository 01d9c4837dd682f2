package catalogue

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// units is the part Đơn vị.
type units struct{ *list }

func newUnits(c *Screen) *units {
	u := &units{}
	closed := widget.NewCheck("Cả đơn vị đã kết thúc", func(on bool) { u.model.ShowEnded(on) })
	u.list = newList(c, "Đơn vị", model.NewUnits(c.session), []widget.Column{
		{ID: "name", Title: "Tên đơn vị", Width: 250, Min: 190, Flex: 3}, {ID: "level", Title: "Cấp", Width: 104}, {ID: "kind", Title: "Loại", Width: 100, Min: 70, Flex: 1, Spare: 3},
		{ID: "code", Title: "Mã định danh", Width: 92}, {ID: "valid", Title: "Hiệu lực", Width: 104, Min: 76, Flex: 0.8, Spare: 4}, {ID: "next", Title: "Kế thừa", Width: 76, Min: 60, Flex: 1, Spare: 2},
		{ID: "count", Title: "Số hồ sơ", Width: 64, Align: widget.Right}, {ID: "source", Title: "Nguồn", Width: 84, Spare: 1},
	}, []chip{{model.FilterLevel, "Cấp"}, {model.FilterKind, "Loại"}},
		closed, widget.NewButton("Sáp nhập…", "", func() { u.merge(u.chosen()) }), widget.NewMainButton("Thêm đơn vị", widget.IconAdd, func() { u.edit(0) }))
	closed.SetChecked(true)
	u.doubtAt = 1
	u.grid.Single = false
	u.verb, u.add = "Thêm đơn vị", func() { u.edit(0) }
	u.open = u.edit
	u.menu = func(id uint64) []widget.MenuItem {
		one := c.session.Desk.Catalogue().Unit(uint32(id))
		ended := one.To.Known()
		ending := widget.MenuItem{Label: "Kết thúc hoạt động…", Icon: widget.IconClose, Disabled: ended, Do: func() { u.end(id) }}
		if ended {
			ending = widget.MenuItem{Label: "Mở lại đơn vị", Icon: widget.IconUndo, Do: func() { u.reopen(id) }}
		}
		return []widget.MenuItem{
			{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { u.edit(id) }},
			{},
			{Label: "Sáp nhập vào…", Disabled: ended, Do: func() { u.merge(u.chosen()) }},
			{Label: "Đổi tên từ ngày…", Disabled: ended, Do: func() { u.rename(id) }},
			{Label: "Tách thành…", Disabled: ended, Do: func() { u.split(id) }},
			ending,
		}
	}
	return u
}

// chosen returns the units that are chosen in the list, or the one under the
// cursor.
func (u *units) chosen() []uint32 {
	var out []uint32
	sel := u.grid.Selection()
	for i := range u.model.Len() {
		if sel.Has(i) {
			out = append(out, uint32(u.model.Line(i).ID))
		}
	}
	if id := u.current(); len(out) == 0 && id != 0 {
		out = append(out, uint32(id))
	}
	return out
}

func (u *units) edit(id uint64) {
	s := u.c.session
	one := s.Desk.Catalogue().Unit(uint32(id))
	f := screen.NewForm()
	name, code, phone, order := field(one.Name), field(one.Code), field(one.Phone), field("")
	if one.Order != 0 {
		order.SetValue(strconv.Itoa(one.Order))
	}
	level := picker(model.Levels(s, one.Level), string(one.Level))
	kind := picker(model.Kinds(), string(one.Kind))
	from, to := u.c.date(one.From), u.c.date(one.To)
	next := picker(model.UnitChoices(s, one.ID), key(one.Successor))
	level.None, kind.None, next.None = "Chưa phân cấp", "Chưa phân loại", "Không có"
	f.Add("name", "Tên đơn vị", name).Required().WithHint("tên đầy đủ, như trên văn bản")
	f.Add("code", "Mã định danh", code).WithHint("ví dụ H56.22.17")
	f.Add("level", "Cấp", level)
	f.Add("kind", "Loại", kind)
	f.Add("from", "Hoạt động từ ngày", from).WithHint("để trống: từ trước đến nay")
	f.Add("to", "Đến hết ngày", to).WithHint("để trống: đang hoạt động")
	f.Add("successor", "Đơn vị kế thừa", next).WithHint("nhận việc của đơn vị này sau khi kết thúc")
	f.Add("phone", "Điện thoại", phone).WithHint("in trên giấy hẹn để người dân hỏi")
	f.Add("order", "Thứ tự trong danh sách", order).WithHint("số nhỏ đứng trước; để trống: theo tên")
	title, said := "Thêm đơn vị", "Đã thêm đơn vị."
	if id != 0 {
		title, said = one.Name, "Đã sửa đơn vị."
	}
	u.c.ask(screen.Question{Title: title, Verb: "Lưu", Columns: 2, Width: 620, Form: f, Done: func() string { return said },
		Read: func() (func(context.Context) error, error) {
			one := one
			one.Name, one.Code, one.Phone = name.Value(), strings.TrimSpace(code.Value()), strings.TrimSpace(phone.Value())
			one.Level, one.Kind, one.Successor = data.Level(level.Key()), data.UnitKind(kind.Key()), id32(next.Key())
			if id == 0 {
				one.Source = data.Typed
			}
			var err error
			if one.Order, err = model.Whole(order.Value(), "order", "Thứ tự", 9999); err != nil {
				return nil, err
			}
			if one.From, err = f.Day("from", from); err != nil {
				return nil, err
			}
			if one.To, err = f.Day("to", to); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error { return s.Desk.SaveUnit(ctx, &one) }, nil
		}})
}

// merge ends units in favour of another one.
func (u *units) merge(ids []uint32) {
	if len(ids) == 0 {
		u.c.fail(data.Fail(data.Invalid, "Chọn đơn vị cần sáp nhập trong danh sách trước.", nil))
		return
	}
	s := u.c.session
	c := s.Desk.Catalogue()
	what := c.Unit(ids[0]).Name
	if len(ids) > 1 {
		what = fmt.Sprintf("%d đơn vị đã chọn", len(ids))
	}
	into, day, why := picker(model.UnitChoices(s, ids[0]), ""), u.c.date(s.Desk.Today()), field("")
	f := screen.NewForm()
	f.Add("successor", "Sáp nhập vào", into).Required()
	f.Add("day", "Từ ngày", day).Required()
	f.Add("why", "Căn cứ", why).WithHint("ví dụ số nghị quyết sắp xếp đơn vị hành chính")
	u.c.ask(screen.Question{Title: "Sáp nhập " + what, Verb: "Sáp nhập", Form: f, Done: func() string { return "Đã sáp nhập " + what + "." },
		Note: "Đơn vị cũ kết thúc vào hôm trước; hồ sơ và số liệu cũ vẫn mang tên cũ.",
		Read: func() (func(context.Context) error, error) {
			from, err := f.Day("day", day)
			if err != nil {
				return nil, err
			}
			target, reason := id32(into.Key()), why.Value()
			return func(ctx context.Context) error { return s.Desk.MergeUnits(ctx, ids, target, from, reason) }, nil
		}})
}

func (u *units) rename(id uint64) {
	s := u.c.session
	one := s.Desk.Catalogue().Unit(uint32(id))
	name, day := field(one.Name), u.c.date(s.Desk.Today())
	level := picker(model.Levels(s, one.Level), string(one.Level))
	f := screen.NewForm()
	f.Add("name", "Tên mới", name).Required()
	f.Add("level", "Cấp", level)
	f.Add("day", "Từ ngày", day).Required()
	u.c.ask(screen.Question{Title: "Đổi tên " + one.Name, Verb: "Đổi tên", Form: f, Done: func() string { return "Đã đổi tên " + one.Name + "." },
		Note: "Tên cũ giữ cho những ngày trước; tên mới là một dòng riêng, nối tiếp dòng cũ. Nếu chỉ sửa lỗi chính tả, dùng «Sửa…».",
		Read: func() (func(context.Context) error, error) {
			from, err := f.Day("day", day)
			if err != nil {
				return nil, err
			}
			text, l := name.Value(), data.Level(level.Key())
			return func(ctx context.Context) error {
				_, err := s.Desk.RenameUnit(ctx, one.ID, text, l, from)
				return err
			}, nil
		}})
}

func (u *units) split(id uint64) {
	s := u.c.session
	one := s.Desk.Catalogue().Unit(uint32(id))
	names, day := area("", 4), u.c.date(s.Desk.Today())
	stays := widget.NewCheck("Đơn vị cũ vẫn hoạt động bên cạnh các đơn vị mới", nil)
	f := screen.NewForm()
	f.Add("name", "Tên các đơn vị mới, mỗi dòng một tên", names).Required()
	f.Add("day", "Từ ngày", day).Required()
	u.c.ask(screen.Question{Title: "Tách " + one.Name, Verb: "Tách", Form: f, Below: []fyne.CanvasObject{stays}, Done: func() string { return "Đã tách " + one.Name + "." },
		Read: func() (func(context.Context) error, error) {
			from, err := f.Day("day", day)
			if err != nil {
				return nil, err
			}
			list, goesOn := model.Lines(names.Value()), stays.Checked
			return func(ctx context.Context) error { return s.Desk.SplitUnit(ctx, one.ID, list, from, goesOn) }, nil
		}})
}

func (u *units) end(id uint64) {
	s := u.c.session
	one := s.Desk.Catalogue().Unit(uint32(id))
	day := u.c.date(s.Desk.Today())
	f := screen.NewForm()
	f.Add("to", "Hoạt động đến hết ngày", day).Required()
	u.c.ask(screen.Question{Title: "Kết thúc " + one.Name, Verb: "Kết thúc", Form: f, Done: func() string { return "Đã kết thúc " + one.Name + "." },
		Note: "Đơn vị không bị xóa: hồ sơ cũ vẫn mang tên này, chỉ không còn được chọn cho hồ sơ mới.",
		Read: func() (func(context.Context) error, error) {
			last, err := f.Day("to", day)
			if err == nil && !last.Known() {
				err = &data.Error{Code: data.Invalid, Field: "to", Message: "Nhập ngày cuối hoạt động."}
			}
			return func(ctx context.Context) error { return s.Desk.CloseUnit(ctx, one.ID, last) }, err
		}})
}

func (u *units) reopen(id uint64) {
	u.c.do(func(ctx context.Context) error { return u.c.session.Desk.CloseUnit(ctx, uint32(id), data.NoDay) }, "Đã mở lại đơn vị.", u.c.fail)
}

func key(id uint32) string {
	if id == 0 {
		return ""
	}
	return strconv.Itoa(int(id))
}

func id32(key string) uint32 {
	n, _ := strconv.ParseUint(key, 10, 32)
	return uint32(n)
}
