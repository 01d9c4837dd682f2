package inspect

import (
	"fmt"
	"time"

	"giaoban/data"
)

func monthOf(m int) time.Month { return time.Month(m) }

// dateKinds look at the days of receipt, end and hand-over.
var dateKinds = checks{
	"end-missing": {
		trips: func(l *look) bool {
			return l.closed() && l.out != data.WithdrawnOut && (!l.s.Ended.Known() || l.d.Flags&data.EndUnknown != 0)
		},
		says: func(l *look) string {
			if l.s.Ended.Known() {
				return fmt.Sprintf("%s, ngày kết quả %s là suy ra", l.s.Status, l.s.Ended.Day)
			}
			return l.s.Status.String() + ", không có ngày kết quả"
		},
	},
	"end-before-receipt": {
		trips: func(l *look) bool { return l.counted() && l.s.Ended.Known() && l.s.Ended.Day < l.d.Received.Day },
		says:  func(l *look) string { return fmt.Sprintf("Nhận %s, xong %s", l.d.Received.Day, l.s.Ended.Day) },
	},
	"returned-before-end": {
		trips: func(l *look) bool {
			return l.s.Returned.Known() && l.s.Ended.Known() && l.s.Returned.Day < l.s.Ended.Day
		},
		says: func(l *look) string {
			return fmt.Sprintf("Có kết quả %s, trả %s", l.s.Ended.Day, l.s.Returned.Day)
		},
	},
	"received-future": {
		trips: func(l *look) bool { return l.d.Received.Day > l.o.Today },
		says:  func(l *look) string { return "Nhận " + l.d.Received.Day.String() },
	},
	"ended-future": {
		trips: func(l *look) bool { return l.s.Ended.Day > l.o.Today || l.s.Returned.Day > l.o.Today },
		says: func(l *look) string {
			if l.s.Ended.Day > l.o.Today {
				return "Xong " + l.s.Ended.Day.String()
			}
			return "Trả " + l.s.Returned.Day.String()
		},
	},
	"received-day-off": {
		trips: func(l *look) bool {
			return l.atCounter() && l.dayOfRest(l.d.Received.Day)
		},
		says: func(l *look) string { return "Nhận " + l.d.Received.Day.String() + ", " + l.dayOff(l.d.Received.Day) },
	},
	"received-out-of-hours": {
		trips: func(l *look) bool {
			c := l.d.Received.Clock
			return l.atCounter() && c.Known() && !l.hours().Spans(c)
		},
		says: func(l *look) string {
			return fmt.Sprintf("Nhận lúc %s, giờ làm việc %s", l.d.Received.Clock, l.hours())
		},
	},
	"dates-doubtful": {
		trips: func(l *look) bool { return l.d.Flags&data.DoubtDates != 0 },
		says:  func(l *look) string { return fmt.Sprintf("Nhận %s, hẹn %s", l.d.Received.Day, dayOr(l.s.Due.Day)) },
	},
}

// dueKinds look at the due date.
var dueKinds = checks{
	"due-missing": {
		trips: func(l *look) bool { return l.counted() && !l.s.Due.Known() && l.out != data.WithdrawnOut },
		says: func(l *look) string {
			if due, ok := l.byTerm(); ok {
				return fmt.Sprintf("Không có ngày hẹn trả; theo thời hạn %s là %s", l.d.Term, due.Day)
			}
			return "Không có ngày hẹn trả"
		},
		facts: func(*look) string { return "" },
		mend: func(l *look, d *data.Dossier) {
			if due, ok := l.byTerm(); ok {
				d.Due = due
			}
		},
	},
	"due-before-receipt": {
		trips: func(l *look) bool { return l.counted() && l.s.Due.Known() && l.s.Due.Day < l.d.Received.Day },
		says:  func(l *look) string { return fmt.Sprintf("Nhận %s, hẹn %s", l.d.Received.Day, l.s.Due.Day) },
		mend:  mendDue,
	},
	"due-day-off": {
		trips: func(l *look) bool {
			return l.counted() && l.s.Due.Known() && l.dayOfRest(l.s.Due.Day)
		},
		says: func(l *look) string { return "Hẹn " + l.s.Due.Day.String() + ", " + l.dayOff(l.s.Due.Day) },
	},
	"due-differs": {
		trips: func(l *look) bool {
			if !l.counted() || !l.s.Due.Known() || l.s.Due.Day < l.d.Received.Day {
				return false
			}
			due, ok := l.byTerm()
			return ok && due.Day != l.s.Due.Day && l.declared(due.Day) && !l.mayBeDue(l.s.Due.Day)
		},
		says: func(l *look) string {
			due, _ := l.byTerm()
			return fmt.Sprintf("Hẹn %s, tính ra %s (%s)", l.s.Due.Day, due.Day, l.d.Term)
		},
		mend: mendDue,
	},
}

// mendDue sets the due date that the term gives.
func mendDue(l *look, d *data.Dossier) {
	if due, ok := l.byTerm(); ok {
		d.Due = due
	}
}

func dayOr(d data.Day) string {
	if !d.Known() {
		return "chưa có"
	}
	return d.String()
}

// dayOff says why the office does not work on a day.
func (l *look) dayOff(day data.Day) string {
	if s, ok := l.o.Calendar.Special(day); ok && s.Name != "" {
		return s.Name
	}
	if day.Weekday() == time.Sunday {
		return "Chủ nhật"
	}
	return "thứ Bảy"
}
