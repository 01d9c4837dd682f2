package assess

import (
	"cmp"

	"giaoban/data"
	"giaoban/data/scoring"
)

// RemedyState is the state of a remedial task.
type RemedyState string

// The states of a task: the words of its progress in the register of tasks.
const (
	Planned RemedyState = "not-started"
	Doing   RemedyState = "doing"
	Done    RemedyState = "done"
	Paused  RemedyState = "paused"
	Dropped RemedyState = "dropped" // thôi thực hiện vì lý do khách quan: leaves the denominator
)

// RemedyStates are all states in their order.
var RemedyStates = []RemedyState{Planned, Doing, Done, Paused, Dropped}

// String returns the Vietnamese name.
func (s RemedyState) String() string {
	switch s {
	case Planned:
		return "Chưa thực hiện"
	case Doing:
		return "Đang thực hiện"
	case Done:
		return "Hoàn thành"
	case Paused:
		return "Tạm dừng"
	case Dropped:
		return "Thôi thực hiện"
	}
	return string(s)
}

// Remedy is one task of the remedial plan: lost point, cause, task, result
// (scoring 4.1, table 12). It is a task of the register of tasks, as a sheet sees it.
type Remedy struct {
	ID        uint64 // of the task
	Sheet     uint64 // the sheet that lost the points
	Year      int    // the year of that sheet; the task is done in the next
	Code      string // leaf
	Lost      scoring.Points
	Cause     string
	Objective bool // khách quan
	Task      string
	Product   string
	Owner     string // cơ quan chủ trì
	Partners  string
	Due       data.Day
	First     data.Day // the due day that it began with, by which it is judged; NoDay for Due
	State     RemedyState
	Finished  data.Day
	Result    string // what came of it
	Document  string // số, ký hiệu, ngày of the result document
	Why       string // of Dropped
}

// Late reports whether the task is overdue on the day, or was finished late.
func (r *Remedy) Late(today data.Day) bool {
	switch {
	case !r.Due.Known() || r.State == Dropped:
		return false
	case r.State == Done:
		return r.Finished > cmp.Or(r.First, r.Due)
	}
	return r.Due < today
}

// Progress counts the tasks of a plan: the metric remedial.tasks_done_rate of
// the sheet of the next year.
type Progress struct {
	Total, Done, Late, Dropped int64 // Total without Dropped
}

// ProgressOf counts the tasks of a year's plan as of a day.
func ProgressOf(list []Remedy, year int, today data.Day) Progress {
	var p Progress
	for i := range list {
		r := &list[i]
		if r.Year != year {
			continue
		}
		if r.State == Dropped {
			p.Dropped++
			continue
		}
		p.Total++
		if r.State == Done && r.Finished <= today {
			p.Done++
		}
		if r.Late(today) {
			p.Late++
		}
	}
	return p
}
