package papers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
)

// TestEveryReportOfTheTableIsWritten writes each report of the table for an office
// with a few dossiers and for one without any.
func TestEveryReportOfTheTableIsWritten(t *testing.T) {
	d, p := office(t)
	period, err := data.ParsePeriod("2026")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, r := range papers.Reports {
			path := filepath.Join(t.TempDir(), "x.pdf")
			if err := papers.Write(t.Context(), d, papers.Request{Name: r.Name, Period: period}, path); err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
			if r.Title == "" || r.About == "" || r.Occasion == "" {
				t.Errorf("%+v", r)
			}
			ways := 0
			for _, has := range []bool{r.Column != "", r.Group != "", r.Workbook != nil} {
				if has {
					ways++
				}
			}
			if ways != 1 {
				t.Errorf("%s: %d workbooks", r.Name, ways)
			}
			if r.Workbook != nil {
				if err := r.Workbook(d, papers.Request{Name: r.Name, Period: period}, filepath.Join(t.TempDir(), "x.xlsx")); err != nil {
					t.Errorf("%s: %v", r.Name, err)
				}
			}
		}
		receive(t, d, p, data.Date(2026, 5, 20))
	}
	err = papers.Write(t.Context(), d, papers.Request{Name: "khong-co", Period: period}, filepath.Join(t.TempDir(), "x.pdf"))
	if data.CodeOf(err) != data.NotFound || !strings.Contains(err.Error(), "giao-ban") {
		t.Errorf("an unknown report: %v", err)
	}
}

// TestOneMonthIsChartedAmongOthers: the charts of a report of one month show the
// months before it too, with their years.
func TestOneMonthIsChartedAmongOthers(t *testing.T) {
	d, p := office(t)
	receive(t, d, p, data.Date(2026, 5, 20))
	for key, want := range map[string]int{"2026-05": 12, "2026-Q2": 3, "2025": 12} {
		period, err := data.ParsePeriod(key)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := papers.Pages(t.Context(), d, papers.Request{Name: papers.Briefing, Period: period})
		in := drawn.Figures
		if err != nil || len(in.Months) != want || in.Recent != (key == "2026-05") {
			t.Errorf("%s: %d months, %v, %v", key, len(in.Months), in.Recent, err)
		}
		if key == "2026-05" && (in.Months[0].Label != "6/25" || in.Months[11].Label != "5/26" || in.Months[11].Received != 1) {
			t.Errorf("months %+v", in.Months)
		}
	}
}
