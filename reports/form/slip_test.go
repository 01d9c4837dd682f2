package form_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/paper/papertest"
)

var update = flag.Bool("update", false, "write the texts of the samples anew")

// The days of reception on which the forms of the two circulars hold.
var (
	under2018 = data.Date(2023, time.October, 27)
	under2025 = data.Date(2026, time.February, 5)
)

// templates are read once for all tests.
var templates = sync.OnceValues(form.Templates)

func shipped(t testing.TB) []form.Template {
	t.Helper()
	list, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func pick(t testing.TB, id string, day data.Day) form.Template {
	t.Helper()
	tpl, err := form.Pick(shipped(t), id, day)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// build lays out one paper and checks that nothing leaves the margins.
func build(t testing.TB, jobs ...form.Job) *paper.Document {
	t.Helper()
	d, err := form.Build(context.Background(), jobs, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Bytes(); err != nil {
		t.Fatal(err)
	}
	if len(jobs) == 1 {
		inside(t, d, jobs[0].Template)
	}
	return d
}

func inside(t testing.TB, d *paper.Document, tpl form.Template) {
	t.Helper()
	const mm = 72 / 25.4
	w, h := 297.0, 210.0
	switch tpl.Page {
	case "a4":
		w, h = 210, 297
	case "a5":
		if w, h = 148, 210; d.Pages() > 1 {
			w, h, tpl.Margins = 210, 297, form.Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}
		}
	}
	for _, b := range d.Boxes() {
		top := tpl.Margins.Top*mm - 10*mm // page number and reprint mark
		if b.X < tpl.Margins.Left*mm-0.1 || b.X+b.W > (w-tpl.Margins.Right)*mm+0.1 || b.Y < top || b.Y+b.H > (h-tpl.Margins.Bottom)*mm+6 {
			t.Errorf("%s, page %d: %q stands at %.1f to %.1f, %.1f to %.1f pt", tpl.ID, b.Page, b.Text, b.X, b.X+b.W, b.Y, b.Y+b.H)
		}
	}
}

func textOf(d *paper.Document) string {
	var b strings.Builder
	page := 0
	for _, x := range d.Boxes() {
		if x.Page != page {
			page = x.Page
			fmt.Fprintf(&b, "-- trang %d\n", page)
		}
		text := x.Text
		if strings.Trim(text, ".") == "" {
			text = "....."
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

// linesOf joins the texts that stand side by side.
func linesOf(d *paper.Document) string {
	var b strings.Builder
	var last paper.Box
	for _, x := range d.Boxes() {
		if strings.Trim(x.Text, ".") == "" {
			x.Text = "....."
		}
		switch {
		case x.Page != last.Page:
			fmt.Fprintf(&b, "\n-- trang %d\n", x.Page)
		case x.Y != last.Y:
			b.WriteString("\n")
		default:
			b.WriteString(" ")
		}
		b.WriteString(x.Text)
		last = x
	}
	return b.String()[1:] + "\n"
}

func TestSamplesPrintTheirTexts(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, id := range form.IDs() {
		for _, day := range []data.Day{under2018, under2025} {
			if versions, _ := form.Shipped(id); len(versions) == 1 && day == under2025 {
				continue
			}
			job := form.Job{Template: pick(t, id, day), Slip: form.Sample(id, day)}
			fmt.Fprintf(&b, "== %s %d\n%s", id, day.Year(), linesOf(build(t, job)))
		}
	}
	const file = "testdata/samples.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("texts differ (run with -update after looking at the pages):\n%s", diff)
	}
}

func TestFormsFollowTheDayOfReception(t *testing.T) {
	for _, c := range []struct {
		id        string
		day       data.Day
		code, has string
	}{
		{form.Receipt, data.Date(2019, 1, 6), "Mẫu số 01", "01/2018"}, {form.Receipt, data.Date(2025, 9, 14), "Mẫu số 01", "01/2018"},
		{form.Receipt, data.Date(2025, 9, 15), "Mẫu số 01", "03/2025"}, {form.Receipt, data.Date(2015, 1, 1), "Mẫu số 01", "01/2018"},
		{form.Receipt, data.NoDay, "Mẫu số 01", "03/2025"},
		{form.Supplement, under2018, "Mẫu số 02", "01/2018"}, {form.Supplement, under2025, "Mẫu số 02", "03/2025"},
		{form.Refusal, under2018, "Mẫu số 03", "01/2018"}, {form.Refusal, under2025, "Mẫu số 03", "03/2025"},
		{form.Apology, under2018, "Mẫu số 04", "PHIẾU XIN LỖI VÀ HẸN LẠI"}, {form.Apology, under2025, "Mẫu số 04", "ĐỀ NGHỊ GIA HẠN"},
		{form.StopNotice, under2018, "", "THÔNG BÁO DỪNG"}, {form.StopNotice, under2025, "Mẫu số 05", "03/2025"},
		{form.Control, under2018, "Mẫu số 05", "01/2018"}, {form.Control, under2025, "Mẫu số 06", "03/2025"},
		{form.Register, under2018, "Mẫu số 06", "01/2018"}, {form.Register, under2025, "Mẫu số 07", "03/2025"},
	} {
		tpl := pick(t, c.id, c.day)
		if text := tpl.Title + " " + tpl.Basis; tpl.Code != c.code || !strings.Contains(text, c.has) {
			t.Errorf("%s on %s: %s %s, want %s with %s", c.id, c.day, tpl.Code, text, c.code, c.has)
		}
	}
	if _, err := form.Pick(shipped(t), "khong-co", under2018); data.CodeOf(err) != data.NotFound {
		t.Errorf("got %v, want not_found", err)
	}
}

func TestVersionsOfAFormFollowEachOther(t *testing.T) {
	for _, id := range form.IDs() {
		list, err := form.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		for i, tpl := range list {
			if tpl.ID != id {
				t.Errorf("%s.json holds %s", id, tpl.ID)
			}
			if i+1 < len(list) {
				to, _ := data.ParseISO(tpl.To)
				if from, _ := data.ParseISO(list[i+1].From); from != to+1 {
					t.Errorf("%s ends on %s, the next begins on %s", id, to, from)
				}
			} else if tpl.To != "" {
				t.Errorf("the last version of %s ends", id)
			}
		}
	}
}

func TestTemplatesSurviveJSON(t *testing.T) {
	all := shipped(t)
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	again, err := form.ParseTemplates(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, again); diff != "" {
		t.Error(diff)
	}
}

func TestAnEditedTemplateReplacesTheShippedOne(t *testing.T) {
	own := pick(t, form.Receipt, under2025)
	own.Title, own.Basis = "GIẤY TIẾP NHẬN CỦA XÃ", ""
	own.Lines = append([]form.Line(nil), own.Lines...)
	for i := range own.Lines {
		own.Lines[i].Shown = own.Lines[i].Key == "identity" || own.Lines[i].Key == "due"
	}
	list := form.Merge(shipped(t), []form.Template{own, {ID: "rieng", From: "2026-01-01", Title: "RIÊNG"}})
	tpl, err := form.Pick(list, form.Receipt, under2025)
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(build(t, form.Job{Template: tpl, Slip: form.Sample(form.Receipt, under2025)}))
	if !strings.Contains(text, "GIẤY TIẾP NHẬN CỦA XÃ") || !strings.Contains(text, "001099000000") || strings.Contains(text, "Số điện thoại") || strings.Contains(text, "Mã hồ sơ") {
		t.Errorf("the slip reads\n%s", text)
	}
	if old, _ := form.Pick(list, form.Receipt, under2018); old.Title == own.Title {
		t.Error("the edit went into another version")
	}
	if _, err := form.Pick(list, "rieng", under2025); err != nil {
		t.Error(err)
	}
}

func TestProblemsAreNamed(t *testing.T) {
	for want, spoil := range map[string]func(*form.Template){
		"chưa có tên":                  func(f *form.Template) { f.Title = " " },
		"tên biểu mẫu dài":             func(f *form.Template) { f.Title = strings.Repeat("A", 300) },
		"ngày bắt đầu":                 func(f *form.Template) { f.From = "15/9/2025" },
		"ở trước ngày bắt đầu":         func(f *form.Template) { f.To = "2019-01-01"; f.From = "2020-01-01" },
		"khổ giấy":                     func(f *form.Template) { f.Page = "a3" },
		"cỡ chữ":                       func(f *form.Template) { f.Size = 40 },
		"lề trang":                     func(f *form.Template) { f.Margins.Left = 120 },
		"hơn 5 liên":                   func(f *form.Template) { f.Copies = make([]string, 6) },
		"hơn bốn người ký":             func(f *form.Template) { f.Signers = make([]form.Signer, 5) },
		"lấy tên từ":                   func(f *form.Template) { f.Signers = []form.Signer{{Title: "A", Who: "boss"}} },
		"nội dung «abc»":               func(f *form.Template) { f.Lines[0].Key = "abc" },
		"«{abc}» không có":             func(f *form.Template) { f.Lines[0].Key, f.Lines[0].Label = "text", "Chào {abc}" },
		"dài hơn":                      func(f *form.Template) { f.Lines[0].Label = strings.Repeat("a", 3000) },
		"số dòng chấm":                 func(f *form.Template) { f.Lines[0].Lines = 99 },
		"không có dòng nào":            func(f *form.Template) { f.Lines = []form.Line{{Key: "text"}} },
		"cần một bảng":                 func(f *form.Template) { f.Columns, f.Header = nil, nil },
		"không phủ kín":                func(f *form.Template) { f.Columns = f.Columns[1:] },
		"có chữ không in được":         func(f *form.Template) { f.Notes = []string{"Cảm ơn 漢"} },
		"số ô đánh số cột khác số cột": func(f *form.Template) { f.Numbers = []string{"1"} },
		"hơn 60 dòng":                  func(f *form.Template) { f.Lines = make([]form.Line, 61) },
		"tiêu đề có hơn ba hàng":       func(f *form.Template) { f.Header = make([][]form.Head, 4) },
		"dòng «Địa danh, ngày tháng» nhắc đến": func(f *form.Template) { f.Lines[3].Label = "Địa danh, ngày tháng"; f.Lines[3].Label += " {x}" },
	} {
		tpl := pick(t, form.Receipt, under2018)
		tpl.Lines = append([]form.Line(nil), tpl.Lines...)
		if p := tpl.Problems(); len(p) > 0 {
			t.Fatalf("shipped: %v", p)
		}
		spoil(&tpl)
		if p := strings.Join(tpl.Problems(), " "); !strings.Contains(p, strings.Split(want, "» nhắc")[0]) {
			t.Errorf("got %q, want «%s»", p, want)
		}
		if _, err := form.Build(context.Background(), []form.Job{{Template: tpl}}, paper.Options{}); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: printed: %v", want, err)
		}
	}
}

// long is a name of 90 letters.
var long = strings.TrimSpace(string([]rune(strings.Repeat("Đặng Nguyễn Hoàng ", 6))[:90]))

func TestLongAndUnknownTextsStayOnThePaper(t *testing.T) {
	t.Parallel()
	for _, day := range []data.Day{under2018, under2025} {
		for _, id := range form.IDs() {
			tpl := pick(t, id, day)
			s := form.Sample(id, day)
			d := *s.Dossier
			d.Owner = data.Person{Name: long, Phone: strings.Repeat("09", 40), Email: strings.Repeat("a", 90) + "@vidu.vn", Address: long + ", " + long}
			d.Agent, d.Officer, d.Partner, d.Code = data.Person{Name: long}, long, long, strings.Repeat("H99.10.05-", 5)
			for range 6 {
				d.Events = append(d.Events, data.Event{Kind: data.HandOver, At: d.Received, Old: long, New: long, Text: strings.Repeat(long+" ", 9)})
			}
			for range 40 {
				d.Parts = append(d.Parts, data.Part{Name: long, Original: 1})
			}
			s.Dossier, s.Procedure, s.Field, s.Unit, s.To = &d, long+" "+long, long, long, long
			s.Office.Name, s.Office.Parent, s.Office.Desk, s.Office.Preparer, s.Office.Signer = long, long, long, long, long
			if s.Event != nil {
				e := *s.Event
				e.Text, e.More = strings.Repeat(long+" ", 30), strings.Repeat(long+"\n", 30)
				s.Event = &e
			}
			if s.Letter != nil {
				s.Letter.Reason = strings.Repeat(long+" ", 40)
			}
			build(t, form.Job{Template: tpl, Slip: s})
			if id == form.Register {
				continue // an empty book is tested with the books
			}
			for _, b := range build(t, form.Job{Template: tpl, Slip: form.Slip{}}).Boxes() {
				for _, word := range []string{" 0", "1970", "%!", "<nil>", "{", "0/0"} {
					if strings.Contains(" "+b.Text, word) && !strings.HasPrefix(b.Text, "(Theo Mẫu số") {
						t.Errorf("%s: «%s» for what is unknown", id, b.Text)
					}
				}
			}
		}
	}
}

func TestABatchIsOneFileAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	var jobs []form.Job
	for _, id := range form.IDs() {
		for _, day := range []data.Day{under2018, under2025} {
			jobs = append(jobs, form.Job{Template: pick(t, id, day), Slip: form.Sample(id, day)})
		}
	}
	var a, b bytes.Buffer
	if err := form.Write(&a, jobs); err != nil {
		t.Fatal(err)
	}
	if err := form.Write(&b, jobs); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same papers give other bytes")
	}
	for _, box := range []string{"419.53 595.28", "841.89 595.28"} {
		if !strings.Contains(papertest.Objects(t, a.Bytes()), "/MediaBox [0 0 "+box+"]") {
			t.Errorf("no page of %s", box)
		}
	}
	// Each paper begins a page of its own.
	pages := 0
	for _, j := range jobs {
		pages += build(t, j).Pages()
	}
	if d := build(t, jobs...); d.Pages() != pages {
		t.Errorf("%d pages, want %d", d.Pages(), pages)
	}
	if err := form.Write(&a, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("nothing to print: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := form.Build(ctx, jobs, paper.Options{}); data.CodeOf(err) != data.Cancelled {
		t.Errorf("got %v, want cancelled", err)
	}
}

func TestALetterTooLongForA5IsA4(t *testing.T) {
	tpl := pick(t, form.Apology, under2018)
	s := form.Sample(form.Apology, under2018)
	if d := build(t, form.Job{Template: tpl, Slip: s}); d.Pages() != 1 {
		t.Fatalf("%d pages", d.Pages())
	}
	size := func(s form.Slip) string {
		var b bytes.Buffer
		if err := form.Write(&b, []form.Job{{Template: tpl, Slip: s}}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(papertest.Objects(t, b.Bytes()), "419.53 595.28") {
			return "a5"
		}
		return "a4"
	}
	short := size(s)
	letter := *s.Letter
	letter.Reason = strings.Repeat("Cần lấy thêm ý kiến của cơ quan phối hợp. ", 30)
	s.Letter = &letter
	if tall := size(s); short != "a5" || tall != "a4" {
		t.Errorf("short %s, long %s", short, tall)
	}
}

func TestCopiesAndReprints(t *testing.T) {
	tpl := pick(t, form.Receipt, under2018)
	s := form.Sample(form.Receipt, under2018)
	if text := textOf(build(t, form.Job{Template: tpl, Slip: s})); strings.Count(text, "-- trang") != 2 || !strings.Contains(text, "(Liên: Lưu)") || !strings.Contains(text, "(Liên: Giao khách hàng)") || strings.Contains(text, "In lại") {
		t.Errorf("both copies:\n%s", text)
	}
	s.Copy, s.Reprint = 2, 3
	if text := textOf(build(t, form.Job{Template: tpl, Slip: s})); strings.Count(text, "-- trang") != 1 || strings.Contains(text, "(Liên: Lưu)") || !strings.Contains(text, "In lại lần 3") {
		t.Errorf("one copy:\n%s", text)
	}
	b := form.Sample(form.Register, under2018)
	b.Reprint = 2
	d := build(t, form.Job{Template: pick(t, form.Register, under2018), Slip: b})
	if text := textOf(d); strings.Count(text, "In lại lần 2") != d.Pages() || !strings.Contains(text, "Quyển số: 1\n") || !strings.Contains(text, "Từ số thứ tự 12 đến số thứ tự 14") {
		t.Errorf("the book:\n%s", text)
	}
}

func TestMeetingListsMaskNames(t *testing.T) {
	for id, masked := range map[string]bool{form.InPeriod: true, form.OverdueList: true, form.AnyList: true, form.NearDue: true, form.HandOver: false, form.LetterBook: false, form.ReceiptMany: false} {
		for _, open := range []bool{false, true} {
			s := form.Sample(id, under2018)
			s.ShowNames = open
			text := strings.ReplaceAll(textOf(build(t, form.Job{Template: pick(t, id, under2018), Slip: s})), "\n", " ")
			if strings.Contains(text, "Nguyễn Văn Mẫu") != (open || !masked) || strings.Contains(text, "001099000000") {
				t.Errorf("%s, open %v: %s", id, open, text)
			}
			if strings.Contains(text, "được viết tắt") != (masked && !open && id != form.AnyList) {
				t.Errorf("%s, open %v: the note about short names is wrong", id, open)
			}
		}
	}
}

func TestControlSlipShowsTheHandOvers(t *testing.T) {
	s := form.Sample(form.Control, under2018)
	text := textOf(build(t, form.Job{Template: pick(t, form.Control, under2018), Slip: s}))
	if n := strings.Count(text, "Người giao\n"); n != 4 {
		t.Errorf("%d blocks, want 4", n)
	}
	if !strings.Contains(text, "14 giờ 30 phút, ngày 31 tháng 10 năm 2023") || strings.Count(text, "Trước hạn\n") != 1 {
		t.Errorf("the slip reads\n%s", text)
	}
	late := *s.Dossier
	late.Due.Day -= 10
	s.Dossier = &late
	if text := textOf(build(t, form.Job{Template: pick(t, form.Control, under2018), Slip: s})); !strings.Contains(text, "Quá hạn\n") {
		t.Errorf("the slip reads\n%s", text)
	}
}

func TestListsOfAnyLength(t *testing.T) {
	t.Parallel()
	for _, id := range []string{form.HandOver, form.HandResults, form.InPeriod, form.OverdueList, form.AnyList, form.LetterBook, form.NearDue, form.ReceiptMany} {
		s := form.Sample(id, under2018)
		row := s.At
		most := 500
		if id == form.HandOver || id == form.AnyList { // one of fixed widths, one of widths by content
			most = 5000
		}
		for _, n := range []int{0, 1, most} {
			s.Rows, s.At, s.Copy = n, func(i int) form.Row { return row(i % 2) }, 1
			d := build(t, form.Job{Template: pick(t, id, under2018), Slip: s})
			codes := 0
			for _, b := range d.Boxes() {
				if strings.HasPrefix(b.Text, "Đăng ký") && id != form.ReceiptMany || strings.HasPrefix(b.Text, "5 ngày") {
					codes++
				}
			}
			if codes < n || n < 2 && d.Pages() > 2 {
				t.Errorf("%s of %d rows: %d rows on %d pages", id, n, codes, d.Pages())
			}
		}
	}
}

func TestTheStripCountsLikeItsTable(t *testing.T) {
	s := form.Sample(form.DueDays, under2018)
	s.Days[3].Kind, s.Days[3].Counted = "holiday", false
	s.Days[4].Kind, s.Days[4].Counted = "pause", false
	s.Days = append(s.Days, form.Day{Date: s.Days[7].Date + 1, Kind: "makeup", Counted: true})
	text := textOf(build(t, form.Job{Template: pick(t, form.DueDays, under2018), Slip: s}))
	for _, want := range []string{"nghỉ lễ\n", "chờ\n", "làm bù\n", "Nghỉ lễ, tết\n", "Chờ bổ sung, không tính\n", "được tính: 4.\n", "hẹn trả\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestMoneyAndMoments(t *testing.T) {
	for n, want := range map[int64]string{
		1: "một", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 24: "hai mươi bốn", 55: "năm mươi lăm", 100: "một trăm", 101: "một trăm lẻ một", 115: "một trăm mười lăm",
		1000: "một nghìn", 1005: "một nghìn không trăm lẻ năm", 150_000: "một trăm năm mươi nghìn", 1_050_000: "một triệu không trăm năm mươi nghìn",
		1_000_000_000: "một tỷ", 2_000_000_500: "hai tỷ năm trăm", 1_005_000_000: "một tỷ không trăm lẻ năm triệu", 0: "không", -5: "âm năm",
	} {
		if got := form.InWords(n); got != want {
			t.Errorf("InWords(%d) = %q, want %q", n, got, want)
		}
	}
	if got := form.Money(1_250_000); got != "1.250.000 đồng (Một triệu hai trăm năm mươi nghìn đồng)" {
		t.Error(got)
	}
	day := data.Date(2023, time.February, 3)
	for m, want := range map[data.Moment]string{
		{}:                               "",
		{Day: day}:                       "…… giờ …… phút, ngày 03 tháng 02 năm 2023",
		{Day: day, Clock: data.At(9, 5)}: "9 giờ 05 phút, ngày 03 tháng 02 năm 2023",
	} {
		if got := form.LongMoment(m); got != want {
			t.Errorf("LongMoment = %q, want %q", got, want)
		}
	}
	if form.Money(0) != "" {
		t.Error("an unknown fee is printed")
	}
}

func TestStrangeTextsNeverStopASlip(t *testing.T) {
	t.Parallel()
	texts := rapid.String()
	for i := range 2 * len(form.IDs()) {
		id := form.IDs()[i/2]
		next := func(n int) string { return texts.Example(10*i + n) }
		s := form.Sample(id, under2018)
		d := *s.Dossier
		d.Owner.Name, d.Owner.Address, d.Code = next(0), next(1), next(2)
		s.Dossier, s.Unit, s.Office.Desk = &d, next(3), next(4)
		tpl := pick(t, id, under2018)
		doc, err := form.Build(context.Background(), []form.Job{{Template: tpl, Slip: s}}, paper.Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		inside(t, doc, tpl)
	}
}

// full is a slip that knows everything a line can show.
func full() form.Slip {
	s := form.Sample(form.HandOver, under2018)
	d := *s.Dossier
	d.Agent = data.Person{Name: "Lê Thị Thay", Address: "Số 9", Phone: "0911"}
	d.Owner.Area, d.Case, d.Content, d.Partner, d.Note = "Khu 1", "Cấp mới", "Cấp mới giấy chứng nhận", "Phòng Tư pháp", "gấp"
	d.OwnDue = d.Due
	s.Dossier, s.Receiver, s.Cause, s.Subject, s.Number = &d, "UBND xã Bên", "Thiếu người", "Tất cả", "12"
	s.Letter = &data.Letter{Number: 4, Promised: d.Due, Reason: "chậm"}
	s.Event = &data.Event{Kind: data.Return, At: d.Due, By: "A", To: "B", Doc: under2018, Way: data.ReturnPostal, Signer: "C"}
	s.Compare = &form.Comparison{First: 1, Second: 1, Same: 1}
	s.Days = []form.Day{{Date: under2018, Counted: true}}
	return s
}

func TestEveryValueCanBeShown(t *testing.T) {
	tpl := form.Template{ID: "x", Title: "X", From: "2020-01-01", Page: "a4", Size: 11, Margins: form.Margins{Top: 20, Bottom: 20, Left: 20, Right: 20}}
	known := map[string]bool{}
	print := func() {
		text := textOf(build(t, form.Job{Template: tpl, Slip: full()}))
		for _, l := range tpl.Lines {
			if l.Key != "text" {
				known[l.Key] = strings.Contains(text, "Nhãn "+l.Key+": ") && strings.Contains(text, "Chữ "+l.Key+" ") && !strings.Contains(text, "....") && !strings.Contains(text, "………")
			}
		}
		tpl.Lines = nil
	}
	for _, v := range form.Values() {
		if v.Key == "blank" {
			continue
		}
		known[v.Key] = false
		tpl.Lines = append(tpl.Lines, form.Line{Key: v.Key, Label: "Nhãn " + v.Key + ":", Shown: true}, form.Line{Key: "text", Label: "Chữ " + v.Key + " {" + v.Key + "}", Shown: true})
		if len(tpl.Lines) > 50 {
			print()
		}
	}
	print()
	for key, ok := range known {
		if !ok {
			t.Errorf("%s, or one printed with it, is unknown on a full slip", key)
		}
	}
	for _, b := range form.Blocks() {
		if b.Name == "" {
			t.Errorf("%s has no name", b.Key)
		}
	}
}

func TestWhoIsNamed(t *testing.T) {
	s := full()
	text := textOf(build(t, form.Job{Template: pick(t, form.Receipt, under2018), Slip: s}))
	for _, want := range []string{"Tiếp nhận hồ sơ của: Lê Thị Thay\n", "Chủ hồ sơ: Nguyễn Văn Mẫu\n", "\nLê Thị Thay\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	// The signer of this paper, else that of the office; a number that holds its
	// symbol is kept.
	s.Signer, s.Number = data.Signer{Name: "Vũ Thị Ký", Title: "Chủ tịch"}, "05/TB-UBND"
	text = textOf(build(t, form.Job{Template: pick(t, form.StopNotice, under2025), Slip: s}))
	if !strings.Contains(text, "CHỦ TỊCH\n") || !strings.Contains(text, "Vũ Thị Ký\n") || strings.Contains(text, "KT. CHỦ TỊCH") || !strings.Contains(text, "Số: 05/TB-UBND\n") {
		t.Errorf("the notice reads\n%s", text)
	}
}

func TestHistoryTellsEachEvent(t *testing.T) {
	s := form.Sample(form.History, under2018)
	d := *s.Dossier
	d.Events = append(append([]data.Event(nil), d.Events...), data.Event{Kind: data.Correct, Field: data.FieldEnded, Old: "2023-10-31", New: "2023-10-30", Text: "Ghi nhầm ngày", At: data.Moment{Day: under2018 + 5}})
	s.Dossier = &d
	text := strings.ReplaceAll(textOf(build(t, form.Job{Template: pick(t, form.History, under2018), Slip: s})), "\n", " ")
	// The end of processing stands on the corrected day.
	for _, want := range []string{"Tiếp nhận hồ sơ", "Có kết quả số 15/GCN", "30/10/2023 Lê", "Đính chính", "«31/10/2023» thành «30/10/2023»", "Ghi nhầm ngày"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
