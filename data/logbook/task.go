package logbook

import (
	"strconv"

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
	Measures: []Measure{
		{ID: "task.total", Name: "Nhiệm vụ", Unit: "nhiệm vụ", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }},
		{ID: "task.done", Name: "Nhiệm vụ đã hoàn thành", Unit: "nhiệm vụ", Of: states(taskDone...)},
		{ID: "task.completion", Name: "Tỷ lệ hoàn thành kế hoạch", Unit: "%", Denom: "nhiệm vụ, không kể không thực hiện và thường xuyên",
			Of: share(isIn(taskDone...), isNotIn("dropped", "standing"))},
		{ID: "task.on-time", Name: "Tỷ lệ hoàn thành đúng hạn", Unit: "%", Denom: "nhiệm vụ hoàn thành có hạn",
			Of: share(isIn("done-on-time"), isIn("done-on-time", "done-late"))},
		{ID: "task.evidence", Name: "Tỷ lệ hoàn thành có minh chứng", Unit: "%", Denom: "nhiệm vụ hoàn thành",
			Of: share(func(r *Row) bool { return r.Has("evidence") }, isIn(taskDone...))},
		{ID: "task.overdue", Name: "Tỷ lệ quá hạn", Unit: "%", Denom: "nhiệm vụ chưa xong",
			Of: share(isIn("overdue"), isIn(taskOpen...))},
		{ID: "superior.total", Name: "Nhiệm vụ cấp trên giao", Unit: "nhiệm vụ", Of: fromSuperior()},
		{ID: "superior.on-time", Name: "Cấp trên giao: hoàn thành đúng hạn", Unit: "nhiệm vụ", Of: fromSuperior("done-on-time")},
		{ID: "superior.late", Name: "Cấp trên giao: hoàn thành quá hạn", Unit: "nhiệm vụ", Of: fromSuperior("done-late")},
		{ID: "superior.overdue", Name: "Cấp trên giao: quá hạn chưa hoàn thành", Unit: "nhiệm vụ", Of: fromSuperior("overdue")},
		{ID: "superior.doing", Name: "Cấp trên giao: đang thực hiện trong hạn", Unit: "nhiệm vụ",
			Of: fromSuperior("doing", "soon", "no-date", "waiting", "standing", "paused")},
	},
	Layouts: taskLayouts,
})

var (
	taskDone = []string{"done-on-time", "done-late", "done-undated"}
	taskOpen = []string{"paused", "no-date", "waiting", "overdue", "soon", "doing"}
)

func isIn(ids ...string) func(*Row) bool { return func(r *Row) bool { return in(ids...)(r) > 0 } }

func isNotIn(ids ...string) func(*Row) bool { return func(r *Row) bool { return in(ids...)(r) == 0 } }

// fromSuperior counts what a higher body ordered, in some states; in any for none.
func fromSuperior(ids ...string) func(*Row, data.Period) (int64, int64) {
	return func(r *Row, _ data.Period) (int64, int64) {
		return one(r.Is("source", "superior") && (len(ids) == 0 || in(ids...)(r) > 0)), 0
	}
}

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
