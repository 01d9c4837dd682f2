package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"giaoban/data"
)

// View reads one consistent state of the file. A stored value that is not what was
// sealed ends the call of View, Snapshot.View or Update with data.Damaged.
type View struct {
	tx   *bolt.Tx
	s    *sealer
	desk string // whose changes undo acts on, in the copy of a shared register
}

func (l *Ledger) viewOf(tx *bolt.Tx) *View {
	v := &View{tx: tx, s: l.s}
	if l.sharing != nil {
		v.desk = l.sharing.Desk
	}
	return v
}

// damage is thrown by what reads a stored value and caught where the file was
// entered.
type damage struct{ err error }

// bucket is nil where a file of an older version has none.
func (v *View) bucket(at place) *bolt.Bucket { return v.tx.Bucket(at.name()) }

// opened returns what was stored, nil for nothing.
func (v *View) opened(at place, key, stored []byte) []byte {
	if stored == nil {
		return nil
	}
	value, err := v.s.open(nil, at, key, stored)
	if err != nil {
		panic(damage{err})
	}
	return value
}

// get returns a value, nil for none; valid as long as the View, and until it is
// written.
func (v *View) get(at place, key []byte) []byte {
	b := v.bucket(at)
	if b == nil {
		return nil
	}
	return v.opened(at, key, b.Get(key))
}

// each calls fn with the values whose keys begin with the prefix, by key.
func (v *View) each(at place, prefix []byte, fn func(key, value []byte) error) error {
	b := v.bucket(at)
	if b == nil {
		return nil
	}
	c := b.Cursor()
	for k, stored := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, stored = c.Next() {
		if err := fn(k, v.opened(at, k, stored)); err != nil {
			return err
		}
	}
	return nil
}

// View calls fn with a consistent state. Within fn no other state may be opened:
// it could wait for a change that waits for this one.
func (l *Ledger) View(fn func(*View) error) error {
	return l.view(func(tx *bolt.Tx) error { return fn(l.viewOf(tx)) })
}

// view reads with all faults told as errors.
func (l *Ledger) view(fn func(*bolt.Tx) error) (err error) {
	if err := l.usable(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer l.caught(&err)
	return told(l.db.View(fn))
}

// Snapshot is one consistent state of the file that is held for a while. It is
// for one goroutine at a time, and must be closed: a change that makes the file
// grow may have to wait for it.
type Snapshot struct {
	l  *Ledger
	tx *bolt.Tx
}

// Begin opens a consistent state.
func (l *Ledger) Begin() (s *Snapshot, err error) {
	if err := l.usable(); err != nil {
		return nil, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer l.caught(&err)
	tx, err := l.db.Begin(false)
	if err != nil {
		return nil, told(err)
	}
	return &Snapshot{l, tx}, nil
}

// View calls fn with the state.
func (s *Snapshot) View(fn func(*View) error) (err error) {
	if err := s.l.usable(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer s.l.caught(&err)
	return fn(s.l.viewOf(s.tx))
}

// Close lets go of the state; a second time does nothing.
func (s *Snapshot) Close() {
	if s.l.failed.Load() == nil {
		s.tx.Rollback()
	}
}

// told puts into words what may happen to any reader.
func told(err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return data.Fail(data.Conflict, "Tệp dữ liệu đã đóng. Mở lại tệp rồi làm lại việc này.", err)
	}
	return err
}

func all[T any](v *View, at place) ([]T, error) {
	var list []T
	err := v.each(at, nil, func(key, value []byte) error {
		var t T
		if err := json.Unmarshal(value, &t); err != nil {
			return at.damagedValue(key, "không đọc được", err)
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

// Units returns every unit by id.
func (v *View) Units() ([]data.Unit, error) { return all[data.Unit](v, inUnit) }

// Fields returns every field by id.
func (v *View) Fields() ([]data.Field, error) { return all[data.Field](v, inField) }

// Procedures returns every procedure by id.
func (v *View) Procedures() ([]data.Procedure, error) {
	return all[data.Procedure](v, inProcedure)
}

// Imports returns the records of all imports, oldest first.
func (v *View) Imports() ([]Import, error) { return all[Import](v, inImport) }

// Office returns the office; its zero value when none was entered.
func (v *View) Office() (o data.Office, err error) {
	value := v.get(inOffice, keyOffice)
	if value == nil {
		return o, nil
	}
	if err := json.Unmarshal(value, &o); err != nil {
		return o, inOffice.damagedValue(keyOffice, "không đọc được", err)
	}
	return o, nil
}

// SettingsWith calls fn with every setting whose name begins with the prefix, by
// name.
func (v *View) SettingsWith(prefix string, fn func(name string, value []byte) error) error {
	return v.each(inSetting, []byte(prefix), func(key, value []byte) error { return fn(string(key), bytes.Clone(value)) })
}

// Setting returns a copy of a setting, nil when there is none.
func (v *View) Setting(name string) []byte { return bytes.Clone(v.get(inSetting, []byte(name))) }

// Dossier returns the dossier with the id, or data.NotFound.
func (v *View) Dossier(id uint64) (data.Dossier, error) {
	d := data.Dossier{ID: id}
	value := v.get(inDossier, key64(id))
	if value == nil {
		return d, data.Fail(data.NotFound, "Hồ sơ này không còn trong sổ.", nil)
	}
	if err := decodeDossier(value, &d); err != nil {
		return d, damagedDossier(id, err)
	}
	return d, nil
}

func damagedOrder() error {
	return data.Fail(data.Damaged, "Danh sách hồ sơ trong tệp dữ liệu không theo thứ tự, tệp đã hỏng. Khôi phục từ bản sao lưu.", nil)
}

func damagedDossier(id uint64, err error) error {
	return inDossier.damagedValue(key64(id), "không đọc được", err)
}

// FindCode returns the id of the dossier with the code, 0 when there is none.
func (v *View) FindCode(code string) uint64 {
	value := v.get(inCode, []byte(code))
	switch {
	case value == nil:
		return 0
	case len(value) != 8:
		panic(damage{inCode.damagedValue([]byte(code), "không đọc được", nil)})
	}
	return binary.BigEndian.Uint64(value)
}

func (v *View) count() int { return v.bucket(inDossier).Stats().KeyN }

// LastID returns the highest id ever given to a dossier.
func (v *View) LastID() uint64 { return v.bucket(inDossier).Sequence() }

// Scan calls fn for every dossier in the order of ids. The glance is valid only
// during the call.
func (v *View) Scan(fn func(*data.Glance) error) error {
	var g data.Glance
	before, last := uint64(0), v.LastID()
	return v.scan(inDossier, func(key, value []byte) error {
		if len(key) != 8 {
			return damagedOrder()
		}
		// Numbers that do not grow would go round for ever.
		if g.ID = binary.BigEndian.Uint64(key); g.ID <= before || g.ID > last {
			return damagedOrder()
		}
		before = g.ID
		if err := decodeGlance(value, &g); err != nil {
			return damagedDossier(g.ID, err)
		}
		return fn(&g)
	})
}

// Glance reads the glance of one dossier. ok is false when it does not exist.
func (v *View) Glance(id uint64, g *data.Glance) (ok bool, err error) {
	value := v.get(inDossier, key64(id))
	if value == nil {
		return false, nil
	}
	g.ID = id
	if err := decodeGlance(value, g); err != nil {
		return false, damagedDossier(id, err)
	}
	return true, nil
}

// CodesWith calls fn with every dossier code that begins with the prefix, in the
// order of bytes.
func (v *View) CodesWith(prefix string, fn func(code string)) {
	c := v.bucket(inCode).Cursor()
	for k, _ := c.Seek([]byte(prefix)); k != nil && strings.HasPrefix(string(k), prefix); k, _ = c.Next() {
		fn(string(k))
	}
}
