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

// TestOneUnitAgainstItself: against the best and by min–max one unit alone has the maximum,
// and the words and a remark say that it was compared with itself alone.
func TestOneUnitAgainstItself(t *testing.T) {
	seven, five, zero := scoring.Int(7), scoring.Int(5), scoring.Int(0)
	for _, c := range []struct {
		against, less string
		own           *scoring.Number
		peers         []scoring.Number
		points, why   string
		remark        string
	}{
		{"best", "false", &seven, []scoring.Number{}, "3,00", "chỉ có một đơn vị có số liệu nên thấp nhất, cao nhất nhóm đều là 7 của chính đơn vị: điểm tối đa", "Tiêu chí 1.1: được điểm tối đa 3,00 vì nhóm không có đơn vị khác để so, cần xem lại."},
		{"best", "true", &zero, []scoring.Number{}, "3,00", "chỉ có một đơn vị có số liệu", "không có đơn vị khác để so"},
		{"range", "false", &seven, []scoring.Number{}, "3,00", "chỉ có một đơn vị có số liệu", "không có đơn vị khác để so"},
		{"range", "false", &seven, []scoring.Number{five}, "3,00", "nhóm thấp nhất 5, cao nhất 7", ""},
		{"range", "false", &seven, []scoring.Number{seven}, "3,00", "2 đơn vị có số liệu như nhau: điểm tối đa", ""},
		{"best", "false", &zero, []scoring.Number{zero}, "3,00", "2 đơn vị có số liệu như nhau", "mọi đơn vị của nhóm đều có số liệu 0"},
		{"best", "false", &five, []scoring.Number{seven}, "2,14", "5/7 × 3,00", ""},
	} {
		set := leafSet(t, "relative", "3", fmt.Sprintf(`{"input":"number","against":%q,"less":%s}`, c.against, c.less))
		r, err := scoring.Evaluate(set, &scoring.Sheet{Answers: map[string]scoring.Answer{"1.1": {Value: c.own}}, Peers: map[string][]scoring.Number{"1.1": c.peers}})
		if err != nil {
			t.Fatal(err)
		}
		n := r.Node("1.1")
		remark := ""
		if len(r.Remarks) > 0 {
			remark = r.Remarks[0].Text
		}
		if n.Points.String() != c.points || !strings.Contains(n.Why, c.why) || (remark == "") != (c.remark == "") || !strings.Contains(remark, c.remark) {
			t.Errorf("%+v: %s %q, remark %q", c, n.Points, n.Why, remark)
		}
	}
}
