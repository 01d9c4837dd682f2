package register

import "hash/maphash"

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

// number returns the number of a text; fresh is set when it was not known yet.
func (d *dictionary) number(text []byte) (number uint32, fresh bool) {
	if len(text) == 0 {
		return 0, false
	}
	if d.slots == nil {
		d.seed = maphash.MakeSeed()
		d.slots = make([]slot, 1024)
	}
	hash := maphash.Bytes(d.seed, text) | 1 // 0 marks a free slot
	s := findSlot(d.slots, hash)
	if s.hash != 0 {
		return s.number, false
	}
	d.lines.fold(text)
	number = uint32(len(d.lines.ends))
	*s = slot{hash, number}
	if number*2 > uint32(len(d.slots)) {
		d.slots = growSlots(d.slots)
	}
	return number, true
}

// holding returns the numbers of the texts that hold the needle.
func (d *dictionary) holding(needle []byte) bitset { return shiftUp(d.lines.holding(needle)) }

// line returns a text with its newline.
func (d *dictionary) line(number uint32) []byte {
	if number == 0 {
		return nil
	}
	return d.lines.line(int(number - 1))
}

// labels number the few things that many rows share and that are filtered by as a
// whole: desks and officers by their names, receiving units by their ids. The
// zero value of T has number 0. Past manyLabels all others share the last number,
// so that a column takes two bytes a row.
type labels[T comparable] struct {
	index map[T]uint16
	list  []T
	rows  []int32 // how many rows have the number
}

const manyLabels = 1<<16 - 1

// number returns the number of a label, a new one for a new label.
func (l *labels[T]) number(label T) uint16 {
	if n, ok := l.known(label); ok {
		return n
	}
	if len(l.list) >= manyLabels-1 {
		return manyLabels
	}
	if l.index == nil {
		l.index = map[T]uint16{}
	}
	l.list = append(l.list, label)
	n := uint16(len(l.list))
	l.index[label] = n
	return n
}

// known returns the number of a label, if it has one.
func (l *labels[T]) known(label T) (n uint16, ok bool) {
	var none T
	if label == none {
		return 0, true
	}
	n, ok = l.index[label]
	return n, ok
}

// of returns the label of a number.
func (l *labels[T]) of(n uint16) (label T) {
	if n == 0 || int(n) > len(l.list) {
		return label
	}
	return l.list[n-1]
}

// count adds rows to a number, or takes them off.
func (l *labels[T]) count(n uint16, rows int32) {
	for int(n) >= len(l.rows) {
		l.rows = append(l.rows, 0)
	}
	l.rows[n] += rows
}

// used calls fn with every label that rows have, and its number.
func (l *labels[T]) used(fn func(label T, n uint16)) {
	for i, label := range l.list {
		if l.rows[i+1] > 0 {
			fn(label, uint16(i+1))
		}
	}
}

// set returns the numbers of some labels.
func (l *labels[T]) set(list []T) bitset {
	set := bitset{0}
	for _, label := range list {
		if n, ok := l.known(label); ok {
			set.set(int(n))
		}
	}
	return set
}

// textNumber is number for a text that need not be kept.
func textNumber(l *labels[string], text []byte) uint16 {
	if n, ok := l.index[string(text)]; ok || len(text) == 0 {
		return n
	}
	return l.number(string(text))
}

// marks keeps, for each text of a dictionary, the words that carry diacritics,
// by their numbers in the lexicon.
type marks struct {
	words []uint16
	ends  []uint32
}

// add adds the marked words of the next text.
func (m *marks) add(l *lexicon, text []byte) {
	for from := 0; from < len(text); {
		to, ascii := from, true
		for to < len(text) && text[to] > ' ' {
			ascii = ascii && text[to] < 0x80
			to++
		}
		if !ascii {
			if n := l.number(text[from:to]); n < longName {
				m.words = append(m.words, uint16(n))
			}
		}
		from = to + 1
	}
	m.ends = append(m.ends, uint32(len(m.words)))
}

// carrying returns the numbers of the texts with one of the words.
func (m *marks) carrying(words bitset) bitset {
	out := make(bitset, (len(m.ends)+64)/64)
	start := uint32(0)
	for i, end := range m.ends {
		for _, w := range m.words[start:end] {
			if words.holds(uint(w)) {
				out[(i+1)>>6] |= 1 << ((i + 1) & 63)
				break
			}
		}
		start = end
	}
	return out
}
