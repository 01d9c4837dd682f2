package ledger

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"giaoban/data"
	"giaoban/data/disk"
)

// View reads one consistent state of the file.
type View struct{ tx *bolt.Tx }

// Tx writes facts. Everything written through it becomes durable together, or
// not at all, and can be undone together.
type Tx struct {
	View
	seq     uint64
	part    uint32
	pending []byte // changes not yet written
	seen    map[string]bool
	batch   bool
	touched []uint64
	other   Touched // without dossiers
	buf     []byte
	codes   map[string]uint64 // codes that move in this transaction: their new dossier, 0 for none
	code    *bolt.Bucket
	dossier *bolt.Bucket
}

// View calls fn with a consistent state. Within fn no other state may be opened:
// it could wait for a change that waits for this one.
func (l *Ledger) View(fn func(*View) error) error {
	return l.view(func(tx *bolt.Tx) error { return fn(&View{tx}) })
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
	return fn(&View{s.tx})
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

// Touched is what a transaction wrote.
type Touched struct {
	Dossiers  []uint64 // written or removed, each once, in the order of ids
	Catalogue bool     // units, fields or procedures
	Office    bool
	Settings  []string // names
	Kinds     []string // kinds of records
}

// Touched tells what was written so far.
func (tx *Tx) Touched() Touched {
	t := tx.other
	t.Dossiers = slices.Clone(tx.touched)
	slices.Sort(t.Dossiers)
	t.Dossiers = slices.Compact(t.Dossiers)
	return t
}

// touch remembers what is written beside dossiers.
func (tx *Tx) touch(bucket string, key []byte) {
	add := func(list *[]string, name string) {
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	switch bucket {
	case string(bucketUnit), string(bucketField), string(bucketProcedure):
		tx.other.Catalogue = true
	case string(bucketOffice):
		tx.other.Office = true
	case string(bucketSetting):
		add(&tx.other.Settings, string(key))
	case string(bucketRecord):
		kind, _, _ := strings.Cut(string(key), "\x00")
		add(&tx.other.Kinds, kind)
	}
}

// changePart is the size at which the list of changes goes to the file.
const changePart = 64 << 10

// Update runs fn in one durable transaction and records it in the journal under
// the entry, whose Seq and At it fills. When fn or ctx fails nothing is written at
// all. An error with the code data.Unsure tells that all was written, but that
// the disk did not confirm it, or that the file is no longer in its place.
func (l *Ledger) Update(ctx context.Context, e *Entry, fn func(*Tx) error) (err error) {
	return l.write(func(btx *bolt.Tx) error {
		tx := newTx(btx)
		if err := tx.begin(); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", err)
		}
		return tx.finish(e, l.now().Unix())
	})
}

// write runs fn in one durable transaction. Where the commit fails, what counts
// is what the file holds then: its new head may stand there although the disk did
// not confirm it. All that the head leads to was confirmed before, so that
// another commit, which writes the other head, settles the matter.
func (l *Ledger) write(fn func(*bolt.Tx) error) (err error) {
	if err := l.usable(); err != nil {
		return err
	}
	if l.backup {
		return data.Fail(data.Conflict, fmt.Sprintf("%s là bản sao lưu nên không ghi vào. Khôi phục từ bản này, rồi làm tiếp trong sổ đã khôi phục.", disk.Name(l.path)), nil)
	}
	if err := l.present(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer l.caught(&err)
	btx, err := l.db.Begin(true)
	if err != nil {
		return writeError(err)
	}
	defer btx.Rollback()
	if err := fn(btx); err != nil {
		return writeError(err)
	}
	id, size := btx.ID(), btx.Size()
	if err = l.commit(btx); err == nil {
		return l.settled(size)
	}
	held := false
	if l.db.View(func(tx *bolt.Tx) error { held = tx.ID() >= id; return nil }) != nil || !held {
		return writeError(err)
	}
	if again, aerr := l.db.Begin(true); aerr == nil {
		defer again.Rollback()
		if l.commit(again) == nil {
			return l.settled(size)
		}
	}
	return data.Fail(data.Unsure, "Đã ghi vào tệp dữ liệu, nhưng đĩa báo lỗi nên chưa chắc thay đổi còn lại sau khi tắt máy. Đừng nhập lại lần nữa; hãy sao lưu ra ổ đĩa khác rồi kiểm tra đĩa.", err)
}

// settled is called after a commit. A file that was taken away meanwhile has the
// change, but where it went.
func (l *Ledger) settled(size int64) error {
	l.need.Store(max(l.need.Load(), size))
	if err := l.present(); err != nil {
		return data.Fail(data.Unsure, "Thay đổi đã ghi, nhưng chưa chắc giữ được. "+err.Error(), err)
	}
	return nil
}

// writeError tells why a change failed.
func writeError(err error) error {
	return disk.Fail("Không ghi được vào tệp dữ liệu, dữ liệu giữ nguyên như trước", told(err))
}

func newTx(btx *bolt.Tx) *Tx {
	dossier := btx.Bucket(bucketDossier)
	dossier.FillPercent = 0.95 // ids grow, so pages fill from the left
	return &Tx{View: View{btx}, seen: map[string]bool{}, codes: map[string]uint64{}, code: btx.Bucket(bucketCode), dossier: dossier}
}

func (tx *Tx) begin() error {
	seq, err := tx.tx.Bucket(bucketJournal).NextSequence()
	tx.seq = seq
	return err
}

// finish writes the journal entry. An update that changed nothing leaves none.
func (tx *Tx) finish(e *Entry, now int64) error {
	if err := tx.writeCodes(); err != nil {
		return err
	}
	if err := tx.flush(); err != nil {
		return err
	}
	if tx.part == 0 {
		return nil
	}
	e.Seq, e.At, e.Parts = tx.seq, now, tx.part
	value, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return tx.tx.Bucket(bucketJournal).Put(key64(tx.seq), seal(value))
}

// record remembers the value that a key had. For a key that is new and written
// once only the key is kept: its value stands in the bucket itself.
func (tx *Tx) record(bucket byte, key, old []byte) error {
	tx.pending = append(tx.pending, bucket)
	tx.pending = binary.AppendUvarint(tx.pending, uint64(len(key)))
	tx.pending = append(tx.pending, key...)
	if old == nil {
		tx.pending = append(tx.pending, 0)
	} else {
		tx.pending = append(tx.pending, 1)
		tx.pending = binary.AppendUvarint(tx.pending, uint64(len(old)))
		tx.pending = append(tx.pending, old...)
	}
	if len(tx.pending) >= changePart {
		return tx.flush()
	}
	return nil
}

func (tx *Tx) flush() error {
	if len(tx.pending) == 0 {
		return nil
	}
	b := tx.tx.Bucket(bucketChange)
	b.FillPercent = 0.95
	key := binary.BigEndian.AppendUint32(key64(tx.seq), tx.part)
	tx.part++
	value := append([]byte(nil), tx.pending...)
	tx.pending = tx.pending[:0]
	return b.Put(key, seal(value))
}

// put stores a value, or removes the key when value is nil, and remembers what
// it replaced: the first time within the transaction only.
func (tx *Tx) put(name, key, value []byte) error {
	b := tx.tx.Bucket(name)
	if name[0] == bucketDossier[0] && string(name) == string(bucketDossier) {
		b = tx.dossier
	}
	old := b.Get(key)
	id := string(name) + "\x00" + string(key)
	if b != tx.dossier {
		tx.touch(string(name), key)
	}
	if !tx.seen[id] && !lasts(name, key) {
		if old == nil && value == nil {
			return nil
		}
		if err := tx.record(bucketNumber(name), key, old); err != nil {
			return err
		}
		tx.seen[id] = true
	}
	if b == tx.dossier {
		if err := tx.index(key, old, value); err != nil {
			return err
		}
	}
	if value == nil {
		return b.Delete(key)
	}
	return b.Put(key, seal(value))
}

// index keeps the bucket code in step with a dossier that is about to change.
func (tx *Tx) index(key, old, value []byte) error {
	id := binary.BigEndian.Uint64(key)
	tx.touched = append(tx.touched, id)
	oldCode, newCode := codeOf(unseal(old)), codeOf(value)
	if newCode != "" {
		switch other := tx.owner(newCode); other {
		case id:
		case 0:
			tx.codes[newCode] = id
		default:
			return &data.Error{Code: data.Conflict, Field: "code", Message: fmt.Sprintf("Mã hồ sơ %s đã có trong sổ. Dùng mã khác, hoặc mở hồ sơ đã có.", newCode)}
		}
	}
	if oldCode != "" && oldCode != newCode && tx.owner(oldCode) == id {
		tx.codes[oldCode] = 0
	}
	return nil
}

// owner returns the dossier that has the code, as of this point of the
// transaction; 0 for none.
func (tx *Tx) owner(code string) uint64 {
	if id, ok := tx.codes[code]; ok {
		return id
	}
	return tx.View.FindCode(code)
}

// FindCode returns the id of the dossier with the code, 0 when there is none.
func (tx *Tx) FindCode(code string) uint64 { return tx.owner(code) }

// writeCodes brings the bucket code up to date, in the order of its keys: bbolt
// keeps a growing page in one piece until the end of the transaction, and keys
// out of order would be moved there again and again.
func (tx *Tx) writeCodes() error {
	for _, code := range slices.Sorted(maps.Keys(tx.codes)) {
		var err error
		if id := tx.codes[code]; id == 0 {
			err = tx.code.Delete([]byte(code))
		} else {
			err = tx.code.Put([]byte(code), key64(id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// codeOf reads the code of a stored dossier; "" for none.
func codeOf(value []byte) string {
	if value == nil {
		return ""
	}
	r := reader{b: value}
	r.byte()
	r.uint()
	return string(r.text())
}

// PutDossier stores a dossier. A zero ID is replaced by a new one. The code
// must not belong to another dossier: data.Conflict.
func (tx *Tx) PutDossier(d *data.Dossier) error {
	if d.Helper != 0 || d.ExternalCode != "" || d.ExternalSystem != "" {
		if err := needs(tx.tx, placesVersion); err != nil {
			return err
		}
	}
	if d.ID == 0 {
		id, err := tx.dossier.NextSequence()
		if err != nil {
			return err
		}
		d.ID = id
		return tx.putNew(d)
	}
	tx.buf = encodeDossier(tx.buf[:0], d)
	return tx.put(bucketDossier, key64(d.ID), append([]byte(nil), tx.buf...))
}

// putNew is the short way for a dossier whose id was never used: there is no
// old value and nothing to compare.
func (tx *Tx) putNew(d *data.Dossier) error {
	key := key64(d.ID)
	value := encodeDossier(make([]byte, 0, 160), d)
	if tx.batch {
		if err := tx.extend(d.ID); err != nil {
			return err
		}
	} else {
		if err := tx.record(bucketNumber(bucketDossier), key, nil); err != nil {
			return err
		}
		tx.seen[string(bucketDossier)+"\x00"+string(key)] = true
	}
	if err := tx.index(key, nil, value); err != nil {
		return err
	}
	return tx.dossier.Put(key, seal(value))
}

// Batch tells that many new dossiers follow, none of which is written again in
// this transaction: their ids are then kept as runs instead of one by one.
func (tx *Tx) Batch() { tx.batch = true }

// extend records a new dossier as part of a run of ids: bucketRun, first, count
// patched in place while the run grows at the end of pending.
func (tx *Tx) extend(id uint64) error {
	n := len(tx.pending)
	if n >= runLen && tx.pending[n-runLen] == bucketRun {
		tail := tx.pending[n-runLen+1:]
		first, count := binary.BigEndian.Uint64(tail), binary.BigEndian.Uint64(tail[8:])
		if first+count == id {
			binary.BigEndian.PutUint64(tail[8:], count+1)
			return nil
		}
	}
	tx.pending = append(tx.pending, bucketRun)
	tx.pending = binary.BigEndian.AppendUint64(tx.pending, id)
	tx.pending = binary.BigEndian.AppendUint64(tx.pending, 1)
	return nil
}

// A run stands among the changes as bucketRun, first id, count.
const (
	bucketRun = 0xFF
	runLen    = 17
)

func putJSON[T any](tx *Tx, bucket, key []byte, v T) error {
	value, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.put(bucket, key, value)
}

// nextID replaces a zero id by a new one, and keeps new ones above an id that
// was given.
func nextID(tx *Tx, bucket []byte, id *uint32) error {
	b := tx.tx.Bucket(bucket)
	if *id != 0 {
		if uint64(*id) > b.Sequence() {
			return b.SetSequence(uint64(*id))
		}
		return nil
	}
	n, err := b.NextSequence()
	*id = uint32(n)
	return err
}

// PutUnit stores a unit; a zero ID is replaced by a new one.
func (tx *Tx) PutUnit(u *data.Unit) error {
	if err := nextID(tx, bucketUnit, &u.ID); err != nil {
		return err
	}
	return putJSON(tx, bucketUnit, key32(u.ID), u)
}

// PutField stores a field; a zero ID is replaced by a new one.
func (tx *Tx) PutField(f *data.Field) error {
	if err := nextID(tx, bucketField, &f.ID); err != nil {
		return err
	}
	return putJSON(tx, bucketField, key32(f.ID), f)
}

// PutProcedure stores a procedure; a zero ID is replaced by a new one.
func (tx *Tx) PutProcedure(p *data.Procedure) error {
	if err := nextID(tx, bucketProcedure, &p.ID); err != nil {
		return err
	}
	return putJSON(tx, bucketProcedure, key32(p.ID), p)
}

// PutOffice stores the office.
func (tx *Tx) PutOffice(o data.Office) error { return putJSON(tx, bucketOffice, keyOffice, o) }

// PutSetting stores a setting; nil removes it. Undo and redo pass over those that
// last; see Lasting.
func (tx *Tx) PutSetting(name string, value []byte) error {
	return tx.put(bucketSetting, []byte(name), value)
}

// PutImport stores the record of an import; a zero ID is replaced by a new one.
func (tx *Tx) PutImport(i *Import) error {
	if i.ID == 0 {
		id, err := tx.tx.Bucket(bucketImport).NextSequence()
		if err != nil {
			return err
		}
		i.ID = id
	}
	return putJSON(tx, bucketImport, key64(i.ID), i)
}

// Import tells where imported dossiers came from.
type Import struct {
	ID     uint64 `json:"ID"`
	File   string `json:"File"` // name without its folder
	Hash   string `json:"Hash"` // SHA-256 of the file, hexadecimal
	Sheet  string `json:"Sheet"`
	Family string `json:"Family"` // header family, such as "E"
	At     int64  `json:"At"`     // Unix seconds
	New    int    `json:"New"`
	Same   int    `json:"Same"`
	Change int    `json:"Change"`
	Reject int    `json:"Reject"`
}

func all[T any](v *View, bucket []byte) ([]T, error) {
	var list []T
	err := v.tx.Bucket(bucket).ForEach(func(_, value []byte) error {
		var t T
		if err := json.Unmarshal(unseal(value), &t); err != nil {
			return fmt.Errorf("bucket %s: %w", bucket, err)
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

// Units returns every unit by id.
func (v *View) Units() ([]data.Unit, error) { return all[data.Unit](v, bucketUnit) }

// Fields returns every field by id.
func (v *View) Fields() ([]data.Field, error) { return all[data.Field](v, bucketField) }

// Procedures returns every procedure by id.
func (v *View) Procedures() ([]data.Procedure, error) {
	return all[data.Procedure](v, bucketProcedure)
}

// Imports returns the records of all imports, oldest first.
func (v *View) Imports() ([]Import, error) { return all[Import](v, bucketImport) }

// Office returns the office; its zero value when none was entered.
func (v *View) Office() (data.Office, error) {
	var o data.Office
	value := v.tx.Bucket(bucketOffice).Get(keyOffice)
	if value == nil {
		return o, nil
	}
	return o, json.Unmarshal(unseal(value), &o)
}

// Lasting are the beginnings of the names of settings that undo and redo pass
// over: the numbers that left on paper and the counters that give them.
var Lasting = []string{"seq/", "given/"}

// lasts reports whether a key is that of a setting that undo passes over.
func lasts(bucket, key []byte) bool {
	if string(bucket) != string(bucketSetting) {
		return false
	}
	for _, prefix := range Lasting {
		if strings.HasPrefix(string(key), prefix) {
			return true
		}
	}
	return false
}

// SettingsWith calls fn with every setting whose name begins with the prefix, by
// name.
func (v *View) SettingsWith(prefix string, fn func(name string, value []byte) error) error {
	c := v.tx.Bucket(bucketSetting).Cursor()
	for k, value := c.Seek([]byte(prefix)); k != nil && strings.HasPrefix(string(k), prefix); k, value = c.Next() {
		if err := fn(string(k), append([]byte(nil), unseal(value)...)); err != nil {
			return err
		}
	}
	return nil
}

// Setting returns a copy of a setting, nil when there is none.
func (v *View) Setting(name string) []byte {
	value := v.tx.Bucket(bucketSetting).Get([]byte(name))
	if value == nil {
		return nil
	}
	return append([]byte(nil), unseal(value)...)
}

// Dossier returns the dossier with the id, or data.NotFound.
func (v *View) Dossier(id uint64) (data.Dossier, error) {
	d := data.Dossier{ID: id}
	value := v.tx.Bucket(bucketDossier).Get(key64(id))
	if value == nil {
		return d, data.Fail(data.NotFound, "Hồ sơ này không còn trong sổ.", nil)
	}
	if err := decodeDossier(unseal(value), &d); err != nil {
		return d, damagedDossier(id, err)
	}
	return d, nil
}

func damagedOrder() error {
	return data.Fail(data.Damaged, "Danh sách hồ sơ trong tệp dữ liệu không theo thứ tự, tệp đã hỏng. Khôi phục từ bản sao lưu.", nil)
}

func damagedDossier(id uint64, err error) error {
	return data.Fail(data.Damaged, fmt.Sprintf("Hồ sơ số nội bộ %d trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", id), err)
}

// FindCode returns the id of the dossier with the code, 0 when there is none.
func (v *View) FindCode(code string) uint64 {
	key := v.tx.Bucket(bucketCode).Get([]byte(code))
	if key == nil {
		return 0
	}
	return binary.BigEndian.Uint64(key)
}

func (v *View) count() int { return v.tx.Bucket(bucketDossier).Stats().KeyN }

// LastID returns the highest id ever given to a dossier.
func (v *View) LastID() uint64 { return v.tx.Bucket(bucketDossier).Sequence() }

// Scan calls fn for every dossier in the order of ids. The glance is valid only
// during the call.
func (v *View) Scan(fn func(*data.Glance) error) error {
	var g data.Glance
	before, last := uint64(0), v.LastID()
	c := v.tx.Bucket(bucketDossier).Cursor()
	for k, value := c.First(); k != nil; k, value = c.Next() {
		if len(k) != 8 {
			return damagedOrder()
		}
		// Numbers that do not grow would go round for ever.
		if g.ID = binary.BigEndian.Uint64(k); g.ID <= before || g.ID > last {
			return damagedOrder()
		}
		before = g.ID
		if err := decodeGlance(unseal(value), &g); err != nil {
			return damagedDossier(g.ID, err)
		}
		if err := fn(&g); err != nil {
			return err
		}
	}
	return nil
}

// Glance reads the glance of one dossier. ok is false when it does not exist.
func (v *View) Glance(id uint64, g *data.Glance) (ok bool, err error) {
	value := v.tx.Bucket(bucketDossier).Get(key64(id))
	if value == nil {
		return false, nil
	}
	g.ID = id
	if err := decodeGlance(unseal(value), g); err != nil {
		return false, damagedDossier(id, err)
	}
	return true, nil
}

// CodesWith calls fn with every dossier code that begins with the prefix, in the
// order of bytes.
func (v *View) CodesWith(prefix string, fn func(code string)) {
	c := v.tx.Bucket(bucketCode).Cursor()
	for k, _ := c.Seek([]byte(prefix)); k != nil && strings.HasPrefix(string(k), prefix); k, _ = c.Next() {
		fn(string(k))
	}
}
