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

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
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
	text := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewParagraph(d.Words(), textWidth-96))
	below := d.Place
	switch {
	case d.State == assess.FileGone || d.State == assess.FileChanged:
		warn := widget.NewNote(strings.Trim(d.Place+" · "+d.File+": "+d.State.String(), " ·"), textWidth-96)
		warn.Role = widget.ColorLate
		text.Add(warn)
		below = ""
	case d.File != "":
		below = strings.Trim(below+" · "+d.File, " ·")
	}
	if d.Secret {
		below = strings.Trim(below+" · tài liệu mật, không đưa vào bản xuất", " ·")
	}
	if below != "" {
		text.Add(widget.NewNote(below, textWidth-96))
	}
	code := p.s.m.Leaf.Code()
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(0))
	if d.File != "" {
		buttons.Add(widget.NewIconButton(widget.IconPDF, "Xem tệp", func() { p.s.openProof(d.ID, d.Words()) }))
	}
	buttons.Add(widget.NewIconButton(widget.IconEdit, "Sửa tài liệu", func() { p.s.editProof(d.ID, code) }))
	buttons.Add(widget.NewIconButton(widget.IconClose, "Gỡ khỏi tiêu chí này", func() {
		p.s.m.Unlink(d.ID, code, p.s.told("Đã gỡ tài liệu khỏi tiêu chí "+code+"."))
	}))
	return container.NewBorder(nil, nil, nil, container.NewVBox(buttons), text)
}

var filterProof = widget.FileFilter{Name: "Văn bản, bản quét", Patterns: []string{"*.pdf", "*.doc", "*.docx", "*.xls", "*.xlsx", "*.jpg", "*.jpeg", "*.png", "*.zip", "*.rar"}}

// askProof asks for a new document of a leaf; code "" links it to none. path is
// its file where it is known already.
func (s *Page) askProof(code, path string) {
	if s.m.Card() == nil || code != "" && !s.m.Leaf.Answers() {
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
	d, ok := s.m.DocumentOf(id, code)
	if !ok {
		s.fail(data.Fail(data.NotFound, "Tài liệu này không còn trong sổ.", nil))
		return
	}
	s.proofForm("Sửa tài liệu kiểm chứng", code, d)
}

func (s *Page) proofForm(heading, code string, d Document) {
	f := screen.NewForm()
	number, issuer := field(d.Number), field(d.Issuer)
	name := area(d.Title, 2)
	if d.Title == "" && d.Path != "" {
		name.SetValue(strings.TrimSuffix(filepath.Base(d.Path), filepath.Ext(d.Path)))
	}
	date, until := s.date(d.Date), s.date(d.Until)
	section, page, note := field(d.Section), field(d.Page), field(d.Note)
	secret := widget.NewCheck("Tài liệu mật: không đưa vào bản xuất", nil)
	secret.SetChecked(d.Secret)
	f.Add("number", "Số, ký hiệu", number)
	f.Add("date", "Ngày ban hành", date)
	f.Add("issuer", "Cơ quan ban hành", issuer)
	f.Add("until", "Có hiệu lực đến (để trống nếu không hạn)", until)
	if code != "" {
		f.Add("section", "Mục", section)
		f.Add("page", "Trang", page)
	}
	nameBox := widget.NewFieldBox("Tên tài liệu, trích yếu", name).Required()
	f.Know("title", nameBox)
	path := d.Path
	told := widget.NewParagraph(fileWords(path, d.ID), 300)
	told.Max = 1
	taken := func(chosen string) {
		path = chosen
		told.SetText(fileWords(path, d.ID))
		if name.Value() == "" {
			name.SetValue(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
		}
	}
	s.proofFile, s.proofTitle = taken, heading
	choose := widget.NewButton("Chọn tệp…", widget.IconAdd, func() {
		s.e.Files.Open(widget.FileQuestion{Title: "Tệp kiểm chứng", Purpose: "evidence", Filters: []widget.FileFilter{filterProof, widget.FilterAll}}, taken)
	})
	fileRow := container.NewBorder(nil, nil, choose, nil, container.NewVBox(layout.NewSpacer(), told, layout.NewSpacer()))
	top := container.New(layout.NewCustomPaddedVBoxLayout(8), nameBox)
	sheet, round := s.m.Sheet(), s.m.Leaf.Round()
	form := f.Fields
	f.Fields = nil
	verb, done := "Thêm", "Đã thêm tài liệu kiểm chứng."
	if d.ID != 0 {
		verb, done = "Lưu", "Đã sửa tài liệu kiểm chứng."
	}
	s.ask(screen.Question{Title: heading, Verb: verb, Width: 560, Form: f, Below: []fyne.CanvasObject{top, widget.Columns(2, form...), widget.NewFieldBox("Ghi chú", note), fileRow, secret},
		Done: func() string { return done },
		Read: func() (func(context.Context) error, error) {
			var err error
			out := Document{ID: d.ID, Title: name.Value(), Number: number.Value(), Issuer: issuer.Value(), Note: note.Value(), Secret: secret.Checked,
				Section: section.Value(), Page: page.Value(), Path: path}
			if out.Date, err = f.Day("date", date); err != nil {
				return nil, err
			}
			if out.Until, err = f.Day("until", until); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error { return s.m.KeepDocument(ctx, sheet, code, round, out) }, nil
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
	if s.m.Card() == nil || !s.m.Leaf.Answers() {
		return
	}
	list := s.m.LinkChoices(code)
	if len(list) == 0 {
		s.e.Offer("Chưa có tài liệu nào khác trong sổ minh chứng.", "Thêm tài liệu…", func() { s.askProof(code, "") })
		return
	}
	f := screen.NewForm()
	choice := picker(list, "")
	choice.Width = 520
	section, page := field(""), field("")
	f.Add("document", "Tài liệu", choice).Required()
	round := s.m.Leaf.Round()
	places := widget.Columns(2, widget.NewFieldBox("Mục", section), widget.NewFieldBox("Trang", page))
	s.ask(screen.Question{Title: "Gắn tài liệu đã có vào tiêu chí " + code, Verb: "Gắn", Width: 540, Form: f, Below: []fyne.CanvasObject{places},
		Done: func() string { return "Đã gắn tài liệu vào tiêu chí " + code + "." },
		Read: func() (func(context.Context) error, error) {
			key := choice.Key()
			if key == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "document", Message: "Chọn một tài liệu."}
			}
			return func(ctx context.Context) error {
				return s.m.LinkTo(ctx, key, code, section.Value(), page.Value(), round)
			}, nil
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
			s.openOutside(path)
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
			Extra: []*widget.Button{widget.NewButton("Mở bằng chương trình khác", "", func() { s.openOutside(path) })}})
	})
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
