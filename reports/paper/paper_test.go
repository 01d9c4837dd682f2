package paper_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/reports/chart"
	"giaoban/reports/paper"
)

// extract returns the text of a PDF, or skips the test when the tool that reads
// PDF files is not installed.
func extract(t *testing.T, pdf []byte, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, append(append([]string{"-enc", "UTF-8"}, args...), file, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func mustBytes(t testing.TB, d *paper.Document) []byte {
	t.Helper()
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// letters are all 134 Vietnamese letters beyond ASCII.
const letters = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" +
	"ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"

func TestEveryVietnameseLetterIsPrintedInEveryStyle(t *testing.T) {
	d := paper.New(context.Background(), paper.Options{})
	for _, r := range []paper.Run{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}} {
		// Decomposed on purpose: paper composes.
		r.Text = norm.NFD.String(letters)
		d.Paragraph(r)
	}
	text := strings.Join(strings.Fields(extract(t, mustBytes(t, d))), "")
	if n := strings.Count(text, letters); n != 4 {
		t.Errorf("letters found whole %d times, want 4:\n%s", n, text)
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Hồ sơ", "Hồ sơ"},
		{norm.NFD.String("Nguyễn Thị Hường"), "Nguyễn Thị Hường"},
		{"a\tb", "a b"},
		{"a\r\nb", "a\nb"},
		{"a\u200bb\u00adc\ufeffd\x00e", "abcde"},
		{"a\u00a0b", "a b"},
		{"tốt 😀 漢", "tốt □ □"},
		{"☑ ✓", "■ √"},
		{"\xff", "□"},
		{"", ""},
	} {
		if got := paper.Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestCleanIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := paper.Clean(rapid.String().Draw(t, "text"))
		if again := paper.Clean(once); again != once {
			t.Fatalf("Clean(%q) = %q", once, again)
		}
		if !norm.NFC.IsNormalString(once) {
			t.Fatalf("%q is not NFC", once)
		}
	})
}

func TestStrangeTextNeverStopsADocument(t *testing.T) {
	texts := rapid.String()
	d := paper.New(context.Background(), paper.Options{Title: texts.Example(0), Record: true})
	for i := range 200 {
		s := texts.Example(i)
		d.Letterhead(paper.Letterhead{Parent: s, Name: s, Place: s})
		d.Paragraph(paper.Run{Text: s}, paper.Run{Text: s, Bold: true})
		d.Table(paper.Table{Columns: make([]paper.Column, 3), Header: [][]paper.Head{{{Text: s}, {Text: s, ColSpan: 2}}}, Rows: 2,
			At: func(int) paper.Row { return paper.Row{Cells: []string{s, s}} }})
	}
	mustBytes(t, d)
	inside(t, d, 30, 15)
}

// inside checks that no text leaves the side margins of portrait pages, nor the
// paper.
func inside(t *testing.T, d *paper.Document, left, right float64) {
	t.Helper()
	const mm = 72 / 25.4
	for _, b := range d.Boxes() {
		if b.X < left*mm-0.1 || b.X+b.W > (210-right)*mm+0.1 || b.Y < 0 || b.Y+b.H > 297*mm {
			t.Errorf("page %d: %q stands at %.1f to %.1f, %.1f to %.1f pt", b.Page, b.Text, b.X, b.X+b.W, b.Y, b.Y+b.H)
		}
	}
}

func longDocument(rows int, record bool) *paper.Document {
	d := paper.New(context.Background(), paper.Options{Title: "Thử", Record: record})
	d.Letterhead(paper.Letterhead{Parent: "UBND tỉnh", Name: "UBND thị xã", Number: "5", Symbol: "BC-UBND", Place: "Đông Triều", Date: data.Date(2026, 1, 5)})
	d.Title("Báo cáo", "Phục vụ hội nghị giao ban")
	d.AddressedTo("Ủy ban nhân dân tỉnh", "Sở Nội vụ")
	d.Heading(1, "I. Tình hình")
	d.Paragraph(paper.Run{Text: "Đã giải quyết "}, paper.Run{Text: "32.514", Bold: true}, paper.Run{Text: " hồ sơ, đạt 95,15 %, " + strings.Repeat("không có hồ sơ quá hạn ", 20)})
	d.Bullet(paper.Run{Text: "Cấp xã: 25.615 hồ sơ"})
	d.Chart(chart.Chart{Title: "Hồ sơ tăng từ 1 lên 2", Source: "Nguồn: sổ", Categories: []string{"T1", "T2"},
		Series: []chart.Series{{Name: "Năm nay", Values: []chart.Value{{Size: 1, Text: "1"}, {Size: 2, Text: "2"}}}}}, 50)
	d.Section(paper.Section{Landscape: false, Foot: "Số liệu tính đến 31/12/2022", Restart: true})
	d.Table(paper.Table{
		Columns: []paper.Column{{Align: paper.Center}, {}, {Align: paper.Right}},
		Header:  [][]paper.Head{{{Text: "TT", RowSpan: 2}, {Text: "Đơn vị tính toán", ColSpan: 2}}, {{Text: "Tên gọi"}, {Text: "Số lượng"}}},
		Numbers: []string{"(1)", "(2)", "(3)"},
		Rows:    rows,
		At: func(i int) paper.Row {
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("Hàng số %d của bảng", i+1), data.FormatInt(int64(i * 7))}, Bold: i == rows-1}
		},
		Notes: []string{"Ghi chú cuối bảng."},
	})
	d.Signature(paper.Signature{Recipients: []string{"Như trên", "Lưu: VT"}, Authority: "TM. Ủy ban nhân dân", Title: "Chủ tịch", Signer: "Nguyễn Văn Mẫu"})
	return d
}

func TestSameCallsGiveSameBytes(t *testing.T) {
	first := mustBytes(t, longDocument(300, false))
	for range 3 {
		if !bytes.Equal(first, mustBytes(t, longDocument(300, false))) {
			t.Fatal("two runs differ")
		}
	}
	if bytes.Equal(first, mustBytes(t, longDocument(301, false))) {
		t.Error("another content gave the same bytes")
	}
}

func TestTables(t *testing.T) {
	for _, rows := range []int{0, 1, 2, 40, 5000} {
		t.Run(fmt.Sprint(rows), func(t *testing.T) {
			d := longDocument(rows, true)
			mustBytes(t, d)
			inside(t, d, 30, 15)
			pages := map[int][]paper.Box{}
			for _, b := range d.Boxes() {
				pages[b.Page] = append(pages[b.Page], b)
			}
			found := 0
			for page, boxes := range pages {
				row, head := 0, 0
				for _, b := range boxes {
					if strings.HasPrefix(b.Text, "Hàng số") {
						row++
					}
					if b.Text == "Tên gọi" {
						head++
					}
				}
				found += row
				if row > 0 && head != 1 {
					t.Errorf("page %d has %d rows and %d headers", page, row, head)
				}
				if rows > 0 && head == 1 && row == 0 {
					t.Errorf("page %d has a header without rows", page)
				}
			}
			if found != rows {
				t.Errorf("%d rows printed, want %d", found, rows)
			}
		})
	}
}

func TestLongNamesStayInTheirCells(t *testing.T) {
	name := strings.Repeat("Đặng ", 18) // 90 letters
	unit := strings.Repeat("Phòng", 12) // 60 letters, no space
	d := paper.New(context.Background(), paper.Options{Record: true})
	cols := []paper.Column{{Width: 10}, {Width: 30}, {Width: 20}, {Width: 15, Align: paper.Right}}
	d.Table(paper.Table{Columns: cols, Rows: 30, At: func(int) paper.Row {
		return paper.Row{Cells: []string{"1", name, unit, "123.456.789"}}
	}})
	mustBytes(t, d)
	const mm = 72 / 25.4
	edges, sum := []float64{30}, 0.0
	for _, c := range cols {
		sum += c.Width
	}
	for _, c := range cols {
		edges = append(edges, edges[len(edges)-1]+c.Width*165/sum)
	}
	for _, b := range d.Boxes() {
		ok := false
		for i := range cols {
			ok = ok || b.X >= edges[i]*mm && b.X+b.W <= edges[i+1]*mm+0.05
		}
		if !ok && b.Y > 20*mm {
			t.Errorf("%q crosses a line: %.1f to %.1f pt", b.Text, b.X, b.X+b.W)
		}
	}
}

func TestARowTallerThanAPageIsPrintedWhole(t *testing.T) {
	words := make([]string, 4000)
	for i := range words {
		words[i] = fmt.Sprintf("chữ%d", i)
	}
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Table(paper.Table{Columns: []paper.Column{{Width: 40}, {Width: 20}}, Header: [][]paper.Head{{{Text: "Nội dung"}, {Text: "Số"}}}, Rows: 3,
		At: func(i int) paper.Row {
			if i == 1 {
				return paper.Row{Cells: []string{strings.Join(words, " "), "1"}}
			}
			return paper.Row{Cells: []string{"ngắn", "1"}}
		}})
	mustBytes(t, d)
	inside(t, d, 30, 15)
	var got []string
	for _, b := range d.Boxes() {
		for _, w := range strings.Fields(b.Text) {
			if strings.HasPrefix(w, "chữ") {
				got = append(got, w)
			}
		}
	}
	if strings.Join(got, " ") != strings.Join(words, " ") {
		t.Errorf("%d words printed, want %d in order", len(got), len(words))
	}
}

func TestDecree30(t *testing.T) {
	d := longDocument(1, true)
	mustBytes(t, d)
	const mm = 72 / 25.4
	find := func(text string) paper.Box {
		for _, b := range d.Boxes() {
			if b.Text == text {
				return b
			}
		}
		t.Fatalf("%q is not printed", text)
		return paper.Box{}
	}
	nation, motto, date := find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), find("Độc lập - Tự do - Hạnh phúc"), find("Đông Triều, ngày 05 tháng 01 năm 2026")
	middle := func(b paper.Box) float64 { return b.X + b.W/2 }
	if diff := middle(nation) - middle(motto); diff < -0.5 || diff > 0.5 {
		t.Errorf("motto is not centred under the nation: %.1f pt off", diff)
	}
	if diff := middle(date) - middle(motto); diff < -0.5 || diff > 0.5 {
		t.Errorf("date is not centred under the motto: %.1f pt off", diff)
	}
	if nation.Y < 20*mm-0.1 || nation.X+nation.W > 195*mm+0.1 {
		t.Errorf("nation stands at %.1f, %.1f", nation.X+nation.W, nation.Y)
	}
	number := find("Số: 05/BC-UBND")
	if diff := number.Y - date.Y; diff < -0.5 || diff > 0.5 {
		t.Errorf("number and date are not on one line: %.1f pt off", diff)
	}
	name := find("UBND THỊ XÃ")
	if diff := middle(number) - middle(name); diff < -0.5 || diff > 0.5 {
		t.Errorf("number is not centred under the office: %.1f pt off", diff)
	}
	find("TM. ỦY BAN NHÂN DÂN")
	find("- Lưu: VT.")
	for _, b := range d.Boxes() {
		if b.Text == "1" && b.Y < 20*mm {
			t.Error("page 1 shows its number")
		}
	}
}

func TestPageNumbersStandInTheMiddleOfTheTopMargin(t *testing.T) {
	d := paper.New(context.Background(), paper.Options{Record: true})
	for range 120 {
		d.Paragraph(paper.Run{Text: "Một đoạn văn."})
	}
	d.Section(paper.Section{Landscape: true, Restart: true})
	d.Paragraph(paper.Run{Text: "Phụ lục."})
	pages := d.Pages()
	mustBytes(t, d)
	const mm = 72 / 25.4
	seen := map[int]string{}
	for _, b := range d.Boxes() {
		if b.Y < 20*mm-1 {
			seen[b.Page] = b.Text
			if mid := (30 + 195) / 2.0 * mm; b.X+b.W/2 < mid-0.5 || b.X+b.W/2 > mid+0.5 {
				t.Errorf("number of page %d is not centred", b.Page)
			}
		}
	}
	for p := 2; p < pages; p++ {
		if seen[p] != fmt.Sprint(p) {
			t.Errorf("page %d shows %q", p, seen[p])
		}
	}
	if seen[1] != "" || seen[pages] != "" {
		t.Errorf("first pages show numbers: %q, %q", seen[1], seen[pages])
	}
}

func TestDateLine(t *testing.T) {
	for _, c := range []struct {
		day  data.Day
		want string
	}{
		{data.Date(2026, 1, 5), "Đông Triều, ngày 05 tháng 01 năm 2026"},
		{data.Date(2026, 2, 15), "Đông Triều, ngày 15 tháng 02 năm 2026"},
		{data.Date(2026, 6, 29), "Đông Triều, ngày 29 tháng 6 năm 2026"},
		{data.Date(2026, 10, 9), "Đông Triều, ngày 09 tháng 10 năm 2026"},
		{data.NoDay, "Đông Triều, ngày …… tháng …… năm 2027"},
	} {
		if got := paper.DateLine("Đông Triều", c.day, 2027); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestHeadingIsNeverTheLastLineOfAPage(t *testing.T) {
	broken := false
	for before := 24; before < 44; before++ {
		d := paper.New(context.Background(), paper.Options{Record: true})
		for range before {
			d.Paragraph(paper.Run{Text: "Một dòng."})
		}
		d.Heading(1, "II. Mục sau")
		d.Paragraph(paper.Run{Text: "Đoạn sau mục."})
		boxes := d.Boxes()
		last := boxes[len(boxes)-1]
		for _, b := range boxes {
			if b.Text == "II. MỤC SAU" && b.Page != last.Page {
				t.Fatalf("after %d lines the heading is on page %d, its text on page %d", before, b.Page, last.Page)
			}
		}
		broken = broken || last.Page == 2
	}
	if !broken {
		t.Error("no page break was met")
	}
}

func TestTotalAndNotesStayWithARow(t *testing.T) {
	seen := map[int]bool{}
	for _, rows := range []int{1, 2, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58} {
		d := longDocument(rows, true)
		seen[d.Pages()] = true
		page := map[string]int{}
		for _, b := range d.Boxes() {
			page[b.Text] = b.Page
		}
		last := fmt.Sprintf("Hàng số %d của bảng", rows)
		if page["Ghi chú cuối bảng."] != page[last] {
			t.Fatalf("%d rows: the note is on page %d, the last row on page %d", rows, page["Ghi chú cuối bảng."], page[last])
		}
		if rows > 1 && page[fmt.Sprintf("Hàng số %d của bảng", rows-1)] != page[last] {
			t.Fatalf("%d rows: the total stands alone on page %d", rows, page[last])
		}
	}
	if len(seen) < 2 {
		t.Errorf("no page break was met: %v", seen)
	}
}

func TestJustifiedLinesEndAtTheMargin(t *testing.T) {
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Paragraph(paper.Run{Text: strings.Repeat("tỷ lệ đạt 92,31 %, tăng ", 30)}, paper.Run{Text: strings.Repeat("chữ đậm xen vào ", 20), Bold: true})
	mustBytes(t, d)
	const mm = 72 / 25.4
	ends, starts := map[int]float64{}, map[int]paper.Box{}
	for _, b := range d.Boxes() {
		line := int(b.Y + 0.5)
		ends[line] = max(ends[line], b.X+b.W)
		if first, ok := starts[line]; !ok || b.X < first.X {
			starts[line] = b
		}
	}
	for _, b := range starts {
		if strings.HasPrefix(b.Text, "%") {
			t.Errorf("a line begins with a percent sign: %q", b.Text)
		}
	}
	last := 0
	for y := range ends {
		last = max(last, y)
	}
	for y, end := range ends {
		if y != last && (end < 195*mm-0.2 || end > 195*mm+0.2) {
			t.Errorf("the line at %d ends at %.1f mm, want 195", y, end/mm)
		}
	}
}

func TestCancelledDocumentWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	d := paper.New(ctx, paper.Options{Progress: func(p paper.Progress) {
		if calls++; p.Done > 1000 {
			cancel()
		}
	}})
	d.Table(paper.Table{Columns: make([]paper.Column, 2), Rows: 100_000, At: func(i int) paper.Row { return paper.Row{Cells: []string{"a", "b"}} }})
	var out bytes.Buffer
	_, err := d.WriteTo(&out)
	if data.CodeOf(err) != data.Cancelled {
		t.Errorf("got %v, want code cancelled", err)
	}
	if calls > 20 {
		t.Errorf("%d progress calls after the cancellation at row 1000", calls)
	}
	if out.Len() != 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}

func TestWholeDocument(t *testing.T) {
	b := mustBytes(t, longDocument(3, false))
	if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.Contains(b[len(b)-10:], []byte("%%EOF")) {
		t.Error("the file is not a whole PDF")
	}
}

func TestGoldenText(t *testing.T) {
	text := extract(t, mustBytes(t, longDocument(2, false)), "-layout")
	var got []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			got = append(got, line)
		}
	}
	want := []string{
		"UBND TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"UBND THỊ XÃ Độc lập - Tự do - Hạnh phúc",
		"Số: 05/BC-UBND Đông Triều, ngày 05 tháng 01 năm 2026",
		"BÁO CÁO",
		"Phục vụ hội nghị giao ban",
		"Kính gửi: - Ủy ban nhân dân tỉnh;",
		"- Sở Nội vụ.",
		"I. TÌNH HÌNH",
	}
	if len(got) < len(want) || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Errorf("the first lines are\n%s\nwant\n%s", strings.Join(got[:min(len(got), len(want))], "\n"), strings.Join(want, "\n"))
	}
	for _, line := range []string{"1 Hàng số 1 của bảng 0", "2 Hàng số 2 của bảng 7", "Số liệu tính đến 31/12/2022"} {
		found := false
		for _, g := range got {
			found = found || g == line
		}
		if !found {
			t.Errorf("no line %q in\n%s", line, strings.Join(got, "\n"))
		}
	}
}
