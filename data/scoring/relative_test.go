package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data/scoring"
)

// TestAPlaceOfOneUnit: one unit alone gets no points of the first place silently; they are
// open until another unit has a figure, unless the decision says otherwise.
func TestAPlaceOfOneUnit(t *testing.T) {
	seven, five := scoring.Int(7), scoring.Int(5)
	for _, c := range []struct {
		alone bool
		peers []scoring.Number
		state scoring.State
		want  string
	}{
		{false, []scoring.Number{}, scoring.Open, "chờ đơn vị khác"},
		{true, []scoring.Number{}, scoring.Scored, "hạng 1 trong 1 đơn vị"},
		{false, []scoring.Number{five}, scoring.Scored, "hạng 1 trong 2 đơn vị"},
	} {
		set := leafSet(t, "relative", "3", fmt.Sprintf(`{"input":"number","against":"place","alone":%t,"places":[{"to":1,"points":3},{"points":1}]}`, c.alone))
		r, err := scoring.Evaluate(set, &scoring.Sheet{Answers: map[string]scoring.Answer{"1.1": {Value: &seven}}, Peers: map[string][]scoring.Number{"1.1": c.peers}})
		if err != nil {
			t.Fatal(err)
		}
		if n := r.Node("1.1"); n.State != c.state || !strings.Contains(n.Why, c.want) {
			t.Errorf("%+v: %v %q", c, n.State, n.Why)
		}
	}
}
