package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// records declares what the lists of records share: add, open, edit and, where drop
// names the record, take out. edit gets the zero record for a new one.
func records[T any](e *env.Env, what string, edit func(*desk.Stored[T]), drop func(*T) string, kind string, o list.Options[desk.Stored[T]]) parts.Part {
	o.Key = func(r *desk.Stored[T]) uint64 { return r.ID }
	o.Add, o.AddDo, o.Open, o.Edit = "Thêm "+what, func() { edit(&desk.Stored[T]{}) }, edit, "Sửa…"
	if drop != nil {
		o.Menu = func(r *desk.Stored[T], _ []uint64) []widget.MenuItem {
			name := what + " " + drop(&r.Value)
			return []widget.MenuItem{{Label: "Bỏ khỏi danh sách", Icon: widget.IconTrash, Danger: true, Do: func() {
				do(e, "Đã bỏ "+name+".", func(ctx context.Context) error { return e.Desk.Drop(ctx, desk.Work{Title: "Bỏ " + name}, kind, r.ID) })
			}}}
		}
	}
	return list.Of(e, o)
}

// askRecord asks for a record and stores it; title is that of a known one.
func askRecord[T any](e *env.Env, what string, r *desk.Stored[T], title string, store func(context.Context, uint64, T) error, q form.Question[T]) {
	q.Title, q.Value = title, r.Value
	if r.ID == 0 {
		q.Title = "Thêm " + what
	}
	q.Store = func(ctx context.Context, v T) error { return store(ctx, r.ID, v) }
	q.Done = func(T) string { return "Đã lưu " + what + "." }
	form.Ask(e, q)
}

func inUse(closed bool) string { return kit.If(closed, "Không dùng nữa", "Đang dùng") }

type counter = desk.Stored[data.Counter]

// newCounters builds the part Bộ phận, người thụ lý.
func newCounters(e *env.Env) parts.Part {
	d := e.Desk
	edit := func(r *counter) {
		askRecord(e, "bộ phận", r, r.Value.Name, d.SaveCounter, form.Question[data.Counter]{
			Fields: []form.Field[data.Counter]{
				form.Text("name", "Tên bộ phận, bàn", func(c *data.Counter) *string { return &c.Name }).Need().Note("ví dụ Bàn số 2, hoặc Chuyên viên đất đai"),
				form.PickID("unit", "Thuộc đơn vị", func(*data.Counter) []kit.Choice { return unitChoices(d, 0) }, func(c *data.Counter) *uint32 { return &c.Unit }).Or("Không thuộc đơn vị nào"),
				form.Text("officer", "Người thụ lý", func(c *data.Counter) *string { return &c.Officer }),
				form.Check("closed", "Không dùng nữa", func(c *data.Counter) *bool { return &c.Closed }),
			}, Again: func(c data.Counter) data.Counter { return data.Counter{Unit: c.Unit} }})
	}
	return records(e, "bộ phận", edit, func(c *data.Counter) string { return c.Name }, desk.KindCounter, list.Options[counter]{
		ID: "counters", Title: "Bộ phận, người thụ lý", What: "bộ phận, người thụ lý", Load: d.Counters, Ended: func(r *counter) bool { return r.Value.Closed },
		Columns: []list.Column[counter]{
			{ID: "name", Title: "Bộ phận", Width: 220, Flex: 2, Text: func(r *counter) string { return r.Value.Name }},
			{ID: "unit", Title: "Thuộc đơn vị", Width: 200, Flex: 2, Text: func(r *counter) string { return d.Catalogue().Unit(r.Value.Unit).Name }},
			{ID: "officer", Title: "Người thụ lý", Width: 160, Flex: 1, Text: func(r *counter) string { return r.Value.Officer }},
			{ID: "state", Title: "Tình trạng", Width: 120, Text: func(r *counter) string { return inUse(r.Value.Closed) }},
		}})
}

type signer = desk.Stored[data.Signer]

// authorities are the usual lines above the title of a signer (Decree 30/2020,
// annex I).
var authorities = []kit.Choice{
	{Key: "TM. ỦY BAN NHÂN DÂN", Text: "TM. ỦY BAN NHÂN DÂN"}, {Key: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", Text: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"},
	{Key: "KT. CHỦ TỊCH", Text: "KT. CHỦ TỊCH"}, {Key: "KT. GIÁM ĐỐC", Text: "KT. GIÁM ĐỐC"}, {Key: "TL. CHỦ TỊCH", Text: "TL. CHỦ TỊCH"}, {Key: "TUQ. CHỦ TỊCH", Text: "TUQ. CHỦ TỊCH"}, {Key: "Q. CHỦ TỊCH", Text: "Q. CHỦ TỊCH"},
}

// newSigners builds the part Người ký.
func newSigners(e *env.Env) parts.Part {
	d := e.Desk
	return records(e, "người ký", func(r *signer) { editSigner(e, r) }, func(s *data.Signer) string { return s.Name }, desk.KindSigner, list.Options[signer]{
		ID: "signers", Title: "Người ký", What: "người ký", Load: d.AllSigners, Ended: func(r *signer) bool { return over(d, r.Value.To) },
		Columns: []list.Column[signer]{
			{ID: "name", Title: "Họ tên", Width: 180, Flex: 1, Text: func(r *signer) string { return r.Value.Name }},
			{ID: "title", Title: "Chức vụ", Width: 180, Flex: 1, Text: func(r *signer) string { return r.Value.Title }},
			{ID: "authority", Title: "Dòng thẩm quyền", Width: 220, Flex: 2, Text: func(r *signer) string { return strings.ReplaceAll(r.Value.Authority, "\n", " / ") }},
			{ID: "valid", Title: "Thời gian", Width: 180, Spare: 1, Text: func(r *signer) string { return validity(r.Value.From, r.Value.To) }},
			{ID: "first", Title: "", Width: 80, Text: func(r *signer) string { return kit.If(r.Value.First, "Ký chính", "") }},
		}})
}

func editSigner(e *env.Env, r *signer) {
	d := e.Desk
	if all, err := d.AllSigners(); r.ID == 0 && err == nil && len(all) == 0 {
		r.Value.First = true // the only one is proposed
	}
	usual := widget.NewPicker(authorities, nil)
	usual.Placeholder, usual.Width = "Chọn dòng thường dùng…", 240
	askRecord(e, "người ký", r, r.Value.Name, d.SaveSigner, form.Question[data.Signer]{Columns: 2, Width: 620,
		Fields: []form.Field[data.Signer]{
			form.Text("name", "Họ tên", func(s *data.Signer) *string { return &s.Name }).Need().Note("như in dưới chữ ký"),
			form.Text("title", "Chức vụ", func(s *data.Signer) *string { return &s.Title }).Need().Note("viết hoa như trên văn bản"),
			form.Area("authority", "Dòng thẩm quyền, mỗi dòng một phần", 2, func(s *data.Signer) *string { return &s.Authority }).Note("đứng trên chức vụ khi ký"),
			{Key: "usual", Label: "Dòng thường dùng", Kind: form.KindOwn, Hint: "TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền"},
			form.Day("from", "Ký từ ngày", d.Today, func(s *data.Signer) *data.Day { return &s.From }),
			form.Day("to", "Đến hết ngày", d.Today, func(s *data.Signer) *data.Day { return &s.To }),
			form.Check("first", "Ký chính: được chọn sẵn khi in", func(s *data.Signer) *bool { return &s.First }).Whole(),
		}, Ready: func(f *form.Form[data.Signer]) {
			usual.OnPick = func(o widget.Option) {
				f.Type("authority", o.Key)
				usual.SetKey("")
			}
		}, Own: map[string]fyne.CanvasObject{"usual": usual}})
}

type cause = desk.Stored[data.Cause]

// newCauses builds the part Nguyên nhân chậm.
func newCauses(e *env.Env) parts.Part {
	d := e.Desk
	edit := func(r *cause) {
		askRecord(e, "nguyên nhân", r, "Sửa nguyên nhân chậm", d.SaveCause, form.Question[data.Cause]{
			Fields: []form.Field[data.Cause]{
				form.Text("name", "Nguyên nhân", func(c *data.Cause) *string { return &c.Name }).Need(),
				form.Check("objective", "Khách quan: ngoài khả năng của cơ quan, cán bộ", func(c *data.Cause) *bool { return &c.Objective }),
				form.Check("closed", "Không dùng nữa", func(c *data.Cause) *bool { return &c.Closed }),
			}, Again: func(c data.Cause) data.Cause { return data.Cause{Objective: c.Objective} }})
	}
	return records(e, "nguyên nhân", edit, nil, "", list.Options[cause]{
		ID: "causes", Title: "Nguyên nhân chậm", What: "nguyên nhân", Load: d.Causes, Ended: func(r *cause) bool { return r.Value.Closed },
		Columns: []list.Column[cause]{
			{ID: "name", Title: "Nguyên nhân", Width: 360, Flex: 1, Text: func(r *cause) string { return r.Value.Name }},
			{ID: "kind", Title: "Loại", Width: 120, Text: func(r *cause) string { return kit.If(r.Value.Objective, "Khách quan", "Chủ quan") }},
			{ID: "state", Title: "Tình trạng", Width: 130, Text: func(r *cause) string { return inUse(r.Value.Closed) }},
		}})
}

// bookRow is a numbered book with the numbers of this year.
type bookRow struct {
	desk.Stored[desk.Book]
	next, skipped string
}

// newBooks builds the part Quyển sổ. The one book of an office that entered none has
// the id 0.
func newBooks(e *env.Env) parts.Part {
	d := e.Desk
	return list.Of(e, list.Options[bookRow]{ID: "books", Title: "Quyển sổ", What: "quyển sổ", Load: func() ([]bookRow, error) { return loadBooks(d) },
		Key: func(r *bookRow) uint64 { return uint64(r.Value.Number) }, Ended: func(r *bookRow) bool { return r.Value.Closed },
		Columns: []list.Column[bookRow]{
			{ID: "number", Title: "Quyển số", Width: 80, Align: widget.Right, Text: func(r *bookRow) string { return strconv.Itoa(r.Value.Number) }},
			{ID: "name", Title: "Tên sổ", Width: 240, Flex: 1, Text: func(r *bookRow) string { return r.Value.Name }},
			{ID: "fields", Title: "Lĩnh vực", Width: 260, Flex: 2, Text: func(r *bookRow) string { return bookFields(d, r.Value) }},
			{ID: "next", Title: "Số tiếp theo", Width: 100, Align: widget.Right, Text: func(r *bookRow) string { return r.next }},
			{ID: "skipped", Title: "Số bỏ năm nay", Width: 110, Flex: 1, Text: func(r *bookRow) string { return r.skipped }},
			{ID: "state", Title: "Tình trạng", Width: 120, Text: func(r *bookRow) string { return inUse(r.Value.Closed) }},
		},
		Add: "Thêm quyển sổ", AddDo: func() { editBook(e, &desk.Stored[desk.Book]{}) }, Open: func(r *bookRow) { editBook(e, &r.Stored) }, Edit: "Sửa…"})
}

func loadBooks(d *desk.Desk) ([]bookRow, error) {
	all, err := d.Books()
	year := d.Today().Year()
	var out []bookRow
	for _, b := range all {
		given, skipErr := d.Skipped(year, b.Value.Number)
		err = cmp.Or(err, skipErr)
		numbers := make([]string, len(given))
		for i, g := range given {
			numbers[i] = strconv.Itoa(g.Number)
		}
		out = append(out, bookRow{b, strconv.Itoa(d.NextSeq(year, b.Value.Number)), strings.Join(numbers, ", ")})
	}
	slices.SortStableFunc(out, func(a, b bookRow) int { return cmp.Compare(a.Value.Number, b.Value.Number) })
	return out, err
}

func bookFields(d *desk.Desk, b desk.Book) string {
	var names []string
	for _, f := range b.Fields {
		names = append(names, d.Catalogue().Field(f).Name)
	}
	return cmp.Or(strings.Join(names, ", "), "Mọi lĩnh vực còn lại")
}

func editBook(e *env.Env, r *desk.Stored[desk.Book]) {
	d := e.Desk
	title := fmt.Sprintf("Quyển số %d", r.Value.Number)
	if r.Value.Number == 0 {
		title, r.Value.Number = "Thêm quyển sổ", 1
		if all, err := d.Books(); err == nil {
			for _, b := range all {
				if b.ID != 0 {
					r.Value.Number = max(r.Value.Number, b.Value.Number+1)
				}
			}
		}
	}
	askRecord(e, "quyển sổ", r, title, d.SaveBook, form.Question[desk.Book]{
		Fields: []form.Field[desk.Book]{
			form.Count("number", "Quyển số", 9999, func(b *desk.Book) *int { return &b.Number }).Need(),
			form.Text("name", "Tên sổ", func(b *desk.Book) *string { return &b.Name }).Need(),
			form.Many("fields", "Lĩnh vực ghi vào sổ này", func(*desk.Book) []kit.Choice { return fieldChoices(d, 0) }, func(b *desk.Book) *[]uint32 { return &b.Fields }).
				Note("để trống: mọi lĩnh vực mà không sổ nào khác nhận"),
			form.Check("closed", "Đã khóa sổ, không ghi thêm", func(b *desk.Book) *bool { return &b.Closed }),
		}})
}
