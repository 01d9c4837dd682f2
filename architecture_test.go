package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	module = "giaoban"
	// tags compile the program without OpenGL, as make test does.
	tags = "ci,migrated_fynedo"
	// maxLines is where a source file has become more than one thing.
	maxLines = 700
)

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
	Error      *struct{ Err string }
}

// listPackages returns every package of the program and all they depend on.
func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Standard,Imports,Deps,Error", "-tags", tags, "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list output: %v", err)
		}
		if p.Error != nil {
			t.Fatalf("%s: %s", p.ImportPath, p.Error.Err)
		}
		all = append(all, p)
	}
	return all
}

func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// within reports whether path is the package dir of the module or lies below it.
func within(path, dir string) bool {
	dir = module + "/" + dir
	return path == dir || strings.HasPrefix(path, dir+"/")
}

func hasPrefix(paths []string, prefix string) string {
	for _, p := range paths {
		if p == prefix || strings.HasPrefix(p, prefix+"/") {
			return p
		}
	}
	return ""
}

// TestOnlyOneDoorToEachLibrary proves that a library has one place where it is
// imported, so that it can be changed there.
func TestOnlyOneDoorToEachLibrary(t *testing.T) {
	doors := []struct{ library, door string }{
		{"fyne.io/fyne/v2", "app"},
		{"go.etcd.io/bbolt", "data/ledger"},
		{"github.com/jung-kurt/gofpdf", "reports/paper"},
		{"github.com/boombuler/barcode", "reports/paper"},
		{"github.com/klippa-app/go-pdfium", "app"},
		{"github.com/ncruces/zenity", "app"},
		{"github.com/jackc/pgx/v5", "data/ledger/postgres"},
		{"filippo.io/age", "data/vault"},
		{"github.com/richardlehane/mscfb", "data/exchange/sheet"},
		// Workbooks are read and written by our own code, which does not hold a sheet in memory; the library is what we measure against.
		{"github.com/xuri/excelize/v2", "bench"},
	}
	found := 0
	for _, p := range listPackages(t) {
		if !ours(p.ImportPath) {
			continue
		}
		found++
		for _, d := range doors {
			if lib := hasPrefix(p.Imports, d.library); lib != "" && !within(p.ImportPath, d.door) {
				t.Errorf("%s imports %s; only %s may", p.ImportPath, lib, d.door)
			}
		}
	}
	if found < 10 {
		t.Fatalf("go list named only %d packages of the program", found)
	}
}

// TestTheHouseHasFloors proves that what the office knows and what it prints
// stand without the screens, also through other packages.
func TestTheHouseHasFloors(t *testing.T) {
	floors := []struct {
		floor     string
		forbidden []string
	}{
		{"data", []string{module + "/app", module + "/reports", "fyne.io", "github.com/jung-kurt/gofpdf"}},
		{"reports", []string{module + "/app", module + "/data/ledger", "fyne.io", "go.etcd.io/bbolt"}},
		{"assets", []string{module + "/app", module + "/reports", module + "/data/ledger", "fyne.io"}},
		{"app/command", []string{"fyne.io", module + "/app/widget", module + "/app/page"}},
		{"app/widget", []string{module + "/app/page", module + "/app/env", module + "/data/ledger", module + "/data/desk"}},
		{"app/kit", []string{module + "/app/page", module + "/app/shell"}},
	}
	for _, p := range listPackages(t) {
		for _, f := range floors {
			if !within(p.ImportPath, f.floor) {
				continue
			}
			for _, bad := range f.forbidden {
				if dep := hasPrefix(p.Deps, bad); dep != "" {
					t.Errorf("%s depends on %s; %s may not", p.ImportPath, dep, f.floor)
				}
			}
		}
	}
}

// TestModelsDrawNothing proves that what a page shows and does, its files model*.go,
// names no part of the toolkit: it is tested without a window.
func TestModelsDrawNothing(t *testing.T) {
	_, all := readSources(t)
	found := 0
	for _, s := range all {
		if name := filepath.Base(s.path); !strings.HasPrefix(s.path, "app/page/") && !strings.HasPrefix(s.path, "app/kit/") ||
			!strings.HasPrefix(name, "model") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(s.path, "app/kit/list/") {
			continue
		}
		found++
		for _, i := range s.file.Imports {
			for _, bad := range []string{"fyne.io", module + "/app/widget", module + "/app/kit/list", module + "/app/kit/form", module + "/app/kit/step", module + "/app/kit/cells"} {
				if strings.HasPrefix(i.Path.Value, `"`+bad) {
					t.Errorf("%s imports %s: a model draws nothing", s.path, i.Path.Value)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("looked at %d models only", found)
	}
}

// TestNothingLeavesTheComputer proves that no package of the program opens a
// connection by itself; the one that hands copies to commands of this machine stays on
// it, and the one that reaches the server of a register which several
// desks share goes where the officer's address says.
func TestNothingLeavesTheComputer(t *testing.T) {
	for _, p := range listPackages(t) {
		if !ours(p.ImportPath) || within(p.ImportPath, "data/ledger/postgres") || p.ImportPath == module+"/data/beside" {
			continue
		}
		for _, path := range p.Imports {
			if path == "net" || path == "net/rpc" || path == "net/smtp" || strings.HasPrefix(path, "net/http") {
				t.Errorf("%s imports %s: nothing leaves the computer", p.ImportPath, path)
			}
		}
	}
}

// TestNoticeNamesEveryModule proves that the works of others in the program are
// named with their licences.
func TestNoticeNamesEveryModule(t *testing.T) {
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	// The tags of the program itself: those of the tests link the toolkit's test driver.
	cmd := exec.Command("go", "list", "-deps", "-tags", "x11,gles,migrated_fynedo", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	modules := strings.Fields(string(out))
	if len(modules) == 0 {
		t.Fatal("go list named no module")
	}
	for _, m := range modules {
		if !strings.Contains(string(notice), "\n  "+m+" ") {
			t.Errorf("NOTICE does not name %s", m)
		}
	}
}

// source is one parsed Go file of the program.
type source struct {
	path string
	file *ast.File
	text []byte
}

// readSources parses every Go file of the module, tests and all build tags
// included; nested modules are not the program.
func readSources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	fset := token.NewFileSet()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != ".":
			if strings.HasPrefix(d.Name(), ".") || path == "out" {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, source{filepath.ToSlash(path), f, text})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("found only %d Go files", len(all))
	}
	return fset, all
}

// TestPackagesSayWhatTheyAreFor proves that each package has one comment, and
// that it is more than its name.
func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	_, all := readSources(t)
	comments := map[string]string{}
	for _, s := range all {
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		dir := filepath.Dir(s.path)
		comments[dir] += s.file.Doc.Text()
	}
	for dir, text := range comments {
		if len(strings.Fields(text)) < 8 {
			t.Errorf("package %s has no comment that says what it is for", dir)
		}
	}
}

// TestExportedSymbolsAreDocumented proves that what other packages can use has
// a comment.
func TestExportedSymbolsAreDocumented(t *testing.T) {
	fset, all := readSources(t)
	missing := func(pos token.Pos, name string) {
		t.Errorf("%s: %s has no comment", fset.Position(pos), name)
	}
	for _, s := range all {
		if strings.HasSuffix(s.path, "_test.go") || s.file.Name.Name == "main" {
			continue
		}
		for _, decl := range s.file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil {
					missing(d.Pos(), d.Name.Name)
				}
			case *ast.GenDecl:
				checkGroup(d, missing)
			}
		}
	}
}

// checkGroup asks a comment for each exported type, and for each constant and
// variable either its own or one of its group.
func checkGroup(d *ast.GenDecl, missing func(token.Pos, string)) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
				missing(s.Pos(), s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
					missing(name.Pos(), name.Name)
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	typ := d.Recv.List[0].Type
	for {
		switch x := typ.(type) {
		case *ast.StarExpr:
			typ = x.X
		case *ast.IndexExpr:
			typ = x.X
		case *ast.IndexListExpr:
			typ = x.X
		case *ast.Ident:
			// Methods of unexported types satisfy interfaces whose comments explain them.
			return x.IsExported()
		default:
			return true
		}
	}
}

// TestTimeComesFromOneClock proves that what the office knows and prints never
// reads the wall clock, so that a figure of a day can be computed again.
func TestTimeComesFromOneClock(t *testing.T) {
	fset, all := readSources(t)
	for _, s := range all {
		if strings.HasSuffix(s.path, "_test.go") || (!strings.HasPrefix(s.path, "data/") && !strings.HasPrefix(s.path, "reports/")) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			// time.Now as a value is the clock of the machine handed to a field; a call is a second clock.
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") {
					t.Errorf("%s: time.%s: time comes in as a parameter", fset.Position(n.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestSourceIsTidy proves that texts in the source are NFC, that nothing is
// left undone, and warns of files that hold more than one thing.
func TestSourceIsTidy(t *testing.T) {
	_, all := readSources(t)
	undone := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X:"}
	for _, s := range all {
		text := string(s.text)
		if !strings.HasSuffix(s.path, "_test.go") && !norm.NFC.IsNormalString(text) {
			t.Errorf("%s holds text that is not NFC", s.path)
		}
		for _, mark := range undone {
			if i := strings.Index(text, mark); i >= 0 && (i == 0 || !unicode.IsLetter(rune(text[i-1]))) {
				t.Errorf("%s holds %s", s.path, mark)
			}
		}
		if n := strings.Count(text, "\n"); n > maxLines && !strings.HasSuffix(s.path, "_test.go") {
			t.Logf("%s has %d lines: is it one thing?", s.path, n)
		}
	}
}

// TestTestsAtOnceAreNamedSo proves that tests in which goroutines meet are called
// TestAtOnce…: make test runs those under the race detector.
func TestTestsAtOnceAreNamedSo(t *testing.T) {
	fset, all := readSources(t)
	for _, s := range all {
		if !strings.HasSuffix(s.path, "_test.go") || strings.HasPrefix(s.path, "e2e/") {
			continue
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") || strings.HasPrefix(f.Name.Name, "TestAtOnce") {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if starts(n) {
					t.Errorf("%s: %s starts a goroutine: name it TestAtOnce…", fset.Position(n.Pos()), f.Name.Name)
				}
				return true
			})
		}
	}
}

// starts reports whether a node starts a goroutine: by go, or by a sync.WaitGroup.
func starts(n ast.Node) bool {
	if _, ok := n.(*ast.GoStmt); ok {
		return true
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	_, fn := call.Args[0].(*ast.FuncLit)
	return ok && fn && sel.Sel.Name == "Go"
}

// TestTheLedgerHasOneDoor proves that the files of the two stores alone know the data
// file: one for a register in a file, two for a desk's copy of one on a server. All
// others, tests too, see a desk.Store.
func TestTheLedgerHasOneDoor(t *testing.T) {
	_, all := readSources(t)
	found := false
	for _, s := range all {
		for _, i := range s.file.Imports {
			switch {
			case i.Path.Value != `"`+module+`/data/ledger"` || strings.HasPrefix(s.path, "data/ledger/"):
			case s.path == "data/desk/file.go":
				found = true
			case s.path == "data/desk/shared.go", s.path == "data/desk/server.go":
			default:
				t.Errorf("%s imports data/ledger: stand on desk.Store", s.path)
			}
		}
	}
	if !found {
		t.Error("data/desk/file.go does not import data/ledger: this test looks at the wrong files")
	}
}

// writers are the files of the program that make files, and why what they write is no export.
// All that leaves the office goes through desk.WriteOut, which keeps it in the register of
// exports and prints.
var writers = map[string]string{
	"data/desk/issues.go":           "the door",
	"app/env/print.go":              "the private file of a print, which is kept in the register when it is handed over",
	"app/habits.go":                 "settings of the officer",
	"app/state.go":                  "what the tests of the window read",
	"app/synced.go":                 "the register itself moves",
	"app/trouble/crash.go":          "the file of a crash",
	"app/trouble/log.go":            "the log",
	"app/trouble/report.go":         "a report of a fault, without data of the register",
	"app/page/pagetest/pagetest.go": "made for tests",
	"data/assess/book/export.go":    "files of an evidence folder, whose index is written out",
	"data/demo/own.go":              "the demonstration",
	"data/desk/backupstate.go":      "notes of backups",
	"data/desk/beside.go":           "a private copy",
	"data/desk/container.go":        "backups, which have their own notes",
	"data/desk/importing.go":        "rows of a file that came from outside, given back",
	"data/desk/heads.go":            "how far a register had come",
	"data/desk/packetmake.go":       "packages, which are kept in the register in the same change",
	"data/desk/sealedfiles.go":      "evidence and kept reports",
	"data/desk/secondplace.go":      "the mark of a second place",
	"data/desk/server.go":           "files of the register on their way to or from a server",
	"data/desk/shared.go":           "likewise",
	"data/packet/packet.go":         "parts of a package that is read",
}

// TestWhatLeavesTheOfficeHasOneDoor proves that no other file of the program makes files:
// reports, lists, workbooks and packages pass the register of exports and prints.
func TestWhatLeavesTheOfficeHasOneDoor(t *testing.T) {
	fset, all := readSources(t)
	seen := map[string]bool{}
	for _, s := range all {
		if strings.HasSuffix(s.path, "_test.go") || strings.HasPrefix(s.path, "data/disk/") || strings.HasPrefix(s.path, "data/ledger/") ||
			!strings.HasPrefix(s.path, "app/") && !strings.HasPrefix(s.path, "data/") && !strings.HasPrefix(s.path, "reports/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, _ := sel.X.(*ast.Ident)
			if pkg == nil || !map[string]bool{"disk.Whole": true, "disk.Put": true, "os.Create": true, "os.WriteFile": true, "os.OpenFile": true, "os.CreateTemp": true}[pkg.Name+"."+sel.Sel.Name] {
				return true
			}
			if seen[s.path] = true; writers[s.path] == "" {
				t.Errorf("%s: %s.%s makes a file: write it through desk.WriteOut", fset.Position(n.Pos()), pkg.Name, sel.Sel.Name)
			}
			return true
		})
	}
	for path := range writers {
		if !seen[path] {
			t.Errorf("%s makes no files: take it off the list", path)
		}
	}
	printed := map[string]bool{}
	for _, s := range all {
		if !strings.HasSuffix(s.path, "_test.go") && strings.HasPrefix(s.path, "app/") && strings.Contains(string(s.text), "widget.Print(") {
			printed[s.path] = true
		}
	}
	if len(printed) != 1 || !printed["app/env/print.go"] {
		t.Errorf("printing is done by %v: print through Env.PrintPDF", printed)
	}
}
