package demo_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// TestRegistersOfTheDemonstration builds the office of a day twice: its registers are
// full, alike, and of the year that ends on the day.
func TestRegistersOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the demonstration office")
	}
	until := data.Date(2026, time.May, 29)
	var before string
	for i := range 2 {
		now := func() time.Time { return time.Date(2026, time.June, 1+i, 10, 0, 0, 0, time.UTC) }
		path := filepath.Join(t.TempDir(), "so.db")
		if err := demo.Build(context.Background(), path, until, now, nil); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Open(path, desk.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		w, err := d.Logbooks(until)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]*logbook.Entry{}
		for _, k := range logbook.Kinds() {
			all[k.ID] = w.Entries(k.ID)
		}
		plan, states := 0, map[string]int{}
		for _, r := range logbook.Task.Rows(w) {
			if r.Is("source", "plan") {
				plan++
			}
			states[r.State]++
		}
		if plan != 24 || len(all["conference"]) != 6 || len(all["conclusion"]) < 18 || len(all["petition"]) != 30 || len(all["finding"]) < 10 || len(all["opinion"]) != 16 ||
			len(all["initiative"]) == 0 || len(all["praise"]) == 0 || len(all["slip"]) == 0 {
			t.Errorf("%d plan tasks; %d conferences, %d conclusions, %d petitions", plan, len(all["conference"]), len(all["conclusion"]), len(all["petition"]))
		}
		for _, s := range []string{"done-on-time", "done-late", "overdue", "standing", "waiting"} {
			if states[s] == 0 {
				t.Errorf("no task is %s: %v", s, states)
			}
		}
		raw, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		if before != "" && string(raw) != before {
			t.Error("the same day gives other registers")
		}
		before = string(raw)
		d.Close()
	}
}
