package pack

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// TestPackDialogByKeys: Space leaves a part out, + and − move it, the cover stays, Enter of
// the dialog keeps the choice in the data file, Escape closes.
func TestPackDialogByKeys(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	e.Window.Resize(fyne.NewSize(1366, 768))
	var waits []func() // the rows are read when the dialog stands
	stands := false
	e.Session.Go = func(work func()) {
		if waits = append(waits, work); stands {
			work()
		}
	}
	opened := open(e, "")
	stands = true
	waits[0]()
	list, ok := e.Window.Canvas().Focused().(*widget.Grid)
	if !ok || widget.DialogTitle(e.Window) != "Gói tài liệu họp" {
		t.Fatalf("the keys go to %T of «%s»", e.Window.Canvas().Focused(), widget.DialogTitle(e.Window))
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	if at, shown := opened.list.Grid().Current(), list.Size(); at != 1 || shown.Height < 150 || shown.Width < 200 {
		t.Errorf("the cursor stands at %d in a list of %v", at, shown)
	}
	size := list.Size()
	t.Cleanup(func() {
		if list.Size() != size || size.Height < 200 {
			t.Errorf("the list was %v large and is %v", size, list.Size())
		}
	})
	first := opened.choice.Order[1]
	press(fyne.KeySpace)
	if opened.choice.On(first) {
		t.Error("Space does not leave the part out")
	}
	press(fyne.KeyPlus)
	if opened.choice.Order[2] != first || list.Current() != 2 {
		t.Errorf("+ moves to %v, cursor %d", opened.choice.Order[:4], list.Current())
	}
	press(fyne.KeyMinus, fyne.KeyMinus)
	if opened.choice.Order[1] != first || opened.choice.Order[0] != papers.PackParts[0].ID {
		t.Errorf("− moves to %v", opened.choice.Order[:4])
	}
	press(fyne.KeyHome, fyne.KeySpace)
	if !opened.choice.On(papers.PackParts[0].ID) {
		t.Error("the cover is left out")
	}
	done := false
	opened.keep(func() { done = true })
	kept, err := papers.PackChosen(d)
	if err != nil || !done || !slices.Equal(kept.Off, []string{first}) {
		t.Errorf("kept %+v, %v", kept, err)
	}
	press(fyne.KeyEscape)
	if e.Window.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the dialog")
	}
}

// TestPackOfAConferenceHasItsFigures: the pack of a conference is of the period that the
// conference speaks of, whatever the window shows.
func TestPackOfAConferenceHasItsFigures(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	for _, c := range []struct{ from, to, asOf, key, day string }{
		{"2023-05-01", "2023-05-31", "", "2023-05", "2023-05-31"}, {"2023-01-01", "2023-03-31", "2023-04-03", "2023-Q1", "2023-04-03"}, {"2023-05-04", "2023-06-02", "", "", "2023-06-02"}, {"", "", "", e.Session.Period().Key, e.Session.AsOf().ISO()},
	} {
		one := &logbook.Entry{Values: map[string]string{"name": "Giao ban", "at": "2023-06-05T08:00"}}
		one.Set("from", c.from)
		one.Set("to", c.to)
		one.Set("as_of", c.asOf)
		kept, err := d.KeepEntry(t.Context(), logbook.Conference, one, "")
		if err != nil {
			t.Fatal(err)
		}
		o := open(e, fmt.Sprintf("#%d", kept.ID))
		if r := o.request(true); r.Period.Key != c.key || r.AsOf.ISO() != c.day || c.from != "" && r.Period.From.ISO() != c.from {
			t.Errorf("%+v: %+v as of %s", c, r.Period, r.AsOf)
		}
		o.dialog.Close()
	}
}

// placed is a text of a slide with where it stands in the window.
type placed struct {
	text *canvas.Text
	at   fyne.Position
}

func texts(o fyne.CanvasObject) (out []placed) {
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				out = append(out, placed{o, at})
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at)
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		}
	}
	walk(o, fyne.Position{})
	return out
}

// TestSlidesOfTheDemonstration draws every slide of the demonstration on a small monitor
// and on a large one: no letter is under 28 px of 1.080, none leaves the wall, and lines
// stand above the foot.
func TestSlidesOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the demonstration office")
	}
	until := data.Date(2026, time.May, 29)
	now := func() time.Time { return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC) }
	path := filepath.Join(t.TempDir(), "so.db")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(demo.Build(t.Context(), path, until, now, nil))
	d, err := desk.Open(path, desk.Options{Now: now})
	must(err)
	defer d.Close()
	period, err := data.ParsePeriod("2026-05")
	must(err)
	made, err := papers.Present(t.Context(), d, papers.Request{Period: period, AsOf: until})
	must(err)
	all := Slides(made.Slides)
	if len(all) < 15 {
		t.Fatalf("%d slides", len(all))
	}
	for i, s := range made.Slides {
		if s.Title == "" || len(s.Lines)+len(s.Figures) == 0 && s.Chart == nil {
			t.Errorf("slide %d «%s» says nothing", i+1, s.Title)
		}
		for _, line := range s.Lines {
			if strings.Contains(line, ". :") {
				t.Errorf("slide %d «%s» names nobody: %q", i+1, s.Title, line)
			}
		}
	}
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1920, Height: 1080}} {
		w := test.NewTempWindow(t, canvas.NewRectangle(nil))
		w.Resize(size)
		s := widget.ShowSlides(w, all)
		s.Resize(size)
		for i := range all {
			s.Go(i)
			list := texts(s)
			if len(list) < 3 {
				t.Errorf("slide %d «%s» has %d texts", i+1, all[i].Title, len(list))
			}
			for _, x := range list {
				need := x.text.MinSize()
				if px := x.text.TextSize * 1080 / size.Height; px < 27.9 {
					t.Errorf("%v, slide %d «%s»: %q has letters of %v px", size, i+1, all[i].Title, x.text.Text, px)
				}
				if x.at.X < -1 || x.at.Y < -1 || x.at.Y+need.Height > size.Height+1 || x.text.Alignment == fyne.TextAlignLeading && x.at.X+need.Width > size.Width+1 {
					t.Errorf("%v, slide %d «%s»: %q leaves the wall at %v, %v", size, i+1, all[i].Title, x.text.Text, x.at, need)
				}
			}
		}
		if s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); w.Canvas().Overlays().Top() != nil {
			t.Error("Escape does not return")
		}
	}
}
