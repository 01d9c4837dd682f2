package papers_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/reports/reform"
)

func period(t *testing.T, key string) data.Period {
	t.Helper()
	p, err := data.ParsePeriod(key)
	must(t, err)
	return p
}

// reformOffice is an office with three dossiers in the second quarter of 2026, one of
// them overdue, two in the first, and each of these quarters of the year before with one
// and two; and with two tasks, one of them done.
func reformOffice(t *testing.T) *desk.Desk {
	t.Helper()
	d, p := office(t)
	p.OnlineLevel = data.OnlineFull
	must(t, d.SaveProcedure(t.Context(), &p))
	idle := data.Procedure{Code: "9.000002", Name: "Thủ tục không ai nộp"}
	must(t, d.SaveProcedure(t.Context(), &idle))
	for _, day := range []data.Day{data.Date(2022, 1, 4), data.Date(2025, 2, 3), data.Date(2025, 5, 6), data.Date(2025, 5, 7), data.Date(2026, 2, 3), data.Date(2026, 2, 4), data.Date(2026, 5, 20)} {
		one := receive(t, d, p, day)
		if day != data.Date(2026, 2, 4) {
			happen(t, d, one.ID, data.Event{Kind: data.Finish, At: data.Moment{Day: day + 1}})
		}
	}
	for _, values := range []map[string]string{{"text": "Ban hành kế hoạch", "issued": "2026-04-02", "due": "2026-05-01", "progress": "done", "done": "2026-04-20"},
		{"text": "Kiểm tra công vụ", "issued": "2026-04-02", "due": "2026-05-15"}} {
		_, err := d.KeepEntry(t.Context(), logbook.Task, &logbook.Entry{Values: values}, "")
		must(t, err)
	}
	return d
}

// TestReformReport prints the report of a quarter: outline, figures of register and
// logbooks in sentences, what is not known as lines of dots, the annex behind it.
func TestReformReport(t *testing.T) {
	d := reformOffice(t)
	text := printed(t, d, papers.Request{Name: papers.ReformReport, Period: period(t, "nd09:2026-Q2")})
	last := 0
	for _, want := range []string{"BÁO CÁO Công tác cải cách hành chính quý II/2026", "Ủy ban nhân dân huyện Minh Họa báo cáo kết quả", "(từ ngày 15/03/2026 đến ngày 14/06/2026)",
		"I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", "1. Kế hoạch cải cách hành chính", "có 2 nhiệm vụ trong kỳ, đã hoàn thành 1 nhiệm vụ. Tỷ lệ hoàn thành: 1/2",
		"2. Tuyên truyền cải cách hành chính", "....", "II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ", "1. Cải cách thể chế", "Tiếp nhận 2 hồ sơ, trong đó 1 hồ sơ mới tiếp nhận và 1 hồ sơ kỳ trước chuyển sang",
		"giảm 1 hồ sơ so với cùng kỳ năm 2025", "V. KIẾN NGHỊ, ĐỀ XUẤT", "kính gửi cấp có thẩm quyền xem xét, tổng hợp./.", "TM. ỦY BAN NHÂN DÂN", "Phạm Văn Ký",
		"Phụ lục THỐNG KÊ CÁC CHỈ TIÊU VỀ CẢI CÁCH HÀNH CHÍNH", "15/12/2025", "1.1.1", "1.1.3 Tỷ lệ hoàn thành % 50,00"} {
		at := strings.Index(text[last:], want)
		if at < 0 {
			t.Fatalf("no %q after %.300s", want, text[last:])
		}
		last += at
	}
	if strings.Contains(text, "{") || strings.Contains(text, "register.") {
		t.Error("names of figures are printed")
	}
}

// TestAnnexHoldsTheMeasures: every automatic line prints the measure that it names, blank
// where nobody keeps the book; so does the workbook, with the name.
func TestAnnexHoldsTheMeasures(t *testing.T) {
	d := reformOffice(t)
	p := period(t, "2026-Q2")
	s, err := d.At()
	must(t, err)
	list, err := s.Measures(desk.MeasureQuery{Period: p, AsOf: p.To})
	s.Close()
	must(t, err)
	at := map[string]desk.Measured{}
	for _, m := range list {
		at[m.ID] = m
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	must(t, papers.Workbook(t.Context(), d, papers.Request{Name: papers.ReformReport, Period: p}, path))
	rows := map[string][]string{}
	for _, r := range cells(t, path) {
		for len(r) < 8 {
			r = append(r, "")
		}
		rows[r[1]] = r
	}
	filled := 0
	for _, l := range reform.Lines() {
		if l.Head {
			continue
		}
		if (l.Source == "auto") == strings.HasPrefix(l.Measure, "indicator.") || l.Measure == "" {
			t.Errorf("%+v", l)
		}
		m, ok := at[l.Measure]
		row := rows[l.Title]
		if row == nil || !strings.HasPrefix(row[7], l.Measure) {
			t.Errorf("%s: %v", l.Title, row)
			continue
		}
		switch {
		case l.Source == "typed":
			if !ok || row[3] != "" {
				t.Errorf("typed %s: measure %v, %v", l.Title, ok, row)
			}
		case !ok:
			t.Errorf("there is no measure %s", l.Measure)
		case row[3] != "" && l.Part == "" && l.Over == "":
			filled++
			if row[3] != fmt.Sprint(m.B) {
				t.Errorf("%s: %q, measure %d", l.Title, row[3], m.B)
			}
		}
	}
	if filled < 12 {
		t.Errorf("%d lines are filled", filled)
	}
	if v := rows["Số cuộc đối thoại"]; v[3] != "" {
		t.Errorf("dialogues that nobody keeps are %q", v[3])
	}
	if v := rows["Hồ sơ tiếp nhận (kỳ trước chuyển sang và mới)"]; !strings.HasPrefix(v[3], "2") || !strings.HasPrefix(v[4], "2") || !strings.HasPrefix(v[5], "3") {
		t.Errorf("received: %v", v)
	}
	if v := rows["Hồ sơ số hóa khi tiếp nhận"]; v[3] != "" {
		t.Errorf("what is not recorded is %q", v[3])
	}
}

// TestAnnexTakesWhatIsTypedAndRead: every line that nobody counts takes the indicator that
// the office typed, in the units of that; procedures by how they are carried out and the
// points of index 766 of the log of readings stand in it, and give way to nothing typed.
func TestAnnexTakesWhatIsTypedAndRead(t *testing.T) {
	d := reformOffice(t)
	p := period(t, "nd09:2026-Q2")
	line := func(title string) string {
		t.Helper()
		sheets, err := papers.Sheets(t.Context(), d, papers.Request{Name: "phu-luc-cchc", Period: p})
		must(t, err)
		for _, r := range sheets[0].Rows {
			if r.Cells[1] == title {
				return r.Cells[3]
			}
		}
		t.Fatalf("no line %q", title)
		return ""
	}
	const read = "Điểm Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg)"
	if got := line(read); got != "" {
		t.Errorf("nothing was read: %q", got)
	}
	book, err := d.IndicatorBook()
	must(t, err)
	values := map[string]string{"PL_6_1": "9000,5/12000", "PL_1_5_2": "2", "PL_3_5_TG": "12,5", "PL_4_1_TG": "-1"}
	pasted := "Mã\tKỳ\tGiá trị"
	seen := map[string]bool{}
	for _, l := range reform.Lines() {
		for _, id := range []string{l.Measure, l.Else} {
			code, ok := strings.CutPrefix(id, "indicator.")
			if !ok || seen[code] {
				continue
			}
			seen[code] = true
			def := book.Definition(code)
			if def == nil {
				t.Fatalf("the annex asks for %s, which is no indicator", code)
			}
			value := values[code]
			if value == "" {
				if value = "7"; def.Rate() {
					value = "7/8"
				}
			}
			pasted += "\n" + code + "\tnd09:2026-Q2\t" + value
		}
	}
	im, err := d.PasteIndicators(t.Context(), pasted, false)
	must(t, err)
	if im.Rejected != 0 || im.New != len(seen) {
		t.Fatalf("%.400s of %d", fmt.Sprintf("%+v", im), len(seen))
	}
	for title, want := range map[string]string{"Số tin, bài tuyên truyền về cải cách hành chính": "7", "Hình thức khảo sát (0: trực tuyến, 1: phát phiếu, 2: kết hợp)": "2",
		"Vốn đầu tư công theo kế hoạch": "12.000", "Vốn đầu tư công đã giải ngân": "9.000,5", "Tỷ lệ giải ngân vốn đầu tư công": "75,00", "Thời gian cắt giảm bình quân": "12,5",
		"Số đơn vị tăng (giảm) so với kỳ trước": "–1", "Tỷ lệ đơn vị bố trí đúng vị trí việc làm": "87,50", "Số văn bản chỉ đạo, điều hành về cải cách hành chính đã ban hành": "7",
		"Thủ tục hành chính tiếp nhận tại Bộ phận Một cửa": "7", "Tỷ lệ cơ quan, đơn vị đã kiểm tra": "87,50", "Thủ tục tiếp nhận phi địa giới hành chính": ""} {
		if got := line(title); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	sheets, err := papers.Sheets(t.Context(), d, papers.Request{Name: "phu-luc-cchc", Period: p})
	must(t, err)
	lines := reform.Lines()
	for i, r := range sheets[0].Rows {
		if l := lines[i]; l.Source == "typed" && r.Cells[3] == "" {
			t.Errorf("%s is blank", l.Title)
		}
	}
	procedure := d.Catalogue().Procedures[len(d.Catalogue().Procedures)-1]
	procedure.Ways = []data.WayStep{{Way: data.WayOneStop, To: data.Date(2026, 1, 31)}, {Way: "phi-dia-gioi", From: data.Date(2026, 2, 1)}}
	must(t, d.SaveProcedure(t.Context(), &procedure))
	for _, values := range []map[string]string{{"read_on": "2026-05-04", "period": "Tháng 4/2026", "to": "2026-04-30", "total": "81,25", "rank": "3", "of": "34"},
		{"read_on": "2026-03-04", "period": "Tháng 2/2026", "to": "2026-02-28", "total": "90"}, {"read_on": "2026-05-02", "period": "Tháng 3/2026", "to": "2026-03-31", "total": "80"}} {
		_, err := d.KeepEntry(t.Context(), logbook.Reading, &logbook.Entry{Values: values}, "")
		must(t, err)
	}
	for title, want := range map[string]string{read: "81,25", "Xếp hạng theo Bộ chỉ số phục vụ người dân, doanh nghiệp": "3", "Thủ tục hành chính tiếp nhận tại Bộ phận Một cửa": "0", "Thủ tục tiếp nhận phi địa giới hành chính": "1"} {
		if got := line(title); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	if text := printed(t, d, papers.Request{Name: "phu-luc-cchc", Period: p}); !strings.Contains(text, "Dòng 7.7: Lần đọc gần nhất: 81,25 điểm, hạng 3/34; kỳ Tháng 4/2026; đọc ngày 04/05/2026") {
		t.Error("the day of reading is not printed")
	}
}

// TestTextsAreKeptAndTurnsTold: a period begins with the text of the one before, with its
// own figures; a sentence whose figure turned round is told until the text is kept anew.
func TestTextsAreKeptAndTurnsTold(t *testing.T) {
	d := reformOffice(t)
	const block = "ket-qua.ho-so"
	first, second := period(t, "2026-Q1"), period(t, "2026-Q2")
	must(t, d.Write(t.Context(), desk.Work{}, desk.Written{Report: string(papers.ReformReport), Period: first.Key, Texts: map[string]string{
		block: "Hồ sơ mới tiếp nhận {received.new.trend} nhờ tuyên truyền. Đã giải quyết {resolved.total} hồ sơ."}}))
	drawn, err := papers.Pages(t.Context(), d, papers.Request{Name: papers.ReformReport, Period: second})
	must(t, err)
	if k := drawn.Kept[block]; len(drawn.Kept) != 1 || k.Period != first {
		t.Errorf("kept %+v", drawn.Kept)
	}
	told := papers.TurnTexts(drawn.Turns)
	want := "«Hồ sơ mới tiếp nhận giảm 1 hồ sơ so với cùng kỳ năm 2025 nhờ tuyên truyền.»: Mới tiếp nhận kỳ trước tăng, kỳ này giảm."
	if len(told) != 1 || told[0] != want || drawn.Turns[0].Block != block {
		t.Errorf("%q", told)
	}
	var doubts []string
	must(t, papers.Write(t.Context(), d, papers.Request{Name: papers.ReformReport, Period: second, Doubts: func(l []string) { doubts = l }}, filepath.Join(t.TempDir(), "a.pdf")))
	if len(doubts) != 1 {
		t.Errorf("%q", doubts)
	}
	must(t, d.Write(t.Context(), desk.Work{}, desk.Written{Report: string(papers.ReformReport), Period: second.Key, Texts: map[string]string{block: "Tiếp nhận {received.new} hồ sơ mới."}}))
	drawn, err = papers.Pages(t.Context(), d, papers.Request{Name: papers.ReformReport, Period: second})
	must(t, err)
	if len(drawn.Kept)+len(drawn.Turns) != 0 {
		t.Errorf("%+v %+v", drawn.Kept, drawn.Turns)
	}
	earlier, err := papers.Pages(t.Context(), d, papers.Request{Name: papers.ReformReport, Period: period(t, "2025-Q4")})
	must(t, err)
	if len(earlier.Kept) != 0 {
		t.Error("an earlier period begins with the text of a later one")
	}
}

// TestTablesByUnitAddUp: the totals of X1 to X5 are the figures, the parts add up, and a
// filter stands on the paper.
func TestTablesByUnitAddUp(t *testing.T) {
	d := reformOffice(t)
	p := period(t, "2026-Q2")
	total := d.Figures(p, p.To, data.ByUnit, desk.Filter{}).Total
	inForce := int64(0)
	for _, x := range d.Catalogue().Procedures {
		if x.ValidOn(p.To) {
			inForce++
		}
	}
	sheet := func(name papers.Name) (last []string) {
		path := filepath.Join(t.TempDir(), "a.xlsx")
		must(t, papers.Workbook(t.Context(), d, papers.Request{Name: name, Period: p}, path))
		for _, r := range cells(t, path) {
			if len(r) > 1 && r[1] == "Tổng cộng" {
				last = r
			}
		}
		if last == nil {
			t.Fatalf("%s has no total", name)
		}
		return last
	}
	number := func(s string) (n int64) {
		fmt.Sscan(s, &n)
		return n
	}
	x1 := sheet("x1-tien-do")
	if number(x1[2]) != total.Received() || number(x1[2]) != number(x1[8])+number(x1[12])+number(x1[15]) || number(x1[14]) != total.Overdue || number(x1[4]) != total.New() {
		t.Errorf("X1 %v, figures %+v", x1, total)
	}
	if x2 := sheet("x2-truc-tuyen"); number(x2[7]) != total.New() || number(x2[6]) != 1 || number(x2[11]) != 1 || number(x2[2]) != inForce || number(x2[3]) != number(x2[4])+number(x2[5]) {
		t.Errorf("X2 %v", x2)
	}
	if x3 := sheet("x3-so-hoa"); number(x3[2]) != total.Received() || x3[3] != "" || number(x3[8]) != total.Resolved() {
		t.Errorf("X3 %v", x3)
	}
	if x4 := sheet("x4-thanh-toan"); number(x4[2]) != total.FeeDue {
		t.Errorf("X4 %v", x4)
	}
	if x5 := sheet("x5-qua-han"); number(x5[2]) != total.Late+total.Overdue {
		t.Errorf("X5 %v", x5)
	}
	if causes := sheet("nguyen-nhan"); number(causes[2]) != total.Late+total.Overdue {
		t.Errorf("causes %v", causes)
	}
	if sum := sheet("ii07b"); number(sum[2]) != inForce || inForce < 3 {
		t.Errorf("II.07b %v", sum)
	}
	text := printed(t, d, papers.Request{Name: "x5-qua-han", Period: p, Filter: desk.Filter{Units: []uint32{d.Catalogue().Units[0].ID}}})
	for _, want := range []string{"Điều kiện: đơn vị: Phòng Tài nguyên và Môi trường", "xã Mẫu,", "Trần T. M. H."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "Thôn 3") {
		t.Errorf("X5 tells where a person lives: %s", text)
	}
	if strings.Contains(printed(t, d, papers.Request{Name: "x1-tien-do", Period: p}), "Điều kiện") {
		t.Error("a condition is printed where there is none")
	}
}

// TestProceduresWithoutDossiers states the years covered and leaves out what had dossiers.
func TestProceduresWithoutDossiers(t *testing.T) {
	d := reformOffice(t)
	text := printed(t, d, papers.Request{Name: "khong-phat-sinh", Period: period(t, "2026-Q1")})
	for _, want := range []string{"Ba năm: từ ngày 01/04/2023 đến ngày 31/03/2026", "Sổ có hồ sơ từ ngày 04/01/2022: đủ 3 năm", "9.000002 Thủ tục không ai nộp", "thủ tục không phát sinh hồ sơ. Chỉ tính hồ sơ có trong sổ"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "9.000001") {
		t.Errorf("a procedure with dossiers is listed: %s", text)
	}
	if text := printed(t, d, papers.Request{Name: "khong-phat-sinh", Period: period(t, "2024")}); !strings.Contains(text, "chưa đủ 3 năm, chưa kết luận được") {
		t.Errorf("what is not covered is concluded: %s", text)
	}
}

// TestAtOnceReformTablesStateOneState: a dossier received while a table is made does not show in
// half of it.
func TestAtOnceReformTablesStateOneState(t *testing.T) {
	d := reformOffice(t)
	r := papers.Request{Name: "x5-qua-han", Period: period(t, "2026-Q2")}
	before, err := papers.Pages(t.Context(), d, r)
	must(t, err)
	done, n := make(chan error, 1), 1
	ctx := interrupted{t.Context(), &n, func() {
		u := d.Catalogue().Units[0]
		u.Name = "Phòng Đổi tên"
		go func() { done <- d.SaveUnit(t.Context(), &u) }()
		select {
		case err := <-done:
			done <- err
		case <-time.After(300 * time.Millisecond):
		}
	}}
	got, err := papers.Pages(ctx, d, r)
	must(t, err)
	must(t, <-done)
	after, err := papers.Pages(t.Context(), d, r)
	must(t, err)
	if string(got.PDF) != string(before.PDF) || string(after.PDF) == string(before.PDF) {
		t.Error("the table is of two states")
	}
}

// TestWhatNarrowsAReportIsPrinted: each report that takes a filter says so, each that
// speaks of the whole office refuses one.
func TestWhatNarrowsAReportIsPrinted(t *testing.T) {
	d := reformOffice(t)
	f := desk.Filter{Units: []uint32{d.Catalogue().Units[0].ID}}
	for _, r := range papers.Reports {
		q := papers.Request{Name: r.Name, Period: period(t, "2026"), Filter: f}
		doc, err := papers.Laid(t.Context(), d, q)
		if !r.Narrow {
			if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "đơn vị: Phòng Tài nguyên và Môi trường") {
				t.Errorf("%s: %v", r.Name, err)
			}
			continue
		}
		must(t, err)
		text := ""
		for _, b := range doc.Boxes() {
			text += b.Text + " "
		}
		if !strings.Contains(text, "Điều kiện: đơn vị: Phòng Tài nguyên và Môi trường") {
			t.Errorf("%s does not tell its condition", r.Name)
		}
	}
}
