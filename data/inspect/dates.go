package inspect

import (
	"fmt"
	"time"

	"giaoban/data"
)

func monthOf(m int) time.Month { return time.Month(m) }

// dateKinds look at the days of receipt, end and hand-over.
var dateKinds = []Kind{
	{
		ID: "end-missing", Severity: Serious, bends: true,
		Name:   "Đã xong, thiếu ngày kết quả",
		Why:    "Không có ngày kết quả thì không so được với ngày hẹn trả.",
		Effect: "Được tính là đúng hạn, làm tỷ lệ đúng hạn cao hơn thật.",
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
	{
		ID: "end-before-receipt", Severity: Serious, bends: true,
		Name:   "Xong trước ngày nhận",
		Why:    "Hồ sơ không thể có kết quả trước khi được nhận; một trong hai ngày sai.",
		Effect: "Làm sai số đã giải quyết và tỷ lệ trước hạn của kỳ.",
		trips:  func(l *look) bool { return l.counted() && l.s.Ended.Known() && l.s.Ended.Day < l.d.Received.Day },
		says:   func(l *look) string { return fmt.Sprintf("Nhận %s, xong %s", l.d.Received.Day, l.s.Ended.Day) },
	},
	{
		ID: "returned-before-end", Severity: Doubt,
		Name: "Trả kết quả trước ngày có kết quả",
		Why:  "Ngày trả phải từ ngày có kết quả trở đi; một trong hai ngày sai.",
		trips: func(l *look) bool {
			return l.s.Returned.Known() && l.s.Ended.Known() && l.s.Returned.Day < l.s.Ended.Day
		},
		says: func(l *look) string {
			return fmt.Sprintf("Có kết quả %s, trả %s", l.s.Ended.Day, l.s.Returned.Day)
		},
	},
	{
		ID: "received-future", Severity: Serious,
		Name:   "Ngày nhận ở sau hôm nay",
		Why:    "Ngày nhận chưa tới; thường là nhầm năm, hoặc đồng hồ máy tính sai.",
		Effect: "Chưa được tính vào số tiếp nhận của kỳ nào.",
		trips:  func(l *look) bool { return l.d.Received.Day > l.o.Today },
		says:   func(l *look) string { return "Nhận " + l.d.Received.Day.String() },
	},
	{
		ID: "ended-future", Severity: Serious,
		Name:   "Ngày xong, ngày trả sau hôm nay",
		Why:    "Việc đã ghi mà ngày chưa tới; thường là nhầm ngày hoặc năm.",
		Effect: "Đến ngày ấy hồ sơ mới được tính là đã giải quyết.",
		trips:  func(l *look) bool { return l.s.Ended.Day > l.o.Today || l.s.Returned.Day > l.o.Today },
		says: func(l *look) string {
			if l.s.Ended.Day > l.o.Today {
				return "Xong " + l.s.Ended.Day.String()
			}
			return "Trả " + l.s.Returned.Day.String()
		},
	},
	{
		ID: "received-day-off", Severity: Doubt,
		Name: "Nhận vào ngày nghỉ",
		Why:  "Nơi tiếp nhận nghỉ ngày ấy; ngày nhận có thể sai, hoặc lịch làm việc thiếu ngày làm bù.",
		trips: func(l *look) bool {
			return l.atCounter() && l.dayOfRest(l.d.Received.Day)
		},
		says: func(l *look) string { return "Nhận " + l.d.Received.Day.String() + ", " + l.dayOff(l.d.Received.Day) },
	},
	{
		ID: "received-out-of-hours", Severity: Minor,
		Name: "Nhận ngoài giờ làm việc",
		Why:  "Giờ nhận nằm ngoài giờ làm việc của cơ quan; có thể nhập muộn rồi lấy giờ nhập.",
		trips: func(l *look) bool {
			c := l.d.Received.Clock
			return l.atCounter() && c.Known() && !l.hours().Spans(c)
		},
		says: func(l *look) string {
			return fmt.Sprintf("Nhận lúc %s, giờ làm việc %s", l.d.Received.Clock, l.hours())
		},
	},
	{
		ID: "dates-doubtful", Severity: Doubt,
		Name:  "Thứ tự ngày, tháng chưa chắc",
		Why:   "Tệp nguồn không cho biết ngày đứng trước hay tháng đứng trước, chương trình đọc ngày trước.",
		trips: func(l *look) bool { return l.d.Flags&data.DoubtDates != 0 },
		says:  func(l *look) string { return fmt.Sprintf("Nhận %s, hẹn %s", l.d.Received.Day, dayOr(l.s.Due.Day)) },
	},
}

// dueKinds look at the due date.
var dueKinds = []Kind{
	{
		ID: "due-missing", Severity: Serious, bends: true,
		Name:   "Thiếu ngày hẹn trả",
		Why:    "Không có ngày hẹn thì hồ sơ không bao giờ bị tính là trễ.",
		Effect: "Được tính là đúng hạn hoặc trong hạn, làm tỷ lệ đúng hạn cao hơn thật.",
		Fix:    "Đặt ngày hẹn theo thời hạn",
		trips:  func(l *look) bool { return l.counted() && !l.s.Due.Known() && l.out != data.WithdrawnOut },
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
	{
		ID: "due-before-receipt", Severity: Serious, bends: true,
		Name:   "Hẹn trả trước ngày nhận",
		Why:    "Ngày hẹn không thể ở trước ngày nhận; một trong hai ngày sai.",
		Effect: "Làm tăng số quá hạn.",
		Fix:    "Tính lại ngày hẹn",
		trips:  func(l *look) bool { return l.counted() && l.s.Due.Known() && l.s.Due.Day < l.d.Received.Day },
		says:   func(l *look) string { return fmt.Sprintf("Nhận %s, hẹn %s", l.d.Received.Day, l.s.Due.Day) },
		mend:   mendDue,
	},
	{
		ID: "due-day-off", Severity: Doubt,
		Name: "Hẹn trả vào ngày nghỉ",
		Why:  "Công dân đến ngày hẹn sẽ gặp cơ quan nghỉ.",
		trips: func(l *look) bool {
			return l.counted() && l.s.Due.Known() && l.dayOfRest(l.s.Due.Day)
		},
		says: func(l *look) string { return "Hẹn " + l.s.Due.Day.String() + ", " + l.dayOff(l.s.Due.Day) },
	},
	{
		ID: "due-differs", Severity: Doubt, bends: true,
		Name:   "Ngày hẹn khác thời hạn",
		Why:    "Ngày hẹn trên giấy không khớp thời hạn và lịch làm việc: nhập sai, lịch đổi, hoặc trừ ngày chờ chưa đúng.",
		Effect: "Hẹn xa hơn thời hạn làm số quá hạn thấp hơn thật, hẹn gần hơn thì ngược lại.",
		Fix:    "Tính lại ngày hẹn",
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
