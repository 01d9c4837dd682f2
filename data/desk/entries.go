package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// Entries of logbooks are records of a kind of their own. What was read of them is
// kept in memory until the kind changes: each change writes a number of its own under
// kindRevision, which undo takes back with it, so that equal numbers are equal entries.
const (
	kindEntry    = "log-"        // before the kind
	kindRevision = "log-rev/"    // before the kind
	lastRevision = "seq/log-rev" // the highest revision ever given
	entryNumber  = "seq/log/"    // before kind and year: the highest number ever given
	// SettingTerms holds the terms that the office changed: days by kind and term.
	SettingTerms = "log-terms"
)

// RecordsOf returns the kind of records under which a logbook is stored.
func RecordsOf(kind string) string { return kindEntry + kind }

// shelves keep what was read of logbooks, indicators and closings.
type shelves struct {
	mu         sync.Mutex
	kinds      map[string][]shelf // the newest first; undo goes back to an older one
	indicators indicatorShelf
	closed     closedSpans
}

// shelf is what was read of one kind.
type shelf struct {
	revision string
	*logbook.Shelf
}

// mostShelves is how many states of a kind are kept for undo and redo.
const mostShelves = 6

// Logbooks returns all logbooks as they are now, for the states of a day. Any goroutine
// may ask them.
func (d reading) Logbooks(day data.Day) (*logbook.World, error) {
	w := &logbook.World{Day: day, Today: d.Today(), Calendar: d.Calendar(), Bases: d.Bases()}
	cat := d.Catalogue()
	w.UnitName = func(id uint32) string { return cat.Unit(id).Name }
	var found map[string]*logbook.Shelf
	err := d.Read(func(v View) (err error) {
		if w.Days, err = termsOf(v); err == nil {
			found, err = d.from.shelves().all(v)
		}
		return err
	})
	w.Shelves = func(kind string) *logbook.Shelf { return found[kind] }
	w.Entries = func(kind string) []*logbook.Entry { return found[kind].Entries() }
	return w, err
}

func termsOf(v View) (days map[string]int, err error) {
	err = ReadJSON(v.Setting(SettingTerms), &days, "Các thời hạn của sổ trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.")
	return days, err
}

// KeepTerms stores the terms of logbooks that the office changed.
func (d *Desk) KeepTerms(ctx context.Context, days map[string]int) error {
	for _, k := range logbook.Kinds() {
		for _, t := range k.Terms {
			if n, ok := days[k.ID+"/"+t.ID]; ok && (n < 0 || n > t.Most()) {
				return &data.Error{Code: data.Invalid, Field: k.ID + "/" + t.ID, Message: fmt.Sprintf("%s: nhập số từ 0 đến %d.", t.Title, t.Most())}
			}
		}
	}
	return d.KeepJSON(ctx, Work{Title: "Sửa thời hạn của các sổ"}, SettingTerms, days)
}

// all returns the shelf of every kind as v holds it.
func (s *shelves) all(v View) (map[string]*logbook.Shelf, error) {
	found := map[string]*logbook.Shelf{}
	for _, k := range logbook.Kinds() {
		one, err := s.read(v, k)
		if err != nil {
			return nil, err
		}
		found[k.ID] = one
	}
	return found, nil
}

// read returns the shelf of a kind as v holds it.
func (s *shelves) read(v View, k *logbook.Kind) (*logbook.Shelf, error) {
	revision := string(v.Setting(kindRevision + k.ID))
	if revision == "" {
		return logbook.NewShelf(k, nil), nil
	}
	s.mu.Lock()
	known := s.kinds[k.ID]
	s.mu.Unlock()
	if i := slices.IndexFunc(known, func(x shelf) bool { return x.revision == revision }); i >= 0 {
		return known[i].Shelf, nil
	}
	var list []*logbook.Entry
	err := v.EachRecord(kindEntry+k.ID, func(id uint64, value []byte) error {
		e := &logbook.Entry{ID: id}
		list = append(list, e)
		return decodeRecord(kindEntry+k.ID, id, value, e)
	})
	if err != nil {
		return nil, err
	}
	one := logbook.NewShelf(k, list)
	s.put(k.ID, shelf{revision, one})
	return one, nil
}

// put keeps a state of a kind in the place of the oldest.
func (s *shelves) put(kind string, one shelf) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kinds == nil {
		s.kinds = map[string][]shelf{}
	}
	list := []shelf{one}
	for _, old := range s.kinds[kind] {
		if old.revision != one.revision && len(list) < mostShelves {
			list = append(list, old)
		}
	}
	s.kinds[kind] = list
}

// entryWriter writes entries within one change.
type entryWriter struct {
	tx     Tx
	desk   *Desk
	world  *logbook.World // as the change began, with what it added
	names  *resolver
	by     string
	reason string // why closed periods are changed; "" refuses that
	closed closedPeriods
	shelf  map[string]*logbook.Shelf   // by kind, as the change began
	wrote  map[string][]*logbook.Entry // by kind; entries without values were taken out
	seen   map[string]map[uint64]int   // place of an id in wrote
}

// writeEntries makes one change of logbooks; reason is why it may alter closed periods,
// "" where it may not.
func (d *Desk) writeEntries(ctx context.Context, entry *Entry, reason string, fn func(*entryWriter) error) error {
	var after map[string]shelf
	err := d.change(ctx, entry, func(tx Tx) (err error) {
		w, err := d.entryWriter(tx, reason)
		if err != nil {
			return err
		}
		if err := fn(w); err != nil {
			return err
		}
		after, err = w.revised()
		return err
	})
	if err == nil || data.CodeOf(err) == data.Unsure {
		for kind, one := range after {
			d.shelves().put(kind, one)
		}
	}
	return err
}

func (d *Desk) entryWriter(tx Tx, reason string) (w *entryWriter, err error) {
	w = &entryWriter{tx: tx, desk: d, names: newResolver(d.Catalogue()), by: d.Officer(), reason: reason, wrote: map[string][]*logbook.Entry{}, seen: map[string]map[uint64]int{}}
	w.names.tx = tx
	if w.shelf, err = d.shelves().all(tx); err != nil {
		return nil, err
	}
	if w.closed.spans, err = d.shelves().closed.read(tx); err != nil {
		return nil, err
	}
	w.world = &logbook.World{Day: d.Today(), Today: d.Today(), Calendar: d.Calendar(), Bases: d.Bases(), UnitName: w.UnitName}
	w.world.Shelves = func(kind string) *logbook.Shelf { return w.shelf[kind] }
	w.world.Entries = func(kind string) []*logbook.Entry { return w.shelf[kind].Entries() }
	w.world.Days, err = termsOf(tx)
	return w, err
}

// revised gives the kinds that were written a new revision and returns their shelves.
func (w *entryWriter) revised() (map[string]shelf, error) {
	after := map[string]shelf{}
	for kind, list := range w.wrote {
		revision, err := revise(w.tx, kind)
		if err != nil {
			return nil, err
		}
		after[kind] = shelf{revision, w.shelf[kind].With(list)}
	}
	return after, nil
}

// revise gives a kind a new revision.
func revise(tx Tx, kind string) (string, error) {
	last, _ := strconv.Atoi(string(tx.Setting(lastRevision)))
	revision := strconv.Itoa(last + 1)
	if err := tx.PutSetting(lastRevision, []byte(revision)); err != nil {
		return "", err
	}
	return revision, tx.PutSetting(kindRevision+kind, []byte(revision))
}

func (w *entryWriter) note(kind string, e *logbook.Entry) {
	if w.seen[kind] == nil {
		w.seen[kind] = map[uint64]int{}
	}
	if i, ok := w.seen[kind][e.ID]; ok {
		w.wrote[kind][i] = e
		return
	}
	w.seen[kind][e.ID] = len(w.wrote[kind])
	w.wrote[kind] = append(w.wrote[kind], e)
}

// add stores a new entry, which gets its id and number.
func (w *entryWriter) add(k *logbook.Kind, e *logbook.Entry) error {
	w.made(e)
	if err := k.Ready(w.world, e, nil); err != nil {
		return err
	}
	if err := w.guard(k, e, nil); err != nil {
		return err
	}
	return w.put(k, e)
}

// made says when and by whom a new entry was made.
func (w *entryWriter) made(e *logbook.Entry) {
	if e.By = w.by; e.Made == 0 {
		e.Made = w.desk.Now().Unix()
	}
}

// put stores a new entry that was checked.
func (w *entryWriter) put(k *logbook.Kind, e *logbook.Entry) error {
	w.made(e)
	e.Year = e.MadeDay().Year()
	if day := e.Day(k.Day); day.Known() {
		e.Year = day.Year()
	}
	name := entryNumber + k.ID + "/" + strconv.Itoa(e.Year)
	last, _ := strconv.Atoi(string(w.tx.Setting(name)))
	e.Number = last + 1
	if err := keep(w.tx, name, e.Number); err != nil {
		return err
	}
	e.ID = 0
	if err := w.tx.PutRecord(kindEntry+k.ID, &e.ID, e); err != nil {
		return err
	}
	w.note(k.ID, e)
	w.world.Added(k.ID, e)
	return nil
}

// amend stores a changed entry.
func (w *entryWriter) amend(k *logbook.Kind, e, old *logbook.Entry, why string) error {
	if err := k.Ready(w.world, e, old); err != nil {
		return err
	}
	if err := w.guard(k, e, old); err != nil {
		return err
	}
	k.Amend(e, old, w.desk.Now().Unix(), w.by, why)
	id := e.ID
	if err := w.tx.PutRecord(kindEntry+k.ID, &id, e); err != nil {
		return err
	}
	w.note(k.ID, e)
	return nil
}

// KeepEntry stores an entry: a new one when its id is zero, else one whose values
// changed. It returns the entry as it is kept. The error names the key of the field
// that is wrong. A change of what was closed needs a reason.
func (d *Desk) KeepEntry(ctx context.Context, k *logbook.Kind, e *logbook.Entry, why string) (*logbook.Entry, error) {
	kept := e.Clone()
	entry := &Entry{Why: text.Line(why)}
	err := d.writeEntries(ctx, entry, entry.Why, func(w *entryWriter) error {
		if kept.ID == 0 {
			if err := w.add(k, kept); err != nil {
				return err
			}
			entry.Title = "Ghi " + k.One + " " + k.Name(kept)
			return nil
		}
		old := w.world.Entry(k.ID, kept.ID)
		if old == nil {
			return gone(k)
		}
		entry.Title = "Sửa " + k.One + " " + k.Name(old)
		return w.amend(k, kept, old, entry.Why)
	})
	return kept, err
}

// AddEntries stores new entries in one change, all or none. The error names the line of
// the one that is wrong, from 1, and the key of its field.
func (d *Desk) AddEntries(ctx context.Context, k *logbook.Kind, list []*logbook.Entry, why string) error {
	if len(list) == 0 {
		return data.Fail(data.Invalid, "Chưa ghi dòng nào.", nil)
	}
	why = text.Line(why)
	return d.writeEntries(ctx, &Entry{Title: fmt.Sprintf("Ghi %d %s", len(list), k.One), Why: why}, why, func(w *entryWriter) error {
		for i, e := range list {
			if err := w.add(k, e.Clone()); err != nil {
				var wrong *data.Error
				if errors.As(err, &wrong) {
					return &data.Error{Code: wrong.Code, Field: wrong.Field, Cause: wrong.Cause, Message: fmt.Sprintf("Dòng %d: %s", i+1, wrong.Message)}
				}
				return err
			}
		}
		return nil
	})
}

// FoundEntries adds entries to a file that is being made, as part of its birth: one
// change that undo stops at. add returns the id of what it added, for links; an entry
// keeps the time at which it says that it was made.
func (d *Desk) FoundEntries(ctx context.Context, title string, fn func(add func(*logbook.Kind, *logbook.Entry) (uint64, error)) error) error {
	return d.writeEntries(ctx, &Entry{Title: title, Kind: entryStart}, title, func(w *entryWriter) error {
		return fn(func(k *logbook.Kind, e *logbook.Entry) (uint64, error) {
			err := w.add(k, e)
			return e.ID, err
		})
	})
}

// DropEntry takes an entry out; undo brings it back.
func (d *Desk) DropEntry(ctx context.Context, k *logbook.Kind, id uint64, why string) error {
	entry := &Entry{Why: text.Line(why)}
	return d.writeEntries(ctx, entry, entry.Why, func(w *entryWriter) error {
		old := w.world.Entry(k.ID, id)
		if old == nil {
			return gone(k)
		}
		if k.Refuse != nil {
			if err := k.Refuse(w.world, old); err != nil {
				return err
			}
		}
		if err := w.guard(k, nil, old); err != nil {
			return err
		}
		entry.Title = "Xóa " + k.One + " " + k.Name(old)
		w.note(k.ID, &logbook.Entry{ID: id})
		return w.tx.DropRecord(kindEntry+k.ID, id)
	})
}

func gone(k *logbook.Kind) error {
	return data.Fail(data.NotFound, fmt.Sprintf("Không còn %s này trong sổ: có thể đã bị xóa hoặc hoàn tác.", k.One), nil)
}

// UnitID implements logbook.Names: a unit that is unknown is made, marked as coming
// from an import.
func (w *entryWriter) UnitID(name string) (uint32, error) { return w.names.unit(name, w.desk.Today()) }

// UnitName implements logbook.Names.
func (w *entryWriter) UnitName(id uint32) string {
	if name := w.desk.Catalogue().Unit(id).Name; name != "" {
		return name
	}
	for _, u := range w.names.made {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

// EntryID implements logbook.Names.
func (w *entryWriter) EntryID(kind, typed string) uint64 { return w.world.Named(kind, typed) }

// Today implements logbook.Names.
func (w *entryWriter) Today() data.Day { return w.desk.Today() }

// EntryNames finds what is typed into a form; it makes no units.
type EntryNames struct {
	World *logbook.World
	Cat   *Catalogue
}

// UnitID implements logbook.Names.
func (n EntryNames) UnitID(name string) (uint32, error) {
	if id, ok := newResolver(n.Cat).units[unitKey(name)]; ok {
		return id, nil
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Danh mục chưa có đơn vị «%s». Chọn đơn vị trong danh sách, hoặc thêm vào danh mục trước.", name), nil)
}

// UnitName implements logbook.Names.
func (n EntryNames) UnitName(id uint32) string { return n.Cat.Unit(id).Name }

// EntryID implements logbook.Names.
func (n EntryNames) EntryID(kind, typed string) uint64 { return n.World.Named(kind, typed) }

// Today implements logbook.Names.
func (n EntryNames) Today() data.Day { return n.World.Today }
