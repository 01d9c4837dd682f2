package desk

import (
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/workday"
)

// dueDays returns the days on which a dossier may be due by the answers to the open
// questions of the calendar, the promised day first; that day alone where no
// question touches it. A promised date that does not follow from the term moves only
// where an answer closes the office on it.
func (d *Desk) dueDays(one *data.Dossier, promised data.Day) []data.Day {
	out := []data.Day{promised}
	calendar := d.Calendar()
	if !promised.Known() || len(calendar.Answers()) == 1 {
		return out
	}
	if one.Term.Known() {
		days, err := workday.DueDays(calendar, one.Received, one.Term, closedPauses(one), one.Mode, d.counting(one))
		if err == nil && slices.Contains(days, promised) {
			return append(out, slices.DeleteFunc(days, func(day data.Day) bool { return day == promised })...)
		}
	}
	if !calendar.InQuestion(promised) {
		return out
	}
	for _, other := range calendar.Answers() {
		if day := other.OnOrAfter(promised); !slices.Contains(out, day) {
			out = append(out, day)
		}
	}
	return out
}

// latestDue returns the due date by the answer that leaves the most time. Alarms go
// by it: nobody is called late, or soon late, because of a day that the office may
// not work on. Figures go by the promised date.
func (d *Desk) latestDue(one *data.Dossier, due data.Moment) data.Moment {
	return data.Moment{Day: slices.Max(d.dueDays(one, due.Day)), Clock: due.Clock}
}

// closed reports whether the office is closed on the day for certain.
func closed(c *workday.Calendar, day data.Day) bool {
	return !c.IsWorking(day) && !c.InQuestion(day)
}

// joinDays lists days as «26/11/2026 hoặc 27/11/2026».
func joinDays(days []data.Day) string {
	words := make([]string, len(days))
	for i, day := range days {
		words[i] = day.String()
	}
	return strings.Join(words, " hoặc ")
}
