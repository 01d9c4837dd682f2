package exchange_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
)

// A count that a workbook took for a decimal number is read with its thousands and
// told; what cannot have been a count is told and left out.
func TestCountsThatLostTheirThousands(t *testing.T) {
	head := strings.Split(strings.TrimSuffix(reportHead, "\n"), "\t")
	number := func(s string) string { return "<c><v>" + s + "</v></c>" }
	for cell, want := range map[string]int64{"1.205": 1205, "20.5": 20500, "1205": 1205, "1205.0": 1205, "999999.001": 999999001} {
		row := []string{number("1"), "UBND xã Hiệp An", number(cell), number("1000"), number("200"), number("5")}
		r := reportOf(t, open(t, rawBook(t, [][]string{head, row}, ""), exchange.Options{}))
		told := strings.Contains(strings.Join(r.Warnings, "\n"), "đã hiểu là "+data.FormatInt(want))
		if got := r.Rows[0].Figures[data.ColReceived]; got != want || told != (strings.TrimSuffix(cell, ".0") != fmt.Sprint(want)) {
			t.Errorf("%s: %d, want %d; %q", cell, got, want, r.Warnings)
		}
	}
	for _, cell := range []string{"1.2055", "1234567.5", "-1.5", "-3"} {
		row := []string{number("1"), "UBND xã Hiệp An", number(cell), number("1000"), number("200"), number("5")}
		r := reportOf(t, open(t, rawBook(t, [][]string{head, row}, ""), exchange.Options{}))
		if _, ok := r.Rows[0].Figures[data.ColReceived]; ok || !strings.Contains(strings.Join(r.Warnings, "\n"), "không phải là số hồ sơ") {
			t.Errorf("%s: %v %q", cell, r.Rows[0].Figures, r.Warnings)
		}
	}
}

// A period that is written by its days gets the name that it has, whichever it is.
func TestEveryPeriodIsNamedByItsDays(t *testing.T) {
	keys := []string{"2022", "2022-H1", "2022-H2", "nd09:2022", "nd09:2022-H1", "nd09:2022-H2", "2022-2M", "2022-9M", "2022-11M", "nd09:2022-9M"}
	for i := 1; i <= 12; i++ {
		keys = append(keys, fmt.Sprintf("2022-%02d", i), fmt.Sprintf("nd09:2022-%02d", i))
		if i <= 4 {
			keys = append(keys, fmt.Sprintf("2022-Q%d", i), fmt.Sprintf("nd09:2022-Q%d", i))
		}
	}
	for _, key := range keys {
		p, err := data.ParsePeriod(key)
		if err != nil {
			t.Fatal(key, err)
		}
		r := paste(t, fmt.Sprintf("Từ ngày %s đến ngày %s\n", p.From, p.To)+reportHead+"1\tPhòng Mẫu\t1\t1\t0\t0\t1\t1\t0\t0\t0\t0\t0\n")
		if r.Period.From != p.From || r.Period.To != p.To || r.Period.Key != key {
			t.Errorf("%s to %s: %q, want %q", p.From, p.To, r.Period.Key, key)
		}
	}
}

// The period of a register is what the lines above its heading say, be the heading
// one row or two; what the heading itself says is none.
func TestPeriodAboveTheHeading(t *testing.T) {
	title := []string{"Từ ngày 01/01/2022 đến ngày 31/12/2022"}
	row := []string{"A-1", "Lê Mẫu", "05/03/2022", "15/03/2022"}
	for name, c := range map[string]struct {
		content []byte
		key     string
	}{
		"one row":      {table(title, small, row), "2022"},
		"none":         {table(small, row), ""},
		"below it":     {table(small, row, title), ""},
		"two rows":     {rawBook(t, [][]string{title, {"Mã hồ sơ", "Chủ hồ sơ", "Thời gian", ""}, {"", "", "Ngày tiếp nhận", "Ngày hẹn trả"}, row}, `<mergeCells><mergeCell ref="C2:D2"/></mergeCells>`), "2022"},
		"in a heading": {rawBook(t, [][]string{{"Mã hồ sơ", "Chủ hồ sơ", "Quý I/2022", ""}, {"", "", "Ngày tiếp nhận", "Ngày hẹn trả"}, row}, `<mergeCells><mergeCell ref="C1:D1"/></mergeCells>`), ""},
	} {
		if p := open(t, c.content, exchange.Options{}).Period(); p.Key != c.key {
			t.Errorf("%s: %q, want %q", name, p.Key, c.key)
		}
	}
}

// A cross or an amount in the column of fees says that a fee is due; nought does not.
func TestFeesOfFiles(t *testing.T) {
	head := append(small[:4:4], "Lệ phí")
	for cell, c := range map[string]struct {
		fee int64
		due bool
	}{"x": {0, true}, "X": {0, true}, "20.000": {20_000, true}, "1": {1, true}, "0": {0, false}, "": {0, false}, "không": {0, false}, "miễn phí": {0, false}} {
		list, _ := read(t, open(t, table(head, []string{"A-1", "A", "25/03/2023", "", cell}), exchange.Options{}))
		if d := list[0].Dossier; d.Fee != c.fee || (d.Flags&data.FeeDue != 0) != c.due {
			t.Errorf("%q: fee %d, flags %b", cell, d.Fee, d.Flags)
		}
	}
}

// Each state that nobody knows is told once with its rows; of very many states the
// first fifty.
func TestUnknownStatesAreTold(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Trạng thái"}
	notes := func(states ...string) (list []string) {
		rows := [][]string{head}
		for i, s := range states {
			rows = append(rows, []string{fmt.Sprintf("A-%d", i+1), "A", "25/03/2023", s})
		}
		_, sum := read(t, open(t, table(rows...), exchange.Options{}))
		for _, n := range sum.Notes {
			if n.Code == exchange.NoteUnknownStatus {
				list = append(list, n.Text)
			}
		}
		return list
	}
	got := notes("Chờ ký số", "Đang xử lý", "Chuyển tiếp", "Chờ ký số")
	if len(got) != 2 || !strings.Contains(got[0], "«Chờ ký số» (2 dòng") || !strings.Contains(got[1], "«Chuyển tiếp» (1 dòng") {
		t.Errorf("%q", got)
	}
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf("Trạng thái lạ %02d", i))
	}
	if got := notes(append(many, many...)...); len(got) != 50 || !strings.Contains(got[49], "«Trạng thái lạ 49» (2 dòng") {
		t.Errorf("%d: %q", len(got), got)
	}
}

// National numbers of states go from 1 to 10.
func TestNumbersOfStates(t *testing.T) {
	for words, want := range map[string]data.Status{"1": data.Registered, "10": data.Delivered, "4.0": data.Processing, "0": 0, "11": 0, "-3": 0, "2.5": 0, "": 0} {
		if s, ok := exchange.ParseStatus(words); s != want || ok != (want != 0) {
			t.Errorf("%q: %d, %v", words, s, ok)
		}
	}
}

// Eight digits are a day only where they begin with a year; nothing else is taken
// for a year out of sight.
func TestEightDigits(t *testing.T) {
	for cell, want := range map[string]exchange.Class{"12345678": exchange.BadDate, "05032023": exchange.BadDate, "17991231": exchange.BadDate, "18000101": exchange.BadYear, "29990101": exchange.FutureDate} {
		if r := dateOf(t, cell); r.Verdict != exchange.Rejected || r.Class != want {
			t.Errorf("%q: %q %s, want %q", cell, r.Class, r.Reason, want)
		}
	}
}

// Signs that open a telephone number are dropped; within it they make it no number,
// and it stays as written.
func TestSignsInTelephoneNumbers(t *testing.T) {
	for cell, want := range map[string]string{
		"'0950492149": "0950492149", "+84 950 492 149": "0950492149", "(095) 049.21-49": "0950492149",
		"0950492'149": "0950492'149", "0950+492149": "0950+492149", "0950492149/0950271585": "0950492149/0950271585",
	} {
		list, _ := read(t, open(t, table(append(small[:4:4], "Số điện thoại"), []string{"A-1", "A", "25/03/2023", "", cell}), exchange.Options{}))
		if d := list[0].Dossier; d.Owner.Phone != want || d.Flags&data.DoubtPhone != 0 {
			t.Errorf("%q: %q, flags %b", cell, d.Owner.Phone, d.Flags)
		}
	}
}

// One late row proves the order of a long column; the vote does not end before
// anything is proved.
func TestLateProofOfTheOrder(t *testing.T) {
	rows := [][]string{small}
	for i := range 600 {
		rows = append(rows, []string{fmt.Sprintf("A-%d", i+1), "A", fmt.Sprintf("%02d/%02d/2023", i%9+1, i%5+1), ""})
	}
	rows[590][2] = "03/25/2023"
	list, _ := read(t, open(t, table(rows...), exchange.Options{}))
	if got := list[0].Dossier.Received.Day; got != data.Date(2023, 1, 1) {
		t.Errorf("%v", got)
	}
	if got := list[5].Dossier.Received.Day; got != data.Date(2023, 6, 1) || list[5].Dossier.Flags&data.DoubtDates != 0 {
		t.Errorf("month first is proved in row 590, yet 06/01/2023 is %v, flags %b", got, list[5].Dossier.Flags)
	}
}

// The day of handing in decides nothing: its order is not asked for.
func TestOrderOfTheDayOfHandingIn(t *testing.T) {
	head := append(small[:4:4], "Ngày nộp")
	_, sum := read(t, open(t, table(head, []string{"A-1", "A", "05/03/2023", "07/03/2023", "04/03/2023"}), exchange.Options{}))
	notes := orderNotes(sum)
	if len(notes) != 1 || !strings.Contains(notes[0], "«Ngày tiếp nhận», «Ngày hẹn trả»") || strings.Contains(notes[0], "«Ngày nộp»") {
		t.Errorf("%q", notes)
	}
}

// Cells of a workbook say a day in three ways: as a number, as a number with the
// format of dates, and as a date of its own; in a column of texts the officer sees
// a day too.
func TestDaysInWorkbooks(t *testing.T) {
	for cell, note := range map[string]string{"<c><v>44990</v></c>": "44990", `<c s="1"><v>44990</v></c>`: "05/03/2023", `<c t="d"><v>2023-03-05</v></c>`: "05/03/2023"} {
		row := lostRow()
		row[2], row[11] = cell, cell
		list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
		if r := list[0]; r.Verdict != exchange.Accepted || r.Dossier.Received.Day != data.Date(2023, 3, 5) || r.Dossier.Note != note {
			t.Errorf("%s: %s, received %s, note %q", cell, r.Reason, r.Dossier.Received, r.Dossier.Note)
		}
	}
}

// A procedure code that is longer than a base code is nobody's number that lost its
// noughts.
func TestLongProcedureCodes(t *testing.T) {
	head := []string{"Mã hồ sơ", "Mã TTHC", "Chủ hồ sơ", "Ngày tiếp nhận"}
	for cell, want := range map[string]string{"<c><v>1.0012405</v></c>": "1.0012405", "<c><v>1.1</v></c>": "1.100000", "<c><v>3</v></c>": "3", "<c><v>4.5</v></c>": "4.5"} {
		list, _ := read(t, open(t, rawBook(t, [][]string{head, {"A-1", cell, "A", "01/03/2023"}}, ""), exchange.Options{}))
		if list[0].ProcedureCode != want {
			t.Errorf("%s: %q, want %q", cell, list[0].ProcedureCode, want)
		}
	}
}

// A column without a heading is named by its letter; where several pages are read
// together, with its page.
func TestColumnsWithoutHeading(t *testing.T) {
	page := func(n int, cells ...string) string {
		html := "<table><tr><th>" + strings.Join(small, "<th>")
		for i := range 12 {
			html += fmt.Sprintf("<tr><td>A-%d-%d<td>B<td>25/03/2023<td>", n, i) + "<td>" + strings.Join(cells, "<td>")
		}
		return html + "</table>"
	}
	for name, c := range map[string]struct{ content, want string }{
		"one page": {page(1, "ghi thêm"), "không có tiêu đề: cột E. "},
		"two":      {page(1, "", "x") + page(2, "ghi thêm"), "không có tiêu đề: cột E (trang «bảng thứ 2»), cột F (trang «bảng thứ 1»). "},
	} {
		src := open(t, []byte(c.content), exchange.Options{})
		var told []string
		for _, n := range src.Mapping().Notes {
			if n.Code == exchange.NoteUnreadColumn {
				told = append(told, n.Text)
			}
		}
		if !strings.Contains(strings.Join(told, "\n"), c.want) {
			t.Errorf("%s, pages %q: %q", name, src.Mapping().Sheets, told)
		}
	}
}

// What Excel may have turned is told as that; a day that is none is told as that,
// in the same column too.
func TestTurnedDaysAndImpossibleDays(t *testing.T) {
	rows := [][]string{{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận"}}
	add := func(cell string) { rows = append(rows, []string{fmt.Sprint("A-", len(rows)), "A", cell}) }
	for i := range 10 {
		add(fmt.Sprintf("%d/03/2023", 15+i))
		add(fmt.Sprintf("<c><v>%d</v></c>", 44989+i%8)) // 4 to 11 March: or the third day of other months
	}
	add("31/02/2023")
	list, _ := read(t, open(t, rawBook(t, rows, ""), exchange.Options{}))
	for i, r := range list[:20] {
		switch turned := i%2 == 1; {
		case !turned && r.Verdict != exchange.Accepted:
			t.Errorf("row %d: %s", r.Row, r.Reason)
		case turned && (r.Class != exchange.BadDate || !strings.Contains(r.Reason, "có thể đã bị Excel đảo ngày và tháng")):
			t.Errorf("row %d: %d %s %s", r.Row, r.Verdict, r.Class, r.Reason)
		}
	}
	if r := list[20]; r.Class != exchange.BadDate || !strings.Contains(r.Reason, "«31/02/2023» không phải là một ngày có thật") {
		t.Errorf("%s %s", r.Class, r.Reason)
	}
	same := append(rows[:len(rows):len(rows)], []string{"A-99", "A", "<c><v>44988</v></c>"}) // 3 March is the same day both ways
	list, _ = read(t, open(t, rawBook(t, same, ""), exchange.Options{}))
	if r := list[21]; r.Verdict != exchange.Accepted || r.Dossier.Received.Day != data.Date(2023, 3, 3) {
		t.Errorf("3 March: %s %s", r.Reason, r.Dossier.Received)
	}
}

// TestTwoColumnsOfOneFact: the leading column counts wherever it stands, the other one
// fills its gaps, and a blank never takes the place of a value.
func TestTwoColumnsOfOneFact(t *testing.T) {
	head := []string{"Mã hồ sơ", "Ngày tiếp nhận", "Họ tên", "Chủ hồ sơ"}
	for _, heads := range [][]string{head, {"Mã hồ sơ", "Ngày tiếp nhận", "Chủ hồ sơ", "Họ tên"}} {
		other, leading := 2, 3
		if heads[2] == "Chủ hồ sơ" {
			other, leading = 3, 2
		}
		for _, c := range []struct{ leading, other, want string }{{"Trần B", "Lê C", "Trần B"}, {"", "Lê C", "Lê C"}, {"Trần B", "", "Trần B"}, {"", "", ""}} {
			row := []string{"A-1", "25/03/2023", "", ""}
			row[leading], row[other] = c.leading, c.other
			list, _ := read(t, open(t, table(heads, row), exchange.Options{}))
			if len(list) != 1 || list[0].Dossier.Owner.Name != c.want {
				t.Errorf("%q %+v: %q", heads, c, list[0].Dossier.Owner.Name)
			}
		}
	}
}

// TestPhoneBehindAnAddress: the number is cut off whatever stands between its digits.
func TestPhoneBehindAnAddress(t *testing.T) {
	for cell, want := range map[string][2]string{
		"Tổ 9, thị trấn L, SĐT: 0950243810":   {"Tổ 9, thị trấn L", "0950243810"},
		"Tổ 9, thị trấn L - 0950.243.810":     {"Tổ 9, thị trấn L", "0950243810"},
		"Tổ 9, thị trấn L (095) 024-3810":     {"Tổ 9, thị trấn L", "0950243810"},
		"Tổ 9, thị trấn L; ĐT: +84950243810":  {"Tổ 9, thị trấn L", "0950243810"},
		"Số 12/3 đường 30":                    {"Số 12/3 đường 30", ""},
		"Tổ 9, điện thoại 0950 243 810":       {"Tổ 9", "0950243810"},
		"Thửa 12345678901234, tờ bản đồ số 5": {"Thửa 12345678901234, tờ bản đồ số 5", ""},
	} {
		list, _ := read(t, open(t, table([]string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Địa chỉ, số điện thoại"}, []string{"A-1", "A", "25/03/2023", cell}), exchange.Options{}))
		if o := list[0].Dossier.Owner; o.Address != want[0] || o.Phone != want[1] {
			t.Errorf("%s: %q, %q; want %q", cell, o.Address, o.Phone, want)
		}
	}
}

// TestDaysAhead: only what is promised may lie ahead.
func TestDaysAhead(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày hẹn lại", "Ngày kết thúc xử lý"}
	for _, c := range []struct {
		row  []string
		want exchange.Class
	}{
		{[]string{"A-1", "A", "25/03/2023", "30/04/2023", "", ""}, ""},
		{[]string{"A-1", "A", "25/03/2023", "", "30/04/2023", ""}, ""},
		{[]string{"A-1", "A", "25/03/2023", "", "", "31/03/2023"}, ""},
		{[]string{"A-1", "A", "25/03/2023", "", "", "01/04/2023"}, exchange.FutureDate},
		{[]string{"A-1", "A", "01/04/2023", "30/04/2023", "", ""}, exchange.FutureDate},
	} {
		list, _ := read(t, open(t, table(head, c.row), exchange.Options{Today: data.Date(2023, 3, 31)}))
		if list[0].Class != c.want {
			t.Errorf("%q: %q %s", c.row, list[0].Class, list[0].Reason)
		}
	}
}

// TestHiddenRowsAreNamed: those that a filter hides are read, and named as runs.
func TestHiddenRowsAreNamed(t *testing.T) {
	path := filepath.Join("testdata", "import", "box_hidden.xlsx")
	src, err := exchange.Open(t.Context(), path, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	_, sum := read(t, src)
	if notes := fmt.Sprint(exchange.Texts(sum.Notes)); !strings.Contains(notes, "7 dòng đang ẩn hoặc bị lọc trong tệp vẫn được đọc: dòng 6–7, 21, 37, 39–40, 51.") {
		t.Errorf("%s", notes)
	}
}
