package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
	"giaoban/data/testsize"
)

// On a wire that is late by 200 ms for every packet, what is read and looked for never
// waits for the server; what is saved does, and is seen by the other desk.
func TestAtOnceSlowWire(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	p := c.Proxy()
	one := counterOf(t, p.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)
	p.Delay(200 * time.Millisecond)
	start := time.Now()
	for range 100 {
		if list := one.List(desk.Query{Text: "người"}); len(list.IDs) != 5 {
			t.Fatalf("%d found", len(list.IDs))
		}
		id := one.Find("CU-1")
		if _, err := one.Dossier(id); err != nil {
			t.Fatal(err)
		}
		one.Opened(id)
		one.Figures(long, data.NoDay, data.ByUnit, desk.Filter{})
		one.Catalogue()
	}
	// One question to the server for each round would take forty seconds.
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("a hundred rounds of reading took %v", took)
	}
	put(t, one, "CHAM", "Ai")
	until(t, "what was saved over the slow wire", func() bool { return two.Find("CHAM") != 0 })
}

// The wire is cut when the server has taken a change and before it says so: found again
// in time, the change is acknowledged and there once; lost for good, the officer is told
// that nobody knows, and the next look at the server tells.
func TestAtOnceWireCutWithinACommit(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	p := c.Proxy()
	one := counterOf(t, p.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)
	save := func(code string) error {
		return one.Change(context.Background(), desk.Work{Title: code}, func(tx desk.Tx) error {
			p.CutAtCommit() // the turn is taken: what is asked next is the commit
			return tx.PutDossier(&data.Dossier{Code: code, Owner: data.Person{Name: "Ai"}, Received: data.Moment{Day: data.DayOf(clock)}})
		})
	}
	once := func(title string) {
		t.Helper()
		until(t, title, func() bool {
			one.Retry()
			two.Retry()
			return one.Find(title) != 0 && two.Find(title) != 0
		})
		for _, d := range []*desk.Desk{one, two} {
			list, err := d.Journal(0)
			must(t, err)
			n := 0
			for _, e := range list {
				if e.Title == title {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s is in the journal %d times", title, n)
			}
		}
	}
	for range testsize.Of(3, 50) {
		code := "GIUA-" + time.Now().Format("150405.000000000")
		mended := time.AfterFunc(300*time.Millisecond, p.Mend)
		if err := save(code); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		mended.Stop()
		p.Mend()
		once(code)
	}
	if err := save("MAT"); data.CodeOf(err) != data.Offline || !strings.Contains(err.Error(), "Đừng nhập lại") {
		t.Errorf("lost for good: %v", err)
	}
	p.Mend()
	once("MAT")
	if err := one.Change(t.Context(), desk.Work{Title: "Lần hai"}, func(tx desk.Tx) error {
		return tx.PutDossier(&data.Dossier{Code: "MAT", Owner: data.Person{Name: "Ai"}, Received: data.Moment{Day: data.DayOf(clock)}})
	}); data.CodeOf(err) != data.Conflict {
		t.Errorf("typed again although told not to: %v", err)
	}
}

// Where no notification comes through, each change is found by asking again.
func TestAtOnceWithoutNotifications(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	p := c.Proxy()
	p.Mute()
	one := counterOf(t, c.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, p.URL("postgres"), "Quầy 2", m.Code)
	for n := range testsize.Of(2, 30) {
		code := "IM-" + time.Now().Format("150405.000000000")
		start := time.Now()
		put(t, one, code, "Ai")
		until(t, "a change that nobody told of", func() bool { return two.Find(code) != 0 })
		// The first is found as the desk begins to listen.
		if took := time.Since(start); n > 0 && took < time.Second {
			t.Errorf("found after %v: somebody told of it", took)
		}
	}
	if !two.Link().Online {
		t.Error("a quiet server counts as lost")
	}
}
