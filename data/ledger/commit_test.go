package ledger

import (
	"errors"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// A commit that fails is judged by what the file holds afterwards.
func TestFailedCommit(t *testing.T) {
	broken := errors.New("input/output error")
	written := func(tx *bolt.Tx) error { return errors.Join(tx.Commit(), broken) } // the last sync fails
	lost := func(tx *bolt.Tx) error { return errors.Join(tx.Rollback(), broken) }  // an earlier one does
	for _, c := range []struct {
		name    string
		commits []func(*bolt.Tx) error // one after the other
		want    data.ErrorCode
		held    bool
	}{
		{"not written", []func(*bolt.Tx) error{lost}, data.Internal, false},
		{"written, and confirmed by the next commit", []func(*bolt.Tx) error{written, (*bolt.Tx).Commit}, "", true},
		{"written, never confirmed", []func(*bolt.Tx) error{written, lost}, data.Unsure, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := Open(filepath.Join(t.TempDir(), "so.db"), Options{Create: true})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			put := func(code string) error {
				return l.Update(t.Context(), &Entry{Title: code}, func(tx *Tx) error { return tx.PutDossier(&data.Dossier{Code: code}) })
			}
			if err := put("A"); err != nil {
				t.Fatal(err)
			}
			left := c.commits
			l.commit = func(tx *bolt.Tx) error {
				next := left[0]
				left = left[1:]
				return next(tx)
			}
			if err := put("B"); data.CodeOf(err) != c.want {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if len(left) > 0 {
				t.Errorf("%d commits were not tried", len(left))
			}
			l.commit = (*bolt.Tx).Commit
			for _, code := range []string{"B", "C"} {
				if code == "C" {
					if err := put("C"); err != nil {
						t.Fatal(err)
					}
				}
				l.View(func(v *View) error {
					if held := v.FindCode("B") != 0; held != c.held {
						t.Errorf("held %v, want %v", held, c.held)
					}
					return nil
				})
			}
			if check, err := l.Check(t.Context()); err != nil || len(check.Faults) > 0 {
				t.Errorf("the file is not sound: %v %v", check.Faults, err)
			}
		})
	}
}
