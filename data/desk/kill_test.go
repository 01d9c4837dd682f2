package desk_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/testsize"
)

// victimFile names the data file to a process that is about to be killed.
const victimFile = "GIAOBAN_TEST_VICTIM"

// victimSettings is the folder of settings of a victim that works on a server.
const victimSettings = "GIAOBAN_TEST_SETTINGS"

// victimOf names the register of a path to such a process of a kind.
func victimOf(kind, path string) []string {
	if at, ok := lies[path]; ok {
		return []string{kind + "=" + at.address, victimSettings + "=" + at.settings}
	}
	return []string{kind + "=" + path}
}

// victimDossiers is how many dossiers each change of the victim touches.
const victimDossiers = 8

func TestMain(m *testing.M) {
	if path := os.Getenv(victimFile); path != "" {
		fmt.Fprintln(os.Stderr, victim(path))
		os.Exit(1)
	}
	if path := os.Getenv(victimBackups); path != "" {
		fmt.Fprintln(os.Stderr, backingVictim(path))
		os.Exit(1)
	}
	if path := os.Getenv(victimRestores); path != "" {
		fmt.Fprintln(os.Stderr, restoringVictim(path))
		os.Exit(1)
	}
	if address := os.Getenv(victimWrites); address != "" {
		if err := writingVictim(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	runAll(m)
}

// victim changes all dossiers of a file again and again, each time to the next
// number, and says each number once it is saved. It never ends by itself.
func victim(path string) error {
	d, err := desk.Open(path, desk.Options{Now: now, Settings: os.Getenv(victimSettings)})
	if err != nil {
		return err
	}
	ids := make([]uint64, victimDossiers)
	for i := range ids {
		ids[i] = uint64(i + 1)
	}
	n, err := reached(d, ids)
	for err == nil {
		n++
		_, err = d.Happen(context.Background(), ids, "", nil, nil, data.Event{Kind: data.HandOver, At: on(5, 20), New: strconv.Itoa(n)})
		fmt.Println(n)
	}
	return err
}

// reached returns the number that all dossiers have; an error when they differ,
// for a change is whole or not there.
func reached(d *desk.Desk, ids []uint64) (int, error) {
	number := -1
	for _, id := range ids {
		one, err := d.Dossier(id)
		if err != nil {
			return 0, err
		}
		n, _ := strconv.Atoi(one.On(data.MaxDay).Desk)
		if number >= 0 && n != number || len(one.Events) != n {
			return 0, fmt.Errorf("dossier %d is at %d with %d events, another at %d", id, n, len(one.Events), number)
		}
		number = n
	}
	return number, nil
}

// TestKilledAtAnyMoment kills the program again and again while it saves. What
// it said to be saved is there, nothing is half there, and the file stays sound.
func TestKilledAtAnyMoment(t *testing.T) {
	kills := testsize.Of(12, 400)
	path := filepath.Join(t.TempDir(), "so.db")
	d, err := openIn(t, path, desk.Options{Create: true, Now: now})
	must(t, err)
	must(t, d.Wait())
	var ids []uint64
	for i := range victimDossiers {
		one := data.Dossier{Code: fmt.Sprintf("V-%d", i), Received: on(5, 4), Owner: data.Person{Name: "Người thử"}}
		must(t, d.Receive(t.Context(), &one))
		ids = append(ids, one.ID)
	}
	must(t, d.Close())
	self, err := os.Executable()
	must(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	saved, told := 0, 0
	for kill := range kills {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), victimOf(victimFile, path)...)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		// Killed at a random moment after it told of its first few changes, or before
		// any of them.
		wait := random.IntN(4)
		for range wait {
			if !lines.Scan() {
				t.Fatalf("kill %d: the program ended by itself", kill)
			}
			told, _ = strconv.Atoi(lines.Text())
		}
		time.AfterFunc(time.Duration(random.IntN(12_000))*time.Microsecond, func() { cmd.Process.Kill() })
		for lines.Scan() {
			told, _ = strconv.Atoi(lines.Text())
		}
		_ = cmd.Wait() // killed: always an error
		d, err := openIn(t, path, desk.Options{Now: now})
		if err != nil {
			t.Fatalf("kill %d: %v", kill, err)
		}
		must(t, d.Wait())
		n, err := reached(d, ids)
		switch {
		case err != nil:
			t.Fatalf("kill %d: %v", kill, err)
		case n < told:
			t.Fatalf("kill %d: %d was said to be saved, the file holds %d", kill, told, n)
		case n > told+1:
			t.Fatalf("kill %d: the file holds %d, only %d was under way", kill, n, told+1)
		}
		saved = n
		if kill == kills-1 {
			if c, err := d.Check(t.Context()); err != nil || len(c.Faults) > 0 {
				t.Fatalf("check: %+v, %v", c, err)
			}
		}
		must(t, d.Close())
	}
	if saved < kills {
		t.Fatalf("only %d changes were saved in %d runs: too few to prove anything", saved, kills)
	}
}
