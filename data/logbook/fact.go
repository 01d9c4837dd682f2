package logbook

import "strings"

// Fact is what a row adds to a count: 0 or 1 where it is true or not of the row, a number
// where the row stands for several.
type Fact func(r *Row) int64

// truth is the fact that something is true of a row.
func truth(of func(r *Row) bool) Fact { return func(r *Row) int64 { return one(of(r)) } }

// known is the fact that a day lies no later than the day asked.
func known(key string) Fact {
	return truth(func(r *Row) bool { return r.World.On(r.Entry, key).Known() })
}

// fact reads a fact as the declaration of a kind writes it: words parted by blanks that
// all hold of a row. A word is alternatives parted by "|", of which one must hold; "!" in
// front turns it round, with all its alternatives. An alternative is "all", a name in
// k.Facts, the id of a state, "key=stored text" (nothing behind the sign: unknown), or the
// key of a field that holds a number or yes.
//
// What is declared is read by tests: a word that means nothing panics.
func (k *Kind) fact(written string) Fact {
	var words []Fact
	for word := range strings.FieldsSeq(written) {
		words = append(words, k.word(word))
	}
	return func(r *Row) int64 {
		n := int64(1)
		for _, word := range words {
			n *= word(r)
		}
		return n
	}
}

func (k *Kind) word(s string) Fact {
	if rest, ok := strings.CutPrefix(s, "!"); ok {
		f := k.word(rest)
		return truth(func(r *Row) bool { return f(r) == 0 })
	}
	if first, rest, ok := strings.Cut(s, "|"); ok {
		a, b := k.word(first), k.word(rest)
		return func(r *Row) int64 { return max(a(r), b(r)) }
	}
	key, stored, equal := strings.Cut(s, "=")
	field := k.Field(key)
	switch {
	case s == "all":
		return func(*Row) int64 { return 1 }
	case k.Facts[s] != nil:
		return k.Facts[s]
	case k.State(s).ID != "":
		return truth(func(r *Row) bool { return r.State == s })
	case field != nil && equal:
		return truth(func(r *Row) bool { return r.Is(key, stored) })
	case field != nil && (field.Type == Number || field.Type == Yes):
		return func(r *Row) int64 { return r.Int(key) }
	}
	panic("logbook " + k.ID + ": no fact " + s)
}

// tally counts rows, or the share of some of them in others.
type tally struct {
	count, of Fact
	rate      bool
}

func (k *Kind) tally(count, of string) tally {
	return tally{count: k.fact(count), of: k.fact(of), rate: of != ""}
}

// part returns what a row adds to the count, and to what a rate is parted by: a row that
// is not in the latter is not counted either.
func (t tally) part(r *Row) (b, a int64) {
	if t.rate {
		if a = t.of(r); a == 0 {
			return 0, 0
		}
	}
	return t.count(r), a
}
