package data

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Person is the owner or the agent of a dossier. Identity and Phone are text
// from end to end: leading zeros matter.
type Person struct {
	Name     string
	Identity string
	Phone    string
	Email    string
	Address  string
	Area     string // địa bàn phát sinh
}

// Part is one kind of paper handed in with a dossier (thành phần hồ sơ).
type Part struct {
	Name      string
	Original  int     // how many originals (bản chính)
	Certified int     // how many certified copies (bản chứng thực)
	Copies    int     // how many plain copies (bản photo)
	Digital   Digital // what was done to have it in electronic form
}

// Digital tells how a part came to be electronic, by the national numbers
// (register-and-reports 1.10).
type Digital uint8

// The ways.
const (
	NotDigitised     Digital = iota // on paper only
	DigitisedHere                   // scanned at reception
	ReusedPart                      // taken over from a part of another dossier
	ReusedResult                    // taken over from the result of another dossier
	digitisedKindEnd                // number of ways
)

// Valid reports whether d is one of the ways above.
func (d Digital) Valid() bool { return d < digitisedKindEnd }

// String returns the Vietnamese name.
func (d Digital) String() string {
	return [...]string{"Chưa số hóa", "Được số hóa", "Dùng lại từ hồ sơ khác", "Dùng lại từ kết quả khác"}[d&3]
}

// PayWay is the way a fee was paid. 0 means that it was not paid, or that the
// source did not say.
type PayWay uint8

// The ways of paying a fee.
const (
	PayCash PayWay = iota + 1
	PayTransfer
	PayOnline
)

// String returns the Vietnamese name.
func (p PayWay) String() string {
	return [...]string{"", "Tiền mặt", "Chuyển khoản", "Trực tuyến"}[p&3]
}

// Flag marks facts of a dossier that the rates count.
type Flag uint16

// The flags.
const (
	FeeDue       Flag = 1 << iota // a fee is due
	PaidOnline                    // the fee was paid online
	Digitised                     // its parts were digitised
	EResult                       // an electronic result was issued
	Published                     // synchronised with the national portal
	Satisfied                     // the citizen was surveyed and satisfied
	Surveyed                      // the citizen was surveyed
	DoubtPhone                    // the phone number lost digits before it came here
	DoubtID                       // the identity number lost digits before it came here
	DoubtDates                    // its dates were read day first although the file did not settle it
	EndUnknown                    // finished, but the file did not say when
	StatusUnsure                  // the state follows from its dates, the file did not name it
)

// Origin tells where an imported dossier came from. The zero value means that
// it was typed here.
type Origin struct {
	Import uint64 // id of the import
	Row    uint32 // row in the file, from 1
}

// Dossier is one dossier: the facts of its receipt and the events after it.
type Dossier struct {
	ID        uint64 // given by the ledger, never re-used
	Code      string // mã hồ sơ, unique in the ledger
	Procedure uint32 // catalogue id, 0 when unknown
	Title     string // name of the procedure as written at reception, where it is not the catalogue's
	Field     uint32 // catalogue id, 0 when unknown
	Unit      uint32 // competent unit, 0 when unknown
	Receiver  uint32 // receiving unit where it is another one
	Helper    uint32 // unit that helped the citizen to apply, where it is another one than the competent
	Channel   Channel
	Return    ReturnWay
	Flags     Flag
	Copies    int    // 0 when unknown
	Entry     Status // state at entry: Received, Registered or NotAccepted; 0 means Received
	Content   string // nội dung, trích yếu; "" when it is the name of the procedure
	Owner     Person
	Agent     Person
	Officer   string // who received it
	Received  Moment
	Due       Moment // as printed on the receipt; unknown when none
	Term      Term   // as copied at reception
	Mode      PauseMode
	Fee       int64 // đồng
	Book, Seq int   // quyển số, số thứ tự; 0 when not yet entered in a book
	Note      string
	Case      string // trường hợp of the procedure, "" for the only one
	Parts     []Part
	Paid      PayWay
	OwnDue    Moment // linked procedures: when the own unit must have done its part
	Partner   string // cơ quan phối hợp giải quyết
	Cause     uint32 // cause of the delay, as the officer judged it; 0 when not judged
	Origin    Origin
	// ExternalCode is the code under which another system keeps the dossier, and
	// ExternalSystem the name of that system; "" where there is none.
	ExternalCode, ExternalSystem string
	Events                       []Event // in the order in which they happened
}

// State is what is true of a dossier on one day.
type State struct {
	Status    Status // 0 when it was not received yet
	Closed    bool   // processing has ended: states 9, 10, 7, and 8 with a notice
	Paused    bool   // the clock stands
	Cancelled bool   // entered by mistake
	Due       Moment // the date against which lateness is judged; an extension never moves it
	Missed    bool   // Due passed while the clock ran: nothing that follows moves it any more
	Promised  Moment // the date promised last; equals Due without an extension
	Ended     Moment // end of processing; unknown for a closed dossier when the source did not say
	Returned  Moment // day of hand-over
	Since     Moment // since when the clock stands
	Requests  int    // how often a supplement was asked
	Apologies int    // how many letters of apology went out
	Postponed int    // how often the date was promised anew
	Desk      string // the desk that holds it, as the last hand-over says; "" before the first
}

// On returns the state at the end of the day. Events after the day are not
// known yet (architecture rule 3).
func (d *Dossier) On(day Day) State {
	if d.Received.Day > day {
		return State{}
	}
	s := State{Status: d.Entry, Due: d.Due, Promised: d.Due}
	if s.Status == 0 {
		s.Status = Received
	}
	for i := range d.Events {
		if at := d.Happened(i); at.Day <= day {
			s.apply(&d.Events[i], at, d.Term)
		}
	}
	return s
}

// Happened returns when the event with the index happened: its own moment, or
// the one that a later Correct event gives to the end of processing or to the
// hand-over. A correction mends the facts for every day.
func (d *Dossier) Happened(i int) Moment {
	e := &d.Events[i]
	field := ""
	switch e.Kind {
	case Finish, Withdraw, Stop:
		field = FieldEnded
	case Return:
		field = FieldReturned
	default:
		return e.At
	}
	at := e.At
	for j := i + 1; j < len(d.Events) && d.Events[j].Kind != Reopen; j++ {
		if c := &d.Events[j]; c.Kind == Correct && c.Field == field {
			if mended, err := ParseMoment(c.New); err == nil {
				at = mended
			}
		}
	}
	return at
}

// apply brings the state forward by an event that happened at the moment.
func (s *State) apply(e *Event, at Moment, term Term) {
	if moves(e.Kind) {
		s.lapse(at, term)
	}
	switch e.Kind {
	case BeginProcessing:
		s.run()
	case AskSupplement:
		s.hold(AwaitSupply, at)
		s.Requests++
	case AskPayment:
		s.hold(AwaitPayment, at)
	case Suspend:
		s.hold(Halted, at)
	case Supplement, Pay, Resume:
		s.run()
		if e.Due.Known() {
			s.Promised = e.Due
		}
		if e.Due.Known() && !s.Missed {
			s.Due = e.Due
		}
	case Extend:
		s.Apologies++
		if e.Due.Known() {
			s.Promised = e.Due
			s.Postponed++
		}
	case Apologise:
		s.Apologies++
		if e.Due.Known() {
			s.Promised = e.Due
		}
	case HandOver:
		s.Desk = e.New
	case Correct:
		if e.Field == FieldLetter {
			s.Apologies, s.Postponed = max(s.Apologies-1, 0), max(s.Postponed-1, 0)
			s.Promised = s.Due
		}
	case Finish:
		s.end(Done, at)
	case Return:
		if !s.Closed {
			s.end(Delivered, at)
		}
		s.Status, s.Returned = Delivered, at
	case Withdraw:
		s.end(WithdrawnState, at)
	case Stop:
		s.end(Halted, at)
	case Refuse:
		s.end(NotAccepted, at)
	case Reopen:
		s.run()
		s.Ended, s.Returned = Moment{}, Moment{}
	case Cancel:
		s.Cancelled, s.Closed = true, true
	}
}

// lapse notes that the due date passed before the moment while the clock ran, or
// that processing ended after it. A pause takes out the days of waiting
// (register-and-reports 3.5); it cannot take back days that were late already, in
// whatever mode the supplement is counted.
func (s *State) lapse(at Moment, term Term) {
	if s.Closed {
		at = s.Ended
	}
	if !s.Paused && Judge(at, s.Due, term) == Late {
		s.Missed = true
	}
}

// MissedBefore reports whether the due date had passed, while the clock ran, when
// the event with the index happened.
func (d *Dossier) MissedBefore(i int) bool {
	s := State{Status: d.Entry, Due: d.Due, Promised: d.Due}
	for j := range i {
		s.apply(&d.Events[j], d.Happened(j), d.Term)
	}
	s.lapse(d.Happened(i), d.Term)
	return s.Missed
}

// run lets the clock of an open dossier run.
func (s *State) run() { s.Status, s.Closed, s.Paused, s.Since = Processing, false, false, Moment{} }

// hold stops the clock.
func (s *State) hold(status Status, at Moment) {
	s.Status, s.Closed, s.Paused, s.Since = status, false, true, at
}

// end closes the dossier.
func (s *State) end(status Status, at Moment) {
	s.Status, s.Closed, s.Paused, s.Ended, s.Since = status, true, false, at, Moment{}
}

// Counted reports whether the dossier belongs to the figures in this state.
func (s State) Counted() bool { return s.Status.Counted() && !s.Cancelled }

// Outcome is the column of form II.06a in which a dossier stands.
type Outcome uint8

// The outcomes.
const (
	NotCounted    Outcome = iota
	Early                 // closed before the due date
	OnTime                // closed on the due date, or without one
	Late                  // closed after the due date
	WithdrawnOut          // withdrawn or stopped: the form prints it within on time
	PendingInTime         // open, due on the day or later, or without a due date
	PendingWait           // open, the clock stands: the form prints it within in time
	Overdue               // open, due before the day
)

// String returns the Vietnamese name.
func (o Outcome) String() string {
	return [...]string{"Không tính", "Trước hạn", "Đúng hạn", "Quá hạn", "Rút, dừng", "Trong hạn", "Chờ bổ sung, tạm dừng", "Quá hạn, chưa xong"}[o]
}

// Closed reports whether the outcome belongs to "đã giải quyết".
func (o Outcome) Closed() bool { return o >= Early && o <= WithdrawnOut }

// Outcome returns the column of the state as of the day
// (register-and-reports 3.4 and 4.3). Lateness is judged by date; for a term in
// working hours by the minute where both times are known.
func (s State) Outcome(day Day, term Term) Outcome {
	switch {
	case !s.Counted():
		return NotCounted
	case s.Closed && (s.Status == WithdrawnState || s.Status == Halted):
		return WithdrawnOut
	case s.Closed:
		return Judge(s.Ended, s.Due, term)
	case s.Paused:
		return PendingWait
	case !s.Due.Known() || s.Due.Day >= day:
		return PendingInTime
	}
	return Overdue
}

// Judge compares the end of processing with the due date.
func Judge(ended, due Moment, term Term) Outcome {
	switch {
	case !due.Known() || !ended.Known():
		return OnTime
	case ended.Day < due.Day:
		return Early
	case ended.Day > due.Day:
		return Late
	case term.Unit == WorkingHours && due.Before(ended):
		return Late
	}
	return OnTime
}

// codePattern is the national pattern of dossier codes, both styles
// (register-and-reports 2.1).
var codePattern = regexp.MustCompile(`^([0-9]{3}(\.[0-9]{2}){2}\.[A-Z][0-9]{2}|[A-Z][0-9]{2}(\.[0-9]{1,3}){0,4})-([0-9]{6})-[0-9]{4,8}$`)

// CodeDay returns the date of reception that a national dossier code holds, or
// NoDay.
func CodeDay(code string) Day {
	m := codePattern.FindStringSubmatch(code)
	if m == nil {
		return NoDay
	}
	var y, mo, d int
	if _, err := fmt.Sscanf(m[4], "%2d%2d%2d", &y, &mo, &d); err != nil || !ValidDate(2000+y, mo, d) {
		return NoDay
	}
	return Date(2000+y, time.Month(mo), d)
}

// Limits of a dossier. Longer text is refused, never cut.
const (
	MaxText   = 4000 // runes in one text
	FirstYear = 1990 // the earliest year of a date
)

// Validate checks the facts of a dossier against each other; today bounds dates
// of the past. It returns an *Error that names the field.
func (d *Dossier) Validate(today Day) error {
	bad := func(field, format string, args ...any) error {
		return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
	}
	if strings.TrimSpace(d.Code) == "" {
		return bad("code", "Hồ sơ chưa có mã. Nhập mã hồ sơ.")
	}
	if !d.Received.Known() {
		return bad("received", "Hồ sơ %s chưa có ngày tiếp nhận. Nhập ngày tiếp nhận.", d.Code)
	}
	if y := d.Received.Day.Year(); y < FirstYear {
		return bad("received", "Hồ sơ %s: năm tiếp nhận %d không hợp lý. Sửa ngày tiếp nhận.", d.Code, y)
	}
	if d.Received.Day > today {
		return bad("received", "Hồ sơ %s: ngày tiếp nhận %s ở sau hôm nay (%s). Sửa ngày tiếp nhận.", d.Code, d.Received.Day, today)
	}
	if d.Due.Known() && d.Due.Day < d.Received.Day {
		return bad("due", "Hồ sơ %s: ngày hẹn trả %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày.", d.Code, d.Due.Day, d.Received.Day)
	}
	if d.Copies < 0 {
		return bad("copies", "Hồ sơ %s: số bộ không thể âm.", d.Code)
	}
	for _, e := range d.Events {
		if !e.Kind.Valid() {
			return bad("events", "Hồ sơ %s có một việc không rõ loại.", d.Code)
		}
		if e.At.Known() && e.At.Day < d.Received.Day && e.Kind != Correct && e.Kind != Refuse {
			return bad("events", "Hồ sơ %s: «%s» ngày %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày.", d.Code, e.Kind, e.At.Day, d.Received.Day)
		}
	}
	if d.OwnDue.Known() && d.OwnDue.Day < d.Received.Day {
		return bad("ownDue", "Hồ sơ %s: hạn của đơn vị %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày.", d.Code, d.OwnDue.Day, d.Received.Day)
	}
	if d.OwnDue.Known() && d.Due.Known() && d.OwnDue.Day > d.Due.Day {
		return bad("ownDue", "Hồ sơ %s: hạn của đơn vị %s ở sau ngày hẹn trả %s. Sửa một trong hai ngày.", d.Code, d.OwnDue.Day, d.Due.Day)
	}
	for _, p := range d.Parts {
		if p.Original < 0 || p.Certified < 0 || p.Copies < 0 {
			return bad("parts", "Hồ sơ %s: số bản của «%s» không thể âm.", d.Code, p.Name)
		}
	}
	if d.Fee < 0 {
		return bad("fee", "Hồ sơ %s: phí, lệ phí không thể âm.", d.Code)
	}
	for _, text := range []string{d.Code, d.ExternalCode, d.ExternalSystem, d.Content, d.Owner.Name, d.Owner.Address, d.Note, d.Agent.Name, d.Agent.Address} {
		if len([]rune(text)) > MaxText {
			return bad("text", "Hồ sơ %s có một ô dài hơn %d chữ. Rút gọn rồi nhập lại.", d.Code, MaxText)
		}
	}
	return nil
}

// MayHappen checks that an event may follow: the state allows it, and its date is
// neither before the receipt nor before an event that changed the state.
func (d *Dossier) MayHappen(e Event, today Day) error {
	s := d.On(MaxDay)
	switch {
	case !s.May(e.Kind):
		return Fail(Conflict, fmt.Sprintf("Hồ sơ %s đang ở tình trạng «%s» nên không ghi được «%s».", d.Code, s.Status, e.Kind), nil)
	case e.At.Day > today:
		return &Error{Code: Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", e.At.Day)}
	case e.At.Known() && e.At.Day < d.Received.Day:
		return &Error{Code: Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở trước ngày tiếp nhận %s. Sửa ngày.", e.At.Day, d.Received.Day)}
	}
	if !moves(e.Kind) {
		return nil
	}
	for i := range d.Events {
		if before := d.Happened(i); moves(d.Events[i].Kind) && before.Day > e.At.Day && e.At.Known() {
			return &Error{Code: Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở trước việc «%s» ngày %s. Sửa ngày.", e.At.Day, d.Events[i].Kind, before.Day)}
		}
	}
	return nil
}

// moves reports whether an event of the kind changes the state of a dossier, so
// that such events must follow each other in time.
func moves(k EventKind) bool {
	return k != Correct && k != HandOver && k != Extend && k != Apologise && k != Cancel
}
