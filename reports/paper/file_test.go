package paper_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/reports/paper"
	"giaoban/reports/paper/papertest"
)

// TestTheFileTellsAboutItself: version, language, title, bookmarks of titles, names of
// cut fonts, sides of the sheet.
func TestTheFileTellsAboutItself(t *testing.T) {
	for _, simplex := range []bool{false, true} {
		d := paper.New(context.Background(), paper.Options{Title: "Báo cáo <quý> & năm", Author: "UBND thị xã", Simplex: simplex})
		d.Title("Báo cáo", "Kết quả quý")
		d.Heading(1, "I. Tình hình")
		d.Paragraph(paper.Run{Text: "Lời văn"})
		d.Break()
		d.Annex("Phụ lục I", "Danh sách", "")
		d.Paragraph(paper.Run{Text: "Hết"})
		pdf := mustBytes(t, d)
		objects := papertest.Objects(t, pdf)
		duplex := "/Duplex /DuplexFlipLongEdge"
		if simplex {
			duplex = "/Duplex /Simplex"
		}
		for _, want := range []string{"%PDF-1.7\n", "/Lang (vi-VN)", "/DisplayDocTitle true", duplex, "<rdf:li xml:lang=\"x-default\">Báo cáo &lt;quý&gt; &amp; năm</rdf:li>", "+LiberationSerif-Bold", "/PageMode /UseOutlines"} {
			if !strings.Contains(objects, want) {
				t.Errorf("the file lacks %q", want)
			}
		}
		if strings.Contains(objects, "utf8liberation") || strings.Contains(objects, "Identity-H") {
			t.Error("a font has the name or the codes of gofpdf")
		}
		if got := papertest.Title(t, pdf); got != "Báo cáo <quý> & năm" {
			t.Errorf("title %q", got)
		}
		if got := papertest.Bookmarks(t, pdf); !slices.Equal(got, []string{"Báo cáo Kết quả quý", "I. Tình hình", "Phụ lục I. Danh sách"}) {
			t.Errorf("bookmarks %q", got)
		}
	}
	d := paper.New(context.Background(), paper.Options{Title: "Danh sách"})
	d.Paragraph(paper.Run{Text: "Không có đề mục"})
	if got := papertest.Bookmarks(t, mustBytes(t, d)); !slices.Equal(got, []string{"Danh sách"}) {
		t.Errorf("a paper without titles has the bookmarks %q", got)
	}
}

// TestEveryLetterOfTheFontIsReadBack writes all letters that the type family has, those
// of one byte and those of two, and reads them with another program.
func TestEveryLetterOfTheFontIsReadBack(t *testing.T) {
	var all []string
	for r := rune('!'); r < 0xFFFF; r++ {
		if s := string(r); paper.Clean(s) == s && (r < 0x300 || r > 0x36F) && r != '□' {
			all = append(all, s)
		}
	}
	if len(all) < 1000 {
		t.Fatalf("only %d letters", len(all))
	}
	d := paper.New(context.Background(), paper.Options{})
	for i := 0; i < len(all); i += 20 {
		for _, s := range all[i:min(i+20, len(all))] {
			d.Flush(paper.Run{Text: "#" + s + "#"})
		}
	}
	text := extract(t, mustBytes(t, d), "-raw")
	missing := ""
	for _, s := range all {
		if !strings.Contains(text, "#"+s+"#") {
			missing += s
		}
	}
	// The reader composes and turns letters of other scripts.
	if n := len([]rune(missing)); n > len(all)/5 {
		t.Errorf("%d of %d letters are not read back: %s", n, len(all), missing)
	}
	for _, r := range letters + `\()–…“”•√■≥≤ΩЖ₫‰` {
		if strings.ContainsRune(missing, r) {
			t.Errorf("%c is not read back", r)
		}
	}
}

// TestWhatStandsInTheFileOnceIsSeenOnEachPage draws rows whose long texts come again, as
// a table so long that they stand in the file once and as one that has them on each page:
// both pages have the same ink.
func TestWhatStandsInTheFileOnceIsSeenOnEachPage(t *testing.T) {
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("pdftoppm is not installed")
	}
	ink := func(rows int) (n int) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x.pdf"), mustBytes(t, book(rows, false)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, "-r", "60", "-gray", "-f", "6", "-l", "6", "-singlefile", filepath.Join(dir, "x.pdf"), filepath.Join(dir, "x")).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		raw, err := os.ReadFile(filepath.Join(dir, "x.pgm"))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range raw[20:] {
			n += 255 - int(b)
		}
		return n
	}
	once, each := ink(1000), ink(390)
	if diff := float64(once)/float64(each) - 1; diff < -0.01 || diff > 0.01 {
		t.Errorf("ink %d against %d", once, each)
	}
}

// TestTheFileIsSound has another program check the structure.
func TestTheFileIsSound(t *testing.T) {
	tool, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("qpdf is not installed")
	}
	for _, d := range []*paper.Document{longDocument(300, false), paper.New(context.Background(), paper.Options{}), book(800, false)} {
		path := filepath.Join(t.TempDir(), "x.pdf")
		if err := os.WriteFile(path, mustBytes(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}

// TestTheRegisterBookIsLight: the bars of size are those of make bench; a part of the
// book tells when they would be passed.
func TestTheRegisterBookIsLight(t *testing.T) {
	const rows = bookRows / 10
	if got := len(mustBytes(t, book(rows, false))); got > 7_000_000/10*7/10 {
		t.Errorf("%d rows make %d bytes", rows, got)
	}
}

// TestAtOncePapersAreWritten writes papers side by side: what packs their pages is shared.
func TestAtOncePapersAreWritten(t *testing.T) {
	want := mustBytes(t, book(2000, false))
	done := make(chan error)
	for range 4 {
		go func() {
			got, err := book(2000, false).Bytes()
			if err == nil && !bytes.Equal(got, want) {
				err = fmt.Errorf("another file of %d bytes", len(got))
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
