package chart_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/reports/chart"
)

func measure(s string, size float64, _ bool) float64 {
	return float64(len([]rune(s))) * size * 0.5
}

func values(n ...float64) []chart.Value {
	var list []chart.Value
	for _, v := range n {
		list = append(list, chart.Value{Size: v, Text: fmt.Sprint(v)})
	}
	return list
}

func texts(p chart.Picture) []string {
	var list []string
	for _, s := range p.Shapes {
		if s.Kind == chart.Text {
			list = append(list, s.Text)
		}
	}
	return list
}

// areas returns width and height of the areas of a series, legend apart.
func areas(p chart.Picture, series int) (list [][2]float64) {
	for _, s := range p.Shapes {
		if s.Kind != chart.Area || s.Series != series {
			continue
		}
		x0, y0, x1, y1 := bounds(s.Points)
		list = append(list, [2]float64{x1 - x0, y1 - y0})
	}
	return list
}

func bounds(pts []float64) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := 0; i+1 < len(pts); i += 2 {
		x0, x1 = min(x0, pts[i]), max(x1, pts[i])
		y0, y1 = min(y0, pts[i+1]), max(y1, pts[i+1])
	}
	return
}

func TestBarsAreAsHighAsTheirValues(t *testing.T) {
	p := chart.Chart{Kind: chart.Bars, Title: "Tăng từ 10 lên 40", Categories: []string{"T1", "T2", "T3"},
		Series: []chart.Series{{Name: "Năm nay", Values: values(10, 20, 40)}}}.Layout(400, 200, measure)
	got := areas(p, 0)
	if len(got) != 3 {
		t.Fatalf("%d bars, want 3", len(got))
	}
	if r := got[2][1] / got[0][1]; math.Abs(r-4) > 0.01 {
		t.Errorf("40 is %.2f times as high as 10", r)
	}
	all := strings.Join(texts(p), "|")
	for _, want := range []string{"Tăng từ 10 lên 40", "T1", "T3", "10", "20", "40"} {
		if !strings.Contains("|"+all+"|", "|"+want+"|") {
			t.Errorf("%q is not in %s", want, all)
		}
	}
}

func TestStackAddsUp(t *testing.T) {
	p := chart.Chart{Kind: chart.Stacked, Categories: []string{"A"}, Series: []chart.Series{{Name: "x", Values: values(30)}, {Name: "y", Values: values(10)}}}.Layout(300, 200, measure)
	x, y := areas(p, 0), areas(p, 1)
	// The last area of each series is its bar, the first its place in the legend.
	a, b := x[len(x)-1][1], y[len(y)-1][1]
	if math.Abs(a/b-3) > 0.01 {
		t.Errorf("30 is %.2f times as high as 10", a/b)
	}
}

func TestRankingIsAsLongAsItsValues(t *testing.T) {
	p := chart.Chart{Kind: chart.Ranking, Categories: []string{"Phòng A", "Phòng có tên rất dài " + strings.Repeat("dài ", 40)}, Series: []chart.Series{{Values: values(8, 2)}}}.Layout(400, 100, measure)
	got := areas(p, 0)
	if len(got) != 2 || math.Abs(got[0][0]/got[1][0]-4) > 0.01 {
		t.Errorf("bars %v, want lengths 4 to 1", got)
	}
}

func TestDonutTurnsOnce(t *testing.T) {
	p := chart.Chart{Kind: chart.Donut, Categories: []string{"Trước hạn", "Đúng hạn"}, Series: []chart.Series{{Values: values(3, 1)}}}.Layout(300, 150, measure)
	sweep := 0.0
	for _, s := range p.Shapes {
		if s.Kind == chart.Area && len(s.Points) > 8 {
			n := len(s.Points) / 4 // points of the outer arc
			for i := 0; i+3 < 2*n; i += 2 {
				sweep += math.Hypot(s.Points[i+2]-s.Points[i], s.Points[i+3]-s.Points[i+1])
			}
		}
	}
	r := math.Min((150.0-4)/2, 75)
	if want := 2 * math.Pi * r; math.Abs(sweep-want) > want*0.02 {
		t.Errorf("the arcs are %.1f long together, want %.1f", sweep, want)
	}
}

func TestMissingValuesLeaveAGap(t *testing.T) {
	v := values(1, 2, 3, 4)
	v[1].Missing = true
	p := chart.Chart{Kind: chart.Lines, Categories: []string{"1", "2", "3", "4"}, Series: []chart.Series{{Values: v}}}.Layout(300, 100, measure)
	for _, s := range p.Shapes {
		if s.Kind == chart.Path && s.Series == 0 && len(s.Points) > 4 {
			t.Errorf("a line of %d points goes over the gap", len(s.Points)/2)
		}
	}
	bars := chart.Chart{Kind: chart.Bars, Categories: []string{"1", "2", "3", "4"}, Series: []chart.Series{{Values: v}}}.Layout(300, 100, measure)
	if n := len(areas(bars, 0)); n != 3 {
		t.Errorf("%d bars, want 3", n)
	}
}

func TestEmptyChartsAreEmpty(t *testing.T) {
	for _, c := range []chart.Chart{{}, {Series: []chart.Series{{}}}, {Series: []chart.Series{{Values: values(0, 0)}}}, {Series: []chart.Series{{Values: []chart.Value{{Size: 5, Missing: true}}}}}} {
		if !c.Empty() {
			t.Errorf("%+v is not empty", c)
		}
	}
	if (chart.Chart{Series: []chart.Series{{Values: values(0, 1)}}}).Empty() {
		t.Error("a chart with a value is empty")
	}
}

// Whatever the figures and names, every area and line stays in the frame and no
// number is lost to infinity.
func TestShapesStayInTheFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chart.Chart{Kind: chart.Kind(rapid.IntRange(0, 5).Draw(t, "kind")), Title: rapid.StringMatching(`[a-zđ ]{0,200}`).Draw(t, "title"), Source: "Nguồn"}
		n := rapid.IntRange(0, 14).Draw(t, "categories")
		for i := range n {
			c.Categories = append(c.Categories, strings.Repeat("tên ", 1+i%5))
		}
		for range rapid.IntRange(0, 4).Draw(t, "series") {
			s := chart.Series{Name: rapid.StringMatching(`[a-z ]{0,90}`).Draw(t, "name")}
			for range n {
				s.Values = append(s.Values, chart.Value{Size: rapid.Float64Range(0, 1e9).Draw(t, "value"), Text: "1.234", Missing: rapid.Bool().Draw(t, "missing")})
			}
			c.Series = append(c.Series, s)
		}
		const w, h = 460, 220
		for _, s := range c.Layout(w, h, measure).Shapes {
			x0, y0, x1, y1 := bounds(s.Points)
			if math.IsNaN(x0 + y0 + x1 + y1) {
				t.Fatalf("%+v is nowhere", s)
			}
			if s.Kind == chart.Text {
				if y0 < 0 || y1 > h {
					t.Fatalf("text %q at %.1f leaves the frame", s.Text, y0)
				}
				continue
			}
			if x0 < -8 || x1 > w+8 || y0 < -4 || y1 > h+4 {
				t.Fatalf("shape %+v leaves the frame", s)
			}
		}
	})
}

func TestSeriesDifferInGrey(t *testing.T) {
	p := chart.Chart{Kind: chart.Bars, Categories: []string{"A"}, Series: []chart.Series{{Name: "1", Values: values(1)}, {Name: "2", Values: values(1)}, {Name: "3", Values: values(1)}, {Name: "4", Values: values(1)}}}.Layout(300, 200, measure)
	shades := map[chart.Shade]int{}
	for _, s := range p.Shapes {
		if s.Kind == chart.Area && s.Series >= 0 {
			shades[s.Shade]++
		}
	}
	if len(shades) != 4 {
		t.Errorf("four series have %d shades", len(shades))
	}
}

// notes are the small italic lines under a chart.
func notes(p chart.Picture) (out []string) {
	for _, s := range p.Shapes {
		if s.Kind == chart.Text && s.Italics {
			out = append(out, s.Text)
		}
	}
	return out
}

// A reader must see that an axis does not begin at nought.
func TestAnAxisThatBeginsAboveNoughtSaysSo(t *testing.T) {
	of := func(kind chart.Kind, v ...float64) chart.Picture {
		return chart.Chart{Kind: kind, Source: "Nguồn: sổ.", Categories: []string{"a", "b", "c"}, Series: []chart.Series{{Values: values(v...)}}}.Layout(400, 120, measure)
	}
	for _, c := range []struct {
		v    []float64
		want string
	}{
		{[]float64{6000, 7800, 7211}, "Nguồn: sổ. Trục đứng bắt đầu từ 5.000, không từ 0."},
		{[]float64{84.5, 85.2, 86}, "Nguồn: sổ. Trục đứng bắt đầu từ 77, không từ 0."},
		{[]float64{0.85, 0.86, 0.88}, "Nguồn: sổ. Trục đứng bắt đầu từ 0,79, không từ 0."},
		{[]float64{100, 800, 20}, "Nguồn: sổ."},
	} {
		p := of(chart.Lines, c.v...)
		if got := notes(p); len(got) != 1 || got[0] != c.want {
			t.Errorf("%v: %q, want %q", c.v, got, c.want)
		}
		strokes := 0
		for _, s := range p.Shapes {
			if s.Kind == chart.Path && s.Series < 0 && s.Points[0] != s.Points[2] && s.Points[1] != s.Points[3] {
				strokes++
			}
		}
		if marked := strokes == 2; marked != (len(c.want) > len("Nguồn: sổ.")) {
			t.Errorf("%v: %d strokes across the axis", c.v, strokes)
		}
	}
	if got := notes(of(chart.Bars, 6000, 7800, 7211)); len(got) != 1 || got[0] != "Nguồn: sổ." {
		t.Errorf("bars begin at nought: %q", got)
	}
	bare := chart.Chart{Kind: chart.Lines, Categories: []string{"a", "b"}, Series: []chart.Series{{Values: values(90, 91)}}}.Layout(400, 120, measure)
	if got := notes(bare); len(got) != 1 || got[0] != "Trục đứng bắt đầu từ 81, không từ 0." {
		t.Errorf("without a source: %q", got)
	}
}

// Lines that join nothing are bars: one month, or one value between gaps.
func TestLoneDotsAreBars(t *testing.T) {
	one := chart.Chart{Kind: chart.Lines, Categories: []string{"T2"}, Series: []chart.Series{{Values: values(30)}, {Values: values(20)}}}
	if got := one.Drawn().Kind; got != chart.Bars {
		t.Errorf("one month is of kind %d", got)
	}
	p, bars := one.Layout(300, 100, measure), one
	bars.Kind = chart.Bars
	if want := bars.Layout(300, 100, measure); len(areas(p, 0)) != len(areas(want, 0)) || len(p.Shapes) != len(want.Shapes) {
		t.Error("one month is not painted as bars")
	}
	gap := values(1, 2, 3)
	gap[1].Missing = true
	if got := (chart.Chart{Kind: chart.Lines, Categories: []string{"1", "2", "3"}, Series: []chart.Series{{Values: gap}}}).Drawn().Kind; got != chart.Bars {
		t.Errorf("two lone values are of kind %d", got)
	}
	if got := (chart.Chart{Kind: chart.Lines, Categories: []string{"1", "2"}, Series: []chart.Series{{Values: values(1, 2)}}}).Drawn().Kind; got != chart.Lines {
		t.Errorf("two months are of kind %d", got)
	}
	if got := (chart.Chart{Kind: chart.Donut, Categories: []string{"1"}, Series: []chart.Series{{Values: values(1)}}}).Drawn().Kind; got != chart.Donut {
		t.Errorf("a ring became %d", got)
	}
}

// TestSomethingIsNeverDrawnAsNothing: a bar of 1 beside one of 9.000 can be seen; a
// bar of 0 cannot.
func TestSomethingIsNeverDrawnAsNothing(t *testing.T) {
	c := chart.Chart{Kind: chart.Bars, Categories: []string{"a", "b", "c"}, Series: []chart.Series{{Values: values(9000, 1, 0)}}}
	bars := areas(c.Layout(300, 150, measure), 0)
	if len(bars) != 3 || bars[1][1] < 1.5 || bars[2][1] != 0 || bars[0][1] < 50*bars[1][1] {
		t.Errorf("bars %v", bars)
	}
}

// TestTextsStandApart: on a line chart no text stands on another, at the axis neither, where
// values of nought meet the names of the categories.
func TestTextsStandApart(t *testing.T) {
	for _, c := range [][2][]chart.Value{{values(736, 451, 1185, 0), values(811, 487, 1060, 0)}, {values(0, 0, 0, 1), values(0, 5, 0, 0)}, {values(90, 91, 90, 91), values(90, 90, 91, 91)}} {
		p := chart.Chart{Kind: chart.Lines, Title: "Nhận và giải quyết", Source: "Nguồn: Sổ", Categories: []string{"T1", "T2", "T11", "1–1/12"},
			Series: []chart.Series{{Name: "Mới tiếp nhận", Values: c[0]}, {Name: "Đã giải quyết", Values: c[1]}}}.Layout(420, 170, measure)
		var list [][4]float64
		var names []string
		for _, s := range p.Shapes {
			if s.Kind != chart.Text {
				continue
			}
			w := measure(s.Text, s.Size, s.Bold)
			x := s.Points[0]
			if s.Anchor == chart.Middle {
				x -= w / 2
			}
			r := [4]float64{x, s.Points[1] - s.Size*0.7, x + w, s.Points[1]}
			for i, o := range list {
				if r[0] < o[2] && o[0] < r[2] && r[1] < o[3] && o[1] < r[3] {
					t.Errorf("«%s» stands on «%s»", s.Text, names[i])
				}
			}
			list, names = append(list, r), append(names, s.Text)
		}
	}
}

// TestMonthsAreNamedWhole: names of one word, such as months, are smaller where the room is
// narrow, and never cut.
func TestMonthsAreNamedWhole(t *testing.T) {
	c := chart.Chart{Kind: chart.Bars, Title: "Mười hai tháng", Series: []chart.Series{{Name: "Năm nay"}}}
	for m := 1; m <= 12; m++ {
		c.Categories = append(c.Categories, fmt.Sprintf("%d/26", m))
		c.Series[0].Values = append(c.Series[0].Values, chart.Value{Size: float64(m)})
	}
	for _, width := range []float64{500, 270, 240} {
		got := strings.Join(texts(c.Layout(width, 160, measure)), " ")
		for _, name := range c.Categories {
			if !strings.Contains(got, name) {
				t.Errorf("%g points: «%s» is cut: %s", width, name, got)
			}
		}
	}
}
