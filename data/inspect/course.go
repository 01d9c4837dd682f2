package inspect

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/basis"
)

// staleDays is the age in days from which an open dossier is surely forgotten.
const staleDays = 365

// courseKinds look at what happened to a dossier.
var courseKinds = checks{
	"paid-waiting": {
		trips: func(l *look) bool {
			return l.open() && l.s.Status == data.AwaitPayment && (l.d.Paid != 0 || l.d.Flags&data.PaidOnline != 0)
		},
		says: func(l *look) string {
			return "Chờ nộp phí từ " + l.waitingSince().String() + ", đã nộp " + l.paidHow()
		},
	},
	"supplement-twice": {
		trips: func(l *look) bool { return l.counted() && l.s.Requests > 1 },
		says:  func(l *look) string { return fmt.Sprintf("Yêu cầu bổ sung %d lần", l.s.Requests) },
	},
	"paused-long": {
		trips: func(l *look) bool {
			return l.open() && l.s.Paused && l.o.WaitingDays > 0 && int(l.o.Today-l.waitingSince()) > l.o.WaitingDays
		},
		says: func(l *look) string {
			return fmt.Sprintf("%s từ %s, %s ngày", l.s.Status, l.waitingSince(), data.FormatInt(int64(l.o.Today-l.waitingSince())))
		},
		facts: func(l *look) string { return fmt.Sprint(l.s.Status, l.waitingSince()) },
	},
	"postponed-twice": {
		trips: func(l *look) bool {
			return l.counted() && l.o.Postponements > 0 && l.s.Postponed > l.o.Postponements
		},
		says: func(l *look) string {
			return fmt.Sprintf("Hẹn lại %d lần, lần cuối hẹn %s (%s)", l.s.Postponed, l.s.Promised.Day, l.basis(basis.Postpone))
		},
		facts: func(l *look) string {
			return fmt.Sprintf("Hẹn lại %d lần, lần cuối hẹn %s", l.s.Postponed, l.s.Promised.Day)
		},
	},
	"apology-late": {
		trips: func(l *look) bool { return l.counted() && l.lateExtension() >= 0 },
		says:  func(l *look) string { return l.lateApology() + " (" + l.basis(basis.Postpone) + ")" },
		facts: func(l *look) string { return l.lateApology() },
	},
	"overdue-no-letter": {
		trips: func(l *look) bool { return l.out == data.Overdue && l.s.Apologies == 0 },
		says:  func(l *look) string { return "Hẹn " + l.s.Due.Day.String() + ", chưa xong, chưa có thư" },
	},
	"stale-open": {
		trips: func(l *look) bool { return l.open() && l.d.Received.Day+staleDays < l.o.Today },
		says:  func(l *look) string { return "Nhận " + l.d.Received.Day.String() + ", " + l.s.Status.String() },
	},
	"state-unsure": {
		trips: func(l *look) bool { return l.d.Flags&data.StatusUnsure != 0 && !l.s.Cancelled },
		says:  func(l *look) string { return "Suy ra: " + l.s.Status.String() },
	},
	"late-no-cause": {
		trips: func(l *look) bool { return l.out == data.Late && l.d.Cause == 0 },
		says:  func(l *look) string { return fmt.Sprintf("Hẹn %s, xong %s", l.s.Due.Day, l.s.Ended.Day) },
	},
	"result-no-number": {
		trips: func(l *look) bool { return l.closed() && l.d.Flags&data.EResult != 0 && l.resultTyped() },
		says:  func(l *look) string { return "Xong " + dayOr(l.s.Ended.Day) + ", không có số kết quả" },
	},
	"digitised-parts": {
		trips: func(l *look) bool {
			return len(l.d.Parts) > 0 && l.counted() && l.digital() != (l.d.Flags&data.Digitised != 0)
		},
		says: func(l *look) string {
			if l.digital() {
				return "Có giấy tờ đã số hóa, hồ sơ chưa đánh dấu"
			}
			return "Hồ sơ đánh dấu đã số hóa, không có giấy tờ nào được số hóa"
		},
		mend: func(l *look, d *data.Dossier) { d.Flags ^= data.Digitised },
	},
}

// waitingSince is the day since when the clock stands; a day that the source did
// not tell counts as the day of receipt.
func (l *look) waitingSince() data.Day { return max(l.s.Since.Day, l.d.Received.Day) }

func (l *look) paidHow() string {
	if l.d.Paid != 0 {
		return map[data.PayWay]string{data.PayCash: "tiền mặt", data.PayTransfer: "chuyển khoản", data.PayOnline: "trực tuyến"}[l.d.Paid]
	}
	return "trực tuyến"
}

// lateExtension returns the first postponement that was told on the due date or
// later, -1 for none.
func (l *look) lateExtension() int {
	for i := range l.d.Events {
		if e := &l.d.Events[i]; e.Kind == data.Extend && e.At.Known() {
			if due := l.d.On(e.At.Day).Due; due.Known() && e.At.Day >= due.Day {
				return i
			}
		}
	}
	return -1
}

// lateApology tells the first letter that came too late.
func (l *look) lateApology() string {
	i := l.lateExtension()
	return fmt.Sprintf("Hẹn trả %s, gửi thư ngày %s", l.d.On(l.d.Events[i].At.Day).Due.Day, l.d.Events[i].At.Day)
}

// basis names what a rule rests on for this dossier.
func (l *look) basis(id basis.ID) string { return l.o.Bases.On(id, l.d.Received.Day) }

// resultTyped reports whether the result was entered here, event by event, and
// without a number. Exports of other systems do not carry the number, so that
// nothing is said about imported results.
func (l *look) resultTyped() bool {
	for i := range l.d.Events {
		if e := &l.d.Events[i]; e.Kind == data.Finish {
			return e.Ref == "" && (e.Recorded != 0 || l.d.Origin.Import == 0)
		}
	}
	return false
}

// digital reports whether any of the parts is electronic.
func (l *look) digital() bool {
	return slices.ContainsFunc(l.d.Parts, func(p data.Part) bool { return p.Digital != data.NotDigitised })
}
