package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/reports/chart"
)

// TestWidgetsComeBack: the toolkit forgets the renderer of what was out of sight for
// a minute and makes a new one without laying it out. What it draws then must be
// what was drawn before: the chart of lost points was blank.
func TestWidgetsComeBack(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false, 100))
	g := NewGrid([]Column{{ID: "a", Title: "Tên", Width: 100, Flex: 1}})
	g.SetRows(twoRows{})
	fall := NewWaterfall()
	fall.Set([]Fall{{Label: "Tổng", To: 100, Total: true}, {Label: "Mất", From: 100, To: 90}})
	bar := NewProgressBar()
	bar.Set(1, 2)
	lines := []TextLine{{Text: "Ban hành trong tháng 01 của năm kế hoạch và đúng thể thức", Detail: "0,50"}}
	for _, w := range []fyne.Widget{g, fall, bar, NewChartView(chart.Chart{Kind: chart.Lines, Categories: []string{"a", "b"}, Series: []chart.Series{{Values: []chart.Value{{Size: 1}, {Size: 2}}}}}),
		NewParagraph("Một câu dài hơn bề ngang của nó nên phải xuống dòng", 100), NewTextLines(lines), NewPickLines(lines, false, func(int) {}), NewButton("Lưu", IconSave, nil),
		NewPicker([]Option{{Key: "a", Text: "Một"}}, nil), NewFilterChip("Cấp", nil, func([]string) {}), NewFieldBox("Tên", NewField("")), NewMonth()} {
		win := test.NewTempWindow(t, w)
		win.Resize(fyne.NewSize(420, 240))
		drawn := func(list []fyne.CanvasObject) string {
			out := ""
			for _, o := range list {
				out += fmt.Sprint(o.Position(), o.Size(), " ")
			}
			return out
		}
		before := drawn(test.WidgetRenderer(w).Objects())
		if again := drawn(w.CreateRenderer().Objects()); again != before {
			t.Errorf("%T comes back as\n%s, was\n%s", w, again, before)
		}
	}
}

type twoRows struct{}

// Len implements Rows.
func (twoRows) Len() int { return 2 }

// Cells implements Rows.
func (twoRows) Cells(i int, dst []Cell) { dst[0].Text = fmt.Sprint("dòng ", i) }
