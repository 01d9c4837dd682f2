package desk_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// TestImportOfFixtures takes each file through dry run, import, second import,
// undo and redo.
func TestImportOfFixtures(t *testing.T) {
	all := expected(t)
	for _, name := range []string{"A_screen.xls", "A_bands.xlsx", "A_word.doc", "E_full.xlsx", "I_opencps.xlsx", "J_dvcqg.csv",
		"M06_register.xlsx", "box_tcvn3.csv", "box_header_only.xlsx", "date_swapped.xlsx", "trap_rows.xlsx", "trap_text.csv"} {
		t.Run(name, func(t *testing.T) {
			want, ok := all[name]
			if !ok {
				t.Fatal("expected.json does not know it")
			}
			d := fresh(t)
			empty, bytes := dumpOf(t, d), hash(t, d.Path())
			version := d.Version()

			dry, err := run(t, d, fixture(name), true)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "after the dry run", dumpOf(t, d), empty)
			if hash(t, d.Path()) != bytes {
				t.Error("the dry run wrote to the file")
			}
			if d.Version() != version {
				t.Error("the dry run touched the register")
			}

			got := load(t, d, fixture(name))
			same(t, "the import does what the dry run said", got, dry)
			checkCounts(t, got, want)
			full := dumpOf(t, d)
			if full.Len != got.New || len(full.Dossiers) != got.New {
				t.Errorf("%d dossiers for %d new rows", full.Len, got.New)
			}
			checkSound(t, d)

			again := load(t, d, fixture(name))
			if again.New != 0 || again.Changed != 0 || again.Same != got.New || again.Duplicate != got.Duplicate || again.Rejected != got.Rejected || again.Added != 0 {
				t.Errorf("second import: %+v", summary(again))
			}
			same(t, "after the second import", dumpOf(t, d), full)
			undoAndRedo(t, d, empty, full)
		})
	}
}

func summary(r desk.ImportResult) desk.ImportResult {
	r.Lines = nil
	return r
}

// checkCounts allows the rows that expected.json leaves open to go in or not.
func checkCounts(t *testing.T, got desk.ImportResult, want expectation) {
	t.Helper()
	openRows := got.New - want.New
	if got.Source != want.File || got.Rows != want.Rows || got.Duplicate != want.Duplicate || got.Changed+got.Same != 0 ||
		openRows < 0 || openRows > len(want.Open) || got.Rejected != len(want.Rejected)+len(want.Open)-openRows {
		t.Errorf("%+v; want %d rows, %d new, %d duplicate, %d rejected, %d open", summary(got), want.Rows, want.New, want.Duplicate, len(want.Rejected), len(want.Open))
	}
	fates := map[desk.Fate]int{}
	for _, l := range got.Lines {
		fates[l.Fate]++
		if (l.Fate == desk.Rejected || l.Fate == desk.Duplicate) && (l.Row == 0 || l.Reason == "") {
			t.Errorf("a row without a place or a reason: %+v", l)
		}
	}
	if fates[desk.New] != got.New || fates[desk.Rejected] != got.Rejected || fates[desk.Duplicate] != got.Duplicate || len(got.Lines) != got.Rows {
		t.Errorf("the lines %v do not add up to %+v", fates, summary(got))
	}
}

func checkSound(t *testing.T, d *desk.Desk) {
	t.Helper()
	c, err := d.Check(t.Context())
	if err != nil || len(c.Faults) > 0 || c.Dossiers != d.Len() {
		t.Errorf("check: %+v, %v; the register has %d", c, err, d.Len())
	}
}

// undoAndRedo takes a whole import back and does it again; in memory and in the
// file.
func undoAndRedo(t *testing.T, d *desk.Desk, empty, full dump) {
	t.Helper()
	undo, _ := d.Undoable()
	if full.Len == 0 {
		if undo != "" {
			t.Errorf("an import of nothing can be taken back: %q", undo)
		}
		return
	}
	title, err := d.Undo(t.Context())
	if err != nil || title != undo || !strings.HasPrefix(title, "Nhập ") {
		t.Fatalf("undo: %q (offered %q), %v", title, undo, err)
	}
	same(t, "undone", dumpOf(t, d), empty)
	checkSound(t, d)
	if title, err = d.Redo(t.Context()); err != nil || title != undo {
		t.Fatalf("redo: %q, %v", title, err)
	}
	same(t, "redone", dumpOf(t, d), full)
	checkSound(t, d)
	d.Close()
	same(t, "opened again", dumpOf(t, open(t, d.Path())), full)
}

func TestImportAfterAnother(t *testing.T) {
	for _, c := range []struct {
		file                         string
		new, changed, same, rejected int
		matched                      int
	}{
		{file: "E_update.xlsx", new: 12, changed: 20, same: 19},
		{file: "K_handover.xlsx", matched: 25},
		{file: "G_overdue.xlsx", matched: 3},
	} {
		t.Run(c.file, func(t *testing.T) {
			d := fresh(t)
			first := load(t, d, fixture("E_full.xlsx"))
			before := dumpOf(t, d)
			dry, err := run(t, d, fixture(c.file), true)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "after the dry run", dumpOf(t, d), before)
			got := load(t, d, fixture(c.file))
			same(t, "the import does what the dry run said", got, dry)
			if c.matched > 0 {
				if got.New != 0 || got.Rejected != 0 || got.Changed+got.Same != c.matched {
					t.Errorf("%+v, want %d matched", summary(got), c.matched)
				}
			} else if got.New != c.new || got.Changed != c.changed || got.Same != c.same || got.Rejected != c.rejected {
				t.Errorf("%+v, want %+v", summary(got), c)
			}
			if d.Len() != first.New+got.New {
				t.Errorf("%d dossiers after %d and %d new", d.Len(), first.New, got.New)
			}
			for _, l := range got.Lines {
				if (l.Fate == desk.Changed) != (len(l.Changes) > 0) {
					t.Errorf("row %d: %v with %d changes", l.Row, l.Fate, len(l.Changes))
				}
			}
			checkSound(t, d)
			again := load(t, d, fixture(c.file))
			if again.New+again.Changed+again.Rejected != 0 || again.Same != got.New+got.Changed+got.Same {
				t.Errorf("second import: %+v", summary(again))
			}
			after := dumpOf(t, d)
			if got.New+got.Changed > 0 {
				if _, err := d.Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				same(t, "undone", dumpOf(t, d), before)
				if _, err := d.Redo(t.Context()); err != nil {
					t.Fatal(err)
				}
				same(t, "redone", dumpOf(t, d), after)
				for range 2 {
					if _, err := d.Undo(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if d.Len() != 0 || len(d.Catalogue().Units) != 0 {
					t.Errorf("both imports undone: %d dossiers, %d units", d.Len(), len(d.Catalogue().Units))
				}
				for range 2 {
					if _, err := d.Redo(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				same(t, "both redone", dumpOf(t, d), after)
			}
		})
	}
}

func TestTableOfCountsGivesNoDossier(t *testing.T) {
	d := fresh(t)
	before, bytes := dumpOf(t, d), hash(t, d.Path())
	for _, name := range []string{"B_20columns.xlsx", "C_II06a.xls", "D_07a.xlsx", "F_summary.xlsx", "H_hanoi.xlsx"} {
		r := load(t, d, fixture(name))
		if r.Kind != exchange.Aggregated || r.New+r.Changed+r.Rejected != 0 {
			t.Errorf("%s: %+v", name, summary(r))
		}
	}
	same(t, "after tables of counts", dumpOf(t, d), before)
	if hash(t, d.Path()) != bytes {
		t.Error("a table of counts changed the file")
	}
}

func TestRefusedFileLeavesNoTrace(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("A_server.xlsx"))
	before, bytes := dumpOf(t, d), hash(t, d.Path())
	all := expected(t)
	n := 0
	for name, want := range all {
		if want.Kind != "refuse" {
			continue
		}
		n++
		_, err := run(t, d, fixture(name), false)
		var e *data.Error
		if !errors.As(err, &e) || e.Code != data.Refused || e.Field != want.Reason {
			t.Errorf("%s: %v, want refused as %s", name, err, want.Reason)
		}
		if hash(t, d.Path()) != bytes {
			t.Fatalf("%s changed the file", name)
		}
	}
	if n < 20 {
		t.Errorf("only %d refused files", n)
	}
	if _, err := run(t, d, filepath.Join(t.TempDir(), "khong-co.xlsx"), false); data.CodeOf(err) != data.NotFound {
		t.Errorf("a missing file: %v", err)
	}
	same(t, "after refused files", dumpOf(t, d), before)
}

// TestFileThatBreaksHalfWay imports a workbook whose head is sound and whose
// sheet ends in the middle of a row: none of its rows may stay.
func TestFileThatBreaksHalfWay(t *testing.T) {
	d := fresh(t)
	before, bytes := dumpOf(t, d), hash(t, d.Path())
	im, err := d.OpenImport(t.Context(), brokenWorkbook(t, 3000), desk.ImportOptions{})
	if err != nil {
		t.Fatalf("the head of the file is sound: %v", err)
	}
	defer im.Close()
	for _, act := range []func(context.Context, desk.Run) (desk.ImportResult, error){im.DryRun, im.Apply} {
		r, err := act(t.Context(), desk.Run{})
		if data.CodeOf(err) != data.Refused || r.New != 0 {
			t.Errorf("%+v, %v", summary(r), err)
		}
		same(t, "after a broken file", dumpOf(t, d), before)
		if hash(t, d.Path()) != bytes {
			t.Error("a broken file changed the data file")
		}
	}
}

// brokenWorkbook writes n rows and cuts the sheet off.
func brokenWorkbook(t *testing.T, n int) string {
	t.Helper()
	whole := filepath.Join(t.TempDir(), "lanh.xlsx")
	f := excelize.NewFile()
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &[]any{i + 1, fmt.Sprintf("HS-%05d", i), "Đăng ký kết hôn", "Trần Văn Mẫu", "20/03/2023", "27/03/2023"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(whole); err != nil {
		t.Fatal(err)
	}
	from, err := zip.OpenReader(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	path := filepath.Join(t.TempDir(), "dut.xlsx")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	to := zip.NewWriter(out)
	for _, part := range from.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(part.Name, "sheet1.xml") {
			text = text[:len(text)*9/10]
		}
		w, err := to.Create(part.Name)
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// bigFile writes a csv of n dossiers.
func bigFile(t *testing.T, n int) string {
	t.Helper()
	lines := []string{"STT;Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả"}
	for i := range n {
		lines = append(lines, fmt.Sprintf("%d;HS-%06d;Thủ tục lớn %d;Lĩnh vực lớn;UBND xã Số %d;Trần Văn Mẫu %d;%02d/03/2023;27/04/2023", i+1, i, i%7, i%30, i, 13+i%15))
	}
	return write(t, "lon.csv", lines...)
}

func TestCancelledImportLeavesNoTrace(t *testing.T) {
	const rows = 8000
	d := fresh(t)
	load(t, d, fixture("A_server.xlsx"))
	before, bytes := dumpOf(t, d), hash(t, d.Path())
	told := 0
	d.Watch(func(desk.Changes) { told++ })
	im, err := d.OpenImport(t.Context(), bigFile(t, rows), desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	r, err := im.Apply(ctx, desk.Run{Progress: func(done, total int64) {
		if calls++; done > total/2 {
			cancel()
		}
		if done < 0 || done > total {
			t.Errorf("progress %d of %d", done, total)
		}
	}})
	if data.CodeOf(err) != data.Cancelled || r.New != 0 {
		t.Errorf("cancelled: %+v, %v", summary(r), err)
	}
	if calls < 3 {
		t.Errorf("progress was told %d times", calls)
	}
	same(t, "after a cancelled import", dumpOf(t, d), before)
	if hash(t, d.Path()) != bytes || told != 0 {
		t.Errorf("a cancelled import changed the file, or told %d watchers", told)
	}
	// The same import can be done after all.
	if r, err = im.Apply(t.Context(), desk.Run{}); err != nil || r.New != rows || d.Len() != rows+60 || told != 1 {
		t.Errorf("%+v, %v; %d dossiers, told %d times", summary(r), err, d.Len(), told)
	}
	if len(r.Lines) != 0 {
		t.Errorf("%d lines kept that nobody asked for", len(r.Lines))
	}
}

// TestRejectedRowsComeBack writes the rejected rows and imports them as they
// are: unmended, they are rejected again.
func TestRejectedRowsComeBack(t *testing.T) {
	d := fresh(t)
	im, err := d.OpenImport(t.Context(), fixture("trap_rows.xlsx"), desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	r, err := im.Apply(t.Context(), desk.Run{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "khong-nhan.xlsx")
	if err := im.WriteRejected(t.Context(), path, r); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	heads := rows[0]
	if last := heads[len(heads)-1]; last != "Lý do" || len(rows)-1 != r.Rejected {
		t.Fatalf("last column %q, %d rows for %d rejected", last, len(rows)-1, r.Rejected)
	}
	for i, row := range rows[1:] {
		if got := row[len(row)-1]; got != r.Lines[i].Reason {
			t.Errorf("row %d: reason %q, want %q", i, got, r.Lines[i].Reason)
		}
	}
	if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
	// A second line of a code that differed from the first one now stands alone.
	alone := 0
	for _, l := range r.Lines {
		if d.Find(l.Code) != 0 {
			alone++
		}
	}
	if again := load(t, d, path); again.Rows != r.Rejected || again.Rejected != r.Rejected-alone || again.New != 0 {
		t.Errorf("imported as it is, %d known: %+v", alone, summary(again))
	}
}

// TestOfficersAnswers gives the sheet, the meaning of a state and the order of
// dates that the file leaves open.
func TestOfficersAnswers(t *testing.T) {
	d := fresh(t)
	path := write(t, "la.csv",
		"Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái",
		"HS-1;Đăng ký kết hôn;Trần Văn Mẫu;03/04/2023;05/04/2023;Chờ trăng lên",
		"HS-2;Đăng ký kết hôn;Lê Thị Mẫu;04/04/2023;06/04/2023;Chờ trăng lên")
	im, err := d.OpenImport(t.Context(), path, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	states, err := im.Statuses(t.Context())
	if err != nil || states["Chờ trăng lên"] != 2 || len(states) != 1 {
		t.Errorf("unknown states %v, %v", states, err)
	}
	if rows, err := im.Preview(t.Context(), 1); err != nil || len(rows) != 1 {
		t.Errorf("preview %v, %v", rows, err)
	}
	im.Close()
	if r := load(t, d, path); r.New != 0 || r.Rejected != 2 {
		t.Errorf("without an answer: %+v", summary(r))
	}
	im, err = d.OpenImport(t.Context(), path, desk.ImportOptions{Statuses: map[string]data.Status{"Chờ trăng lên": data.AwaitSupply}, Order: exchange.MonthFirst})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != 2 {
		t.Fatalf("with an answer: %+v, %v", summary(r), err)
	}
	one, err := d.Dossier(d.Find("HS-1"))
	if err != nil {
		t.Fatal(err)
	}
	if s := one.On(data.MaxDay); s.Status != data.AwaitSupply || one.Received.Day != data.Date(2023, 3, 4) {
		t.Errorf("state %v, received %v", s.Status, one.Received)
	}
	if _, err := d.OpenImport(t.Context(), fixture("box_second_sheet.xlsx"), desk.ImportOptions{Sheet: 9}); err == nil {
		t.Error("sheet 9 of 3")
	}
}
