package briefing

import (
	"bytes"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	words "giaoban/reports/briefing"
)

// TestPageListsReportsByOccasion: every report stands in the list under the occasion
// that it is for, and the cursor passes over the headings both ways.
func TestPageListsReportsByOccasion(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	var seen []papers.Name
	for range 2 * len(papers.Reports) {
		if n := len(seen); n == 0 || seen[n-1] != p.m.Name {
			seen = append(seen, p.m.Name)
		}
		p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if len(seen) != len(papers.Reports) {
		t.Errorf("down the list come %v", seen)
	}
	for range 2 * len(papers.Reports) {
		p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	if p.m.Name != papers.Briefing {
		t.Errorf("up leads to %s", p.m.Name)
	}
	p.Restore(papers.Letters)
	if p.m.Name != papers.Letters || p.Save() != env.State(papers.Letters) {
		t.Errorf("restored %s", p.m.Name)
	}
}

// TestPageAsksBeforeItLeavesSomethingEmpty: what is missing is listed with the way
// there; an office that told all is not asked.
func TestPageAsksBeforeItLeavesSomethingEmpty(t *testing.T) {
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	went := 0
	p.ready(func() { went++ })
	if went != 0 || e.Window.Canvas().Overlays().Top() == nil || len(papers.Lacks(d, papers.Briefing)) != 4 || len(papers.Lacks(d, papers.List)) != 3 {
		t.Errorf("went on %d times, lacks %v and %v", went, papers.Lacks(d, papers.Briefing), papers.Lacks(d, papers.List))
	}
	if err := d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Place: "Thử", Title: "CHỦ TỊCH", Signer: "Trần Văn Mẫu", Preparer: "Lê Thị Mẫu"}); err != nil {
		t.Fatal(err)
	}
	if p.ready(func() { went++ }); went != 1 {
		t.Error("an office that told all is asked")
	}
}

// TestIssuedReportsAreKeptByMonth: a copy of what was printed or exported is listed
// under its month and reads the same.
func TestIssuedReportsAreKeptByMonth(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	drawn, err := papers.Pages(t.Context(), e.Desk, p.m.Request())
	if err != nil {
		t.Fatal(err)
	}
	p.keep(env.Printed{PDF: drawn.PDF})
	want := drawn.PDF
	list := papers.IssuedReports(e.Desk)
	if len(list) != 1 || list[0].Month != "2023-06" || list[0].Name != "giao-ban-2023" || list[0].At == "" || p.page.Errors.Text() != "" {
		t.Fatalf("%+v, %q", list, p.page.Errors.Text())
	}
	if got, err := os.ReadFile(list[0].Path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the copy differs: %v", err)
	}
	if p.show(2); p.issued.Len() != 1 {
		t.Errorf("%d listed", p.issued.Len())
	}
}

// TestPageOpensATextFromItsPlace: a double click on the pages opens the paragraph
// that stands there.
func TestPageOpensATextFromItsPlace(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	at, ok := p.m.PlaceOf("giai-quyet.chung")
	if !ok {
		t.Fatal("the paragraph has no place")
	}
	p.view.OnSpot(at.Page, at.Y+5)
	if got := widget.DialogTitle(e.Window); got != "Kết quả giải quyết hồ sơ: Đã giải quyết" {
		t.Errorf("opens %q", got)
	}
}

// TestWordsOfAReportHaveADraft: what is typed into a paragraph and not stored stands
// there again after the program ended; what is given up does not.
func TestWordsOfAReportHaveADraft(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	e.Drafts = &env.Drafts{}
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	id := p.m.Blocks()[0].ID
	open := func() *widget.FigureText {
		t.Helper()
		p.editBlock(id)
		text, ok := e.Window.Canvas().Focused().(*widget.FigureText)
		if !ok {
			t.Fatalf("the focus is at %T", e.Window.Canvas().Focused())
		}
		return text
	}
	text := open()
	text.TypedRune('Ừ')
	typed := words.Join(text.Parts())
	e.Drafts.Flush()
	if again := words.Join(open().Parts()); again != typed {
		t.Errorf("opened again with %q, not %q", again, typed)
	}
	e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	e.Drafts.Flush()
	if again := words.Join(open().Parts()); again == typed {
		t.Error("what was given up stands there again")
	}
}

// TestPartsAreChosenInTheDialog: a part is switched, a section moved at its edge, a block
// added and taken out; the choice is kept and the pages follow.
func TestPartsAreChosenInTheDialog(t *testing.T) {
	e, _ := pagetest.Env(t, pagetest.Office(t))
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	dialog := p.chooseParts()
	grid, ok := e.Window.Canvas().Focused().(*widget.Grid)
	if !ok {
		t.Fatalf("the focus is at %T", e.Window.Canvas().Focused())
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			grid.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	before := p.m.Blocks()
	press(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyPlus) // off, then past the end of the section
	if dialog.add("  "); len(dialog.choice.Own) != 0 {
		t.Error("a block without a heading is added")
	}
	dialog.add("Ý kiến")
	if id := *dialog.list.CurrentRow(); id != "rieng.1" {
		t.Errorf("the cursor is at %s", id)
	}
	dialog.add("Khác")
	dialog.list.With(dialog.drop)
	dialog.store()
	p.m.Refresh()
	now := p.m.Blocks()
	if len(now) != len(before) || len(p.m.Drawn.Figures.Choice.Own) != 1 || now[0].Part != "giai-quyet" || p.m.Drawn.Figures.Choice.On(before[1].ID) {
		t.Errorf("%d of %d blocks, first %q", len(now), len(before), now[0].ID)
	}
}

// TestPartsMoveAndAreAdded moves within and over sections and adds what has a heading.
func TestPartsMoveAndAreAdded(t *testing.T) {
	list := []words.Block{{ID: "a.1", Part: "a"}, {ID: "a.2", Part: "a"}, {ID: "b.1", Part: "b"}, {ID: "b.2", Part: "b"}, {ID: "c.1", Part: "c"}}
	ids := func(list []words.Block) (s string) {
		for _, b := range list {
			s += b.ID + " "
		}
		return s
	}
	if got := ids(swapSections(list, 2, 1)); got != "b.1 b.2 a.1 a.2 c.1 " {
		t.Error(got)
	}
	if got := ids(swapSections(list, 3, 4)); got != "a.1 a.2 c.1 b.1 b.2 " {
		t.Error(got)
	}
}

// TestASentenceThatTurnedIsListedBeforePrinting: what must be read again is told with the
// way to its text.
func TestASentenceThatTurnedIsListedBeforePrinting(t *testing.T) {
	d := pagetest.Office(t)
	if err := d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Place: "Thử", Title: "CHỦ TỊCH", Signer: "Trần Văn Mẫu", Preparer: "Lê Thị Mẫu"}); err != nil {
		t.Fatal(err)
	}
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1200, 640))
	block := p.m.Blocks()[0]
	p.m.Drawn.Turns = []words.Turn{{Block: block.ID, Sentence: "Tiếp nhận tăng.", Figure: "tiếp nhận", Field: "new", Up: false}}
	went := 0
	if p.ready(func() { went++ }); went != 0 || widget.DialogTitle(e.Window) != "Kiểm tra trước khi in" {
		t.Errorf("went on %d times, asked %q", went, widget.DialogTitle(e.Window))
	}
	if got := p.m.TurnedFigures(block.ID); !got["new"] || len(got) != 1 {
		t.Errorf("%v", got)
	}
}
