package inspect

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/basis"
)

// staleDays is the age in days from which an open dossier is surely forgotten.
const staleDays = 365

// courseKinds look at what happened to a dossier.
var courseKinds = []Kind{
	{
		ID: "paid-waiting", Severity: Serious, bends: true,
		Name:   "Đã nộp phí vẫn chờ nộp phí",
		Why:    "Phí đã nộp nhưng hồ sơ chưa được ghi «Đã thực hiện nghĩa vụ tài chính», nên thời hạn vẫn đứng.",
		Effect: "Được tính là trong hạn dù thời hạn phải chạy.",
		trips: func(l *look) bool {
			return l.open() && l.s.Status == data.AwaitPayment && (l.d.Paid != 0 || l.d.Flags&data.PaidOnline != 0)
		},
		says: func(l *look) string {
			return "Chờ nộp phí từ " + l.waitingSince().String() + ", đã nộp " + l.paidHow()
		},
	},
	{
		ID: "supplement-twice", Severity: Serious,
		Name: "Yêu cầu bổ sung hơn một lần",
		Why:  "Chỉ được yêu cầu bổ sung một lần, nêu đủ nội dung trong một phiếu.", rests: basis.Supplement,
		Effect: "Cổng Dịch vụ công tính là trễ hạn dù xong trước hẹn.",
		trips:  func(l *look) bool { return l.counted() && l.s.Requests > 1 },
		says:   func(l *look) string { return fmt.Sprintf("Yêu cầu bổ sung %d lần", l.s.Requests) },
	},
	{
		ID: "paused-long", Severity: Doubt, bends: true,
		Name:   "Chờ quá lâu",
		Why:    "Thời hạn đứng đã lâu; công dân có thể không quay lại, hoặc việc bổ sung chưa được ghi.",
		Effect: "Được tính là trong hạn cho tới khi có người ghi tiếp.",
		trips: func(l *look) bool {
			return l.open() && l.s.Paused && l.o.WaitingDays > 0 && int(l.o.Today-l.waitingSince()) > l.o.WaitingDays
		},
		says: func(l *look) string {
			return fmt.Sprintf("%s từ %s, %s ngày", l.s.Status, l.waitingSince(), data.FormatInt(int64(l.o.Today-l.waitingSince())))
		},
		facts: func(l *look) string { return fmt.Sprint(l.s.Status, l.waitingSince()) },
	},
	{
		ID: "postponed-twice", Severity: Doubt,
		Name: "Hẹn lại nhiều hơn quy tắc",
		Why:  "Số lần hẹn lại nhiều hơn quy tắc đang đặt (Thiết lập, Quy tắc).", rests: basis.Postpone,
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
	{
		ID: "apology-late", Severity: Doubt,
		Name: "Thư xin lỗi, hẹn lại gửi muộn",
		Why:  "Phải báo chậm nhất một ngày trước ngày hẹn trả.", rests: basis.Postpone,
		trips: func(l *look) bool { return l.counted() && l.lateExtension() >= 0 },
		says:  func(l *look) string { return l.lateApology() + " (" + l.basis(basis.Postpone) + ")" },
		facts: func(l *look) string { return l.lateApology() },
	},
	{
		ID: "overdue-no-letter", Severity: Doubt,
		Name:  "Quá hạn mà chưa có thư xin lỗi",
		Why:   "Hồ sơ quá hạn phải có thư xin lỗi và hẹn lại ngày trả; báo cáo tách riêng số chưa có thư.",
		trips: func(l *look) bool { return l.out == data.Overdue && l.s.Apologies == 0 },
		says:  func(l *look) string { return "Hẹn " + l.s.Due.Day.String() + ", chưa xong, chưa có thư" },
	},
	{
		ID: "stale-open", Severity: Doubt, bends: true,
		Name:   "Nhận hơn một năm chưa xong",
		Why:    "Thường là hồ sơ đã xong hoặc đã rút mà không ai ghi lại.",
		Effect: "Chuyển qua mọi kỳ báo cáo, làm số tồn và số quá hạn lớn hơn thật.",
		trips:  func(l *look) bool { return l.open() && l.d.Received.Day+staleDays < l.o.Today },
		says:   func(l *look) string { return "Nhận " + l.d.Received.Day.String() + ", " + l.s.Status.String() },
	},
	{
		ID: "state-unsure", Severity: Doubt,
		Name:  "Tình trạng là suy ra",
		Why:   "Tệp nguồn không ghi tình trạng; chương trình suy từ các ngày.",
		trips: func(l *look) bool { return l.d.Flags&data.StatusUnsure != 0 && !l.s.Cancelled },
		says:  func(l *look) string { return "Suy ra: " + l.s.Status.String() },
	},
	{
		ID: "late-no-cause", Severity: Minor,
		Name:  "Quá hạn chưa ghi nguyên nhân",
		Why:   "Báo cáo giao ban cần nguyên nhân trễ hạn, chủ quan hay khách quan.",
		trips: func(l *look) bool { return l.out == data.Late && l.d.Cause == 0 },
		says:  func(l *look) string { return fmt.Sprintf("Hẹn %s, xong %s", l.s.Due.Day, l.s.Ended.Day) },
	},
	{
		ID: "result-no-number", Severity: Minor,
		Name:   "Kết quả điện tử thiếu số",
		Why:    "Kết quả điện tử phải có số, ký hiệu để tra cứu và tái sử dụng.",
		Effect: "Tỷ lệ cấp kết quả điện tử không chứng minh được khi kiểm tra.",
		trips:  func(l *look) bool { return l.closed() && l.d.Flags&data.EResult != 0 && l.resultTyped() },
		says:   func(l *look) string { return "Xong " + dayOr(l.s.Ended.Day) + ", không có số kết quả" },
	},
	{
		ID: "digitised-parts", Severity: Doubt,
		Name:   "Dấu số hóa khác thành phần hồ sơ",
		Why:    "Dấu «đã số hóa» và các giấy tờ đã số hóa trong hồ sơ phải khớp nhau.",
		Effect: "Làm sai tỷ lệ số hóa hồ sơ.",
		Fix:    "Đánh dấu theo thành phần hồ sơ",
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
	for _, p := range l.d.Parts {
		if p.Digital != data.NotDigitised {
			return true
		}
	}
	return false
}
