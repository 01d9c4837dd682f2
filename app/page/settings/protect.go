package settings

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/vault"
)

type issued = desk.Stored[desk.Issue]

// protectPart protects the data: passwords, the recovery code, locking, and the register of
// what left the office.
type protectPart struct {
	p      *page
	about  *widget.Paragraph
	lock   *widget.Picker
	issues *list.List[issued]
	object fyne.CanvasObject
}

func newProtect(p *page) *protectPart {
	s := &protectPart{p: p}
	e := p.e
	s.about = widget.NewParagraph(s.text(), 200)
	var after []widget.Option
	for _, n := range []int{5, 10, 15, 30, 60, -1} {
		text := fmt.Sprintf("%d phút", n)
		if n < 0 {
			text = "không tự khóa"
		}
		after = append(after, widget.Option{Key: strconv.Itoa(n), Text: text})
	}
	s.lock = widget.NewPicker(after, func(o widget.Option) {
		n, _ := strconv.Atoi(o.Key)
		e.LockAfter(n)
	})
	s.lock.Prefix = "Khóa khi không dùng"
	if e.LockAfter != nil {
		s.lock.SetKey(strconv.Itoa(e.LockAfter(0)))
	}
	s.issues = list.Of(e, list.Options[issued]{ID: "issues", Title: "Sổ xuất, in dữ liệu", Paper: "SỔ XUẤT, IN DỮ LIỆU", What: "lần xuất, in", Load: e.Desk.Issues, Key: func(x *issued) uint64 { return x.ID },
		Columns: []list.Column[issued]{
			{ID: "at", Title: "Lúc", Width: 124, Text: func(x *issued) string {
				return time.Unix(x.Value.At, 0).In(e.Desk.Now().Location()).Format("15:04 02/01/2006")
			},
				Compare: func(a, b *issued) int { return cmp.Compare(b.ID, a.ID) }},
			{ID: "what", Title: "Nội dung", Width: 180, Flex: 1, Text: func(x *issued) string { return x.Value.What }},
			{ID: "file", Title: "Tệp", Width: 140, Flex: 1, Text: func(x *issued) string { return cmp.Or(x.Value.File, "in") }},
			{ID: "rows", Title: "Dòng", Width: 60, Align: widget.Right, Text: rowsText, Compare: func(a, b *issued) int { return cmp.Compare(a.Value.Rows, b.Value.Rows) }},
			{ID: "masked", Title: "Tên người", Width: 80, Text: maskedText},
			{ID: "by", Title: "Người", Width: 120, Text: func(x *issued) string { return x.Value.By }},
		}, Empty: "Chưa xuất hay in gì."})
	top := container.New(layout.NewCustomPaddedVBoxLayout(8), widget.NewSection("Bảo vệ dữ liệu"), s.about)
	if e.Desk.IsProtected() {
		top.Add(container.NewHBox(widget.NewButton("Đổi mật khẩu của tôi…", "", s.own), widget.NewButton("Khóa ngay", "", func() { e.Lock() }).WithTip("Ctrl+L"), s.lock))
		if e.Desk.May(desk.ToProtect) {
			top.Add(container.NewHBox(widget.NewButton("Đặt mật khẩu cho người khác…", widget.IconAdd, s.other), widget.NewButton("Bỏ mật khẩu…", widget.IconTrash, s.remove)))
			top.Add(container.NewHBox(widget.NewButton("Lập mã khôi phục mới…", widget.IconPrint, s.newCode), widget.NewButton("Khóa của cấp trên…", "", s.superior), widget.NewButton("Tắt bảo vệ…", "", s.off)))
		}
	}
	if e.Desk.May(desk.ToErase) && !e.Desk.IsBackup() && e.Desk.Link().Server == "" {
		top.Add(container.New(layout.NewCustomPaddedVBoxLayout(8), widget.NewSection("Hết thời hạn lưu"),
			widget.NewParagraph("Xóa họ tên, số giấy tờ, điện thoại, địa chỉ, nội dung của hồ sơ đã kết thúc quá thời hạn lưu. Mã, ngày, đơn vị và mọi số liệu còn nguyên; hồ sơ chưa xong hoặc còn phản ánh, sai phạm thì giữ.", 200),
			container.NewHBox(widget.NewButton("Xóa dữ liệu hết thời hạn…", widget.IconTrash, s.erase), widget.NewButton("Biên bản các lần xóa…", widget.IconPrint, s.proofs))))
	}
	s.object = container.New(layout.NewGridLayoutWithColumns(2), container.NewVScroll(top), container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), s.issues.Object()))
	return s
}

// rowsText is how many lines told of persons, "" for none.
func rowsText(x *issued) string {
	if x.Value.Rows == 0 {
		return ""
	}
	return data.FormatInt(int64(x.Value.Rows))
}

func maskedText(x *issued) string {
	switch {
	case x.Value.Rows == 0:
		return "không có"
	case x.Value.Masked:
		return "che"
	}
	return "ghi đủ"
}

// text tells how the office is protected.
func (s *protectPart) text() string {
	d := s.p.e.Desk
	if !d.IsProtected() {
		return "Chưa bảo vệ: ai mở được máy này, lấy được USB hay bản sao lưu thì đọc được họ tên, số định danh, số điện thoại trong sổ. Bật lên thì tệp dữ liệu, minh chứng, báo cáo đã xuất và bản sao lưu chỉ mở được bằng mật khẩu, hoặc bằng mã trên tờ khôi phục in ra lúc bật. Mất cả hai thì không ai mở được. Các bản sao lưu lập trước khi bật vẫn mở được không cần mật khẩu; cất hoặc hủy chúng."
	}
	text := "Đang bảo vệ. Người có mật khẩu:\n"
	for _, p := range d.Persons() {
		text += "– " + cmp.Or(p.Person, "mật khẩu chung của cơ quan") + " (" + p.Role.String() + ")\n"
	}
	if d.Superior() != "" {
		text += "Cấp trên mở được bằng khóa của mình.\n"
	}
	return text + "Đang dùng: " + cmp.Or(d.Who().Person, "mật khẩu chung hoặc mã khôi phục") + " (" + d.Who().Role.String() + ")."
}

func (s *protectPart) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	if s.p.e.Desk.IsProtected() || !s.p.e.Desk.May(desk.ToProtect) {
		return s.object, nil
	}
	return s.object, []fyne.CanvasObject{widget.NewMainButton("Bật bảo vệ…", "", s.on)}
}

func (s *protectPart) fill() {
	s.about.SetText(s.text())
	s.issues.Refresh()
}

func (s *protectPart) first() fyne.Focusable { return s.issues.Grid() }

// asked are the fields of a new password.
type asked struct{ one, two *widget.Field }

func newAsked() asked {
	a := asked{widget.NewField(""), widget.NewField("")}
	a.one.Password, a.two.Password = true, true
	return a
}

func (a asked) fields() []fyne.CanvasObject {
	return []fyne.CanvasObject{widget.NewFieldBox("Mật khẩu mới", a.one).WithHint("Ít nhất 8 ký tự; nên dùng một câu dễ nhớ"), widget.NewFieldBox("Gõ lại mật khẩu", a.two)}
}

func (a asked) password() (string, error) {
	if a.one.Text != a.two.Text {
		return "", &data.Error{Code: data.Invalid, Field: "password", Message: "Hai lần gõ mật khẩu không giống nhau. Gõ lại."}
	}
	return a.one.Text, nil
}

// on protects the office, opens it again and prints the recovery sheet.
func (s *protectPart) on() {
	e := s.p.e
	name, a := widget.NewField("để trống nếu cả cơ quan dùng chung một mật khẩu"), newAsked()
	fields := append([]fyne.CanvasObject{widget.NewFieldBox("Họ tên người giữ mật khẩu", name)}, a.fields()...)
	widget.ShowForm(e.Window, "Bật bảo vệ dữ liệu", fields, "Bật bảo vệ", func() error {
		password, err := a.password()
		if err != nil {
			return err
		}
		person, d := name.Value(), e.Desk
		widget.Post(func() {
			var key desk.Opened
			var sheet vault.Code
			e.Run("Đang bảo vệ dữ liệu", func(ctx context.Context, report widget.Report) error {
				o, code, err := d.Protect(ctx, person, password, tell(report))
				key, sheet = o, code
				return err
			}, func(err error) {
				if key.Key == nil {
					s.p.page.Errors.SetError(err)
					return
				}
				e.Reopen(key, func(e *env.Env) { showCode(e, sheet, err) })
			})
		})
		return nil
	})
}

// showCode shows a recovery code and its sheet: nothing else keeps it.
func showCode(e *env.Env, code vault.Code, err error) {
	said := "Mã khôi phục, chỉ hiện lần này:\n" + code.String() + "\nIn tờ khôi phục ngay, cất vào tủ có khóa. Quên mật khẩu mà mất mã thì không ai mở được dữ liệu nữa."
	if err != nil {
		said += "\nChưa xong: " + err.Error()
	}
	widget.ShowDialog(e.Window, widget.DialogOptions{Title: "Mã khôi phục", Content: widget.NewParagraph(said, 520), Default: "In tờ khôi phục…", Cancel: "Tôi đã chép mã ra giấy", Width: 520,
		OnDefault: func() bool {
			e.ShowPDF("Tờ khôi phục", "to-khoi-phuc", func(ctx context.Context, _ bool) ([]byte, error) { return papers.RecoverySheet(ctx, e.Desk, code) })
			return false
		}})
}

// do changes passwords off the window's goroutine: deriving takes a moment.
func (s *protectPart) do(said string, work func(ctx context.Context) error) {
	s.p.e.Run("Đang đổi khóa", func(ctx context.Context, _ widget.Report) error { return work(ctx) }, func(err error) {
		s.p.page.Errors.SetError(err)
		if err == nil {
			s.fill()
			s.p.e.Toast(said)
		}
	})
}

func (s *protectPart) own() {
	a, d := newAsked(), s.p.e.Desk
	widget.ShowForm(s.p.e.Window, "Đổi mật khẩu", a.fields(), "Đổi mật khẩu", func() error {
		password, err := a.password()
		if err == nil {
			widget.Post(func() {
				s.do("Đã đổi mật khẩu.", func(ctx context.Context) error { return d.SetPassword(ctx, d.Who().Person, "", password) })
			})
		}
		return err
	})
}

func (s *protectPart) other() {
	a, d := newAsked(), s.p.e.Desk
	name := widget.NewField("họ và tên")
	var roles []widget.Option
	for _, r := range desk.Roles {
		roles = append(roles, widget.Option{Key: string(r), Text: r.String()})
	}
	role := widget.NewPicker(roles, nil)
	role.SetKey(string(desk.ClerkRole))
	fields := append([]fyne.CanvasObject{widget.NewFieldBox("Người dùng", name), widget.NewFieldBox("Vai trò", role)}, a.fields()...)
	widget.ShowForm(s.p.e.Window, "Đặt mật khẩu cho người khác", fields, "Đặt mật khẩu", func() error {
		password, err := a.password()
		if err == nil {
			person, as := name.Value(), desk.Role(role.Key())
			widget.Post(func() {
				s.do("Đã đặt mật khẩu.", func(ctx context.Context) error { return d.SetPassword(ctx, person, as, password) })
			})
		}
		return err
	})
}

func (s *protectPart) remove() {
	d := s.p.e.Desk
	var persons []widget.Option
	for _, p := range d.Persons() {
		persons = append(persons, widget.Option{Key: p.Person, Text: cmp.Or(p.Person, "mật khẩu chung của cơ quan")})
	}
	who := widget.NewPicker(persons, nil)
	widget.ShowForm(s.p.e.Window, "Bỏ mật khẩu", []fyne.CanvasObject{widget.NewFieldBox("Của ai", who)}, "Bỏ mật khẩu", func() error {
		return d.RemovePassword(context.Background(), who.Key())
	})
}

func (s *protectPart) newCode() {
	e := s.p.e
	e.Confirm("Lập mã khôi phục mới?", "Mã cũ không mở được sổ nữa, chỉ còn mở các bản sao lưu đã lập với nó. In tờ mới ngay, giữ tờ cũ chừng nào còn giữ bản sao lưu cũ.", "Lập mã mới", func() {
		code, err := e.Desk.NewCode(context.Background())
		if err != nil {
			s.p.page.Errors.SetError(err)
			return
		}
		showCode(e, code, nil)
	})
}

func (s *protectPart) superior() {
	d := s.p.e.Desk
	key := widget.NewField("age1…; để trống để bỏ")
	key.SetValue(d.Superior())
	widget.ShowForm(s.p.e.Window, "Khóa của cấp trên", []fyne.CanvasObject{widget.NewFieldBox("Khóa công khai cấp trên gửi", key)}, "Lưu", func() error {
		return d.SetSuperior(context.Background(), key.Value())
	})
}

func (s *protectPart) off() {
	e := s.p.e
	e.ConfirmDanger("Tắt bảo vệ dữ liệu?", "Tệp dữ liệu, minh chứng và báo cáo đã xuất trở lại dạng ai có tệp cũng đọc được. Các bản sao lưu kín vẫn cần mật khẩu hoặc mã của khi ấy.", "Tắt bảo vệ", func() {
		d := e.Desk
		e.Run("Đang tắt bảo vệ", func(ctx context.Context, report widget.Report) error { return d.Unprotect(ctx, tell(report)) }, func(err error) {
			if err != nil {
				s.p.page.Errors.SetError(err)
				return
			}
			e.Reopen(desk.Opened{}, func(*env.Env) {})
		})
	})
}
