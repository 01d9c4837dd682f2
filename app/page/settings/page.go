// Package settings is the page Thiết lập: the office as its papers name it, its
// rules, the data file with its backups, and the look of the program.
//
// What is typed is stored as one leaves the field; what cannot be read stays there,
// in a draft beside the data file too.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/kit/server"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// part is one of the parts of the page.
type part interface {
	// show returns what the part draws and its actions, the main one last.
	show() (fyne.CanvasObject, []fyne.CanvasObject)
	fill()
	first() fyne.Focusable
}

// page is the page.
type page struct {
	e     *env.Env
	page  *widget.Page
	tabs  *widget.Segments
	body  *fyne.Container
	at    int
	parts []part
	forms []sheet
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, body: container.NewStack()}
	d := e.Desk
	office := newSheet(p, "Cơ quan", "co-quan", d.Office, d.SetOffice, "Đã lưu thông tin cơ quan.", officeFields())
	rules := newSheet(p, "Quy tắc", "quy-tac", d.Rules, d.SetRules, "Đã lưu quy tắc.", ruleFields(d))
	usual := widget.NewButton("Về mặc định", widget.IconUndo, func() {
		rules.keep(desk.DefaultRules())
	})
	rules.actions = []fyne.CanvasObject{usual}
	office.arrange([]string{"parent", "name", "place", "symbol", "receiver", "code", "authority", "title", "signer", "preparer"}, []string{"desk", "address", "phone", "officer"})
	rules.arrange([]string{"code", "letter"}, []string{"similar", "soon", "waiting", "again", "handin", "sameday", "endofday", "nextday", "mergers"})
	p.parts = []part{office, rules, newFile(p), newServer(p), newLook(p), newProtect(p)}
	p.forms = []sheet{office, rules}
	p.tabs = widget.NewSegments([]string{"Cơ quan", "Quy tắc", "Tệp dữ liệu", "Nhiều quầy", "Hiển thị", "Bảo vệ"}, p.open)
	p.page = widget.NewPage("Thiết lập", nil, container.NewHBox(p.tabs), p.body)
	p.open(0)
	return p
}

// open shows a part with its main action.
func (p *page) open(i int) {
	p.at = i
	if p.page.Errors != nil {
		p.page.Errors.SetError(nil)
	}
	content, actions := p.parts[i].show()
	p.page.SetActions(actions...)
	widget.ShowOnly(p.body, content)
	p.parts[i].fill()
	p.e.Focus(p.page, p.parts[i].first())
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.page }

// Save implements env.Page: the part in view.
func (p *page) Save() env.State { return p.at }

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	if i, ok := s.(int); ok {
		p.tabs.Choose(i)
		p.open(i)
	}
}

// Stale implements env.Page: what the officer has typed and not stored stays.
func (p *page) Stale(desk.Changes) { p.parts[p.at].fill() }

// LinkChanged implements env.Linked.
func (p *page) LinkChanged() {
	if s, ok := p.parts[p.at].(*serverPart); ok {
		s.fill()
	}
}

// Shown implements env.Page.
func (p *page) Shown() { p.e.Focus(p.page, p.parts[p.at].first()) }

// Status implements env.Page.
func (p *page) Status() string {
	if p.e.Desk.Link().Server != "" {
		return "Sổ trên máy chủ " + server.Shown(p.e.Desk.Where())
	}
	return "Tệp dữ liệu: " + p.e.Desk.Where()
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return env.CtrlEnter("lưu phần đang xem", func() {
		if s, ok := p.parts[p.at].(sheet); ok {
			s.store(func(error) {})
		}
	})
}

// Dirty implements env.Typed.
func (p *page) Dirty() bool { return p.Unsaved() != "" }

// Unsaved implements env.Unsaved.
func (p *page) Unsaved() string {
	for _, s := range p.forms {
		if s.dirty() {
			return "Thiết lập: phần " + s.name() + " có thay đổi chưa lưu."
		}
	}
	return ""
}

// SaveAll implements env.Unsaved.
func (p *page) SaveAll(done func(error)) {
	env.SaveEach(len(p.forms), func(i int, next func(error)) {
		if !p.forms[i].dirty() {
			next(nil)
			return
		}
		p.Restore(i)
		p.forms[i].store(next)
	}, done)
}

// sheet is a part that is a form.
type sheet interface {
	part
	name() string
	dirty() bool
	// store stores all of it; done gets nil or what is wrong, which is shown too.
	store(done func(error))
}

// stored is a form over what the desk holds once.
type stored[T any] struct {
	p           *page
	title, said string
	*form.Form[T]
	read    func() T
	write   func(context.Context, T) error
	actions []fyne.CanvasObject
	object  fyne.CanvasObject
	keepAs  string
}

func newSheet[T any](p *page, title, draft string, read func() T, write func(context.Context, T) error, said string, fields []form.Field[T]) *stored[T] {
	s := &stored[T]{p: p, title: title, said: said, Form: form.New(p.e, read(), fields...), read: read, write: write, keepAs: draft}
	s.OnCommit = s.commit
	s.OnSubmit = func() { s.store(func(error) {}) }
	return s
}

// arrange puts the fields into two halves.
func (s *stored[T]) arrange(left, right []string) {
	half := container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), s.Objects(2, right))
	s.object = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 12), container.New(layout.NewGridLayoutWithColumns(2), s.Objects(2, left), half)))
	s.Keep(s.keepAs)
}

func (s *stored[T]) name() string          { return s.title }
func (s *stored[T]) dirty() bool           { return s.Dirty() }
func (s *stored[T]) first() fyne.Focusable { return s.First() }
func (s *stored[T]) fill()                 { s.Fill(s.read()) }

func (s *stored[T]) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	return s.object, append(s.actions, widget.NewMainButton("Lưu", widget.IconSave, s.OnSubmit).WithHint("Ctrl+Enter"))
}

func (s *stored[T]) store(done func(error)) {
	s.Store(s.write, s.p.page.Errors, func(_ T, err error) {
		if err == nil {
			s.p.e.Done(s.said)
		}
		done(err)
	})
}

// commit stores one field that was left, over what is stored of the others.
func (s *stored[T]) commit(key string) {
	if v, err := s.Only(key); err == nil {
		s.put(v, "Đã lưu «"+s.Label(key)+"».", func(err error) { s.SetError(key, err) })
	}
}

// keep stores a value in the place of what stands in the form.
func (s *stored[T]) keep(v T) {
	s.put(v, s.said, func(err error) { s.p.page.Errors.SetError(s.Show(err)) })
	s.Reset()
}

func (s *stored[T]) put(v T, said string, failed func(error)) {
	s.p.e.Do(func(ctx context.Context) error {
		err := s.write(ctx, v)
		if err == nil {
			s.p.e.Session.Post(s.fill)
		}
		return err
	}, said, failed)
}

func officeFields() []form.Field[data.Office] {
	type o = data.Office
	return []form.Field[o]{
		form.Area("parent", "Cơ quan chủ quản", 2, func(x *o) *string { return &x.Parent }).Note("dòng trên, có thể để trống").Under("Cơ quan, như in trên văn bản"),
		form.Area("name", "Cơ quan ban hành", 2, func(x *o) *string { return &x.Name }).Note("in đậm trên mọi văn bản, mỗi dòng một phần"),
		form.Text("place", "Địa danh", func(x *o) *string { return &x.Place }).Note("trước ngày tháng"),
		form.Text("symbol", "Ký hiệu văn bản", func(x *o) *string { return &x.Symbol }).Note("ví dụ BC-UBND"),
		form.Text("receiver", "Nơi nhận báo cáo", func(x *o) *string { return &x.Receiver }).Note("sau «Kính gửi»"),
		form.Text("code", "Mã định danh", func(x *o) *string { return &x.Code }).Note("đầu mã hồ sơ, ví dụ H56.22.17"),
		form.Text("authority", "Thẩm quyền ký", func(x *o) *string { return &x.Authority }).Note("ví dụ TM. ỦY BAN NHÂN DÂN").Under("Người ký báo cáo"),
		form.Text("title", "Chức vụ người ký", func(x *o) *string { return &x.Title }).Note("ví dụ CHỦ TỊCH"),
		form.Text("signer", "Họ tên người ký", func(x *o) *string { return &x.Signer }).Note("dùng khi danh mục Người ký còn trống"),
		form.Text("preparer", "Người lập biểu", func(x *o) *string { return &x.Preparer }).Note("ký ở cuối biểu thống kê"),
		form.Area("desk", "Tên bộ phận một cửa", 2, func(x *o) *string { return &x.Desk }).Note("in trên giấy hẹn, mỗi dòng một phần").Under("Bộ phận tiếp nhận và trả kết quả"),
		form.Area("address", "Địa chỉ", 2, func(x *o) *string { return &x.Address }).Note("in trên giấy hẹn"),
		form.Text("phone", "Điện thoại", func(x *o) *string { return &x.Phone }).Note("in trên giấy hẹn"),
		form.Text("officer", "Cán bộ tại máy này", func(x *o) *string { return &x.Officer }).Note("người tiếp nhận của hồ sơ mới, và tên trong nhật ký"),
	}
}

func ruleFields(d *desk.Desk) []form.Field[desk.Rules] {
	type r = desk.Rules
	pattern := func(of func(*r) *string) func(*r) string {
		return func(x *r) string {
			said, err := example(d, *of(x))
			if err != nil {
				said = err.Error()
			}
			return said + "\n{ma} mã định danh, {nam} {nam2} {thang} {ngay} ngày tiếp nhận, {so} hoặc {so:4} số chạy"
		}
	}
	code, letter := func(x *r) *string { return &x.CodePattern }, func(x *r) *string { return &x.LetterPattern }
	return []form.Field[r]{
		form.Text("code", "Mẫu mã hồ sơ", code).Telling(pattern(code)).Whole().Under("Số, mã"),
		form.Text("letter", "Mẫu số thư xin lỗi", letter).Telling(pattern(letter)).Whole(),
		form.Count("similar", "Cảnh báo hồ sơ trùng trong (ngày)", desk.MaxRule, func(x *r) *int { return &x.SimilarDays }).Zero().
			Note("cùng người, cùng thủ tục; 0: không cảnh báo").Under("Cảnh báo và giờ giấc"),
		form.Count("soon", "Sắp đến hạn trước (ngày làm việc)", desk.MaxRule, func(x *r) *int { return &x.SoonDays }).Zero().Note("ở Tổng quan, Sổ hồ sơ và «Sắp trễ»"),
		form.Count("waiting", "Chờ bổ sung quá lâu sau (ngày)", desk.MaxRule, func(x *r) *int { return &x.WaitingDays }).Zero().Note("để nhắc người dân"),
		form.Count("again", "Hẹn lại tối đa (lần)", desk.MaxRule, func(x *r) *int { return &x.Postponements }).Zero().
			Telling(func(*r) string {
				return "quá thì nhắc, không cấm; 0: không xét. Căn cứ: hồ sơ " + d.Bases().Told(basis.Postpone)
			}),
		form.Clock("handin", "Chuyển hồ sơ trong ngày nếu nhận trước", func(x *r) *data.Clock { return &x.HandInUntil }).Note("sau giờ này chuyển vào đầu ngày làm việc sau"),
		form.Clock("sameday", "Thủ tục «trong ngày» nhận trước", func(x *r) *data.Clock { return &x.SameDayUntil }).Note("sau giờ này hẹn ngày làm việc sau"),
		form.Check("endofday", "Hẹn trả vào cuối giờ làm việc, không theo giờ tiếp nhận", func(x *r) *bool { return &x.EndOfDay }).Whole(),
		form.Check("nextday", "Hồ sơ đến sau giờ làm việc, ngày nghỉ: tính là nhận vào buổi làm việc sau", func(x *r) *bool { return &x.NextDay }).Whole(),
		form.Check("mergers", "Số liệu và danh sách tính đơn vị đã sáp nhập vào đơn vị kế thừa", func(x *r) *bool { return &x.FollowMergers }).Whole(),
	}
}
