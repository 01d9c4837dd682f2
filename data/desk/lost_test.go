package desk_test

import (
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestFiguresOfLostValues: whatever an odd file loses, no figure becomes better
// for it.
func TestFiguresOfLostValues(t *testing.T) {
	year := data.Period{From: data.Date(2023, 1, 1), To: data.Date(2023, 12, 31)}
	for name, want := range map[string]struct {
		late, resolved int64
		rejected       int
	}{
		"biff-formula-0406/control.xls":       {2, 2, 0},
		"biff-formula-0406/f0406.xls":         {2, 2, 0},
		"formula-without-value/no-value.xlsx": {0, 0, 1},
	} {
		d := fresh(t)
		im, err := d.OpenImport(t.Context(), filepath.Join("../exchange/testdata/public", name), desk.ImportOptions{})
		must(t, err)
		defer im.Close()
		r, err := im.Apply(t.Context(), desk.Run{})
		must(t, err)
		total := d.Figures(year, data.NoDay, data.ByField, desk.Filter{}).Total
		if total.Late != want.late || total.Resolved() != want.resolved || r.Rejected != want.rejected {
			t.Errorf("%s: %d late of %d, %d rejected; want %+v", name, total.Late, total.Resolved(), r.Rejected, want)
		}
	}
	// The three dossiers of a merged cell are all of its unit; two writers of one
	// code are one dossier.
	d := fresh(t)
	for _, name := range []string{"merged-unit-cell/mg.xlsx", "java-number-code/excel.xlsx", "java-number-code/java.xlsx"} {
		im, err := d.OpenImport(t.Context(), filepath.Join("../exchange/testdata/public", name), desk.ImportOptions{})
		must(t, err)
		defer im.Close()
		_, err = im.Apply(t.Context(), desk.Run{})
		must(t, err)
	}
	if d.Len() != 4 {
		t.Errorf("%d dossiers, want 4", d.Len())
	}
	most := int64(0)
	for _, row := range d.Figures(year, data.NoDay, data.ByUnit, desk.Filter{}).Rows {
		most = max(most, row.Received())
	}
	if most < 3 {
		t.Errorf("the unit of a merged cell has %d dossiers, want 3", most)
	}
}
