package ledger

import (
	"encoding/binary"
	"errors"
	"slices"

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

// encoder collects the facts of a record and the mask that names them: a fact that
// says nothing takes no room.
type encoder struct {
	b    []byte
	mask uint64
}

// has notes that a fact is there, and returns when.
func (e *encoder) has(bit uint64, when bool) bool {
	if when {
		e.mask |= bit
	}
	return when
}

func (e *encoder) uint(bit, n uint64) {
	if e.has(bit, n != 0) {
		e.b = binary.AppendUvarint(e.b, n)
	}
}

func (e *encoder) int(bit uint64, n int64) {
	if e.has(bit, n != 0) {
		e.b = binary.AppendVarint(e.b, n)
	}
}

func (e *encoder) text(bit uint64, s string) {
	if e.has(bit, s != "") {
		e.b = putText(e.b, s)
	}
}

// texts stores texts that stand together, also those that are empty.
func (e *encoder) texts(bit uint64, list ...string) {
	if e.has(bit, slices.ContainsFunc(list, func(s string) bool { return s != "" })) {
		for _, s := range list {
			e.b = putText(e.b, s)
		}
	}
}

// day stores a day as its distance from base: one byte instead of three.
func (e *encoder) day(bit uint64, day, base data.Day) {
	if e.has(bit, day.Known()) {
		e.b = binary.AppendVarint(e.b, int64(day)-int64(base))
	}
}

func (e *encoder) clock(bit uint64, c data.Clock) {
	if c.Known() {
		e.uint(bit, uint64(c))
	}
}

func (e *encoder) moment(day, clock uint64, m data.Moment, base data.Day) {
	if m.Known() {
		e.day(day, m.Day, base)
		e.clock(clock, m.Clock)
	}
}

// masked puts the mask before the facts, which begin at a place.
func (e *encoder) masked(at int) []byte {
	var room [binary.MaxVarintLen64]byte
	return slices.Insert(e.b, at, binary.AppendUvarint(room[:0], e.mask)...)
}

// encodeDossier appends the stored form of d, all but its ID, which is the key.
func encodeDossier(b []byte, d *data.Dossier) []byte {
	b = append(b, dossierV1)
	e := encoder{b: putText(putText(b, d.Code), d.Owner.Name)}
	e.b = binary.AppendVarint(e.b, int64(d.Received.Day))
	e.uint(hasProcedure, uint64(d.Procedure))
	e.uint(hasField, uint64(d.Field))
	e.uint(hasUnit, uint64(d.Unit))
	e.uint(hasReceiver, uint64(d.Receiver))
	e.uint(hasWay, uint64(d.Channel)|uint64(d.Return)<<4)
	e.uint(hasFlags, uint64(d.Flags))
	e.uint(hasEntry, uint64(d.Entry))
	e.clock(hasClock, d.Received.Clock)
	e.moment(hasDue, hasDueClock, d.Due, d.Received.Day)
	if e.has(hasTerm, d.Term.Known() || d.Mode != 0) {
		e.b = append(binary.AppendVarint(e.b, int64(d.Term.Count)), byte(d.Term.Unit)|byte(d.Mode)<<4)
	}
	e.text(hasAddress, d.Owner.Address)
	e.text(hasTitle, d.Title)
	e.text(hasContent, d.Content)
	e.text(hasPhone, d.Owner.Phone)
	e.text(hasIdentity, d.Owner.Identity)
	e.texts(hasOwnerMore, d.Owner.Email, d.Owner.Area)
	e.texts(hasAgent, d.Agent.Name, d.Agent.Identity, d.Agent.Phone, d.Agent.Email, d.Agent.Address, d.Agent.Area)
	e.text(hasOfficer, d.Officer)
	e.text(hasNote, d.Note)
	e.int(hasCopies, int64(d.Copies))
	e.int(hasFee, d.Fee)
	if e.has(hasBook, d.Book != 0 || d.Seq != 0) {
		e.b = binary.AppendVarint(binary.AppendVarint(e.b, int64(d.Book)), int64(d.Seq))
	}
	if e.has(hasOrigin, d.Origin != data.Origin{}) {
		e.b = binary.AppendUvarint(binary.AppendUvarint(e.b, d.Origin.Import), uint64(d.Origin.Row))
	}
	e.uint(hasEvents, uint64(len(d.Events)))
	for i := range d.Events {
		e.b = encodeEvent(e.b, &d.Events[i], d.Received.Day)
	}
	e.text(hasCase, d.Case)
	e.uint(hasParts, uint64(len(d.Parts)))
	for _, p := range d.Parts {
		e.b = putText(e.b, p.Name)
		for _, n := range []int{p.Original, p.Certified, p.Copies} {
			e.b = binary.AppendVarint(e.b, int64(n))
		}
		e.b = append(e.b, byte(p.Digital))
	}
	e.uint(hasPaid, uint64(d.Paid))
	if d.OwnDue.Known() {
		e.day(hasOwnDue, d.OwnDue.Day, d.Received.Day)
		e.b = binary.AppendUvarint(e.b, uint64(d.OwnDue.Clock))
	}
	e.text(hasPartner, d.Partner)
	e.uint(hasCause, uint64(d.Cause))
	e.uint(hasHelper, uint64(d.Helper))
	e.texts(hasExternal, d.ExternalCode, d.ExternalSystem)
	return e.masked(len(b))
}

func encodeEvent(b []byte, v *data.Event, base data.Day) []byte {
	b = append(b, byte(v.Kind))
	e := encoder{b: b}
	e.moment(evAt, evClock, v.At, base)
	e.moment(evDue, evDueClock, v.Due, base)
	e.text(evRef, v.Ref)
	e.text(evText, v.Text)
	e.text(evBy, v.By)
	e.text(evField, v.Field)
	e.text(evOld, v.Old)
	e.text(evNew, v.New)
	e.int(evRecorded, v.Recorded)
	e.text(evMore, v.More)
	e.text(evSigner, v.Signer)
	e.day(evDoc, v.Doc, base)
	e.text(evTo, v.To)
	if e.has(evWay, v.Way != 0) {
		e.b = append(e.b, byte(v.Way))
	}
	return e.masked(len(b))
}

// reader takes values off a stored record; after the first fault every value
// is zero and bad is set. What ends in If takes a fact where named is a bit of the
// mask, not 0.
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

func (r *reader) uintIf(named uint64) uint64 {
	if named == 0 {
		return 0
	}
	return r.uint()
}

func (r *reader) int() int64 {
	u := r.uint()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) intIf(named uint64) int64 {
	if named == 0 {
		return 0
	}
	return r.int()
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

func (r *reader) textIf(named uint64) []byte {
	if named == 0 {
		return nil
	}
	return r.text()
}

// string takes a text, which it returns where it is wanted.
func (r *reader) string(wanted bool) string {
	t := r.text()
	if !wanted {
		return ""
	}
	return string(t)
}

func (r *reader) stringIf(named uint64, wanted bool) string {
	if named == 0 {
		return ""
	}
	return r.string(wanted)
}

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

func (r *reader) dayIf(named uint64, base data.Day) data.Day {
	if named == 0 {
		return 0
	}
	return r.day(base)
}

// up reads a number that is most at the most.
func (r *reader) up(most uint64) uint64 {
	n := r.uint()
	if n > most {
		r.bad = true
		return 0
	}
	return n
}

func (r *reader) clockIf(named uint64) data.Clock {
	if named == 0 {
		return 0
	}
	return data.Clock(r.up(24 * 60))
}

func (r *reader) idIf(named uint64) uint32 {
	if named == 0 {
		return 0
	}
	return uint32(r.up(1<<32 - 1))
}

// countIf reads how many of something follow, each of which takes a byte at least.
func (r *reader) countIf(named uint64) int {
	if named == 0 {
		return 0
	}
	return int(r.up(uint64(len(r.b))))
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
	x.mask = m
	*g = data.Glance{ID: g.ID, Events: g.Events[:0]}
	g.Code, g.Owner = r.text(), r.text()
	g.Received.Day = r.day(0)
	g.Procedure, g.Field, g.Unit, g.Receiver = r.idIf(m&hasProcedure), r.idIf(m&hasField), r.idIf(m&hasUnit), r.idIf(m&hasReceiver)
	way := r.uintIf(m & hasWay)
	g.Channel, g.Return = data.Channel(way&3), data.ReturnWay(way>>4&3)
	g.Flags, g.Entry = data.Flag(r.uintIf(m&hasFlags)), data.Status(r.uintIf(m&hasEntry))
	g.Received.Clock = r.clockIf(m & hasClock)
	g.Due.Day = r.dayIf(m&hasDue, g.Received.Day)
	g.Due.Clock = r.clockIf(m & hasDueClock)
	if m&hasTerm != 0 {
		g.Term.Count = int(r.int())
		u := r.byte()
		g.Term.Unit, x.mode = data.TermUnit(u&15), data.PauseMode(u>>4)
	}
	g.Address, g.Title, g.Content = r.textIf(m&hasAddress), r.textIf(m&hasTitle), r.textIf(m&hasContent)
	g.Phone, g.Identity = r.textIf(m&hasPhone), r.textIf(m&hasIdentity)
	x.email, x.area = r.textIf(m&hasOwnerMore), r.textIf(m&hasOwnerMore)
	if m&hasAgent != 0 {
		for i := range x.agent {
			x.agent[i] = r.text()
		}
	}
	g.Officer, x.note = r.textIf(m&hasOfficer), r.textIf(m&hasNote)
	x.copies, x.fee = r.intIf(m&hasCopies), r.intIf(m&hasFee)
	x.book, x.seq = r.intIf(m&hasBook), r.intIf(m&hasBook)
	x.originImport, x.originRow = r.uintIf(m&hasOrigin), r.uintIf(m&hasOrigin)
	x.events = r.countIf(m & hasEvents)
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
	e.At.Day, e.At.Clock = r.dayIf(m&evAt, base), r.clockIf(m&evClock)
	e.Due.Day, e.Due.Clock = r.dayIf(m&evDue, base), r.clockIf(m&evDueClock)
	e.Ref, e.Text, e.By = r.stringIf(m&evRef, whole), r.stringIf(m&evText, whole), r.stringIf(m&evBy, whole)
	e.Field, e.Old, e.New = r.stringIf(m&evField, true), r.stringIf(m&evOld, whole), r.stringIf(m&evNew, true)
	if n := r.intIf(m & evRecorded); whole {
		e.Recorded = n
	}
	e.More, e.Signer = r.stringIf(m&evMore, whole), r.stringIf(m&evSigner, whole)
	e.Doc = r.dayIf(m&evDoc, base)
	e.To = r.stringIf(m&evTo, whole)
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
	d.Case = r.stringIf(m&hasCase, true)
	if n := r.countIf(m & hasParts); n > 0 {
		d.Parts = make([]data.Part, n)
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		p.Name = string(r.text())
		p.Original, p.Certified, p.Copies = int(r.int()), int(r.int()), int(r.int())
		p.Digital = data.Digital(r.byte())
		r.bad = r.bad || !p.Digital.Valid()
	}
	d.Paid = data.PayWay(r.uintIf(m&hasPaid) & 3)
	d.OwnDue.Day, d.OwnDue.Clock = r.dayIf(m&hasOwnDue, d.Received.Day), r.clockIf(m&hasOwnDue)
	d.Partner = r.stringIf(m&hasPartner, true)
	d.Cause, d.Helper = r.idIf(m&hasCause), r.idIf(m&hasHelper)
	d.ExternalCode, d.ExternalSystem = r.stringIf(m&hasExternal, true), r.stringIf(m&hasExternal, true)
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
