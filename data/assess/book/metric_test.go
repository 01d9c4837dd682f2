package book_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// TestAFigureIsAList: what the register gives for a leaf is the number of
// dossiers that its queries list.
func TestAFigureIsAList(t *testing.T) {
	b, d := town(t)
	cards, err := b.Cards(periodOf(t, b, "xa", 2022).ID, "")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, c := range []*assess.Card{ownCard(t, b, 2022), cards[0], cards[12]} {
		for _, r := range c.Rows() {
			if r.Node.Metric == nil {
				continue
			}
			m, ok, err := b.Metric(c.Sheet.ID, r.Node.Code)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				continue
			}
			asked++
			if m.B != nil && int64(d.Count(*m.B)) != m.Figure.B {
				t.Errorf("%s %s: b = %d, the list has %d", c.Name, r.Node.Code, m.Figure.B, d.Count(*m.B))
			}
			if m.A != nil && int64(d.Count(*m.A)) != m.Figure.A {
				t.Errorf("%s %s: a = %d, the list has %d", c.Name, r.Node.Code, m.Figure.A, d.Count(*m.A))
			}
			if !m.Figure.Single && m.Figure.B > m.Figure.A {
				t.Errorf("%s %s: b = %d above a = %d", c.Name, r.Node.Code, m.Figure.B, m.Figure.A)
			}
		}
	}
	if asked < 30 {
		t.Errorf("only %d figures", asked)
	}
	// The office's own way to compute a rate does not change what a criterion asks.
	c := ownCard(t, b, 2022)
	usual := map[string]assess.Figure{}
	for _, code := range []string{"3.4.1", "7.4.5", "7.5.1"} {
		m, _, err := b.Metric(c.Sheet.ID, code)
		if err != nil || m.B == nil {
			t.Fatalf("%s: %v", code, err)
		}
		usual[code] = m.Figure
	}
	other := map[string]string{}
	for _, id := range []string{"on_time", "postal", "digitised"} {
		other[id] = desk.RateDefinitions(id)[1].ID
	}
	if err := d.SetDenominators(background, other); err != nil {
		t.Fatal(err)
	}
	for code, want := range usual {
		m, ok, err := b.Metric(c.Sheet.ID, code)
		if err != nil || ok && m.Figure != want || !ok && code != "7.5.1" {
			t.Errorf("%s: %+v, before %+v, %v", code, m.Figure, want, err)
		}
		if m.B != nil && int64(d.Count(*m.B)) != m.Figure.B {
			t.Errorf("%s: the list has %d", code, d.Count(*m.B))
		}
	}
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	m, ok, err := b.Metric(c.Sheet.ID, "7.4.1")
	if err != nil || !ok || m.Figure.B != 29291 || m.Figure.A != 31731 || m.Figure.Percent() != "92,31" {
		t.Errorf("online: %+v %v", m.Figure, err)
	}
	// The remedial tasks of 2021 feed the sheet of 2022.
	if m, ok, err := b.Metric(ownCard(t, b, 2022).Sheet.ID, "1.8"); err != nil || !ok || m.Figure.A == 0 || m.Figure.B > m.Figure.A {
		t.Errorf("remedial: %+v %v %v", m.Figure, ok, err)
	}
}

// TestForecast: the range holds the present, the ceiling holds the range, and the
// back-test of the demonstration years holds most outcomes.
func TestForecast(t *testing.T) {
	b, _ := town(t)
	c := ownCard(t, b, 2022)
	began := time.Now()
	f, err := b.ForecastOn(c.Sheet.ID, data.Date(2022, 8, 31))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v: %s to %s, now %s, ceiling %s, %d leaves", time.Since(began), f.Low, f.High, f.Now, f.Ceiling, len(f.Leaves))
	if f.Low > f.High || f.High > f.Ceiling || len(f.Leaves) < 10 || len(f.Movers) != 3 {
		t.Errorf("%s to %s, ceiling %s, %d leaves", f.Low, f.High, f.Ceiling, len(f.Leaves))
	}
	if f.Low > c.Final.Index || c.Final.Index > f.High {
		t.Errorf("the year came to %s, outside %s to %s", c.Final.Index, f.Low, f.High)
	}
	if f.Backtest == nil || f.Backtest.Of < 40 {
		t.Fatalf("back-test %+v", f.Backtest)
	}
	t.Logf("back-test: %d of %d inside", f.Backtest.Inside, f.Backtest.Of)
	inside := 0
	for _, x := range f.Backtest.Cases {
		if (x.Low <= x.Came && x.Came <= x.High) != x.Inside {
			t.Errorf("%+v", x)
		}
		if x.Inside {
			inside++
		} else {
			t.Logf("outside: %d %s, %s: %s to %s, came %s", x.Year, x.AsOf, x.Code, x.Low, x.High, x.Came)
		}
	}
	if inside != f.Backtest.Inside || 100*inside < 80*f.Backtest.Of {
		t.Errorf("%d of %d inside", inside, f.Backtest.Of)
	}
	// At the end of the year nothing is left to guess.
	end, err := b.ForecastOn(c.Sheet.ID, data.Date(2022, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range end.Leaves {
		if !(l.LowPoints <= l.NowPoints && l.NowPoints <= l.HighPoints) || l.Low.A != l.Now.A {
			t.Errorf("%s: %s in %s to %s", l.Code, l.NowPoints, l.LowPoints, l.HighPoints)
		}
	}
}

func TestGainsOfTheDemo(t *testing.T) {
	b, _ := town(t)
	cards, err := b.Cards(periodOf(t, b, "xa", 2022).ID, "")
	if err != nil {
		t.Fatal(err)
	}
	gains, err := b.Gains(cards[3].Sheet.ID)
	if err != nil || len(gains) == 0 {
		t.Fatal(err)
	}
	for _, g := range gains {
		if !g.BestKnown || g.BestPoints < g.Points {
			t.Errorf("%s: best %s has %s, own %s", g.Code, g.Best, g.BestPoints, g.Points)
		}
		t.Log(g.Sentence)
	}
}

// TestFillFromRegister answers the leaves that the register can answer, and
// wants a note where figures are changed by hand.
func TestFillFromRegister(t *testing.T) {
	b, _, _, ids := opened(t, assess.Period{})
	n, skipped, err := b.FillFromRegister(background, ids[0], assess.Self)
	if err != nil || n == 0 || len(skipped) == 0 {
		t.Fatalf("%d filled, %d skipped, %v", n, len(skipped), err)
	}
	c, err := b.Card(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	// Nothing was received: the rule for a = 0 answers.
	if r := c.Row("3.4.1"); !r.Final.NA || r.Line.Self.Register == nil || r.Overridden {
		t.Errorf("%+v", r)
	}
	hand := typed("9", "10")
	if _, err := b.Enter(background, ids[0], "3.4.1", assess.Self, hand); data.CodeOf(err) != data.Invalid {
		t.Errorf("changed without a note: %v", err)
	}
	hand.Note = "Sổ giấy tháng 1"
	e, err := b.Enter(background, ids[0], "3.4.1", assess.Self, hand)
	if err != nil || e.Register == nil || e.Points != 1800 {
		t.Fatalf("%+v %v", e, err)
	}
	if c, err = b.Card(ids[0]); err != nil || !c.Row("3.4.1").Overridden || !c.Row("3").Overridden {
		t.Error("the change by hand is not marked")
	}
	if _, ok, _ := b.Metric(ids[0], "1.1.3"); ok {
		t.Error("a figure without a store was answered")
	}
	if _, ok, _ := b.Metric(ids[0], "1.1.2"); ok {
		t.Error("a leaf without a metric was answered")
	}
}

func TestRemediesAndOthers(t *testing.T) {
	b, _, _, ids := opened(t, assess.Period{})
	yes := false
	if _, err := b.Enter(background, ids[0], "2.3.2", assess.Self, assess.Entry{Answer: scoring.Answer{Yes: &yes}}); err != nil {
		t.Fatal(err)
	}
	if err := b.SetLoss(background, ids[0], "2.3.2", assess.Loss{Cause: "Nộp chậm", Owner: "Phòng Tư pháp"}); err != nil {
		t.Fatal(err)
	}
	n, err := b.PlanRemedies(background, ids[0])
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	if again, err := b.PlanRemedies(background, ids[0]); again != 0 || err != nil {
		t.Error(again, err)
	}
	list, err := b.Remedies(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range list {
		if r.Code != "2.3.2" {
			continue
		}
		found = true
		if r.Lost != 500 || r.Cause != "Nộp chậm" || r.Owner != "Phòng Tư pháp" {
			t.Errorf("%+v", r)
		}
		r.State = assess.Done
		if _, err := b.KeepRemedy(background, r); data.CodeOf(err) != data.Invalid {
			t.Errorf("done without a day: %v", err)
		}
		r.Finished = today
		if _, err := b.KeepRemedy(background, r); err != nil {
			t.Error(err)
		}
	}
	if !found {
		t.Error("no task for the lost leaf")
	}
	reading := assess.Reading{Index: "SIPAS", Year: 2022, Value: *num("86,37"), Source: assess.Document{Number: "1/BC"}}
	id, err := b.KeepReading(background, reading)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.KeepReading(background, reading); data.CodeOf(err) != data.Conflict {
		t.Errorf("twice: %v", err)
	}
	reading.Source = assess.Document{}
	if _, err := b.KeepReading(background, reading); data.CodeOf(err) != data.Invalid {
		t.Errorf("no source: %v", err)
	}
	if err := b.DropReading(background, id); err != nil {
		t.Error(err)
	}
	points := scoring.Points(85760)
	pub := assess.Publication{Title: "KQ", Year: 2022, Places: []assess.Place{{Name: "A", Own: true, Index: &points, Rank: 1}}}
	if _, err := b.KeepPublication(background, pub); data.CodeOf(err) != data.Invalid {
		t.Errorf("no source: %v", err)
	}
	pub.Source.Number = "5/QĐ"
	if _, err := b.KeepPublication(background, pub); err != nil {
		t.Error(err)
	}
}
