package papers_test

import (
	"strconv"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/logbook"
)

// whole reads a whole number of a cell; ok is false for others.
func whole(cell string) (n int, ok bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(cell, ".", ""))
	return n, err == nil
}

// tellApart checks that short headings differ where the titles do and end like them.
func tellApart(t *testing.T, name papers.Name, columns []papers.SheetColumn) {
	t.Helper()
	titles := map[string]string{}
	for _, c := range columns {
		last := c.Title[strings.LastIndex(c.Title, ": ")+1:]
		if was, ok := titles[c.Short]; ok && was != c.Title || !strings.HasSuffix(c.Short, strings.TrimSpace(last)) {
			t.Errorf("%s: «%s» is short for «%s» and «%s»", name, c.Short, c.Title, was)
		}
		titles[c.Short] = c.Title
	}
	if name == "x1-tien-do" {
		for _, want := range []string{"Đơn vị", "Tiếp nhận: Tổng số", "Trong kỳ: Tổng số", "Đang xử lý: Tổng số"} {
			if _, ok := titles[want]; !ok {
				t.Errorf("%s has no column «%s»: %v", name, want, titles)
			}
		}
	}
}

// TestFiguresOfTablesOpenWhatTheyCount: behind each whole number of the tables by unit
// and of the annex stand as many dossiers or entries.
func TestFiguresOfTablesOpenWhatTheyCount(t *testing.T) {
	d := reformOffice(t)
	p := d.Catalogue().Procedures
	late := receive(t, d, p[len(p)-2], data.Date(2026, 3, 2))
	happen(t, d, late.ID, data.Event{Kind: data.Finish, At: data.Moment{Day: data.Date(2026, 5, 20)}})
	causes, err := d.Causes()
	must(t, err)
	must(t, d.Mend(t.Context(), late.ID, "Ghi nguyên nhân", func(one *data.Dossier) { one.Cause = uint32(causes[0].ID) }, nil))
	p[len(p)-2].Ways = []data.WayStep{{Way: data.WayOneStop}, {Way: data.WayProcess}}
	must(t, d.SaveProcedure(t.Context(), &p[len(p)-2]))
	opened := map[papers.Name]int{}
	for _, r := range papers.Reports {
		list, err := papers.Sheets(t.Context(), d, papers.Request{Name: r.Name, Period: period(t, "2026")})
		must(t, err)
		if (len(list) > 0) != r.Tables {
			t.Errorf("%s: %d sheets", r.Name, len(list))
		}
		for _, s := range list {
			tellApart(t, r.Name, s.Columns)
			for row := range s.Rows {
				if len(s.Rows[row].Cells) != len(s.Columns) {
					t.Fatalf("%s: %d cells in %d columns", r.Name, len(s.Rows[row].Cells), len(s.Columns))
				}
				for col := range s.Columns {
					o, ok := s.Opens(row, col)
					n, number := whole(s.Rows[row].Cells[col])
					if !ok {
						continue
					}
					opened[r.Name]++
					got := len(o.Entries) + len(o.Procedures)
					if o.Query != nil {
						got = d.Count(*o.Query)
					}
					if s.Columns[col].Numeric && number && got != n {
						t.Errorf("%s, %s: %d stands for %d", r.Name, o.Title, n, got)
					}
				}
			}
		}
	}
	for name, least := range map[papers.Name]int{"x1-tien-do": 14, "x2-truc-tuyen": 10, "x5-qua-han": 2, "phu-luc-cchc": 12, "nguyen-nhan": 3, "ii07b": 8, "khong-phat-sinh": 2, papers.ReformReport: 8} {
		if opened[name] < least {
			t.Errorf("%s: only %d figures open", name, opened[name])
		}
	}
}

// TestFiguresOfLogbooksOpenTheirEntries: a sum of a table of tasks opens the tasks, a line
// of a list its entry.
func TestFiguresOfLogbooksOpenTheirEntries(t *testing.T) {
	d := reformOffice(t)
	for i := range logbook.Task.Layouts {
		l := &logbook.Task.Layouts[i]
		table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: logbook.Task, Layout: l, Period: period(t, "2026")})
		must(t, err)
		s := table.Sheet()
		opened := 0
		for row := range s.Rows {
			for col := range s.Columns {
				o, ok := s.Opens(row, col)
				if !ok {
					continue
				}
				opened++
				if n, number := whole(s.Rows[row].Cells[col]); o.Kind != "task" || o.Title == "" || l.Tally && number && s.Columns[col].Numeric && n != len(o.Entries) {
					t.Errorf("%s, row %d, %s: %d entries for %q of %q", l.ID, row, s.Columns[col].Title, len(o.Entries), s.Rows[row].Cells[col], o.Title)
				}
			}
		}
		if opened == 0 && len(s.Rows) > 1 {
			t.Errorf("%s opens nothing", l.ID)
		}
	}
}
