package book_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

func file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEvidence(t *testing.T) {
	b, d, _, ids := opened(t, assess.Period{})
	yes := true
	if _, err := b.Enter(background, ids[0], "2.3.2", assess.Self, assess.Entry{Answer: scoring.Answer{Yes: &yes}}); err != nil {
		t.Fatal(err)
	}
	link := func(code string) assess.Link {
		return assess.Link{Sheet: ids[0], Code: code, Section: "II", Page: "3", Round: assess.Self}
	}
	id, err := b.AddEvidence(background, assess.Evidence{Title: "Báo cáo: kết quả?", Number: "12/BC-UBND", Date: today, Links: []assess.Link{link("2.3.2")}}, file(t, "bao cao.PDF", "nội dung"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Link(background, id, link("1.1.1")); err != nil {
		t.Fatal(err)
	}
	if err := b.Link(background, id, link("9.9")); data.CodeOf(err) != data.Invalid {
		t.Errorf("linked to nothing: %v", err)
	}
	if err := b.DropEvidence(background, id); data.CodeOf(err) != data.Conflict {
		t.Errorf("dropped while it proves: %v", err)
	}
	list, err := b.Evidence()
	if err != nil || len(list) != 1 || len(list[0].Links) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	e := &list[0]
	path, err := b.FilePath(e)
	if err != nil || filepath.Dir(path) != d.Path()+".tep" || !strings.HasSuffix(path, e.File.Hash+".pdf") {
		t.Fatalf("%s %v", path, err)
	}
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "nội dung" {
		t.Fatalf("%q %v", raw, err)
	}
	var z bytes.Buffer
	lines, err := b.ExportEvidenceZip(background, ids[0], &z)
	if err != nil || len(lines) != 2 || lines[0].Code != "1.1.1" || lines[0].Name == "" || lines[0].Name != lines[1].Name {
		t.Fatalf("%+v %v", lines, err)
	}
	r, err := zip.NewReader(bytes.NewReader(z.Bytes()), int64(z.Len()))
	if err != nil || len(r.File) != 1 || r.File[0].Name != lines[0].Name || strings.ContainsAny(r.File[0].Name, `:?/\`) {
		t.Fatalf("%v", err)
	}
	dir := filepath.Join(t.TempDir(), "xuat")
	for range 2 { // the second time finds the same files
		if _, err := b.ExportEvidence(background, ids[0], dir); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, lines[0].Name), []byte("khác"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ExportEvidence(background, ids[0], dir); data.CodeOf(err) != data.Conflict {
		t.Errorf("overwrote: %v", err)
	}
	// Undo takes the record out, never the file.
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	if list, _ := b.Evidence(); len(list) != 0 {
		t.Error("undo left the document")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error("undo deleted the file")
	}
	for range 2 {
		if _, err := d.Redo(background); err != nil {
			t.Fatal(err)
		}
	}
	// A changed and a vanished file are found, and named with the criterion.
	if err := os.WriteFile(path, []byte("nội dunh"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b.FileState(e, false) != assess.FileThere || b.FileState(e, true) != assess.FileChanged {
		t.Error("the change of content was not found")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	faults, err := b.CheckFiles(background)
	if err != nil || len(faults) != 1 || !strings.Contains(faults[0].Error(), "2.3.2") || !strings.Contains(faults[0].Error(), "bao cao.PDF") {
		t.Errorf("%v %v", faults, err)
	}
	if _, err := b.FilePath(e); data.CodeOf(err) != data.NotFound {
		t.Errorf("%v", err)
	}
	lines, err = b.ExportEvidence(background, ids[0], filepath.Join(t.TempDir(), "trống"))
	if err != nil || lines[0].File != assess.FileGone || lines[0].Name != "" {
		t.Errorf("%+v %v", lines, err)
	}
	if err := b.ReplaceFile(background, id, file(t, "moi.pdf", "nội dung")); err != nil {
		t.Fatal(err)
	}
	if faults, _ := b.CheckFiles(background); len(faults) != 0 {
		t.Errorf("after replacing: %v", faults)
	}
}

func TestRefusedFiles(t *testing.T) {
	b, d, _, _ := opened(t, assess.Period{})
	if err := b.SetLimit(background, 1); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"too large":   file(t, "lon.pdf", strings.Repeat("x", 1<<20+1)),
		"empty":       file(t, "trong.pdf", ""),
		"a folder":    t.TempDir(),
		"not there":   filepath.Join(t.TempDir(), "khong-co.pdf"),
		"a long path": strings.Repeat("a", 5000),
	} {
		if _, err := b.AddEvidence(background, assess.Evidence{Title: "x"}, path); data.CodeOf(err) != data.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, _ := b.Evidence(); len(list) != 0 {
		t.Errorf("refused files left %d documents", len(list))
	}
	if left, _ := os.ReadDir(b.Folder()); len(left) != 0 {
		t.Errorf("refused files left %v", left)
	}
	if err := b.SetLimit(background, 0); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	// A data file from elsewhere must not lead out of the folder.
	secret := filepath.Join(filepath.Dir(d.Path()), "bi-mat.txt")
	if err := os.WriteFile(secret, []byte("bí mật"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := assess.Evidence{Title: "x", File: &assess.File{Name: "x", Size: 9, Hash: "../bi-mat", Ext: ".txt"}}
	if err := d.Change(background, desk.Work{Title: "x"}, func(tx desk.Tx) error {
		var id uint64
		return tx.PutRecord(assess.RecordEvidence, &id, e)
	}); err != nil {
		t.Fatal(err)
	}
	if path, err := b.FilePath(&e); err == nil {
		t.Errorf("led to %s", path)
	}
}
