package overview

import (
	"context"
	"slices"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data/logbook"
)

// TestOverviewTellsOfLogbooks counts what is late or near its term and leads to the list.
func TestOverviewTellsOfLogbooks(t *testing.T) {
	d := pagetest.Office(t)
	keep := func(k *logbook.Kind, pairs ...string) {
		t.Helper()
		e := &logbook.Entry{Values: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			e.Set(pairs[i], pairs[i+1])
		}
		if _, err := d.KeepEntry(context.Background(), k, e, ""); err != nil {
			t.Fatal(err)
		}
	}
	today := d.Today()
	keep(logbook.Task, "text", "Việc trễ", "due", (today - 3).ISO())
	keep(logbook.Task, "text", "Việc trễ nữa", "due", (today - 1).ISO())
	keep(logbook.Task, "text", "Việc còn hạn", "due", (today + 90).ISO())
	keep(logbook.Petition, "text", "Phản ánh", "said_at", (today - 9).ISO(), "due", today.ISO())
	keep(logbook.Petition, "text", "Phản ánh cũ", "said_at", (today - 90).ISO())
	s := env.NewSession(d)
	m := NewModel(s)
	m.Refresh()
	want := map[string]env.EntriesIn{"2 nhiệm vụ: quá hạn": {Kind: "task", State: "overdue"}, "1 phản ánh, kiến nghị: quá hạn": {Kind: "petition", State: "overdue"},
		"1 phản ánh, kiến nghị: sắp đến hạn": {Kind: "petition", State: "soon"}}
	for _, a := range m.Todo {
		if a.Entries.Kind == "" {
			continue
		}
		if want[a.Text] != a.Entries {
			t.Errorf("«%s» leads to %v", a.Text, a.Entries)
		}
		delete(want, a.Text)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
	e, went := pagetest.Env(t, d)
	p := New(e).(*page)
	p.m.Refresh()
	i := slices.IndexFunc(p.m.Todo, func(a Attention) bool { return strings.HasPrefix(a.Text, "2 nhiệm vụ") })
	p.todo.OnOpen(i)
	if n := len(*went); n == 0 || (*went)[n-1].Page != env.Tasks || (*went)[n-1].State != (env.EntriesIn{Kind: "task", State: "overdue"}) {
		t.Errorf("went to %v", *went)
	}
}
