package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
)

// lostHead is the heading of the registers in this file, columns A to N.
var lostHead = []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả kết quả", "Trạng thái", "Đơn vị giải quyết",
	"Lĩnh vực", "Tên thủ tục hành chính", "Hình thức nộp", "Ghi chú", "Địa chỉ", "Số điện thoại"}

// cell is raw XML of one cell; text becomes a cell of text.
func cell(text string) string {
	if strings.HasPrefix(text, "<c") {
		return text
	}
	if text == "" {
		return "<c/>"
	}
	return `<c t="str"><v>` + text + `</v></c>`
}

// rawBook packs rows of raw cells, with what stands behind them.
func rawBook(t testing.TB, rows [][]string, behind string) []byte {
	t.Helper()
	var xml strings.Builder
	xml.WriteString(`<worksheet><sheetData>`)
	for _, row := range rows {
		if n, ok := strings.CutPrefix(row[0], "row="); ok {
			xml.WriteString(`<row r="` + n + `">`)
			row = row[1:]
		} else {
			xml.WriteString("<row>")
		}
		for _, c := range row {
			xml.WriteString(cell(c))
		}
		xml.WriteString("</row>")
	}
	xml.WriteString("</sheetData>" + behind + "</worksheet>")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook><sheets><sheet name="So" r:id="b"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="b" Type="x/worksheet" Target="s.xml"/><Relationship Id="c" Type="x/styles" Target="t.xml"/></Relationships>`},
		{"xl/t.xml", `<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`},
		{"xl/s.xml", xml.String()},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, part[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lostRow() []string {
	return []string{"A-1", "Lê Mẫu", "01/03/2023", "15/03/2023", "16/03/2023", "17/03/2023", "Đã trả kết quả", "UBND xã A", "Hộ tịch", "Khai sinh", "Trực tuyến", "x1", "Tổ 1", "0950492149"}
}

// TestLostValues puts each kind of lost cell into each column: where figures rest
// on it the row is rejected, elsewhere it is noted; never is it taken for none.
func TestLostValues(t *testing.T) {
	vital := "Mã hồ sơ|Ngày tiếp nhận|Ngày hẹn trả|Ngày kết thúc xử lý|Ngày trả kết quả|Trạng thái|Đơn vị giải quyết|Lĩnh vực|Tên thủ tục hành chính|Hình thức nộp"
	for lost, want := range map[string]string{
		`<c><f>H2+7</f></c>`:             "là công thức chưa có kết quả (=H2+7)",
		`<c><f>H2+7</f><v></v></c>`:      "là công thức chưa có kết quả (=H2+7)",
		`<c t="str"><f>TEXT(H2)</f></c>`: "là công thức chưa có kết quả (=TEXT(H2))",
		`<c t="e"><v>#N/A</v></c>`:       "báo lỗi #N/A nên không biết giá trị",
		`#REF!`:                          "báo lỗi #REF! nên không biết giá trị",
		`########`:                       "chỉ còn dấu ######## vì cột hẹp hơn giá trị",
	} {
		for i, column := range lostHead {
			row := lostRow()
			row[i] = lost
			list, sum := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
			if len(list) != 1 {
				t.Errorf("%s in %s: %d rows", lost, column, len(list))
				continue
			}
			r := list[0]
			if strings.Contains(vital, column) {
				if r.Verdict != exchange.Rejected || r.Class != exchange.LostValue || r.Column != column || r.Row != 2 || !strings.Contains(r.Reason, want) {
					t.Errorf("%s in %s: %d %s %s %s", lost, column, r.Verdict, r.Class, r.Column, r.Reason)
				}
				continue
			}
			if r.Verdict != exchange.Accepted || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "«"+column+"»") || !strings.Contains(r.Notes[0], want) {
				t.Errorf("%s in %s: %d %s %q", lost, column, r.Verdict, r.Reason, r.Notes)
			}
			if notes := fmt.Sprint(sum.Notes); !strings.Contains(notes, "dòng 2 «"+column+"»") {
				t.Errorf("%s in %s: %s", lost, column, notes)
			}
			if d := r.Dossier; strings.Contains(d.Owner.Name+d.Note+d.Owner.Address+d.Owner.Phone, "#") || strings.Contains(d.Owner.Name+d.Note+d.Owner.Address+d.Owner.Phone, "=") {
				t.Errorf("%s in %s is kept as text: %+v", lost, column, d)
			}
		}
	}
}

// TestEmptyTextOfFormulaIsBlank: a formula may give nothing on purpose.
func TestEmptyTextOfFormulaIsBlank(t *testing.T) {
	row := lostRow()
	row[3] = `<c t="str"><f>IF(A2="","",H2)</f><v></v></c>`
	list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
	if r := list[0]; r.Verdict != exchange.Accepted || r.Dossier.Due.Known() || len(r.Notes) != 0 {
		t.Errorf("%d %s %q", r.Verdict, r.Reason, r.Notes)
	}
}

// TestLookUpOfPendingDossier: a dossier that the file calls unfinished has no end
// to lose.
func TestLookUpOfPendingDossier(t *testing.T) {
	row := lostRow()
	row[4], row[5], row[6] = `<c t="e"><v>#N/A</v></c>`, "", "Đang xử lý"
	list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
	if r := list[0]; r.Verdict != exchange.Accepted || r.Ended.Known() || len(r.Notes) != 1 {
		t.Errorf("%d %s %q", r.Verdict, r.Reason, r.Notes)
	}
}

// TestRowsOfFormulasAlone: prepared rows below a register are no dossiers, but a
// file that holds nothing else says so.
func TestRowsOfFormulasAlone(t *testing.T) {
	f := `<c><f>A1</f></c>`
	total := []string{`<c><f>COUNTA(A2:A3)</f></c>`, "Tổng cộng", f}
	list, sum := read(t, open(t, rawBook(t, [][]string{lostHead, lostRow(), {f, f, f}, {f, f, f, f}, total}, ""), exchange.Options{}))
	if len(list) != 1 || sum.Accepted != 1 {
		t.Fatalf("%d rows", len(list))
	}
	if notes := fmt.Sprint(sum.Notes); !strings.Contains(notes, "2 dòng (từ dòng 3) chỉ có công thức") {
		t.Errorf("%s", notes)
	}
}

// TestSpoiledNumbers: digits that are gone are never a code; what a program wrote
// in full is.
func TestSpoiledNumbers(t *testing.T) {
	for code, want := range map[string]string{
		"2.30302E+11": "", "2,30302E+11": "", "1E+15": "", "9.99E-05": "",
		"<c><v>12345</v></c>": "12345", "<c><v>12345.0</v></c>": "12345", "<c><v>2.30302000123E11</v></c>": "230302000123",
		"<c><v>230302000000</v></c>": "230302000000", "<c><v>1234567890123456</v></c>": "", "<c><v>1.2E20</v></c>": "", "<c s=\"1\"><v>12345</v></c>": "12345",
		"12345.0": "12345", "2.30302000123E11": "230302000123",
		"12E3-001": "12E3-001", "1E5": "1E5", "H36.70.01-230302-0001": "H36.70.01-230302-0001", "2E10-7": "2E10-7", "000.00.01.H36-230302-0001": "000.00.01.H36-230302-0001",
	} {
		row := lostRow()
		row[0] = code
		list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
		r := list[0]
		switch {
		case want == "" && (r.Class != exchange.LostValue || !strings.Contains(r.Reason, "làm mất chữ số")):
			t.Errorf("%s: %d %s %q", code, r.Verdict, r.Reason, r.Dossier.Code)
		case want != "" && (r.Verdict != exchange.Accepted || r.Dossier.Code != want):
			t.Errorf("%s: %s %q, want %q", code, r.Reason, r.Dossier.Code, want)
		}
	}
}

// TestNumbersInTexts: a number that stands in a column of texts is the text that
// the officer sees.
func TestNumbersInTexts(t *testing.T) {
	row := lostRow()
	row[7], row[8], row[9], row[10] = "<c><v>12.0</v></c>", "<c><v>7.0</v></c>", "<c><v>1.001240</v></c>", "<c><v>2.0</v></c>"
	row[11], row[12], row[13] = `<c s="1"><v>44990</v></c>`, "<c><v>0.30000000000000004</v></c>", "905000000.0"
	list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
	r := list[0]
	got := []string{r.Unit, r.Field, r.Procedure, r.Dossier.Channel.Key(), r.Dossier.Note, r.Dossier.Owner.Address, r.Dossier.Owner.Phone}
	if want := []string{"12", "7", "1.00124", "online", "05/03/2023", "0.3", "0905000000"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q (%s)", got, want, r.Reason)
	}
}

// TestSpoiledPhoneIsTold: the number stays as written, marked, and the officer is
// told.
func TestSpoiledPhoneIsTold(t *testing.T) {
	row := lostRow()
	row[13] = "9.05E+08"
	list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, row}, ""), exchange.Options{}))
	if r := list[0]; r.Dossier.Flags&data.DoubtPhone == 0 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "làm mất chữ số") {
		t.Errorf("flags %b, %q", r.Dossier.Flags, r.Notes)
	}
}

// TestDecimalsOfAPersonsNumberAreTold: the mark is not stripped, which would give another
// number that looks right, and the officer is told.
func TestDecimalsOfAPersonsNumberAreTold(t *testing.T) {
	list, _ := read(t, open(t, table([]string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Số điện thoại", "Số CCCD"}, []string{"A-1", "A", "25/03/2023", "0950271585.00", "12345678901,0"}), exchange.Options{}))
	if r := list[0]; r.Dossier.Owner.Phone != "0950271585.00" || r.Dossier.Owner.Identity != "12345678901,0" || len(r.Notes) != 2 || !strings.Contains(r.Notes[0], "«Số điện thoại» ghi «0950271585.00» có phần thập phân") ||
		!strings.Contains(r.Notes[1], "«Số CCCD»") {
		t.Errorf("%q, %q, %q", r.Dossier.Owner.Phone, r.Dossier.Owner.Identity, r.Notes)
	}
}

// TestSpoiledNumbersOfPeople: a number of a person that a workbook spoiled never becomes
// another one that looks right: it stays as the file has it, and the officer is told of
// the line and the column. What a program only wrote in another way is the number.
func TestSpoiledNumbersOfPeople(t *testing.T) {
	for _, c := range []struct {
		cell, phone, identity string
		told                  bool
	}{
		{"9.12E+08", "9.12E+08", "9.12E+08", true},
		{"9,12E+08", "9,12E+08", "9,12E+08", true},
		{"9.12e+08", "9.12e+08", "9.12e+08", true},
		{"9.12E08", "9.12E08", "9.12E08", true},
		{"9.12E8", "9.12E8", "9.12E8", true},
		{"1.2E+11", "1.2E+11", "1.2E+11", true},
		{"7.92E10", "7.92E10", "7.92E10", true},
		{"912345678.5", "912345678.5", "912345678.5", true},
		{"912345678,00", "912345678,00", "912345678,00", true},
		{"<c><v>9.12E+08</v></c>", "912000000", "912000000", true},
		{"<c><v>912000000</v></c>", "912000000", "912000000", true},
		{"<c><v>1.2E+11</v></c>", "120000000000", "120000000000", true},
		{"<c><v>7.9201E+10</v></c>", "79201000000", "79201000000", true},
		{"0912345678.0", "0912345678", "0912345678", false},
		{"912345678.0", "0912345678", "912345678", false},
		{"12345.0", "12345", "12345", false},
		{"79201000001.0", "79201000001", "079201000001", false},
		{"9.12345678E8", "0912345678", "912345678", false},
		{"+84912345678", "0912345678", "84912345678", false},
		{"0912.345.678", "0912345678", "0912345678", false},
		{"<c><v>912345678.0</v></c>", "0912345678", "912345678", false},
		{"<c><v>9.12345678E8</v></c>", "0912345678", "912345678", false},
		{"<c><v>79201000001</v></c>", "79201000001", "079201000001", false},
		{"<c><v>912340000</v></c>", "0912340000", "912340000", false},
	} {
		head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Số điện thoại", "Số CCCD"}
		list, sum := read(t, open(t, rawBook(t, [][]string{head, {"A-1", "A", "25/03/2023", c.cell, c.cell}}, ""), exchange.Options{}))
		r := list[0]
		if r.Dossier.Owner.Phone != c.phone || r.Dossier.Owner.Identity != c.identity {
			t.Errorf("%s: phone %q, identity %q; want %q, %q", c.cell, r.Dossier.Owner.Phone, r.Dossier.Owner.Identity, c.phone, c.identity)
		}
		notes := fmt.Sprint(exchange.Texts(sum.Notes))
		for _, column := range []string{"Số điện thoại", "Số CCCD"} {
			if strings.Contains(notes, "dòng 2 «"+column+"»") != c.told {
				t.Errorf("%s: %s told: %v, want %v", c.cell, column, !c.told, c.told)
			}
		}
		if doubted := r.Dossier.Flags&data.DoubtPhone != 0 && r.Dossier.Flags&data.DoubtID != 0; c.told && !doubted {
			t.Errorf("%s: not marked as doubtful", c.cell)
		}
	}
}

// TestProcedureCodeAsNumber gets the noughts back that a workbook drops.
func TestProcedureCodeAsNumber(t *testing.T) {
	list, _ := read(t, open(t, rawBook(t, [][]string{{"Mã hồ sơ", "Mã TTHC", "Chủ hồ sơ", "Ngày tiếp nhận"}, {"A-1", "<c><v>1.00124</v></c>", "A", "01/03/2023"},
		{"A-2", "<c><v>2.0008150000000001</v></c>", "A", "01/03/2023"}}, ""), exchange.Options{}))
	if list[0].ProcedureCode != "1.001240" || list[1].ProcedureCode != "2.000815" {
		t.Errorf("%q, %q", list[0].ProcedureCode, list[1].ProcedureCode)
	}
}

// TestMergedRows: merged cells count for every dossier that they cover; a second
// line of one dossier is no dossier.
func TestMergedRows(t *testing.T) {
	second, third := lostRow(), lostRow()
	second[0], third[0] = "A-2", "A-3"
	second[7], third[7], second[3], third[1] = "", "", "", ""
	list, _ := read(t, open(t, rawBook(t, [][]string{lostHead, lostRow(), second, third, {"", "", "", "", "", "", "", "", "", "", "", ""}},
		`<mergeCells><mergeCell ref="H2:H4"/><mergeCell ref="D2:D3"/><mergeCell ref="B3:B4"/><mergeCell ref="A4:A5"/></mergeCells>`), exchange.Options{}))
	if len(list) != 3 {
		t.Fatalf("%d rows: %+v", len(list), list)
	}
	for i, r := range list {
		if r.Verdict != exchange.Accepted || r.Unit != "UBND xã A" || r.Dossier.Due.Day.ISO() != "2023-03-15" || r.Dossier.Owner.Name != "Lê Mẫu" {
			t.Errorf("row %d: %s, unit %q, due %s, owner %q", i, r.Reason, r.Unit, r.Dossier.Due, r.Dossier.Owner.Name)
		}
	}
	page := `<table><tr><th>Mã hồ sơ<th>Chủ hồ sơ<th>Đơn vị<th>Ngày tiếp nhận<tr><td>A-1<td>B<td rowspan=150>UBND xã A<td>01/03/2023`
	for i := 2; i <= 150; i++ {
		page += fmt.Sprintf("<tr><td>A-%d<td>B<td>01/03/2023", i)
	}
	list, _ = read(t, open(t, []byte(page+"</table>"), exchange.Options{}))
	if len(list) != 150 || list[149].Unit != "UBND xã A" {
		t.Errorf("html: %d rows, unit %q", len(list), list[len(list)-1].Unit)
	}
}

// TestRowsOutOfOrder: the rows of a sheet may stand in any order in its part.
func TestRowsOutOfOrder(t *testing.T) {
	last := lostRow()
	last[0] = "A-2"
	list, _ := read(t, open(t, rawBook(t, [][]string{append([]string{"row=5"}, last...), append([]string{"row=4"}, lostRow()...), append([]string{"row=3"}, lostHead...)}, ""),
		exchange.Options{}))
	if len(list) != 2 || list[0].Row != 5 || list[1].Row != 4 || list[0].Verdict != exchange.Accepted {
		t.Errorf("%+v", list)
	}
}

// TestLostCounts: a table of counts says which cells could not be known.
func TestLostCounts(t *testing.T) {
	head := strings.Split(strings.TrimSpace(reportHead), "\t")
	row := []string{"1", "UBND xã A", "<c><f>SUM(D2:F2)</f></c>", "<c><v>5</v></c>", "<c t=\"e\"><v>#REF!</v></c>", "<c><v>0</v></c>", "<c><v>5</v></c>", "<c><v>5</v></c>", "0", "0", "0", "0", "0"}
	src := open(t, rawBook(t, [][]string{head, row}, ""), exchange.Options{})
	r := reportOf(t, src)
	all := strings.Join(r.Warnings, "\n")
	for _, want := range []string{"công thức chưa có kết quả (=SUM(D2:F2))", "báo lỗi #REF!"} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is not told: %s", want, all)
		}
	}
	if _, ok := r.Rows[0].Figures[data.ColReceived]; ok {
		t.Errorf("%v", r.Rows[0].Figures)
	}
}

// TestNumbersBehindHTML: a page of Excel keeps the number beside what it shows.
func TestNumbersBehindHTML(t *testing.T) {
	page := `<table><tr><th>Mã hồ sơ<th>Chủ hồ sơ<th>Ngày tiếp nhận<tr><td x:num="230302000123">2.30302E+11<td>A<td x:num="44990">########<tr><td x:num>2.30302E+11<td>B<td>01/03/2023</table>`
	list, _ := read(t, open(t, []byte(page), exchange.Options{}))
	if r := list[0]; r.Dossier.Code != "230302000123" || r.Dossier.Received.Day.ISO() != "2023-03-05" {
		t.Errorf("%q %s %s", r.Dossier.Code, r.Dossier.Received, r.Reason)
	}
	if list[1].Class != exchange.LostValue {
		t.Errorf("%+v", list[1])
	}
}

// TestSpoiledPaste: the digits may still be in the workbook that was copied from.
func TestSpoiledPaste(t *testing.T) {
	src, err := exchange.OpenText(t.Context(), "Mã hồ sơ\tChủ hồ sơ\tNgày tiếp nhận\n2,30302E+11\tA\t01/03/2023\n", exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	list, _ := read(t, src)
	if r := list[0]; r.Class != exchange.LostValue || !strings.Contains(r.Reason, "chép và dán lại") {
		t.Errorf("%s %s", r.Class, r.Reason)
	}
}
