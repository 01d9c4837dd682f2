package register_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/register"
)

// denominatorRegister is small enough to count by hand: in January 2023 eight
// dossiers were received and one was carried over.
//
//	(3) 9: (4) 3 online, 1 by post, 4 at the counter, (6) 1
//	(7) 5: 2 early, 1 on time, 2 late; (11) 4: 3 in time, 1 overdue
func denominatorRegister() *register.Register {
	day := func(d int) data.Moment { return data.Moment{Day: data.Date(2023, time.January, d)} }
	finish := func(d int) []data.Event { return []data.Event{{Kind: data.Finish, At: day(d)}} }
	list := []data.Dossier{
		{Received: data.Moment{Day: data.Date(2022, time.December, 20)}, Due: day(10), Channel: data.Online, Events: finish(12)},                                           // carried, late
		{Received: day(2), Due: day(9), Channel: data.Online, Events: finish(5), Flags: data.EResult | data.Digitised},                                                     // early
		{Received: day(3), Due: day(9), Channel: data.Online, Events: finish(6), Flags: data.EResult},                                                                      // early
		{Received: day(4), Due: day(9), Channel: data.Postal, Events: finish(9), Flags: data.Digitised},                                                                    // on time
		{Received: day(5), Due: day(9), Channel: data.Direct, Return: data.ReturnPostal, Events: finish(20)},                                                               // late
		{Received: day(6), Due: day(20), Channel: data.Direct},                                                                                                             // overdue
		{Received: day(30), Due: data.Moment{Day: data.Date(2023, time.February, 6)}, Channel: data.Direct, Flags: data.Digitised},                                         // in time
		{Received: day(30), Due: data.Moment{Day: data.Date(2023, time.February, 6)}, Channel: data.Direct},                                                                // in time
		{Received: day(30), Due: data.Moment{Day: data.Date(2023, time.February, 6)}, Channel: data.Online, Events: []data.Event{{Kind: data.AskSupplement, At: day(31)}}}, // waits
	}
	for i := range list {
		list[i].ID, list[i].Code = uint64(i+1), string(rune('A'+i))
	}
	return build(list)
}

func TestDenominatorsByHand(t *testing.T) {
	p, err := data.ParsePeriod("2023-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rate, definition string
		numerator, of    int64
		denominatorName  string
	}{
		{"on_time", "", 3, 5, "đã giải quyết"}, {"on_time", "received", 6, 9, "tổng tiếp nhận"},
		{"late", "", 2, 5, "đã giải quyết"}, {"late", "received", 3, 9, "tổng tiếp nhận"},
		{"online", "", 3, 8, "mới tiếp nhận"}, {"online", "received", 3, 9, "tổng tiếp nhận"},
		{"postal", "", 2, 9, "tổng tiếp nhận"}, {"postal", "new", 1, 8, "mới tiếp nhận"},
		{"digitised", "", 3, 9, "tổng tiếp nhận"}, {"digitised", "resolved", 2, 5, "đã giải quyết"},
		{"early", "received", 2, 5, "đã giải quyết"}, // not offered: the usual way
	} {
		r := denominatorRegister()
		r.SetDenominators(map[string]string{c.rate: c.definition})
		table := r.Figures(p, data.NoDay, data.ByUnit, register.Filter{})
		found := false
		for _, x := range r.Rates(table.Total, nil) {
			if x.ID != c.rate {
				continue
			}
			found = true
			if x.Now.Numerator != c.numerator || x.Now.Denominator != c.of || x.DenominatorName != c.denominatorName {
				t.Errorf("%s %q: %d/%d %s, want %d/%d %s", c.rate, c.definition, x.Now.Numerator, x.Now.Denominator, x.DenominatorName, c.numerator, c.of, c.denominatorName)
			}
			list := r.List(register.Query{Period: &p, Column: register.RateColumn(c.rate), Rate: c.rate})
			if int64(list.Len()) != c.numerator {
				t.Errorf("%s %q lists %d dossiers for a numerator of %d", c.rate, c.definition, list.Len(), c.numerator)
			}
		}
		if !found {
			t.Errorf("no rate %s", c.rate)
		}
	}
}

func TestDefinitionsAreOffered(t *testing.T) {
	several := 0
	for _, id := range register.RateIDs() {
		list := register.Definitions(id)
		if len(list) == 0 || list[0].ID != "" {
			t.Errorf("%s has no usual definition", id)
			continue
		}
		if len(list) > 1 {
			several++
		}
		for _, d := range list {
			if d.Name == "" || d.Denominator == "" || d.Explanation == "" {
				t.Errorf("%s %q is not explained: %+v", id, d.ID, d)
			}
		}
	}
	if several != 5 || register.Definitions("nothing") != nil {
		t.Errorf("%d rates offer another way", several)
	}
}
