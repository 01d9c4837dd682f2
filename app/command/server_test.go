package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data/ledger/postgres/pgtest"
)

// A register goes to a server, is worked on by the same commands from two places, and
// comes back.
func TestServerServesTheSameCommands(t *testing.T) {
	c := pgtest.Start(t)
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "mot"))
	list := filepath.Join(dir, "so.csv")
	text := "STT,Mã hồ sơ,Tên thủ tục,Tên tổ chức cá nhân,Ngày nhận,Hạn trả,Trạng thái\n1,H1-1,Đăng ký khai sinh,Nguyễn Thị Hoa,04/05/2026,07/05/2026,Đang giải quyết\n"
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "so.db")
	must := func(args ...string) string {
		t.Helper()
		code, out, errs := call(args...)
		if code != 0 {
			t.Fatalf("%v: %d %s%s", args, code, out, errs)
		}
		return out
	}
	must("import", list, "--file", file, "--json")
	want := must("figures", "--period", "2026", "--file", file, "--json")
	address := c.URL("postgres")
	if code, _, errs := call("server", "move-in", "--file", file, "--to", address); code != 1 || !strings.Contains(errs, "server init") {
		t.Errorf("before init: %d %s", code, errs)
	}
	must("server", "init", "--file", address, "--desk", "quay_2", "--json")
	var moved struct {
		Address, Code string
		Dossiers      int
	}
	if err := json.Unmarshal([]byte(must("server", "move-in", "--file", file, "--to", address, "--json")), &moved); err != nil || moved.Dossiers != 1 || moved.Code == "" {
		t.Fatalf("%+v, %v", moved, err)
	}
	if got := must("figures", "--period", "2026", "--file", address, "--json"); got != want {
		t.Errorf("figures on the server\n%s\nwant\n%s", got, want)
	}

	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "hai"))
	second := c.URL("quay_2")
	if code, _, errs := call("figures", "--period", "2026", "--file", second); code != 1 || !strings.Contains(errs, "mã kết nối") {
		t.Errorf("without the code: %d %s", code, errs)
	}
	secret := filepath.Join(dir, "ma.txt")
	if err := os.WriteFile(secret, []byte(moved.Code+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must("server", "join", "--file", second, "--code-file", secret)
	more := strings.ReplaceAll(text, "H1-1", "H1-2")
	if err := os.WriteFile(list, []byte(more), 0o600); err != nil {
		t.Fatal(err)
	}
	must("import", list, "--file", second, "--json")
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "mot"))
	if got := must("dossiers", "--file", address, "--json"); !strings.Contains(got, "H1-1") || !strings.Contains(got, "H1-2") {
		t.Errorf("both desks' dossiers: %s", got)
	}
	if got := must("server", "status", "--file", address, "--json"); !strings.Contains(got, `"events"`) {
		t.Errorf("status: %s", got)
	}
	if got := must("server", "try", "--file", address); strings.Contains(got, "✗") || !strings.Contains(got, "PostgreSQL") {
		t.Errorf("try: %s", got)
	}
	back := filepath.Join(dir, "ve.db")
	must("server", "move-out", "--file", address, "--out", back)
	if got := must("dossiers", "--file", back, "--json"); !strings.Contains(got, "H1-2") {
		t.Errorf("taken back: %s", got)
	}
	must("check", "--file", back)
	if code, _, errs := call("import", list, "--file", second); code != 1 || !strings.Contains(errs, "lấy về") {
		t.Errorf("after it was taken off: %d %s", code, errs)
	}
}
