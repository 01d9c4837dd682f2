package desk_test

import (
	"testing"

	"giaoban/data"
)

// TestOneImportOfManyIsTakenBack: an older import goes out while what came later
// stays; a change of its dossiers since refuses that; it can be undone in turn.
func TestOneImportOfManyIsTakenBack(t *testing.T) {
	d := fresh(t)
	for _, name := range []string{"A_server.xlsx", "E_full.xlsx"} {
		if r, err := run(t, d, fixture(name), false); err != nil || r.New == 0 {
			t.Fatalf("%s: %+v, %v", name, r, err)
		}
	}
	all := d.Len()
	list, err := d.Imports()
	if err != nil || len(list) != 2 {
		t.Fatalf("%d imports, %v", len(list), err)
	}
	first := list[0]
	if err := d.UndoImport(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	if left, _ := d.Imports(); d.Len() != all-first.New || len(left) != 1 || left[0].ID != list[1].ID {
		t.Errorf("%d dossiers of %d, %d imports", d.Len(), all, len(left))
	}
	if c, err := d.Check(t.Context()); err != nil || len(c.Faults) > 0 {
		t.Errorf("the file is not sound: %v, %v", c.Faults, err)
	}
	if err := d.UndoImport(t.Context(), first.ID); data.CodeOf(err) != data.NotFound {
		t.Errorf("a second time: %v", err)
	}
	if _, err := d.Undo(t.Context()); err != nil || d.Len() != all {
		t.Fatalf("undone: %v, %d dossiers", err, d.Len())
	}
	if err := d.Amend(t.Context(), 1, "bổ sung ghi chú", func(one *data.Dossier) { one.Note = "Đã gọi cho người dân" }); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(t.Context(), first.ID); data.CodeOf(err) != data.Conflict || d.Len() != all {
		t.Errorf("changed since: %v, %d dossiers", err, d.Len())
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(t.Context(), first.ID); err != nil || d.Len() != all-first.New {
		t.Errorf("after the change was taken back: %v, %d dossiers", err, d.Len())
	}
}
