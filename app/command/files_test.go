package command_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/data/disk"
)

// damagedFile unpacks a damaged file of the tests of the ledger.
func damagedFile(t *testing.T, name string) string {
	t.Helper()
	packed, err := os.Open(filepath.Join("..", "..", "data", "ledger", "testdata", "damage", name+".db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name+".db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDamagedFilesAreTold(t *testing.T) {
	live := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", fixture("A_server.xlsx"), "--file", live)
	for _, name := range []string{"flip-143403_5", "flip-36923_5", "flip-hang-479991"} {
		path := damagedFile(t, name)
		for _, args := range [][]string{{"check"}, {"dossiers"}, {"figures", "--period", "2022"}, {"backup", "--out", path + ".x"}, {"import", fixture("A_server.xlsx")}} {
			if errs := fails(t, command.ExitFailed, append(args, "--file", path)...); !strings.Contains(errs, "bị hỏng (trang ") || !strings.Contains(errs, "khôi phục từ bản sao lưu") {
				t.Errorf("%s, %v: %s", name, args, errs)
			}
		}
		// The officer chose this file: it is named, not a temporary one, and the advice is
		// to choose another.
		errs := fails(t, command.ExitFailed, "restore", "--from", path, "--file", live)
		if !strings.Contains(errs, path) || strings.Contains(errs, "khoiphuc-") || !strings.Contains(errs, "Chọn bản sao lưu khác") {
			t.Errorf("restore from %s: %s", name, errs)
		}
	}
	must(t, "check", "--file", live)
	lost := damagedFile(t, "meta-rollback")
	code, out, _ := call("check", "--file", lost)
	if code != command.ExitFailed || strings.Contains(out, "lành lặn") || !strings.Contains(out, "có thể đã mất") {
		t.Errorf("a lost change: exit %d, %s", code, out)
	}
	if code, _, errs := call("dossiers", "--json", "--file", lost); code != command.ExitDone || !strings.Contains(errs, "có thể đã mất") {
		t.Errorf("reading after a lost change: exit %d, %s", code, errs)
	}
	if out := must(t, "check", "--file", damagedFile(t, "meta-false-cut")); !strings.Contains(out, "Lưu ý: ") || !strings.Contains(out, "lành lặn") {
		t.Errorf("a damaged spare page: %s", out)
	}
}

// TestOutputsSpareOtherOffices: no command writes over a register or a backup, of
// whatever office, nor over what is no file.
func TestOutputsSpareOtherOffices(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, "import", fixture("A_server.xlsx"), "--file", at("so.db"))
	must(t, "import", fixture("E_full.xlsx"), "--file", at("khac.db"))
	must(t, "backup", "--out", at("sao-khac.db"), "--file", at("khac.db"))
	must(t, "backup", "--out", at("sao.db"), "--file", at("so.db"))
	must(t, "backup", "--out", at("sao.db"), "--file", at("so.db")) // an older one of its own
	if err := os.WriteFile(at("thu.docx"), []byte("thư"), 0o600); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(at("thu-muc"), 0o700)
	before := map[string]string{}
	for _, name := range []string{"so.db", "khac.db", "sao-khac.db", "thu.docx"} {
		raw, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		before[name] = string(raw)
	}
	// Whatever their names say.
	for name, like := range map[string]string{"khac": "khac.db", "khac.xlsx": "khac.db", "khac.pdf": "sao-khac.db"} {
		if err := os.WriteFile(at(name), []byte(before[like]), 0o600); err != nil {
			t.Fatal(err)
		}
		before[name] = before[like]
	}
	for _, args := range [][]string{{"export", "--out", at("khac")}, {"export", "--out", at("khac.xlsx")}, {"export", "--out", at("thu-muc")}, {"report", "giao-ban", "--period", "2022", "--out", at("khac.pdf")},
		{"report", "giao-ban", "--period", "2022", "--out", at("khac")}, {"import", fixture("trap_rows.xlsx"), "--rejects", at("khac.xlsx")}, {"import", fixture("trap_rows.xlsx"), "--rejects", at("thu-muc")}} {
		fails(t, command.ExitFailed, append(args, "--file", at("so.db"))...)
	}
	for _, target := range []string{"khac.db", "sao-khac.db", "thu.docx", "thu-muc"} {
		if errs := fails(t, command.ExitFailed, "backup", "--out", at(target), "--file", at("so.db")); !strings.Contains(errs, "Chọn") {
			t.Errorf("%s: %s", target, errs)
		}
	}
	for name, content := range before {
		if raw, _ := os.ReadFile(at(name)); string(raw) != content {
			t.Errorf("%s was written over", name)
		}
	}
	must(t, "backup", "--replace", "--out", at("sao-khac.db"), "--file", at("so.db"))
	fails(t, command.ExitFailed, "backup", "--replace", "--out", at("thu-muc"), "--file", at("so.db"))
	// A backup is read but not written to.
	must(t, "dossiers", "--file", at("sao.db"))
	if errs := fails(t, command.ExitFailed, "import", fixture("E_full.xlsx"), "--file", at("sao.db")); !strings.Contains(errs, "bản sao lưu") {
		t.Errorf("import into a backup: %s", errs)
	}
	must(t, "restore", "--from", at("sao.db"), "--file", at("moi.db"))
	must(t, "import", fixture("E_full.xlsx"), "--file", at("moi.db"))
}

// TestRejectsThatCannotBeWritten: the import is committed, and that is said.
func TestRejectsThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	code, out, errs := call("import", fixture("trap_rows.xlsx"), "--rejects", filepath.Join(t.TempDir(), "none", "x.xlsx"), "--file", file)
	if code != command.ExitFailed || !strings.Contains(errs, "Đã nhập trap_rows.xlsx vào sổ") || !strings.Contains(errs, "không có thư mục ấy") || !strings.Contains(out, "Đã nhập") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	if out := must(t, "check", "--file", file); strings.HasPrefix(out, "0 hồ sơ") {
		t.Errorf("%s", out)
	}
}

type fullOutput struct{}

func (fullOutput) Write([]byte) (int, error) {
	return 0, errors.New("write /dev/stdout: no space left on device")
}

// TestFullOutput: a command whose text could not be printed did not do what it was
// called for.
func TestFullOutput(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", fixture("A_server.xlsx"), "--file", file)
	for _, args := range [][]string{{"check"}, {"dossiers"}, {"figures", "--period", "2022"}, {"report", "list"}, {"due", "--received", "2026-02-13", "--term", "3", "--unit", "ngay-lam-viec"}, {"dossiers", "--json"}} {
		var errs bytes.Buffer
		code := command.Run(context.Background(), command.Env{Stdout: fullOutput{}, Stderr: &errs, Now: now}, append(args, "--file", file))
		if code != command.ExitFailed || !strings.Contains(errs.String(), "ổ đĩa đã đầy") {
			t.Errorf("%v: exit %d, %s", args, code, errs.String())
		}
	}
}

// TestFullDiskIsTold: every command that writes names the true cause and leaves all
// as it was.
func TestFullDiskIsTold(t *testing.T) {
	defer func() { disk.Before = nil }()
	dir := t.TempDir()
	file, old := filepath.Join(dir, "so.db"), filepath.Join(dir, "sao.db")
	must(t, "import", fixture("A_server.xlsx"), "--file", file)
	must(t, "backup", "--out", old, "--file", file)
	for _, step := range []disk.Step{disk.StepCreate, disk.StepWrite, disk.StepRename} {
		disk.Before = func(at disk.Step, _ string) error {
			if at == step {
				return errors.New("x: no space left on device")
			}
			return nil
		}
		for _, args := range [][]string{{"backup", "--out", old}, {"restore", "--from", old}, {"export", "--out", filepath.Join(dir, "a.xlsx")}, {"report", "giao-ban", "--period", "2022", "--out", filepath.Join(dir, "a.pdf")},
			{"import", fixture("A_server.xlsx"), "--file", filepath.Join(dir, "moi.db")}} {
			if args[0] != "import" {
				args = append(args, "--file", file)
			} else if step == disk.StepWrite {
				continue // a new file is made durable by bbolt
			} else if step == disk.StepRename {
				continue // and gets its name by a link
			}
			if errs := fails(t, command.ExitFailed, args...); !strings.Contains(errs, "đầy") || strings.Contains(errs, "hỏng") {
				t.Errorf("%v at %s: %s", args, step, errs)
			}
		}
	}
	disk.Before = nil
	must(t, "check", "--file", file)
	must(t, "check", "--file", old)
	// A restore tries to back up first what it replaces.
	if list, _ := os.ReadDir(filepath.Join(dir, "sao-luu")); len(list) != 0 {
		t.Errorf("in the folder of the backups: %v", list)
	}
	if list, _ := os.ReadDir(dir); len(list) != 3 {
		t.Errorf("left behind: %v", list)
	}
}
