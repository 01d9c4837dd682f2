package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/reports/briefing"
)

// figureText opens a text in a window without a display.
func figureText(t *testing.T, text string) *FigureText {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false, 100))
	f := NewFigureText()
	f.Tell = func(p briefing.Part) string {
		if strings.HasPrefix(p.Figure, "so.") {
			return "Số liệu " + p.Figure
		}
		return ""
	}
	f.Value = func(p briefing.Part) string { return "34.170" }
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(300, 200))
	parts, err := briefing.Parts(text)
	if err != nil {
		t.Fatal(err)
	}
	f.SetParts(parts)
	w.Canvas().Focus(f)
	return f
}

func (t *FigureText) typed(keys ...fyne.KeyName) string {
	for _, k := range keys {
		t.TypedKey(&fyne.KeyEvent{Name: k})
	}
	return briefing.Join(t.Parts())
}

// TestFigureTextMovesFiguresWhole: a figure is one step of the caret and one key of
// Backspace; half a clause never stays.
func TestFigureTextMovesFiguresWhole(t *testing.T) {
	f := figureText(t, "Có {so.a} hồ sơ[?so.b:, {so.b} quá hạn].")
	if got := f.typed(fyne.KeyHome, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyBackspace); got != "Có  hồ sơ[?so.b:, {so.b} quá hạn]." {
		t.Errorf("the figure before the caret: %q", got)
	}
	f.TypedShortcut(&fyne.ShortcutUndo{})
	if got := f.typed(); got != "Có {so.a} hồ sơ[?so.b:, {so.b} quá hạn]." {
		t.Errorf("taken back: %q", got)
	}
	if got := f.typed(fyne.KeyEnd, fyne.KeyLeft, fyne.KeyBackspace); got != "Có {so.a} hồ sơ, {so.b} quá hạn." {
		t.Errorf("the end of a clause: %q", got)
	}
	f.goTo(len(f.atoms))
	for _, r := range " Đủ." {
		f.TypedRune(r)
	}
	f.Insert("so.c")
	if got := f.typed(fyne.KeyReturn); got != "Có {so.a} hồ sơ, {so.b} quá hạn. Đủ.{so.c}\n" {
		t.Errorf("typed: %q", got)
	}
}

// TestFigureTextOnTheClipboard: figures cut from one place come back in another;
// brackets that name no figure are text.
func TestFigureTextOnTheClipboard(t *testing.T) {
	f := figureText(t, "{so.a} và xong")
	f.goTo(0)
	f.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	f.typed(fyne.KeyRight)
	f.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	clip := fyne.CurrentApp().Clipboard()
	f.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	f.typed(fyne.KeyEnd)
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := f.typed(); got != " và xong{so.a}" {
		t.Errorf("moved: %q", got)
	}
	clip.SetContent("{lạ} [x")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := f.typed(); got != " và xong{so.a}{{lạ}} [[x" {
		t.Errorf("strange brackets: %q", got)
	}
}

// TestFigureTextDragsAFigure carries a figure with the mouse, and chooses letters.
func TestFigureTextDragsAFigure(t *testing.T) {
	f := figureText(t, "{so.a} hồ sơ")
	at := func(i int) fyne.Position {
		line, x := f.lineOf(i)
		return fyne.NewPos(textEdge+x+1, textEdge+float32(line)*f.row()+4)
	}
	f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(0)}})
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(290, textEdge+4)}})
	f.DragEnd()
	if got := f.typed(); got != " hồ sơ{so.a}" {
		t.Errorf("dragged: %q", got)
	}
	f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(0)}})
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(3)}})
	f.DragEnd()
	if got := f.typed(fyne.KeyDelete); got != " sơ{so.a}" && got != "sơ{so.a}" && got != "ồ sơ{so.a}" {
		t.Errorf("chosen and deleted: %q", got)
	}
}

// TestFigureTextWraps: every atom stands within the width, lines follow each other,
// and Down and Up come back.
func TestFigureTextWraps(t *testing.T) {
	f := figureText(t, strings.Repeat("một hai ba {so.a} bốn ", 12)+"\nhết")
	if len(f.lines) < 4 {
		t.Fatalf("%d lines", len(f.lines))
	}
	next := 0
	for _, l := range f.lines {
		if l.from != next {
			t.Errorf("a line begins at %d, not %d", l.from, next)
		}
		next = l.to
		for _, a := range f.atoms[l.from:l.to] {
			if a.letter != ' ' && a.x+a.w > f.width {
				t.Errorf("%+v leaves the width %v", a, f.width)
			}
		}
	}
	if next != len(f.atoms) {
		t.Errorf("%d of %d atoms in lines", next, len(f.atoms))
	}
	f.goTo(30)
	f.typed(fyne.KeyDown, fyne.KeyUp)
	if f.caret != 30 {
		t.Errorf("down and up lead from 30 to %d", f.caret)
	}
}

// TestFigureTextMarksTheSentenceThatTurned: the sentence of a figure that changed
// direction is marked, up to its full stop, also while it is typed in.
func TestFigureTextMarksTheSentenceThatTurned(t *testing.T) {
	f := figureText(t, "")
	f.Turned = func(p briefing.Part) bool { return p.Figure == "so.hai" }
	parts, err := briefing.Parts("Câu {so.mot} một. Câu {so.hai} hai. Câu ba.\nDòng {so.hai}")
	if err != nil {
		t.Fatal(err)
	}
	f.SetParts(parts)
	marked := func() (s string) {
		for _, a := range f.atoms {
			if a.turned && a.letter != 0 {
				s += string(a.letter)
			} else if a.turned {
				s += "#"
			}
		}
		return s
	}
	if got := marked(); got != " Câu # hai.Dòng #" {
		t.Errorf("marked %q", got)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if got := marked(); got != " Câu # hai." {
		t.Errorf("without the figure %q", got)
	}
}
