package register

import (
	"bytes"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// searchCache keeps the rows of the texts searched last: while an officer types,
// each text holds the one before.
type searchCache struct {
	mu    sync.Mutex
	words []cached
}

type cached struct {
	word string
	rows bitset
}

// cacheWords is how many words the cache holds; a set takes a bit a row.
const cacheWords = 24

func (c *searchCache) clear() {
	c.mu.Lock()
	c.words = nil
	c.mu.Unlock()
}

func (c *searchCache) get(word string) bitset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, w := range c.words {
		if w.word == word {
			c.words = append(slices.Delete(c.words, i, i+1), w)
			return w.rows
		}
	}
	return nil
}

// narrowest returns the rows of the longest cached word that word contains: no
// row outside them can hold word.
func (c *searchCache) narrowest(word string) bitset {
	c.mu.Lock()
	defer c.mu.Unlock()
	var best cached
	for _, w := range c.words {
		if len(w.word) > len(best.word) && strings.Contains(word, w.word) {
			best = w
		}
	}
	return best.rows
}

func (c *searchCache) put(word string, rows bitset) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.words) >= cacheWords {
		c.words = c.words[1:]
	}
	c.words = append(c.words, cached{word, rows})
}

// Phrase returns a search text in the form in which it is looked for: folded,
// white space collapsed, without double quotes.
func Phrase(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(Fold(text), `"`, " ")), " ")
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
	rows = r.holding(phrase)
	words := Words(text)
	if len(words) < 2 || count(rows) > 0 || strings.Contains(text, `"`) {
		return slices.Clone(rows), false
	}
	rows = nil
	for _, w := range words {
		switch {
		case rows == nil:
			rows = slices.Clone(r.holding(w))
		case r.few(rows):
			rows = r.search(w, rows)
		default:
			rows.and(r.holding(w))
		}
	}
	return rows, count(rows) > 0
}

// holding returns the rows of which a text holds the folded needle, from the
// cache where it was asked before. The set is not the caller's to change.
func (r *Register) holding(needle string) bitset {
	if rows := r.cache.get(needle); rows != nil {
		return rows
	}
	within := r.cache.narrowest(needle)
	if within != nil && !r.few(within) {
		within = nil
	}
	rows := r.search(needle, within)
	r.cache.put(needle, rows)
	return rows
}

// few reports whether looking at single rows beats a scan of the whole arena.
func (r *Register) few(rows bitset) bool { return count(rows) < len(r.ids)/3 }

// search returns the rows that hold the folded word: of within only, or of all
// when within is nil.
func (r *Register) search(word string, within bitset) bitset {
	n := len(r.ids)
	out := make(bitset, (n+63)/64)
	needle := []byte(word)
	found := r.wordInLists(needle)
	parallel(n, func(from, to int) {
		// Shared texts first: a row that one of them finds needs no further look,
		// which spares most of the work of short words.
		found.mark(r, out, from, to)
		if within != nil {
			r.searchRows(out, needle, within, from, to)
			return
		}
		r.names.scan(out, needle, from, to)
		r.codes.scan(out, needle, from, to)
		if isDigits(needle) {
			r.digits.scan(out, needle, from, to)
		}
	})
	out.and(r.live)
	if within != nil {
		out.and(within)
	}
	return out
}

// isDigits reports whether a word can stand in a phone or identity number:
// shorter ones would match nearly everybody.
func isDigits(word []byte) bool {
	if len(word) < 3 {
		return false
	}
	for _, c := range word {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// searchRows looks only at the rows of within.
func (r *Register) searchRows(out bitset, needle []byte, within bitset, from, to int) {
	names, codes, digits := r.names.may(needle), r.codes.may(needle), isDigits(needle)
	for w := from >> 6; w<<6 < to; w++ {
		// Those found already need no second look.
		for word := within[w] &^ out[w]; word != 0; word &= word - 1 {
			row := w<<6 + bits.TrailingZeros64(word)
			if names && bytes.Contains(r.names.line(row), needle) || codes && bytes.Contains(r.codes.line(row), needle) ||
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

func (r *Register) wordInLists(needle []byte) listed {
	holds := func(texts map[uint32][]byte) (b bitset) {
		for id, t := range texts {
			if bytes.Contains(t, needle) {
				b.set(int(id))
			}
		}
		return b
	}
	return listed{unit: holds(r.catalogue.unitText), field: holds(r.catalogue.fieldText), proc: holds(r.catalogue.procText),
		address: r.addresses.holding(needle), content: r.contents.holding(needle)}
}

// holding returns the numbers of the texts that hold the needle.
func (d *dictionary) holding(needle []byte) bitset {
	n := len(d.lines.ends)
	lines := make(bitset, (n+63)/64)
	parallel(n, func(from, to int) { d.lines.scan(lines, needle, from, to) })
	// Entry n is line n-1: move every bit up by one.
	out := make(bitset, len(lines)+1)
	carry := uint64(0)
	for i, w := range lines {
		out[i] = w<<1 | carry
		carry = w >> 63
	}
	out[len(lines)] = carry
	return out
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

func count(b bitset) int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}
