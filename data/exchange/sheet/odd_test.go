package sheet_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"giaoban/data/exchange/sheet"
)

// parts are those of a small workbook, to be changed by a test.
func parts() map[string]string {
	return map[string]string{"[Content_Types].xml": contentTypes, "_rels/.rels": rootRels, "xl/workbook.xml": bookXML, "xl/_rels/workbook.xml.rels": bookRels,
		"xl/styles.xml": stylesXML, "xl/sharedStrings.xml": `<sst><si><t>chữ</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c><c s="1"><v>44990</v></c></row></sheetData></worksheet>`}
}

// utf16le turns text into UTF-16 with a mark.
func utf16le(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// TestOddPackages reads workbooks whose parts are not where Excel puts them, or
// not as Excel writes them.
func TestOddPackages(t *testing.T) {
	const want = "1:1=chữ 1:2=44990*"
	move := func(p map[string]string, from, to string) { p[to] = p[from]; delete(p, from) }
	for name, change := range map[string]func(p map[string]string){
		"as it is":                    func(map[string]string) {},
		"no content types":            func(p map[string]string) { delete(p, "[Content_Types].xml") },
		"no relations of the package": func(p map[string]string) { delete(p, "_rels/.rels") },
		"found by its type": func(p map[string]string) {
			delete(p, "_rels/.rels")
			p["[Content_Types].xml"] = `<Types><Override PartName="/a/book.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
			move(p, "xl/workbook.xml", "a/book.xml")
			p["a/_rels/book.xml.rels"] = strings.ReplaceAll(bookRels, `Target="`, `Target="../xl/`)
			p["a/_rels/book.xml.rels"] = strings.ReplaceAll(p["a/_rels/book.xml.rels"], "../xl//xl", "/xl")
		},
		"at the root": func(p map[string]string) {
			p["_rels/.rels"] = strings.Replace(rootRels, "xl/workbook.xml", "workbook.xml", 1)
			move(p, "xl/workbook.xml", "workbook.xml")
			p["_rels/workbook.xml.rels"] = strings.NewReplacer("worksheets/", "xl/worksheets/", `"styles`, `"xl/styles`).Replace(bookRels)
		},
		"targets from the root": func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.NewReplacer(`"worksheets`, `"xl/worksheets`, `"styles`, `"xl/styles`).Replace(bookRels)
		},
		"backslashes": func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.NewReplacer(`worksheets/`, `worksheets\`, "/xl/shared", `\xl\shared`).Replace(bookRels)
			move(p, "xl/worksheets/sheet1.xml", `xl\worksheets\sheet1.xml`)
		},
		"percent signs": func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(bookRels, "worksheets/sheet1.xml", "worksheets/trang%20m%E1%BB%99t.xml", 1)
			move(p, "xl/worksheets/sheet1.xml", "xl/worksheets/trang một.xml")
		},
		"other capitals": func(p map[string]string) {
			move(p, "xl/sharedStrings.xml", "xl/SharedStrings.XML")
			move(p, "xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.xml")
		},
		"no relations of the workbook": func(p map[string]string) { delete(p, "xl/_rels/workbook.xml.rels") },
		"strict": func(p map[string]string) {
			p["_rels/.rels"] = strings.Replace(rootRels, "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument", 1)
		},
		"a sheet without a relation": func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(bookXML, "</sheets>", `<sheet name="Lạc" sheetId="9" r:id="rId77"/><sheet name="Không" sheetId="10"/></sheets>`, 1)
		},
		"a sheet without a part": func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(bookXML, "</sheets>", `<sheet name="Lạc" sheetId="9" r:id="rId9"/></sheets>`, 1)
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(bookRels, "</R", `<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/none.xml"/></R`, 1)
		},
		"a chart": func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(bookXML, "<sheets>", `<sheets><sheet name="Biểu đồ" sheetId="9" r:id="rId9"/>`, 1)
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(bookRels, "</R", `<Relationship Id="rId9" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></R`, 1)
		},
		"a sheet named elsewhere": func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(bookXML, "</sheets>", `</sheets><extLst><ext><sheet name="x" r:id="rId5"/></ext></extLst>`, 1)
		},
		"prefixes": func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.NewReplacer("<Rel", "<n:Rel", "</Rel", "</n:Rel").Replace(bookRels)
			p["xl/sharedStrings.xml"] = `<x:sst><x:si><x:t>chữ</x:t></x:si></x:sst>`
		},
		"UTF-16": func(p map[string]string) {
			for name, text := range p {
				p[name] = utf16le(`<?xml version="1.0" encoding="UTF-16"?>` + text)
			}
		},
		"another encoding": func(p map[string]string) {
			p["xl/sharedStrings.xml"] = "<?xml version=\"1.0\" encoding=\"windows-1258\"?><sst><si><t>ch\xFD~</t></si></sst>"
			p["xl/sharedStrings.xml"] = strings.Replace(p["xl/sharedStrings.xml"], "ch\xFD~", "ch&#7919;", 1)
		},
		"UTF-8 with a mark": func(p map[string]string) {
			for name, text := range p {
				p[name] = "\uFEFF" + `<?xml version="1.0" encoding="utf-8"?>` + text
			}
		},
	} {
		p := parts()
		change(p)
		if got, err := dump(pack(t, p)); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestBrokenStylesLoseDatesOnly: the rows can do without styles.
func TestBrokenStylesLoseDatesOnly(t *testing.T) {
	for name, text := range map[string]string{"cut": stylesXML[:200], "none": "", "text": "x"} {
		p := parts()
		p["xl/styles.xml"] = text
		if got, err := dump(pack(t, p)); err != nil || got != "1:1=chữ 1:2=44990" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestMissingSheetsAreTold(t *testing.T) {
	p := parts()
	p["xl/workbook.xml"] = strings.Replace(bookXML, "<sheets>", `<sheets><sheet name="Lạc" sheetId="9" r:id="rId77"/>`, 1)
	content := pack(t, p)
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if infos := book.Infos(); len(infos) != 2 || !infos[0].Missing || infos[1].Missing {
		t.Errorf("%+v", infos)
	}
	rows, err := book.Rows(context.Background(), 0)
	if err == nil {
		err = rows.Next(&sheet.Row{})
	}
	if err != io.EOF {
		t.Errorf("%v", err)
	}
	p["xl/workbook.xml"] = `<workbook><sheets><sheet name="Lạc" r:id="rId77"/></sheets></workbook>`
	if _, err := dump(pack(t, p)); sheet.ReasonOf(err) != sheet.BadXML {
		t.Errorf("a book of nothing: %v", err)
	}
}

// TestOddCells: one cell never refuses a file, and a value that is lost is said
// to be lost.
func TestOddCells(t *testing.T) {
	shared := `<sst count="1" uniqueCount="9"><si><t>a</t></si><si><t>b</t></si></sst>`
	for name, c := range map[string]struct{ cells, want string }{
		"a string of no index":    {`<c t="s"><v/></c><c t="s"><v></v></c><c t="s"/><c t="s"><v>1</v></c>`, "1:4=b"},
		"an index as Java writes": {`<c t="s"><v>1.0</v></c><c t="s"><v> 0 </v></c>`, "1:1=b 1:2=a"},
		"no such string":          {`<c t="s"><v>7</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c><c><v>1</v></c>`, "1:1=?(không đọc được) 1:2=?(không đọc được) 1:3=?(không đọc được) 1:4=1"},
		"absolute references":     {`<c r="$B$1"><v>1</v></c><c r="d"><v>2</v></c><c r=""><v>3</v></c>`, "1:2=1 1:4=2 1:5=3"},
		"out of order":            {`<c r="C1"><v>3</v></c><c r="A1"><v>1</v></c>`, "1:3=3 1:1=1"},
		"an unknown type":         {`<c t="x"><v>1</v></c><c t="n"><v>2</v></c>`, "1:1=1 1:2=2"},
		"words in a number":       {`<c><v>đã trả</v></c><c s="1"><v>05/03/2023</v></c>`, "1:1=đã trả 1:2=05/03/2023"},
		"not a number":            {`<c><v>NaN</v></c><c><v>-INF</v></c>`, "1:1=?(không đọc được) 1:2=?(không đọc được)"},
		"blanks round a number":   {"<c><v>\n  12\n</v></c>", "1:1=12"},
		"booleans in words":       {`<c t="b"><v>true</v></c><c t="b"><v>FALSE</v></c>`, "1:1=1 1:2=0"},
		"an element in a value":   {`<c><v>1<x/></v></c>`, ""},
		"inline text as a value":  {`<c t="inlineStr"><v>a</v></c><c t="s"><is><t>b</t></is></c>`, "1:1=a 1:2=b"},
		"formulas without result": {`<c><f>A1+1</f><v></v></c><c><f t="shared" si="0"/></c><c t="str"><f>B1</f></c><c t="b"><f>C1</f><v/></c>`, "1:1=?=A1+1 1:2=?(công thức) 1:3=?=B1 1:4=?=C1"},
		"formulas with a result":  {`<c><f>A1+1</f><v>3</v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>"x"</f><v>x</v></c>`, "1:1=3 1:3=x"},
		"errors":                  {`<c t="e"><v>#REF!</v></c><c t="e"><f>A1</f></c>`, "1:1=?#REF! 1:2=?#N/A"},
	} {
		got, err := dump(workbook(t, `<worksheet><dimension ref="A0:Z9"/><sheetData><row>`+c.cells+`</row></sheetData></worksheet>`, shared))
		if name == "an element in a value" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

// TestOddRecords is TestOddCells for old workbooks.
func TestOddRecords(t *testing.T) {
	at := func(col uint16) [3]uint16 { return [3]uint16{0, col, 0} }
	number := math.Float64bits(44990)
	for name, c := range map[string]struct {
		write func(f *oldFile)
		want  string
	}{
		"formulas of Excel 3 and 4": {func(f *oldFile) {
			put(&f.cells, 0x206, at(0), number, uint32(0), uint16(0))
			put(&f.cells, 0x406, at(1), number, uint32(0), uint16(0))
			put(&f.cells, 0x406, at(2), [4]uint16{0, 0, 0, 0xFFFF}, uint32(0))
			put(&f.cells, 0x4BC, uint16(0)) // a shared formula stands between
			put(&f.cells, 0x207, uint16(1), byte(0), byte('x'))
		}, "1:1=44990 1:2=44990 1:3=x"},
		"formulas without result": {func(f *oldFile) {
			put(&f.cells, 0x006, at(0), [4]uint16{0, 0, 0, 0xFFFF}, uint32(0))
			put(&f.cells, 0x006, at(1), [4]uint16{3, 0, 0, 0xFFFF}, uint32(0)) // the empty text
			put(&f.cells, 0x006, at(2), uint16(0))
			put(&f.cells, 0x006, at(3), [4]uint16{0, 0, 0, 0xFFFF}, uint32(0))
		}, "1:1=?(công thức) 1:3=?(công thức) 1:4=?(công thức)"},
		"errors": {func(f *oldFile) {
			put(&f.cells, 0x006, at(0), [4]uint16{2, 0x17, 0, 0xFFFF}, uint32(0))
			put(&f.cells, 0x205, at(1), byte(0x2A), byte(1))
		}, "1:1=?#REF! 1:2=?#N/A"},
		"cells of Excel 2": {func(f *oldFile) {
			put(&f.cells, 0x002, [2]uint16{0, 0}, [3]byte{}, uint16(7))
			put(&f.cells, 0x003, [2]uint16{0, 1}, [3]byte{}, number)
			put(&f.cells, 0x004, [2]uint16{0, 2}, [3]byte{}, byte(2), [2]byte{'a', 'b'})
			put(&f.cells, 0x005, [2]uint16{0, 3}, [3]byte{}, byte(1), byte(0))
			put(&f.cells, 0x07E, at(4), uint32(7<<2|2))
		}, "1:1=7 1:2=44990 1:3=ab 1:4=1 1:5=7"},
		"no such string": {func(f *oldFile) {
			f.shared(8000, "a")
			put(&f.cells, 0xFD, at(0), uint32(3))
			put(&f.cells, 0xFD, at(1), uint32(0))
		}, "1:1=?(không đọc được) 1:2=a"},
		"records cut short": {func(f *oldFile) {
			put(&f.cells, 0x203, at(0), uint16(1))
			put(&f.cells, 0x204, at(1), uint16(9), byte(0), byte('x'))
			put(&f.cells, 0x27E, at(2), uint32(7<<2|2))
		}, "1:1=?(không đọc được) 1:2=?(không đọc được) 1:3=7"},
		"no number": {func(f *oldFile) { put(&f.cells, 0x203, at(0), math.Inf(1)) }, "1:1=?(không đọc được)"},
	} {
		var f oldFile
		c.write(&f)
		if got, err := dump(f.bytes("A")); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

// TestCountsOfSharedStringsAreOff: what is there counts.
func TestCountsOfSharedStringsAreOff(t *testing.T) {
	for _, n := range []uint32{0, 1, 3, 9, math.MaxUint32} {
		var f oldFile
		f.shared(8000, "a", "b", "c")
		at := bytes.Index(f.globals.Bytes(), []byte{0xFC, 0})
		binary.LittleEndian.PutUint32(f.globals.Bytes()[at+8:], n)
		put(&f.cells, 0xFD, [3]uint16{0, 0, 0}, uint32(2))
		put(&f.cells, 0xFD, [3]uint16{0, 1, 0}, uint32(0))
		if got, err := dump(f.bytes("A")); err != nil || got != "1:1=c 1:2=a" {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
}

// TestFilledRows: merged cells count for every row that they cover.
func TestFilledRows(t *testing.T) {
	filled := func(content []byte) string {
		t.Helper()
		book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.Filled(context.Background(), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var out []string
		for row := (sheet.Row{}); ; {
			if err := rows.Next(&row); err == io.EOF {
				return strings.Join(out, "|")
			} else if err != nil {
				t.Fatal(err)
			}
			line := ""
			for _, c := range row.Cells {
				if c.Above {
					line += "^"
				}
				line += string(c.Text) + " "
			}
			out = append(out, strings.TrimSpace(line))
		}
	}
	const want = "1 a b|^1 ^a c|^a d|2 e|^2 3"
	xml := workbook(t, `<worksheet><sheetData><row><c t="str"><v>1</v></c><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c/><c/><c t="str"><v>c</v></c></row><row><c r="C3" t="str"><v>d</v></c></row>`+
		`<row r="4"><c r="A4"><v>2</v></c><c r="C4" t="str"><v>e</v></c></row><row r="5"><c r="B5"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B3"/><mergeCell ref="A4:A1048576"/><mergeCell ref="C4:D4"/></mergeCells></worksheet>`, `<sst/>`)
	if got := filled(xml); got != want {
		t.Errorf("xlsx: %s", got)
	}
	if got := filled([]byte(`<table><tr><td rowspan=2>1<td rowspan=3>a<td>b<tr><td>c<tr><td><td>d<tr><td rowspan=2>2<td><td>e<tr><td>3</table>`)); got != want {
		t.Errorf("html: %s", got)
	}
	var f oldFile
	for _, c := range []struct {
		row, col uint16
		text     string
	}{{0, 0, "1"}, {0, 1, "a"}, {0, 2, "b"}, {1, 2, "c"}, {2, 2, "d"}, {3, 0, "2"}, {3, 2, "e"}, {4, 1, "3"}} {
		put(&f.cells, 0x204, [3]uint16{c.row, c.col, 0}, uint16(1), byte(0), c.text[0])
	}
	put(&f.cells, 0xE5, uint16(3), [4]uint16{0, 1, 0, 0}, [4]uint16{0, 2, 1, 1}, [4]uint16{3, 65535, 0, 0})
	if got := filled(f.bytes("A")); got != want {
		t.Errorf("xls: %s", got)
	}
}

// TestQuotesOfText: a quote that nothing closes where it could is text, and the
// records behind it are read.
func TestQuotesOfText(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"in the heading":       {"\"a;b, c;d\n1, 2;x;y\n2;z;w\n", "1:1=\"a 1:2=b, c 1:3=d 2:1=1, 2 2:2=x 2:3=y 3:1=2 3:2=z 3:3=w"},
		"open for good":        {"a;b;c\n1;\"x;y\n2;z;w\n3;u;v\n", "1:1=a 1:2=b 1:3=c 2:1=1 2:2=\"x 2:3=y 3:1=2 3:2=z 3:3=w 4:1=3 4:2=u 4:3=v"},
		"two of them":          {"a;b;c\n1;\"x;y\n2;z;w\n3;\"u;v\n", "1:1=a 1:2=b 1:3=c 2:1=1 2:2=\"x 2:3=y 3:1=2 3:2=z 3:3=w 4:1=3 4:2=\"u 4:3=v"},
		"closed lines below":   {"a;b;c\n1;\"x;y\n2;z\";w\n", "1:1=a 1:2=b 1:3=c 2:1=1 2:2=\"x 2:3=y 3:1=2 3:2=z\" 3:3=w"},
		"before quoted fields": {"a;b;c\n1;\"x;y\n2;\"z;z\";w\n", "1:1=a 1:2=b 1:3=c 2:1=1 2:2=\"x 2:3=y 3:1=2 3:2=z;z 3:3=w"},
		"lines in a field":     {"a;b;c\n1;\"x\ny\";z\n2;\"u\n\nv;v\";w\n", "1:1=a 1:2=b 1:3=c 2:1=1 2:2=x\ny 2:3=z 3:1=2 3:2=u\n\nv;v 3:3=w"},
		"formulas of text":     {"a;b;c\n=\"012\";\"=\"\"034\"\"\";x\n", "1:1=a 1:2=b 1:3=c 2:1=012 2:2=034 2:3=x"},
	} {
		got, err := dump([]byte(c.content))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
	_, err := dump([]byte("a;b;c\n1;x;y\n2;u;\"v\nw"))
	if sheet.ReasonOf(err) != sheet.Truncated || !strings.Contains(err.Error(), "Dòng 3 ") {
		t.Errorf("cut off in quotes: %v", err)
	}
}

// TestTrueReasons names what a file is.
func TestTrueReasons(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    sheet.Reason
	}{
		"a folder of files": {string(pack(t, map[string]string{"so/danh-sach.xlsx": "x"})), sheet.Packed},
		"rar":               {"Rar!\x1A\x07\x00", sheet.Packed},
		"7z":                {"7z\xBC\xAF\x27\x1C", sheet.Packed},
		"a photo":           {"\xFF\xD8\xFF\xE0\x00\x10JFIF", sheet.Picture},
	} {
		if _, err := dump([]byte(c.content)); sheet.ReasonOf(err) != c.want {
			t.Errorf("%s: %v (%s), want %s", name, err, sheet.ReasonOf(err), c.want)
		}
	}
}

// TestNoughtsOfFormat: a number that its format fills up with noughts is the
// digits that the officer sees.
func TestNoughtsOfFormat(t *testing.T) {
	p := parts()
	p["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="180" formatCode="0000000000"/><numFmt numFmtId="181" formatCode="0.00"/></numFmts><cellXfs><xf/><xf numFmtId="180"/><xf numFmtId="181"/></cellXfs></styleSheet>`
	p["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row><c s="1"><v>905000001</v></c><c s="1"><v>9.05E8</v></c><c s="1"><v>12345678901</v></c><c s="1"><v>1.5</v></c><c s="2"><v>3</v></c><c s="1"><v>-3</v></c></row></sheetData></worksheet>`
	if got, err := dump(pack(t, p)); err != nil || got != "1:1=0905000001 1:2=0905000000 1:3=12345678901 1:4=1.5 1:5=3 1:6=-3" {
		t.Errorf("%q, %v", got, err)
	}
	var f oldFile
	put(&f.globals, 0x41E, uint16(180), uint16(4), byte(0), [4]byte{'0', '0', '0', '0'})
	put(&f.globals, 0xE0, [10]uint16{0, 180})
	put(&f.cells, 0x27E, [3]uint16{0, 0, 0}, uint32(7<<2|2))
	if got, err := dump(f.bytes("A")); err != nil || got != "1:1=0007" {
		t.Errorf("xls: %q, %v", got, err)
	}
}
