package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger"
)

// older makes a file what one of an older version was: values without checksums, no
// state, and in version 1 no records.
func older(t *testing.T, path string, version byte) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		err := tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				if string(name) == "meta" {
					return nil
				}
				return b.Put(bytes.Clone(k), bytes.Clone(v[5:]))
			})
		})
		if err != nil {
			return err
		}
		if version == 1 {
			if err := tx.DeleteBucket([]byte("record")); err != nil {
				return err
			}
		}
		if err := tx.Bucket([]byte("meta")).Delete([]byte("state")); err != nil {
			return err
		}
		return tx.Bucket([]byte("meta")).Put([]byte("version"), []byte{version})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestFileOfVersionOne: a file without the bucket record opens, keeps its
// dossiers and takes records; as a backup it is read as it is.
func TestFileOfVersionOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	older(t, path, 1)
	read, err := ledger.Open(path, ledger.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := read.Check(ctx); err != nil || len(c.Faults) > 0 || c.Dossiers != 1 || len(records(t, read)) != 0 {
		t.Errorf("read as it is: %+v, %v", c, err)
	}
	read.Close()
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

// everything is what an officer can read of a file, as one text.
func everything(t testing.TB, l *ledger.Ledger) string {
	t.Helper()
	out, err := readAll(l)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readAll(l *ledger.Ledger) (string, error) {
	all := map[string]any{}
	err := l.View(func(v *ledger.View) (err error) {
		add := func(name string, value any, e error) {
			if all[name] = value; err == nil {
				err = e
			}
		}
		units, e := v.Units()
		add("units", units, e)
		fields, e := v.Fields()
		add("fields", fields, e)
		procedures, e := v.Procedures()
		add("procedures", procedures, e)
		office, e := v.Office()
		add("office", office, e)
		imports, e := v.Imports()
		add("imports", imports, e)
		settings := map[string]string{}
		add("settings", settings, v.SettingsWith("", func(name string, value []byte) error { settings[name] = string(value); return nil }))
		letters := map[uint64]string{}
		add("letters", letters, v.EachRecord("letter", func(id uint64, value []byte) error { letters[id] = string(value); return nil }))
		journal, e := v.Journal(0)
		for i := range journal {
			journal[i].Link = ledger.Link{}
		}
		journal = slices.DeleteFunc(journal, func(e ledger.Entry) bool { return e.Kind == ledger.KindBase })
		add("journal", journal, e)
		var dossiers []data.Dossier
		add("dossiers", nil, v.Scan(func(g *data.Glance) error {
			d, err := v.Dossier(g.ID)
			dossiers = append(dossiers, d)
			all["code "+d.Code] = v.FindCode(d.Code)
			return err
		}))
		all["dossiers"] = dossiers
		for _, id := range []uint64{1, 5, 8} {
			versions, e := v.Versions(id)
			for i := range versions {
				versions[i].Entry.Link = ledger.Link{}
			}
			add(fmt.Sprint("versions ", id), versions, e)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	raw, err := json.Marshal(all)
	return string(raw), err
}

// TestOldFilesAreUpgraded: a file of version 3, as that version wrote it, becomes one of
// this version with all that it held; the old one is kept, the journal is chained, and
// what was done before can be taken back.
func TestOldFilesAreUpgraded(t *testing.T) {
	path := fixture(t, "v3")
	old, err := ledger.Open(path, ledger.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	want := everything(t, old)
	old.Close()
	before, _ := os.ReadFile(path)
	var steps []int64
	l, err := ledger.Open(path, ledger.Options{Progress: func(done, total int64) { steps = append(steps, done, total) }})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := everything(t, l); got != want {
		t.Errorf("after the upgrade:\n%s\nbefore:\n%s", got, want)
	}
	if kept, err := os.ReadFile(path + ledger.UpgradeMark); err != nil || !bytes.Equal(kept, before) {
		t.Errorf("the old file is not kept: %v", err)
	}
	c, err := l.Check(ctx)
	if err != nil || len(c.Faults) > 0 || c.Journal.Count != 8 || c.Read["dossier"] != 60 || c.Read["change"] == 0 {
		t.Errorf("%+v, %v", c, err)
	}
	if len(steps) == 0 || steps[len(steps)-2] != steps[len(steps)-1] {
		t.Errorf("progress %v", steps)
	}
	// What the old program did can be taken back, one by one, to the empty file.
	for n := 0; ; n++ {
		if _, err := l.Undo(ctx, "", nil); data.CodeOf(err) == data.NotFound {
			if n != 5 {
				t.Errorf("%d steps were taken back", n)
			}
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if got := dump(t, l); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
	if c, err := l.Check(ctx); err != nil || len(c.Faults) > 0 {
		t.Errorf("%+v, %v", c.Faults, err)
	}
	// A second opening finds nothing to do.
	l.Close()
	l, err = ledger.Open(path, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if list, _ := filepath.Glob(path + "*"); len(list) != 2 {
		t.Errorf("%v", list)
	}
}

// TestUpgradeFails: where the disk refuses at any step, the old file stays and the cause
// is told.
func TestUpgradeFails(t *testing.T) {
	defer func() { disk.Before = nil }()
	for _, step := range []disk.Step{disk.StepCreate, disk.StepKeep, disk.StepRename} {
		path := fixture(t, "v3")
		before, _ := os.ReadFile(path)
		disk.Before = func(at disk.Step, _ string) error {
			if at == step {
				return &os.PathError{Op: "x", Path: "y", Err: syscall.ENOSPC}
			}
			return nil
		}
		_, err := ledger.Open(path, ledger.Options{})
		disk.Before = nil
		if err == nil || !strings.Contains(err.Error(), "nâng cấp") || !strings.Contains(err.Error(), "đầy") {
			t.Errorf("%s: %v", step, err)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
			t.Errorf("%s: the file was changed", step)
		}
		if list, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(list) > 0 {
			t.Errorf("%s: left behind %v", step, list)
		}
		l, err := ledger.Open(path, ledger.Options{})
		if err != nil {
			t.Fatalf("%s, then: %v", step, err)
		}
		l.Close()
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
