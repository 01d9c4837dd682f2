package paper_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"giaoban/reports/paper"
	"giaoban/reports/paper/papertest"
)

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFieldsWithoutAValueAreDots(t *testing.T) {
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Fields(paper.Field{Label: "Địa chỉ:"})
	d.Fields(paper.Field{Label: "Số lượng:", After: "(bộ)"}, paper.Field{Label: "Email:", Value: "a@b.vn"})
	d.Fields(paper.Field{Label: "Lý do:", Lines: 3})
	d.Fields(paper.Field{Label: "Tên:", Value: strings.Repeat("Đặng Nguyễn ", 60), Bold: true}, paper.Field{Label: "Điện thoại:", Value: strings.Repeat("09", 400)})
	d.Fields(paper.Field{Label: "Ghi chú:", Value: strings.Repeat("rất dài ", 2000)})
	mustBytes(t, d)
	inside(t, d, 30, 15)
	dots := 0
	for _, b := range d.Boxes() {
		if strings.HasPrefix(b.Text, "....") {
			dots++
			if end := b.X + b.W; strings.Contains(b.Text, "email") || end > (210-15)*72/25.4+0.1 {
				t.Errorf("dots end at %.1f", end)
			}
		}
	}
	if dots != 1+1+3 || d.Pages() < 2 {
		t.Errorf("%d lines of dots on %d pages", dots, d.Pages())
	}
}

func TestPagesOfSeveralSizes(t *testing.T) {
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Section(paper.Section{Paper: paper.A5, Margins: paper.Margins{Top: 15, Bottom: 10, Left: 15, Right: 10}, Size: 10, Corner: "In lại lần 2"})
	d.Paragraph(paper.Run{Text: strings.Repeat("Lời văn ", 100)})
	d.Section(paper.Section{})
	d.Paragraph(paper.Run{Text: strings.Repeat("Lời văn ", 100)})
	d.Section(paper.Section{Paper: paper.A5, Landscape: true, Margins: paper.Margins{Top: 10, Bottom: 10, Left: 10, Right: 10}})
	d.Paragraph(paper.Run{Text: strings.Repeat("Lời văn ", 100)})
	pdf := papertest.Objects(t, mustBytes(t, d))
	width := map[int]float64{1: 148 - 10, 2: 210 - 15, 3: 210 - 10}
	for _, b := range d.Boxes() {
		if b.X+b.W > width[b.Page]*72/25.4+0.1 {
			t.Errorf("page %d: %q ends at %.1f", b.Page, b.Text, b.X+b.W)
		}
	}
	if d.Boxes()[0].Text != "In lại lần 2" || d.Pages() != 3 {
		t.Errorf("%d pages, first text %q", d.Pages(), d.Boxes()[0].Text)
	}
	for _, box := range []string{"419.53 595.28", "595.28 419.53"} {
		if !strings.Contains(pdf, "/MediaBox [0 0 "+box+"]") {
			t.Errorf("no page of %s", box)
		}
	}
}

func TestGridKeepsBlocksWhole(t *testing.T) {
	cell := func(text string) []paper.BandLine { return []paper.BandLine{{Text: text, Size: 11}} }
	g := paper.Grid{Widths: []float64{30, 60, 60}, Min: 10, Header: []paper.GridCell{{Lines: cell("ĐẦU")}, {Col: 1, Cols: 2, Lines: cell("Cột")}}}
	for range 30 {
		g.Blocks = append(g.Blocks, []paper.GridCell{{Rows: 2, Lines: cell("trái"), Top: true}, {Col: 1, Cols: 2, Lines: cell("trên")}, {Row: 1, Col: 1, Lines: cell("dưới")}, {Row: 1, Col: 2, Lines: cell("dưới")}})
	}
	g.Blocks = append(g.Blocks, []paper.GridCell{{Lines: cell(strings.Repeat("dài ", 4000))}, {Col: 1, Lines: cell("cuối")}})
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Grid(g)
	mustBytes(t, d)
	inside(t, d, 30, 15)
	heads, pages, cut := 0, map[int]bool{}, false
	for _, b := range d.Boxes() {
		if b.Text == "ĐẦU" {
			heads++
		}
		pages[b.Page] = true
		cut = cut || b.Text == "…"
		if b.Y+b.H > (297-20)*72/25.4+1 {
			t.Errorf("%q ends at %.1f", b.Text, b.Y+b.H)
		}
	}
	if heads != len(pages) || heads < 3 || !cut {
		t.Errorf("%d heads on %d pages; cut: %v", heads, len(pages), cut)
	}
}
