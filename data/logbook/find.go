package logbook

import (
	"strconv"
	"strings"

	"giaoban/data/text"
)

// index finds the entries of a kind by what they are called.
type index struct {
	printed map[string]*Entry // by the printed number, in lower case
	running map[uint64]*Entry // by the running number; of the newest year that has it
	heads   map[string]*Entry // by the text that names an entry; the first of them
}

func (x *index) add(k *Kind, e *Entry) {
	x.printed[strings.ToLower(k.Name(e))] = e
	if before := x.running[uint64(e.Number)]; before == nil || e.Year >= before.Year {
		x.running[uint64(e.Number)] = e
	}
	if key := text.NameKey(e.Text(k.Head)); x.heads[key] == nil {
		x.heads[key] = e
	}
}

// Named returns the id of the entry that a table or an officer means: its printed
// number, its running number in the newest year that has it, or the text that names it.
// «#12» means the id 12 before all else. It is 0 where there is none.
func (w *World) Named(kind, typed string) uint64 {
	k := Find(kind)
	if k == nil || typed == "" {
		return 0
	}
	bare, byID := strings.CutPrefix(typed, "#")
	number, _ := strconv.ParseUint(bare, 10, 64)
	if byID && w.Entry(kind, number) != nil {
		return number
	}
	x := w.index(k)
	for _, e := range []*Entry{x.printed[strings.ToLower(bare)], x.running[number], x.heads[text.NameKey(bare)]} {
		if e != nil {
			return e.ID
		}
	}
	if number != 0 && w.Entry(kind, number) != nil {
		return number
	}
	return 0
}

func (w *World) index(k *Kind) *index {
	x, ok := w.named[k.ID]
	if !ok {
		x = &index{map[string]*Entry{}, map[uint64]*Entry{}, map[string]*Entry{}}
		for _, e := range w.Entries(k.ID) {
			x.add(k, e)
		}
		if w.named == nil {
			w.named = map[string]*index{}
		}
		w.named[k.ID] = x
	}
	return x
}
