package overview

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data/desk"
)

// TestPageLoadsAndKeysWait: before its figures are there the page says that it loads
// and keeps the keys, which then go where the focus is.
func TestPageLoadsAndKeysWait(t *testing.T) {
	e, went := pagetest.Env(t, pagetest.Office(t))
	var later []func()
	e.Session.Go = func(f func()) { later = append(later, f) }
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	if !p.says.Visible() || !strings.Contains(p.says.Text(), "Đang tính") || p.charts.Visible() {
		t.Errorf("while it loads it says %q", p.says.Text())
	}
	if !p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) || len(*went) != 0 {
		t.Fatalf("a key that came early went to %v", *went)
	}
	for _, f := range later {
		f()
	}
	if p.says.Visible() || !p.charts.Visible() || len(*went) != 1 || (*went)[0].Page != env.Register {
		t.Errorf("figures there: says %v, charts %v, went %v", p.says.Visible(), p.charts.Visible(), *went)
	}
	if p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) {
		t.Error("keys are kept after the figures are there")
	}
}

// TestPageOfNoDossiers says so and shows first steps that lead on.
func TestPageOfNoDossiers(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Empty(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	if !strings.Contains(p.says.Text(), "không có hồ sơ nào") || len(p.begin.Objects) != 3 {
		t.Errorf("says %q, %d first steps", p.says.Text(), len(p.begin.Objects))
	}
	// The page of an office that has dossiers shows none, and every figure tells from
	// when to when it is.
	e, _ = pagetest.Env(t, pagetest.Office(t))
	p = New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	p.Stale(desk.Changes{All: true})
	if len(p.begin.Objects) != 0 || len(p.cards) != 6 {
		t.Errorf("%d first steps, %d cards", len(p.begin.Objects), len(p.cards))
	}
	for _, c := range p.m.Cards {
		if !strings.Contains(c.Tip, "01/01/2023") || !strings.Contains(c.Tip, "tính đến 20/06/2023") {
			t.Errorf("%s: %q", c.Label, c.Tip)
		}
	}
}

// TestCardsAreWholeOnASmallMonitor: on 1366x768 at a scale of 1.5 the page does not reach
// out of the window, and each card shows its texts whole; on a wide one they stand in one
// row.
func TestCardsAreWholeOnASmallMonitor(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	for _, x := range []struct{ width, height, rows float32 }{{841, 512, 2}, {1166, 640, 1}, {1700, 900, 1}} {
		pagetest.Show(e, p, fyne.NewSize(x.width, x.height))
		if got := p.page.MinSize().Width; got > x.width {
			t.Errorf("at %v the page needs %v", x.width, got)
		}
		last := p.cards[len(p.cards)-1]
		for i, c := range p.cards {
			if c.Size().Width < c.MinSize().Width {
				t.Errorf("at %v «%s» is cut: %v of %v", x.width, p.m.Cards[i].Label, c.Size().Width, c.MinSize().Width)
			}
		}
		if rows := 1 + last.Position().Y/(last.Size().Height+6); rows != x.rows || p.row.Size().Height < last.Position().Y+last.Size().Height {
			t.Errorf("at %v: %v rows in %v", x.width, rows, p.row.Size())
		}
	}
}
