package list

import (
	"encoding/json"
	"slices"

	"giaoban/app/kit"
	"giaoban/app/widget"
)

// columnHabits are the columns as the officer arranged them.
type columnHabits struct {
	Widths map[string]float32 `json:"widths,omitempty"` // px at 100 %
	Shown  []string           `json:"shown,omitempty"`  // in order; none is the usual choice
}

func habitKey(id, what string) string { return "list-" + id + "-" + what }

func (h *columnHabits) read(from kit.Texts, id string) {
	readJSON(from, habitKey(id, "columns"), h)
}

func (h *columnHabits) keep(in kit.Texts, id string) { keepJSON(in, habitKey(id, "columns"), h) }

// readJSON reads a habit; one that cannot be read is as good as none.
func readJSON(from kit.Texts, key string, into any) {
	if raw := from.String(key); raw != "" {
		_ = json.Unmarshal([]byte(raw), into)
	}
}

func keepJSON(in kit.Texts, key string, value any) {
	if raw, err := json.Marshal(value); err == nil {
		in.SetString(key, string(raw))
	}
}

// chosenColumns are the columns that are shown, in their order.
func chosenColumns[T any](all []Column[T], h columnHabits) []Column[T] {
	var out []Column[T]
	for _, id := range h.Shown {
		if i := slices.IndexFunc(all, func(c Column[T]) bool { return c.ID == id }); i >= 0 {
			out = append(out, all[i])
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, c := range all {
		if !c.Off {
			out = append(out, c)
		}
	}
	return out
}

// roomForAll is the width of the window in px at 100 % from which all columns fit
// beside what stands at the side.
const roomForAll = 1700

func (l *List[T]) showColumns() {
	l.drawn = l.columns
	if l.split.Open() && l.e.Window.Canvas().Size().Width < widget.Scaled(roomForAll) {
		l.drawn = nil
		for _, c := range l.columns {
			if c.Spare == 0 {
				l.drawn = append(l.drawn, c)
			}
		}
		if len(l.drawn) < 2 {
			l.drawn = l.columns
		}
	}
	columns := make([]widget.Column, len(l.drawn))
	for i, c := range l.drawn {
		columns[i] = widget.Column{ID: c.ID, Title: c.Title, Tip: c.Tip, Width: c.Width, Min: c.Min, Flex: c.Flex, Spare: c.Spare, Align: c.Align, Sortable: !c.Fixed}
	}
	l.grid.SetColumns(columns)
}

// SetColumns shows the columns with the ids, in this order; none goes back to the
// usual ones.
func (l *List[T]) SetColumns(ids []string) {
	l.layout.Shown = ids
	l.layout.keep(l.e.Habits, l.o.ID)
	l.columns = chosenColumns(l.o.Columns, l.layout)
	l.showColumns()
	if l.answer != nil {
		l.grid.ReplaceRows(l)
	}
}
