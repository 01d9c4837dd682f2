package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"

	"giaoban/data"
)

// KindErasure is the kind of the records that tell of an erasure: what a desk keeps of it,
// with the Sums that the journal is verified by.
const KindErasure = "erasure"

// Erasure is what the record of an erasure tells of the journal: which entries lost former
// values, and SHA-256 over their parts as they are since, in base64. Of each value that was
// erased its digest stays, so that the chain is verified as before.
type Erasure struct {
	Sums map[uint64]string `json:"sums,omitempty"` // by number of the entry
}

// erased stands in a change for an old value of which only the digest is kept.
const erased = 2

// appendErased is appendChange of a value that must be kept nowhere.
func appendErased(b []byte, at place, key []byte, sum digest) []byte {
	return append(append(putText(append(b, byte(at)), key), erased), sum[:]...)
}

// Replaced is a record that takes the place of one that is erased.
type Replaced struct {
	Kind  string
	ID    uint64
	Value any
}

// Erase puts dossiers and records in the place of those with their ids and takes all that
// they were before out of the journal, digests apart. It returns what the record of kind
// KindErasure must tell, which has to be written in the same transaction. It cannot be
// undone: the entry is of kind KindStart. The values stay in pages of the file that are free
// until it is written anew; see Reseal.
func (tx *Tx) Erase(dossiers []data.Dossier, records []Replaced) (Erasure, error) {
	gone := map[string]bool{}
	name := func(at place, key []byte) string { return string(append([]byte{byte(at)}, key...)) }
	tx.erasing = true
	defer func() { tx.erasing = false }()
	for i := range dossiers {
		if err := tx.PutDossier(&dossiers[i]); err != nil {
			return Erasure{}, err
		}
		gone[name(inDossier, key64(dossiers[i].ID))] = true
	}
	for _, r := range records {
		if err := tx.PutRecord(r.Kind, &r.ID, r.Value); err != nil {
			return Erasure{}, err
		}
		gone[name(inRecord, recordKey(r.Kind, r.ID))] = true
	}
	return tx.forget(func(at place, key []byte) bool { return gone[name(at, key)] })
}

// forget takes former values out of the changes of all entries.
func (tx *Tx) forget(of func(at place, key []byte) bool) (out Erasure, err error) {
	type rewritten struct{ key, stored, value []byte }
	var list []rewritten
	err = tx.each(inChange, nil, func(key, value []byte) error {
		if bytes.HasPrefix(key, key64(tx.seq)) {
			return nil // of this transaction, which keeps none
		}
		part, changed, err := withoutValues(value, of)
		if err != nil {
			return inChange.damagedValue(key, "không đọc được", err)
		}
		if changed {
			list = append(list, rewritten{bytes.Clone(key), bytes.Clone(tx.into[inChange].Get(key)), part})
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Sums = map[uint64]string{}
	for _, r := range list {
		if err := tx.store(inChange, r.key, r.stored, r.value); err != nil {
			return out, err
		}
		out.Sums[binary.BigEndian.Uint64(r.key)] = ""
	}
	for seq := range out.Sums {
		if out.Sums[seq], err = tx.sumOf(seq); err != nil {
			return out, err
		}
	}
	return out, nil
}

// sumOf is the sum over the parts of an entry as they are.
func (v *View) sumOf(seq uint64) (string, error) {
	sum := newPartsSum()
	err := v.each(inChange, key64(seq), func(_, value []byte) error {
		sum.add(value)
		return nil
	})
	return sum.text(), err
}

// withoutValues is a part of an entry in which of some values only the digests stand.
func withoutValues(part []byte, of func(at place, key []byte) bool) (out []byte, changed bool, err error) {
	rest := part
	err = eachChange(part, func(c change) error {
		own := rest[:len(rest)-c.rest]
		rest = rest[len(own):]
		if c.old == nil || c.count > 0 || !of(c.at, c.key) {
			out = append(out, own...)
			return nil
		}
		changed = true
		out = appendErased(out, c.at, c.key, sha256.Sum256(c.old))
		return nil
	})
	return out, changed, err
}

// erasures are the sums of the entries that lost former values, as the newest erasure tells.
func (v *View) erasures() (map[uint64]string, error) {
	out := map[uint64]string{}
	err := v.EachRecord(KindErasure, func(id uint64, value []byte) error {
		var x Erasure
		if err := json.Unmarshal(value, &x); err != nil {
			return inRecord.damagedValue(recordKey(KindErasure, id), "không đọc được", err)
		}
		for seq, sum := range x.Sums {
			out[seq] = sum
		}
		return nil
	})
	return out, err
}

// lostValues refuses to take an entry back whose former values were erased.
func lostValues(c change) error {
	if !c.erased {
		return nil
	}
	return data.Fail(data.Conflict, "Không lấy lại được: dữ liệu trước đó đã xóa theo thời hạn lưu, chỉ còn trong các bản sao lưu lập trước lần xóa.", nil)
}

// oldSum is the digest of the value that an entry replaced.
func (c *change) oldSum() (sum digest) {
	switch {
	case c.erased:
		return digest(c.old)
	case c.old != nil:
		sum = sha256.Sum256(c.old)
	}
	return sum
}
