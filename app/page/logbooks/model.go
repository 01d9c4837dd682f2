package logbooks

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// row is an entry as the list shows it.
type row struct {
	logbook.Row
	names desk.EntryNames
}

// load returns the entries of a kind as they are today, newest first.
func load(d *desk.Desk, k *logbook.Kind) ([]row, error) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil, err
	}
	names := desk.EntryNames{World: w, Cat: d.Catalogue()}
	rows := k.Rows(w)
	out := make([]row, len(rows))
	for i, r := range rows {
		out[len(rows)-1-i] = row{r, names}
	}
	return out, nil
}

// shown is what a field holds as people read it.
func (r *row) shown(f *logbook.Field) string {
	if f.Type == logbook.Link && r.Has(f.Key) {
		return r.World.LinkName(f.Kind, r.Ref(f.Key))
	}
	return strings.ReplaceAll(f.Shown(r.Text(f.Key), r.names), "\n", " ")
}

func (r *row) stateText(k *logbook.Kind) string { return k.StateText(&r.Row) }

// more is what the search looks through besides the columns in view.
func (r *row) more(k *logbook.Kind) string {
	var b strings.Builder
	for i := range k.Fields {
		if f := &k.Fields[i]; r.Has(f.Key) && f.Type != logbook.Table && !f.Inner {
			b.WriteString(r.shown(f))
			b.WriteByte(' ')
		}
	}
	return b.String()
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
	return upperFirst(title)
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && !unicode.IsUpper(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

func choices(f *logbook.Field) (out []kit.Choice) {
	for _, c := range f.Choices {
		out = append(out, kit.Choice{Key: c.ID, Text: c.Title})
	}
	return out
}

// years are those in which entries are numbered, newest first.
func years(d *desk.Desk, k *logbook.Kind) (out []kit.Choice) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil
	}
	var found []int
	for _, e := range w.Entries(k.ID) {
		if !slices.Contains(found, e.Year) {
			found = append(found, e.Year)
		}
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Compare(b, a) })
	for _, y := range found {
		out = append(out, kit.Choice{Key: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	return out
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
	next := map[string]string{}
	for k, v := range d.values {
		next[k] = v
	}
	next[key] = stored
	d.values = next
}

func (l *tableLine) set(key, stored string) {
	next := map[string]string{}
	for k, v := range l.values {
		next[k] = v
	}
	if next[key] = stored; stored == "" {
		delete(next, key)
	}
	l.values = next
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
	place              int
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
			old, now := row{Row: r.Row, names: r.names}, row{Row: r.Row, names: r.names}
			old.Entry, now.Entry = &logbook.Entry{Values: map[string]string{f.Key: before}}, &logbook.Entry{Values: after}
			out = append(out, past{len(out) + 1, at(c.At), c.By, f.Title, old.shown(f), now.shown(f), c.Why})
		}
	}
	return append(out, past{place: len(out) + 1, when: at(r.Made), by: r.By, what: "Ghi vào sổ", then: cmp.Or(r.Source, "gõ vào")})
}
