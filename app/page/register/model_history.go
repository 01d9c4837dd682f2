package register

import (
	"slices"
	"time"

	"giaoban/data"
)

// HistoryEntry is one change of a dossier: who, when, what was and what is, why.
type HistoryEntry struct {
	When, By, Title, Why string
	Undo                 bool
	Lines                []HistoryLine
}

// HistoryLine is one fact that a change moved.
type HistoryLine struct{ Label, Old, New string }

// Text writes what was and what is, or the one of them that there is.
func (l HistoryLine) Text() string {
	switch {
	case l.Old == "":
		return l.New
	case l.New == "":
		return l.Old + ", đã bỏ"
	}
	return l.Old + " thành " + l.New
}

// History reads the history of a dossier off the window's goroutine and gives it
// to show, newest first.
func (m *Model) History(id uint64, show func([]HistoryEntry, error)) {
	m.s.Go(func() {
		list, err := m.history(id)
		m.s.Post(func() { show(list, err) })
	})
}

func (m *Model) history(id uint64) ([]HistoryEntry, error) {
	changes, err := m.s.Desk.History(id)
	if err != nil {
		return nil, err
	}
	where := m.s.Desk.Now().Location()
	var out []HistoryEntry
	for _, c := range slices.Backward(changes) {
		h := HistoryEntry{When: data.MomentOf(time.Unix(c.At, 0).In(where)).String(), By: c.By, Title: c.Title, Why: c.Why, Undo: c.Undo}
		for _, l := range c.Lines {
			h.Lines = append(h.Lines, HistoryLine{l.Label, l.Old, l.New})
		}
		out = append(out, h)
	}
	return out, nil
}
