package checking

import (
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/page/pagetest"
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
		if !p.m.Ran() || p.kindRows().N != len(p.m.Findings())+1 || badge != p.m.Serious() {
			t.Fatalf("ran %v, %d lines, badge %d", p.m.Ran(), p.kindRows().N, badge)
		}
		seen := map[string]bool{}
		for range p.kindRows().N {
			seen[p.m.Chosen()] = true
			if got := p.hitRows().N; p.m.Chosen() != AcceptedID && got != p.m.Len() {
				t.Errorf("%s: %d rows of %d", p.m.Chosen(), got, p.m.Len())
			}
			p.kinds.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
		if len(seen) < len(p.m.Findings()) {
			t.Errorf("%d of %d checks are reached by keys", len(seen), len(p.m.Findings()))
		}
	}
}
