package register

import (
	"bytes"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"

	"giaoban/data/text"
)

// searchCache keeps the rows of the texts searched last: while an officer types,
// each text holds the one before.
type searchCache struct {
	mu    sync.Mutex
	words []cached
}

type cached struct {
	word string
	in   place
	rows bitset
}

// place names where a text is looked for.
type place uint16

const (
	inName place = 1 << iota
	inCode
	inPhone
	inIdentity
	inAddress
	inContent
	inUnit
	inField
	inProcedure
	anywhere place = 1<<iota - 1
)

// cacheWords is how many words the cache holds; a set takes a bit a row.
const cacheWords = 24

// remove takes a row out of every set.
func (c *searchCache) remove(row int) {
	for _, w := range c.words {
		if row>>6 < len(w.rows) {
			w.rows.clear(row)
		}
	}
}

// mendRows is up to how many rows of other texts the cache is mended instead of
// cleared.
const mendRows = 64

// retexted remembers that a row got other texts.
func (r *Register) retexted(row int32) {
	if len(r.cache.words) > 0 && len(r.retext) <= mendRows {
		r.retext = append(r.retext, row)
	}
}

// mendCache brings the sets of the cache in step with the rows of other texts.
func (r *Register) mendCache() {
	if len(r.retext) > mendRows {
		r.cache.clear()
	}
	for i := range r.cache.words {
		c := &r.cache.words[i]
		for len(c.rows) < (len(r.ids)+63)/64 {
			c.rows = append(c.rows, 0)
		}
		for _, row := range r.retext {
			c.rows.clear(int(row))
			if r.live.has(int(row)) && r.rowHolds(int(row), c.in, []byte(c.word)) {
				c.rows[row>>6] |= 1 << (row & 63)
			}
		}
	}
	r.retext = r.retext[:0]
}

// rowHolds reports whether a text of a row holds the folded needle.
func (r *Register) rowHolds(row int, in place, needle []byte) bool {
	has := func(p place, text []byte) bool { return in&p != 0 && bytes.Contains(text, needle) }
	phone, identity := r.numbers(row)
	if in == anywhere && !isDigits(needle) {
		phone, identity = nil, nil
	}
	c := &r.catalogue
	if in&inName != 0 {
		var buf [4]uint32
		if bytes.Contains(r.lexicon.join(r.long.of(r.owner[row], &buf)), needle) {
			return true
		}
	}
	return has(inCode, r.codes.line(row)) ||
		has(inPhone, phone) || has(inIdentity, identity) ||
		has(inAddress, r.addresses.line(r.address[row])) || has(inContent, r.contents.line(r.content[row])) ||
		has(inUnit, c.unitText[r.unit[row]]) || has(inField, c.fieldText[r.field[row]]) || has(inProcedure, c.procText[r.proc[row]])
}

// numbers returns the phone and the identity number of a row.
func (r *Register) numbers(row int) (phone, identity []byte) {
	line := r.digits.line(row)
	phone, identity, _ = bytes.Cut(line[:len(line)-1], []byte{separator})
	return phone, identity
}

func (c *searchCache) clear() {
	c.mu.Lock()
	c.words = nil
	c.mu.Unlock()
}

func (c *searchCache) get(word string, in place) bitset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, w := range c.words {
		if w.word == word && w.in == in {
			c.words = append(slices.Delete(c.words, i, i+1), w)
			return w.rows
		}
	}
	return nil
}

// narrowest returns the rows of the longest cached word that word contains,
// looked for in the same places at least: no row outside them can hold word.
func (c *searchCache) narrowest(word string, in place) bitset {
	c.mu.Lock()
	defer c.mu.Unlock()
	var best cached
	for _, w := range c.words {
		// A short number was not looked for among phone and identity numbers.
		short := w.in == anywhere && isDigits([]byte(word)) && !isDigits([]byte(w.word))
		if len(w.word) > len(best.word) && w.in&in == in && !short && strings.Contains(word, w.word) {
			best = w
		}
	}
	return best.rows
}

func (c *searchCache) put(word string, in place, rows bitset) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.words) >= cacheWords {
		c.words = c.words[1:]
	}
	c.words = append(c.words, cached{word, in, rows})
}

// Phrase returns a search text in the form in which it is looked for: folded,
// white space collapsed, without double quotes.
func Phrase(typed string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text.Fold(typed), `"`, " ")), " ")
}

// Words splits a search text into its folded words.
func Words(text string) []string {
	words := strings.Fields(Phrase(text))
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(words)
}

// matching returns the rows that hold the text; nil means all rows. A dossier
// holds it when one of its texts does: name, code, procedure, field, unit,
// address, content, phone or identity number. When no dossier holds the words
// side by side, loose is set and the rows are those that hold every word
// somewhere; words between double quotes must stand side by side.
func (r *Register) matching(text string) (rows bitset, loose bool) {
	phrase := Phrase(text)
	if phrase == "" {
		return nil, false
	}
	rows = r.holding(phrase, anywhere)
	words := Words(text)
	if len(words) < 2 || count(rows) > 0 || strings.Contains(text, `"`) {
		return slices.Clone(rows), false
	}
	rows = nil
	for _, w := range words {
		switch {
		case rows == nil:
			rows = slices.Clone(r.holding(w, anywhere))
		case r.few(rows):
			rows = r.search(w, anywhere, rows)
		default:
			rows.and(r.holding(w, anywhere))
		}
	}
	return rows, count(rows) > 0
}

// holding returns the rows of which a text in one of the places holds the folded
// needle, from the cache where it was asked before. The set is not the caller's
// to change.
func (r *Register) holding(needle string, in place) bitset {
	if rows := r.cache.get(needle, in); rows != nil {
		return rows
	}
	within := r.cache.narrowest(needle, in)
	if within != nil && !r.few(within) {
		within = nil
	}
	rows := r.search(needle, in, within)
	r.cache.put(needle, in, rows)
	return rows
}

// few reports whether looking at single rows beats a scan of the whole arena.
func (r *Register) few(rows bitset) bool { return count(rows) < len(r.ids)/3 }

// search returns the rows that hold the folded word in one of the places: of
// within only, or of all when within is nil.
func (r *Register) search(word string, in place, within bitset) bitset {
	n := len(r.ids)
	out := make(bitset, (n+63)/64)
	needle := []byte(word)
	found := r.wordInLists(needle, in)
	var name nameNeedle
	if in&inName != 0 {
		name = r.nameNeedle(needle)
	}
	if in == anywhere && !isDigits(needle) {
		in &^= inPhone | inIdentity
	}
	parallel(n, func(from, to int) {
		// Shared texts first: a row that one of them finds needs no further look,
		// which spares most of the work of short words.
		found.mark(r, out, from, to)
		if within != nil {
			r.searchRows(out, needle, name, in, within, from, to)
			return
		}
		if in&inName != 0 {
			name.scan(r, out, from, to)
		}
		if in&inCode != 0 {
			r.codes.scan(out, needle, from, to)
		}
		if in&(inPhone|inIdentity) != 0 {
			r.digits.scan(out, needle, from, to)
		}
	})
	out.and(r.live)
	if within != nil {
		out.and(within)
	}
	// Both numbers stand in one line.
	switch in {
	case inPhone:
		r.sift(out, []sieve{keep(func(row int) bool { phone, _ := r.numbers(row); return bytes.Contains(phone, needle) })})
	case inIdentity:
		r.sift(out, []sieve{keep(func(row int) bool { _, identity := r.numbers(row); return bytes.Contains(identity, needle) })})
	}
	return out
}

// isDigits reports whether a word can stand in a phone or identity number:
// shorter ones would match nearly everybody.
func isDigits(word []byte) bool {
	return len(word) >= 3 && !slices.ContainsFunc(word, func(c byte) bool { return c < '0' || c > '9' })
}

// searchRows looks only at the rows of within.
func (r *Register) searchRows(out bitset, needle []byte, name nameNeedle, in place, within bitset, from, to int) {
	names, codes, digits := in&inName != 0 && !name.none, in&inCode != 0, in&(inPhone|inIdentity) != 0
	for w := from >> 6; w<<6 < to; w++ {
		// Those found already need no second look.
		for word := within[w] &^ out[w]; word != 0; word &= word - 1 {
			row := w<<6 + bits.TrailingZeros64(word)
			if names && name.holds(r, r.owner[row]) || codes && bytes.Contains(r.codes.line(row), needle) ||
				digits && bytes.Contains(r.digits.line(row), needle) {
				out[w] |= 1 << (row & 63)
			}
		}
	}
}

// listed holds, by number or catalogue id, the texts that rows share and in
// which a word was found.
type listed struct {
	unit, field, proc, address, content bitset
}

func (r *Register) wordInLists(needle []byte, in place) (l listed) {
	holds := func(texts map[uint32][]byte) (b bitset) {
		for id, t := range texts {
			if bytes.Contains(t, needle) {
				b.set(int(id))
			}
		}
		return b
	}
	if in&inUnit != 0 {
		l.unit = holds(r.catalogue.unitText)
	}
	if in&inField != 0 {
		l.field = holds(r.catalogue.fieldText)
	}
	if in&inProcedure != 0 {
		l.proc = holds(r.catalogue.procText)
	}
	if in&inAddress != 0 {
		l.address = r.addresses.holding(needle)
	}
	if in&inContent != 0 {
		l.content = r.contents.holding(needle)
	}
	return l
}

// mark adds the rows from…to that refer to a listed text.
func (l *listed) mark(r *Register, out bitset, from, to int) {
	for _, c := range []struct {
		column []uint32
		set    bitset
	}{{r.proc, l.proc}, {r.unit, l.unit}, {r.field, l.field}, {r.address, l.address}, {r.content, l.content}} {
		if count(c.set) == 0 {
			continue
		}
		top := uint32(len(c.set)) << 6
		for base := from; base < to; base += 64 {
			word := out[base>>6]
			if word == ^uint64(0) {
				continue
			}
			for i, id := range c.column[base:min(base+64, to)] {
				if id < top {
					word |= c.set[id>>6] >> (id & 63) & 1 << i
				}
			}
			out[base>>6] = word
		}
	}
}

// parallel splits n rows between the processors. Parts begin at multiples of
// blockRows: no two write to one word of a bitset or share a block.
func parallel(n int, work func(from, to int)) {
	parts := runtime.GOMAXPROCS(0)
	if n < 20_000 || parts < 2 {
		work(0, n)
		return
	}
	size := (n/parts + blockRows - 1) / blockRows * blockRows
	var wg sync.WaitGroup
	for from := 0; from < n; from += size {
		wg.Go(func() { work(from, min(from+size, n)) })
	}
	wg.Wait()
}

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
