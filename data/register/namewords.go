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
	packed []*wordTable // the pieces, for packed names
	none   bool         // no name can hold the text
}

// wordTable is a set of words that fit into a packed name.
type wordTable [1 << wordBits / 64]uint64

// at tells which of the four words of a packed name are in the set: bit 0 the
// first. It has no branch, for in a long list none can be foreseen.
func (t *wordTable) at(packed uint64) uint64 {
	return t[packed>>54]>>(packed>>48&63)&1 | t[packed>>38&1023]>>(packed>>32&63)&1<<1 |
		t[packed>>22&1023]>>(packed>>16&63)&1<<2 | t[packed>>6&1023]>>(packed&63)&1<<3
}

// add adds the words that the next piece can be.
func (n *nameNeedle) add(words bitset) {
	t := new(wordTable)
	copy(t[:], words)
	n.pieces, n.packed = append(n.pieces, words), append(n.packed, t)
	n.none = n.none || count(words) == 0
}

// holdsWord looks for names with one of the words.
func holdsWord(words bitset) (n nameNeedle) {
	n.add(words)
	return n
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
		n.add(shiftUp(set))
	}
	if len(parts) > 1 && r.lexicon.spaced {
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
			if n.holds(r, packed) {
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
	starts := n.packed[0].at(packed)
	for i := 1; i < len(n.packed) && starts != 0; i++ {
		starts &= n.packed[i].at(packed) >> i
	}
	return starts != 0
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
