package settings

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/server"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// serverPart is how several desks work on one register: on its way to a server, or the
// one that is there.
type serverPart struct {
	p       *page
	shared  bool
	state   *widget.Paragraph
	others  *widget.Paragraph
	object  fyne.CanvasObject
	actions []fyne.CanvasObject
	main    *widget.Button
}

func newServer(p *page) *serverPart {
	s := &serverPart{p: p, shared: p.e.Desk.Link().Server != "", state: widget.NewParagraph("", 200), others: widget.NewParagraph("", 200)}
	if s.shared {
		s.drawShared()
	} else {
		s.drawAlone()
	}
	return s
}

const serverWidth = 400

// drawAlone tells how a register in a file goes to a server.
func (s *serverPart) drawAlone() {
	join := widget.NewButton("Nối vào sổ trên máy chủ…", "", func() { server.Join(s.p.e, server.Usual(), s.p.e.Program, s.p.e.OpenFile) })
	s.main = widget.NewMainButton("Đưa sổ lên máy chủ…", widget.IconForward, s.moveIn)
	s.actions = []fyne.CanvasObject{widget.NewButton("Thử kết nối…", widget.IconCheck, s.try), join, s.main}
	left := container.NewVBox(widget.NewSection("Sổ đang ở một tệp trên máy này"), widget.NewParagraph("Một máy, một người làm thì để nguyên như vậy: không cần máy chủ, không cần mạng.", serverWidth), widget.Gap(8),
		widget.NewSection("Khi nhiều quầy cùng làm một sổ"), widget.NewParagraph("Một máy trong cơ quan chạy PostgreSQL giữ sổ chung; mỗi quầy mở sổ ấy bằng địa chỉ máy chủ. Số liệu và tìm kiếm vẫn chạy trên máy của quầy. Mất mạng thì xem và in được, có mạng lại mới ghi.", serverWidth),
		widget.NewParagraph("Nội dung trên máy chủ đã mã hóa: người quản trị máy chủ không đọc được tên, số định danh của người dân.", serverWidth))
	right := container.NewVBox(widget.NewSection("Làm lần lượt"))
	for i, step := range []string{
		"Người quản trị cài PostgreSQL 15 trở lên, tạo cơ sở dữ liệu và chạy «giaoban server init», cấp mỗi quầy một đăng nhập và in dấu vân tay chứng thư (docs/may-chu.md).",
		"Ở máy đang có sổ: «Thử kết nối», rồi «Đưa sổ lên máy chủ». Chương trình đọc lại từ máy chủ và so số hồ sơ, số mục nhật ký, mã băm trước khi đổi sang dùng máy chủ; tệp trên máy này giữ nguyên.",
		"In tờ mã kết nối. Ở các quầy khác chọn «Nối vào sổ trên máy chủ», gõ địa chỉ, đăng nhập và mã.",
	} {
		right.Add(widget.NewParagraph(fmt.Sprintf("%d. %s", i+1, step), serverWidth))
	}
	s.object = container.NewVScroll(container.New(layout.NewGridLayoutWithColumns(2), left, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right)))
}

// drawShared tells of the register on a server.
func (s *serverPart) drawShared() {
	e := s.p.e
	s.main = widget.NewMainButton("Mã kết nối…", widget.IconPrint, s.code)
	s.actions = []fyne.CanvasObject{widget.NewButton("Lấy về một máy…", widget.IconBack, s.moveOut), widget.NewButton("Thử kết nối…", widget.IconCheck, s.try), s.main}
	change := widget.NewButton("Sửa kết nối, tên quầy…", "", func() {
		server.Join(e, server.Of(e.Desk.Where()), e.Program, func(address string) {
			e.Offer("Đã lưu kết nối; có hiệu lực khi mở lại sổ.", "Mở lại", func() { e.OpenFile(address) })
		})
	})
	left := container.NewVBox(widget.NewSection("Sổ trên máy chủ"), widget.NewParagraph(server.Shown(e.Desk.Where()), serverWidth), s.state, container.NewHBox(change), widget.Gap(8),
		widget.NewSection("Đang làm việc"), s.others)
	right := container.NewVBox(widget.NewSection("Thêm quầy"),
		widget.NewParagraph("Người quản trị máy chủ cấp cho quầy mới một đăng nhập. Ở máy của quầy mới: «Nối vào sổ trên máy chủ» ở trang mở đầu, gõ địa chỉ, đăng nhập, tên quầy và mã kết nối.", serverWidth), widget.Gap(8),
		widget.NewSection("Lấy về một máy"),
		widget.NewParagraph("Đưa cả sổ về một tệp trên máy này. Trước khi đổi, số hồ sơ, số mục nhật ký và mã băm được so hai bên. Sau đó các quầy khác không ghi lên máy chủ được nữa và được báo sổ đã về máy nào.", serverWidth))
	s.object = container.NewVScroll(container.New(layout.NewGridLayoutWithColumns(2), left, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right)))
}

func (s *serverPart) show() (fyne.CanvasObject, []fyne.CanvasObject) { return s.object, s.actions }
func (s *serverPart) first() fyne.Focusable                          { return s.main }

// fill tells how the server stands and who is at work.
func (s *serverPart) fill() {
	if !s.shared {
		return
	}
	d := s.p.e.Desk
	l := d.Link()
	s.state.Role = ""
	text := "Đang nối; trả lời lần cuối lúc " + l.At.Format("15:04:05") + "."
	if !l.Online {
		s.state.Role = widget.ColorLate
		text = server.Lost(l, d.Today())
	}
	s.state.SetText("Quầy này: " + l.Desk + ".\n" + text)
	said := cmp.Or(othersText(d.Others(), d.Now().Location()), "Không có quầy nào khác.")
	s.others.SetText(said)
}

// othersText lists who else is at work.
func othersText(list []desk.Present, zone *time.Location) string {
	said := ""
	for _, p := range list {
		said += fmt.Sprintf("%s, bản %s, thấy lúc %s\n", p.Name, p.Program, p.Seen.In(zone).Format("15:04"))
	}
	return said
}

// begin is what the form of a connection begins with.
func (s *serverPart) begin() server.Connection {
	if s.shared {
		return server.Of(s.p.e.Desk.Where())
	}
	return server.Usual()
}

func (s *serverPart) try() {
	server.Ask(s.p.e, server.Question{Title: "Thử kết nối máy chủ", Note: "Thử lần lượt: tên máy, cổng, mã hóa, đăng nhập, phiên bản, bảng, quyền. Không ghi gì vào sổ.", Begin: s.begin(), Program: s.p.e.Program})
}

// moveIn asks where the register goes, and lets the window take it there.
func (s *serverPart) moveIn() {
	to := ""
	server.Ask(s.p.e, server.Question{Title: "Đưa sổ lên máy chủ", Note: "Sổ đang mở cùng nhật ký và tệp minh chứng được chép lên, đọc lại và so trước khi đổi. Tệp trên máy này giữ nguyên.",
		Begin: s.begin(), Program: s.p.e.Program, Tables: true,
		Do: func(_ context.Context, _ server.Connection, address string, _ widget.Report) error {
			to = address
			return nil
		}, Then: func() {
			s.p.e.Confirm("Đưa sổ lên máy chủ?", "Cửa sổ đóng sổ lại trong lúc chép, vài phút với sổ lớn, rồi mở sổ trên máy chủ. Nên sao lưu trước (phần Tệp dữ liệu).", "Đưa lên", func() { s.p.e.MoveIn(to) })
		}})
}

func (s *serverPart) code() {
	code, err := desk.ShelfOf(desk.Options{}).Code(s.p.e.Desk.Where())
	if s.p.page.Errors.SetError(err); err == nil {
		server.ShowCode(s.p.e, "Mã kết nối của sổ", "", code)
	}
}

// moveOut takes the register home into a file.
func (s *serverPart) moveOut() {
	e := s.p.e
	e.Files.Save(widget.FileQuestion{Title: "Lấy sổ về một máy: chỗ để tệp dữ liệu", Purpose: "data", Name: "so-giao-ban-" + data.DayOf(e.Desk.Now()).ISO() + ".db", Filters: []widget.FileFilter{widget.FilterData}}, func(path string) {
		e.ConfirmDanger("Lấy sổ về máy này?", "Từ lúc ấy các quầy khác không ghi được nữa; khi mở lại họ được báo sổ đã về máy nào. Sổ về tệp "+path+".", "Lấy về", func() {
			var m desk.Moved
			e.Run("Đang lấy sổ về và so với máy chủ", func(ctx context.Context, report widget.Report) (err error) {
				m, err = desk.MoveOut(ctx, e.Desk.Where(), path, desk.Options{Program: e.Program, Progress: func(done, total int64) { report(done>>10, total>>10, "") }})
				return err
			}, func(err error) {
				if err != nil {
					e.Fail("Chưa lấy được sổ về", err)
					return
				}
				e.OpenFile(path)
				widget.Message(e.Window, "Sổ đã về tệp "+filepath.Base(path), server.Compared(m), nil)
			})
		})
	})
}
