package papers_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/reports/paper/papertest"
)

// meeting fills an office with dossiers and logbooks for its pack.
func meeting(t *testing.T) (*desk.Desk, papers.Request) {
	t.Helper()
	d, _ := office(t)
	var table strings.Builder
	table.WriteString("Mã hồ sơ\tTên thủ tục hành chính\tLĩnh vực\tĐơn vị giải quyết\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả\n")
	for i := range 60 {
		fmt.Fprintf(&table, "HS-%04d\tThủ tục %d\tLĩnh vực %d\tPhòng %d\tNguyễn Thị Ví Dụ %d\t%02d/04/2026\t%02d/05/2026\n", i, i%9, i%7, i%5, i, 1+i%28, 4+i%20)
	}
	im, err := d.OpenImportText(t.Context(), table.String(), desk.ImportOptions{})
	must(t, err)
	defer im.Close()
	_, err = im.Apply(t.Context(), desk.Run{})
	must(t, err)
	add := func(kind string, values map[string]string) uint64 {
		t.Helper()
		e := &logbook.Entry{Values: map[string]string{}}
		for k, v := range values {
			e.Set(k, v)
		}
		kept, err := d.KeepEntry(t.Context(), logbook.Find(kind), e, "")
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		return kept.ID
	}
	before := add("conference", map[string]string{"name": "Giao ban tháng 3", "at": "2026-04-03T08:00"})
	add("conclusion", map[string]string{"conference": fmt.Sprint(before), "text": "Rà soát hồ sơ quá hạn"})
	done := add("conclusion", map[string]string{"conference": fmt.Sprint(before), "text": "Niêm yết công khai thủ tục"})
	add("task", map[string]string{"text": "Niêm yết công khai thủ tục", "source": "conclusion", "conclusion": fmt.Sprint(done), "issued": "2026-04-03", "due": "2026-04-20"})
	for i := range 30 {
		add("task", map[string]string{"text": fmt.Sprintf("Nhiệm vụ kế hoạch số %d: %s", i, strings.Repeat("rà soát quy trình nội bộ ", 6)), "source": "plan", "issued": "2026-01-05",
			"due": data.Date(2026, 1, 20).ISO()})
	}
	add("task", map[string]string{"text": "Nhiệm vụ chưa có hạn", "source": "direct", "issued": "2026-02-01"})
	add("petition", map[string]string{"text": "Trả kết quả chậm", "said_at": "2026-04-01T09:00", "person": "Trần Văn Kiến Nghị"})
	now := add("conference", map[string]string{"name": "Giao ban tháng 4", "at": "2026-05-29T08:00", "from": "2026-04-01", "to": "2026-04-30",
		"agenda": `[{"text":"Khai mạc","minutes":"5"},{"text":"Báo cáo","minutes":"20"}]`, "people": `[{"name":"Lê Văn Dự"},{"name":"Phạm Thị Họp"}]`})
	period, err := data.ParsePeriod("2026-04")
	must(t, err)
	return d, papers.Request{Name: papers.Pack, Period: period, AsOf: data.Date(2026, 5, 28), Date: data.Date(2026, 5, 29), Conference: fmt.Sprintf("#%d", now)}
}

// textsOf are the texts of the pages of a PDF.
func textsOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	must(t, err)
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func packOf(t *testing.T, d *desk.Desk, r papers.Request) (papers.Presentation, []string) {
	t.Helper()
	made, err := papers.Present(t.Context(), d, r)
	must(t, err)
	return made, textsOf(t, made.PDF)
}

var contentsLine = regexp.MustCompile(`(?m)^ *(\S.*?) *(?:\.{2,}|…) *(\d+) *$`)

// TestPackPartsAndContents: the chosen parts stand in their order, the pages are
// numbered through, and what the contents say of a page is true.
func TestPackPartsAndContents(t *testing.T) {
	d, r := meeting(t)
	must(t, papers.KeepPackChoice(t.Context(), d, papers.PackChoice{Order: []string{"bia", "doi-chieu", "dieu-hanh"}, Off: []string{"bieu-do", "bia"}}))
	chosen, err := papers.PackChosen(d)
	must(t, err)
	if len(chosen.Order) != len(papers.PackParts) || chosen.Order[1] != "doi-chieu" || chosen.On("bieu-do") || !chosen.On("bia") {
		t.Errorf("%+v", chosen)
	}
	made, pages := packOf(t, d, r)
	lines := contentsLine.FindAllStringSubmatch(pages[1], -1)
	var titles []string
	for _, l := range lines {
		titles = append(titles, l[1])
		var page int
		fmt.Sscan(l[2], &page)
		if page < 1 || page > len(pages) {
			t.Fatalf("%s on page %d of %d", l[1], page, len(pages))
		}
		corner := strings.SplitN(strings.TrimLeft(pages[page-1], "\n"), "\n", 2)[0]
		if page > 2 && (!strings.Contains(corner, fmt.Sprint(page)) || regexp.MustCompile(`^\d+\. `).MatchString(l[1]) && !strings.Contains(corner, l[1])) {
			t.Errorf("%s is said to be on page %d, whose head is %q", l[1], page, corner)
		}
	}
	all := strings.Join(titles, "|")
	if !strings.Contains(all, "1. Bìa, mục lục|2. Phụ lục đối chiếu số liệu|") || strings.Contains(all, "Biểu đồ") || !strings.HasSuffix(all, "Phương án in") {
		t.Errorf("contents: %s", all)
	}
	if n := strings.Count(papertest.Objects(t, made.PDF), "/XYZ 0 "); n != len(lines) {
		t.Errorf("%d bookmarks, %d lines of contents", n, len(lines))
	}
	if last := pages[len(pages)-1]; !strings.Contains(last, "PHƯƠNG ÁN IN") || !strings.Contains(last, "được mời: 2") {
		t.Errorf("print plan: %s", last)
	}
	for _, s := range made.Slides {
		if s.Page < 1 || s.Page > len(pages) || len(s.Lines) > 7 || s.Title == "" {
			t.Errorf("slide %+v", s)
		}
	}
}

// TestPackExecutivePage: one page, whose numbers are those of the measures, and tasks
// without a date are there.
func TestPackExecutivePage(t *testing.T) {
	d, r := meeting(t)
	_, pages := packOf(t, d, r)
	var found []string
	for _, text := range pages {
		if strings.Contains(strings.SplitN(strings.TrimLeft(text, "\n"), "\n", 2)[0], "Trang điều hành") {
			found = append(found, text)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d executive pages", len(found))
	}
	s, err := d.At()
	must(t, err)
	defer s.Close()
	list, err := s.Measures(desk.MeasureQuery{AsOf: r.AsOf, Only: []string{"task.overdue", "conclusion.open"}})
	must(t, err)
	of := map[string]int64{}
	for _, m := range list {
		of[m.ID] = m.B
	}
	list, err = s.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.AsOf, Only: []string{"register.pending_overdue", "register.received"}})
	must(t, err)
	for _, m := range list {
		of[m.ID] = m.B
	}
	if of["task.overdue"] != 31 || of["conclusion.open"] != 1 || of["register.pending_overdue"] == 0 {
		t.Errorf("%v", of)
	}
	for _, want := range []string{fmt.Sprintf("Nhiệm vụ quá hạn: %d nhiệm vụ", of["task.overdue"]), "Nhiệm vụ chưa có hạn: 1 nhiệm vụ", "Nhiệm vụ chưa có hạn",
		fmt.Sprintf("Đơn vị có hồ sơ quá hạn: %d hồ sơ", of["register.pending_overdue"]), "Kết luận chưa tách thành nhiệm vụ: 1 kết luận", "B. TÌNH HÌNH CHUNG", data.FormatInt(of["register.received"])} {
		if !strings.Contains(found[0], want) {
			t.Errorf("%q is not on the page:\n%s", want, found[0])
		}
	}
}

// TestPackMasked: the masked variant has no full name of a citizen, nor has the list of
// overdue dossiers of the other one.
func TestPackMasked(t *testing.T) {
	d, r := meeting(t)
	_, pages := packOf(t, d, r)
	text := strings.Join(pages, "\n")
	for _, name := range []string{"Nguyễn Thị Ví Dụ", "Trần Văn Kiến Nghị"} {
		if strings.Contains(text, name) {
			t.Errorf("%s stands in the masked pack", name)
		}
	}
	r.ShowNames = true
	_, pages = packOf(t, d, r)
	if text = strings.Join(pages, "\n"); strings.Contains(text, "Nguyễn Thị Ví Dụ") || !strings.Contains(text, "Bản dùng trong cuộc họp") {
		t.Error("the list of overdue dossiers is not masked")
	}
}

// TestPackCollation: the identities hold, and each figure has its key with b/a.
func TestPackCollation(t *testing.T) {
	d, r := meeting(t)
	_, pages := packOf(t, d, r)
	text := strings.Join(pages, "\n")
	for _, want := range []string{"Tiếp nhận = kỳ trước chuyển sang + mới nhận", "60 = 0 + 60", "register.received", "register.on_time", "task.overdue", "31/"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the annex", want)
		}
	}
	if !regexp.MustCompile(`60 = 0 \+ 60 +√`).MatchString(text) {
		t.Error("a sum that holds has no mark")
	}
}

// TestPackOfAnEmptyOffice says of each part without data that it has none, and a
// conference that is gone is refused.
func TestPackOfAnEmptyOffice(t *testing.T) {
	d, _ := office(t)
	period, err := data.ParsePeriod("2026-04")
	must(t, err)
	r := papers.Request{Name: papers.Pack, Period: period}
	_, pages := packOf(t, d, r)
	text := strings.Join(pages, "\n")
	for _, want := range []string{"Chưa có hội nghị của kỳ này", "Không có hồ sơ quá hạn", "Chưa có số liệu trong sổ cho: Theo dõi khắc phục sau kiểm tra"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
	r.Conference = "99"
	if err := papers.Write(t.Context(), d, r, filepath.Join(t.TempDir(), "x.pdf")); data.CodeOf(err) != data.NotFound {
		t.Errorf("a conference that is gone: %v", err)
	}
}
