// Package pagetest gives the tests of pages an office of two years and a window
// without a display.
package pagetest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// Today is the day of the tests, within the second year of the office.
var Today = data.Date(2023, time.June, 20)

// Empty opens an office without anything in it.
func Empty(t testing.TB) *desk.Desk {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return Today.Time().Add(3 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

// Write writes lines to a file of the name and returns its path.
func Write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TwoYears writes a register of 2022 and of 2023 up to Today, with dossiers in every
// column of form II.06a.
func TwoYears(t *testing.T) string {
	t.Helper()
	units := []string{"Phòng Tư pháp", "UBND xã Hòa Thử", "UBND xã Ân Thử", "Công an huyện Thử"}
	owners := []string{"Nguyễn Thị Huyền", "Đặng Văn Ổn", "Lê Huyền Trân", "Ánh Văn Mẫu", "Đào Thị Mẫu"}
	channels := []string{"Trực tiếp", "Trực tuyến", "Trực tuyến", "Bưu chính công ích", "Trực tuyến"}
	lines := []string{"Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Trạng thái"}
	n := 0
	for day := data.Date(2022, time.January, 4); day <= Today; day += 3 {
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
		if ended > Today {
			ended, state = data.NoDay, "Đang xử lý"
		}
		lines = append(lines, fmt.Sprintf("HS-%04d;Thủ tục số %d;Lĩnh vực số %d;%s;%s;%s;%s;%s;%s;%s", n, n%6+1, n%3+1, units[n%len(units)], owners[n%len(owners)], channels[n%len(channels)], day, due, ended, state))
	}
	return Write(t, "hai-nam.csv", lines...)
}

// Office opens an office with the register of TwoYears.
func Office(t *testing.T) *desk.Desk {
	t.Helper()
	d := Empty(t)
	Load(t, d, TwoYears(t))
	return d
}

// Load imports a file of which nothing may be refused.
func Load(t *testing.T, d *desk.Desk, path string) {
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

// Period reads the key of a period.
func Period(t *testing.T, key string) data.Period {
	t.Helper()
	p, err := data.ParsePeriod(key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Follow lists a jump as the register does: how many dossiers, with which outcomes.
func Follow(t *testing.T, s *env.Session, j env.Jump) (n int, outcomes []data.Outcome) {
	t.Helper()
	q := j.Query
	if q.Today = s.Today(); !q.AsOf.Known() {
		q.AsOf = q.Today
	}
	if j.Title == "" {
		t.Errorf("a list without a title: %+v", q)
	}
	asked := q.Outcomes
	for o := data.NotCounted; o <= data.Overdue; o++ {
		if q.Outcomes = []data.Outcome{o}; (len(asked) == 0 || slices.Contains(asked, o)) && s.Desk.Count(q) > 0 {
			outcomes = append(outcomes, o)
		}
	}
	q.Outcomes = asked
	return len(s.Desk.List(q).IDs), outcomes
}

// noEngine shows no pages.
type noEngine struct{}

// Open implements widget.PDFEngine.
func (noEngine) Open([]byte) (widget.PDFDocument, error) {
	return nil, data.Fail(data.NotFound, "Không vẽ trang trong bài thử.", nil)
}

// Close implements widget.PDFEngine.
func (noEngine) Close() error { return nil }

// Env opens a window without a display on an office; all work is done at once. went
// tells where the page led to.
func Env(t testing.TB, d *desk.Desk) (e *env.Env, went *[]env.Route) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.NewPage("", nil, nil, widget.Gap(1)))
	went = &[]env.Route{}
	e = &env.Env{Desk: d, Window: w, Habits: kit.Forgetful{}, Session: env.NewSession(d), Files: widget.NewFiles(w, nil, nil), Engine: noEngine{}, Status: func() {}, Badge: func(string, int) {},
		Go: func(r env.Route) { *went = append(*went, r) }, Back: func() {}, Undo: func() {}, Redo: func() {}, InView: func(fyne.CanvasObject) bool { return true }}
	e.Session.OnJump(func(j env.Jump) { e.Go(env.Route{Page: env.Register, State: j}) })
	return e, went
}

// Show puts a page into the window, at a size, as the shell does.
func Show(e *env.Env, p env.Page, size fyne.Size) {
	e.Window.SetContent(p.Content())
	e.Window.Resize(size)
	p.Stale(desk.Changes{All: true, Catalogue: true, Rules: true})
	p.Shown()
}
