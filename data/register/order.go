package register

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/text"
)

// Sort names the order of a list.
type Sort string

// The orders. Equal dossiers stand newest receipt first, then the one entered last.
const (
	SortReceived  Sort = ""          // newest first
	SortCode      Sort = "code"      // by letters and digits
	SortOwner     Sort = "owner"     // Vietnamese order
	SortProcedure Sort = "procedure" // Vietnamese order of names
	SortField     Sort = "field"
	SortUnit      Sort = "unit" // by level, then place, then name
	SortDue       Sort = "due"  // earliest first, those without a date last
	SortStatus    Sort = "status"
	SortEnded     Sort = "ended" // first closing first, open ones last
)

// Sorts lists every order.
var Sorts = []Sort{SortReceived, SortCode, SortOwner, SortProcedure, SortField, SortUnit, SortDue, SortStatus, SortEnded}

// order is a permutation of all living rows. Lists are answered under the read
// lock, and the first of them to need an order makes it or brings it up to date;
// no row changes meanwhile, so the others may then read it freely.
type order struct {
	mu   sync.Mutex
	rows []int32
	seen int // how much of touched it has taken in
	made bool
}

// Warm makes orders ready, so that the first list in each of them comes as
// quickly as later ones. It is meant for the time after loading.
func (r *Register) Warm(by ...Sort) {
	for _, s := range by {
		r.mu.RLock()
		r.order(s)
		r.mu.RUnlock()
	}
}

// order returns the rows in an order. They hold under the read lock.
func (r *Register) order(by Sort) []int32 {
	r.derivedMu.Lock()
	o := r.orders[by]
	if o == nil {
		o = &order{}
		r.orders[by] = o
	}
	r.derivedMu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	behind := len(r.touched) - o.seen
	switch {
	case o.made && behind == 0:
		return o.rows
	case o.made && behind < len(r.ids)/r.repairShare(by):
		r.repair(o, by)
	default:
		o.rows = r.makeOrder(by)
	}
	o.seen, o.made = len(r.touched), true
	return o.rows
}

// repairShare tells up to which part of the rows taking the changed ones out and
// merging them in is quicker than sorting all anew.
func (r *Register) repairShare(by Sort) int {
	if by == SortCode || by == SortOwner {
		return 8
	}
	return 32
}

// repair takes the touched rows out of an order and merges them in again.
func (r *Register) repair(o *order, by Sort) {
	var moved []int32
	for _, t := range r.touched[o.seen:] {
		if t.moves&in(by) != 0 {
			moved = append(moved, t.row)
		}
	}
	if len(moved) == 0 {
		return
	}
	slices.Sort(moved)
	moved = slices.Compact(moved)
	out := make(bitset, (len(r.ids)+63)/64)
	for _, row := range moved {
		out[row>>6] |= 1 << (row & 63)
	}
	kept := o.rows[:0]
	for _, row := range o.rows {
		if !out.has(int(row)) {
			kept = append(kept, row)
		}
	}
	moved = slices.DeleteFunc(moved, func(row int32) bool { return !r.live.has(int(row)) })
	compare := r.comparison(by)
	slices.SortFunc(moved, compare)
	// From the end, so that the rows move up within their own room.
	n := len(kept)
	rows := kept
	for range moved {
		rows = append(rows, 0)
	}
	to := len(rows)
	for i := len(moved) - 1; i >= 0; i-- {
		at, _ := slices.BinarySearchFunc(rows[:n], moved[i], compare)
		copy(rows[to-(n-at):to], rows[at:n])
		to -= n - at + 1
		rows[to] = moved[i]
		n = at
	}
	o.rows = rows
}

// comparison returns the comparison of two rows in an order; no two are equal.
func (r *Register) comparison(by Sort) func(a, b int32) int {
	newest := func(a, b int32) int {
		if n := cmp.Compare(r.received[b], r.received[a]); n != 0 {
			return n
		}
		return cmp.Compare(r.ids[b], r.ids[a])
	}
	switch by {
	case SortReceived:
		return newest
	case SortCode:
		return func(a, b int32) int {
			if n := bytes.Compare(r.codes.line(int(a)), r.codes.line(int(b))); n != 0 {
				return n
			}
			return newest(a, b)
		}
	case SortOwner:
		return func(a, b int32) int {
			if r.owner[a] != r.owner[b] {
				var x, y [4]uint32
				if n := r.lexicon.compare(r.long.of(r.owner[a], &x), r.long.of(r.owner[b], &y)); n != 0 {
					return n
				}
			}
			return newest(a, b)
		}
	}
	key := r.sortKey(by)
	return func(a, b int32) int {
		if n := cmp.Compare(key(a), key(b)); n != 0 {
			return n
		}
		return newest(a, b)
	}
}

// sortKey returns the number by which an order sorts.
func (r *Register) sortKey(by Sort) func(row int32) int32 {
	ranked := func(column []uint32, rank []int32) func(int32) int32 {
		return func(row int32) int32 {
			if id := column[row]; int(id) < len(rank) && rank[id] > 0 {
				return rank[id]
			}
			return open
		}
	}
	switch by {
	case SortProcedure:
		return ranked(r.proc, r.catalogue.procRank)
	case SortField:
		return ranked(r.field, r.catalogue.fieldRank)
	case SortUnit:
		return ranked(r.unit, r.catalogue.unitRank)
	case SortDue:
		return func(row int32) int32 {
			if due := r.due[row]; due != 0 {
				return due
			}
			return open
		}
	case SortEnded:
		return func(row int32) int32 {
			if r.first[row] == complexRow {
				return closedSince(r.history[row], open)
			}
			return r.ended[row]
		}
	case SortStatus:
		return func(row int32) int32 { return int32(r.status[row] &^ cancelled) }
	}
	return func(row int32) int32 { return -r.received[row] }
}

// makeOrder sorts all living rows.
func (r *Register) makeOrder(by Sort) []int32 {
	if by == SortReceived {
		return sortBy(r.lastFirst(), r.keys(by))
	}
	newest := r.order(SortReceived)
	switch by {
	case SortCode:
		return sortText(newest, func(row int32) []byte { return r.codes.line(int(row)) })
	case SortOwner:
		return r.sortOwners(newest)
	}
	return sortBy(newest, r.keys(by))
}

// keys returns the sort keys of all rows.
func (r *Register) keys(by Sort) []int32 {
	key := r.sortKey(by)
	out := make([]int32, len(r.ids))
	parallel(len(out), func(from, to int) {
		for row := from; row < to; row++ {
			out[row] = key(int32(row))
		}
	})
	return out
}

// lastFirst returns all living rows, the one entered last at the head.
func (r *Register) lastFirst() []int32 {
	rows := make([]int32, 0, len(r.ids)-r.dead+len(r.ids)/64)
	for row := len(r.ids) - 1; row >= 0; row-- {
		if r.live.has(row) {
			rows = append(rows, int32(row))
		}
	}
	if r.dead > 0 || !slices.IsSorted(r.ids) {
		slices.SortFunc(rows, func(a, b int32) int { return cmp.Compare(r.ids[b], r.ids[a]) })
	}
	return rows
}

// sortBy returns rows sorted by key, stably: a radix sort, for a million keys
// in some ten milliseconds.
func sortBy(rows []int32, key []int32) []int32 {
	a, b := append(make([]int32, 0, cap(rows)), rows...), make([]int32, len(rows), cap(rows))
	for shift := 0; shift < 32; shift += 11 {
		var starts [2048 + 1]int
		for _, row := range a {
			starts[(uint32(key[row])^1<<31)>>shift&2047+1]++
		}
		skip := false
		for i := 1; i <= 2048; i++ {
			if starts[i] == len(a) {
				skip = true
			}
			starts[i] += starts[i-1]
		}
		if skip {
			continue
		}
		for _, row := range a {
			d := (uint32(key[row]) ^ 1<<31) >> shift & 2047
			b[starts[d]] = row
			starts[d]++
		}
		a, b = b, a
	}
	return a
}

// keyed is a row with eight bytes of what it is sorted by.
type keyed struct {
	key   uint64
	place int32 // in the order of which equal rows keep theirs
	row   int32
}

func compareKeyed(a, b keyed) int {
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	return cmp.Compare(a.place, b.place)
}

// sortKeyed sorts on all processors.
func sortKeyed(list []keyed) {
	if parts := runtime.GOMAXPROCS(0); parts < 2 || len(list) < 20_000 {
		slices.SortFunc(list, compareKeyed)
		return
	}
	half := len(list) / 2
	a, b := slices.Clone(list[:half]), slices.Clone(list[half:])
	var wg sync.WaitGroup
	wg.Go(func() { slices.SortFunc(a, compareKeyed) })
	wg.Go(func() { slices.SortFunc(b, compareKeyed) })
	wg.Wait()
	for i := range list {
		if len(b) == 0 || len(a) > 0 && compareKeyed(a[0], b[0]) < 0 {
			list[i], a = a[0], a[1:]
		} else {
			list[i], b = b[0], b[1:]
		}
	}
}

// sortText returns rows sorted by their lines, stably: eight bytes at a time,
// for most codes differ late.
func sortText(rows []int32, line func(int32) []byte) []int32 {
	list := make([]keyed, len(rows))
	for i, row := range rows {
		list[i] = keyed{place: int32(i), row: row}
	}
	sortWindow(list, 0, line)
	out := make([]int32, 0, cap(rows))
	for _, k := range list {
		out = append(out, k.row)
	}
	return out
}

// sortWindow sorts rows of which the lines agree up to depth.
func sortWindow(list []keyed, depth int, line func(int32) []byte) {
	more := false
	for i := range list {
		var window [8]byte
		if text := line(list[i].row); len(text) > depth {
			copy(window[:], text[depth:])
			more = more || len(text) > depth+8
		}
		list[i].key = binary.BigEndian.Uint64(window[:])
	}
	sortKeyed(list)
	if !more {
		return
	}
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].key == list[from].key {
			to++
		}
		if to-from > 1 {
			sortWindow(list[from:to], depth+8, line)
		}
		from = to
	}
}

// sortOwners returns rows sorted by their owners in Vietnamese order, stably:
// first by the letters of four words, which leave few to compare in full.
func (r *Register) sortOwners(rows []int32) []int32 {
	rank := r.lexicon.ranks()
	all := len(r.lexicon.letters.ends) >= longName // words without a rank: compare every name in full
	list := make([]keyed, len(rows))
	parallel(len(rows), func(from, to int) {
		var buf [4]uint32
		for i := from; i < to; i++ {
			k := keyed{place: int32(i), row: rows[i]}
			for j, w := range r.long.of(r.owner[rows[i]], &buf) {
				if j == 4 || all {
					break
				}
				k.key |= uint64(rank[w]) << (48 - wordBits*j)
			}
			list[i] = k
		}
	})
	sortKeyed(list)
	compare := func(a, b keyed) int {
		var x, y [4]uint32
		if n := r.lexicon.compare(r.long.of(r.owner[a.row], &x), r.long.of(r.owner[b.row], &y)); n != 0 {
			return n
		}
		return cmp.Compare(a.place, b.place)
	}
	out := make([]int32, 0, cap(rows))
	for from := 0; from < len(list); {
		to, same := from+1, true
		for to < len(list) && list[to].key == list[from].key {
			same = same && r.owner[list[to].row] == r.owner[list[from].row]
			to++
		}
		if !same {
			slices.SortFunc(list[from:to], compare)
		}
		for _, k := range list[from:to] {
			out = append(out, k.row)
		}
		from = to
	}
	return out
}

// fewShare tells up to which part of all rows sorting those found is quicker
// than walking the order of all.
const fewShare = 256

// arrange puts the rows in order and returns their ids. Two goroutines walk the
// order, one from each end, and fill the list from its ends to where they meet.
func (r *Register) arrange(rows bitset, q *Query) []uint32 {
	by := q.Sort
	if q.Then != by && (q.Then != SortReceived || q.ThenReverse) {
		return r.arrangeTwice(rows, q)
	}
	ids := make([]uint32, count(rows))
	switch {
	case len(ids) == 0:
		return ids
	case len(ids) < len(r.ids)/fewShare:
		found := make([]int32, 0, len(ids))
		rows.each(func(row int) { found = append(found, int32(row)) })
		slices.SortFunc(found, r.comparison(by))
		for i, row := range found {
			ids[i] = r.ids[row]
		}
	default:
		order := r.order(by)
		half := len(order) / 2
		var wg sync.WaitGroup
		wg.Go(func() { r.fill(ids, rows, order[:half]) })
		r.fillBack(ids, rows, order[half:])
		wg.Wait()
	}
	if q.Reverse {
		slices.Reverse(ids)
	}
	return ids
}

// arrangeTwice puts the rows in an order and equal ones in another: they are walked
// in the second order and sorted, stably, by their places among the different ones
// in the first.
func (r *Register) arrangeTwice(rows bitset, q *Query) []uint32 {
	place := make([]int32, len(r.ids))
	same := r.sameIn(q.Sort)
	before, n := int32(-1), int32(0)
	for _, row := range r.order(q.Sort) {
		if !rows.has(int(row)) {
			continue
		}
		if before >= 0 && !same(before, row) {
			n++
		}
		if place[row] = n; q.Reverse {
			place[row] = -n
		}
		before = row
	}
	second := make([]int32, 0, count(rows))
	for _, row := range r.order(q.Then) {
		if rows.has(int(row)) {
			second = append(second, row)
		}
	}
	if q.ThenReverse {
		slices.Reverse(second)
	}
	ids := make([]uint32, len(second))
	for i, row := range sortBy(second, place) {
		ids[i] = r.ids[row]
	}
	return ids
}

// sameIn reports whether two rows that follow each other in an order are equal by
// it.
func (r *Register) sameIn(by Sort) func(a, b int32) bool {
	switch by {
	case SortCode:
		return func(a, b int32) bool { return bytes.Equal(r.codes.line(int(a)), r.codes.line(int(b))) }
	case SortOwner:
		return func(a, b int32) bool { return r.owner[a] == r.owner[b] }
	}
	key := r.sortKey(by)
	return func(a, b int32) bool { return key(a) == key(b) }
}

// fill puts the ids of the rows along an order at the head of ids.
func (r *Register) fill(ids []uint32, rows bitset, order []int32) {
	n := 0
	for _, row := range order {
		if rows.has(int(row)) {
			ids[n] = r.ids[row]
			n++
		}
	}
}

// fillBack puts the ids of the rows along an order at the tail of ids.
func (r *Register) fillBack(ids []uint32, rows bitset, order []int32) {
	n := len(ids)
	for _, row := range slices.Backward(order) {
		if rows.has(int(row)) {
			n--
			ids[n] = r.ids[row]
		}
	}
}

// letters of the Vietnamese alphabet in order, with f, j, w and z at their
// usual places (TCVN 6909).
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// tones in order: ngang, huyền, hỏi, ngã, sắc, nặng.
var tones = map[rune]byte{0x300: 1, 0x309: 2, 0x303: 3, 0x301: 4, 0x323: 5}

var letterRank = func() map[rune]byte {
	m := map[rune]byte{}
	i := byte(0)
	for _, r := range alphabet {
		m[r] = 100 + i
		i++
	}
	return m
}()

// AppendKey appends the sort key of a text in Vietnamese order: letters first,
// then tones syllable by syllable, then case does not matter. Keys compare as
// bytes. Digits and punctuation sort before letters.
func AppendKey(dst []byte, raw []byte) []byte {
	var marks [64]byte
	tone := marks[:0]
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		i += n
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			if rank, ok := letterRank[r]; ok {
				dst = append(dst, rank)
				tone = append(tone, 1)
			} else if r <= ' ' {
				dst = append(dst, 2)
				tone = append(tone, 1)
			} else {
				dst = append(dst, asciiRank(byte(r)))
				tone = append(tone, 1)
			}
			continue
		}
		r = text.Lower(r)
		if rank, ok := letterRank[r]; ok {
			dst, tone = append(dst, rank), append(tone, 1)
			continue
		}
		// Take the tone off: what is left is a letter of the alphabet.
		parts := norm.NFD.AppendString(nil, string(r))
		var base []rune
		mark := byte(0)
		for _, p := range string(parts) {
			if t, ok := tones[p]; ok {
				mark = t
			} else {
				base = append(base, p)
			}
		}
		letter, _ := utf8.DecodeRuneInString(norm.NFC.String(string(base)))
		rank, ok := letterRank[letter]
		if !ok {
			rank = 250
		}
		dst, tone = append(dst, rank), append(tone, mark+1)
	}
	dst = append(dst, 1)
	return append(dst, tone...)
}

// asciiRank ranks the printable characters of ASCII that are no letters, each
// apart from the others and below the letters.
func asciiRank(c byte) byte {
	switch {
	case c < 'A':
		return 3 + c - '!'
	case c < 'a':
		return 40 + c - '['
	}
	return 50 + c - '{'
}

// CompareText orders two texts in Vietnamese order.
func CompareText(a, b string) int {
	return bytes.Compare(AppendKey(nil, []byte(a)), AppendKey(nil, []byte(b)))
}
