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

// TestTrendsFromAndToNothing: a count that was nothing did not grow by itself, and one that
// is nothing did not shrink by a part; a period without one before has no trend at all.
func TestTrendsFromAndToNothing(t *testing.T) {
	for _, c := range []struct {
		now, before int64
		compared    bool
		want        string
	}{
		{5, 0, true, "Nhiệm vụ: 5, phát sinh mới, cùng kỳ năm 2021 không có."},
		{0, 5, true, "Nhiệm vụ: 0, không phát sinh, cùng kỳ năm 2021 có 5 nhiệm vụ."},
		{0, 0, true, "Nhiệm vụ: 0, không phát sinh, như cùng kỳ năm 2021."},
		{5, 5, true, "Nhiệm vụ: 5, bằng cùng kỳ năm 2021."},
		{1200, 100, true, "Nhiệm vụ: 1.200, tăng 1.100 nhiệm vụ so với cùng kỳ năm 2021."},
		{100, 1200, true, "Nhiệm vụ: 100, giảm 1.100 nhiệm vụ so với cùng kỳ năm 2021."},
		{5, 0, false, "Nhiệm vụ: 5."},
	} {
		in := town()
		in.Measures = []briefing.Measure{{ID: "task.total", Name: "Nhiệm vụ", Unit: "nhiệm vụ", Now: data.Ratio{Numerator: c.now}, Before: data.Ratio{Numerator: c.before}, Known: true, Compared: c.compared}}
		texts, err := briefing.Render([]briefing.Block{{ID: "a.b", Text: "Nhiệm vụ: {task.total}[, {task.total.trend}]."}}, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := texts[0].Paragraphs[0].Text; got != c.want {
			t.Errorf("%d after %d: %q, want %q", c.now, c.before, got, c.want)
		}
	}
}
