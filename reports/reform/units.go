package reform

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// Services are the procedures of a unit that are served online, and their dossiers
// received in the period (X2).
type Services struct {
	Procedures, Full, Part []uint32
	Used, Dossiers         int64 // procedures with dossiers; dossiers of both channels
	OnlineUsed             [3]Use
}

// Use are the procedures of a level that had dossiers: of all online levels, full, part.
type Use struct{ Procedures, Dossiers, Online int64 }

// Units is what the tables by unit are made from.
type Units struct {
	Below     []string // lines under the title: period, condition
	Table     data.Table
	Services  map[string]Services // by key of the row; "" of all units, each procedure once
	Fees      map[string]Fee      // due of dossiers received, by key
	Paid      bool                // the office records payments online
	Digitised bool                // and what is digitised
	EResult   bool                // and electronic results
	Reused    map[string][]uint32 // dossiers with a part taken over from another one, by key; nil where none is recorded
	// FromPortal are those with a part from the National Portal, as typed, by key.
	FromPortal map[string]int64
}

// Fee is what is due, in đồng: for services, for acts of the State, and where the catalogue
// does not say which.
type Fee struct{ Service, State, Unsaid int64 }

// Add returns the fee with an amount of a kind of data.Procedure.
func (f Fee) Add(amount int64, kind string) Fee {
	switch kind {
	case data.FeeOfService:
		f.Service += amount
	case data.FeeOfState:
		f.State += amount
	default:
		f.Unsaid += amount
	}
	return f
}

// byUnit makes a table of one row a unit and the total; cells gives what stands behind
// the name, nil leaves a unit out.
func (u *Units) byUnit(t scorecard.Table, cells func(r data.Row) []string) scorecard.Table {
	t.Below, t.Empty = u.Below, "Không có hồ sơ trong kỳ."
	for _, r := range u.Table.Rows {
		if c := cells(r); c != nil {
			t.Rows = append(t.Rows, paper.Row{Cells: append([]string{fmt.Sprint(len(t.Rows) + 1), r.Name}, c...)})
			t.Keys = append(t.Keys, r.Key)
		}
	}
	if c := cells(data.Row{Counts: u.Table.Total}); len(t.Rows) > 0 && c != nil {
		t.Rows = append(t.Rows, paper.Row{Cells: append([]string{"", "Tổng cộng"}, c...), Bold: true})
		t.Keys = append(t.Keys, "")
	}
	return t
}

// columns are TT, the unit and n columns of numbers of a width in millimetres.
func columns(n int, width float64) []scorecard.Column {
	out := []scorecard.Column{{Width: 10, Align: paper.Center}, {}}
	for range n {
		out = append(out, scorecard.Column{Width: width, Align: paper.Right, Numeric: true})
	}
	return out
}

func head(text string, cols, rows int) paper.Head {
	return paper.Head{Text: text, ColSpan: cols, RowSpan: rows}
}

func heads(texts ...string) (out []paper.Head) {
	for _, t := range texts {
		out = append(out, paper.Head{Text: t})
	}
	return out
}

func numbers(list ...int64) (out []string) {
	for _, n := range list {
		out = append(out, data.FormatInt(n))
	}
	return out
}

// percent writes a share, "–" of nothing.
func percent(b, a int64) string {
	if a == 0 {
		return "–"
	}
	return data.Ratio{Numerator: b, Denominator: a}.Percent()
}

// Progress is table X1: received = resolved + at work + paused.
func (u *Units) Progress() scorecard.Table {
	t := scorecard.Table{Name: "X1 Tiến độ", Title: "TÌNH HÌNH, TIẾN ĐỘ GIẢI QUYẾT HỒ SƠ", Columns: columns(14, 14.5),
		Header: [][]paper.Head{
			{head("STT", 1, 3), head("Đơn vị", 1, 3), head("Tiếp nhận", 6, 1), head("Đã xử lý (kể cả trả lại, rút)", 4, 1), head("Đang xử lý", 3, 1), head("Tạm dừng", 1, 3)},
			{head("Tổng số", 1, 2), head("Kỳ trước chuyển sang", 1, 2), head("Trong kỳ", 4, 1), head("Tổng số", 1, 2), head("Trước hạn", 1, 2), head("Trong hạn", 1, 2), head("Quá hạn", 1, 2),
				head("Tổng số", 1, 2), head("Trong hạn", 1, 2), head("Quá hạn", 1, 2)},
			heads("Tổng số", "Trực tuyến", "Trực tiếp", "Bưu chính")},
		Notes: []string{"Tạm dừng: chờ bổ sung giấy tờ, chờ thực hiện nghĩa vụ tài chính. Tiếp nhận = đã xử lý + đang xử lý + tạm dừng."}}
	return u.byUnit(t, func(r data.Row) []string {
		return numbers(r.Received(), r.Carried, r.New(), r.NewOnline, r.NewDirect, r.NewPostal, r.Resolved(), r.Early, r.OnTime, r.Late,
			r.Pending()-r.Waiting, r.InTime-r.Waiting, r.Overdue, r.Waiting)
	})
}

// Online is table X2.
func (u *Units) Online() scorecard.Table {
	t := scorecard.Table{Name: "X2 DVC trực tuyến", Title: "TÌNH HÌNH CUNG CẤP, SỬ DỤNG DỊCH VỤ CÔNG TRỰC TUYẾN", Size: 9, Columns: columns(15, 13.6),
		Header: [][]paper.Head{
			{head("STT", 1, 3), head("Đơn vị", 1, 3), head("Cung cấp dịch vụ công trực tuyến", 4, 1), head("Phát sinh hồ sơ trong kỳ", 11, 1)},
			{head("Tổng số thủ tục", 1, 2), head("Dịch vụ công trực tuyến", 3, 1), head("Mọi thủ tục", 5, 1), head("Toàn trình", 3, 1), head("Một phần", 3, 1)},
			heads("Tổng số", "Toàn trình", "Một phần", "Thủ tục có hồ sơ", "Hồ sơ cả hai kênh", "Thủ tục trực tuyến có hồ sơ", "Hồ sơ cả hai kênh", "Hồ sơ trực tuyến",
				"Thủ tục có hồ sơ", "Hồ sơ cả hai kênh", "Hồ sơ trực tuyến", "Thủ tục có hồ sơ", "Hồ sơ cả hai kênh", "Hồ sơ trực tuyến")},
		Notes: []string{"Thủ tục của đơn vị: thủ tục có hiệu lực ghi đơn vị ấy là đơn vị giải quyết; của mỗi xã, phường là mọi thủ tục cấp xã không ghi riêng cho đơn vị nào. Mức độ trực tuyến theo ngày chốt số liệu. Hồ sơ: mới tiếp nhận trong kỳ. Ở dòng tổng cộng mỗi thủ tục tính một lần."}}
	if slices.ContainsFunc(u.Table.Rows, func(r data.Row) bool { return len(u.Services[r.Key].Procedures) == 0 }) {
		t.Notes = append(t.Notes, "Cột (3) đến (6) để trống: danh mục chưa ghi thủ tục của đơn vị ấy; ghi «Đơn vị thường giải quyết» ở Danh mục → Thủ tục, với xã, phường thì chọn loại «UBND cấp xã» ở Danh mục → Đơn vị.")
	}
	return u.byUnit(t, func(r data.Row) []string {
		s := u.Services[r.Key]
		all, full, part := s.OnlineUsed[0], s.OnlineUsed[1], s.OnlineUsed[2]
		served := make([]string, 4)
		if full, part := int64(len(s.Full)), int64(len(s.Part)); len(s.Procedures) > 0 { // else the catalogue does not say whose they are
			served = numbers(int64(len(s.Procedures)), full+part, full, part)
		}
		return append(served, numbers(s.Used, s.Dossiers, all.Procedures, all.Dossiers, all.Online, full.Procedures, full.Dossiers, full.Online, part.Procedures, part.Dossiers, part.Online)...)
	})
}

// Digital is table X3. What the office does not record stays blank.
func (u *Units) Digital() scorecard.Table {
	t := scorecard.Table{Name: "X3 Số hóa", Title: "TÌNH HÌNH SỐ HÓA HỒ SƠ, KẾT QUẢ GIẢI QUYẾT", Columns: columns(12, 16.5),
		Header: [][]paper.Head{
			{head("STT", 1, 2), head("Đơn vị", 1, 2), head("Tiếp nhận", 1, 2), head("Số hóa khi tiếp nhận", 5, 1), head("Đã giải quyết", 1, 2), head("Số hóa kết quả", 3, 1), head("Đánh giá", 2, 1)},
			heads("Chưa số hóa thành phần hồ sơ", "Có số hóa", "Có tái sử dụng", "Tái sử dụng từ Cổng DVCQG", "Tỷ lệ (%)", "Chưa số hóa", "Đã số hóa", "Tỷ lệ (%)", "Thành phần hồ sơ (%)", "Kết quả (%)")},
		Notes: []string{"Có tái sử dụng: hồ sơ có thành phần dùng lại từ hồ sơ, kết quả khác, ghi ở thành phần hồ sơ. Tái sử dụng từ Cổng DVCQG: chỉ tiêu SOHOA_TSD_CONG nhập theo đơn vị và kỳ ở Chỉ tiêu. Ô để trống là chưa ghi, không phải bằng 0."}}
	return u.byUnit(t, func(r data.Row) []string {
		c := numbers(r.Received(), r.Received()-r.Digitised, r.Digitised)
		c = append(c, "", "", percent(r.Digitised, r.Received()))
		c = append(c, numbers(r.Resolved(), r.Resolved()-r.EResult, r.EResult)...)
		c = append(c, percent(r.EResult, r.Resolved()), percent(r.Digitised, r.Received()), percent(r.EResult, r.Resolved()))
		if u.Reused != nil {
			c[3] = data.FormatInt(int64(len(u.Reused[r.Key])))
		}
		if n, ok := u.FromPortal[r.Key]; ok {
			c[4] = data.FormatInt(n)
		}
		if !u.Digitised {
			c[1], c[2], c[5], c[10] = "", "", "", ""
		}
		if !u.EResult {
			c[7], c[8], c[9], c[11] = "", "", "", ""
		}
		return c
	})
}

// Payment is table X4. The register keeps one amount a dossier; whether it is a fee (phí) or
// a charge (lệ phí) the catalogue says of its procedure.
func (u *Units) Payment() scorecard.Table {
	t := scorecard.Table{Name: "X4 Thanh toán", Title: "TÌNH HÌNH THANH TOÁN PHÍ, LỆ PHÍ", Columns: columns(7, 24),
		Header: [][]paper.Head{
			{head("STT", 1, 2), head("Tên đơn vị", 1, 2), head("Hồ sơ thu phí, lệ phí", 1, 2), head("Thanh toán", 2, 1), head("Tỷ lệ thanh toán trực tuyến (%)", 1, 2),
				head("Phí", 1, 2), head("Lệ phí", 1, 2), head("Tổng số tiền (đồng)", 1, 2)},
			heads("Trực tiếp", "Trực tuyến")},
		Notes: []string{"Số tiền là số phải thu của hồ sơ tiếp nhận, kể cả kỳ trước chuyển sang. Ô để trống là chưa ghi, không phải bằng 0."}}
	if !u.Paid {
		t.Notes = append(t.Notes, "Cột (4) đến (6) để trống: sổ chưa ghi hồ sơ nào thanh toán trực tuyến; ghi ở hồ sơ hoặc nhập cột «Thanh toán trực tuyến» từ Excel.")
	}
	if u.Fees[""].Unsaid > 0 {
		t.Notes = append(t.Notes, "Cột (7), (8) để trống nơi có thủ tục chưa ghi là phí hay lệ phí; ghi «Là phí hay lệ phí» ở Danh mục → Thủ tục.")
	}
	return u.byUnit(t, func(r data.Row) []string {
		c := []string{data.FormatInt(r.FeeDue), "", "", "", "", "", ""}
		f := u.Fees[r.Key]
		if c[6] = data.FormatInt(f.Service + f.State + f.Unsaid); f.Unsaid == 0 {
			c[4], c[5] = data.FormatInt(f.Service), data.FormatInt(f.State)
		}
		if u.Paid {
			c[1], c[2], c[3] = data.FormatInt(r.FeeDue-r.PaidOnline), data.FormatInt(r.PaidOnline), percent(r.PaidOnline, r.FeeDue)
		}
		return c
	})
}

// Late is a dossier closed late or overdue and open (X5, annex II).
type Late struct {
	Receiver, Field, Procedure, Code, Status, Address, Owner string
	Received, Due, Ended                                     data.Day
	By                                                       string // unit or desk that was late
}

// Delays are the two annexes of X5: units with their late dossiers, and these.
func (u *Units) Delays(list []Late) []scorecard.Table {
	first := u.byUnit(scorecard.Table{Name: "X5 Phụ lục I", Title: "PHỤ LỤC I: SỐ HỒ SƠ QUÁ HẠN THEO ĐƠN VỊ", Upright: true, Size: 11,
		Columns: []scorecard.Column{{Width: 14, Align: paper.Center}, {Width: 111}, {Width: 40, Align: paper.Right, Numeric: true}}, Header: [][]paper.Head{heads("STT", "Đơn vị", "Số hồ sơ quá hạn")},
		Notes: []string{"Gồm hồ sơ giải quyết xong quá hạn trong kỳ và hồ sơ đang giải quyết đã quá hạn."}}, func(r data.Row) []string {
		if r.Late+r.Overdue == 0 {
			return nil
		}
		return numbers(r.Late + r.Overdue)
	})
	first.Empty = "Không có hồ sơ quá hạn."
	second := scorecard.Table{Name: "X5 Phụ lục II", Title: "PHỤ LỤC II: DANH SÁCH HỒ SƠ QUÁ HẠN", Below: u.Below, Size: 8.5, Empty: first.Empty,
		Columns: []scorecard.Column{{Width: 8, Align: paper.Center}, {Width: 22}, {Width: 18}, {Width: 34}, {Width: 36}, {Width: 17}, {Width: 24}, {Width: 20},
			{Width: 17, Align: paper.Center}, {Width: 17, Align: paper.Center}, {Width: 17, Align: paper.Center}, {}},
		Header: [][]paper.Head{heads("STT", "Đơn vị tiếp nhận", "Lĩnh vực", "Tên thủ tục hành chính", "Mã hồ sơ", "Trạng thái", "Địa chỉ", "Chủ hồ sơ", "Ngày nhận", "Ngày hẹn trả",
			"Ngày kết thúc xử lý", "Đơn vị, cá nhân giải quyết quá hạn")}}
	for i, l := range list {
		second.Rows = append(second.Rows, paper.Row{Cells: []string{fmt.Sprint(i + 1), l.Receiver, l.Field, l.Procedure, l.Code, l.Status, l.Address, l.Owner,
			l.Received.String(), l.Due.String(), l.Ended.String(), l.By}})
	}
	return []scorecard.Table{first, second}
}
