package desk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/testsize"
)

// agree compares the register of one state with another one that is built, slowly,
// from the file of that state.
func agree(t *testing.T, d *desk.Desk) {
	t.Helper()
	s, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	slow := register.New()
	var office data.Office
	err = s.Read(func(v desk.View) error {
		units, err := v.Units()
		if err != nil {
			return err
		}
		fields, err := v.Fields()
		if err != nil {
			return err
		}
		procedures, err := v.Procedures()
		if err != nil {
			return err
		}
		slow.SetCatalogue(units, fields, procedures)
		slow.SetDenominators(s.Denominators())
		if office, err = v.Office(); err != nil {
			return err
		}
		return v.Scan(func(g *data.Glance) error { slow.Put(g); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Office() != office {
		t.Errorf("memory has the office %+v, the file %+v", s.Office(), office)
	}
	if s.Len() != slow.Len() {
		t.Errorf("memory has %d dossiers, the file %d", s.Len(), slow.Len())
	}
	p, err := data.ParsePeriod("2026")
	must(t, err)
	f := desk.Filter{FollowMergers: s.Rules().FollowMergers}
	for _, group := range []data.Group{data.ByUnit, data.ByField, data.ByProcedure, data.ByLevel, data.ByChannel} {
		if got, want := s.Figures(p, s.Today(), group, f), slow.Figures(p, s.Today(), group, f); !reflect.DeepEqual(got, want) {
			t.Errorf("by %s: memory says %+v, the file %+v", group, got, want)
		}
	}
	for _, by := range register.Sorts {
		q := desk.Query{Filter: f, Sort: by, Today: s.Today()}
		if got, want := fmt.Sprint(s.List(q).IDs), fmt.Sprint(slow.List(q).IDs); got != want {
			t.Errorf("sorted by %q: memory lists %s, the file %s", by, got, want)
		}
	}
	for _, text := range []string{"trần", "HS-0000", `"nội dung 7"`, "nội dung", "bàn:\"bàn 3\"", "tình trạng: quá hạn"} {
		q := desk.Query{Filter: f, Text: text, Today: s.Today()}
		if got, want := fmt.Sprint(s.List(q).IDs), fmt.Sprint(slow.List(q).IDs); got != want || s.Count(q) != slow.Count(q) {
			t.Errorf("%q: memory lists %s, the file %s", text, got, want)
		}
	}
}

// Writers, imports, undo, readers and figures together, on random schedules: at
// every moment the register equals the file, and the parts of an answer agree.
func TestAtOnceRegisterEqualsFile(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	d, p := counter(t)
	var ids []uint64
	for i := range 40 {
		ids = append(ids, received(t, d, p, data.Date(2026, 4, 1)+data.Day(i), fmt.Sprint("Trần Văn Thử ", i)).ID)
	}
	small, other := bigFile(t, 60), bigFile(t, 90)
	var told, changes atomic.Int64
	d.Watch(func(c desk.Changes) { told.Add(1) })
	rounds := testsize.Of(8, 40)
	var writers, readers sync.WaitGroup
	allowed := func(err error) bool { // refusals of a state that changed meanwhile
		return err == nil || data.CodeOf(err) == data.NotFound || data.CodeOf(err) == data.Conflict || data.CodeOf(err) == data.Invalid
	}
	for n := range 4 {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		writers.Go(func() {
			ctx := context.Background()
			for range rounds {
				id := ids[r.IntN(len(ids))]
				var err error
				switch r.IntN(9) {
				case 0, 1:
					err = d.Amend(ctx, id, "thử", func(x *data.Dossier) { x.Content = fmt.Sprint("nội dung ", r.IntN(9)) })
				case 2:
					_, err = d.Happen(ctx, []uint64{id}, "", nil, nil, data.Event{Kind: data.HandOver, At: on(5, 20), New: fmt.Sprint("bàn ", r.IntN(5))})
				case 3:
					_, err = d.Undo(ctx)
				case 4:
					_, err = d.Redo(ctx)
				case 5:
					err = d.SetOffice(ctx, data.Office{Name: fmt.Sprint("UBND ", r.IntN(9)), Code: "000.00.06.H56"})
				case 6:
					u := data.Unit{ID: 1, Name: fmt.Sprint("Phòng ", r.IntN(9)), Level: data.LevelDistrict}
					err = d.SaveUnit(ctx, &u)
				case 7:
					err = importQuietly(ctx, d, []string{small, other}[r.IntN(2)])
				case 8:
					err = d.Amend(ctx, id, "tên", func(x *data.Dossier) { x.Owner.Name = fmt.Sprint("Trần Thị Mẫu ", r.IntN(9)) })
				}
				if !allowed(err) {
					t.Error(err)
				}
				if err == nil {
					changes.Add(1)
				}
			}
		})
	}
	stop := make(chan struct{})
	for n := range 2 {
		r := rand.New(rand.NewPCG(seed, uint64(100+n)))
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if r.IntN(2) == 0 {
					agree(t, d)
				} else {
					partsAgree(t, d)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	agree(t, d)
	if told.Load() == 0 || changes.Load() == 0 {
		t.Errorf("%d changes, told %d times", changes.Load(), told.Load())
	}
	path := d.Path()
	must(t, d.Close())
	agree(t, open(t, path))
}

func importQuietly(ctx context.Context, d *desk.Desk, path string) error {
	im, err := d.OpenImport(ctx, path, desk.ImportOptions{})
	if err != nil {
		return err
	}
	_, err = im.Apply(ctx, desk.Run{})
	return errors.Join(err, im.Close())
}

// partsAgree asks one state in parts and sums them up.
func partsAgree(t *testing.T, d *desk.Desk) {
	s, err := d.At()
	must(t, err)
	defer s.Close()
	p, err := data.ParsePeriod("2026")
	must(t, err)
	table := s.Figures(p, s.Today(), data.ByUnit, desk.Filter{})
	byField := s.Figures(p, s.Today(), data.ByField, desk.Filter{})
	q := register.CellQuery(table, nil, data.ColReceived, desk.Filter{})
	list := s.List(q)
	s.Settle()
	held := 0
	err = s.Dossiers(list.IDs, func(one *data.Dossier) error {
		if one.Received.Day.Year() > 2026 {
			t.Errorf("dossier %d of another year", one.ID)
		}
		held++
		return nil
	})
	must(t, err)
	if n := table.Total.Received(); n != byField.Total.Received() || n != int64(list.Len()) || held != list.Len() {
		t.Errorf("%d by unit, %d by field, %d listed, %d in the file", n, byField.Total.Received(), list.Len(), held)
	}
}
