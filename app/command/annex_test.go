package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/data/scoring"
)

// TestAnnex reads an annex that was saved as a web page: the draft, what is wrong at its
// place, the proposals; with --accept a set that a sheet is scored by.
func TestAnnex(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "phu-luc.html")
	const page = `<html><meta charset="utf-8"><table><tr><th>STT<th>Tiêu chí<th>Điểm tối đa<th>Cách chấm</tr>
<tr><td rowspan=1>1<td>Chỉ đạo, điều hành năm 2026<td>1,5<td></tr>
<tr><td>1.1<td>Kế hoạch<td>1<td>Từ 90% trở lên: 1; dưới 90%: 0</tr>
<tr><td>1.2<td>Kiểm tra<td>0,75<td>Có: 0,75; không: 0</tr>
<tr><td colspan=2>Tổng cộng<td>1,75<td></tr></table></html>`
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := score(t, "--annex", path, "--json", "--accept")
	var got struct {
		Set    json.RawMessage
		Faults []struct {
			Row          int
			Column, Text string
		}
		Proposals []struct {
			Code, Kind string
			Problems   []string
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != command.ExitDone {
		t.Fatal(code, errs, err)
	}
	set, err := scoring.DecodeSet(got.Set)
	if err != nil || len(got.Proposals) != 2 || got.Proposals[0].Kind != "Mức theo tỷ lệ" || set.Node("1.2").Max != 750 || !set.Node("1.2").Leaf() {
		t.Errorf("%v, %s", err, out)
	}
	found := false
	for _, f := range got.Faults {
		found = found || f.Row == 2 && f.Column == "Điểm tối đa" && strings.Contains(f.Text, "1,75, khác điểm tối đa 1,50")
		if strings.Contains(f.Text, "loại quy tắc") {
			t.Errorf("%+v", f)
		}
	}
	if !found {
		t.Errorf("%+v", got.Faults)
	}
	if code, out, _ := score(t, "--annex", path); code != command.ExitDone || !strings.Contains(out, "Tiêu chí 1.1 chưa có loại quy tắc") {
		t.Error(code, out)
	}
	if code, _, errs := score(t, "--annex", filepath.Join(dir, "không.xlsx")); code != command.ExitFailed || !strings.Contains(errs, "Không thấy tệp") {
		t.Error(code, errs)
	}
	if code, _, _ := score(t, "--annex", path, "--sheet", path); code != command.ExitUsage {
		t.Error(code)
	}
}
