package briefing_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/paper"
)

// Both annexes with form II.06a, by field and by unit, carry the whole head of the
// form: its number, its title, what it is grouped by and the period.
func TestBothAnnexesHaveTheHeadOfTheForm(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := writeFile(path)(briefing.Build(context.Background(), sample(), nil, paper.Options{})); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	at := strings.LastIndex(text, "Phụ lục I ")
	if at < 0 {
		t.Fatal("there is no annex I")
	}
	first, rest, _ := strings.Cut(text[at:], "Phụ lục II ")
	second, _, _ := strings.Cut(rest, "Phụ lục III")
	for by, annex := range map[string]string{"Theo lĩnh vực": first, "Theo đơn vị": second} {
		for _, want := range []string{"Biểu số II.06a/VPCP/KSTT", by, "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT"} {
			if !strings.Contains(annex, want) {
				t.Errorf("annex %q lacks %q: %.400s", by, want, annex)
			}
		}
	}
}

// What was nought a year before is «mới» and has no growth in per cent; without a year
// before the annex says that there is nothing to compare with (briefing.md 1, R13).
func TestComparisonWithNothing(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	text := func(in *briefing.Input) string {
		path := filepath.Join(t.TempDir(), "a.pdf")
		if err := writeFile(path)(briefing.Build(context.Background(), in, nil, paper.Options{})); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(string(out)), " ")
	}
	in := sample()
	in.ByFieldBefore.Total.NewPostal = 0
	if got := text(in); !strings.Contains(got, "620 0 +620 mới") || strings.Contains(got, "∞") {
		t.Errorf("620 after nothing is not told as new: %s", got[max(strings.Index(got, "620"), 0):][:200])
	}
	in.Before = data.Period{}
	if got := text(in); !strings.Contains(got, "chưa có kỳ trước để so") {
		t.Error("a period without one before does not say so")
	}
}
