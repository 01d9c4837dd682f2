package desk_test

import (
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// TestReconcileText compares a pasted table with the book, and tells its first
// rows as they were pasted.
func TestReconcileText(t *testing.T) {
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	text := "Mã hồ sơ\tTên thủ tục hành chính\tChủ hồ sơ\tNgày tiếp nhận\nHS-1\tThử\tTrần Mẫu\t13/03/2023\n"
	r, err := d.OpenReconcileText(t.Context(), text, desk.ReconcileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if len(r.Findings) != 1 || r.Findings[0].Kind != reconcile.MissingHere || r.Findings[0].Owner != "Trần Mẫu" {
		t.Errorf("%+v", r.Findings)
	}
	counts := "TT\tĐơn vị\tTổng tiếp nhận\tKỳ trước chuyển qua\tMới tiếp nhận\tĐã giải quyết\tĐang giải quyết\n1\tUBND xã Thử\t10\t2\t8\t6\t4\n"
	if _, err := d.OpenReconcileText(t.Context(), counts, desk.ReconcileOptions{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a table of counts: %v", err)
	}
	im, err := d.OpenImportText(t.Context(), text, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if rows, err := im.FirstRows(t.Context(), 5); err != nil || len(rows) != 2 || rows[1].Cells[2] != "Trần Mẫu" || im.Fingerprint() != "" {
		t.Errorf("%+v, %v", rows, err)
	}
}
