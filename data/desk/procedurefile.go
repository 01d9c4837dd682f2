package desk

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
	"giaoban/data/text"
)

// procedureColumn is what a column of a list of procedures holds.
type procedureColumn uint8

const (
	colNone procedureColumn = iota
	colCode
	colName
	colField
	colLevel
	colTerm
	colTermUnit
	colOnlineTerm
	colOnline
	colFee
	colUnit
	colSystem
	colWays
	colFeeKind
	colDecision
	colFrom
	colTo
)

// procedureHeadings are the beginnings of folded headings, the longer before the
// shorter (names of columns as in register-and-reports 2.3 and in the lists that
// provinces publish).
var procedureHeadings = []struct {
	start  string
	column procedureColumn
}{
	{"ma so tthc", colCode}, {"ma tthc", colCode}, {"ma thu tuc", colCode}, {"ma so thu tuc", colCode}, {"ma so", colCode},
	{"ten tthc", colName}, {"ten thu tuc", colName}, {"thu tuc hanh chinh", colName}, {"ten", colName},
	{"linh vuc", colField}, {"ten linh vuc", colField},
	{"cap thuc hien", colLevel}, {"cap giai quyet", colLevel}, {"cap hanh chinh", colLevel}, {"cap", colLevel},
	{"thoi han truc tuyen", colOnlineTerm}, {"thoi han giai quyet truc tuyen", colOnlineTerm},
	{"don vi thoi han", colTermUnit}, {"don vi tinh thoi han", colTermUnit},
	{"thoi han", colTerm}, {"thoi gian giai quyet", colTerm}, {"thoi gian", colTerm},
	{"muc do dvc", colOnline}, {"muc do dich vu cong", colOnline}, {"muc do", colOnline}, {"dvctt", colOnline}, {"dich vu cong truc tuyen", colOnline},
	{"he thong", colSystem}, {"ten he thong", colSystem},
	{"cach thuc hien", colWays},
	{"phi hay le phi", colFeeKind}, {"loai phi", colFeeKind}, {"phi", colFee}, {"le phi", colFee}, {"muc phi", colFee},
	{"co quan", colUnit}, {"don vi", colUnit},
	{"quyet dinh cong bo", colDecision}, {"qd cong bo", colDecision}, {"quyet dinh", colDecision}, {"van ban cong bo", colDecision},
	{"hieu luc tu", colFrom}, {"ngay hieu luc", colFrom}, {"ap dung tu", colFrom}, {"hieu luc den", colTo}, {"het hieu luc", colTo}, {"ap dung den", colTo},
}

// readHeadings finds the columns of a row of headings; ok when code or name is
// there beside another column of the list.
func readHeadings(cells map[int]string) (columns map[int]procedureColumn, ok bool) {
	columns = map[int]procedureColumn{}
	taken := map[procedureColumn]bool{}
	for col, cell := range cells {
		folded := text.Words(cell)
		for _, h := range procedureHeadings {
			if (folded == h.start || strings.HasPrefix(folded, h.start+" ")) && !taken[h.column] {
				columns[col], taken[h.column] = h.column, true
				break
			}
		}
	}
	return columns, (taken[colName] || taken[colCode]) && len(columns) >= 2 && (taken[colName] || taken[colTerm])
}

// procedureRow is a row of a list of procedures as the file has it.
type procedureRow struct {
	num   int
	cells map[procedureColumn]string
	lost  string // what of it cannot be known, "" for nothing
}

// readProcedures reads a workbook, HTML or text file whose heading names code or
// name of procedures.
func readProcedures(ctx context.Context, path string) (rows []procedureRow, columns []procedureColumn, err error) {
	f, book, err := openSheets(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	for i := range book.Sheets() {
		rows, columns, err = readProcedureSheet(ctx, book, i)
		if err != nil || len(columns) > 0 {
			return rows, columns, err
		}
	}
	return nil, nil, data.Fail(data.Refused, fmt.Sprintf("%s không có hàng tiêu đề của danh mục thủ tục. Cần ít nhất cột «Tên TTHC», thêm «Mã TTHC», «Lĩnh vực», «Cấp thực hiện», «Thời hạn», «Mức độ DVC», «Phí».", filepath.Base(path)), nil)
}

// cellText returns the text of a cell; a number shown as a date becomes
// YYYY-MM-DD.
func cellText(c *sheet.Cell, date1904 bool) string {
	if c.Kind == sheet.Number && c.DateStyle {
		if d, ok := serialDay(string(c.Text), date1904); ok {
			return d.ISO()
		}
	}
	if c.Kind == sheet.Number {
		return string(sheet.PlainNumber(c.Text, new([]byte)))
	}
	return text.Line(string(c.Text))
}

// serialDay reads the number by which workbooks keep a date.
func serialDay(text string, date1904 bool) (data.Day, bool) {
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	epoch := data.Date(1899, time.December, 30)
	if date1904 {
		epoch = data.Date(1904, time.January, 1)
	}
	if err != nil || n < 20_000 || n > 80_000 {
		return data.NoDay, false
	}
	return epoch + data.Day(n), true
}

var shortCode = regexp.MustCompile(`^[1-3]\.\d{1,5}$`)

// wholeCode gives a base code the noughts back that a workbook dropped when it
// took the code for a number: 1.00124 was 1.001240.
func wholeCode(text string) string {
	code := baseCode(text)
	if shortCode.MatchString(code) {
		return code + strings.Repeat("0", 8-len(code))
	}
	return code
}

// maxProcedures is more than any list of procedures holds.
const maxProcedures = 50_000

func readProcedureSheet(ctx context.Context, book *sheet.Book, i int) (out []procedureRow, columns []procedureColumn, err error) {
	var heading map[int]procedureColumn
	var names map[int]string
	for row, err := range sheet.Each(book.Filled(ctx, i)) {
		if err != nil {
			return nil, nil, err
		}
		if ctx.Err() != nil {
			return nil, nil, data.Fail(data.Cancelled, "Đã hủy. Danh mục giữ nguyên.", ctx.Err())
		}
		cells := map[int]string{}
		lost := ""
		for _, c := range row.Cells {
			column := heading[c.Col]
			if c.Above && (column == colName || column == colCode) {
				continue // the cases of one procedure are not procedures
			}
			if (c.Loss != sheet.Kept || sheet.LossOf(bytes.TrimSpace(c.Text)) == sheet.Failed) && column != colNone && lost == "" {
				lost = fmt.Sprintf("cột «%s»: ô ghi «%s», không biết giá trị. Mở tệp bằng Excel, sửa ô này rồi lưu lại", names[c.Col], bytes.TrimSpace(c.Text))
			}
			if text := cellText(&c, book.Date1904); text != "" {
				cells[c.Col] = text
			}
		}
		if heading == nil {
			if found, ok := readHeadings(cells); ok {
				heading, names = found, cells
			}
			continue
		}
		if len(out) >= maxProcedures {
			return nil, nil, data.Fail(data.Refused, fmt.Sprintf("Tệp có hơn %s dòng, không phải danh mục thủ tục.", data.FormatInt(maxProcedures)), nil)
		}
		one := procedureRow{row.Num, map[procedureColumn]string{}, lost}
		for col, c := range heading {
			if cells[col] != "" {
				one.cells[c] = cells[col]
			}
		}
		if one.cells[colName] == "" && one.cells[colCode] == "" || numbersOnly(cells) {
			continue // a line of the group, of numbers below the heading, or of signatures
		}
		out = append(out, one)
	}
	for _, c := range heading {
		columns = append(columns, c)
	}
	return out, columns, nil
}

var columnNumber = regexp.MustCompile(`^\(?\d{1,2}\)?$`)

// numbersOnly finds the line that numbers the columns.
func numbersOnly(cells map[int]string) bool {
	for _, text := range cells {
		if !columnNumber.MatchString(text) {
			return false
		}
	}
	return true
}

var firstNumber = regexp.MustCompile(`\d+`)
var inBrackets = regexp.MustCompile(`\([^()]*\)`)

// termText reads a term as lists write it: «Không quá 05 (năm) ngày làm việc kể
// từ ngày nhận đủ hồ sơ hợp lệ»; unit is used where the text is a number alone.
func termText(cell, unit string) (data.Term, bool) {
	folded := text.Words(cell)
	switch {
	case strings.Contains(folded, "trong ngay"), strings.HasPrefix(folded, "ngay sau khi"), strings.HasPrefix(folded, "ngay khi"):
		return data.Term{Unit: data.SameDay}, true
	}
	feast := strings.Contains(folded, "tru ngay le") || strings.Contains(folded, "tru le")
	plain := text.Words(inBrackets.ReplaceAllString(cell, " "))
	at := firstNumber.FindStringIndex(plain)
	if at == nil {
		return data.Term{}, false
	}
	if t := exchange.ParseTerm(plain[at[0]:at[1]] + " " + text.Words(unit)); unit != "" && strings.TrimSpace(plain[at[1]:]) == "" {
		return t, t.Known()
	}
	words := strings.TrimSpace(plain[at[1]:])
	for _, u := range []string{"ngay lam viec", "ngay", "gio", "thang"} {
		if strings.HasPrefix(words, u) {
			t := exchange.ParseTerm(plain[at[0]:at[1]] + " " + u)
			if t.Unit == data.CalendarDays && feast {
				t.Unit = data.CalendarDaysNoFeast
			}
			return t, t.Known()
		}
	}
	return data.Term{}, false
}

// OnlineName returns the Vietnamese name of an online level.
func OnlineName(level string) string {
	switch level {
	case data.OnlineFull:
		return "Toàn trình"
	case data.OnlinePart:
		return "Một phần"
	case data.OnlineInfo:
		return "Cung cấp thông tin"
	case "1", "2", "3", "4":
		return "Mức độ " + level
	}
	if n := data.Proactive(level); n > 0 {
		return fmt.Sprintf("Chủ động mức %d", n)
	}
	return level
}

func onlineText(cell string) (string, bool) {
	switch folded := text.Words(cell); {
	case strings.Contains(folded, "chu dong"):
		level := data.OnlineProactive + folded[len(folded)-1:]
		return level, data.Proactive(level) > 0
	case strings.Contains(folded, "toan trinh"), strings.HasSuffix(folded, "4"):
		return data.OnlineFull, true
	case strings.Contains(folded, "mot phan"), strings.HasSuffix(folded, "3"):
		return data.OnlinePart, true
	case strings.Contains(folded, "thong tin"), folded == "2", folded == "1", strings.HasSuffix(folded, " 2"), strings.HasSuffix(folded, " 1"):
		return data.OnlineInfo, true
	}
	return "", false
}

// levelsText reads the levels that a cell names, several parted by a comma, a
// slash or «và».
func levelsText(cell string) (out []data.Level, ok bool) {
	folded := " " + text.Words(cell) + " "
	for _, w := range []struct {
		words string
		level data.Level
	}{{" tinh ", data.LevelProvince}, {" thanh pho ", data.LevelProvince}, {" so ", data.LevelProvince}, {" huyen ", data.LevelDistrict}, {" xa ", data.LevelCommune}, {" nganh doc ", data.LevelVertical}} {
		if strings.Contains(folded, w.words) && (len(out) == 0 || out[len(out)-1] != w.level) {
			out = append(out, w.level)
		}
	}
	return out, len(out) > 0
}
