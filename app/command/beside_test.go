package command_test

import (
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/data"
	"giaoban/data/desk"
)

// What only reads works while the window has the file open, on what stands in it at
// that moment; what writes is told why not.
func TestCommandsBesideTheWindow(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	file := filepath.Join(dir, "so.db")
	d, err := desk.Open(file, desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	put := func(code string) {
		t.Helper()
		one := data.Dossier{Code: code, Owner: data.Person{Name: "Nguyễn Thị Hoa"}, Received: data.Moment{Day: data.DayOf(now())}}
		if err := d.Change(t.Context(), desk.Work{Title: code}, func(tx desk.Tx) error { return tx.PutDossier(&one) }); err != nil {
			t.Fatal(err)
		}
	}
	put("H1")
	if code, _, errs := call("dossiers", "--file", file, "--json"); code != command.ExitFailed || !strings.Contains(errs, "đang") {
		t.Errorf("nobody answers: %d %s", code, errs)
	}
	if err := d.AnswerCommands(""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"figures", "--period", "2026", "--json"}, {"dossiers", "--json"}, {"measures", "--period", "2026", "--json"}, {"entries", "task", "--json"},
		{"freeze", "list", "--json"},
		{"export", "--out", filepath.Join(dir, "ds.xlsx")}, {"report", "ii06a-linh-vuc", "--period", "2026", "--out", filepath.Join(dir, "bc.pdf")}, {"backup", "--out", filepath.Join(dir, "sao.gbsao")},
	} {
		if code, out, errs := call(append(args, "--file", file)...); code != 0 {
			t.Errorf("%v: %d %s%s", args, code, out, errs)
		}
	}
	put("H2")
	if _, out, _ := call("dossiers", "--file", file, "--json"); !strings.Contains(out, "H2") {
		t.Errorf("what was written last is not there: %s", out)
	}
	if _, out, _ := call("dossiers", "--file", filepath.Join(dir, "sao.gbsao"), "--json"); !strings.Contains(out, "H1") {
		t.Errorf("the backup made beside: %s", out)
	}
	if code, _, errs := call("freeze", "--period", "2026-Q1", "--file", file); code != command.ExitFailed || !strings.Contains(errs, "đang") {
		t.Errorf("what writes: %d %s", code, errs)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := call("freeze", "--period", "2026-Q1", "--file", file); code != 0 {
		t.Errorf("after the window was closed: %d %s", code, errs)
	}
}
