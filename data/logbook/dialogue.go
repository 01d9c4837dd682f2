package logbook

import (
	"strconv"

	"giaoban/data"
)

// Dialogue is the register of dialogues with citizens and businesses (briefing 7).
var Dialogue = Declare(&Kind{
	ID:    "dialogue",
	Begun: begunOn("date"),
	Derive: func(w *World, e *Entry) (string, int) {
		at := e.Day("date")
		notice, result := w.On(e, "notice_date"), w.On(e, "result_date")
		if result.Known() {
			return "closed", 0
		}
		if due := at + data.Day(w.Term("dialogue", "notice")); !notice.Known() && due < w.Day {
			return "notice-late", int(w.Day - due)
		}
		if due := at + data.Day(w.Term("dialogue", "result")); due < w.Day {
			return "result-late", int(w.Day - due)
		}
		return "held", 0
	},
	Refuse: func(w *World, e *Entry) error {
		if n := len(w.Linked("opinion", "dialogue", e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: cuộc đối thoại có " + strconv.Itoa(n) + " ý kiến. Xóa các ý kiến trước."}
		}
		return nil
	},
})

// Opinion is one opinion of a dialogue and its answer.
var Opinion = Declare(&Kind{
	ID:     "opinion",
	Derive: opinionState,
	Check:  notBeforeLinked("opinion", "dialogue", "date", "due", "answered"),
	Refuse: refuseLinked("opinion", "ý kiến"),
	Belongs: func(w *World, e *Entry, p data.Period) bool {
		d := w.Entry("dialogue", e.Ref("dialogue"))
		return d != nil && p.From <= d.Day("date") && d.Day("date") <= p.To
	},
	Actions: []Action{{ID: "task", Title: "Giao thành nhiệm vụ", Makes: "task", Propose: func(_ *World, e *Entry) map[string]string {
		return map[string]string{"source": "dialogue", "text": e.Text("text"), "opinion": strconv.FormatUint(e.ID, 10), "lead": e.Text("unit"), "due": e.Text("due")}
	}}},
})

func opinionState(w *World, e *Entry) (string, int) {
	answered, due := w.On(e, "answered"), e.Day("due")
	switch {
	case e.True("on_the_spot"):
		return "on-the-spot", 0
	case answered.Known() && due.Known() && answered > due:
		return "answered-late", 0
	case answered.Known():
		return "answered", 0
	case due.Known() && due < w.Day:
		return "overdue", int(w.Day - due)
	}
	return "open", 0
}
