package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
)

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
	state   state
	sum     partsSum // of the changes that were written
	erasing bool     // what is replaced is kept nowhere; see Erase
	steps   bool     // something was written that undo does not pass over
	into    [places]*bolt.Bucket

	sharing  *Sharing // nil in a file of its own
	out      *written // what goes to the other desks; nil for nobody
	atCommit []func()
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
func (tx *Tx) touch(at place, key []byte) {
	add := func(list *[]string, name string) {
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	switch at {
	case inUnit, inField, inProcedure:
		tx.other.Catalogue = true
	case inOffice:
		tx.other.Office = true
	case inSetting:
		add(&tx.other.Settings, string(key))
	case inRecord:
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
		tx, err := l.newTx(btx)
		if err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", err)
		}
		return tx.finish(ctx, e, l.now().Unix())
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
	if l.readOnly != "" {
		return data.Fail(data.ReadOnly, "Không lưu được. "+l.readOnly, nil)
	}
	if err := l.present(); err != nil {
		return err
	}
	if l.sharing == nil && l.copy.Load() {
		return data.Fail(data.Conflict, fmt.Sprintf("%s là bản chép của sổ trên máy chủ nên không ghi vào. Mở sổ bằng địa chỉ máy chủ.", disk.Name(l.path)), nil)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer l.caught(&err)
	btx, err := l.db.Begin(true)
	if err != nil {
		return writeError(err)
	}
	defer btx.Rollback()
	if err := fn(btx); err == errNothing {
		return nil
	} else if err != nil {
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

// errNothing tells that a transaction changed nothing, so that nothing of it is kept.
var errNothing = errors.New("nothing changed")

// newTx begins a change of this desk.
func (l *Ledger) newTx(btx *bolt.Tx) (*Tx, error) {
	tx, err := l.openTx(btx)
	if err != nil {
		return nil, err
	}
	if l.sharing != nil {
		tx.sharing, tx.out = l.sharing, &written{}
	}
	tx.seq, err = tx.into[inJournal].NextSequence()
	return tx, err
}

func (l *Ledger) openTx(btx *bolt.Tx) (*Tx, error) {
	tx := &Tx{View: *l.viewOf(btx), seen: map[string]bool{}, codes: map[string]uint64{}, sum: newPartsSum()}
	for at := range places {
		if tx.into[at] = btx.Bucket(at.name()); tx.into[at] == nil {
			return nil, at.damagedValue(nil, "không còn", nil)
		}
	}
	tx.into[inDossier].FillPercent = 0.95 // ids grow, so pages fill from the left
	tx.into[inChange].FillPercent = 0.95
	var err error
	tx.state, err = stateIn(btx, l.s)
	return tx, err
}

// store writes a value, or removes the key where value is nil, and keeps the state in
// step. was is what the file holds there, nil for nothing.
func (tx *Tx) store(at place, key, was, value []byte) error {
	if tx.out != nil {
		tx.out.add(at, key, value)
	}
	if was != nil {
		tx.state.held[at].drop(at, key, was)
	}
	if value == nil {
		return tx.into[at].Delete(key)
	}
	stored := tx.s.seal(at, key, value)
	tx.state.held[at].add(at, key, stored)
	return tx.into[at].Put(key, stored)
}

// finish writes the journal entry. An update that changed nothing leaves none, and
// undo passes over one that wrote only what it passes over.
func (tx *Tx) finish(ctx context.Context, e *Entry, now int64) error {
	if err := tx.writeCodes(); err != nil {
		return err
	}
	if err := tx.flush(); err != nil {
		return err
	}
	if tx.part == 0 {
		return errNothing
	}
	if e.Kind == KindChange && !tx.steps {
		e.Kind = KindNote
	}
	e.Seq, e.At, e.Parts = tx.seq, now, tx.part
	if tx.sharing != nil {
		e.Desk = tx.sharing.Desk
	}
	left, err := newPast(&tx.View).left(e)
	if err != nil {
		return err
	}
	e.Link = Link{N: tx.state.count + 1, Changed: tx.sum.text(), Left: left}
	if tx.state.count > 0 {
		e.Prev = sumText(tx.state.hash[:])
	}
	value, sum, err := e.chained()
	if err != nil {
		return err
	}
	if err := tx.store(inJournal, key64(tx.seq), nil, value); err != nil {
		return err
	}
	tx.state.seq, tx.state.count, tx.state.at, tx.state.hash = e.Seq, e.N, e.At, sum
	if err := tx.send(ctx, e); err != nil {
		return err
	}
	tx.committing()
	return tx.state.save(tx.tx, tx.s)
}

// record remembers the value that a key had. For a key that is new and written
// once only the key is kept: its value stands in the bucket itself.
func (tx *Tx) record(at place, key, old []byte) error {
	tx.steps = tx.steps || !lasts(at, key)
	if tx.erasing && old != nil {
		tx.pending = appendErased(tx.pending, at, key, sha256.Sum256(old))
	} else {
		tx.pending = appendChange(tx.pending, at, key, old)
	}
	if len(tx.pending) >= changePart {
		return tx.flush()
	}
	return nil
}

// appendChange appends what stood under a key, nil for nothing.
func appendChange(b []byte, at place, key, old []byte) []byte {
	b = putText(append(b, byte(at)), key)
	if old == nil {
		return append(b, 0)
	}
	return putText(append(b, 1), old)
}

func (tx *Tx) flush() error {
	if len(tx.pending) == 0 {
		return nil
	}
	key := changeKey(tx.seq, tx.part)
	tx.part++
	tx.sum.add(tx.pending)
	err := tx.store(inChange, key, nil, tx.pending)
	tx.pending = tx.pending[:0]
	return err
}

// changeKey is the key of one part of the changes of an entry.
func changeKey(seq uint64, part uint32) []byte {
	return binary.BigEndian.AppendUint32(key64(seq), part)
}

// put stores a value, or removes the key when value is nil, and remembers what
// it replaced: the first time within the transaction only.
func (tx *Tx) put(at place, key, value []byte) error {
	was := tx.into[at].Get(key)
	old := tx.opened(at, key, was)
	id := string(append([]byte{byte(at)}, key...))
	if at != inDossier {
		tx.touch(at, key)
	}
	if !tx.seen[id] {
		if old == nil && value == nil {
			return nil
		}
		if err := tx.record(at, key, old); err != nil {
			return err
		}
		tx.seen[id] = true
	}
	if at == inDossier {
		if err := tx.index(key, old, value); err != nil {
			return err
		}
	}
	return tx.store(at, key, was, value)
}

// index keeps the bucket code in step with a dossier that is about to change.
func (tx *Tx) index(key, old, value []byte) error {
	id := binary.BigEndian.Uint64(key)
	tx.touched = append(tx.touched, id)
	oldCode, newCode := codeOf(old), codeOf(value)
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
		var value []byte
		if id := tx.codes[code]; id != 0 {
			value = key64(id)
		}
		if err := tx.store(inCode, []byte(code), tx.into[inCode].Get([]byte(code)), value); err != nil {
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
	if d.ID == 0 {
		id, err := tx.into[inDossier].NextSequence()
		if err != nil {
			return err
		}
		d.ID = id
		return tx.putNew(d)
	}
	tx.buf = encodeDossier(tx.buf[:0], d)
	return tx.put(inDossier, key64(d.ID), tx.buf)
}

// putNew is the short way for a dossier whose id was never used: there is no
// old value and nothing to compare.
func (tx *Tx) putNew(d *data.Dossier) error {
	key := key64(d.ID)
	tx.buf = encodeDossier(tx.buf[:0], d)
	if tx.batch {
		tx.extend(d.ID)
	} else {
		if err := tx.record(inDossier, key, nil); err != nil {
			return err
		}
		tx.seen[string(append([]byte{byte(inDossier)}, key...))] = true
	}
	if err := tx.index(key, nil, tx.buf); err != nil {
		return err
	}
	return tx.store(inDossier, key, nil, tx.buf)
}

// Batch tells that many new dossiers follow, none of which is written again in
// this transaction: their ids are then kept as runs instead of one by one.
func (tx *Tx) Batch() { tx.batch = true }

// extend records a new dossier as part of a run of ids: bucketRun, first, count
// patched in place while the run grows at the end of pending.
func (tx *Tx) extend(id uint64) {
	tx.steps = true
	n := len(tx.pending)
	if n >= runLen && tx.pending[n-runLen] == bucketRun {
		tail := tx.pending[n-runLen+1:]
		first, count := binary.BigEndian.Uint64(tail), binary.BigEndian.Uint64(tail[8:])
		if first+count == id {
			binary.BigEndian.PutUint64(tail[8:], count+1)
			return
		}
	}
	tx.pending = append(tx.pending, bucketRun)
	tx.pending = binary.BigEndian.AppendUint64(tx.pending, id)
	tx.pending = binary.BigEndian.AppendUint64(tx.pending, 1)
}

// A run stands among the changes as bucketRun, first id, count.
const (
	bucketRun = 0xFF
	runLen    = 17
)

func putJSON[T any](tx *Tx, at place, key []byte, v T) error {
	value, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.put(at, key, value)
}

// nextID replaces a zero id by a new one, and keeps new ones above an id that
// was given.
func nextID(tx *Tx, at place, id *uint32) error {
	b := tx.into[at]
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
	if err := nextID(tx, inUnit, &u.ID); err != nil {
		return err
	}
	return putJSON(tx, inUnit, key32(u.ID), u)
}

// PutField stores a field; a zero ID is replaced by a new one.
func (tx *Tx) PutField(f *data.Field) error {
	if err := nextID(tx, inField, &f.ID); err != nil {
		return err
	}
	return putJSON(tx, inField, key32(f.ID), f)
}

// PutProcedure stores a procedure; a zero ID is replaced by a new one.
func (tx *Tx) PutProcedure(p *data.Procedure) error {
	if err := nextID(tx, inProcedure, &p.ID); err != nil {
		return err
	}
	return putJSON(tx, inProcedure, key32(p.ID), p)
}

// PutOffice stores the office.
func (tx *Tx) PutOffice(o data.Office) error { return putJSON(tx, inOffice, keyOffice, o) }

// PutSetting stores a setting; nil removes it. Undo and redo pass over those that
// last; see Lasting.
func (tx *Tx) PutSetting(name string, value []byte) error {
	return tx.put(inSetting, []byte(name), value)
}

// PutImport stores the record of an import; a zero ID is replaced by a new one.
func (tx *Tx) PutImport(i *Import) error {
	if i.ID == 0 {
		id, err := tx.into[inImport].NextSequence()
		if err != nil {
			return err
		}
		i.ID = id
	}
	return putJSON(tx, inImport, key64(i.ID), i)
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

// Lasting are the beginnings of the names of settings that undo and redo pass
// over: the numbers that left on paper and the counters that give them, the keys, cards
// and numbers of packages. The journal
// keeps them like all others.
var Lasting = []string{"seq/", "given/", "packet/"}

// lasts reports whether a key is that of a setting that undo passes over.
func lasts(at place, key []byte) bool {
	if at != inSetting {
		return false
	}
	return slices.ContainsFunc(Lasting, func(prefix string) bool { return strings.HasPrefix(string(key), prefix) })
}
