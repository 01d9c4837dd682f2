package importing

import (
	"strings"

	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// Unitless returns how many of the first rows name no unit, and of how many: the
// officer is asked whose file it is. Both are 0 where every row names one.
func (m *model) Unitless() (rows, of int) {
	if m.mapping.Kind != exchange.Register {
		return 0, 0
	}
	for i := range m.read.judged {
		if r := &m.read.judged[i]; r.Verdict == exchange.Accepted {
			if of++; r.Unit == "" {
				rows++
			}
		}
	}
	if rows == 0 {
		of = 0
	}
	return rows, of
}

// FileUnit returns the officer's answer whose file it is, "" while it was not
// asked.
func (m *model) FileUnit() string { return m.options.UnitName }

// OwnedBy answers whose file it is: rows that name no unit are of this one. ""
// takes the answer back.
func (m *model) OwnedBy(unit string) {
	m.options.UnitName = strings.TrimSpace(unit)
	m.open("Đang đọc lại tệp")
}

// OpenAll opens the first of several files; the others wait for their turn. An
// answer whose file it is holds for one file.
func (m *model) OpenAll(paths []string) {
	if len(paths) == 0 {
		return
	}
	m.waiting = append([]string(nil), paths[1:]...)
	m.Open(paths[0])
}

// Waiting returns how many files wait for their turn.
func (m *model) Waiting() int { return len(m.waiting) }

// Next leaves this file and opens the next one that waits.
func (m *model) Next() {
	waiting := m.waiting
	m.close()
	*m = model{s: m.s, fate: -1, Changed: m.Changed, Run: m.Run, options: desk.ImportOptions{}}
	m.OpenAll(waiting)
}
