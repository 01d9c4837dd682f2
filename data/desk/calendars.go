package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/workday"
)

// settingCalendar holds the office hours and the years that the office edited;
// the other years are those shipped with the program.
const settingCalendar = "calendar"

// readCalendar returns the calendar of the office with what it was made from, that
// of before where this did not change; before may be nil.
func readCalendar(v View, before *standing) (calendar *workday.Calendar, raw []byte, err error) {
	stored := v.Setting(settingCalendar)
	raw = bytes.Join([][]byte{stored, v.Setting(settingTaken)}, []byte{0})
	switch {
	case before != nil && bytes.Equal(raw, before.calendarRaw):
		return before.calendar, raw, nil
	case stored == nil:
		return workday.Default(), raw, nil
	}
	own, err := workday.Load(stored)
	if err != nil {
		return nil, nil, err
	}
	taken, err := readTaken(v)
	if err != nil {
		return nil, nil, err
	}
	calendar, err = overlay(own, taken)
	return calendar, raw, err
}

// overlay puts the hours and years of the office over the shipped calendar; its
// years follow what the program ships otherwise since the office took it over.
func overlay(own *workday.Calendar, taken workday.Marks) (*workday.Calendar, error) {
	var years []workday.Year
	edited := map[int]bool{}
	shipped := workday.Default()
	for _, n := range own.Years() {
		years, edited[n] = append(years, own.Year(n).Follow(shipped.Year(n), taken)), true
	}
	for _, n := range shipped.Years() {
		if !edited[n] {
			years = append(years, shipped.Year(n))
		}
	}
	return own.WithYears(years...)
}

// ownYears returns the calendar of hours and years that differ from the shipped
// one.
func ownYears(c *workday.Calendar) (*workday.Calendar, error) {
	var years []workday.Year
	shipped := workday.Default()
	for _, n := range c.Years() {
		a, err := json.Marshal(c.Year(n))
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(shipped.Year(n))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(a, b) {
			years = append(years, c.Year(n))
		}
	}
	return c.WithYears(years...)
}

// Affected is an open dossier whose due date another calendar would change.
type Affected struct {
	ID       uint64
	Code     string
	Owner    string
	Now, New data.Moment // the due date as it stands, and by the other calendar
}

// Affected returns the open dossiers whose due date follows from the calendar that
// the office took over last and would be another one by the calendar c, and those
// without a term, as imported ones are, that are due on a day on which c closes the
// office: they move to the next working day. Nothing changes yet. progress may be
// nil.
func (d *Desk) Affected(ctx context.Context, c *workday.Calendar, progress func(done, total int64)) ([]Affected, error) {
	open := d.List(Query{Outcomes: []data.Outcome{data.PendingInTime, data.PendingWait, data.Overdue}, Sort: register.SortDue})
	now, err := d.takenCalendar()
	if err != nil {
		return nil, err
	}
	var out []Affected
	done := 0
	err = d.Dossiers(open.IDs, func(one *data.Dossier) error {
		if err := pace(ctx, done, open.Len(), progress, "Đã hủy. Lịch giữ nguyên như trước."); err != nil {
			return err
		}
		done++
		state := one.On(data.MaxDay)
		term := one.Term
		if !term.Known() {
			if day := state.Due.Day; day.Known() && now.IsWorking(day) && !c.IsWorking(day) {
				out = append(out, Affected{one.ID, one.Code, one.Owner.Name, state.Due, data.Moment{Day: c.NextWorkingDay(day), Clock: state.Due.Clock}})
			}
			return nil
		}
		pauses, options := workday.Pauses(one), d.counting(one)
		before, err := workday.DueMoment(now, one.Received, term, pauses, one.Mode, options)
		if err != nil {
			return nil // a term that cannot be counted is not counted by another calendar either
		}
		after, err := workday.DueMoment(c, one.Received, term, pauses, one.Mode, options)
		if err != nil {
			return nil
		}
		if after.Day != before.Day && state.Due.Day == before.Day {
			out = append(out, Affected{one.ID, one.Code, one.Owner.Name, state.Due, data.Moment{Day: after.Day, Clock: state.Due.Clock}})
		}
		return nil
	})
	return out, err
}

// SetCalendar stores the calendar of the office and moves the due dates of the
// dossiers named, each as a correction with the reason, all in one change. The
// date printed on the receipt is kept in the correction.
func (d *Desk) SetCalendar(ctx context.Context, c *workday.Calendar, move []Affected, why string) error {
	if strings.TrimSpace(why) == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Nhập lý do, ví dụ số văn bản công bố lịch nghỉ."}
	}
	own, err := ownYears(c)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(own)
	if err != nil {
		return err
	}
	title := "Sửa lịch làm việc" + answersTold(d.Calendar(), c)
	if len(move) > 0 {
		title += fmt.Sprintf(", dời ngày hẹn của %s hồ sơ", data.FormatInt(int64(len(move))))
	}
	at := data.MomentOf(d.Now())
	return d.Change(ctx, Work{Title: title, Why: why}, func(tx Tx) error {
		for _, a := range move {
			one, err := tx.Dossier(a.ID)
			if err != nil {
				return err
			}
			before := one
			moveDue(&one, a.New)
			one.Events = append(one.Events, d.corrections(&before, &one, why, at)...)
			if err := tx.PutDossier(&one); err != nil {
				return err
			}
		}
		if err := tx.PutSetting(settingTaken, shippedMarks()); err != nil {
			return err
		}
		return tx.PutSetting(settingCalendar, raw)
	})
}

// moveDue gives a dossier another due date: the one of its receipt, or the one
// of the event that moved it last. With another date the dossier may no longer
// have been late before a later supplement, so that the next one counts.
func moveDue(one *data.Dossier, due data.Moment) {
	for range len(one.Events) + 1 {
		if i := movedBy(one); i >= 0 {
			one.Events = slices.Clone(one.Events)
			one.Events[i].Due = due
		} else {
			one.Due = due
		}
		if one.On(data.MaxDay).Due == due {
			return
		}
	}
}

// movedBy returns the index of the event that gave a dossier its due date, -1
// when it is the one of the receipt.
func movedBy(one *data.Dossier) int {
	for i, e := range slices.Backward(one.Events) {
		if (e.Kind == data.Supplement || e.Kind == data.Pay || e.Kind == data.Resume) && e.Due.Known() && !one.MissedBefore(i) {
			return i
		}
	}
	return -1
}

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
