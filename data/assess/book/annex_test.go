package book_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/scoring"
)

// The parts of a Word document: a paragraph, a cell (over columns, going on below), a row.
func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func cell(text string, marks ...string) string {
	out := `<w:tc><w:tcPr>` + strings.Join(marks, "") + `</w:tcPr>`
	for _, l := range strings.Split(text, "\n") {
		out += para(l)
	}
	return out + `</w:tc>`
}

func over(n int) string { return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n) }

const (
	below = `<w:vMerge w:val="restart"/>`
	goes  = `<w:vMerge/>`
)

func line(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func grid(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

// docx packs the body of a Word document.
func docx(t testing.TB, body ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + strings.Join(body, "") + `</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// decision is a decision with its annex as Word keeps it: the letterhead is a table, the
// title stands in paragraphs, criteria and tiers in merged cells, the table goes on on
// the next page, the signatures are a table too.
func decision(t testing.TB) []byte {
	return docx(t,
		grid(line(cell("ỦY BAN NHÂN DÂN\nTỈNH A"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")), line(cell("Số: 1234/QĐ-UBND"), cell("A, ngày 08 tháng 9 năm 2026"))),
		para("QUYẾT ĐỊNH"), para("Ban hành Bộ tiêu chí đánh giá cải cách hành chính của các xã, phường"),
		para("Căn cứ Quyết định số 892/QĐ-BNV ngày 05/12/2024 của Bộ Nội vụ;"),
		para("Điều 1. Ban hành kèm theo Quyết định này Bộ tiêu chí đánh giá cải cách hành chính."),
		para("PHỤ LỤC"), para("BỘ TIÊU CHÍ ĐÁNH GIÁ CÔNG TÁC"), para("CẢI CÁCH HÀNH CHÍNH CỦA UBND CÁC XÃ, PHƯỜNG NĂM 2026"),
		para("(Ban hành kèm theo Quyết định số 1234/QĐ-UBND ngày 08/9/2026 của Ủy ban nhân dân tỉnh A)"),
		grid(
			line(cell("STT", below), cell("Tiêu chí", below), cell("Điểm", over(2)), cell("Cách chấm điểm", below), cell("Tài liệu kiểm chứng", below)),
			line(cell("", goes), cell("", goes), cell("Tối đa"), cell("Tự chấm"), cell("", goes), cell("", goes)),
			line(cell("I. CHỈ ĐẠO, ĐIỀU HÀNH", over(2)), cell("4"), cell(""), cell(""), cell("")),
			line(cell("1", below), cell("Ban hành kế hoạch", below), cell("1,5", below), cell("", below), cell("Trước ngày 31/01/2026: 1,5"), cell("Kế hoạch", below)),
			line(cell("", goes), cell("", goes), cell("", goes), cell("", goes), cell("Sau ngày 31/01/2026: 0,5"), cell("", goes)),
			line(cell("", goes), cell("", goes), cell("", goes), cell("", goes), cell("Không ban hành: 0"), cell("", goes)),
			line(cell("2"), cell("Mức độ hoàn thành nhiệm vụ"), cell("2,5"), cell(""), cell("Từ 95% trở lên: 2,5\nTừ 80% đến dưới 95%: 1\nDưới 80%: 0"), cell("Báo cáo năm"))),
		para(""),
		grid(
			line(cell("II. THỦ TỤC HÀNH CHÍNH", over(2)), cell("6"), cell(""), cell(""), cell("")),
			line(cell("1"), cell("Hồ sơ trễ hạn"), cell("4"), cell(""), cell("Mỗi hồ sơ trễ hạn trừ 0,2 điểm, trừ tối đa 3 điểm"), cell("Sổ theo dõi")),
			line(cell("2"), cell("Số sáng kiến so với các đơn vị trong nhóm"), cell("2"), cell(""), cell("Xếp thứ nhất trong nhóm: 2 điểm\nXếp thứ hai, thứ ba: 1 điểm\nCác đơn vị còn lại: 0,5 điểm"), cell("")),
			line(cell("Tổng cộng", over(2)), cell("10"), cell(""), cell(""), cell(""))),
		grid(line(cell("Nơi nhận:\n- Như trên;"), cell("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"))))
}

// TestADecisionInWord takes a decision as Word keeps it to a scored sheet.
func TestADecisionInWord(t *testing.T) {
	b, _, _ := empty(t, data.Date(2026, 12, 1))
	d, err := book.ReadAnnex(background, "quyet dinh.docx", decision(t))
	if err != nil {
		t.Fatal(err)
	}
	m := d.Set.Meta
	if m.Title != "BỘ TIÊU CHÍ ĐÁNH GIÁ CÔNG TÁC CẢI CÁCH HÀNH CHÍNH CỦA UBND CÁC XÃ, PHƯỜNG NĂM 2026" || m.Year != 2026 || m.Level != "xa" ||
		m.Source != "Quyết định số 1234/QĐ-UBND ngày 08/9/2026 của Ủy ban nhân dân tỉnh A" {
		t.Errorf("head %q %d %q %q", m.Title, m.Year, m.Level, m.Source)
	}
	if len(d.Faults) > 0 {
		t.Errorf("%v", d.Faults)
	}
	var tree []string
	var codes []string
	d.Set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		tree = append(tree, fmt.Sprint(len(path), " ", n.Code, " ", n.Title, " ", n.Max))
		if len(n.Children) == 0 {
			codes = append(codes, n.Code)
		}
	})
	const want = "0 I CHỈ ĐẠO, ĐIỀU HÀNH 4,00; 1 I.1 Ban hành kế hoạch 1,50; 1 I.2 Mức độ hoàn thành nhiệm vụ 2,50; " +
		"0 II THỦ TỤC HÀNH CHÍNH 6,00; 1 II.1 Hồ sơ trễ hạn 4,00; 1 II.2 Số sáng kiến so với các đơn vị trong nhóm 2,00"
	if got := strings.Join(tree, "; "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if words := d.Set.Node("I.1").Words; words != "Trước ngày 31/01/2026: 1,5\nSau ngày 31/01/2026: 0,5\nKhông ban hành: 0" {
		t.Errorf("words %q", words)
	}
	id, _, err := b.ImportAnnex(background, "Nhập từ tệp quyet dinh.docx", d)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := b.ConfirmRules(background, id, codes...); err != nil || len(left) != 0 {
		t.Fatal(left, err)
	}
	p, err := b.KeepPeriod(background, assess.Period{Title: "Năm 2026", Year: 2026, Level: "xa", Set: id, Groups: []assess.Group{{Name: "Xã", Units: []uint32{1, 2, 3}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenSheets(background, p); err != nil {
		t.Fatal(err)
	}
	sheets, err := b.Sheets(p)
	if err != nil {
		t.Fatal(err)
	}
	for i, answers := range []string{
		`{"I.1":{"date":"2026-01-30"},"I.2":{"b":94,"a":100},"II.1":{"events":{"k1":3}},"II.2":{"value":4}}`,
		`{"I.1":{"missing":true},"I.2":{"b":95,"a":100},"II.1":{"events":{"k1":99}},"II.2":{"value":1}}`,
		`{"I.1":{"date":"2026-02-01"},"I.2":{"b":1,"a":100},"II.1":{"events":{}},"II.2":{"value":7}}`,
	} {
		var given map[string]scoring.Answer
		if err := json.Unmarshal([]byte(answers), &given); err != nil {
			t.Fatal(err)
		}
		for code, a := range given {
			if _, err := b.Enter(background, sheets[i].ID, code, assess.Self, assess.Entry{Answer: a, Source: "Báo cáo"}); err != nil {
				t.Fatal(code, err)
			}
		}
	}
	cards, err := b.Cards(p, "")
	if err != nil {
		t.Fatal(err)
	}
	if stored, _, err := b.Set(id); err != nil || len(stored.Doubts) != 1 || !strings.Contains(stored.Doubts[0], "1234/QĐ-UBND") {
		t.Errorf("%v, %v", stored.Doubts, err)
	}
	for i, want := range []string{"69,00", "45,00", "65,00"} { // 1,5 + 1 + 3,4 + 1; 0 + 2,5 + 1 + 1; 0,5 + 0 + 4 + 2
		if got := cards[i].Final.Index.String(); got != want {
			t.Errorf("%s: %s, want %s", cards[i].Name, got, want)
		}
	}
	if why := cards[0].Row("II.2").Why; !strings.Contains(why, "hạng 2 trong 3") {
		t.Error(why)
	}
}

// A Word document without a table is told with the way that works: its lines, copied, are
// an annex.
func TestAnnexWithoutATable(t *testing.T) {
	lines := []string{"1 Kế hoạch cải cách hành chính 5", "1.1 Ban hành kế hoạch đúng hạn 2", "1.2 Tỷ lệ hoàn thành kế hoạch 3"}
	var body []string
	for _, l := range lines {
		body = append(body, para(l))
	}
	_, err := book.ReadAnnex(background, "phu luc.docx", docx(t, body...))
	if data.CodeOf(err) != data.Refused || !strings.Contains(err.Error(), "Dán phụ lục đã chép") || strings.Contains(err.Error(), "hồ sơ") {
		t.Fatalf("told: %v", err)
	}
	d, err := book.PastedAnnex(background, strings.Join(lines, "\n"))
	if err != nil || len(d.Set.Criteria) != 1 || len(d.Set.Criteria[0].Children) != 2 {
		t.Errorf("the copied lines: %v", err)
	}
}
