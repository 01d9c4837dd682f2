package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/widget"
)

// TestToastStandsAtTheHead: a short message covers neither the page nor the status
// bar, and stays in the window whatever its size becomes.
func TestToastStandsAtTheHead(t *testing.T) {
	start(t)
	f, w := newFrame(t)
	f.SetOffice("UBND phường Thử")
	w.Resize(fyne.NewSize(1366, 768))
	widget.ShowToast(w, "Đã trả kết quả 3 hồ sơ.", "Hoàn tác", func() {})
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 820, Height: 500}, {Width: 1920, Height: 1080}} {
		w.Resize(size)
		at, ok := texts(w)["Hoàn tác"]
		if !ok || at.Y > 44 || at.X < 0 || at.X > size.Width-60 {
			t.Errorf("in a window of %v the toast offers at %v (%v)", size, at, ok)
		}
	}
}

// TestToastFollowsTheWindow: in a window without a head it stays at the lower right.
func TestToastFollowsTheWindow(t *testing.T) {
	start(t)
	w := window(t, widget.NewField(""))
	widget.ShowToast(w, "Đã lưu.", "", nil)
	w.Resize(fyne.NewSize(600, 400))
	if at := texts(w)["Đã lưu."]; at.X > 590 || at.Y > 390 || at.X < 400 {
		t.Errorf("after the window shrank the toast stands at %v", at)
	}
}

type copied string

func (c copied) Content() string   { return string(c) }
func (copied) SetContent(_ string) {}

// TestPasteIntoASearchIsBounded: a page of text pasted into a search neither freezes
// it nor is taken in silence.
func TestPasteIntoASearchIsBounded(t *testing.T) {
	start(t)
	s := widget.NewSearchField("")
	w := window(t, s)
	w.Canvas().Focus(s)
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: copied(strings.Repeat("ở", 99_000))})
	if got := len([]rune(s.Value())); got != widget.SearchLimit {
		t.Errorf("%d letters were taken", got)
	}
	if !strings.Contains(widget.ToastText(w), "99.000") || !strings.Contains(widget.ToastText(w), "300") {
		t.Errorf("says %q", widget.ToastText(w))
	}
	s.SetValue("")
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: copied("H99.01-1")})
	if s.Value() != "H99.01-1" {
		t.Errorf("a short paste: %q", s.Value())
	}
}

// figures are rows of a name and a number.
type figures []string

// Len implements widget.Rows.
func (f figures) Len() int { return len(f) }

// Cells implements widget.Rows.
func (f figures) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = "Ủy ban nhân dân phường Thử", f[i]
	dst[2] = widget.Cell{Text: "Chờ bổ sung giấy tờ", Mark: widget.MarkPaused}
}

// TestNumbersAndStatesAreNeverCut: what tells rows apart as a whole makes its column
// wider, at every text size; names give way.
func TestNumbersAndStatesAreNeverCut(t *testing.T) {
	for _, percent := range []int{100, 150} {
		start(t)
		fyne.CurrentApp().Settings().SetTheme(widget.NewTheme(false, percent))
		g := widget.NewGrid([]widget.Column{{ID: "name", Width: 200, Flex: 1}, {ID: "n", Width: 40, Align: widget.Right}, {ID: "state", Width: 60}})
		g.SetRows(figures{"29.817", "1.164.455"})
		w := window(t, g)
		w.Resize(fyne.NewSize(480, 300))
		seen := texts(w)
		for _, want := range []string{"29.817", "1.164.455", "Chờ bổ sung giấy tờ"} {
			if _, ok := seen[want]; !ok {
				t.Errorf("at %d %%: «%s» is cut: %v", percent, want, seen)
			}
		}
	}
}

// TestHeadingsHaveAMenu: a right click on a heading asks for its column.
func TestHeadingsHaveAMenu(t *testing.T) {
	g, _, _ := newGrid(t, 3)
	asked := ""
	g.OnHeader = func(column string, _ fyne.Position) { asked = column }
	g.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(200, 10)})
	if asked != "owner" {
		t.Errorf("asked for %q", asked)
	}
}
