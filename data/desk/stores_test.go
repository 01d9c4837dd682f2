package desk_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
	"giaoban/data/testsize"
)

// The tests of this package are one suite for every store of a desk: TestMain runs
// them once for each line of this table. They open a register by openIn, which alone
// knows in which store a path of a test lies.
var stores = []struct {
	name string
	// without are the tests that ask for what only one store has, by the reason.
	without map[string][]string
}{
	{name: "file", without: waiting},
	{name: "server", without: onFilesOnly},
}

// waiting are tests of a server alone that wait for it, and are left to its own run.
var waiting = map[string][]string{
	"polling, slow wires, a server that does not answer": {"TestAtOnceWithoutNotifications", "TestAtOnceSlowWire", "TestAtOnceOpenedWithoutTheServer", "TestAtOnceManyDesks"},
}

// onFilesOnly are tests of the data file itself, which the server does not keep.
var onFilesOnly = map[string][]string{
	"what is refused, locked or replaced is a file": {"TestOpenRefuses", "TestTwoDesksOnOneFile",
		"TestDemoNeverReplacesARealOffice", "TestCancelledDemoLeavesNoTrace", "TestPlainBackupsOfBefore"},
	// See TestBackupOfASharedRegisterStandsAlone for what holds there.
	"a backup takes the place of the data file, which nothing may do to a copy": {"TestEvidenceIsPutBack", "TestBackupAndRestore",
		"TestRestoredStateSparesNewerBackups", "TestNewestSoundBackup", "TestKilledRestores", "TestBackupsAreListedAndInspected"},
	"two files of names of their own in one folder":                     {"TestBackupsOfTwoFiles"},
	"evidence that is lost at a desk comes back from the server":        {"TestDrill"},
	"keys, passwords and erasing to the last page are for a file alone": {"TestErasure", "TestErasureByRole"},
}

// passing is the store of this run of the tests.
var passing = "file"

// shortly are the tests of a short run on another store than a file: a life, undo, kills,
// imports, what meets, and what must not be given twice. GIAOBAN_TESTS=full or
// GIAOBAN_STORE=server runs all of them there.
const shortly = "^Test(LifeOfADossier|SeveralAtOnce|EntriesAreKeptChangedAndUndone|OfficeIsKeptAndUndone|KilledAtAnyMoment|" +
	"AtOnceRegisterEqualsFile|AtOnceImportIsSeenWhole|CancelledImportLeavesNoTrace|NumbersAreNeverGivenTwice|OneImportOfManyIsTakenBack|" +
	"MergeOfUnitsKeepsThePast|AtOnceOneNameIsTakenOnce|OvertakenInOneFile|InspectMendAcceptAndUndo|ClosedFigures|IndicatorValues)$"

// runAll runs the tests on each store, or on the one that GIAOBAN_STORE names.
func runAll(m *testing.M) {
	code, only := 0, os.Getenv("GIAOBAN_STORE")
	for i, s := range stores {
		if only != "" && only != s.name {
			continue
		}
		passing = s.name
		if i > 0 && only == "" && testsize.Of(1, 2) == 1 {
			if flag.Lookup("test.run").Value.String() != "" {
				continue // a choice of tests is of the first store
			}
			flag.Set("test.run", shortly)
		}
		var skip []string
		for _, names := range s.without {
			skip = append(skip, names...)
		}
		flag.Set("test.skip", "^("+strings.Join(skip, "|")+")$")
		fmt.Fprintln(os.Stderr, "store:", s.name)
		code = max(code, m.Run())
	}
	pgtest.End()
	os.Exit(code)
}

// lying is where a register of a test lies on the server.
type lying struct{ address, settings string }

var (
	lyings sync.Mutex
	lies   = map[string]lying{} // by the paths that tests know it by
	common *pgtest.Cluster
)

// openIn opens the register of a path in the store of this run. On the server it is
// made as a file and moved there; a file that a test put there is opened as it is.
func openIn(t testing.TB, path string, opt desk.Options) (*desk.Desk, error) {
	t.Helper()
	if passing == "file" {
		return desk.Open(path, opt)
	}
	lyings.Lock()
	defer lyings.Unlock()
	at, ok := lies[path]
	if _, err := os.Stat(path); !ok && (err == nil || !opt.Create) {
		return desk.Open(path, opt)
	}
	if !ok {
		var err error
		if at, err = moveIn(t, path, opt); err != nil {
			return nil, err
		}
	}
	opt.Settings = at.settings
	d, err := desk.Open(at.address, opt)
	if err == nil {
		lies[path], lies[d.Path()] = at, at
	}
	return d, err
}

func moveIn(t testing.TB, path string, opt desk.Options) (at lying, err error) {
	t.Helper()
	d, err := desk.Open(path, opt)
	if err != nil {
		return at, err
	}
	if err := d.Wait(); err != nil {
		return at, err
	}
	if err := d.Close(); err != nil {
		return at, err
	}
	if common == nil {
		common = pgtest.Start(t)
		if _, err := desk.InitServer(context.Background(), common.URL("postgres"), "thử", ""); err != nil {
			return at, err
		}
	}
	opt.Settings = filepath.Join(t.TempDir(), "quay")
	m, err := desk.MoveIn(context.Background(), path, common.URL("postgres"), opt)
	return lying{m.Address, opt.Settings}, err
}
