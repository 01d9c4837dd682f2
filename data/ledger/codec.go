package ledger

import (
	"encoding/binary"
	"errors"

	"giaoban/data"
)

// dossierV1 is the first byte of a dossier value: the version of its codec.
// A value is: version, field mask, the facts named by the mask in the order of
// the constants below, then the events. Numbers are varints, texts are a length
// and UTF-8 bytes, a moment is its day and, when the mask says so, its clock.
const dossierV1 = 1

// The bits of the field mask. Their order is the order of the stored facts.
const (
	hasProcedure = 1 << iota
	hasField
	hasUnit
	hasReceiver
	hasWay // channel, return way
	hasFlags
	hasEntry // entry state
	hasClock // time of day of the receipt
	hasDue
	hasDueClock
	hasTerm // count, unit, mode
	hasAddress
	hasTitle
	hasContent
	hasPhone
	hasIdentity
	hasOwnerMore // e-mail, area
	hasAgent
	hasOfficer
	hasNote
	hasCopies
	hasFee
	hasBook // book, seq
	hasOrigin
	hasEvents
	// From here on the facts stand after the events: of most dossiers the register
	// needs none of them.
	hasCase
	hasParts
	hasPaid
	hasOwnDue
	hasPartner
	hasCause
	hasHelper
	hasExternal // code, system
	maskEnd
)

// The bits of an event's mask.
const (
	evAt = 1 << iota
	evClock
	evDue
	evDueClock
	evRef
	evText
	evBy
	evField
	evOld
	evNew
	evRecorded
	evMore
	evSigner
	evDoc
	evTo
	evWay
	evEnd
)

var errCodec = errors.New("dossier value is damaged")

func putText[T string | []byte](b []byte, s T) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func set(mask *uint64, bit uint64, when bool) {
	if when {
		*mask |= bit
	}
}

// encodeDossier appends the stored form of d, all but its ID, which is the key.
func encodeDossier(b []byte, d *data.Dossier) []byte {
	var m uint64
	set(&m, hasProcedure, d.Procedure != 0)
	set(&m, hasField, d.Field != 0)
	set(&m, hasUnit, d.Unit != 0)
	set(&m, hasReceiver, d.Receiver != 0)
	set(&m, hasWay, d.Channel != 0 || d.Return != 0)
	set(&m, hasFlags, d.Flags != 0)
	set(&m, hasEntry, d.Entry != 0)
	set(&m, hasClock, d.Received.Clock.Known())
	set(&m, hasDue, d.Due.Known())
	set(&m, hasDueClock, d.Due.Known() && d.Due.Clock.Known())
	set(&m, hasTerm, d.Term.Known() || d.Mode != 0)
	set(&m, hasAddress, d.Owner.Address != "")
	set(&m, hasTitle, d.Title != "")
	set(&m, hasContent, d.Content != "")
	set(&m, hasPhone, d.Owner.Phone != "")
	set(&m, hasIdentity, d.Owner.Identity != "")
	set(&m, hasOwnerMore, d.Owner.Email != "" || d.Owner.Area != "")
	set(&m, hasAgent, d.Agent != data.Person{})
	set(&m, hasOfficer, d.Officer != "")
	set(&m, hasNote, d.Note != "")
	set(&m, hasCopies, d.Copies != 0)
	set(&m, hasFee, d.Fee != 0)
	set(&m, hasBook, d.Book != 0 || d.Seq != 0)
	set(&m, hasOrigin, d.Origin != data.Origin{})
	set(&m, hasEvents, len(d.Events) > 0)
	set(&m, hasCase, d.Case != "")
	set(&m, hasParts, len(d.Parts) > 0)
	set(&m, hasPaid, d.Paid != 0)
	set(&m, hasOwnDue, d.OwnDue.Known())
	set(&m, hasPartner, d.Partner != "")
	set(&m, hasCause, d.Cause != 0)
	set(&m, hasHelper, d.Helper != 0)
	set(&m, hasExternal, d.ExternalCode != "" || d.ExternalSystem != "")

	b = append(b, dossierV1)
	b = binary.AppendUvarint(b, m)
	b = putText(b, d.Code)
	b = putText(b, d.Owner.Name)
	b = binary.AppendVarint(b, int64(d.Received.Day))
	num := func(bit uint64, n uint64) {
		if m&bit != 0 {
			b = binary.AppendUvarint(b, n)
		}
	}
	num(hasProcedure, uint64(d.Procedure))
	num(hasField, uint64(d.Field))
	num(hasUnit, uint64(d.Unit))
	num(hasReceiver, uint64(d.Receiver))
	num(hasWay, uint64(d.Channel)|uint64(d.Return)<<4)
	num(hasFlags, uint64(d.Flags))
	num(hasEntry, uint64(d.Entry))
	num(hasClock, uint64(d.Received.Clock))
	if m&hasDue != 0 {
		// Stored as the distance from the receipt: one byte instead of three.
		b = binary.AppendVarint(b, int64(d.Due.Day)-int64(d.Received.Day))
	}
	num(hasDueClock, uint64(d.Due.Clock))
	if m&hasTerm != 0 {
		b = binary.AppendVarint(b, int64(d.Term.Count))
		b = append(b, byte(d.Term.Unit)|byte(d.Mode)<<4)
	}
	text := func(bit uint64, ss ...string) {
		if m&bit != 0 {
			for _, s := range ss {
				b = putText(b, s)
			}
		}
	}
	text(hasAddress, d.Owner.Address)
	text(hasTitle, d.Title)
	text(hasContent, d.Content)
	text(hasPhone, d.Owner.Phone)
	text(hasIdentity, d.Owner.Identity)
	text(hasOwnerMore, d.Owner.Email, d.Owner.Area)
	text(hasAgent, d.Agent.Name, d.Agent.Identity, d.Agent.Phone, d.Agent.Email, d.Agent.Address, d.Agent.Area)
	text(hasOfficer, d.Officer)
	text(hasNote, d.Note)
	if m&hasCopies != 0 {
		b = binary.AppendVarint(b, int64(d.Copies))
	}
	if m&hasFee != 0 {
		b = binary.AppendVarint(b, d.Fee)
	}
	if m&hasBook != 0 {
		b = binary.AppendVarint(b, int64(d.Book))
		b = binary.AppendVarint(b, int64(d.Seq))
	}
	if m&hasOrigin != 0 {
		b = binary.AppendUvarint(b, d.Origin.Import)
		b = binary.AppendUvarint(b, uint64(d.Origin.Row))
	}
	if m&hasEvents != 0 {
		b = binary.AppendUvarint(b, uint64(len(d.Events)))
		for i := range d.Events {
			b = encodeEvent(b, &d.Events[i], d.Received.Day)
		}
	}
	text(hasCase, d.Case)
	if m&hasParts != 0 {
		b = binary.AppendUvarint(b, uint64(len(d.Parts)))
		for _, p := range d.Parts {
			b = putText(b, p.Name)
			b = binary.AppendVarint(b, int64(p.Original))
			b = binary.AppendVarint(b, int64(p.Certified))
			b = binary.AppendVarint(b, int64(p.Copies))
			b = append(b, byte(p.Digital))
		}
	}
	num(hasPaid, uint64(d.Paid))
	if m&hasOwnDue != 0 {
		b = binary.AppendVarint(b, int64(d.OwnDue.Day)-int64(d.Received.Day))
		b = binary.AppendUvarint(b, uint64(d.OwnDue.Clock))
	}
	text(hasPartner, d.Partner)
	num(hasCause, uint64(d.Cause))
	num(hasHelper, uint64(d.Helper))
	text(hasExternal, d.ExternalCode, d.ExternalSystem)
	return b
}

func encodeEvent(b []byte, e *data.Event, base data.Day) []byte {
	var m uint64
	set(&m, evAt, e.At.Known())
	set(&m, evClock, e.At.Known() && e.At.Clock.Known())
	set(&m, evDue, e.Due.Known())
	set(&m, evDueClock, e.Due.Known() && e.Due.Clock.Known())
	set(&m, evRef, e.Ref != "")
	set(&m, evText, e.Text != "")
	set(&m, evBy, e.By != "")
	set(&m, evField, e.Field != "")
	set(&m, evOld, e.Old != "")
	set(&m, evNew, e.New != "")
	set(&m, evRecorded, e.Recorded != 0)
	set(&m, evMore, e.More != "")
	set(&m, evSigner, e.Signer != "")
	set(&m, evDoc, e.Doc.Known())
	set(&m, evTo, e.To != "")
	set(&m, evWay, e.Way != 0)
	b = append(b, byte(e.Kind))
	b = binary.AppendUvarint(b, m)
	if m&evAt != 0 {
		b = binary.AppendVarint(b, int64(e.At.Day)-int64(base))
	}
	if m&evClock != 0 {
		b = binary.AppendUvarint(b, uint64(e.At.Clock))
	}
	if m&evDue != 0 {
		b = binary.AppendVarint(b, int64(e.Due.Day)-int64(base))
	}
	if m&evDueClock != 0 {
		b = binary.AppendUvarint(b, uint64(e.Due.Clock))
	}
	for _, t := range []struct {
		bit  uint64
		text string
	}{{evRef, e.Ref}, {evText, e.Text}, {evBy, e.By}, {evField, e.Field}, {evOld, e.Old}, {evNew, e.New}} {
		if m&t.bit != 0 {
			b = putText(b, t.text)
		}
	}
	if m&evRecorded != 0 {
		b = binary.AppendVarint(b, e.Recorded)
	}
	if m&evMore != 0 {
		b = putText(b, e.More)
	}
	if m&evSigner != 0 {
		b = putText(b, e.Signer)
	}
	if m&evDoc != 0 {
		b = binary.AppendVarint(b, int64(e.Doc)-int64(base))
	}
	if m&evTo != 0 {
		b = putText(b, e.To)
	}
	if m&evWay != 0 {
		b = append(b, byte(e.Way))
	}
	return b
}

// reader takes values off a stored record; after the first fault every value
// is zero and bad is set.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		n := uint64(r.b[0])
		r.b = r.b[1:]
		return n
	}
	n, k := binary.Uvarint(r.b)
	if k <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[k:]
	return n
}

func (r *reader) int() int64 {
	u := r.uint()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) text() []byte { return r.take(r.uint()) }

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	t := r.b[:n:n]
	r.b = r.b[n:]
	return t
}

// day reads the distance of a day from base; a day out of range is a fault.
func (r *reader) day(base data.Day) data.Day {
	n := r.int() + int64(base)
	if n <= -1<<31 || n >= 1<<31-1 {
		r.bad = true
		return 0
	}
	return data.Day(n)
}

func (r *reader) clock() data.Clock {
	n := r.uint()
	if n > 24*60 {
		r.bad = true
		return 0
	}
	return data.Clock(n)
}

func (r *reader) id() uint32 {
	n := r.uint()
	if n > 1<<32-1 {
		r.bad = true
	}
	return uint32(n)
}

// rest holds the facts of a record that a glance leaves out.
type rest struct {
	mask                    uint64
	mode                    data.PauseMode
	email, area             []byte
	agent                   [6][]byte
	note                    []byte
	copies, fee, book, seq  int64
	originImport, originRow uint64
	events                  int
}

// decodeHead reads a record up to its events, which stay in r.
func decodeHead(r *reader, g *data.Glance, x *rest) error {
	if r.byte() != dossierV1 {
		return errCodec
	}
	m := r.uint()
	if m >= maskEnd {
		return errCodec
	}
	*x = rest{mask: m}
	events := g.Events[:0]
	id := g.ID
	*g = data.Glance{ID: id, Events: events}
	g.Code, g.Owner = r.text(), r.text()
	g.Received.Day = r.day(0)
	if m&hasProcedure != 0 {
		g.Procedure = r.id()
	}
	if m&hasField != 0 {
		g.Field = r.id()
	}
	if m&hasUnit != 0 {
		g.Unit = r.id()
	}
	if m&hasReceiver != 0 {
		g.Receiver = r.id()
	}
	if m&hasWay != 0 {
		w := r.uint()
		g.Channel, g.Return = data.Channel(w&3), data.ReturnWay(w>>4&3)
	}
	if m&hasFlags != 0 {
		g.Flags = data.Flag(r.uint())
	}
	if m&hasEntry != 0 {
		g.Entry = data.Status(r.uint())
	}
	if m&hasClock != 0 {
		g.Received.Clock = r.clock()
	}
	if m&hasDue != 0 {
		g.Due.Day = r.day(g.Received.Day)
	}
	if m&hasDueClock != 0 {
		g.Due.Clock = r.clock()
	}
	if m&hasTerm != 0 {
		g.Term.Count = int(r.int())
		u := r.byte()
		g.Term.Unit, x.mode = data.TermUnit(u&15), data.PauseMode(u>>4)
	}
	if m&hasAddress != 0 {
		g.Address = r.text()
	}
	if m&hasTitle != 0 {
		g.Title = r.text()
	}
	if m&hasContent != 0 {
		g.Content = r.text()
	}
	if m&hasPhone != 0 {
		g.Phone = r.text()
	}
	if m&hasIdentity != 0 {
		g.Identity = r.text()
	}
	if m&hasOwnerMore != 0 {
		x.email, x.area = r.text(), r.text()
	}
	if m&hasAgent != 0 {
		for i := range x.agent {
			x.agent[i] = r.text()
		}
	}
	if m&hasOfficer != 0 {
		g.Officer = r.text()
	}
	if m&hasNote != 0 {
		x.note = r.text()
	}
	if m&hasCopies != 0 {
		x.copies = r.int()
	}
	if m&hasFee != 0 {
		x.fee = r.int()
	}
	if m&hasBook != 0 {
		x.book, x.seq = r.int(), r.int()
	}
	if m&hasOrigin != 0 {
		x.originImport, x.originRow = r.uint(), r.uint()
	}
	if m&hasEvents != 0 {
		n := r.uint()
		if n > uint64(len(r.b)) { // an event takes two bytes at least
			return errCodec
		}
		x.events = int(n)
	}
	if r.bad || g.Entry > data.Delivered || int(g.Term.Unit) > int(data.CalendarDaysNoFeast) || x.mode > data.RunOn {
		return errCodec
	}
	return nil
}

// decodeEvent reads one event into the zero e; with texts only when whole is
// set, but Field and New always, for they bear on the state.
func decodeEvent(r *reader, e *data.Event, base data.Day, whole bool) {
	e.Kind = data.EventKind(r.byte())
	m := r.uint()
	if m >= evEnd || !e.Kind.Valid() {
		r.bad = true
		return
	}
	if m&evAt != 0 {
		e.At.Day = r.day(base)
	}
	if m&evClock != 0 {
		e.At.Clock = r.clock()
	}
	if m&evDue != 0 {
		e.Due.Day = r.day(base)
	}
	if m&evDueClock != 0 {
		e.Due.Clock = r.clock()
	}
	text := func(bit uint64, to *string, keep bool) {
		if m&bit != 0 {
			if t := r.text(); keep {
				*to = string(t)
			}
		}
	}
	text(evRef, &e.Ref, whole)
	text(evText, &e.Text, whole)
	text(evBy, &e.By, whole)
	text(evField, &e.Field, true)
	text(evOld, &e.Old, whole)
	text(evNew, &e.New, true)
	if m&evRecorded != 0 {
		n := r.int()
		if whole {
			e.Recorded = n
		}
	}
	text(evMore, &e.More, whole)
	text(evSigner, &e.Signer, whole)
	if m&evDoc != 0 {
		e.Doc = r.day(base)
	}
	text(evTo, &e.To, whole)
	if m&evWay != 0 {
		e.Way = data.ReturnWay(r.byte() & 3)
	}
}

// decodeGlance reads what the register keeps. The slices of g point into b; the
// events reuse g.Events.
func decodeGlance(b []byte, g *data.Glance) error {
	r := reader{b: b}
	var x rest
	if err := decodeHead(&r, g, &x); err != nil {
		return err
	}
	for range x.events {
		n := len(g.Events)
		g.Events = append(g.Events, data.Event{})
		decodeEvent(&r, &g.Events[n], g.Received.Day, false)
		if r.bad {
			return errCodec
		}
	}
	if x.mask >= hasCase {
		var tail data.Dossier
		tail.Received = g.Received
		decodeTail(&r, &tail, x.mask)
		g.Helper, g.External = tail.Helper, []byte(tail.ExternalCode)
	}
	if len(r.b) != 0 || r.bad {
		return errCodec
	}
	return nil
}

// decodeTail reads the facts that stand after the events.
func decodeTail(r *reader, d *data.Dossier, m uint64) {
	if m&hasCase != 0 {
		d.Case = string(r.text())
	}
	if m&hasParts != 0 {
		n := r.uint()
		if n > uint64(len(r.b)) { // a part takes five bytes at least
			r.bad = true
			return
		}
		d.Parts = make([]data.Part, n)
		for i := range d.Parts {
			p := &d.Parts[i]
			p.Name = string(r.text())
			p.Original, p.Certified, p.Copies = int(r.int()), int(r.int()), int(r.int())
			p.Digital = data.Digital(r.byte())
			r.bad = r.bad || !p.Digital.Valid()
		}
	}
	if m&hasPaid != 0 {
		d.Paid = data.PayWay(r.uint() & 3)
	}
	if m&hasOwnDue != 0 {
		d.OwnDue.Day, d.OwnDue.Clock = r.day(d.Received.Day), r.clock()
	}
	if m&hasPartner != 0 {
		d.Partner = string(r.text())
	}
	if m&hasCause != 0 {
		d.Cause = r.id()
	}
	if m&hasHelper != 0 {
		d.Helper = r.id()
	}
	if m&hasExternal != 0 {
		d.ExternalCode, d.ExternalSystem = string(r.text()), string(r.text())
	}
}

// decodeDossier reads a whole dossier but its ID.
func decodeDossier(b []byte, d *data.Dossier) error {
	r := reader{b: b}
	var g data.Glance
	var x rest
	if err := decodeHead(&r, &g, &x); err != nil {
		return err
	}
	a := x.agent
	*d = data.Dossier{
		ID: d.ID, Code: string(g.Code), Procedure: g.Procedure, Field: g.Field, Unit: g.Unit, Receiver: g.Receiver,
		Channel: g.Channel, Return: g.Return, Flags: g.Flags, Copies: int(x.copies), Entry: g.Entry, Title: string(g.Title), Content: string(g.Content),
		Owner: data.Person{Name: string(g.Owner), Identity: string(g.Identity), Phone: string(g.Phone), Email: string(x.email),
			Address: string(g.Address), Area: string(x.area)},
		Agent:   data.Person{Name: string(a[0]), Identity: string(a[1]), Phone: string(a[2]), Email: string(a[3]), Address: string(a[4]), Area: string(a[5])},
		Officer: string(g.Officer), Received: g.Received, Due: g.Due, Term: g.Term, Mode: x.mode, Fee: x.fee,
		Book: int(x.book), Seq: int(x.seq), Note: string(x.note),
		Origin: data.Origin{Import: x.originImport, Row: uint32(x.originRow)},
	}
	if x.events > 0 {
		d.Events = make([]data.Event, x.events)
	}
	for i := range d.Events {
		decodeEvent(&r, &d.Events[i], g.Received.Day, true)
	}
	decodeTail(&r, d, x.mask)
	if r.bad || len(r.b) != 0 {
		return errCodec
	}
	return nil
}

// AppendDossier appends the stored form of a dossier, all but its ID, to b: the
// most compact one that there is, for lists that wait in memory.
func AppendDossier(b []byte, d *data.Dossier) []byte { return encodeDossier(b, d) }

// ReadDossier reads what AppendDossier wrote, all but the ID.
func ReadDossier(b []byte, d *data.Dossier) error { return decodeDossier(b, d) }
