package desk_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/vault"
)

// quickly lets passwords be derived quickly, and wrong ones be told at once.
func quickly(t *testing.T) {
	t.Helper()
	strength, pause := desk.Strength, desk.WrongPause
	desk.Strength, desk.WrongPause = func() vault.Params { return vault.Params{Time: 1, Memory: 8, Threads: 1} }, 0
	t.Cleanup(func() { desk.Strength, desk.WrongPause = strength, pause })
}

func opened(t *testing.T, path string, o desk.Opened) *desk.Desk {
	t.Helper()
	d, err := desk.Open(path, desk.Options{Create: o.Key == nil, Now: now, Key: o.Key, As: o.Who})
	if err == nil {
		err = d.Wait()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func take(t *testing.T, d *desk.Desk, code, owner string) {
	t.Helper()
	one := data.Dossier{Code: code, Received: data.Moment{Day: data.Date(2022, 11, 1)}, Owner: data.Person{Name: owner}}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
}

// holding returns the files under a folder in which a word can be read.
func holding(t *testing.T, folder string, words ...string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(raw, []byte(w)) {
				list = append(list, path+": "+w)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const (
	planted  = "Nguyễn Thị Bí Mật"
	password = "con gà cục tác lá chanh"
)

// TestProtectedOffice: what an office protects can be read nowhere in its folder, and opens
// with the password, the code and the superior's key, each alone; off again it is as before.
func TestProtectedOffice(t *testing.T) {
	quickly(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "so.db")
	d := opened(t, path, desk.Opened{})
	take(t, d, "K-1", planted)
	for _, file := range []string{filepath.Join(desk.EvidenceFolder(path), strings.Repeat("a", 64)+".pdf"), filepath.Join(desk.IssuedFolder(path), "2022-11", "05-080000 giao ban.pdf")} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("bản in về "+planted), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := d.Protect(t.Context(), "Lan", "ngắn", nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("short password: %v", err)
	}
	key, code, err := d.Protect(t.Context(), "Lan", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	if left := holding(t, folder, planted); len(left) > 0 {
		t.Errorf("can be read: %q", left)
	}
	if _, err := desk.Open(path, desk.Options{Now: now}); data.CodeOf(err) != data.Sealed {
		t.Errorf("without a key: %v", err)
	}
	if _, err := desk.Unlock(path, "Lan", "mật khẩu khác"); data.CodeOf(err) != data.Denied {
		t.Errorf("wrong password: %v", err)
	}
	byName, err := desk.Unlock(path, "", password)
	if err != nil || byName.Person != "Lan" || byName.Role != desk.HeadRole {
		t.Errorf("password: %+v, %v", byName.Who, err)
	}
	byCode, err := desk.Recover(path, strings.ToLower(code.String()))
	if err != nil {
		t.Errorf("code: %v", err)
	}
	if _, err := desk.Recover(path, vault.NewCode().String()); data.CodeOf(err) != data.Denied {
		t.Errorf("another code: %v", err)
	}
	for _, o := range []desk.Opened{key, byName, byCode} {
		d = opened(t, path, o)
		if d.Len() != 1 {
			t.Errorf("%d dossiers", d.Len())
		}
		raw, err := d.ReadSealed(filepath.Join(desk.EvidenceFolder(path), strings.Repeat("a", 64)+".pdf"), "x")
		if err != nil || string(raw) != "bản in về "+planted {
			t.Errorf("evidence: %q, %v", raw, err)
		}
		d.Close()
	}
	d = opened(t, path, byName)
	backup, err := d.BackupNow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SetPassword(t.Context(), "Lan", "", "mật khẩu mới của Lan"); err != nil {
		t.Fatal(err)
	}
	fresh, err := d.NewCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	if _, err := desk.Unlock(path, "Lan", password); data.CodeOf(err) != data.Denied {
		t.Errorf("the password before: %v", err)
	}
	if _, err := desk.Recover(path, code.String()); data.CodeOf(err) != data.Denied {
		t.Errorf("the code before: %v", err)
	}
	if _, err := desk.Recover(backup, code.String()); err != nil {
		t.Errorf("the code before does not open the backup of then: %v", err)
	}
	again, err := desk.Recover(path, fresh.String())
	if err != nil {
		t.Fatal(err)
	}
	d = opened(t, path, again)
	if err := d.Unprotect(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	d = opened(t, path, desk.Opened{})
	if left := holding(t, folder, planted); d.Len() != 1 || len(left) < 3 {
		t.Errorf("plain again: %d dossiers, %q", d.Len(), left)
	}
	if c, err := d.Check(t.Context()); err != nil || len(c.Faults) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestSealingIsFinished: files beside a protected register that are plain, as a change that
// was killed leaves them, are sealed at the next opening.
func TestSealingIsFinished(t *testing.T) {
	quickly(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "so.db")
	key, _, err := opened(t, path, desk.Opened{}).Protect(t.Context(), "", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(desk.EvidenceFolder(path), "x.pdf")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(planted), 0o600); err != nil {
		t.Fatal(err)
	}
	d := opened(t, path, key)
	if left := holding(t, folder, planted); len(left) > 0 {
		t.Errorf("can be read: %q", left)
	}
	lent, err := d.Lend(file, "Giấy tờ.pdf")
	if err != nil || filepath.Base(lent) != "Giấy tờ.pdf" || len(holding(t, filepath.Dir(lent), planted)) != 1 {
		t.Errorf("%s, %v", lent, err)
	}
	d.Close()
	if _, err := os.Stat(lent); err == nil {
		t.Error("what was lent stays")
	}
}

// TestRoles walks the table of roles: what a role may not do is refused by the use cases
// themselves, and changes nothing; what it may is done and names the person.
func TestRoles(t *testing.T) {
	quickly(t)
	path := filepath.Join(t.TempDir(), "so.db")
	key, _, err := opened(t, path, desk.Opened{}).Protect(t.Context(), "Hùng", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	d := opened(t, path, key)
	for person, role := range map[string]desk.Role{"Lan": desk.ClerkRole, "Mai": desk.SupervisorRole} {
		if err := d.SetPassword(t.Context(), person, role, "mật khẩu của "+person); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.SetPassword(t.Context(), "Hùng", desk.ClerkRole, password); data.CodeOf(err) != data.Conflict {
		t.Errorf("the last head: %v", err)
	}
	take(t, d, "K-0", "Ai đó")
	d.Close()
	n := 0
	acts := map[desk.Act]func(d *desk.Desk) error{
		desk.ToRecord: func(d *desk.Desk) error {
			n++
			one := data.Dossier{Code: "K-" + string(rune('0'+n)), Received: data.Moment{Day: data.Date(2022, 11, 1)}, Owner: data.Person{Name: "Ai đó"}}
			return d.Receive(t.Context(), &one)
		},
		desk.ToRule: func(d *desk.Desk) error {
			o := d.Office()
			o.Phone += "1"
			return d.SetOffice(t.Context(), o)
		},
		desk.ToCatalogue: func(d *desk.Desk) error {
			_, err := d.Keep(t.Context(), desk.Work{Title: "Thêm nguyên nhân"}, desk.KindCause, 0, data.Cause{Name: "Thiếu giấy tờ"})
			return err
		},
		desk.ToClose: func(d *desk.Desk) error {
			_, err := d.Keep(t.Context(), desk.Work{Title: "Chốt"}, desk.KindClosing, 0, map[string]string{})
			return err
		},
		desk.ToSetUp: func(d *desk.Desk) error {
			_, err := d.Keep(t.Context(), desk.Work{Title: "Bộ tiêu chí"}, "set", 0, map[string]string{})
			return err
		},
		desk.ToOverride: func(d *desk.Desk) error { _, err := d.Undo(t.Context()); return err },
		desk.ToGather: func(d *desk.Desk) error {
			_, err := d.About(t.Context(), "012345678901")
			if data.CodeOf(err) == data.NotFound {
				return nil
			}
			return err
		},
		desk.ToErase: func(d *desk.Desk) error { _, err := d.Expired(t.Context(), 10); return err },
		desk.ToRestore: func(d *desk.Desk) error {
			_, err := desk.Restore(t.Context(), filepath.Join(t.TempDir(), "không có"), path, desk.RestoreOptions{As: d.Who()})
			if data.CodeOf(err) == data.NotFound || data.CodeOf(err) == data.Sealed {
				return nil // it was not refused for the role
			}
			return err
		},
		desk.ToProtect: func(d *desk.Desk) error {
			return d.SetPassword(t.Context(), "Mới", desk.ClerkRole, "mật khẩu của người mới")
		},
	}
	for _, who := range []desk.Who{{Person: "Lan", Role: desk.ClerkRole}, {Person: "Mai", Role: desk.SupervisorRole}, {Person: "Hùng", Role: desk.HeadRole}} {
		for _, a := range desk.Acts {
			by, word := who.Person, "mật khẩu của "+who.Person
			if by == "Hùng" {
				word = password
			}
			o, err := desk.Unlock(path, by, word)
			if err != nil || o.Who != who {
				t.Fatalf("%+v: %v", o.Who, err)
			}
			// Another person's change stands last, so that Undo is of it.
			other := opened(t, path, desk.Opened{Key: o.Key, Who: desk.Who{Person: "Khác", Role: desk.HeadRole}})
			n++
			take(t, other, "K-"+string(rune('0'+n)), "Ai đó")
			other.Close()
			d := opened(t, path, o)
			before, _ := d.Journal(0)
			err = acts[a](d)
			after, _ := d.Journal(0)
			want := slices.Index(desk.Roles, who.Role) >= slices.Index(desk.Roles, map[desk.Act]desk.Role{desk.ToRecord: desk.ClerkRole, desk.ToErase: desk.HeadRole, desk.ToRestore: desk.HeadRole, desk.ToProtect: desk.HeadRole}[a])
			if a != desk.ToRecord && a != desk.ToErase && a != desk.ToRestore && a != desk.ToProtect {
				want = who.Role != desk.ClerkRole
			}
			switch {
			case want != d.May(a):
				t.Errorf("%s, %s: offered %v", who.Role, a, d.May(a))
			case want && err != nil:
				t.Errorf("%s may %s: %v", who.Role, a, err)
			case !want && (data.CodeOf(err) != data.Denied || len(after) != len(before)):
				t.Errorf("%s may not %s: %v", who.Role, a, err)
			case want && len(after) > len(before) && after[0].By != who.Person:
				t.Errorf("%s: the journal names %q", a, after[0].By)
			}
			d.Close()
		}
	}
	// The own work can be taken back, the own password be changed.
	o, _ := desk.Unlock(path, "Lan", "mật khẩu của Lan")
	d = opened(t, path, o)
	take(t, d, "K-cuối", "Ai đó")
	if _, err := d.Undo(t.Context()); err != nil {
		t.Error(err)
	}
	if err := d.SetPassword(t.Context(), "Lan", desk.HeadRole, "mật khẩu khác của Lan"); err != nil {
		t.Error(err)
	}
	if o, err := desk.Unlock(path, "Lan", "mật khẩu khác của Lan"); err != nil || o.Role != desk.ClerkRole {
		t.Errorf("%+v, %v", o.Who, err)
	}
}
