package register

import "bytes"

// nameNeedle looks for a folded text in the names of owners, which are kept as
// the numbers of their words: the text is looked for once in the lexicon, and
// then only numbers are compared.
type nameNeedle struct {
	needle []byte
	// pieces are the words that each piece of the text between blanks can be: the
	// only piece any that holds it, of several the first one that ends with it,
	// the last one that begins with it, and those between the piece itself.
	pieces []bitset
	none   bool // no name can hold the text
}

func (r *Register) nameNeedle(needle []byte) nameNeedle {
	n := nameNeedle{needle: needle}
	parts := bytes.Split(needle, []byte{' '})
	folded := &r.lexicon.folded
	for i, part := range parts {
		set := folded.holding(part)
		set.each(func(line int) {
			word := folded.line(line)
			word = word[:len(word)-1]
			if i > 0 && !bytes.HasPrefix(word, part) || i < len(parts)-1 && !bytes.HasSuffix(word, part) {
				set.clear(line)
			}
		})
		n.none = n.none || count(set) == 0
		n.pieces = append(n.pieces, shiftUp(set))
	}
	if r.lexicon.spaced && len(parts) > 1 {
		n.none = false
	}
	return n
}

// scan marks the rows from…to of which the name holds the text.
func (n *nameNeedle) scan(r *Register, out bitset, from, to int) {
	if n.none {
		return
	}
	for base := from; base < to; base += 64 {
		found := out[base>>6]
		if found == ^uint64(0) {
			continue
		}
		for i, packed := range r.owner[base:min(base+64, to)] {
			if found>>i&1 == 0 && n.holds(r, packed) {
				found |= 1 << i
			}
		}
		out[base>>6] = found
	}
}

// holds reports whether a packed name holds the text.
func (n *nameNeedle) holds(r *Register, packed uint64) bool {
	if packed>>48 == longName {
		return n.among(r, r.long.of(packed, nil))
	}
	if len(n.pieces) == 1 {
		for set := n.pieces[0]; packed != 0; packed <<= wordBits {
			if set.holds(uint(packed >> 48)) {
				return true
			}
		}
		return false
	}
	var buf [4]uint32
	return n.among(r, r.long.of(packed, &buf))
}

// among reports whether the words hold the text, side by side.
func (n *nameNeedle) among(r *Register, words []uint32) bool {
	if r.lexicon.spaced && len(n.pieces) > 1 {
		return bytes.Contains(r.lexicon.join(words), n.needle)
	}
	for i := 0; i+len(n.pieces) <= len(words); i++ {
		all := true
		for j := 0; j < len(n.pieces) && all; j++ {
			all = n.pieces[j].holds(uint(words[i+j]))
		}
		if all {
			return true
		}
	}
	return false
}

// join returns the folded text of words, with a blank between two.
func (l *lexicon) join(words []uint32) (text []byte) {
	for i, w := range words {
		if i > 0 {
			text = append(text, ' ')
		}
		line := l.folded.line(int(w - 1))
		text = append(text, line[:len(line)-1]...)
	}
	return text
}
