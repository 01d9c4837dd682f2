package papers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// A number that was given and taken back is named in the printed book, with the
// dossier that had it; nothing is said where nothing was skipped.
func TestBooksNameSkippedNumbers(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	now := time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	text := func(path string) string {
		t.Helper()
		out, err := exec.Command(tool, path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(string(out)), " ")
	}
	written := func(name papers.Name, key string) string {
		t.Helper()
		period, err := data.ParsePeriod(key)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "so.pdf")
		if err := papers.Write(t.Context(), d, papers.Request{Name: name, Period: period, AsOf: d.Today()}, path); err != nil {
			t.Fatal(err)
		}
		return text(path)
	}
	receive := func(code string) data.Dossier {
		t.Helper()
		one := data.Dossier{Code: code, Book: 1, Received: data.Moment{Day: data.Date(2026, 5, 4)}, Due: data.Moment{Day: data.Date(2026, 5, 20)}, Owner: data.Person{Name: "Người Thử"}}
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
		return one
	}
	undo := func() {
		t.Helper()
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	receive("HS-1")
	undo()
	kept := receive("HS-2")
	if got := written(papers.Register, "2026"); kept.Seq != 2 || !strings.Contains(got, "Quyển 1 năm 2026. Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 1 (HS-1, 01/06/2026).") {
		t.Errorf("number %d, the book says %q", kept.Seq, got)
	}
	if got := written(papers.Register, "2025"); strings.Contains(got, "Số bỏ") {
		t.Errorf("2025: %q", got)
	}
	if _, _, err := d.Apologise(t.Context(), []uint64{kept.ID}, desk.Apology{Day: d.Today(), Reason: "Chậm"}, nil); err != nil {
		t.Fatal(err)
	}
	undo()
	if got := written(papers.Letters, "2026"); !strings.Contains(got, "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 1 (HS-2, 01/06/2026)") {
		t.Errorf("letters: %q", got)
	}
	pdf, err := papers.LetterBook(t.Context(), d, 2026)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "thu.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := text(path); !strings.Contains(got, "1 (HS-2, 01/06/2026)") {
		t.Errorf("letter book: %q", got)
	}
}
