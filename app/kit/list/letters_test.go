package list

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/data/text"
)

// TestLettersFollowTheRows: what a large list knows of single letters is what a search of
// its rows finds, before and after rows change, come and go.
func TestLettersFollowTheRows(t *testing.T) {
	type row struct {
		id   uint64
		name string
	}
	o := &Options[row]{Columns: []Column[row]{{ID: "name", Text: func(r *row) string { return r.name }}}, Key: func(r *row) uint64 { return r.id }}
	var rows []row
	for i := range 150 {
		rows = append(rows, row{uint64(i + 1), fmt.Sprintf("Việc %d", i)})
	}
	x := index[row]{rows: rows, live: allBits(len(rows)), values: map[string]map[string]rowset{}, ranks: map[string]*ranks[row]{}, words: map[string]rowset{}}
	x.folded = x.foldAll(o, text.Fold)
	x.letters = lettersOf(x.folded)
	check := func() {
		t.Helper()
		for c := byte('0'); c <= 'z'; c++ {
			found, want := []uint64{}, []uint64{}
			mask := slices.Clone(x.live)
			mask.and(x.holding(string(c)))
			mask.each(func(i int) { found = append(found, x.rows[i].id) })
			for i := range x.rows {
				if x.live.has(i) && strings.Contains(text.Fold(x.rows[i].name)+" ", string(c)) {
					want = append(want, x.rows[i].id)
				}
			}
			if !slices.Equal(found, want) {
				t.Errorf("%c: %v, want %v", c, found, want)
			}
		}
	}
	check()
	x.apply(o, text.Fold, []row{{7, "Đổi khác"}, {151, "Xin zô"}}, []uint64{9, 150})
	check()
	if i, ok := slices.BinarySearchFunc(x.rows, 7, func(r row, id uint64) int { return cmp.Compare(r.id, id) }); !ok || !x.letters["k"].has(i) || x.letters["v"].has(i) {
		t.Error("a row that changed is found by its old letters")
	}
}
