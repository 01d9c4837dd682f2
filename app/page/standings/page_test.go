package standings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/kit/list"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
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
	p.Open(partRanks)
	ranks := p.Parts[partRanks].(*list.List[place])
	if ranks.Len() == 0 || ranks.Row(0).rankText() != "1" {
		t.Errorf("%d units in the ranking", ranks.Len())
	}
	p.Open(partIndex)
	if n := p.Parts[partIndex].(*list.List[estimated]).Len(); n != 23 {
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

// TestRankingModelsAreEdited: the versions are listed, a new one is typed into its form
// and is the one that the ranking offers.
func TestRankingModelsAreEdited(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	p.Open(partModels)
	versions := p.Parts[partModels].(*list.List[version])
	if versions.Len() != len(ranking.Models()) || !versions.Row(0).used || versions.Row(0).owner() != "Kèm theo" {
		t.Fatalf("%d versions", versions.Len())
	}
	next := versions.Row(2).Model
	next.From = d.Today()
	next.Name = ""
	canvas := e.Window.Canvas()
	askModel(e, "Phiên bản mới", next, nil)
	done := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	focused := func() fyne.Focusable { return canvas.Focused() }
	focused().(fyne.Shortcutable).TypedShortcut(done)
	if canvas.Overlays().Top() == nil {
		t.Fatal("a model without a name is taken")
	}
	test.Type(focused(), "Theo nhiệm vụ, mới")
	focused().(fyne.Shortcutable).TypedShortcut(done)
	if canvas.Overlays().Top() != nil {
		t.Fatalf("the form is still open: %s", widget.DialogTitle(e.Window))
	}
	p.Stale(desk.Changes{All: true})
	if versions.Len() != len(ranking.Models())+1 {
		t.Fatalf("%d versions after one was added", versions.Len())
	}
	list, err := d.RankingModels(d.Today())
	if got := ranking.Find(list, "C"); err != nil || got.Name != "Theo nhiệm vụ, mới" || len(got.Criteria) != 3 || !got.Criteria[2].Inverse || got.Criteria[2].ID != "overdue" {
		t.Errorf("kept %+v, %v", got, err)
	}
	if list, _ := d.RankingModels(d.Today() - 1); ranking.Find(list, "C").Name != "Theo nhiệm vụ" {
		t.Error("the version of before is gone")
	}
}
