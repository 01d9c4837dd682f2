package view_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
)

// today of the tests lies within the second year of the office.
var today = data.Date(2023, time.June, 20)

func now() time.Time { return today.Time().Add(3 * time.Hour) }

func open(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func load(t *testing.T, d *desk.Desk, path string) {
	t.Helper()
	im, err := d.OpenImport(t.Context(), path, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New == 0 || r.Rejected > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
}

// twoYears writes a register of 2022 and of 2023 up to today, with dossiers in
// every column of form II.06a.
func twoYears(t *testing.T) string {
	t.Helper()
	units := []string{"Phòng Tư pháp", "UBND xã Hòa Thử", "UBND xã Ân Thử", "Công an huyện Thử"}
	owners := []string{"Nguyễn Thị Huyền", "Đặng Văn Ổn", "Lê Huyền Trân", "Ánh Văn Mẫu", "Đào Thị Mẫu"}
	channels := []string{"Trực tiếp", "Trực tuyến", "Trực tuyến", "Bưu chính công ích", "Trực tuyến"}
	lines := []string{"Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Trạng thái"}
	n := 0
	for day := data.Date(2022, time.January, 4); day <= today; day += 3 {
		n++
		due, ended, state := day+10, data.NoDay, "Đang xử lý"
		switch n % 8 {
		case 0, 1:
			ended, state = due-2, "Đã xử lý xong"
		case 2:
			ended, state = due, "Đã xử lý xong"
		case 3:
			ended, state = due+3, "Đã trả kết quả"
		case 4:
			ended, state = due-1, "Công dân yêu cầu rút hồ sơ"
		case 5:
			if day.Year() == 2022 && n%3 > 0 {
				ended, state = due+40, "Đã xử lý xong"
			}
		case 6:
			if n%5 > 0 {
				state = "Yêu cầu bổ sung giấy tờ"
			}
		}
		if ended > today {
			ended, state = data.NoDay, "Đang xử lý"
		}
		lines = append(lines, fmt.Sprintf("HS-%04d;Thủ tục số %d;Lĩnh vực số %d;%s;%s;%s;%s;%s;%s;%s", n, n%6+1, n%3+1, units[n%len(units)], owners[n%len(owners)], channels[n%len(channels)], day, due, ended, state))
	}
	return write(t, "hai-nam.csv", lines...)
}

// session opens an office of two years.
func session(t *testing.T) *view.Session {
	t.Helper()
	d := open(t)
	load(t, d, twoYears(t))
	return view.NewSession(d)
}

func period(t *testing.T, key string) data.Period {
	t.Helper()
	p, err := data.ParsePeriod(key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSession(t *testing.T) {
	s := session(t)
	if s.Period().Key != "2023" || s.AsOf() != today {
		t.Errorf("opens on %s as of %s", s.Period().Label, s.AsOf())
	}
	told := 0
	s.Listen(func() { told++ })
	s.SetPeriod(period(t, "2022-Q3"))
	if s.Period().Key != "2022-Q3" || s.AsOf() != data.Date(2022, time.September, 30) || told != 1 {
		t.Errorf("%s as of %s, told %d times", s.Period().Label, s.AsOf(), told)
	}
	for _, nd09 := range []bool{false, true} {
		seen := map[string]bool{}
		for _, o := range s.PeriodOptions(nd09) {
			p, err := data.ParsePeriod(o.Key)
			if err != nil || !strings.HasPrefix(o.Label, p.Label) || seen[o.Key] || seen[o.Label] || strings.HasPrefix(o.Key, "nd09:") != nd09 {
				t.Errorf("offers %+v, %v", o, err)
			}
			seen[o.Key], seen[o.Label] = true, true
		}
		prefix := ""
		if nd09 {
			prefix = "nd09:"
		}
		for _, key := range []string{"2022", "2023", "2023-H1", "2022-Q4", "2022-4M", "2022-9M", "2022-01", "2023-12"} {
			if !seen[prefix+key] {
				t.Errorf("does not offer %s%s", prefix, key)
			}
		}
		if seen[prefix+"2021"] || seen[prefix+"2025"] {
			t.Error("offers a year without dossiers")
		}
	}
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	work := s.RecentWork()
	if len(work) != 3 || !strings.HasPrefix(work[0][1], "Hoàn tác: Nhập ") || work[1][1] != strings.TrimPrefix(work[0][1], "Hoàn tác: ") || !strings.Contains(work[0][0], "20/06/2023") {
		t.Errorf("recent work %v", work)
	}
}

func TestSessionOfAnEmptyOffice(t *testing.T) {
	s := view.NewSession(open(t))
	if s.Period().Key != "2023" || len(s.PeriodOptions(false)) == 0 {
		t.Errorf("opens on %+v", s.Period())
	}
}

// What a screen cannot read is told, not left out in silence.
func TestWhatCannotBeReadIsTold(t *testing.T) {
	d := open(t)
	s := view.NewSession(d)
	var told []error
	s.Fault = func(err error) { told = append(told, err) }
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if s.RecentWork(); len(told) != 1 {
		t.Errorf("%d faults told", len(told))
	}
}
