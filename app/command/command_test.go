package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/app/command"
	"giaoban/data"
	town "giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
)

const fixtures = "../../data/exchange/testdata/import"

func fixture(name string) string { return filepath.Join(fixtures, name) }

// now is the clock of the tests: later than every date of the fixtures.
func now() time.Time {
	return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.FixedZone("", 7*3600))
}

var scratch string // holds the demonstration office

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "giaoban-command-"); err != nil {
		panic(err)
	}
	code := m.Run()
	pgtest.End()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// demoFile is the demonstration office, built once.
var demoFile = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, command.DemoFile)
	return path, town.BuildRegister(context.Background(), path, data.NoDay, now, nil)
})

func demo(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the demonstration office")
	}
	path, err := demoFile()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// call runs a command as the program does.
func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = command.Run(context.Background(), command.Env{Stdout: &out, Stderr: &errs, Now: now}, args)
	return code, out.String(), errs.String()
}

// must runs a command that has to succeed without a word on standard error.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := call(args...)
	if code != command.ExitDone || errs != "" {
		t.Fatalf("%v: exit %d, %s", args, code, errs)
	}
	return out
}

// fails runs a command that has to fail, with one Vietnamese sentence and no
// output.
func fails(t *testing.T, want int, args ...string) string {
	t.Helper()
	code, out, errs := call(args...)
	if code != want || strings.TrimSpace(errs) == "" {
		t.Errorf("%v: exit %d, want %d; %s", args, code, want, errs)
	}
	if want == command.ExitUsage && out != "" {
		t.Errorf("%v printed %q", args, out)
	}
	if strings.ContainsAny(errs, "!") || strings.Contains(errs, "%!") || strings.Contains(errs, "no such file") {
		t.Errorf("%v says %q", args, errs)
	}
	return errs
}

// parse decodes one JSON document that has exactly the keys of T.
func parse[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	if dec.More() {
		t.Errorf("more than one document: %.300s", text)
	}
	back, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if json.Unmarshal([]byte(text), &a) != nil || json.Unmarshal(back, &b) != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("keys are missing in %.300s", text)
	}
	return v
}

// write makes a csv file of records, the cells parted by semicolons.
func write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// officeFile is a small data file with registers of the fixtures, made once.
var officeFile = sync.OnceValue(func() string {
	file := filepath.Join(scratch, "so.db")
	if code, _, errs := call("import", fixture("E_full.xlsx"), fixture("E_update.xlsx"), fixture("J_dvcqg.csv"), fixture("E_channel.xlsx"), "--file", file); code != 0 {
		panic(errs)
	}
	return file
})

// office returns a copy of it.
func office(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "so.db")
	if err := os.WriteFile(file, bytesOf(t, officeFile()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWrongUsage(t *testing.T) {
	file := office(t)
	before := bytesOf(t, file)
	out := filepath.Join(t.TempDir(), "ra.pdf")
	for _, args := range [][]string{
		{}, {"bay"}, {"--file"}, {"figures", "--bay", "2022"}, {"figures", "--period"}, {"figures", "--json=1", "--period", "2022"},
		{"figures"}, {"figures", "2022"}, {"figures", "--period", "2022-Q5"}, {"figures", "--from", "2022-01-01"}, {"figures", "--from", "01/01/2022", "--to", "31/12/2022"},
		{"figures", "--from", "2022-02-01", "--to", "2022-01-01"}, {"figures", "--period", "2022", "--by", "color"}, {"figures", "--period", "2022", "--as-of", "31.12.2022"},
		{"dossiers", "--column", "late"}, {"dossiers", "--period", "2022", "--column", "lateness"}, {"dossiers", "--rate", "online"},
		{"dossiers", "--period", "2022", "--rate", "onlin"}, {"dossiers", "--channel", "web"}, {"dossiers", "--outcome", "lost"},
		{"dossiers", "--status", "11"}, {"dossiers", "--status", "x"}, {"dossiers", "--limit", "-1"}, {"dossiers", "--sort", "shoe"}, {"dossiers", "period=2022-Q9"},
		{"import"}, {"import", "--sheet", "0", fixture("A_server.xlsx")}, {"import", "--sheet", "x", fixture("A_server.xlsx")}, {"import", "--rejects"},
		{"report"}, {"report", "ii06a-linh-vuc"}, {"report", "ii06a-linh-vuc", "--period", "2022"}, {"report", "ii06a-linh-vuc", "--out", out},
		{"report", "bay", "--period", "2022", "--out", out}, {"report", "giao-ban", "qua-han", "--period", "2022", "--out", out},
		{"backup"}, {"backup", "x.db"}, {"restore"}, {"export"}, {"export", "--out"}, {"check", "file"}, {"demo"},
		{"due"}, {"due", "--received", "2026-02-13", "--term", "3"}, {"due", "--received", "13/02/2026", "--term", "3", "--unit", "ngay"},
		{"due", "--received", "2026-02-13", "--unit", "ngay"}, {"due", "--received", "2026-02-13", "--term", "-1", "--unit", "ngay"},
		{"due", "--received", "2026-02-13", "--term", "3", "--unit", "tuan"}, {"due", "--received", "2026-02-13 25:00", "--term", "3", "--unit", "ngay"},
		{"due", "--received", "2026-02-13", "--term", "3", "--unit", "ngay", "--mode", "stop"},
		{"due", "--received", "2026-02-13", "--term", "3", "--unit", "ngay", "--pause", "2026-02-14"},
		// Output under the name of another kind of file.
		{"export", "--out", "ra.txt"}, {"export", "--out", "ra.pdf"}, {"report", "giao-ban", "--period", "2022", "--out", "ra.docx"},
		{"import", fixture("trap_rows.xlsx"), "--rejects", "ra.csv"},
		// Output over the data file.
		{"backup", "--out", file}, {"export", "--out", file}, {"report", "giao-ban", "--period", "2022", "--out", file}, {"import", fixture("trap_rows.xlsx"), "--rejects", file},
	} {
		if len(args) > 0 && args[0] != "--file" && args[0] != "due" {
			args = append(args, "--file", file)
			if n := len(args); args[n-3] == "--period" || args[n-3] == "--out" || args[n-3] == "--rejects" {
				args = args[:n-2] // the option that lacks its value stands last
			}
		}
		fails(t, command.ExitUsage, args...)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a report was written")
	}
	if !bytes.Equal(bytesOf(t, file), before) {
		t.Error("wrong usage changed the data file")
	}
	var usage strings.Builder
	command.PrintUsage(&usage)
	for _, name := range []string{"demo", "import", "figures", "dossiers", "due", "report", "check", "backup", "restore", "export"} {
		if !strings.Contains(usage.String(), "giaoban "+name+" ") {
			t.Errorf("%s is not known", name)
		}
	}
	fails(t, command.ExitUsage, "bay")
}

func TestMissingDataFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "nha", "so.db")
	out := filepath.Join(dir, "ra")
	for _, args := range [][]string{
		{"figures", "--period", "2022", "--json"}, {"dossiers", "--json"}, {"check", "--json"}, {"backup", "--out", out}, {"export", "--out", out},
		{"report", "giao-ban", "--period", "2022", "--out", out}, {"restore", "--from", filepath.Join(dir, "khong-co.db")},
	} {
		if errs := fails(t, command.ExitFailed, append(args, "--file", file)...); !strings.Contains(errs, "Không thấy") {
			t.Errorf("%v says %q", args, errs)
		}
		if list, _ := os.ReadDir(dir); len(list) != 0 {
			t.Fatalf("%v left %v", args, list)
		}
	}
}

func TestDataFileOfAnotherKind(t *testing.T) {
	file := write(t, "thu.db", strings.Repeat("đây là một lá thư. ", 3000))
	before := bytesOf(t, file)
	for _, args := range [][]string{{"figures", "--period", "2022"}, {"import", fixture("A_server.xlsx")}, {"check"}, {"backup", "--out", filepath.Join(t.TempDir(), "x")}} {
		fails(t, command.ExitFailed, append(args, "--file", file)...)
	}
	fails(t, command.ExitFailed, "demo", "--out", t.TempDir(), "--file", file)
	if !bytes.Equal(bytesOf(t, file), before) {
		t.Error("a file of another kind was changed")
	}
}

func TestLockedDataFile(t *testing.T) {
	file := office(t)
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if errs := fails(t, command.ExitFailed, "figures", "--period", "2022", "--file", file); !strings.Contains(errs, "đang được mở") {
		t.Errorf("says %q", errs)
	}
}

func TestFileMayStandFirst(t *testing.T) {
	file := office(t)
	if a, b := must(t, "--file", file, "dossiers", "--json"), must(t, "dossiers", "--json", "--file="+file); a != b || len(a) < 1000 {
		t.Error("--file before the command gives another list")
	}
	var out, errs bytes.Buffer
	if code := command.Run(context.Background(), command.Env{Stdout: &out, Stderr: &errs, Now: now, File: file}, []string{"check"}); code != 0 {
		t.Errorf("the default file: exit %d, %s", code, errs.String())
	}
}

func TestCheckBackupRestore(t *testing.T) {
	file := office(t)
	c := parse[checkOutput](t, must(t, "check", "--json", "--file", file))
	if c.Dossiers < 150 || c.Units == 0 || c.Fields == 0 || c.Procedures == 0 || c.Entries == 0 || c.Faults == nil || len(c.Faults) != 0 {
		t.Errorf("check: %+v", c)
	}
	list := must(t, "dossiers", "--json", "--file", file)
	copyOf := filepath.Join(t.TempDir(), "sao-luu.db")
	must(t, "backup", "--out", copyOf, "--file", file)
	if must(t, "dossiers", "--json", "--file", copyOf) != list {
		t.Error("the backup holds other dossiers")
	}
	must(t, "import", fixture("M06_register.xlsx"), "--file", file)
	if must(t, "dossiers", "--json", "--file", file) == list {
		t.Fatal("the import changed nothing")
	}
	said := must(t, "restore", "--from", copyOf, "--file", file)
	if must(t, "dossiers", "--json", "--file", file) != list {
		t.Error("the restored file holds other dossiers")
	}
	if !strings.Contains(said, "được giữ tại") {
		t.Errorf("restore does not say where the old file is: %s", said)
	}
	fresh := filepath.Join(t.TempDir(), "moi.db")
	must(t, "restore", "--from", copyOf, "--file", fresh)
	if must(t, "dossiers", "--json", "--file", fresh) != list {
		t.Error("restored to a new place: other dossiers")
	}
	before := bytesOf(t, file)
	fails(t, command.ExitFailed, "restore", "--from", write(t, "hong.db", strings.Repeat("hỏng ", 4000)), "--file", file)
	if !bytes.Equal(bytesOf(t, file), before) {
		t.Error("a failed restore changed the data file")
	}
}

// vector is a due date of register-and-reports 3.3 or 3.5.
type vector struct {
	received, term, unit, due string
	more                      []string
}

func TestDue(t *testing.T) {
	type day struct {
		Date    string `json:"date"`
		Kind    string `json:"kind"`
		Counted bool   `json:"counted"`
		Note    string `json:"note"`
	}
	type answer struct {
		Due  string `json:"due"`
		Days []day  `json:"days"`
	}
	pause := []string{"--pause", "2026-08-06..2026-08-14"}
	for _, v := range []vector{
		{"2023-10-27", "5", "ngay-lam-viec", "2023-11-03", nil},
		{"2021-05-31", "10", "ngay-lam-viec", "2021-06-14", nil},
		{"2024-04-26", "3", "ngay-lam-viec", "2024-05-04", nil},
		{"2025-04-24", "5", "ngay-lam-viec", "2025-05-05", nil},
		{"2025-12-31", "3", "ngay-lam-viec", "2026-01-07", nil},
		{"2026-01-09", "1", "ngay-lam-viec", "2026-01-10", nil},
		{"2026-02-13", "3", "ngay-lam-viec", "2026-02-25", nil},
		{"2026-02-13 16:00", "3", "ngay-lam-viec", "2026-02-25", nil},
		{"2026-02-12", "15", "ngay-lam-viec", "2026-03-12", nil},
		{"2026-04-24", "3", "ngay-lam-viec", "2026-05-04", nil},
		{"2026-08-20", "5", "ngay-lam-viec", "2026-08-26", nil},
		{"2026-08-28", "2", "ngay-lam-viec", "2026-09-04", nil},
		{"2026-12-31", "5", "ngay-lam-viec", "2027-01-08", nil},
		{"2026-02-09", "10", "ngay", "2026-02-23", nil},
		{"2026-04-20", "7", "ngay", "2026-04-28", nil},
		{"2025-04-22", "10", "ngay", "2025-05-05", nil},
		{"2026-08-20 16:00", "4", "gio-lam-viec", "2026-08-21 10:00", nil},
		{"2026-08-21 15:30", "4", "gio-lam-viec", "2026-08-22 09:30", nil},
		{"2026-08-21 11:00", "1", "gio-lam-viec", "2026-08-21 14:00", nil},
		{"2026-12-31 16:00", "2", "gio-lam-viec", "2027-01-04 08:00", nil},
		{"2026-02-13 16:00", "3", "gio-lam-viec", "2026-02-23 09:00", nil},
		{"2026-01-30", "1", "thang", "2026-03-02", nil}, // 28 February is a Saturday
		{"2026-03-10 09:00", "", "trong-ngay", "2026-03-10", nil},
		{"2026-03-10 15:30", "", "trong-ngay", "2026-03-11", nil},
		{"2026-08-03", "10", "ngay-lam-viec", "2026-08-17", nil},
		{"2026-08-03", "10", "ngay-lam-viec", "2026-08-24", pause},
		{"2026-08-03", "10", "ngay-lam-viec", "2026-08-24", append([]string{"--mode", "pause"}, pause...)},
		{"2026-08-03", "10", "ngay-lam-viec", "2026-08-27", append([]string{"--mode", "restart"}, pause...)},
		{"2026-08-03", "10", "ngay-lam-viec", "2026-08-17", append([]string{"--mode", "run-on"}, pause...)},
	} {
		args := []string{"due", "--received", v.received, "--unit", v.unit}
		if v.term != "" {
			args = append(args, "--term", v.term)
		}
		args = append(args, v.more...)
		a := parse[answer](t, must(t, append(args, "--json")...))
		name := strings.Join(args[2:], " ")
		if a.Due != v.due {
			t.Errorf("%s: due %s, want %s", name, a.Due, v.due)
		}
		if len(a.Days) == 0 || a.Days[0].Date != v.received[:10] || a.Days[len(a.Days)-1].Date != v.due[:10] {
			t.Errorf("%s: the days do not run from receipt to due date: %+v", name, a.Days)
			continue
		}
		counted := 0
		for i, d := range a.Days {
			if d.Counted {
				counted++
			}
			if i > 0 && d.Date <= a.Days[i-1].Date || d.Kind == "" || d.Note == "" {
				t.Errorf("%s: day %d is %+v", name, i, d)
			}
		}
		if v.unit == "ngay-lam-viec" && !strings.Contains(name, "restart") && fmt.Sprint(counted) != v.term {
			t.Errorf("%s: %d days are counted", name, counted)
		}
		day := v.due[8:10] + "/" + v.due[5:7] + "/" + v.due[:4]
		if said := must(t, args...); !strings.Contains(said[strings.LastIndex(said, "Hẹn trả:"):], day) {
			t.Errorf("%s says %s", name, said)
		}
	}
}

// Half a day is refused by name; a time of day is written as in every field.
func TestDueReadsNumbersAsEveryField(t *testing.T) {
	for _, term := range []string{"2.5", "2,5", "0", "-1", "1.50", "x"} {
		if code, _, said := call("due", "--received", "2026-02-13", "--term", term, "--unit", "ngay-lam-viec"); code != 2 || said == "" {
			t.Errorf("--term %s: %d, %s", term, code, said)
		}
	}
	if code, _, said := call("due", "--received", "2026-02-13 16h00", "--term", "3", "--unit", "ngay-lam-viec"); code != 0 {
		t.Errorf("16h00: %s", said)
	}
	if code, _, _ := call("due", "--received", "2026-02-13 16:00abc", "--term", "3", "--unit", "ngay-lam-viec"); code != 2 {
		t.Error("16:00abc is a time of day")
	}
}
