package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
)

// Amend corrects facts of a receipt: edit changes them on a copy, and each fact
// that differs afterwards is kept as a Correct event with its old and new value
// and the reason. The code must stay unique and the facts must agree with each
// other. A change of the due date moves the date that counts now; events are not
// edit's to change. Without a difference nothing is written.
func (d *Desk) Amend(ctx context.Context, id uint64, why string, edit func(*data.Dossier)) error {
	bulk, err := d.AmendAll(ctx, []uint64{id}, why, edit, nil)
	if err == nil && len(bulk.Refused) > 0 {
		return bulk.Refused[0].err
	}
	return err
}

// AmendAll corrects several dossiers in one change, such as their unit. Those
// that cannot be corrected are refused and stay as they were.
func (d *Desk) AmendAll(ctx context.Context, ids []uint64, why string, edit func(*data.Dossier), progress func(done, total int64)) (Bulk, error) {
	if strings.TrimSpace(why) == "" {
		return Bulk{}, &data.Error{Code: data.Invalid, Field: "why", Message: "Đính chính cần một lý do. Nhập lý do."}
	}
	entry := &Entry{Why: why}
	return d.each(ctx, entry, "Đính chính", ids, progress, func(tx Tx, one *data.Dossier) error {
		before := *one
		if err := d.amend(one, why, edit); err != nil {
			return err
		}
		if one.Seq == before.Seq && one.Book == before.Book && one.Code == before.Code {
			return nil
		}
		if one.Seq != 0 {
			if err := d.takeSeq(tx, one); err != nil {
				return err
			}
		}
		return d.keepNumbers(tx, one)
	})
}

// amend lets edit correct a dossier and keeps what differs as Correct events.
func (d *Desk) amend(one *data.Dossier, why string, edit func(*data.Dossier)) error {
	before := *one
	before.Events, before.Parts = slices.Clone(one.Events), slices.Clone(one.Parts)
	// edit sees the date that counts now, which an event may have moved.
	counts := one.On(data.MaxDay).Due
	one.Due = counts
	edit(one)
	cleanChanged(&before, one)
	due := one.Due
	one.ID, one.Events, one.Due = before.ID, slices.Clone(before.Events), before.Due
	if due != counts {
		moveDue(one, due)
	}
	events := d.corrections(&before, one, why, data.MomentOf(d.Now()))
	if len(events) == 0 {
		return errUnchanged
	}
	if one.Procedure != before.Procedure || one.Title != before.Title || one.Content != before.Content {
		if err := d.refuseMatter(one); err != nil {
			return err
		}
	}
	one.Events = append(one.Events, events...)
	return one.Validate(d.Today())
}

// amendDate corrects the day of the end or of the hand-over of a dossier.
func (d *Desk) amendDate(one *data.Dossier, field string, at data.Moment, why string) error {
	s := one.On(data.MaxDay)
	old := s.Ended
	if field == data.FieldReturned {
		old = s.Returned
	}
	switch {
	case !old.Known() && !s.Closed:
		return data.Fail(data.Conflict, fmt.Sprintf("Hồ sơ %s chưa kết thúc nên chưa có ngày này để sửa.", one.Code), nil)
	case at.Day > d.Today():
		return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở sau hôm nay. Sửa ngày.", at.Day)}
	case at.Day < one.Received.Day:
		return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày %s ở trước ngày tiếp nhận %s. Sửa ngày.", at.Day, one.Received.Day)}
	case field == data.FieldReturned && s.Ended.Known() && at.Day < s.Ended.Day:
		return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày trả %s ở trước ngày có kết quả %s. Sửa ngày.", at.Day, s.Ended.Day)}
	case field == data.FieldEnded && s.Returned.Known() && at.Day > s.Returned.Day:
		return &data.Error{Code: data.Invalid, Field: "at", Message: fmt.Sprintf("Ngày có kết quả %s ở sau ngày trả %s. Sửa ngày.", at.Day, s.Returned.Day)}
	case at == old:
		return errUnchanged
	}
	one.Flags &^= data.EndUnknown
	one.Events = append(one.Events, data.Event{Kind: data.Correct, At: data.MomentOf(d.Now()), Field: field, Old: isoMoment(old), New: isoMoment(at), Text: why,
		By: d.Officer(), Recorded: d.Now().Unix()})
	return nil
}

// isoMoment writes a moment as Correct events of dates keep it.
func isoMoment(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	if !m.Clock.Known() {
		return m.Day.ISO()
	}
	return m.Day.ISO() + " " + m.Clock.String()
}

// Mend corrects facts of a receipt as Amend does and, in the same change, the
// days of its end (data.FieldEnded) and of its hand-over (data.FieldReturned)
// where dates names them. Without a difference nothing is written.
func (d *Desk) Mend(ctx context.Context, id uint64, why string, edit func(*data.Dossier), dates map[string]data.Moment) error {
	if strings.TrimSpace(why) == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Đính chính cần một lý do. Nhập lý do."}
	}
	bulk, err := d.each(ctx, &Entry{Why: why}, "Đính chính", []uint64{id}, nil, func(_ Tx, one *data.Dossier) error {
		same := true
		note := func(err error) error {
			if err == nil {
				same = false
			}
			if err == errUnchanged {
				return nil
			}
			return err
		}
		if err := note(d.amend(one, why, edit)); err != nil {
			return err
		}
		for _, field := range inOrderOfMending(one, dates) {
			if err := note(d.amendDate(one, field, dates[field], why)); err != nil {
				if e, ok := err.(*data.Error); ok && e.Field == "at" {
					e.Field = field
				}
				return err
			}
		}
		if same {
			return errUnchanged
		}
		return nil
	})
	if err == nil && len(bulk.Refused) > 0 {
		return bulk.Refused[0].err
	}
	return err
}

// inOrderOfMending lets both days move together without passing each other: to
// the future the hand-over goes first, else the end.
func inOrderOfMending(one *data.Dossier, dates map[string]data.Moment) []string {
	order := []string{data.FieldEnded, data.FieldReturned}
	if s := one.On(data.MaxDay); s.Returned.Known() && dates[data.FieldEnded].Day > s.Returned.Day {
		order = []string{data.FieldReturned, data.FieldEnded}
	}
	return data.Where(order, func(field string) bool { return dates[field].Known() })
}

// Happen records an event of dossiers and, in the same change, the facts of the
// receipt that come true with it, such as the flag of an electronic result; edit,
// which may be nil, must leave the events alone. Where the event lets the clock run
// again and names no due date, the new one is counted by the mode of the dossier.
// Dossiers whose state does not allow the event are refused and stay as they were;
// a single one gives its refusal as the error. progress may be nil.
func (d *Desk) Happen(ctx context.Context, ids []uint64, why string, progress func(done, total int64), edit func(*data.Dossier), e data.Event) (Bulk, error) {
	bulk, err := d.each(ctx, &Entry{Why: why}, e.Kind.String(), ids, progress, func(_ Tx, one *data.Dossier) error {
		if err := d.append(one, e); err != nil {
			return err
		}
		if edit == nil {
			return nil
		}
		edit(one)
		return one.Validate(d.Today())
	})
	if err == nil && len(ids) == 1 && len(bulk.Refused) == 1 {
		return Bulk{}, bulk.Refused[0].err
	}
	return bulk, err
}
