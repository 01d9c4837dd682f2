package sheet_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// oldFile builds an .xls record by record.
type oldFile struct {
	globals, cells bytes.Buffer
	state          byte // of the sheet: 1 hidden, 2 very hidden
}

func put(b *bytes.Buffer, id uint16, parts ...any) {
	var payload bytes.Buffer
	for _, p := range parts {
		binary.Write(&payload, binary.LittleEndian, p)
	}
	binary.Write(b, binary.LittleEndian, [2]uint16{id, uint16(payload.Len())})
	b.Write(payload.Bytes())
}

// letters returns a text as the file holds it: one byte a letter where that is
// enough, else two.
func letters(s string) (flags byte, b []byte) {
	u := utf16.Encode([]rune(s))
	for _, c := range u {
		flags |= byte(min(c>>8, 1))
	}
	for _, c := range u {
		if b = append(b, byte(c)); flags == 1 {
			b = append(b, byte(c>>8))
		}
	}
	return flags, b
}

func count(s string) uint16 { return uint16(len(utf16.Encode([]rune(s)))) }

// shared writes the shared strings, cut into records of size bytes at most,
// also within letters.
func (f *oldFile) shared(size int, list ...string) {
	type part struct{ b []byte }
	var parts []part
	cur := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, uint32(len(list))), uint32(len(list)))
	flush := func() { parts, cur = append(parts, part{cur}), nil }
	for i, s := range list {
		flags, b := letters(s)
		head := append(binary.LittleEndian.AppendUint16(nil, count(s)), flags)
		rich := i%3 == 1
		if rich {
			head[2] |= 8
			head = binary.LittleEndian.AppendUint16(head, 1)
		}
		if len(cur)+len(head) > size {
			flush()
		}
		cur = append(cur, head...)
		for step := 1 + int(flags); len(b) > 0; b = b[step:] {
			if len(cur)+step > size {
				flush()
				cur = append(cur, flags)
			}
			cur = append(cur, b[:step]...)
		}
		if rich {
			if len(cur)+4 > size {
				flush()
			}
			cur = append(cur, 0, 0, 1, 0)
		}
	}
	flush()
	for i, p := range parts {
		id := uint16(0x3C)
		if i == 0 {
			id = 0xFC
		}
		put(&f.globals, id, p.b)
	}
}

// bytes puts the records into a compound file.
func (f *oldFile) bytes(name string) []byte {
	var stream bytes.Buffer
	put(&stream, 0x809, [8]uint16{0x600, 5})
	flags, n := letters(name)
	bound := func(at int) (b bytes.Buffer) {
		put(&b, 0x85, uint32(at), f.state, byte(0), byte(len(utf16.Encode([]rune(name)))), flags, n)
		return b
	}
	length := bound(0)
	at := stream.Len() + length.Len() + f.globals.Len() + 4
	sheetRecord := bound(at)
	stream.Write(sheetRecord.Bytes())
	stream.Write(f.globals.Bytes())
	put(&stream, 0x0A)
	put(&stream, 0x809, [8]uint16{0x600, 16})
	stream.Write(f.cells.Bytes())
	put(&stream, 0x0A)
	return compoundFile("Workbook", stream.Bytes())
}

// compoundFile holds one stream.
func compoundFile(name string, stream []byte) []byte { return compoundFiles([]string{name}, stream) }

// compoundFiles holds streams, none of them in small sectors.
func compoundFiles(names []string, streams ...[]byte) []byte {
	const sector, free, last = 512, 0xFFFFFFFF, 0xFFFFFFFE
	le := binary.LittleEndian
	var body []byte
	var chain []uint32
	dir := make([]byte, sector)
	entry := func(i int, name string, kind byte, first, size uint32) {
		b := dir[128*i:]
		for k, c := range utf16.Encode([]rune(name)) {
			le.PutUint16(b[2*k:], c)
		}
		le.PutUint16(b[64:], uint16(2*len(name)+2))
		b[66] = kind
		for _, at := range []int{68, 72, 76} { // no brothers and no child
			le.PutUint32(b[at:], free)
		}
		le.PutUint32(b[116:], first)
		le.PutUint32(b[120:], size)
	}
	grow := func(b []byte) {
		for n := (len(b) + sector - 1) / sector; n > 0; n-- {
			next := uint32(len(chain) + 1)
			if n == 1 {
				next = last
			}
			chain = append(chain, next)
		}
		body = append(body, b...)
		body = append(body, make([]byte, (sector-len(b)%sector)%sector)...)
	}
	entry(0, "Root Entry", 5, last, 0)
	le.PutUint32(dir[76:], 1)
	for i, s := range streams {
		s = append(bytes.Clone(s), make([]byte, max(0, 4096-len(s)))...)
		entry(i+1, names[i], 2, uint32(len(chain)), uint32(len(s)))
		if i > 0 {
			le.PutUint32(dir[128*i+72:], uint32(i+1))
		}
		grow(s)
	}
	at := uint32(len(chain))
	grow(dir)
	fats := len(chain)/127 + 1
	out := make([]byte, sector)
	copy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(out[0x18:], 0x3E)
	le.PutUint16(out[0x1A:], 3)
	le.PutUint16(out[0x1C:], 0xFFFE)
	le.PutUint16(out[0x1E:], 9)
	le.PutUint16(out[0x20:], 6)
	le.PutUint32(out[0x2C:], uint32(fats))
	le.PutUint32(out[0x30:], at)
	le.PutUint32(out[0x38:], 4096)
	le.PutUint32(out[0x3C:], last)
	le.PutUint32(out[0x44:], last)
	for i := range 109 {
		v := uint32(free)
		if i < fats {
			v = uint32(len(chain) + i)
		}
		le.PutUint32(out[0x4C+4*i:], v)
	}
	fat := bytes.Repeat([]byte{0xFF}, fats*sector)
	for i, next := range chain {
		le.PutUint32(fat[4*i:], next)
	}
	for i := range fats {
		le.PutUint32(fat[4*(len(chain)+i):], 0xFFFFFFFD)
	}
	return slices.Concat(out, body, fat)
}

func font(b *bytes.Buffer, name string) {
	put(b, 0x31, [7]uint16{200}, byte(len(name)), byte(0), []byte(name))
}

func xf(b *bytes.Buffer, font, format uint16) { put(b, 0xE0, [10]uint16{font, format}) }

// register is an old workbook of every kind of cell.
func oldRegister(from1904 bool, size int) []byte {
	f := &oldFile{}
	for _, name := range []string{"Arial", "Arial", "Arial", "Arial", ".VnTime"} {
		font(&f.globals, name)
	}
	format := `dd/mm/yyyy\ hh:mm`
	put(&f.globals, 0x41E, uint16(170), count(format), byte(0), []byte(format))
	xf(&f.globals, 0, 0)
	xf(&f.globals, 0, 14)
	xf(&f.globals, 0, 170)
	xf(&f.globals, 5, 0) // font 5 is the fifth: there is no font 4
	if from1904 {
		put(&f.globals, 0x22, uint16(1))
	}
	f.shared(size, "Mã hồ sơ", "Chủ hồ sơ", "Ngay", "Nguyễn Thị Hồng Ánh", "Caf\u00e9 Pho", "NguyÔn V¨n ¸nh", strings.Repeat("Dài ", 60), strings.Repeat("plain ", 60), "🂡 hết")
	c := &f.cells
	put(c, 0x208, [8]uint16{0, 0, 9}) // a row record says nothing
	for i, s := range []uint32{0, 1, 2} {
		put(c, 0xFD, [3]uint16{0, uint16(i), 0}, s)
	}
	put(c, 0xFD, [3]uint16{1, 0, 0}, uint32(3))
	put(c, 0xFD, [3]uint16{1, 1, 0}, uint32(4))
	put(c, 0x203, [3]uint16{1, 2, 1}, 44990.0)
	put(c, 0x203, [3]uint16{1, 3, 2}, 44990.354166666664)
	put(c, 0xBD, uint16(1), uint16(4), uint16(0), uint32(1205<<2|2), uint16(0), uint32(1250<<2|3), uint16(5))
	put(c, 0x27E, [3]uint16{1, 6, 0}, uint32(math.Float64bits(-2.5)>>32))
	put(c, 0xFD, [3]uint16{2, 0, 3}, uint32(5))
	put(c, 0x06, [3]uint16{2, 1, 0}, 3.25, uint16(0))
	put(c, 0x06, [3]uint16{2, 2, 0}, [4]uint16{0, 0, 0, 0xFFFF}, uint16(0))
	flags, b := letters("kết quả")
	put(c, 0x207, count("kết quả"), flags, b)
	put(c, 0x06, [3]uint16{2, 3, 0}, [4]uint16{1, 1, 0, 0xFFFF}, uint16(0))
	put(c, 0x06, [3]uint16{2, 4, 0}, [4]uint16{2, 7, 0, 0xFFFF}, uint16(0)) // an error
	put(c, 0x205, [3]uint16{2, 5, 0}, byte(1), byte(0))
	put(c, 0x809, [8]uint16{0x600, 32}) // a chart within the sheet
	put(c, 0x203, [3]uint16{0, 0, 0}, 99.0)
	put(c, 0x0A)
	put(c, 0x204, [3]uint16{3, 0, 0}, count("kết quả"), flags, b)
	put(c, 0xFD, [3]uint16{4, 0, 0}, uint32(6))
	put(c, 0xFD, [3]uint16{4, 1, 0}, uint32(7))
	put(c, 0xFD, [3]uint16{4, 2, 0}, uint32(8))
	put(c, 0x203, [3]uint16{3, 1, 0}, 7.0) // out of order
	put(c, 0xE5, uint16(1), [4]uint16{0, 0, 1, 2})
	return f.bytes("Sổ 2023")
}

// TestOldWorkbook reads every kind of cell, with the shared strings cut at
// every place.
func TestOldWorkbook(t *testing.T) {
	want := "1:1=Mã hồ sơ 1:2=Chủ hồ sơ 1:3=Ngay 2:1=Nguyễn Thị Hồng Ánh 2:2=Café Pho 2:3=44990* 2:4=44990.354166666664* 2:5=1205 2:6=12.5 2:7=-2.5 " +
		"3:1=Nguyễn Văn ánh 3:2=3.25 3:3=kết quả 3:4=1 3:5=?#DIV/0! 3:6=1 4:1=kết quả 4:2=7 5:1=" + strings.Repeat("Dài ", 60) + " 5:2=" + strings.Repeat("plain ", 60) + " 5:3=🂡 hết"
	for _, size := range []int{8000, 16, 17, 18, 19, 20, 31, 64, 101} {
		got, err := dump(oldRegister(false, size))
		if err != nil || got != want {
			t.Fatalf("strings in records of %d bytes: %q, %v\nwant %q", size, got, err, want)
		}
	}
	content := oldRegister(true, 8000)
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if !book.Date1904 || book.Container != sheet.XLS || book.Sheets()[0] != "Sổ 2023" {
		t.Errorf("%+v", book)
	}
	spans, known, err := book.Merged(context.Background(), 0)
	if err != nil || !known || len(spans) != 1 || spans[0] != (sheet.Span{FirstRow: 1, FirstCol: 2, LastRow: 1, LastCol: 3}) {
		t.Errorf("merged %v %v %v", spans, known, err)
	}
	// A second pass, and one that is stopped.
	for range 2 {
		rows, err := book.Rows(context.Background(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var row sheet.Row
		n := 0
		for rows.Next(&row) == nil {
			n++
		}
		if n != 5 {
			t.Errorf("%d rows", n)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rows, err := book.Rows(ctx, 0)
	if err == nil {
		err = rows.Next(&sheet.Row{})
	}
	if data.CodeOf(err) != data.Cancelled {
		t.Errorf("stopped: %v", err)
	}
}

// TestOldWorkbooksRefused gives the advice to save a file anew for all that
// cannot be read.
func TestOldWorkbooksRefused(t *testing.T) {
	good := oldRegister(false, 8000)
	if _, err := dump(good); err != nil {
		t.Fatal(err)
	}
	locked := &oldFile{}
	put(&locked.globals, 0x2F, uint16(1))
	put(&locked.cells, 0x203, [3]uint16{0, 0, 0}, 1.0)
	lost := &oldFile{}
	put(&lost.cells, 0xFD, [3]uint16{0, 0, 0}, uint32(3))
	empty := &oldFile{}
	put(&empty.globals, 0xE0, [10]uint16{})
	short := &oldFile{}
	put(&short.cells, 0x203, uint16(0))
	for name, c := range map[string]struct {
		content []byte
		want    sheet.Reason
	}{
		"a password": {locked.bytes("A"), sheet.Encrypted}, "no such string": {lost.bytes("A"), sheet.BIFF},
		"a short record": {short.bytes("A"), sheet.BIFF}, "no cell": {empty.bytes("A"), sheet.Empty}, "a shell": {(&oldFile{}).bytes("A"), sheet.BIFF}, "cut off": {good[:len(good)-600], sheet.BIFF},
		"Word": {compoundFile("WordDocument", nil), sheet.Word}, "another document": {compoundFile("Other", nil), sheet.Unknown},
	} {
		if _, err := dump(c.content); sheet.ReasonOf(err) != c.want {
			t.Errorf("%s: %v (%v), want %s", name, err, sheet.ReasonOf(err), c.want)
		}
	}
}

// FuzzOldWorkbook reads any bytes as an .xls: it is refused, or its cells are
// in order.
func FuzzOldWorkbook(f *testing.F) {
	f.Add(oldRegister(false, 64))
	f.Add(oldRegister(true, 8000))
	if b, err := os.ReadFile("../testdata/import/bad_biff.xls"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		content = append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), content[min(len(content), 8):]...)
		book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			if sheet.ReasonOf(err) == "" {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		for i := range book.Sheets() {
			rows, err := book.Rows(context.Background(), i)
			if err != nil {
				if sheet.ReasonOf(err) == "" {
					t.Fatalf("%v is no refusal", err)
				}
				continue
			}
			var row sheet.Row
			num := 0
			for {
				if err := rows.Next(&row); err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				if row.Num <= num {
					t.Fatalf("row %d after %d", row.Num, num)
				}
				num = row.Num
				for k, c := range row.Cells {
					if len(c.Text) == 0 || k > 0 && c.Col <= row.Cells[k-1].Col {
						t.Fatalf("row %d: %+v", row.Num, row.Cells)
					}
				}
			}
		}
	})
}
