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

// TestCountsAreInViewOnASmallMonitor: on 1366x768 at a scale of 1.5 the list of checks
// shows their counts, and the dossiers what is to be looked at.
func TestCountsAreInViewOnASmallMonitor(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(841, 512))
	if got := p.page.MinSize().Width; got > 841 || got < 720 { // below that the navigation stays wide
		t.Errorf("the page needs %v", got)
	}
	heads, rows := p.checks.Grid().Shown()
	if len(rows) == 0 || len(heads) != 3 || len(rows[0]) != 2 || rows[0][1].Shown != rows[0][1].Text || rows[0][1].Text == "" {
		t.Fatalf("the checks show %q, %+v", heads, rows)
	}
	if at := p.checks.Grid().Size().Width; at < 300 {
		t.Errorf("the checks have %v", at)
	}
}
