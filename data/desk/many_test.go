package desk_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
	"giaoban/data/testsize"
)

// A desk of its own process that writes events at random and says of each what became
// of it; the second names desk, first and last event, and how wrong its clock is.
const (
	victimWrites   = "GIAOBAN_TEST_WRITES"
	victimWritesAs = "GIAOBAN_TEST_WRITES_AS"
)

// writingVictim writes events whose titles are unique, and prints "+" for those that
// were acknowledged, "-" for refused ones and "?" where nobody knows.
func writingVictim(address string) error {
	var (
		name           string
		next, last, of int
	)
	fmt.Sscan(os.Getenv(victimWritesAs), &name, &next, &last, &of)
	at := clock.AddDate(0, 0, of)
	d, err := openAgain(address, desk.Options{Now: func() time.Time { return at }, Settings: os.Getenv(victimSettings)})
	if err != nil {
		return err
	}
	for ; next <= last; next++ {
		title := fmt.Sprintf("%s-%d", name, next)
		err := d.Change(context.Background(), desk.Work{Title: title}, func(tx desk.Tx) error {
			one, err := tx.Dossier(rand.Uint64N(tx.LastID()) + 1)
			if err != nil || rand.IntN(3) == 0 {
				one = data.Dossier{Code: title, Owner: data.Person{Name: "Trần Văn " + name}, Received: data.Moment{Day: data.DayOf(clock)}}
			}
			one.Note = title
			return tx.PutDossier(&one)
		})
		switch data.CodeOf(err) {
		case "":
			fmt.Println("+", next, title)
		case data.Conflict:
			fmt.Println("-", next, title)
		case data.Offline:
			fmt.Println("?", next, title)
			time.Sleep(200 * time.Millisecond)
		default:
			return err
		}
	}
	return d.Close()
}

// openAgain opens a register while its server comes up.
func openAgain(address string, opt desk.Options) (d *desk.Desk, err error) {
	for range 100 {
		if d, err = desk.Open(address, opt); err == nil || data.CodeOf(err) != data.Offline && data.CodeOf(err) != data.Internal {
			return d, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return d, err
}

// fate is what desks said of their events.
type fate struct {
	mu    sync.Mutex
	said  map[string]string // "+", "-" or "?" by title
	count atomic.Int64
}

// work lets one desk write all its events, killing it now and then; it returns the first
// fault, "" for none.
func (f *fate) work(self, address, settings, name string, events, kills, wrongBy int) string {
	next := 1
	for next <= events {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), victimWrites+"="+address, victimSettings+"="+settings, victimWritesAs+"="+fmt.Sprint(name, " ", next, " ", events, " ", wrongBy))
		var faults strings.Builder
		cmd.Stderr = &faults
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			return err.Error()
		}
		until, killed := events, kills > 0
		if killed {
			until = rand.IntN(2*events/(kills+1)) + 1
			kills--
		}
		for lines, n := bufio.NewScanner(out), 0; lines.Scan(); {
			var said, title string
			var at int
			fmt.Sscan(lines.Text(), &said, &at, &title)
			f.mu.Lock()
			f.said[title] = said
			f.mu.Unlock()
			f.count.Add(1)
			next = at + 1
			if n++; killed && n == until {
				cmd.Process.Kill()
			}
		}
		if cmd.Wait() != nil {
			if cmd.ProcessState.ExitCode() > 0 {
				return faults.String()
			}
			next++ // the event under way may be there or not: its name is not used again
		}
	}
	return ""
}

// TestAtOnceManyDesks: desks write at random, each in a process of its own, some with a
// clock that is wrong by a day; they are killed and the server loses power in the middle.
// What was acknowledged is there once, what was refused is not, nothing is there twice,
// the log has no gap, and the columns of all desks equal a replay.
func TestAtOnceManyDesks(t *testing.T) {
	desks, events, kills := testsize.Of(4, 20), testsize.Of(25, 1000), testsize.Of(1, 3)
	c := pgtest.Alone(t)
	m, _ := moved(t, c)
	self, err := os.Executable()
	must(t, err)
	f := fate{said: map[string]string{}}
	var (
		wg      sync.WaitGroup
		options []desk.Options
		running atomic.Int64
	)
	for n := range desks {
		name := fmt.Sprint("Q", n)
		opt := desk.Options{Settings: filepath.Join(t.TempDir(), name), Now: func() time.Time { return clock }}
		must(t, desk.ShelfIn(opt.Settings).SetDesk(name))
		_, err := desk.Join(t.Context(), m.Address, m.Code, opt)
		must(t, err)
		options = append(options, opt)
	}
	for n, opt := range options {
		running.Add(1)
		wg.Go(func() {
			defer running.Add(-1)
			if fault := f.work(self, m.Address, opt.Settings, fmt.Sprint("Q", n), events, kills, n%3-1); fault != "" {
				t.Errorf("desk %d: %s", n, fault)
			}
		})
	}
	for _, part := range []int{3, 2} { // at a third and at half of the work
		for f.count.Load() < int64(desks*events/part) && running.Load() > 0 {
			time.Sleep(10 * time.Millisecond)
		}
		c.Stop("immediate")
		c.Up()
	}
	wg.Wait()

	fresh := counterOf(t, m.Address, "Quầy mới", m.Code)
	there := map[string]int{}
	list, err := fresh.Journal(0)
	must(t, err)
	for _, e := range list {
		there[e.Title]++
	}
	sure := 0
	for title, said := range f.said {
		n := there[title]
		if n > 1 || said == "+" && n == 0 || said == "-" && n > 0 {
			t.Errorf("%s: said %q, there %d times", title, said, n)
		}
		if said == "+" {
			sure++
		}
	}
	for title, n := range there {
		if n > 1 && strings.HasPrefix(title, "Q") {
			t.Errorf("%s is there %d times", title, n)
		}
	}
	if sure < desks { // how many find the server away hangs on the machine
		t.Errorf("only %d of %d events were acknowledged: too few to prove anything", sure, desks*events)
	}
	t.Logf("%d acknowledged, %d told of, %d entries of the journal, %d dossiers", sure, len(f.said), len(list), fresh.Len())
	agree(t, fresh)
	want := held(t, fresh)
	for n, opt := range options {
		d, err := desk.Open(m.Address, opt)
		must(t, err)
		must(t, d.Wait())
		if got := held(t, d); got != want {
			t.Errorf("desk %d holds other dossiers than a replay", n)
		}
		agree(t, d)
		if check, err := d.Check(t.Context()); err != nil || len(check.Faults) > 0 {
			t.Errorf("desk %d: %v %v", n, check.Faults, err)
		}
		must(t, d.Close())
	}
}
