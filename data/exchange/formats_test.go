package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"giaoban/data/exchange/sheet"
)

// loaded imports a file into an empty base.
func loaded(t *testing.T, path string) *outcome {
	t.Helper()
	o, err := newBase().load(path)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return o
}

// loadedBytes imports the content of a file into an empty base.
func loadedBytes(t *testing.T, name string, content []byte) *outcome {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return loaded(t, path)
}

// TestStreamNames reads workbooks whose stream is named in capitals, as some
// report tools write it, or Book, as BIFF8 may be.
func TestStreamNames(t *testing.T) {
	const dir = "testdata/public/ole-name-capitals/"
	for _, name := range []string{"WORKBOOK.xls", "control.xls"} {
		if o := loaded(t, dir+name); len(o.new) != 2 || len(o.rejected) != 0 {
			t.Errorf("%s: %d new, %d rejected", name, len(o.new), len(o.rejected))
		}
	}
	b, err := os.ReadFile(dir + "control.xls")
	if err != nil {
		t.Fatal(err)
	}
	entry := b[bytes.Index(b, []byte("W\x00o\x00r\x00k\x00")):]
	copy(entry, "B\x00o\x00o\x00k\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	entry[64] = 10
	if o := loadedBytes(t, "book.xls", b); len(o.new) != 2 {
		t.Errorf("a stream named Book: %d new", len(o.new))
	}
}

// TestFormats imports one small list, with a unit that covers two rows, from
// every format: LibreOffice made the files.
func TestFormats(t *testing.T) {
	for _, name := range []string{"list.ods", "list.odt", "list.docx"} {
		o := loaded(t, filepath.Join("testdata/formats", name))
		if len(o.new) != 3 || len(o.rejected) != 0 {
			t.Errorf("%s: %d new, %d rejected", name, len(o.new), len(o.rejected))
			continue
		}
		r := o.records[o.new[1]]
		if d := r.Dossier; d.Code != "H56.22.17-230302-0002" || d.Owner.Name != "Lê Thị Mẫu" || d.Received.String() != "03/03/2023 09:30" || r.Procedure != "Chứng thực bản sao" || r.Unit != "UBND xã Mẫu Một" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if o := loaded(t, "testdata/public/xml-spreadsheet-2003/x03.xls"); len(o.new) != 2 || o.mapping.Container != "xml" {
		t.Errorf("XML Spreadsheet 2003: %d new, %s", len(o.new), o.mapping.Container)
	}
}

// TestProtected imports what Excel protects by itself and refuses what somebody
// protected, whoever wrote it.
func TestProtected(t *testing.T) {
	for _, name := range []string{"velvet.xls", "velvet.xlsx"} {
		if o := loaded(t, filepath.Join("testdata/formats", name)); len(o.new) != 3 || len(o.rejected) != 0 {
			t.Errorf("%s: %d new, %d rejected", name, len(o.new), len(o.rejected))
		}
	}
	for _, name := range []string{"locked.xls", "locked.xlsx", "locked.ods"} {
		_, err := newBase().load(filepath.Join("testdata/formats", name))
		if sheet.ReasonOf(err) != sheet.Encrypted {
			t.Errorf("%s: %v", name, err)
		}
	}
}
