package data

import (
	"fmt"
	"slices"
	"strings"
)

// EventKind says what happened to a dossier after its receipt. The numbers are
// stored in data files and never change their meaning.
type EventKind uint8

// The kinds of event.
const (
	BeginProcessing EventKind = iota + 1 // taken up by the competent unit: state 4
	AskSupplement                        // supplement asked: state 5, the clock stands
	Supplement                           // supplement brought: state 4; Due is the new due date, if it moved
	AskPayment                           // a fee is due first: state 6, the clock stands
	Pay                                  // the fee is paid: state 4; Due as for Supplement
	Suspend                              // halted without a notice yet: state 8, the clock stands
	Resume                               // taken up again: state 4; Due as for Supplement
	Extend                               // apology: Due is the date promised anew, Ref the number of the letter
	Finish                               // a result exists: state 9; Ref is its number
	Return                               // the result was handed over: state 10
	Withdraw                             // withdrawn by the citizen: state 7
	Refuse                               // not accepted: state 3, not counted
	Stop                                 // stopped by a notice: state 8, closed
	Reopen                               // taken up again after its end: state 4
	Correct                              // a fact corrected: Field, Old, New, and the reason in Text
	HandOver                             // handed from one desk to another: Old from, New to
	Cancel                               // entered by mistake: no longer counted, never deleted
	Apologise                            // letter for a lateness that is there: Ref its number, Due the date promised anew, if any
)

var eventNames = [...]string{"", "Bắt đầu giải quyết", "Yêu cầu bổ sung", "Đã bổ sung", "Yêu cầu nghĩa vụ tài chính",
	"Đã thực hiện nghĩa vụ tài chính", "Tạm dừng xử lý", "Xử lý tiếp", "Xin lỗi, hẹn lại", "Có kết quả", "Trả kết quả",
	"Rút hồ sơ", "Không tiếp nhận", "Dừng giải quyết", "Mở lại", "Đính chính", "Bàn giao", "Hủy bỏ", "Thư xin lỗi"}

// String returns the Vietnamese name.
func (k EventKind) String() string {
	if int(k) < len(eventNames) {
		return eventNames[k]
	}
	return ""
}

// Valid reports whether k is one of the kinds above.
func (k EventKind) Valid() bool { return k >= BeginProcessing && k <= Apologise }

// Event is one dated fact in the life of a dossier.
type Event struct {
	Kind EventKind
	// At is when it happened. An unknown day counts as the day of receipt: a
	// provincial export often tells the state without telling since when.
	At    Moment
	Due   Moment // the new due date (Supplement, Pay, Resume) or promised date (Extend)
	Ref   string // number of the letter, result or notice
	Text  string // reason or note
	By    string // who did it
	Field string // Correct: the name of the fact corrected
	Old   string // Correct, HandOver
	New   string // Correct, HandOver
	// More is the list that belongs to the event, an entry a line: the papers
	// asked (AskSupplement), brought (Supplement) or handed back (Return).
	More   string
	Signer string    // who signed the result, the letter or the notice
	Doc    Day       // date of the result, the letter or the notice
	To     string    // Return: who received the result
	Way    ReturnWay // Return: how it went back
	// Recorded is when it was entered, in Unix seconds; 0 when unknown.
	Recorded int64
}

// The fields of Correct events that mend the date of another event; see
// Dossier.Happened. Old and New are written YYYY-MM-DD or YYYY-MM-DD HH:MM.
const (
	FieldEnded    = "ended"
	FieldReturned = "returned"
)

// FieldLetter is the field of a Correct event that voids a letter of apology
// written by mistake: Old is its number, New is empty.
const FieldLetter = "letter"

// allowedEvents lists, for each state, the events that may happen next in the
// ordinary course. Correct, HandOver, Apologise and Cancel are possible in every
// state but a cancelled one.
var allowedEvents = map[Status][]EventKind{
	Registered:     {Refuse},
	Received:       {BeginProcessing, AskSupplement, AskPayment, Suspend, Extend, Finish, Withdraw, Refuse, Stop},
	Processing:     {AskSupplement, AskPayment, Suspend, Extend, Finish, Withdraw, Refuse, Stop},
	AwaitSupply:    {Supplement, Withdraw, Stop},
	AwaitPayment:   {Pay, Withdraw, Stop},
	Halted:         {Resume, Withdraw, Stop},
	Done:           {Return, Reopen},
	Delivered:      {Reopen},
	WithdrawnState: {Reopen},
	NotAccepted:    {},
}

// May reports whether an event of the kind may happen next to a dossier in the state.
func (s State) May(k EventKind) bool {
	switch {
	case s.Cancelled:
		return false
	case k == Correct || k == HandOver || k == Apologise || k == Cancel:
		return true
	case s.Status == Halted && s.Closed:
		return k == Reopen
	}
	return slices.Contains(allowedEvents[s.Status], k)
}

// Resumes reports whether the clock of a dossier runs again after an event of the kind.
func (k EventKind) Resumes() bool { return k == Supplement || k == Pay || k == Resume }

// needed are the facts that must be told of an event, by its kind.
var needed = map[EventKind][]string{
	AskSupplement: {"more"}, AskPayment: {"text"}, Suspend: {"text"}, Extend: {"due", "text"}, Apologise: {"text"}, HandOver: {"desk"},
	Refuse: {"text"}, Stop: {"text"}, Reopen: {"text"}, Cancel: {"text"},
}

// Needs reports whether a fact must be told of an event of the kind: its "text",
// what "more" belongs to it, the date that is "due", or the "desk" that takes over.
func (k EventKind) Needs(fact string) bool { return slices.Contains(needed[k], fact) }

// Complete is an error at the fact, named as Needs names it, that must be told of the
// event and is not. Events that other programs recorded are taken as they are told.
func (e *Event) Complete() error {
	for _, fact := range needed[e.Kind] {
		told, words := e.Text, "lý do"
		switch {
		case fact == "more":
			told, words = e.More, "giấy tờ, nội dung cần bổ sung"
		case fact == "due":
			told, words = e.Due.Day.String(), "ngày hẹn lại"
		case fact == "desk":
			told, words = e.New, "bên nhận"
		case e.Kind == AskPayment:
			words = "khoản phải nộp"
		}
		if strings.TrimSpace(told) == "" {
			return &Error{Code: Invalid, Field: fact, Message: fmt.Sprintf("«%s» chưa ghi %s. Ghi rồi lưu lại.", e.Kind, words)}
		}
	}
	return nil
}
