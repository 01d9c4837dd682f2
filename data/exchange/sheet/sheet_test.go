package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange/legacy"
	"giaoban/data/exchange/sheet"

	"github.com/xuri/excelize/v2"
)

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	rootRels     = `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML      = `<workbook xmlns:r="r"><sheets><sheet name="Sổ &amp; sách" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels     = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`
	stylesXML    = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="&quot;ngày&quot; 0"/></numFmts><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf fontId="1"/></cellXfs></styleSheet>`
)

// workbook packs a sheet and its shared strings.
func workbook(tb testing.TB, sheetXML, sharedXML string) []byte {
	tb.Helper()
	return pack(tb, map[string]string{"[Content_Types].xml": contentTypes, "_rels/.rels": rootRels, "xl/workbook.xml": bookXML,
		"xl/_rels/workbook.xml.rels": bookRels, "xl/styles.xml": stylesXML, "xl/sharedStrings.xml": sharedXML, "xl/worksheets/sheet1.xml": sheetXML})
}

// pack makes an archive of the parts.
func pack(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		io.WriteString(w, parts[name])
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// dump reads a table as "row:col=text" words.
func dump(content []byte) (string, error) {
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	rows, err := book.Rows(context.Background(), 0)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var out strings.Builder
	var row sheet.Row
	for {
		if err := rows.Next(&row); err == io.EOF {
			return strings.TrimSpace(out.String()), nil
		} else if err != nil {
			return out.String(), err
		}
		for _, c := range row.Cells {
			mark := ""
			if c.DateStyle {
				mark = "*"
			}
			lost := ""
			if c.Loss != sheet.Kept {
				lost = "?"
			}
			fmt.Fprintf(&out, "%d:%d=%s%s%s ", row.Num, c.Col, lost, c.Text, mark)
		}
	}
}

func TestCells(t *testing.T) {
	shared := `<sst><si><t>chung</t></si><si><r><t>hai </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>®Þa</t></r><rPh><t>bỏ</t></rPh></si><si><t>tØnh</t></si><si/></sst>`
	for name, c := range map[string]struct{ xml, want string }{
		"references":   {`<worksheet><sheetData><row r="3"><c r="C3"><v>1</v></c><c r="AA3"><v>2</v></c></row></sheetData></worksheet>`, "3:3=1 3:27=2"},
		"positions":    {`<worksheet><sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row></sheetData></worksheet>`, "1:1=1 1:3=2 3:1=3"},
		"mixed":        {`<worksheet><sheetData><row r="5"><c r="B5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>`, "5:2=1 5:3=2 6:1=3"},
		"shared":       {`<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s" s="4"><v>2</v></c><c t="s"><v>3</v></c></row></sheetData></worksheet>`, "1:1=chung 1:2=hai địa 1:3=tỉnh"},
		"inline":       {`<worksheet><sheetData><row><c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c></row></sheetData></worksheet>`, "1:1=a b"},
		"formula":      {`<worksheet><sheetData><row><c t="str"><f>A1&amp;"&lt;v&gt;"</f><v>kết</v></c><c><f>1+1</f></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>`, "1:1=kết 1:2=?=1+1 1:3=?#N/A 1:4=1"},
		"entities":     {`<worksheet><sheetData><row><c t="str"><v>&lt;&#273;&#x1EBF;&gt;&quot;&apos;_x000D__x0041_ _x</v></c></row></sheetData></worksheet>`, "1:1=<đế>\"'\rA _x"},
		"cdata":        {`<worksheet><sheetData><row><c t="str"><v>a<![CDATA[<b>&amp;]]>c<!-- -- x -->d</v></c></row></sheetData></worksheet>`, "1:1=a<b>&amp;cd"},
		"styles":       {`<worksheet><sheetData><row><c s="1"><v>44990</v></c><c s="2"><v>44990</v></c><c s="3"><v>5</v></c><c s="99"><v>6</v></c></row></sheetData></worksheet>`, "1:1=44990* 1:2=44990* 1:3=5 1:4=6"},
		"prefix":       {`<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`, "1:1=1"},
		"attributes":   {`<worksheet><sheetData><row r='1' spans="1:2" x="a>b"><c  r = "B1"  t='str' ><v >x</v ></c ></row></sheetData></worksheet>`, "1:2=x"},
		"declaration":  {`<?xml version="1.0"?><!-- c --><worksheet><sheetPr><tabColor/></sheetPr><sheetData/><extLst><ext><row><c><v>9</v></c></row></ext></extLst></worksheet>`, ""},
		"unknown tags": {`<worksheet><sheetData><row><c><extLst><v>9</v></extLst><v>1</v></c><other><c><v>8</v></c></other></row></sheetData></worksheet>`, "1:1=1"},
	} {
		got, err := dump(workbook(t, c.xml, shared))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestRefusedSheets(t *testing.T) {
	cells := strings.Repeat("<c/>", sheet.MaxCols+1)
	for name, c := range map[string]struct {
		xml  string
		want sheet.Reason
	}{
		"cut in a tag":     {`<worksheet><sheetData><row><c><v>1</v></c></row><row r="`, sheet.BadXML},
		"cut after a row":  {`<worksheet><sheetData><row><c><v>1</v></c></row>`, sheet.BadXML},
		"wrong nesting":    {`<worksheet><sheetData><row><c><v>1</c></v></row></sheetData></worksheet>`, sheet.BadXML},
		"two roots":        {`<worksheet><sheetData/></worksheet><worksheet/>`, sheet.BadXML},
		"text after":       {`<worksheet><sheetData/></worksheet>more`, sheet.BadXML},
		"another root":     {`<html><sheetData><row/></sheetData></html>`, sheet.BadXML},
		"document type":    {`<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`, sheet.BadXML},
		"unknown entity":   {`<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>`, sheet.BadXML},
		"bare ampersand":   {`<worksheet><sheetData><row><c t="str"><v>a & b</v></c></row></sheetData></worksheet>`, sheet.BadXML},
		"no such string":   {`<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>`, sheet.BadXML},
		"bad reference":    {`<worksheet><sheetData><row><c r="1A"><v>7</v></c></row></sheetData></worksheet>`, sheet.BadXML},
		"row nought":       {`<worksheet><sheetData><row r="0"><c><v>7</v></c></row></sheetData></worksheet>`, sheet.BadXML},
		"empty":            {``, sheet.BadXML},
		"too many columns": {`<worksheet><sheetData><row>` + cells + `</row></sheetData></worksheet>`, sheet.ZipBomb},
		"too far a row":    {`<worksheet><sheetData><row r="1048577"><c><v>1</v></c></row></sheetData></worksheet>`, sheet.ZipBomb},
		"too deep":         {`<worksheet>` + strings.Repeat("<a>", 300), sheet.BadXML},
	} {
		_, err := dump(workbook(t, c.xml, `<sst/>`))
		if sheet.ReasonOf(err) != c.want || data.CodeOf(err) != data.Refused {
			t.Errorf("%s: %v (%s), want %s", name, err, sheet.ReasonOf(err), c.want)
		}
	}
}

func TestRefusedKinds(t *testing.T) {
	other := func(name string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create(name)
		io.WriteString(w, "<a/>")
		z.Close()
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		content string
		want    sheet.Reason
	}{
		"nothing":      {"", sheet.Empty},
		"blanks":       {" \r\n\t", sheet.Empty},
		"noughts":      {"\x00\x00\x00\x00", sheet.Empty},
		"word":         {string(other("word/document.xml")), sheet.Word},
		"plain zip":    {string(other("a.txt")), sheet.NotWorkbook},
		"rtf":          {`{\rtf1\ansi text}`, sheet.NotWorkbook},
		"xml 2003":     {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>`, sheet.NoTable},
		"biff5":        {"\x09\x08\x08\x00\x00\x05\x10\x00", sheet.BIFF},
		"html, no row": {"<html><body>không có bảng</body></html>", sheet.Unknown},
		"png":          {"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", sheet.Picture},
		"open quote":   {"a;b\n\"c;d\n", sheet.Truncated},
	} {
		_, err := dump([]byte(c.content))
		if got := sheet.ReasonOf(err); got != c.want {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
	}
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"semicolons":       {"a;b,c\r\nd;e\n", "1:1=a 1:2=b,c 2:1=d 2:2=e"},
		"quotes":           {"a,\"b \"\"c\"\", \nd\",e\nx,y,z\n", "1:1=a 1:2=b \"c\", \nd 1:3=e 2:1=x 2:2=y 2:3=z"},
		"quote inside":     {"5\" ống;b\nc;d", "1:1=5\" ống 1:2=b 2:1=c 2:2=d"},
		"blank lines":      {"a;b\n\n\nc;d\n", "1:1=a 1:2=b 4:1=c 4:2=d"},
		"sep":              {"sep=|\na|b;c\n", "2:1=a 2:2=b;c"},
		"carriage returns": {"a\tb\rc\td\r", "1:1=a 1:2=b 2:1=c 2:2=d"},
		"bom":              {"\xEF\xBB\xBFa;b\nc;d\n", "1:1=a 1:2=b 2:1=c 2:2=d"},
		"utf16":            {"\xFF\xFEa\x00;\x00\xD1\x1E\n\x00b\x00;\x00c\x00", "1:1=a 1:2=ố 2:1=b 2:2=c"},
		"utf16 unmarked":   {"a\x00b\x00c\x00;\x00d\x00e\x00f\x00\n\x00b\x00;\x00c\x00", "1:1=abc 1:2=def 2:1=b 2:2=c"},
		"html":             {"<TABLE><tr><td colspan=2>a<td rowspan=2>b</tr><tr><th>c<br>d</th></TABLE><table><tr><td>no</table>", "1:1=a 1:3=b 2:1=c\nd"},
		"html spans":       {"<table><tr><td rowspan=2>a<td>b<tr><td>c<td>d</table>", "1:1=a 1:2=b 2:2=c 2:3=d"},
		"html text":        {"<html><style>td{x}</style><table><tr><td> a\n&amp;&nbsp;&#273; <script>no</script><table><tr><td>b</table></td><td>c</table>", "1:1= a &\u00a0đ b 1:2=c"},
		"mhtml":            {"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<table><tr><td>a=\nb=C4=91</table>", "1:1=abđ"},
	} {
		got, err := dump([]byte(c.content))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestRereadAsLegacy(t *testing.T) {
	content := workbook(t, `<worksheet><sheetData><row><c t="str"><v>tØnh</v></c></row></sheetData></worksheet>`, `<sst/>`)
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if book.Sheets()[0] != "Sổ & sách" {
		t.Errorf("sheet %q", book.Sheets()[0])
	}
	rows, err := book.Reread(legacy.TCVN3).Rows(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var row sheet.Row
	if err := rows.Next(&row); err != nil || string(row.Cells[0].Text) != "tỉnh" {
		t.Errorf("%v %+v", err, row.Cells)
	}
}

// TestAgainstExcelize reads every sound workbook of the fixtures with both
// readers.
func TestAgainstExcelize(t *testing.T) {
	files, _ := filepath.Glob("../testdata/import/*.xlsx")
	compared := 0
	for _, path := range files {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "bad_") || strings.Contains(name, "fonts") || name == "I_html.xlsx" || name == "box_prefix.xlsx" ||
			name == "box_dimension.xlsx" || name == "box_dimension_small.xlsx" {
			continue // excelize refuses them, or reads them otherwise
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, title := range book.Sheets() {
			want, err := f.GetRows(title)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := book.Rows(context.Background(), i)
			if err != nil {
				t.Fatal(err)
			}
			var row sheet.Row
			for rows.Next(&row) == nil {
				for _, c := range row.Cells {
					w := ""
					if row.Num <= len(want) && c.Col <= len(want[row.Num-1]) {
						w = want[row.Num-1][c.Col-1]
					}
					if c.Kind == sheet.Date {
						continue // excelize turns ISO cells into serial numbers
					}
					if got := string(c.Text); got != w && got != strings.ReplaceAll(w, "_x000D_", "\r") {
						t.Errorf("%s %s row %d col %d: %q, excelize %q", name, title, row.Num, c.Col, got, w)
					}
					compared++
				}
			}
			rows.Close()
		}
		f.Close()
	}
	if compared < 20000 {
		t.Errorf("only %d cells compared", compared)
	}
}

// limits of a fuzzed file: it may fail, never panic, and never hand out text
// out of proportion to its size.
func exercise(t *testing.T, content []byte) {
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		if data.CodeOf(err) != data.Refused {
			t.Fatalf("%v is no refusal", err)
		}
		return
	}
	for i := range min(len(book.Sheets()), 3) {
		rows, err := book.Rows(context.Background(), i)
		if err != nil {
			if data.CodeOf(err) != data.Refused {
				t.Fatalf("%v is no refusal", err)
			}
			continue
		}
		var row sheet.Row
		last := 0
		for {
			err := rows.Next(&row)
			if err == io.EOF {
				break
			}
			if err != nil {
				if data.CodeOf(err) != data.Refused {
					t.Fatalf("%v is no refusal", err)
				}
				break
			}
			if row.Num < 1 || row.Num > sheet.MaxRows {
				t.Fatalf("row %d", row.Num)
			}
			for _, c := range row.Cells {
				if c.Col < 1 || c.Col > sheet.MaxCols || len(c.Text) == 0 {
					t.Fatalf("cell %+v", c)
				}
			}
			last++
		}
		rows.Close()
	}
}

func FuzzWorkbook(f *testing.F) {
	for _, name := range []string{"bad_dimension.xlsx", "bad_zip_magic.xlsx", "bad_cut_xml.xlsx"} {
		if b, err := os.ReadFile("../testdata/import/" + name); err == nil {
			f.Add(b)
		}
	}
	f.Add(workbook(f, `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`, `<sst/>`))
	f.Fuzz(func(t *testing.T, content []byte) { exercise(t, content) })
}

// FuzzSheetXML mutates the XML inside a sound archive, which bytes of a zip
// hardly ever reach.
func FuzzSheetXML(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="3"><c r="C3" t="s"><v>0</v></c><c t="inlineStr"><is><r><t>a</t></r></is></c></row></sheetData></worksheet>`, `<sst><si><t>x</t></si></sst>`)
	f.Add(`<x:worksheet><x:sheetData><x:row><x:c t="str" s="4"><x:v>a<![CDATA[b]]>&#273;_x000D_</x:v></x:c></x:row></x:sheetData></x:worksheet>`, `<sst><si><r><rPr><rFont val="VNI-Times"/></rPr><t>aù</t></r></si></sst>`)
	f.Fuzz(func(t *testing.T, sheetXML, sharedXML string) { exercise(t, workbook(t, sheetXML, sharedXML)) })
}

func FuzzText(f *testing.F) {
	f.Add([]byte("sep=;\na;b\n\"c\nd\";e"))
	f.Add([]byte("<html><table><tr><td colspan=3 rowspan=2>a<tr><td>b</table>"))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHRhYmxlPjx0cj48dGQ+YQ==\n--x--"))
	f.Add([]byte("\xFF\xFEa\x00;\x00b\x00"))
	f.Add([]byte("ti\xd5p nh\xcbn;h\xe5 s\xac\n1;2"))
	f.Fuzz(func(t *testing.T, content []byte) { exercise(t, content) })
}
