package desk

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/register"
	"giaoban/data/text"
	"giaoban/data/workday"
)

// Store keeps the facts of an office and one journal of all changes. What it has
// to keep: an Append or Revert is durable and whole, or nothing of it is there; a
// View or State is one state. Its methods may be called from any goroutine.
type Store interface {
	About() About
	// Turn waits until this desk may write, and lets bring keep what other desks wrote
	// meanwhile; release ends it. A file that nobody shares is always this desk's turn.
	Turn(ctx context.Context, bring bringer) (release func(), err error)
	// Append writes facts as one entry of the journal, whose Seq and At it fills. When
	// fn or ctx fails nothing is written; data.Unsure tells that all was written but
	// may not last.
	Append(ctx context.Context, e *Entry, fn func(Tx) error) error
	// Revert takes back the last change, or does it again, and returns its title; then
	// is called at the end with what is about to be kept. data.NotFound where there is
	// nothing left to revert.
	Revert(ctx context.Context, redo bool, then func(Tx) error) (title string, err error)
	// UndoImport takes back the dossiers of one import, of any time, as a change of its
	// own. data.NotFound for one that is not there, data.Conflict where something
	// changed its dossiers since.
	UndoImport(ctx context.Context, id uint64, title, by string, then func(Tx) error) error
	// View calls fn with one state. Within fn no other state may be opened.
	View(fn func(View) error) error
	// Begin holds one state until it is closed.
	Begin() (State, error)
	// Load is View for what reads all dossiers once: it keeps none of them in memory.
	Load(fn func(View) error) error
	// Check reads everything and tells what is not sound.
	Check(ctx context.Context) (Check, error)
	// Copy writes a verified copy of the data file to path, which errors name as shown,
	// and MayReplace decides whether a backup may take the place of what stands there.
	Copy(ctx context.Context, path, shown string) (Check, error)
	MayReplace(path string, replace bool, head func(path string) (Head, error)) error
	Keys() []byte // the ways to the key, JSON of vault.Wraps; nil for a plain store
	Close() error
}

// About tells which store is open and what was found when it was opened.
type About struct {
	Path     string
	Data     string // the data file itself, where Path is a backup that it was unpacked from
	Backup   bool   // a backup, which is not written to
	ReadOnly string // why nothing can be saved, "" where it can
	Notice   string // what was found damaged although all can be read, "" for nothing
	Lost     bool   // the newest change may be missing
}

// State is one state of a store that is held for a while, by one goroutine at a
// time; a second Close does nothing.
type State interface {
	View(fn func(View) error) error
	Close()
}

// View reads one state of the facts.
type View interface {
	Office() (data.Office, error) // its zero value when none was entered
	Units() ([]data.Unit, error)
	Fields() ([]data.Field, error)
	Procedures() ([]data.Procedure, error)

	// Dossier returns a whole dossier, or data.NotFound.
	Dossier(id uint64) (data.Dossier, error)
	// Glance reads what the register keeps of a dossier; ok is false without it.
	Glance(id uint64, g *data.Glance) (ok bool, err error)
	// Scan calls fn with every dossier by id; the glance lasts for the call only.
	Scan(fn func(*data.Glance) error) error
	FindCode(code string) uint64 // 0 for none
	CodesWith(prefix string, fn func(code string))
	LastID() uint64 // the highest id ever given to a dossier

	Setting(name string) []byte // nil for none
	SettingsWith(prefix string, fn func(name string, value []byte) error) error
	// EachRecord calls fn with the records of a kind by id; the value, which is JSON,
	// lasts for the call only. See Records.
	EachRecord(kind string, fn func(id uint64, value []byte) error) error
	Record(kind string, id uint64) []byte // nil for none; see RecordOf

	Imports() ([]Imported, error)   // oldest first
	Journal(n int) ([]Entry, error) // the newest n, newest first; all for 0
	Undoable() (undo, redo *Entry, err error)
	Versions(dossier uint64) ([]Version, error)   // oldest first
	Since(dossier, seq uint64) ([]Version, error) // those after an entry of the journal
	// TouchedSince calls fn with the dossiers that entries after seq changed, newest entry
	// first, without what was undone; existed tells that they were there before the entry.
	TouchedSince(seq uint64, fn func(e *Entry, dossier uint64, existed bool) error) error
	Head() (Head, error)
	Holds(h Head) bool // the journal has the entry that another one ends with
}

// Tx writes facts; it sees what it wrote. A zero id is replaced by a new one.
type Tx interface {
	View
	PutOffice(o data.Office) error
	PutUnit(u *data.Unit) error
	DropUnit(id uint32) error // nothing may name it any more, as with the other drops
	PutField(f *data.Field) error
	DropField(id uint32) error
	PutProcedure(p *data.Procedure) error
	DropProcedure(id uint32) error
	// PutDossier refuses a code that another dossier has: data.Conflict.
	PutDossier(d *data.Dossier) error
	Batch()                                     // many new dossiers follow, each written once
	PutSetting(name string, value []byte) error // nil removes it
	PutRecord(kind string, id *uint64, value any) error
	DropRecord(kind string, id uint64) error
	PutImport(i *Imported) error
	// Erase puts dossiers and records in the place of what must be kept nowhere; see
	// Desk.Erase.
	Erase(dossiers []data.Dossier, records []Replaced) (Forgotten, error)
	Touched() Touched // what was written so far
	// OnCommit calls fn when nothing but the commit itself is left, which may still fail.
	OnCommit(fn func())
}

// loadStanding reads what the file says beside dossiers and records.
func (d *Desk) loadStanding() error {
	return d.store.View(func(v View) error {
		f, err := readStanding(v, nil)
		if err != nil {
			return err
		}
		var b register.Batch
		f.into(&b, nil)
		d.register.Apply(&b, func() { d.standing.Store(f) })
		return nil
	})
}

// loadDossiers builds the register from the data file, and tells those who wait
// for it.
func (d *Desk) loadDossiers() {
	d.writing.Lock()
	defer d.writing.Unlock()
	d.err = d.store.Load(func(v View) error {
		d.total.Store(int64(v.LastID()))
		d.register.Reserve(int(v.LastID()))
		return d.register.Load(func(put func(*data.Glance)) error {
			n := int64(0)
			err := v.Scan(func(g *data.Glance) error {
				put(g)
				if n++; n%1024 == 0 {
					d.loaded.Store(n)
				}
				return nil
			})
			d.loaded.Store(n)
			return err
		})
	})
	close(d.ready)
	d.tell(Changes{All: true, Catalogue: true, Rules: true})
}

// change writes to the file and brings catalogue, register and watchers up to
// date.
func (d *Desk) change(ctx context.Context, e *Entry, fn func(Tx) error) error {
	return d.follow(ctx, func(then func(Tx) error) error {
		e.By = d.Officer()
		return d.store.Append(ctx, e, func(tx Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			return then(tx)
		})
	})
}

func (d *Desk) revert(ctx context.Context, redo bool) (title string, err error) {
	ctx = withBy(ctx, d.who.Person)
	err = d.follow(ctx, func(then func(Tx) error) error {
		if err := d.mayRevert(redo); err != nil {
			return err
		}
		title, err = d.store.Revert(ctx, redo, then)
		return err
	})
	return title, err
}

// follow lets act change the file and memory together, and then tells the
// watchers. act calls then at the end of its transaction: what memory is to hold
// is worked out there, from what is about to be kept, so that nothing can fail
// between the file and memory. From then on nobody sees one without the other.
func (d *Desk) follow(ctx context.Context, act func(then func(Tx) error) error) error {
	if err := d.Wait(); err != nil {
		return err
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return data.Fail(data.Conflict, "Sổ đã đóng trước khi ghi nên chưa ghi gì. Mở lại tệp rồi làm lại việc này.", nil)
	}
	if d.behind {
		return data.Fail(data.Conflict, "Chưa ghi gì: bảng trên màn hình không còn theo kịp tệp dữ liệu. Đóng chương trình rồi mở lại, sau đó làm lại việc này.", nil)
	}
	release, err := d.store.Turn(ctx, d.bring)
	if err != nil {
		return err
	}
	defer release()
	return d.bring(act)
}

// bring changes file and memory in one step and tells the watchers.
func (d *Desk) bring(act func(then func(Tx) error) error) error {
	told, err := d.commit(act)
	if told != nil {
		d.keepHead()
		d.tell(*told)
	}
	return err
}

// commit changes the file and memory in one step and returns what changed; nil
// when nothing did.
func (d *Desk) commit(act func(then func(Tx) error) error) (told *Changes, err error) {
	var next *following
	differ := false
	defer func() {
		if differ {
			d.step.Unlock()
		}
	}()
	err = act(func(tx Tx) error {
		n, err := d.prepare(tx)
		if err != nil {
			return err
		}
		next = n
		tx.OnCommit(func() {
			d.step.Lock()
			differ = true
		})
		return nil
	})
	if !differ || err != nil && data.CodeOf(err) != data.Unsure {
		return nil, err
	}
	if fault := d.publish(next); fault != nil {
		err = fault
	}
	return &next.changes, err
}

// publish brings memory in step with the file. The change is in the file by now,
// so that a fault of the program here must not look as if it were not: it is told
// apart, and no more is written over a register that fell behind.
func (d *Desk) publish(next *following) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = data.Caught(fault)
		}
		if err != nil {
			d.behind = true
			err = data.Fail(data.Unsure, "Đã ghi vào tệp dữ liệu, nhưng bảng trên màn hình không theo kịp do lỗi của chương trình. Đừng nhập lại; hãy đóng chương trình rồi mở lại.", err)
		}
	}()
	return d.register.Apply(&next.batch, func() { d.standing.Store(next.standing) })
}

// following is what memory is to hold after a change.
type following struct {
	standing *standing
	batch    register.Batch
	changes  Changes
}

// manyDossiers is how many dossiers of a change wait in memory for its commit.
// Those of a longer one are read again behind it: each was found sound before.
const manyDossiers = 16384

// glances reads dossiers from the file.
func (d *Desk) glances(ids []uint64, put func(*data.Glance)) error {
	return d.store.View(func(v View) error {
		var g data.Glance
		for _, id := range ids {
			ok, err := v.Glance(id, &g)
			if err != nil {
				return err
			}
			if ok {
				put(&g)
			}
		}
		return nil
	})
}

// prepare works out what memory is to hold after the transaction.
func (d *Desk) prepare(tx Tx) (*following, error) {
	touched, before := tx.Touched(), d.standing.Load()
	if err := d.mayWrite(touched); err != nil {
		return nil, err
	}
	n := &following{standing: before, changes: Changes{Dossiers: touched.Dossiers, Kinds: append(touched.Kinds, touched.Settings...)}}
	if touched.Catalogue || touched.Office || slices.ContainsFunc(touched.Settings, func(name string) bool { return slices.Contains(standingSettings, name) }) {
		after, err := readStanding(tx, before)
		if err != nil {
			return nil, err
		}
		n.standing = after
		n.changes.Catalogue, n.changes.Rules = after.catalogue != before.catalogue, !after.rulesAs(before)
		after.into(&n.batch, before)
	}
	var g data.Glance
	many := len(touched.Dossiers) > manyDossiers
	for _, id := range touched.Dossiers {
		ok, err := tx.Glance(id, &g)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			n.batch.Remove(id)
		case !many:
			n.batch.Put(&g)
		}
	}
	if many {
		n.batch.Later(func(put func(*data.Glance)) error { return d.glances(touched.Dossiers, put) })
	}
	return n, nil
}

// Viewed reads one thing from a state of the file.
func Viewed[T any](from interface{ Read(func(View) error) error }, read func(View) (T, error)) (out T, err error) {
	err = from.Read(func(v View) error {
		out, err = read(v)
		return err
	})
	return out, err
}

// seen is Viewed for what an answer can go on without: a fault is told, and the zero
// value stands for it.
func seen[T any](d *Desk, read func(View) (T, error)) T {
	out, err := Viewed(d, read)
	if err != nil {
		d.fault(err)
		return *new(T)
	}
	return out
}

// Find returns the id of the dossier with the code, 0 when there is none or the file
// cannot be read, which is told as a fault.
func (d *Desk) Find(code string) (id uint64) {
	return seen(d, func(v View) (uint64, error) { return v.FindCode(text.Line(code)), nil })
}

// Setting returns a stored setting, nil when there is none or the file cannot be
// read, which is told as a fault.
func (d *Desk) Setting(name string) (value []byte) {
	return seen(d, func(v View) ([]byte, error) { return v.Setting(name), nil })
}

// Imports returns what was imported so far, oldest first.
func (d *Desk) Imports() (list []Imported, err error) { return Viewed(d, View.Imports) }

// Journal returns the newest n entries of the journal, newest first.
func (d *Desk) Journal(n int) (list []Entry, err error) {
	return Viewed(d, func(v View) ([]Entry, error) { return v.Journal(n) })
}

// standing is what the file says beside dossiers and records: one state, which
// never changes.
type standing struct {
	office       data.Office
	calendar     *workday.Calendar
	calendarRaw  []byte // what it was made from
	rules        Rules
	denominators map[string]string // definitions of rates, by rate
	classes      data.Classes
	bases        *basis.Table
	catalogue    *Catalogue
}

// standingSettings are the settings that readStanding reads.
var standingSettings = []string{settingRules, settingCalendar, settingTaken, settingDenominators, settingClasses, settingBases}

// readStanding reads what stands in of the file. What did not change is that of before,
// which may be nil.
func readStanding(v View, before *standing) (*standing, error) {
	f := &standing{}
	var err error
	if f.rules, err = readRules(v.Setting(settingRules)); err != nil {
		return nil, err
	}
	if f.denominators, err = readDenominators(v.Setting(settingDenominators)); err != nil {
		return nil, err
	}
	if f.classes, err = readClasses(v.Setting(settingClasses)); err != nil {
		return nil, err
	}
	if f.bases, err = readBases(v.Setting(settingBases)); err != nil {
		return nil, err
	}
	if f.office, err = v.Office(); err != nil {
		return nil, err
	}
	if f.calendar, f.calendarRaw, err = readCalendar(v, before); err != nil {
		return nil, err
	}
	units, err := v.Units()
	if err != nil {
		return nil, err
	}
	fields, err := v.Fields()
	if err != nil {
		return nil, err
	}
	procedures, err := v.Procedures()
	if err != nil {
		return nil, err
	}
	if before != nil && before.catalogue.holds(units, fields, procedures) {
		f.catalogue = before.catalogue
	} else {
		f.catalogue = newCatalogue(units, fields, procedures)
	}
	return f, nil
}

// rulesAs reports whether office, rules, calendar, rates, classes and legal texts are those of other.
func (f *standing) rulesAs(other *standing) bool {
	return f.office == other.office && f.rules == other.rules && f.calendar == other.calendar && maps.Equal(f.denominators, other.denominators) &&
		reflect.DeepEqual(f.classes, other.classes) && reflect.DeepEqual(f.bases, other.bases)
}

// into puts what the register needs of the facts into a batch, where it is not as
// in before.
func (f *standing) into(b *register.Batch, before *standing) {
	if before == nil || f.catalogue != before.catalogue {
		b.SetCatalogue(f.catalogue.Units, f.catalogue.Fields, f.catalogue.Procedures)
	}
	if before == nil || !maps.Equal(f.denominators, before.denominators) {
		b.SetDenominators(f.denominators)
	}
}
