package logbooks

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/kit"
	"giaoban/app/kit/cells"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// badTable returns a table of one kind with one row, which is refused: its Head is
// missing, or its first day or choice is no such thing; and the cell that mends it.
func badTable(k *logbook.Kind) (table, column, good string) {
	heads, cells := []string{}, []string{}
	for i := range k.Fields {
		f := &k.Fields[i]
		switch {
		case f.Type == logbook.Link:
			continue
		case column == "" && (f.Type == logbook.Day || f.Type == logbook.Moment):
			column, good = f.Title, "05/05/2023"
			heads, cells = append(heads, f.Title), append(cells, "ngày nào đó")
		case f.Required && f.Type == logbook.Day:
			heads, cells = append(heads, f.Title), append(cells, "05/05/2023")
		case f.Required && f.Type == logbook.Number:
			heads, cells = append(heads, f.Title), append(cells, "1")
		case f.Key == "total": // points
			heads, cells = append(heads, f.Title), append(cells, "80")
		case f.Required && f.Type == logbook.Pick:
			heads, cells = append(heads, f.Title), append(cells, f.Choices[0].Title)
		case f.Required || f.Key == k.Head && f.Type <= logbook.Area:
			heads, cells = append(heads, f.Title), append(cells, "Nội dung thử")
		}
	}
	return strings.Join(heads, "\t") + "\n" + strings.Join(cells, "\t") + "\n", column, good
}

// atOnce runs work in place.
func atOnce(_ string, work func(context.Context, widget.Report) error, done func(error)) {
	done(work(context.Background(), nil))
}

// TestRowsAreCorrectedInThePreview corrects a refused row of every kind whose rows have a
// day, in the sheet of the preview, and takes it.
func TestRowsAreCorrectedInThePreview(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	tried := 0
	for _, k := range logbook.Kinds() {
		table, column, good := badTable(k)
		linked := false
		for _, f := range k.Fields {
			linked = linked || f.Required && f.Type == logbook.Link
		}
		if column == "" || linked {
			continue
		}
		tried++
		e, _ := pagetest.Env(t, d)
		p := New(k.ID)(e).(*page)
		pagetest.Show(e, p, fyne.NewSize(1366, 700))
		p.now().run = atOnce
		v := p.now().try(func(ctx context.Context, how desk.Taking) (desk.EntryImport, error) {
			return d.PasteEntries(ctx, k, table, how)
		})
		if v.sheet == nil || v.sheet.Len() != 1 || v.r.Rejected != 1 {
			t.Errorf("%s: %q: %+v", k.ID, table, v.r)
			continue
		}
		at := cells.Place{}
		for j, head := range v.heads {
			if head == column {
				at.Column = j + 2
			}
		}
		why := v.sheet.Text(cells.Place{Column: 1}) // beside the number of the row, however many columns follow
		if why == "" || strings.HasPrefix(why, "Dòng") {
			t.Errorf("%s: the row says %q", k.ID, why)
		}
		for j := range len(v.heads) + 2 {
			if v.sheet.Go(cells.Place{Column: j}); !strings.Contains(v.sheet.Note(), why) {
				t.Errorf("%s: below column %d stands %q, not %q", k.ID, j, v.sheet.Note(), why)
			}
		}
		v.sheet.Do(at, func(rows [][]string) [][]string { kit.PutCell(rows, 0, at.Column, good); return rows })
		if v.sheet.Len() != 0 || v.r.Rejected != 0 || v.r.New != 1 {
			t.Errorf("%s corrected: %+v", k.ID, v.r)
		}
		if !v.store() || v.r.New != 1 {
			t.Errorf("%s stored: %+v", k.ID, v.r)
		}
		p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf(k.ID)}})
		if n := p.now().List.Len(); n != 1 {
			t.Errorf("%s: %d rows", k.ID, n)
		}
	}
	if tried < 6 {
		t.Errorf("only %d kinds", tried)
	}
}

// TestThePreviewAsksForAReason: rows of a closed period are let in by one.
func TestThePreviewAsksForAReason(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	closed, err := data.ParsePeriod("2023-Q1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ClosePeriod(context.Background(), closed, data.NoDay); err != nil {
		t.Fatal(err)
	}
	e, _ := pagetest.Env(t, d)
	p := New("task")(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	p.now().run = atOnce
	v := p.now().try(func(ctx context.Context, how desk.Taking) (desk.EntryImport, error) {
		return d.PasteEntries(ctx, logbook.Task, "Nhiệm vụ\tNgày giao\nViệc sót\t05/03/2023\n", how)
	})
	if v.r.Closed != 1 || !v.asked.Visible() {
		t.Fatalf("%+v", v.r)
	}
	v.why.SetValue("Văn bản đến muộn")
	v.why.OnLeave(v.why.Value())
	if v.r.New != 1 || v.r.Rejected != 0 || !v.asked.Visible() {
		t.Fatalf("with a reason: %+v", v.r)
	}
	v.store()
	rows, err := (&rolls{desk: d, kind: logbook.Task}).load()
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	// The form of the entry asks too, while it would change what was closed.
	x := newDraft(logbook.Task, rows[0].Entry)
	why := p.now().whyClosed()
	if !why.Hidden(&x) {
		t.Error("a form that changes nothing asks for a reason")
	}
	x.set("progress", "dropped")
	if why.Hidden(&x) || !strings.Contains(why.Tell(&x), closed.Label) {
		t.Error("the form does not ask for a reason")
	}
}
