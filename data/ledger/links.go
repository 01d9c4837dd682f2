package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"giaoban/data"
	"giaoban/data/vault"
)

// links are what binds the entries of a file whose journal has no hashes yet.
type links struct {
	left, changed map[uint64]string // by entry
	loose         []looseKey        // values that no entry wrote
}

type looseKey struct {
	at  place
	key []byte
}

// linksOf walks back the journal of a file.
func linksOf(v *View) (*links, error) {
	out := &links{left: map[uint64]string{}, changed: map[uint64]string{}}
	p := newPast(v)
	c := v.bucket(inJournal).Cursor()
	for k, stored := c.Last(); k != nil; k, stored = c.Prev() {
		e, err := decodeEntry(k, v.opened(inJournal, k, stored))
		if err != nil {
			return nil, err
		}
		if out.left[e.Seq], err = p.left(&e); err != nil {
			return nil, err
		}
		sum := newPartsSum()
		for part := range e.Parts {
			sum.add(v.get(inChange, changeKey(e.Seq, part)))
		}
		out.changed[e.Seq] = sum.text()
		if err := p.back(&e); err != nil {
			return nil, err
		}
	}
	err := p.rest(func(at place, key []byte, _ bool) error {
		out.loose = append(out.loose, looseKey{at, bytes.Clone(key)})
		return nil
	})
	return out, err
}

// link writes an entry of the journal as the next of the chain.
func (w *writer) link(e Entry) error {
	e.N, e.Prev = w.state.count+1, ""
	if w.state.count > 0 {
		e.Prev = sumText(w.state.hash[:])
	}
	value, sum, err := e.chained()
	if err != nil {
		return err
	}
	w.state.seq, w.state.count, w.state.at, w.state.hash = e.Seq, e.N, e.At, sum
	return w.put(inJournal, key64(e.Seq), value)
}

// base is the entry with which a chain begins that is made of an older journal: it
// names the values that no entry wrote. It returns the parts of its changes.
func (w *writer) base(from *View, sums *links, e Entry) (parts [][]byte, err error) {
	b := w.tx.Bucket(inJournal.name())
	if e.Seq, err = b.NextSequence(); err != nil {
		return nil, err
	}
	if e.Seq <= w.state.seq {
		e.Seq = w.state.seq + 1
		if err := b.SetSequence(e.Seq); err != nil {
			return nil, err
		}
	}
	e.Kind = KindBase
	h := newLeft()
	p := newPast(from)
	var part []byte
	for i, one := range sums.loose {
		value := from.get(one.at, one.key)
		sum, err := p.value(one.at, one.key)
		if err != nil {
			return nil, err
		}
		h.add(one.at, one.key, sum)
		part = appendChange(part, one.at, one.key, value)
		if len(part) >= changePart || i == len(sums.loose)-1 {
			parts, part = append(parts, part), nil
		}
	}
	sum := newPartsSum()
	for _, part := range parts {
		sum.add(part)
	}
	e.Parts, e.Changed, e.Left = uint32(len(parts)), sum.text(), h.text()
	return parts, w.link(e)
}

// compare reads a new file from end to end beside the one that it was made of: it holds
// the same, and its journal holds together.
func compare(from *View, path string, key *vault.Key, w *writer) error {
	l, err := open(path, Options{Shown: path, copied: true, ReadOnly: true, Wait: lockPatience, Key: key})
	if err != nil {
		return err
	}
	defer l.Close()
	return l.View(func(v *View) error {
		for at := inMeta + 1; at < places; at++ {
			if err := same(from, v, at, w.step); err != nil {
				return err
			}
		}
		c, err := v.verify(context.Background())
		if err == nil && len(c.Faults) > 0 {
			err = data.Fail(data.Damaged, fmt.Sprintf("Tệp mới ghi ra không khớp tệp cũ: %v. Tệp cũ được giữ nguyên; làm lại.", c.Faults[0]), nil)
		}
		return err
	})
}

// same compares a bucket of two files. What the new one has in addition is the entry
// that tells where it comes from.
func same(from, to *View, at place, step func()) error {
	c := to.bucket(at).Cursor()
	k, stored := c.First()
	err := from.each(at, nil, func(key, value []byte) error {
		step()
		have := []byte(nil)
		if bytes.Equal(k, key) {
			have = to.opened(at, k, stored)
		}
		if equal := bytes.Equal(have, value); k == nil || !equal && (at != inJournal || !sameEntry(key, value, have)) {
			return data.Fail(data.Damaged, fmt.Sprintf("Tệp mới ghi ra thiếu %s «%s». Tệp cũ được giữ nguyên; kiểm tra ổ đĩa rồi làm lại.", words[at], at.keyText(key)), nil)
		}
		k, stored = c.Next()
		return nil
	})
	last := uint64(0)
	if b := from.bucket(inJournal); b != nil {
		if k, _ := b.Cursor().Last(); len(k) == 8 {
			last = binary.BigEndian.Uint64(k)
		}
	}
	if err == nil && k != nil && !((at == inJournal || at == inChange) && len(k) >= 8 && binary.BigEndian.Uint64(k) > last) {
		err = data.Fail(data.Damaged, fmt.Sprintf("Tệp mới ghi ra có thừa %s «%s». Tệp cũ được giữ nguyên; kiểm tra ổ đĩa rồi làm lại.", words[at], at.keyText(k)), nil)
	}
	return err
}

// sameEntry reports whether two entries differ in their links alone.
func sameEntry(key, a, b []byte) bool {
	one, err := decodeEntry(key, a)
	other, oerr := decodeEntry(key, b)
	if err != nil || oerr != nil {
		return false
	}
	one.Link, other.Link = Link{}, Link{}
	return one == other
}

// fill writes all that a file holds; the entry tells where the new file comes from.
func (w *writer) fill(from *View, told *Entry) error {
	var sums *links
	var parts [][]byte
	if from.s.bare {
		var err error
		if sums, err = linksOf(from); err != nil {
			return err
		}
	}
	for at := inMeta + 1; at < places; at++ {
		b := from.bucket(at)
		if b == nil {
			continue
		}
		if err := w.tx.Bucket(at.name()).SetSequence(b.Sequence()); err != nil {
			return err
		}
		put := func(key, value []byte) error { return w.put(at, key, value) }
		if at == inJournal && sums != nil {
			put = func(key, value []byte) error {
				e, err := decodeEntry(key, value)
				if err != nil {
					return err
				}
				e.Left, e.Changed = sums.left[e.Seq], sums.changed[e.Seq]
				return w.link(e)
			}
		}
		if err := from.each(at, nil, put); err != nil {
			return err
		}
		switch {
		case sums == nil || w.state.count == 0 && len(sums.loose) == 0:
		case at == inJournal:
			var err error
			if parts, err = w.base(from, sums, *told); err != nil {
				return err
			}
		case at == inChange:
			for i, part := range parts {
				if err := w.put(inChange, changeKey(w.state.seq, uint32(i)), part); err != nil {
					return err
				}
			}
		}
	}
	if sums == nil {
		st, err := stateIn(from.tx, from.s)
		if err != nil {
			return err
		}
		w.state.seq, w.state.count, w.state.at, w.state.hash = st.seq, st.count, st.at, st.hash
	}
	return w.finish()
}

// finish makes the new file durable.
func (w *writer) finish() error {
	if err := w.state.save(w.tx, w.s); err != nil {
		return err
	}
	if err := w.tx.Commit(); err != nil {
		return err
	}
	w.tx = nil
	return w.db.Sync()
}
