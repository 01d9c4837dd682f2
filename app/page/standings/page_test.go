package standings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/kit/list"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

func TestPartsOfThePage(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	if n := p.closed().Len(); n != 0 {
		t.Fatalf("%d periods are closed at first", n)
	}
	done, err := d.ClosePeriod(context.Background(), pagetest.Period(t, "2022"), data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	p.Stale(desk.Changes{Kinds: []string{desk.KindClosing}})
	if n := p.closed().Len(); n != 1 {
		t.Fatalf("%d periods in the list", n)
	}
	one := p.closed().Row(0)
	if now := d.Figures(pagetest.Period(t, "2022"), data.NoDay, data.ByUnit, desk.Filter{}).Total; one.total(data.ColReceived) != now.Received() || !one.sound || one.ID != done.ID {
		t.Errorf("closed: %d received, sound %v", one.total(data.ColReceived), one.sound)
	}
	p.show(2)
	ranks := p.parts[2].(*list.List[place])
	if ranks.Len() == 0 || ranks.Row(0).rankText() != "1" {
		t.Errorf("%d units in the ranking", ranks.Len())
	}
	p.show(3)
	if n := p.parts[3].(*list.List[estimated]).Len(); n != 23 {
		t.Errorf("%d indicators of QĐ 766", n)
	}
}

func TestTypedFigures(t *testing.T) {
	found, err := try([]figure{{"Tiếp nhận", "177.206", ""}, {"Giải quyết đúng hạn", "157.000", "99,73"}})
	if err != nil || len(found) != 1 || !found[0].Contradicts() || found[0].Best != 157_425 {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := try([]figure{{"a", "mười", ""}}); data.CodeOf(err) != data.Invalid {
		t.Errorf("words are taken for a number: %v", err)
	}
}

func try(f []figure) ([]finding, error) { return tested(typedFigures{f}) }
