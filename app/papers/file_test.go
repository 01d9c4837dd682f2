package papers_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data/logbook"
	"giaoban/reports/paper"
	"giaoban/reports/paper/papertest"
)

// joined is a figure with decimals and a sign of per cent that touches it; names of
// procedures have them as the law writes them.
var joined = regexp.MustCompile(`\d,\d+%`)

// sound checks what holds for every paper (paper-2 8 to 25): title, language, bookmarks
// of the file, page numbers that count on, no text beyond the paper, no word of a table
// cut, one way of writing per cent.
func sound(t *testing.T, name string, doc *paper.Document, title string) {
	t.Helper()
	pdf, err := doc.Bytes()
	must(t, err)
	objects := papertest.Objects(t, pdf)
	if got := papertest.Title(t, pdf); !strings.HasPrefix(got, title) {
		t.Errorf("%s: the title of the file is %q, want %q", name, got, title)
	}
	for _, want := range []string{"%PDF-1.7", "/Lang (vi-VN)", "/DisplayDocTitle true"} {
		if !strings.Contains(objects, want) {
			t.Errorf("%s: the file lacks %s", name, want)
		}
	}
	if marks := papertest.Bookmarks(t, pdf); len(marks) == 0 || slices.Contains(marks, "") {
		t.Errorf("%s: bookmarks %q", name, marks)
	}
	if cuts := doc.Cuts(); len(cuts) > 0 {
		t.Errorf("%s: words cut in the cells %q", name, slices.Compact(cuts))
	}
	numbered := map[int]int{}
	for _, b := range doc.Boxes() {
		if b.X < 0 || b.Y < 0 || b.X+b.W > 842 || b.Y+b.H > 842 {
			t.Errorf("%s: %q leaves page %d", name, b.Text, b.Page)
		}
		if joined.MatchString(b.Text) {
			t.Errorf("%s: %q has no space before %%", name, b.Text)
		}
		var n int
		if _, err := fmt.Sscanf(b.Text, "%d", &n); err == nil && fmt.Sprint(n) == b.Text && b.Y < 45 && numbered[b.Page] == 0 {
			numbered[b.Page] = n
		}
	}
	for page := 2; page <= doc.Pages(); page++ {
		before := page - 1
		for before > 1 && numbered[before] == 0 { // the back of a sheet may be blank
			before--
		}
		if n := numbered[page]; n != 0 && n > 2 && n != max(numbered[before], 1)+page-before {
			t.Errorf("%s: page %d is numbered %d after %d on page %d", name, page, n, numbered[before], before)
		}
	}
}

// TestEveryPaperOfTheTableIsSound walks the table of reports and the tables of all logbooks.
func TestEveryPaperOfTheTableIsSound(t *testing.T) {
	d := reformOffice(t)
	for _, r := range papers.Reports {
		doc, err := papers.Laid(t.Context(), d, papers.Request{Name: r.Name, Period: period(t, "2026")})
		must(t, err)
		sound(t, string(r.Name), doc, r.Title)
	}
	for _, k := range logbook.Kinds() {
		for i := range k.Layouts {
			l := &k.Layouts[i]
			table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: k, Layout: l, Period: period(t, "2026")})
			must(t, err)
			doc := paper.New(t.Context(), paper.Options{Title: l.Title, Record: true})
			table.Draw(doc)
			sound(t, l.ID, doc, l.Title)
		}
	}
}
