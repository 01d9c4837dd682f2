package register

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"giaoban/data/text"
)

// separator and newline end the parts of a line in an arena; no query holds
// them.
const (
	separator = 0x1F
	newline   = '\n'
)

// arena keeps one line of text for each row in one piece of memory, and how
// often each byte occurs in some of them: a query is looked for by its rarest
// byte.
type arena struct {
	text []byte
	ends []uint32 // end of each line, its newline included
	seen [256]uint32
}

// sampleLines is of how many lines one is counted in seen.
const sampleLines = 16

func (a *arena) reserve(lines, size int) {
	a.ends, a.text = grow(a.ends, lines), grow(a.text, size)
}

// fold adds the folded text as the next line; what else there is stands behind a
// separator.
func (a *arena) fold(raw, more []byte) {
	start := len(a.text)
	a.text = text.AppendFold(a.text, raw)
	if len(more) > 0 {
		a.text = text.AppendFold(append(a.text, separator), more)
	}
	a.end(start)
}

// add adds the text as the next line.
func (a *arena) add(text []byte) {
	start := len(a.text)
	a.text = append(a.text, text...)
	a.end(start)
}

func (a *arena) end(start int) {
	if len(a.ends)%sampleLines == 0 {
		for _, c := range a.text[start:] {
			a.seen[c]++
		}
	}
	a.text = append(a.text, newline)
	a.ends = append(a.ends, uint32(len(a.text)))
}

// line returns the line of a row with its newline.
func (a *arena) line(row int) []byte {
	start := uint32(0)
	if row > 0 {
		start = a.ends[row-1]
	}
	return a.text[start:a.ends[row]]
}

// rarest returns the place in the needle of the byte that is rarest in the
// arena; -1 when jumping from one to the next would be no gain, for even that one
// is common: among numbers none is rare.
func (a *arena) rarest(needle []byte) int {
	best := 0
	for i, c := range needle {
		if a.seen[c] < a.seen[needle[best]] {
			best = i
		}
	}
	if len(needle) > 1 && int(a.seen[needle[best]])*sampleLines > len(a.text)/64 {
		return -1
	}
	return best
}

// scan marks the rows from…to of which the line holds needle. It jumps from one
// occurrence of the needle's rarest byte to the next, which the processor finds
// many bytes at a time. from is a multiple of 64.
func (a *arena) scan(out bitset, needle []byte, from, to int) {
	rare := a.rarest(needle)
	for base := from; base < to; base += 64 {
		if out[base>>6] == ^uint64(0) {
			continue
		}
		start := uint32(0)
		if base > 0 {
			start = a.ends[base-1]
		}
		ends := a.ends[base:min(base+64, to)]
		out[base>>6] |= linesWith(a.text[start:ends[len(ends)-1]], start, ends, needle, rare)
	}
}

// index returns the first place of the needle, of at least two bytes, in the text
// from a place on; -1 when it is not there. It compares three bytes at eight
// places at once.
func index(text []byte, from int, needle []byte) int {
	const low, high = 0x0101010101010101, 0x8080808080808080
	n := min(len(needle), 3)
	at := len(needle) - n // the end of what was typed tells most
	a, b, c, third := uint64(needle[at])*low, uint64(needle[at+1])*low, uint64(needle[at+n-1])*low, ^uint64(0)
	if n == 2 {
		third = 0
	}
	i := from + at
	for ; i+10 <= len(text); i += 8 {
		window := text[i : i+10]
		first, next := binary.LittleEndian.Uint64(window), uint64(binary.LittleEndian.Uint16(window[8:]))
		// A byte of differ is nought where all three agree.
		differ := (first ^ a) | (first>>8 | next<<56 ^ b) | (first>>16|next<<48^c)&third
		for agree := ^((differ&^high + ^uint64(high)) | differ) & high; agree != 0; agree &= agree - 1 {
			pos := i - at + bits.TrailingZeros64(agree)>>3
			if pos+len(needle) <= len(text) && string(text[pos:pos+at]) == string(needle[:at]) {
				return pos
			}
		}
	}
	if rest := bytes.Index(text[min(i-at, len(text)):], needle); rest >= 0 {
		return i - at + rest
	}
	return -1
}

// linesWith returns which of at most 64 lines hold the needle. block is their
// text, start its place in the arena, ends the ends of the lines there, rare the
// place of the rarest byte in the needle, see rarest.
func linesWith(block []byte, start uint32, ends []uint32, needle []byte, rare int) (found uint64) {
	row := 0
	// follow marks the row in which the needle stands at a place of block, and the
	// rows after it that hold the needle equally far from their beginning, as codes
	// of one office do. It returns the end of the last of them.
	follow := func(at int) (end int) {
		begin := 0
		for int(ends[row]-start) <= at {
			row++
		}
		if row > 0 {
			begin = int(ends[row-1] - start)
		}
		found |= 1 << row
		for deep := at - begin; row+1 < len(ends); {
			from := int(ends[row]-start) + deep
			if from+len(needle) >= int(ends[row+1]-start) || string(block[from:from+len(needle)]) != string(needle) {
				break
			}
			row++
			found |= 1 << row
		}
		return int(ends[row] - start)
	}
	if rare < 0 {
		for pos := 0; ; {
			i := index(block, pos, needle)
			if i < 0 {
				return found
			}
			pos = follow(i)
		}
	}
	for pos := rare; pos < len(block); {
		i := bytes.IndexByte(block[pos:], needle[rare])
		if i < 0 {
			return found
		}
		pos += i
		at := pos - rare
		pos++
		if len(block)-at < len(needle) || string(block[at:at+len(needle)]) != string(needle) {
			continue
		}
		// No query holds a newline, so it stands within the line: go on after it.
		pos = follow(at) + rare
	}
	return found
}

// pick returns the arena of some rows only.
func (a *arena) pick(rows []int32) arena {
	out := arena{text: make([]byte, 0, len(a.text)), ends: make([]uint32, len(rows)), seen: a.seen}
	for i, row := range rows {
		out.text = append(out.text, a.line(int(row))...)
		out.ends[i] = uint32(len(out.text))
	}
	return out
}

// bitset is a set of rows or numbers.
type bitset []uint64

func (b *bitset) set(i int) {
	for len(*b) <= i>>6 {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

func (b bitset) clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// has is for members within the length of the set.
func (b bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

// holds is for any number.
func (b bitset) holds(i uint) bool { return i>>6 < uint(len(b)) && b[i>>6]>>(i&63)&1 != 0 }

func (b bitset) and(o bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}

func count(b bitset) int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// setOf returns the set of those numbers that are in use, up to top.
func setOf(list []uint32, top uint32) bitset {
	out := bitset{0}
	for _, n := range list {
		if n <= top {
			out.set(int(n))
		}
	}
	return out
}

// each calls fn with every member, which it may take out.
func (b bitset) each(fn func(int)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			fn(i<<6 + bits.TrailingZeros64(w))
		}
	}
}
