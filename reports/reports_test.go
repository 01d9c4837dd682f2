package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

func TestEveryNamedReportIsWritten(t *testing.T) {
	dir := t.TempDir()
	period, err := data.ParsePeriod("2022")
	if err != nil {
		t.Fatal(err)
	}
	list, err := form.ShippedOn(form.InPeriod, period.To)
	if err != nil {
		t.Fatal(err)
	}
	in := reports.Input{Jobs: []form.Job{{Template: list, Slip: form.Slip{Period: period}}}, Figures: &briefing.Input{Period: period, AsOf: period.To}, Book: &form.Book{Period: period}, List: &form.List{AsOf: period.To}}
	for _, r := range reports.Names() {
		path := filepath.Join(dir, string(r.Name)+".pdf")
		if err := reports.Write(context.Background(), r.Name, in, path, paper.Options{}); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
		if b, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(b), "%PDF-") {
			t.Errorf("%s: no PDF (%v)", r.Name, err)
		}
		if r.Title == "" || r.About == "" {
			t.Errorf("%s has no title", r.Name)
		}
		if err := reports.Write(context.Background(), r.Name, reports.Input{}, path, paper.Options{}); data.CodeOf(err) != data.Internal {
			t.Errorf("%s without figures: %v", r.Name, err)
		}
	}
	err = reports.Write(context.Background(), "khong-co", in, filepath.Join(dir, "x.pdf"), paper.Options{})
	if data.CodeOf(err) != data.NotFound || !strings.Contains(err.Error(), "giao-ban") {
		t.Errorf("got %v", err)
	}
}
