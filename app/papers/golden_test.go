package papers_test

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/reports/paper"
)

var update = flag.Bool("update", false, "write the texts of the demonstration's papers anew")

// goldenLines is how much of a paper is kept.
const goldenLines = 70

// linesOf are the lines of the pages as they are read, the texts of one line apart.
func linesOf(doc *paper.Document) string {
	boxes := slices.Clone(doc.Boxes())
	slices.SortStableFunc(boxes, func(a, b paper.Box) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(math.Round(a.Y), math.Round(b.Y)), cmp.Compare(a.X, b.X))
	})
	var out []string
	for i, b := range boxes {
		if i > 0 && boxes[i-1].Page == b.Page && math.Round(boxes[i-1].Y) == math.Round(b.Y) {
			out[len(out)-1] += " | " + b.Text
			continue
		}
		if len(out) == goldenLines {
			break
		}
		out = append(out, b.Text)
	}
	return strings.Join(out, "\n") + "\n"
}

// TestPapersOfTheDemonstration: the reports of the reform and the tables of logbooks of the
// demonstration office read as they were looked at, and are sound with its long names.
func TestPapersOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the demonstration office")
	}
	path := filepath.Join(t.TempDir(), "minh-hoa.db")
	now := func() time.Time { return time.Date(2023, time.January, 9, 9, 0, 0, 0, time.FixedZone("", 7*3600)) }
	must(t, demo.Build(t.Context(), path, data.NoDay, now, nil))
	d, err := desk.Open(path, desk.Options{Now: now})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	check := func(name string, doc *paper.Document, title string) {
		sound(t, name, doc, title)
		file, got := filepath.Join("testdata", "golden", strings.ReplaceAll(name, "Đ", "D")+".txt"), linesOf(doc)
		if *update {
			must(t, os.MkdirAll(filepath.Dir(file), 0o755))
			must(t, os.WriteFile(file, []byte(got), 0o644))
			return
		}
		want, err := os.ReadFile(file)
		must(t, err)
		a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
		for i := range max(len(a), len(b)) {
			if i >= len(a) || i >= len(b) || a[i] != b[i] {
				t.Errorf("%s, line %d: %s (look at the paper, then go test -update)", name, i+1, fmt.Sprint(append(b, "no more", "")[min(i, len(b))]))
				break
			}
		}
	}
	for _, r := range papers.Reports {
		if r.Occasion != papers.Reform {
			continue
		}
		doc, err := papers.Laid(t.Context(), d, papers.Request{Name: r.Name, Period: period(t, "2022")})
		must(t, err)
		check(string(r.Name), doc, r.Title)
	}
	for _, k := range logbook.Kinds() {
		for i := range k.Layouts {
			l := &k.Layouts[i]
			table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: k, Layout: l, Period: period(t, "2022"), Masked: !l.Inside})
			must(t, err)
			doc := paper.New(t.Context(), paper.Options{Title: l.Title, Record: true})
			table.Draw(doc)
			check(l.ID, doc, l.Title)
		}
	}
}
