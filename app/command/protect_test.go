package command_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/command"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/vault"
)

func quickly(t *testing.T) {
	t.Helper()
	strength, pause := desk.Strength, desk.WrongPause
	desk.Strength, desk.WrongPause = func() vault.Params { return vault.Params{Time: 1, Memory: 8, Threads: 1} }, time.Millisecond
	t.Cleanup(func() { desk.Strength, desk.WrongPause = strength, pause })
}

type protectAnswer struct {
	File      string  `json:"file"`
	Protected bool    `json:"protected"`
	Person    *string `json:"person"`
	Code      string  `json:"code"`
	Sheet     *string `json:"sheet"`
}

// TestProtectedOfficeByCommand: every command refuses a protected file without a secret, with
// exit 1 and one sentence, and works with the password or the recovery code.
func TestProtectedOfficeByCommand(t *testing.T) {
	quickly(t)
	file := office(t)
	list := must(t, "dossiers", "--json", "--file", file)
	secret, other := write(t, "mat-khau.txt", "con gà cục tác lá chanh"), write(t, "khac.txt", "mật khẩu khác hẳn")
	sheet := filepath.Join(t.TempDir(), "to.pdf")
	a := parse[protectAnswer](t, must(t, "protect", "--file", file, "--new-password-file", secret, "--out", sheet, "--json"))
	if len(strings.Split(a.Code, "-")) != 9 || !a.Protected || !bytes.HasPrefix(bytesOf(t, sheet), []byte("%PDF")) {
		t.Errorf("%+v", a)
	}
	sealed, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "sao-luu", "*.gbsao"))
	if len(sealed) != 1 {
		t.Fatalf("backups %q", sealed)
	}
	out := t.TempDir()
	for _, args := range [][]string{{"dossiers", "--json"}, {"figures", "--period", "2022"}, {"check"}, {"backup", "--out", filepath.Join(out, "x.gbsao")}, {"export", "--out", filepath.Join(out, "x.xlsx")},
		{"import", fixture("E_full.xlsx")}, {"report", "giao-ban", "--period", "2022", "--out", filepath.Join(out, "x.pdf")}, {"drill"}, {"entries", "task"}, {"person", "--identity", "012345678901", "--out", filepath.Join(out, "x.json")},
		{"unprotect"}, {"password"}, {"journal", "verify"}, {"salvage", "--out", filepath.Join(out, "x.db")}, {"restore", "--from", sealed[0]}, {"measures", "--period", "2022"}, {"indicators", "list"}} {
		if said := fails(t, command.ExitFailed, append(args, "--file", file)...); !strings.Contains(said, "mật khẩu") || strings.Count(strings.TrimSpace(said), "\n") > 0 {
			t.Errorf("%v says %q", args, said)
		}
	}
	if said := fails(t, command.ExitFailed, "dossiers", "--file", file, "--password-file", other); !strings.Contains(said, "Mật khẩu không đúng") {
		t.Errorf("says %q", said)
	}
	fails(t, command.ExitUsage, "dossiers", "--file", file, "--password-file", other, "--code-file", other)
	codeFile := write(t, "ma.txt", strings.ToLower(a.Code))
	for _, way := range [][]string{{"--password-file", secret}, {"--code-file", codeFile}} {
		if must(t, append([]string{"dossiers", "--json", "--file", file}, way...)...) != list {
			t.Errorf("%v: other dossiers", way)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := command.Run(t.Context(), command.Env{Stdin: strings.NewReader("con gà cục tác lá chanh\n"), Stdout: &stdout, Stderr: &stderr, Now: now}, []string{"dossiers", "--json", "--file", file, "--password-file", "-"}); code != 0 || stdout.String() != list {
		t.Errorf("from standard input: %d, %s", code, stderr.String())
	}
	// The sheet alone opens the backup on another machine.
	fresh := filepath.Join(t.TempDir(), "moi.db")
	must(t, "restore", "--from", sealed[0], "--to", fresh, "--code-file", codeFile)
	if must(t, "dossiers", "--json", "--file", fresh, "--code-file", codeFile) != list {
		t.Error("restored by the code: other dossiers")
	}
	// Forgotten password, other persons, the superior office.
	must(t, "password", "--file", file, "--code-file", codeFile, "--new-password-file", other)
	fails(t, command.ExitFailed, "dossiers", "--file", file, "--password-file", secret)
	must(t, "password", "--file", file, "--password-file", other, "--for", "Lan", "--role", "entry", "--new-password-file", secret)
	fails(t, command.ExitFailed, "unprotect", "--file", file, "--password-file", secret, "--person", "Lan")
	mine, public, err := vault.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	must(t, "password", "--file", file, "--code-file", codeFile, "--superior", public)
	if must(t, "dossiers", "--json", "--file", file, "--superior-file", write(t, "khoa.txt", mine)) != list {
		t.Error("by the superior: other dossiers")
	}
	must(t, "unprotect", "--file", file, "--code-file", codeFile)
	if must(t, "dossiers", "--json", "--file", file) != list {
		t.Error("plain again: other dossiers")
	}
}

// TestNamesAreNowhereElse imports names into a protected office, works with them, and looks
// for them in all that was written: data file with its free pages, backups, scratch files,
// settings and logs.
func TestNamesAreNowhereElse(t *testing.T) {
	quickly(t)
	home := t.TempDir()
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"} {
		dir := filepath.Join(home, strings.ToLower(name))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, dir)
	}
	file := filepath.Join(home, "so", "so.db")
	d, err := desk.Open(file, desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	secret := write(t, "mat-khau.txt", "con gà cục tác lá chanh")
	must(t, "protect", "--file", file, "--new-password-file", secret)
	open := []string{"--file", file, "--password-file", secret}
	must(t, append([]string{"import", fixture("E_full.xlsx"), fixture("M06_register.xlsx")}, open...)...)
	o, err := desk.Unlock(file, "", "con gà cục tác lá chanh")
	if err != nil {
		t.Fatal(err)
	}
	if d, err = desk.Open(file, desk.Options{Now: now, Key: o.Key, As: o.Who}); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	err = d.Read(func(v desk.View) error {
		return v.Scan(func(g *data.Glance) error {
			if name := string(g.Owner); len(names) < 100 && len(strings.Fields(name)) > 2 {
				names[name] = true
			}
			return nil
		})
	})
	if err != nil || len(names) < 50 {
		t.Fatalf("%d names, %v", len(names), err)
	}
	one := data.Dossier{Code: "K-1", Received: data.Moment{Day: data.Date(2022, 11, 1)}, Owner: data.Person{Name: "Người Gõ Tay Vào", Identity: "012345678901"}}
	names[one.Owner.Name] = true
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.BackupFor(t.Context(), desk.AtClosing, nil); err != nil {
		t.Fatal(err)
	}
	d.Close()
	out := t.TempDir() // what was asked for may hold names
	must(t, append([]string{"report", "giao-ban", "--period", "2022", "--out", filepath.Join(out, "x.pdf")}, open...)...)
	must(t, append([]string{"drill"}, open...)...)
	must(t, append([]string{"check"}, open...)...)
	files := 0
	err = filepath.WalkDir(home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		for name := range names {
			if bytes.Contains(raw, []byte(name)) || strings.Contains(path, name) {
				t.Errorf("%s holds %q", path, name)
			}
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v", files, err)
	}
}

// TestAllAboutOnePerson: one file holds dossiers, events and logbook entries of one person, and
// of no other; that it was taken is told in the register of exports, without the number.
func TestAllAboutOnePerson(t *testing.T) {
	file := office(t)
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for i, number := range []string{"012345678901", "012345678902"} {
		one := data.Dossier{Code: "K-" + number[11:], Received: data.Moment{Day: data.Date(2022, 11, 1)}, Owner: data.Person{Name: []string{"Người Một Đây", "Người Hai Kia"}[i], Identity: number, Phone: "0912345678"}}
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
	}
	d.Close()
	out := filepath.Join(t.TempDir(), "nguoi.json")
	must(t, "person", "--file", file, "--identity", "0123 4567 8901", "--out", out)
	p := parse[desk.PersonFile](t, string(bytesOf(t, out)))
	text := string(bytesOf(t, out))
	if p.Dossiers != 1 || len(p.Names) != 1 || p.Names[0] != "Người Một Đây" || !strings.Contains(text, "0912345678") || strings.Contains(text, "Người Hai") || !strings.Contains(text, `"Nhật ký"`) {
		t.Errorf("%s", text)
	}
	must(t, "person", "--file", file, "--identity", "012345678901", "--out", filepath.Join(t.TempDir(), "nguoi.xlsx"))
	fails(t, command.ExitFailed, "person", "--file", file, "--identity", "999999999999", "--out", out)
	if d, err = desk.Open(file, desk.Options{Now: now}); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	list, err := d.Issues()
	if err != nil || len(list) < 2 || list[0].Value.What != "Dữ liệu về một người" || list[0].Value.Rows != len(p.Lines) {
		t.Errorf("%+v, %v", list, err)
	}
}
