package register

import (
	"context"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/receipt"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// Move is something that can be done with a dossier. The states from which it may be made
// are those of its kind of event, which every way into the register keeps to.
type Move struct {
	Kind   data.EventKind
	Label  string // a verb, as on its button
	Danger bool

	next  []data.Status                                            // states in which it usually comes next
	when  func(s *data.State, o data.Outcome, today data.Day) bool // is it offered; nil for wherever it may be made
	bulk  where                                                    // for several dossiers
	group bool                                                     // begins a group of the menu
	asks  []ask
	begin func(f *EventForm)                    // what its form proposes
	facts func(f *EventForm, one *data.Dossier) // of the receipt that come true with it
	do    action                                // nil records the event
	form  func(p *page, id uint64)              // in place of a form of its questions
	slips [2]string                             // the papers that belong to it: of one dossier, of several
}

// where says in which places a move is offered for several dossiers.
type where uint8

const (
	notForSeveral where = iota
	inMenu
	inBar
)

// moves are all that can be done with a dossier, in the order of the menus: the menus, the
// keys and their help, the bar for several dossiers and the forms come from here.
var moves = []Move{
	{Kind: data.BeginProcessing, Label: "Bắt đầu giải quyết", bulk: inMenu, asks: []ask{at("Thời điểm"), remark("Ghi chú", 2)}},
	{Kind: data.AskSupplement, Label: "Yêu cầu bổ sung", bulk: inMenu, slips: both(papers.FormSupplement),
		asks: []ask{at("Thời điểm yêu cầu"), more("Giấy tờ, nội dung cần bổ sung", 4, "Mỗi dòng một thứ; ghi đủ trong một phiếu."), remark("Lý do", 2)}},
	{Kind: data.Supplement, Label: "Đã bổ sung", bulk: inMenu, next: []data.Status{data.AwaitSupply}, slips: both(papers.FormDueReason),
		asks:  []ask{at("Thời điểm bổ sung"), more("Đã bổ sung", 4, eachALine), due("Ngày hẹn trả mới"), remark("Ghi chú", 0)},
		begin: func(f *EventForm) { f.More = f.last(data.AskSupplement).More }},
	{Kind: data.AskPayment, Label: "Chờ nộp phí", asks: []ask{at("Thời điểm"), remark("Khoản phải nộp", 2), ref("Số thông báo"), doc("Ngày thông báo")}},
	{Kind: data.Pay, Label: "Đã nộp phí", bulk: inMenu, next: []data.Status{data.AwaitPayment}, facts: (*EventForm).paid,
		asks: []ask{at("Thời điểm nộp"), fact("paid", "Cách nộp"), ref("Số biên lai"), due("Ngày hẹn trả mới"), remark("Ghi chú", 0)},
		begin: func(f *EventForm) {
			if f.One != nil && f.Now.Paid == 0 {
				f.Now.Paid = data.PayCash
			}
		}},
	{Kind: data.Suspend, Label: "Tạm dừng xử lý", bulk: inMenu, asks: []ask{at("Thời điểm dừng"), remark("Lý do", 2), partner, ref("Số văn bản"), doc("Ngày văn bản")},
		facts: func(f *EventForm, one *data.Dossier) {
			if f.Now.Partner != "" {
				one.Partner = f.Now.Partner
			}
		}},
	{Kind: data.Resume, Label: "Xử lý tiếp", bulk: inMenu, next: []data.Status{data.Halted}, slips: both(papers.FormDueReason),
		asks: []ask{at("Thời điểm xử lý tiếp"), due("Ngày hẹn trả mới"), remark("Ghi chú", 2)}},
	// A letter before the date is a postponement, after it an apology.
	{Kind: data.Extend, Label: "Xin lỗi, hẹn lại", slips: both(papers.FormApology), asks: letter, begin: dated, do: writeLetters,
		when: func(s *data.State, _ data.Outcome, today data.Day) bool { return !s.Due.Known() || s.Due.Day >= today }},
	{Kind: data.Finish, Label: "Có kết quả", bulk: inBar, next: []data.Status{data.Received, data.Processing}, slips: both(papers.FormResults), facts: (*EventForm).electronic,
		asks:  []ask{at("Thời điểm có kết quả"), ref("Số kết quả"), doc("Ngày ký"), signer, fact("eresult", "Có kết quả điện tử"), remark("Ghi chú", 0)},
		begin: func(f *EventForm) { f.Doc = f.At.Day }},
	{Kind: data.Return, Label: "Trả kết quả", bulk: inBar, next: []data.Status{data.Done}, slips: both(papers.FormResult), begin: (*EventForm).handingOut,
		asks: []ask{at("Thời điểm trả"), alone(receiver), way, more("Giấy tờ trả", 3, eachALine), remark("Ghi chú", 0)}},
	{Kind: data.Withdraw, Label: "Công dân rút hồ sơ", bulk: inMenu, asks: []ask{at("Thời điểm rút"), remark("Lý do", 2), more("Giấy tờ trả lại", 3, eachALine)}},
	{Kind: data.Refuse, Label: "Không tiếp nhận", slips: both(papers.FormRefusal), asks: []ask{at("Thời điểm"), remark("Lý do không tiếp nhận", 4), ref("Số phiếu")}},
	{Kind: data.Stop, Label: "Dừng giải quyết", bulk: inMenu, slips: both(papers.FormStop),
		asks: []ask{at("Thời điểm dừng"), ref("Số thông báo"), doc("Ngày thông báo"), signer, remark("Lý do", 3)}},
	{Kind: data.Reopen, Label: "Mở lại", asks: []ask{at("Thời điểm mở lại"), remark("Lý do", 3)}},
	{Kind: data.HandOver, Label: "Bàn giao", bulk: inBar, group: true, slips: [2]string{papers.FormControl, papers.FormHandOver},
		when:  func(s *data.State, _ data.Outcome, _ data.Day) bool { return !s.Closed },
		asks:  []ask{at("Thời điểm giao"), alone(desks("from", "Bên giao", func(f *EventForm) *string { return &f.Old })), desks(AskDesk, "Bên nhận", func(f *EventForm) *string { return &f.New }), remark("Ghi chú", 0)},
		begin: func(f *EventForm) { f.Old = f.state.Desk }},
	{Kind: data.Apologise, Label: "Thư xin lỗi", bulk: inBar, slips: both(papers.FormApology), asks: letter, begin: dated, do: writeLetters,
		when: func(s *data.State, o data.Outcome, today data.Day) bool {
			return o == data.Overdue || o == data.Late || s.Paused && s.Due.Known() && s.Due.Day < today
		}},
	{Kind: data.Correct, Label: "Đính chính", group: true, form: (*page).correct},
	{Kind: data.Cancel, Label: "Hủy hồ sơ nhập nhầm", bulk: inMenu, Danger: true,
		asks: []ask{note(remark("Lý do hủy", 3), "Hồ sơ vẫn còn trong sổ nhưng không tính vào số liệu; có thể hoàn tác.")}},
}

// both is a paper that is the same for one dossier and for several.
func both(slip string) [2]string { return [2]string{slip, slip} }

// moveOf returns the move of a kind.
func moveOf(k data.EventKind) Move {
	return moves[slices.IndexFunc(moves, func(m Move) bool { return m.Kind == k })]
}

// MovesOf returns what can be done with a dossier now: what usually comes next, without a
// kind where there is nothing, and the others in the order of the menu.
func MovesOf(one *data.Dossier, today data.Day) (first Move, others []Move) {
	s := one.On(data.MaxDay)
	o := s.Outcome(today, one.Term)
	for _, m := range moves {
		switch {
		case !s.May(m.Kind) || m.when != nil && !m.when(&s, o, today):
		case slices.Contains(m.next, s.Status):
			first = m
		default:
			others = append(others, m)
		}
	}
	return first, others
}

// Moves returns what can be done with a dossier now; see MovesOf. A dossier that cannot
// be read has none, and the fault is told.
func (m *Model) Moves(id uint64) (first Move, others []Move) {
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		m.s.Missed(err)
		return Move{}, nil
	}
	return MovesOf(&one, m.s.Desk.Today())
}

// BulkMoves are the moves that the bar above a list offers for several dossiers, and those
// of its menu.
func BulkMoves() (bar, menu []Move) {
	for _, m := range moves {
		switch m.bulk {
		case inBar:
			bar = append(bar, m)
		case inMenu:
			menu = append(menu, m)
		}
	}
	return bar, menu
}

// helpOfMoves says what F2 and F3 do.
func helpOfMoves() string {
	var next []string
	for _, m := range moves {
		if len(m.next) > 0 {
			next = append(next, text.Within(m.Label))
		}
	}
	return "việc tiếp theo của hồ sơ (" + strings.Join(next, ", ") + "); những việc khác"
}

// action does what a form says; letters are those that it wrote.
type action func(ctx context.Context, f *EventForm, e data.Event, progress func(done, total int64)) (letters []uint64, bulk desk.Bulk, err error)

// record writes the event.
func record(ctx context.Context, f *EventForm, e data.Event, progress func(done, total int64)) ([]uint64, desk.Bulk, error) {
	var edit func(*data.Dossier)
	if f.Move.facts != nil {
		edit = func(one *data.Dossier) { f.Move.facts(f, one) }
	}
	bulk, err := f.m.s.Desk.Happen(ctx, f.IDs, e.Text, progress, edit, e)
	return nil, bulk, err
}

// writeLetters writes numbered letters of apology, with the event.
func writeLetters(ctx context.Context, f *EventForm, e data.Event, progress func(done, total int64)) ([]uint64, desk.Bulk, error) {
	return f.m.s.Desk.Apologise(ctx, f.IDs, desk.Apology{Day: e.At.Day, Promised: e.Due, Reason: e.Text, Cause: f.Now.Cause, Signer: e.Signer}, progress)
}

// field is a field of the form of an event, ask makes one.
type (
	field = form.Field[EventForm]
	ask   func(m *Model) field
)

// The keys of fields that forms treat in a way of their own.
const (
	AskAt   = "at"  // day and time
	AskDue  = "due" // new due date, or date promised anew
	AskRef  = "ref" // number of the paper
	AskText = "text"
	AskMore = "more" // a list, an entry a line
	AskDesk = "desk" // desk that takes over
	AskTo   = "to"   // who received the result
)

const eachALine = "Mỗi dòng một thứ."

func at(label string) ask {
	return func(m *Model) field {
		return form.Moment(AskAt, label, m.Today, func(f *EventForm) *data.Moment { return &f.At })
	}
}

// due asks for the new date; that after a pause is counted for each of several dossiers.
func due(label string) ask {
	return func(m *Model) field {
		x := form.Day(AskDue, label, m.Today, func(f *EventForm) *data.Day { return &f.Due.Day })
		x.Set = func(f *EventForm, s string) error {
			day, err := data.ParseDay(s, m.Today(), f.Due.Day)
			if err == nil {
				f.SetDue(day)
			}
			return err
		}
		return x.When(func(f *EventForm) bool { return f.One != nil || !f.Kind.Resumes() }).Telling(func(f *EventForm) string {
			if f.One == nil {
				return ""
			}
			return f.DueNote()
		})
	}
}

func remark(label string, lines int) ask {
	of := func(f *EventForm) *string { return &f.Text }
	if lines == 0 {
		return func(*Model) field { return form.Text(AskText, label, of) }
	}
	return func(*Model) field { return form.Area(AskText, label, lines, of).Whole() }
}

func more(label string, lines int, hint string) ask {
	return func(*Model) field {
		return form.Area(AskMore, label, lines, func(f *EventForm) *string { return &f.More }).Whole().Note(hint)
	}
}

func ref(label string) ask {
	return func(*Model) field { return form.Text(AskRef, label, func(f *EventForm) *string { return &f.Ref }) }
}

func doc(label string) ask {
	return func(m *Model) field {
		return form.Day("doc", label, m.Today, func(f *EventForm) *data.Day { return &f.Doc })
	}
}

func desks(key, label string, of func(*EventForm) *string) ask {
	return func(m *Model) field { return form.Text(key, label, of).Proposing(m.Desks) }
}

// fact is one of the receipt that comes true with the event.
func fact(key, label string) ask {
	return func(m *Model) field {
		return receipt.Pick(receipt.Of(m.s.Desk), key, func(f *EventForm) *data.Dossier { return &f.Now }).Called(label)
	}
}

// note gives a question a hint, alone asks it for one dossier only.
func note(a ask, hint string) ask { return func(m *Model) field { return a(m).Note(hint) } }

func alone(a ask) ask {
	return func(m *Model) field { return a(m).When(func(f *EventForm) bool { return f.One != nil }) }
}

var (
	letter  = []ask{atDay, due("Hẹn lại ngày"), cause, remark("Lý do ghi trong thư", 3), signer}
	partner = note(fact("partner", "Cơ quan phối hợp"), "Nếu chờ ý kiến cơ quan khác.")
)

func atDay(m *Model) field {
	return form.Day(AskAt, "Ngày của thư", m.Today, func(f *EventForm) *data.Day { return &f.At.Day })
}

func cause(m *Model) field {
	return form.PickID("cause", "Nguyên nhân", func(*EventForm) []kit.Choice { return m.s.Causes() }, func(f *EventForm) *uint32 { return &f.Now.Cause }).Or("Chưa xác định")
}

func signer(m *Model) field {
	return form.Suggest("signer", "Người ký", func(f *EventForm) []kit.Choice { return m.Signers(f.At.Day) }, func(f *EventForm) *string { return &f.Signer })
}

func receiver(*Model) field {
	return form.Text(AskTo, "Người nhận", func(f *EventForm) *string { return &f.To })
}

func way(*Model) field {
	return form.Enum("way", "Cách trả", func(f *EventForm) *data.ReturnWay { return &f.Way }, data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic)
}
