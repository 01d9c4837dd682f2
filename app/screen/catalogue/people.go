package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// newCounters builds the part Bộ phận, người thụ lý.
func newCounters(c *Screen) *list {
	var l *list
	l = newList(c, "Bộ phận, người thụ lý", model.NewCounters(c.session), []widget.Column{
		{ID: "name", Title: "Bộ phận", Width: 220, Flex: 2}, {ID: "unit", Title: "Thuộc đơn vị", Width: 200, Flex: 2}, {ID: "officer", Title: "Người thụ lý", Width: 160, Flex: 1}, {ID: "state", Title: "Tình trạng", Width: 120},
	}, nil, widget.NewMainButton("Thêm bộ phận", widget.IconAdd, func() { editCounter(l, 0) }))
	l.verb, l.add = "Thêm bộ phận", func() { editCounter(l, 0) }
	l.open = func(id uint64) { editCounter(l, id) }
	l.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { editCounter(l, id) }}, l.dropItem(id, desk.KindCounter, "bộ phận")}
	}
	return l
}

// dropItem takes an entry out that was entered by mistake.
func (l *list) dropItem(id uint64, kind, what string) widget.MenuItem {
	name := l.model.Line(l.model.Find(id)).Cells[0]
	return widget.MenuItem{Label: "Bỏ khỏi danh sách", Icon: widget.IconTrash, Danger: true, Do: func() {
		l.c.do(func(ctx context.Context) error {
			return l.c.session.Desk.Drop(ctx, desk.Work{Title: "Bỏ " + what + " " + name}, kind, id)
		}, "Đã bỏ "+what+" "+name+".", l.c.fail)
	}}
}

// stored returns the entry with the id; its zero value for a new one.
func stored[T any](list []desk.Stored[T], id uint64) (value T) {
	if i := slices.IndexFunc(list, func(x desk.Stored[T]) bool { return x.ID == id }); i >= 0 && id != 0 {
		return list[i].Value
	}
	return value
}

func editCounter(l *list, id uint64) {
	s := l.c.session
	all, err := s.Desk.Counters()
	if err != nil {
		l.c.fail(err)
		return
	}
	one := stored(all, id)
	name, officer := field(one.Name), field(one.Officer)
	unit := picker(model.UnitChoices(s, 0), key(one.Unit))
	unit.None = "Không thuộc đơn vị nào"
	closed := widget.NewCheck("Không dùng nữa", nil)
	closed.SetChecked(one.Closed)
	f := screen.NewForm()
	f.Add("name", "Tên bộ phận, bàn", name).Required().WithHint("ví dụ Bàn số 2, hoặc Chuyên viên đất đai")
	f.Add("unit", "Thuộc đơn vị", unit)
	f.Add("officer", "Người thụ lý", officer)
	l.c.ask(screen.Question{Title: newOr(id, "Thêm bộ phận", one.Name), Verb: "Lưu", Form: f, Below: []fyne.CanvasObject{closed}, Done: saved("bộ phận"),
		Read: func() (func(context.Context) error, error) {
			v := data.Counter{Name: name.Value(), Unit: id32(unit.Key()), Officer: officer.Value(), Closed: closed.Checked}
			return func(ctx context.Context) error { return s.Desk.SaveCounter(ctx, id, v) }, nil
		}})
}

func newOr(id uint64, fresh, name string) string {
	if id == 0 {
		return fresh
	}
	return name
}

func saved(what string) func() string { return func() string { return "Đã lưu " + what + "." } }

// newSigners builds the part Người ký.
func newSigners(c *Screen) *list {
	var l *list
	l = newList(c, "Người ký", model.NewSigners(c.session), []widget.Column{
		{ID: "name", Title: "Họ tên", Width: 180, Flex: 1}, {ID: "title", Title: "Chức vụ", Width: 180, Flex: 1}, {ID: "authority", Title: "Dòng thẩm quyền", Width: 220, Flex: 2},
		{ID: "valid", Title: "Thời gian", Width: 180, Spare: 1}, {ID: "first", Title: "", Width: 80},
	}, nil, widget.NewMainButton("Thêm người ký", widget.IconAdd, func() { editSigner(l, 0) }))
	l.verb, l.add = "Thêm người ký", func() { editSigner(l, 0) }
	l.open = func(id uint64) { editSigner(l, id) }
	l.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { editSigner(l, id) }}, l.dropItem(id, desk.KindSigner, "người ký")}
	}
	return l
}

// authorities are the usual lines above the title of a signer (Decree 30/2020,
// annex I).
var authorities = []model.Choice{
	{Key: "TM. ỦY BAN NHÂN DÂN", Label: "TM. ỦY BAN NHÂN DÂN"}, {Key: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", Label: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"},
	{Key: "KT. CHỦ TỊCH", Label: "KT. CHỦ TỊCH"}, {Key: "KT. GIÁM ĐỐC", Label: "KT. GIÁM ĐỐC"}, {Key: "TL. CHỦ TỊCH", Label: "TL. CHỦ TỊCH"}, {Key: "TUQ. CHỦ TỊCH", Label: "TUQ. CHỦ TỊCH"}, {Key: "Q. CHỦ TỊCH", Label: "Q. CHỦ TỊCH"},
}

func editSigner(l *list, id uint64) {
	s := l.c.session
	all, err := s.Desk.AllSigners()
	if err != nil {
		l.c.fail(err)
		return
	}
	one := stored(all, id)
	name, title, authority := field(one.Name), field(one.Title), area(one.Authority, 2)
	usual := widget.NewPicker(options(authorities), nil)
	usual.Placeholder, usual.Width = "Chọn dòng thường dùng…", 240
	usual.OnPick = func(o widget.Option) {
		authority.SetValue(o.Key)
		usual.SetKey("")
	}
	from, to := l.c.date(one.From), l.c.date(one.To)
	first := widget.NewCheck("Ký chính: được chọn sẵn khi in", nil)
	first.SetChecked(one.First || id == 0 && len(all) == 0)
	f := screen.NewForm()
	f.Add("name", "Họ tên", name).Required().WithHint("như in dưới chữ ký")
	f.Add("title", "Chức vụ", title).Required().WithHint("viết hoa như trên văn bản")
	f.Add("authority", "Dòng thẩm quyền, mỗi dòng một phần", authority).WithHint("đứng trên chức vụ khi ký")
	f.Add("usual", "Dòng thường dùng", container.NewVBox(usual)).WithHint("TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền")
	f.Add("from", "Ký từ ngày", from)
	f.Add("to", "Đến hết ngày", to)
	l.c.ask(screen.Question{Title: newOr(id, "Thêm người ký", one.Name), Verb: "Lưu", Columns: 2, Width: 620, Form: f, Below: []fyne.CanvasObject{first}, Done: saved("người ký"),
		Read: func() (func(context.Context) error, error) {
			v := data.Signer{Name: name.Value(), Title: title.Value(), Authority: strings.Join(model.Lines(authority.Value()), "\n"), First: first.Checked}
			var err error
			if v.From, err = f.Day("from", from); err != nil {
				return nil, err
			}
			if v.To, err = f.Day("to", to); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error { return s.Desk.SaveSigner(ctx, id, v) }, nil
		}})
}

// newCauses builds the part Nguyên nhân chậm.
func newCauses(c *Screen) *list {
	var l *list
	l = newList(c, "Nguyên nhân chậm", model.NewCauses(c.session), []widget.Column{
		{ID: "name", Title: "Nguyên nhân", Width: 360, Flex: 1}, {ID: "kind", Title: "Loại", Width: 120}, {ID: "state", Title: "Tình trạng", Width: 130},
	}, nil, widget.NewMainButton("Thêm nguyên nhân", widget.IconAdd, func() { editCause(l, 0) }))
	l.verb, l.add = "Thêm nguyên nhân", func() { editCause(l, 0) }
	l.open = func(id uint64) { editCause(l, id) }
	l.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { editCause(l, id) }}}
	}
	return l
}

func editCause(l *list, id uint64) {
	s := l.c.session
	all, err := s.Desk.Causes()
	if err != nil {
		l.c.fail(err)
		return
	}
	one := stored(all, id)
	name := field(one.Name)
	kind := picker([]model.Choice{{Key: "0", Label: "Chủ quan: do cơ quan, cán bộ"}, {Key: "1", Label: "Khách quan: ngoài khả năng của cơ quan"}}, "0")
	if one.Objective {
		kind.SetKey("1")
	}
	closed := widget.NewCheck("Không dùng nữa", nil)
	closed.SetChecked(one.Closed)
	f := screen.NewForm()
	f.Add("name", "Nguyên nhân", name).Required()
	f.Add("kind", "Loại", kind)
	l.c.ask(screen.Question{Title: newOr(id, "Thêm nguyên nhân chậm", "Sửa nguyên nhân chậm"), Verb: "Lưu", Form: f, Below: []fyne.CanvasObject{closed}, Done: saved("nguyên nhân"),
		Read: func() (func(context.Context) error, error) {
			v := data.Cause{Name: name.Value(), Objective: kind.Key() == "1", Closed: closed.Checked}
			return func(ctx context.Context) error { return s.Desk.SaveCause(ctx, id, v) }, nil
		}})
}

// newBooks builds the part Quyển sổ.
func newBooks(c *Screen) *list {
	var l *list
	l = newList(c, "Quyển sổ", model.NewBooks(c.session), []widget.Column{
		{ID: "number", Title: "Quyển số", Width: 80, Align: widget.Right}, {ID: "name", Title: "Tên sổ", Width: 240, Flex: 1}, {ID: "fields", Title: "Lĩnh vực", Width: 260, Flex: 2},
		{ID: "next", Title: "Số tiếp theo", Width: 100, Align: widget.Right}, {ID: "skipped", Title: "Số bỏ năm nay", Width: 110, Flex: 1}, {ID: "state", Title: "Tình trạng", Width: 120},
	}, nil, widget.NewMainButton("Thêm quyển sổ", widget.IconAdd, func() { editBook(l, 0, true) }))
	l.verb, l.add = "Thêm quyển sổ", func() { editBook(l, 0, true) }
	l.open = func(id uint64) { editBook(l, id, false) }
	l.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { editBook(l, id, false) }}}
	}
	return l
}

func editBook(l *list, id uint64, fresh bool) {
	s := l.c.session
	all, err := s.Desk.Books()
	if err != nil {
		l.c.fail(err)
		return
	}
	one := stored(all, id)
	if id == 0 && !fresh {
		one = all[0].Value // the one book of an office that entered none
	}
	if fresh {
		one.Number = 1
		for _, b := range all {
			if b.ID != 0 {
				one.Number = max(one.Number, b.Value.Number+1)
			}
		}
	}
	number, name := field(strconv.Itoa(one.Number)), field(one.Name)
	var chosen []string
	for _, x := range one.Fields {
		chosen = append(chosen, key(x))
	}
	holds := widget.NewFilterChip("Chọn lĩnh vực", options(model.FieldChoices(s, 0)), nil)
	holds.SetKeys(chosen)
	closed := widget.NewCheck("Đã khóa sổ, không ghi thêm", nil)
	closed.SetChecked(one.Closed)
	f := screen.NewForm()
	f.Add("number", "Quyển số", number).Required()
	f.Add("name", "Tên sổ", name).Required()
	f.Add("fields", "Lĩnh vực ghi vào sổ này", holds).WithHint("để trống: mọi lĩnh vực mà không sổ nào khác nhận")
	title := fmt.Sprintf("Quyển số %d", one.Number)
	if fresh {
		title = "Thêm quyển sổ"
	}
	l.c.ask(screen.Question{Title: title, Verb: "Lưu", Form: f, Below: []fyne.CanvasObject{closed}, Done: saved("quyển sổ"),
		Read: func() (func(context.Context) error, error) {
			n, err := model.Whole(number.Value(), "number", "Quyển số", 9999)
			if err != nil {
				return nil, err
			}
			v := desk.Book{Number: n, Name: name.Value(), Closed: closed.Checked}
			for _, k := range holds.Keys() {
				v.Fields = append(v.Fields, id32(k))
			}
			return func(ctx context.Context) error { return s.Desk.SaveBook(ctx, id, v) }, nil
		}})
}
