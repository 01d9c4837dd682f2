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
	officer, desk                         piece
	receiver                              uint32
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
	// replaceRows is how many dossiers of a register in use change at a time.
	replaceRows = 16384
)

func (b *batch) reset() { b.entries, b.texts = b.entries[:0], b.texts[:0] }

// add works a dossier out. Nothing of g is kept.
func (b *batch) add(g *data.Glance) {
	e := entry{id: uint32(g.ID), unit: g.Unit, field: g.Field, proc: g.Procedure, received: int32(g.Received.Day), flags: uint16(g.Flags), way: uint8(g.Channel)}
	if g.Channel == data.Postal || g.Return == data.ReturnPostal {
		e.way |= postal
	}
	e.receiver = g.Receiver
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
