package logbook

import (
	"slices"
	"strconv"

	"giaoban/data"
	"giaoban/data/text"
)

// Inspection is the register of inspections (briefing 4.1).
var Inspection = Declare(&Kind{
	ID:     "inspection",
	Derive: inspectionState,
	Complete: func(w *World, e, _ *Entry) {
		if at := e.Day("conclusion_date"); at.Known() && !e.Has("remedy_due") {
			e.Set("remedy_due", (at + data.Day(w.Term("inspection", "remedy"))).ISO())
		}
	},
	Refuse: func(w *World, e *Entry) error {
		if n := len(w.Linked("finding", "inspection", e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: cuộc kiểm tra đã có " + strconv.Itoa(n) + " tồn tại. Xóa các tồn tại trước."}
		}
		return nil
	},
	Facts: map[string]Fact{"held": known("date")},
	Texts: map[string]func(*Row) string{
		"span":    func(r *Row) string { return span(r.Day("from"), r.Day("to")) },
		"checked": checked("met", "failed"), "met": checked("met"), "failed": checked("failed"),
	},
})

func span(from, to data.Day) string {
	if !from.Known() || !to.Known() {
		return from.String() + to.String()
	}
	return from.String() + " – " + to.String()
}

func inspectionState(w *World, e *Entry) (string, int) {
	findings := w.Linked("finding", "inspection", e.ID)
	remedied := true
	confirmed := true
	for _, f := range findings {
		state, _ := findingState(w, f)
		remedied = remedied && (state == "done" || state == "done-late" || state == "confirmed")
		confirmed = confirmed && state == "confirmed"
	}
	sent := w.On(e, "remedy_sent")
	concluded := w.On(e, "conclusion_date").Known() || e.Has("conclusion") && !e.Has("conclusion_date")
	due := e.Day("remedy_due")
	if concluded && !due.Known() {
		if at := e.Day("conclusion_date"); at.Known() {
			due = at + data.Day(w.Term("inspection", "remedy"))
		}
	}
	switch {
	case concluded && len(findings) > 0 && confirmed:
		return "closed", 0
	case sent.Known():
		return "remedied", 0
	case concluded && due.Known() && due < w.Day && (len(findings) > 0 || e.Has("remedy_due")):
		return "report-late", int(w.Day - due)
	case concluded && len(findings) > 0:
		return "remedying", 0
	case concluded:
		return "concluded", 0
	case w.On(e, "date").Known() || w.On(e, "minutes_date").Known():
		return "inspected", 0
	case w.On(e, "announced").Known() || e.Has("decision"):
		return "announced", 0
	}
	return "planned", 0
}

// checked counts the lines of the checklist with one of the results.
func checked(results ...string) func(*Row) string {
	return func(r *Row) string {
		n := 0
		for _, line := range r.Table("checklist") {
			if slices.Contains(results, line["result"]) {
				n++
			}
		}
		return strconv.Itoa(n)
	}
}

// Finding is what an inspection found wanting (briefing 4.2).
var Finding = Declare(&Kind{
	ID:     "finding",
	Derive: findingState,
	Complete: func(w *World, e, _ *Entry) {
		if i := w.Entry("inspection", e.Ref("inspection")); i != nil && !e.Has("unit") {
			e.Set("unit", i.Text("unit"))
		}
	},
	Check:  notBeforeLinked("finding", "inspection", "date", "due", "done", "confirmed"),
	Refuse: refuseLinked("finding", "tồn tại"),
	Belongs: func(w *World, e *Entry, p data.Period) bool {
		if i := w.Entry("inspection", e.Ref("inspection")); i != nil && i.Has("date") {
			return p.From <= i.Day("date") && i.Day("date") <= p.To
		}
		return p.From <= e.MadeDay() && e.MadeDay() <= p.To
	},
	Texts: map[string]func(*Row) string{"repeated": func(r *Row) string { return Repeated(r.World, r.Entry) }},
	Actions: []Action{{ID: "task", Title: "Giao thành nhiệm vụ", Makes: "task", Propose: func(_ *World, e *Entry) map[string]string {
		text := e.Text("required")
		if text == "" {
			text = e.Text("text")
		}
		return map[string]string{"source": "finding", "text": text, "finding": strconv.FormatUint(e.ID, 10), "lead": e.Text("unit"), "due": e.Text("due"), "domain": e.Text("domain")}
	}}},
})

func findingState(w *World, e *Entry) (string, int) {
	done, due := w.On(e, "done"), e.Day("due")
	switch {
	case w.On(e, "confirmed").Known():
		return "confirmed", 0
	case done.Known() && due.Known() && done > due:
		return "done-late", 0
	case done.Known():
		return "done", 0
	case due.Known() && due < w.Day:
		return "overdue", int(w.Day - due)
	case due.Known() && due <= w.Day+data.Day(w.Term("finding", "soon")):
		return "soon", int(due - w.Day)
	}
	return "open", 0
}

// Repeated names an earlier inspection, of the last three of the unit, that found the
// same: same unit, same matter. "" where none did.
func Repeated(w *World, e *Entry) string {
	here := w.Entry("inspection", e.Ref("inspection"))
	if here == nil {
		return ""
	}
	key := text.NameKey(e.Text("text"))
	best := (*Entry)(nil)
	for _, f := range w.Entries("finding") {
		if f.ID == e.ID || f.Text("unit") != e.Text("unit") || text.NameKey(f.Text("text")) != key {
			continue
		}
		if i := w.Entry("inspection", f.Ref("inspection")); i != nil && i.Day("date") < here.Day("date") && (best == nil || i.Day("date") > best.Day("date")) {
			best = i
		}
	}
	if best == nil {
		return ""
	}
	since := 0
	for _, i := range w.Linked("inspection", "unit", here.Ref("unit")) {
		if i.Day("date") > best.Day("date") && i.Day("date") < here.Day("date") {
			since++
		}
	}
	if since >= 3 {
		return ""
	}
	return Find("inspection").Name(best)
}

// notBeforeLinked builds Check of a kind whose days may not precede that of the entry
// to which it belongs (R6).
func notBeforeLinked(own, kind, day string, keys ...string) func(w *World, e, old *Entry) error {
	return func(w *World, e, old *Entry) error {
		of := w.Entry(kind, e.Ref(kind))
		if of == nil {
			return nil
		}
		from := of.Day(day)
		for _, key := range keys {
			if d := e.Day(key); d.Known() && d < from && (old == nil || old.Text(key) != e.Text(key)) {
				return refuse(Find(own).Field(key), "%s trước ngày %s của %s %s. Sửa một trong hai ngày.", d, from, Find(kind).One, Find(kind).Name(of))
			}
		}
		return nil
	}
}

// refuseLinked keeps an entry of which tasks were made.
func refuseLinked(key, one string) func(*World, *Entry) error {
	return func(w *World, e *Entry) error {
		if n := len(w.Linked("task", key, e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: " + one + " này đã thành " + strconv.Itoa(n) + " nhiệm vụ. Xóa hoặc chuyển nhiệm vụ trước."}
		}
		return nil
	}
}
