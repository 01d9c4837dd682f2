package importing

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// TestPageWalksThroughItsSteps drives the page from the file to the result at three
// sizes; the past import is listed and asks before it is undone.
func TestPageWalksThroughItsSteps(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 900, Height: 500}, {Width: 1366, Height: 700}, {Width: 1900, Height: 1000}} {
		d := pagetest.Empty(t)
		e, went := pagetest.Env(t, d)
		p := New(e).(*page)
		pagetest.Show(e, p, size)
		p.model.Run = newModel(e.Session).Run
		p.TakeFile(pagetest.TwoYears(t))
		if p.model.step != StepColumns || p.model.err != nil {
			t.Fatalf("step %d, %v", p.model.step, p.model.err)
		}
		p.model.Check()
		p.model.Apply()
		if p.Stale(desk.Changes{All: true}); p.model.step != StepDone || d.Len() == 0 || p.past.Len() != 1 {
			t.Fatalf("step %d, %d dossiers, %d past imports", p.model.step, d.Len(), p.past.Len())
		}
		p.leave().Do()
		if len(*went) != 1 || (*went)[0].Page != env.Register {
			t.Errorf("leads to %v", *went)
		}
		p.askUndo(p.past.Row(0))
		if got := widget.DialogTitle(e.Window); got != "Hoàn tác lần nhập?" {
			t.Errorf("asks %q", got)
		}
		if err := d.UndoImport(t.Context(), p.past.Row(0).ID); err != nil {
			t.Fatal(err)
		}
		if p.Stale(desk.Changes{All: true}); p.model.step != StepFile || p.past.Len() != 0 {
			t.Errorf("after the import was undone: step %d, %d past imports", p.model.step, p.past.Len())
		}
	}
}

// TestProgressIsToldInRows: an officer reads rows, not bytes.
func TestProgressIsToldInRows(t *testing.T) {
	d := pagetest.Empty(t)
	im, err := d.OpenImport(t.Context(), pagetest.TwoYears(t), desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	last, top := "", int64(0)
	r, err := im.DryRun(t.Context(), inRows(func(done, total int64, text string) {
		if total != 100 || done < top || done > 100 || text != "" && !strings.Contains(text, " dòng") {
			t.Errorf("%d of %d, %q", done, total, text)
		}
		last, top = text, done
	}))
	if want := "Đã ghi 178 / 178 dòng"; err != nil || r.Rows != 178 || last != want || top != 100 {
		t.Errorf("%d rows, ends with %q at %d, %v", r.Rows, last, top, err)
	}
}
