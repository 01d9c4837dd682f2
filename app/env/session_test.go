package env_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

// today of the tests lies within the second year of the office.
var today = pagetest.Today

func open(t *testing.T) *desk.Desk { t.Helper(); return pagetest.Empty(t) }

// session opens an office of two years.
func session(t *testing.T) *env.Session { t.Helper(); return env.NewSession(pagetest.Office(t)) }

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
			if err != nil || !strings.HasPrefix(o.Text, p.Label) || seen[o.Key] || seen[o.Text] || strings.HasPrefix(o.Key, "nd09:") != nd09 {
				t.Errorf("offers %+v, %v", o, err)
			}
			seen[o.Key], seen[o.Text] = true, true
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
}

func TestSessionOfAnEmptyOffice(t *testing.T) {
	s := env.NewSession(open(t))
	if s.Period().Key != "2023" || len(s.PeriodOptions(false)) == 0 {
		t.Errorf("opens on %+v", s.Period())
	}
}

// What a screen cannot read is told, not left out in silence.
func TestWhatCannotBeReadIsTold(t *testing.T) {
	d := open(t)
	s := env.NewSession(d)
	var told []error
	s.Fault = func(err error) { told = append(told, err) }
	if s.Missed(data.Fail(data.NotFound, "", nil)); len(told) != 0 {
		t.Errorf("told that something is no longer there: %v", told)
	}
	if s.Missed(data.Fail(data.Internal, "Không đọc được.", nil)); len(told) != 1 {
		t.Errorf("%d faults told", len(told))
	}
}
