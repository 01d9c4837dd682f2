package logbook

import (
	"strconv"
	"time"

	"giaoban/data"
)

// SourceRemedy is the source of tasks of the remedial plan.
const SourceRemedy = "remedy"

// Task is the one store of work: the yearly plan, orders from above, conclusions, the
// remedial plan and what follows from inspections, dialogues and petitions (briefing 2).
var Task = Declare(&Kind{
	ID:       "task",
	Derive:   taskState,
	Complete: completeTask,
	Actions: []Action{
		{ID: "finish", Title: "Hoàn thành", Keys: []string{"done", "evidence", "evidence_date", "result"}, Offered: unfinished,
			Propose: func(w *World, _ *Entry) map[string]string { return map[string]string{"done": w.Today.ISO()} }},
		{ID: "extend", Title: "Lùi hạn", Keys: []string{"extensions"}, Offered: func(w *World, e *Entry) bool {
			_, due := taskDue(w, e)
			return due.Known() && unfinished(w, e)
		}},
		{ID: "report", Title: "Ghi tiến độ", Keys: []string{"progress", "percent", "obstacle"}, Offered: unfinished},
	},
	Check:   checkTask,
	Refuse:  refuseParent,
	Belongs: taskBelongs,
	Texts: map[string]func(*Row) string{
		"due-said": dueSaid, "due-moved": dueMoved, "due-known": dueKnown, "days-late": daysLate, "result-and-proof": resultAndProof, "touched": touched,
	},
})

// taskDue returns both due days as they were known on the day of w: on time is judged
// by the first (R3).
func taskDue(w *World, e *Entry) (first, due data.Day) {
	first, due = e.Day("due_first"), e.Day("due")
	if e.Is("due_kind", "issue") && !due.Known() {
		if issued := e.Day("issued"); issued.Known() {
			due = issued + data.Day(w.Term("task", "issue"))
		}
	}
	for _, x := range e.Table("extensions") {
		moved := Entry{Values: x}
		if at := moved.Day("date"); x["approved"] != "0" && moved.Has("approved") && moved.Day("due") > due && at <= w.Day {
			due = moved.Day("due")
		}
	}
	if !first.Known() {
		first = due
		if x := e.Table("extensions"); len(x) > 0 && e.Has("due") {
			first = e.Day("due")
		}
	}
	if !due.Known() {
		due = first
	}
	return first, due
}

// taskFinished returns whether and when a task was done on the day of w. A parent is
// done when all its children are.
func taskFinished(w *World, e *Entry) (done bool, on data.Day) {
	children := w.Linked("task", "parent", e.ID)
	counted, dated := 0, true
	for _, c := range children {
		if c.Is("progress", "dropped") || c.ID == e.ID {
			continue
		}
		counted++
		finished, at := taskFinished(w, c)
		if !finished {
			return false, data.NoDay
		}
		on, dated = max(on, at), dated && at.Known()
	}
	if counted > 0 && !dated {
		return true, data.NoDay // nobody knows when the last one was done
	}
	if counted > 0 {
		return true, on
	}
	on = e.Day("done")
	return e.Is("progress", "done") && on <= w.Day, on
}

// taskState derives the state of briefing 2.2; the first that holds wins.
func taskState(w *World, e *Entry) (string, int) {
	first, due := taskDue(w, e)
	if done, on := taskFinished(w, e); done {
		switch {
		case !on.Known() || !first.Known():
			return "done-undated", 0
		case on <= first:
			return "done-on-time", 0
		}
		return "done-late", 0
	}
	switch {
	case e.Is("progress", "dropped"):
		return "dropped", 0
	case e.Is("progress", "paused"):
		return "paused", 0
	case e.Is("due_kind", "standing"):
		return "standing", 0
	case !due.Known() && e.Is("due_kind", "waiting"):
		return "waiting", age(w, e, "issued")
	case !due.Known():
		return "no-date", age(w, e, "issued")
	case due < w.Day:
		return "overdue", int(w.Day - due)
	case due <= w.Day+data.Day(w.Term("task", "soon")):
		return "soon", int(due - w.Day)
	}
	return "doing", 0
}

// age returns the days since a day of the entry, or since it was entered.
func age(w *World, e *Entry, key string) int {
	from := e.Day(key)
	if !from.Known() {
		from = e.MadeDay()
	}
	return max(0, int(w.Day-from))
}

// unfinished reports whether there is still something to do for a task.
func unfinished(w *World, e *Entry) bool {
	done, _ := taskFinished(w, e)
	return !done && !e.Is("progress", "dropped")
}

// completeTask reads a due day that is said in words, keeps the first one, and takes a
// task that is given its day of completion as done.
func completeTask(w *World, e, old *Entry) {
	if !e.Has("due_kind") {
		e.Set("due_kind", "dated")
	}
	if e.Is("due_kind", "dated") && !e.Has("due") && !e.Has("due_first") && (old == nil || old.Text("due_words") != e.Text("due_words")) {
		if due, kind := plannedDue(e.Text("due_words"), e.Day("issued"), w); kind != "" {
			e.Set("due_kind", kind)
			if due.Known() {
				e.Set("due", due.ISO())
			}
		}
	}
	if old != nil && e.Has("done") && !old.Has("done") && e.Text("progress") == old.Text("progress") {
		e.Set("progress", "done")
	}
	if e.Is("due_kind", "issue") && e.Has("issued") && !e.Has("due") {
		e.Set("due", (e.Day("issued") + data.Day(w.Term("task", "issue"))).ISO())
	}
	if !e.Has("due") && e.Has("due_first") {
		e.Set("due", e.Text("due_first"))
	}
	if !e.Has("due_first") && e.Has("due") {
		e.Set("due_first", e.Text("due"))
		if old != nil && old.Has("due") {
			e.Set("due_first", old.Text("due"))
		}
	}
}

// plannedDue reads the due day that a plan says in words. Without a day of issue the plan
// is one of this year: «Tháng 6» read in November is over, not of the next year.
func plannedDue(words string, issued data.Day, w *World) (due data.Day, kind string) {
	if !issued.Known() {
		issued = data.Date(w.Today.Year(), 1, 1)
	}
	return DueInWords(words, issued, w.Calendar)
}

func checkTask(w *World, e, _ *Entry) error {
	seen := map[uint64]bool{e.ID: e.ID != 0}
	for at := e.Ref("parent"); at != 0; {
		if seen[at] {
			return refuse(Find("task").Field("parent"), "nhiệm vụ không thể là cha của chính nó, cũng không qua nhiệm vụ khác. Chọn nhiệm vụ khác.")
		}
		seen[at] = true
		parent := w.Entry("task", at)
		if parent == nil {
			break
		}
		at = parent.Ref("parent")
	}
	return nil
}

// refuseParent keeps a task that others stand below.
func refuseParent(w *World, e *Entry) error {
	if n := len(w.Linked("task", "parent", e.ID)); n > 0 {
		return &data.Error{Code: data.Conflict, Message: "Chưa xóa: " + strconv.Itoa(n) + " nhiệm vụ đang đặt dưới nhiệm vụ này. Chuyển chúng sang nhiệm vụ khác trước."}
	}
	return nil
}

// taskBelongs counts a task for a period when it was issued or due in it, or carried
// into it (entry-keys).
func taskBelongs(w *World, e *Entry, p data.Period) bool {
	within := func(d data.Day) bool { return p.From <= d && d <= p.To }
	first, due := taskDue(w, e)
	issued := e.Day("issued")
	if within(issued) || within(due) || within(first) {
		return true
	}
	if issued >= p.From { // after the period: what is unknown was there before
		return false
	}
	done, on := taskFinished(w, e)
	return !(done && on.Known() && on < p.From)
}

// dueSaid shows the due day as the plan says it.
func dueSaid(r *Row) string {
	if r.Has("due_words") {
		return r.Text("due_words")
	}
	return r.Day("due").String()
}

// dueMoved shows the due day as it stands on the day asked where it is no more the first.
func dueMoved(r *Row) string {
	if _, due := taskDue(r.World, r.Entry); due != r.Day("due_first") {
		return due.String()
	}
	return ""
}

// dueKnown shows the due day as it stands on the day asked.
func dueKnown(r *Row) string {
	_, due := taskDue(r.World, r.Entry)
	return due.String()
}

func daysLate(r *Row) string {
	if r.State != "overdue" {
		return ""
	}
	return strconv.Itoa(r.Days)
}

// resultAndProof joins what came of a task and what proves it.
func resultAndProof(r *Row) string {
	if !r.Has("result") || !r.Has("evidence") {
		return r.Text("result") + r.Text("evidence")
	}
	return r.Text("result") + " (" + r.Text("evidence") + ")"
}

// touched is the day on which an entry was last changed, or entered.
func touched(r *Row) string {
	if n := len(r.Changes); n > 0 {
		return data.DayOf(time.Unix(r.Changes[n-1].At, 0)).String()
	}
	return r.MadeDay().String()
}
