package logbook

import "giaoban/data"

// Initiative is the register of initiatives of the reform (briefing 8).
var Initiative = Declare(&Kind{
	ID:    "initiative",
	Begun: begunOn("registered"),
	Derive: func(w *World, e *Entry) (string, int) {
		switch {
		case w.On(e, "rejected").Known():
			return "rejected", 0
		case w.On(e, "applied").Known():
			return "applied", 0
		case w.On(e, "decision_date").Known() || e.Has("decision") && !e.Has("decision_date"):
			return "recognised", 0
		case w.On(e, "appraising").Known():
			return "appraising", 0
		}
		return "registered", 0
	},
})

// Praise is the register of praise (briefing 8).
var Praise = Declare(&Kind{
	ID:    "praise",
	Begun: begunOn("proposed_date"),
	Derive: func(w *World, e *Entry) (string, int) {
		switch {
		case w.On(e, "awarded").Known():
			return "awarded", 0
		case w.On(e, "decision_date").Known() || e.Has("decision") && !e.Has("decision_date"):
			return "decided", 0
		}
		return "proposed", 0
	},
})

// Discipline counts reminders and discipline; only counts leave the office (briefing 8).
var Discipline = Declare(&Kind{
	ID:     "discipline",
	Derive: func(*World, *Entry) (string, int) { return "decided", 0 },
	Begun:  begunOn("decision_date"),
})

// Document is the register of directing documents (briefing 2.1, văn bản).
var Document = Declare(&Kind{
	ID: "document",
	Derive: func(w *World, e *Entry) (string, int) {
		done, due := w.On(e, "done"), e.Day("due")
		switch {
		case done.Known() && due.Known() && done > due:
			return "done-late", 0
		case done.Known():
			return "done", 0
		case !due.Known():
			return "filed", 0
		case due < w.Day:
			return "overdue", int(w.Day - due)
		case due <= w.Day+data.Day(w.Term("document", "soon")):
			return "soon", int(due - w.Day)
		}
		return "open", 0
	},
	Begun: begunOn("date"),
})
