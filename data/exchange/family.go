package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"giaoban/data"
)

// Listed is a dossier with the names of its catalogue entries.
type Listed struct {
	Dossier                               *data.Dossier
	Unit, Field, Procedure, ProcedureCode string
}

// FamilyOptions say how WriteFamily writes. The zero value writes a workbook
// with all that is known.
type FamilyOptions struct {
	AsOf   data.Day // states and dates as of the end of this day; NoDay for all that is known
	Titles []string // lines below the name of the list, such as its period
	CSV    bool     // delimited text (UTF-8, semicolons) without titles instead of a workbook
}

// familyColumn is one column of a family.
type familyColumn struct {
	group, heading string
	width          float64
	value          func(l *listed) any
}

// listed is a row under way.
type listed struct {
	Listed
	no int
	s  data.State
}

func (l *listed) matter() string {
	if l.Dossier.Content != "" {
		return l.Dossier.Content
	}
	return l.procedure()
}

func (l *listed) procedure() string {
	if l.Dossier.Title != "" {
		return l.Dossier.Title
	}
	return l.Procedure
}

// The columns that several families share.
var (
	columnNo       = func(l *listed) any { return l.no }
	columnCode     = func(l *listed) any { return l.Dossier.Code }
	columnMatter   = func(l *listed) any { return l.matter() }
	columnName     = func(l *listed) any { return l.procedure() }
	columnProcCode = func(l *listed) any { return l.ProcedureCode }
	columnField    = func(l *listed) any { return l.Field }
	columnUnit     = func(l *listed) any { return l.Unit }
	columnOwner    = func(l *listed) any { return l.Dossier.Owner.Name }
	columnAgent    = func(l *listed) any { return l.Dossier.Agent.Name }
	columnAddress  = func(l *listed) any { return l.Dossier.Owner.Address }
	columnPhone    = func(l *listed) any { return l.Dossier.Owner.Phone }
	columnReceived = func(l *listed) any { return l.Dossier.Received }
	columnDue      = func(l *listed) any { return l.Dossier.Due }
	columnEnded    = func(l *listed) any { return l.s.Ended }
	columnReturned = func(l *listed) any { return l.s.Returned }
	columnOfficer  = func(l *listed) any { return l.Dossier.Officer }
	columnNote     = func(l *listed) any { return l.Dossier.Note }
	columnBlank    = func(*listed) any { return nil }
	columnCopies   = func(l *listed) any { return orNil(l.Dossier.Copies) }
)

func orNil(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// families are the layouts of peers 4.2 that list dossiers, by their letter.
var families = map[string]struct {
	title   string
	columns []familyColumn
}{
	"A": {"SỔ THEO DÕI TÌNH HÌNH TIẾP NHẬN HỒ SƠ TTHC", []familyColumn{{"", "STT", 6, columnNo}, {"", "Mã hồ sơ", 24, columnCode}, {"", "Nội dung hồ sơ", 40, columnMatter},
		{"", "Số lượng (bộ)", 10, columnCopies}, {"", "Họ tên chủ hồ sơ", 26, columnOwner}, {"", "Địa chỉ chủ hồ sơ", 30, columnAddress}, {"", "Số điện thoại", 14, columnPhone},
		{"Ngày, tháng, năm", "Nhận hồ sơ", 17, columnReceived}, {"Ngày, tháng, năm", "Hẹn trả kết quả", 17, columnDue},
		{"Trả kết quả", "Ngày nhận kết quả", 17, columnReturned}, {"Trả kết quả", "Bên giao (Ký tên)", 12, columnBlank}, {"Trả kết quả", "Bên nhận (Ký tên)", 12, columnBlank},
		{"", "Người nhận hồ sơ", 20, columnOfficer}, {"", "Địa bàn phát sinh hồ sơ", 24, func(l *listed) any { return l.Dossier.Owner.Area }}, {"", "Ghi chú", 20, columnNote}}},
	"A2": {"SỔ THEO DÕI HỒ SƠ", []familyColumn{{"", "TT", 6, columnNo}, {"", "Họ tên, địa chỉ người nộp hồ sơ", 40, ownerAddress}, {"", "Nội dung công việc cần giải quyết", 40, columnMatter},
		{"", "Người có trách nhiệm giải quyết", 20, columnOfficer}, {"", "Ngày nhận hồ sơ", 17, columnReceived}, {"", "Ngày hẹn trả hồ sơ", 17, columnDue},
		{"", "Ngày ký hồ sơ", 17, columnEnded}, {"", "Người ký hồ sơ", 20, signer}, {"", "Ngày trả thực tế", 17, columnReturned}, {"", "Ngày tổ chức, công dân ký nhận lại hồ sơ", 17, columnReturned}}},
	"M06": {"SỔ THEO DÕI HỒ SƠ", []familyColumn{{"", "TT", 6, columnNo}, {"", "Mã hồ sơ", 24, columnCode}, {"", "Tên TTHC", 40, columnName}, {"", "Số lượng hồ sơ (bộ)", 10, columnCopies},
		{"", "Tên cá nhân, tổ chức", 26, columnOwner}, {"", "Địa chỉ, số điện thoại", 32, addressPhone}, {"", "Cơ quan chủ trì giải quyết", 24, columnUnit},
		{"Nhận và trả kết quả", "Nhận hồ sơ", 17, columnReceived}, {"Nhận và trả kết quả", "Hẹn trả kết quả", 17, columnDue}, {"Nhận và trả kết quả", "Trả kết quả", 17, columnReturned},
		{"Nhận và trả kết quả", "Phương thức nhận kết quả", 14, func(l *listed) any { return l.Dossier.Return.String() }}, {"Nhận và trả kết quả", "Ký nhận", 10, columnBlank}, {"", "Ghi chú", 20, columnNote}}},
	"E": {"DANH SÁCH HỒ SƠ", []familyColumn{{"", "STT", 6, columnNo}, {"", "Đơn vị tiếp nhận", 26, columnUnit}, {"", "Người tiếp nhận", 20, columnOfficer}, {"", "Lĩnh vực", 20, columnField},
		{"", "Mã TTHC", 12, columnProcCode}, {"", "Tên thủ tục hành chính", 40, columnName}, {"", "Mã hồ sơ", 24, columnCode}, {"", "Trạng thái", 20, func(l *listed) any { return l.s.Status.String() }},
		{"", "Hình thức nộp", 14, func(l *listed) any { return l.Dossier.Channel.String() }}, {"", "Địa chỉ", 30, columnAddress}, {"", "Người nộp", 26, columnAgent}, {"", "Chủ hồ sơ", 26, columnOwner},
		{"", "Ngày nộp hồ sơ", 17, columnReceived}, {"", "Ngày nhận", 17, columnReceived}, {"", "Ngày hẹn trả", 17, columnDue}, {"", "Ngày kết thúc xử lý", 17, columnEnded},
		{"", "Đơn vị/cá nhân giải quyết", 26, columnUnit}}},
	"G": {"PHỤ LỤC: DANH SÁCH HỒ SƠ QUÁ HẠN", []familyColumn{{"", "STT", 6, columnNo}, {"", "Mã hồ sơ", 24, columnCode}, {"", "Ngày tiếp nhận", 17, columnReceived}, {"", "Ngày hẹn trả", 17, columnDue},
		{"", "Ngày có kết quả", 17, columnEnded}, {"", "Đơn vị giải quyết", 26, columnUnit}, {"", "Cán bộ đang xử lý", 20, columnOfficer}, {"", "Ghi chú", 20, columnNote}}},
	"I": {"", []familyColumn{{"", "Mã số hồ sơ", 24, columnCode}, {"", "Chủ hồ sơ / Tên người nộp", 26, columnOwner}, {"", "Tên thủ tục", 40, columnName}, {"", "Mã DVCQG", 12, columnProcCode},
		{"", "Ngày nộp", 17, columnReceived}, {"", "Ngày tiếp nhận", 17, columnReceived}, {"", "Ngày hẹn trả", 17, columnDue}, {"", "Ngày hẹn lại do trễ", 17, promised},
		{"", "Ngày có kết quả", 17, columnEnded}, {"", "Ngày hoàn thành thụ lý", 17, columnEnded}, {"", "Ngày trả kết quả", 17, columnReturned},
		{"", "Thời hạn quy định", 16, func(l *listed) any { return l.Dossier.Term.String() }}, {"", "Hạn xử lý", 12, columnBlank}, {"", "Số ngày quá hạn", 10, daysLate},
		{"", "Tên sổ theo dõi", 26, func(l *listed) any { return "Sổ theo dõi " + l.Field }}}},
	"J": {"", []familyColumn{{"", "MaHoSo", 24, columnCode}, {"", "MaTTHC", 12, columnProcCode}, {"", "TenTTHC", 40, columnName}, {"", "MaLinhVuc", 10, columnBlank}, {"", "TenLinhVuc", 20, columnField},
		{"", "SoBienNhan", 12, columnBlank}, {"", "ChuHoSo", 26, columnOwner}, {"", "LoaiDoiTuong", 8, columnBlank}, {"", "MaDoiTuong", 16, func(l *listed) any { return l.Dossier.Owner.Identity }},
		{"", "Email", 20, func(l *listed) any { return l.Dossier.Owner.Email }}, {"", "SoDienThoai", 14, columnPhone}, {"", "TrichYeuHoSo", 40, columnMatter},
		{"", "NgayTiepNhan", 16, compact(columnReceived)}, {"", "NgayHenTra", 16, compact(columnDue)}, {"", "TrangThaiHoSo", 8, func(l *listed) any { return strconv.Itoa(int(l.s.Status)) }},
		{"", "NgayTra", 16, compact(columnReturned)}, {"", "ThongTinTra", 12, columnBlank}, {"", "HinhThuc", 8, returnNumber}, {"", "NgayKetThucXuLy", 16, compact(columnEnded)},
		{"", "DonViXuLy", 26, columnUnit}, {"", "GhiChu", 20, columnNote}, {"", "DanhSachHoSoBoSung", 20, rounds}, {"", "DanhSachLePhi", 12, fee}}},
	"K": {"PHIẾU BÀN GIAO KẾT QUẢ GIẢI QUYẾT TTHC", []familyColumn{{"", "TT", 6, columnNo}, {"", "Mã hồ sơ", 24, columnCode}, {"", "Nội dung giải quyết", 40, columnMatter}, {"", "Kết quả", 20, resultRef},
		{"", "Họ tên chủ hồ sơ", 26, columnOwner}, {"", "Địa chỉ", 30, columnAddress}, {"", "Phí, lệ phí", 10, func(l *listed) any { return cross(l.Dossier.Flags&data.FeeDue != 0) }},
		{"", "Đăng ký BCCI", 10, func(l *listed) any { return cross(l.Dossier.Return == data.ReturnPostal) }}}},
}

// Families returns the letters of the layouts that WriteFamily writes, with the
// name of each list.
func Families() [][2]string {
	return [][2]string{{"A", "Sổ theo dõi tình hình tiếp nhận hồ sơ"}, {"A2", "Sổ theo dõi hồ sơ, không có mã"}, {"M06", "Sổ theo dõi hồ sơ (mẫu số 06)"}, {"E", "Danh sách hồ sơ"},
		{"G", "Phụ lục hồ sơ quá hạn"}, {"I", "Danh sách hồ sơ kèm thời hạn"}, {"J", "Danh sách theo tên trường của Cổng Dịch vụ công quốc gia"}, {"K", "Phiếu bàn giao kết quả"}}
}

func ownerAddress(l *listed) any {
	o := &l.Dossier.Owner
	if o.Address == "" {
		return o.Name
	}
	return o.Name + "\n" + o.Address
}

func addressPhone(l *listed) any {
	o := &l.Dossier.Owner
	switch {
	case o.Phone == "":
		return o.Address
	case o.Address == "":
		return o.Phone
	}
	return o.Address + ", SĐT: " + o.Phone
}

// finished returns the last event that gave a result.
func (l *listed) finished() *data.Event {
	for i := len(l.Dossier.Events) - 1; i >= 0; i-- {
		if e := &l.Dossier.Events[i]; e.Kind == data.Finish {
			return e
		}
	}
	return &data.Event{}
}

func signer(l *listed) any    { return l.finished().Signer }
func resultRef(l *listed) any { return l.finished().Ref }

func promised(l *listed) any {
	if l.s.Promised == l.s.Due {
		return nil
	}
	return l.s.Promised
}

func daysLate(l *listed) any {
	if !l.s.Due.Known() || !l.s.Ended.Known() || l.s.Ended.Day <= l.s.Due.Day {
		return 0
	}
	return int(l.s.Ended.Day - l.s.Due.Day)
}

func cross(yes bool) any {
	if yes {
		return "x"
	}
	return nil
}

func fee(l *listed) any {
	if l.Dossier.Fee == 0 {
		return nil
	}
	return l.Dossier.Fee
}

// returnNumber is HinhThucTra: 0 direct, 1 postal, 2 electronic.
func returnNumber(l *listed) any {
	if l.Dossier.Return == 0 {
		return nil
	}
	return strconv.Itoa(int(l.Dossier.Return) - 1)
}

// compact writes a date as yyyyMMddHHmmss; without a time of day as yyyyMMdd,
// for a date is not midnight.
func compact(of func(*listed) any) func(*listed) any {
	return func(l *listed) any {
		m, _ := of(l).(data.Moment)
		return compactDate(m)
	}
}

func compactDate(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	y, mo, d := m.Day.Civil()
	if !m.Clock.Known() {
		return fmt.Sprintf("%04d%02d%02d", y, int(mo), d)
	}
	return fmt.Sprintf("%04d%02d%02d%02d%02d00", y, int(mo), d, m.Clock.Minutes()/60, m.Clock.Minutes()%60)
}

// rounds writes the supplement rounds as DanhSachHoSoBoSung.
func rounds(l *listed) any {
	list := []supplement{}
	due := l.Dossier.Due
	for i := range l.Dossier.Events {
		e := &l.Dossier.Events[i]
		switch e.Kind {
		case data.AskSupplement:
			list = append(list, supplement{Before: compactDate(due), Asked: compactDate(e.At), Contents: e.Text})
		case data.Supplement:
			if len(list) > 0 && list[len(list)-1].Brought == "" {
				last := &list[len(list)-1]
				last.Brought = compactDate(e.At)
				if e.Due.Known() {
					last.After = compactDate(e.Due)
					if !l.Dossier.MissedBefore(i) { // a late dossier keeps its date
						due = e.Due
					}
				}
			}
		}
	}
	b, err := json.Marshal(list)
	if err != nil {
		return nil
	}
	return string(b)
}

// WriteFamily writes dossiers in the layout of a family of peers 4.2 (see
// Families), so that this program and those that know the layout read them
// back. Text never becomes a formula: in a workbook it is a text cell, in
// delimited text an apostrophe goes before it. Of a cell that is a date the
// time of day is written where it is known. An unknown family is an error of
// code Invalid.
func WriteFamily(w io.Writer, family string, opt FamilyOptions, rows iter.Seq[Listed]) error {
	f, ok := families[family]
	if !ok {
		return data.Fail(data.Invalid, fmt.Sprintf("Không có mẫu danh sách «%s». Chọn lại mẫu.", family), nil)
	}
	day := opt.AsOf
	if !day.Known() {
		day = data.MaxDay
	}
	values := func(yield func([]any) bool) {
		no := 0
		for one := range rows {
			no++
			l := listed{Listed: one, no: no, s: one.Dossier.On(day)}
			cells := make([]any, len(f.columns))
			for i := range f.columns {
				cells[i] = f.columns[i].value(&l)
			}
			if !yield(cells) {
				return
			}
		}
	}
	table := Table{Sheet: "Danh sách"}
	if f.title != "" {
		table.Titles = append([]string{f.title}, opt.Titles...)
	}
	for _, c := range f.columns {
		table.Columns = append(table.Columns, TableColumn{Heading: c.heading, Group: c.group, Width: c.width})
	}
	if opt.CSV {
		return WriteDelimited(w, table, values)
	}
	return WriteTable(w, table, values)
}

// WriteDelimited writes a table as the Vietnamese Excel opens it by a double
// click: UTF-8 with its mark, semicolons, dates dd/mm/yyyy; titles are left out.
// Cells are those of WriteTable, but for fractions.
func WriteDelimited(w io.Writer, table Table, rows iter.Seq[[]any]) error {
	out := bufio.NewWriter(w)
	out.WriteString("\uFEFF")
	for i, c := range table.Columns {
		if i > 0 {
			out.WriteByte(';')
		}
		out.WriteString(quoted(c.Heading))
	}
	out.WriteString("\r\n")
	for cells := range rows {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte(';')
			}
			switch v := c.(type) {
			case string:
				out.WriteString(quoted(v))
			case data.Moment:
				out.WriteString(v.String())
			case data.Day:
				out.WriteString(v.String())
			case int, int64:
				fmt.Fprint(out, v)
			}
		}
		out.WriteString("\r\n")
	}
	if err := out.Flush(); err != nil {
		return data.Fail(data.ReadOnly, "Không ghi được tệp. Kiểm tra thư mục và chỗ trống trên đĩa rồi thử lại.", err)
	}
	return nil
}

// quoted writes a text of delimited text. One that a spreadsheet would take for
// a formula gets an apostrophe, which the import takes off again.
func quoted(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ";,\"\r\n\t'|") && s == strings.TrimSpace(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
