package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
)

func decoded[T any](t *testing.T, text string) (out T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return out
}

// TestBackupPreviewRestoreDrill: what other programs call, with any name of a file.
func TestBackupPreviewRestoreDrill(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	file := at("so.db")
	must(t, "import", fixture("A_server.xlsx"), "--file", file)
	proof := at("so.db.tep/" + strings.Repeat("0", 64) + ".pdf")
	if err := os.MkdirAll(filepath.Dir(proof), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(proof, []byte("minh chứng"), 0o600); err != nil {
		t.Fatal(err)
	}
	type made struct {
		File                        string
		Dossiers, Entries, Evidence int
		Seq                         uint64
	}
	b := decoded[made](t, must(t, "backup", "--out", at("ban-sao"), "--json", "--file", file))
	if b.Dossiers == 0 || b.Evidence != 1 || b.Seq == 0 || b.File != at("ban-sao") {
		t.Fatalf("%+v", b)
	}
	must(t, "import", fixture("E_full.xlsx"), "--file", file) // makes a backup first
	list, _ := filepath.Glob(at("sao-luu/so.db-*.gbsao"))
	if len(list) != 1 {
		t.Errorf("before the import: %v", list)
	}
	type preview struct {
		Backup  struct{ Dossiers, Evidence int }
		Present struct{ Dossiers int }
		Lost    struct {
			Count   int
			Changes []struct{ Title string }
		}
		Other bool
	}
	p := decoded[preview](t, must(t, "restore", "--from", at("ban-sao"), "--preview", "--json", "--file", file))
	if p.Backup.Dossiers != b.Dossiers || p.Present.Dossiers <= b.Dossiers || p.Lost.Count != 1 || !strings.Contains(p.Lost.Changes[0].Title, "E_full.xlsx") || p.Other {
		t.Errorf("%+v", p)
	}
	if out := must(t, "restore", "--from", at("ban-sao"), "--preview", "--file", file); !strings.Contains(out, "mất 1 thao tác") || !strings.Contains(out, "E_full.xlsx") {
		t.Errorf("%s", out)
	}
	type restored struct {
		File     string
		Dossiers int
		Kept     *string
		Evidence int
	}
	r := decoded[restored](t, must(t, "restore", "--from", at("ban-sao"), "--to", at("moi/so.db"), "--json"))
	if r.Dossiers != b.Dossiers || r.Kept != nil || r.Evidence != 1 || r.File != at("moi/so.db") {
		t.Errorf("%+v", r)
	}
	if errs := fails(t, command.ExitFailed, "restore", "--from", at("ban-sao"), "--to", at("moi/so.db")); !strings.Contains(errs, "Đã có tệp") {
		t.Errorf("%s", errs)
	}
	must(t, "check", "--file", at("moi/so.db"))
	r = decoded[restored](t, must(t, "restore", "--from", at("ban-sao"), "--json", "--file", file))
	if r.Dossiers != b.Dossiers || r.Kept == nil || r.Evidence != 0 {
		t.Errorf("%+v", r)
	}
	// What is read from a backup is what was in the register.
	if one, two := must(t, "dossiers", "--json", "--file", at("ban-sao")), must(t, "dossiers", "--json", "--file", file); one != two {
		t.Error("a backup reads otherwise than the register")
	}
	type drill struct {
		Sound  bool
		Lines  []struct{ Same bool }
		Faults []string
	}
	d := decoded[drill](t, must(t, "drill", "--json", "--out", at("bien-ban.pdf"), "--file", file))
	if !d.Sound || len(d.Lines) != 7 || d.Faults == nil {
		t.Errorf("%+v", d)
	}
	if raw, err := os.ReadFile(at("bien-ban.pdf")); err != nil || !strings.HasPrefix(string(raw), "%PDF") {
		t.Errorf("the protocol: %v", err)
	}
	if out := must(t, "drill", "--file", file); !strings.Contains(out, "Đạt") {
		t.Errorf("%s", out)
	}
	raw, err := os.ReadFile(at("ban-sao"))
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-300] ^= 4
	if err := os.WriteFile(at("ban-sao"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"restore"}, {"restore", "--preview"}, {"drill"}} {
		if errs := fails(t, command.ExitFailed, append(args, "--from", at("ban-sao"), "--file", file)...); !strings.Contains(errs, "ban-sao") || !strings.Contains(errs, "hỏng") {
			t.Errorf("%v: %s", args, errs)
		}
	}
}
