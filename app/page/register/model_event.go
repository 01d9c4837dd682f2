package register

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// Question is one thing that the form of an event asks.
type Question struct {
	Name, Label, Hint string // errors and warnings name the question by its Name
	Required          bool
	Lines             int // of a text; 0 for one
	// Of is where the answer stands: a *string, *bool, *data.Day, *data.Moment, *uint32,
	// *data.ReturnWay or *data.PayWay; nil for the new due date.
	Of func(f *EventForm) any
	// Choices are what may be answered; for a text they are proposals.
	Choices func(m *Model, f *EventForm) []kit.Choice
	Alone   bool // asked for one dossier only
}

// The names of questions that forms treat in a way of their own.
const (
	AskAt   = "at"  // day and time
	AskDue  = "due" // new due date, or date promised anew
	AskRef  = "ref" // number of the paper
	AskText = "text"
	AskMore = "more" // a list, an entry a line
	AskDesk = "desk" // desk that takes over
	AskTo   = "to"   // who received the result
)

// must marks a question that must be answered.
func (q Question) must() Question { q.Required = true; return q }

// note adds a hint.
func (q Question) note(hint string) Question { q.Hint = hint; return q }

func at(label string) Question {
	return Question{Name: AskAt, Label: label, Of: func(f *EventForm) any { return &f.At }}
}

func atDay(label string) Question {
	return Question{Name: AskAt, Label: label, Of: func(f *EventForm) any { return &f.At.Day }}
}

func due(label string) Question { return Question{Name: AskDue, Label: label} }

func text(label string, lines int) Question {
	return Question{Name: AskText, Label: label, Lines: lines, Of: func(f *EventForm) any { return &f.Text }}
}

func more(label string, lines int) Question {
	return Question{Name: AskMore, Label: label, Hint: "Mỗi dòng một thứ.", Lines: lines, Of: func(f *EventForm) any { return &f.More }}
}

func ref(label string) Question {
	return Question{Name: AskRef, Label: label, Of: func(f *EventForm) any { return &f.Ref }}
}

func doc(label string) Question {
	return Question{Name: "doc", Label: label, Of: func(f *EventForm) any { return &f.Doc }}
}

func desks(name, label string, of func(f *EventForm) any) Question {
	return Question{Name: name, Label: label, Of: of, Choices: func(m *Model, _ *EventForm) []kit.Choice { return m.Desks() }}
}

var (
	signer = Question{Name: "signer", Label: "Người ký", Of: func(f *EventForm) any { return &f.Signer },
		Choices: func(m *Model, f *EventForm) []kit.Choice { return m.Signers(f.At.Day) }}
	cause = Question{Name: "cause", Label: "Nguyên nhân", Of: func(f *EventForm) any { return &f.Cause },
		Choices: func(m *Model, _ *EventForm) []kit.Choice { return m.s.Causes() }}
	paid = Question{Name: "paid", Label: "Cách nộp", Of: func(f *EventForm) any { return &f.Paid },
		Choices: func(*Model, *EventForm) []kit.Choice {
			return kit.Enumerated(data.PayCash, data.PayTransfer, data.PayOnline)
		}}
	way = Question{Name: "way", Label: "Cách trả", Of: func(f *EventForm) any { return &f.Way },
		Choices: func(*Model, *EventForm) []kit.Choice {
			return kit.Enumerated(data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic)
		}}
	electronic = Question{Name: "electronic", Label: "Có kết quả điện tử", Of: func(f *EventForm) any { return &f.Electronic }}
	partner    = Question{Name: "partner", Label: "Cơ quan phối hợp", Hint: "Nếu chờ ý kiến cơ quan khác.", Of: func(f *EventForm) any { return &f.Partner }}
	receiver   = Question{Name: AskTo, Label: "Người nhận", Alone: true, Of: func(f *EventForm) any { return &f.To }}
	giver      = desks("from", "Bên giao", func(f *EventForm) any { return &f.From })
	taker      = desks(AskDesk, "Bên nhận", func(f *EventForm) any { return &f.Desk })
)

// questions are what the forms ask, by kind, in order: one entry is all that a new
// question takes.
var questions = map[data.EventKind][]Question{
	data.BeginProcessing: {at("Thời điểm"), text("Ghi chú", 2)},
	data.AskSupplement: {at("Thời điểm yêu cầu"), more("Giấy tờ, nội dung cần bổ sung", 4).note("Mỗi dòng một thứ; ghi đủ trong một phiếu.").must(),
		text("Lý do", 2)},
	data.Supplement: {at("Thời điểm bổ sung"), more("Đã bổ sung", 4), due("Ngày hẹn trả mới"), text("Ghi chú", 0)},
	data.AskPayment: {at("Thời điểm"), text("Khoản phải nộp", 2).must(), ref("Số thông báo"), doc("Ngày thông báo")},
	data.Pay:        {at("Thời điểm nộp"), paid, ref("Số biên lai"), due("Ngày hẹn trả mới"), text("Ghi chú", 0)},
	data.Suspend:    {at("Thời điểm dừng"), text("Lý do", 2).must(), partner, ref("Số văn bản"), doc("Ngày văn bản")},
	data.Resume:     {at("Thời điểm xử lý tiếp"), due("Ngày hẹn trả mới"), text("Ghi chú", 2)},
	data.Extend:     {atDay("Ngày của thư"), due("Hẹn lại ngày").must(), cause, text("Lý do ghi trong thư", 3).must(), signer},
	data.Apologise:  {atDay("Ngày của thư"), due("Hẹn lại ngày"), cause, text("Lý do ghi trong thư", 3).must(), signer},
	data.HandOver:   {at("Thời điểm giao"), alone(giver), taker.must(), text("Ghi chú", 0)},
	data.Finish:     {at("Thời điểm có kết quả"), ref("Số kết quả"), doc("Ngày ký"), signer, electronic, text("Ghi chú", 0)},
	data.Return:     {at("Thời điểm trả"), receiver, way, more("Giấy tờ trả", 3), text("Ghi chú", 0)},
	data.Withdraw:   {at("Thời điểm rút"), text("Lý do", 2), more("Giấy tờ trả lại", 3)},
	data.Refuse:     {at("Thời điểm"), text("Lý do không tiếp nhận", 4).must(), ref("Số phiếu")},
	data.Stop:       {at("Thời điểm dừng"), ref("Số thông báo"), doc("Ngày thông báo"), signer, text("Lý do", 3).must()},
	data.Reopen:     {at("Thời điểm mở lại"), text("Lý do", 3).must()},
	data.Cancel:     {text("Lý do hủy", 3).note("Hồ sơ vẫn còn trong sổ nhưng không tính vào số liệu; có thể hoàn tác.").must()},
}

func alone(q Question) Question { q.Alone = true; return q }

// slipOf names the form that belongs to an event, for one dossier and for
// several at once.
var slipOf = map[data.EventKind][2]string{
	data.AskSupplement: {papers.FormSupplement, papers.FormSupplement},
	data.Supplement:    {papers.FormDueReason, papers.FormDueReason},
	data.Resume:        {papers.FormDueReason, papers.FormDueReason},
	data.Refuse:        {papers.FormRefusal, papers.FormRefusal},
	data.Extend:        {papers.FormApology, papers.FormApology},
	data.Apologise:     {papers.FormApology, papers.FormApology},
	data.Stop:          {papers.FormStop, papers.FormStop},
	data.HandOver:      {papers.FormControl, papers.FormHandOver},
	data.Finish:        {papers.FormResults, papers.FormResults},
	data.Return:        {papers.FormResult, papers.FormResult},
}

// slipNames name those forms in the middle of a sentence.
var slipNames = map[string]string{
	papers.FormSupplement: "phiếu yêu cầu bổ sung", papers.FormDueReason: "giải thích ngày hẹn", papers.FormRefusal: "phiếu từ chối",
	papers.FormApology: "thư xin lỗi", papers.FormStop: "thông báo dừng", papers.FormControl: "phiếu kiểm soát",
	papers.FormHandOver: "danh sách bàn giao", papers.FormResults: "phiếu bàn giao kết quả", papers.FormResult: "giấy biên nhận trả kết quả",
}

// EventForm asks what happened to one dossier, or to several at once. The screen
// writes the answers into it.
type EventForm struct {
	Act Act
	IDs []uint64
	One *data.Dossier // as it is now; nil for several

	At                          data.Moment
	Ref, Text, More, Signer, To string
	Doc                         data.Day
	Way                         data.ReturnWay
	From, Desk, Partner         string
	Cause                       uint32
	Electronic                  bool
	Paid                        data.PayWay
	Print                       bool // show the slip after saving
	due                         data.Moment
	dueTyped                    bool
	m                           *Model
	state                       data.State
	seen                        uint64 // how far the journal went when the form was filled
}

// NewEvent opens the form of an act for dossiers. A single one must allow it.
func (m *Model) NewEvent(act Act, ids []uint64) (*EventForm, error) {
	d := m.s.Desk
	f := &EventForm{Act: act, IDs: ids, At: data.MomentOf(d.Now()), m: m, seen: d.Seen()}
	if _, ok := slipOf[act.Kind]; ok {
		f.Print = m.Memory.String(printKey(act.Kind)) == "yes"
	}
	if list := d.Signers(f.At.Day); f.Asks("signer") && len(list) > 0 {
		f.Signer = list[0].Name
	}
	if act.Kind == data.Finish {
		f.Doc = f.At.Day
	}
	if act.Kind == data.Extend || act.Kind == data.Apologise {
		f.At.Clock = 0
	}
	if len(ids) != 1 {
		return f, nil
	}
	one, err := d.Dossier(ids[0])
	if err != nil {
		return nil, err
	}
	if err := one.MayHappen(data.Event{Kind: act.Kind}, d.Today()); err != nil {
		return nil, err
	}
	f.One, f.state = &one, one.On(data.MaxDay)
	f.From, f.Partner, f.Cause, f.Paid = f.state.Desk, one.Partner, one.Cause, one.Paid
	switch act.Kind {
	case data.Supplement:
		f.More = lastOf(&one, data.AskSupplement).More
	case data.Return:
		f.To, f.Way = one.Owner.Name, one.Return
		if one.Agent.Name != "" {
			f.To = one.Agent.Name
		}
		if f.Way == 0 {
			f.Way = data.ReturnDirect
		}
		if ref := lastOf(&one, data.Finish).Ref; ref != "" {
			f.More = "Kết quả số " + ref
		}
	case data.Finish:
		f.Electronic = one.Flags&data.EResult != 0
	case data.Pay:
		if f.Paid == 0 {
			f.Paid = data.PayCash
		}
	}
	f.propose()
	return f, nil
}

func printKey(k data.EventKind) string { return "print-" + strconv.Itoa(int(k)) }

func lastOf(one *data.Dossier, kind data.EventKind) data.Event {
	for _, e := range slices.Backward(one.Events) {
		if e.Kind == kind {
			return e
		}
	}
	return data.Event{}
}

// Title names the form: what is recorded, and of what.
func (f *EventForm) Title() string {
	if f.One != nil {
		return f.Act.Label + ": " + f.One.Code
	}
	return fmt.Sprintf("%s: %s hồ sơ", f.Act.Label, data.FormatInt(int64(len(f.IDs))))
}

// About names the dossier below the title, "" for several.
func (f *EventForm) About() string {
	if f.One == nil {
		return ""
	}
	parts := []string{f.One.Owner.Name, f.m.s.Desk.Catalogue().ProcedureOf(f.One)}
	if f.state.Due.Known() && !f.state.Closed {
		parts = append(parts, "hẹn trả "+f.state.Due.Day.String())
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// Questions returns what the form asks, in order. For several dossiers the new
// due date after a pause is counted for each and not asked.
func (f *EventForm) Questions() []Question {
	return slices.DeleteFunc(slices.Clone(questions[f.Act.Kind]), func(q Question) bool {
		return f.One == nil && (q.Alone || q.Name == AskDue && f.runsAgain())
	})
}

// Asks reports whether the form asks something.
func (f *EventForm) Asks(name string) bool {
	return slices.ContainsFunc(f.Questions(), func(q Question) bool { return q.Name == name })
}

// runsAgain reports whether the clock runs again after the event.
func (f *EventForm) runsAgain() bool {
	return f.Act.Kind == data.Supplement || f.Act.Kind == data.Pay || f.Act.Kind == data.Resume
}

// Slip names the form that can be printed after saving, "" for none.
func (f *EventForm) Slip() string { return slipNames[f.slip()] }

func (f *EventForm) slip() string {
	forms := slipOf[f.Act.Kind]
	if len(f.IDs) == 1 {
		return forms[0]
	}
	return forms[1]
}

// SetAt tells when it happened; a due date that was not typed follows.
func (f *EventForm) SetAt(at data.Moment) {
	f.At = at
	f.propose()
}

// Due returns the new due date.
func (f *EventForm) Due() data.Moment { return f.due }

// SetDue types a new due date; the unknown date goes back to the counted one.
func (f *EventForm) SetDue(day data.Day) {
	f.dueTyped = day.Known()
	if !day.Known() {
		f.due = data.Moment{}
		f.propose()
		return
	}
	if day != f.due.Day {
		f.due = data.Moment{Day: day}
		if f.runsAgain() {
			f.due.Clock = f.state.Due.Clock
		}
	}
}

func (f *EventForm) propose() {
	if f.One == nil || f.dueTyped || !f.runsAgain() {
		return
	}
	f.due = f.m.s.Desk.DueAfter(f.One, data.Event{Kind: f.Act.Kind, At: f.At})
}

// DueNote explains the new due date: the old one, the new one and why.
func (f *EventForm) DueNote() string {
	if f.One == nil || !f.Asks(AskDue) {
		if f.runsAgain() {
			return "Ngày hẹn trả mới được tính riêng cho từng hồ sơ theo cách tính của thủ tục."
		}
		return ""
	}
	old := f.state.Due
	if !f.runsAgain() {
		if !old.Known() {
			return ""
		}
		return fmt.Sprintf("Ngày hẹn gốc %s giữ nguyên để xét đúng hạn hay quá hạn.", old.Day)
	}
	if !old.Known() {
		return "Hồ sơ không có ngày hẹn trả."
	}
	if f.state.Missed {
		return fmt.Sprintf("Hồ sơ đã quá hạn trước khi chờ: ngày hẹn %s giữ nguyên để xét đúng hạn hay quá hạn. Ngày khác nhập ở đây chỉ là ngày hẹn lại.", old.Day)
	}
	waited := max(f.m.s.Desk.Calendar().WorkingDays(f.state.Since.Day+1, f.At.Day), 0)
	counted := f.m.s.Desk.DueAfter(f.One, data.Event{Kind: f.Act.Kind, At: f.At})
	why := ""
	switch f.One.Mode {
	case data.RunOn:
		why = "thủ tục này không trừ thời gian chờ"
	case data.Restart:
		why = "thời hạn tính lại từ đầu"
	default:
		why = fmt.Sprintf("chờ %d ngày làm việc, từ %s", waited, f.state.Since.Day)
		if !f.state.Since.Known() {
			why = "không rõ chờ từ ngày nào"
		}
	}
	note := fmt.Sprintf("Hẹn cũ %s, tính ra %s: %s.", old.Day, counted.Day, why)
	if f.due.Day != counted.Day {
		note += fmt.Sprintf(" Đang nhập %s.", orDash(f.due.Day.String()))
	}
	return note
}

// Event returns the event as answered so far.
func (f *EventForm) Event() data.Event {
	e := data.Event{Kind: f.Act.Kind, At: f.At, Text: strings.TrimSpace(f.Text)}
	for _, q := range f.Questions() {
		switch q.Name {
		case AskDue:
			e.Due = f.due
		case AskRef:
			e.Ref = strings.TrimSpace(f.Ref)
		case AskMore:
			e.More = lines(f.More)
		case "signer":
			e.Signer = strings.TrimSpace(f.Signer)
		case AskTo:
			e.To = strings.TrimSpace(f.To)
		case AskDesk:
			e.New = strings.TrimSpace(f.Desk)
		case "from":
			e.Old = strings.TrimSpace(f.From)
		case "doc":
			e.Doc = f.Doc
		case "way":
			e.Way = f.Way
		}
	}
	return e
}

// lines drops the blank lines of a list and the spaces around the others.
func lines(text string) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// Warnings tell what the officer should know before saving.
func (f *EventForm) Warnings() []desk.Warning {
	if f.One == nil {
		return nil
	}
	return f.m.s.Desk.EventWarnings(f.One, f.Event())
}

// Check returns what is missing, as an *data.Error that names the question.
func (f *EventForm) Check() error {
	e := f.Event()
	for _, q := range f.Questions() {
		empty := !f.due.Known()
		if q.Of != nil {
			switch to := q.Of(f).(type) {
			case *string:
				empty = strings.TrimSpace(*to) == ""
			case *data.Day:
				empty = !to.Known()
			case *data.Moment:
				empty = !to.Known()
			}
		}
		switch today := f.m.Today(); {
		case q.Name == AskAt && empty:
			return &data.Error{Code: data.Invalid, Field: AskAt, Message: "Chưa có ngày. Nhập ngày."}
		case q.Name == AskAt && f.At.Day > today:
			return &data.Error{Code: data.Invalid, Field: AskAt, Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", f.At.Day)}
		case q.Required && empty:
			return &data.Error{Code: data.Invalid, Field: q.Name, Message: fmt.Sprintf("Chưa nhập «%s».", q.Label)}
		}
	}
	if f.One == nil {
		return nil
	}
	return f.One.MayHappen(e, f.m.s.Desk.Today())
}

// Saved is what saving a form did.
type Saved struct {
	Said    string // for the toast
	Done    int    // how many dossiers were changed
	Refused []desk.Refusal
	Slips   []papers.Slip // to show, when the officer wants them
}

// Save records the event in one change. It may run off the window's goroutine.
// Its errors name a question where they can; with an error nothing was written.
func (f *EventForm) Save(ctx context.Context, progress func(done, total int64)) (Saved, error) {
	if err := f.Check(); err != nil {
		return Saved{}, err
	}
	e, d := f.Event(), f.m.s.Desk
	ctx = desk.Upon(ctx, f.seen)
	var bulk desk.Bulk
	var letters []uint64
	var err error
	switch f.Act.Kind {
	case data.Extend, data.Apologise:
		letters, bulk, err = d.Apologise(ctx, f.IDs, desk.Apology{Day: f.At.Day, Promised: f.due, Reason: e.Text, Cause: f.Cause, Signer: e.Signer}, progress)
	default:
		bulk, err = d.Happen(ctx, f.IDs, e.Text, progress, f.edit, e)
	}
	if err != nil {
		return Saved{}, err
	}
	out := Saved{Done: bulk.Done, Refused: bulk.Refused, Said: f.said(bulk)}
	if f.Print && f.slip() != "" && bulk.Done > 0 {
		out.Slips = f.slips(bulk, letters)
	}
	return out, nil
}

// Remember keeps whether the slip is wanted for the next event of this kind.
func (f *EventForm) Remember() {
	word := "no"
	if f.Print {
		word = "yes"
	}
	if f.slip() != "" {
		f.m.Memory.SetString(printKey(f.Act.Kind), word)
	}
}

// edit keeps the facts of the receipt that come true with the event.
func (f *EventForm) edit(one *data.Dossier) {
	switch f.Act.Kind {
	case data.Finish:
		// For several at once an unticked box says nothing.
		if f.One != nil {
			one.Flags &^= data.EResult
		}
		if f.Electronic {
			one.Flags |= data.EResult
		}
	case data.Suspend:
		if p := strings.TrimSpace(f.Partner); p != "" {
			one.Partner = p
		}
	case data.Pay:
		if f.Paid == 0 {
			return
		}
		one.Paid = f.Paid
		one.Flags &^= data.PaidOnline
		if f.Paid == data.PayOnline {
			one.Flags |= data.PaidOnline
		}
	}
}

func (f *EventForm) said(bulk desk.Bulk) string {
	text := fmt.Sprintf("Đã ghi «%s» cho %s hồ sơ.", f.Act.Label, data.FormatInt(int64(bulk.Done)))
	switch {
	case bulk.Done == 0:
		text = "Không có hồ sơ nào được ghi."
	case f.One != nil:
		text = fmt.Sprintf("Đã ghi «%s» cho hồ sơ %s.", f.Act.Label, f.One.Code)
		if f.runsAgain() && f.state.Due.Known() && f.due.Day != f.state.Due.Day && !f.state.Missed {
			text += fmt.Sprintf(" Ngày hẹn %s thành %s.", f.state.Due.Day, f.due.Day)
		}
	}
	if n := len(bulk.Refused); n > 0 {
		text += fmt.Sprintf(" %s hồ sơ không ghi được.", data.FormatInt(int64(n)))
	}
	return text
}

// slips are the papers of the dossiers that got the event.
func (f *EventForm) slips(bulk desk.Bulk, letters []uint64) []papers.Slip {
	refused := map[uint64]bool{}
	for _, r := range bulk.Refused {
		refused[r.ID] = true
	}
	var out []papers.Slip
	for _, id := range f.IDs {
		if refused[id] {
			continue
		}
		one, err := f.m.s.Desk.Dossier(id)
		if err != nil {
			f.m.s.Missed(err)
			continue
		}
		slip := papers.Slip{Form: f.slip(), Dossier: id, Event: len(one.Events) - 1}
		if len(letters) > len(out) {
			slip.Letter = letters[len(out)]
		}
		out = append(out, slip)
	}
	return out
}

// Desks returns the desks in use.
func (m *Model) Desks() []kit.Choice {
	list, err := m.s.Desk.Counters()
	if err != nil {
		m.s.Fault(err)
	}
	var out []kit.Choice
	for _, c := range list {
		if !c.Value.Closed {
			out = append(out, kit.Choice{Key: c.Value.Name, Text: c.Value.Name})
		}
	}
	return out
}

// Signers returns who may sign on the day, the usual one first.
func (m *Model) Signers(day data.Day) []kit.Choice {
	return kit.ChoicesOf(m.s.Desk.Signers(day), func(s data.Signer) kit.Choice { return kit.Choice{Key: s.Name, Text: s.Name} })
}
