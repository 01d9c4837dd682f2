package register

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"sync"

	"giaoban/data"
)

// matrix counts dossiers by how they came in and where they stand.
type matrix [inKinds][8]int64

// counts turns a matrix into the columns of form II.06a.
func (m *matrix) counts() data.Counts {
	var c data.Counts
	for in := range m {
		row := &m[in]
		var all int64
		for _, n := range row {
			all += n
		}
		switch in {
		case inDirect:
			c.NewDirect = all
		case inOnline:
			c.NewOnline = all
		case inPostal:
			c.NewPostal = all
		case inCarried:
			c.Carried = all
		}
		c.Early += row[data.Early]
		c.OnTime += row[data.OnTime] + row[data.WithdrawnOut]
		c.Withdrawn += row[data.WithdrawnOut]
		c.Late += row[data.Late]
		c.InTime += row[data.PendingInTime] + row[data.PendingWait]
		c.Waiting += row[data.PendingWait]
		c.Overdue += row[data.Overdue]
	}
	return c
}

// extras are the counts beside the form that the rates need.
type extras [extraKinds]int64

const (
	extraApologised = iota
	extraFeeDue
	extraPaidOnline
	extraDigitised
	extraEResult
	extraPublished
	extraSurveyed
	extraSatisfied
	extraPostal
	extraKinds
)

func (x *extras) into(c *data.Counts) {
	c.Apologised, c.FeeDue, c.PaidOnline = x[extraApologised], x[extraFeeDue], x[extraPaidOnline]
	c.Digitised, c.EResult, c.Published = x[extraDigitised], x[extraEResult], x[extraPublished]
	c.Surveyed, c.Satisfied, c.Postal = x[extraSurveyed], x[extraSatisfied], x[extraPostal]
}

// holds tells which extras a row of the class counts for.
func (r *Register) holds(row int, c class) (h [extraKinds]bool) {
	f := data.Flag(r.flags[row])
	h[extraPostal] = r.channel[row]&postal != 0
	h[extraApologised] = c.apologised && (c.out == data.Late || c.out == data.Overdue)
	h[extraFeeDue] = f&data.FeeDue != 0
	h[extraPaidOnline] = f&(data.FeeDue|data.PaidOnline) == data.FeeDue|data.PaidOnline
	h[extraDigitised] = f&data.Digitised != 0
	h[extraPublished] = f&data.Published != 0
	closed := c.out.Closed()
	h[extraEResult] = closed && f&data.EResult != 0
	h[extraSurveyed] = closed && f&data.Surveyed != 0
	h[extraSatisfied] = closed && f&(data.Surveyed|data.Satisfied) == data.Surveyed|data.Satisfied
	return h
}

type cell struct {
	matrix
	extras
}

func (c *cell) counts() data.Counts {
	out := c.matrix.counts()
	c.extras.into(&out)
	return out
}

func (c *cell) add(o *cell) {
	for i := range c.matrix {
		for j := range c.matrix[i] {
			c.matrix[i][j] += o.matrix[i][j]
		}
	}
	for i := range c.extras {
		c.extras[i] += o.extras[i]
	}
}

// figures are those of State. The register must be locked.
func (r *Register) figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	if asOf == data.NoDay {
		asOf = p.To
	}
	keys, keyOf := r.groupKeys(group, f.FollowMergers)
	admit := r.admit(f)
	s := spanOf(p, asOf)
	cells := make([]cell, keys)
	var sums []summary
	if admit == nil && keys <= summaryKeys {
		sums = r.summary(grouping{group, f.FollowMergers}, keys, keyOf)
	}
	var mu sync.Mutex
	parallel(len(r.ids), func(from, to int) {
		part := make([]cell, keys)
		r.countRows(part, sums, keyOf, admit, s, from, to)
		mu.Lock()
		for i := range part {
			cells[i].add(&part[i])
		}
		mu.Unlock()
	})
	t := data.Table{Period: p, AsOf: asOf, Group: group}
	for key := range cells {
		c := cells[key].counts()
		if c.Received() == 0 {
			continue
		}
		t.Rows = append(t.Rows, r.groupRow(group, uint32(key), c))
		t.Total.Add(c)
	}
	r.sortRows(group, t.Rows)
	return t
}

// summary holds what is settled in a block of rows: the figures of the dossiers
// that were closed soon after their receipt, which no later day changes, and by
// name the few that were not.
type summary struct {
	minReceived, maxReceived int32
	settled                  int32 // last closing among the dossiers of cells
	cells                    []cell
	rest                     []int32 // rows that cells leaves out
}

const (
	// blockRows is how many rows share a summary: a multiple of zoneRows. The
	// parts of parallel begin at its multiples.
	blockRows = 4096
	// summaryKeys is the number of keys up to which a grouping is summarised.
	summaryKeys = 256
	// soonDays is within how many days of the last receipt of its block a dossier
	// must be closed to be summarised.
	soonDays = 60
)

// everything is the span in which every dossier is new and judged at its end.
var everything = span{from: -1 << 31, to: open - 1, cut: open - 1}

// grouping names the summaries of a group.
type grouping struct {
	group  data.Group
	follow bool // mergers; see Filter
}

// summaries holds the summary of each block. As for an order, the first who
// needs them brings them up to date.
type summaries struct {
	mu   sync.Mutex
	list []summary
	keys int
	seen int // how much of touched they have taken in
}

// summary returns the summaries of a grouping. They hold under the read lock.
func (r *Register) summary(g grouping, keys int, keyOf func(int) uint32) []summary {
	r.derivedMu.Lock()
	s := r.summaries[g]
	if s == nil {
		s = &summaries{}
		r.summaries[g] = s
	}
	r.derivedMu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	blocks := (len(r.ids) + blockRows - 1) / blockRows
	stale := make(bitset, blocks/64+1)
	switch {
	case s.keys != keys:
		s.list, s.keys = make([]summary, blocks), keys
		for i := range s.list {
			stale.set(i)
		}
	case s.seen == len(r.touched):
		return s.list
	}
	for len(s.list) < blocks {
		stale.set(len(s.list))
		s.list = append(s.list, summary{})
	}
	for _, t := range r.touched[s.seen:] {
		row := t.row
		stale.set(int(row) / blockRows)
	}
	parallel(len(r.ids), func(from, to int) {
		for i := from / blockRows; i*blockRows < to; i++ {
			if stale.has(i) {
				s.list[i].count(r, i*blockRows, min((i+1)*blockRows, len(r.ids)), keys, keyOf)
			}
		}
	})
	s.seen = len(r.touched)
	return s.list
}

// count makes the summary of the rows from…to.
func (s *summary) count(r *Register, from, to, keys int, keyOf func(int) uint32) {
	*s = summary{minReceived: open, cells: make([]cell, keys), rest: s.rest[:0]}
	for row := from; row < to; row++ {
		s.minReceived = min(s.minReceived, r.received[row])
		s.maxReceived = max(s.maxReceived, r.received[row])
	}
	for row := from; row < to; row++ {
		switch {
		case r.first[row] == openNone || !r.live.has(row):
		case r.ended[row] > s.maxReceived+soonDays:
			s.rest = append(s.rest, int32(row))
		default:
			s.settled = max(s.settled, r.ended[row])
			r.countRow(s.cells, keyOf, row, everything)
		}
	}
}

// addTo adds the figures of the block in the span; ok is false when its rows
// must be looked at one by one.
func (s *summary) addTo(r *Register, cells []cell, keyOf func(int) uint32, p span) (ok bool) {
	switch {
	case s.minReceived > p.to:
		return true
	case s.minReceived >= p.from && s.maxReceived <= p.to && s.settled <= p.cut:
		for i := range s.cells {
			cells[i].add(&s.cells[i])
		}
	case s.maxReceived < p.from && s.settled < p.from: // none of cells is carried over
	default:
		return false
	}
	for _, row := range s.rest {
		r.countRow(cells, keyOf, int(row), p)
	}
	return true
}

func (r *Register) countRows(cells []cell, sums []summary, keyOf func(int) uint32, admit func(int) bool, s span, from, to int) {
	for start := from; start < to; start += zoneRows {
		if sums != nil && start%blockRows == 0 && sums[start/blockRows].addTo(r, cells, keyOf, s) {
			start += blockRows - zoneRows
			continue
		}
		if !r.zones[start/zoneRows].touches(s) {
			continue
		}
		for row := start; row < min(start+zoneRows, to); row++ {
			if r.live.has(row) && (admit == nil || admit(row)) {
				r.countRow(cells, keyOf, row, s)
			}
		}
	}
}

// countRow adds a living row where it belongs to the span.
func (r *Register) countRow(cells []cell, keyOf func(int) uint32, row int, s span) {
	c := r.classify(row, s)
	if c.out == data.NotCounted {
		return
	}
	cell := &cells[keyOf(row)]
	cell.matrix[c.in][c.out]++
	if r.flags[row]|uint16(r.channel[row]&postal) != 0 || c.apologised {
		for i, h := range r.holds(row, c) {
			if h {
				cell.extras[i]++
			}
		}
	}
}

// groupKeys returns the number of keys of a group and the key of each row.
func (r *Register) groupKeys(group data.Group, follow bool) (n int, keyOf func(row int) uint32) {
	switch group {
	case data.ByField:
		return int(r.maxField) + 1, func(row int) uint32 { return r.field[row] }
	case data.ByProcedure:
		return int(r.maxProc) + 1, func(row int) uint32 { return r.proc[row] }
	case data.ByChannel:
		return 4, func(row int) uint32 { return uint32(max(r.channel[row]&3, uint8(data.Direct))) }
	}
	switch group {
	case data.ByReceiver:
		return r.placeKeys(r.receiver, follow)
	case data.ByHelper:
		return r.placeKeys(r.helper, follow)
	}
	// By unit, or by the level of the unit: a table of each unit's key.
	key := make([]uint32, r.maxUnit+1)
	top, plain := r.maxUnit, true
	for id := range key {
		key[id] = r.catalogue.counted(uint32(id), follow)
		top, plain = max(top, key[id]), plain && key[id] == uint32(id)
	}
	if group == data.ByLevel {
		levels := r.levels()
		for id, unit := range key {
			key[id] = uint32(slices.Index(levels, r.catalogue.units[unit].Level))
		}
		return len(levels), func(row int) uint32 { return key[r.unit[row]] }
	}
	if plain {
		return int(top) + 1, func(row int) uint32 { return r.unit[row] }
	}
	return int(top) + 1, func(row int) uint32 { return key[r.unit[row]] }
}

// levels returns every level of the catalogue, the empty one included.
func (r *Register) levels() []data.Level {
	list := []data.Level{""}
	for _, u := range r.catalogue.units {
		if !slices.Contains(list, u.Level) {
			list = append(list, u.Level)
		}
	}
	slices.SortFunc(list, compareLevel)
	return list
}

func (r *Register) groupRow(group data.Group, key uint32, c data.Counts) data.Row {
	row := data.Row{Key: strconv.Itoa(int(key)), Counts: c}
	name := func(known bool, n string) {
		row.Name = n
		if !known {
			row.Name = map[data.Group]string{data.ByUnit: "Chưa rõ đơn vị", data.ByReceiver: "Chưa rõ đơn vị", data.ByHelper: "Chưa rõ đơn vị", data.ByField: "Chưa rõ lĩnh vực", data.ByProcedure: "Chưa rõ thủ tục"}[group]
		}
	}
	switch group {
	case data.ByField:
		f, ok := r.catalogue.fields[key]
		name(ok, f.Name)
	case data.ByProcedure:
		p, ok := r.catalogue.procedures[key]
		name(ok, p.Name)
	case data.ByLevel:
		l := r.levels()[key]
		row.Key, row.Name = string(l), l.Name()
	case data.ByChannel:
		ch := data.Channel(key)
		row.Key, row.Name = ch.Key(), ch.String()
	default:
		u, ok := r.catalogue.units[key]
		name(ok, u.Name)
	}
	return row
}

func (r *Register) sortRows(group data.Group, rows []data.Row) {
	id := func(row data.Row) uint32 {
		n, _ := strconv.Atoi(row.Key)
		return uint32(n)
	}
	keys := make(map[string][]byte, len(rows)) // made once a name, not at every comparison
	key := func(name string) []byte {
		k, ok := keys[name]
		if !ok {
			k = AppendKey(nil, []byte(name))
			keys[name] = k
		}
		return k
	}
	slices.SortStableFunc(rows, func(a, b data.Row) int {
		switch group {
		case data.ByLevel:
			return compareLevel(data.Level(a.Key), data.Level(b.Key))
		case data.ByUnit, data.ByReceiver, data.ByHelper:
			return r.catalogue.compareUnit(id(a), id(b))
		case data.ByChannel:
			return 0
		}
		if ia, ib := id(a) == 0, id(b) == 0; ia != ib {
			if ia {
				return 1
			}
			return -1
		}
		if n := bytes.Compare(key(a.Name), key(b.Name)); n != 0 {
			return n
		}
		return cmp.Compare(id(a), id(b))
	})
}

// CellQuery returns the query that lists exactly the dossiers of a figure: the
// column of a row of the table, or of its total when row is nil.
func CellQuery(t data.Table, row *data.Row, col data.Column, f Filter) Query {
	p := t.Period
	q := Query{Filter: f, Period: &p, AsOf: t.AsOf, Column: col}
	if row == nil {
		return q
	}
	n, _ := strconv.Atoi(row.Key)
	ids := []uint32{uint32(n)}
	switch t.Group {
	case data.ByUnit:
		q.Units = ids
	case data.ByReceiver:
		q.Receivers = ids
	case data.ByHelper:
		q.Helpers = ids
	case data.ByField:
		q.Fields = ids
	case data.ByProcedure:
		q.Procedures = ids
	case data.ByLevel:
		q.Levels = []data.Level{data.Level(row.Key)}
	case data.ByChannel:
		q.Channels = []data.Channel{map[string]data.Channel{"direct": data.Direct, "online": data.Online, "postal": data.Postal}[row.Key]}
	}
	return q
}
