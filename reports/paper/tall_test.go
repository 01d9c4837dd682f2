package paper_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"giaoban/reports/paper"
)

// A row that is taller than a page begins where its table begins, or on the page
// of the row before it; no page holds a head or a title without a row.
func TestTallRowsBeginWhereTheTableBegins(t *testing.T) {
	tall := strings.TrimSpace(strings.Repeat("dòng rất dài ", 1400))
	for _, c := range []struct {
		name string
		rows []string
		tail float64
	}{
		{"alone", []string{tall}, 0},
		{"alone before a signature", []string{tall}, 130},
		{"first of two", []string{tall, "ngắn"}, 130},
		{"second of two", []string{"ngắn", tall}, 130},
		{"third", []string{"ngắn", "ngắn", tall}, 130},
		{"between", []string{"ngắn", tall, "ngắn"}, 0},
	} {
		d := paper.New(context.Background(), paper.Options{Record: true})
		d.Section(paper.Section{Landscape: true, Margins: paper.Lists})
		d.Centered(13, paper.Run{Text: "Tiêu đề", Bold: true})
		d.Table(paper.Table{Columns: []paper.Column{{Width: 20}, {Width: 40}}, Header: [][]paper.Head{{{Text: "Đầu"}, {Text: "Cột"}}}, Rows: len(c.rows), Tail: c.tail,
			At: func(i int) paper.Row { return paper.Row{Cells: []string{fmt.Sprintf("số%d", i), c.rows[i]}} }})
		if err := d.Err(); err != nil {
			t.Fatal(err)
		}
		lines, heads := map[int]int{}, map[int]bool{}
		for _, b := range d.Boxes() {
			if b.Text == "Đầu" {
				heads[b.Page] = true
			}
			if strings.Contains(b.Text, "dài") || strings.Contains(b.Text, "ngắn") || strings.Contains(b.Text, "dòng") {
				lines[b.Page]++
			}
		}
		for page := range heads {
			if lines[page] == 0 {
				t.Errorf("%s: page %d has a head and no row", c.name, page)
			}
		}
		if len(heads) < 2 || !heads[1] {
			t.Errorf("%s: heads on pages %v", c.name, heads)
		}
		if lines[1] < len(c.rows)+2 {
			t.Errorf("%s: %d lines on the first page", c.name, lines[1])
		}
	}
}
