package register

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"giaoban/data"
)

// The groups of a list beside those of figures.
const (
	ByDesk    data.Group = "desk"    // the desk that holds the dossier
	ByOutcome data.Group = "outcome" // as of the day of the query
	ByStatus  data.Group = "status"  // as of the last event
	ByOfficer data.Group = "officer" // who received it
)

// GroupCount is how many of the listed dossiers belong to a group. Key is that of
// data.Row for the groups of figures, the text itself for desks and officers,
// and the number of the outcome or status.
type GroupCount struct {
	Key   string
	Name  string
	Count int
}

// groups are those of State. The register must be locked.
func (r *Register) groups(q Query, by data.Group) []GroupCount {
	rows := r.answer(q).rows
	n, keyOf := r.listKeys(q, by)
	counts := make([]int, n)
	var mu sync.Mutex
	parallel(len(r.ids), func(from, to int) {
		part := make([]int, n)
		for w := from >> 6; w<<6 < to; w++ {
			for set := rows[w]; set != 0; set &= set - 1 {
				part[keyOf(w<<6+bits.TrailingZeros64(set))]++
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i, k := range part {
			counts[i] += k
		}
	})
	return r.nameGroups(by, counts)
}

// listKeys returns the number of keys of a group and the key of each row.
func (r *Register) listKeys(q Query, by data.Group) (n int, keyOf func(row int) uint32) {
	column := func(column []uint16, n int) (int, func(int) uint32) {
		return n, func(row int) uint32 { return uint32(column[row]) }
	}
	switch by {
	case ByDesk:
		return column(r.desk, len(r.desks.rows))
	case ByOfficer:
		return column(r.officer, len(r.officers.rows))
	case ByStatus:
		return int(data.Delivered) + 1, func(row int) uint32 { return uint32(r.status[row] &^ cancelled) }
	case ByOutcome:
		s := q.span()
		return 8, func(row int) uint32 { return uint32(r.classify(row, s).out) }
	}
	return r.groupKeys(by, q.FollowMergers)
}

func (r *Register) nameGroups(by data.Group, counts []int) (list []GroupCount) {
	var rows []data.Row
	for key, n := range counts {
		if n == 0 {
			continue
		}
		g := GroupCount{Count: n}
		switch by {
		case ByDesk:
			g.Key, g.Name = r.desks.of(uint16(key)), r.desks.of(uint16(key))
			if key == 0 {
				g.Name = "Chưa bàn giao"
			}
		case ByOfficer:
			g.Key, g.Name = r.officers.of(uint16(key)), r.officers.of(uint16(key))
			if key == 0 {
				g.Name = "Chưa rõ cán bộ"
			}
		case ByStatus:
			g.Key, g.Name = strconv.Itoa(key), data.Status(key).String()
		case ByOutcome:
			g.Key, g.Name = strconv.Itoa(key), data.Outcome(key).String()
		default:
			row := r.groupRow(by, uint32(key), data.Counts{})
			row.NewDirect = int64(n)
			rows = append(rows, row)
			continue
		}
		list = append(list, g)
	}
	r.sortRows(by, rows)
	for _, row := range rows {
		list = append(list, GroupCount{row.Key, row.Name, int(row.NewDirect)})
	}
	if by == ByDesk || by == ByOfficer {
		slices.SortStableFunc(list, func(a, b GroupCount) int {
			if ea, eb := a.Key == "", b.Key == ""; ea != eb {
				if ea {
					return 1 // what is unknown comes last
				}
				return -1
			}
			return cmp.Or(CompareText(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
		})
	}
	return list
}

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
