package register

import (
	"cmp"
	"slices"

	"giaoban/data"
)

// SoonQuery asks which open dossiers need a look as of a day.
type SoonQuery struct {
	Filter
	AsOf data.Day
	// Until is when the next meeting begins: what is due up to its day is told.
	// Unknown leaves it to Window.
	Until data.Moment
	// Window tells what is due within so many working days after AsOf too.
	Window int
	// WaitingDays tells dossiers for which the office has waited for the citizen
	// so many calendar days; 0 for none of them.
	WaitingDays int
	// WorkingDays counts the working days from one day to another, both included,
	// such as workday.Calendar.WorkingDays; nil counts every day.
	WorkingDays func(from, to data.Day) int
}

// Reason says why a dossier needs a look. Lower ones are more urgent.
type Reason uint8

// The reasons.
const (
	ReasonOverdue Reason = iota + 1 // due before AsOf
	ReasonToday                     // due on AsOf
	ReasonSoon                      // due up to the meeting or within the window
	ReasonWaiting                   // the citizen was asked long ago
)

// String returns the Vietnamese name.
func (r Reason) String() string {
	return [...]string{"", "Quá hạn", "Đến hạn hôm nay", "Sắp đến hạn", "Chờ công dân đã lâu"}[min(r, ReasonWaiting)]
}

// SoonRow is one dossier that needs a look. Days are working days after the due
// date, or until then; for ReasonWaiting calendar days since the clock stands.
type SoonRow struct {
	ID     uint32
	Reason Reason
	Due    data.Day
	Days   int
}

// Soon returns the open dossiers that are overdue, due today, due soon, or for
// which the office waits too long: in this order, the earliest due first, those
// that wait longest first. A dossier of which the clock stands is neither
// overdue nor due.
func (r *Register) Soon(q SoonQuery) []SoonRow {
	r.mu.RLock()
	defer r.mu.RUnlock()
	cut := min(int32(q.AsOf), open-1)
	s := span{from: -1 << 31, to: cut, cut: cut}
	rows := slices.Clone(r.live)
	r.sift(rows, append(r.filterSieves(q.Filter), within(r.ended, cut+1, open)))
	j := judge{q: q, known: map[int32]SoonRow{}}
	var list []SoonRow
	rows.each(func(row int) {
		var found SoonRow
		switch r.classify(row, s).out {
		case data.PendingWait:
			g, ok := r.waits(row, cut)
			if !ok || !g.citizen || q.WaitingDays <= 0 || int(cut-g.since) < q.WaitingDays {
				return
			}
			found = SoonRow{Reason: ReasonWaiting, Due: data.Day(g.due), Days: int(cut - g.since)}
		case data.PendingInTime, data.Overdue:
			found = j.due(r.dueOn(row, cut))
		}
		if found.Reason != 0 {
			found.ID = r.ids[row]
			list = append(list, found)
		}
	})
	slices.SortFunc(list, func(a, b SoonRow) int {
		if a.Reason == ReasonWaiting && b.Reason == ReasonWaiting {
			return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// judge judges due dates, each once.
type judge struct {
	q     SoonQuery
	known map[int32]SoonRow
}

func (j *judge) due(due int32) SoonRow {
	if due == 0 {
		return SoonRow{}
	}
	if row, ok := j.known[due]; ok {
		return row
	}
	days := j.q.WorkingDays
	if days == nil {
		days = func(from, to data.Day) int { return int(to-from) + 1 }
	}
	day, row := data.Day(due), SoonRow{Due: data.Day(due)}
	switch {
	case day < j.q.AsOf:
		row.Reason, row.Days = ReasonOverdue, days(day+1, j.q.AsOf)
	case day == j.q.AsOf:
		row.Reason = ReasonToday
	default:
		row.Days = days(j.q.AsOf+1, day)
		if day <= j.q.Until.Day || row.Days <= j.q.Window && j.q.Window > 0 {
			row.Reason = ReasonSoon
		}
	}
	j.known[due] = row
	return row
}
