package command_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/command"
)

// TestFiguresByPlaceAndIndicators: the figures of the three units list their dossiers, and
// the free indicators of Decree 224/2026 stand behind the rates from 01/07/2026 on.
func TestFiguresByPlaceAndIndicators(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	later := func() time.Time { return time.Date(2026, time.November, 30, 10, 0, 0, 0, time.UTC) }
	list := write(t, "so.csv", "Mã hồ sơ;Tên thủ tục hành chính;Nơi hướng dẫn;Đơn vị tiếp nhận;Đơn vị giải quyết;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái;Ngày kết thúc xử lý;Mã hồ sơ hệ thống bộ",
		"HS-1;Thử;UBND xã Bắc;Điểm Nam;Sở Tư pháp;Trần Mẫu;02/07/2026;09/07/2026;Đã xử lý xong;08/07/2026;B15-1",
		"HS-2;Thử;;;Sở Tư pháp;Lê Mẫu;03/07/2026;10/07/2026;Đã xử lý xong;04/07/2026;")
	var out, errs bytes.Buffer
	if code := command.Run(t.Context(), command.Env{Stdout: &out, Stderr: &errs, Now: later}, []string{"import", list, "--file", file}); code != command.ExitDone {
		t.Fatalf("%s%s", &out, &errs)
	}
	for by, want := range map[string]string{"unit": "Sở Tư pháp 2", "receiver": "Sở Tư pháp 1, Điểm Nam 1", "helper": "Sở Tư pháp 1, UBND xã Bắc 1"} {
		var rows []string
		for _, r := range figuresOf(t, file, "--period", "2026-07", "--by", by).Rows {
			rows = append(rows, fmt.Sprintf("%s %d", r.Name, r.Received))
			if got := parse[[]map[string]any](t, must(t, "dossiers", "--json", "--file", file, "--period", "2026-07", "--column", "received", "--"+by, r.Key)); len(got) != r.Received {
				t.Errorf("by %s, %s: %d dossiers, the figure is %d", by, r.Name, len(got), r.Received)
			}
		}
		if got := strings.Join(rows, ", "); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
	}
	asked := func(args ...string) []map[string]any {
		return parse[[]map[string]any](t, must(t, append([]string{"dossiers", "--json", "--file", file}, args...)...))
	}
	found := asked("b15-1")
	if len(found) != 1 {
		t.Fatalf("%v", found)
	}
	for key, want := range map[string]string{"unit": "Sở Tư pháp", "receiver": "Điểm Nam", "helper": "UBND xã Bắc", "external_code": "B15-1"} {
		if found[0][key] != want {
			t.Errorf("%s: %v, want %s", key, found[0][key], want)
		}
	}
	text := must(t, "figures", "--period", "2026-07", "--file", file)
	if want := "Thời gian xử lý trung bình, cả ngày nghỉ và ngày chờ: 7/2 hồ sơ có kết quả từ 01/07/2026 = 3,50 ngày"; !strings.Contains(text, want) {
		t.Errorf("%s\nlacks %s", text, want)
	}
	if strings.Contains(text, "toàn trình") { // nobody said how far the procedure goes online
		t.Errorf("%s", text)
	}
	if got := asked("--period", "2026-07", "--rate", "processing_time"); len(got) != 2 {
		t.Errorf("%d dossiers stand behind the mean", len(got))
	}
	if text := must(t, "figures", "--period", "2026-06", "--file", file); strings.Contains(text, "Thời gian xử lý") {
		t.Errorf("before 01/07/2026: %s", text)
	}
}
