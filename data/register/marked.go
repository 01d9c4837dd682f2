package register

import (
	"slices"
	"strings"

	"giaoban/data/text"
)

// markedWords returns the words of a typed text that carry diacritics, in small
// letters.
func markedWords(typed string) (list []string) {
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune("\"“”«»", c) {
			return ' '
		}
		return c
	}, text.NameKey(typed))
	for _, w := range strings.Fields(plain) {
		if text.Fold(w) != w {
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
	name := holdsWord(words)
	c := &r.catalogue
	shared := listed{unit: c.unitNames.holding(word), field: c.fieldNames.holding(word), proc: c.procNames.holding(word),
		content: r.contentMarks.carrying(words)}
	// The rows not asked for count as found, which spares looking at them.
	found := make(bitset, len(rows))
	for i, w := range rows {
		found[i] = ^w
	}
	parallel(len(r.ids), func(from, to int) {
		shared.mark(r, found, from, to)
		name.scan(r, found, from, to)
	})
	rows.and(found)
}

// names are the names of catalogue entries as text.Spellings, by id.
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
