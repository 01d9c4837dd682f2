package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"giaoban/data/exchange/sheet"
)

const (
	xml2003 = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">` +
		`<Styles><Style ss:ID="Default"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="n"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="v"><Font ss:FontName=".VnTime"/></Style></Styles>`
	odsHead = `<office:document-content><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>` +
		`<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`
	odsTail  = `</office:spreadsheet></office:body></office:document-content>`
	wordRels = `<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`
)

// ods packs the tables of a spreadsheet.
func ods(tb testing.TB, tables string) []byte {
	return pack(tb, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": odsHead + tables + odsTail})
}

// docx packs the body of a Word document.
func docx(tb testing.TB, body string) []byte {
	return pack(tb, map[string]string{"[Content_Types].xml": contentTypes, "_rels/.rels": wordRels,
		"word/document.xml": `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`})
}

// marks tells what of the first table stands beside its cells.
func marks(t *testing.T, content []byte) string {
	t.Helper()
	book, unseenParts := unseen(t, content)
	out := unseenParts
	spans, known, err := book.Merged(context.Background(), 0)
	if err != nil || !known {
		t.Fatalf("merged cells: %v %v", known, err)
	}
	for _, s := range spans {
		out += fmt.Sprintf("; merged %d:%d-%d:%d", s.FirstRow, s.FirstCol, s.LastRow, s.LastCol)
	}
	return out
}

// TestXMLSpreadsheet reads every kind of cell of an XML Spreadsheet 2003.
func TestXMLSpreadsheet(t *testing.T) {
	content := xml2003 + `<Worksheet ss:Name="Sổ"><Table><Column/><Column ss:Index="3" ss:Hidden="1"/>` +
		`<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">Tên &amp; mã</Data></Cell><Cell><ss:Data ss:Type="String"><html:B>Đậm</html:B> nhạt</ss:Data></Cell></Row>` +
		`<Row><Cell ss:Index="3"><Data ss:Type="Number">2.5</Data></Cell></Row>` +
		`<Row ss:Index="4" ss:Hidden="1"><Cell ss:StyleID="d"><Data ss:Type="Number">44990</Data></Cell><Cell ss:StyleID="n"><Data ss:Type="Number">7</Data></Cell>` +
		`<Cell><Data ss:Type="DateTime">2023-03-02T08:30:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell>` +
		`<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=A1"/><Cell ss:StyleID="v"><Data ss:Type="String">NguyÔn</Data><Comment><Data>chú</Data></Comment></Cell></Row>` +
		`<Row ss:Span="2"/><Row><Cell><Data ss:Type="String">tám</Data></Cell></Row>` +
		`</Table><AutoFilter/></Worksheet><Worksheet ss:Name="Nháp"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
	const want = "1:1=Tên & mã 1:3=Đậm nhạt 2:3=2.5 4:1=44990* 4:2=7 4:3=2023-03-02T08:30:00.000 4:4=0.3541666666666667* 4:5=1 4:6=?#N/A 4:7=?(công thức) 4:8=Nguyễn 8:1=tám"
	if got, err := dump([]byte(content)); err != nil || got != want {
		t.Errorf("%q, %v\nwant %q", got, err, want)
	}
	if got := marks(t, []byte(content)); got != "row 4, column 3, filter; merged 1:1-2:2" {
		t.Error(got)
	}
	book, err := sheet.Open(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if infos := book.Infos(); len(infos) != 2 || infos[0].Name != "Sổ" || infos[0].Hidden || infos[1].Name != "Nháp" || !infos[1].Hidden {
		t.Errorf("%+v", infos)
	}
	// The same in UTF-16, as some tools write it.
	wide := []byte{0xFF, 0xFE}
	for _, r := range content {
		wide = append(wide, byte(r), byte(r>>8))
	}
	if got, err := dump(wide); err != nil || got != want {
		t.Errorf("UTF-16: %q, %v", got, err)
	}
}

// TestOpenDocument reads every kind of cell of a spreadsheet of LibreOffice.
func TestOpenDocument(t *testing.T) {
	content := ods(t, `<table:table table:name="Sổ" table:style-name="ta1"><table:shapes><draw:frame><text:p>hình</text:p></draw:frame></table:shapes><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>`+
		`<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"><text:p>Tên<text:s text:c="2"/>mã</text:p><text:p>dòng<text:line-break/>ba</text:p><office:annotation><text:p>chú</text:p></office:annotation></table:table-cell><table:covered-table-cell><text:p>khuất</text:p></table:covered-table-cell><table:table-cell office:value-type="float" office:value="2.5"><text:p>2,5</text:p></table:table-cell></table:table-row></table:table-header-rows>`+
		`<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="date" office:date-value="2023-03-02"><text:p>02/03/23</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000"/></table:table-row>`+
		`<table:table-row table:number-rows-repeated="1"/>`+
		`<table:table-row table:visibility="filter"><table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>08:30</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=A1"/><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>hai</text:p></table:table-cell></table:table-row>`+
		`<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>lặp</text:p></table:table-cell></table:table-row>`+
		`<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`+
		`<table:table table:name="Nháp" table:style-name="ta2"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>`)
	const want = "1:1=Tên  mã\ndòng\nba 1:3=2.5 2:3=2023-03-02 4:1=0.3541666666666667* 4:2=1 4:3=?#DIV/0! 4:4=?(công thức) 4:5=hai 4:6=hai 5:1=lặp 6:1=lặp"
	if got, err := dump(content); err != nil || got != want {
		t.Errorf("%q, %v\nwant %q", got, err, want)
	}
	if got := marks(t, content); got != "row 4, column 3, filter; merged 1:1-2:2" {
		t.Error(got)
	}
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if infos := book.Infos(); len(infos) != 2 || infos[0].Name != "Sổ" || infos[0].Hidden || !infos[1].Hidden {
		t.Errorf("%+v", infos)
	}
	sealed := pack(t, map[string]string{"content.xml": "rác", "META-INF/manifest.xml": `<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`})
	if _, err := dump(sealed); sheet.ReasonOf(err) != sheet.Encrypted {
		t.Errorf("a password: %v", err)
	}
}

// TestWordTables reads the tables of a Word document.
func TestWordTables(t *testing.T) {
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p></w:tc>`
	}
	content := docx(t, `<w:p><w:r><w:t>Lời đầu</w:t></w:r></w:p><w:tbl><w:tblPr/>`+
		`<w:tr>`+cell(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "Mã &amp; tên")+cell("", "Ngày")+cell("", "###")+`</w:tr>`+
		`<w:tr>`+cell(`<w:gridSpan w:val="2"/><w:vMerge/>`, "khuất")+cell(`<w:vMerge w:val="restart"/>`, "một")+`</w:tr>`+
		`<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+cell("", "xóa")+`</w:tr>`+
		`<w:tr><w:trPr><w:hidden/><w:gridBefore w:val="1"/></w:trPr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>NguyÔn</w:t></w:r><w:r><w:t xml:space="preserve"> V</w:t></w:r></w:p><w:p><w:r><w:t>ăn</w:t><w:br/><w:t>A</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:sdtContent></w:sdt></w:tr>`+
		`</w:tbl><w:tbl><w:tr>`+cell("", "bảng hai")+`</w:tr></w:tbl>`)
	const want = "1:1=Mã & tên 1:3=Ngày 1:4=?### 2:3=một 3:2=Nguyễn V\năn\nA\ntrong"
	if got, err := dump(content); err != nil || got != want {
		t.Errorf("%q, %v\nwant %q", got, err, want)
	}
	if got := marks(t, content); got != "row 3; merged 1:1-2:2" {
		t.Error(got)
	}
	if book, err := sheet.Open(bytes.NewReader(content), int64(len(content))); err != nil || len(book.Sheets()) != 2 || book.Container != sheet.DOCX {
		t.Errorf("%+v %v", book, err)
	}
	if _, err := dump(docx(t, `<w:p><w:r><w:t>Không có bảng</w:t></w:r></w:p>`)); sheet.ReasonOf(err) != sheet.NoTable {
		t.Errorf("no table: %v", err)
	}
}

// TestHostileDocuments bounds what documents made to hurt can cost.
func TestHostileDocuments(t *testing.T) {
	row := func(rows, cols int) string {
		return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="%d"><text:p>x</text:p></table:table-cell></table:table-row>`, rows, cols)
	}
	body := func(s string) []byte { return ods(t, `<table:table>`+s+`</table:table>`) }
	for name, content := range map[string][]byte{
		"rows":          body(row(1048576, 2)),
		"columns":       body(strings.Repeat(row(1, 16384), 70)),
		"beyond":        body(row(2000000000, 1)),
		"wide":          body(row(1, 2000000000)),
		"spaces":        body(strings.Repeat(row(1048576, 1), 3)),
		"deep":          body(strings.Repeat("<table:table>", 300)),
		"merged, xml":   []byte(xml2003 + `<Worksheet><Table><Row><Cell ss:MergeAcross="2000000000"><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>`),
		"columns, xml":  []byte(xml2003 + `<Worksheet><Table><Row><Cell ss:Index="20000"><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>`),
		"rows, xml":     []byte(xml2003 + `<Worksheet><Table><Row ss:Index="1048577"><Cell><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>`),
		"document type": []byte(`<!DOCTYPE a [<!ENTITY b "c">]>` + xml2003 + `</Workbook>`),
		"spans, word":   docx(t, `<w:tbl><w:tr>`+strings.Repeat(`<w:tc><w:tcPr><w:gridSpan w:val="16384"/></w:tcPr></w:tc>`, 3)+`</w:tr></w:tbl>`),
		"alike":         body(strings.Repeat(`<table:table-row>`+strings.Repeat(`<table:table-cell><text:p>02/03/2023</text:p></table:table-cell>`, 6)+`</table:table-row>`, 200000)),
		"a bomb":        docx(t, `<w:tbl><w:tr><w:tc><w:p>`+strings.Repeat(" ", 64<<20)+`</w:p></w:tc></w:tr></w:tbl>`),
	} {
		if r := refusedSoon(t, name, content); r != sheet.ZipBomb && r != sheet.BadXML && r != sheet.NoTable && r != sheet.Unknown {
			t.Errorf("%s: %s", name, r)
		}
	}
}

// TestTablesOfDocument reads tables of any length in any order.
func TestTablesOfDocument(t *testing.T) {
	lengths := []int{0, 3, 500, 80, 81, 1}
	var tables strings.Builder
	for i, n := range lengths {
		fmt.Fprintf(&tables, `<table:table table:name="%d"><table:table-row table:number-rows-repeated="7"><table:table-cell/></table:table-row>`, i)
		for k := range n {
			fmt.Fprintf(&tables, `<table:table-row><table:table-cell><text:p>%d-%d</text:p></table:table-cell></table:table-row>`, i, k)
		}
		tables.WriteString(`</table:table>`)
	}
	content := ods(t, tables.String()+`<table:table><table:table-row><table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>`+
		`<table:table-row table:number-rows-repeated="9"><table:table-cell table:number-columns-repeated="16000"><text:p>y</text:p></table:table-cell></table:table-row></table:table>`)
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range append(lengths, 10) {
		rows, err := book.Rows(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		var row sheet.Row
		for k := 0; ; k++ {
			if err := rows.Next(&row); err == io.EOF {
				if k != n {
					t.Errorf("table %d: %d rows, want %d", i, k, n)
				}
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("%d-%d", i, k); i < len(lengths) && (string(row.Cells[0].Text) != want || row.Num != k+8) {
				t.Fatalf("row %d %s, want %s", row.Num, row.Cells[0].Text, want)
			}
		}
		rows.Close()
	}
}

// walkAll reads every table of any content: it is refused, or its rows are in
// order.
func walkAll(t *testing.T, content []byte) {
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		if sheet.ReasonOf(err) == "" {
			t.Fatalf("%v is no refusal", err)
		}
		return
	}
	for i := range book.Sheets() {
		if _, _, err := book.Merged(context.Background(), i); err != nil && sheet.ReasonOf(err) == "" {
			t.Fatalf("%v is no refusal", err)
		}
		rows, err := book.Rows(context.Background(), i)
		if err != nil {
			if sheet.ReasonOf(err) == "" {
				t.Fatalf("%v is no refusal", err)
			}
			continue
		}
		var row sheet.Row
		for n := 0; n < 10000; n++ {
			if err := rows.Next(&row); err != nil {
				if err != io.EOF && sheet.ReasonOf(err) == "" {
					t.Fatalf("%v is no refusal", err)
				}
				break
			}
		}
		rows.Close()
	}
}

// FuzzDocument reads any XML as each kind of document.
func FuzzDocument(f *testing.F) {
	f.Add(`<table:table><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" office:value-type="time" office:time-value="PT08H30M"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`)
	f.Add(`<Worksheet ss:Name="A"><Table><Column ss:Span="3" ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeDown="2" ss:Index="3"><Data ss:Type="DateTime">1899-12-31T00:00:00</Data></Cell></Row></Table></Worksheet>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		walkAll(t, ods(t, body))
		walkAll(t, docx(t, body))
		walkAll(t, []byte(xml2003+body+`</Workbook>`))
	})
}
