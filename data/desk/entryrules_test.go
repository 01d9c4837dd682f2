package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// The rules that all registers share (briefing 1, R1 to R7, R11 and R12), over random
// rows of every kind that is declared. What is expected is worked out from ISO texts and
// the table of fields alone.

// ruled is an office whose clock the test moves.
type ruled struct {
	*rand.Rand
	t     *testing.T
	d     *desk.Desk
	today time.Time
	units []uint32
	ids   map[string][]uint64 // of what was stored, by kind
}

func newRuled(t *testing.T, seed uint64) *ruled {
	t.Helper()
	r := &ruled{Rand: rand.New(rand.NewPCG(seed, 13)), t: t, today: time.Date(2026, time.March, 2, 9, 0, 0, 0, time.Local), ids: map[string][]uint64{}}
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return r.today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	r.d = d
	for i := range 4 {
		r.units = append(r.units, newUnit(t, d, fmt.Sprintf("Phòng số %d", i+1), data.LevelCommune).ID)
	}
	return r
}

func (r *ruled) iso(days int) string { return r.today.AddDate(0, 0, days).Format("2006-01-02") }

// value is a random stored text of a field, of a day up to 60 days from today.
func (r *ruled) value(f *logbook.Field) string {
	switch f.Type {
	case logbook.Number, logbook.Money:
		top := int64(100)
		if f.Top > 0 {
			top = f.Top
		}
		return strconv.FormatInt(r.Int64N(top+1), 10)
	case logbook.Day:
		return r.iso(r.IntN(120) - 60)
	case logbook.Moment:
		return r.iso(r.IntN(120)-60) + "T08:30"
	case logbook.Yes:
		return []string{"0", "1"}[r.IntN(2)]
	case logbook.Unit:
		return strconv.Itoa(int(r.units[r.IntN(len(r.units))]))
	case logbook.Units:
		return fmt.Sprint(r.units[0], ",", r.units[1+r.IntN(3)])
	case logbook.Pick:
		return f.Choices[r.IntN(len(f.Choices))].ID
	case logbook.Link:
		if ids := r.ids[f.Kind]; len(ids) > 0 {
			return strconv.FormatUint(ids[r.IntN(len(ids))], 10)
		}
		return ""
	case logbook.Table:
		return ""
	}
	if slices.Contains(pointKeys, f.Key) {
		return strconv.Itoa(r.IntN(10))
	}
	return fmt.Sprintf("Nội dung %d", r.IntN(1000))
}

// pointKeys are texts that hold points.
var pointKeys = []string{"total"}

// row is a random row of a kind.
func (r *ruled) row(k *logbook.Kind) map[string]string {
	out := map[string]string{}
	for i := range k.Fields {
		f := &k.Fields[i]
		points := k.ID == "reading" && (f.Type == logbook.Text || f.Type == logbook.Number) // of groups, which make the total
		if f.Required || f.Key == k.Head || !points && r.IntN(3) == 0 {
			if v := r.value(f); v != "" {
				out[f.Key] = v
			}
		}
	}
	return out
}

// wrongDay returns the keys of days that break a rule of dates: one that happened and
// lies ahead, one before what it follows, one of a year out of reach.
func (r *ruled) wrongDay(k *logbook.Kind, v map[string]string) (keys []string) {
	day := func(key string) string { return v[key][:min(10, len(v[key]))] }
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type != logbook.Day && f.Type != logbook.Moment || v[f.Key] == "" {
			continue
		}
		d := day(f.Key)
		if f.Past && d > r.iso(0) || d < "1990-01-01" || d > strconv.Itoa(r.today.Year()+10)+"-12-31" || f.NotBefore != "" && v[f.NotBefore] != "" && d < day(f.NotBefore) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

func (r *ruled) world(day data.Day) *logbook.World {
	r.t.Helper()
	w, err := r.d.Logbooks(day)
	if err != nil {
		r.t.Fatal(err)
	}
	return w
}

func (r *ruled) keep(k *logbook.Kind, e *logbook.Entry, why string) (*logbook.Entry, error) {
	kept, err := r.d.KeepEntry(context.Background(), k, e, why)
	if err == nil && e.ID == 0 {
		r.ids[k.ID] = append(r.ids[k.ID], kept.ID)
	}
	return kept, err
}

// sound gives a row days that break no rule, and lets the kind's own checks decide.
func (r *ruled) sound(k *logbook.Kind) (*logbook.Entry, bool) {
	for range 60 {
		v := r.row(k)
		if len(r.wrongDay(k, v)) > 0 {
			continue
		}
		if e, err := r.keep(k, &logbook.Entry{Values: v}, ""); err == nil {
			return e, true
		}
	}
	return nil, false
}

// TestRulesOfEveryRegister stores, changes and takes out random rows of every kind.
func TestRulesOfEveryRegister(t *testing.T) {
	r := newRuled(t, 1)
	for _, k := range logbook.Kinds() {
		numbers := map[int]int{} // the highest of a year
		for n := range 20 {
			r.today = r.today.Add(time.Minute)
			e, ok := r.sound(k)
			if !ok {
				t.Fatalf("%s: no sound row", k.ID)
			}
			// R1: an id, a number in its year that goes on by one, when and by whom.
			year := r.today.Year()
			if d := e.Text(k.Day); k.Field(k.Day) != nil && d != "" {
				year, _ = strconv.Atoi(d[:4])
			}
			numbers[year]++
			if e.ID == 0 || e.Year != year || e.Number != numbers[year] || e.Made != r.today.Unix() || e.Source != "" || len(e.Changes) != 0 {
				t.Fatalf("%s %d: %+v, want number %d of %d", k.ID, n, e, numbers[year], year)
			}
			if n%10 == 9 {
				if err := r.d.DropEntry(context.Background(), k, e.ID, "thử"); data.CodeOf(err) == data.Conflict {
					continue
				} else if err != nil {
					t.Fatal(err)
				}
				r.ids[k.ID] = r.ids[k.ID][:len(r.ids[k.ID])-1]
			}
		}
		r.states(k)
		r.changes(k)
	}
}

// states checks R2, R4, R5, R11: the state is one of the closed list, follows from row and
// day alone, and is not stored; a row without a date is told apart, with its age.
func (r *ruled) states(k *logbook.Kind) {
	t := r.t
	if k.Derive == nil {
		return
	}
	closed := map[string]bool{}
	for _, s := range k.States {
		closed[s.ID] = true
	}
	today := r.d.Today()
	for _, shift := range []data.Day{-40, 0, 75} {
		w := r.world(today + shift)
		rows := k.Rows(w)
		counted := map[string]int{}
		for i := range rows {
			counted[rows[i].State]++
			raw, err := json.Marshal(rows[i].Entry)
			if err != nil || strings.Contains(string(raw), `"state"`) {
				t.Errorf("%s stores its state: %s %v", k.ID, raw, err)
			}
			if !closed[rows[i].State] {
				t.Errorf("%s: state %q is not of the list", k.ID, rows[i].State)
			}
		}
		sum := 0
		for _, n := range counted {
			sum += n
		}
		if sum != len(rows) {
			t.Errorf("%s: %d in states, %d rows", k.ID, sum, len(rows))
		}
		// Asked again in another order, with another day in between.
		other := r.world(today + shift)
		for i := len(rows) - 1; i >= 0; i-- {
			if again := k.Row(other, rows[i].Entry); again.State != rows[i].State || again.Days != rows[i].Days {
				t.Errorf("%s %d: %s %d, then %s %d", k.ID, rows[i].ID, rows[i].State, rows[i].Days, again.State, again.Days)
			}
		}
		if !closed["no-date"] {
			continue
		}
		for i := range rows {
			x := &rows[i]
			open := !slices.Contains([]string{"dropped", "paused"}, x.Text("progress")) && x.State != "done-on-time" && x.State != "done-late" && x.State != "done-undated"
			want := open && x.Text("due") == "" && x.Text("due_first") == "" && !slices.Contains([]string{"standing", "waiting"}, x.Text("due_kind")) && (x.Text("due_kind") != "issue" || x.Text("issued") == "")
			if (x.State == "no-date") != want {
				t.Errorf("%s %v on shift %d: %s, without a date %v", k.ID, x.Values, shift, x.State, want)
			}
			if from := x.Text("issued"); want && from != "" {
				d, err := data.ParseISO(from)
				if err != nil || x.Days != max(0, int(today+shift-d)) {
					t.Errorf("%s issued %s: %d days, %v", k.ID, from, x.Days, err)
				}
			}
		}
	}
}

// changes checks the journal of a row (R1), days of a change (R6), what is written once
// (R3) and the owner of a day (R7).
func (r *ruled) changes(k *logbook.Kind) {
	t := r.t
	owner := ""
	for _, key := range []string{"lead", "unit"} {
		if k.Field(key) != nil && owner == "" {
			owner = key
		}
	}
	for _, id := range slices.Clone(r.ids[k.ID])[:min(8, len(r.ids[k.ID]))] {
		w := r.world(r.d.Today())
		e := w.Entry(k.ID, id)
		if e == nil {
			continue
		}
		first := r.d.Today()
		type held struct {
			day   data.Day
			owner string
		}
		owners := []held{{first, e.Text(owner)}}
		changes := len(e.Changes)
		for range 4 {
			r.today = r.today.AddDate(0, 0, 1+r.IntN(3))
			next := e.Clone()
			f := &k.Fields[r.IntN(len(k.Fields))]
			if owner != "" && r.IntN(2) == 0 {
				f = k.Field(owner)
			}
			next.Set(f.Key, r.value(f))
			kept, err := r.keep(k, next, "họp")
			if err != nil {
				if f.Once && e.Has(f.Key) && data.CodeOf(err) != data.Invalid {
					t.Errorf("%s.%s: %v", k.ID, f.Key, err)
				}
				continue
			}
			if f.Once && e.Has(f.Key) && kept.Text(f.Key) != e.Text(f.Key) {
				t.Errorf("%s.%s was written twice", k.ID, f.Key)
			}
			if bad := r.wrongDay(k, map[string]string{f.Key: next.Text(f.Key), f.NotBefore: next.Text(f.NotBefore)}); len(bad) > 0 && next.Text(f.Key) != e.Text(f.Key) {
				t.Errorf("%s: %v was taken with days %v", k.ID, kept.Values, bad)
			}
			changes++
			if last := kept.Changes[len(kept.Changes)-1]; len(kept.Changes) != changes || last.At != r.today.Unix() || last.Why != "họp" || kept.Number != e.Number || kept.Made != e.Made {
				t.Errorf("%s %d: %+v", k.ID, id, kept)
			}
			for key, before := range kept.Changes[len(kept.Changes)-1].Before {
				if e.Text(key) != before {
					t.Errorf("%s.%s was %q, the history says %q", k.ID, key, e.Text(key), before)
				}
			}
			owners = append(owners, held{r.d.Today(), kept.Text(owner)})
			e = kept
		}
		if owner == "" {
			continue
		}
		for d := first; d <= r.d.Today(); d++ {
			want := owners[0].owner
			for _, h := range owners {
				if h.day <= d && h.owner != "" {
					want = h.owner
				}
			}
			if want == "" || slices.ContainsFunc(owners, func(h held) bool { return h.owner == "" }) {
				continue // where the owner was unknown, what was entered later counts
			}
			row := k.Row(r.world(d), e)
			if got := k.GroupKey(&row, logbook.ByUnit); got != want {
				t.Errorf("%s %d on %s is of %s, want %s; %v", k.ID, id, d, got, want, owners)
			}
		}
	}
}

// TestDaysOfEveryRegister tries random days (R6): what breaks a rule is refused at its
// field and nothing is kept; what is kept breaks none.
func TestDaysOfEveryRegister(t *testing.T) {
	r := newRuled(t, 2)
	for _, k := range logbook.Kinds() {
		refused, taken := 0, 0
		for range 60 {
			v := r.row(k)
			for i := range k.Fields {
				if f := &k.Fields[i]; (f.Type == logbook.Day || f.Type == logbook.Moment) && r.IntN(12) == 0 {
					v[f.Key] = r.iso([]int{400, 365 * 12, -365 * 40, 1, -1}[r.IntN(5)])
				}
			}
			before := len(r.world(r.d.Today()).Entries(k.ID))
			bad := r.wrongDay(k, v)
			_, err := r.keep(k, &logbook.Entry{Values: v}, "")
			after := len(r.world(r.d.Today()).Entries(k.ID))
			switch {
			case err == nil && len(bad) > 0:
				t.Errorf("%s: %v was taken with days %v", k.ID, v, bad)
			case err == nil:
				taken++
			case after != before:
				t.Errorf("%s: %v was refused (%v) and kept", k.ID, v, err)
			case len(bad) > 0:
				refused++
				if said := err.Error(); data.CodeOf(err) != data.Invalid || !strings.HasSuffix(said, ".") {
					t.Errorf("%s: %v", k.ID, err)
				}
			}
		}
		days := slices.ContainsFunc(k.Fields, func(f logbook.Field) bool { return f.Type == logbook.Day || f.Type == logbook.Moment })
		if taken == 0 || days && refused == 0 {
			t.Errorf("%s: %d taken, %d refused", k.ID, taken, refused)
		}
	}
}

// TestFirstDueDayOfEveryRegister: the first of two due days stays whatever is done to the
// other (R3).
func TestFirstDueDayOfEveryRegister(t *testing.T) {
	r := newRuled(t, 3)
	kinds := 0
	for _, k := range logbook.Kinds() {
		if k.Field("due_first") == nil || k.Field("due") == nil {
			continue
		}
		kinds++
		for range 15 {
			v := map[string]string{k.Head: "Việc", "due": r.iso(5 + r.IntN(40))}
			e, err := r.keep(k, &logbook.Entry{Values: v}, "")
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				next := e.Clone()
				next.Set("due", r.iso(5+r.IntN(60)))
				if next, err = r.keep(k, next, "lùi hạn"); err != nil || next.Text("due_first") != v["due"] {
					t.Fatalf("%v, %v", next, err)
				}
				e = next
				moved := e.Clone()
				if moved.Set("due_first", r.iso(100)); data.CodeOf(errorOf(r.keep(k, moved, ""))) != data.Invalid {
					t.Fatal("the first due day was changed")
				}
			}
			r.today = r.today.AddDate(0, 0, r.IntN(60))
			done := e.Clone()
			done.Set("progress", "done")
			done.Set("done", r.iso(-1))
			if e, err = r.keep(k, done, ""); err != nil {
				t.Fatal(err)
			}
			want := "done-on-time"
			if e.Text("done") > v["due"] {
				want = "done-late"
			}
			if row := k.Row(r.world(r.d.Today()), e); row.State != want {
				t.Errorf("done %s, due first %s, then %s: %s", e.Text("done"), v["due"], e.Text("due"), row.State)
			}
		}
	}
	if kinds == 0 {
		t.Error("no kind has two due days")
	}
}

func errorOf(_ *logbook.Entry, err error) error { return err }

// TestProofOfEveryRegister: what is done without proof is counted apart, and refused where
// the office asks for proof (R5).
func TestProofOfEveryRegister(t *testing.T) {
	r := newRuled(t, 4)
	kinds := 0
	for _, k := range logbook.Kinds() {
		proof := k.Evidence()
		if proof == "" {
			continue
		}
		kinds++
		terms := map[string]int{k.ID + "/evidence": 0}
		if err := r.d.KeepTerms(t.Context(), terms); err != nil {
			t.Fatal(err)
		}
		var bare *logbook.Entry
		for range 200 {
			if bare != nil {
				break
			}
			if e, ok := r.sound(k); ok {
				if row := k.Row(r.world(r.d.Today()), e); k.Finished(row.State) && !e.Has(proof) {
					bare = e
				}
			}
		}
		if bare == nil {
			t.Fatalf("%s: none is done without proof", k.ID)
		}
		if err := r.d.KeepTerms(t.Context(), map[string]int{k.ID + "/evidence": 1}); err != nil {
			t.Fatal(err)
		}
		again := &logbook.Entry{Values: bare.Clone().Values}
		again.Set("parent", "")
		_, err := r.keep(k, again, "")
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "minh chứng") {
			t.Errorf("%s done without proof: %v; %v", k.ID, err, bare.Values)
		}
		again.Set(proof, "12/BC-UBND")
		if _, err := r.keep(k, again, ""); err != nil {
			t.Errorf("%s done with proof: %v", k.ID, err)
		}
		if err := r.d.KeepTerms(t.Context(), terms); err != nil {
			t.Fatal(err)
		}
	}
	if kinds == 0 {
		t.Error("no kind has proof")
	}
}

// TestUnknownIsNotNothing: what was never said is null, and neither no nor zero (R12); what
// was said comes back as it was.
func TestUnknownIsNotNothing(t *testing.T) {
	r := newRuled(t, 5)
	for _, k := range logbook.Kinds() {
		if _, ok := r.sound(k); !ok {
			t.Fatal(k.ID)
		}
		names := desk.EntryNames{World: r.world(r.d.Today()), Cat: r.d.Catalogue()}
		for i := range k.Fields {
			f := &k.Fields[i]
			if got := f.JSON("", names); got != nil {
				if raw, err := json.Marshal(got); err != nil || string(raw) != "null" {
					t.Errorf("%s.%s unknown is %s", k.ID, f.Key, raw)
				}
			}
			if f.Type == logbook.Table || f.Type == logbook.Link {
				continue
			}
			stored := []string{r.value(f)}
			switch f.Type {
			case logbook.Number, logbook.Money, logbook.Yes:
				stored = append(stored, "0")
			}
			for _, s := range stored {
				raw, err := json.Marshal(f.JSON(s, names))
				if err != nil || string(raw) == "null" {
					t.Errorf("%s.%s %q is %s, %v", k.ID, f.Key, s, raw, err)
				}
				if back, err := f.ParseJSON(raw, names); err != nil || back != s {
					t.Errorf("%s.%s %q came back from %s as %q, %v", k.ID, f.Key, s, raw, back, err)
				}
			}
		}
	}
}
