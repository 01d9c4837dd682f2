package scoring

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
)

// drawProofs lists the documents of the leaf.
func (p *leafPane) drawProofs(list []Proof) {
	l := p.s.m.Leaf
	p.proofs.Objects = nil
	if l.Survey() && len(list) == 0 {
		return
	}
	p.proofs.Add(widget.NewSection("Tài liệu kiểm chứng"))
	if len(list) == 0 {
		hint := "Chưa có tài liệu nào."
		if r := l.Row(); r != nil && len(r.Node.Evidence) > 0 {
			hint = "Chưa có tài liệu nào. Bộ tiêu chí yêu cầu: " + strings.Join(r.Node.Evidence, "; ") + "."
		}
		p.proofs.Add(widget.NewNote(hint, textWidth))
	}
	for _, d := range list {
		p.proofs.Add(p.proofLine(d))
	}
	p.proofs.Add(container.NewHBox(
		widget.NewButton("Thêm tài liệu…", widget.IconAdd, func() { p.s.askProof(l.Code(), "") }).WithHint("Ctrl+L"),
		widget.NewButton("Gắn tài liệu đã có…", "", func() { p.s.askLink(l.Code()) })))
}

func (p *leafPane) proofLine(d Proof) fyne.CanvasObject {
	text := stack(0, widget.NewParagraph(d.Words(), textWidth-96))
	below := widget.NewNote(joined(" · ", d.Place, joined(": ", d.FileName(), d.Trouble()), kit.If(d.Secret, "tài liệu mật, không đưa vào bản xuất", "")), textWidth-96)
	if d.Bad() {
		below.Role = widget.ColorLate
	}
	if below.Text() != "" {
		text.Add(below)
	}
	code := p.s.m.Leaf.Code()
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(0))
	if d.File != nil {
		buttons.Add(widget.NewIconButton(widget.IconPDF, "Xem tệp", func() { p.s.openProof(d.ID, d.Words()) }))
	}
	buttons.Add(widget.NewIconButton(widget.IconEdit, "Sửa tài liệu", func() { p.s.editProof(d.ID, code) }))
	buttons.Add(widget.NewIconButton(widget.IconClose, "Gỡ khỏi tiêu chí này", func() {
		sheet := p.s.m.Sheet()
		p.s.do(func(ctx context.Context) error { return p.s.m.Book.Unlink(ctx, d.ID, sheet, code) }, "Đã gỡ tài liệu khỏi tiêu chí "+code+".")
	}))
	return container.NewBorder(nil, nil, nil, container.NewVBox(buttons), text)
}

var filterProof = widget.FileFilter{Name: "Văn bản, bản quét", Patterns: []string{"*.pdf", "*.doc", "*.docx", "*.xls", "*.xlsx", "*.jpg", "*.jpeg", "*.png", "*.zip", "*.rar"}}

// askProof asks for a new document of a leaf; code "" links it to none. path is
// its file where it is known already.
func (s *Page) askProof(code, path string) {
	if s.m.Card == nil || code != "" && !s.m.Leaf.Answers() {
		code = ""
	}
	title := "Thêm tài liệu kiểm chứng"
	if code != "" {
		title += " của tiêu chí " + code
	}
	s.proofForm(title, code, Document{Path: path})
}

// editProof changes a document.
func (s *Page) editProof(id uint64, code string) {
	d, err := s.m.DocumentOf(id, code)
	if err != nil {
		s.fail(err)
		return
	}
	s.proofForm("Sửa tài liệu kiểm chứng", code, d)
}

func (s *Page) proofForm(heading, code string, d Document) {
	named := func(path string) string { return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) }
	if d.Title == "" && d.Path != "" {
		d.Title = named(d.Path)
	}
	at := func(*Document) bool { return code != "" }
	told := widget.NewParagraph(fileWords(d.Path, d.ID), 300)
	told.Max = 1
	var asked *form.Form[Document]
	path := d.Path
	s.proofTitle = heading
	s.proofFile = func(chosen string) {
		path = chosen
		told.SetText(fileWords(path, d.ID))
		if asked.Text("title") == "" {
			asked.Type("title", named(path))
		}
	}
	choose := widget.NewButton("Chọn tệp…", widget.IconAdd, func() {
		s.e.Files.Open(widget.FileQuestion{Title: "Tệp kiểm chứng", Purpose: "evidence", Filters: []widget.FileFilter{filterProof, widget.FilterAll}}, s.proofFile)
	})
	sheet, round := s.m.Sheet(), s.m.Leaf.Round()
	verb, done := "Thêm", "Đã thêm tài liệu kiểm chứng."
	if d.ID != 0 {
		verb, done = "Lưu", "Đã sửa tài liệu kiểm chứng."
	}
	form.Ask(s.e, form.Question[Document]{Title: heading, Verb: verb, Width: 560, Columns: 2, Value: d, Ready: func(f *form.Form[Document]) { asked = f },
		Fields: []form.Field[Document]{
			form.Area("title", "Tên tài liệu, trích yếu", 2, func(d *Document) *string { return &d.Title }).Need().Whole(),
			form.Text("number", "Số, ký hiệu", func(d *Document) *string { return &d.Number }),
			form.Day("date", "Ngày ban hành", s.m.Today, func(d *Document) *data.Day { return &d.Date }),
			form.Text("issuer", "Cơ quan ban hành", func(d *Document) *string { return &d.Issuer }),
			form.Day("until", "Có hiệu lực đến (để trống nếu không hạn)", s.m.Today, func(d *Document) *data.Day { return &d.Until }),
			form.Text("section", "Mục", func(d *Document) *string { return &d.Section }).When(at),
			form.Text("page", "Trang", func(d *Document) *string { return &d.Page }).When(at),
			form.Text("note", "Ghi chú", func(d *Document) *string { return &d.Note }).Whole(),
			form.Check("secret", "Tài liệu mật: không đưa vào bản xuất", func(d *Document) *bool { return &d.Secret }).Whole(),
		},
		Below: []fyne.CanvasObject{container.NewBorder(nil, nil, choose, nil, middle(told))},
		Done:  func(Document) string { return done },
		Store: func(ctx context.Context, d Document) error {
			d.Path = path
			return s.m.KeepDocument(ctx, sheet, code, round, d)
		}})
}

func fileWords(path string, id uint64) string {
	switch {
	case path != "":
		return filepath.Base(path)
	case id != 0:
		return "Giữ tệp hiện có; chọn tệp khác để thay."
	}
	return "Chưa chọn tệp: kéo tệp vào cửa sổ, hoặc chỉ ghi tên tài liệu."
}

// askLink links a kept document to a leaf.
func (s *Page) askLink(code string) {
	if s.m.Card == nil || !s.m.Leaf.Answers() {
		return
	}
	list := s.m.LinkChoices(code)
	if len(list) == 0 {
		s.e.Offer("Chưa có tài liệu nào khác trong sổ minh chứng.", "Thêm tài liệu…", func() { s.askProof(code, "") })
		return
	}
	type linked struct{ Document, Section, Page string }
	round := s.m.Leaf.Round()
	form.Ask(s.e, form.Question[linked]{Title: "Gắn tài liệu đã có vào tiêu chí " + code, Verb: "Gắn", Width: 540, Columns: 2,
		Fields: []form.Field[linked]{
			form.Pick("document", "Tài liệu", func(*linked) []kit.Choice { return list }, func(l *linked) *string { return &l.Document }).Need().Whole(),
			form.Text("section", "Mục", func(l *linked) *string { return &l.Section }),
			form.Text("page", "Trang", func(l *linked) *string { return &l.Page }),
		},
		Check: func(l linked) error {
			if l.Document == "" {
				return refuse("document", "Chọn một tài liệu.")
			}
			return nil
		},
		Done: func(linked) string { return "Đã gắn tài liệu vào tiêu chí " + code + "." },
		Store: func(ctx context.Context, l linked) error {
			return s.m.LinkTo(ctx, l.Document, code, l.Section, l.Page, round)
		}})
}

// openProof shows the file of a document: a PDF here, others in the system's
// program.
func (s *Page) openProof(id uint64, title string) {
	var path string
	s.long("Đang mở tệp", func(context.Context) (err error) {
		path, err = s.m.FilePath(id)
		return err
	}, func() {
		if !strings.EqualFold(filepath.Ext(path), ".pdf") {
			s.askOutside(title, path)
			return
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			s.fail(data.Fail(data.Refused, "Không đọc được tệp. Kiểm tra tệp không bị chương trình khác giữ.", err))
			return
		}
		view := widget.NewPDFView(s.e.Engine)
		view.SetPDF(raw, false)
		size := s.e.Window.Canvas().Size()
		widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: title, Content: widget.Tall(max(300, (size.Height-190)/widget.Scaled(1)), view),
			Width: min(860, (size.Width-80)/widget.Scaled(1)), OnDefault: func() bool { view.Close(); return true },
			Extra: []*widget.Button{widget.NewButton("Mở bằng chương trình khác", "", func() { s.askOutside(title, path) })}})
	})
}

// askOutside asks before another program opens a file of evidence: it came from others.
func (s *Page) askOutside(title, path string) {
	s.e.Confirm("Mở bằng chương trình khác?", "Tài liệu «"+title+"» mở bằng chương trình mà máy dùng cho tệp "+filepath.Ext(path)+
		". Chỉ mở tệp từ nơi tin cậy; nếu chương trình ấy hỏi bật macro hay nội dung động thì không bật.", "Mở", func() { s.openOutside(path) })
}

func (s *Page) openOutside(path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path
	}
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		s.fail(data.Fail(data.Refused, "Máy này chưa có chương trình mở được tệp "+filepath.Base(path)+".", err))
	}
}
