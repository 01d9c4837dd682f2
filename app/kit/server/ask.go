package server

import (
	"context"
	"fmt"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// Question is what a connection is asked for.
type Question struct {
	Title, Note string
	Begin       Connection
	Program     string // version of the program, which the server notes
	Code        bool   // the connection code is asked too
	Tables      bool   // tables that are missing are made, where the officer agrees
	// Do works with the address, password included, behind a bar. nil takes the test for
	// all there is to do.
	Do func(ctx context.Context, c Connection, address string, report widget.Report) error
	// Then is called on the window's goroutine once all went well.
	Then func()
}

const formWidth = 620

// Ask asks for a connection and tests it in steps; a certificate that nobody compared
// yet is compared, and then the work is done. What was typed stays until then.
func Ask(e *env.Env, q Question) {
	type c = Connection
	fields := []form.Field[c]{
		form.Text("host", "Máy chủ", func(x *c) *string { return &x.Host }).Note("tên máy hoặc địa chỉ số").Need(),
		form.Text("port", "Cổng", func(x *c) *string { return &x.Port }).Note("của PostgreSQL thường là 5432"),
		form.Text("database", "Cơ sở dữ liệu", func(x *c) *string { return &x.Database }).Need(),
		form.Text("login", "Tên đăng nhập", func(x *c) *string { return &x.Login }).Note("mỗi quầy một tên").Need(),
		form.Secret("password", "Mật khẩu", func(x *c) *string { return &x.Password }).Note("giữ trên máy này; để trống nếu đã giữ"),
		form.Text("desk", "Tên quầy này", func(x *c) *string { return &x.Desk }).Note("ví dụ Quầy 2; quầy khác thấy tên này").Need(),
	}
	if q.Code {
		fields = append(fields, form.Text("code", "Mã kết nối", func(x *c) *string { return &x.Code }).Note("chín nhóm trên tờ của quầy đầu tiên; để trống nếu máy này đã nối rồi").Whole())
	}
	var (
		tested Tested
		typed  Connection
	)
	form.Ask(e, form.Question[c]{Title: q.Title, Note: q.Note, Verb: "Thử kết nối", Value: q.Begin, Fields: fields, Columns: 2, Width: formWidth,
		Long: func(ctx context.Context, x c, _ widget.Report) (err error) {
			typed = x
			if err := desk.ShelfOf(desk.Options{}).SetDesk(x.Desk); err != nil {
				return err
			}
			tested, err = x.Test(ctx, q.Program)
			return err
		},
		Refused: func(error) {
			if q.Tables && tested.Lacks() {
				makeTables(e, q, typed)
			}
		},
		Then: func(x c) { confirm(e, q, x, tested) }})
}

// confirm shows the steps of the test, lets the officer compare the certificate, and
// does the work.
func confirm(e *env.Env, q Question, c Connection, t Tested) {
	steps := widget.NewParagraph(t.String(), formWidth)
	again := func() {
		q.Begin = c
		Ask(e, q)
	}
	back := widget.NewButton("Sửa kết nối…", "", nil)
	var fields []form.Field[answer]
	if t.Certificate != "" && !c.pinned() {
		fields = append(fields, form.Text("pin", "Hai nhóm đầu của dấu vân tay chứng thư", func(x *answer) *string { return &x.Pin }).
			Note("16 chữ đầu của SHA-256 trên tờ của người quản trị; máy này từ nay chỉ nhận đúng chứng thư ấy").Need())
	}
	if q.Do == nil && len(fields) == 0 {
		widget.Message(e.Window, "Kết nối được", t.String(), nil)
		return
	}
	d := form.Ask(e, form.Question[answer]{Title: "Kết nối được", Verb: "Tiếp tục", Fields: fields, Width: formWidth, Above: []fyne.CanvasObject{steps}, Extra: []*widget.Button{back},
		Check: func(x answer) error {
			if len(fields) == 0 {
				return nil
			}
			return c.Pin(t.Certificate, x.Pin)
		},
		Long: func(ctx context.Context, _ answer, report widget.Report) error {
			if q.Do == nil {
				return nil
			}
			address, err := c.Address()
			if err != nil {
				return err
			}
			return q.Do(ctx, c, address, report)
		},
		Then: func(answer) {
			if q.Then != nil {
				q.Then()
			}
		}})
	back.OnTapped = func() { d.Close(); again() }
}

// answer is how the fingerprint on the administrator's sheet begins.
type answer struct{ Pin string }

// makeTables makes the tables of registers with the login that was typed.
func makeTables(e *env.Env, q Question, c Connection) {
	e.Confirm("Lập bảng của sổ trên máy chủ?", "Cơ sở dữ liệu «"+c.Database+"» chưa có bảng nào của Sổ Giao Ban. Lập bảng bằng đăng nhập «"+c.Login+"»? Đăng nhập ấy phải là chủ của cơ sở dữ liệu và lập được vai trò; không thì nhờ người quản trị máy chủ.", "Lập bảng", func() {
		e.Long("Đang lập bảng trên máy chủ", "Không lập được bảng", func(ctx context.Context, _ widget.Report) error {
			address, err := c.Address()
			if err == nil {
				_, err = desk.InitServer(ctx, address, q.Program, "")
			}
			return err
		}, func() { e.Toast("Đã lập bảng. Bấm «Thử kết nối» lần nữa.") })
	})
}

// Shown is an address as officers read it: server, database and login.
func Shown(address string) string {
	return of(address) + " (đăng nhập " + Of(address).Login + ")"
}

// of is the server and the database of an address: every desk has a login of its own.
func of(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host + u.Path
}

// Lost tells that the server cannot be reached, and as of when what is shown stands.
func Lost(l desk.Link, now data.Day) string {
	if l.At.IsZero() {
		return "Mất kết nối máy chủ – đang xem số liệu của lần mở trước. Xem và in được; chưa ghi được."
	}
	at := l.At.Format("15:04")
	if data.DayOf(l.At) != now {
		at = l.At.Format("15:04 ngày 02/01")
	}
	return "Mất kết nối máy chủ – đang xem số liệu đến " + at + ". Xem và in được; phần đang nhập giữ nguyên, lưu lại khi có mạng."
}

// Join asks for a register on a server and lets this machine work on it; open gets its
// address.
func Join(e *env.Env, begin Connection, program string, open func(address string)) {
	whole := ""
	Ask(e, Question{Title: "Nối vào sổ trên máy chủ", Begin: begin, Program: program, Code: true,
		Note: "Địa chỉ và đăng nhập do người quản trị máy chủ cấp; mã kết nối in ở quầy đã đưa sổ lên (Thiết lập, phần Nhiều quầy).",
		Do: func(ctx context.Context, c Connection, address string, report widget.Report) (err error) {
			whole, err = desk.Join(ctx, address, c.Code, desk.Options{Program: program})
			return err
		}, Then: func() { open(whole) }})
}

// Compared tells what was compared when a register moved.
func Compared(m desk.Moved) string {
	hash := m.Hash[:min(len(m.Hash), 16)]
	return fmt.Sprintf("Đã đọc lại và so hai bên: %s hồ sơ, %s mục nhật ký, mã băm của mục cuối %s… đều khớp.", data.FormatInt(int64(m.Dossiers)), data.FormatInt(int64(m.Entries)), hash)
}

// ShowCode shows the connection code of the open register, to be printed.
func ShowCode(e *env.Env, title, lead, code string) {
	text := widget.NewParagraph(code, 560)
	text.Bold = true
	box := container.NewVBox()
	if lead != "" {
		box.Add(widget.NewParagraph(lead, 560))
	}
	box.Add(widget.NewSection("Mã kết nối"))
	box.Add(text)
	box.Add(widget.NewNote("Quầy khác cần địa chỉ máy chủ, đăng nhập của mình và mã này. Ai có mã và vào được máy chủ thì đọc được cả sổ: giữ như mật khẩu. Mất mã mà không còn máy nào nối được thì không ai mở được sổ trên máy chủ.", 560))
	print := widget.NewButton("In tờ mã kết nối…", widget.IconPrint, func() {
		e.ShowPDF("Tờ mã kết nối", "ma-ket-noi", func(ctx context.Context, _ bool) ([]byte, error) {
			return papers.ConnectionSheet(ctx, e.Desk, of(e.Desk.Where()), code)
		})
	})
	widget.ShowDialog(e.Window, widget.DialogOptions{Title: title, Content: box, Default: "Đóng", Width: 560, Extra: []*widget.Button{print}})
}
