package register

import (
	"giaoban/data"
)

// entry is a dossier on its way into the columns.
type entry struct {
	simple
	id, unit, field, proc                 uint32
	received                              int32
	flags                                 uint16
	way                                   uint8
	owner, code, digits, address, content piece
	external                              piece
	officer, desk                         piece
	receiver, helper                      uint32
	cancelled                             bool
	segs                                  []segment // nil for a simple life
}

// piece is a part of the texts of a batch.
type piece struct{ from, to uint32 }

func (p piece) of(b *batch) []byte { return b.texts[p.from:p.to] }

// batch holds dossiers on their way into the columns: their lives derived, their
// texts still as written. Load splits the work here, between reading and
// deriving on one side, folding and storing on the other.
type batch struct {
	entries []entry
	texts   []byte
	life    life
}

// How many dossiers a batch of Load holds, and how many batches are under way.
const (
	batchRows   = 1024
	loadBatches = 4
)

// Batch is a change of the register that becomes visible at once, however many
// dossiers it holds: they are worked out before the register is locked. The zero
// value changes nothing.
type Batch struct {
	parts       []*batch // in order; short ones, so that none has to grow
	gone        []uint64
	late        func(put func(*data.Glance)) error
	catalogue   *catalogue
	definitions map[string]*rate // nil leaves them
}

// Put adds a dossier, or replaces the one with its id. Nothing of g is kept.
func (b *Batch) Put(g *data.Glance) {
	n := len(b.parts)
	if n == 0 || len(b.parts[n-1].entries) >= batchRows {
		b.parts = append(b.parts, &batch{})
		n++
	}
	b.parts[n-1].add(g)
}

// Remove takes the dossier with the id out.
func (b *Batch) Remove(id uint64) { b.gone = append(b.gone, id) }

// Later has next called for more dossiers to put when the batch is applied, for a
// batch that is too long to wait in memory. Those who read wait for it.
func (b *Batch) Later(next func(put func(*data.Glance)) error) { b.late = next }

// SetCatalogue tells the names by which dossiers are found and grouped.
func (b *Batch) SetCatalogue(units []data.Unit, fields []data.Field, procedures []data.Procedure) {
	b.catalogue = newCatalogue(units, fields, procedures)
}

// SetDenominators chooses the definition of each rate by its id; a rate that is
// not named, or whose definition is not known, is computed the usual way.
func (b *Batch) SetDenominators(chosen map[string]string) { b.definitions = chosenRates(chosen) }

// Apply takes a batch in. published, where there is one, is called at the moment
// at which the batch becomes visible: who holds a State sees both or neither. The
// batch is used up. An error is that of Later: the register then holds a part of
// the batch and is no longer to be trusted.
func (r *Register) Apply(b *Batch, published func()) (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b.catalogue != nil {
		r.setCatalogue(b.catalogue)
	}
	if b.definitions != nil {
		r.definitions = b.definitions
	}
	for i, part := range b.parts {
		r.take(part)
		b.parts[i] = nil
	}
	if b.late != nil {
		err = r.fillFrom(b.late)
	}
	for _, id := range b.gone {
		r.kill(id)
	}
	r.changed()
	if published != nil {
		published()
	}
	return err
}

func (b *batch) reset() { b.entries, b.texts = b.entries[:0], b.texts[:0] }

// add works a dossier out. Nothing of g is kept.
func (b *batch) add(g *data.Glance) {
	e := entry{id: uint32(g.ID), unit: g.Unit, field: g.Field, proc: g.Procedure, received: int32(g.Received.Day), flags: uint16(g.Flags), way: uint8(g.Channel)}
	if g.Channel == data.Postal || g.Return == data.ReturnPostal {
		e.way |= postal
	}
	e.receiver, e.helper = g.Receiver, g.Helper
	e.simple, e.segs = b.life.of(g)
	at := uint32(len(b.texts))
	next := func() piece {
		p := piece{at, uint32(len(b.texts))}
		at = p.to
		return p
	}
	b.texts = append(b.texts, g.Owner...)
	e.owner = next()
	b.texts = append(b.texts, g.Code...)
	e.code = next()
	b.texts = append(b.texts, g.External...)
	e.external = next()
	b.texts = append(append(append(b.texts, g.Phone...), separator), g.Identity...)
	e.digits = next()
	b.texts = append(b.texts, g.Address...)
	e.address = next()
	// What the dossier says of itself beside the catalogue.
	if len(g.Title) > 0 {
		b.texts = append(append(b.texts, g.Title...), ' ')
	}
	b.texts = append(b.texts, g.Content...)
	e.content = next()
	b.texts = append(b.texts, g.Officer...)
	e.officer = next()
	for i := range g.Events {
		switch g.Events[i].Kind {
		case data.Cancel:
			e.cancelled = true
		case data.HandOver:
			at = uint32(len(b.texts))
			b.texts = append(b.texts, g.Events[i].New...)
			e.desk = next()
		}
	}
	b.entries = append(b.entries, e)
}
