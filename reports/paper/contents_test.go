package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/reports/paper"
	"giaoban/reports/paper/papertest"
)

// TestContentsNameTheirPages: a table of contents in front of its pages has their true
// numbers, although sections ask to begin anew, and each line is a bookmark.
func TestContentsNameTheirPages(t *testing.T) {
	d := paper.New(t.Context(), paper.Options{Title: "Gói", Record: true, Through: true})
	d.Bookmark(0, "Mục lục")
	d.Section(paper.Section{})
	d.Contents()
	for i := range 3 {
		d.Running(fmt.Sprintf("Phần %d", i+1))
		d.Bookmark(0, fmt.Sprintf("Phần %d với chữ Ưỡng", i+1))
		d.Section(paper.Section{Landscape: i == 1, Restart: true})
		for range i + 1 {
			d.Paragraph(paper.Run{Text: "Nội dung"})
			d.Break()
		}
		d.Paragraph(paper.Run{Text: "Hết phần"})
	}
	pdf, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	want := []paper.Mark{{Title: "Mục lục", Page: 1}, {Title: "Phần 1 với chữ Ưỡng", Page: 2}, {Title: "Phần 2 với chữ Ưỡng", Page: 4}, {Title: "Phần 3 với chữ Ưỡng", Page: 7}}
	if fmt.Sprint(d.Marks()) != fmt.Sprint(want) || d.Pages() != 10 {
		t.Errorf("%v, %d pages", d.Marks(), d.Pages())
	}
	var first, heads []string
	for _, b := range d.Boxes() {
		switch {
		case b.Page == 1 && !strings.HasPrefix(b.Text, "."):
			first = append(first, b.Text)
			if b.Y < 0 || b.Y > 842 {
				t.Errorf("%q lies at %v", b.Text, b.Y)
			}
		case b.Page == 8:
			heads = append(heads, b.Text)
		}
	}
	if got := strings.Join(first, "|"); got != "1|Mục lục|2|Phần 1 với chữ Ưỡng|4|Phần 2 với chữ Ưỡng|7|Phần 3 với chữ Ưỡng" {
		t.Errorf("contents: %s", got)
	}
	if got := strings.Join(heads, "|"); !strings.HasPrefix(got, "8|Phần 3|") {
		t.Errorf("head of page 8: %s", got)
	}
	objects := papertest.Objects(t, pdf)
	if n := strings.Count(objects, "/XYZ 0 841.89"); n != 3 || !strings.Contains(objects, "/XYZ 0 595.28") {
		t.Errorf("%d bookmarks at the top of portrait pages", n)
	}
}
