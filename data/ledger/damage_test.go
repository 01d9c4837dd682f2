package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/ledger"
)

// TestDamagedFile opens files that were cut off or overwritten in the middle:
// the program says so and goes on, and the file stays as it is.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	l, err := ledger.Open(path, ledger.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for part := range 3 {
		err = l.Update(t.Context(), &ledger.Entry{Title: "thử"}, func(tx *ledger.Tx) error {
			for i := range 300 {
				if err := tx.PutDossier(&data.Dossier{Code: fmt.Sprintf("HS-%d-%d", part, i), Received: data.Moment{Day: data.Date(2022, 3, 1)}, Owner: data.Person{Name: "Trần Văn Mẫu"}}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	look := func(raw []byte) error {
		file := filepath.Join(t.TempDir(), "hong.db")
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := ledger.Open(file, ledger.Options{})
		if err == nil {
			var c ledger.Check
			c, err = l.Check(context.Background())
			if err == nil && len(c.Faults) > 0 {
				err = data.Fail(data.Damaged, c.Faults[0], nil)
			}
			l.Close()
		} else if after, _ := os.ReadFile(file); !bytes.Equal(after, raw) {
			t.Error("a file that cannot be opened was changed")
		} else if _, again := ledger.Open(file, ledger.Options{}); data.CodeOf(again) == data.Locked {
			t.Errorf("a file that cannot be opened stays locked: %v", errors.Unwrap(err))
		}
		return err
	}
	if err := look(whole); err != nil {
		t.Fatalf("the whole file: %v", err)
	}
	for n := 1; n < 8; n++ {
		// The end of the file may be room that is not in use yet.
		if err := look(whole[:len(whole)*n/8]); data.CodeOf(err) != data.Damaged && (err != nil || n < 5) {
			t.Errorf("cut to %d/8: %v", n, err)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for page := 4096; page+4096 <= len(whole); page += 4096 {
		raw := bytes.Clone(whole)
		for i := range 4096 {
			raw[page+i] = byte(random.Uint32())
		}
		if err := look(raw); err != nil && data.CodeOf(err) != data.Damaged {
			t.Errorf("page %d overwritten: %v", page/4096, err)
		}
	}
}
