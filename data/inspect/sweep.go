package inspect

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"giaoban/data"
	"giaoban/data/text"
)

// Hit is a dossier that a check found.
type Hit struct {
	ID      uint32
	Other   uint32 // the dossier that it is compared with, 0 for none
	Outcome data.Outcome
}

// Finding is what one check found.
type Finding struct {
	Kind     *Kind
	Count    int   // dossiers found, those accepted left out
	Hits     []Hit // of them, newest id first, at most MaxHits
	Accepted int
	Tally    Tally // of Count, as of today
}

// MaxHits bounds the dossiers that are listed for one check. Count is exact
// beyond it.
const MaxHits = 200_000

// Report is what a sweep found: one finding for each check, in the order of
// Kinds.
type Report struct {
	Findings []Finding
	Seen     int // dossiers looked at
}

// Serious counts the dossiers found by checks that bend figures. A dossier that
// several of them find counts for each.
func (r *Report) Serious() int { return r.of(Serious) }

// Total counts all findings.
func (r *Report) Total() int { return r.of(Serious) + r.of(Doubt) + r.of(Minor) }

func (r *Report) of(s Severity) (n int) {
	for i := range r.Findings {
		if r.Findings[i].Kind.Severity == s {
			n += r.Findings[i].Count
		}
	}
	return n
}

// Accepted counts the accepted findings.
func (r *Report) Accepted() (n int) {
	for i := range r.Findings {
		n += r.Findings[i].Accepted
	}
	return n
}

// Acceptance names a finding that the office lives with.
type Acceptance struct {
	Dossier uint64
	Kind    string // id of the check
}

// Fingerprint is a hash of the facts for which a finding was accepted: when they
// change the finding shows again. other is the dossier that it is compared with.
func (k *Kind) Fingerprint(o *Office, d *data.Dossier, other uint32) uint64 {
	l := newLook(o)
	l.set(d)
	return k.fingerprint(&l, other)
}

func (k *Kind) fingerprint(l *look, other uint32) uint64 {
	h := fnv.New64a()
	switch {
	case k.trips == nil:
		h.Write([]byte{byte(other), byte(other >> 8), byte(other >> 16), byte(other >> 24)})
	case k.facts != nil:
		h.Write([]byte(k.facts(l)))
	default:
		h.Write([]byte(k.says(l)))
	}
	return h.Sum64()
}

// Sweep looks at dossiers one after the other. Several sweeps may run at once
// and be merged at the end. The zero value is not usable; see NewSweep.
type Sweep struct {
	o        *Office
	l        look
	accepted map[Acceptance]uint64
	keep     func(id uint32) bool
	findings []Finding
	cross    crossing
	seen     int
}

// NewSweep begins to look. accepted holds the fingerprints of accepted findings
// and may be nil. keep tells which dossiers are asked for, nil for all: the
// others are only compared with.
func NewSweep(o *Office, accepted map[Acceptance]uint64, keep func(id uint32) bool) *Sweep {
	s := &Sweep{o: o, accepted: accepted, keep: keep, findings: make([]Finding, len(kinds)), l: newLook(o)}
	for i, k := range kinds {
		s.findings[i].Kind = k
	}
	return s
}

// Look looks at one dossier. Nothing of it is kept.
func (s *Sweep) Look(d *data.Dossier) {
	s.l.set(d)
	s.cross.add(&s.l)
	if s.keep != nil && !s.keep(uint32(d.ID)) {
		return
	}
	s.seen++
	for i, k := range kinds {
		if k.trips == nil || !k.trips(&s.l) {
			continue
		}
		if len(s.accepted) > 0 {
			if mark, ok := s.accepted[Acceptance{d.ID, k.ID}]; ok && mark == k.fingerprint(&s.l, 0) {
				s.findings[i].Accepted++
				continue
			}
		}
		s.findings[i].add(Hit{ID: uint32(d.ID), Outcome: s.l.out})
	}
}

func (f *Finding) add(h Hit) {
	f.Count++
	f.Tally[h.Outcome&7]++
	if len(f.Hits) < MaxHits {
		f.Hits = append(f.Hits, h)
	}
}

// Merge ends sweeps of one office and puts together what they found.
func Merge(sweeps ...*Sweep) *Report {
	if len(sweeps) == 0 {
		return &Report{}
	}
	first := sweeps[0]
	for _, s := range sweeps[1:] {
		first.seen += s.seen
		first.cross.merge(&s.cross)
		for i := range s.findings {
			a, b := &first.findings[i], &s.findings[i]
			a.Count += b.Count
			a.Accepted += b.Accepted
			a.Hits = append(a.Hits, b.Hits[:min(len(b.Hits), MaxHits-len(a.Hits))]...)
			for o := range b.Tally {
				a.Tally[o] += b.Tally[o]
			}
		}
	}
	first.cross.hits(first.o, func(k *Kind, h Hit) {
		if first.keep != nil && !first.keep(h.ID) {
			return
		}
		f := &first.findings[placeOf[k]]
		if mark, ok := first.accepted[Acceptance{uint64(h.ID), k.ID}]; ok && mark == k.fingerprint(nil, h.Other) {
			f.Accepted++
			return
		}
		f.add(h)
	})
	for i := range first.findings {
		slices.SortFunc(first.findings[i].Hits, func(a, b Hit) int { return int(b.ID) - int(a.ID) })
	}
	return &Report{Findings: first.findings, Seen: first.seen}
}

// Line sums up the sweep for the foot of a report: how many faults there are and
// how many the office accepted.
func (r *Report) Line(day data.Day) string {
	return fmt.Sprintf("Kiểm tra dữ liệu ngày %s: %s lỗi, %s lỗi đã chấp nhận; trong đó %s lỗi làm sai số liệu.", day,
		data.FormatInt(int64(r.Total())), data.FormatInt(int64(r.Accepted())), data.FormatInt(int64(r.Serious())))
}

// The checks between dossiers.
const (
	samePerson    = "same-person"
	bookDuplicate = "book-duplicate"
	bookMissing   = "book-missing"
)

// crossKinds compare dossiers with each other. What trips them is found when all
// dossiers were seen; see crossing.
var crossKinds = checks{
	samePerson: {
		says: func(l *look) string {
			if l.other == nil {
				return "Có hồ sơ khác của người này"
			}
			return fmt.Sprintf("Hồ sơ %s nhận %s", l.other.Code, l.other.Received.Day)
		},
	},
	bookDuplicate: {
		says: func(l *look) string {
			text := fmt.Sprintf("Quyển %d, số %d", l.d.Book, l.d.Seq)
			if l.other != nil {
				text += ", trùng với " + l.other.Code
			}
			return text
		},
	},
	bookMissing: {
		says: func(*look) string { return "Chưa vào sổ" },
	},
}

// crossing gathers what is compared between dossiers.
type crossing struct {
	people  []mark // one person and procedure each
	numbers []mark // one number in a book each
	bare    []mark // without a number; key is the year
	begun   map[uint64]data.Day
}

// mark is a dossier under a key by which dossiers are compared.
type mark struct {
	key uint64
	id  uint32
	day int32
	out data.Outcome
}

// add takes in a dossier.
func (c *crossing) add(l *look) {
	d := l.d
	if l.s.Cancelled || !l.counted() {
		return
	}
	m := mark{id: uint32(d.ID), day: int32(d.Received.Day), out: l.out}
	if d.Procedure != 0 && d.Owner.Name != "" && l.o.SimilarDays > 0 {
		m.key = personKey(d.Owner.Name, d.Procedure)
		c.people = append(c.people, m)
	}
	year := uint64(d.Received.Day.Year())
	switch {
	case d.Seq > 0:
		m.key = year<<48 | uint64(uint16(d.Book))<<32 | uint64(uint32(d.Seq))
		c.numbers = append(c.numbers, m)
		if c.begun == nil {
			c.begun = map[uint64]data.Day{}
		}
		if first, ok := c.begun[year]; !ok || d.Received.Day < first {
			c.begun[year] = d.Received.Day
		}
	case d.Origin.Import == 0:
		m.key = year
		c.bare = append(c.bare, m)
	}
}

// merge takes over what another goroutine gathered.
func (c *crossing) merge(o *crossing) {
	c.people = append(c.people, o.people...)
	c.numbers = append(c.numbers, o.numbers...)
	c.bare = append(c.bare, o.bare...)
	if c.begun == nil {
		c.begun = map[uint64]data.Day{}
	}
	for year, day := range o.begun {
		if first, ok := c.begun[year]; !ok || day < first {
			c.begun[year] = day
		}
	}
}

// hits compares what was gathered. The later of two dossiers is the one found.
func (c *crossing) hits(o *Office, found func(k *Kind, h Hit)) {
	order := func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id))
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		slices.SortFunc(c.people, order)
	}()
	slices.SortFunc(c.numbers, order)
	<-done
	pairs := func(kind string, list []mark, within int32) {
		k := byID[kind]
		for i := 1; i < len(list); i++ {
			if a, b := list[i-1], list[i]; a.key == b.key && b.day-a.day <= within {
				found(k, Hit{ID: b.id, Other: a.id, Outcome: b.out})
			}
		}
	}
	pairs(samePerson, c.people, int32(o.SimilarDays))
	pairs(bookDuplicate, c.numbers, 366)
	for _, m := range c.bare {
		if first, ok := c.begun[m.key]; ok && data.Day(m.day) >= first {
			found(byID[bookMissing], Hit{ID: m.id, Outcome: m.out})
		}
	}
}

// personKey is a hash of a name, as text.NameKey has it, and of a procedure. Among a million dossiers two of one hash that differ have a chance
// of one in thirty million.
func personKey(name string, procedure uint32) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := uint64(offset)
	for _, r := range text.NameKey(name) {
		h = (h ^ uint64(r)) * prime
	}
	h = (h ^ uint64(procedure)) * prime
	return h ^ h>>29
}
