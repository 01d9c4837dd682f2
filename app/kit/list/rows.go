package list

import (
	"fmt"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
)

// Row returns a listed row, nil outside the list.
func (l *List[T]) Row(i int) *T {
	if l.answer == nil || i < 0 {
		return nil
	}
	if n, _ := l.answer.Len(); i >= n {
		return nil
	}
	return l.answer.At(i)
}

// Shift moves the row under the cursor by a place, and the cursor with it.
func (l *List[T]) Shift(by int) {
	if row := l.CurrentRow(); row != nil && by != 0 && l.o.Move(row, by) {
		l.Refresh()
	}
}

// Turn ticks the row under the cursor, or takes its tick away.
func (l *List[T]) Turn() {
	if row := l.CurrentRow(); row != nil {
		l.o.Tick(row)
		l.Refresh()
	}
}

// With calls do with a copy of the row under the cursor, where there is one.
func (l *List[T]) With(do func(*T)) {
	if row := l.CurrentRow(); row != nil {
		one := *row
		do(&one)
	}
}

// CurrentRow returns the row under the cursor, nil for none.
func (l *List[T]) CurrentRow() *T { return l.Row(l.grid.Current()) }

// Go moves the cursor to the row with the key, now or when it is listed.
func (l *List[T]) Go(key uint64) {
	l.at = key
	if l.answer == nil {
		return
	}
	if i := l.answer.Find(key); i >= 0 {
		l.grid.SetCurrent(i)
	}
}

// Lists reports whether the row with the key is listed.
func (l *List[T]) Lists(key uint64) bool { return l.answer != nil && l.answer.Find(key) >= 0 }

// Chosen returns the keys of the chosen rows, in their order.
func (l *List[T]) Chosen() []uint64 {
	var out []uint64
	l.grid.Selection().Each(func(i int) bool {
		if key := l.keyAt(i); key != 0 {
			out = append(out, key)
		}
		return true
	})
	return out
}

// Len implements widget.Rows.
func (l *List[T]) Len() int {
	if l.answer == nil {
		return 0
	}
	n, _ := l.answer.Len()
	return n
}

// Cells implements widget.Rows.
func (l *List[T]) Cells(i int, dst []widget.Cell) {
	row := l.answer.At(i)
	ended := l.o.Ended != nil && l.o.Ended(row)
	for k := range dst {
		c := &l.drawn[k]
		dst[k].Text = c.Text(row)
		if c.Mark != nil {
			dst[k].Mark = c.Mark(row)
		}
		if k == 0 && l.o.Depth != nil {
			dst[0].Indent = l.o.Depth(row)
			if opens, folded := l.branch(i); opens {
				dst[0].Mark = kit.If(folded, widget.MarkFolded, widget.MarkOpen)
			}
		}
		if k == 0 && l.o.Ticked != nil {
			dst[k].Mark = kit.If(l.o.Ticked(row), widget.MarkChecked, widget.MarkBox)
		}
		if c.Role != nil {
			dst[k].Role = c.Role(row)
		}
		if ended {
			dst[k].Role = widget.ColorStopped
		}
		if c.Cell != nil {
			c.Cell(row, &dst[k])
		}
	}
}

// ChosenRows returns copies of the chosen rows, or of the one under the cursor.
func (l *List[T]) ChosenRows() []T {
	var out []T
	l.grid.Selection().Each(func(i int) bool {
		if row := l.Row(i); row != nil {
			out = append(out, *row)
		}
		return true
	})
	if row := l.CurrentRow(); len(out) == 0 && row != nil {
		out = append(out, *row)
	}
	return out
}

// SetEmpty changes what the list says where nothing narrows it.
func (l *List[T]) SetEmpty(text, verb string, do func()) {
	l.o.Empty, l.o.EmptyVerb, l.o.EmptyDo = text, verb, do
}

// Status tells how many are listed and chosen.
func (l *List[T]) Status() string {
	if l.answer == nil {
		return "Đang đọc danh sách…"
	}
	listed, all := l.answer.Len()
	out := fmt.Sprintf("%s / %s %s", data.FormatInt(int64(listed)), data.FormatInt(int64(all)), l.o.What)
	if n := l.grid.Selection().Count(); n > 1 {
		out += fmt.Sprintf(" · chọn %s", data.FormatInt(int64(n)))
	}
	if n, ok := l.answer.(Noted); ok {
		for _, note := range n.Notes() {
			out += " · " + note
		}
	}
	return out
}

// Settle implements widget.Settling: rows that are read elsewhere are read first.
func (l *List[T]) Settle(rows []int, done func()) {
	if r, ok := l.answer.(Reading[T]); ok {
		r.Read(rows, done)
		return
	}
	done()
}

// state is where the officer is in a list, for the history of places.
type state struct {
	view  View
	place widget.Place
	at    uint64
}

// Save returns where the officer is.
func (l *List[T]) Save() env.State { return state{l.View(), l.grid.Place(), l.at} }

// Restore goes back there.
func (l *List[T]) Restore(s env.State) {
	if was, ok := s.(state); ok {
		l.at, l.place = was.at, &was.place
		l.Show(was.view)
	}
}
