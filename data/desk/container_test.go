package desk_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/testsize"
)

// proof adds a document of evidence with its file.
func (c *clocked) proof(text string) {
	c.t.Helper()
	path := filepath.Join(c.t.TempDir(), "minh chứng.pdf")
	must(c.t, os.WriteFile(path, []byte(text), 0o600))
	_, err := book.New(c.Desk).AddEvidence(c.t.Context(), assess.Evidence{Title: "Báo cáo " + text, Date: c.Today()}, path)
	must(c.t, err)
}

// issue keeps a report as if it had been printed.
func (c *clocked) issue(text string) string {
	c.t.Helper()
	path := filepath.Join(desk.IssuedFolder(c.Path()), "2026-11", "30-080000 giao-ban.pdf")
	must(c.t, os.MkdirAll(filepath.Dir(path), 0o700))
	must(c.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestBackupHoldsTheWholeOffice: data, evidence, kept reports and settings come back on
// an empty machine from one file, with nobody else's right to read them.
func TestBackupHoldsTheWholeOffice(t *testing.T) {
	desk.OfficerSettings = func() ([]byte, error) { return []byte(`{"columns":"x"}`), nil }
	defer func() { desk.OfficerSettings = nil }()
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	c.proof("hai")
	c.issue("giấy")
	out := filepath.Join(t.TempDir(), "sao lưu.bin") // whatever its name
	must(t, c.Backup(t.Context(), out, nil))
	content, err := desk.InspectBackup(t.Context(), out, time.UTC, nil)
	if err != nil || content.Dossiers != 1 || content.Evidence != 2 || content.Issued != 1 || !content.Settings || content.Plain {
		t.Fatalf("%+v, %v", content, err)
	}
	want := dumpOf(t, c.Desk)
	to := filepath.Join(t.TempDir(), "mới", "sổ.db")
	done, err := desk.Restore(t.Context(), out, to, desk.RestoreOptions{New: true})
	if err != nil || done.Evidence != 2 || done.Issued != 1 || string(done.Settings) != `{"columns":"x"}` || done.Kept != "" {
		t.Fatalf("%+v, %v", done, err)
	}
	d := open(t, to)
	same(t, "restored", dumpOf(t, d), want)
	if faults, err := book.New(d).CheckFiles(t.Context()); err != nil || len(faults) > 0 || d.IsBackup() {
		t.Errorf("evidence: %v, %v", faults, err)
	}
	must(t, d.Close())
	for _, root := range []string{filepath.Dir(to), filepath.Dir(c.Path())} {
		must(t, filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
			if mode := info.Mode().Perm(); path != root && (info.IsDir() && mode != 0o700 || !info.IsDir() && mode != 0o600) {
				t.Errorf("%s: %v", path, mode)
			}
			return err
		}))
	}
	if _, err := desk.Restore(t.Context(), out, to, desk.RestoreOptions{New: true}); data.CodeOf(err) != data.Conflict {
		t.Errorf("onto a file that is there: %v", err)
	}
	// What is open for reading has its evidence too, and leaves nothing behind.
	b, err := desk.Open(out, desk.Options{Now: now})
	must(t, err)
	must(t, b.Wait())
	if faults, err := book.New(b).CheckFiles(t.Context()); err != nil || len(faults) > 0 || !b.IsBackup() || b.Path() != out || b.Len() != 1 {
		t.Errorf("reading a backup: %v, %v, %s", faults, err, b.Path())
	}
	if err := b.SetOffice(t.Context(), data.Office{Name: "x"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("a change in a backup: %v", err)
	}
	scratch := filepath.Dir(b.EvidenceFolder())
	must(t, b.Close())
	if _, err := os.Stat(scratch); err == nil {
		t.Errorf("%s stays", scratch)
	}
}

// TestEvidenceIsPutBack: a restore in place brings the evidence that is missing or
// changed, leaves the rest alone, and keeps the file it replaces.
func TestEvidenceIsPutBack(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	c.proof("hai")
	report := c.issue("giấy")
	must(t, c.BackupDaily(t.Context()))
	from := c.list()[0]
	c.receive()
	c.proof("ba")
	must(t, c.Close())
	list, _ := filepath.Glob(filepath.Join(desk.EvidenceFolder(c.Path()), "*"))
	must(t, os.WriteFile(list[0], []byte("hỏng"), 0o600))
	must(t, os.Remove(list[1]))
	must(t, os.WriteFile(report, []byte("giấy mới"), 0o600))
	kept := hash(t, c.Path())
	done, err := desk.Restore(t.Context(), from, c.Path(), desk.RestoreOptions{Now: c.clock})
	if err != nil || hash(t, done.Kept) != kept || done.Evidence > 2 || done.Issued != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if raw, _ := os.ReadFile(report); string(raw) != "giấy mới" {
		t.Errorf("a newer report was replaced by %q", raw)
	}
	c.open(c.Path(), false)
	if faults, err := book.New(c.Desk).CheckFiles(t.Context()); err != nil || len(faults) > 0 || c.Len() != 1 {
		t.Errorf("%v, %v, %d", faults, err, c.Len())
	}
	// Kept files go by age, the newest stays; a clock of another age takes none.
	for i := range 2 {
		path := fmt.Sprintf("%s.truoc-khoi-phuc-%d", c.Path(), 7+i)
		must(t, os.WriteFile(path, nil, 0o600))
		must(t, os.Chtimes(path, c.clock, c.clock.AddDate(0, 0, -100+70*i)))
	}
	must(t, c.Close())
	count := func(at time.Time) int {
		_, err := desk.Restore(t.Context(), from, c.Path(), desk.RestoreOptions{Now: at})
		must(t, err)
		list, _ := filepath.Glob(c.Path() + ".truoc-khoi-phuc*")
		return len(list)
	}
	if n := count(c.clock.AddDate(50, 0, 0)); n != 4 {
		t.Errorf("in a year that is not: %d kept files", n)
	}
	if n := count(c.clock); n != 4 { // one more, and the one of 100 days ago gone
		t.Errorf("%d kept files", n)
	}
}

// TestPlainBackupsOfBefore: the copies that version 0.2.0 made are listed, looked at,
// restored, and counted among the generations.
func TestPlainBackupsOfBefore(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	must(t, c.Close())
	raw, err := os.ReadFile(c.Path())
	must(t, err)
	plain := filepath.Join(filepath.Dir(c.Path()), "sao-luu", "so-2026-11-29.db")
	must(t, os.Mkdir(filepath.Dir(plain), 0o700))
	must(t, os.WriteFile(plain, raw, 0o600))
	c.open(c.Path(), false)
	if last := c.LastBackup(); last.Path != plain {
		t.Errorf("%+v", last)
	}
	c.receive()
	must(t, c.BackupDaily(t.Context()))
	files := c.BackupFiles()
	if len(files) != 2 || files[1].Path != plain || files[0].Why != desk.Daily {
		t.Fatalf("%+v", files)
	}
	content, err := desk.InspectBackup(t.Context(), plain, time.UTC, nil)
	if err != nil || !content.Plain || content.Dossiers != 1 {
		t.Errorf("%+v, %v", content, err)
	}
	p, err := c.PreviewRestore(t.Context(), plain, nil)
	if err != nil || p.LostAll != 1 || p.Gained != 0 || p.Other || p.Now != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	drill, err := c.Drill(t.Context(), plain, nil)
	if err != nil || !drill.Sound || !drill.Plain || drill.Behind != 1 {
		t.Errorf("%+v, %v", drill, err)
	}
	must(t, c.Close())
	_, err = desk.Restore(t.Context(), plain, c.Path(), desk.RestoreOptions{})
	must(t, err)
	c.open(c.Path(), false)
	if c.Len() != 1 {
		t.Errorf("%d dossiers", c.Len())
	}
	// The other way round there is something to gain.
	if p, err := c.PreviewRestore(t.Context(), files[0].Path, nil); err != nil || p.LostAll != 0 || p.Gained != 1 || p.Other {
		t.Errorf("%+v, %v", p, err)
	}
	foreign := newClocked(t, "khac.db")
	foreign.clock = foreign.clock.AddDate(0, 0, -1)
	foreign.open(filepath.Join(t.TempDir(), "khac.db"), true)
	foreign.receive()
	if p, err := foreign.PreviewRestore(t.Context(), files[0].Path, nil); err != nil || !p.Other || p.LostAll == 0 {
		t.Errorf("a backup of another register: %+v, %v", p, err)
	}
}

// TestDrill: what is restored for a trial agrees with what the backup tells; evidence
// that was lost before it is named; a backup that is damaged does not pass.
func TestDrill(t *testing.T) {
	c := newClocked(t, "so.db")
	if _, err := c.Drill(t.Context(), "", nil); data.CodeOf(err) != data.NotFound {
		t.Errorf("without a backup: %v", err)
	}
	c.receive()
	c.proof("một")
	must(t, c.BackupDaily(t.Context()))
	before, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), "*"))
	p, err := c.Drill(t.Context(), "", nil)
	if err != nil || !p.Sound || len(p.Lines) != 7 || len(p.Faults) > 0 || p.Behind != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if after, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), "*")); !slices.Equal(before, after) {
		t.Errorf("left behind: %v", after)
	}
	list, _ := filepath.Glob(filepath.Join(desk.EvidenceFolder(c.Path()), "*"))
	must(t, os.Remove(list[0]))
	c.receive()
	must(t, c.BackupFor(t.Context(), desk.AtClosing, nil))
	if p, err = c.Drill(t.Context(), "", nil); err != nil || p.Sound || len(p.Faults) != 1 || !strings.Contains(p.Faults[0], "một") {
		t.Errorf("%+v, %v", p, err)
	}
	raw, err := os.ReadFile(c.LastBackup().Path)
	must(t, err)
	raw[len(raw)-200] ^= 1
	must(t, os.WriteFile(c.LastBackup().Path, raw, 0o600))
	if _, err := c.Drill(t.Context(), "", nil); data.CodeOf(err) != data.Damaged {
		t.Errorf("damaged: %v", err)
	}
}

// TestReasonsForABackup: ahead of an import and on closing there is one more where
// something changed, and none where nothing did.
func TestReasonsForABackup(t *testing.T) {
	c := newClocked(t, "so.db")
	must(t, c.BackupFor(t.Context(), desk.BeforeImport, nil))
	if len(c.list()) != 0 {
		t.Error("an empty office was backed up")
	}
	c.receive()
	must(t, c.BackupFor(t.Context(), desk.BeforeImport, nil))
	c.receive() // the import
	must(t, c.BackupDaily(t.Context()))
	if files := c.BackupFiles(); len(files) != 2 || files[0].Why != desk.Daily {
		t.Errorf("the day is not backed up after an import: %+v", files)
	}
	for _, path := range c.list() {
		must(t, os.Remove(path))
	}
	for i, why := range []desk.Why{desk.Daily, desk.BeforeImport, desk.AtClosing, desk.BeforeRestore} {
		for range 2 {
			must(t, c.BackupFor(t.Context(), why, nil))
		}
		if files := c.BackupFiles(); len(files) != i+1 || files[0].Why != why {
			t.Errorf("%s: %+v", why, files)
		}
		c.receive()
	}
}

// TestReadAgain: a backup is read again after a week; one that went bad is named, counts
// for nothing, and the next one takes its place.
func TestReadAgain(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	must(t, c.BackupDaily(t.Context()))
	path := c.list()[0]
	if one, err := c.VerifyOne(t.Context()); one != "" || err != nil {
		t.Errorf("the same day: %s, %v", one, err)
	}
	info, err := os.Stat(path)
	must(t, err)
	raw, err := os.ReadFile(path)
	must(t, err)
	raw[len(raw)/2] ^= 1
	must(t, os.WriteFile(path, raw, 0o600))
	must(t, os.Chtimes(path, info.ModTime(), info.ModTime())) // as a disk does that goes bad
	c.clock = c.clock.AddDate(0, 0, 8)
	if one, err := c.VerifyOne(t.Context()); one != path || data.CodeOf(err) != data.Damaged {
		t.Errorf("%s, %v", one, err)
	}
	if files := c.BackupFiles(); !files[0].Bad {
		t.Errorf("%+v", files)
	}
	c.Close()
	c.open(c.Path(), false)
	must(t, c.BackupDaily(t.Context()))
	if last := c.LastBackup().Path; last == path {
		t.Error("a bad backup counts")
	} else if _, err := desk.InspectBackup(t.Context(), last, time.UTC, nil); err != nil {
		t.Error(err)
	}
}

// TestSecondPlace: the newest backup is copied when the place is there, read back, and
// reminded of when the place stays away; a folder without its mark is not the place.
func TestSecondPlace(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	must(t, c.BackupDaily(t.Context()))
	stick := filepath.Join(t.TempDir(), "USB")
	if err := c.SetSecondPlace(t.Context(), stick); err == nil {
		t.Error("a folder that is not there")
	}
	if err := c.SetSecondPlace(t.Context(), filepath.Dir(c.Path())); data.CodeOf(err) != data.Invalid {
		t.Errorf("the folder of the data: %v", err)
	}
	must(t, os.Mkdir(stick, 0o700))
	must(t, c.SetSecondPlace(t.Context(), stick))
	must(t, c.BackupFor(t.Context(), desk.AtClosing, nil))
	copied, err := c.CopySecond(t.Context(), nil)
	if err != nil || filepath.Dir(copied) != stick || hash(t, copied) != hash(t, c.LastBackup().Path) {
		t.Fatalf("%s, %v", copied, err)
	}
	if again, err := c.CopySecond(t.Context(), nil); again != "" || err != nil {
		t.Errorf("twice: %s, %v", again, err)
	}
	if s := c.SecondPlace(); s.Here != stick || !s.At.Known() || s.Overdue {
		t.Errorf("%+v", s)
	}
	// The stick is taken away; an empty folder stands where it was.
	must(t, os.Rename(stick, stick+".x"))
	must(t, os.Mkdir(stick, 0o700))
	c.clock = c.clock.AddDate(0, 0, 9)
	c.receive()
	must(t, c.BackupDaily(t.Context()))
	if copied, err := c.CopySecond(t.Context(), nil); copied != "" || err != nil {
		t.Errorf("into an empty folder: %s, %v", copied, err)
	}
	if s := c.SecondPlace(); s.Here != "" || !s.Overdue || s.Missing != 9 {
		t.Errorf("%+v", s)
	}
	must(t, os.Remove(stick))
	must(t, os.Rename(stick+".x", stick))
	// Another office's backup of the same name stands there.
	other := newClocked(t, "so.db")
	other.receive()
	foreign := filepath.Join(stick, filepath.Base(c.LastBackup().Path))
	must(t, other.Backup(t.Context(), foreign, nil))
	before := hash(t, foreign)
	copied, err = c.CopySecond(t.Context(), nil)
	if err != nil || hash(t, copied) != hash(t, c.LastBackup().Path) || hash(t, foreign) != before || c.SecondPlace().Overdue {
		t.Errorf("%s, %v", copied, err)
	}
	// A full stick tells its cause and keeps what is there.
	c.receive()
	must(t, c.BackupFor(t.Context(), desk.AtClosing, nil))
	disk.Before = func(step disk.Step, path string) error {
		if step == disk.StepWrite && strings.HasPrefix(path, stick) {
			return errors.New("x: no space left on device")
		}
		return nil
	}
	_, err = c.CopySecond(t.Context(), nil)
	disk.Before = nil
	list, _ := os.ReadDir(stick)
	if err == nil || !strings.Contains(err.Error(), "đầy") || !strings.Contains(err.Error(), "nơi thứ hai") || len(list) != 4 {
		t.Errorf("%v, %v", err, list)
	}
	must(t, c.SetSecondPlace(t.Context(), ""))
	if s := c.SecondPlace(); s.Folder != "" {
		t.Errorf("%+v", s)
	}
}

// TestFullDiskWhileBackingUp: at each step the true cause is told, and the backups that
// are there stay as they are.
func TestFullDiskWhileBackingUp(t *testing.T) {
	defer func() { disk.Before = nil }()
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	must(t, c.BackupDaily(t.Context()))
	first := c.list()[0]
	before := hash(t, first)
	c.receive()
	for cause, word := range map[string]string{"no space left on device": "đầy", "input/output error": "lỗi đọc ghi"} {
		for _, step := range []disk.Step{disk.StepCreate, disk.StepWrite, disk.StepRename} {
			for nth := range 3 {
				at := 0
				disk.Before = func(s disk.Step, _ string) error {
					if s != step {
						return nil
					}
					if at++; at != nth+1 {
						return nil
					}
					return errors.New("x: " + cause)
				}
				err := c.BackupFor(t.Context(), desk.AtClosing, nil)
				disk.Before = nil
				if at > nth && (err == nil || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), ".saoluu-")) && len(c.list()) == 1 {
					t.Errorf("%s, %s %d: %v", cause, step, nth, err)
				}
				for _, made := range c.list() {
					if made != first {
						must(t, os.Remove(made)) // the step was not on the way
					}
				}
				if hash(t, first) != before {
					t.Errorf("%s, %s %d: the older backup was changed", cause, step, nth)
				}
				if left, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), ".saoluu*")); len(left) > 0 {
					t.Errorf("left behind: %v", left)
				}
				c.Close()
				c.open(c.Path(), false)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := c.Backup(ctx, filepath.Join(t.TempDir(), "x"), func(int64, int64) { cancel() })
	if data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}

// TestRestoreOfAContainerAtEveryStep: a restore that fails leaves data and evidence as
// they were.
func TestRestoreOfAContainerAtEveryStep(t *testing.T) {
	defer func() { disk.Before = nil }()
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	must(t, c.BackupDaily(t.Context()))
	from := c.list()[0]
	c.receive()
	must(t, c.Close())
	proof, _ := filepath.Glob(filepath.Join(desk.EvidenceFolder(c.Path()), "*"))
	before := hash(t, c.Path())
	raw, err := os.ReadFile(c.Path())
	must(t, err)
	for _, step := range []disk.Step{disk.StepCreate, disk.StepWrite, disk.StepKeep, disk.StepRename} {
		for nth := range 4 {
			must(t, os.WriteFile(c.Path(), raw, 0o600))
			must(t, os.RemoveAll(desk.EvidenceFolder(c.Path())))
			for _, path := range []string{c.Path() + ".truoc-khoi-phuc", c.Path() + ".truoc-khoi-phuc-2"} {
				os.Remove(path)
			}
			at := 0
			disk.Before = func(s disk.Step, _ string) error {
				if s == step {
					if at++; at == nth+1 {
						return errors.New("x: no space left on device")
					}
				}
				return nil
			}
			_, err := desk.Restore(t.Context(), from, c.Path(), desk.RestoreOptions{})
			disk.Before = nil
			if at <= nth {
				break // there is no such step any more
			}
			if err == nil || !strings.Contains(err.Error(), "đầy") || strings.Contains(err.Error(), ".khoiphuc-") || hash(t, c.Path()) != before {
				t.Errorf("%s %d: %v", step, nth, err)
			}
			if _, serr := os.Stat(proof[0]); serr == nil {
				t.Errorf("%s %d: evidence stays although nothing was restored", step, nth)
			}
			left, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), ".*"))
			kept, _ := filepath.Glob(c.Path() + ".truoc*")
			if len(left)+len(kept) > 0 {
				t.Errorf("%s %d: left behind %v %v", step, nth, left, kept)
			}
		}
	}
}

// The work of a process that is about to be killed.
const (
	victimBackups  = "GIAOBAN_TEST_BACKUPS"  // changes and backs up the file again and again
	victimRestores = "GIAOBAN_TEST_RESTORES" // restores the file from the backup again and again
)

func backingVictim(path string) error {
	d, err := desk.Open(path, desk.Options{Now: now, Settings: os.Getenv(victimSettings)})
	if err != nil {
		return err
	}
	for err == nil {
		one := data.Dossier{Code: fmt.Sprint("K-", d.Len()+1), Received: on(5, 4), Owner: data.Person{Name: "Người thử"}}
		if err = d.Receive(context.Background(), &one); err != nil {
			break
		}
		if err = d.BackupFor(context.Background(), desk.AtClosing, nil); err == nil {
			fmt.Println(d.Len())
		}
	}
	return err
}

func restoringVictim(path string) error {
	for {
		if _, err := desk.Restore(context.Background(), os.Getenv(victimRestores+"_FROM"), path, desk.RestoreOptions{}); err != nil {
			return err
		}
		fmt.Println(1)
	}
}

// killed starts a victim, kills it at a random moment and returns the last number it told.
func killed(t *testing.T, random *rand.Rand, env ...string) (told int) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for range random.IntN(3) { // some are killed before anything was done
		if lines.Scan() {
			fmt.Sscan(lines.Text(), &told)
		}
	}
	time.AfterFunc(time.Duration(random.IntN(150))*time.Millisecond, func() { cmd.Process.Kill() })
	for lines.Scan() {
		fmt.Sscan(lines.Text(), &told)
	}
	_ = cmd.Wait() // killed: always an error
	if code := cmd.ProcessState.ExitCode(); code > 0 {
		t.Fatalf("the victim ended by itself: %d", code)
	}
	return told
}

// TestKilledBackups kills the program while it backs up: every backup that it told of is
// there and sound, none is half, and what was left behind goes at the next start.
func TestKilledBackups(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	d := open(t, path)
	must(t, d.Close())
	random := rand.New(rand.NewPCG(5, 6))
	most := 0
	for range testsize.Of(5, 300) {
		told := killed(t, random, victimOf(victimBackups, path)...)
		d := open(t, path)
		must(t, d.BackupFor(t.Context(), desk.AtClosing, nil))
		best := 0
		for _, f := range d.BackupFiles() {
			content, err := desk.InspectBackup(t.Context(), f.Path, time.UTC, nil)
			if err != nil {
				t.Fatal(err)
			}
			best = max(best, content.Dossiers)
		}
		if best < told || best < d.Len() {
			t.Fatalf("%d dossiers in the best backup, %d told, %d in the register", best, told, d.Len())
		}
		for _, dir := range []string{filepath.Dir(path), filepath.Join(filepath.Dir(path), "sao-luu")} {
			if left, _ := filepath.Glob(filepath.Join(dir, ".saoluu*")); len(left) > 0 {
				t.Fatalf("left behind: %v", left)
			}
		}
		most = max(most, told)
		must(t, d.Close())
	}
	if most == 0 {
		t.Error("no backup was made before a kill: nothing was proved")
	}
}

// TestKilledRestores kills the program while it restores: at every moment a whole data
// file stands there, the old one or that of the backup.
func TestKilledRestores(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	from := filepath.Join(t.TempDir(), "sao.gbsao")
	must(t, c.Backup(t.Context(), from, nil))
	random := rand.New(rand.NewPCG(7, 8))
	restored := 0
	for range testsize.Of(5, 300) {
		c.receive()
		must(t, c.Close())
		restored += killed(t, random, victimRestores+"="+c.Path(), victimRestores+"_FROM="+from)
		c.open(c.Path(), false)
		check, err := c.Check(t.Context())
		if err != nil || len(check.Faults) > 0 || c.Len() < 1 || c.Len() > c.n {
			t.Fatalf("%+v, %v", check, err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Path()), ".khoiphuc*")); len(left) > 0 {
			t.Fatalf("left behind: %v", left)
		}
		old, _ := filepath.Glob(c.Path() + ".truoc*")
		for _, path := range old {
			must(t, os.Remove(path))
		}
	}
	if restored == 0 {
		t.Error("nothing was restored before a kill: nothing was proved")
	}
}

// TestHostileBackup: a container that was changed in any byte restores nothing.
func TestHostileBackup(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	from := filepath.Join(t.TempDir(), "sao"+archive.Ending)
	must(t, c.Backup(t.Context(), from, nil))
	must(t, c.Close())
	whole, err := os.ReadFile(from)
	must(t, err)
	before := hash(t, c.Path())
	random := rand.New(rand.NewPCG(9, 10))
	for range testsize.Of(20, 400) {
		raw := slices.Clone(whole)
		raw[random.IntN(len(raw))] ^= 1 << random.IntN(8)
		must(t, os.WriteFile(from, raw, 0o600))
		if _, err := desk.Restore(t.Context(), from, c.Path(), desk.RestoreOptions{}); err == nil || hash(t, c.Path()) != before {
			t.Fatalf("%v", err)
		}
	}
}
