package desk_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

// clocked is a desk whose clock a test moves.
type clocked struct {
	*desk.Desk
	t     *testing.T
	clock time.Time
	n     int
}

func newClocked(t *testing.T, name string) *clocked {
	t.Helper()
	c := &clocked{t: t, clock: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)}
	c.open(filepath.Join(t.TempDir(), name), true)
	return c
}

func (c *clocked) open(path string, create bool) {
	c.t.Helper()
	d, err := openIn(c.t, path, desk.Options{Create: create, Now: func() time.Time { return c.clock }})
	must(c.t, err)
	must(c.t, d.Wait())
	c.t.Cleanup(func() { d.Close() })
	c.Desk = d
}

// start closes the program and opens it again, as on a morning.
func (c *clocked) start() {
	c.t.Helper()
	must(c.t, c.Close())
	c.open(c.Path(), false)
	must(c.t, c.BackupDaily(c.t.Context()))
}

func (c *clocked) receive() {
	c.t.Helper()
	c.n++
	one := data.Dossier{Code: fmt.Sprintf("R-%s-%d", c.clock.Format("060102150405"), c.n), Received: data.Moment{Day: data.Date(2014, 5, 5)}, Owner: data.Person{Name: "Người thử"}}
	must(c.t, c.Receive(c.t.Context(), &one))
}

func (c *clocked) list() []string {
	list, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), "sao-luu", "*.gbsao"))
	return list
}

// TestWrongClockSparesBackups: ten starts in 2099 and ten in 2015, with work and
// without, push out none of the real backups, and each new backup stays.
func TestWrongClockSparesBackups(t *testing.T) {
	for _, working := range []bool{true, false} {
		c := newClocked(t, "so.db")
		c.receive()
		for range 12 {
			c.clock = c.clock.AddDate(0, 0, 1)
			c.receive()
			c.start()
		}
		real := c.list()
		if len(real) != 7 { // the last seven days, Sunday 6 December among them
			t.Fatalf("%d backups", len(real))
		}
		right := c.clock
		for _, wrong := range []time.Time{time.Date(2099, 1, 1, 8, 0, 0, 0, time.UTC), time.Date(2015, 1, 1, 8, 0, 0, 0, time.UTC)} {
			c.clock = wrong
			starts := 10
			if !working {
				starts = 3
			}
			for range starts {
				c.clock = c.clock.AddDate(0, 0, 1)
				if working {
					c.receive()
				}
				c.start()
				name := filepath.Join(filepath.Dir(c.Path()), "sao-luu", filepath.Base(c.Path())+"-"+c.clock.Format("2006-01-02")+".gbsao")
				if _, err := os.Stat(name); working && err != nil {
					t.Errorf("reported as done and not there: %v", err)
				}
				if !working && (!slices.Equal(c.list(), real) || c.LastBackup().Path != real[len(real)-1]) {
					t.Errorf("nothing changed, and there are %v, the last %s", c.list(), c.LastBackup().Path)
				}
			}
		}
		for _, path := range real {
			if _, err := os.Stat(path); err != nil {
				t.Errorf("working %v: a real backup was pushed out: %v", working, err)
			}
		}
		c.clock = right.AddDate(0, 0, 1)
		c.receive()
		c.start()
		last := c.LastBackup()
		if !strings.HasSuffix(last.Path, filepath.Base(c.Path())+"-"+c.clock.Format("2006-01-02")+".gbsao") {
			t.Errorf("working %v: the newest backup is %s", working, last.Path)
		}
		content, err := desk.InspectBackup(t.Context(), last.Path, time.UTC, nil)
		if err != nil || content.Dossiers != c.Len() {
			t.Errorf("the newest backup: %+v, %v", content, err)
		}
	}
}

// TestClockBackToADayWithBackup: the clock is set back to a day that has a backup
// already: the work since then is backed up all the same, and nothing replaced.
func TestClockBackToADayWithBackup(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	c.start()
	first := c.list()[0]
	before := hash(t, first)
	c.clock = c.clock.AddDate(0, 0, 1)
	c.receive()
	c.start()
	c.clock = c.clock.AddDate(0, 0, -1)
	c.receive()
	c.start()
	if hash(t, first) != before || len(c.list()) != 3 {
		t.Errorf("%v", c.list())
	}
	if content, err := desk.InspectBackup(t.Context(), c.LastBackup().Path, time.UTC, nil); err != nil || content.Dossiers != 3 {
		t.Errorf("the newest of %v: %+v, %v", c.list(), content, err)
	}
	c.start()
	if len(c.list()) != 3 {
		t.Errorf("a second one the same day: %v", c.list())
	}
}

// TestDamagedBackupOfToday: an empty or damaged file, one of another register or a
// folder does not count as the backup of today.
func TestDamagedBackupOfToday(t *testing.T) {
	other := newClocked(t, "khac.db")
	other.receive()
	other.start()
	foreign, err := os.ReadFile(other.list()[0])
	must(t, err)
	for name, content := range map[string][]byte{"empty": nil, "rubbish": bytes.Repeat([]byte("x"), 5000), "cut": foreign[:len(foreign)/2], "foreign": foreign} {
		c := newClocked(t, "so.db")
		c.receive()
		path := filepath.Join(filepath.Dir(c.Path()), "sao-luu", "so.db-2026-11-30.gbsao")
		must(t, os.Mkdir(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, content, 0o600))
		must(t, c.BackupDaily(t.Context()))
		got, err := desk.InspectBackup(t.Context(), c.LastBackup().Path, time.UTC, nil)
		if err != nil || got.Dossiers != 1 || !strings.HasPrefix(got.Change, "Tiếp nhận") && got.Change == "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if after, _ := os.ReadFile(path); name == "foreign" && !bytes.Equal(after, foreign) {
			t.Error("the backup of another register was replaced")
		}
		// It is taken away while the window is open: made again.
		must(t, os.Remove(c.LastBackup().Path))
		must(t, c.BackupDaily(t.Context()))
		if c.LastBackup().Path == "" {
			t.Errorf("%s: not made again", name)
		}
	}
}

// TestBackupOfTodayDamagedLater: the backup of today is damaged after it was made,
// though how far it goes can still be read: it does not count.
func TestBackupOfTodayDamagedLater(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	c.start()
	path := c.list()[0]
	whole, err := os.ReadFile(path)
	must(t, err)
	whole[len(whole)/2] ^= 0x80
	must(t, os.WriteFile(path, whole, 0o600))
	if _, err := desk.InspectBackup(t.Context(), path, time.UTC, nil); data.CodeOf(err) != data.Damaged || !desk.LooksLikeBackup(path) || c.LastBackup().Path != path {
		t.Fatalf("%v", err)
	}
	c.start()
	if content, err := desk.InspectBackup(t.Context(), c.LastBackup().Path, time.UTC, nil); err != nil || content.Dossiers != 1 {
		t.Errorf("%+v, %v", content, err)
	}
}

// TestBackupsOfTwoFiles: so.db and so.dat in one folder keep their own backups.
func TestBackupsOfTwoFiles(t *testing.T) {
	a := newClocked(t, "so.db")
	b := &clocked{t: t, clock: a.clock}
	b.open(filepath.Join(filepath.Dir(a.Path()), "so.dat"), true)
	a.receive()
	b.receive()
	b.receive()
	for range 11 {
		a.clock, b.clock = a.clock.AddDate(0, 0, 1), b.clock.AddDate(0, 0, 1)
		a.receive()
		b.receive()
		must(t, a.BackupDaily(t.Context()))
		must(t, b.BackupDaily(t.Context()))
	}
	if len(a.list()) != 14 || len(a.BackupFiles()) != 7 || len(b.BackupFiles()) != 7 {
		t.Errorf("%d files, %d and %d", len(a.list()), len(a.BackupFiles()), len(b.BackupFiles()))
	}
	for c, want := range map[*clocked]int{a: 12, b: 13} {
		if content, err := desk.InspectBackup(t.Context(), c.LastBackup().Path, time.UTC, nil); err != nil || content.Dossiers != want {
			t.Errorf("%s: %+v, %v", c.Path(), content, err)
		}
	}
}

// TestRestoredStateSparesNewerBackups: after a restore of an older state the backups
// of what came later stay, and daily backups go on.
func TestRestoredStateSparesNewerBackups(t *testing.T) {
	c := newClocked(t, "so.db")
	for range 3 {
		c.clock = c.clock.AddDate(0, 0, 1)
		c.receive()
		c.start()
	}
	before := c.list()
	must(t, c.Close())
	_, err := desk.Restore(t.Context(), before[0], c.Path(), desk.RestoreOptions{})
	must(t, err)
	c.open(c.Path(), false)
	if c.IsBackup() {
		t.Fatal("what was restored counts as a backup")
	}
	if newer, err := c.NewerBackup(t.Context()); err != nil || newer != before[2] {
		t.Errorf("the register ends where %s goes on, not %s (%v)", before[2], newer, err)
	}
	for range 11 {
		c.clock = c.clock.AddDate(0, 0, 1)
		c.receive()
		c.start()
	}
	if newer, err := c.NewerBackup(t.Context()); err != nil || newer != "" {
		t.Errorf("a state that went its own way: %s, %v", newer, err)
	}
	for _, path := range before[1:] {
		if content, err := desk.InspectBackup(t.Context(), path, time.UTC, nil); err != nil || content.Dossiers < 2 {
			t.Errorf("%s: %+v, %v", path, content, err)
		}
	}
	if content, err := desk.InspectBackup(t.Context(), c.LastBackup().Path, time.UTC, nil); err != nil || content.Dossiers != c.Len() {
		t.Errorf("%+v, %v", content, err)
	}
}

// TestNewestSoundBackup: for a file that cannot be opened, the backup whose journal
// goes farthest and that can be read is named, whatever the names say.
func TestNewestSoundBackup(t *testing.T) {
	c := newClocked(t, "so.db")
	for i := range 3 {
		c.clock = c.clock.AddDate(0, 0, []int{1, 1, -100}[i]) // the last one under an early day
		c.receive()
		c.start()
	}
	must(t, c.Close())
	if !desk.LooksLikeBackup(c.list()[0]) || desk.LooksLikeBackup(c.Path()) {
		t.Error("what is a backup and what is not")
	}
	must(t, os.Truncate(c.Path(), 4096))
	file, content, ok := desk.NewestSound(t.Context(), c.Path(), time.UTC)
	if !ok || content.Dossiers != 3 || !strings.Contains(file.Path, "so.db-2026-08-") {
		t.Fatalf("%+v, %+v, %v", file, content, ok)
	}
	must(t, os.Truncate(file.Path, 5000))
	if file, content, ok = desk.NewestSound(t.Context(), c.Path(), time.UTC); !ok || content.Dossiers != 2 || !strings.HasSuffix(file.Path, "so.db-2026-12-02.gbsao") {
		t.Fatalf("%+v, %+v, %v", file, content, ok)
	}
	_, err := desk.Restore(t.Context(), file.Path, c.Path(), desk.RestoreOptions{})
	must(t, err)
	c.open(c.Path(), false)
	if c.Len() != 2 {
		t.Errorf("%d dossiers", c.Len())
	}
}
