package ledger_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/testsize"
	"giaoban/data/vault"
)

// TestSalvage: what can be read of a damaged file goes to a new one that is sound, what
// cannot is listed, and the damaged file stays as it is. Of a sound file everything goes.
func TestSalvage(t *testing.T) {
	for _, protected := range []bool{false, true} {
		path := secret(t)
		var key *vault.Key
		if protected {
			key = vault.NewKey()
			if err := open(t, path, nil).Reseal(key, []byte(`{"office":"x"}`), nil); err != nil {
				t.Fatal(err)
			}
		}
		l := open(t, path, key)
		want := everything(t, l)
		l.Close()
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		salvage := func(raw []byte) (ledger.Salvaged, *ledger.Ledger) {
			t.Helper()
			dir := t.TempDir()
			from, to := filepath.Join(dir, "hong.db"), filepath.Join(dir, "cuu.db")
			if err := os.WriteFile(from, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := ledger.Salvage(ctx, from, to, ledger.Options{Key: key, Keys: []byte(`{"office":"x"}`)})
			if err != nil {
				t.Fatalf("protected %v: %v", protected, err)
			}
			if after, _ := os.ReadFile(from); !bytes.Equal(after, raw) {
				t.Error("the damaged file was changed")
			}
			if list, _ := filepath.Glob(filepath.Join(dir, ".*")); len(list) > 0 {
				t.Errorf("left behind: %v", list)
			}
			l := open(t, to, key)
			if c, err := l.Check(ctx); err != nil || len(c.Faults) > 0 {
				t.Errorf("protected %v: what was salvaged is not sound: %v, %v", protected, c.Faults, err)
			}
			if protected != (l.Keys() != nil) {
				t.Error("the way to the key is lost")
			}
			return r, l
		}
		if r, l := salvage(whole); len(r.Lost) > 0 || everything(t, l) != want {
			t.Errorf("protected %v, a sound file: %v", protected, r.Lost)
		}
		// Single pages are overwritten, one after the other: of 600 dossiers few are lost.
		random := rand.New(rand.NewPCG(7, 7))
		pages := len(whole) / 4096
		for page := 2; page < pages; page += testsize.Of(5, 1) {
			raw := bytes.Clone(whole)
			for i := range 4096 {
				raw[page*4096+i] = byte(random.Uint32())
			}
			r, l := salvage(raw)
			n := len(dump(t, l))
			if len(r.Lost) == 0 && everything(t, l) != want {
				t.Errorf("protected %v, page %d: something is lost and nothing said", protected, page)
			}
			if n < 500 {
				t.Errorf("protected %v, page %d: %d dossiers are left", protected, page, n)
			}
			l.Close()
		}
	}
}

// TestSalvageRefuses: what holds nothing, a file that is there already, a protected file
// without its key; and a file of an older version is salvaged too.
func TestSalvageRefuses(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	os.WriteFile(at("chu.db"), []byte(strings.Repeat("xin chào ", 3000)), 0o600)
	if _, err := ledger.Salvage(ctx, at("chu.db"), at("a.db"), ledger.Options{}); data.CodeOf(err) != data.Damaged {
		t.Errorf("text: %v", err)
	}
	if _, err := ledger.Salvage(ctx, at("none.db"), at("a.db"), ledger.Options{}); data.CodeOf(err) != data.NotFound {
		t.Errorf("nothing: %v", err)
	}
	path := secret(t)
	if _, err := ledger.Salvage(ctx, path, at("chu.db"), ledger.Options{}); data.CodeOf(err) != data.Conflict {
		t.Errorf("onto a file: %v", err)
	}
	if err := open(t, path, nil).Reseal(vault.NewKey(), []byte("{}"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Salvage(ctx, path, at("a.db"), ledger.Options{}); data.CodeOf(err) != data.Sealed {
		t.Errorf("protected: %v", err)
	}
	r, err := ledger.Salvage(ctx, fixture(t, "damage/flip-143403_5"), at("b.db"), ledger.Options{})
	if err != nil || len(r.Lost) == 0 || r.Read["dossier"] == 0 {
		t.Errorf("an older version: %+v, %v", r, err)
	}
	if _, err := os.Stat(at("a.db")); err == nil {
		t.Error("a file was made")
	}
}
