package register

import (
	"slices"
	"strings"

	"giaoban/app/papers"
	"giaoban/data"
)

// Act is something that can be done with a dossier.
type Act struct {
	Kind   data.EventKind
	Label  string // a verb, as on its button
	Danger bool
}

// actLabels name the acts on buttons and in menus.
var actLabels = map[data.EventKind]string{
	data.BeginProcessing: "Bắt đầu giải quyết", data.AskSupplement: "Yêu cầu bổ sung", data.Supplement: "Đã bổ sung",
	data.AskPayment: "Chờ nộp phí", data.Pay: "Đã nộp phí", data.Suspend: "Tạm dừng xử lý", data.Resume: "Xử lý tiếp",
	data.Extend: "Xin lỗi, hẹn lại", data.Finish: "Có kết quả", data.Return: "Trả kết quả", data.Withdraw: "Công dân rút hồ sơ",
	data.Refuse: "Không tiếp nhận", data.Stop: "Dừng giải quyết", data.Reopen: "Mở lại", data.Correct: "Đính chính",
	data.HandOver: "Bàn giao", data.Cancel: "Hủy hồ sơ nhập nhầm", data.Apologise: "Thư xin lỗi",
}

// actOf returns the act of a kind.
func actOf(k data.EventKind) Act {
	return Act{Kind: k, Label: actLabels[k], Danger: k == data.Cancel}
}

// mainActs are the acts that usually come next in a state.
var mainActs = map[data.Status]data.EventKind{
	data.Received: data.Finish, data.Processing: data.Finish, data.AwaitSupply: data.Supplement,
	data.AwaitPayment: data.Pay, data.Halted: data.Resume, data.Done: data.Return,
}

// ActsOf returns what can be done with a dossier now: the main act, which has no
// kind where there is none, and the others in the order of the menu.
func ActsOf(one *data.Dossier, today data.Day) (first Act, others []Act) {
	s := one.On(data.MaxDay)
	if s.Cancelled {
		return Act{}, nil
	}
	allowed := s.Allowed()
	kind := mainActs[s.Status]
	if !slices.Contains(allowed, kind) {
		kind = 0
	}
	first = actOf(kind)
	for _, k := range allowed {
		// A letter before the date is a postponement, after it an apology.
		if k == kind || k == data.Extend && s.Due.Known() && s.Due.Day < today {
			continue
		}
		others = append(others, actOf(k))
	}
	if !s.Closed {
		others = append(others, actOf(data.HandOver))
	}
	if o := s.Outcome(today, one.Term); o == data.Overdue || o == data.Late || s.Paused && s.Due.Known() && s.Due.Day < today {
		others = append(others, actOf(data.Apologise))
	}
	return first, append(others, actOf(data.Correct), actOf(data.Cancel))
}

// Acts returns what can be done with a dossier now; see ActsOf. A dossier that cannot
// be read has none, and the fault is told.
func (m *Model) Acts(id uint64) (first Act, others []Act) {
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		m.s.Missed(err)
		return Act{}, nil
	}
	return ActsOf(&one, m.s.Desk.Today())
}

// BulkActs are the acts that the bar above a list offers for several dossiers,
// and those of its menu.
func BulkActs() (bar, menu []Act) {
	for _, k := range []data.EventKind{data.Finish, data.Return, data.HandOver, data.Apologise} {
		bar = append(bar, actOf(k))
	}
	for _, k := range []data.EventKind{data.BeginProcessing, data.AskSupplement, data.Supplement, data.Pay, data.Suspend, data.Resume, data.Withdraw, data.Stop, data.Cancel} {
		menu = append(menu, actOf(k))
	}
	return bar, menu
}

// PrintChoice is one paper that can be printed for dossiers.
type PrintChoice struct {
	Title string
	Slips []papers.Slip
}

// Prints returns what can be printed for dossiers: for one the forms that suit
// its state, for several those that make sense for all.
func (m *Model) Prints(ids []uint64) []PrintChoice {
	if len(ids) == 0 {
		return nil
	}
	one, err := m.s.Desk.Dossier(ids[0])
	if err != nil {
		m.s.Missed(err)
		return nil
	}
	forms := papers.FormsOf(&one)
	if len(ids) > 1 {
		forms = commonForms(forms)
	}
	var out []PrintChoice
	for _, f := range forms {
		c := PrintChoice{Title: sentence(f.Title)}
		for _, id := range ids {
			c.Slips = append(c.Slips, papers.Slip{Form: f.ID, Dossier: id, Event: -1})
		}
		out = append(out, c)
	}
	return out
}

// commonForms are the forms that every dossier has.
func commonForms(list []papers.Form) []papers.Form {
	var out []papers.Form
	for _, f := range list {
		switch f.ID {
		case papers.FormReceipt, papers.FormControl, papers.FormHandOver, papers.FormResults, papers.FormProcess:
			out = append(out, f)
		}
	}
	return out
}

// sentence writes a title of capitals as a sentence begins.
func sentence(title string) string {
	runes := []rune(title)
	lower := []rune(strings.ToLower(title))
	if len(runes) == 0 || len(lower) != len(runes) {
		return title
	}
	return string(runes[0]) + string(lower[1:])
}

// ProcessPaper is the paper that tells the whole course of a dossier.
func ProcessPaper(id uint64) []papers.Slip {
	return []papers.Slip{{Form: papers.FormProcess, Dossier: id, Event: -1}}
}
