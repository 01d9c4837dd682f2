package book_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
)

// TestProgramsAreNoEvidence: programs by name or by content, names that turn round and
// documents under the ending of another kind are refused, and what is a document is taken.
func TestProgramsAreNoEvidence(t *testing.T) {
	b, _, _, _ := opened(t, assess.Period{})
	for _, x := range []struct {
		name, content string
		taken         bool
	}{
		{"bao-cao.exe", "nội dung", false}, {"bao-cao.PDF.Exe", "nội dung", false}, {"bao-cao.lnk", "x", false}, {"bao-cao.js", "x", false}, {"bao-cao.exe ", "x", false},
		{"bao-cao.pdf", "MZ\x90\x00", false}, {"bao-cao.pdf", "\x7fELF\x02", false}, {"bao-cao.docx", "#!/bin/sh\n", false},
		{"bao-cao\u202efdp.docx", "x", false}, {"bao-cao\u200f.pdf", "%PDF-1.4", false}, {"bao-cao\x1b[2J.pdf", "%PDF-1.4", false},
		{"bao-cao.pdf", "PK\x03\x04x", false}, {"anh.png", "\xff\xd8\xff\xe0", false}, {"anh.jpg", "%PDF-1.7", false},
		{"bao-cao.pdf", "%PDF-1.7\n", true}, {"bao-cao.DOCX", "PK\x03\x04x", true}, {"anh.jpeg", "\xff\xd8\xff\xe0", true}, {"ghi-chu.txt", "chữ", true}, {"khong-duoi", "%PDF-1.7", true},
	} {
		path := file(t, x.name, x.content)
		_, err := b.AddEvidence(background, assess.Evidence{Title: "x"}, path)
		if x.taken && err != nil || !x.taken && data.CodeOf(err) != data.Refused {
			t.Errorf("%q with %q: %v", x.name, x.content, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\u202e\u200f") {
			t.Errorf("%q: the sentence turns round", x.name)
		}
	}
	// The whole content is kept, also of a file that is longer than what was looked at.
	long := "%PDF-1.7\n" + strings.Repeat("nội dung ", 1000)
	id, err := b.AddEvidence(background, assess.Evidence{Title: "dài"}, file(t, "dai.pdf", long))
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.Evidence()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.ID != id {
			continue
		}
		path, err := b.FilePath(&e)
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(path); err != nil || string(raw) != long {
			t.Errorf("%d bytes of %d, %v", len(raw), len(long), err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("mode of the folder %v, %v", info.Mode(), err)
		}
	}
}
