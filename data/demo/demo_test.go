package demo_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/workday"
)

// register is the demonstration office with its dossiers written out, made once
// for all tests.
var register = sync.OnceValues(func() (*demo.Town, []data.Dossier) {
	town, err := demo.Generate(workday.Default())
	if err != nil {
		panic(err)
	}
	dossiers := make([]data.Dossier, 0, town.Len())
	for d := range town.Dossiers() {
		dossiers = append(dossiers, d)
	}
	return town, dossiers
})

// counts are the figures of a group in a year.
type counts struct {
	data.Counts
	onTimeAlone int64 // on time without the withdrawn
}

// count is the slow oracle: it asks every dossier for its state on the last day
// of the year and of the year before (register-and-reports 4.3).
func count(town *demo.Town, dossiers []data.Dossier, level data.Level, year int) counts {
	var c counts
	last, before := data.Date(year, 12, 31), data.Date(year-1, 12, 31)
	for i := range dossiers {
		d := &dossiers[i]
		if town.Units[d.Unit-1].Level != level || d.Received.Day > last {
			continue
		}
		s := d.On(last)
		if !s.Counted() {
			continue
		}
		fresh := d.Received.Day > before
		if !fresh && d.On(before).Closed {
			continue
		}
		switch {
		case !fresh:
			c.Carried++
		case d.Channel == data.Online:
			c.NewOnline++
		case d.Channel == data.Postal:
			c.NewPostal++
		default:
			c.NewDirect++
		}
		if d.Channel == data.Postal || d.Return == data.ReturnPostal {
			c.Postal++
		}
		has := func(flag data.Flag, n *int64) {
			if d.Flags&flag != 0 {
				*n++
			}
		}
		has(data.FeeDue, &c.FeeDue)
		has(data.PaidOnline, &c.PaidOnline)
		has(data.Digitised, &c.Digitised)
		has(data.Published, &c.Published)
		outcome := s.Outcome(last, d.Term)
		if outcome.Closed() {
			has(data.Surveyed, &c.Surveyed)
			has(data.Satisfied, &c.Satisfied)
			has(data.EResult, &c.EResult)
		}
		switch outcome {
		case data.Early:
			c.Early++
		case data.OnTime:
			c.OnTime++
			c.onTimeAlone++
		case data.Late:
			c.Late++
		case data.WithdrawnOut:
			c.OnTime++
			c.Withdrawn++
		case data.PendingInTime:
			c.InTime++
		case data.PendingWait:
			c.InTime++
			c.Waiting++
		case data.Overdue:
			c.Overdue++
			if s.Apologies > 0 {
				c.Apologised++
			}
		}
	}
	return c
}

func percent(n, of int64) string { return data.Ratio{Numerator: n, Denominator: of}.Percent() }

// TestArticleFigures checks every figure that source article 003 prints, and
// those that follow from it (seeds.md, register-and-reports 8.4).
func TestArticleFigures(t *testing.T) {
	town, dossiers := register()
	of := func(level data.Level, year int) counts { return count(town, dossiers, level, year) }
	town21, town22 := of(data.LevelDistrict, 2021), of(data.LevelDistrict, 2022)
	xa21, xa22 := of(data.LevelCommune, 2021), of(data.LevelCommune, 2022)
	nd21, nd22 := of(data.LevelVertical, 2021), of(data.LevelVertical, 2022)

	for _, row := range []struct {
		what string
		got  int64
		want int64
	}{
		{"town received", town22.Received(), 34170},
		{"town new", town22.New(), 31731},
		{"town carried over", town22.Carried, 2439},
		{"town resolved", town22.Resolved(), 32514},
		{"town early", town22.Early, 18214},
		{"town late", town22.Late, 0},
		{"town pending", town22.Pending(), 1656},
		{"town pending overdue", town22.Overdue, 0},
		{"town online", town22.NewOnline, 29291},
		{"town postal", town22.Postal, 15977},
		{"town carried over is what was pending", town22.Carried, town21.Pending()},
		{"communes received", xa22.Received(), 25615},
		{"communes new", xa22.New(), 25438},
		{"communes resolved", xa22.Resolved(), 25397},
		{"communes online", xa22.NewOnline, 23596},
		{"communes carried over is what was pending", xa22.Carried, xa21.Pending()},
		{"vertical received", nd22.Received(), 26529},
		{"vertical resolved", nd22.Resolved(), 26353},
		{"vertical carried over is what was pending", nd22.Carried, nd21.Pending()},
	} {
		if row.got != row.want {
			t.Errorf("2022, %s: %d, want %d", row.what, row.got, row.want)
		}
	}
	for _, row := range []struct{ what, got, want string }{
		{"town online 2022", percent(town22.NewOnline, town22.New()), "92,31"},
		{"town online 2021", percent(town21.NewOnline, town21.New()), "79,86"},
		{"town postal 2022", percent(town22.Postal, town22.Received()), "46,76"},
		{"town postal 2021", percent(town21.Postal, town21.Received()), "16,97"},
		{"communes online 2022", percent(xa22.NewOnline, xa22.New()), "92,76"},
		{"communes online 2021", percent(xa21.NewOnline, xa21.New()), "81,47"},
		{"town satisfied 2022", percent(town22.Satisfied, town22.Surveyed), "99,02"},
		{"communes satisfied 2022", percent(xa22.Satisfied, xa22.Surveyed), "97,87"},
		{"town late 2021", percent(town21.Late, town21.Resolved()), "0,60"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %s, want %s", row.what, row.got, row.want)
		}
	}
	if early, _ := (data.Ratio{Numerator: xa22.Early, Denominator: xa22.Resolved()}).Hundredths(); early <= 9500 {
		t.Errorf("communes early: %d hundredths, want over 95 %%", early)
	}
	overdue, letters := xa22.Overdue+nd22.Overdue, xa22.Apologised+nd22.Apologised
	if overdue < 20 || overdue > 40 || xa22.Overdue == 0 || nd22.Overdue == 0 || letters < 3 || letters >= overdue {
		t.Errorf("overdue %d + %d, letters %d", xa22.Overdue, nd22.Overdue, letters)
	}
	for _, c := range []counts{town21, town22, xa21, xa22, nd21, nd22} {
		if c.Received() != c.Resolved()+c.Pending() || c.Waiting == 0 || c.Withdrawn == 0 || c.onTimeAlone == 0 || c.PaidOnline == 0 || c.NewPostal == 0 || c.NewDirect == 0 {
			t.Errorf("the figures do not hold together: %+v", c)
		}
	}
	for name, pair := range map[string][2]counts{"town": {town21, town22}, "communes": {xa21, xa22}, "vertical": {nd21, nd22}} {
		a, b := pair[0], pair[1]
		for what, r := range map[string][2]data.Ratio{
			"paid online": {{Numerator: a.PaidOnline, Denominator: a.FeeDue}, {Numerator: b.PaidOnline, Denominator: b.FeeDue}},
			"digitised":   {{Numerator: a.Digitised, Denominator: a.Received()}, {Numerator: b.Digitised, Denominator: b.Received()}},
			"e-results":   {{Numerator: a.EResult, Denominator: a.Resolved()}, {Numerator: b.EResult, Denominator: b.Resolved()}},
			"published":   {{Numerator: a.Published, Denominator: a.Received()}, {Numerator: b.Published, Denominator: b.Received()}},
		} {
			if n, _ := data.ChangePoints(r[1], r[0]); n < 300 {
				t.Errorf("%s, %s: %s after %s, want a rise", name, what, r[1].Percent(), r[0].Percent())
			}
		}
	}
	if t.Failed() || testing.Verbose() {
		for _, c := range []counts{town21, town22, xa21, xa22, nd21, nd22} {
			t.Logf("%+v", c)
		}
	}
}

// TestDossiersHold checks the facts of every dossier against the rules.
func TestDossiersHold(t *testing.T) {
	town, dossiers := register()
	calendar := workday.Default()
	codes := make(map[string]bool, len(dossiers))
	var before data.Moment
	kinds, refused, agents := map[data.EventKind]int{}, 0, 0
	for i := range dossiers {
		d := &dossiers[i]
		if codes[d.Code] {
			t.Fatalf("code %s stands twice", d.Code)
		}
		codes[d.Code] = true
		if err := d.Validate(town.LastDay); err != nil {
			t.Fatal(err)
		}
		if data.CodeDay(d.Code) != d.Received.Day || !strings.HasPrefix(d.Code, town.Units[d.Unit-1].Code+"-") {
			t.Fatalf("code %s of a dossier received on %s at %s", d.Code, d.Received.Day, town.Units[d.Unit-1].Name)
		}
		if !calendar.IsWorking(d.Received.Day) || d.Received.Before(before) || !d.Received.Clock.Known() {
			t.Fatalf("%s was received %s, after %s", d.Code, d.Received, before)
		}
		before = d.Received
		if h := calendar.Hours(); d.Channel != data.Online && h.Within(d.Received.Clock) != d.Received.Clock {
			t.Fatalf("%s came to the counter at %s", d.Code, d.Received)
		}
		if d.Received.Day > data.Date(2022, 12, 31) || d.ID != 0 {
			t.Fatalf("%s: received %s, id %d", d.Code, d.Received, d.ID)
		}
		if !strings.HasPrefix(d.Owner.Phone, "0950") || !strings.HasPrefix(d.Owner.Identity, "099") && !strings.HasPrefix(d.Owner.Identity, "99") || d.Owner.Name == "" || d.Owner.Address == "" {
			t.Fatalf("%s: owner %+v", d.Code, d.Owner)
		}
		if d.Agent.Name != "" {
			agents++
		}
		if d.Entry == data.NotAccepted {
			refused++
			continue
		}
		p := town.Procedures[d.Procedure-1]
		if p.ID != d.Procedure || p.Field != d.Field || p.Term != d.Term {
			t.Fatalf("%s: procedure %+v does not fit %+v", d.Code, p, d)
		}
		for _, e := range d.Events {
			kinds[e.Kind]++
		}
		// All with an unusual course, and a part of the plain ones.
		if len(d.Events) > 3 || i%5 == 0 {
			replay(t, town, calendar, d)
		}
	}
	for _, k := range []data.EventKind{data.BeginProcessing, data.AskSupplement, data.Supplement, data.AskPayment, data.Pay, data.Extend, data.Finish, data.Return, data.Withdraw, data.Stop} {
		if kinds[k] < 20 {
			t.Errorf("«%s» happens %d times", k, kinds[k])
		}
	}
	if refused < 300 || refused > 600 || agents == 0 {
		t.Errorf("%d refused, %d with an agent", refused, agents)
	}
	t.Logf("%d dossiers, events %v", len(dossiers), kinds)
}

// replay lets the events of a dossier happen one by one, each by the rules, and
// recomputes every due date.
func replay(t *testing.T, town *demo.Town, calendar *workday.Calendar, d *data.Dossier) {
	t.Helper()
	due, err := workday.DueMoment(calendar, d.Received, d.Term, nil, d.Mode, workday.Options{})
	if err != nil || due != d.Due {
		t.Fatalf("%s: due %s, computed %s %v", d.Code, d.Due, due, err)
	}
	before, happened := d.Received, *d
	happened.Events = nil
	for _, e := range d.Events {
		if err := happened.MayHappen(e, town.LastDay); err != nil || e.At.Before(before) {
			t.Fatalf("%s: %s at %s after %s: %v", d.Code, e.Kind, e.At, before, err)
		}
		before = e.At
		happened.Events = append(happened.Events, e)
		if !calendar.IsWorking(e.At.Day) || calendar.Hours().Within(e.At.Clock) != e.At.Clock {
			t.Fatalf("%s: %s at %s, out of office hours", d.Code, e.Kind, e.At)
		}
		if e.Kind == data.Supplement || e.Kind == data.Pay {
			got, err := workday.Due(calendar, happened.Received, happened.Term, workday.Pauses(&happened), happened.Mode, workday.Options{})
			if err != nil || got.Due != e.Due {
				t.Fatalf("%s: due %s after the supplement, computed %s %v", d.Code, e.Due, got.Due, err)
			}
		}
	}
}

// TestCatalogue checks that ids agree and that the town names nothing real by
// its codes.
func TestCatalogue(t *testing.T) {
	town, dossiers := register()
	levels := map[data.Level]int{}
	used := map[uint32]int{}
	for i := range dossiers {
		used[dossiers[i].Unit]++
	}
	codes := regexp.MustCompile(`^H99\.14\.\d\d$`)
	for i, u := range town.Units {
		if u.ID != uint32(i+1) || u.Name == "" || !codes.MatchString(u.Code) {
			t.Errorf("unit %d is %+v", i, u)
		}
		levels[u.Level]++
		if i > 0 && used[u.ID] < 100 {
			t.Errorf("%s has %d dossiers", u.Name, used[u.ID])
		}
	}
	if levels[data.LevelCommune] != 13 || levels[data.LevelVertical] != 6 || levels[data.LevelDistrict] != 11 {
		t.Errorf("units by level: %v", levels)
	}
	if !town.Office.Demo || town.Office.Name == "" || town.Office.Signer == "" {
		t.Errorf("office %+v", town.Office)
	}
	for _, d := range dossiers[:2000] {
		if d.Receiver != 0 && town.Units[d.Receiver-1].Name != "Trung tâm Hành chính công thị xã" {
			t.Fatalf("%s was received by %s", d.Code, town.Units[d.Receiver-1].Name)
		}
	}
}

func TestSeason(t *testing.T) {
	_, dossiers := register()
	var months [13]int
	for i := range dossiers {
		if y, m, _ := dossiers[i].Received.Day.Civil(); y == 2022 {
			months[m]++
		}
	}
	if months[2] >= months[3] || months[12] <= months[1] || months[2] < 2000 {
		t.Errorf("received by month: %v", months)
	}
	t.Log(months[1:])
}

func TestDeterministic(t *testing.T) {
	_, dossiers := register()
	again, err := demo.Generate(workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	first, second := sha256.New(), sha256.New()
	one, two := json.NewEncoder(first), json.NewEncoder(second)
	n := 0
	for d := range again.Dossiers() {
		if n >= len(dossiers) || d.Code != dossiers[n].Code || d.Received != dossiers[n].Received || d.Owner != dossiers[n].Owner || len(d.Events) != len(dossiers[n].Events) {
			t.Fatalf("dossier %d is another one: %s", n, d.Code)
		}
		if n%20 == 0 { // writing them out takes long
			if err := errors.Join(one.Encode(dossiers[n]), two.Encode(d)); err != nil {
				t.Fatal(err)
			}
		}
		n++
	}
	if n != len(dossiers) || !bytes.Equal(first.Sum(nil), second.Sum(nil)) {
		t.Errorf("two generations differ: %d and %d dossiers", len(dossiers), n)
	}
}

// TestOtherCalendar: a calendar that leaves no room gives a sentence, not a
// crash.
func TestOtherCalendar(t *testing.T) {
	for name, first := range map[string]data.Day{"no working day": data.Date(2020, 1, 1), "little room": data.Date(2020, 1, 3)} {
		year := workday.Year{Number: 2020}
		for d := first; d.Year() == 2020; d++ {
			if workday.Default().IsWorking(d) && (first != data.Date(2020, 1, 3) || d != data.Date(2020, 12, 31)) {
				year.Days = append(year.Days, workday.Special{Date: d, Kind: workday.Holiday, Name: "Nghỉ"})
			}
		}
		closed, err := workday.Default().With(year)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := demo.Generate(closed); err == nil || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: %v, want a sentence", name, err)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	c := workday.Default()
	for b.Loop() {
		town, err := demo.Generate(c)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for d := range town.Dossiers() {
			n += len(d.Events)
		}
	}
}
