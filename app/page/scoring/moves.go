package scoring

import (
	"cmp"
	"context"
	"fmt"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
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
		{Label: "Đặc điểm của đơn vị…", Disabled: !m.AsksFacts(), Do: s.askFacts},
		{},
		{Label: "Sửa kỳ, đơn vị, thời hạn…", Do: s.revisePeriod},
		s.closeItem(),
		{Label: "Thẩm định trừ điểm phải ghi lý do", Icon: kit.If(m.Book.CutNeedsNote(), widget.IconCheck, ""), Do: func() {
			on := !m.Book.CutNeedsNote()
			s.do(func(ctx context.Context) error { return m.Book.SetCutNeedsNote(ctx, on) }, kit.If(on, "Từ nay thẩm định thấp hơn tự chấm phải ghi lý do.", "Từ nay thẩm định trừ điểm không bắt buộc ghi lý do."))
		}},
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

// closeItem ends the period shown, so that nothing of it changes any more, or opens it
// again.
func (s *Page) closeItem() widget.MenuItem {
	p := s.m.Period()
	title, verb, done, note := "Kết thúc kỳ chấm điểm", "Kết thúc", "Đã kết thúc kỳ chấm điểm.", "Phiếu, điểm và minh chứng của kỳ không đổi được nữa cho đến khi mở lại kỳ."
	if p.Closed {
		title, verb, done, note = "Mở lại kỳ chấm điểm", "Mở lại", "Đã mở lại kỳ chấm điểm.", "Phiếu của kỳ sửa được trở lại theo bước và thời hạn của từng phiếu."
	}
	return widget.MenuItem{Label: title + "…", Do: func() {
		s.reason(title+" «"+p.Title+"»", note, verb, done, p.Closed, func(ctx context.Context, why string) error { return s.m.Book.ClosePeriod(ctx, p.ID, !p.Closed, why) })
	}}
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

// reasoned is a reason that is typed.
type reasoned struct {
	Why   string
	Until data.Day
}

// reason asks why before something is done.
func (s *Page) reason(title, note, verb, done string, must bool, act func(ctx context.Context, why string) error) {
	why := form.Area("why", "Lý do", 3, func(r *reasoned) *string { return &r.Why })
	why.Required = must
	form.Ask(s.e, form.Question[reasoned]{Title: title, Note: note, Verb: verb, Fields: []form.Field[reasoned]{why}, Done: func(reasoned) string { return done },
		Check: func(r reasoned) error {
			if must && r.Why == "" {
				return refuse("why", "Ghi lý do.")
			}
			return nil
		},
		Store: func(ctx context.Context, r reasoned) error { return act(ctx, r.Why) }})
}

// askReopen opens the round shown again.
func (s *Page) askReopen() {
	round, sheet := s.m.Leaf.Round(), s.m.Sheet()
	form.Ask(s.e, form.Question[reasoned]{Title: "Mở lại phần " + round.String(), Note: "Chỉ phiếu của đơn vị này được mở lại; phiếu của các đơn vị khác không đổi.", Verb: "Mở lại",
		Value: reasoned{Until: s.m.Today() + 7},
		Fields: []form.Field[reasoned]{
			form.Day("until", "Mở đến hết ngày (để trống nếu không hạn)", s.m.Today, func(r *reasoned) *data.Day { return &r.Until }),
			form.Area("why", "Lý do mở lại", 2, func(r *reasoned) *string { return &r.Why }).Need(),
		},
		Done: func(reasoned) string { return "Đã mở lại phần " + round.String() + "." },
		// The button that asked is gone with the lock.
		Then:  func(reasoned) { s.sheet.leaf.focusFirst() },
		Store: func(ctx context.Context, r reasoned) error { return s.m.ReopenNow(ctx, sheet, round, r.Until, r.Why) }})
}

func (s *Page) askExplain() {
	if !s.m.Leaf.Answers() {
		return
	}
	code, sheet := s.m.Leaf.Code(), s.m.Sheet()
	form.Ask(s.e, form.Question[string]{Title: "Yêu cầu giải trình tiêu chí " + code, Value: s.m.Leaf.Asked(),
		Fields: []form.Field[string]{form.Area("text", "Cần giải trình điều gì (để trống để thôi yêu cầu)", 4, func(t *string) *string { return t })},
		Done:   func(string) string { return "Đã ghi yêu cầu giải trình tiêu chí " + code + "." },
		Store:  func(ctx context.Context, text string) error { return s.m.Book.Ask(ctx, sheet, code, text) }})
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

// noted are the texts and the decisions that belong to a sheet as a whole.
type noted struct{ Note, Hard, Grade, Why, Survey string }

const held, notHeld = "yes", "no" // a survey

// note asks for some of them.
func (s *Page) note(q form.Question[noted], done string, store func(context.Context, uint64, noted) error) {
	sheet := s.m.Card.Sheet
	q.Value = noted{Note: sheet.Note, Hard: sheet.Hard, Grade: sheet.Grade}
	if sheet.Survey != nil {
		q.Value.Survey = kit.If(*sheet.Survey, held, notHeld)
	}
	q.Done = func(noted) string { return done }
	q.Store = func(ctx context.Context, n noted) error { return store(ctx, sheet.ID, n) }
	form.Ask(s.e, q)
}

func (s *Page) askNotes() {
	s.note(form.Question[noted]{Title: "Khó khăn, kiến nghị, ghi chú", Width: 600, Fields: []form.Field[noted]{
		form.Area("hard", "Khó khăn, vướng mắc và kiến nghị (phần 3 của báo cáo)", 6, func(n *noted) *string { return &n.Hard }),
		form.Area("note", "Ghi chú của phiếu", 3, func(n *noted) *string { return &n.Note }),
	}}, "Đã lưu ghi chú của phiếu.", func(ctx context.Context, sheet uint64, n noted) error {
		return s.m.Book.SetNotes(ctx, sheet, n.Note, n.Hard)
	})
}

func (s *Page) askGrade() {
	var grades []string
	for _, g := range s.m.Card.Set.Meta.Grades {
		grades = append(grades, g.Name)
	}
	s.note(form.Question[noted]{Title: "Xếp loại khác với điểm", Note: "Dùng khi quyết định còn điều kiện khác ngoài điểm.", Fields: []form.Field[noted]{
		form.Pick("grade", "Xếp loại", func(*noted) []kit.Choice { return kit.Words(grades) }, func(n *noted) *string { return &n.Grade }).Or("Theo điểm"),
		form.Area("why", "Lý do", 3, func(n *noted) *string { return &n.Why }),
	}}, "Đã ghi xếp loại.", func(ctx context.Context, sheet uint64, n noted) error {
		return s.m.Book.SetGrade(ctx, sheet, n.Grade, n.Why)
	})
}

func (s *Page) askSurvey() {
	list := []kit.Choice{{Key: held, Text: "Có tổ chức điều tra"}, {Key: notHeld, Text: "Không tổ chức điều tra"}}
	s.note(form.Question[noted]{Title: "Điều tra xã hội học", Note: "Khi không tổ chức điều tra, phần tự chấm được quy đổi theo cách nêu trong bộ tiêu chí.", Fields: []form.Field[noted]{
		form.Pick("survey", "Điều tra xã hội học", func(*noted) []kit.Choice { return list }, func(n *noted) *string { return &n.Survey }).Or("Theo kết quả đã nhập"),
	}}, "Đã ghi.", func(ctx context.Context, sheet uint64, n noted) error {
		if n.Survey == "" {
			return s.m.Book.SetSurvey(ctx, sheet, nil)
		}
		return s.m.Book.SetSurvey(ctx, sheet, new(n.Survey == held))
	})
}

// maxFacts bounds what a set asks of a unit in one form.
const maxFacts = 20

// facts are what was typed of a unit, in the order in which the set asks.
type facts [maxFacts]string

// Facts lists what the set of the sheet asks of the unit, with what is known.
func (m *Model) Facts() (list []scoring.Fact, now [maxFacts]string) {
	c := m.Card
	if c == nil {
		return nil, now
	}
	list = c.Set.Meta.Facts[:min(len(c.Set.Meta.Facts), maxFacts)]
	for i, f := range list {
		x, ok := c.Sheet.Facts[f.ID]
		switch {
		case f.Yes && x.Sign() > 0:
			now[i] = "yes"
		case !f.Yes && ok:
			now[i] = grouped(x.String())
		}
	}
	return list, now
}

// AsksFacts reports whether the set of the sheet asks anything of the unit.
func (m *Model) AsksFacts() bool {
	list, _ := m.Facts()
	return len(list) > 0
}

// FactsOf reads what was typed of a unit. An error belongs to the field of the fact.
func FactsOf(list []scoring.Fact, typed [maxFacts]string) (scoring.Facts, error) {
	out := scoring.Facts{}
	for i, f := range list {
		switch {
		case typed[i] == "":
		case f.Yes:
			out[f.ID] = scoring.Int(1)
		default:
			n, err := ParseNumber(typed[i])
			if err != nil {
				return nil, data.InField(err, f.ID)
			}
			out[f.ID] = n
		}
	}
	return out, nil
}

// askFacts asks what the set wants to know of the unit: its kind, its size.
func (s *Page) askFacts() {
	sheet := s.m.Sheet()
	list, now := s.m.Facts()
	yes := []kit.Choice{{Key: "yes", Text: "Có"}}
	var fields []form.Field[facts]
	for i, f := range list {
		label, of := cmp.Or(f.Label, f.ID), func(x *facts) *string { return &x[i] }
		if f.Yes {
			fields = append(fields, form.Pick(f.ID, label, func(*facts) []kit.Choice { return yes }, of).Or("Không"))
			continue
		}
		if f.Unit != "" {
			label += " (" + f.Unit + ")"
		}
		fields = append(fields, form.Text(f.ID, label, of))
	}
	form.Ask(s.e, form.Question[facts]{Title: "Đặc điểm của đơn vị", Note: "Bộ tiêu chí chấm khác nhau theo loại và quy mô của đơn vị.", Value: now, Fields: fields,
		Done: func(facts) string { return "Đã ghi đặc điểm của đơn vị." },
		Store: func(ctx context.Context, x facts) error {
			known, err := FactsOf(list, x)
			if err != nil {
				return err
			}
			return s.m.Book.SetFacts(ctx, sheet, known)
		}})
}

func (s *Page) showMoves() {
	box := stack(6)
	for _, h := range s.m.History() {
		box.Add(stack(0, widget.NewParagraph(h.When+"  "+h.What, 520), widget.NewNote(h.Why, 520)))
	}
	if len(box.Objects) == 0 {
		box.Add(widget.NewParagraph("Phiếu chưa chuyển bước lần nào.", 520))
	}
	widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: "Các lần chuyển bước", Content: box, Width: 560})
}
