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
			if r.Title == "" || r.About == "" || r.Occasion == "" || (r.Column == "") == (r.Group == "") {
				t.Errorf("%+v", r)
			}
		}
		receive(t, d, p, data.Date(2026, 5, 20))
	}
	err = papers.Write(t.Context(), d, papers.Request{Name: "khong-co", Period: period}, filepath.Join(t.TempDir(), "x.pdf"))
	if data.CodeOf(err) != data.NotFound || !strings.Contains(err.Error(), "giao-ban") {
		t.Errorf("an unknown report: %v", err)
	}
}
