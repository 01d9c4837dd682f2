package register

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// slipNames name the papers of moves in the middle of a sentence.
var slipNames = map[string]string{
	papers.FormSupplement: "phiếu yêu cầu bổ sung", papers.FormDueReason: "giải thích ngày hẹn", papers.FormRefusal: "phiếu từ chối",
	papers.FormApology: "thư xin lỗi", papers.FormStop: "thông báo dừng", papers.FormControl: "phiếu kiểm soát",
	papers.FormHandOver: "danh sách bàn giao", papers.FormResults: "phiếu bàn giao kết quả", papers.FormResult: "giấy biên nhận trả kết quả",
}

// EventForm asks what happened to one dossier, or to several at once. The page writes the
// answers into the event.
type EventForm struct {
	data.Event // Old and New are the desks of a hand-over

	Move  Move
	IDs   []uint64
	One   *data.Dossier // as it is now; nil for several
	Now   data.Dossier  // with what comes true with the event
	Print bool          // show the paper after saving

	typed bool // a due date of its own
	m     *Model
	state data.State
	seen  uint64 // how far the journal went when the form was filled
}

// NewEvent opens the form of a move for dossiers. A single one must allow it.
func (m *Model) NewEvent(kind data.EventKind, ids []uint64) (*EventForm, error) {
	d := m.s.Desk
	f := &EventForm{Event: data.Event{Kind: kind, At: data.MomentOf(d.Now())}, Move: moveOf(kind), IDs: ids, m: m, seen: d.Seen()}
	if f.slip() != "" {
		f.Print = m.Memory.String(printKey(kind)) == "yes"
	}
	if len(ids) == 1 {
		one, err := d.Dossier(ids[0])
		if err == nil {
			err = one.MayHappen(data.Event{Kind: kind}, d.Today())
		}
		if err != nil {
			return nil, err
		}
		f.One, f.Now, f.state = &one, one, one.On(data.MaxDay)
	}
	if list := d.Signers(f.At.Day); f.Asks("signer") && len(list) > 0 {
		f.Signer = list[0].Name
	}
	if f.Move.begin != nil {
		f.Move.begin(f)
	}
	f.propose()
	return f, nil
}

func printKey(k data.EventKind) string { return "print-" + kit.Key(k) }

// last is the last event of a kind of the dossier.
func (f *EventForm) last(kind data.EventKind) data.Event {
	if f.One != nil {
		for _, e := range slices.Backward(f.One.Events) {
			if e.Kind == kind {
				return e
			}
		}
	}
	return data.Event{}
}

// handingOut proposes who takes a result, how, and which.
func (f *EventForm) handingOut() {
	if f.One == nil {
		return
	}
	f.To, f.Way = f.One.Owner.Name, f.One.Return
	if f.One.Agent.Name != "" {
		f.To = f.One.Agent.Name
	}
	if f.Way == 0 {
		f.Way = data.ReturnDirect
	}
	if ref := f.last(data.Finish).Ref; ref != "" {
		f.More = "Kết quả số " + ref
	}
}

// dated lets the event be of a day, without a time.
func dated(f *EventForm) { f.At.Clock = 0 }

// electronic keeps whether there is an electronic result; for several at once an unticked
// box says nothing.
func (f *EventForm) electronic(one *data.Dossier) {
	if f.One != nil {
		one.Flags &^= data.EResult
	}
	one.Flags |= f.Now.Flags & data.EResult
}

// paid keeps how the fee was paid.
func (f *EventForm) paid(one *data.Dossier) {
	if f.Now.Paid == 0 {
		return
	}
	one.Paid = f.Now.Paid
	one.Flags &^= data.PaidOnline
	if one.Paid == data.PayOnline {
		one.Flags |= data.PaidOnline
	}
}

// Title names the form: what is recorded, and of what.
func (f *EventForm) Title() string {
	if f.One != nil {
		return f.Move.Label + ": " + f.One.Code
	}
	return fmt.Sprintf("%s: %s hồ sơ", f.Move.Label, data.FormatInt(int64(len(f.IDs))))
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

// Asks reports whether the form asks something.
func (f *EventForm) Asks(key string) bool {
	return slices.ContainsFunc(f.fields(), func(x field) bool { return x.Key == key })
}

// Slip names the paper that can be printed after saving, "" for none.
func (f *EventForm) Slip() string { return slipNames[f.slip()] }

func (f *EventForm) slip() string {
	if len(f.IDs) == 1 {
		return f.Move.slips[0]
	}
	return f.Move.slips[1]
}

// SetDue types a new due date; the unknown date goes back to the counted one.
func (f *EventForm) SetDue(day data.Day) {
	f.typed = day.Known()
	switch {
	case !f.typed:
		f.Due = data.Moment{}
		f.propose()
	case day != f.Due.Day:
		f.Due = data.Moment{Day: day}
		if f.Kind.Resumes() {
			f.Due.Clock = f.state.Due.Clock
		}
	}
}

func (f *EventForm) propose() {
	if f.One != nil && !f.typed && f.Kind.Resumes() {
		f.Due = f.counted()
	}
}

// counted is the due date that the event brings by the term.
func (f *EventForm) counted() data.Moment {
	return f.m.s.Desk.DueAfter(f.One, data.Event{Kind: f.Kind, At: f.At})
}

// DueNote explains the new due date: the old one, the new one and why.
func (f *EventForm) DueNote() string {
	old := f.state.Due
	switch {
	case f.One == nil && f.Kind.Resumes():
		return "Ngày hẹn trả mới được tính riêng cho từng hồ sơ theo cách tính của thủ tục."
	case f.One == nil || !f.Asks(AskDue) || !f.Kind.Resumes() && !old.Known():
		return ""
	case !f.Kind.Resumes():
		return fmt.Sprintf("Ngày hẹn gốc %s giữ nguyên để xét đúng hạn hay quá hạn.", old.Day)
	case !old.Known():
		return "Hồ sơ không có ngày hẹn trả."
	case f.state.Missed:
		return fmt.Sprintf("Hồ sơ đã quá hạn trước khi chờ: ngày hẹn %s giữ nguyên để xét đúng hạn hay quá hạn. Ngày khác nhập ở đây chỉ là ngày hẹn lại.", old.Day)
	}
	why := fmt.Sprintf("chờ %d ngày làm việc, từ %s", max(f.m.s.Desk.Calendar().WorkingDays(f.state.Since.Day+1, f.At.Day), 0), f.state.Since.Day)
	switch {
	case f.One.Mode == data.RunOn:
		why = "thủ tục này không trừ thời gian chờ"
	case f.One.Mode == data.Restart:
		why = "thời hạn tính lại từ đầu"
	case !f.state.Since.Known():
		why = "không rõ chờ từ ngày nào"
	}
	counted := f.counted().Day
	note := fmt.Sprintf("Hẹn cũ %s, tính ra %s: %s.", old.Day, counted, why)
	if f.Due.Day != counted {
		note += fmt.Sprintf(" Đang nhập %s.", cmp.Or(f.Due.Day.String(), "(trống)"))
	}
	return note
}

// event is the event as answered so far: the lines of a list are tidied.
func (f *EventForm) event() data.Event {
	e := f.Event
	lines := strings.Split(e.More, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	e.More = strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
	return e
}

// Warnings tell what the officer should know before saving.
func (f *EventForm) Warnings() []desk.Warning {
	if f.One == nil {
		return nil
	}
	return f.m.s.Desk.EventWarnings(f.One, f.event())
}

// Check returns what is missing, as an *data.Error that names the field.
func (f *EventForm) Check() error {
	e := f.event()
	switch today := f.m.Today(); {
	case !e.At.Known():
		return &data.Error{Code: data.Invalid, Field: AskAt, Message: "Chưa có ngày. Nhập ngày."}
	case e.At.Day > today:
		return &data.Error{Code: data.Invalid, Field: AskAt, Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", e.At.Day)}
	}
	if err := e.Complete(); err != nil || f.One == nil {
		return err
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
// Its errors name a field where they can; with an error nothing was written.
func (f *EventForm) Save(ctx context.Context, progress func(done, total int64)) (Saved, error) {
	if err := f.Check(); err != nil {
		return Saved{}, err
	}
	do := f.Move.do
	if do == nil {
		do = record
	}
	letters, bulk, err := do(desk.Upon(ctx, f.seen), f, f.event(), progress)
	if err != nil {
		return Saved{}, err
	}
	out := Saved{Done: bulk.Done, Refused: bulk.Refused, Said: f.said(bulk)}
	if f.Print && f.slip() != "" {
		out.Slips = f.papers(bulk, letters)
	}
	return out, nil
}

// Remember keeps whether the paper is wanted for the next event of this kind.
func (f *EventForm) Remember() {
	word := "no"
	if f.Print {
		word = "yes"
	}
	if f.slip() != "" {
		f.m.Memory.SetString(printKey(f.Kind), word)
	}
}

func (f *EventForm) said(bulk desk.Bulk) string {
	text := fmt.Sprintf("Đã ghi «%s» cho %s hồ sơ.", f.Move.Label, data.FormatInt(int64(bulk.Done)))
	switch {
	case bulk.Done == 0:
		text = "Không có hồ sơ nào được ghi."
	case f.One != nil:
		text = fmt.Sprintf("Đã ghi «%s» cho hồ sơ %s.", f.Move.Label, f.One.Code)
		if f.Kind.Resumes() && f.state.Due.Known() && f.Due.Day != f.state.Due.Day && !f.state.Missed {
			text += fmt.Sprintf(" Ngày hẹn %s thành %s.", f.state.Due.Day, f.Due.Day)
		}
	}
	if n := len(bulk.Refused); n > 0 {
		text += fmt.Sprintf(" %s hồ sơ không ghi được.", data.FormatInt(int64(n)))
	}
	return text
}

// papers are those of the dossiers that got the event.
func (f *EventForm) papers(bulk desk.Bulk, letters []uint64) []papers.Slip {
	var out []papers.Slip
	for _, id := range f.IDs {
		if slices.ContainsFunc(bulk.Refused, func(r desk.Refusal) bool { return r.ID == id }) {
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
func (m *Model) Desks() (names []kit.Choice) {
	list, err := m.s.Desk.Counters()
	if err != nil {
		m.s.Fault(err)
	}
	for _, c := range list {
		if !c.Value.Closed {
			names = append(names, kit.Choice{Key: c.Value.Name, Text: c.Value.Name})
		}
	}
	return names
}

// Signers returns who may sign on the day, the usual one first.
func (m *Model) Signers(day data.Day) []kit.Choice {
	return kit.ChoicesOf(m.s.Desk.Signers(day), func(s data.Signer) kit.Choice { return kit.Choice{Key: s.Name, Text: s.Name} })
}
