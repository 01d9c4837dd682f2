package settings

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/desk"
)

// secondPart is the second place of the backups: what is known of it, and its buttons.
type secondPart struct {
	f    *filePart
	text *widget.Paragraph
	// now and drop are there while a place is chosen.
	now, drop *widget.Button
	object    fyne.CanvasObject
}

func newSecond(f *filePart) *secondPart {
	s := &secondPart{f: f, text: widget.NewParagraph("", 200)}
	s.now = widget.NewButton("Chép ngay", widget.IconCopy, s.copy)
	s.drop = widget.NewButton("Bỏ nơi này", "", func() { s.set("") })
	s.object = container.NewVBox(widget.NewSection("Nơi cất thứ hai"), s.text,
		container.NewHBox(widget.NewButton("Chọn USB, thư mục…", "", s.choose), s.now, s.drop))
	return s
}

// fill tells of the place, which may answer late: a stick, another computer.
func (s *secondPart) fill() {
	e := s.f.p.e
	e.Session.Go(func() {
		place := e.Desk.SecondPlace()
		e.Session.Post(func() { s.show(place) })
	})
}

func (s *secondPart) show(place desk.SecondPlace) {
	for _, b := range []*widget.Button{s.now, s.drop} {
		if place.Folder == "" {
			b.Hide()
		} else {
			b.Show()
		}
	}
	text, overdue := secondText(place)
	s.text.Role = ""
	if overdue {
		s.text.Role = widget.ColorLate
	}
	s.text.SetText(text)
}

func (s *secondPart) choose() {
	e := s.f.p.e
	e.Files.Folder(widget.FileQuestion{Title: "Nơi cất bản sao lưu thứ hai", Purpose: "second"}, s.set)
}

func (s *secondPart) set(folder string) {
	e := s.f.p.e
	said := "Đã bỏ nơi cất thứ hai."
	if folder != "" {
		said = "Đã chọn nơi cất thứ hai."
	}
	e.Do(func(ctx context.Context) error { return e.Desk.SetSecondPlace(ctx, folder) }, said, s.f.p.page.Errors.SetError)
}

// copy copies the newest backup now, after one was made of what changed since.
func (s *secondPart) copy() {
	e := s.f.p.e
	copied := ""
	e.Run("Đang chép sang nơi thứ hai", func(ctx context.Context, report widget.Report) (err error) {
		if e.Desk.SecondPlace().Here == "" {
			return data.Fail(data.NotFound, "Chưa thấy nơi cất thứ hai. Cắm USB rồi bấm lại, hoặc chọn nơi khác.", nil)
		}
		if err = e.Desk.BackupFor(ctx, desk.AtClosing, tell(report)); err == nil {
			copied, err = e.Desk.CopySecond(ctx, tell(report))
		}
		return err
	}, func(err error) {
		s.f.p.page.Errors.SetError(err)
		s.f.fill()
		switch {
		case err != nil:
		case copied == "":
			e.Toast("Nơi cất thứ hai đã có bản mới nhất.")
		default:
			e.Toast("Đã chép và đọc lại " + filepath.Base(copied) + ".")
		}
	})
}

// secondText tells of the second place, and whether it is to be reminded of.
func secondText(s desk.SecondPlace) (text string, overdue bool) {
	if s.Folder == "" {
		return "Chưa chọn. Các bản sao lưu đang nằm cùng ổ với sổ: hỏng ổ là mất cả hai. Nên chọn một USB hoặc ổ khác; cắm vào là tự chép.", true
	}
	text = s.Folder
	if s.Here != "" && s.Here != s.Folder {
		text = s.Here
	}
	switch {
	case s.Here == "":
		text += ", hiện không thấy."
	default:
		text += ", đang có."
	}
	if s.At.Known() {
		text += fmt.Sprintf(" Bản mới nhất ở đó chép lúc %s, đã đọc lại.", s.At)
	} else {
		text += " Chưa chép lần nào."
	}
	if s.Overdue {
		text += fmt.Sprintf(" Đã %d ngày chưa chép: cắm USB vào máy.", s.Missing)
	}
	return text, s.Overdue
}

// tell passes bytes on to a bar.
func tell(report widget.Report) desk.Tell {
	return func(done, total int64) { report(done>>10, total>>10, "") }
}

// drill restores the chosen backup, or the newest, into a file of its own and shows the
// protocol.
func (f *filePart) drill() {
	e := f.p.e
	path := ""
	if b := f.backups.CurrentRow(); b != nil && !b.Replaced {
		path = b.Path
	}
	var p archive.Drill
	e.Run("Đang diễn tập khôi phục", func(ctx context.Context, report widget.Report) (err error) {
		p, err = e.Desk.Drill(ctx, path, tell(report))
		return err
	}, func(err error) {
		if err != nil {
			e.Fail("Diễn tập khôi phục không đạt", err)
			return
		}
		protocol := widget.NewButton("Biên bản…", widget.IconPrint, func() {
			e.ShowPDF("Biên bản diễn tập khôi phục", "dien-tap-khoi-phuc", func(ctx context.Context, _ bool) ([]byte, error) { return papers.DrillProtocol(ctx, e.Desk, &p) })
		})
		title := "Diễn tập khôi phục: đạt"
		if !p.Sound {
			title = "Diễn tập khôi phục: không đạt"
		}
		widget.ShowDialog(e.Window, widget.DialogOptions{Title: title, Content: widget.NewParagraph(drillText(&p), 480), Default: "Đóng", Width: 480, Extra: []*widget.Button{protocol}, OnDefault: func() bool { return true }})
	})
}

// drillText tells what a drill compared.
func drillText(p *archive.Drill) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Đã khôi phục %s vào một tệp riêng, mở ra so, rồi xóa tệp riêng. Sổ đang dùng không bị động đến.\n", p.Backup)
	for _, l := range p.Lines {
		said := "khớp"
		if !l.Same {
			said = "LỆCH, bản sao lưu ghi " + l.Backup
		}
		fmt.Fprintf(&b, "%s: %s (%s)\n", l.What, l.Restored, said)
	}
	for i, fault := range p.Faults {
		if i == 8 {
			fmt.Fprintf(&b, "… và %d chỗ nữa.\n", len(p.Faults)-i)
			break
		}
		b.WriteString("– " + fault + "\n")
	}
	if p.Behind > 0 {
		fmt.Fprintf(&b, "Sổ đã có thêm %s thao tác sau bản sao lưu này.", data.FormatInt(int64(p.Behind)))
	}
	return strings.TrimSpace(b.String())
}
