package desk_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

const shippedSetting = "calendar-shipped" // as docs/file-format.md names it

func november(day int) data.Moment { return data.Moment{Day: data.Date(2026, time.November, day)} }

// beforeCulture opens an office on 20/11/2026 whose file was last opened by a
// program that did not know 24/11, with three open dossiers: due by the term on
// 24/11, due by the term after it, and imported without a term for 24/11.
func beforeCulture(t *testing.T, edit func(*workday.Year)) *desk.Desk {
	t.Helper()
	at := time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return at }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	put := func(code string, received, due data.Moment, term int) {
		one := data.Dossier{Code: code, Received: received, Due: due}
		if term > 0 {
			one.Term = data.Term{Count: term, Unit: data.WorkingDays}
		}
		must(t, d.Receive(t.Context(), &one))
	}
	put("A", november(10), november(24), 10)
	put("B", november(18), november(25), 5)
	put("C", november(18), november(24), 0)
	put("D", november(18), november(20), 2)
	if edit != nil {
		year := d.Calendar().Year(2026)
		year.Asks = nil
		for i := range year.Days {
			if year.Days[i].Name == "Ngày Văn hóa Việt Nam" {
				year.Days = append(year.Days[:i], year.Days[i+1:]...)
				break
			}
		}
		edit(&year)
		c, err := d.Calendar().With(year)
		must(t, err)
		must(t, d.SetCalendar(t.Context(), c, nil, "lịch của cơ quan"))
	}
	must(t, d.KeepSetting(t.Context(), desk.Work{Title: "tệp cũ"}, shippedSetting, nil))
	return d
}

// TestNewShippedDayIsTheOfficersToTakeOver: what the program ships anew counts at
// once, dates that were promised stay until the officer decides.
func TestNewShippedDayIsTheOfficersToTakeOver(t *testing.T) {
	d := beforeCulture(t, nil)
	news, err := d.CalendarNews()
	must(t, err)
	if !strings.Contains(news.Text, "24/11/2026 nghỉ lễ (Ngày Văn hóa Việt Nam; Nghị quyết 28/2026/QH16) và 94 ngày của các năm khác") || news.Basis != "Nghị quyết 28/2026/QH16" {
		t.Errorf("news: %+v", news)
	}
	affected, err := d.Affected(t.Context(), d.Calendar(), nil)
	must(t, err)
	want := map[string]data.Day{"A": november(25).Day, "B": november(26).Day, "C": november(25).Day}
	if len(affected) != len(want) {
		t.Fatalf("affected: %+v", affected)
	}
	var move []desk.Affected
	for _, a := range affected {
		if a.New.Day != want[a.Code] {
			t.Errorf("%s moves to %s, want %s", a.Code, a.New.Day, want[a.Code])
		}
		if one, err := d.Dossier(a.ID); err != nil || one.Due != a.Now {
			t.Errorf("%s moved by itself: %v, %v", a.Code, one.Due, err)
		}
		if a.Code != "B" {
			move = append(move, a)
		}
	}
	must(t, d.SetCalendar(t.Context(), d.Calendar(), move, "Nghị quyết 28/2026/QH16"))
	if news, err := d.CalendarNews(); err != nil || news != (desk.News{}) {
		t.Errorf("after the decision: %+v, %v", news, err)
	}
	if affected, err := d.Affected(t.Context(), d.Calendar(), nil); err != nil || len(affected) != 0 {
		t.Errorf("asked again: %+v, %v", affected, err)
	}
	b, _ := d.Dossier(d.Find("B"))
	a, _ := d.Dossier(d.Find("A"))
	if b.Due != november(25) || a.Due != november(25) || len(a.Events) == 0 {
		t.Errorf("A due %v with %d corrections, B due %v", a.Due, len(a.Events), b.Due)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if affected, err := d.Affected(t.Context(), d.Calendar(), nil); err != nil || len(affected) != 3 {
		t.Errorf("after undo: %+v, %v", affected, err)
	}
}

// TestOwnYearFollowsTheShippedOne: a year that the office edited before takes the
// new holiday too, and keeps what the office said.
func TestOwnYearFollowsTheShippedOne(t *testing.T) {
	own := data.Date(2026, time.December, 24)
	d := beforeCulture(t, func(y *workday.Year) {
		y.Days = append(y.Days, workday.Special{Date: own, Kind: workday.Holiday, Name: "Nghỉ của địa phương"})
	})
	c := d.Calendar()
	if c.IsWorking(november(24).Day) || c.IsWorking(own) || len(c.Year(2026).OpenAsks()) != 1 {
		t.Errorf("24/11 worked: %v, own day worked: %v, asks %v", c.IsWorking(november(24).Day), c.IsWorking(own), c.Year(2026).Asks)
	}
	if affected, err := d.Affected(t.Context(), c, nil); err != nil || len(affected) != 3 {
		t.Errorf("affected: %+v, %v", affected, err)
	}
}

// TestOfficeKeepsADayThatItDeclaredItself: where the office said already what a day
// is, nothing changes.
func TestOfficeKeepsADayThatItDeclaredItself(t *testing.T) {
	d := beforeCulture(t, func(y *workday.Year) {
		y.Days = append(y.Days, workday.Special{Date: november(24).Day, Kind: workday.Holiday, Name: "Nghỉ 24/11"})
	})
	if s, _ := d.Calendar().Special(november(24).Day); s.Name != "Nghỉ 24/11" {
		t.Errorf("24/11 is now %+v", s)
	}
	if affected, err := d.Affected(t.Context(), d.Calendar(), nil); err != nil || len(affected) != 0 {
		t.Errorf("affected: %+v, %v", affected, err)
	}
	news, err := d.CalendarNews()
	must(t, err)
	must(t, d.TakeCalendar(t.Context(), news.Text))
	if news, err := d.CalendarNews(); err != nil || news != (desk.News{}) {
		t.Errorf("taken over, yet told again: %+v, %v", news, err)
	}
	if journal, err := d.Journal(1); err != nil || journal[0].Why == "" {
		t.Errorf("the journal lacks what was taken over: %+v, %v", journal, err)
	}
}

// TestNewFilesHaveNothingToTakeOver: a file begins with what is shipped.
func TestNewFilesHaveNothingToTakeOver(t *testing.T) {
	if news, err := fresh(t).CalendarNews(); err != nil || news != (desk.News{}) {
		t.Errorf("a new file is told %+v, %v", news, err)
	}
}
