package book_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/demo"
	"giaoban/data/desk"
)

var background = context.Background()

// clock is the time of a desk under test; tests move it.
type clock struct{ day data.Day }

func (c *clock) now() time.Time { return c.day.Time().Add(9 * time.Hour) }

// empty opens a desk without dossiers, with three communes, at a day.
func empty(t testing.TB, day data.Day) (*book.Book, *desk.Desk, *clock) {
	t.Helper()
	c := &clock{day}
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.giaoban"), desk.Options{Create: true, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Change(background, desk.Work{Title: "Thử"}, func(tx desk.Tx) error {
		for _, name := range []string{"Xã Một", "Xã Hai", "Xã Ba"} {
			if err := tx.PutUnit(&data.Unit{Name: name, Level: data.LevelCommune}); err != nil {
				return err
			}
		}
		return tx.PutOffice(data.Office{Name: "UBND huyện Thử", Officer: "Người thử"})
	}); err != nil {
		t.Fatal(err)
	}
	return book.New(d), d, c
}

var demoFile struct {
	sync.Once
	path string
	err  error
	took time.Duration
}

// demoDay is when the demonstration is looked at.
var demoDay = data.Date(2023, time.September, 1)

// TestMain drops the demonstration file, which the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if demoFile.path != "" {
		os.RemoveAll(filepath.Dir(demoFile.path))
	}
	os.Exit(code)
}

// town opens the demonstration office with its sheets; tests only read it.
func town(t testing.TB) (*book.Book, *desk.Desk) {
	t.Helper()
	c := &clock{demoDay}
	demoFile.Do(func() {
		dir, err := os.MkdirTemp("", "assess-*")
		if err != nil {
			demoFile.err = err
			return
		}
		demoFile.path = filepath.Join(dir, "minh-hoa.giaoban")
		if demoFile.err = demo.BuildRegister(background, demoFile.path, data.NoDay, c.now, nil); demoFile.err != nil {
			return
		}
		d, err := desk.Open(demoFile.path, desk.Options{Now: c.now})
		if err != nil {
			demoFile.err = err
			return
		}
		if err := d.Wait(); err != nil {
			demoFile.err = err
		}
		began := time.Now()
		if periods, err := book.New(d).Periods(); err == nil && len(periods) == 0 {
			demoFile.err = demo.AddSheets(background, d)
		}
		demoFile.took = time.Since(began)
		if err := d.Close(); demoFile.err == nil {
			demoFile.err = err
		}
	})
	if demoFile.err != nil {
		t.Fatal(demoFile.err)
	}
	d, err := desk.Open(demoFile.path, desk.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return book.New(d), d
}

// periodOf finds a period of the demonstration.
func periodOf(t testing.TB, b *book.Book, level string, year int) assess.Period {
	t.Helper()
	list, err := b.Periods()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Level == level && p.Year == year {
			return p
		}
	}
	t.Fatalf("no period %s %d", level, year)
	return assess.Period{}
}

// ownCard returns the office's own sheet of a year.
func ownCard(t testing.TB, b *book.Book, year int) *assess.Card {
	t.Helper()
	cards, err := b.Cards(periodOf(t, b, "huyen", year).ID, "")
	if err != nil || len(cards) != 1 {
		t.Fatalf("%d cards, %v", len(cards), err)
	}
	return cards[0]
}

// TestPeriodsHaveTitlesOfTheirOwn: a title that another period bears is refused at its
// field, however it is written, for a new period and for one that is renamed.
func TestPeriodsHaveTitlesOfTheirOwn(t *testing.T) {
	b, _, _ := empty(t, data.Date(2026, 12, 1))
	set, err := b.TakeSample(background, "cchc-xa-2023-recon")
	if err != nil {
		t.Fatal(err)
	}
	p := assess.Period{Title: "Chỉ số CCHC năm 2026", Year: 2026, Level: "xa", Set: set, Groups: []assess.Group{{Name: "Xã", Units: []uint32{1, 2}}}}
	first, err := b.KeepPeriod(background, p)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(p assess.Period) {
		t.Helper()
		_, err := b.KeepPeriod(background, p)
		if wrong, ok := errors.AsType[*data.Error](err); !ok || wrong.Code != data.Conflict || wrong.Field != "title" || !strings.Contains(wrong.Message, "Chỉ số CCHC năm 2026") {
			t.Errorf("%+v", err)
		}
		if err := b.CheckPeriod(p); data.CodeOf(err) != data.Conflict {
			t.Errorf("checked: %v", err)
		}
	}
	again := p
	again.Title = " chỉ số  CCHC năm 2026"
	refused(again)
	other := p
	other.Title = "Chỉ số CCHC 6 tháng"
	if other.ID, err = b.KeepPeriod(background, other); err != nil {
		t.Fatal(err)
	}
	other.Title = p.Title
	refused(other)
	p.ID, p.Basis = first, "Kế hoạch 1"
	if _, err := b.KeepPeriod(background, p); err != nil {
		t.Errorf("the period itself: %v", err)
	}
}
