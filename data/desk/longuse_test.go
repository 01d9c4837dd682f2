package desk_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/testsize"
)

// used is what the program holds of the machine: live memory in bytes, open files, and
// unfinished files in the folders in which it works.
type used struct {
	memory       uint64
	files, temps int
}

func usedBy(path string) (u used) {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers let go
	runtime.ReadMemStats(&m)
	u.memory = m.HeapAlloc
	open, _ := os.ReadDir("/proc/self/fd") // none where the system does not tell
	u.files = len(open)
	for _, dir := range []string{filepath.Dir(path), filepath.Join(filepath.Dir(path), "sao-luu"), disk.Scratch()} {
		list, _ := os.ReadDir(dir)
		for _, e := range list {
			// What the program remembers of its backups stays.
			if strings.HasPrefix(e.Name(), ".") && !strings.HasSuffix(e.Name(), ".ghi-nho") {
				u.temps++
			}
		}
	}
	return u
}

// TestLongUse works at random in a register that stays open, three days of simulated
// time in the long run, and asks what the program holds after the first tenth and at the
// end: memory, handles and unfinished files do not grow. What was done is all there.
func TestLongUse(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	c := newClocked(t, "so.db")
	var ids []uint64
	for range 40 {
		c.receive()
	}
	for _, id := range c.List(desk.Query{}).IDs {
		ids = append(ids, uint64(id))
	}
	random := rand.New(rand.NewPCG(72, 1))
	end := c.clock.Add(time.Duration(testsize.Of(6, 72)) * time.Hour)
	steps, handed := 0, 0
	work := func(until time.Time) {
		for c.clock.Before(until) {
			c.clock = c.clock.Add(time.Duration(1+random.IntN(4)) * time.Minute)
			steps++
			id := ids[random.IntN(len(ids))]
			switch random.IntN(8) {
			case 0:
				_, err := c.Undo(t.Context())
				must(t, err)
				_, err = c.Redo(t.Context())
				must(t, err)
			case 1:
				if list := c.List(desk.Query{Text: "thử"}); len(list.IDs) != len(ids) {
					t.Fatalf("%d found", len(list.IDs))
				}
			case 2:
				_, err := c.History(id)
				must(t, err)
			case 3:
				must(t, c.BackupDaily(t.Context()))
			default:
				handed++
				must(t, c.Amend(t.Context(), id, "Thử", func(one *data.Dossier) { one.Note = strconv.Itoa(handed) }))
			}
		}
	}
	work(c.clock.Add(end.Sub(c.clock) / 10))
	before := usedBy(c.Path())
	work(end)
	after := usedBy(c.Path())
	if grown := int64(after.memory) - int64(before.memory); grown > 6<<20 {
		t.Errorf("memory grew by %d bytes in %d steps", grown, steps)
	}
	if after.files > before.files+2 || after.temps > before.temps {
		t.Errorf("from %+v to %+v in %d steps", before, after, steps)
	}
	check, err := c.Check(t.Context())
	must(t, err)
	if len(check.Faults) > 0 || c.Len() != len(ids) || check.Entries < handed {
		t.Errorf("%d changes of %d steps: %+v", handed, steps, check)
	}
	if handed < 20 {
		t.Errorf("only %d changes: too few to prove anything", handed)
	}
}
