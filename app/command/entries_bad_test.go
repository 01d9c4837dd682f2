package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"giaoban/app/command"
)

type taken struct {
	Rows, New, Changed, Same, Rejected int
	Reasons                            []struct {
		Row                   int
		Column, Value, Reason string
	}
	Notes []struct{ Code, Text string }
}

// take adds the rows of a file to a register.
func take(t *testing.T, file, kind, path string, more ...string) taken {
	t.Helper()
	var got []taken
	if err := json.Unmarshal([]byte(must(t, append([]string{"entries", kind, "--add", path, "--json", "--file", file}, more...)...)), &got); err != nil {
		t.Fatal(err)
	}
	return got[0]
}

// entryCount is how many entries a register has.
func entryCount(t *testing.T, file, kind string) int {
	t.Helper()
	var all []json.RawMessage
	if err := json.Unmarshal([]byte(must(t, "entries", kind, "--json", "--file", file)), &all); err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// TestBadRowsAreRefusedByRowAndColumn adds a bad row below a good one: the good one is
// taken, the bad one is told with its row, its column and what stands there.
func TestBadRowsAreRefusedByRowAndColumn(t *testing.T) {
	file := office(t)
	must(t, "freeze", "--period", "2022-Q1", "--file", file)
	for i, c := range []struct{ heads, row, column, value, says string }{
		{"Nhiệm vụ;Số hội nghị", "Việc;mười hai", "Số hội nghị", "mười hai", "không phải số nguyên"},
		{"Nhiệm vụ;Tiến độ (%)", "Việc;120", "Tiến độ (%)", "120", "từ 0 đến 100"},
		{"Nhiệm vụ;Ngày giao", "Việc;10/03/2022", "Ngày giao", "10/03/2022", "đã chốt số liệu"},
		{"Nhiệm vụ;Ngày giao;Hạn xử lý", "Việc;10/05/2022;01/05/2022", "Hạn xử lý", "01/05/2022", "trước Ngày giao 10/05/2022"},
		{"Nhiệm vụ;Ngày giao", "Việc;10/05/2220", "Ngày giao", "10/05/2220", "không phải ngày"},
		{"Nhiệm vụ;Ngày giao", "Việc;10/05/2062", "Ngày giao", "10/05/2062", "Kiểm tra lại năm"},
		{"Nhiệm vụ;Hạn xử lý", "Việc;10/05/2062", "Hạn xử lý", "10/05/2062", "Kiểm tra lại năm"},
		{"Nhiệm vụ;Tình trạng", "Việc;gần xong", "Tình trạng", "gần xong", "không có trong danh sách"},
		{"Nhiệm vụ;Hạn xử lý", "Việc;32/05/2022", "Hạn xử lý", "32/05/2022", ""},
		{"Nhiệm vụ;Ngày giao;Hạn xử lý", ";10/05/2022;15/05/2022", "Nội dung nhiệm vụ", "", "bắt buộc"},
	} {
		good := "Việc tốt " + strings.Repeat("x", i+1)
		if heads := strings.Count(c.heads, ";"); heads > 0 {
			good += strings.Repeat(";", heads)
		}
		got := take(t, file, "task", write(t, "bang.csv", c.heads, good, c.row))
		if got.New != 1 || got.Rejected != 1 || len(got.Reasons) != 1 {
			t.Errorf("%s: %+v", c.row, got)
			continue
		}
		r := got.Reasons[0]
		heading := c.column
		if !strings.Contains(c.heads, c.column) {
			heading = "Nhiệm vụ" // as the table calls it
		}
		if r.Row != 3 || r.Column != heading && r.Column != c.column || r.Value != c.value || !strings.HasPrefix(r.Reason, "Dòng 3") || !strings.Contains(r.Reason, c.says) {
			t.Errorf("%s: %+v", c.row, r)
		}
		if n := entryCount(t, file, "task"); n != i+1 {
			t.Errorf("%s: %d entries, want %d", c.row, n, i+1)
		}
	}
}

// TestAClosedPeriodIsChangedForAReason takes rows of a closed period where a reason is
// given, which the journal keeps.
func TestAClosedPeriodIsChangedForAReason(t *testing.T) {
	file := office(t)
	must(t, "freeze", "--period", "2022-Q1", "--file", file)
	path := write(t, "bang.json", `[{"fields":{"text":"Việc sót","issued":"2022-03-10"}},{"fields":{"text":"Việc sau","issued":"2022-05-10"}}]`)
	got := take(t, file, "task", path)
	if got.New != 1 || got.Rejected != 1 || got.Reasons[0].Row != 1 || got.Reasons[0].Column != "issued" && got.Reasons[0].Column != "Ngày giao" {
		t.Errorf("without a reason: %+v", got)
	}
	got = take(t, file, "task", path, "--reason", "Văn bản đến muộn")
	if got.New != 1 || got.Same != 1 || got.Rejected != 0 || len(got.Notes) != 1 || got.Notes[0].Code != "closed-period" {
		t.Errorf("with a reason: %+v", got)
	}
	if n := entryCount(t, file, "task"); n != 2 {
		t.Errorf("%d entries", n)
	}
}

// TestUnitsThatAreNotOfTheOffice are added as the contract says, and told with row and
// column, so that another spelling is seen before it is taken.
func TestUnitsThatAreNotOfTheOffice(t *testing.T) {
	file := office(t)
	path := write(t, "bang.csv", "Nhiệm vụ;Cơ quan chủ trì", "Việc;Phòng Vũ trụ")
	for _, more := range [][]string{{"--dry-run"}, nil} {
		got := take(t, file, "task", path, more...)
		if got.New != 1 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0].Text, "«Phòng Vũ trụ» (dòng 2, cột «Cơ quan chủ trì»)") {
			t.Errorf("%v: %+v", more, got)
		}
	}
}

// TestAPlanIsImportedTwice: the second time nothing is new.
func TestAPlanIsImportedTwice(t *testing.T) {
	file := office(t)
	path := write(t, "ke-hoach.csv", "STT;Nhiệm vụ;Cơ quan chủ trì;Thời gian hoàn thành", "1;Ban hành kế hoạch;Văn phòng;Quý II", "2;Kiểm tra;Văn phòng;Tháng 6", "3;Rà soát;Văn phòng;Thường xuyên")
	if got := take(t, file, "task", path); got.New != 3 || got.Rejected != 0 {
		t.Errorf("%+v", got)
	}
	if got := take(t, file, "task", path); got.New != 0 || got.Same != 3 || got.Rejected != 0 || entryCount(t, file, "task") != 3 {
		t.Errorf("the second time: %+v", got)
	}
}

// TestACellBesideTheTable of a file is told by row and column; the row is taken.
func TestACellBesideTheTable(t *testing.T) {
	file := office(t)
	got := take(t, file, "task", write(t, "bang.csv", "Nhiệm vụ;Hạn xử lý", "Việc;01/05/2022;;ghi chú rời"))
	if got.New != 1 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0].Text, "Dòng 2, cột 4") || !strings.Contains(got.Notes[0].Text, "ghi chú rời") {
		t.Errorf("%+v", got)
	}
}

// TestClosingsOfAPeriod lists the closings of one period alone.
func TestClosingsOfAPeriod(t *testing.T) {
	file := office(t)
	for _, p := range []string{"2022-Q1", "2022-Q2", "2022-Q1"} {
		must(t, "freeze", "--period", p, "--file", file)
	}
	for args, want := range map[string]int{"": 3, "--period 2022-Q1": 2, "--period 2022-Q2": 1, "--period 2022": 0, "--from 2022-01-01 --to 2022-03-31": 2} {
		var all []struct{ Period string }
		if err := json.Unmarshal([]byte(must(t, append([]string{"freeze", "list", "--json", "--file", file}, strings.Fields(args)...)...)), &all); err != nil {
			t.Fatal(err)
		}
		if len(all) != want {
			t.Errorf("%s: %+v", args, all)
		}
	}
	fails(t, command.ExitUsage, "freeze", "list", "--period", "2022-Q9", "--file", file)
}
