package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"giaoban/app/command"
)

// noted reports whether a note of the code names all words.
func noted(r imported, code string, words ...string) bool {
	for _, n := range r.Notes {
		all := n.Code == code
		for _, w := range words {
			all = all && strings.Contains(n.Text, w)
		}
		if all {
			return true
		}
	}
	return false
}

func fieldsOf(r imported) map[string]string {
	m := map[string]string{}
	for _, c := range r.Mapping {
		m[c.Column] = c.Field
	}
	return m
}

// TestTheSheetInSight reads the sheet that the officer sees and names the hidden
// one; chosen by number the hidden one is read and the other is named.
func TestTheSheetInSight(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	hidden := publicFixture("hidden-sheet/hidden.xlsx")
	r := importOf(t, hidden, "--file", file)[0]
	if r.New != 5 || !noted(r, "unread-sheet", "«Nhap»", "ẩn") || len(r.Mapping) == 0 || r.Mapping[0].Sheet != "Danh sach" {
		t.Errorf("%+v", r)
	}
	for _, d := range dossiersOf(t, file) {
		if !strings.Contains(d.Code, "NEW-") {
			t.Errorf("%s comes from the hidden sheet", d.Code)
		}
	}
	if said := must(t, "import", hidden, "--file", file); !strings.Contains(said, "«Nhap»") {
		t.Errorf("the text names no hidden sheet: %s", said)
	}
	r = importOf(t, hidden, "--sheet", "1", "--file", filepath.Join(t.TempDir(), "so.db"))[0]
	if r.New != 30 || !noted(r, "unread-sheet", "«Danh sach»") {
		t.Errorf("sheet 1: %+v", r)
	}
}

// book writes a workbook with the rows of each sheet.
func book(t *testing.T, sheets []string, rows map[string][][]any, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range sheets {
		if i == 0 {
			f.SetSheetName("Sheet1", name)
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for k, row := range rows[name] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", k+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	path := filepath.Join(t.TempDir(), "bang.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var listHead = []any{"Mã hồ sơ", "Chủ hồ sơ", "Tên thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Đơn vị giải quyết"}

func listRow(code, received, due, ended string) []any {
	return []any{code, "Trần Mẫu", "Đăng ký khai sinh", received, due, ended, "UBND xã A"}
}

// TestOnlyAHiddenSheet refuses a file of which the only list is out of sight, by
// the name of the sheet.
func TestOnlyAHiddenSheet(t *testing.T) {
	path := book(t, []string{"Hướng dẫn", "Nháp"}, map[string][][]any{"Hướng dẫn": {{"Cách dùng tệp này"}}, "Nháp": {listHead, listRow("HS-1", "13/03/2023", "20/03/2023", "")}},
		func(f *excelize.File) { f.SetSheetVisible("Nháp", false) })
	if said := fails(t, command.ExitFailed, "import", path, "--file", filepath.Join(t.TempDir(), "so.db")); !strings.Contains(said, "«Nháp»") || !strings.Contains(said, "ẩn") {
		t.Errorf("says %q", said)
	}
	if r := importOf(t, path, "--sheet", "2", "--file", filepath.Join(t.TempDir(), "so.db")); r[0].New != 1 {
		t.Errorf("chosen: %+v", r)
	}
}

// TestSheetsWithOneHeading reads the months of a year in one go; a dossier that
// comes again in a later month brings what happened since.
func TestSheetsWithOneHeading(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	months := publicFixture("months-in-sheets/months.xlsx")
	r := importOf(t, months, "--file", file)[0]
	if r.Rows != 15 || r.New != 15 || len(dossiersOf(t, file)) != 15 || !noted(r, "sheets-together", "«Thang 1»", "«Thang 2»", "«Thang 3»") {
		t.Errorf("%+v", r)
	}
	if one := importOf(t, months, "--sheet", "2", "--file", filepath.Join(t.TempDir(), "so.db"))[0]; one.New != 5 || !noted(one, "unread-sheet", "«Thang 1»") || !noted(one, "unread-sheet", "«Thang 3»") {
		t.Errorf("sheet 2 alone: %+v", one)
	}
	path := book(t, []string{"T1", "T2", "Khác", "Ghi chép"}, map[string][][]any{
		"T1":       {listHead, listRow("HS-1", "13/03/2023", "20/03/2023", ""), listRow("HS-2", "14/03/2023", "21/03/2023", "20/03/2023")},
		"T2":       {{"Tháng hai"}, listHead, listRow("HS-1", "13/03/2023", "20/03/2023", "24/03/2023"), listRow("", "13/04/2023", "20/04/2023", "")},
		"Khác":     {{"Mã hồ sơ", "Chủ hồ sơ", "Tên thủ tục", "Ngày tiếp nhận"}, {"HS-9", "Trần Mẫu", "Đăng ký khai sinh", "13/03/2023"}},
		"Ghi chép": {{"gọi lại cho xã A"}}}, nil)
	file = filepath.Join(t.TempDir(), "so.db")
	out := filepath.Join(t.TempDir(), "khong-nhan.xlsx")
	r = importOf(t, path, "--rejects", out, "--file", file)[0]
	if r.New != 2 || r.Changed != 1 || r.Rejected != 1 || !noted(r, "unread-sheet", "«Khác»", "tiêu đề khác") || !noted(r, "unread-sheet", "«Ghi chép»") || !strings.Contains(r.Reasons[0].Reason, "«T2»") {
		t.Errorf("%+v", r)
	}
	for _, d := range dossiersOf(t, file) {
		if d.Code == "HS-1" && (d.Ended == nil || *d.Ended != "2023-03-24") {
			t.Errorf("the later month is lost: %+v", d)
		}
	}
	if again := importOf(t, out, "--dry-run", "--file", filepath.Join(t.TempDir(), "so.db")); again[0].Rows != 1 {
		t.Errorf("the workbook of rejected rows holds %d rows", again[0].Rows)
	}
}

// TestColumnsThatAreNotRead names them, and finds the words of other exports.
func TestColumnsThatAreNotRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	later := func() time.Time { return time.Date(2026, time.November, 30, 10, 0, 0, 0, time.UTC) }
	var out, errs bytes.Buffer
	if code := command.Run(t.Context(), command.Env{Stdout: &out, Stderr: &errs, Now: later}, []string{"import", publicFixture("unread-columns/land-office.xlsx"), "--json", "--file", file}); code != command.ExitDone {
		t.Fatalf("exit %d, %s", code, errs.String())
	}
	r := parse[[]imported](t, out.String())[0]
	if f := fieldsOf(r); r.New != 2 || f["Ngày xong"] != "ended" || f["Loại thủ tục"] != "procedure" || f["Xã/Phường"] != "area" || f["Hẹn trả"] != "due" {
		t.Errorf("%+v", r)
	}
	for _, d := range dossiersOf(t, file) {
		if strings.HasSuffix(d.Code, "1201") && (d.Ended == nil || *d.Ended != "2026-08-14" || *d.Procedure != "Trích lục bản đồ") {
			t.Errorf("finished dossier: %+v", d)
		}
	}
	file = filepath.Join(t.TempDir(), "so.db")
	importOf(t, publicFixture("unread-columns/no-due.csv"), "--file", file)
	var figures struct {
		Total struct {
			Late   int `json:"late"`
			OnTime int `json:"on_time"`
		} `json:"total"`
	}
	if err := json.Unmarshal([]byte(must(t, "figures", "--period", "2023", "--json", "--file", file)), &figures); err != nil {
		t.Fatal(err)
	}
	if figures.Total.Late != 5 || figures.Total.OnTime != 0 {
		t.Errorf("late dossiers count as %+v", figures.Total)
	}
	lines := []string{"Mã hồ sơ;Chủ hồ sơ;Tên thủ tục;Ngày nhận;Màu bìa;Ký nhận;;Trạng thái giấy", "HS-1;Trần Mẫu;Thử;13/03/2023;đỏ;;x;"}
	r = importOf(t, write(t, "la.csv", lines...), "--file", filepath.Join(t.TempDir(), "so.db"))[0]
	if !noted(r, "unread-column", "«Màu bìa»") || noted(r, "unread-column", "«Ký nhận»") || !noted(r, "unread-column", "cột G") || !noted(r, "no-due-column", "hẹn trả") || !noted(r, "no-unit") {
		t.Errorf("%+v", r.Notes)
	}
	if said := must(t, "import", write(t, "la.csv", lines...), "--dry-run", "--file", filepath.Join(t.TempDir(), "so.db")); !strings.Contains(said, "«Màu bìa»") || !strings.Contains(said, "ngày hẹn trả") {
		t.Errorf("says %s", said)
	}
}

// TestWordsOfOtherExports reads each heading as the field that it is, by what
// stands in the column where the heading may mean two things.
func TestWordsOfOtherExports(t *testing.T) {
	for _, c := range []struct{ heading, value, want string }{
		{"Hạn giải quyết", "20/03/2023", "due"}, {"Hạn xử lý", "20/03/2023", "due"}, {"Thời hạn giải quyết", "20/03/2023", "due"}, {"Ngày đến hạn", "20/03/2023", "due"},
		{"Hạn trả KQ", "20/03/2023", "due"}, {"Ngày hẹn", "20/03/2023", "due"}, {"Hẹn trả", "20/03/2023", "due"}, {"Hạn hoàn thành", "20/03/2023", "due"}, {"Thời hạn", "20/03/2023", "due"},
		{"Ngày dự kiến trả kết quả", "20/03/2023", "due"}, {"Hạn chót", "20/03/2023", "due"}, {"Thời gian giải quyết", "20/03/2023", "due"},
		{"Thời hạn giải quyết", "5 ngày làm việc", "term"}, {"Thời hạn", "15 ngày", "term"}, {"Thời gian giải quyết", "3 ngày", "term"}, {"Hạn xử lý", "còn 3 ngày", ""},
		{"Ngày có KQ", "20/03/2023", "ended"}, {"Thời gian hoàn thành", "20/03/2023 09:00", "ended"}, {"Ngày xong", "20/03/2023", "ended"}, {"Ngày hoàn tất", "20/03/2023", "ended"},
		{"Thời điểm kết thúc", "20/03/2023", "ended"}, {"Thời gian hoàn thành", "2 ngày rưỡi", ""},
		{"Ngày trả KQ", "20/03/2023", "returned"}, {"Ngày nhận KQ", "20/03/2023", "returned"}, {"TG trả KQ", "20/03/2023", "returned"},
		{"Lĩnh vực thủ tục", "Hộ tịch", "field"}, {"Lĩnh vực thủ tục hành chính", "Hộ tịch", "field"}, {"Lĩnh vực TTHC", "Hộ tịch", "field"},
		{"Phòng ban xử lý", "Phòng Tư pháp", "unit"}, {"Phòng chuyên môn", "Phòng Tư pháp", "unit"}, {"Ðơn vị thụ lý", "Phòng Tư pháp", "unit"},
		{"Xã/Phường", "Xã Y", "area"}, {"Phường, xã", "Xã Y", "area"}, {"Cán bộ thụ lý", "Lê Mẫu", "officer"}, {"Mức độ", "4", ""}, {"Quá hạn giải quyết", "x", ""},
	} {
		path := write(t, "mot.csv", "Mã hồ sơ;Khách hàng;Loại thủ tục;Ngày nhận HS;"+c.heading, "HS-1;Trần Mẫu;Thử;13/03/2023;"+c.value)
		r := importOf(t, path, "--dry-run", "--file", filepath.Join(t.TempDir(), "so.db"))[0]
		f := fieldsOf(r)
		if f[c.heading] != c.want || r.New != 1 || f["Khách hàng"] != "owner" || f["Loại thủ tục"] != "procedure" || f["Ngày nhận HS"] != "received" {
			t.Errorf("«%s» with %s: %+v", c.heading, c.value, r)
		}
		if unread := noted(r, "unread-column", "«"+c.heading+"»"); unread != (c.want == "") {
			t.Errorf("«%s» with %s: named as unread %v", c.heading, c.value, unread)
		}
	}
}

// TestHiddenRowsAndColumns names what is read though the officer does not see it.
func TestHiddenRowsAndColumns(t *testing.T) {
	r := importOf(t, fixture("box_hidden.xlsx"), "--dry-run", "--file", filepath.Join(t.TempDir(), "so.db"))[0]
	if r.New != 60 || !noted(r, "hidden-rows", "dòng đang ẩn") || !noted(r, "hidden-columns", "«Lĩnh vực»") {
		t.Errorf("%+v", r.Notes)
	}
	path := book(t, []string{"A"}, map[string][][]any{"A": {listHead, listRow("HS-1", "13/03/2023", "20/03/2023", ""), listRow("HS-2", "13/03/2023", "20/03/2023", ""), listRow("HS-3", "13/03/2023", "20/03/2023", "")}},
		func(f *excelize.File) { f.SetRowVisible("A", 2, false); f.SetRowVisible("A", 3, false) })
	r = importOf(t, path, "--dry-run", "--file", filepath.Join(t.TempDir(), "so.db"))[0]
	if r.New != 3 || !noted(r, "hidden-rows", "2 dòng", "2–3") {
		t.Errorf("%+v", r.Notes)
	}
}

// TestCountsOfAnotherMatter refuses tables of other work by what they are about;
// those on procedures pass, also where a field or the unit that reports is named
// like other work.
func TestCountsOfAnotherMatter(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	if said := fails(t, command.ExitFailed, "import", publicFixture("denunciation-report-as-figures/to-cao.xlsx"), "--json", "--file", file); !strings.Contains(said, "tố cáo") || strings.Count(strings.TrimSpace(said), "\n") > 0 {
		t.Errorf("says %q", said)
	}
	head := []any{"STT", "Đơn vị", "Tổng số", "Kỳ trước chuyển sang", "Tiếp nhận trong kỳ", "Đã giải quyết", "Đang giải quyết"}
	for title, want := range map[string]string{
		"KẾT QUẢ GIẢI QUYẾT ĐƠN THƯ KHIẾU NẠI":                     "khiếu nại",
		"BÁO CÁO KẾT QUẢ TIẾP CÔNG DÂN QUÝ I/2025":                 "tiếp công dân",
		"Tổng hợp đơn thư tháng 3 năm 2025":                        "đơn thư",
		"Kết quả xử lý phản ánh, kiến nghị năm 2025":               "phản ánh, kiến nghị",
		"Tình hình thực hiện nhiệm vụ được giao":                   "nhiệm vụ",
		"KẾT QUẢ HỒ SƠ TỐ CÁO NĂM 2025":                            "tố cáo",
		"THỐNG KÊ HỌC SINH NĂM 2025":                               "không rõ",
		"KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH NĂM 2025":           "",
		"BAN TIẾP CÔNG DÂN\nKẾT QUẢ GIẢI QUYẾT HỒ SƠ NĂM 2025":     "",
		"Kết quả giải quyết TTHC lĩnh vực khiếu nại, tố cáo, 2025": "",
	} {
		head := head
		if want == "không rõ" {
			head = []any{"STT", "Đơn vị", "Tổng số", "Kỳ trước chuyển sang", "Tiếp nhận trong kỳ", "Chuyển trường", "Chuyển lớp"}
		}
		path := book(t, []string{"Sheet1"}, map[string][][]any{"Sheet1": {{title}, {"Số liệu tính từ ngày 01/01/2025 đến ngày 30/06/2025"}, head,
			{1, "Khiếu nại, tố cáo", 7, 3, 4, 5, 2}, {2, "Phòng B", 2, 0, 2, 1, 1}}}, nil)
		args := []string{"import", path, "--json", "--file", filepath.Join(t.TempDir(), "so.db")}
		if want != "" {
			if said := fails(t, command.ExitFailed, args...); !strings.Contains(said, want) {
				t.Errorf("%s: %q", title, said)
			}
			continue
		}
		if code, out, errs := call(args...); code != command.ExitDone || !slices.ContainsFunc(parse[[]imported](t, out)[0].Mapping, func(m struct {
			Sheet  string `json:"sheet"`
			Column string `json:"column"`
			Field  string `json:"field"`
		}) bool {
			return m.Field == "carried"
		}) {
			t.Errorf("%s: exit %d, %s %s", title, code, out, errs)
		}
	}
}

// TestUnknownStatesAreAnswered names a state that nobody has explained, and takes
// the answer on the command line, however its words are spelled.
func TestUnknownStatesAreAnswered(t *testing.T) {
	path := write(t, "la.csv", "Mã hồ sơ;Chủ hồ sơ;Tên thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái", "HS-1;Trần Mẫu;Thử;13/03/2023;20/03/2023;Chờ giao 1 cửa",
		"HS-2;Trần Mẫu;Thử;14/03/2023;21/03/2023;Chờ giao 1 cửa", "HS-3;Trần Mẫu;Thử;14/03/2023;21/03/2023;Đang hoà giải")
	file := filepath.Join(t.TempDir(), "so.db")
	r := importOf(t, path, "--dry-run", "--file", file)[0]
	if r.Rejected != 3 || !noted(r, "unknown-status", "«Chờ giao 1 cửa»", "2 dòng", "--status") || !noted(r, "unknown-status", "«Đang hoà giải»") {
		t.Errorf("%+v", r)
	}
	r = importOf(t, path, "--status", "CHỜ GIAO 1  CỬA=4", "--status", "Đang hòa giải = Yêu cầu bổ sung", "--file", file)[0]
	if r.New != 3 || r.Rejected != 0 || noted(r, "unknown-status") {
		t.Errorf("%+v", r)
	}
	want := map[string]int{"HS-1": 4, "HS-2": 4, "HS-3": 5}
	for _, d := range dossiersOf(t, file) {
		if d.Status == nil || *d.Status != want[d.Code] {
			t.Errorf("%s has another state: %+v", d.Code, d)
		}
	}
	for _, bad := range []string{"Chờ giao 1 cửa", "Chờ=11", "=4", "Chờ=lạ"} {
		fails(t, command.ExitUsage, "import", path, "--status", bad, "--file", file)
	}
}

// TestUnitOfFile gives the rows that name no unit the one of the command line,
// and no other row.
func TestUnitOfFile(t *testing.T) {
	none := write(t, "khong.csv", "Mã hồ sơ;Chủ hồ sơ;Tên thủ tục;Ngày tiếp nhận;Ngày hẹn trả", "HS-1;Trần Mẫu;Thử;13/03/2023;20/03/2023")
	some := write(t, "co.csv", "Mã hồ sơ;Chủ hồ sơ;Tên thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Đơn vị", "HS-2;Trần Mẫu;Thử;13/03/2023;20/03/2023;UBND xã Hòa Bình", "HS-3;Trần Mẫu;Thử;13/03/2023;20/03/2023;")
	file := filepath.Join(t.TempDir(), "so.db")
	if r := importOf(t, none, "--dry-run", "--file", file)[0]; !noted(r, "no-unit", "1 hồ sơ", "--unit-of-file") {
		t.Errorf("%+v", r.Notes)
	}
	for _, r := range importOf(t, none, some, "--unit-of-file", "UBND xã Hoà\u00a0Bình", "--file", file) {
		if noted(r, "no-unit") || r.Rejected != 0 {
			t.Errorf("%+v", r)
		}
	}
	units := map[string]bool{}
	for _, d := range dossiersOf(t, file) {
		units[*d.Unit] = true
	}
	if len(units) != 1 {
		t.Errorf("one unit in two spellings is %v", units)
	}
	counts := write(t, "bieu.csv", "BÁO CÁO Quý I/2023;;;;;;", "TT;Đơn vị;Tổng số hồ sơ tiếp nhận;Kỳ trước chuyển qua;Mới tiếp nhận;Đã giải quyết;Đang giải quyết", "1;Hộ tịch;10;2;8;6;4")
	importOf(t, counts, "--unit-of-file", "UBND xã Hòa Bình", "--file", file)
}

// TestValuesThatDecide reads days that lost their format under a heading that may
// mean a term, and takes no lost value for a sign that there are no days.
func TestValuesThatDecide(t *testing.T) {
	head := []any{"Mã hồ sơ", "Khách hàng", "Loại thủ tục", "Ngày nhận", "Hạn giải quyết"}
	plain := book(t, []string{"A"}, map[string][][]any{"A": {head, {"HS-1", "Trần Mẫu", "Thử", "13/03/2023", 45005}}}, nil)
	file := filepath.Join(t.TempDir(), "so.db")
	if r := importOf(t, plain, "--file", file)[0]; fieldsOf(r)["Hạn giải quyết"] != "due" || *dossiersOf(t, file)[0].Due != "2023-03-20" {
		t.Errorf("%+v", r)
	}
	lost := book(t, []string{"A"}, map[string][][]any{"A": {head, {"HS-1", "Trần Mẫu", "Thử", "13/03/2023"}, {"HS-2", "Trần Mẫu", "Thử", "13/03/2023", "20/03/2023"}}},
		func(f *excelize.File) { f.SetCellFormula("A", "E2", "D2+7") })
	r := importOf(t, lost, "--file", filepath.Join(t.TempDir(), "so.db"))[0]
	if fieldsOf(r)["Hạn giải quyết"] != "due" || r.New != 1 || r.Rejected != 1 {
		t.Errorf("a lost due date: %+v", r)
	}
}
