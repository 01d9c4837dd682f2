package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// settingTaken holds the marks of the shipped calendar that the office took over
// last. A newer program may ship others; the due dates that were promised by the
// old ones are the officer's to decide on.
const settingTaken = "calendar-shipped"

func shippedMarks() []byte { return []byte(workday.Default().Marks().String()) }

// readTaken returns the marks that the office took over last.
func readTaken(v View) (workday.Marks, error) {
	raw := v.Setting(settingTaken)
	if raw == nil {
		return workday.FirstMarks(), nil
	}
	return workday.ParseMarks(string(raw))
}

// takenCalendar returns the calendar by which due dates were promised before the
// office took over what the program ships now; the present one when that is the
// same.
func (d *Desk) takenCalendar() (*workday.Calendar, error) {
	var out *workday.Calendar
	err := d.store.View(func(v View) error {
		taken, err := readTaken(v)
		if err != nil || maps.Equal(taken, workday.Default().Marks()) {
			out = d.Calendar()
			return err
		}
		own := workday.Default()
		var edited []workday.Year
		if raw := v.Setting(settingCalendar); raw != nil {
			if own, err = workday.Load(raw); err != nil {
				return err
			}
			for _, n := range own.Years() {
				edited = append(edited, own.Year(n))
			}
		}
		years := slices.DeleteFunc(taken.Years(), func(y workday.Year) bool {
			return slices.ContainsFunc(edited, func(e workday.Year) bool { return e.Number == y.Number })
		})
		out, err = own.WithYears(append(years, edited...)...)
		return err
	})
	return out, err
}

// News is what the program ships otherwise than the office took it over.
type News struct {
	Text  string // in words, "" when the program ships the same as before
	Basis string // what the days of the text rest on
}

// newsShown is how many days the words of news name.
const newsShown = 3

// CalendarNews tells which days the program ships otherwise than the office took them
// over: the first of those from this year on by name, the others by number.
func (d *Desk) CalendarNews() (News, error) {
	taken, err := Viewed(d, readTaken)
	now := workday.Default().Marks()
	if err != nil || maps.Equal(taken, now) {
		return News{}, err
	}
	days := differing(taken, now)
	first, _ := slices.BinarySearch(days, data.Date(d.Today().Year(), time.January, 1))
	named := days[min(first, len(days)-1):]
	if i := slices.IndexFunc(named, func(day data.Day) bool { return day.Year() > named[0].Year() }); i > 0 {
		named = named[:i]
	}
	named = named[:min(len(named), newsShown)]
	var words, bases []string
	for _, day := range named {
		s, special := workday.Default().Special(day)
		if !special {
			words = append(words, day.String()+" thành ngày thường")
			continue
		}
		words = append(words, fmt.Sprintf("%s %s (%s; %s)", day, strings.ToLower(s.Kind.String()), s.Name, s.Basis))
		if s.Basis != "" && !slices.Contains(bases, s.Basis) {
			bases = append(bases, s.Basis)
		}
	}
	text := "Lịch kèm chương trình đã đổi: " + strings.Join(words, ", ")
	if more := len(days) - len(named); more > 0 {
		text += fmt.Sprintf(" và %d ngày của các năm khác", more)
	}
	return News{text + ".", strings.Join(bases, "; ")}, nil
}

// differing returns the days that two sets of marks mark differently, in order.
func differing(a, b workday.Marks) []data.Day {
	var out []data.Day
	for day, kind := range a {
		if b[day] != kind {
			out = append(out, day)
		}
	}
	for day := range b {
		if _, ok := a[day]; !ok {
			out = append(out, day)
		}
	}
	slices.Sort(out)
	return out
}

// TakeCalendar takes over the shipped calendar where that moves no due date; see
// SetCalendar for where it does. It is written to the journal as a fact that undo
// passes over.
func (d *Desk) TakeCalendar(ctx context.Context, news string) error {
	return d.Change(ctx, Work{Title: "Nhận lịch làm việc kèm chương trình, không hồ sơ nào đổi ngày hẹn", Why: news, Note: true}, func(tx Tx) error {
		return tx.PutSetting(settingTaken, shippedMarks())
	})
}

// answersTold names the questions that the calendar c answers otherwise than the
// one before, for the journal.
func answersTold(before, c *workday.Calendar) string {
	var parts []string
	for _, n := range c.Years() {
		old := map[string]workday.Answer{}
		for _, a := range before.Year(n).Asks {
			old[a.ID] = a.Answer
		}
		for _, a := range c.Year(n).Asks {
			if a.Answer != old[a.ID] {
				parts = append(parts, fmt.Sprintf("«%s» %s", a.Text, a.Answer))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", trả lời: " + strings.Join(parts, "; ")
}
