package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
)

// TestIndicatorsByCommand takes a table of values, twice and with faults, and finds them
// among the measures, beside their targets and in the printed table.
func TestIndicatorsByCommand(t *testing.T) {
	dir := t.TempDir()
	db, table := filepath.Join(dir, "so.db"), filepath.Join(dir, "chi-tieu.csv")
	write := func(lines ...string) {
		t.Helper()
		if err := os.WriteFile(table, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "import", publicFixture("eth-letter/headings.csv"), "--file", db) // with the unit UBND xã Tân Hòa
	write("Mã;Đơn vị;Kỳ;Giá trị;Chú thích", "DA06_DVC;;Tháng 3/2024;23/25;thiếu 2", "VB_KYSO;UBND xã Tân Hòa;2024-03;100/100;", "HL_TREHAN;;Tháng 3/2024;dưới 5;", "VB_KYSO;;Tháng 3/2024;nhiều;", "KHONG_CO;;Tháng 3/2024;1;")
	type answer struct {
		Rows, New, Changed, Same, Rejected int
		Reasons                            []struct {
			Row    int
			Reason string
		}
	}
	add := func(more ...string) answer {
		t.Helper()
		var got []answer
		if err := json.Unmarshal([]byte(must(t, append([]string{"indicators", "--add", table, "--file", db, "--json"}, more...)...)), &got); err != nil || len(got) != 1 {
			t.Fatalf("%+v, %v", got, err)
		}
		return got[0]
	}
	for i, more := range [][]string{{"--dry-run"}, nil} {
		if a := add(more...); a.Rows != 5 || a.New != 3 || a.Rejected != 2 || len(a.Reasons) != 2 || a.Reasons[0].Row != 5 || !strings.Contains(a.Reasons[1].Reason, "KHONG_CO") {
			t.Fatalf("time %d: %+v", i, a)
		}
	}
	if a := add(); a.New != 0 || a.Same != 3 {
		t.Errorf("again: %+v", a)
	}
	if text := must(t, "measures", "--only", "indicator.DA06_DVC", "--period", "2024-03", "--file", db); !strings.Contains(text, "23/25 = 92,00 %") {
		t.Error(text)
	}
	var list []struct {
		Code, Unit, Value, State string
		Target                   *string
	}
	if err := json.Unmarshal([]byte(must(t, "indicators", "standings", "--as-of", "2024-04-10", "--json", "--file", db)), &list); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range list {
		got[x.Code+"/"+x.Unit] = x.Value + " " + x.State
	}
	for key, want := range map[string]string{"DA06_DVC/Toàn cơ quan": "23/25 = 92,00 % below", "VB_KYSO/UBND xã Tân Hòa": "100/100 = 100,00 % met", "HL_TREHAN/Toàn cơ quan": "dưới 5 open"} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
	if text := must(t, "indicators", "standings", "--as-of", "2024-04-10", "--file", db); !strings.Contains(text, "chưa đạt 1; tính đến 10/04/2024") {
		t.Error(text)
	}
	if text := must(t, "indicators", "list", "--file", db); !strings.Contains(text, "DA06_DVC") {
		t.Error(text)
	}
	for _, bad := range [][]string{{"indicators"}, {"indicators", "gì"}, {"indicators", "list", "--add", table}} {
		fails(t, command.ExitUsage, append(bad, "--file", db)...)
	}
	text := printed(t, "chi-tieu", "--period", "2024-03", "--file", db)
	for _, want := range []string{"BẢNG SỐ LIỆU CHỈ TIÊU", "Đề án 06", "Dịch vụ công thiết yếu đã cung cấp", "23/25 = 92,00 %", "ít nhất 100 %", "Chưa đạt", "BẢNG SỐ LIỆU CHỈ TIÊU THEO ĐƠN VỊ", "UBND xã Tân Hòa", "100/100 = 100,00 %", "Có mức giao, kỳ này chưa có số liệu", "chưa có số, không phải bằng 0"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %q:\n%s", want, text)
		}
	}
	book := filepath.Join(dir, "chi-tieu.xlsx")
	must(t, "report", "chi-tieu", "--period", "2024-03", "--out", book, "--file", db)
	if info, err := os.Stat(book); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}
