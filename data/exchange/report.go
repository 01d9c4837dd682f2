package exchange

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// Columns of tables of counts beyond those of form II.06a (families B, F and H
// of peers 4.2).
const (
	ColRefused          data.Column = "refused"            // từ chối giải quyết
	ColNotAccepted      data.Column = "not_accepted"       // không được tiếp nhận
	ColDelivered        data.Column = "delivered"          // đã trả kết quả
	ColUndelivered      data.Column = "undelivered"        // có kết quả, chưa trả
	ColHalted           data.Column = "halted"             // dừng xử lý
	ColAwaitPayment     data.Column = "await_payment"      // chờ nghĩa vụ tài chính
	ColOnlineFull       data.Column = "online_full"        // mới, trực tuyến toàn trình
	ColOnlinePart       data.Column = "online_part"        // mới, trực tuyến một phần
	ColOutOfArea        data.Column = "out_of_area"        // phi địa giới
	ColAwaitReception   data.Column = "await_reception"    // chờ tiếp nhận
	ColAwaitInTime      data.Column = "await_in_time"      // chờ tiếp nhận, đúng hạn
	ColAwaitLate        data.Column = "await_late"         // chờ tiếp nhận, quá hạn
	ColLateApologised   data.Column = "late_apologised"    // đã giải quyết quá hạn, có thư xin lỗi
	ColLateSilent       data.Column = "late_silent"        // đã giải quyết quá hạn, chưa có thư xin lỗi
	ColOverdueApologist data.Column = "overdue_apologised" // đang giải quyết quá hạn, có thư xin lỗi
	ColOverdueSilent    data.Column = "overdue_silent"     // đang giải quyết quá hạn, chưa có thư xin lỗi
	ColReceipts         data.Column = "receipts"           // biên lai
	ColResultsDiffer    data.Column = "results_differ"     // kết quả điện tử khác bản giấy
)

// ReportColumn is one column of counts.
type ReportColumn struct {
	Number  int         // in the file, from 1
	Heading string      // as written, levels parted by " › "
	Column  data.Column // "" for a column whose counts are kept under its heading only

	part bool // a part of its figure: the parts are added up
}

// ReportRow is one row of a table of counts: a unit, a field or a procedure.
type ReportRow struct {
	Row     int                   `json:"Row"`  // in the file, from 1
	Mark    string                `json:"Mark"` // the running number, as written: 1, I, a
	Name    string                `json:"Name"`
	Group   string                `json:"Group"`           // the band above it, "" for none
	Figures map[data.Column]int64 `json:"Figures"`         // what the file says, no more
	Other   map[string]int64      `json:"Other,omitempty"` // counts of other columns, by heading
}

// Report is a table of counts as a file holds it.
type Report struct {
	Titles   []string // the lines above the table
	Unit     string   // the unit that reports, as the titles name it; "" when they do not
	Period   data.Period
	Family   string // B, C, D, F or H of peers 4.2, "" when it is none of them
	Form     string // number of the form, such as II.06a, "" when the titles do not tell
	Columns  []ReportColumn
	Rows     []ReportRow
	Total    ReportRow // as the file states it; HasTotal tells whether it does
	HasTotal bool
	// Warnings are the sums that do not hold and the cells that could not be
	// read, each naming its row and column.
	Warnings []string
}

// Counts returns the row as figures of form II.06a. Where a file gives a sum
// only, the sum stands in the plainest of its parts: new dossiers of unknown
// channel are direct, those finished in time without «trước hạn» on time.
func (r *ReportRow) Counts() data.Counts {
	f := r.Figures
	c := data.Counts{NewOnline: f[data.ColNewOnline], NewDirect: f[data.ColNewDirect], NewPostal: f[data.ColNewPostal], Carried: f[data.ColCarried],
		Early: f[data.ColEarly], OnTime: f[data.ColOnTime], Late: f[data.ColLate], Withdrawn: f[data.ColWithdrawn],
		InTime: f[data.ColPendingInTime], Overdue: f[data.ColPendingOverdue], Waiting: f[data.ColWaiting]}
	has := func(col data.Column) bool { _, ok := f[col]; return ok }
	if !has(data.ColNewOnline) {
		c.NewOnline = f[ColOnlineFull] + f[ColOnlinePart]
	}
	if has(data.ColDirectPostal) {
		c.NewDirect = f[data.ColDirectPostal] - c.NewPostal
	} else if n, ok := f[data.ColNew]; ok && n > c.New() {
		c.NewDirect += n - c.New()
	}
	if !has(data.ColLate) {
		c.Late = f[ColLateApologised] + f[ColLateSilent]
	}
	if !has(data.ColPendingOverdue) {
		c.Overdue = f[ColOverdueApologist] + f[ColOverdueSilent]
	}
	if n, ok := f[data.ColResolved]; ok && c.Resolved() == 0 {
		c.OnTime = n
	}
	if n, ok := f[data.ColPending]; ok && c.Pending() == 0 {
		c.InTime = n
	}
	c.Apologised = f[ColLateApologised] + f[ColOverdueApologist]
	return c
}

// Report reads a table of counts. It is an error of code Invalid when the file
// is a register.
func (s *Source) Report(ctx context.Context) (Report, error) {
	m := &s.mapping
	out := Report{Family: m.Family}
	if m.Kind != Aggregated {
		return out, data.Fail(data.Invalid, fmt.Sprintf("Tệp %s là danh sách hồ sơ, không phải bảng số liệu tổng hợp. Nhập theo cách của danh sách hồ sơ.", s.name), nil)
	}
	t := newReportReader(m)
	if !t.counts() {
		return out, data.Fail(data.Refused, fmt.Sprintf("Tệp %s không có cột số liệu nào hiểu được. Kiểm tra dòng tiêu đề của bảng rồi nhập lại.", s.name), nil)
	}
	for row, err := range sheet.Each(s.book.Rows(ctx, m.Sheet-1)) {
		if err != nil {
			return out, err
		}
		if row.Num > t.last {
			t.read(row)
		} else if row.Num < t.first {
			t.title(row)
		}
	}
	t.finish(&out)
	return out, nil
}

// reportReader reads the rows of a table of counts.
type reportReader struct {
	first, last int // rows of the heading
	columns     []ReportColumn
	byCol       map[int]int // place in columns
	mark, name  int         // columns, 0 for none
	titles      []string
	group       string
	rows        []ReportRow
	total       *ReportRow
	warnings    []string
	arena       []byte
}

func newReportReader(m *Mapping) *reportReader {
	t := &reportReader{byCol: map[int]int{}}
	t.first = m.HeaderRows[0]
	t.last = m.HeaderRows[len(m.HeaderRows)-1]
	for _, c := range m.Columns {
		levels := strings.Split(c.Heading, " › ")
		for i := range levels {
			levels[i] = fold(levels[i])
		}
		switch {
		case t.mark == 0 && c.Fact == FactOrdinal:
			t.mark = c.Number
			continue
		case t.name == 0 && nameColumn(levels):
			t.name = c.Number
			continue
		}
		col, count := figureOf(levels)
		if count {
			t.byCol[c.Number] = len(t.columns)
			t.columns = append(t.columns, ReportColumn{c.Number, c.Heading, col, splits(levels)})
		}
	}
	return t
}

// counts reports whether at least two columns of form II.06a are there.
func (t *reportReader) counts() bool {
	n := 0
	for _, c := range t.columns {
		if c.Column != "" {
			n++
		}
	}
	return n >= 2 && t.name > 0
}

func (t *reportReader) title(row *sheet.Row) {
	for _, c := range row.Cells {
		t.arena = t.arena[:0]
		for _, line := range lines(c.Text, &t.arena) {
			if len(line) > 0 && len(line) < 400 && len(t.titles) < 40 {
				t.titles = append(t.titles, string(line))
			}
		}
	}
}

func (t *reportReader) read(row *sheet.Row) {
	one := ReportRow{Row: row.Num, Group: t.group, Figures: map[data.Column]int64{}}
	t.arena = t.arena[:0]
	var texts []string
	for _, c := range row.Cells {
		if text := clean(c.Text, &t.arena); len(text) > 0 {
			texts = append(texts, string(text))
		}
	}
	if numbering(texts) {
		return
	}
	counts := 0
	for i := range row.Cells {
		c := &row.Cells[i]
		text := clean(c.Text, &t.arena)
		if len(text) == 0 {
			continue
		}
		switch k, ok := t.byCol[c.Col]; {
		case c.Col == t.mark:
			one.Mark = string(text)
		case c.Col == t.name:
			one.Name = string(text)
		case ok:
			n, fault := countCell(text, c.Kind)
			col := &t.columns[k]
			if v := (value{text: text, loss: lossOf(c, text, FactIgnore), heading: col.Heading}); v.loss != sheet.Kept {
				t.warn("Dòng %d: %s", row.Num, v.reasonOf())
				continue
			}
			switch {
			case fault == countNone:
				continue
			case fault == countBad:
				t.warn("Dòng %d, cột «%s»: «%s» không phải là số hồ sơ nên bỏ qua.", row.Num, col.Heading, clip(text))
				continue
			case fault == countScaled:
				t.warn("Dòng %d, cột «%s»: ô ghi %s, đã hiểu là %s (dấu chấm ngăn hàng nghìn).", row.Num, col.Heading, clip(text), data.FormatInt(n))
			}
			counts++
			if col.Column != "" {
				if old, ok := one.Figures[col.Column]; !ok || col.part {
					one.Figures[col.Column] = old + n
				}
				continue
			}
			if one.Other == nil {
				one.Other = map[string]int64{}
			}
			one.Other[col.Heading] = n
		}
	}
	switch {
	case isTotal([]byte(one.Name)) || isTotal([]byte(one.Mark)) && one.Name == "":
		if counts > 0 && t.total == nil {
			one.Name = "Tổng cộng"
			t.total = &one
		}
	case counts >= 2 && one.Name != "":
		if len(t.rows) < maxReportRows {
			t.rows = append(t.rows, one)
		}
	case counts == 0 && one.Name != "" && len(texts) <= 2 && t.total == nil:
		t.group = one.Name
	}
}

// maxReportRows bounds a table of counts; a whole province has fewer.
const maxReportRows = 50000

func (t *reportReader) warn(format string, args ...any) {
	if len(t.warnings) < maxWarnings {
		t.warnings = append(t.warnings, fmt.Sprintf(format, args...))
	}
}

// maxWarnings is how many faults of a table are told one by one.
const maxWarnings = 200

type countFault uint8

const (
	countOK countFault = iota
	countNone
	countBad
	countScaled // a number that lost its thousands
)

// countCell reads a number of dossiers. In text a dot, a comma or a blank parts
// thousands; a number cell with a fraction of thousandths was such a text once.
func countCell(text []byte, kind sheet.Kind) (int64, countFault) {
	if len(text) > 24 {
		return 0, countBad
	}
	if kind != sheet.Number && blank(text) {
		return 0, countNone
	}
	if kind == sheet.Number {
		if s, ok := wholeNumber(text); ok && len(s) <= 12 {
			return atoi(s), countOK
		}
		whole, frac, ok := strings.Cut(string(text), ".")
		if !ok || len(frac) > 3 || len(whole) > 6 || !allDigits(whole) || !allDigits(frac) {
			return 0, countBad
		}
		return atoi(whole + (frac + "00")[:3]), countScaled
	}
	var digits []byte
	group := -1 // digits since the last mark
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
			if group >= 0 {
				group++
			}
		case (c == '.' || c == ',' || c == ' ') && i > 0 && (group < 0 && i <= 3 || group == 3):
			group = 0
		default:
			return 0, countBad
		}
	}
	if len(digits) == 0 || len(digits) > 12 || group >= 0 && group != 3 {
		return 0, countBad
	}
	return atoi(string(digits)), countOK
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func atoi(s string) (n int64) {
	for i := 0; i < len(s); i++ {
		n = n*10 + int64(s[i]-'0')
	}
	return n
}

func (t *reportReader) finish(out *Report) {
	out.Titles, out.Columns, out.Rows = t.titles, t.columns, t.rows
	if t.total != nil {
		out.Total, out.HasTotal = *t.total, true
	}
	out.Period = periodOf(t.titles)
	out.Unit = reporterOf(t.titles)
	out.Form = formOf(t.titles, out.Family)
	t.check(out)
	out.Warnings = t.warnings
}
