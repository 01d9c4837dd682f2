package ledger

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"giaoban/data"
)

// Stored is a record with the id under which it is kept.
type Stored[T any] struct {
	ID    uint64
	Value T
}

func recordKey(kind string, id uint64) []byte {
	return binary.BigEndian.AppendUint64(append([]byte(kind), 0), id)
}

// PutRecord stores value as JSON under its kind. A zero id is replaced by a new
// one, which no other record ever had. Kinds are short names such as "letter";
// they hold no zero byte.
func (tx *Tx) PutRecord(kind string, id *uint64, value any) error {
	b := tx.tx.Bucket(bucketRecord)
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
	return putJSON(tx, bucketRecord, recordKey(kind, *id), value)
}

// DropRecord takes a record out; the journal keeps what it was.
func (tx *Tx) DropRecord(kind string, id uint64) error {
	return tx.put(bucketRecord, recordKey(kind, id), nil)
}

// Records returns the records of a kind by id. The journal and other kinds are
// not looked at.
func Records[T any](v *View, kind string) ([]Stored[T], error) {
	var list []Stored[T]
	prefix := append([]byte(kind), 0)
	c := v.tx.Bucket(bucketRecord).Cursor()
	for k, value := c.Seek(prefix); len(k) == len(prefix)+8 && string(k[:len(prefix)]) == string(prefix); k, value = c.Next() {
		s := Stored[T]{ID: binary.BigEndian.Uint64(k[len(prefix):])}
		if err := json.Unmarshal(unseal(value), &s.Value); err != nil {
			return nil, damagedRecord(kind, s.ID, err)
		}
		list = append(list, s)
	}
	return list, nil
}

// Record returns one record; ok is false when there is none.
func Record[T any](v *View, kind string, id uint64) (value T, ok bool, err error) {
	raw := v.tx.Bucket(bucketRecord).Get(recordKey(kind, id))
	if raw == nil {
		return value, false, nil
	}
	if err := json.Unmarshal(unseal(raw), &value); err != nil {
		return value, false, damagedRecord(kind, id, err)
	}
	return value, true, nil
}

func damagedRecord(kind string, id uint64, err error) error {
	return data.Fail(data.Damaged, fmt.Sprintf("Mục «%s» số %d trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", kind, id), err)
}

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
			if c.bucket != bucketNumber(bucketDossier) || string(c.key) != key || c.old == nil {
				return nil
			}
			before = &data.Dossier{ID: id}
			if err := decodeDossier(unseal(c.old), before); err != nil {
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
