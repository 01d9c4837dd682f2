package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// AlarmGroup is why an open dossier stands in the list of those to watch.
type AlarmGroup uint8

// The groups, the most pressing first.
const (
	AlarmOverdue AlarmGroup = iota // due before today
	AlarmToday                     // due today
	AlarmMeeting                   // due before the meeting, or would be if the pause ended today
	AlarmSoon                      // due soon by the rule of the office, after the meeting
	AlarmWaiting                   // waits for the citizen, or halted, too long
	AlarmGroups                    // number of groups
)

// String returns the Vietnamese name.
func (g AlarmGroup) String() string {
	return [...]string{"Quá hạn", "Đến hạn hôm nay", "Đến hạn trước cuộc họp", "Sắp đến hạn", "Chờ quá lâu", ""}[min(g, AlarmGroups)]
}

// Alarm is an open dossier to watch, and why.
type Alarm struct {
	ID                     uint64
	Code, Owner, Procedure string
	Unit                   uint32
	UnitName, Desk         string
	Received, Due          data.Moment
	Promised               data.Moment // promised anew in a letter; equals Due without one
	Group                  AlarmGroup
	Why                    string // in words, with the dates
	Days                   int    // working days late (AlarmOverdue) or left; days waited (AlarmWaiting)
	Paused                 bool
	IfToday, IfMeeting     data.Moment // where paused: due if the pause ends today, and on the day of the meeting
	Letter                 bool        // has a letter of apology that was not voided
	Missing                string      // what the citizen was asked for
	OwnDue                 data.Moment // linked procedures: when the own unit must have done its part
	Ended                  data.Moment // of LateWithoutLetter: end of processing
}

// Alarms are the open dossiers to watch before a meeting.
type Alarms struct {
	Today   data.Day
	Meeting data.Moment
	List    []Alarm // by group, then due date, then code
	Counts  [AlarmGroups]int
	// Undeclared is a year whose calendar was not declared: nothing is said about
	// due dates in it, as they are not certain. 0 when all are.
	Undeclared             int
	WithLetter, WithoutOne int // of the overdue
}

// NextMeeting proposes the time of the next briefing: 8:00 on the next Monday, or
// the first working day after it. The demonstration meets on the afternoon of the next
// working day, so that a morning has something to prepare.
func (d *Desk) NextMeeting() data.Moment {
	if d.Office().Demo {
		return data.Moment{Day: d.Calendar().OnOrAfter(d.Today() + 1), Clock: data.At(14, 0)}
	}
	day := d.Today() + 1
	for day.Weekday() != time.Monday {
		day++
	}
	return data.Moment{Day: d.Calendar().OnOrAfter(day), Clock: data.At(8, 0)}
}

// SoonUntil returns the last due date that is soon as of a day: as many working days
// later as the rule of the office says, and the days off that follow. Every screen
// and list means this by «sắp đến hạn».
func (d *Desk) SoonUntil(day data.Day) data.Day {
	next, ok := d.Calendar().AddWorkingDays(day, d.Rules().SoonDays+1)
	if !ok {
		return day
	}
	return next - 1
}

// Soon reports whether a due date lies ahead of a day and is soon.
func (d *Desk) Soon(due data.Moment, day data.Day) bool {
	return due.Known() && due.Day >= day && due.Day <= d.SoonUntil(day)
}

// Alarms returns the open dossiers that are overdue, due today, before a meeting or
// soon, or wait too long by the rules of the office. While the calendar of the
// present year is not declared there are none: a wrong alarm does more harm than
// a late one. Where an open question of the calendar decides, the answer that leaves
// the most time is taken.
func (d *Desk) Alarms(ctx context.Context, meeting data.Moment) (Alarms, error) {
	today, calendar, rules, c := d.Today(), d.Calendar(), d.Rules(), d.Catalogue()
	out := Alarms{Today: today, Meeting: meeting}
	for _, day := range []data.Day{today, meeting.Day} {
		if day.Known() && out.Undeclared == 0 && !calendar.Declared(day.Year()) {
			out.Undeclared = day.Year()
		}
	}
	if !calendar.Declared(today.Year()) {
		return out, nil
	}
	n := 0
	open := d.List(Query{Outcomes: []data.Outcome{data.Overdue, data.PendingInTime, data.PendingWait}, Today: today})
	err := d.Dossiers(open.IDs, func(one *data.Dossier) error {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy.", ctx.Err())
		}
		a, ok := d.alarm(one, meeting, calendar, rules)
		if !ok {
			return nil
		}
		a.Procedure, a.UnitName = c.ProcedureOf(one), c.Unit(one.Unit).Name
		a.Letter = one.On(data.MaxDay).Apologies > 0
		out.Counts[a.Group]++
		switch {
		case a.Group != AlarmOverdue:
		case a.Letter:
			out.WithLetter++
		default:
			out.WithoutOne++
		}
		out.List = append(out.List, a)
		return nil
	})
	slices.SortStableFunc(out.List, func(a, b Alarm) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.due(), b.due()), strings.Compare(a.Code, b.Code))
	})
	return out, err
}

// due orders alarms by the date that presses.
func (a *Alarm) due() data.Day {
	if a.Paused && a.IfToday.Known() {
		return a.IfToday.Day
	}
	return a.Due.Day
}

// alarm judges one open dossier.
func (d *Desk) alarm(one *data.Dossier, meeting data.Moment, calendar *workday.Calendar, rules Rules) (Alarm, bool) {
	today := d.Today()
	s := one.On(today)
	a := Alarm{ID: one.ID, Code: one.Code, Owner: one.Owner.Name, Unit: one.Unit, Desk: s.Desk, Received: one.Received, Due: s.Due, Promised: s.Promised, Paused: s.Paused, OwnDue: one.OwnDue}
	if s.Closed || !s.Counted() {
		return a, false
	}
	if s.Paused {
		return d.waiting(a, one, s, meeting, rules)
	}
	own := ownDue(one, today)
	last := d.latestDue(one, s.Due)
	again := ""
	if s.Promised != s.Due && s.Promised.Known() {
		again = ", đã hẹn lại " + s.Promised.Day.String()
	}
	switch {
	case !s.Due.Known() || s.Due.Day >= today && !calendar.Declared(s.Due.Day.Year()):
		return a, false
	case last.Day < today:
		a.Group, a.Days = AlarmOverdue, calendar.WorkingDaysAtLeast(s.Due.Day+1, today)
		a.Why = fmt.Sprintf("Quá hạn %s ngày làm việc, hẹn %s%s", data.FormatInt(int64(a.Days)), s.Due.Day, again)
		if a.Days == 0 { // only days off lie between
			a.Why = fmt.Sprintf("Quá hạn, hẹn %s%s", s.Due.Day, again)
		}
	case last.Day == today:
		a.Group = AlarmToday
		a.Why = "Hẹn hôm nay" + clockText(s.Due) + again
		if s.Due.Day < today {
			a.Why = fmt.Sprintf("Hẹn %s; hạn có thể là hôm nay, tùy câu trả lời cho lịch làm việc%s", s.Due.Day, again)
			return a, true
		}
		if one.Term.Unit == data.WorkingHours && s.Due.Before(data.MomentOf(d.Now())) {
			a.Why = "Đã quá giờ hẹn" + clockText(s.Due) + again
		}
	case s.Due.Day < today:
		return a, false // an answer to a question of the calendar leaves it in time
	case meeting.Known() && !meeting.Before(last):
		a.Group, a.Days = AlarmMeeting, calendar.WorkingDays(today+1, s.Due.Day)
		a.Why = fmt.Sprintf("Còn %d ngày làm việc, hẹn %s%s", a.Days, s.Due, again)
	case own.Known() && meeting.Known() && !meeting.Before(own) && calendar.Declared(own.Day.Year()):
		a.Group, a.Days = AlarmMeeting, calendar.WorkingDays(today+1, own.Day)
		a.Why = fmt.Sprintf("Còn %d ngày làm việc đến hạn của đơn vị %s, hẹn %s", a.Days, own.Day, s.Due.Day)
		if own.Day == today {
			a.Why = fmt.Sprintf("Hôm nay là hạn của đơn vị, hẹn %s", s.Due.Day)
		}
		return a, true
	case d.Soon(last, today):
		a.Group, a.Days = AlarmSoon, calendar.WorkingDays(today+1, s.Due.Day)
		a.Why = fmt.Sprintf("Còn %d ngày làm việc, hẹn %s%s", a.Days, s.Due, again)
	default:
		return a, false
	}
	if own.Known() && own.Day < s.Due.Day {
		a.Why += ", hạn của đơn vị " + own.Day.String()
	}
	return a, true
}

// ownDue returns when the own unit must have done its part in a linked procedure,
// while that is still to come and the dossier was not handed over to go on to the
// others.
func ownDue(one *data.Dossier, today data.Day) data.Moment {
	if one.OwnDue.Day < today {
		return data.Moment{}
	}
	for i := range one.Events {
		if one.Events[i].Kind == data.HandOver {
			return data.Moment{}
		}
	}
	return one.OwnDue
}

// waiting judges a dossier whose clock stands: it is due before the meeting if
// the pause ended today, or it waits too long.
func (d *Desk) waiting(a Alarm, one *data.Dossier, s data.State, meeting data.Moment, rules Rules) (Alarm, bool) {
	today := d.Today()
	since := max(s.Since.Day, one.Received.Day)
	kind := map[data.Status]data.EventKind{data.AwaitSupply: data.Supplement, data.AwaitPayment: data.Pay}[s.Status]
	if kind == 0 {
		kind = data.Resume
	}
	waited := int(today - since)
	tooLong := rules.WaitingDays > 0 && waited > rules.WaitingDays
	words := map[data.Status]string{data.AwaitSupply: "Chờ bổ sung", data.AwaitPayment: "Chờ nộp phí"}[s.Status]
	if words == "" {
		words = "Tạm dừng"
	}
	if s.Due.Known() {
		a.IfToday = d.DueAfter(one, data.Event{Kind: kind, At: data.Moment{Day: today}})
		if meeting.Day > today {
			a.IfMeeting = d.DueAfter(one, data.Event{Kind: kind, At: data.Moment{Day: meeting.Day}})
		}
	}
	for i := range one.Events {
		if e := &one.Events[i]; e.Kind == data.AskSupplement {
			if a.Missing = strings.ReplaceAll(e.More, "\n", "; "); a.Missing == "" {
				a.Missing = e.Text
			}
		}
	}
	if s.Missed {
		words = fmt.Sprintf("Quá hẹn %s từ trước khi chờ; %s", s.Due.Day, strings.ToLower(words[:1])+words[1:])
	}
	soon := a.IfToday.Known() && meeting.Known() && !meeting.Before(a.IfToday)
	switch {
	case tooLong:
		a.Group, a.Days = AlarmWaiting, waited
		a.Why = fmt.Sprintf("%s %s ngày, từ %s", words, data.FormatInt(int64(waited)), since)
	case soon && s.Missed:
		a.Group, a.Why = AlarmMeeting, fmt.Sprintf("%s từ %s", words, since)
	case soon:
		a.Group, a.Days = AlarmMeeting, d.Calendar().WorkingDays(today+1, a.IfToday.Day)
		a.Why = fmt.Sprintf("%s từ %s; nếu xong hôm nay thì hẹn %s", words, since, a.IfToday.Day)
	default:
		return a, false
	}
	return a, true
}

func clockText(m data.Moment) string {
	if !m.Clock.Known() {
		return ""
	}
	return " lúc " + m.Clock.String()
}

// Digest tells in one sentence what is to be watched today; "" when there is
// nothing, on days off and those that an open question touches, and while the
// calendar is not declared.
func (a *Alarms) Digest(calendar *workday.Calendar) string {
	if !calendar.IsWorking(a.Today) || calendar.InQuestion(a.Today) || !calendar.Declared(a.Today.Year()) {
		return ""
	}
	var parts []string
	for g, words := range []string{"%s quá hạn", "%s đến hạn hôm nay", "%s đến hạn trước cuộc họp " + a.Meeting.Day.String(), "%s sắp đến hạn", "%s chờ quá lâu"} {
		if n := a.Counts[g]; n > 0 {
			parts = append(parts, fmt.Sprintf(words, data.FormatInt(int64(n))))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Hồ sơ cần theo dõi: " + strings.Join(parts, ", ") + "."
}

// Pressing is how many dossiers are overdue or due today, for the badge.
func (a *Alarms) Pressing() int { return a.Counts[AlarmOverdue] + a.Counts[AlarmToday] }
