package sheet_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strings"
	"testing"

	"giaoban/data/exchange/sheet"

	"github.com/xuri/excelize/v2"
)

// biff5 builds a workbook of Excel 95 whose texts are of a code page.
func biff5(page uint16, title string, cells ...string) []byte {
	var globals, rows, stream bytes.Buffer
	put(&globals, 0x42, page)
	for _, name := range []string{"Arial", "Arial", "Arial", "Arial", ".VnTime"} {
		put(&globals, 0x31, [7]uint16{200}, byte(len(name)), []byte(name))
	}
	put(&globals, 0x41E, uint16(170), byte(10), []byte("dd/mm/yyyy"))
	put(&globals, 0xE0, [8]uint16{0, 0})
	put(&globals, 0xE0, [8]uint16{0, 170})
	put(&globals, 0xE0, [8]uint16{5, 0})
	for i, s := range cells {
		put(&rows, 0x204, [3]uint16{0, uint16(i), uint16(i % 2 * 2)}, uint16(len(s)), []byte(s))
	}
	put(&rows, 0x203, [3]uint16{1, 0, 1}, 44990.0)
	put(&rows, 0x06, [3]uint16{1, 1, 0}, [4]uint16{0, 0, 0, 0xFFFF}, uint16(0))
	put(&rows, 0x207, uint16(5), []byte("ch"))
	put(&rows, 0x3C, []byte("u\xE0i"))
	put(&rows, 0xD6, [3]uint16{1, 2, 0}, uint16(2), []byte("ab"))
	put(&stream, 0x809, [4]uint16{0x500, 5})
	at := stream.Len() + globals.Len() + 4 + 7 + len(title) + 4
	put(&stream, 0x85, uint32(at), uint16(0), byte(len(title)), []byte(title))
	stream.Write(globals.Bytes())
	put(&stream, 0x0A)
	put(&stream, 0x809, [4]uint16{0x500, 16})
	stream.Write(rows.Bytes())
	put(&stream, 0x0A)
	return stream.Bytes()
}

// TestExcel95 reads workbooks of Excel 5 and 95, whose texts are of a code page.
func TestExcel95(t *testing.T) {
	for name, c := range map[string]struct {
		page   uint16
		cells  []string
		expect string
	}{
		"TCVN3":      {1252, []string{"M\xB7", "Nguy\xD4n"}, "1:1=M· 1:2=Nguyễn 2:1=44990* 2:2=chuài 2:3=ab"},
		"Vietnamese": {1258, []string{"\xD0\xE3 x\xEA\xECp", "x"}, "1:1=Đă xê\u0301p 1:2=x 2:1=44990* 2:2=chuài 2:3=ab"},
	} {
		stream := biff5(c.page, "So 95", c.cells...)
		for kind, content := range map[string][]byte{"a stream": compoundFile("Book", stream), "bare": stream} {
			if got, err := dump(content); err != nil || got != c.expect {
				t.Errorf("%s, %s: %q, %v\nwant %q", name, kind, got, err, c.expect)
			}
		}
	}
	content := compoundFile("BOOK", biff5(1252, "So 95", "a"))
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil || book.Sheets()[0] != "So 95" || book.Container != sheet.XLS {
		t.Errorf("%+v %v", book, err)
	}
}

// TestExcel2 reads the sheets that early versions, and some report tools still,
// write without a container.
func TestExcel2(t *testing.T) {
	var b bytes.Buffer
	put(&b, 0x09, [2]uint16{2, 16})
	put(&b, 0x42, uint16(1258))
	put(&b, 0x04, [2]uint16{0, 0}, [3]byte{}, byte(2), []byte("\xD0a"))
	put(&b, 0x02, [2]uint16{0, 1}, [3]byte{}, uint16(7))
	put(&b, 0x03, [2]uint16{0, 2}, [3]byte{}, 2.5)
	put(&b, 0x06, [2]uint16{0, 3}, [3]byte{}, 3.5, uint16(0))
	put(&b, 0x06, [2]uint16{0, 4}, [3]byte{}, [4]uint16{0, 0, 0, 0xFFFF}, uint16(0))
	put(&b, 0x07, byte(2), []byte("ok"))
	put(&b, 0x0A)
	if got, err := dump(b.Bytes()); err != nil || got != "1:1=Đa 1:2=7 1:3=2.5 1:4=3.5 1:5=ok" {
		t.Errorf("Excel 2: %q %v", got, err)
	}
	b.Reset()
	put(&b, 0x409, [3]uint16{0, 16, 0})
	put(&b, 0x204, [3]uint16{0, 0, 0}, uint16(2), []byte("ab"))
	put(&b, 0x27E, [3]uint16{0, 1, 0}, uint32(math.Float64bits(-2.5)>>32))
	put(&b, 0x0A)
	if got, err := dump(b.Bytes()); err != nil || got != "1:1=ab 1:2=-2.5" {
		t.Errorf("Excel 4: %q %v", got, err)
	}
}

// TestObfuscatedWorkbook reads what early versions protected with the password of
// Excel itself: the key and the check of it are known.
func TestObfuscatedWorkbook(t *testing.T) {
	const key, check = 0xB359, 0x9A0A
	plain := biff5(1252, "So", "mot", "hai")
	head := 4 + 8 // of the first record
	var pass bytes.Buffer
	put(&pass, 0x2F, [2]uint16{key, check})
	stream := append(bytes.Clone(plain[:head]), pass.Bytes()...)
	stream = append(stream, plain[head:]...)
	pad := append([]byte("VelvetSweatshop"), 0xBB)
	for i := range pad {
		k := byte(key & 0xFF)
		if i&1 == 1 {
			k = byte(key >> 8)
		}
		pad[i] = bits.RotateLeft8(pad[i]^k, 2)
	}
	for at := head + pass.Len(); at+4 <= len(stream); {
		id, n := binary.LittleEndian.Uint16(stream[at:]), int(binary.LittleEndian.Uint16(stream[at+2:]))
		body := stream[at+4 : at+4+n]
		from := 0
		if id == 0x85 {
			from = 4
			binary.LittleEndian.PutUint32(body, binary.LittleEndian.Uint32(body)+uint32(pass.Len()))
		}
		if id == 0x809 {
			from = n
		}
		for i := from; i < n; i++ {
			body[i] = bits.RotateLeft8(body[i]^pad[(at+4+i+n)&15], 5)
		}
		at += 4 + n
	}
	const want = "1:1=mot 1:2=hai 2:1=44990* 2:2=chuài 2:3=ab"
	if got, err := dump(compoundFile("Book", stream)); err != nil || got != want {
		t.Errorf("%q %v", got, err)
	}
	stream[head+4+2]++
	if _, err := dump(compoundFile("Book", stream)); sheet.ReasonOf(err) != sheet.Encrypted {
		t.Errorf("another password: %v", err)
	}
}

// TestProtectedPackage reads what Excel 2007 protected with its own password and
// names a password that somebody chose.
func TestProtectedPackage(t *testing.T) {
	var noise strings.Builder // small streams of the library that encrypts are not sound
	for i := range 4000 {
		fmt.Fprintf(&noise, "<si><t>%x</t></si>", uint32(i)*2654435761)
	}
	plain := workbook(t, `<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>`, `<sst>`+noise.String()+`</sst>`)
	for password, want := range map[string]sheet.Reason{"VelvetSweatshop": "", "khac": sheet.Encrypted} {
		content, err := excelize.Encrypt(plain, &excelize.Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		got, err := dump(content)
		if sheet.ReasonOf(err) != want || want == "" && (err != nil || got != "1:1=7") {
			t.Errorf("%s: %q %v %v", password, got, err, errors.Unwrap(err))
		}
	}
}

// FuzzProtected reads any description of how a package is protected.
func FuzzProtected(f *testing.F) {
	f.Add([]byte("\x04\x00\x04\x00\x40\x00\x00\x00<encryption><keyData/></encryption>"), make([]byte, 64))
	f.Add(append([]byte("\x03\x00\x02\x00\x00\x00\x00\x00\x20\x00\x00\x00"), make([]byte, 128)...), make([]byte, 64))
	f.Fuzz(func(t *testing.T, info, body []byte) {
		walkAll(t, compoundFiles([]string{"EncryptionInfo", "EncryptedPackage"}, info, body))
	})
}
