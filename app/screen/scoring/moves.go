package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	model "giaoban/app/view/scoring"
	"giaoban/app/widget"
)

// sheetMenu lists what can be done with the whole sheet.
func (s *Screen) sheetMenu() []widget.MenuItem {
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
	for _, move := range m.Moves() {
		if move.Back {
			items = append(items, widget.MenuItem{Label: move.Verb + "…", Icon: widget.IconUndo, Do: func() { s.askMove(move) }})
		}
	}
	return items
}

// askMove asks before the sheet goes to another state.
func (s *Screen) askMove(move model.Move) {
	note := move.Warns
	if note == "" && !move.Back {
		note = fmt.Sprintf("Phiếu chuyển sang «%s».", move.To)
	}
	s.reason(move.Verb, note, move.Verb, fmt.Sprintf("Phiếu đã chuyển sang «%s».", move.To), move.Back,
		func(ctx context.Context, why string) error { return s.m.Book.Move(ctx, s.m.Sheet(), move.To, why) })
}

// askReopen opens the round shown again.
func (s *Screen) askReopen() {
	f := newForm()
	until, why := s.date(s.m.Today()+7), area("", 2)
	f.add("until", "Mở đến hết ngày (để trống nếu không hạn)", until)
	f.add("why", "Lý do mở lại", why).Required()
	round, sheet := s.m.Leaf.Round(), s.m.Sheet()
	s.ask(question{title: "Mở lại phần " + round.String(), note: "Chỉ phiếu của đơn vị này được mở lại; phiếu của các đơn vị khác không đổi.", verb: "Mở lại", form: f,
		done: func() string { return "Đã mở lại phần " + round.String() + "." },
		read: func() (func(context.Context) error, error) {
			d, err := day("until", until)
			if err != nil {
				return nil, err
			}
			text := why.Value()
			return func(ctx context.Context) error { return s.m.ReopenNow(ctx, sheet, round, d, text) }, nil
		}})
}

func (s *Screen) askExplain() {
	if !s.m.Leaf.Answers() {
		return
	}
	f := newForm()
	text := area(s.m.Leaf.Asked(), 4)
	code, sheet := s.m.Leaf.Code(), s.m.Sheet()
	f.add("text", "Cần giải trình điều gì (để trống để thôi yêu cầu)", text)
	s.ask(question{title: "Yêu cầu giải trình tiêu chí " + code, verb: "Lưu", form: f, done: func() string { return "Đã ghi yêu cầu giải trình tiêu chí " + code + "." },
		read: func() (func(context.Context) error, error) {
			v := text.Value()
			return func(ctx context.Context) error { return s.m.Book.Ask(ctx, sheet, code, v) }, nil
		}})
}

func (s *Screen) copySelf() {
	s.m.CopySelf(func(n int, err error) {
		if err == nil && n == 0 {
			widget.ShowToast(s.ctx.Window, "Không còn tiêu chí nào chưa thẩm định.", "", nil)
			return
		}
		s.told(fmt.Sprintf("Đã lấy điểm tự chấm làm điểm thẩm định cho %d tiêu chí.", n))(err)
	})
}

func (s *Screen) askNotes() {
	f := newForm()
	note, hard := s.m.Notes()
	a, b := area(hard, 6), area(note, 3)
	f.add("hard", "Khó khăn, vướng mắc và kiến nghị (phần 3 của báo cáo)", a)
	f.add("note", "Ghi chú của phiếu", b)
	sheet := s.m.Sheet()
	s.ask(question{title: "Khó khăn, kiến nghị, ghi chú", verb: "Lưu", width: 600, form: f, done: func() string { return "Đã lưu ghi chú của phiếu." },
		read: func() (func(context.Context) error, error) {
			hard, note := a.Value(), b.Value()
			return func(ctx context.Context) error { return s.m.Book.SetNotes(ctx, sheet, note, hard) }, nil
		}})
}

func (s *Screen) askGrade() {
	f := newForm()
	grade := picker(s.m.Grades(), "")
	grade.None, grade.Placeholder = "Theo điểm", "Theo điểm"
	if c := s.m.Card(); c != nil {
		grade.SetKey(c.Sheet.Grade)
	}
	why := area("", 3)
	f.add("grade", "Xếp loại", grade)
	f.add("why", "Lý do", why)
	sheet := s.m.Sheet()
	s.ask(question{title: "Xếp loại khác với điểm", note: "Dùng khi quyết định còn điều kiện khác ngoài điểm.", verb: "Lưu", form: f, done: func() string { return "Đã ghi xếp loại." },
		read: func() (func(context.Context) error, error) {
			g, w := grade.Key(), why.Value()
			return func(ctx context.Context) error { return s.m.Book.SetGrade(ctx, sheet, g, w) }, nil
		}})
}

func (s *Screen) askSurvey() {
	f := newForm()
	held := picker([]model.Choice{{Key: "yes", Label: "Có tổ chức điều tra"}, {Key: "no", Label: "Không tổ chức điều tra"}}, s.m.Survey())
	held.None, held.Placeholder = "Theo kết quả đã nhập", "Theo kết quả đã nhập"
	f.add("survey", "Điều tra xã hội học", held)
	sheet := s.m.Sheet()
	s.ask(question{title: "Điều tra xã hội học", note: "Khi không tổ chức điều tra, phần tự chấm được quy đổi theo cách nêu trong bộ tiêu chí.", verb: "Lưu", form: f, done: func() string { return "Đã ghi." },
		read: func() (func(context.Context) error, error) {
			var v *bool
			if key := held.Key(); key != "" {
				v = new(key == "yes")
			}
			return func(ctx context.Context) error { return s.m.Book.SetSurvey(ctx, sheet, v) }, nil
		}})
}

func (s *Screen) showMoves() {
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
	widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Các lần chuyển bước", Content: box, Width: 560})
}
