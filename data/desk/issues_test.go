package desk_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// What is written out stands in the register before the file has its name, with what the
// paper told of itself; a paper that fails leaves neither a file nor a line, and one that the
// register cannot keep leaves no file.
func TestWriteOut(t *testing.T) {
	d := fresh(t)
	dir := t.TempDir()
	put := func(name string, err error) string {
		path := filepath.Join(dir, name)
		got := d.WriteOut(t.Context(), desk.Issue{What: "Danh sách thử"}, path, func(ctx context.Context, w io.Writer) error {
			desk.Holds(ctx, 2, true)
			desk.Holds(ctx, 3, name != "che.xlsx" && name != "hỏng.xlsx")
			desk.Holds(ctx, 0, false)
			if _, serr := os.Stat(path); serr == nil {
				t.Errorf("%s is there before it is kept", name)
			}
			_, werr := io.WriteString(w, "x")
			return errors.Join(err, werr)
		})
		if (got == nil) != (err == nil) {
			t.Errorf("%s: %v", name, got)
		}
		return path
	}
	issues := func() []desk.Stored[desk.Issue] {
		list, err := d.Issues()
		must(t, err)
		return list
	}
	put("a.xlsx", nil)
	put("che.xlsx", nil)
	failed := put("hỏng.xlsx", data.Fail(data.Cancelled, "Đã hủy.", nil))
	list := issues()
	if len(list) != 2 || list[0].Value != (desk.Issue{What: "Danh sách thử", File: "a.xlsx", Rows: 5, Masked: true, At: d.Now().Unix(), By: d.Officer()}) || list[1].Value.Masked || list[1].Value.Rows != 5 {
		t.Errorf("%+v", list)
	}
	if _, err := os.Stat(failed); err == nil {
		t.Error("a paper that failed is there")
	}
	must(t, d.Close())
	late := filepath.Join(dir, "muộn.xlsx")
	if err := d.WriteOutBytes(t.Context(), desk.Issue{What: "Thử"}, late, []byte("x")); err == nil {
		t.Error("a closed register kept it")
	}
	if _, err := os.Stat(late); err == nil {
		t.Error("what the register does not keep is written")
	}
	// A backup is only read: what is taken of it is no matter of the office's register.
	d = open(t, d.Path())
	b, err := d.BackupNow(t.Context(), nil)
	must(t, err)
	old, err := desk.Open(b, desk.Options{})
	must(t, err)
	defer old.Close()
	must(t, old.Wait())
	must(t, old.WriteOutBytes(t.Context(), desk.Issue{What: "Thử"}, late, []byte("x")))
	// One that is taken by hand holds the line that tells of it.
	taken := filepath.Join(dir, "tay.gbsao")
	must(t, d.BackupTaken(t.Context(), taken, nil))
	hand, err := desk.Open(taken, desk.Options{})
	must(t, err)
	defer hand.Close()
	must(t, hand.Wait())
	if list, err := hand.Issues(); err != nil || len(list) != 3 || list[2].Value.What != "Bản sao lưu" {
		t.Errorf("%+v, %v", list, err)
	}
	// The register is passed over by undo.
	if undo, _ := d.Undoable(); undo != "" {
		t.Errorf("can be undone: %s", undo)
	}
}
