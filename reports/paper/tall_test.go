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

// TestFirstRowOfHalfAPage: a first row that fits on a page, but not under the titles,
// begins under them; no title and no head stands alone, whatever its height.
func TestFirstRowOfHalfAPage(t *testing.T) {
	for n := 40; n <= 400; n += 4 {
		d := paper.New(context.Background(), paper.Options{Record: true})
		d.Section(paper.Section{Landscape: true, Margins: paper.Lists})
		for range 8 {
			d.Centered(13, paper.Run{Text: "Tiêu đề", Bold: true})
		}
		row := strings.TrimSpace(strings.Repeat("dòng rất dài ", n))
		d.Table(paper.Table{Columns: []paper.Column{{Width: 20}, {Width: 40}}, Header: [][]paper.Head{{{Text: "Đầu"}, {Text: "Cột"}}}, Rows: 2, Tail: 60,
			At: func(i int) paper.Row { return paper.Row{Cells: []string{fmt.Sprintf("số%d", i), row}} }})
		if err := d.Err(); err != nil {
			t.Fatal(err)
		}
		heads, lines, pages := map[int]int{}, map[int]int{}, 0
		for _, b := range d.Boxes() {
			pages = max(pages, b.Page)
			switch {
			case b.Text == "Đầu":
				heads[b.Page]++
			case strings.Contains(b.Text, "dòng") || strings.Contains(b.Text, "rất") || strings.Contains(b.Text, "dài"):
				lines[b.Page]++
			}
		}
		for page := 1; page <= pages; page++ {
			if heads[page] != 1 || lines[page] == 0 {
				t.Fatalf("%d words: page %d of %d has %d heads and %d lines", n, page, pages, heads[page], lines[page])
			}
		}
	}
}
