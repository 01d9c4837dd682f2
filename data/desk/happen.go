package desk

import (
	"context"
	"errors"
	"fmt"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/text"
	"giaoban/data/workday"
)

// Bulk says what a change of several dossiers did.
type Bulk struct {
	Done    int
	Refused []Refusal // those that stayed as they were
}

// Refusal is a dossier that a change passed over, and why.
type Refusal struct {
	ID           uint64
	Code, Reason string

	err error
}

// errUnchanged marks a dossier that needs no change.
var errUnchanged = errors.New("unchanged")

// pace tells, every now and then, how much of a long work is done, and ends it with
// the words when it is cancelled. progress may be nil.
func pace(ctx context.Context, done, total int, progress func(done, total int64), words string) error {
	if done%256 != 0 {
		return nil
	}
	if ctx.Err() != nil {
		return data.Fail(data.Cancelled, words, ctx.Err())
	}
	if progress != nil {
		progress(int64(done), int64(total))
	}
	return nil
}

// each changes dossiers one by one in one transaction, so that they are undone
// together. Those that fn refuses with an *data.Error stay as they were; all
// refused is no change at all. title is completed by the code, or by how many
// they are. progress may be nil.
func (d *Desk) each(ctx context.Context, e *Entry, title string, ids []uint64, progress func(done, total int64), fn func(Tx, *data.Dossier) error) (Bulk, error) {
	var out Bulk
	err := d.change(ctx, e, func(tx Tx) error {
		code := ""
		for i, id := range ids {
			if err := pace(ctx, i, len(ids), progress, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước."); err != nil {
				return err
			}
			one, err := tx.Dossier(id)
			if err == nil {
				err = d.notOvertaken(ctx, tx, &one)
			}
			if err == nil {
				err = fn(tx, &one)
			}
			if err == nil {
				err = tx.PutDossier(&one)
			}
			switch {
			case err == nil:
				out.Done++
				code = one.Code
			case err == errUnchanged:
			case data.CodeOf(err) == data.Invalid || data.CodeOf(err) == data.Conflict || data.CodeOf(err) == data.NotFound:
				out.Refused = append(out.Refused, Refusal{id, one.Code, err.Error(), err})
			default:
				return err
			}
		}
		e.Title = fmt.Sprintf("%s: %s hồ sơ", title, data.FormatInt(int64(out.Done)))
		if out.Done == 1 {
			e.Title = title + ": " + code
		}
		return nil
	})
	if err != nil {
		return Bulk{}, err
	}
	return out, nil
}

// append checks an event against the state of a dossier and adds it.
func (d *Desk) append(one *data.Dossier, e data.Event) error {
	e = text.All(e)
	if !e.At.Known() {
		e.At = data.MomentOf(d.Now())
	}
	if err := one.MayHappen(e, d.Today()); err != nil {
		return err
	}
	if err := e.Complete(); err != nil {
		return err
	}
	switch {
	case e.Kind.Resumes() && !e.Due.Known():
		e.Due = d.DueAfter(one, e)
	case e.Kind == data.HandOver && e.Old == "":
		e.Old = one.On(data.MaxDay).Desk
	case e.Kind == data.Extend:
		if promised := one.On(data.MaxDay).Promised; e.Due.Known() && promised.Known() && e.Due.Day <= promised.Day {
			return &data.Error{Code: data.Invalid, Field: "due", Message: fmt.Sprintf("Hồ sơ %s: ngày hẹn lại %s phải sau ngày đã hẹn %s.", one.Code, e.Due.Day, promised.Day)}
		}
	}
	if e.Due.Known() && e.Due.Day < e.At.Day && !d.stays(one, e) {
		return &data.Error{Code: data.Invalid, Field: "due", Message: fmt.Sprintf("Hồ sơ %s: ngày hẹn mới %s ở trước ngày ghi việc %s.", one.Code, e.Due.Day, e.At.Day)}
	}
	if e.By == "" {
		e.By = d.Officer()
	}
	e.Recorded = d.Now().Unix()
	one.Events = append(one.Events, e)
	return one.Validate(d.Today())
}

// stays reports whether the due date of an event that lets the clock run again is
// the one that the dossier has, or the one that is counted: both may be over.
func (d *Desk) stays(one *data.Dossier, e data.Event) bool {
	return e.Kind.Resumes() && (e.Due.Day == one.On(data.MaxDay).Due.Day || e.Due.Day == d.DueAfter(one, e).Day)
}

// DueAfter returns the due date that a dossier gets when the clock runs again by
// the event: counted by its term and its mode; for a dossier without a term, the
// present date moved by the working days of the pause. The date of a dossier that
// was late before its clock stood does not move. Unknown when it had none.
func (d *Desk) DueAfter(one *data.Dossier, e data.Event) data.Moment {
	s := one.On(data.MaxDay)
	if !s.Due.Known() {
		return data.Moment{}
	}
	calendar := d.Calendar()
	after := *one
	after.Events = append(append([]data.Event(nil), one.Events...), e)
	if after.On(data.MaxDay).Missed {
		return s.Due
	}
	if one.Term.Known() {
		options := d.counting(one)
		before, err := workday.DueMoment(calendar, one.Received, one.Term, closedPauses(one), one.Mode, options)
		// A printed date that was not counted by the term keeps its own distance.
		if err == nil && before.Day == s.Due.Day {
			if due, err := workday.DueMoment(calendar, one.Received, one.Term, workday.Pauses(&after), one.Mode, options); err == nil {
				return due
			}
		}
	}
	if one.Mode == data.RunOn || !s.Since.Known() || s.Since.Day > s.Due.Day {
		return s.Due
	}
	day, ok := calendar.AddWorkingDays(calendar.OnOrAfter(s.Due.Day), max(calendar.WorkingDays(s.Since.Day+1, e.At.Day), 0))
	if !ok {
		return s.Due
	}
	return data.Moment{Day: day, Clock: s.Due.Clock}
}

// closedPauses are the pauses that are over.
func closedPauses(one *data.Dossier) []workday.Span {
	return data.Where(workday.Pauses(one), func(p workday.Span) bool { return !p.Open() })
}

// EventWarnings tell what an officer should know before an event is recorded:
// a second request for a supplement, a postponement that comes too late or for
// the second time, days off. They forbid nothing.
func (d *Desk) EventWarnings(one *data.Dossier, e data.Event) []Warning {
	s, calendar := one.On(data.MaxDay), d.Calendar()
	at := e.At
	if !at.Known() {
		at = data.MomentOf(d.Now())
	}
	var out []Warning
	warn := func(field, format string, args ...any) {
		out = append(out, Warning{Field: field, Text: fmt.Sprintf(format, args...)})
	}
	if closed(calendar, at.Day) {
		warn("at", "Ngày %s là ngày nghỉ%s.", at.Day, dayName(calendar, at.Day))
	}
	switch e.Kind {
	case data.AskSupplement:
		if s.Requests > 0 {
			warn("kind", "Hồ sơ này đã được yêu cầu bổ sung %d lần. Quy định chỉ yêu cầu một lần; từ lần thứ hai bị tính lỗi của cơ quan (%s).", s.Requests, d.Bases().On(basis.Supplement, one.Received.Day))
		}
		if s.Missed || data.Judge(at, s.Due, one.Term) == data.Late {
			warn("at", "Yêu cầu bổ sung sau ngày hẹn trả %s: hồ sơ đã quá hạn, ngày hẹn không lùi nữa.", s.Due.Day)
		}
	case data.Supplement, data.Pay, data.Resume:
		if s.Missed && e.Due.Known() && e.Due.Day != s.Due.Day {
			warn("due", "Hồ sơ đã quá ngày hẹn %s trước khi chờ: ngày %s chỉ là ngày hẹn lại, hồ sơ vẫn tính quá hạn.", s.Due.Day, e.Due.Day)
		}
	case data.Extend:
		if most := d.Rules().Postponements; most > 0 && s.Postponed >= most {
			warn("kind", "Hồ sơ này đã hẹn lại %d lần. Theo quy tắc đang đặt chỉ hẹn lại %d lần (%s).", s.Postponed, most, d.Bases().On(basis.Postpone, one.Received.Day))
		}
		if s.Due.Known() && at.Day >= s.Due.Day {
			warn("at", "Thư xin lỗi phải gửi trước ngày hẹn trả %s ít nhất một ngày (%s).", s.Due.Day, d.Bases().On(basis.Postpone, one.Received.Day))
		}
	case data.Finish:
		if s.Due.Known() && data.Judge(at, d.latestDue(one, s.Due), one.Term) == data.Late && s.Apologies == 0 {
			warn("at", "Kết quả trễ %d ngày làm việc so với ngày hẹn %s và chưa có thư xin lỗi.", calendar.WorkingDays(s.Due.Day+1, at.Day), s.Due.Day)
		}
	}
	if e.Due.Known() && closed(calendar, e.Due.Day) {
		warn("due", "Ngày hẹn %s là ngày nghỉ%s.", e.Due.Day, dayName(calendar, e.Due.Day))
	}
	return out
}

// dayName names a special day after a sentence, "" for a plain one.
func dayName(c *workday.Calendar, day data.Day) string {
	if s, ok := c.Special(day); ok && s.Name != "" {
		return " (" + s.Name + ")"
	}
	return ""
}
