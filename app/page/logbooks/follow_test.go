package logbooks

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/kit"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// follower makes random changes in registers that link to each other.
type follower struct {
	*rand.Rand
	t   *testing.T
	d   *desk.Desk
	ids map[string][]uint64
}

func (f *follower) day() string {
	return (pagetest.Today + data.Day(f.IntN(80)-70)).ISO()
}

func (f *follower) link(v map[string]string, key, kind string) {
	if ids := f.ids[kind]; len(ids) > 0 && f.IntN(3) > 0 {
		v[key] = strconv.FormatUint(ids[f.IntN(len(ids))], 10)
	}
}

func (f *follower) values(kind string) map[string]string {
	v := map[string]string{}
	maybe := func(key, value string) {
		if f.IntN(2) == 0 {
			v[key] = value
		}
	}
	switch kind {
	case "task":
		v["text"] = fmt.Sprint("Rà soát lần ", f.IntN(9))
		maybe("due", f.day())
		maybe("progress", []string{"done", "doing", "paused", "dropped"}[f.IntN(4)])
		maybe("done", f.day())
		maybe("lead", strconv.Itoa(int(f.d.Catalogue().Units[f.IntN(3)].ID)))
		f.link(v, "parent", "task")
		f.link(v, "conclusion", "conclusion")
	case "conference":
		v["name"] = fmt.Sprint("Giao ban ", f.IntN(9))
		maybe("at", f.day()+"T08:00")
	case "conclusion":
		v["text"] = fmt.Sprint("Kết luận ", f.IntN(9))
		f.link(v, "conference", "conference")
	case "inspection":
		v["unit"] = strconv.Itoa(int(f.d.Catalogue().Units[0].ID))
		maybe("date", f.day())
		maybe("conclusion_date", f.day())
	case "finding":
		v["text"] = fmt.Sprint("Niêm yết ", f.IntN(5))
		maybe("due", f.day())
		maybe("done", f.day())
		maybe("confirmed", f.day())
		f.link(v, "inspection", "inspection")
	case "petition":
		v["text"] = fmt.Sprint("Phản ánh ", f.IntN(9))
		v["said_at"] = f.day()
		f.link(v, "again", "petition")
	}
	return v
}

// change makes one change, or tries to.
func (f *follower) change() {
	kinds := []string{"task", "task", "task", "conference", "conclusion", "inspection", "finding", "petition"}
	k, ctx := logbook.Find(kinds[f.IntN(len(kinds))]), context.Background()
	ids := f.ids[k.ID]
	switch n := f.IntN(12); {
	case n == 0 && len(ids) > 0:
		_ = f.d.DropEntry(ctx, k, ids[f.IntN(len(ids))], "") // refused where others hold it
	case n == 1:
		_, _ = f.d.Undo(ctx)
	case n < 6 && len(ids) > 0:
		w, err := f.d.Logbooks(f.d.Today())
		if err != nil {
			f.t.Fatal(err)
		}
		if e := w.Entry(k.ID, ids[f.IntN(len(ids))]); e != nil {
			e = e.Clone()
			for key, value := range f.values(k.ID) {
				e.Set(key, value)
			}
			_, _ = f.d.KeepEntry(ctx, k, e, "")
		}
	default:
		if e, err := f.d.KeepEntry(ctx, k, &logbook.Entry{Values: f.values(k.ID)}, ""); err == nil {
			f.ids[k.ID] = append(f.ids[k.ID], e.ID)
		}
	}
}

// TestListsFollowChanges makes random changes, also undone ones: a list that is brought in
// step shows what one that is read anew would, in every view.
func TestListsFollowChanges(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	f := &follower{rand.New(rand.NewPCG(5, 6)), t, d, map[string][]uint64{}}
	pages := map[string]*page{}
	for _, kind := range []string{"task", "conference", "conclusion", "inspection", "finding", "petition"} {
		e, _ := pagetest.Env(t, d)
		p := New(kind)(e).(*page)
		pagetest.Show(e, p, fyne.NewSize(1366, 700))
		pages[kind] = p
	}
	views := []list0{{}, {text: "2"}, {state: "overdue"}, {order: "state"}, {order: "due", down: true}, {text: "ra soat", order: "text"}}
	for round := range 160 {
		f.change()
		for kind, p := range pages {
			k, l := p.now().kind, p.now().List
			view := views[f.IntN(len(views))]
			v := l.View()
			v.Text, v.Chosen, v.Orders = view.text, map[string][]string{}, nil
			if view.state != "" {
				v.Chosen["state"] = []string{view.state}
			}
			if view.order != "" && (view.order == "state" || k.Field(view.order) != nil) {
				v.Orders = []kit.Order{{Column: view.order, Descending: view.down}}
			}
			p.Stale(desk.Changes{Kinds: []string{"log-task"}})
			l.Show(v)
			var got []string
			for i := range l.Len() {
				r := l.Row(i)
				got = append(got, fmt.Sprint(r.ID, " ", r.stateText(k)))
			}
			if want := plainly(t, d, k, v); !slices.Equal(got, want) {
				t.Fatalf("round %d, %s, %+v:\n%v\nwant\n%v", round, kind, view, got, want)
			}
		}
	}
}

type list0 struct {
	text, state, order string
	down               bool
}

// plainly narrows and orders the entries as they are now, without an index.
func plainly(t *testing.T, d *desk.Desk, k *logbook.Kind, v kit.View) (out []string) {
	rows, err := (&rolls{desk: d, kind: k}).load()
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(rows)
	rows = slices.DeleteFunc(rows, func(r row) bool {
		for _, word := range strings.Fields(text.Fold(v.Text)) {
			if !strings.Contains(text.Fold(r.words()), word) {
				return true
			}
		}
		return len(v.Chosen["state"]) > 0 && r.state() != v.Chosen["state"][0]
	})
	for _, o := range v.Orders {
		slices.SortStableFunc(rows, func(a, b row) int {
			c := 0
			switch o.Column {
			case "state":
				x, y := a.worked(), b.worked()
				if c = k.Order(x.State) - k.Order(y.State); c == 0 {
					c = y.Days - x.Days
				}
			case "due":
				c = strings.Compare(a.Text("due"), b.Text("due"))
			default:
				c = strings.Compare(text.Fold(a.shown(k.Field(o.Column))), text.Fold(b.shown(k.Field(o.Column))))
			}
			if o.Descending {
				c = -c
			}
			return c
		})
	}
	for i := range rows {
		out = append(out, fmt.Sprint(rows[i].ID, " ", rows[i].stateText(k)))
	}
	return out
}
