package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/data"
	"giaoban/data/desk"
)

// registerOf makes the data file of an office, with the dossiers of a fixture.
func registerOf(t *testing.T, code, name, list string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "so.db")
	d, err := desk.Open(path, desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOffice(t.Context(), data.Office{Name: name, Code: code}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if list != "" {
		if code, _, errs := call("import", fixture(list), "--json", "--file", path); code != command.ExitDone {
			t.Fatal(errs)
		}
	}
	return path
}

// said decodes what a command printed.
func said(t *testing.T, out string) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("%v in %.300s", err, out)
	}
	return v
}

func TestDossiersGoInAPackage(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	commune, province := registerOf(t, "H99.14", "UBND xã Sông Lam", "E_full.xlsx"), registerOf(t, "H99", "UBND tỉnh Thử", "")
	ours := said(t, must(t, "card", "show", "--out", at("xa.gbthe"), "--json", "--file", commune))
	said(t, must(t, "card", "show", "--out", at("tinh.gbthe"), "--json", "--file", province))
	fails(t, command.ExitFailed, "card", "add", at("xa.gbthe"), "--fingerprint", "0000 0000", "--json", "--file", province)
	fingerprint := ours["fingerprint"].(string)
	if known := said(t, must(t, "card", "add", at("xa.gbthe"), "--fingerprint", strings.ToLower(fingerprint[:9]), "--json", "--file", province)); known["state"] != "checked" {
		t.Errorf("card %v", known)
	}
	pack := func(name string) map[string]any {
		return said(t, must(t, "package", "make", "--kind", "dossiers", "--period", "2022", "--to", at("tinh.gbthe"), "--out", at(name), "--json", "--file", commune))
	}
	made := pack("goi.gbgoi")
	if read := said(t, must(t, "package", "read", at("goi.gbgoi"), "--json", "--file", province)); read["digest"] != made["digest"] || read["state"] != "checked" || read["own"] != false {
		t.Errorf("read %v", read)
	}
	first := said(t, must(t, "package", "take", at("goi.gbgoi"), "--json", "--file", province))
	if n := first["new"].(float64); n == 0 || n != first["rows"].(float64) || first["rejected"].(float64) != 0 {
		t.Fatalf("taken: %v", first)
	}
	for _, by := range []string{"field", "procedure"} {
		of := func(file string) string {
			return must(t, "figures", "--period", "2022", "--by", by, "--file", file)
		}
		if got, want := of(province), of(commune); strings.Split(got, "Tổng cộng")[1] != strings.Split(want, "Tổng cộng")[1] {
			t.Errorf("by %s the receiver counts\n%s\nthe sender\n%s", by, got, want)
		}
	}
	fails(t, command.ExitFailed, "package", "take", at("goi.gbgoi"), "--file", province)
	fails(t, command.ExitFailed, "package", "take", at("goi.gbgoi"), "--file", commune)
	fails(t, command.ExitFailed, "package", "read", at("tinh.gbthe"), "--file", province)
	fails(t, command.ExitFailed, "package", "read", at("goi.gbgoi"), "--file", registerOf(t, "H98", "UBND tỉnh khác", ""))

	// The receiver corrects one dossier, the sender another and the same one.
	d, err := desk.Open(province, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	amend := func(d *desk.Desk, id uint64, name string) string {
		t.Helper()
		code := ""
		if err := d.Amend(t.Context(), id, "sửa", func(one *data.Dossier) { one.Owner.Name, code = name, one.Code }); err != nil {
			t.Fatal(err)
		}
		return code
	}
	code := amend(d, 1, "Nơi nhận đã sửa")
	other, err := d.Dossier(2)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if d, err = desk.Open(commune, desk.Options{Now: now}); err != nil {
		t.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, id := range []uint64{d.Find(code), d.Find(other.Code)} {
		amend(d, id, "Nơi gửi đã sửa")
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	pack("goi-2.gbgoi")
	second := said(t, must(t, "package", "take", at("goi-2.gbgoi"), "--json", "--file", province))
	if second["conflicts"].(float64) != 1 || second["changed"].(float64) != 1 || second["rejected"].(float64) != 1 {
		t.Errorf("with a conflict: %v", second)
	}
	if out := must(t, "dossiers", code, "--json", "--file", province); !strings.Contains(out, "Nơi nhận đã sửa") {
		t.Errorf("the receiver's correction is gone: %s", out)
	}
	pack("goi-3.gbgoi")
	if third := said(t, must(t, "package", "take", at("goi-3.gbgoi"), "--over", "--json", "--file", province)); third["changed"].(float64) != 1 || third["conflicts"].(float64) != 0 {
		t.Errorf("--over: %v", third)
	}
	board := said(t, must(t, "package", "list", "--period", "2022", "--json", "--file", province))
	if len(board["arrivals"].([]any)) != 3 || board["cover"] != "Thiếu 1/1 xã: UBND xã Sông Lam." {
		t.Errorf("board %v", board)
	}
	said(t, must(t, "check", "--json", "--file", province))
	renewed := said(t, must(t, "card", "renew", "--out", at("xa-moi.gbthe"), "--json", "--file", commune))
	if renewed["fingerprint"] == fingerprint || renewed["unit"] != "H99.14" {
		t.Errorf("renewed %v", renewed)
	}
	if known := said(t, must(t, "card", "add", at("xa-moi.gbthe"), "--json", "--file", province)); known["state"] != "checked" {
		t.Errorf("a card that the old key signed: %v", known)
	}
}

// TestPackageByPhraseAndItsCorrections: six words seal a package in place of the card, read
// from a file; corrections need no period and hold what changed alone.
func TestPackageByPhraseAndItsCorrections(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	commune, province := registerOf(t, "H99.14", "UBND xã Sông Lam", "E_full.xlsx"), registerOf(t, "H99", "UBND tỉnh Thử", "")
	ours := said(t, must(t, "card", "show", "--out", at("xa.gbthe"), "--json", "--file", commune))
	said(t, must(t, "card", "show", "--out", at("tinh.gbthe"), "--json", "--file", province))
	said(t, must(t, "card", "add", at("xa.gbthe"), "--fingerprint", ours["fingerprint"].(string), "--json", "--file", province))
	made := said(t, must(t, "package", "make", "--kind", "dossiers", "--period", "2022", "--to", at("tinh.gbthe"), "--out", at("1.gbgoi"), "--phrase", "--json", "--file", commune))
	phrase, _ := made["phrase"].(string)
	if len(strings.Fields(phrase)) != 6 {
		t.Fatalf("made %v", made)
	}
	if err := os.WriteFile(at("ma.txt"), []byte(phrase+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, command.ExitFailed, "package", "take", at("1.gbgoi"), "--file", province)
	first := said(t, must(t, "package", "take", at("1.gbgoi"), "--phrase-file", at("ma.txt"), "--json", "--file", province))
	if first["new"].(float64) == 0 {
		t.Fatalf("taken %v", first)
	}
	corrections := []string{"package", "make", "--kind", "corrections", "--replaces", "1", "--to", at("tinh.gbthe"), "--out", at("2.gbgoi"), "--json", "--file", commune}
	fails(t, command.ExitFailed, corrections...) // nothing changed
	d, err := desk.Open(commune, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := d.Amend(t.Context(), 1, "sửa", func(one *data.Dossier) { one.Owner.Name = "Tên đã sửa" }); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if fixed := said(t, must(t, corrections...)); fixed["corrects"] != "dossiers" || fixed["seq"].(float64) != 2 {
		t.Errorf("made %v", fixed)
	}
	if second := said(t, must(t, "package", "take", at("2.gbgoi"), "--json", "--file", province)); second["rows"].(float64) != 1 || second["changed"].(float64) != 1 {
		t.Errorf("corrected %v", second)
	}
}
