package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/register"
)

// Apology is what a batch of letters of apology has in common.
type Apology struct {
	Day      data.Day    // of the letters
	Promised data.Moment // the date promised anew, for all; unknown for none
	// PromisedOf gives each dossier a date of its own where it is not nil.
	PromisedOf func(*data.Dossier) data.Moment
	Reason     string
	Cause      uint32
	Signer     string
}

// Apologise writes letters of apology for dossiers: each is numbered in the
// letter book of its year and recorded on the dossier, as a postponement where
// the dossier is still in time, all in one change. It returns the ids of the
// letters in the order of the dossiers that got one.
func (d *Desk) Apologise(ctx context.Context, ids []uint64, a Apology, progress func(done, total int64)) (letters []uint64, bulk Bulk, err error) {
	if a.Day > d.Today() {
		return nil, Bulk{}, &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", a.Day)}
	}
	next := 0
	bulk, err = d.each(ctx, &Entry{Why: a.Reason}, "Thư xin lỗi", ids, progress, func(tx Tx, one *data.Dossier) error {
		if next == 0 {
			n, err := lastLetter(tx, a.Day.Year())
			if err != nil {
				return err
			}
			next = n + 1
		}
		promised := a.Promised
		if a.PromisedOf != nil {
			promised = a.PromisedOf(one)
		}
		number := Pattern(d.Rules().LetterPattern).Write(d.Office().Code, a.Day, next)
		e := data.Event{Kind: data.Apologise, At: data.Moment{Day: a.Day}, Due: promised, Ref: number, Text: a.Reason, Signer: a.Signer, Doc: a.Day}
		s := one.On(data.MaxDay)
		if s.May(data.Extend) && promised.Known() && (!s.Due.Known() || a.Day <= s.Due.Day) {
			e.Kind = data.Extend
		}
		if err := d.append(one, e); err != nil {
			return err
		}
		if a.Cause != 0 {
			one.Cause = a.Cause
		}
		id := uint64(0)
		letter := data.Letter{Dossier: one.ID, Year: a.Day.Year(), Number: next, Day: a.Day, Promised: promised, Reason: a.Reason, Cause: a.Cause, Signer: a.Signer}
		if err := tx.PutRecord(KindLetter, &id, letter); err != nil {
			return err
		}
		name := letterKey(a.Day.Year())
		if err := keep(tx, name, next); err != nil {
			return err
		}
		if err := d.give(tx, name, next, one); err != nil {
			return err
		}
		next++
		letters = append(letters, id)
		return nil
	})
	if err == nil && len(ids) == 1 && len(bulk.Refused) == 1 {
		err = bulk.Refused[0].err
	}
	if err != nil {
		return nil, Bulk{}, err
	}
	return letters, bulk, nil
}

// lastLetter returns the highest number that was ever given in the letter book of
// a year.
func lastLetter(v View, year int) (int, error) {
	list, err := Records[data.Letter](v, KindLetter)
	last, _ := strconv.Atoi(string(v.Setting(letterKey(year))))
	for _, l := range list {
		if l.Value.Year == year {
			last = max(last, l.Value.Number)
		}
	}
	return last, err
}

// Letters returns the letter book of a year by number; of all years for 0.
func (d reading) Letters(year int) ([]Stored[data.Letter], error) {
	list, err := Records[data.Letter](d, KindLetter)
	list = slices.DeleteFunc(list, func(l Stored[data.Letter]) bool { return year != 0 && l.Value.Year != year })
	slices.SortStableFunc(list, func(a, b Stored[data.Letter]) int {
		return cmp.Or(cmp.Compare(a.Value.Year, b.Value.Year), cmp.Compare(a.Value.Number, b.Value.Number))
	})
	return list, err
}

// Booked tells which dossiers have a letter up to a day in the letter book of this
// office that was not taken back. A dossier may have a letter without: its source
// said so. Those count as dossiers with a letter everywhere, and who counts them
// beside the book names them apart.
func (d reading) Booked(until data.Day) (map[uint64]bool, error) {
	list, err := d.Letters(0)
	ours := map[uint64]bool{}
	for _, l := range list {
		if !l.Value.Void && l.Value.Day <= until {
			ours[l.Value.Dossier] = true
		}
	}
	return ours, err
}

// LetterNumber writes the number of a letter as it stands on paper.
func (d reading) LetterNumber(l *data.Letter) string {
	return Pattern(d.Rules().LetterPattern).Write(d.Office().Code, l.Day, l.Number)
}

// DeliverLetters notes how and when letters reached the citizens.
func (d *Desk) DeliverLetters(ctx context.Context, ids []uint64, day data.Day, how string) error {
	if day > d.Today() {
		return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", day)}
	}
	return d.editLetters(ctx, Work{Title: fmt.Sprintf("Đã gửi %d thư xin lỗi", len(ids))}, ids, func(_ Tx, l *data.Letter) error {
		if day < l.Day {
			return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày gửi %s ở trước ngày của thư %s.", day, l.Day)}
		}
		l.Delivered, l.How = day, how
		return nil
	})
}

// VoidLetters marks letters as written by mistake, with a reason. Their numbers
// stay taken; their dossiers count them no longer.
func (d *Desk) VoidLetters(ctx context.Context, ids []uint64, why string) error {
	if strings.TrimSpace(why) == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Hủy thư cần một lý do. Nhập lý do."}
	}
	return d.editLetters(ctx, Work{Title: fmt.Sprintf("Hủy %d thư xin lỗi", len(ids)), Why: why}, ids, func(tx Tx, l *data.Letter) error {
		if l.Void {
			return data.Fail(data.Conflict, fmt.Sprintf("Thư %s đã hủy từ trước.", d.LetterNumber(l)), nil)
		}
		l.Void = true
		one, err := tx.Dossier(l.Dossier)
		if err != nil {
			return err
		}
		one.Events = append(one.Events, data.Event{Kind: data.Correct, At: data.MomentOf(d.Now()), Field: data.FieldLetter, Old: d.LetterNumber(l), Text: why,
			By: d.Officer(), Recorded: d.Now().Unix()})
		return tx.PutDossier(&one)
	})
}

func (d *Desk) editLetters(ctx context.Context, w Work, ids []uint64, edit func(Tx, *data.Letter) error) error {
	return d.Change(ctx, w, func(tx Tx) error {
		for _, id := range ids {
			l, ok, err := RecordOf[data.Letter](tx, KindLetter, id)
			if err != nil {
				return err
			}
			if !ok {
				return data.Fail(data.NotFound, "Thư này không còn trong sổ thư.", nil)
			}
			if err := edit(tx, &l); err != nil {
				return err
			}
			if err := tx.PutRecord(KindLetter, &id, l); err != nil {
				return err
			}
		}
		return nil
	})
}

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
