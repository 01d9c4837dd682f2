package checking

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// TestPageOfNoneAndOfMany builds the page of an empty office and of one with faults,
// and walks the checks by keys.
func TestPageOfNoneAndOfMany(t *testing.T) {
	for _, d := range []*desk.Desk{pagetest.Empty(t), pagetest.Office(t)} {
		e, _ := pagetest.Env(t, d)
		badge := -1
		e.Badge = func(_ string, n int) { badge = n }
		p := New(e).(*page)
		pagetest.Show(e, p, fyne.NewSize(1200, 640))
		if !p.m.Ran() || p.checks.Len() != len(p.m.kinds)+1 || badge != p.m.Serious() {
			t.Fatalf("ran %v, %d lines, badge %d", p.m.Ran(), p.checks.Len(), badge)
		}
		seen := map[string]bool{}
		for range p.checks.Len() {
			seen[p.m.chosen] = true
			if f := p.m.Finding(); f != nil && p.hits.Len() != len(f.Hits) {
				t.Errorf("%s: %d rows of %d", p.m.chosen, p.hits.Len(), len(f.Hits))
			}
			p.checks.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
		if len(seen) < len(p.m.kinds) {
			t.Errorf("%d of %d checks are reached by keys", len(seen), len(p.m.kinds))
		}
	}
}

// TestBadgeFollowsOutOfSight: what is changed on another page is counted at the entry
// in the navigation too.
func TestBadgeFollowsOutOfSight(t *testing.T) {
	after := widget.After
	widget.After = func(_ time.Duration, f func()) func() { f(); return func() {} }
	t.Cleanup(func() { widget.After = after })
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	badge := -1
	e.Badge = func(_ string, n int) { badge = n }
	p := New(e).(*page)
	e.InView = func(fyne.CanvasObject) bool { return false }
	badge = -1
	f := p.m.kinds[0]
	if f.Count == 0 || len(f.Hits) == 0 {
		t.Fatal("the office has no faults")
	}
	if err := d.AcceptFindings(t.Context(), f.Kind, f.Hits, "đã xem"); err != nil {
		t.Fatal(err)
	}
	if e.Session.Changed(); badge != p.m.Serious() || p.m.report.Accepted() == 0 {
		t.Errorf("the badge says %d, %d accepted", badge, p.m.report.Accepted())
	}
}
