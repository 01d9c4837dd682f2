package overview

import (
	"context"
	"slices"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
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
		if a.To.Page == "" {
			continue
		}
		if to := want[a.Text]; a.To != (env.Route{Page: env.PageOf(to.Kind), State: to}) {
			t.Errorf("«%s» leads to %v", a.Text, a.To)
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

// TestOverviewTellsOfIndicatorsBelowTarget names what misses its target this year and
// leads to the list of it; without a target or with one that is met there is no line.
func TestOverviewTellsOfIndicatorsBelowTarget(t *testing.T) {
	d := pagetest.Office(t)
	lines := func() (out []Attention) {
		m := NewModel(env.NewSession(d))
		m.Refresh()
		for _, a := range m.Todo {
			if a.To.Page == env.Indicators {
				out = append(out, a)
			}
		}
		return out
	}
	put := func(code, value string) {
		t.Helper()
		if _, err := d.KeepIndicators(context.Background(), "", []desk.IndicatorEntry{{Code: code, Period: pagetest.Period(t, "2023-05"), Value: value}}); err != nil {
			t.Fatal(err)
		}
	}
	put("DA06_TK_MUC1", "12") // nothing is asked
	put("DA06_DVC", "25/25")
	if got := lines(); len(got) != 0 {
		t.Errorf("told without cause: %+v", got)
	}
	put("DA06_DVC", "23/25")
	put("VB_KYSO", "99/100")
	m := NewModel(env.NewSession(d))
	m.Refresh()
	for i, a := range m.Todo[1:] {
		if a.Mark == data.Overdue && m.Todo[i].Mark != data.Overdue {
			t.Errorf("«%s» stands below «%s»", a.Text, m.Todo[i].Text)
		}
	}
	got := lines()
	want := "2 chỉ tiêu chưa đạt mức giao, trước hết: Dịch vụ công thiết yếu đã cung cấp 23/25 = 92,00 % (giao ít nhất 100 %)"
	if len(got) != 1 || got[0].Text != want || got[0].To != (env.Route{Page: env.Indicators, State: env.BelowTarget{}}) {
		t.Errorf("told %+v", got)
	}
}
