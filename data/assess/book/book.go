package book

import (
	"cmp"
	"strings"
	"sync"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// Book is the self-assessment of an open office. Its methods may be called from
// any goroutine.
type Book struct {
	desk *desk.Desk // takes what changes
	from state      // what is read: the office as it stands, or a snapshot of it

	mu   sync.Mutex
	sets map[string]*scoring.Set // by hash: a set is read once
}

// New returns the book of an office.
func New(d *desk.Desk) *Book { return &Book{desk: d, from: d, sets: map[string]*scoring.Set{}} }

// At returns the book of an office as a snapshot of it stands, for papers that must not
// mix two states. It is only read from.
func At(d *desk.Desk, s *desk.Snapshot) *Book {
	return &Book{desk: d, from: s, sets: map[string]*scoring.Set{}}
}

// state is what a book is read from: a desk, or a snapshot of it.
type state interface {
	desk.Reading
	Figures(p data.Period, asOf data.Day, by data.Group, f desk.Filter) data.Table
	Count(q desk.Query) int
	Span() (first, last data.Day)
}

// all reads the records of a kind and tells each its id.
func all[T any](v desk.View, kind string, id func(*T) *uint64) ([]T, error) {
	list, err := desk.Records[T](v, kind)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = s.Value
		*id(&out[i]) = s.ID
	}
	return out, nil
}

// one reads a record; what names it in the sentence when there is none.
func one[T any](v desk.View, kind string, id uint64, what string, idOf func(*T) *uint64) (T, error) {
	x, ok, err := desk.RecordOf[T](v, kind, id)
	if err != nil {
		return x, err
	}
	if !ok {
		return x, data.Fail(data.NotFound, "Không tìm thấy "+what+". Có thể đã bị xóa; mở lại danh sách.", nil)
	}
	*idOf(&x) = id
	return x, nil
}

// The places of the ids.
func setID(x *assess.StoredSet) *uint64           { return &x.ID }
func periodID(x *assess.Period) *uint64           { return &x.ID }
func sheetID(x *assess.Sheet) *uint64             { return &x.ID }
func lineID(x *assess.Line) *uint64               { return &x.ID }
func changeID(x *assess.Change) *uint64           { return &x.ID }
func evidenceID(x *assess.Evidence) *uint64       { return &x.ID }
func publicationID(x *assess.Publication) *uint64 { return &x.ID }
func readingID(x *assess.Reading) *uint64         { return &x.ID }

// listed reads all records of a kind from a state of its own.
func listed[T any](b *Book, kind string, id func(*T) *uint64) (list []T, err error) {
	err = b.from.Read(func(v desk.View) error {
		list, err = all(v, kind, id)
		return err
	})
	return list, err
}

// who returns the officer and the time for what is entered now.
func (b *Book) who() (by string, at int64) { return b.desk.Officer(), b.from.Now().Unix() }

// nameOf returns the name of a unit: of the office itself for OwnUnit.
func (b *Book) nameOf(unit uint32) string {
	if unit == assess.OwnUnit {
		// Letterheads break the name over lines.
		if name := strings.Join(strings.Fields(b.from.Office().Name), " "); name != "" {
			return name
		}
		return "Cơ quan"
	}
	if name := b.from.Catalogue().Unit(unit).Name; name != "" {
		return name
	}
	return "Đơn vị đã bỏ khỏi danh mục"
}

// classOf returns the class in which a unit is ranked: that of the office itself follows
// its level, in files that do not know it that of the period.
func (b *Book) classOf(p *assess.Period, unit uint32) data.Class {
	if unit == assess.OwnUnit {
		return b.from.Classes().OfLevel(cmp.Or(b.from.Office().Level, data.Level(p.Level)))
	}
	u := b.from.Catalogue().Unit(unit)
	return b.from.Classes().Of(&u)
}

// open reads a stored set once.
func (b *Book) open(s *assess.StoredSet) (*scoring.Set, error) {
	if s.Draft {
		return s.Open()
	}
	b.mu.Lock()
	set := b.sets[s.Hash]
	b.mu.Unlock()
	if set != nil {
		return set, nil
	}
	set, err := s.Open()
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sets[s.Hash] = set
	return set, nil
}
