package register

import (
	"sync"

	"giaoban/data"
)

// LetterRow counts, for one row of a table of figures, the late and the overdue
// dossiers with a letter of apology and without one. Late and overdue are the
// columns data.ColLate and data.ColPendingOverdue.
type LetterRow struct {
	Key, Name                   string
	LateWith, LateWithout       int64
	OverdueWith, OverdueWithout int64
}

// add adds the figures of another row.
func (l *LetterRow) add(o LetterRow) {
	l.LateWith += o.LateWith
	l.LateWithout += o.LateWithout
	l.OverdueWith += o.OverdueWith
	l.OverdueWithout += o.OverdueWithout
}

// letters are those of State. The register must be locked.
func (r *Register) letters(p data.Period, asOf data.Day, group data.Group, f Filter) (rows []LetterRow, total LetterRow) {
	s := spanOf(p, asOf)
	keys, keyOf := r.groupKeys(group, f.FollowMergers)
	admit := r.admit(f)
	cells := make([]LetterRow, keys)
	var mu sync.Mutex
	parallel(len(r.ids), func(from, to int) {
		part := make([]LetterRow, keys)
		for start := from; start < to; start += zoneRows {
			if !r.zones[start/zoneRows].touches(s) {
				continue
			}
			for row := start; row < min(start+zoneRows, to); row++ {
				if !r.live.has(row) || admit != nil && !admit(row) {
					continue
				}
				cell := &part[keyOf(row)]
				switch c := r.classify(row, s); {
				case c.out == data.Late && c.apologised:
					cell.LateWith++
				case c.out == data.Late:
					cell.LateWithout++
				case c.out == data.Overdue && c.apologised:
					cell.OverdueWith++
				case c.out == data.Overdue:
					cell.OverdueWithout++
				}
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range part {
			cells[i].add(part[i])
		}
	})
	var order []data.Row
	for key, c := range cells {
		if c == (LetterRow{}) {
			continue
		}
		row := r.groupRow(group, uint32(key), data.Counts{})
		row.NewDirect = int64(key) // carried through the sorting
		order = append(order, row)
		total.add(c)
	}
	r.sortRows(group, order)
	for _, row := range order {
		l := cells[row.NewDirect]
		l.Key, l.Name = row.Key, row.Name
		rows = append(rows, l)
	}
	return rows, total
}
