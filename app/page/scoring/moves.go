package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
)

// sheetMenu lists what can be done with the whole sheet.
func (s *Page) sheetMenu() []widget.MenuItem {
	m := s.m
	judged := m.Judging()
	items := []widget.MenuItem{
		{Label: "Lấy từ sổ hồ sơ: mọi tiêu chí chưa chấm", Icon: widget.IconImport, Do: s.fillAll},
		{Label: "Thẩm định như tự chấm: mọi tiêu chí chưa thẩm định", Disabled: !judged, Do: s.copySelf},
		{Label: "Yêu cầu giải trình tiêu chí đang xem…", Disabled: !judged || !m.Leaf.Answers(), Do: s.askExplain},
		{},
		{Label: "Khó khăn, kiến nghị, ghi chú…", Icon: widget.IconEdit, Do: s.askNotes},
		{Label: "Xếp loại khác với điểm…", Do: s.askGrade},
		{Label: "Điều tra xã hội học…", Do: s.askSurvey},
		{},
		{Label: "Sửa kỳ, đơn vị, thời hạn…", Do: s.revisePeriod},
		{Label: "Các lần chuyển bước", Do: s.showMoves},
	}
	first := true // the first move ahead is the main button
	for _, move := range m.Moves() {
		if !move.Back && !first {
			items = append(items, widget.MenuItem{Label: move.Verb + "…", Do: func() { s.askMove(move) }})
		}
		first = first && move.Back
		if move.Back {
			items = append(items, widget.MenuItem{Label: move.Verb + "…", Icon: widget.IconUndo, Do: func() { s.askMove(move) }})
		}
	}
	return items
}

// askMove asks before the sheet goes to another state.
func (s *Page) askMove(move Move) {
	note := move.Warns
	if note == "" && !move.Back {
		note = fmt.Sprintf("Phiếu chuyển sang «%s».", move.To)
	}
	s.reason(move.Verb, note, move.Verb, fmt.Sprintf("Phiếu đã chuyển sang «%s».", move.To), move.Back,
		func(ctx context.Context, why string) error { return s.m.Book.Move(ctx, s.m.Sheet(), move.To, why) })
}

// askReopen opens the round shown again.
func (s *Page) askReopen() {
	f := screen.NewForm()
	until, why := s.date(s.m.Today()+7), area("", 2)
	f.Add("until", "Mở đến hết ngày (để trống nếu không hạn)", until)
	f.Add("why", "Lý do mở lại", why).Required()
	round, sheet := s.m.Leaf.Round(), s.m.Sheet()
	s.ask(screen.Question{Title: "Mở lại phần " + round.String(), Note: "Chỉ phiếu của đơn vị này được mở lại; phiếu của các đơn vị khác không đổi.", Verb: "Mở lại", Form: f,
		Done: func() string { return "Đã mở lại phần " + round.String() + "." },
		// The button that asked is gone with the lock.
		Then: func() { s.sheet.leaf.focusFirst() },
		Read: func() (func(context.Context) error, error) {
			d, err := f.Day("until", until)
			if err != nil {
				return nil, err
			}
			text := why.Value()
			return func(ctx context.Context) error { return s.m.ReopenNow(ctx, sheet, round, d, text) }, nil
		}})
}

func (s *Page) askExplain() {
	if !s.m.Leaf.Answers() {
		return
	}
	f := screen.NewForm()
	text := area(s.m.Leaf.Asked(), 4)
	code, sheet := s.m.Leaf.Code(), s.m.Sheet()
	f.Add("text", "Cần giải trình điều gì (để trống để thôi yêu cầu)", text)
	s.ask(screen.Question{Title: "Yêu cầu giải trình tiêu chí " + code, Verb: "Lưu", Form: f, Done: func() string { return "Đã ghi yêu cầu giải trình tiêu chí " + code + "." },
		Read: func() (func(context.Context) error, error) {
			v := text.Value()
			return func(ctx context.Context) error { return s.m.Book.Ask(ctx, sheet, code, v) }, nil
		}})
}

func (s *Page) copySelf() {
	s.m.CopySelf(func(n int, err error) {
		if err == nil && n == 0 {
			s.e.Toast("Không còn tiêu chí nào chưa thẩm định.")
			return
		}
		s.told(fmt.Sprintf("Đã lấy điểm tự chấm làm điểm thẩm định cho %d tiêu chí.", n))(err)
	})
}

func (s *Page) askNotes() {
	f := screen.NewForm()
	note, hard := s.m.Notes()
	a, b := area(hard, 6), area(note, 3)
	f.Add("hard", "Khó khăn, vướng mắc và kiến nghị (phần 3 của báo cáo)", a)
	f.Add("note", "Ghi chú của phiếu", b)
	sheet := s.m.Sheet()
	s.ask(screen.Question{Title: "Khó khăn, kiến nghị, ghi chú", Verb: "Lưu", Width: 600, Form: f, Done: func() string { return "Đã lưu ghi chú của phiếu." },
		Read: func() (func(context.Context) error, error) {
			hard, note := a.Value(), b.Value()
			return func(ctx context.Context) error { return s.m.Book.SetNotes(ctx, sheet, note, hard) }, nil
		}})
}

func (s *Page) askGrade() {
	f := screen.NewForm()
	grade := picker(s.m.Grades(), "")
	grade.None, grade.Placeholder = "Theo điểm", "Theo điểm"
	if c := s.m.Card(); c != nil {
		grade.SetKey(c.Sheet.Grade)
	}
	why := area("", 3)
	f.Add("grade", "Xếp loại", grade)
	f.Add("why", "Lý do", why)
	sheet := s.m.Sheet()
	s.ask(screen.Question{Title: "Xếp loại khác với điểm", Note: "Dùng khi quyết định còn điều kiện khác ngoài điểm.", Verb: "Lưu", Form: f, Done: func() string { return "Đã ghi xếp loại." },
		Read: func() (func(context.Context) error, error) {
			g, w := grade.Key(), why.Value()
			return func(ctx context.Context) error { return s.m.Book.SetGrade(ctx, sheet, g, w) }, nil
		}})
}

func (s *Page) askSurvey() {
	f := screen.NewForm()
	held := picker([]Choice{{Key: "yes", Label: "Có tổ chức điều tra"}, {Key: "no", Label: "Không tổ chức điều tra"}}, s.m.Survey())
	held.None, held.Placeholder = "Theo kết quả đã nhập", "Theo kết quả đã nhập"
	f.Add("survey", "Điều tra xã hội học", held)
	sheet := s.m.Sheet()
	s.ask(screen.Question{Title: "Điều tra xã hội học", Note: "Khi không tổ chức điều tra, phần tự chấm được quy đổi theo cách nêu trong bộ tiêu chí.", Verb: "Lưu", Form: f, Done: func() string { return "Đã ghi." },
		Read: func() (func(context.Context) error, error) {
			var v *bool
			if key := held.Key(); key != "" {
				v = new(key == "yes")
			}
			return func(ctx context.Context) error { return s.m.Book.SetSurvey(ctx, sheet, v) }, nil
		}})
}

func (s *Page) showMoves() {
	box := container.New(layout.NewCustomPaddedVBoxLayout(6))
	list := s.m.History()
	if len(list) == 0 {
		box.Add(widget.NewParagraph("Phiếu chưa chuyển bước lần nào.", 520))
	}
	for _, h := range list {
		lines := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewParagraph(h.When+"  "+h.What, 520))
		if h.Why != "" {
			lines.Add(widget.NewNote(h.Why, 520))
		}
		box.Add(lines)
	}
	widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: "Các lần chuyển bước", Content: box, Width: 560})
}
