//go:build e2e

package e2e

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostText is how many pages of a report are read, and most how many are
// painted: a register book has thousands.
const (
	mostText = "40"
	most     = 6
)

// TestPagesOfReports turns the reports of the demonstration office into
// pictures: each has its text, embedded fonts, and ink on every page.
func TestPagesOfReports(t *testing.T) {
	reports, err := filepath.Glob(filepath.Join(demoFolder(t), "*.pdf"))
	if err != nil || len(reports) == 0 {
		t.Fatalf("the demonstration has no reports (%v)", err)
	}
	for _, path := range reports {
		name := strings.TrimSuffix(filepath.Base(path), ".pdf")
		t.Run(name, func(t *testing.T) {
			text, err := exec.Command("pdftotext", "-layout", "-l", mostText, path, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case len(bytes.TrimSpace(text)) == 0:
				t.Error("no text")
			case !utf8.Valid(text) || bytes.ContainsRune(text, utf8.RuneError):
				t.Error("its text has letters that cannot be read")
			case !norm.NFC.IsNormal(text):
				t.Error("its text is not NFC")
			}
			fonts, err := exec.Command("pdffonts", "-l", mostText, path).Output()
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(fonts)), "\n")
			if len(lines) < 3 {
				t.Fatalf("no fonts:\n%s", fonts)
			}
			for _, line := range lines[2:] {
				// columns: name, type (two words), encoding, emb, sub, uni, object
				f := strings.Fields(line)
				if len(f) < 6 || f[len(f)-5] != "yes" {
					t.Errorf("a font is not embedded: %s", line)
				}
			}
			paint(t, path, name)
		})
	}
}

// paint paints the first pages of a report at screen size and checks that each
// has ink, but is no black sheet.
func paint(t *testing.T, path, name string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "p")
	if msg, err := exec.Command("pdftoppm", "-png", "-r", "80", "-l", strconv.Itoa(most), path, out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	pages, err := filepath.Glob(out + "*.png")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages (%v)", err)
	}
	for i, page := range pages {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		// An annex begins on a new sheet: the back of the one before may be blank.
		share := ink(img)
		if back := (i+1)%2 == 0 && (i+1 < len(pages) || len(pages) == most); share == 0 && back {
			continue
		}
		if share < 0.0005 || share > 0.4 {
			t.Errorf("page %d: %.2f %% of it is ink", i+1, 100*share)
		}
		keep(t, "page-"+name+"-"+strconv.Itoa(i+1), content)
	}
}
