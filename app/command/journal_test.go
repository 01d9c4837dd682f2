package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
)

// TestJournalPrint: an extract of the journal is a paper of the officer's own, and not
// asked for wrongly.
func TestJournalPrint(t *testing.T) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "so.db"), filepath.Join(dir, "nhat-ky.pdf")
	must(t, "import", fixture("A_server.xlsx"), "--file", file)
	must(t, "journal", "print", "--out", out, "--from", "2026-06-01", "--to", "2026-06-01", "--file", file)
	raw, err := os.ReadFile(out)
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Fatalf("%.20q, %v", raw, err)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	fails(t, command.ExitUsage, "journal", "print", "--file", file)
	fails(t, command.ExitUsage, "journal", "print", "--out", filepath.Join(dir, "x.xlsx"), "--file", file)
	fails(t, command.ExitUsage, "journal", "print", "--out", out, "--from", "2026-06-02", "--to", "2026-06-01", "--file", file)
}

// TestCommandsTellOfSharedPlaces: a register in a folder that a cloud keeps in step is
// worked on, with a warning; and what a command says of a file steers no terminal.
func TestCommandsTellOfSharedPlaces(t *testing.T) {
	file := filepath.Join(t.TempDir(), "OneDrive - UBND", "so.db")
	code, _, errs := call("import", fixture("A_server.xlsx"), "--file", file)
	if code != command.ExitDone || !strings.Contains(errs, "do OneDrive giữ") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if _, _, errs := call("import", "khong\x1b[2J\u202eco.xlsx", "--file", file); strings.ContainsAny(errs, "\x1b\u202e") {
		t.Errorf("%q", errs)
	}
}
