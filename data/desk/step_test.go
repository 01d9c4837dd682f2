package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/workday"
)

// trick is a data file that does something when a change was committed, before
// anybody hears of it, and may then give an error.
type trick struct {
	file
	before func(title string) error // instead of the commit
	after  func(title string) error
	broken func() error // every look at the file
}

func (f *trick) View(fn func(View) error) error {
	if f.broken != nil {
		return f.broken()
	}
	return f.file.View(fn)
}

func (f *trick) Append(ctx context.Context, e *Entry, fn func(Tx) error) error {
	err := f.file.Append(ctx, e, func(tx Tx) error {
		if err := fn(tx); err != nil || f.before == nil {
			return err
		}
		return f.before(e.Title)
	})
	if err != nil || f.after == nil {
		return err
	}
	return f.after(e.Title)
}

// tricked opens a new office over such a file.
func tricked(t *testing.T) (*Desk, *trick) {
	t.Helper()
	l, err := openFile(filepath.Join(t.TempDir(), "so.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	f := &trick{file: l}
	d, err := open(f, Options{Create: true, Now: func() time.Time { return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d, f
}

// entered stores a dossier.
func entered(t *testing.T, d *Desk, code string) uint64 {
	t.Helper()
	one := data.Dossier{Code: code, Received: data.Moment{Day: data.Date(2026, 5, 4)}, Owner: data.Person{Name: "Trần Văn Thử"}}
	err := d.Change(t.Context(), Work{Title: "Nhận " + code}, func(tx Tx) error { return tx.PutDossier(&one) })
	if err != nil {
		t.Fatal(err)
	}
	return one.ID
}

// content gives a dossier another content.
func content(ctx context.Context, d *Desk, id uint64, title, text string) error {
	return d.Change(ctx, Work{Title: title}, func(tx Tx) error {
		one, err := tx.Dossier(id)
		if err != nil {
			return err
		}
		one.Content = text
		return tx.PutDossier(&one)
	})
}

// agree fails the test where register and file differ; it takes the register
// apart by questions and builds another one from the file.
func agree(t *testing.T, d *Desk) {
	t.Helper()
	s, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other := register.New()
	err = s.Read(func(v View) error {
		return v.Scan(func(g *data.Glance) error { other.Put(g); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []Query{{}, {Text: `"nội dung mới"`}, {Text: `"nội dung cũ"`}} {
		if got, want := fmt.Sprint(s.List(q).IDs), fmt.Sprint(other.List(q).IDs); got != want {
			t.Errorf("%+v: the register lists %s, the file holds %s", q, got, want)
		}
	}
}

// A second change comes while the first is in the file but not yet in memory.
func TestAtOnceChangeBetweenCommitAndMemory(t *testing.T) {
	d, f := tricked(t)
	id := entered(t, d, "A-1")
	second := make(chan error, 1)
	f.after = func(title string) error {
		if title == "một" {
			go func() { second <- content(context.Background(), d, id, "hai", "nội dung mới") }()
			time.Sleep(50 * time.Millisecond) // it would be done long since
		}
		return nil
	}
	if err := content(t.Context(), d, id, "một", "nội dung cũ"); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Fatal(err)
	}
	agree(t, d)
	if n := d.Count(Query{Text: `"nội dung mới"`}); n != 1 {
		t.Errorf("the register lists %d dossiers with the text of the last change", n)
	}
}

// The same for the calendar: the office is changed while the calendar is in the
// file but not yet in memory. The day off that the file holds must not be lost.
func TestAtOnceOfficeBetweenCommitAndCalendar(t *testing.T) {
	d, f := tricked(t)
	off := data.Date(2026, 7, 7)
	y := workday.Default().Year(2026)
	y.Days = append(append([]workday.Special(nil), y.Days...), workday.Special{Date: off, Kind: workday.Holiday, Name: "thử"})
	with, err := workday.Default().WithYears(y)
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	f.after = func(title string) error {
		if title == "Sửa lịch làm việc" {
			go func() { second <- d.SetOffice(context.Background(), data.Office{Name: "B"}) }()
			time.Sleep(50 * time.Millisecond)
		}
		return nil
	}
	if err := d.SetCalendar(t.Context(), with, nil, "thử"); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Fatal(err)
	}
	if d.Calendar().IsWorking(off) || d.Office().Name != "B" {
		t.Errorf("working %v, office %q: memory lost what the file holds", d.Calendar().IsWorking(off), d.Office().Name)
	}
}

// Nobody sees the file of one state with the register of another: who asks for a
// snapshot between commit and memory waits.
func TestAtOnceSnapshotBetweenCommitAndMemory(t *testing.T) {
	d, f := tricked(t)
	id := entered(t, d, "A-1")
	done := make(chan struct{})
	f.after = func(string) error {
		go func() { defer close(done); agree(t, d) }()
		time.Sleep(50 * time.Millisecond)
		return nil
	}
	if err := content(t.Context(), d, id, "một", "nội dung mới"); err != nil {
		t.Fatal(err)
	}
	<-done
}

// What the register and the file hold after a commit that gave an error.
func TestFailedCommit(t *testing.T) {
	broken := errors.New("input/output error")
	unsure := data.Fail(data.Unsure, "đã ghi", broken)
	for _, c := range []struct {
		name          string
		before, after error
		want          data.ErrorCode
		text          string
		told          int
	}{
		{"nothing was written", broken, nil, data.Internal, `"nội dung cũ"`, 0},
		{"written, not confirmed", nil, unsure, data.Unsure, `"nội dung mới"`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, f := tricked(t)
			id := entered(t, d, "A-1")
			if err := content(t.Context(), d, id, "một", "nội dung cũ"); err != nil {
				t.Fatal(err)
			}
			told := 0
			d.Watch(func(Changes) { told++ })
			f.before, f.after = func(string) error { return c.before }, func(string) error { return c.after }
			if err := content(t.Context(), d, id, "hai", "nội dung mới"); data.CodeOf(err) != c.want {
				t.Errorf("error %v (%s), want %s", err, data.CodeOf(err), c.want)
			}
			f.before, f.after = nil, nil
			if d.Count(Query{Text: c.text}) != 1 || told != c.told {
				t.Errorf("%s listed %d times, told %d times", c.text, d.Count(Query{Text: c.text}), told)
			}
			agree(t, d)
			if err := content(t.Context(), d, id, "ba", "nội dung cũ"); err != nil {
				t.Errorf("the next change: %v", err)
			}
			agree(t, d)
		})
	}
}

// A change that is too long to wait in memory is read again behind the commit.
// Where this fails, or the program has a fault there, it is told as saved all the
// same, and no more is written over a register that fell behind.
func TestLongChangeThatCannotBeReadAgain(t *testing.T) {
	for name, broken := range map[string]func() error{"sound": nil, "error": func() error { return errors.New("input/output error") }, "fault": func() error { panic("fault") }} {
		d, f := tricked(t)
		told := 0
		d.Watch(func(Changes) { told++ })
		const n = manyDossiers + 1
		f.after = func(string) error { f.broken = broken; return nil }
		err := d.Change(t.Context(), Work{Title: "nhiều"}, func(tx Tx) error {
			tx.Batch()
			for i := range n {
				one := data.Dossier{Code: fmt.Sprint("A-", i), Received: data.Moment{Day: data.Date(2026, 5, 4)}, Owner: data.Person{Name: "Trần Văn Thử"}}
				if err := tx.PutDossier(&one); err != nil {
					return err
				}
			}
			return nil
		})
		f.after, f.broken = nil, nil
		if want := map[bool]data.ErrorCode{false: data.Unsure}[broken == nil]; data.CodeOf(err) != want || told != 1 {
			t.Errorf("%s: error %v, want %q; told %d times", name, err, want, told)
		}
		held := 0
		err = d.Read(func(v View) error { return v.Scan(func(*data.Glance) error { held++; return nil }) })
		if err != nil || held != n || broken == nil && d.Len() != n {
			t.Errorf("%d in the file, %d listed of %d, %v", held, d.Len(), n, err)
		}
		if broken != nil {
			if err := d.SetOffice(t.Context(), data.Office{Name: "B"}); data.CodeOf(err) != data.Conflict {
				t.Errorf("over a register that fell behind: %v", err)
			}
		} else {
			agree(t, d)
		}
	}
}

// Close waits for the change under way; those that come later are refused, and
// what was told as saved is in the file.
func TestAtOnceCloseWaitsForWriters(t *testing.T) {
	d, f := tricked(t)
	id := entered(t, d, "A-1")
	inside, leave := make(chan struct{}), make(chan struct{})
	var once sync.Once
	f.before = func(string) error {
		once.Do(func() { close(inside); <-leave })
		return nil
	}
	saved, closed := make(chan error, 1), make(chan error, 1)
	go func() { saved <- content(context.Background(), d, id, "một", "nội dung mới") }()
	<-inside
	go func() { closed <- d.Close() }()
	select {
	case <-closed:
		t.Error("closed while a change was under way")
	case <-time.After(50 * time.Millisecond):
	}
	close(leave)
	if err := <-saved; err != nil {
		t.Errorf("the change under way: %v", err)
	}
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	err := content(context.Background(), d, id, "hai", "nội dung cũ")
	if data.CodeOf(err) != data.Conflict {
		t.Errorf("a change after Close: %v", err)
	}
	if _, err := d.At(); data.CodeOf(err) != data.Conflict {
		t.Errorf("a snapshot after Close: %v", err)
	}
	if _, err := d.Dossier(id); data.CodeOf(err) != data.Conflict {
		t.Errorf("a dossier after Close: %v", err)
	}
	l, err := openFile(d.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	err = l.View(func(v View) error {
		one, err := v.Dossier(id)
		if one.Content != "nội dung mới" {
			t.Errorf("the file holds %q", one.Content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Watchers are told once for each change, in the order of the journal, of what
// the change was about; by then all see it.
func TestChangesAreTold(t *testing.T) {
	d, _ := tricked(t)
	var told []Changes
	d.Watch(func(c Changes) {
		for _, id := range c.Dossiers {
			if n := d.Count(Query{}); n != len(d.List(Query{}).IDs) || id == 0 {
				t.Errorf("%d dossiers seen", n)
			}
		}
		told = append(told, c)
	})
	id := entered(t, d, "A-1")
	u := data.Unit{Name: "Phòng Thử"}
	for _, err := range []error{
		d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử"}),
		d.SaveUnit(t.Context(), &u),
		d.SetRules(t.Context(), Rules{CodePattern: DefaultRules().CodePattern, LetterPattern: DefaultRules().LetterPattern, SameDayUntil: DefaultRules().SameDayUntil, SimilarDays: 9}),
		content(t.Context(), d, id, "một", "nội dung mới"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Keep(t.Context(), Work{Title: "Ghế"}, KindSigner, 0, data.Signer{Name: "B"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	want := "[{[1] false false false [] false} {[] false false true [] false} {[] false true false [] false} {[] false false true [rules] false} " +
		"{[1] false false false [] false} {[] false false false [signer] false} {[] false false false [signer] false} {[1] false false false [] false}]"
	if got := fmt.Sprint(told); got != want {
		t.Errorf("told\n%s, want\n%s", got, want)
	}
}

// Two hundred changes from eight goroutines are told one after the other, in the
// order in which the file took them.
func TestAtOnceChangesAreToldInOrder(t *testing.T) {
	d, _ := tricked(t)
	var ids []uint64
	for n := range 8 {
		ids = append(ids, entered(t, d, fmt.Sprint("A-", n)))
	}
	var told []uint64
	d.Watch(func(c Changes) { told = append(told, c.Dossiers...) }) // one at a time: the race detector watches
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			for n := range 25 {
				if err := content(context.Background(), d, id, fmt.Sprint(id), fmt.Sprint("lần ", n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	journal, err := d.Journal(len(told))
	if err != nil || len(told) != 200 {
		t.Fatalf("told %d times, %v", len(told), err)
	}
	for i, id := range told {
		if title := journal[len(journal)-1-i].Title; title != fmt.Sprint(id) {
			t.Fatalf("told %d as number %d, the journal has %s there", id, i, title)
		}
	}
	agree(t, d)
}
