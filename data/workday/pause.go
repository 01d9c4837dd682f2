package workday

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/data"
)

// Span is one stretch in which the office waited for a supplement, a payment or
// another agency: From is when it was asked for, To when it came. To is unknown
// while the office still waits.
type Span struct {
	From, To data.Moment
}

// Open reports whether the office still waits.
func (s Span) Open() bool { return !s.To.Known() }

// Pauses returns the stretches in which the clock of a dossier stood, as its
// events tell. A second request during a pause does not begin a new one; an
// event without a date counts as of the day of receipt. What was asked for after
// the due date takes no day out: the dossier was late already.
func Pauses(d *data.Dossier) []Span {
	var out []Span
	open := false
	for i := range d.Events {
		e := &d.Events[i]
		at := e.At
		if !at.Known() {
			at = data.Moment{Day: d.Received.Day}
		}
		switch e.Kind {
		case data.AskSupplement, data.AskPayment, data.Suspend:
			if !open && !d.MissedBefore(i) {
				out, open = append(out, Span{From: at}), true
			}
		case data.Supplement, data.Pay, data.Resume, data.Finish, data.Return, data.Withdraw, data.Stop, data.Refuse, data.Cancel:
			if open {
				out[len(out)-1].To, open = at, false
			}
		}
	}
	return out
}

// order checks pauses and returns them by date. Pauses may touch, not overlap;
// only the last may be open. asOf, where known, closes the open one.
func order(received data.Moment, pauses []Span, asOf data.Day) (sorted []Span, open bool, err error) {
	if len(pauses) == 0 {
		return nil, false, nil
	}
	bad := func(format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: "pause", Message: fmt.Sprintf(format, args...)}
	}
	sorted = append([]Span(nil), pauses...)
	slices.SortStableFunc(sorted, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.From.Day, b.From.Day), cmp.Compare(a.From.Clock, b.From.Clock), cmp.Compare(end(a), end(b)))
	})
	for i := range sorted {
		p := &sorted[i]
		switch {
		case !p.From.Known():
			return nil, false, bad("Một lần chờ bổ sung chưa có ngày yêu cầu. Nhập ngày yêu cầu bổ sung.")
		case p.From.Before(received):
			return nil, false, bad("Ngày yêu cầu bổ sung %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày.", p.From, received)
		case p.Open() && i < len(sorted)-1:
			return nil, false, bad("Lần chờ bổ sung từ %s chưa kết thúc mà đã có lần khác từ %s. Nhập ngày bổ sung của lần trước.", p.From, sorted[i+1].From)
		case !p.Open() && p.To.Before(p.From):
			return nil, false, bad("Ngày bổ sung %s ở trước ngày yêu cầu %s. Sửa một trong hai ngày.", p.To, p.From)
		case i > 0 && p.From.Before(sorted[i-1].To):
			return nil, false, bad("Hai lần chờ bổ sung chồng nhau: đến %s và từ %s. Sửa một trong hai lần.", sorted[i-1].To, p.From)
		}
		if p.Open() {
			open = true
			switch {
			case asOf.Known() && asOf >= p.From.Day:
				p.To = data.Moment{Day: asOf}
			default:
				p.To = data.Moment{Day: data.MaxDay}
			}
		}
	}
	return sorted, open, nil
}

// end orders pauses that begin together.
func end(s Span) int64 {
	if s.Open() {
		return 1 << 62
	}
	return int64(s.To.Day)<<16 | int64(s.To.Clock)
}
