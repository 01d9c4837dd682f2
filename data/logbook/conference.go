package logbook

import (
	"strconv"
	"strings"

	"giaoban/data"
)

// Conference is the register of conferences and meetings (briefing 3.1).
var Conference = Declare(&Kind{
	ID: "conference", Meets: true,
	Derive: conferenceState,
	Check:  checkConference,
	Begin:  beginConference,
	Refuse: func(w *World, e *Entry) error {
		if n := len(w.Linked("conference", "supplements", e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: cuộc họp này có " + strconv.Itoa(n) + " biên bản bổ sung. Xóa chúng trước."}
		}
		if n := len(w.Linked("conclusion", "conference", e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: hội nghị đã có " + strconv.Itoa(n) + " kết luận. Kết luận chỉ ghi thêm, không xóa."}
		}
		return nil
	},
	Actions: conferenceActions,
	Texts: map[string]func(*Row) string{"tasks": func(r *Row) string {
		done, all := 0, 0
		for _, c := range r.World.Linked("conclusion", "conference", r.ID) {
			d, n := conclusionTasks(r.World, c)
			done, all = done+d, all+n
		}
		return doneOf(done, all)
	}},
})

func conferenceState(w *World, e *Entry) (string, int) {
	at := e.Day("at")
	noticed := w.On(e, "notice_date").Known() || e.Has("notice") && !e.Has("notice_date")
	switch {
	case noticed:
		return "concluded", 0
	case !at.Known() || at > w.Day:
		return "planned", 0
	}
	if due, ok := w.Calendar.AddWorkingDays(at, w.Term("conference", "notice")); ok && due < w.Day {
		return "notice-late", int(w.Day - due)
	}
	if w.On(e, "minutes_date").Known() || e.Has("minutes") && !e.Has("minutes_date") {
		return "signed", 0
	}
	return "held", 0
}

func checkConference(_ *World, e, old *Entry) error {
	if e.Has("notice") != e.Has("notice_date") && (old == nil || old.Text("notice") != e.Text("notice") || old.Text("notice_date") != e.Text("notice_date")) {
		return &data.Error{Code: data.Invalid, Field: "notice", Message: "Thông báo kết luận: ghi cả số và ngày, hoặc bỏ trống cả hai."}
	}
	for _, key := range []string{"minutes_date", "notice_date"} {
		if at := e.Day("at"); e.Has(key) && at.Known() && e.Day(key) < at {
			return &data.Error{Code: data.Invalid, Field: key, Message: Find("conference").Field(key).Title + " không thể trước ngày họp " + at.String() + "."}
		}
	}
	if e.ID != 0 && e.Ref("supplements") == e.ID {
		return refuse(Find("conference").Field("supplements"), "một cuộc họp không bổ sung cho chính nó. Chọn cuộc họp khác.")
	}
	if old != nil && old.Has("minutes_date") {
		for _, key := range signed {
			if old.Text(key) != e.Text(key) {
				return &data.Error{Code: data.Conflict, Field: key, Message: "Biên bản đã ký thì không sửa. Lập biên bản bổ sung cho cuộc họp này."}
			}
		}
	}
	return nil
}

// signed are the fields that stand in the minutes: they hold still once those are
// signed (briefing 3.1).
var signed = []string{"minutes_date", "minutes", "name", "at", "ended", "place", "chair", "chair_title", "secretary", "agenda", "people", "proceedings", "supplements"}

// doneOf writes how many of the tasks are done; "" where there are none.
func doneOf(done, all int) string {
	if all == 0 {
		return ""
	}
	return strconv.Itoa(done) + "/" + strconv.Itoa(all)
}

// Conclusion is one numbered conclusion of a conference; they are only appended
// (briefing 3.5).
var Conclusion = Declare(&Kind{
	ID: "conclusion",
	Derive: func(w *World, e *Entry) (string, int) {
		done, all := conclusionTasks(w, e)
		switch {
		case all > 0 && done == all:
			return "finished", 0
		case all > 0:
			return "tasked", 0
		case e.True("no_task"):
			return "no-task", 0
		}
		return "open", 0
	},
	Complete: func(w *World, e, old *Entry) {
		if old == nil && !e.Has("order") {
			top := int64(0)
			for _, c := range w.Linked("conclusion", "conference", e.Ref("conference")) {
				top = max(top, c.Int("order"))
			}
			e.Set("order", strconv.FormatInt(top+1, 10))
		}
	},
	Check: func(w *World, e, old *Entry) error {
		if c := w.Entry("conference", e.Ref("conference")); old != nil && c != nil && c.Has("minutes_date") {
			for _, key := range []string{"conference", "order", "text", "unit", "deadline_words"} {
				if old.Text(key) != e.Text(key) {
					return &data.Error{Code: data.Conflict, Field: key, Message: "Biên bản đã ký thì kết luận không sửa. Lập biên bản bổ sung cho cuộc họp này."}
				}
			}
		}
		for _, c := range w.Linked("conclusion", "conference", e.Ref("conference")) {
			if c.ID != e.ID && c.Text("order") == e.Text("order") {
				return &data.Error{Code: data.Conflict, Field: "order", Message: "Hội nghị này đã có kết luận số " + e.Text("order") + ". Để trống để nhận số tiếp theo."}
			}
		}
		return nil
	},
	Refuse: func(w *World, e *Entry) error {
		tasks := w.Linked("task", "conclusion", e.ID)
		if c := w.Entry("conference", e.Ref("conference")); len(tasks) == 0 && c != nil && c.Has("minutes_date") {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: biên bản ghi kết luận này đã ký. Kết luận chỉ ghi thêm, bằng biên bản bổ sung."}
		}
		if len(tasks) == 0 {
			return nil
		}
		names := make([]string, 0, len(tasks))
		for _, t := range tasks {
			names = append(names, Find("task").Name(t))
		}
		return &data.Error{Code: data.Conflict, Message: "Chưa xóa: kết luận đã tách thành nhiệm vụ " + strings.Join(names, ", ") + ". Kết luận có nhiệm vụ thì không xóa."}
	},
	Belongs: func(w *World, e *Entry, p data.Period) bool {
		if c := w.Entry("conference", e.Ref("conference")); c != nil {
			return p.From <= c.Day("at") && c.Day("at") <= p.To
		}
		return false
	},
	Texts:   map[string]func(*Row) string{"tasks": func(r *Row) string { return doneOf(conclusionTasks(r.World, r.Entry)) }},
	Actions: []Action{{ID: "task", Title: "Tách thành nhiệm vụ", Makes: "task", Propose: proposeTask, Offered: func(_ *World, e *Entry) bool { return !e.True("no_task") }}},
})

// conclusionTasks counts the tasks that were made of a conclusion, those dropped apart.
func conclusionTasks(w *World, e *Entry) (done, all int) {
	for _, t := range w.Linked("task", "conclusion", e.ID) {
		if t.Is("progress", "dropped") {
			continue
		}
		all++
		if finished, _ := taskFinished(w, t); finished {
			done++
		}
	}
	return done, all
}

// proposeTask fills the form of a task from a conclusion, its due day read from the
// words.
func proposeTask(w *World, e *Entry) map[string]string {
	v := map[string]string{"source": "conclusion", "text": e.Text("text"), "conclusion": strconv.FormatUint(e.ID, 10), "lead": e.Text("unit"),
		"due_words": e.Text("deadline_words")}
	meeting := w.Today
	if c := w.Entry("conference", e.Ref("conference")); c != nil {
		v["conference"] = strconv.Itoa(c.Number)
		if at := c.Day("at"); at.Known() {
			meeting = at
		}
		v["basis"] = "Kết luận số " + e.Text("order") + ", " + c.Text("name")
		if c.Has("notice") {
			v["basis"] = "Thông báo " + c.Text("notice") + ", kết luận số " + e.Text("order")
		}
	}
	if meeting <= w.Today {
		v["issued"] = meeting.ISO()
	}
	words := e.Text("deadline_words")
	if words == "" {
		words = e.Text("text")
	}
	if due, kind := DueInWords(words, meeting, w.Calendar); kind != "" {
		v["due_kind"] = kind
		if due.Known() {
			v["due"] = due.ISO()
		}
	}
	return v
}
