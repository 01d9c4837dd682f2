package desk

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/vault"
)

// protectedStore is a store that says it is protected.
type protectedStore struct {
	Store
	keys []byte
}

func (s protectedStore) Keys() []byte { return s.keys }

// TestSealedBackup: the backup of a protected office holds none of its words outside the
// seal, opens with the key or with the recovery code alone, and with no other.
func TestSealedBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	d, err := Open(path, Options{Create: true})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	check(d.Wait())
	defer func() { d.Close() }()
	const owner, office = "Nguyễn Thị Bí Mật", "UBND xã Kín Đáo"
	check(d.SetOffice(t.Context(), data.Office{Name: office}))
	one := data.Dossier{Code: "K-1", Received: data.Moment{Day: data.Date(2014, 5, 5)}, Owner: data.Person{Name: owner}}
	check(d.Receive(t.Context(), &one))
	wraps, key, code := vault.New()
	keys, err := json.Marshal(wraps)
	check(err)
	d.store, d.key = protectedStore{d.store, keys}, key
	out := filepath.Join(t.TempDir(), "kín.gbsao")
	check(d.Backup(t.Context(), out, nil))
	raw, err := os.ReadFile(out)
	check(err)
	for _, word := range []string{owner, office, "K-1", "so.db\x00"} {
		if bytes.Contains(raw, []byte(word)) {
			t.Errorf("the backup holds %q", word)
		}
	}
	if h, err := readHead(out); err != nil || h.Seq == 0 || h.Title != "" || h.Mark != "" || h.Hash == "" {
		t.Errorf("%+v, %v", h, err)
	}
	if err := proved(t.Context(), out); err != nil {
		t.Errorf("proved without the key: %v", err)
	}
	if _, err := InspectBackup(t.Context(), out, time.UTC, nil); data.CodeOf(err) != data.Sealed {
		t.Errorf("without a key: %v", err)
	}
	_, other, _ := vault.New()
	if _, err := InspectBackup(WithKey(t.Context(), other), out, time.UTC, nil); data.CodeOf(err) != data.Denied {
		t.Errorf("with the key of another office: %v", err)
	}
	// On an empty machine the sheet alone opens it.
	found, err := ReadKeys(out)
	check(err)
	typed, err := vault.ParseCode(code.String())
	check(err)
	again, err := found.Recover(typed)
	check(err)
	content, err := InspectBackup(WithKey(t.Context(), again), out, time.UTC, nil)
	if err != nil || content.Dossiers != 1 || content.Office != office {
		t.Errorf("%+v, %v", content, err)
	}
	to := filepath.Join(t.TempDir(), "mới.db")
	if _, err := Restore(WithKey(t.Context(), again), out, to, RestoreOptions{New: true}); err != nil {
		t.Error(err)
	}
	if p, err := d.Drill(t.Context(), out, nil); err != nil || !p.Sound {
		t.Errorf("%+v, %v", p, err)
	}
	// Any change is noticed, with the key too.
	raw[len(raw)/2] ^= 1
	check(os.WriteFile(out, raw, 0o600))
	if _, err := InspectBackup(WithKey(t.Context(), again), out, time.UTC, nil); data.CodeOf(err) != data.Damaged {
		t.Errorf("changed: %v", err)
	}
	if !archive.Is(out) {
		t.Error("no backup any more")
	}
}
