package desk

import (
	"context"
	"fmt"

	"giaoban/data"
	"giaoban/data/register"
)

// LateWithoutLetter returns the dossiers that were finished late in a period and
// got no letter of apology, by the day on which they ended. Their group is
// AlarmOverdue; Days are the working days by which they were late.
func (d *Desk) LateWithoutLetter(ctx context.Context, p data.Period) ([]Alarm, error) {
	calendar, c := d.Calendar(), d.Catalogue()
	list := d.List(Query{Outcomes: []data.Outcome{data.Late}, Ended: &register.DaySpan{From: p.From, To: p.To}, Letter: register.No, Today: d.Today(), Sort: register.SortEnded})
	var out []Alarm
	err := d.Dossiers(list.IDs, func(one *data.Dossier) error {
		if len(out)%1024 == 0 && ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy.", ctx.Err())
		}
		s := one.On(data.MaxDay)
		a := Alarm{ID: one.ID, Code: one.Code, Owner: one.Owner.Name, Procedure: c.ProcedureOf(one), Unit: one.Unit, UnitName: c.Unit(one.Unit).Name, Desk: s.Desk,
			Received: one.Received, Due: s.Due, Promised: s.Promised, Group: AlarmOverdue, Ended: s.Ended, Days: calendar.WorkingDays(s.Due.Day+1, s.Ended.Day)}
		a.Why = fmt.Sprintf("Xong %s, hẹn %s", s.Ended.Day, s.Due.Day)
		if a.Days > 0 {
			a.Why = fmt.Sprintf("Xong %s, trễ %s ngày làm việc, hẹn %s", s.Ended.Day, data.FormatInt(int64(a.Days)), s.Due.Day)
		}
		out = append(out, a)
		return nil
	})
	return out, err
}
