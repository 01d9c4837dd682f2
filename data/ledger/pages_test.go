package ledger_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/testsize"
)

// filledFile returns the content of a data file with every kind of page: branches,
// leaves, pages that overflow, free pages, inline buckets.
func filledFile(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "so.db")
	l, err := ledger.Open(path, ledger.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for part := range 4 {
		err = l.Update(t.Context(), &ledger.Entry{Title: fmt.Sprintf("thử %d", part)}, func(tx *ledger.Tx) error {
			for i := range 600 {
				d := data.Dossier{Code: fmt.Sprintf("HS-%d-%d", part, i), Received: data.Moment{Day: data.Date(2022, 3, 1)}, Owner: data.Person{Name: "Trần Văn Mẫu"}}
				if err := tx.PutDossier(&d); err != nil {
					return err
				}
			}
			return tx.PutSetting(fmt.Sprintf("dài %d", part), bytes.Repeat([]byte("x"), 9000))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// tryAll does everything with a file that a damage could reach: opening, loading,
// checking, writing, taking back, copying, restoring. None may crash or hang; what
// is refused is refused as damage, and a file that was refused is not changed.
func tryAll(t *testing.T, raw []byte) error {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "hong.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		l, err := ledger.Open(path, ledger.Options{})
		if err != nil {
			if after, _ := os.ReadFile(path); !bytes.Equal(after, raw) {
				t.Error("a file that cannot be opened was changed")
			}
			if _, rerr := ledger.Restore(ctx, ledger.Source{Path: path}, filepath.Join(dir, "moi.db")); rerr == nil {
				t.Error("a file that cannot be opened was restored")
			} else if strings.Contains(rerr.Error(), "khoiphuc-") || !strings.Contains(rerr.Error(), "hong.db") {
				t.Errorf("the officer chose hong.db, the error says: %v", rerr)
			}
			done <- err
			return
		}
		var first error
		note := func(err error) {
			if first == nil && err != nil {
				first = err
			}
		}
		note(l.View(func(v *ledger.View) error { return v.Scan(func(*data.Glance) error { return nil }) }))
		c, err := l.Check(ctx)
		note(err)
		if len(c.Faults) > 0 {
			note(data.Fail(data.Damaged, c.Faults[0], nil))
		}
		err = l.Update(ctx, &ledger.Entry{Title: "thêm"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("mới")) })
		note(err)
		_, err = l.Undo(ctx, "", nil)
		note(err)
		note(backup(l, filepath.Join(dir, "sao.db"), false))
		note(l.Close())
		done <- first
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("hangs")
		return nil
	}
}

// TestPagesOutOfPlace zeroes pages, writes them to the place of others and swaps
// them: each is noticed.
func TestPagesOutOfPlace(t *testing.T) {
	whole := filledFile(t)
	pages := len(whole) / 4096
	random := rand.New(rand.NewPCG(3, 4))
	page := func(raw []byte, n int) []byte { return raw[n*4096 : (n+1)*4096] }
	told := map[string]int{}
	for range 30 {
		a, b := 2+random.IntN(pages-2), 2+random.IntN(pages-2)
		for name, spoil := range map[string]func(raw []byte){
			"zeroed":      func(raw []byte) { clear(page(raw, a)) },
			"misdirected": func(raw []byte) { copy(page(raw, a), page(whole, b)) },
			"swapped":     func(raw []byte) { copy(page(raw, a), page(whole, b)); copy(page(raw, b), page(whole, a)) },
			"chained":     func(raw []byte) { raw[a*4096+12] = 200 }, // says that many pages belong to it
		} {
			raw := bytes.Clone(whole)
			spoil(raw)
			if err := tryAll(t, raw); data.CodeOf(err) == data.Damaged {
				told[name]++
			} else if err != nil {
				t.Errorf("%s, page %d: %v", name, a, err)
			}
		}
	}
	for _, name := range []string{"zeroed", "misdirected", "swapped", "chained"} {
		if told[name] < 8 { // the others are free pages
			t.Errorf("%s: noticed %d of 30", name, told[name])
		}
	}
}

// TestRandomFlips turns single bits of a file round, at random and in the heads of
// pages: the program says so, or nothing was damaged that it reads.
func TestRandomFlips(t *testing.T) {
	whole := filledFile(t)
	if err := tryAll(t, whole); err != nil {
		t.Fatalf("the whole file: %v", err)
	}
	seeds := uint64(testsize.Of(200, 2000))
	path := filepath.Join(t.TempDir(), "so.db")
	read := func(raw []byte) (string, error) {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := ledger.Open(path, ledger.Options{})
		if err != nil {
			return "", err
		}
		defer l.Close()
		return readAll(l)
	}
	want, err := read(whole)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 9))
		raw := bytes.Clone(whole)
		at := random.IntN(len(raw))
		switch seed % 3 {
		case 1: // the head of a page and its first elements
			at = random.IntN(len(raw)/4096)*4096 + random.IntN(64)
		case 2: // the two first pages
			at = random.IntN(2)*4096 + random.IntN(80)
		}
		raw[at] ^= 1 << random.IntN(8)
		err := tryAll(t, raw)
		if err != nil {
			told++
			if code := data.CodeOf(err); code != data.Damaged {
				t.Errorf("seed %d, byte %d: %v (%s)", seed, at, err, code)
			}
		} else if got, err := read(raw); err != nil || got != want {
			t.Errorf("seed %d, byte %d: passes unseen, and something else is read (%v)", seed, at, err)
		}
	}
	if told < int(seeds)/8 {
		t.Errorf("only %d of %d flips were noticed: too few to prove anything", told, seeds)
	}
}
