package logbooks

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// row is an entry as the list shows it. Its state is worked out when it is asked for: a
// list shows few of the rows that it has.
type row struct {
	*logbook.Entry
	of *seen
}

// seen is what the rows of a list are worked out with: the newest state that it knows.
type seen struct {
	kind *logbook.Kind
	keys map[string]*logbook.Field // those in which the search looks
	now  atomic.Pointer[desk.EntryNames]
}

func newSeen(k *logbook.Kind, names *desk.EntryNames) *seen {
	s := &seen{kind: k, keys: map[string]*logbook.Field{}}
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Type != logbook.Table && !f.Inner {
			s.keys[f.Key] = f
		}
	}
	s.now.Store(names)
	return s
}

func (r *row) names() desk.EntryNames { return *r.of.now.Load() }

func (r *row) world() *logbook.World { return r.names().World }

// worked returns the row with its state.
func (r *row) worked() logbook.Row { return r.of.kind.Row(r.world(), r.Entry) }

func (r *row) state() string { return r.worked().State }

// shown is what a field holds as people read it.
func (r *row) shown(f *logbook.Field) string {
	names := r.names()
	if f.Type == logbook.Link && r.Has(f.Key) {
		return names.World.LinkName(f.Kind, r.Ref(f.Key))
	}
	return strings.ReplaceAll(f.Shown(r.Text(f.Key), names), "\n", " ")
}

func (r *row) stateText(k *logbook.Kind) string {
	worked := r.worked()
	return k.StateText(&worked)
}

// stateOrder is a text that orders rows by their states, and by their days within one.
func (r *row) stateOrder(k *logbook.Kind) string {
	worked := r.worked()
	return fmt.Sprintf("%03d%09d", k.Order(worked.State), 500_000_000-worked.Days)
}

// words are what the search looks through: all that is known of an entry.
func (r *row) words() string {
	var b strings.Builder
	b.WriteString(r.of.kind.Name(r.Entry))
	for key := range r.Values {
		if f := r.of.keys[key]; f != nil {
			b.WriteByte(' ')
			b.WriteString(r.shown(f))
		}
	}
	b.WriteByte(' ')
	b.WriteString(r.stateText(r.of.kind))
	b.WriteByte(' ')
	b.WriteString(cmp.Or(r.Entry.Source, "gõ vào"))
	return b.String()
}

// rolls read the rows of a list and what changed since.
type rolls struct {
	desk *desk.Desk
	kind *logbook.Kind
	of   *seen
}

// mostSteps is how many entries may have changed for a list to be brought in step with
// them; after more it is read anew.
const mostSteps = 2000

// load returns the entries that are there today, by id.
func (l *rolls) load() ([]row, error) {
	names, err := namesNow(l.desk)
	if err != nil {
		return nil, err
	}
	of := newSeen(l.kind, names)
	w := names.World
	entries := w.Entries(l.kind.ID)
	out := make([]row, 0, len(entries))
	for _, e := range entries {
		if l.kind.Begun == nil || l.kind.Begun(w, e) {
			out = append(out, row{e, of})
		}
	}
	l.of = of
	return out, nil
}

func namesNow(d *desk.Desk) (*desk.EntryNames, error) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil, err
	}
	return &desk.EntryNames{World: w, Cat: d.Catalogue()}, nil
}

// step returns the rows that are otherwise than they were, with those whose state or
// names follow them, and the ids of those that are gone.
func (l *rolls) step() (changed []row, gone []uint64, ok bool) {
	names, err := namesNow(l.desk)
	if err != nil || l.of == nil {
		return nil, nil, false
	}
	w, before := names.World, l.of.now.Load()
	if before.Cat != names.Cat || !w.Alike(before.World) {
		return nil, nil, false
	}
	touched, gone, n := w.Touched(before.World, l.kind.ID)
	if n > mostSteps {
		return nil, nil, false
	}
	l.of.now.Store(names)
	for _, e := range touched {
		if l.kind.Begun == nil || l.kind.Begun(w, e) {
			changed = append(changed, row{e, l.of})
		} else {
			gone = append(gone, e.ID)
		}
	}
	return changed, gone, true
}

// shownKeys are the fields whose columns are there at first: what names an entry, whose
// it is, its days and its first sort.
func shownKeys(k *logbook.Kind) map[string]bool {
	shown := map[string]bool{k.Head: true, k.Day: true, "due": true}
	units, picks := 0, 0
	for _, f := range k.Fields {
		switch {
		case f.Wide:
			shown[f.Key] = true
		case f.Type == logbook.Unit && units == 0:
			shown[f.Key] = true
			units++
		case (f.Type == logbook.Pick || f.Type == logbook.Link) && picks == 0:
			shown[f.Key] = true
			picks++
		}
	}
	return shown
}

// shortTitle is what a kind is called in the switch of a page.
func shortTitle(k *logbook.Kind) string {
	title := k.One
	for _, word := range []string{"cuộc ", "đề nghị ", "quyết định "} {
		title = strings.TrimPrefix(title, word)
	}
	return text.Sentence(title)
}

func choices(f *logbook.Field) []kit.Choice {
	return kit.ChoicesOf(f.Choices, func(c logbook.Choice) kit.Choice { return kit.Choice{Key: c.ID, Text: c.Title} })
}

// years are those in which entries are numbered, newest first.
func years(d *desk.Desk, k *logbook.Kind) []kit.Choice {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil
	}
	var found []int
	last := 0
	for _, e := range w.Entries(k.ID) {
		if e.Year == last {
			continue
		}
		if last = e.Year; !slices.Contains(found, e.Year) {
			found = append(found, e.Year)
		}
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Compare(b, a) })
	return kit.ChoicesOf(found, func(y int) kit.Choice { return kit.Choice{Key: strconv.Itoa(y), Text: strconv.Itoa(y)} })
}

// draft is an entry in its form. Its maps and slices are never changed in place, so
// that copies of it stand for themselves.
type draft struct {
	base   *logbook.Entry
	values map[string]string
	tables [maxTables][]tableLine
	why    string // a closed period is changed
}

// maxTables is how many fields of a kind hold rows.
const maxTables = 3

// tableLine is a row of such a field.
type tableLine struct{ values map[string]string }

func (d *draft) set(key, stored string) {
	d.values = with(d.values, key, stored)
}

// with is a copy of values with one set.
func with(values map[string]string, key, stored string) map[string]string {
	next := map[string]string{}
	maps.Copy(next, values)
	next[key] = stored
	return next
}

func (l *tableLine) set(key, stored string) {
	if l.values = with(l.values, key, stored); stored == "" {
		delete(l.values, key)
	}
}

// newDraft is the form of an entry.
func newDraft(k *logbook.Kind, e *logbook.Entry) draft {
	d := draft{base: e, values: e.Values}
	n := 0
	for _, f := range k.Fields {
		if f.Type == logbook.Table {
			for _, values := range e.Table(f.Key) {
				d.tables[n] = append(d.tables[n], tableLine{values})
			}
			n++
		}
	}
	return d
}

// entry is what the form says.
func (d *draft) entry(k *logbook.Kind) *logbook.Entry {
	e := d.base.Clone()
	for key, stored := range d.values {
		e.Set(key, stored)
	}
	n := 0
	for _, f := range k.Fields {
		if f.Type != logbook.Table {
			continue
		}
		var rows []map[string]string
		for _, l := range d.tables[n] {
			rows = append(rows, l.values)
		}
		e.Set(f.Key, logbook.StoreTable(rows))
		n++
	}
	return e
}

// past is one change of an entry.
type past struct {
	when, by           string
	what, before, then string
	why                string
}

// pasts lists what changed in an entry, newest first.
func pasts(k *logbook.Kind, r *row) (out []past) {
	at := func(unix int64) string { return data.MomentOf(time.Unix(unix, 0)).String() }
	for i := len(r.Changes) - 1; i >= 0; i-- {
		c := r.Changes[i]
		after := r.At(i + 1)
		for j := range k.Fields {
			f := &k.Fields[j]
			before, changed := c.Before[f.Key]
			if !changed {
				continue
			}
			old, now := row{&logbook.Entry{Values: map[string]string{f.Key: before}}, r.of}, row{&logbook.Entry{Values: after}, r.of}
			out = append(out, past{at(c.At), c.By, f.Title, old.shown(f), now.shown(f), c.Why})
		}
	}
	return append(out, past{when: at(r.Made), by: r.By, what: "Ghi vào sổ", then: cmp.Or(r.Source, "gõ vào")})
}
