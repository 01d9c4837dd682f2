// Package register keeps the dossiers of an office in memory as columns and
// answers from them: search, sorted lists, and the figures of form II.06a as of
// any day. A figure and the list of its dossiers come from the same
// classification, so they cannot differ.
//
// The package reads no file and stores nothing; what it holds is built from the
// data file and kept in step by package desk. It never formats text for people.
package register

import (
	"hash/maphash"
	"sync"

	"giaoban/data"
)

// Register holds the columns. Its methods may be called from any goroutine.
//
// Rows are append-only: a changed dossier gets a new row and its old row dies,
// so that the arena of folded text stays in row order. When too many rows are
// dead the columns are built anew.
type Register struct {
	mu      sync.RWMutex
	version uint64 // grows with each change

	ids                        []uint32
	received                   []int32
	due                        []int32 // judged due date in the open state, 0 without one
	ended                      []int32 // first day of the closed state of a simple row, open for none
	first                      []uint8 // data.Outcome class while open: see openClass
	last                       []uint8 // data.Outcome when closed
	flags                      []uint16
	unit                       []uint32
	field                      []uint32
	proc                       []uint32
	address                    []uint32 // number in addresses
	content                    []uint32 // number in contents
	channel                    []uint8  // in the low bits data.Channel, 4: comes in or goes back by post
	status                     []uint8  // as of the last event
	live                       bitset
	maxUnit, maxField, maxProc uint32 // highest ids in use
	zones                      []zone

	history map[int32][]segment // rows whose life is not simple

	names  arena // folded
	codes  arena // folded
	digits arena // phone and identity number

	rowOf     []int32 // row of each id, -1 for none
	dead      int
	addresses dictionary
	contents  dictionary
	catalogue catalogue
	cache     searchCache
	ordersMu  sync.Mutex
	orders    map[Sort]*order
	summaries map[data.Group][]summary // under ordersMu too; see figures.go
	ownerRank []int32                  // by id; see SetOwnerOrder
}

// open stands in column ended for a dossier that is not closed.
const open = 1<<31 - 1

// postal marks in column channel a dossier that comes in or goes back by post.
const postal = 4

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
	return &Register{history: map[int32][]segment{}, orders: map[Sort]*order{}, summaries: map[data.Group][]summary{}}
}

// Reserve makes room for n more dossiers.
func (r *Register) Reserve(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
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
	r.rowOf = grow(r.rowOf, n)
	r.names.reserve(n, 20*n)
	r.codes.reserve(n, 22*n)
	r.digits.reserve(n, 25*n)
}

func grow[T any](s []T, n int) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	return append(make([]T, 0, len(s)+n), s...)
}

// Len returns the number of dossiers, those not counted in figures included.
func (r *Register) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.ids) - r.dead
}

// Version grows with every change; equal versions mean equal answers.
func (r *Register) Version() uint64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.version
}

// Put adds a dossier, or replaces the one with its id.
func (r *Register) Put(gs ...*data.Glance) {
	var b batch
	for _, g := range gs {
		b.add(g)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.take(&b)
	r.changed()
}

// Load adds or replaces many dossiers, the quick way: next calls its argument
// for every one of them, while another goroutine fills the columns.
func (r *Register) Load(next func(put func(*data.Glance)) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
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
	err := next(func(g *data.Glance) {
		if b.add(g); len(b.entries) >= batchRows {
			full <- b
			b = <-free
		}
	})
	full <- b
	close(full)
	<-done
	r.changed()
	return err
}

// take appends the dossiers of a batch.
func (r *Register) take(b *batch) {
	for i := range b.entries {
		r.put(&b.entries[i], b)
	}
}

// Remove takes dossiers out.
func (r *Register) Remove(ids ...uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		r.kill(id)
	}
	r.changed()
}

func (r *Register) changed() {
	r.version++
	r.cache.clear()
	clear(r.orders)
	clear(r.summaries)
	if r.dead > 10_000 && r.dead > len(r.ids)/4 {
		r.compact()
	}
}

func (r *Register) kill(id uint64) {
	if id < uint64(len(r.rowOf)) && r.rowOf[id] >= 0 {
		row := r.rowOf[id]
		r.live.clear(int(row))
		r.rowOf[id] = -1
		r.dead++
		delete(r.history, row)
	}
}

func (r *Register) put(e *entry, b *batch) {
	r.kill(uint64(e.id))
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
	r.status = append(r.status, uint8(e.status))
	r.flags = append(r.flags, e.flags)
	r.unit = append(r.unit, e.unit)
	r.field = append(r.field, e.field)
	r.proc = append(r.proc, e.proc)
	r.channel = append(r.channel, e.way)
	r.address = append(r.address, r.addresses.number(e.address.of(b)))
	r.content = append(r.content, r.contents.number(e.content.of(b)))
	r.names.fold(e.owner.of(b))
	r.codes.fold(e.code.of(b))
	r.digits.add(e.digits.of(b))
	if e.segs != nil {
		r.history[int32(row)] = e.segs
	}
	r.maxUnit, r.maxField, r.maxProc = max(r.maxUnit, e.unit), max(r.maxField, e.field), max(r.maxProc, e.proc)
	r.live.set(row)
	r.widenZone(row)
}

// widenZone lets the zone of a row cover it.
func (r *Register) widenZone(row int) {
	if row%zoneRows == 0 {
		r.zones = append(r.zones, zone{minReceived: open})
	}
	z := &r.zones[len(r.zones)-1]
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
	r.names, r.codes, r.digits = r.names.pick(keep), r.codes.pick(keep), r.digits.pick(keep)
	history := make(map[int32][]segment, len(r.history))
	r.live = bitset{}
	r.zones = r.zones[:0]
	for row, old := range keep {
		if s, ok := r.history[old]; ok {
			history[int32(row)] = s
		}
		r.rowOf[r.ids[row]] = int32(row)
		r.live.set(row)
		r.widenZone(row)
	}
	r.history = history
	r.dead = 0
}

func pick[T any](s []T, rows []int32) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = s[row]
	}
	return out
}

// dictionary numbers texts from 1; 0 is the empty text. It keeps them folded,
// and finds them by a hash table of its own that holds no text: a map of strings
// takes three times the room and twice the time.
//
// Two texts of one hash would share a number and be found together; among a
// million texts that has a chance of one in thirty million.
type dictionary struct {
	seed  maphash.Seed
	slots []slot // a power of two of them
	lines arena  // folded; entry n is line n-1
}

type slot struct {
	hash   uint64 // of the text as written; a text is known by its 64 bits
	number uint32
}

func (d *dictionary) number(text []byte) uint32 {
	if len(text) == 0 {
		return 0
	}
	if d.slots == nil {
		d.seed = maphash.MakeSeed()
		d.slots = make([]slot, 1024)
	}
	hash := maphash.Bytes(d.seed, text) | 1 // 0 marks a free slot
	s := d.find(hash)
	if s.hash == 0 {
		d.lines.fold(text)
		number := uint32(len(d.lines.ends))
		*s = slot{hash, number}
		if number*2 > uint32(len(d.slots)) {
			d.grow()
		}
		return number
	}
	return s.number
}

func (d *dictionary) find(hash uint64) *slot {
	mask := uint64(len(d.slots) - 1)
	for i := hash >> 7 & mask; ; i = (i + 1) & mask {
		if s := &d.slots[i]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

func (d *dictionary) grow() {
	old := d.slots
	d.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.hash != 0 {
			*d.find(s.hash) = s
		}
	}
}

// bitset is a set of rows.
type bitset []uint64

func (b *bitset) set(i int) {
	for len(*b) <= i>>6 {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

func (b bitset) clear(i int) { b[i>>6] &^= 1 << (i & 63) }

func (b bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b bitset) and(o bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}
