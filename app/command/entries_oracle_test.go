package command_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// The oracle below is written from the contract of entries and measures alone
// (entry-keys): rows are what was asked to be added, days are ISO texts, and nothing of
// data/logbook is called.

type fields = map[string]any

type oracleRow struct {
	id     int
	fields fields
}

func (r oracleRow) text(key string) string {
	s, _ := r.fields[key].(string)
	return s
}

// day returns the day of a field, "" where it is unknown or after the day asked.
func (r oracleRow) upTo(key, day string) string {
	d := r.text(key)
	if len(d) > 10 {
		d = d[:10]
	}
	if d > day {
		return ""
	}
	return d
}

func (r oracleRow) day(key string) string { return r.upTo(key, "9999") }

func (r oracleRow) ref(key string) int {
	n, _ := r.fields[key].(int)
	return n
}

func parseISO(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func plusDays(s string, n int) string { return parseISO(s).AddDate(0, 0, n).Format("2006-01-02") }

var officeDays = workday.Default()

func working(s string) bool {
	t := parseISO(s)
	return officeDays.IsWorking(data.Date(t.Year(), t.Month(), t.Day()))
}

// plusWorking counts n working days from the day after s.
func plusWorking(s string, n int) string {
	for n > 0 {
		if s = plusDays(s, 1); working(s) {
			n--
		}
	}
	return s
}

// workingAfter counts the working days after a up to b.
func workingAfter(a, b string) (n int) {
	for a < b {
		if a = plusDays(a, 1); working(a) {
			n++
		}
	}
	return n
}

// office of the oracle: rows by kind.
type oracle map[string][]oracleRow

func (o oracle) of(kind, key string, id int) (out []oracleRow) {
	for _, r := range o[kind] {
		if r.ref(key) == id {
			out = append(out, r)
		}
	}
	return out
}

func (o oracle) one(kind string, id int) oracleRow {
	for _, r := range o[kind] {
		if r.id == id {
			return r
		}
	}
	panic("no row")
}

func (o oracle) taskDone(r oracleRow, day string) (done bool, on string) {
	counted, unknown := 0, false
	for _, c := range o.of("task", "parent", r.id) {
		if c.text("progress") == "dropped" {
			continue
		}
		counted++
		finished, at := o.taskDone(c, day)
		if !finished {
			return false, ""
		}
		unknown = unknown || at == ""
		on = max(on, at)
	}
	switch {
	case counted > 0 && unknown:
		return true, ""
	case counted > 0:
		return true, on
	}
	return r.text("progress") == "done" && r.text("done") <= day, r.text("done")
}

func oracleDues(r oracleRow, day string) (first, due string) {
	due = r.text("due")
	if due == "" && r.text("due_kind") == "issue" && r.text("issued") != "" {
		due = plusDays(r.text("issued"), 10)
	}
	if due == "" {
		due = r.text("due_first")
	}
	if first = r.text("due_first"); first == "" {
		first = due
	}
	if list, ok := r.fields["extensions"].([]fields); ok {
		for _, x := range list {
			if x["approved"] == true && x["date"].(string) <= day && x["due"].(string) > due {
				due = x["due"].(string)
			}
		}
	}
	return first, due
}

func (o oracle) task(r oracleRow, day string) string {
	first, due := oracleDues(r, day)
	if done, on := o.taskDone(r, day); done {
		switch {
		case on == "" || first == "":
			return "done-undated"
		case on <= first:
			return "done-on-time"
		}
		return "done-late"
	}
	switch {
	case r.text("progress") == "dropped":
		return "dropped"
	case r.text("progress") == "paused":
		return "paused"
	case r.text("due_kind") == "standing":
		return "standing"
	case due == "" && r.text("due_kind") == "waiting":
		return "waiting"
	case due == "":
		return "no-date"
	case due < day:
		return "overdue"
	case due <= plusDays(day, 7):
		return "soon"
	}
	return "doing"
}

func petitionSaid(r oracleRow) string {
	if d := r.day("said_at"); d != "" {
		return d
	}
	return r.day("entered")
}

func petitionTerm(r oracleRow, day string) string {
	said := petitionSaid(r)
	if r.text("due") != "" || said == "" {
		return r.text("due")
	}
	n := 15
	if a, b := r.upTo("supplement_asked", day), r.upTo("supplemented", day); a != "" && b != "" {
		n += workingAfter(a, b)
	}
	return plusWorking(said, n)
}

func (o oracle) petition(r oracleRow, day string) string {
	due, answered := petitionTerm(r, day), r.upTo("answered", day)
	switch {
	case petitionSaid(r) > day:
		return ""
	case r.upTo("refused", day) != "":
		return "refused"
	case answered != "" && r.upTo("published", day) != "":
		return "closed"
	case answered != "" && (due == "" || answered <= due):
		return "answered"
	case answered != "":
		return "answered-late"
	case r.fields["competent"] == false && r.upTo("forwarded", day) != "":
		return "forwarded"
	case r.upTo("supplement_asked", day) != "" && r.upTo("supplemented", day) == "":
		return "waiting-supplement"
	case due != "" && due < day:
		return "overdue"
	case due != "" && workingAfter(day, due) <= 2:
		return "soon"
	case r.fields["competent"] == nil:
		return "sorting"
	}
	return "in-time"
}

func (o oracle) finding(r oracleRow, day string) string {
	done, due := r.upTo("done", day), r.text("due")
	switch {
	case r.upTo("confirmed", day) != "":
		return "confirmed"
	case done != "" && due != "" && done > due:
		return "done-late"
	case done != "":
		return "done"
	case due != "" && due < day:
		return "overdue"
	case due != "" && due <= plusDays(day, 7):
		return "soon"
	}
	return "open"
}

func (o oracle) inspection(r oracleRow, day string) string {
	findings := o.of("finding", "inspection", r.id)
	confirmed := len(findings) > 0
	for _, f := range findings {
		confirmed = confirmed && o.finding(f, day) == "confirmed"
	}
	concluded := r.upTo("conclusion_date", day) != ""
	due := r.text("remedy_due")
	if due == "" && concluded {
		due = plusDays(r.text("conclusion_date"), 15)
	}
	switch {
	case concluded && confirmed:
		return "closed"
	case r.upTo("remedy_sent", day) != "":
		return "remedied"
	case concluded && due < day:
		return "report-late"
	case concluded && len(findings) > 0:
		return "remedying"
	case concluded:
		return "concluded"
	case r.upTo("date", day) != "" || r.upTo("minutes_date", day) != "":
		return "inspected"
	case r.text("decision") != "":
		return "announced"
	}
	return "planned"
}

func (o oracle) conference(r oracleRow, day string) string {
	at := r.upTo("at", day)
	switch {
	case r.upTo("notice_date", day) != "":
		return "concluded"
	case at == "":
		return "planned"
	case plusWorking(at, 5) < day:
		return "notice-late"
	case r.upTo("minutes_date", day) != "":
		return "signed"
	}
	return "held"
}

func (o oracle) conclusion(r oracleRow, day string) string {
	all, done := 0, 0
	for _, t := range o.of("task", "conclusion", r.id) {
		if t.text("progress") != "dropped" {
			all++
			if finished, _ := o.taskDone(t, day); finished {
				done++
			}
		}
	}
	switch {
	case all > 0 && all == done:
		return "finished"
	case all > 0:
		return "tasked"
	case r.fields["no_task"] == true:
		return "no-task"
	}
	return "open"
}

func (o oracle) dialogue(r oracleRow, day string) string {
	at := r.text("date")
	switch {
	case at > day:
		return ""
	case r.upTo("result_date", day) != "":
		return "closed"
	case r.upTo("notice_date", day) == "" && plusDays(at, 10) < day:
		return "notice-late"
	case plusDays(at, 20) < day:
		return "result-late"
	}
	return "held"
}

func (o oracle) opinion(r oracleRow, day string) string {
	answered, due := r.upTo("answered", day), r.text("due")
	switch {
	case r.fields["on_the_spot"] == true:
		return "on-the-spot"
	case answered != "" && due != "" && answered > due:
		return "answered-late"
	case answered != "":
		return "answered"
	case due != "" && due < day:
		return "overdue"
	}
	return "open"
}

func (o oracle) state(kind string, r oracleRow, day string) (state string, there bool) {
	by := map[string]func(oracleRow, string) string{"task": o.task, "petition": o.petition, "finding": o.finding, "inspection": o.inspection,
		"conference": o.conference, "conclusion": o.conclusion, "dialogue": o.dialogue, "opinion": o.opinion}
	if kind == "slip" {
		return "", r.text("date") <= day
	}
	state = by[kind](r, day)
	return state, state != ""
}

// dice makes rows of random facts that a register takes: what is said to have happened
// did so before the day of the tests, 01/06/2026.
type dice struct{ *rand.Rand }

func (d dice) day() string { return plusDays("2026-01-01", d.IntN(140)) }

// after is a day up to 25 days after another, at most the day of the tests.
func (d dice) after(day string) string { return min(plusDays(day, d.IntN(26)), "2026-06-01") }

func (d dice) maybe(f fields, key string, value any) bool {
	if d.IntN(2) == 0 {
		f[key] = value
		return true
	}
	return false
}

func pick[T any](d dice, list ...T) T { return list[d.IntN(len(list))] }

var oracleUnits = []string{"Phòng Tư pháp", "Phòng Nội vụ", "Văn phòng"}

func (d dice) task(id int, conclusions int) fields {
	f := fields{"text": fmt.Sprintf("Việc %d", id), "source": pick(d, "plan", "superior", "conclusion", "direct"), "lead": pick(d, oracleUnits...),
		"domain": pick(d, "procedures", "digital", "service"), "due_kind": pick(d, "dated", "dated", "issue", "standing", "waiting"),
		"progress": pick(d, "not-started", "doing", "done", "done", "paused", "dropped")}
	issued := d.day()
	if !d.maybe(f, "issued", issued) {
		issued = "2026-01-01"
	}
	due := plusDays(issued, d.IntN(90))
	if d.maybe(f, "due", due) && d.IntN(3) == 0 {
		f["due_first"] = plusDays(issued, d.IntN(60))
	} else if d.IntN(4) == 0 {
		f["due_first"] = due
	}
	if d.IntN(4) == 0 && f["due"] != nil {
		f["extensions"] = []fields{{"due": plusDays(due, d.IntN(30)), "reason": "vướng mắc", "approved": d.IntN(2) == 0, "date": d.after(issued)}}
	}
	d.maybe(f, "done", d.after(issued))
	d.maybe(f, "evidence", "12/BC-UBND")
	if id > 3 && d.IntN(5) == 0 {
		f["parent"] = 1 + d.IntN(id-1)
	}
	if d.IntN(3) == 0 {
		f["conclusion"] = 1 + d.IntN(conclusions)
	}
	return f
}

func (d dice) petition() fields {
	f := fields{"text": "Phản ánh về thời gian giải quyết", "unit": pick(d, oracleUnits...), "class": pick(d, "behaviour", "regulation", "both", "other"), "field": pick(d, "Đất đai", "Hộ tịch")}
	said := d.day()
	if d.IntN(4) > 0 {
		f["said_at"] = said + "T09:30"
	}
	d.maybe(f, "entered", d.after(said))
	d.maybe(f, "competent", d.IntN(2) == 0)
	if d.IntN(6) == 0 {
		f["refused"] = d.after(said)
	}
	if d.IntN(4) == 0 {
		f["forwarded"] = d.after(said)
	}
	if asked := d.after(said); d.IntN(3) == 0 {
		f["supplement_asked"] = asked
		d.maybe(f, "supplemented", d.after(asked))
	}
	if d.IntN(5) == 0 {
		f["due"] = plusDays(said, d.IntN(40))
	}
	if answered := d.after(said); d.maybe(f, "answered", answered) {
		d.maybe(f, "published", d.after(answered))
	}
	return f
}

func (d dice) rows(n int) oracle {
	o := oracle{}
	add := func(kind string, f fields) { o[kind] = append(o[kind], oracleRow{len(o[kind]) + 1, f}) }
	for range n / 4 {
		f := fields{"name": "Giao ban"}
		at := d.day()
		{
			d.maybe(f, "at", at+"T08:00")
			d.maybe(f, "minutes_date", d.after(at))
			if d.maybe(f, "notice_date", d.after(at)) {
				f["notice"] = "3/TB-UBND"
			}
		}
		add("conference", f)
		f = fields{"unit": pick(d, oracleUnits...)}
		d.maybe(f, "decision", "5/QĐ-UBND")
		d.maybe(f, "date", at)
		concluded := d.after(at)
		d.maybe(f, "minutes_date", d.after(at))
		if d.maybe(f, "conclusion_date", concluded) {
			d.maybe(f, "remedy_due", plusDays(concluded, d.IntN(30)))
			d.maybe(f, "remedy_sent", d.after(concluded))
		}
		add("inspection", f)
		f = fields{"date": at, "topic": "Đất đai", "unit": pick(d, oracleUnits...)}
		d.maybe(f, "notice_date", d.after(at))
		d.maybe(f, "result_date", d.after(at))
		add("dialogue", f)
	}
	for range n / 2 {
		f := fields{"conference": 1 + d.IntN(n/4), "text": "Kết luận"}
		d.maybe(f, "no_task", true)
		add("conclusion", f)
	}
	for range n {
		at := 1 + d.IntN(n/4)
		from := o.one("inspection", at).day("date")
		if from == "" {
			from = "2026-01-01"
		}
		f := fields{"inspection": at, "text": "Chậm niêm yết", "domain": pick(d, "procedures", "service")}
		d.maybe(f, "due", plusDays(from, d.IntN(60)))
		done := d.after(from)
		if d.maybe(f, "done", done) {
			d.maybe(f, "confirmed", d.after(done))
		}
		add("finding", f)
		f = fields{"dialogue": at, "text": "Ý kiến", "unit": pick(d, oracleUnits...)}
		from = o.one("dialogue", at).text("date")
		d.maybe(f, "due", plusDays(from, d.IntN(60)))
		d.maybe(f, "on_the_spot", d.IntN(2) == 0)
		d.maybe(f, "answered", d.after(from))
		add("opinion", f)
		scale := pick(d, 3, 5)
		f = fields{"date": d.day(), "unit": pick(d, oracleUnits...), "scale": scale, "level": 1 + d.IntN(scale)}
		d.maybe(f, "count", d.IntN(50))
		add("slip", f)
		add("petition", d.petition())
		add("task", d.task(len(o["task"])+1, n/2))
	}
	return o
}

var oracleKinds = []string{"conference", "conclusion", "inspection", "finding", "dialogue", "opinion", "slip", "petition", "task"}

// counted is what a measure should say.
type counted struct{ b, a int }

func (o oracle) measures(day, from, to string) map[string]counted {
	m := map[string]counted{}
	put := func(id string, b, a bool) {
		c := m[id]
		if b && a {
			c.b++
		}
		if a {
			c.a++
		}
		m[id] = c
	}
	within := func(d string) bool { return from == "" || from <= d && d <= to && d != "" }
	for _, r := range o["task"] {
		state := o.task(r, day)
		first, due := oracleDues(r, day)
		done, on := o.taskDone(r, day)
		carried := r.text("issued") < from && !(done && on != "" && on < from)
		if from != "" && !within(r.text("issued")) && !within(due) && !within(first) && !carried {
			continue
		}
		isDone := strings.HasPrefix(state, "done")
		put("task.total", true, true)
		put("task.done", isDone, true)
		put("task.completion", isDone, state != "dropped" && state != "standing")
		put("task.on-time", state == "done-on-time", state == "done-on-time" || state == "done-late")
		put("task.evidence", r.text("evidence") != "", isDone)
		put("task.overdue", state == "overdue", !isDone && state != "dropped" && state != "standing")
		superior := r.text("source") == "superior"
		put("superior.total", superior, true)
		put("superior.on-time", superior && state == "done-on-time", true)
		put("superior.late", superior && state == "done-late", true)
		put("superior.overdue", superior && state == "overdue", true)
	}
	for _, r := range o["petition"] {
		state, said := o.petition(r, day), petitionSaid(r)
		if state == "" {
			continue
		}
		carried := from != "" && said < from && !before(r, "answered", from) && !before(r, "refused", from) && !(r.fields["competent"] == false && before(r, "forwarded", from))
		if from != "" && !within(said) && !carried {
			continue
		}
		put("petition.received", true, true)
		put("petition.carried", carried, true)
		put("petition.resolved", r.upTo("answered", day) != "" && within(r.upTo("answered", day)) && state != "refused", true)
		put("petition.on-time", state != "overdue" && state != "answered-late" && !(state == "closed" && petitionTerm(r, day) != "" && r.text("answered") > petitionTerm(r, day)),
			state != "refused" && state != "forwarded")
	}
	for _, r := range o["slip"] {
		if r.text("date") > day || !within(r.text("date")) {
			continue
		}
		n, given := r.fields["count"].(int)
		if !given {
			n = 1
		}
		level, five := r.fields["level"].(int), r.fields["scale"] == 5
		add := func(id string, yes bool) {
			c := m[id]
			c.a += n
			if yes {
				c.b += n
			}
			m[id] = c
		}
		add("slip.count", true)
		add("slip.very", five && level == 5 || !five && level == 3)
		add("slip.satisfied", five && level >= 4 || !five && level >= 2)
		add("slip.dissatisfied", five && level <= 2 || !five && level == 1)
	}
	units := map[string]bool{}
	for _, r := range o["inspection"] {
		if d := r.upTo("date", day); d != "" && within(d) && !units[r.text("unit")] {
			units[r.text("unit")] = true
			put("inspection.units", true, true)
		}
	}
	for _, r := range o["finding"] {
		if at := o.one("inspection", r.ref("inspection")).text("date"); from != "" && !within(at) {
			continue
		}
		state := o.finding(r, day)
		put("inspection.findings", true, true)
		put("inspection.remedied", state == "done" || state == "done-late" || state == "confirmed", true)
	}
	for _, r := range o["dialogue"] {
		put("dialogue.count", r.text("date") <= day && within(r.text("date")), true)
	}
	return m
}

func before(r oracleRow, key, day string) bool { return r.day(key) != "" && r.day(key) < day }

type shownEntry struct {
	ID      int
	Number  *string
	State   *string
	Days    *int
	Fields  map[string]any
	History int
}

type shownValue struct {
	ID, Name               string
	Value                  any
	Numerator, Denominator *int
	Rows                   []shownValue
}

type shownMeasures struct{ Measures []shownValue }

// TestStatesAndMeasuresAgreeWithAnOracle adds random rows of every kind that has derived
// states and compares what entries and measures say, day by day.
func TestStatesAndMeasuresAgreeWithAnOracle(t *testing.T) {
	d := dice{rand.New(rand.NewPCG(7, 11))}
	o := d.rows(400)
	file := office(t)
	ids := map[string][]int{} // in the order of the rows
	for _, kind := range oracleKinds {
		var rows []map[string]any
		for _, r := range o[kind] {
			f := maps.Clone(r.fields)
			for _, link := range []string{"conference", "conclusion", "inspection", "dialogue"} {
				if at, ok := f[link].(int); ok {
					f[link] = ids[link][at-1]
				}
			}
			if at, ok := f["parent"].(int); ok {
				f["parent"] = fmt.Sprintf("NV%d/2026", at)
			}
			rows = append(rows, map[string]any{"fields": f})
		}
		raw, err := json.Marshal(rows)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "rows.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		var got []struct {
			Rows, New, Same, Rejected int
			Reasons                   []struct{ Reason string }
		}
		if err := json.Unmarshal([]byte(must(t, "entries", kind, "--add", path, "--json", "--file", file)), &got); err != nil {
			t.Fatal(err)
		}
		if got[0].New != len(rows) {
			t.Fatalf("%s: %+v", kind, got[0])
		}
		var list []shownEntry
		if err := json.Unmarshal([]byte(must(t, "entries", kind, "--json", "--file", file)), &list); err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			ids[kind] = append(ids[kind], e.ID)
		}
		if len(list) != len(o[kind]) {
			t.Fatalf("%s: %d entries of %d rows", kind, len(list), len(o[kind]))
		}
	}
	for _, day := range []string{"2026-01-20", "2026-03-16", "2026-04-27", "2026-06-01"} {
		for _, kind := range oracleKinds {
			var list []shownEntry
			if err := json.Unmarshal([]byte(must(t, "entries", kind, "--as-of", day, "--json", "--file", file)), &list); err != nil {
				t.Fatal(err)
			}
			byID := map[int]shownEntry{}
			for _, e := range list {
				byID[e.ID] = e
			}
			wrong := 0
			for _, r := range o[kind] {
				want, there := o.state(kind, r, day)
				e, is := byID[ids[kind][r.id-1]]
				got := ""
				if e.State != nil {
					got = *e.State
				}
				if (is != there || got != want) && wrong < 4 {
					wrong++
					t.Errorf("%s %d on %s: %q (%v), want %q (%v); %v", kind, r.id, day, got, is, want, there, r.fields)
				}
			}
		}
		for _, span := range [][2]string{{"", ""}, {"2026-01-01", "2026-03-31"}, {"2026-02-10", "2026-04-20"}} {
			args := []string{"measures", "--as-of", day, "--json", "--file", file}
			if span[0] != "" {
				args = append(args, "--from", span[0], "--to", span[1])
			}
			for _, by := range []string{"unit", "domain"} {
				var m shownMeasures
				if err := json.Unmarshal([]byte(must(t, append(slices.Clone(args), "--by", by)...)), &m); err != nil {
					t.Fatal(err)
				}
				compareMeasures(t, fmt.Sprint(day, span, by), m, o.measures(day, span[0], span[1]))
			}
		}
	}
}

func compareMeasures(t *testing.T, where string, m shownMeasures, want map[string]counted) {
	t.Helper()
	for id, w := range want {
		i := slices.IndexFunc(m.Measures, func(x shownValue) bool { return x.ID == id })
		if i < 0 {
			t.Errorf("%s: no %s", where, id)
			continue
		}
		x := m.Measures[i]
		b, a := 0, 0
		for _, r := range x.Rows {
			if r.Numerator != nil {
				b, a = b+*r.Numerator, a+*r.Denominator
			} else {
				b += int(r.Value.(float64))
			}
		}
		if x.Numerator == nil {
			if int(x.Value.(float64)) != w.b || b != w.b {
				t.Errorf("%s: %s is %v, its parts %d, want %d", where, id, x.Value, b, w.b)
			}
		} else if *x.Numerator != w.b || *x.Denominator != w.a || b != w.b || a != w.a {
			t.Errorf("%s: %s is %d/%d, its parts %d/%d, want %d/%d", where, id, *x.Numerator, *x.Denominator, b, a, w.b, w.a)
		}
	}
}
