package register

import (
	"math/bits"
	"slices"
	"strings"
)

// markedWords returns the words of a typed text that carry diacritics, in small
// letters.
func markedWords(text string) (list []string) {
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune("\"“”«»", c) {
			return ' '
		}
		return c
	}, lower(text))
	for _, w := range strings.Fields(plain) {
		if Fold(w) != w {
			list = append(list, w)
		}
	}
	return list
}

// marked returns those of the rows that carry the diacritics of the text, nil
// when it has none or no row does. See List.Marked.
func (r *Register) marked(text string, rows bitset) bitset {
	words := markedWords(text)
	if len(words) == 0 || count(rows) == 0 {
		return nil
	}
	out := slices.Clone(rows)
	for _, w := range words {
		r.carry(out, w)
	}
	if count(out) == 0 {
		return nil
	}
	return out
}

// carry takes the rows out that do not carry the word.
func (r *Register) carry(rows bitset, word string) {
	words := r.lexicon.carrying(word)
	contents := r.contentMarks.carrying(words)
	c := &r.catalogue
	units, fields, procs := c.unitNames.holding(word), c.fieldNames.holding(word), c.procNames.holding(word)
	parallel(len(r.ids), func(from, to int) {
		for w := from >> 6; w<<6 < to; w++ {
			left := rows[w]
			for set := left; set != 0; set &= set - 1 {
				i := bits.TrailingZeros64(set)
				row := w<<6 + i
				if !r.ownerCarries(row, words) && !procs.holds(uint(r.proc[row])) && !contents.holds(uint(r.content[row])) &&
					!units.holds(uint(r.unit[row])) && !fields.holds(uint(r.field[row])) {
					left &^= 1 << i
				}
			}
			rows[w] = left
		}
	})
}

// ownerCarries reports whether the name of the owner has one of the words.
func (r *Register) ownerCarries(row int, words bitset) bool {
	packed := r.owner[row]
	if packed>>48 == longName {
		return slices.ContainsFunc(r.long.of(packed, nil), func(w uint32) bool { return words.holds(uint(w)) })
	}
	for ; packed != 0; packed <<= wordBits {
		if words.holds(uint(packed >> 48)) {
			return true
		}
	}
	return false
}

// names are the names of catalogue entries in small letters, by id.
type names map[uint32]string

func (n names) holding(word string) bitset {
	set := bitset{0}
	for id, name := range n {
		if strings.Contains(name, word) {
			set.set(int(id))
		}
	}
	return set
}
