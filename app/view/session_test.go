package view_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/app/page/pagetest"
	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
)

// today of the tests lies within the second year of the office.
var today = pagetest.Today

func open(t *testing.T) *desk.Desk { t.Helper(); return pagetest.Empty(t) }

// session opens an office of two years.
func session(t *testing.T) *view.Session { t.Helper(); return view.NewSession(pagetest.Office(t)) }

func period(t *testing.T, key string) data.Period { t.Helper(); return pagetest.Period(t, key) }

func TestSession(t *testing.T) {
	s := session(t)
	if s.Period().Key != "2023" || s.AsOf() != today {
		t.Errorf("opens on %s as of %s", s.Period().Label, s.AsOf())
	}
	told := 0
	s.Listen(func() { told++ })
	s.SetPeriod(period(t, "2022-Q3"))
	if s.Period().Key != "2022-Q3" || s.AsOf() != data.Date(2022, time.September, 30) || told != 1 {
		t.Errorf("%s as of %s, told %d times", s.Period().Label, s.AsOf(), told)
	}
	for _, nd09 := range []bool{false, true} {
		seen := map[string]bool{}
		for _, o := range s.PeriodOptions(nd09) {
			p, err := data.ParsePeriod(o.Key)
			if err != nil || !strings.HasPrefix(o.Label, p.Label) || seen[o.Key] || seen[o.Label] || strings.HasPrefix(o.Key, "nd09:") != nd09 {
				t.Errorf("offers %+v, %v", o, err)
			}
			seen[o.Key], seen[o.Label] = true, true
		}
		prefix := ""
		if nd09 {
			prefix = "nd09:"
		}
		for _, key := range []string{"2022", "2023", "2023-H1", "2022-Q4", "2022-4M", "2022-9M", "2022-01", "2023-12"} {
			if !seen[prefix+key] {
				t.Errorf("does not offer %s%s", prefix, key)
			}
		}
		if seen[prefix+"2021"] || seen[prefix+"2025"] {
			t.Error("offers a year without dossiers")
		}
	}
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	work := s.RecentWork()
	if len(work) != 3 || !strings.HasPrefix(work[0][1], "Hoàn tác: Nhập ") || work[1][1] != strings.TrimPrefix(work[0][1], "Hoàn tác: ") || !strings.Contains(work[0][0], "20/06/2023") {
		t.Errorf("recent work %v", work)
	}
}

func TestSessionOfAnEmptyOffice(t *testing.T) {
	s := view.NewSession(open(t))
	if s.Period().Key != "2023" || len(s.PeriodOptions(false)) == 0 {
		t.Errorf("opens on %+v", s.Period())
	}
}

// What a screen cannot read is told, not left out in silence.
func TestWhatCannotBeReadIsTold(t *testing.T) {
	d := open(t)
	s := view.NewSession(d)
	var told []error
	s.Fault = func(err error) { told = append(told, err) }
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if s.RecentWork(); len(told) != 1 {
		t.Errorf("%d faults told", len(told))
	}
}
