package ledger_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/vault"
)

// planted are names that must stand nowhere in a protected file.
const planted = "Hoàng Thị Bí Mật"

func secret(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "so.db")
	l := mustOpen(t, path)
	for i := range 3 {
		ds := []*data.Dossier{}
		for n := range 200 {
			d := dossier(fmt.Sprintf("HS-%d-%d", i, n))
			d.Owner.Name = fmt.Sprintf("%s %d", planted, n)
			ds = append(ds, d)
		}
		put(t, l, "Nhập "+planted, ds...)
	}
	err := l.Update(ctx, &ledger.Entry{Title: "Thư"}, func(tx *ledger.Tx) error {
		id := uint64(0)
		d := *dossier("HS-0-5")
		d.ID = 6
		if err := tx.PutDossier(&d); err != nil {
			return err
		}
		if err := tx.PutSetting("rules", []byte(planted)); err != nil {
			return err
		}
		return tx.PutRecord("letter", &id, data.Letter{Number: 7, Signer: planted})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string, key *vault.Key) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(path, ledger.Options{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// TestProtectedFile: what an office protects is in the new file alone, sealed; it opens
// with its key and no other, and holds what it held. The journal goes on.
func TestProtectedFile(t *testing.T) {
	path := secret(t)
	key := vault.NewKey()
	l := open(t, path, nil)
	want := everything(t, l)
	var head ledger.Head
	l.View(func(v *ledger.View) (err error) { head, err = v.Head(); return err })
	if err := l.Reseal(key, []byte(`{"office":"x"}`), nil); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("beside the file: %v", left)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte("Bí Mật")) || bytes.Contains(raw, []byte("letter\x00\x00\x00\x00\x00\x00\x00\x00\x01{")) {
		t.Error("names can be read in the protected file")
	}
	if _, err := ledger.Open(path, ledger.Options{}); data.CodeOf(err) != data.Sealed {
		t.Errorf("without a key: %v", err)
	}
	if _, err := ledger.Open(path, ledger.Options{Key: vault.NewKey()}); data.CodeOf(err) != data.Denied {
		t.Errorf("with another key: %v", err)
	}
	if keys, err := ledger.ReadKeys(path); err != nil || string(keys) != `{"office":"x"}` {
		t.Errorf("keys %s, %v", keys, err)
	}
	if h, err := ledger.ReadHead(path); err != nil || h.Seq != head.Seq || h.Hash != head.Hash || h.Count != 4 || h.Title != "" {
		t.Errorf("head without the key: %+v, %v", h, err)
	}
	l = open(t, path, key)
	if got := everything(t, l); got != want {
		t.Errorf("it holds\n%.300s\nnot\n%.300s", got, want)
	}
	if c, err := l.Check(ctx); err != nil || len(c.Faults) > 0 || c.Dossiers != 600 {
		t.Errorf("%+v, %v", c, err)
	}
	copied := filepath.Join(t.TempDir(), "sao.db")
	if err := backup(l, copied, false); err != nil {
		t.Fatal(err)
	}
	put(t, l, "Tiếp nhận", dossier("mới"))
	if !head.Within(path, key) || head.Within(path, nil) {
		t.Error("the newer file is not told")
	}
	if _, err := l.Undo(ctx, "", nil); err != nil {
		t.Fatal(err)
	}
	// Another password: the file stays, the ways to its key change.
	other, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetKeys([]byte(`{"office":"y"}`)); err != nil {
		t.Fatal(err)
	}
	now, _ := os.ReadFile(path)
	pages := 0
	for i := 0; i+4096 <= min(len(now), len(other)); i += 4096 {
		if !bytes.Equal(now[i:i+4096], other[i:i+4096]) {
			pages++
		}
	}
	if keys := l.Keys(); string(keys) != `{"office":"y"}` || pages > 6 {
		t.Errorf("keys %s, %d pages changed", keys, pages)
	}
	if c, err := l.Check(ctx); err != nil || len(c.Faults) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
	l.Close()
	if _, err := ledger.Restore(ctx, ledger.Source{Path: copied}, path); data.CodeOf(err) != data.Sealed {
		t.Errorf("restored without a key: %v", err)
	}
	if _, err := ledger.Restore(ctx, ledger.Source{Path: copied, Key: key}, path); err != nil {
		t.Error(err)
	}
	// And plain again.
	l = open(t, path, key)
	if err := l.Reseal(nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	l = open(t, path, nil)
	if got := everything(t, l); got != want {
		t.Errorf("plain again it holds\n%.300s\nnot\n%.300s", got, want)
	}
	if err := l.SetKeys([]byte("{}")); data.CodeOf(err) != data.Conflict {
		t.Errorf("keys of a plain file: %v", err)
	}
}

// TestValuesStayAtTheirKey: a sealed value and a plain one that were moved to another
// key of the file are damage, and so is one that changed its bucket.
func TestValuesStayAtTheirKey(t *testing.T) {
	for _, protected := range []bool{false, true} {
		path := secret(t)
		var key *vault.Key
		if protected {
			key = vault.NewKey()
			if err := open(t, path, nil).Reseal(key, []byte("{}"), nil); err != nil {
				t.Fatal(err)
			}
		}
		db, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("dossier"))
			one, two := []byte{0, 0, 0, 0, 0, 0, 0, 10}, []byte{0, 0, 0, 0, 0, 0, 0, 11}
			first, second := bytes.Clone(b.Get(one)), bytes.Clone(b.Get(two))
			if err := b.Put(one, second); err != nil {
				return err
			}
			return b.Put(two, first)
		})
		if err != nil {
			t.Fatal(err)
		}
		db.Close()
		_, err = ledger.Open(path, ledger.Options{Key: key})
		if data.CodeOf(err) != data.Damaged || !bytes.Contains([]byte(err.Error()), []byte("hồ sơ «10»")) {
			t.Errorf("protected %v: %v", protected, err)
		}
	}
}
