package assess

import (
	"giaoban/data"
	"giaoban/data/scoring"
)

// RemedyState is the state of a remedial task.
type RemedyState string

// The states of a task.
const (
	Planned RemedyState = "planned"
	Doing   RemedyState = "doing"
	Done    RemedyState = "done"
	Dropped RemedyState = "dropped" // thôi thực hiện vì lý do khách quan: leaves the denominator
)

// RemedyStates are all states in their order.
var RemedyStates = []RemedyState{Planned, Doing, Done, Dropped}

// String returns the Vietnamese name.
func (s RemedyState) String() string {
	switch s {
	case Planned:
		return "Chưa thực hiện"
	case Doing:
		return "Đang thực hiện"
	case Done:
		return "Hoàn thành"
	case Dropped:
		return "Thôi thực hiện"
	}
	return string(s)
}

// Remedy is one task of the remedial plan: lost point, cause, task, result
// (scoring 4.1, table 12).
type Remedy struct {
	ID        uint64         `json:"-"`
	Sheet     uint64         `json:"Sheet"` // the sheet that lost the points
	Year      int            `json:"Year"`  // the year of that sheet; the task is done in the next
	Code      string         `json:"Code"`  // leaf
	Lost      scoring.Points `json:"Lost"`
	Cause     string         `json:"Cause"`
	Objective bool           `json:"Objective"` // khách quan
	Task      string         `json:"Task"`
	Product   string         `json:"Product"`
	Owner     string         `json:"Owner"` // cơ quan chủ trì
	Partners  string         `json:"Partners,omitempty"`
	Due       data.Day       `json:"Due"`
	State     RemedyState    `json:"State"`
	Finished  data.Day       `json:"Finished,omitempty"`
	Result    string         `json:"Result,omitempty"`   // what came of it
	Document  string         `json:"Document,omitempty"` // số, ký hiệu, ngày of the result document
	Why       string         `json:"Why,omitempty"`      // of Dropped
}

// Late reports whether the task is overdue on the day, or was finished late.
func (r *Remedy) Late(today data.Day) bool {
	switch {
	case !r.Due.Known() || r.State == Dropped:
		return false
	case r.State == Done:
		return r.Finished > r.Due
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
