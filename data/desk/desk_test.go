package desk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
)

const fixtures = "../exchange/testdata/import"

// now is the clock of the tests: later than every date of the fixtures.
func now() time.Time {
	return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.FixedZone("", 7*3600))
}

func fixture(name string) string { return filepath.Join(fixtures, name) }

// open opens a data file, making it when there is none, and closes it at the
// end of the test.
func open(t testing.TB, path string) *desk.Desk {
	t.Helper()
	d, err := openIn(t, path, desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

func fresh(t testing.TB) *desk.Desk { return open(t, filepath.Join(t.TempDir(), "so.db")) }

// run imports a file, or tries to.
func run(t *testing.T, d *desk.Desk, path string, dry bool) (desk.ImportResult, error) {
	t.Helper()
	im, err := d.OpenImport(t.Context(), path, desk.ImportOptions{})
	if err != nil {
		return desk.ImportResult{}, err
	}
	defer im.Close()
	if dry {
		return im.DryRun(t.Context(), desk.Run{KeepLines: true})
	}
	return im.Apply(t.Context(), desk.Run{KeepLines: true})
}

func load(t *testing.T, d *desk.Desk, path string) desk.ImportResult {
	t.Helper()
	r, err := run(t, d, path, false)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return r
}

func hash(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// dump is everything that a desk tells of its data.
type dump struct {
	Dossiers   []data.Dossier
	Units      []data.Unit
	Fields     []data.Field
	Procedures []data.Procedure
	Imports    []desk.Imported
	Len        int
	ByUnit     data.Table
	Office     data.Office
}

var long = func() data.Period {
	p, err := data.FreePeriod(data.Date(2015, 1, 1), data.Date(2026, 6, 1))
	if err != nil {
		panic(err)
	}
	return p
}()

func dumpOf(t *testing.T, d *desk.Desk) dump {
	t.Helper()
	c := d.Catalogue()
	out := dump{Units: c.Units, Fields: c.Fields, Procedures: c.Procedures, Len: d.Len(), Office: d.Office(),
		Dossiers: dossiers(t, d), ByUnit: d.Figures(long, data.NoDay, data.ByUnit, desk.Filter{})}
	var err error
	if out.Imports, err = d.Imports(); err != nil {
		t.Fatal(err)
	}
	return out
}

// dossiers returns every dossier that the register lists, by id.
func dossiers(t *testing.T, d *desk.Desk) []data.Dossier {
	t.Helper()
	ids := slices.Clone(d.List(desk.Query{}).IDs)
	slices.Sort(ids)
	out := []data.Dossier{}
	if err := d.Dossiers(ids, func(one *data.Dossier) error { out = append(out, *one); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(out) != len(ids) {
		t.Fatalf("the register lists %d dossiers, the file holds %d of them", len(ids), len(out))
	}
	return out
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) { // cmp takes a hundred times as long
		diff := cmp.Diff(want, got)
		t.Errorf("%s (-want +got):\n%s", what, diff[:min(len(diff), 3000)])
	}
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

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "nha", "so.db")
	if _, err := desk.Open(missing, desk.Options{}); data.CodeOf(err) != data.NotFound {
		t.Errorf("a missing file: %v", err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Errorf("opening a missing file left %v", list)
	}

	letter := filepath.Join(dir, "thu.db")
	if err := os.WriteFile(letter, []byte(strings.Repeat("đây là một lá thư. ", 3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	before := hash(t, letter)
	for _, create := range []bool{false, true} {
		if _, err := desk.Open(letter, desk.Options{Create: create}); data.CodeOf(err) != data.Damaged {
			t.Errorf("a file of another kind: %v", err)
		}
	}
	if hash(t, letter) != before {
		t.Error("a file of another kind was changed")
	}
}

func TestTwoDesksOnOneFile(t *testing.T) {
	d := fresh(t)
	if _, err := desk.Open(d.Path(), desk.Options{Now: now}); data.CodeOf(err) != data.Locked {
		t.Fatalf("second desk: %v", err)
	}
	if r := load(t, d, fixture("A_server.xlsx")); r.New != 60 {
		t.Errorf("the first desk no longer works: %+v", r)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	second := open(t, d.Path())
	if second.Len() != 60 {
		t.Errorf("after the first desk closed: %d dossiers", second.Len())
	}
}

func TestNewFileHoldsTheShippedCatalogue(t *testing.T) {
	d := fresh(t)
	if c := d.Catalogue(); len(c.Procedures) == 0 || len(c.Fields) == 0 || len(c.Units) != 0 {
		t.Errorf("%d procedures, %d fields, %d units", len(c.Procedures), len(c.Fields), len(c.Units))
	}
	if undo, redo := d.Undoable(); undo != "" || redo != "" {
		t.Errorf("a new file can take back %q, %q", undo, redo)
	}
	if _, err := d.Undo(t.Context()); data.CodeOf(err) != data.NotFound {
		t.Errorf("undo with nothing done: %v", err)
	}
	if c, err := d.Check(t.Context()); err != nil || len(c.Faults) != 0 || c.Dossiers != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	before := dumpOf(t, d)
	d.Close()
	same(t, "opened again", dumpOf(t, open(t, d.Path())), before)
}

func TestOfficeIsKeptAndUndone(t *testing.T) {
	d := fresh(t)
	told := 0
	stop := d.Watch(func(desk.Changes) { told++ })
	want := data.Office{Name: "ỦY BAN NHÂN DÂN THỊ XÃ THỬ NGHIỆM", Place: "Thử Nghiệm", Symbol: "BC-UBND", Signer: "Người Ký"}
	if err := d.SetOffice(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if d.Office() != want || told != 1 {
		t.Errorf("office %+v, told %d times", d.Office(), told)
	}
	title, err := d.Undo(t.Context())
	if err != nil || title == "" || d.Office() != (data.Office{}) {
		t.Errorf("undo %q, %v: %+v", title, err, d.Office())
	}
	stop()
	if _, err := d.Redo(t.Context()); err != nil || told != 2 {
		t.Errorf("redo %v; told %d times after the watch ended", err, told)
	}
	d.Close()
	if got := open(t, d.Path()).Office(); got != want {
		t.Errorf("opened again: %+v", got)
	}
}

func TestBackupAndRestore(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("E_full.xlsx"))
	before := dumpOf(t, d)
	dir := t.TempDir()
	backup := filepath.Join(dir, "sao-luu.db")
	if err := d.Backup(t.Context(), backup, nil); err != nil {
		t.Fatal(err)
	}
	load(t, d, fixture("E_update.xlsx"))
	after := dumpOf(t, d)
	if reflect.DeepEqual(before, after) {
		t.Fatal("the second import changed nothing: the test proves nothing")
	}
	d.Close()

	put, err := desk.Restore(t.Context(), backup, d.Path(), desk.RestoreOptions{})
	if err != nil {
		t.Fatal(err)
	}
	restored := open(t, d.Path())
	same(t, "restored", dumpOf(t, restored), before)
	same(t, "the file that was in use is kept", dumpOf(t, open(t, put.Kept)), after)
	restored.Close()

	bad := filepath.Join(dir, "hong.db")
	if err := os.WriteFile(bad, bytes.Repeat([]byte("đây là một lá thư. "), 3000), 0o600); err != nil {
		t.Fatal(err)
	}
	was := hash(t, d.Path())
	for _, from := range []string{bad, filepath.Join(dir, "khong-co.db")} {
		if _, err := desk.Restore(t.Context(), from, d.Path(), desk.RestoreOptions{}); err == nil {
			t.Errorf("restored from %s", filepath.Base(from))
		}
		if hash(t, d.Path()) != was {
			t.Errorf("a failed restore from %s changed the data file", filepath.Base(from))
		}
	}
}

func TestDemoNeverReplacesARealOffice(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("A_server.xlsx"))
	d.Close()
	letter := filepath.Join(t.TempDir(), "thu.txt")
	if err := os.WriteFile(letter, []byte("một lá thư"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]data.ErrorCode{d.Path(): data.Conflict, letter: data.Damaged} {
		before := hash(t, path)
		if err := demo.BuildRegister(t.Context(), path, data.NoDay, now, nil); data.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", filepath.Base(path), err, code)
		}
		if hash(t, path) != before {
			t.Errorf("%s was changed", filepath.Base(path))
		}
		if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 1 {
			t.Errorf("left behind: %v", list)
		}
	}
}

func TestCancelledDemoLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "minh-hoa.db")
	old := open(t, path)
	if err := old.SetOffice(t.Context(), data.Office{Name: "Cơ quan cũ", Demo: true}); err != nil {
		t.Fatal(err)
	}
	old.Close()
	before := hash(t, path)

	ctx, cancel := context.WithCancel(t.Context())
	err := demo.BuildRegister(ctx, path, data.NoDay, now, func(int64, int64) { cancel() })
	if data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	list, _ := os.ReadDir(dir)
	if len(list) != 1 || list[0].Name() != "minh-hoa.db" || hash(t, path) != before {
		t.Errorf("the folder holds %v; the old file is the same: %v", list, hash(t, path) == before)
	}
}

// expectation is what expected.json says of a fixture.
type expectation struct {
	File, Kind, Reason   string
	Rows, New, Duplicate int
	Rejected, Open       []json.RawMessage
	After                *struct{ File string }
}

func expected(t *testing.T) map[string]expectation {
	t.Helper()
	b, err := os.ReadFile(fixture("expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Files []expectation }
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	m := map[string]expectation{}
	for _, e := range all.Files {
		m[e.File] = e
	}
	return m
}
