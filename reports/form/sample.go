package form

import (
	"fmt"
	"time"

	"giaoban/data"
)

// Sample returns made-up contents for the preview of a form as a dossier
// received on the day would fill it. Persons, numbers and offices are invented.
func Sample(id string, day data.Day) Slip {
	if !day.Known() {
		day = data.Date(2026, time.January, 5)
	}
	at := func(days, hour, minute int) data.Moment {
		return data.Moment{Day: day + data.Day(days), Clock: data.At(hour, minute)}
	}
	y, m, dd := day.Civil()
	code := func(n int) string { return fmt.Sprintf("H99.10.05-%02d%02d%02d-%04d", y%100, int(m), dd, n) }
	d := &data.Dossier{
		Code: code(12), Channel: data.Direct, Return: data.ReturnDirect, Copies: 1, Fee: 150_000, Paid: data.PayCash, Book: 1, Seq: 12,
		Owner:   data.Person{Name: "Nguyễn Văn Mẫu", Identity: "001099000000", Phone: "0900 000 000", Email: "mau@vidu.vn", Address: "Số 1, đường Ví Dụ, khu 1"},
		Officer: "Trần Thị Thí Dụ", Received: at(0, 9, 32), Due: at(7, 9, 32), Term: data.Term{Count: 5, Unit: data.WorkingDays},
		Parts: []data.Part{
			{Name: "Giấy đề nghị cấp Giấy chứng nhận đăng ký hộ kinh doanh", Original: 1},
			{Name: "Giấy tờ pháp lý của cá nhân đối với chủ hộ kinh doanh", Certified: 1, Copies: 1},
			{Name: "Văn bản ủy quyền của các thành viên hộ gia đình", Original: 1, Copies: 2},
		},
		Events: []data.Event{
			{Kind: data.HandOver, At: at(0, 15, 0), Old: "Bộ phận một cửa", New: "Phòng Kinh tế", By: "Trần Thị Thí Dụ"},
			{Kind: data.BeginProcessing, At: at(1, 8, 0), By: "Lê Văn Giả Định"},
			{Kind: data.Finish, At: at(4, 10, 0), Ref: "15/GCN", By: "Lê Văn Giả Định"},
			{Kind: data.HandOver, At: at(4, 14, 30), Old: "Phòng Kinh tế", New: "Bộ phận một cửa", By: "Lê Văn Giả Định"},
		},
	}
	s := Slip{
		Dossier: d, Procedure: "Đăng ký thành lập hộ kinh doanh", Field: "Thành lập và hoạt động doanh nghiệp", Unit: "Phòng Kinh tế", UnitPhone: "0200 000 000",
		Office: data.Office{Parent: "Ủy ban nhân dân\ntỉnh Ví Dụ", Name: "Ủy ban nhân dân xã Mẫu", Place: "Xã Mẫu", Desk: "BỘ PHẬN TIẾP NHẬN\nVÀ TRẢ KẾT QUẢ",
			Authority: "KT. CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH", Signer: "Phạm Văn Ký Thử", Preparer: "Trần Thị Thí Dụ", Officer: "Trần Thị Thí Dụ", Address: "Số 2, đường Ví Dụ", Phone: "0200 000 001"},
		Today: day,
	}
	item := func(i int) Row {
		return Item{Code: code(12 + i), Procedure: s.Procedure, Owner: d.Owner.Name, Address: d.Owner.Address, Phone: d.Owner.Phone, Unit: s.Unit, Copies: 1, Term: d.Term.String(),
			Received: day, Due: day + 7, Ended: day + data.Day(3+i), Status: data.Done.String(), Result: "Giấy chứng nhận đăng ký hộ kinh doanh", Fee: i%2 == 0, Postal: i == 2}
	}
	switch id {
	case ReceiptMany, HandOver, HandResults, InPeriod, AnyList:
		s.Rows, s.At = 3, item
		s.From, s.To, s.Moment = "Bộ phận một cửa", s.Unit, at(0, 15, 0)
		s.Period, _ = data.ParsePeriod(fmt.Sprintf("%d-%02d", y, int(m)))
		s.Event = &data.Event{By: "Trần Thị Thí Dụ"}
	case OverdueList:
		s.Rows, s.At = 2, func(i int) Row {
			return Overdue{Code: code(12 + i), Owner: d.Owner.Name, Procedure: s.Procedure, Unit: s.Unit, Due: day - data.Day(3*i+2), DaysLate: 3*i + 2, Apology: i == 0}
		}
	case Supplement:
		s.Number, s.Event = "7", &data.Event{Kind: data.AskSupplement, At: at(1, 8, 30), By: "Lê Văn Giả Định", Text: "Thành phần hồ sơ chưa đầy đủ theo quy định.",
			More: "Bản sao có chứng thực giấy tờ pháp lý của chủ hộ kinh doanh\nVăn bản ủy quyền có chữ ký của các thành viên"}
	case Refusal:
		s.Number, s.Event = "3", &data.Event{Kind: data.Refuse, At: at(0, 9, 40), Text: "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận."}
	case Apology:
		s.Letter = &data.Letter{Year: y, Number: 4, Day: day + 6, Promised: at(12, 9, 30), Reason: "Cần lấy thêm ý kiến của cơ quan phối hợp."}
	case StopNotice:
		s.Number, s.Event = "9", &data.Event{Kind: data.Stop, At: at(3, 8, 0), By: "Chủ hồ sơ", Text: "Chủ hồ sơ có đơn đề nghị dừng giải quyết."}
	case Register:
		s.Book = &Book{Office: s.Office, Number: 1, Year: y, Subject: s.Field, First: 12, Last: 14, Rows: 3, At: func(i int) Entry {
			return Entry{Seq: 12 + i, Code: code(12 + i), Procedure: s.Procedure, Copies: 1, Owner: d.Owner.Name, Address: d.Owner.Address, Phone: d.Owner.Phone, Unit: s.Unit, Received: day, Due: day + 7}
		}}
	case ReturnSlip:
		s.Event = &data.Event{Kind: data.Return, At: at(7, 9, 0), By: "Trần Thị Thí Dụ", To: d.Owner.Name, Way: data.ReturnDirect, More: "Giấy chứng nhận đăng ký hộ kinh doanh số 15/GCN"}
	case NearDue:
		s.To, s.Moment, s.ShowNames = s.Unit, at(8, 14, 0), false
		s.Rows, s.At = 2, func(i int) Row {
			n := Near{Code: code(12 + i), Procedure: s.Procedure, Owner: d.Owner.Name, Due: at(7, 9, 32), Spent: "Một cửa 1 ngày; Phòng Kinh tế 4 ngày", Missing: "Chữ ký lãnh đạo"}
			if i == 1 {
				n.DuePaused, n.Missing = at(10, 9, 32), "Văn bản ủy quyền"
			}
			return n
		}
	case Control, History:
		s.Today = day + 7
	case DueDays:
		s.Days = sampleDays(day)
	case LetterBook:
		s.Period.Label = fmt.Sprintf("Năm %d", y)
		s.Rows, s.At = 2, func(i int) Row {
			return Sent{Letter: data.Letter{Year: y, Number: i + 1, Day: day + 6, Promised: at(12, 9, 30), Reason: "Cần lấy thêm ý kiến của cơ quan phối hợp", Signer: "Phạm Văn Ký Thử", Delivered: day + 7, How: "trao tay", Void: i == 1},
				Code: code(12 + i), Owner: d.Owner.Name, Procedure: s.Procedure, Unit: s.Unit, Due: at(7, 9, 32)}
		}
	case Reconcile:
		s.From, s.To, s.Moment, s.Subject = "Sổ theo dõi hồ sơ", "Tệp xuất từ hệ thống của tỉnh", at(2, 9, 0), "Tất cả lĩnh vực"
		s.Period, _ = data.ParsePeriod(fmt.Sprint(y))
		s.Compare = &Comparison{First: 120, Second: 118, Same: 114, Findings: []Finding{
			{Kind: "Có ở nguồn thứ nhất, không có ở nguồn thứ hai", Count: 4, Codes: code(12) + "; " + code(13) + "; " + code(14) + "; " + code(15)},
			{Kind: "Có ở nguồn thứ hai, không có ở nguồn thứ nhất", Count: 2, Codes: code(20) + "; " + code(21)},
			{Kind: "Khác ngày hẹn trả", Count: 2, Codes: code(30) + "; " + code(31)},
		}}
	}
	return s
}

// sampleDays counts five weekdays after the day, as a calendar without holidays
// would.
func sampleDays(day data.Day) []Day {
	days := []Day{{Date: day, Kind: "received"}}
	for n := 0; n < 5; {
		day++
		d := Day{Date: day, Kind: "work", Counted: true}
		if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
			d.Kind, d.Counted = "weekend", false
		} else if n++; n == 5 {
			d.Due, d.Note = true, "Ngày hẹn trả kết quả"
		}
		days = append(days, d)
	}
	return days
}
