package inspect

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/text"
)

// The checks between dossiers.
const (
	samePerson    = "same-person"
	bookDuplicate = "book-duplicate"
	bookMissing   = "book-missing"
)

// crossKinds compare dossiers with each other. What trips them is found when all
// dossiers were seen; see crossing.
var crossKinds = []Kind{
	{
		ID: samePerson, Severity: Doubt, bends: true,
		Name:   "Trùng người, thủ tục vài ngày",
		Why:    "Một người nộp cùng thủ tục hai lần sát nhau; có thể nhập hai lần.",
		Effect: "Hồ sơ nhập hai lần được đếm hai lần.",
		says: func(l *look) string {
			if l.other == nil {
				return "Có hồ sơ khác của người này"
			}
			return fmt.Sprintf("Hồ sơ %s nhận %s", l.other.Code, l.other.Received.Day)
		},
	},
	{
		ID: bookDuplicate, Severity: Doubt,
		Name: "Trùng số thứ tự trong sổ",
		Why:  "Hai hồ sơ cùng quyển, cùng năm, cùng số thứ tự.",
		says: func(l *look) string {
			text := fmt.Sprintf("Quyển %d, số %d", l.d.Book, l.d.Seq)
			if l.other != nil {
				text += ", trùng với " + l.other.Code
			}
			return text
		},
	},
	{
		ID: bookMissing, Severity: Minor,
		Name: "Chưa có số thứ tự trong sổ",
		Why:  "Các hồ sơ khác trong năm đã được đánh số, hồ sơ này thì chưa.",
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
