package overview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data"
)

// TestOverviewFiguresLeadToTheirLists follows every figure of the overview.
func TestOverviewFiguresLeadToTheirLists(t *testing.T) {
	s := env.NewSession(pagetest.Office(t))
	o := NewModel(s)
	changed := 0
	o.Changed = func() { changed++ }
	for _, key := range []string{"2023", "2022", "2023-Q1", "nd09:2023-H1"} {
		s.SetPeriod(pagetest.Period(t, key))
		o.Refresh()
		if !o.Ready || o.Table.Period.Key != key || o.Table.AsOf != s.AsOf() || len(o.Cards) != 6 {
			t.Fatalf("%s: %+v", key, o.Table.Period)
		}
		for _, c := range o.Cards {
			n, outcomes := pagetest.Follow(t, s, c.Jump)
			want := c.Value
			if strings.HasSuffix(want, "%") {
				want, _, _ = strings.Cut(c.Tip, "/") // a rate leads to its numerator
			}
			if want != data.FormatInt(int64(n)) || n == 0 {
				t.Errorf("%s, %s %s (%s): %d listed", key, c.Label, c.Value, c.Tip, n)
			}
			if c.Label == "Quá hạn, chưa xong" && !slices.Equal(outcomes, []data.Outcome{data.Overdue}) {
				t.Errorf("%s: overdue lists %v", key, outcomes)
			}
			if len(c.Line) != 12 {
				if !strings.HasSuffix(c.Value, "%") {
					t.Errorf("%s: the line of %s has %d months", key, c.Label, len(c.Line))
				}
			}
			if (key == "2023") != (c.Change != "") && key != "2023-Q1" && key != "nd09:2023-H1" {
				t.Errorf("%s: %s changed by %q", key, c.Label, c.Change)
			}
			if c.Rose && strings.HasPrefix(c.Change, "–") || c.Good != 0 && c.Change == "" {
				t.Errorf("%s: %+v", key, c)
			}
		}
		overdue := int64(0)
		for i, u := range o.Units {
			n, _ := pagetest.Follow(t, s, u.Jump)
			overdue += u.Overdue
			if int64(n) != u.Overdue || i > 0 && u.Overdue > o.Units[i-1].Overdue {
				t.Errorf("%s, %s: %d listed, figure %d", key, u.Name, n, u.Overdue)
			}
		}
		if overdue != o.Table.Total.Overdue || overdue == 0 {
			t.Errorf("%s: the units have %d overdue of %d", key, overdue, o.Table.Total.Overdue)
		}
		if len(o.Todo) < 2 {
			t.Errorf("%s: only %d lines want attention", key, len(o.Todo))
		}
		for _, a := range o.Todo {
			n, outcomes := pagetest.Follow(t, s, a.Jump)
			if !strings.HasPrefix(a.Text, data.FormatInt(int64(n))+" ") || !slices.Equal(outcomes, []data.Outcome{a.Mark}) {
				t.Errorf("%s: «%s» lists %d: %v", key, a.Text, n, outcomes)
			}
		}
		for i, m := range o.Months {
			for series, want := range []int64{m.New, m.Resolved, m.Overdue} {
				j, ok := o.MonthJump(series, i)
				n, _ := pagetest.Follow(t, s, j)
				_, month, _ := m.Period.To.Civil()
				if !ok || int64(n) != want || !strings.Contains(j.Title, fmt.Sprintf("tháng %d/%d", int(month), m.Period.To.Year())) {
					t.Errorf("%s, month %d, series %d: %d listed, figure %d, %q", key, i, series, n, want, j.Title)
				}
			}
		}
		for _, at := range [][2]int{{-1, 0}, {3, 0}, {0, -1}, {0, len(o.Months)}} {
			if _, ok := o.MonthJump(at[0], at[1]); ok {
				t.Errorf("a jump from nowhere: %v", at)
			}
		}
	}
	if changed != 4 {
		t.Errorf("told %d times of 4 periods", changed)
	}
}

// TestOverviewOfAnEmptyOffice shows its first steps, with what is done ticked.
func TestOverviewOfAnEmptyOffice(t *testing.T) {
	d := pagetest.Empty(t)
	m := NewModel(env.NewSession(d))
	m.Refresh()
	if !m.Ready || len(m.Cards) == 0 || len(m.Units)+len(m.Todo) != 0 || !m.Quiet() {
		t.Errorf("overview %+v", m)
	}
	for _, c := range m.Cards {
		if c.Change != "" || c.Value != "0" && c.Value != "–" {
			t.Errorf("card %+v", c)
		}
	}
	if steps := m.FirstSteps(); len(steps) != 3 || steps[0].Done {
		t.Errorf("first steps %+v", steps)
	}
	if steps := NewModel(env.NewSession(pagetest.Office(t))).FirstSteps(); steps != nil {
		t.Errorf("an office with dossiers is told to begin: %+v", steps)
	}
}
