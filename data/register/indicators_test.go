package register_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
)

// served are procedures whose online level changes.
var served = []data.Procedure{
	{ID: 1, Name: "Toàn trình từ đầu", OnlineLevel: data.OnlineFull},
	{ID: 2, Name: "Một phần, rồi toàn trình", OnlineLevel: data.OnlinePart, Online: []data.OnlineStep{{From: data.Date(2026, time.July, 20), Level: data.OnlineFull}}},
	{ID: 3, Name: "Chỉ thông tin", OnlineLevel: data.OnlineInfo},
	{ID: 4, Name: "Chủ động", Online: []data.OnlineStep{{From: data.Date(2026, time.July, 10), Level: data.OnlineProactive + "2"}}},
	{ID: 5, Name: "Không ai ghi"},
}

// TestIndicatorsOfTheRegister holds each indicator of Decree 224/2026 against a look at
// every dossier, and its query against the dossiers counted.
func TestIndicatorsOfTheRegister(t *testing.T) {
	law := data.Date(2026, time.July, 1)
	if register.IndicatorsFrom != law {
		t.Fatal(register.IndicatorsFrom)
	}
	rapid.Check(t, func(t *rapid.T) {
		var ds []data.Dossier
		for id := range rapid.IntRange(0, 25).Draw(t, "dossiers") {
			d := drawDossier(t, uint64(id+1))
			shift := law + 10 - base
			d.Received.Day += shift
			if d.Due.Known() {
				d.Due.Day += shift
			}
			for i := range d.Events {
				e := &d.Events[i]
				if e.At.Known() {
					e.At.Day += shift
				}
				if e.Due.Known() {
					e.Due.Day += shift
				}
				if e.Kind == data.Correct {
					e.Kind = data.Apologise
				}
			}
			d.Procedure = uint32(rapid.IntRange(0, 5).Draw(t, "procedure"))
			d.Flags = rapid.SampledFrom([]data.Flag{0, data.EndUnknown}).Draw(t, "flags")
			ds = append(ds, d)
		}
		r := build(ds)
		r.SetCatalogue(units, fields, served)
		from := law + data.Day(rapid.IntRange(-40, 30).Draw(t, "from"))
		p, err := data.FreePeriod(from, from+data.Day(rapid.IntRange(0, 50).Draw(t, "days")))
		if err != nil {
			t.Fatal(err)
		}
		cut := p.To - data.Day(rapid.IntRange(0, 10).Draw(t, "cut"))
		type sum struct {
			n, base      int64
			procs, bases map[uint32]bool
			ids          []uint32
		}
		want := map[string]*sum{}
		add := func(id string, d *data.Dossier, base, in bool, days int64) {
			s := want[id]
			if s == nil {
				s = &sum{procs: map[uint32]bool{}, bases: map[uint32]bool{}}
				want[id] = s
			}
			if base {
				s.base++
				s.bases[d.Procedure] = true
			}
			if base && in {
				s.n += days
				s.procs[d.Procedure] = true
				s.ids = append(s.ids, uint32(d.ID))
			}
		}
		for i := range ds {
			d := &ds[i]
			in, out := stand(d, p, cut)
			if out == data.NotCounted || cut < law {
				continue
			}
			level := ""
			if d.Procedure > 0 {
				level = served[d.Procedure-1].OnlineOn(d.Received.Day)
			}
			fresh := in != "carried" && d.Received.Day >= law
			full := level == data.OnlineFull || level == data.OnlineProactive+"2"
			offered := fresh && (full || level == data.OnlinePart)
			add("services_full", d, offered, full, 1)
			add("online_full", d, fresh && level != "", full && in == "online", 1)
			add("proactive_2", d, offered, level == data.OnlineProactive+"2", 1)
			ended := data.NoDay // the first day of the last days on which it was closed
			for day := d.Received.Day; day <= cut; day++ {
				switch closed := d.On(day).Closed; {
				case !closed:
					ended = data.NoDay
				case !ended.Known():
					ended = day
				}
			}
			timed := (out == data.Early || out == data.OnTime || out == data.Late) && d.Flags&data.EndUnknown == 0 && ended >= law
			add("processing_time", d, timed, true, int64(ended-d.Received.Day))
		}
		table := r.Figures(p, cut, data.ByUnit, register.Filter{})
		got := map[string]data.Rate{}
		for _, x := range r.Indicators(table, data.Table{}, register.Filter{}) {
			got[x.ID] = x
		}
		for id, s := range want {
			n, base := s.n, s.base
			if id == "services_full" || id == "proactive_2" {
				n, base = int64(len(s.procs)), int64(len(s.bases))
			}
			if base == 0 || id == "proactive_2" && n == 0 {
				if x, told := got[id]; told {
					t.Fatalf("%s is told with nothing to measure: %v", id, x.Now)
				}
				continue
			}
			if x := got[id]; x.Now != (data.Ratio{Numerator: n, Denominator: base}) {
				t.Fatalf("%s: %v, oracle %d/%d", id, x.Now, n, base)
			}
			q := register.CellQuery(table, nil, register.RateColumn(id), register.Filter{})
			q.Rate = id
			if ids := r.List(q).IDs; fmt.Sprint(slices.Sorted(slices.Values(ids))) != fmt.Sprint(slices.Sorted(slices.Values(s.ids))) {
				t.Fatalf("%s: its query lists %v, counted are %v", id, ids, s.ids)
			}
		}
		if cut < law && len(got) > 0 {
			t.Fatalf("before 01/07/2026: %v", got)
		}
	})
}
