package desk

import (
	"context"
	"strings"

	"giaoban/data"
)

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
	var out []string
	for _, field := range order {
		if dates[field].Known() {
			out = append(out, field)
		}
	}
	return out
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
