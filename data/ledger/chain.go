package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"slices"

	"giaoban/data"
)

const hashLen = sha256.Size

// digest is the SHA-256 of a value; the zero digest stands for no value.
type digest = [hashLen]byte

// Link binds an entry of the journal to the one before it and to the values that it
// left, so that neither can be changed unseen. Sums stand in base64.
type Link struct {
	N       uint64 `json:"n,omitempty"`       // its number among the entries, from 1
	Prev    string `json:"prev,omitempty"`    // hash of the entry before; absent in the first
	Changed string `json:"changed,omitempty"` // SHA-256 over its parts under change
	Left    string `json:"left,omitempty"`    // digest of the values that it left
	Hash    string `json:"hash,omitempty"`    // of all of the entry but this; the last member
}

func sumText(sum []byte) string { return base64.RawStdEncoding.EncodeToString(sum) }

// sumOfText reads what sumText wrote.
func sumOfText(text string) (sum digest, err error) {
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err == nil && len(raw) != hashLen {
		err = errCodec
	}
	copy(sum[:], raw)
	return sum, err
}

// hashOf is the hash of an entry: SHA-256 over its number and its JSON without the
// member hash.
func hashOf(seq uint64, core []byte) digest {
	h := sha256.New()
	h.Write([]byte("giaoban journal 1\x00"))
	h.Write(key64(seq))
	h.Write(core)
	return digest(h.Sum(nil))
}

const hashMember = `,"hash":"`

// chained returns what the journal holds for an entry, with its hash, which is also
// set in e.
func (e *Entry) chained() (value []byte, sum digest, err error) {
	e.Hash = ""
	core, err := json.Marshal(e)
	if err != nil {
		return nil, sum, err
	}
	sum = hashOf(e.Seq, core)
	e.Hash = sumText(sum[:])
	return append(core[:len(core)-1], hashMember+e.Hash+`"}`...), sum, nil
}

// coreOf is the JSON of an entry without its hash; nil where it has none.
func coreOf(value []byte) []byte {
	at := bytes.LastIndex(value, []byte(hashMember))
	if at < 0 || len(value) != at+len(hashMember)+base64.RawStdEncoding.EncodedLen(hashLen)+2 {
		return nil
	}
	return append(bytes.Clone(value[:at]), '}')
}

// partsSum is SHA-256 over the parts of an entry, each after its length.
type partsSum struct{ hash.Hash }

func newPartsSum() partsSum { return partsSum{sha256.New()} }

func (s partsSum) add(part []byte) {
	s.Write(key64(uint64(len(part))))
	s.Write(part)
}

func (s partsSum) text() string { return sumText(s.Sum(nil)) }

// leftSum is the digest of the values that an entry left: SHA-256 over each key that
// it changed, in the order of its changes, as bucket number, length, key and digest of
// the value.
type leftSum struct {
	hash.Hash
	line []byte
}

func newLeft() *leftSum { return &leftSum{Hash: sha256.New()} }

func (s *leftSum) add(at place, key []byte, sum digest) {
	s.line = binary.AppendUvarint(append(s.line[:0], byte(at)), uint64(len(key)))
	s.line = append(append(s.line, key...), sum[:]...)
	s.Write(s.line)
}

func (s *leftSum) text() string { return sumText(s.Sum(nil)) }

// past is the file as it was after some entry of the journal: the present one, but
// for what later entries replaced.
type past struct {
	v    *View
	was  map[string]digest // by bucket number and key
	gone runs              // dossiers that were not there yet, but for those in was
	key  []byte
}

func newPast(v *View) *past { return &past{v: v, was: map[string]digest{}} }

func (p *past) name(at place, key []byte) []byte {
	p.key = append(append(p.key[:0], byte(at)), key...)
	return p.key
}

// value is the digest of what stood under a key.
func (p *past) value(at place, key []byte) (digest, error) {
	if len(p.was) > 0 {
		if sum, ok := p.was[string(p.name(at, key))]; ok {
			return sum, nil
		}
	}
	if at == inDossier && len(key) == 8 && p.gone.have(binary.BigEndian.Uint64(key)) {
		return digest{}, nil
	}
	b := p.v.bucket(at)
	if b == nil {
		return digest{}, nil
	}
	return p.present(at, key, b.Get(key))
}

// present is the digest of a stored value.
func (p *past) present(at place, key, stored []byte) (digest, error) {
	if stored == nil {
		return digest{}, nil
	}
	value, err := p.v.s.open(nil, at, key, stored)
	if err != nil {
		return digest{}, err
	}
	return sha256.Sum256(value), nil
}

// left is the digest of the values that the entry left, where p is the file right
// after it.
func (p *past) left(e *Entry) (string, error) {
	h := newLeft()
	err := p.v.parts(e, func(c change) error {
		switch {
		case c.count > 0:
			return p.eachOf(c, func(key []byte, sum digest) { h.add(inDossier, key, sum) })
		case !c.at.journaled():
			return nil
		}
		sum, err := p.value(c.at, c.key)
		if err == nil {
			h.add(c.at, c.key, sum)
		}
		return err
	})
	return h.text(), err
}

// eachOf calls fn with the dossiers of a run; those that are present are read one
// after the other.
func (p *past) eachOf(run change, fn func(key []byte, sum digest)) error {
	c := p.v.bucket(inDossier).Cursor()
	k, stored := c.Seek(key64(run.first))
	for id := run.first; id < run.first+run.count; id++ {
		key := key64(id)
		sum, ok := p.was[string(p.name(inDossier, key))]
		there := k != nil && bytes.Equal(k, key)
		if !ok && there && !p.gone.have(id) {
			var err error
			if sum, err = p.present(inDossier, key, stored); err != nil {
				return err
			}
		}
		if there {
			k, stored = c.Next()
		}
		fn(key, sum)
	}
	return nil
}

// back takes the entry back: p is then the file right before it.
func (p *past) back(e *Entry) error {
	return p.v.parts(e, func(c change) error {
		switch {
		case c.count > 0:
			for id := c.first; len(p.was) > 0 && id < c.first+c.count; id++ {
				delete(p.was, string(p.name(inDossier, key64(id))))
			}
			p.gone.add(run{c.first, c.first + c.count})
		case !c.at.journaled():
		default:
			p.was[string(p.name(c.at, c.key))] = c.oldSum()
		}
		return nil
	})
}

// rest calls fn with each value that is there although no entry wrote it, when all
// entries were taken back. was reports whether an entry knows the key.
func (p *past) rest(fn func(at place, key []byte, was bool) error) error {
	for at := range places {
		b := p.v.bucket(at)
		if b == nil || !at.journaled() {
			continue
		}
		err := b.ForEach(func(key, _ []byte) error {
			sum, known := p.was[string(p.name(at, key))]
			if known && sum == (digest{}) || !known && at == inDossier && len(key) == 8 && p.gone.have(binary.BigEndian.Uint64(key)) {
				return nil
			}
			return fn(at, key, known)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// run is a range of numbers, the end not included.
type run struct{ from, to uint64 }

// runs are ranges in order that do not touch.
type runs []run

func (r runs) have(id uint64) bool {
	at, found := slices.BinarySearchFunc(r, id, func(one run, id uint64) int {
		switch {
		case one.to <= id:
			return -1
		case one.from > id:
			return 1
		}
		return 0
	})
	return found && at < len(r)
}

func (r *runs) add(one run) {
	list := (*r)[:0:0]
	for _, other := range *r {
		if other.to < one.from || one.to < other.from {
			list = append(list, other)
			continue
		}
		one = run{min(one.from, other.from), max(one.to, other.to)}
	}
	at, _ := slices.BinarySearchFunc(list, one.from, func(other run, from uint64) int { return int(min(max(int64(other.from)-int64(from), -1), 1)) })
	*r = slices.Insert(list, at, one)
}

// JournalFault is one place at which journal and values do not agree.
type JournalFault struct {
	Seq  uint64 `json:"seq"`  // of the entry; 0 for the journal as a whole
	What string `json:"what"` // in Vietnamese
}

// String says where and what.
func (f JournalFault) String() string {
	if f.Seq == 0 {
		return "Nhật ký: " + f.What
	}
	return fmt.Sprintf("Nhật ký, mục %s: %s", data.FormatInt(int64(f.Seq)), f.What)
}
