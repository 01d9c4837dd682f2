package desk_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestClosedFigures closes a period, changes dossiers at random, and proves that what
// was frozen stays and that frozen figures plus the listed changes are those of today.
func TestClosedFigures(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	load(t, d, fixture("A_server.xlsx"))
	if d.Len() == 0 {
		t.Fatal("an empty register")
	}
	first, last := d.Span()
	p, err := data.FreePeriod(first, last)
	if err != nil {
		t.Fatal(err)
	}
	closed, err := d.ClosePeriod(ctx, p, data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	if !closed.Value.Sound() {
		t.Fatal("a closing is not what it was frozen as")
	}
	if list, err := d.Since(ctx, closed.Value); err != nil || len(list) != 0 {
		t.Fatalf("nothing was changed, %d changes, %v", len(list), err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	ids := d.List(desk.Query{}).IDs
	for range 40 {
		id := uint64(ids[r.IntN(len(ids))])
		one, err := d.Dossier(id)
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(2) == 0 {
			one.Received.Day -= data.Day(r.IntN(400))
		} else {
			one.Channel = data.Channel(1 + r.IntN(3))
		}
		err = d.Change(ctx, desk.Work{Title: "Sửa thử"}, func(tx desk.Tx) error { return tx.PutDossier(&one) })
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := d.Since(ctx, closed.Value)
	if err != nil {
		t.Fatal(err)
	}
	gap := map[data.Column]int64{}
	for _, x := range list {
		gap[x.Figure] += x.New - x.Old
		if x.Dossier == "" || x.What != "Sửa thử" {
			t.Fatalf("a change without its cause: %+v", x)
		}
	}
	again, err := d.Closings()
	if err != nil || len(again) != 1 || !again[0].Value.Sound() {
		t.Fatalf("kept: %d, %v", len(again), err)
	}
	now := d.Figures(p, closed.Value.AsOf, data.ByField, desk.Filter{}).Total
	changed := 0
	for col, n := range again[0].Value.Tables[0].Total.Counts {
		if n+gap[col] != col.Of(now) {
			t.Errorf("%s: frozen %d, changes %d, today %d", col, n, gap[col], col.Of(now))
		}
		if gap[col] != 0 {
			changed++
		}
	}
	if changed == 0 {
		t.Error("no figure changed: the test proves nothing")
	}
	bent := again[0].Value
	bent.Tables[0].Total.Counts[data.ColReceived]++
	if bent.Sound() {
		t.Error("a changed figure goes unseen")
	}
}

func TestClosingAsksForDaysThatCame(t *testing.T) {
	d := fresh(t)
	p, _ := data.ParsePeriod("2027")
	if _, err := d.ClosePeriod(context.Background(), p, data.NoDay); data.CodeOf(err) != data.Invalid {
		t.Errorf("a period that has not begun is closed: %v", err)
	}
}
