// Package register keeps the dossiers of an office in memory as columns and
// answers from them: search, sorted lists, and the figures of form II.06a as of
// any day. A figure and the list of its dossiers come from the same
// classification, so they cannot differ.
//
// The package reads no file and stores nothing; what it holds is built from the
// data file and kept in step by package desk. It never formats text for people.
package register

import (
	"bytes"
	"slices"
	"sync"

	"giaoban/data"
)

// Register holds the columns. Its methods may be called from any goroutine.
//
// A changed dossier keeps its row as long as its name, code and numbers, which
// stand in arenas in row order, stay as they were; else it gets a new row and
// its old row dies. When too many rows are dead the columns are built anew.
//
// Orders and summaries are not thrown away by a change: touched tells which rows
// changed, and who needs an order or a summary next brings it up to date.
type Register struct {
	mu      sync.RWMutex
	version uint64 // grows with each change

	ids                        []uint32
	received                   []int32
	due                        []int32 // judged due date in the open state, 0 without one
	ended                      []int32 // first day of the closed state of a simple row, open for none; of others the day after which nothing changes
	first                      []uint8 // data.Outcome class while open: see openClass
	last                       []uint8 // data.Outcome when closed
	flags                      []uint16
	unit                       []uint32
	field                      []uint32
	proc                       []uint32
	address                    []uint32 // number in addresses
	content                    []uint32 // number in contents
	channel                    []uint8  // in the low bits data.Channel, 4: comes in or goes back by post
	status                     []uint8  // as of the last event; cancelled is added
	desk                       []uint16 // number in desks, as of the last event
	officer                    []uint16 // number in officers
	receiver, helper           []uint16 // numbers in receivers
	owner                      []uint64 // packed words of the lexicon
	live                       bitset
	maxUnit, maxField, maxProc uint32 // highest ids in use
	zones                      []zone

	history map[int32][]segment // rows whose life is not simple

	codes  arena // folded, with the code of another system behind it
	digits arena // phone and identity number

	rowOf        []int32 // row of each id, -1 for none
	dead         int
	lexicon      lexicon
	long         longNames
	addresses    dictionary
	contents     dictionary
	contentMarks marks
	desks        labels[string]
	officers     labels[string]
	receivers    labels[uint32]
	catalogue    catalogue
	definitions  map[string]*rate // of rates that are not computed the usual way
	cache        searchCache
	scratch      arena

	touched   []touched  // rows changed, for orders and summaries behind
	before    int        // length of touched before the last change
	retext    []int32    // rows of which the texts changed since the cache was mended
	derivedMu sync.Mutex // guards what follows, beside mu
	orders    map[Sort]*order
	summaries map[grouping]*summaries
}

// open stands in column ended for a dossier that is not closed.
const open = 1<<31 - 1

// postal marks in column channel a dossier that comes in or goes back by post.
const postal = 4

// cancelled marks in column status a dossier entered by mistake.
const cancelled = 0x80

// complexRow stands in column first for a row whose life is in history.
const complexRow = 0xFF

// zoneRows is how many rows share a zone; figures skip a zone that cannot touch
// the period.
const zoneRows = 1024

type zone struct {
	minReceived, maxReceived int32
	maxEnded                 int32 // of rows that can count; open when one is not closed
}

// New returns an empty register.
func New() *Register {
	return &Register{history: map[int32][]segment{}, orders: map[Sort]*order{}, summaries: map[grouping]*summaries{}}
}

// Reserve makes room for n more dossiers, and for a few that come later: room
// that is never written to takes no memory.
func (r *Register) Reserve(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n += n/16 + 1024
	r.ids = grow(r.ids, n)
	r.received = grow(r.received, n)
	r.due = grow(r.due, n)
	r.ended = grow(r.ended, n)
	r.first = grow(r.first, n)
	r.last = grow(r.last, n)
	r.flags = grow(r.flags, n)
	r.unit = grow(r.unit, n)
	r.field = grow(r.field, n)
	r.proc = grow(r.proc, n)
	r.address = grow(r.address, n)
	r.content = grow(r.content, n)
	r.channel = grow(r.channel, n)
	r.status = grow(r.status, n)
	r.desk = grow(r.desk, n)
	r.officer = grow(r.officer, n)
	r.receiver, r.helper = grow(r.receiver, n), grow(r.helper, n)
	r.owner = grow(r.owner, n)
	r.rowOf = grow(r.rowOf, n)
	r.codes.reserve(n, 22*n)
	r.digits.reserve(n, 25*n)
}

func grow[T any](s []T, n int) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	return append(make([]T, 0, len(s)+n), s...)
}

// Put adds dossiers, or replaces those with their ids, all at once.
func (r *Register) Put(gs ...*data.Glance) {
	var b Batch
	for _, g := range gs {
		b.Put(g)
	}
	r.Apply(&b, nil)
}

// Load fills an empty register the quick way: next calls its argument for every
// dossier, while another goroutine fills the columns. Those who read wait until
// all are in. In a register that holds dossiers already they are replaced, as a
// Batch does it.
func (r *Register) Load(next func(put func(*data.Glance)) error) error {
	if r.Len() > 0 {
		var b Batch
		err := next(b.Put)
		r.Apply(&b, nil)
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.fillFrom(next)
	r.changed()
	return err
}

// fillFrom puts dossiers in while they are read, on two goroutines. The register
// must be locked.
func (r *Register) fillFrom(next func(put func(*data.Glance)) error) error {
	full, free := make(chan *batch, loadBatches), make(chan *batch, loadBatches)
	for range loadBatches {
		free <- &batch{}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b := range full {
			r.take(b)
			b.reset()
			free <- b
		}
	}()
	b := <-free
	defer func() { // after a fault of next too
		full <- b
		close(full)
		<-done
	}()
	return next(func(g *data.Glance) {
		if b.add(g); len(b.entries) >= batchRows {
			full <- b
			b = <-free
		}
	})
}

// take puts the dossiers of a batch into the columns.
func (r *Register) take(b *batch) {
	for i := range b.entries {
		r.put(&b.entries[i], b)
	}
}

// Remove takes dossiers out, all at once.
func (r *Register) Remove(ids ...uint64) { r.Apply(&Batch{gone: ids}, nil) }

// changed ends a change: what was derived from the rows follows, at once or when
// it is asked for next.
func (r *Register) changed() {
	r.version++
	r.mendCache()
	if r.dead > 10_000 && r.dead > len(r.ids)/4 {
		r.compact()
		r.forget()
		return
	}
	if len(r.touched) > max(4096, len(r.ids)/8) {
		r.forgetBehind()
	}
	r.before = len(r.touched)
}

// forget drops all that is derived from the rows.
func (r *Register) forget() {
	r.cache.clear()
	clear(r.orders)
	clear(r.summaries)
	r.touched, r.retext, r.before = nil, nil, 0
}

// forgetBehind shortens touched to the last change, and drops the orders and
// summaries that are further behind.
func (r *Register) forgetBehind() {
	cut := r.before
	if len(r.touched)-cut > len(r.ids)/8 {
		cut = len(r.touched)
	}
	for by, o := range r.orders {
		if o.seen -= cut; o.seen < 0 {
			delete(r.orders, by)
		}
	}
	for g, s := range r.summaries {
		if s.seen -= cut; s.seen < 0 {
			delete(r.summaries, g)
		}
	}
	r.touched = slices.Clone(r.touched[cut:])
}

// touched is a row that changed, and in which orders it may have to move.
type touched struct {
	row   int32
	moves moves
}

// moves is a set of orders.
type moves uint16

const allOrders moves = 1<<16 - 1

// in returns the set of one order.
func in(by Sort) moves { return 1 << slices.Index(Sorts, by) }

// touch remembers that a row changed.
func (r *Register) touch(row int32, m moves) {
	if len(r.orders)+len(r.summaries) > 0 {
		r.touched = append(r.touched, touched{row, m})
	}
}

// rowWith returns the row of a dossier; ok is false when there is none.
func (r *Register) rowWith(id uint64) (row int32, ok bool) {
	if id >= uint64(len(r.rowOf)) {
		return -1, false
	}
	row = r.rowOf[id]
	return row, row >= 0
}

func (r *Register) kill(id uint64) {
	row, ok := r.rowWith(id)
	if !ok {
		return
	}
	r.live.clear(int(row))
	r.countLabels(int(row), -1)
	r.rowOf[id] = -1
	r.dead++
	delete(r.history, row)
	r.touch(row, allOrders)
	r.cache.remove(int(row))
}

func (r *Register) put(e *entry, b *batch) {
	if row, ok := r.rowWith(uint64(e.id)); ok {
		if r.keepsLines(row, e, b) {
			r.update(row, e, b)
			return
		}
		r.kill(uint64(e.id))
	}
	row := len(r.ids)
	for len(r.rowOf) <= int(e.id) {
		r.rowOf = append(r.rowOf, -1)
	}
	r.rowOf[e.id] = int32(row)
	r.ids = append(r.ids, e.id)
	r.received = append(r.received, e.received)
	r.due = append(r.due, e.due)
	r.ended = append(r.ended, e.ended)
	r.first = append(r.first, e.first)
	r.last = append(r.last, e.last)
	r.status = append(r.status, e.statusByte())
	r.flags = append(r.flags, e.flags)
	r.unit = append(r.unit, e.unit)
	r.field = append(r.field, e.field)
	r.proc = append(r.proc, e.proc)
	r.channel = append(r.channel, e.way)
	r.desk = append(r.desk, textNumber(&r.desks, e.desk.of(b)))
	r.officer = append(r.officer, textNumber(&r.officers, e.officer.of(b)))
	r.receiver = append(r.receiver, r.receivers.number(e.receiver))
	r.helper = append(r.helper, r.receivers.number(e.helper))
	r.address = append(r.address, r.addressNumber(e.address.of(b)))
	r.content = append(r.content, r.contentNumber(e.content.of(b)))
	r.owner = append(r.owner, r.long.pack(r.lexicon.words(e.owner.of(b))))
	r.codes.fold(e.code.of(b), e.external.of(b))
	r.digits.add(e.digits.of(b))
	if e.segs != nil {
		r.history[int32(row)] = e.segs
	}
	r.live.set(row)
	r.countLabels(row, 1)
	r.reach(row)
	r.touch(int32(row), allOrders)
	r.retexted(int32(row))
}

// keepsLines reports whether the texts of an entry that have lines of their own
// are those of the row.
func (r *Register) keepsLines(row int32, e *entry, b *batch) bool {
	var buf [4]uint32
	if !slices.Equal(r.long.of(r.owner[row], &buf), r.lexicon.words(e.owner.of(b))) {
		return false
	}
	s := &r.scratch
	s.text, s.ends = s.text[:0], s.ends[:0]
	s.fold(e.code.of(b), e.external.of(b))
	s.add(e.digits.of(b))
	return bytes.Equal(s.line(0), r.codes.line(int(row))) && bytes.Equal(s.line(1), r.digits.line(int(row)))
}

// update changes a row in place.
func (r *Register) update(row int32, e *entry, b *batch) {
	address, content := r.addressNumber(e.address.of(b)), r.contentNumber(e.content.of(b))
	if r.unit[row] != e.unit || r.field[row] != e.field || r.proc[row] != e.proc || r.address[row] != address || r.content[row] != content {
		r.retexted(row)
	}
	m := r.moved(row, e)
	r.received[row], r.due[row], r.ended[row] = e.received, e.due, e.ended
	r.first[row], r.last[row], r.status[row] = e.first, e.last, e.statusByte()
	r.flags[row], r.channel[row] = e.flags, e.way
	r.unit[row], r.field[row], r.proc[row] = e.unit, e.field, e.proc
	r.address[row], r.content[row] = address, content
	r.countLabels(int(row), -1)
	r.desk[row], r.officer[row] = textNumber(&r.desks, e.desk.of(b)), textNumber(&r.officers, e.officer.of(b))
	r.receiver[row], r.helper[row] = r.receivers.number(e.receiver), r.receivers.number(e.helper)
	r.countLabels(int(row), 1)
	if e.segs != nil {
		r.history[row] = e.segs
	} else {
		delete(r.history, row)
	}
	r.reach(int(row))
	r.touch(row, m)
}

// moved tells in which orders a row may have to move that is to become the
// entry: its name, code and id stay.
func (r *Register) moved(row int32, e *entry) (m moves) {
	if r.received[row] != e.received {
		return allOrders // every order sorts its equals by it
	}
	for _, c := range []struct {
		by   Sort
		same bool
	}{
		{SortProcedure, r.proc[row] == e.proc},
		{SortField, r.field[row] == e.field},
		{SortUnit, r.unit[row] == e.unit},
		{SortDue, r.due[row] == e.due},
		{SortStatus, r.status[row]&^cancelled == e.statusByte()&^cancelled},
		{SortEnded, r.ended[row] == e.ended && r.first[row] != complexRow && e.segs == nil},
	} {
		if !c.same {
			m |= in(c.by)
		}
	}
	return m
}

// countLabels counts a row in or out of what its labels are used by.
func (r *Register) countLabels(row int, by int32) {
	r.desks.count(r.desk[row], by)
	r.officers.count(r.officer[row], by)
	r.receivers.count(r.receiver[row], by)
}

func (e *entry) statusByte() uint8 {
	if e.cancelled {
		return uint8(e.status) | cancelled
	}
	return uint8(e.status)
}

func (r *Register) addressNumber(text []byte) uint32 {
	n, _ := r.addresses.number(text)
	return n
}

func (r *Register) contentNumber(text []byte) uint32 {
	n, fresh := r.contents.number(text)
	if fresh {
		r.contentMarks.add(&r.lexicon, text)
	}
	return n
}

// reach lets the highest ids and the zone of a row cover it.
func (r *Register) reach(row int) {
	r.maxUnit, r.maxField, r.maxProc = max(r.maxUnit, r.unit[row]), max(r.maxField, r.field[row]), max(r.maxProc, r.proc[row])
	if row/zoneRows == len(r.zones) {
		r.zones = append(r.zones, zone{minReceived: open})
	}
	z := &r.zones[row/zoneRows]
	z.minReceived = min(z.minReceived, r.received[row])
	z.maxReceived = max(z.maxReceived, r.received[row])
	if r.first[row] != openNone { // such a row never counts
		z.maxEnded = max(z.maxEnded, r.ended[row])
	}
}

// compact builds the columns anew without dead rows.
func (r *Register) compact() {
	n := len(r.ids) - r.dead
	keep := make([]int32, 0, n)
	for row := range r.ids {
		if r.live.has(row) {
			keep = append(keep, int32(row))
		}
	}
	r.ids = pick(r.ids, keep)
	r.received = pick(r.received, keep)
	r.due = pick(r.due, keep)
	r.ended = pick(r.ended, keep)
	r.first = pick(r.first, keep)
	r.last = pick(r.last, keep)
	r.flags = pick(r.flags, keep)
	r.unit = pick(r.unit, keep)
	r.field = pick(r.field, keep)
	r.proc = pick(r.proc, keep)
	r.address = pick(r.address, keep)
	r.content = pick(r.content, keep)
	r.channel = pick(r.channel, keep)
	r.status = pick(r.status, keep)
	r.desk = pick(r.desk, keep)
	r.officer = pick(r.officer, keep)
	r.receiver, r.helper = pick(r.receiver, keep), pick(r.helper, keep)
	r.owner = pick(r.owner, keep)
	long := longNames{}
	for row, packed := range r.owner {
		if packed>>48 == longName {
			r.owner[row] = long.pack(r.long.of(packed, nil))
		}
	}
	r.long = long
	r.codes, r.digits = r.codes.pick(keep), r.digits.pick(keep)
	history := make(map[int32][]segment, len(r.history))
	r.live = bitset{}
	r.zones = r.zones[:0]
	for row, old := range keep {
		if s, ok := r.history[old]; ok {
			history[int32(row)] = s
		}
		r.rowOf[r.ids[row]] = int32(row)
		r.live.set(row)
		r.reach(row)
	}
	r.history = history
	r.dead = 0
}

func pick[T any](s []T, rows []int32) []T {
	out := make([]T, len(rows), len(rows)+len(rows)/16+1024)
	for i, row := range rows {
		out[i] = s[row]
	}
	return out
}
