package papers

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/workday"
	"giaoban/reports/form"
)

// MeetingSlips writes the slips of a meeting (phiếu hồ sơ sắp trễ), one for each
// unit: what is late, or becomes late before the meeting, with two dates where
// the clock stands. Names are masked unless showNames.
func MeetingSlips(ctx context.Context, d *desk.Desk, meeting data.Moment, list []desk.Alarm, showNames bool) ([]byte, error) {
	return drawSlips(ctx, d, func(s desk.Reading) ([]form.Job, error) { return meetingJobs(ctx, s, meeting, list, showNames) })
}

func meetingJobs(ctx context.Context, d desk.Reading, meeting data.Moment, list []desk.Alarm, showNames bool) ([]form.Job, error) {
	t, err := templateOf(d, form.NearDue, d.Today())
	if err != nil {
		return nil, err
	}
	byUnit := map[string][]form.Near{}
	calendar := d.Calendar()
	alarms := map[uint64]*desk.Alarm{}
	ids := make([]uint32, len(list))
	for i := range list {
		alarms[list[i].ID], ids[i] = &list[i], uint32(list[i].ID)
	}
	err = d.Dossiers(ids, func(one *data.Dossier) error {
		a := alarms[one.ID]
		missing, procedure := a.Missing, a.Procedure
		if !showNames {
			names, addresses := []string{one.Owner.Name, one.Agent.Name}, []string{one.Owner.Address, one.Agent.Address}
			missing, procedure = form.Hide(missing, names, addresses), form.Hide(procedure, names, addresses)
		}
		near := form.Near{Code: a.Code, Procedure: procedure, Owner: a.Owner, Due: dayOnly(a.Due), Missing: missing, Spent: spent(one, calendar, d.Today())}
		if a.Paused {
			near.Due, near.DuePaused = dayOnly(a.IfToday), dayOnly(a.IfMeeting)
		}
		unit := cmp.Or(a.UnitName, "Chưa rõ đơn vị")
		byUnit[unit] = append(byUnit[unit], near)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	units := slices.SortedFunc(maps.Keys(byUnit), register.CompareText)
	var jobs []form.Job
	for _, u := range units {
		rows := byUnit[u]
		jobs = append(jobs, form.Job{Template: t, Slip: form.Slip{Office: d.Office(), Today: d.Today(), To: u, Unit: u, Moment: meeting, Rows: len(rows), ShowNames: showNames,
			At: func(i int) form.Row { return rows[i] }}})
	}
	return jobs, nil
}

// dayOnly leaves the time of day out where it does not decide.
func dayOnly(m data.Moment) data.Moment { return data.Moment{Day: m.Day} }

// spent tells at which desk how many working days went by, in order.
func spent(one *data.Dossier, calendar *workday.Calendar, today data.Day) string {
	desk, from := "", one.Received.Day
	var parts []string
	leave := func(day data.Day) {
		n := calendar.WorkingDays(from+1, day)
		if n > 0 || desk != "" {
			parts = append(parts, fmt.Sprintf("%s %d ngày", cmp.Or(desk, "Một cửa"), n))
		}
	}
	for i := range one.Events {
		if e := &one.Events[i]; e.Kind == data.HandOver && e.At.Known() {
			leave(e.At.Day)
			desk, from = e.New, e.At.Day
		}
	}
	if len(parts) == 0 && desk == "" { // never handed over here: where it lies is not known
		return fmt.Sprintf("%d ngày", calendar.WorkingDays(one.Received.Day+1, today))
	}
	leave(today)
	return strings.Join(parts, "; ")
}

// LetterBook writes the letter book of a year (sổ thư xin lỗi).
func LetterBook(ctx context.Context, d *desk.Desk, year int) ([]byte, error) {
	return drawSlips(ctx, d, func(s desk.Reading) ([]form.Job, error) { return letterJobs(ctx, s, year) })
}

func letterJobs(ctx context.Context, d desk.Reading, year int) ([]form.Job, error) {
	t, err := templateOf(d, form.LetterBook, d.Today())
	if err != nil {
		return nil, err
	}
	letters, err := d.Letters(year)
	if err != nil {
		return nil, err
	}
	rows := make([]form.Sent, len(letters))
	for i, l := range letters {
		if rows[i], err = sentOf(d, &l.Value, l.Value.Day, true); err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy in sổ.", ctx.Err())
		}
	}
	period, err := data.ParsePeriod(fmt.Sprint(year))
	if err != nil {
		return nil, err
	}
	foot, err := letterFoot(d, period)
	if err != nil {
		return nil, err
	}
	return []form.Job{{Template: t, Slip: form.Slip{Office: d.Office(), Today: d.Today(), Period: period, Rows: len(rows), ShowNames: true, Foot: foot,
		At: func(i int) form.Row { return rows[i] }}}}, nil
}
