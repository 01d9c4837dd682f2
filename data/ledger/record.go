package ledger

import (
	"bytes"
	"encoding/binary"
	"slices"

	"giaoban/data"
)

func recordKey(kind string, id uint64) []byte {
	return binary.BigEndian.AppendUint64(append([]byte(kind), 0), id)
}

// PutRecord stores value as JSON under its kind. A zero id is replaced by a new
// one, which no other record ever had. Kinds are short names such as "letter";
// they hold no zero byte.
func (tx *Tx) PutRecord(kind string, id *uint64, value any) error {
	b := tx.into[inRecord]
	if *id == 0 {
		next, err := b.NextSequence()
		if err != nil {
			return err
		}
		*id = next
	} else if *id > b.Sequence() {
		if err := b.SetSequence(*id); err != nil {
			return err
		}
	}
	return putJSON(tx, inRecord, recordKey(kind, *id), value)
}

// DropRecord takes a record out; the journal keeps what it was.
func (tx *Tx) DropRecord(kind string, id uint64) error {
	return tx.put(inRecord, recordKey(kind, id), nil)
}

// EachRecord calls fn with the records of a kind by id. The value, which is JSON,
// is valid only during the call. The journal and other kinds are not looked at.
func (v *View) EachRecord(kind string, fn func(id uint64, value []byte) error) error {
	prefix := append([]byte(kind), 0)
	return v.each(inRecord, prefix, func(key, value []byte) error {
		if len(key) != len(prefix)+8 {
			return nil // of a kind whose name goes on
		}
		return fn(binary.BigEndian.Uint64(key[len(prefix):]), value)
	})
}

// Record returns one record, nil when there is none. It is valid as long as the
// View, and until the record is written.
func (v *View) Record(kind string, id uint64) []byte { return v.get(inRecord, recordKey(kind, id)) }

// Version is a dossier as it was before and after one entry of the journal.
type Version struct {
	Entry         Entry
	Before, After *data.Dossier // nil where it did not exist
}

// Versions returns what each entry of the journal did to a dossier, oldest
// first.
func (v *View) Versions(id uint64) ([]Version, error) {
	entries, err := v.History(id)
	if err != nil {
		return nil, err
	}
	return v.versions(id, entries)
}

// Since returns what the entries of the journal after the one with the number seq did
// to a dossier, oldest first.
func (v *View) Since(id, seq uint64) ([]Version, error) {
	var entries []Entry
	c := v.bucket(inJournal).Cursor()
	for k, stored := c.Last(); k != nil && bytes.Compare(k, key64(seq)) > 0; k, stored = c.Prev() {
		e, err := decodeEntry(k, v.opened(inJournal, k, stored))
		if err != nil {
			return nil, err
		}
		does, err := v.concerns(&e, id)
		if err != nil {
			return nil, err
		}
		if does {
			entries = append(entries, e)
		}
	}
	slices.Reverse(entries)
	return v.versions(id, entries)
}

// TouchedSince calls fn with each dossier that an entry of the journal after seq changed,
// newest entry first; existed tells that the dossier was there before the entry. Entries
// that were undone are left out with their undoing, but for the undoing of one that is
// not after seq.
func (v *View) TouchedSince(seq uint64, fn func(e *Entry, id uint64, existed bool) error) error {
	stands := map[uint64]bool{} // of an entry that was undone or done again: what the newest says
	c := v.bucket(inJournal).Cursor()
	for k, stored := c.Last(); k != nil && bytes.Compare(k, key64(seq)) > 0; k, stored = c.Prev() {
		e, err := decodeEntry(k, v.opened(inJournal, k, stored))
		if err != nil {
			return err
		}
		if e.Kind == KindUndo || e.Kind == KindRedo {
			if _, known := stands[e.Of]; !known {
				stands[e.Of] = e.Kind == KindRedo
			}
			if e.Of > seq {
				continue
			}
		}
		if on, known := stands[e.Seq]; known && !on {
			continue
		}
		err = v.changes(&e, func(c change) error {
			if c.at != inDossier {
				return nil
			}
			return fn(&e, binary.BigEndian.Uint64(c.key), c.old != nil)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// versions works out what the newest entries that concern a dossier did to it.
func (v *View) versions(id uint64, entries []Entry) ([]Version, error) {
	var after *data.Dossier
	if d, err := v.Dossier(id); err == nil {
		after = &d
	} else if data.CodeOf(err) != data.NotFound {
		return nil, err
	}
	list := make([]Version, len(entries))
	key := string(key64(id))
	for i := len(entries) - 1; i >= 0; i-- {
		var before *data.Dossier
		err := v.changes(&entries[i], func(c change) error {
			if c.at != inDossier || string(c.key) != key || c.old == nil {
				return nil
			}
			if c.erased {
				before = after // what it was is kept nowhere
				return nil
			}
			before = &data.Dossier{ID: id}
			if err := decodeDossier(c.old, before); err != nil {
				return damagedDossier(id, err)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		list[i] = Version{Entry: entries[i], Before: before, After: after}
		after = before
	}
	return list, nil
}

// DropField takes a field out of the catalogue; the journal keeps what it was.
// Nothing may name it any more: see Check.
func (tx *Tx) DropField(id uint32) error { return tx.put(inField, key32(id), nil) }

// DropUnit takes a unit out of the catalogue; the journal keeps what it was. Nothing
// may name it any more: see Check.
func (tx *Tx) DropUnit(id uint32) error { return tx.put(inUnit, key32(id), nil) }

// DropProcedure does the same with a procedure.
func (tx *Tx) DropProcedure(id uint32) error { return tx.put(inProcedure, key32(id), nil) }
