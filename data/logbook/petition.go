package logbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/matter"
	"giaoban/data/text"
)

// Petition is the register of what citizens report and propose about administrative
// acts and rules (phản ánh, kiến nghị; briefing 5). Complaints and denunciations are
// other procedures with other terms and are refused.
var Petition = Declare(&Kind{
	ID:       "petition",
	Derive:   petitionState,
	Complete: completePetition,
	Begun:    func(w *World, e *Entry) bool { return saidOn(e) <= w.Day },
	Check:    checkPetition,
	Refuse:   refuseLinked("petition", "phản ánh, kiến nghị"),
	Belongs: func(w *World, e *Entry, p data.Period) bool {
		said := saidOn(e)
		if p.From <= said && said <= p.To {
			return true
		}
		return carriedPetition(w, e, p)
	},
	Facts: map[string]Fact{
		"resolved": known("answered"), "published": known("published"),
		"timely":     truth(func(r *Row) bool { return petitionInTime(r.World, r.Entry) }),
		"said-again": truth(func(r *Row) bool { return saidAgain(r.World, r.ID) }),
		// Without a period there is none before from which something was taken over.
		"carried": truth(func(r *Row) bool { return r.Period.From.Known() && carriedPetition(r.World, r.Entry, r.Period) }),
		"resolved-in-period": truth(func(r *Row) bool {
			at, p := r.World.On(r.Entry, "answered"), r.Period
			return at.Known() && (!p.From.Known() || p.From <= at && at <= p.To)
		}),
		"published-by-end": truth(func(r *Row) bool {
			at := r.World.On(r.Entry, "published")
			return at.Known() && (!r.Period.From.Known() || at <= r.Period.To)
		}),
	},
	Actions: []Action{{ID: "task", Title: "Giao thành nhiệm vụ", Makes: "task", Propose: func(_ *World, e *Entry) map[string]string {
		return map[string]string{"source": "petition", "text": e.Text("text"), "petition": strconv.FormatUint(e.ID, 10), "lead": e.Text("unit"), "due": e.Text("due")}
	}}},
})

// saidOn returns the day from which a petition counts: of entry when it is not known
// when it was said; NoDay where neither is, so that it was there on any day.
func saidOn(e *Entry) data.Day { return cmp.Or(e.Day("said_at"), e.Day("entered")) }

// completePetition dates what an officer types without a day: it came into the book
// today. What a table brings without one stays unknown.
func completePetition(w *World, e, old *Entry) {
	if old == nil && e.Source == "" && !saidOn(e).Known() {
		e.Set("entered", w.Today.ISO())
	}
}

// petitionStart returns the day on which the term of handling begins.
func petitionStart(e *Entry) data.Day {
	if e.True("forwarded_in") && e.Has("entered") {
		return e.Day("entered")
	}
	return saidOn(e)
}

// PetitionDue returns the last day of handling as it was known on the day of w: the
// one that was written, else the term in working days, lengthened by those of a
// supplement.
func petitionDue(w *World, e *Entry) data.Day {
	if d := e.Day("due"); d.Known() {
		return d
	}
	n := w.Term("petition", "handle")
	asked, got := w.On(e, "supplement_asked"), w.On(e, "supplemented")
	if asked.Known() && got > asked {
		n += w.Calendar.WorkingDays(asked+1, got)
	}
	start := petitionStart(e)
	if due, ok := w.Calendar.AddWorkingDays(start, n); ok && start.Known() {
		return due
	}
	return data.NoDay
}

// petitionState derives the state of entry-keys; the first that holds wins.
func petitionState(w *World, e *Entry) (string, int) {
	due := petitionDue(w, e)
	answered := w.On(e, "answered")
	switch {
	case w.On(e, "refused").Known():
		return "refused", 0
	case answered.Known() && w.On(e, "published").Known():
		return "closed", 0
	case answered.Known() && due.Known() && answered > due:
		return "answered-late", 0
	case answered.Known():
		return "answered", 0
	case e.Is("competent", "0") && w.On(e, "forwarded").Known():
		return "forwarded", 0
	case w.On(e, "supplement_asked").Known() && !w.On(e, "supplemented").Known():
		return "waiting-supplement", 0
	case due.Known() && due < w.Day:
		return "overdue", int(w.Day - due)
	case due.Known() && w.Calendar.WorkingDays(w.Day+1, due) <= w.Term("petition", "soon"):
		return "soon", w.Calendar.WorkingDays(w.Day+1, due)
	case !e.Has("competent"):
		return "sorting", 0
	}
	return "in-time", 0
}

// petitionInTime reports whether a petition was answered in time or may still be.
func petitionInTime(w *World, e *Entry) bool {
	due := petitionDue(w, e)
	if answered := w.On(e, "answered"); answered.Known() {
		return !due.Known() || answered <= due
	}
	state, _ := petitionState(w, e)
	return state != "overdue"
}

// carriedPetition reports whether a petition was said before the period and neither
// answered, refused nor forwarded before it.
func carriedPetition(w *World, e *Entry, p data.Period) bool {
	if saidOn(e) >= p.From {
		return false
	}
	for _, key := range []string{"answered", "refused", "forwarded"} {
		if d := e.Day(key); d.Known() && d < p.From && (key != "forwarded" || e.Is("competent", "0")) {
			return false
		}
	}
	return true
}

// saidAgain reports whether the citizen had come back with a petition by the day of w.
func saidAgain(w *World, id uint64) bool {
	return slices.ContainsFunc(w.Linked("petition", "again", id), func(e *Entry) bool { return saidOn(e) <= w.Day })
}

func checkPetition(w *World, e, old *Entry) error {
	f, words := Find("petition").Field("text"), e.Text("text")
	if m, ok := matter.Brought(strings.TrimPrefix(text.Words(words), "giai quyet ")); ok && m.ID != "" && m.ID != basis.Petition && (old == nil || old.Text("text") != words) {
		return refuse(f, "đây là %s, không phải phản ánh, kiến nghị. Chuyển theo %s.", m.Name, w.Bases.On(m.ID, cmp.Or(saidOn(e), w.Today)))
	}
	if e.Is("channel", "entered-for") && e.Has("said_at") && e.Has("entered") {
		if said, entered := e.Day("said_at"), e.Day("entered"); said > entered || said < entered-7 {
			return refuse(Find("petition").Field("said_at"), "nhập hộ thì ngày phản ánh nằm trong 7 ngày trước ngày vào sổ %s.", entered)
		}
	}
	for _, key := range []string{"due", "answered", "refused", "forwarded", "supplement_asked"} {
		if d := e.Day(key); d.Known() && d < saidOn(e) && e.Has("said_at") {
			return refuse(Find("petition").Field(key), "%s trước ngày phản ánh %s.", d, saidOn(e))
		}
	}
	return nil
}
