package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"giaoban/data"
)

// Seen returns how far the journal goes: what a form that is opened now was filled
// from. It is asked before the dossier is read; see Upon.
func (d *Desk) Seen() uint64 {
	return seen(d, func(v View) (uint64, error) {
		h, err := v.Head()
		return h.Seq, err
	})
}

type uponKey struct{}

// Upon makes changes of dossiers rest on what stood after an entry of the journal: a
// dossier that something changed since is refused with data.Conflict, which wraps
// *Overtaken, and stays as it is. This is looked at within the change itself.
func Upon(ctx context.Context, seq uint64) context.Context {
	return context.WithValue(ctx, uponKey{}, seq)
}

// Overtaken tells what somebody did with a dossier after a form was opened on it.
type Overtaken struct {
	Code string // of the dossier
	Who  string // the desk, or the officer where there is only one desk
	When string // hour and minute, with the day where it is not today
	// Lines are the facts as they were when the form was opened, and as they are.
	Lines []Difference
}

// Error implements error.
func (o *Overtaken) Error() string {
	var what []string
	for _, l := range o.Lines {
		switch {
		case l.Old == "":
			what = append(what, l.Label+" «"+l.New+"»")
		case l.New == "":
			what = append(what, l.Label+": bỏ «"+l.Old+"»")
		default:
			what = append(what, l.Label+" «"+l.Old+"» thành «"+l.New+"»")
		}
	}
	text := fmt.Sprintf("Hồ sơ %s đã sửa bởi %s lúc %s", o.Code, o.Who, o.When)
	if len(what) > 0 {
		text += ": " + strings.Join(what, "; ")
	}
	return text + ". Chưa ghi gì; phần vừa nhập vẫn còn. Xem lại rồi lưu lần nữa."
}

// notOvertaken refuses a dossier that was changed after what ctx rests on.
func (d *Desk) notOvertaken(ctx context.Context, v View, one *data.Dossier) error {
	seq, ok := ctx.Value(uponKey{}).(uint64)
	if !ok {
		return nil
	}
	list, err := v.Since(one.ID, seq)
	if err != nil || len(list) == 0 {
		return err
	}
	last := list[len(list)-1].Entry
	o := &Overtaken{Code: one.Code, Who: "một chương trình khác"}
	for _, who := range []string{last.By, last.Desk} {
		if who != "" {
			o.Who = who
		}
	}
	at := time.Unix(last.At, 0).In(d.Now().Location())
	o.When = at.Format("15:04")
	if data.DayOf(at) != d.Today() {
		o.When = at.Format("15:04 ngày 02/01/2006")
	}
	if before := list[0].Before; before != nil {
		o.Lines = append(d.Catalogue().Differences(before, one), eventLines(before.Events, one.Events)...)
	}
	return data.Fail(data.Conflict, o.Error(), o)
}
