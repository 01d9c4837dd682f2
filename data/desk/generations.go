package desk

import (
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
)

// How many generations are kept of one run of days: of so many days, weeks and months
// the newest backup each, and of every year.
const (
	daysKept   = 7
	weeksKept  = 5
	monthsKept = 12
	// todaysKept is how many are kept of the newest day itself.
	todaysKept = 10
	// runsKept is how many runs of days keep all that; of older ones the newest of each
	// year stays. A clock that jumps begins a new run, so that what a wrong clock
	// brings forth does not push out what was there.
	runsKept = 3
	// daysApart is the gap between two backups from which the clock has jumped: longer
	// than between the last backups of two months. A gap that is real costs nothing but
	// room.
	daysApart = 70
)

// generation is a backup of this register that the program made by itself.
type generation struct {
	path     string
	size     int64
	day      data.Day // by the clock of its making
	head     Head
	dossiers int // -1 where it does not tell
	evidence int
	why      Why
}

// dailyName is what follows the prefix in the name of such a backup: the day, and
// a number where the name was taken. Version 0.2.0 wrote plain data files.
var dailyName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(-\d{1,3})?\.(gbsao|db)$`)

// suffixOf returns what follows the prefix in the name of a backup of the file.
func suffixOf(file, name string) (string, bool) {
	if rest, ok := strings.CutPrefix(name, backupPrefix(file)); ok && strings.HasSuffix(rest, archive.Ending) {
		return rest, true
	}
	if rest, ok := strings.CutPrefix(name, plainPrefix(file)); ok && strings.HasSuffix(rest, ".db") {
		return rest, true
	}
	return "", false
}

// plainPrefix begins the names of the backups that version 0.2.0 made.
func plainPrefix(path string) string {
	base := filepath.Base(path)
	if ext := filepath.Ext(base); strings.EqualFold(ext, ".db") {
		base = strings.TrimSuffix(base, ext)
	}
	return base + "-"
}

// generations returns the backups in a folder that the program made by itself and that
// hold a state this register came from, the one that goes farthest last.
func (d *Desk) generations(dir string) []generation {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var list []generation
	for _, e := range entries {
		rest, ok := suffixOf(d.Path(), e.Name())
		name := dailyName.FindStringSubmatch(rest)
		if !ok || name == nil {
			continue
		}
		day, err := data.ParseISO(name[1])
		info, ierr := e.Info()
		if err != nil || ierr != nil || !info.Mode().IsRegular() {
			continue
		}
		g := generation{path: filepath.Join(dir, e.Name()), size: info.Size(), day: day, dossiers: -1}
		if g.read() {
			list = append(list, g)
		}
	}
	err = d.store.View(func(v View) error {
		list = slices.DeleteFunc(list, func(g generation) bool { return !v.Holds(g.head) })
		return nil
	})
	if err != nil {
		d.fault(err)
		return nil
	}
	slices.SortStableFunc(list, func(a, b generation) int {
		if a.head.Seq != b.head.Seq {
			return int(min(max(int64(a.head.Seq)-int64(b.head.Seq), -1), 1))
		}
		return int(a.day) - int(b.day)
	})
	return list
}

// read reads what a backup tells of itself.
func (g *generation) read() (ok bool) {
	if !archive.Is(g.path) {
		var err error
		g.head, err = readFileHead(g.path)
		return err == nil
	}
	r, err := archive.Open(g.path)
	if err != nil {
		return false
	}
	defer r.Close()
	g.head = headIn(&r.Head)
	g.dossiers, g.evidence, g.why = r.Dossiers, r.Evidence, Why(r.Why)
	return true
}

// prune removes the backups of a folder that are too many, but never the one just made,
// nor one that is not sound while it may still be of use to somebody.
func (d *Desk) prune(dir, made string) {
	checked := d.kept().Checked
	list := slices.DeleteFunc(d.generations(dir), func(g generation) bool {
		c := checked[filepath.Base(g.path)]
		return c.of(g.path) && c.Bad // it takes nobody's place
	})
	keep := keeping(list)
	for i, g := range list {
		if keep[i] || g.path == made {
			continue
		}
		// What cannot be removed takes room and is tried again the next day.
		if err := os.Remove(g.path); err != nil {
			slog.Warn("old backup stays", "fault", errors.Unwrap(err))
		}
	}
}

// keeping tells of each backup, the one that goes farthest last, whether it stays.
func keeping(list []generation) []bool {
	keep := make([]bool, len(list))
	if len(list) == 0 {
		return keep
	}
	runs, last := runsOf(list), map[int]int{} // the newest backup of each run
	for i, run := range runs {
		last[run] = i
	}
	for run, newest := range last {
		farther := 0
		for _, other := range last {
			if other > newest {
				farther++
			}
		}
		var mine []int
		for i := range list {
			if runs[i] == run {
				mine = append(mine, i)
			}
		}
		if farther < runsKept {
			spread(list, mine, keep)
		} else {
			slots(list, mine, keep, 1<<30, func(d data.Day) int { return d.Year() })
		}
	}
	keep[len(keep)-1] = true
	return keep
}

// spread keeps the generations of one run of days.
func spread(list []generation, mine []int, keep []bool) {
	newest := mine[len(mine)-1]
	today := 0
	for _, i := range slices.Backward(mine) {
		if list[i].day == list[newest].day && today < todaysKept {
			keep[i] = true
			today++
		}
	}
	slots(list, mine, keep, daysKept, func(d data.Day) int { return int(d) })
	slots(list, mine, keep, weeksKept, func(d data.Day) int { return (int(d) + 3) / 7 }) // 1 January 1970 was a Thursday
	slots(list, mine, keep, monthsKept, func(d data.Day) int { return d.Year()*12 + int(d.Time().Month()) })
	slots(list, mine, keep, 1<<30, func(d data.Day) int { return d.Year() })
}

// slots keeps, of the newest n slots of time in which there are backups, the newest of
// each, and the fullest where that one holds more.
func slots(list []generation, mine []int, keep []bool, n int, slot func(data.Day) int) {
	of := map[int][]int{}
	for _, i := range mine {
		s := slot(list[i].day)
		of[s] = append(of[s], i)
	}
	order := slices.Sorted(maps.Keys(of))
	for _, s := range order[max(0, len(order)-n):] {
		newest := of[s][len(of[s])-1]
		fullest := newest
		for _, i := range of[s] {
			if list[i].fuller(&list[fullest]) {
				fullest = i
			}
		}
		keep[newest], keep[fullest] = true, true
	}
}

// fuller reports whether a backup holds more than another; what is not known counts
// for nothing.
func (g *generation) fuller(than *generation) bool {
	return g.dossiers > than.dossiers && than.dossiers >= 0 || g.evidence > than.evidence
}

// runsOf numbers the runs of days of the backups: days that lie close together.
func runsOf(list []generation) []int {
	days := make([]data.Day, len(list))
	for i, g := range list {
		days[i] = g.day
	}
	slices.Sort(days)
	runs := make([]int, len(list))
	for i, g := range list {
		for n := 1; n < len(days) && days[n] <= g.day; n++ {
			if days[n]-days[n-1] > daysApart {
				runs[i]++
			}
		}
	}
	return runs
}

// BackupFile is a backup beside the data file, or the data file that a restore
// replaced.
type BackupFile struct {
	Path     string
	At       data.Moment
	Size     int64 // bytes
	Replaced bool  // kept by a restore, or of an older version
	Why      Why
	Seq      uint64 // how many entries its journal has, 0 where it cannot be read
	Bad      bool   // it was found damaged
	modified time.Time
}

// BackupFiles lists the backups of the data file and the files that restores
// replaced, those that go farthest first.
func (d *Desk) BackupFiles() []BackupFile {
	list := backupFiles(d.Path(), d.now().Location())
	checked := d.kept().Checked
	for i, f := range list {
		c := checked[filepath.Base(f.Path)]
		list[i].Bad = list[i].Bad || c.of(f.Path) && c.Bad
	}
	return list
}

// HasBackups reports whether there are backups of a data file, or files that
// restores replaced: then there was such a file.
func HasBackups(path string) bool { return len(backupFiles(path, time.UTC)) > 0 }

// backupName is what follows the prefix in the name of any backup.
var backupName = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(-\d{6})?(-\d{1,3})?\.(gbsao|db)$`)

func backupFiles(file string, zone *time.Location) []BackupFile {
	var out []BackupFile
	add := func(path string, replaced bool) {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return
		}
		f := BackupFile{Path: path, At: data.MomentOf(info.ModTime().In(zone)), Size: info.Size(), Replaced: replaced, modified: info.ModTime()}
		h, err := readHead(path)
		f.Seq, f.Bad = h.Seq, err != nil
		if r, err := archive.Open(path); err == nil {
			f.Why = Why(r.Why)
			r.Close()
		}
		out = append(out, f)
	}
	dir := filepath.Join(filepath.Dir(file), backupFolder)
	entries, _ := os.ReadDir(dir) // without the folder there are none
	for _, e := range entries {
		if rest, ok := suffixOf(file, e.Name()); ok && backupName.MatchString(rest) {
			add(filepath.Join(dir, e.Name()), false)
		}
	}
	for _, path := range replacedFiles(file) {
		add(path, true)
	}
	slices.SortStableFunc(out, func(a, b BackupFile) int {
		if a.Seq != b.Seq {
			return int(min(max(int64(b.Seq)-int64(a.Seq), -1), 1))
		}
		if c := b.modified.Compare(a.modified); c != 0 {
			return c
		}
		return strings.Compare(b.Path, a.Path)
	})
	return out
}

// replacedFiles are the files that restores and upgrades replaced.
func replacedFiles(file string) []string {
	var list []string
	real, err := filepath.EvalSymlinks(file)
	for _, mark := range keptMarks {
		more, _ := filepath.Glob(globText(file+mark) + "*") // the pattern is sound
		list = append(list, more...)
		if err == nil && real != file {
			more, _ = filepath.Glob(globText(real+mark) + "*")
			list = append(list, more...)
		}
	}
	return list
}

// keptFor is the age from which a file that a restore replaced goes; the newest stays.
// An age of years is that of a wrong clock.
const keptFor, wrongAge = 60 * 24 * time.Hour, 3 * 365 * 24 * time.Hour

// sweepReplaced removes the files that restores replaced long ago, but the newest.
func sweepReplaced(file string, now time.Time) {
	list := replacedFiles(file)
	age := func(path string) time.Duration {
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		return now.Sub(info.ModTime())
	}
	slices.SortFunc(list, func(a, b string) int { return int(min(max(age(a)-age(b), -1), 1)) })
	for i, path := range list {
		if i > 0 && age(path) > keptFor && age(path) < wrongAge {
			if err := os.Remove(path); err != nil {
				slog.Warn("replaced file stays", "fault", errors.Unwrap(err))
			}
		}
	}
}

// globText lets a path stand for itself in a pattern.
func globText(path string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(path)
}
