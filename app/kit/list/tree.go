package list

import "fyne.io/fyne/v2"

// A list whose rows have a Depth is a tree: a row stands in the one of a lesser depth
// above it. What stands in a row can be folded away; a list that is narrowed keeps the
// rows in which those stand that fit, and folds nothing.

// branches adds to rows that fit those in which they stand, or takes out what is folded.
func (h *held[T]) branches(mask rowset, narrowed bool) {
	if narrowed {
		wanted := 0 // a row of a lesser depth holds one that fits
		for i := len(h.rows) - 1; i >= 0; i-- {
			if depth := h.o.Depth(&h.rows[i]); mask.has(i) || depth < wanted {
				mask.set(i)
				wanted = depth
			}
		}
		return
	}
	away := -1 // the depth of the row whose rows are folded away
	for i := range h.rows {
		depth := h.o.Depth(&h.rows[i])
		if away >= 0 && depth > away {
			mask.clear(i)
			continue
		}
		if away = -1; h.shut[h.o.Key(&h.rows[i])] {
			away = depth
		}
	}
}

// branch tells whether a listed row holds others, and whether they are folded away.
func (l *List[T]) branch(i int) (opens, folded bool) {
	a, ok := l.answer.(*answer[T])
	if !ok || l.o.Depth == nil || i < 0 || i >= len(a.at) {
		return false, false
	}
	at := int(a.at[i])
	opens = at+1 < len(a.rows) && l.o.Depth(&a.rows[at+1]) > l.o.Depth(&a.rows[at])
	return opens, opens && l.held.shut[l.keyAt(i)] && !l.shown.Filtered()
}

// fold folds what stands in a listed row away, or opens it; it reports whether it did.
func (l *List[T]) fold(i int, away bool) bool {
	opens, folded := l.branch(i)
	if !opens || folded == away || l.shown.Filtered() {
		return false
	}
	l.held.shut[l.keyAt(i)] = away
	l.ask()
	return true
}

// foldAll folds away what stands in the rows that stand in none, or opens everything.
func (l *List[T]) foldAll(away bool) {
	clear(l.held.shut)
	for i := range l.held.rows {
		if row := &l.held.rows[i]; away && l.o.Depth(row) == 0 {
			l.held.shut[l.o.Key(row)] = true
		}
	}
	l.ask()
}

// treeKey takes the arrows that fold, open and go between rows and what holds them.
func (l *List[T]) treeKey(ev *fyne.KeyEvent) bool {
	i := l.grid.Current()
	opens, _ := l.branch(i)
	switch {
	case ev.Name != fyne.KeyLeft && ev.Name != fyne.KeyRight:
		return false
	case i < 0 || l.fold(i, ev.Name == fyne.KeyLeft):
	case ev.Name == fyne.KeyLeft:
		depth := l.o.Depth(l.Row(i))
		for i--; i >= 0 && l.o.Depth(l.Row(i)) >= depth; i-- {
		}
		if i >= 0 {
			l.grid.SetCurrent(i)
		}
	case opens && i+1 < l.Len():
		l.grid.SetCurrent(i + 1)
	}
	return true
}

// Reveal moves the cursor to the row with the key: what it stands in is opened, and what
// narrows the list is taken away where it leaves the row out.
func (l *List[T]) Reveal(key uint64) {
	depth := 0
	for i := len(l.held.rows) - 1; i >= 0; i-- {
		row := &l.held.rows[i]
		switch d := l.o.Depth(row); {
		case l.o.Key(row) == key:
			depth = d
		case d < depth:
			delete(l.held.shut, l.o.Key(row))
			depth = d
		}
	}
	if l.ask(); l.answer != nil && l.answer.Find(key) < 0 {
		l.Show(View{Ended: l.view.Ended})
	}
	l.Go(key)
}
