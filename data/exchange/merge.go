package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
)

// MergeOptions help Merge to compare and to speak.
type MergeOptions struct {
	// Procedure is the name of the procedure of the existing dossier: a file
	// that repeats it as its content says nothing new.
	Procedure string
	// Name turns a catalogue id into its name for the change list and the
	// journal; kind is "unit", "receiver", "helper",
	// "field" or "procedure". nil writes the number.
	Name func(kind string, id uint32) string
	By   string // who imports
	// Reason stands in the events of the change; "" says from which file they
	// come.
	Reason string
}

// Merge compares a record with the dossier that the base holds under its code
// and returns the dossier as it is after the import, with one Vietnamese line
// for each change. No lines mean that the content is the same; merged then
// equals existing.
//
// What the file leaves blank keeps its value. A fact of the receipt that
// differs is updated and recorded as a Correct event. A new state, end or
// hand-over appends the event that leads to it; a state that goes back from a
// closed one appends Reopen first. The ids in rec.Dossier must be resolved
// already; 0 keeps the old id. An entry that was cancelled in the base stays
// as it is. The error is a *data.Error when the result would break a rule of
// data.Dossier, such as an appointment before the receipt, or when the file holds
// another dossier under the code.
func Merge(existing data.Dossier, rec *Record, opt MergeOptions) (merged data.Dossier, changes []string, err error) {
	if rec.Verdict != Accepted {
		return existing, nil, data.Fail(data.Invalid, fmt.Sprintf("Dòng %d không nhập được. %s", rec.Row, rec.Reason), nil)
	}
	if rec.Dossier.Code != existing.Code {
		return existing, nil, data.Fail(data.Internal, fmt.Sprintf("Dòng %d có mã %s, không phải mã %s.", rec.Row, rec.Dossier.Code, existing.Code), nil)
	}
	if existing.On(data.MaxDay).Cancelled {
		return existing, nil, nil
	}
	if err := collision(&existing, rec); err != nil {
		return existing, nil, err
	}
	g := &merger{rec: rec, opt: opt, d: existing}
	g.d.Events = slices.Clip(slices.Clone(existing.Events))
	g.receipt()
	g.progress()
	g.result()
	if len(g.changes) == 0 {
		return existing, nil, nil
	}
	if err := g.check(); err != nil {
		return existing, nil, err
	}
	return g.d, g.changes, nil
}

type merger struct {
	rec     *Record
	opt     MergeOptions
	d       data.Dossier
	changes []string
}

func (g *merger) changed(what, old, new string) {
	if old == "" {
		g.changes = append(g.changes, fmt.Sprintf("%s: %s", what, new))
		return
	}
	g.changes = append(g.changes, fmt.Sprintf("%s: %s, trước là %s", what, new, old))
}

func (g *merger) event(kind data.EventKind, at data.Moment) *data.Event {
	e := data.Event{Kind: kind, At: at, By: g.opt.By}
	if kind != data.Correct && kind != data.Extend {
		undated(&e, g.d.Events)
	}
	if e.Text = g.opt.Reason; e.Text == "" {
		e.Text = "nhập từ tệp " + g.rec.File
	}
	g.d.Events = append(g.d.Events, e)
	return &g.d.Events[len(g.d.Events)-1]
}

// correct records a fact of the receipt that differs. An empty old value is
// filled in, which is recorded as well.
func (g *merger) correct(field, what, old, new string) {
	e := g.event(data.Correct, data.Moment{})
	e.Field, e.Old, e.New = field, old, new
	g.changed(what, old, new)
}

// mended takes over a fact of the receipt that the file tells otherwise; shown writes it
// for people.
func mended[T comparable](g *merger, field, what string, to *T, from T, shown func(T) string) {
	if from == *new(T) || from == *to {
		return
	}
	old := *to
	*to = from
	g.correct(field, what, shown(old), shown(from))
}

func (g *merger) text(field, what string, to *string, from string) {
	mended(g, field, what, to, from, func(s string) string { return s })
}

func (g *merger) id(kind, what string, to *uint32, from uint32) {
	mended(g, kind, what, to, from, func(id uint32) string { return g.idName(kind, id) })
}

func (g *merger) idName(kind string, id uint32) string {
	switch {
	case id == 0:
		return ""
	case g.opt.Name != nil:
		return g.opt.Name(kind, id)
	}
	return strconv.FormatUint(uint64(id), 10)
}

// tells reports whether new says more or other than old: another day, another
// minute, or a minute where there was none.
func tells(old, new data.Moment) bool {
	return new.Known() && (new.Day != old.Day || new.Clock.Known() && new.Clock != old.Clock)
}

// iso writes a moment as Correct events hold it.
func iso(m data.Moment) string {
	if !m.Clock.Known() {
		return m.Day.ISO()
	}
	return m.Day.ISO() + " " + m.Clock.String()
}

func (g *merger) moment(field, what string, to *data.Moment, from data.Moment) {
	if old := *to; tells(old, from) {
		*to = from
		g.mend(field, what, old, from)
	}
}

// receipt compares the facts of the receipt.
func (g *merger) receipt() {
	d, n := &g.d, &g.rec.Dossier
	g.moment("received", "Ngày tiếp nhận", &d.Received, n.Received)
	g.moment("due", "Ngày hẹn trả", &d.Due, n.Due)
	g.id("unit", "Đơn vị", &d.Unit, n.Unit)
	g.id("receiver", "Nơi tiếp nhận", &d.Receiver, n.Receiver)
	g.id("helper", "Nơi hướng dẫn", &d.Helper, n.Helper)
	g.text("externalCode", "Mã ở hệ thống khác", &d.ExternalCode, n.ExternalCode)
	g.text("externalSystem", "Hệ thống khác", &d.ExternalSystem, n.ExternalSystem)
	g.id("field", "Lĩnh vực", &d.Field, n.Field)
	g.id("procedure", "Thủ tục", &d.Procedure, n.Procedure)
	g.text("title", "Tên thủ tục", &d.Title, n.Title)
	if n.Content != "" && !(d.Content == "" && strings.EqualFold(n.Content, g.opt.Procedure)) {
		g.text("content", "Nội dung", &d.Content, n.Content)
	}
	g.text("owner", "Chủ hồ sơ", &d.Owner.Name, n.Owner.Name)
	g.text("address", "Địa chỉ", &d.Owner.Address, n.Owner.Address)
	g.text("area", "Địa bàn", &d.Owner.Area, n.Owner.Area)
	g.text("email", "Thư điện tử", &d.Owner.Email, n.Owner.Email)
	g.number("phone", "Số điện thoại", &d.Owner.Phone, n.Owner.Phone, data.DoubtPhone)
	g.number("identity", "Số giấy tờ", &d.Owner.Identity, n.Owner.Identity, data.DoubtID)
	g.text("agent", "Người nộp", &d.Agent.Name, n.Agent.Name)
	g.text("officer", "Người nhận hồ sơ", &d.Officer, n.Officer)
	g.text("note", "Ghi chú", &d.Note, n.Note)
	number := func(n int64) string {
		if n <= 0 {
			return ""
		}
		return data.FormatInt(n)
	}
	mended(g, "copies", "Số bộ", &d.Copies, max(n.Copies, 0), func(n int) string { return number(int64(n)) })
	mended(g, "channel", "Kênh nộp", &d.Channel, n.Channel, data.Channel.String)
	mended(g, "return", "Cách nhận kết quả", &d.Return, n.Return, data.ReturnWay.String)
	if n.Fee > 0 && n.Fee != d.Fee {
		d.Flags |= data.FeeDue
		mended(g, "fee", "Lệ phí", &d.Fee, n.Fee, number)
	} else if n.Flags&data.FeeDue != 0 && d.Flags&data.FeeDue == 0 {
		d.Flags |= data.FeeDue
		g.correct("fee", "Lệ phí", "", "có")
	}
	if n.Term.Known() {
		mended(g, "term", "Thời hạn", &d.Term, n.Term, data.Term.String)
	}
}

// number compares digits; a number that lost digits never replaces a whole one.
func (g *merger) number(field, what string, to *string, from string, doubt data.Flag) {
	if from == "" || from == *to {
		return
	}
	doubtful := g.rec.Dossier.Flags&doubt != 0
	if doubtful && *to != "" && g.d.Flags&doubt == 0 {
		return
	}
	old := *to
	*to = from
	if doubtful {
		g.d.Flags |= doubt
	} else {
		g.d.Flags &^= doubt
	}
	g.correct(field, what, old, from)
}

// progress compares state, end, hand-over and promise.
func (g *merger) progress() {
	rec, s := g.rec, g.d.On(data.MaxDay)
	target := rec.Status
	if target == 0 {
		if target = derived(rec); target == data.Received {
			// The file names no state and no end: it says nothing about them.
			target = s.Status
		}
	} else if g.d.Flags&data.StatusUnsure != 0 {
		g.d.Flags &^= data.StatusUnsure
		if target == s.Status {
			g.changed("Trạng thái", "", target.String())
		}
	}
	if target == data.Done && rec.Status == 0 && s.Status == data.Delivered {
		target = data.Delivered // a list without hand-overs does not undo one
	}
	if rec.Redue.Known() && tells(s.Promised, rec.Redue) {
		g.event(data.Extend, data.Moment{}).Due = rec.Redue
		g.changed("Ngày hẹn lại", s.Promised.String(), rec.Redue.String())
	}
	end := first(rec.Ended, rec.Returned)
	old := s.Status
	if old != target && !(old == data.Processing && target == data.Received) && !(target == data.Registered) {
		g.move(s, target, end)
		g.changed("Trạng thái", old.String(), target.String())
		return
	}
	switch {
	case s.Status == data.Halted && !s.Closed && end.Known() && target == data.Halted:
		g.event(data.Stop, end)
		g.changed("Ngày kết thúc", "", end.String())
	case !s.Closed || target != s.Status || s.Status == data.NotAccepted:
	case s.Status == data.Delivered:
		g.mendDelivery(s)
	default:
		g.mend(data.FieldEnded, "Ngày kết thúc", s.Ended, end)
	}
	if g.d.Flags&data.EndUnknown != 0 && g.d.On(data.MaxDay).Ended.Known() {
		g.d.Flags &^= data.EndUnknown
	}
}

// mend corrects the day of an end that the base holds otherwise, or not at all.
func (g *merger) mend(field, what string, old, new data.Moment) {
	if !tells(old, new) {
		return
	}
	e := g.event(data.Correct, data.Moment{})
	e.Field, e.Old, e.New = field, iso(old), iso(new)
	g.changed(what, old.String(), new.String())
}

// mendDelivery corrects the end and the hand-over of a dossier that was handed
// over. Where the base knows of the hand-over only, which then is the end too,
// an end that the file tells apart becomes an event of its own.
func (g *merger) mendDelivery(s data.State) {
	rec := g.rec
	if !rec.Ended.Known() || g.hasEnd() {
		g.mend(data.FieldEnded, "Ngày kết thúc", s.Ended, rec.Ended)
		g.mend(data.FieldReturned, "Ngày trả kết quả", s.Returned, rec.Returned)
		return
	}
	if !tells(s.Ended, rec.Ended) && !tells(s.Returned, rec.Returned) {
		return
	}
	returned := s.Returned
	if tells(returned, rec.Returned) {
		g.changed("Ngày trả kết quả", returned.String(), rec.Returned.String())
		returned = rec.Returned
	}
	if tells(s.Ended, rec.Ended) {
		g.changed("Ngày kết thúc", s.Ended.String(), rec.Ended.String())
	}
	g.event(data.Reopen, rec.Ended)
	g.event(data.Finish, rec.Ended)
	g.event(data.Return, returned)
}

// hasEnd reports whether an event other than the hand-over ended the dossier.
func (g *merger) hasEnd() bool {
	for i := len(g.d.Events) - 1; i >= 0 && g.d.Events[i].Kind != data.Reopen; i-- {
		switch g.d.Events[i].Kind {
		case data.Finish, data.Withdraw, data.Stop:
			return true
		}
	}
	return false
}

// move appends the events that lead from a state to the one the file names.
func (g *merger) move(s data.State, target data.Status, end data.Moment) {
	if g.d.Entry == data.Registered || g.d.Entry == data.NotAccepted {
		if target != data.NotAccepted {
			// The entry itself was taken in after all.
			g.d.Entry = data.Received
		}
	}
	// A state behind a closed one means that the case was opened again. From 9
	// to 10 is the ordinary way on.
	if s.Closed && !(s.Status == data.Done && target == data.Delivered) {
		g.event(data.Reopen, data.Moment{})
	}
	switch target {
	case data.Received, data.Processing:
		if s.Closed {
			break // Reopen leads there
		}
		switch s.Status {
		case data.AwaitSupply:
			g.event(data.Supplement, data.Moment{})
		case data.AwaitPayment:
			g.event(data.Pay, data.Moment{})
		case data.Halted:
			g.event(data.Resume, data.Moment{})
		default:
			if target == data.Processing {
				g.event(data.BeginProcessing, data.Moment{})
			}
		}
	case data.NotAccepted:
		if g.d.Entry == data.Registered {
			g.d.Entry = data.NotAccepted
			return
		}
		g.event(data.Refuse, end)
	case data.AwaitSupply:
		g.event(data.AskSupplement, data.Moment{})
	case data.AwaitPayment:
		g.event(data.AskPayment, data.Moment{})
	case data.WithdrawnState:
		g.event(data.Withdraw, end)
	case data.Halted:
		if end.Known() {
			g.event(data.Stop, end)
		} else {
			g.event(data.Suspend, data.Moment{})
		}
	case data.Done:
		g.event(data.Finish, end)
	case data.Delivered:
		if s.Status != data.Done && g.rec.Ended.Known() {
			g.event(data.Finish, g.rec.Ended)
		} else if s.Status == data.Done {
			g.mend(data.FieldEnded, "Ngày kết thúc", s.Ended, g.rec.Ended)
		}
		g.event(data.Return, g.rec.Returned)
	}
	after := g.d.On(data.MaxDay)
	if after.Closed && !after.Ended.Known() {
		g.d.Flags |= data.EndUnknown
	} else {
		g.d.Flags &^= data.EndUnknown
	}
}

// result compares the result: its number, and whether there is an electronic
// one. A file that denies an electronic result does not take one away.
func (g *merger) result() {
	if g.rec.EResult == Yes && g.d.Flags&data.EResult == 0 {
		g.d.Flags |= data.EResult
		g.correct("e_result", "Kết quả điện tử", "", Yes.String())
	}
	if g.rec.Result == "" {
		return
	}
	for i := len(g.d.Events) - 1; i >= 0 && g.d.Events[i].Kind != data.Reopen; i-- {
		if e := &g.d.Events[i]; e.Kind == data.Finish {
			if old := e.Ref; old != g.rec.Result {
				e.Ref = g.rec.Result
				g.correct("result", "Số kết quả", old, g.rec.Result)
			}
			return
		}
	}
}

// check refuses a merge whose dates contradict each other.
func (g *merger) check() error {
	s := g.d.On(data.MaxDay)
	switch {
	case g.d.Due.Known() && g.d.Due.Day < g.d.Received.Day:
		return &data.Error{Code: data.Invalid, Field: "due", Message: fmt.Sprintf("Dòng %d, hồ sơ %s: ngày hẹn trả %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày rồi nhập lại dòng này.", g.rec.Row, g.d.Code, g.d.Due.Day, g.d.Received.Day)}
	case s.Ended.Known() && s.Ended.Day < g.d.Received.Day:
		return &data.Error{Code: data.Invalid, Field: "ended", Message: fmt.Sprintf("Dòng %d, hồ sơ %s: ngày kết thúc %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày rồi nhập lại dòng này.", g.rec.Row, g.d.Code, s.Ended.Day, g.d.Received.Day)}
	}
	return nil
}

// collision tells that the file holds another dossier under a code of the base, as
// when two offices give the same number: another person, received on another day.
// A name or a day alone may have been corrected at the source; with the same
// identity number it is the same person. It returns nil or an *data.Error of code
// Conflict.
func collision(existing *data.Dossier, rec *Record) error {
	a, b := existing, &rec.Dossier
	switch {
	case a.Owner.Name == "" || b.Owner.Name == "" || fold(a.Owner.Name) == fold(b.Owner.Name):
		return nil
	case !a.Received.Known() || !b.Received.Known() || a.Received.Day == b.Received.Day:
		return nil
	case a.Owner.Identity != "" && a.Owner.Identity == b.Owner.Identity:
		return nil
	}
	return &data.Error{Code: data.Conflict, Field: "code", Message: fmt.Sprintf("Mã hồ sơ %s đã có trong sổ cho hồ sơ khác (%s, nhận %s); dòng này là %s, nhận %s. Có thể hai nơi cấp trùng mã: sửa mã rồi nhập lại dòng này, hoặc đính chính hồ sơ trong sổ.",
		a.Code, a.Owner.Name, a.Received.Day, b.Owner.Name, b.Received.Day)}
}
