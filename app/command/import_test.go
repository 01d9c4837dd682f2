package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/app/command"
)

type imported struct {
	Source    string `json:"source"`
	Rows      int    `json:"rows"`
	New       int    `json:"new"`
	Changed   int    `json:"changed"`
	Same      int    `json:"same"`
	Duplicate int    `json:"duplicate"`
	Rejected  int    `json:"rejected"`
	Reasons   []struct {
		Row    int    `json:"row"`
		Column string `json:"column"`
		Value  string `json:"value"`
		Reason string `json:"reason"`
	} `json:"reasons"`
	Notes []struct {
		Code string `json:"code"`
		Text string `json:"text"`
	} `json:"notes"`
	Mapping []struct {
		Sheet  string `json:"sheet"`
		Column string `json:"column"`
		Field  string `json:"field"`
	} `json:"mapping"`
}

func importOf(t *testing.T, args ...string) []imported {
	t.Helper()
	return parse[[]imported](t, must(t, append([]string{"import", "--json"}, args...)...))
}

// TestImportOfFixtures compares what is printed with expected.json. That every
// fixture is read right is tested where it is read.
func TestImportOfFixtures(t *testing.T) {
	var all struct {
		Files []struct {
			File, Kind           string
			Rows, New, Duplicate int
			Rejected             []struct {
				Row           int
				Column, Value string
			}
			Open []struct{ Row int }
		}
	}
	if err := json.Unmarshal(bytesOf(t, fixture("expected.json")), &all); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, want := range all.Files {
		switch want.File {
		case "A_bands.xlsx", "A_word.doc", "E_update.xlsx", "I_opencps.xlsx", "J_dvcqg.xlsx", "M06_register.xls", "box_vni.csv", "date_us.csv", "trap_rows.xls",
			"K_process.xlsx", "bad_truncated.xlsx", "bad_encrypted.xlsx", "bad_biff.xls", "bad_empty.csv", "bad_no_header.xlsx", "bad_cut_xml.xlsx":
		default:
			continue
		}
		ran++
		file := filepath.Join(t.TempDir(), "so.db")
		if want.Kind == "refuse" {
			fails(t, command.ExitFailed, "import", fixture(want.File), "--json", "--file", file)
			continue
		}
		r := importOf(t, fixture(want.File), "--file", file)
		if len(r) != 1 {
			t.Fatalf("%s: %d results", want.File, len(r))
		}
		g := r[0]
		if g.Source != want.File || g.Rows != want.Rows || g.New != want.New || g.Duplicate != want.Duplicate || g.Changed+g.Same != 0 || g.Rejected != len(want.Rejected) || len(g.Reasons) != g.Rejected || g.Reasons == nil {
			t.Errorf("%s: %+v", want.File, g)
		}
		for i, w := range want.Rejected {
			if i < len(g.Reasons) && (g.Reasons[i].Row != w.Row || g.Reasons[i].Column != w.Column || g.Reasons[i].Value != w.Value || !strings.HasSuffix(g.Reasons[i].Reason, ".")) {
				t.Errorf("%s: rejected %+v, want %+v", want.File, g.Reasons[i], w)
			}
		}
		if got := len(dossiersOf(t, file)); got != want.New {
			t.Errorf("%s: %d dossiers, want %d", want.File, got, want.New)
		}
	}
	if ran != 16 {
		t.Errorf("only %d fixtures", ran)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", fixture("E_full.xlsx"), "--file", file)
	before := bytesOf(t, file)
	dry := importOf(t, fixture("E_update.xlsx"), "--dry-run", "--file", file)
	if !bytes.Equal(bytesOf(t, file), before) {
		t.Error("the dry run changed the data file")
	}
	said := must(t, "import", fixture("E_update.xlsx"), "--dry-run", "--file", file)
	if !strings.HasPrefix(said, "Thử nhập E_update.xlsx") {
		t.Errorf("says %q", said)
	}
	done := importOf(t, fixture("E_update.xlsx"), "--file", file)
	if d := done[0]; d.New != 12 || d.Changed != 20 || d.Same != 19 || d.Rejected != 0 || dry[0].New != d.New || dry[0].Changed != d.Changed || dry[0].Same != d.Same {
		t.Errorf("dry run %+v, import %+v", dry[0], d)
	}
	if again := importOf(t, fixture("E_update.xlsx"), "--file", file)[0]; again.Same != 51 || again.New+again.Changed != 0 {
		t.Errorf("again: %+v", again)
	}
}

// TestOneOfSeveralIsRefused imports what can be imported, and fails.
func TestOneOfSeveralIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	code, out, errs := call("import", fixture("A_server.xlsx"), fixture("bad_pdf.xlsx"), filepath.Join(t.TempDir(), "khong-co.xlsx"), fixture("M06_register.xlsx"), "--json", "--file", file)
	r := parse[[]imported](t, out)
	if code != command.ExitFailed || len(r) != 2 || r[0].Source != "A_server.xlsx" || r[1].Source != "M06_register.xlsx" || r[0].New != 60 || r[1].New == 0 {
		t.Errorf("exit %d, %+v", code, r)
	}
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "PDF") || !strings.Contains(lines[1], "khong-co.xlsx") {
		t.Errorf("standard error: %q", errs)
	}
	if got := len(dossiersOf(t, file)); got != r[0].New+r[1].New {
		t.Errorf("%d dossiers", got)
	}
}

func TestRejects(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "khong-nhan.xlsx")
	file := filepath.Join(t.TempDir(), "so.db")
	r := importOf(t, fixture("A_server.xlsx"), "--rejects", out, "--file", file)
	if _, err := os.Stat(out); err == nil || r[0].Rejected != 0 {
		t.Error("a workbook of rejected rows without any")
	}
	// Of two files with rejected rows, each has its workbook.
	r = importOf(t, fixture("trap_rows.xlsx"), fixture("trap_rows.xls"), "--rejects", out, "--file", file)
	var names []string
	list, _ := os.ReadDir(dir)
	for _, e := range list {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"khong-nhan-2.xlsx", "khong-nhan.xlsx"}) {
		t.Fatalf("the folder holds %v", names)
	}
	for i, name := range []string{"khong-nhan.xlsx", "khong-nhan-2.xlsx"} {
		again := importOf(t, filepath.Join(dir, name), "--dry-run", "--file", filepath.Join(t.TempDir(), "moi.db"))
		if r[i].Rejected == 0 || again[0].Rows != r[i].Rejected {
			t.Errorf("%s holds %d rows of %d", name, again[0].Rows, r[i].Rejected)
		}
	}
}

func TestSheetAndOrderOfDates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	if r := importOf(t, fixture("box_second_sheet.xlsx"), "--sheet", "2", "--file", file); r[0].New != 60 {
		t.Errorf("sheet 2: %+v", r)
	}
	for _, sheet := range []string{"1", "9"} {
		fails(t, command.ExitFailed, "import", fixture("box_second_sheet.xlsx"), "--sheet", sheet, "--file", file)
	}
	either := write(t, "hai-cach.csv", "Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận", "HS-1;Thử;Trần Mẫu;03/04/2023")
	for flag, want := range map[string]string{"--day-first": "2023-04-03", "--month-first": "2023-03-04"} {
		file := filepath.Join(t.TempDir(), "so.db")
		importOf(t, either, flag, "--file", file)
		if got := dossiersOf(t, file); len(got) != 1 || *got[0].Received != want {
			t.Errorf("%s: received %v, want %s", flag, *got[0].Received, want)
		}
	}
}

func TestTableOfCounts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	r := importOf(t, fixture("C_II06a.xlsx"), "--file", file)
	if len(r) != 1 || r[0].New+r[0].Rejected != 0 || len(dossiersOf(t, file)) != 0 {
		t.Errorf("%+v", r)
	}
	if said := must(t, "import", fixture("C_II06a.xlsx"), "--file", file); !strings.Contains(said, "bảng số liệu tổng hợp") {
		t.Errorf("says %q", said)
	}
}
