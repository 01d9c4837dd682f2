package ledger_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/ledger"
)

var ctx = context.Background()

// backup writes a plain copy where one may stand.
func backup(l *ledger.Ledger, path string, replace bool) error {
	if err := l.MayReplace(path, replace, ledger.ReadHead); err != nil {
		return err
	}
	_, err := l.Copy(ctx, path, path)
	return err
}

func mustOpen(tb testing.TB, path string) *ledger.Ledger {
	tb.Helper()
	l, err := ledger.Open(path, ledger.Options{Create: true, Now: func() time.Time { return time.Unix(1_700_000_000, 0) }, Wait: 50 * time.Millisecond})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	return l
}

func dossier(code string) *data.Dossier {
	return &data.Dossier{Code: code, Owner: data.Person{Name: "Đặng Thị Ổn"}, Received: data.Moment{Day: data.Date(2022, 3, 5)}}
}

func put(t testing.TB, l *ledger.Ledger, title string, ds ...*data.Dossier) {
	t.Helper()
	err := l.Update(ctx, &ledger.Entry{Title: title}, func(tx *ledger.Tx) error {
		for _, d := range ds {
			if err := tx.PutDossier(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// dump returns all dossiers and units of the file.
func dump(t testing.TB, l *ledger.Ledger) (out []data.Dossier) {
	t.Helper()
	err := l.View(func(v *ledger.View) error {
		return v.Scan(func(g *data.Glance) error {
			d, err := v.Dossier(g.ID)
			out = append(out, d)
			if v.FindCode(d.Code) != d.ID {
				t.Errorf("code %s leads to %d, not %d", d.Code, v.FindCode(d.Code), d.ID)
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSavedDossierIsThereAfterReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"), dossier("B"))
	want := dump(t, l)
	l.Close()
	l = mustOpen(t, path)
	if got := dump(t, l); len(got) != 2 || !reflect.DeepEqual(got, want) {
		t.Errorf("after reopening: %v", got)
	}
}

func TestFailedUpdateLeavesNothing(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	put(t, l, "Tiếp nhận", dossier("A"))
	want := dump(t, l)
	err := l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error {
		if err := tx.PutDossier(dossier("B")); err != nil {
			return err
		}
		return tx.PutDossier(dossier("A"))
	})
	if data.CodeOf(err) != data.Conflict {
		t.Errorf("second dossier with one code: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	err = l.Update(cancelled, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("C")) })
	if data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled update: %v", err)
	}
	if got := dump(t, l); !reflect.DeepEqual(got, want) {
		t.Errorf("left behind: %v", got)
	}
	l.View(func(v *ledger.View) error {
		if j, _ := v.Journal(0); len(j) != 1 {
			t.Errorf("journal has %d entries", len(j))
		}
		return nil
	})
}

// TestUndoRedo runs random changes, undos and redos against a plain stack of
// states.
func TestUndoRedo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("so-%d.db", rapid.Uint64().Draw(rt, "file")))
		os.Remove(path)
		l := mustOpen(t, path)
		defer l.Close()
		type world = []data.Dossier
		past, future := []world{nil}, []world{}
		n := 0
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0: // one undo
				_, err := l.Undo(ctx, "", nil)
				if len(past) == 1 {
					if data.CodeOf(err) != data.NotFound {
						rt.Fatalf("undo of nothing: %v", err)
					}
					continue
				}
				if err != nil {
					rt.Fatal(err)
				}
				future = append(future, past[len(past)-1])
				past = past[:len(past)-1]
			case 1:
				_, err := l.Redo(ctx, "", nil)
				if len(future) == 0 {
					if data.CodeOf(err) != data.NotFound {
						rt.Fatalf("redo of nothing: %v", err)
					}
					continue
				}
				if err != nil {
					rt.Fatal(err)
				}
				past = append(past, future[len(future)-1])
				future = future[:len(future)-1]
			default:
				now := dump(t, l)
				err := l.Update(ctx, &ledger.Entry{Title: "đổi"}, func(tx *ledger.Tx) error {
					if rapid.Bool().Draw(rt, "batch") {
						tx.Batch()
					}
					for range rapid.IntRange(1, 4).Draw(rt, "new") {
						n++
						if err := tx.PutDossier(dossier(fmt.Sprint("N", n))); err != nil {
							return err
						}
					}
					if len(now) > 1 { // two dossiers exchange their codes by way of a third
						a, b := now[0], now[len(now)-1]
						a.Code, b.Code = "tạm", a.Code
						last := now[len(now)-1].Code
						for _, d := range []*data.Dossier{&a, &b} {
							if err := tx.PutDossier(d); err != nil {
								return err
							}
						}
						a.Code = last
						return tx.PutDossier(&a)
					}
					return nil
				})
				if err != nil {
					rt.Fatal(err)
				}
				past, future = append(past, dump(t, l)), nil
			}
			if got, want := dump(t, l), past[len(past)-1]; len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				rt.Fatalf("got  %v\nwant %v", got, want)
			}
		}
		if c, err := l.Check(ctx); err != nil || len(c.Faults) > 0 {
			rt.Fatalf("check: %v %v", c.Faults, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	newer := filepath.Join(dir, "newer.db")
	mustOpen(t, newer).Close()
	db, err := bolt.Open(newer, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bolt.Tx) error {
		tx.Bucket([]byte("meta")).Delete([]byte("state"))
		return tx.Bucket([]byte("meta")).Put([]byte("version"), []byte{99})
	})
	db.Close()
	foreign := filepath.Join(dir, "foreign.db")
	db, err = bolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err })
	db.Close()
	held := filepath.Join(dir, "held.db")
	mustOpen(t, held)
	for _, c := range []struct {
		path string
		want data.ErrorCode
	}{
		{filepath.Join(dir, "none.db"), data.NotFound}, {dir, data.Invalid},
		{file("text.db", []byte("xin chào, đây là tệp văn bản dài hơn hai mươi byte")), data.Damaged},
		{file("short.db", []byte("x")), data.Damaged}, {newer, data.Newer}, {foreign, data.Damaged}, {held, data.Locked},
		{`\\server\share\so.db`, data.Conflict},
	} {
		before, _ := os.ReadFile(c.path)
		l, err := ledger.Open(c.path, ledger.Options{Wait: 20 * time.Millisecond})
		if err == nil {
			l.Close()
		}
		if data.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.path, err, c.want)
		}
		if after, _ := os.ReadFile(c.path); string(after) != string(before) {
			t.Errorf("%s was changed", c.path)
		}
	}
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "so.db"), filepath.Join(dir, "saoluu.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"))
	want := dump(t, l)
	if err := backup(l, copied, false); err != nil {
		t.Fatal(err)
	}
	put(t, l, "Tiếp nhận", dossier("B"))
	if _, err := ledger.Restore(ctx, ledger.Source{Path: copied}, path); data.CodeOf(err) != data.Locked {
		t.Errorf("restore over an open file: %v", err)
	}
	l.Close()
	kept, err := ledger.Restore(ctx, ledger.Source{Path: copied}, path)
	if err != nil {
		t.Fatal(err)
	}
	l = mustOpen(t, path)
	if got := dump(t, l); !reflect.DeepEqual(got, want) {
		t.Errorf("restored %v", got)
	}
	if got := dump(t, mustOpen(t, kept)); len(got) != 2 {
		t.Errorf("the replaced file holds %d dossiers", len(got))
	}
	if err := os.WriteFile(copied, []byte("hỏng"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := ledger.Restore(ctx, ledger.Source{Path: copied}, path); data.CodeOf(err) != data.Damaged {
		t.Errorf("restore of rubbish: %v", err)
	}
	if got := dump(t, mustOpen(t, path)); len(got) != 1 {
		t.Errorf("a failed restore changed the file: %v", got)
	}
}

func TestCatalogueAndSettings(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	office := data.Office{Name: "UBND thị xã", Place: "Thị xã"}
	err := l.Update(ctx, &ledger.Entry{Title: "Danh mục"}, func(tx *ledger.Tx) error {
		u, f, p := data.Unit{Name: "Phòng Tư pháp"}, data.Field{Name: "Hộ tịch"}, data.Procedure{Name: "Kết hôn", Term: data.Term{Count: 5, Unit: data.WorkingDays}}
		for _, err := range []error{tx.PutUnit(&u), tx.PutField(&f), tx.PutProcedure(&p), tx.PutOffice(office), tx.PutSetting("cỡ chữ", []byte("110"))} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	l.View(func(v *ledger.View) error {
		us, _ := v.Units()
		fs, _ := v.Fields()
		ps, _ := v.Procedures()
		o, _ := v.Office()
		if len(us) != 1 || us[0].ID != 1 || len(fs) != 1 || len(ps) != 1 || ps[0].Term.Count != 5 || o != office || string(v.Setting("cỡ chữ")) != "110" {
			t.Errorf("read back %v %v %v %v", us, fs, ps, o)
		}
		return nil
	})
	if _, err := l.Undo(ctx, "", nil); err != nil {
		t.Fatal(err)
	}
	l.View(func(v *ledger.View) error {
		if us, _ := v.Units(); len(us) != 0 || v.Setting("cỡ chữ") != nil {
			t.Errorf("after undo: %v", us)
		}
		return nil
	})
}
