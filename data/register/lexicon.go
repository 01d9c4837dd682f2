package register

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
	"slices"

	"giaoban/data/text"
)

// lexicon numbers the words of texts, from 1, as they are written. It keeps of
// each word what names are ordered and compared by, so that the register, which
// keeps texts folded, still knows their diacritics: a name takes eight bytes.
type lexicon struct {
	seed    uint64
	slots   []slot // a power of two of them
	folded  arena  // as searched
	plain   arena  // as text.Spellings, diacritics kept
	letters arena  // letters of the sort key
	tones   arena  // tones of the sort key
	spaced  bool   // a word is folded with a blank in it, as one with a no-break space is
	scratch []uint32
}

// Names are packed four words to a number, the first in the highest bits. A name
// that does not fit has longName there and its place in longNames below.
const (
	wordBits = 16
	longName = 1<<wordBits - 1
)

// longNames keeps the words of names that do not fit into one number: how many,
// then each.
type longNames []uint32

// number returns the number of a word.
func (l *lexicon) number(word []byte) uint32 {
	if l.slots == nil {
		l.seed = rand.Uint64()
		l.slots = make([]slot, 1024)
	}
	hash := hashWord(l.seed, word) | 1 // 0 marks a free slot
	s := findSlot(l.slots, hash)
	if s.hash != 0 {
		return s.number
	}
	l.folded.fold(word, nil)
	l.spaced = l.spaced || bytes.IndexByte(l.folded.line(len(l.folded.ends)-1), ' ') >= 0
	l.plain.add([]byte(text.Spellings(string(word))))
	key := AppendKey(nil, word)
	end := bytes.IndexByte(key, 1)
	l.letters.add(key[:end])
	l.tones.add(key[end+1:])
	number := uint32(len(l.folded.ends))
	*s = slot{hash, number}
	if number*2 > uint32(len(l.slots)) {
		l.slots = growSlots(l.slots)
	}
	return number
}

// hashWord hashes a word, sixteen bytes at a time: most take one step, which
// maphash has no short way for.
func hashWord(seed uint64, word []byte) uint64 {
	h := seed ^ uint64(len(word))*0x9E3779B97F4A7C15
	for len(word) > 16 {
		h = mix(h^binary.LittleEndian.Uint64(word), binary.LittleEndian.Uint64(word[8:]))
		word = word[16:]
	}
	var a, b uint64
	switch n := len(word); {
	case n >= 8:
		a, b = binary.LittleEndian.Uint64(word), binary.LittleEndian.Uint64(word[n-8:])
	case n >= 4:
		a, b = uint64(binary.LittleEndian.Uint32(word)), uint64(binary.LittleEndian.Uint32(word[n-4:]))
	case n > 0:
		a, b = uint64(word[0]), uint64(word[n/2])<<8|uint64(word[n-1])
	}
	return mix(mix(h^a, b^0xE7037ED1A0B428DB), h)
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x8EBC6AF09C88C6E3, b^0x589965CC75374CC3)
	return high ^ low
}

// words numbers the words of a text. They hold until the next call.
func (l *lexicon) words(text []byte) []uint32 {
	words := l.scratch[:0]
	for from := 0; len(text) > 0 && from <= len(text); {
		to := from
		for to < len(text) && text[to] > ' ' {
			to++
		}
		words = append(words, l.number(text[from:to]))
		from = to + 1
	}
	l.scratch = words
	return words
}

// pack puts words into a number, those that do not fit into long.
func (long *longNames) pack(words []uint32) uint64 {
	fits := len(words) <= 4
	packed := uint64(0)
	for i, w := range words {
		if !fits || w >= longName {
			fits = false
			break
		}
		packed |= uint64(w) << (48 - wordBits*i)
	}
	if fits {
		return packed
	}
	at := len(*long)
	*long = append(append(*long, uint32(len(words))), words...)
	return longName<<48 | uint64(at)
}

// of returns the words of a packed name; buf makes room for them.
func (long longNames) of(packed uint64, buf *[4]uint32) []uint32 {
	if packed>>48 == longName {
		at := int(packed & (1<<48 - 1))
		return long[at+1 : at+1+int(long[at])]
	}
	n := 0
	for ; packed != 0; packed <<= wordBits {
		buf[n] = uint32(packed >> 48)
		n++
	}
	return buf[:n]
}

// compare orders two names as CompareText orders their texts.
func (l *lexicon) compare(a, b []uint32) int {
	for _, key := range []*arena{&l.letters, &l.tones} {
		for i := range min(len(a), len(b)) {
			if a[i] == b[i] {
				continue
			}
			// A line ends with a newline, which is less than a letter's rank of 40 and
			// more; the ranks of other characters may be less, so it is cut off.
			x, y := key.line(int(a[i]-1)), key.line(int(b[i]-1))
			if n := bytes.Compare(x[:len(x)-1], y[:len(y)-1]); n != 0 {
				return n
			}
		}
		if len(a) != len(b) {
			return len(a) - len(b)
		}
	}
	return 0
}

// ranks numbers the words by the letters of their sort keys, from 1; words with
// the same letters share a rank.
func (l *lexicon) ranks() []uint16 {
	n := min(len(l.letters.ends), longName-1)
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return bytes.Compare(l.key(a), l.key(b)) })
	out := make([]uint16, n+1)
	rank := uint16(0)
	for i, w := range order {
		if i == 0 || !bytes.Equal(l.key(w), l.key(order[i-1])) {
			rank++
		}
		out[w+1] = rank
	}
	return out
}

func (l *lexicon) key(word int32) []byte {
	line := l.letters.line(int(word))
	return line[:len(line)-1]
}

// carrying returns the numbers of the words that hold the piece of a word, in
// small letters, with its diacritics.
func (l *lexicon) carrying(piece string) bitset {
	return shiftUp(l.plain.holding([]byte(piece)))
}

// shiftUp moves every bit of a set up by one: entry n of a dictionary is line
// n-1.
func shiftUp(lines bitset) bitset {
	out := make(bitset, len(lines)+1)
	carry := uint64(0)
	for i, w := range lines {
		out[i] = w<<1 | carry
		carry = w >> 63
	}
	out[len(lines)] = carry
	return out
}

// holding returns the lines that hold the needle.
func (a *arena) holding(needle []byte) bitset {
	n := len(a.ends)
	lines := make(bitset, (n+63)/64)
	parallel(n, func(from, to int) { a.scan(lines, needle, from, to) })
	return lines
}

// findSlot returns the slot of a hash, or the free one where it belongs.
func findSlot(slots []slot, hash uint64) *slot {
	mask := uint64(len(slots) - 1)
	for i := hash >> 7 & mask; ; i = (i + 1) & mask {
		if s := &slots[i]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

func growSlots(old []slot) []slot {
	slots := make([]slot, 2*len(old))
	for _, s := range old {
		if s.hash != 0 {
			*findSlot(slots, s.hash) = s
		}
	}
	return slots
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
	d.lines.fold(text, nil)
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
