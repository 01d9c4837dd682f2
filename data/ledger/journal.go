package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// Kind tells what a journal entry is for undo and redo.
type Kind string

// The kinds of journal entry.
const (
	KindChange Kind = ""      // an ordinary change
	KindUndo   Kind = "undo"  // took back the entry Of
	KindRedo   Kind = "redo"  // did the entry Of again
	KindStart  Kind = "start" // sets up a file; cannot be undone
	KindNote   Kind = "note"  // keeps a fact that undo passes over, such as a print
	KindBase   Kind = "base"  // tells where the file comes from, and names values whose writing no entry tells
)

// Entry is one line of the journal: who changed what, when.
type Entry struct {
	Seq    uint64 `json:"-"`
	At     int64  `json:"At"` // Unix seconds
	By     string `json:"By,omitempty"`
	Title  string `json:"Title"` // in Vietnamese, such as "Nhập 1.204 hồ sơ từ abc.xlsx"
	Kind   Kind   `json:"Kind,omitempty"`
	Of     uint64 `json:"Of,omitempty"` // the entry that an undo or redo concerns
	Import uint64 `json:"Import,omitempty"`
	Parts  uint32 `json:"Parts"`          // number of values under change
	Why    string `json:"Why,omitempty"`  // the reason that was given
	Desk   string `json:"Desk,omitempty"` // which desk of a shared register; "" in a file of its own
	Link
}

// mark tells the entry from all others: SHA-256, in hex, of the facts that stay as
// they are however the value is stored.
func (e *Entry) mark() string {
	facts, err := json.Marshal([]any{e.At, e.By, e.Title, e.Kind, e.Of, e.Import, e.Parts, e.Why})
	if err != nil {
		panic(err) // numbers and texts
	}
	return fmt.Sprintf("%x", sha256.Sum256(facts))
}

// Journal returns the newest n entries, newest first; all when n is 0.
func (v *View) Journal(n int) ([]Entry, error) {
	var list []Entry
	c := v.bucket(inJournal).Cursor()
	for k, stored := c.Last(); k != nil && (n == 0 || len(list) < n); k, stored = c.Prev() {
		e, err := decodeEntry(k, v.opened(inJournal, k, stored))
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func decodeEntry(key, value []byte) (e Entry, err error) {
	if err := json.Unmarshal(value, &e); err != nil || len(key) != 8 {
		return e, inJournal.damagedValue(key, "không đọc được", err)
	}
	e.Seq = binary.BigEndian.Uint64(key)
	return e, nil
}

// Undoable returns the entry that Undo would take back, and the one that Redo
// would do again; nil where there is none.
func (v *View) Undoable() (undo, redo *Entry, err error) {
	list, err := v.Journal(500)
	if err != nil {
		return nil, nil, err
	}
	var undos, redos []Entry
	byseq := map[uint64]Entry{}
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		byseq[e.Seq] = e
		if e.Desk != v.desk && e.Kind != KindStart {
			continue // undo is for one's own changes
		}
		switch e.Kind {
		case KindStart:
			undos, redos = nil, nil
		case KindNote, KindBase:
		case KindUndo:
			if n := len(undos); n > 0 {
				undos = undos[:n-1]
			}
			redos = append(redos, e)
		case KindRedo:
			if n := len(redos); n > 0 {
				redos = redos[:n-1]
			}
			undos = append(undos, e)
		default:
			undos, redos = append(undos, e), nil
		}
	}
	if n := len(undos); n > 0 {
		undo = &undos[n-1]
	}
	if n := len(redos); n > 0 {
		redo = &redos[n-1]
	}
	return undo, redo, nil
}

// Undo takes back the last change that was not taken back yet and returns its
// title. then, where there is one, is called at the end of the transaction with
// what is about to be kept; its error takes all back. data.NotFound when there is
// nothing to take back; data.Unsure as for Update.
func (l *Ledger) Undo(ctx context.Context, by string, then func(*Tx) error) (title string, err error) {
	return l.revert(ctx, by, KindUndo, then)
}

// Redo does the change again that Undo took back last.
func (l *Ledger) Redo(ctx context.Context, by string, then func(*Tx) error) (title string, err error) {
	return l.revert(ctx, by, KindRedo, then)
}

func (l *Ledger) revert(ctx context.Context, by string, kind Kind, then func(*Tx) error) (title string, err error) {
	err = l.write(func(btx *bolt.Tx) error {
		tx, err := l.newTx(btx)
		if err != nil {
			return err
		}
		undo, redo, err := tx.Undoable()
		if err != nil {
			return err
		}
		target := undo
		if kind == KindRedo {
			target = redo
		}
		if target == nil {
			return data.Fail(data.NotFound, map[Kind]string{KindUndo: "Không còn thao tác nào để hoàn tác.", KindRedo: "Không còn thao tác nào để làm lại."}[kind], nil)
		}
		title = target.Title
		if err := tx.builtOn(target); err != nil {
			return err
		}
		if err := tx.inverse(ctx, target, func(place) bool { return true }); err != nil {
			return err
		}
		if then != nil {
			if err := then(tx); err != nil {
				return err
			}
		}
		return tx.finish(ctx, &Entry{By: by, Title: title, Kind: kind, Of: target.Seq, Import: target.Import}, l.now().Unix())
	})
	if err != nil && data.CodeOf(err) != data.Unsure {
		return "", err
	}
	return title, err
}

// UndoImport takes back the dossiers of one import, of any time, as a change of its
// own; what the import added to the catalogue stays. title names the change. then is
// as for Undo. data.NotFound for an import that is not there, data.Conflict where
// something changed its dossiers since.
func (l *Ledger) UndoImport(ctx context.Context, id uint64, title, by string, then func(*Tx) error) error {
	return l.write(func(btx *bolt.Tx) error {
		tx, err := l.newTx(btx)
		if err != nil {
			return err
		}
		e, err := tx.importEntry(id)
		if err != nil {
			return err
		}
		if err := tx.inverse(ctx, e, func(at place) bool { return at == inDossier || at == inCode || at == inImport }); err != nil {
			return err
		}
		if err := then(tx); err != nil {
			return err
		}
		return tx.finish(ctx, &Entry{By: by, Title: title}, l.now().Unix())
	})
}

// importEntry returns the entry of an import whose dossiers nothing changed since.
func (v *View) importEntry(id uint64) (*Entry, error) {
	list, err := v.Journal(0)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(e Entry) bool { return e.Import == id && e.Kind == KindChange })
	if at < 0 || v.get(inImport, key64(id)) == nil {
		return nil, data.Fail(data.NotFound, "Không còn lần nhập này; có thể đã được hoàn tác.", nil)
	}
	e := &list[at]
	mine := map[string]bool{}
	if err := v.changes(e, func(c change) error {
		if c.at == inDossier {
			mine[string(c.key)] = true
		}
		return nil
	}); err != nil {
		return nil, err
	}
	later, holds := map[string]bool{}, inEffect(list)
	for i := range list[:at] {
		// What was taken back, with what took it back, leaves no trace.
		if list[i].Of >= e.Seq || list[i].Of == 0 && !holds[list[i].Seq] {
			continue
		}
		if err := v.changes(&list[i], func(c change) error {
			if c.at == inDossier && mine[string(c.key)] {
				later[string(c.key)] = true
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	if n := len(later); n > 0 {
		return nil, data.Fail(data.Conflict, fmt.Sprintf("Chưa hoàn tác gì: %s hồ sơ của lần nhập này đã được sửa sau đó. Hoàn tác các thao tác sau trước (Ctrl+Z), hoặc sửa từng hồ sơ.", data.FormatInt(int64(n))), nil)
	}
	return e, nil
}

// inEffect tells of each entry, newest first, whether it holds: nothing that holds took
// it back.
func inEffect(list []Entry) map[uint64]bool {
	holds, reverted := map[uint64]bool{}, map[uint64]bool{}
	for _, e := range list {
		holds[e.Seq] = !reverted[e.Seq]
		if e.Of != 0 && holds[e.Seq] {
			reverted[e.Of] = true
		}
	}
	return holds
}

// inverse puts back every value that the entry replaced in some buckets. Codes may have moved
// between dossiers, so all of them are freed before any is taken again.
func (tx *Tx) inverse(ctx context.Context, e *Entry, in func(place) bool) error {
	var back []change
	err := tx.changes(e, func(c change) error {
		if ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", ctx.Err())
		}
		if lasts(c.at, c.key) || !in(c.at) {
			return nil
		}
		if err := lostValues(c); err != nil {
			return err
		}
		if c.old != nil {
			back = append(back, c)
			return nil
		}
		return tx.put(c.at, c.key, nil)
	})
	if err != nil {
		return err
	}
	if err := tx.revise(back); err != nil {
		return err
	}
	for _, c := range back {
		if c.at == inDossier {
			if code := codeOf(tx.get(inDossier, c.key)); code != "" {
				tx.codes[code] = 0
			}
		}
	}
	for _, c := range back {
		if err := tx.put(c.at, c.key, c.old); err != nil {
			return err
		}
	}
	return nil
}

// change is what an entry replaced: a value, or count dossiers from first on that
// were new.
type change struct {
	at           place
	key          []byte
	old          []byte // nil when the key was new
	erased       bool   // old is the digest of a value that is kept nowhere; see Erase
	first, count uint64
	rest         int // bytes of the part that follow
}

// changes calls fn for each value that the entry replaced, in order.
func (v *View) changes(e *Entry, fn func(change) error) error {
	return v.parts(e, func(c change) error {
		if c.count == 0 {
			return fn(c)
		}
		for id := c.first; id < c.first+c.count; id++ {
			if err := fn(change{at: inDossier, key: key64(id)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// parts is changes with new dossiers as runs.
func (v *View) parts(e *Entry, fn func(change) error) error {
	for part := range e.Parts {
		key := changeKey(e.Seq, part)
		stored := v.bucket(inChange).Get(key)
		if stored == nil {
			return inChange.damagedValue(key, "không có", nil)
		}
		value, err := v.s.open(nil, inChange, key, stored)
		if err != nil {
			return err
		}
		// The page may move while fn writes: work on a copy.
		if err := eachChange(bytes.Clone(value), fn); err == errCodec {
			return inChange.damagedValue(key, "không đọc được", err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// eachChange takes one part apart; errCodec where it makes no sense.
func eachChange(part []byte, fn func(change) error) error {
	for r := (reader{b: part}); len(r.b) > 0; {
		c := change{at: place(r.byte())}
		switch {
		case c.at == bucketRun:
			if len(r.b) < runLen-1 {
				return errCodec
			}
			c = change{at: inDossier, first: binary.BigEndian.Uint64(r.b), count: binary.BigEndian.Uint64(r.b[8:])}
			r.b = r.b[runLen-1:]
			if c.count == 0 || c.first+c.count < c.first {
				return errCodec
			}
		default:
			c.key = r.text()
			switch r.byte() {
			case 0:
			case 1:
				c.old = r.text()
			case erased:
				c.old, c.erased = r.take(hashLen), true
			default:
				return errCodec
			}
		}
		if c.rest = len(r.b); r.bad || c.at >= places {
			return errCodec
		}
		if err := fn(c); err != nil {
			return err
		}
	}
	return nil
}

// History returns the journal entries that touched a dossier, oldest first.
func (v *View) History(id uint64) ([]Entry, error) {
	var list []Entry
	err := v.each(inJournal, nil, func(k, value []byte) error {
		e, err := decodeEntry(k, value)
		if err != nil {
			return err
		}
		does, err := v.concerns(&e, id)
		if does {
			list = append(list, e)
		}
		return err
	})
	return list, err
}

// concerns reports whether an entry changed a dossier.
func (v *View) concerns(e *Entry, id uint64) (bool, error) {
	key := key64(id)
	err := v.changes(e, func(c change) error {
		if c.at == inDossier && bytes.Equal(c.key, key) {
			return errFound
		}
		return nil
	})
	if err == errFound {
		return true, nil
	}
	return false, err
}

var errFound = fmt.Errorf("found")
