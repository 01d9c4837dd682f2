package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// issuesOf are the lines of the register of exports and prints.
func issuesOf(t *testing.T, file string) (list []desk.Issue) {
	t.Helper()
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	stored, err := d.Issues()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range stored {
		list = append(list, x.Value)
	}
	return list
}

// TestEveryWayOutIsInItsRegister: each command that writes a file leaves one line, with
// the file and how many rows tell of persons; what fails, what is only shown and the backup of a schedule leave none.
func TestEveryWayOutIsInItsRegister(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	file := filepath.Join(dir, "so.db")
	must(t, "import", fixture("E_full.xlsx"), "--file", file)
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	all := d.Len()
	task := data.Dossier{Code: "CHU", Owner: data.Person{Name: "Lê Thị Thử", Identity: "012345678901"}, Received: data.Moment{Day: data.DayOf(now())}}
	if err := d.Change(t.Context(), desk.Work{Title: "CHU"}, func(tx desk.Tx) error { return tx.PutDossier(&task) }); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Code: "000.00.01.H00"}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	all++
	out := func(name string) string { return filepath.Join(dir, name) }
	must(t, "backup", "--out", out("m.gbsao"), "--file", file)
	for _, x := range []struct {
		args   []string
		what   string
		file   string
		rows   int // -1 for any but none
		masked bool
	}{
		{args: []string{"export", "--out", out("a.xlsx")}, what: "Danh sách hồ sơ", file: "a.xlsx", rows: all},
		{args: []string{"export", "--out", out("a.csv"), "--limit", "2"}, what: "Danh sách hồ sơ", file: "a.csv", rows: 2},
		{args: []string{"report", "so-theo-doi", "--period", "2026", "--out", out("b.pdf")}, what: "Sổ theo dõi hồ sơ, Năm 2026", file: "b.pdf", rows: -1},
		{args: []string{"report", "danh-sach", "--period", "2026", "--out", out("c.pdf")}, what: "Danh sách hồ sơ, Năm 2026", file: "c.pdf", rows: -1, masked: true},
		{args: []string{"report", "danh-sach", "--period", "2026", "--names", "--out", out("d.pdf")}, what: "Danh sách hồ sơ, Năm 2026", file: "d.pdf", rows: -1},
		{args: []string{"report", "ii06a-linh-vuc", "--period", "2026", "--out", out("e.pdf")}, what: "Biểu II.06a theo lĩnh vực, Năm 2026", file: "e.pdf"},
		{args: []string{"report", "ii06a-linh-vuc", "--period", "2026", "--out", out("e.xlsx")}, what: "Biểu II.06a theo lĩnh vực, Năm 2026", file: "e.xlsx"},
		{args: []string{"report", "x1-tien-do", "--period", "2026", "--out", out("f.xlsx")}, what: "X1 Tiến độ giải quyết, Năm 2026", file: "f.xlsx"},
		{args: []string{"pack", "--period", "2026", "--out", out("g.pdf")}, what: "Gói tài liệu họp, Năm 2026", file: "g.pdf", rows: -1, masked: true},
		{args: []string{"person", "--identity", "012345678901", "--out", out("h.json")}, what: "Dữ liệu về một người", file: "h.json", rows: -1},
		{args: []string{"journal", "print", "--out", out("i.pdf")}, what: "Trích nhật ký", file: "i.pdf"},
		{args: []string{"drill", "--from", out("m.gbsao"), "--out", out("k.pdf")}, what: "Biên bản diễn tập khôi phục", file: "k.pdf"},
		{args: []string{"card", "show", "--out", out("l.gbthe")}, what: "Thẻ của cơ quan", file: "l.gbthe"},
	} {
		before := len(issuesOf(t, file))
		if code, said, errs := call(append(x.args, "--file", file)...); code != 0 {
			t.Errorf("%v: %d %s%s", x.args, code, said, errs)
			continue
		}
		list := issuesOf(t, file)
		if len(list) != before+1 {
			t.Errorf("%v: %d lines more", x.args, len(list)-before)
			continue
		}
		got := list[before]
		if got.What != x.what || got.File != x.file || got.Masked != x.masked || got.At != now().Unix() || got.Rows != x.rows && (x.rows >= 0 || got.Rows == 0) {
			t.Errorf("%v: %+v", x.args, got)
		}
	}
	before := len(issuesOf(t, file))
	fails(t, command.ExitFailed, "export", "--file", file, "--out", out("không có/a.xlsx"))
	must(t, "figures", "--period", "2026", "--json", "--file", file)
	must(t, "dossiers", "--json", "--file", file)
	if n := len(issuesOf(t, file)); n != before {
		t.Errorf("%d lines of what did not leave", n-before)
	}
	if said := must(t, "journal", "verify", "--file", file); !strings.Contains(said, "nối liền") {
		t.Error(said)
	}
}

// TestIssuesBesideTheWindow: what a command takes of the copy that the window hands over
// stands in the register of the window, and leaves no file where that cannot be.
func TestIssuesBesideTheWindow(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	file := filepath.Join(dir, "so.db")
	must(t, "import", fixture("E_full.xlsx"), "--file", file)
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AnswerCommands(""); err != nil {
		t.Fatal(err)
	}
	must(t, "export", "--out", filepath.Join(dir, "a.xlsx"), "--file", file)
	if list, err := d.Issues(); err != nil || len(list) != 1 || list[0].Value.File != "a.xlsx" || list[0].Value.Rows != d.Len() {
		t.Errorf("%+v, %v", list, err)
	}
	copied, err := desk.Open(file, desk.Options{Now: now, Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	late := filepath.Join(dir, "b.xlsx")
	if _, err := papers.ExportList(t.Context(), copied, desk.Query{}, data.DayOf(now()), late, nil); data.CodeOf(err) != data.Locked {
		t.Errorf("nobody keeps it: %v", err)
	}
	if _, err := os.Stat(late); err == nil {
		t.Error("what the register does not know is written")
	}
}
