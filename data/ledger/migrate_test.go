package ledger_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/ledger"
)

// TestFileOfVersionOne: a file without the bucket record opens, keeps its
// dossiers and takes records.
func TestFileOfVersionOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket([]byte("record")); err != nil {
			return err
		}
		return tx.Bucket([]byte("meta")).Put([]byte("version"), []byte{1})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	l = mustOpen(t, path)
	if got := dump(t, l); len(got) != 1 {
		t.Fatalf("after the migration: %v", got)
	}
	id := uint64(0)
	if err := l.Update(ctx, &ledger.Entry{Title: "Thư"}, func(tx *ledger.Tx) error { return tx.PutRecord("letter", &id, data.Letter{Number: 7}) }); err != nil {
		t.Fatal(err)
	}
	if got := records(t, l); len(got) != 1 || got[0].ID != id || got[0].Value.Number != 7 {
		t.Fatalf("%+v", got)
	}
}

// TestFileOfVersionThree: a file stays one that version 2 reads until it holds a dossier
// that version 2 would take for damage; from then on that program is told that it is too
// old. Undo takes the dossier back, and the file remains sound.
func TestFileOfVersionThree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	version := func() (v byte) {
		db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.View(func(tx *bolt.Tx) error { v = tx.Bucket([]byte("meta")).Get([]byte("version"))[0]; return nil }); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for i, edit := range []func(d *data.Dossier){func(*data.Dossier) {}, func(d *data.Dossier) { d.Helper = 2 }, func(d *data.Dossier) { d.ExternalSystem = "x" }, func(*data.Dossier) {}} {
		l := mustOpen(t, path)
		d := dossier(string(rune('A' + i)))
		edit(d)
		put(t, l, "Tiếp nhận", d)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if got, want := version(), []byte{2, 3, 3, 3}[i]; got != want {
			t.Errorf("after %d dossiers the file is of version %d, want %d", i+1, got, want)
		}
	}
	l := mustOpen(t, path)
	if got := dump(t, l); len(got) != 4 {
		t.Errorf("%v", got)
	}
	for range 3 {
		if _, err := l.Undo(ctx, "", nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := dump(t, l); len(got) != 1 {
		t.Errorf("after undo: %v", got)
	}
}

type letter struct {
	ID    uint64
	Value data.Letter
}

func records(t *testing.T, l *ledger.Ledger) (list []letter) {
	t.Helper()
	err := l.View(func(v *ledger.View) error {
		return v.EachRecord("letter", func(id uint64, raw []byte) error {
			one := letter{ID: id}
			err := json.Unmarshal(raw, &one.Value)
			list = append(list, one)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestRecords: kinds do not see each other, ids are never given twice, and undo
// brings back what was dropped.
func TestRecords(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	write := func(fn func(*ledger.Tx) error) {
		t.Helper()
		if err := l.Update(ctx, &ledger.Entry{Title: "x"}, fn); err != nil {
			t.Fatal(err)
		}
	}
	var a, b, other uint64
	write(func(tx *ledger.Tx) error {
		if err := tx.PutRecord("letter", &a, data.Letter{Number: 1}); err != nil {
			return err
		}
		if err := tx.PutRecord("lette", &other, data.Letter{Number: 99}); err != nil {
			return err
		}
		return tx.PutRecord("letter", &b, data.Letter{Number: 2})
	})
	if got := records(t, l); len(got) != 2 || got[0].Value.Number != 1 || got[1].Value.Number != 2 {
		t.Fatalf("%+v", got)
	}
	write(func(tx *ledger.Tx) error { return tx.DropRecord("letter", b) })
	var c uint64
	write(func(tx *ledger.Tx) error { return tx.PutRecord("letter", &c, data.Letter{Number: 3}) })
	if c == a || c == b || c == other {
		t.Fatalf("id %d was given before", c)
	}
	for range 2 {
		if _, err := l.Undo(ctx, "", nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := records(t, l); len(got) != 2 || got[1].ID != b {
		t.Fatalf("after undo: %+v", got)
	}
}
