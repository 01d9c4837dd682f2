package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/app/kit"
)

// outline is a table whose rows are indented by their level; those without are
// details.
func outline(rows ...string) *kit.Table {
	var list [][]string
	for _, r := range rows {
		list = append(list, []string{r})
	}
	t := kit.NewTable(list)
	t.Level = func(row []string) int { return strings.Count(row[0], "+") }
	return t
}

// TestTableMovesBlocks: a row goes with what it holds, among those of its level.
func TestTableMovesBlocks(t *testing.T) {
	x := outline("+a", "++a1", "x", "++a2", "+b", "y")
	if x.Block(0) != 4 || x.Block(1) != 2 || x.Block(2) != 1 {
		t.Errorf("blocks %d, %d, %d", x.Block(0), x.Block(1), x.Block(2))
	}
	for _, c := range []struct {
		row, to int
		down    bool
		want    string
	}{{1, 2, true, "[[+a] [++a2] [++a1] [x] [+b] [y]]"}, {2, 2, true, "[[+a] [++a2] [++a1] [x] [+b] [y]]"}, {4, 0, false, "[[+b] [y] [+a] [++a2] [++a1] [x]]"}, {3, 3, false, "[[+b] [y] [+a] [++a2] [++a1] [x]]"}} {
		if to := x.Move(c.row, c.down); to != c.to || fmt.Sprint(x.Rows()) != c.want {
			t.Errorf("row %d to %d: %v", c.row, to, x.Rows())
		}
	}
}

// TestTableTakesEverythingBack: whatever was done, as many steps back lead to the
// beginning, and forward to the end again.
func TestTableTakesEverythingBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := outline("+a", "x", "+b")
		first := fmt.Sprint(x.Rows())
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			at := rapid.IntRange(0, max(x.Len()-1, 0)).Draw(t, "at")
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				x.Insert(at, []string{"n"})
			case 1:
				x.Move(at, rapid.Bool().Draw(t, "down"))
			case 2:
				if x.Len() > 0 {
					x.Remove(at, at+1)
				}
			case 3:
				if x.Len() > 0 {
					x.Set(at, 0, rapid.SampledFrom([]string{"+c", "z", "++d"}).Draw(t, "text"))
				}
			case 4:
				x.Paste(at, 0, 1, "p\nq")
			}
		}
		last, back := fmt.Sprint(x.Rows()), 0
		for ; ; back++ {
			if _, _, ok := x.Undo(); !ok {
				break
			}
		}
		if fmt.Sprint(x.Rows()) != first || x.Dirty() {
			t.Fatalf("%v after %d steps back", x.Rows(), back)
		}
		for range back {
			x.Redo()
		}
		if fmt.Sprint(x.Rows()) != last {
			t.Fatalf("%v, want %s", x.Rows(), last)
		}
	})
}
