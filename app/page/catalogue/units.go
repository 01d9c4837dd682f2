package catalogue

import (
	"cmp"
	"context"
	"fmt"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
)

// unitRow is a unit with what the list tells besides.
type unitRow struct {
	data.Unit
	next     string // name of its successor
	centre   string // name of its centre
	dossiers int64
}

// units is the part Đơn vị.
type units struct {
	e *env.Env
	*list.List[unitRow]
}

func newUnits(e *env.Env) parts.Part {
	u := &units{e: e}
	u.List = list.Of(e, list.Options[unitRow]{ID: "units", Title: "Đơn vị", What: "đơn vị", Many: true, Load: u.load,
		Key: func(r *unitRow) uint64 { return uint64(r.ID) }, Ended: func(r *unitRow) bool { return over(e.Desk, r.To) },
		Columns: []list.Column[unitRow]{
			{ID: "name", Title: "Tên đơn vị", Width: 250, Min: 190, Flex: 3, Text: func(r *unitRow) string { return r.Name }},
			{ID: "level", Title: "Cấp", Width: 104, Text: func(r *unitRow) string { return shortLevel(r.Level) }, Cell: func(r *unitRow, c *widget.Cell) {
				if r.Level == "" {
					c.Text, c.Mark = "cần bổ sung", widget.MarkSoon
				}
			}},
			{ID: "kind", Title: "Loại", Width: 100, Min: 70, Flex: 1, Spare: 3, Text: func(r *unitRow) string { return kit.If(r.Kind == "", "", r.Kind.Name()) }},
			{ID: "code", Title: "Mã định danh", Width: 92, Text: func(r *unitRow) string { return r.Code }},
			{ID: "valid", Title: "Hiệu lực", Width: 104, Min: 76, Flex: 0.8, Spare: 4, Text: func(r *unitRow) string { return validity(r.From, r.To) }},
			{ID: "next", Title: "Kế thừa", Width: 76, Min: 60, Flex: 1, Spare: 2, Text: func(r *unitRow) string { return r.next }},
			{ID: "count", Title: "Số hồ sơ", Width: 64, Align: widget.Right, Text: func(r *unitRow) string { return number(r.dossiers) }},
			{ID: "source", Title: "Nguồn", Width: 84, Spare: 1, Text: func(r *unitRow) string { return sourceName(r.Source) }},
			{ID: "class", Title: "Nhóm xếp hạng", Width: 130, Off: true, Text: func(r *unitRow) string { return e.Desk.Classes().Of(&r.Unit).Name }},
			{ID: "centre", Title: "Điểm tiếp nhận của", Width: 120, Off: true, Text: func(r *unitRow) string { return r.centre }},
			{ID: "phone", Title: "Điện thoại", Width: 92, Off: true, Text: func(r *unitRow) string { return r.Phone }},
		},
		Filters: []list.Filter[unitRow]{
			{Key: "level", Label: "Cấp", Groups: true, Choices: func() []kit.Choice { return allLevels(e.Desk) }, Of: func(r *unitRow) []string { return []string{string(r.Level)} }},
			{Key: "kind", Label: "Loại", Groups: true, Of: func(r *unitRow) []string { return []string{string(r.Kind)} },
				Choices: func() []kit.Choice { return append(unitKinds(), kit.Choice{Text: data.UnitKind("").Name()}) }},
		},
		Actions: []list.Action{{Label: "Sáp nhập…", Do: func() { u.merge(u.Chosen()) }}, {Label: "Dán từ Excel…", Icon: widget.IconExcel, Do: u.paste}},
		Add:     "Thêm đơn vị", AddDo: func() { u.edit(&unitRow{}) }, Open: u.edit, Edit: "Sửa…", Menu: u.menu})
	return u
}

func (u *units) load() ([]unitRow, error) {
	c := u.e.Desk.Catalogue()
	dossiers, err := dossiersBy(u.e.Desk, data.ByUnit)
	if err != nil {
		return nil, err
	}
	out := make([]unitRow, len(c.Units))
	for i, one := range c.Units {
		out[i] = unitRow{one, c.Unit(one.Successor).Name, c.Unit(one.Centre).Name, dossiers[idKey(one.ID)]}
	}
	return out, nil
}

func (u *units) menu(r *unitRow, chosen []uint64) []widget.MenuItem {
	one, ended := *r, r.To.Known()
	ending := widget.MenuItem{Label: "Kết thúc hoạt động…", Icon: widget.IconClose, Do: func() { u.end(one.Unit) }}
	if ended {
		ending = widget.MenuItem{Label: "Mở lại đơn vị", Icon: widget.IconUndo, Do: func() {
			do(u.e, "Đã mở lại đơn vị.", func(ctx context.Context) error { return u.e.Desk.ReopenUnit(ctx, one.ID) })
		}}
	}
	return []widget.MenuItem{
		{},
		{Label: "Sáp nhập vào…", Disabled: ended, Do: func() { u.merge(chosen) }},
		{Label: "Đổi tên từ ngày…", Disabled: ended, Do: func() { u.rename(one.Unit) }},
		{Label: "Tách thành…", Disabled: ended, Do: func() { u.split(one.Unit) }},
		ending,
	}
}

func (u *units) edit(r *unitRow) {
	d, fresh := u.e.Desk, r.ID == 0
	q := form.Question[data.Unit]{Title: r.Name, Value: r.Unit, Columns: 2, Width: 620, Fields: []form.Field[data.Unit]{
		form.Text("name", "Tên đơn vị", func(x *data.Unit) *string { return &x.Name }).Need().Note("tên đầy đủ, như trên văn bản"),
		form.Text("code", "Mã định danh", func(x *data.Unit) *string { return &x.Code }).Note("ví dụ H56.22.17"),
		levelField("level", "Cấp", u.e, func(x *data.Unit) *data.Level { return &x.Level }),
		form.Pick("kind", "Loại", func(*data.Unit) []kit.Choice { return unitKinds() }, func(x *data.Unit) *data.UnitKind { return &x.Kind }).Or("Chưa phân loại"),
		form.PickID("class", "Nhóm xếp hạng", func(*data.Unit) []kit.Choice { return classChoices(d) }, func(x *data.Unit) *uint32 { return &x.Class }).Or("Theo cấp").
			Telling(func(x *data.Unit) string {
				return "xếp với: " + cmp.Or(d.Classes().Of(x).Name, "chưa rõ nhóm nào")
			}),
		form.Day("from", "Hoạt động từ ngày", d.Today, func(x *data.Unit) *data.Day { return &x.From }).Note("để trống: từ trước đến nay"),
		form.Day("to", "Đến hết ngày", d.Today, func(x *data.Unit) *data.Day { return &x.To }).Note("để trống: đang hoạt động"),
		form.PickID("successor", "Đơn vị kế thừa", func(x *data.Unit) []kit.Choice { return unitChoices(d, x.ID) }, func(x *data.Unit) *uint32 { return &x.Successor }).
			Or("Không có").Note("nhận việc của đơn vị này sau khi kết thúc"),
		form.PickID("centre", "Là điểm tiếp nhận của", func(x *data.Unit) []kit.Choice { return unitChoices(d, x.ID) }, func(x *data.Unit) *uint32 { return &x.Centre }).
			Or("Không, là đơn vị riêng").Note("chi nhánh của trung tâm: số liệu và xếp hạng tính vào trung tâm"),
		form.Text("phone", "Điện thoại", func(x *data.Unit) *string { return &x.Phone }).Note("in trên giấy hẹn để người dân hỏi"),
		form.Count("order", "Thứ tự trong danh sách", 9999, func(x *data.Unit) *int { return &x.Order }).Note("số nhỏ đứng trước; để trống: theo tên"),
	}, Store: func(ctx context.Context, x data.Unit) error { return d.SaveUnit(ctx, &x) }, Done: func(data.Unit) string { return "Đã sửa đơn vị." }}
	if fresh {
		q.Title, q.Value.Source = "Thêm đơn vị", data.Typed
		q.Done = func(x data.Unit) string { return "Đã thêm đơn vị." }
		// The next unit is often of the same level and kind.
		q.Again = func(x data.Unit) data.Unit {
			return data.Unit{Level: x.Level, Kind: x.Kind, From: x.From, Source: data.Typed}
		}
	}
	form.Ask(u.e, q)
}

// levelField is a pick of a level.
func levelField[T any](key, label string, e *env.Env, of func(*T) *data.Level) form.Field[T] {
	return form.Pick(key, label, func(t *T) []kit.Choice { return levels(e.Desk, *of(t)) }, of).Or("Chưa phân cấp")
}

// pasted is a list of units that is typed or pasted from a spreadsheet.
type pasted struct{ Units []data.Unit }

func (u *units) paste() {
	form.Ask(u.e, form.Question[pasted]{Title: "Dán đơn vị từ Excel", Verb: "Thêm các đơn vị", Width: 820,
		Note: "Chép trong Excel các cột tên, mã định danh, cấp, loại; bấm vào ô đầu rồi Ctrl+V. Hoàn tác được cả lượt.",
		Fields: []form.Field[pasted]{form.Rows("units", "Đơn vị", func(p *pasted) *[]data.Unit { return &p.Units },
			form.Text("name", "Tên đơn vị", func(x *data.Unit) *string { return &x.Name }).Sized(280),
			form.Text("code", "Mã định danh", func(x *data.Unit) *string { return &x.Code }).Sized(110),
			levelField("level", "Cấp", u.e, func(x *data.Unit) *data.Level { return &x.Level }).Sized(120),
			form.Pick("kind", "Loại", func(*data.Unit) []kit.Choice { return unitKinds() }, func(x *data.Unit) *data.UnitKind { return &x.Kind }).Or("Chưa phân loại").Sized(170))},
		Store: func(ctx context.Context, p pasted) error { return u.e.Desk.AddUnits(ctx, p.Units) },
		Done:  func(p pasted) string { return fmt.Sprintf("Đã thêm %d đơn vị.", len(p.Units)) }})
}

// change is what is asked when a unit changes from a day on.
type change struct {
	Name, Why string
	Names     []string
	Level     data.Level
	Into      uint32
	Day       data.Day
	Stays     bool
}

func (u *units) dayField(key, label string) form.Field[change] {
	return form.Day(key, label, u.e.Desk.Today, func(c *change) *data.Day { return &c.Day }).Need()
}

// merge ends units in favour of another one.
func (u *units) merge(chosen []uint64) {
	var ids []uint32
	for _, id := range chosen {
		ids = append(ids, uint32(id))
	}
	if r := u.CurrentRow(); len(ids) == 0 && r != nil {
		ids = append(ids, r.ID)
	}
	if len(ids) == 0 {
		u.e.Fail("Sáp nhập đơn vị", data.Fail(data.Invalid, "Chọn đơn vị cần sáp nhập trong danh sách trước.", nil))
		return
	}
	d := u.e.Desk
	what := d.Catalogue().Unit(ids[0]).Name
	if len(ids) > 1 {
		what = fmt.Sprintf("%d đơn vị đã chọn", len(ids))
	}
	form.Ask(u.e, form.Question[change]{Title: "Sáp nhập " + what, Verb: "Sáp nhập", Value: change{Day: d.Today()},
		Note: "Đơn vị cũ kết thúc vào hôm trước; hồ sơ và số liệu cũ vẫn mang tên cũ.",
		Fields: []form.Field[change]{
			form.PickID("successor", "Sáp nhập vào", func(*change) []kit.Choice { return unitChoices(d, ids[0]) }, func(c *change) *uint32 { return &c.Into }).Need(),
			u.dayField("day", "Từ ngày"),
			form.Text("why", "Căn cứ", func(c *change) *string { return &c.Why }).Note("ví dụ số nghị quyết sắp xếp đơn vị hành chính"),
		},
		Store: func(ctx context.Context, c change) error { return d.MergeUnits(ctx, ids, c.Into, c.Day, c.Why) },
		Done:  func(change) string { return "Đã sáp nhập " + what + "." }})
}

func (u *units) rename(one data.Unit) {
	d := u.e.Desk
	form.Ask(u.e, form.Question[change]{Title: "Đổi tên " + one.Name, Verb: "Đổi tên", Value: change{Name: one.Name, Level: one.Level, Day: d.Today()},
		Note: "Tên cũ giữ cho những ngày trước; tên mới là một dòng riêng, nối tiếp dòng cũ. Nếu chỉ sửa lỗi chính tả, dùng «Sửa…».",
		Fields: []form.Field[change]{
			form.Text("name", "Tên mới", func(c *change) *string { return &c.Name }).Need(),
			levelField("level", "Cấp", u.e, func(c *change) *data.Level { return &c.Level }),
			u.dayField("day", "Từ ngày"),
		},
		Store: func(ctx context.Context, c change) error {
			_, err := d.RenameUnit(ctx, one.ID, c.Name, c.Level, c.Day)
			return err
		},
		Done: func(change) string { return "Đã đổi tên " + one.Name + "." }})
}

func (u *units) split(one data.Unit) {
	d := u.e.Desk
	form.Ask(u.e, form.Question[change]{Title: "Tách " + one.Name, Verb: "Tách", Value: change{Day: d.Today()},
		Fields: []form.Field[change]{
			form.Lines("name", "Tên các đơn vị mới, mỗi dòng một tên", 4, func(c *change) *[]string { return &c.Names }).Need(),
			u.dayField("day", "Từ ngày"),
			form.Check("stays", "Đơn vị cũ vẫn hoạt động bên cạnh các đơn vị mới", func(c *change) *bool { return &c.Stays }),
		},
		Store: func(ctx context.Context, c change) error { return d.SplitUnit(ctx, one.ID, c.Names, c.Day, c.Stays) },
		Done:  func(change) string { return "Đã tách " + one.Name + "." }})
}

func (u *units) end(one data.Unit) {
	d := u.e.Desk
	form.Ask(u.e, form.Question[change]{Title: "Kết thúc " + one.Name, Verb: "Kết thúc", Value: change{Day: d.Today()},
		Note:   "Đơn vị không bị xóa: hồ sơ cũ vẫn mang tên này, chỉ không còn được chọn cho hồ sơ mới.",
		Fields: []form.Field[change]{u.dayField("to", "Hoạt động đến hết ngày")},
		Store:  func(ctx context.Context, c change) error { return d.CloseUnit(ctx, one.ID, c.Day) },
		Done:   func(change) string { return "Đã kết thúc " + one.Name + "." }})
}

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

func newFields(e *env.Env) parts.Part {
	p := &fields{e: e}
	p.List = list.Of(e, list.Options[fieldRow]{ID: "fields", Title: "Lĩnh vực", What: "lĩnh vực", Load: p.load, Key: func(r *fieldRow) uint64 { return uint64(r.ID) },
		Columns: []list.Column[fieldRow]{
			{ID: "name", Title: "Tên lĩnh vực", Width: 260, Flex: 3, Text: func(r *fieldRow) string { return r.Name }},
			{ID: "procedures", Title: "Số thủ tục", Width: 90, Align: widget.Right, Text: func(r *fieldRow) string { return number(r.procedures) }},
			{ID: "dossiers", Title: "Số hồ sơ", Width: 90, Align: widget.Right, Text: func(r *fieldRow) string { return number(r.dossiers) }},
			{ID: "source", Title: "Nguồn", Width: 110, Text: func(r *fieldRow) string { return sourceName(r.Source) }},
		},
		Actions: []list.Action{{Label: "Gộp vào…", Do: func() { p.merge(p.CurrentRow()) }}}, Add: "Thêm lĩnh vực", AddDo: func() { p.edit(&fieldRow{}) },
		Open: p.edit, Edit: "Đổi tên…", Menu: func(r *fieldRow, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Gộp vào lĩnh vực khác…", Do: func() { p.merge(r) }}}
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
	p.e.Long("Đang gộp lĩnh vực", "Không thực hiện được", func(ctx context.Context, report widget.Report) (err error) {
		moved, err = p.e.Desk.MergeFields(ctx, one.ID, into, func(done, total int64) { report(done, total, "Chuyển hồ sơ") })
		return err
	}, func() {
		p.e.Done(fmt.Sprintf("Đã gộp «%s», chuyển %s hồ sơ.", one.Name, data.FormatInt(int64(moved))))
	})
}
