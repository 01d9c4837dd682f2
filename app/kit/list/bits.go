package list

import "math/bits"

// rowset is a set of rows by their places.
type rowset []uint64

func newBits(n int) rowset { return make(rowset, (n+63)/64) }

// allBits is the set of the first n rows.
func allBits(n int) rowset {
	b := newBits(n)
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n%64 != 0 {
		b[len(b)-1] = 1<<(n%64) - 1
	}
	return b
}

// grown is the set with room for n rows.
func (b rowset) grown(n int) rowset {
	for len(b)*64 < n {
		b = append(b, 0)
	}
	return b
}

func (b rowset) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b rowset) clear(i int)    { b[i/64] &^= 1 << (i % 64) }
func (b rowset) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }

// and keeps what is in both sets; the other one may be shorter.
func (b rowset) and(other rowset) {
	for i := range b {
		if i < len(other) {
			b[i] &= other[i]
		} else {
			b[i] = 0
		}
	}
}

// or adds what is in a set that is no longer.
func (b rowset) or(other rowset) {
	for i, x := range other {
		b[i] |= x
	}
}

func (b rowset) count() (n int) {
	for _, x := range b {
		n += bits.OnesCount64(x)
	}
	return n
}

// each calls fn with the places in ascending order.
func (b rowset) each(fn func(i int)) {
	for w, x := range b {
		for x != 0 {
			fn(w*64 + bits.TrailingZeros64(x))
			x &= x - 1
		}
	}
}

// places returns the places, the last first where back is set.
func (b rowset) places(back bool) []int32 {
	out := make([]int32, b.count())
	n, step := 0, 1
	if back {
		n, step = len(out)-1, -1
	}
	b.each(func(i int) {
		out[n] = int32(i)
		n += step
	})
	return out
}
