package register

import "math/bits"

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
