package data_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
)

// day of August 2026, a month without days off but weekends and the swap of the
// 22nd.
func august(d int) data.Moment { return data.Moment{Day: data.Date(2026, time.August, d)} }

func TestLateStaysLateWhateverSupplementFollows(t *testing.T) {
	at := func(k data.EventKind, d int) data.Event { return data.Event{Kind: k, At: august(d)} }
	due := func(e data.Event, d int) data.Event { e.Due = august(d); return e }
	clock := func(e data.Event, h int) data.Event { e.At.Clock = data.At(h, 0); return e }
	hours := data.Term{Count: 4, Unit: data.WorkingHours}
	for _, c := range []struct {
		name   string
		term   data.Term
		clock  int // of the due date
		events []data.Event
		asOf   int
		due    int // judged
		want   data.Outcome
	}{
		{"asked in time, brought late", data.Term{}, 0, []data.Event{at(data.AskSupplement, 12), due(at(data.Supplement, 24), 31), at(data.Finish, 28)}, 31, 31, data.Early},
		{"asked on the day", data.Term{}, 0, []data.Event{at(data.AskSupplement, 17), due(at(data.Supplement, 24), 25), at(data.Finish, 25)}, 31, 25, data.OnTime},
		{"asked a day late", data.Term{}, 0, []data.Event{at(data.AskSupplement, 18), due(at(data.Supplement, 24), 31), at(data.Finish, 25)}, 31, 17, data.Late},
		{"asked a day late, open again", data.Term{}, 0, []data.Event{at(data.AskSupplement, 18), due(at(data.Supplement, 24), 31)}, 25, 17, data.Overdue},
		{"asked twice, late the second time", data.Term{}, 0, []data.Event{at(data.AskSupplement, 10), due(at(data.Supplement, 12), 19),
			at(data.AskSupplement, 20), due(at(data.Supplement, 24), 31), at(data.Finish, 26)}, 31, 19, data.Late},
		{"a fee asked late", data.Term{}, 0, []data.Event{at(data.AskPayment, 20), due(at(data.Pay, 21), 31), at(data.Finish, 24)}, 31, 17, data.Late},
		{"halted late", data.Term{}, 0, []data.Event{at(data.Suspend, 20), due(at(data.Resume, 21), 31), at(data.Finish, 24)}, 31, 17, data.Late},
		{"finished late, opened again, supplemented", data.Term{}, 0, []data.Event{at(data.Finish, 20), at(data.Reopen, 21), at(data.AskSupplement, 21),
			due(at(data.Supplement, 24), 31), at(data.Finish, 25)}, 31, 17, data.Late},
		{"still waiting", data.Term{}, 0, []data.Event{at(data.AskSupplement, 20)}, 31, 17, data.PendingWait},
		{"hours: asked after the hour", hours, 10, []data.Event{clock(at(data.AskSupplement, 17), 11), due(at(data.Supplement, 18), 20), at(data.Finish, 19)}, 31, 17, data.Late},
		{"hours: asked before the hour", hours, 10, []data.Event{clock(at(data.AskSupplement, 17), 9), due(at(data.Supplement, 18), 20), at(data.Finish, 19)}, 31, 20, data.Early},
	} {
		d := data.Dossier{Code: "A", Received: august(3), Due: august(17), Term: c.term, Events: c.events}
		if c.clock > 0 {
			d.Due.Clock = data.At(c.clock, 0)
		}
		day := august(c.asOf).Day
		s := d.On(day)
		if got := s.Outcome(day, d.Term); got != c.want || s.Due.Day != august(c.due).Day {
			t.Errorf("%s: %v, due %s; want %v, due %s", c.name, got, s.Due, c.want, august(c.due))
		}
	}
}

// Whatever follows, a dossier that was overdue on some day is never again in
// time, nor finished early or on time.
func TestOverdueIsNeverTakenBack(t *testing.T) {
	kinds := []data.EventKind{data.BeginProcessing, data.AskSupplement, data.Supplement, data.AskPayment, data.Pay, data.Suspend, data.Resume,
		data.Extend, data.Finish, data.Return, data.Withdraw, data.Stop, data.Reopen, data.HandOver, data.Apologise}
	rapid.Check(t, func(t *rapid.T) {
		clock := rapid.SampledFrom([]data.Clock{0, data.At(8, 0), data.At(11, 30), data.At(16, 0)})
		day := data.Date(2026, time.March, 2)
		d := data.Dossier{Code: "A", Received: data.Moment{Day: day, Clock: clock.Draw(t, "received")}}
		d.Due = data.Moment{Day: day + data.Day(rapid.IntRange(0, 9).Draw(t, "due")), Clock: clock.Draw(t, "dueClock")}
		d.Term = data.Term{Count: 2, Unit: rapid.SampledFrom([]data.TermUnit{data.WorkingDays, data.WorkingHours}).Draw(t, "unit")}
		for range rapid.IntRange(1, 9).Draw(t, "events") {
			day += data.Day(rapid.IntRange(0, 6).Draw(t, "later"))
			e := data.Event{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), At: data.Moment{Day: day, Clock: clock.Draw(t, "at")}}
			if rapid.Bool().Draw(t, "moves") {
				e.Due = data.Moment{Day: day + data.Day(rapid.IntRange(-5, 30).Draw(t, "new"))}
			}
			d.Events = append(d.Events, e)
		}
		overdue := data.NoDay
		for on := d.Received.Day; on <= day+40; on++ {
			switch got := d.On(on).Outcome(on, d.Term); {
			case got == data.Overdue && overdue == data.NoDay:
				overdue = on
			case overdue != data.NoDay && (got == data.Early || got == data.OnTime || got == data.PendingInTime):
				t.Fatalf("overdue on %s, %v on %s", overdue, got, on)
			}
		}
	})
}
