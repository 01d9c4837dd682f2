package sheet_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"testing"
	"unicode/utf16"

	"giaoban/data/exchange/sheet"
)

// bin appends a record of a binary workbook.
func bin(b *bytes.Buffer, id int, parts ...any) {
	var payload bytes.Buffer
	for _, p := range parts {
		if s, ok := p.(string); ok {
			u := utf16.Encode([]rune(s))
			binary.Write(&payload, binary.LittleEndian, uint32(len(u)))
			p = u
		}
		binary.Write(&payload, binary.LittleEndian, p)
	}
	if id < 128 {
		b.WriteByte(byte(id))
	} else {
		b.Write([]byte{byte(id) | 0x80, byte(id >> 7)})
	}
	n := payload.Len()
	for ; n >= 128; n >>= 7 {
		b.WriteByte(byte(n) | 0x80)
	}
	b.WriteByte(byte(n))
	b.Write(payload.Bytes())
}

// xlsb packs binary sheets.
func xlsb(tb testing.TB, cells []byte) []byte {
	var book, styles, shared, first bytes.Buffer
	bin(&book, 131)
	bin(&book, 153, uint32(0), uint32(0), "")
	bin(&book, 143)
	bin(&book, 156, uint32(0), uint32(1), "rId1", "Sổ")
	bin(&book, 156, uint32(1), uint32(2), "rId2", "Nháp")
	bin(&book, 144)
	bin(&book, 132)
	bin(&styles, 278)
	bin(&styles, 615, uint32(1))
	bin(&styles, 44, uint16(170), `dd/mm/yyyy`)
	bin(&styles, 616)
	bin(&styles, 611, uint32(2))
	for _, name := range []string{"Arial", ".VnTime"} {
		bin(&styles, 43, uint16(220), uint16(0), uint16(400), uint16(0), [4]byte{}, [8]byte{}, byte(0), name)
	}
	bin(&styles, 612)
	bin(&styles, 626, uint32(1))
	bin(&styles, 47, uint16(0xFFFF), uint16(14), uint16(0), [10]byte{})
	bin(&styles, 627)
	bin(&styles, 617, uint32(3))
	for _, x := range [][2]uint16{{0, 0}, {170, 0}, {0, 1}} {
		bin(&styles, 47, uint16(0), x[0], x[1], [10]byte{})
	}
	bin(&styles, 618)
	bin(&styles, 279)
	bin(&shared, 159, uint32(2), uint32(2))
	bin(&shared, 19, byte(0), "Mã hồ sơ")
	bin(&shared, 19, byte(1), "NguyÔn", uint32(0))
	bin(&shared, 160)
	bin(&first, 129)
	bin(&first, 60, uint32(2), uint32(2), uint32(2560), uint32(0), uint16(1))
	bin(&first, 145)
	first.Write(cells)
	bin(&first, 146)
	bin(&first, 161, [4]uint32{0, 9, 0, 9})
	bin(&first, 176, [4]uint32{0, 1, 0, 1})
	bin(&first, 130)
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/>`
	}
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>` +
		`<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/worksheets/sheet2.bin" ContentType="application/vnd.ms-excel.worksheet"/>` +
		`<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>`
	ns := ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	return pack(tb, map[string]string{"[Content_Types].xml": types, "_rels/.rels": `<Relationships` + ns + `>` + rel("rId1", "officeDocument", "xl/workbook.bin") + `</Relationships>`,
		"xl/_rels/workbook.bin.rels": `<Relationships` + ns + `>` + rel("rId1", "worksheet", "worksheets/sheet1.bin") + rel("rId2", "worksheet", "worksheets/sheet2.bin") + rel("rId3", "styles", "styles.bin") + rel("rId4", "sharedStrings", "sharedStrings.bin") + `</Relationships>`,
		"xl/workbook.bin":            book.String(), "xl/styles.bin": styles.String(), "xl/sharedStrings.bin": shared.String(), "xl/worksheets/sheet1.bin": first.String(), "xl/worksheets/sheet2.bin": first.String()})
}

// binCells is a sheet of every kind of cell.
func binCells() []byte {
	var b bytes.Buffer
	row := func(n uint32, flags byte) { bin(&b, 0, n, uint32(0), uint16(300), byte(0), flags, byte(0), uint32(0)) }
	at := func(col, style uint32) [2]uint32 { return [2]uint32{col, style} }
	row(0, 0)
	bin(&b, 7, at(0, 0), uint32(0))
	bin(&b, 7, at(1, 2), uint32(1))
	row(3, 0x10)
	bin(&b, 2, at(0, 0), uint32(1250<<2|3))
	bin(&b, 5, at(1, 1), 44990.25)
	bin(&b, 4, at(2, 0), byte(1))
	bin(&b, 3, at(3, 0), byte(0x2A))
	bin(&b, 6, at(4, 0), "ngày")
	bin(&b, 1, at(5, 0))
	row(4, 0)
	bin(&b, 8, at(0, 0), "kết quả", uint16(0), uint32(0), uint32(0))
	bin(&b, 9, at(1, 0), 2.5, uint16(0), uint32(0), uint32(0))
	bin(&b, 10, at(2, 0), byte(0), uint16(0), uint32(0), uint32(0))
	bin(&b, 11, at(3, 0), byte(7), uint16(0), uint32(0), uint32(0))
	bin(&b, 7, at(4, 0), uint32(99))
	bin(&b, 5, at(5, 0), math.NaN())
	bin(&b, 62, at(6, 0), byte(1), "đậm", uint32(0))
	return b.Bytes()
}

// TestBinaryWorkbook reads every kind of cell of an .xlsb.
func TestBinaryWorkbook(t *testing.T) {
	content := xlsb(t, binCells())
	const want = "1:1=Mã hồ sơ 1:2=Nguyễn 4:1=12.5 4:2=44990.25* 4:3=1 4:4=?#N/A 4:5=ngày " +
		"5:1=kết quả 5:2=2.5 5:3=0 5:4=?#DIV/0! 5:5=?(không đọc được) 5:6=?(không đọc được) 5:7=đậm"
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
	if infos := book.Infos(); book.Container != sheet.XLSB || len(infos) != 2 || infos[0].Name != "Sổ" || infos[0].Hidden || !infos[1].Hidden {
		t.Errorf("%s %+v", book.Container, infos)
	}
	if _, known, err := book.Merged(context.Background(), 1); !known || err != nil {
		t.Errorf("merged %v %v", known, err)
	}
	var beyond, back bytes.Buffer
	bin(&beyond, 0, uint32(1<<20), uint32(0), uint32(0))
	bin(&back, 0, uint32(5), uint32(0), uint32(0))
	bin(&back, 0, uint32(4), uint32(0), uint32(0))
	for name, cells := range map[string][]byte{"beyond the last row": beyond.Bytes(), "rows that go back": back.Bytes(), "cut": {0x05, 0xFF, 0xFF, 0xFF, 0xFF}} {
		if r := refusedSoon(t, name, xlsb(t, cells)); r != sheet.Binary && r != sheet.ZipBomb {
			t.Errorf("%s: %s", name, r)
		}
	}
}

// FuzzBinarySheet reads any bytes as the cells of a binary sheet.
func FuzzBinarySheet(f *testing.F) {
	f.Add(binCells())
	f.Fuzz(func(t *testing.T, cells []byte) { walkAll(t, xlsb(t, cells)) })
}
