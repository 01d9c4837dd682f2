package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
)

// state stands in the bucket meta under state, and is written anew with every change:
// what each bucket holds, so that an entry that vanished, a page of an older time in
// its place or a counter that jumped is noticed before anything is read; and how far
// the journal goes, which can be read without the key of a protected file.
type state struct {
	version uint64
	seq     uint64 // of the newest entry of the journal
	count   uint64 // of all entries
	at      int64  // of the newest, Unix seconds
	hash    [hashLen]byte
	held    [places]tally // of meta only zeros
}

// tally is what a bucket holds.
type tally struct {
	keys uint64
	last uint64 // the last number that was given: the sequence of the bucket
	sum  uint64 // of all sumOf, modulo 2^64
}

// sumOf is what one stored value adds to the sum of its bucket.
func (p place) sumOf(key, stored []byte) uint64 { return uint64(p.checksum(key, stored)) }

func (t *tally) add(p place, key, stored []byte) {
	t.keys++
	t.sum += p.sumOf(key, stored)
}

func (t *tally) drop(p place, key, stored []byte) {
	t.keys--
	t.sum -= p.sumOf(key, stored)
}

// encode: uvarints version, seq, count, varint at, the hash, then of each bucket but
// meta, by number, uvarints keys and last and the sum in eight bytes.
func (s *state) encode() []byte {
	b := binary.AppendUvarint(nil, s.version)
	b = binary.AppendUvarint(b, s.seq)
	b = binary.AppendUvarint(b, s.count)
	b = binary.AppendVarint(b, s.at)
	b = append(b, s.hash[:]...)
	for _, t := range s.held[1:] {
		b = binary.AppendUvarint(b, t.keys)
		b = binary.AppendUvarint(b, t.last)
		b = binary.BigEndian.AppendUint64(b, t.sum)
	}
	return b
}

var errState = errors.New("state of the file cannot be read")

// decodeState reads a state; of a newer program only its version.
func decodeState(b []byte) (s state, err error) {
	r := reader{b: b}
	s.version = r.uint()
	if s.version > schemaVersion && !r.bad {
		return s, nil
	}
	s.seq, s.count, s.at = r.uint(), r.uint(), r.int()
	copy(s.hash[:], r.take(hashLen))
	for p := inMeta + 1; p < places; p++ {
		s.held[p] = tally{keys: r.uint(), last: r.uint()}
		if sum := r.take(8); sum != nil {
			s.held[p].sum = binary.BigEndian.Uint64(sum)
		}
	}
	if r.bad || len(r.b) > 0 {
		return s, errState
	}
	return s, nil
}

// differs tells the first bucket that does not hold what the state says; "" for none.
func (s *state) differs(held *[places]tally) string {
	for p := inMeta + 1; p < places; p++ {
		have, want := held[p], s.held[p]
		switch {
		case have.keys != want.keys:
			return fmt.Sprintf("ngăn %s có %d mục, phải có %d", words[p], have.keys, want.keys)
		case have.last != want.last:
			return fmt.Sprintf("số thứ tự của ngăn %s không khớp", words[p])
		case have.sum != want.sum:
			return fmt.Sprintf("ngăn %s không khớp tổng kiểm", words[p])
		}
	}
	return ""
}

// stateIn reads the state of a transaction.
func stateIn(tx *bolt.Tx, s *sealer) (state, error) {
	stored := tx.Bucket(inMeta.name()).Get(keyState)
	if stored == nil {
		return state{}, inMeta.damagedValue(keyState, "không có", errState)
	}
	value, err := s.open(nil, inMeta, keyState, stored)
	if err != nil {
		return state{}, err
	}
	st, err := decodeState(value)
	if err != nil {
		return st, inMeta.damagedValue(keyState, "không đọc được", err)
	}
	return st, nil
}

// save writes the state, with the counters of the buckets as they are.
func (s *state) save(tx *bolt.Tx, seal *sealer) error {
	for p := inMeta + 1; p < places; p++ {
		s.held[p].last = tx.Bucket(p.name()).Sequence()
	}
	s.version = schemaVersion
	return tx.Bucket(inMeta.name()).Put(keyState, seal.seal(inMeta, keyState, s.encode()))
}

// foundFile is what the survey of the pages found when a file was opened.
type foundFile struct {
	meta    metaState
	version int // of the schema; 0 for a file that is being made
	backup  bool
	shared  bool   // the copy of a register on a server
	keys    []byte // the ways to the key of a protected file, JSON
	held    [places]tally
}

// read compares the pages with what the state says of them; where they differ it finds
// the values that are not what was stored. data.Damaged, data.Newer.
func (f *foundFile) read(s *survey, opt Options) error {
	stored, ok := s.front[string(keyVersion)]
	if s.front == nil || !ok {
		if len(s.front) == 0 {
			return opt.damaged("không có dữ liệu của Sổ Giao Ban", nil)
		}
		return opt.damaged("không ghi phiên bản", nil)
	}
	v, n := binary.Uvarint(stored)
	if n != len(stored) || v == 0 || v > 1<<31 {
		return opt.damaged("không ghi phiên bản", nil)
	}
	f.version, f.held = int(v), s.held
	_, f.backup = s.front[string(keyBackup)]
	_, f.shared = s.front[string(keyShared)]
	stored, ok = s.front[string(keyState)]
	if !ok && v < schemaVersion {
		return nil
	}
	st, err := openState(stored)
	switch {
	case !ok && v > schemaVersion, err == nil && st.version == v && v > schemaVersion:
		return newer(opt, v)
	case err != nil, st.version != v:
		return opt.damaged("bị hỏng (phần đầu tệp không đọc được)", err)
	}
	for key, stored := range s.front {
		if key == string(keyVersion) {
			continue
		}
		value, err := (&sealer{}).open(nil, inMeta, []byte(key), stored)
		if err != nil {
			return opt.damaged("bị hỏng (phần đầu tệp không khớp mã kiểm)", err)
		}
		if key == string(keyKeys) {
			f.keys = value
		}
	}
	what := st.differs(&s.held)
	if what == "" || opt.anyway {
		return nil
	}
	seal := &sealer{}
	if f.keys != nil && opt.Key != nil {
		seal = sealerOf(opt.Key)
	} else if f.keys != nil {
		return opt.damaged("bị hỏng ("+what+")", errState)
	}
	again := &survey{r: s.r, m: s.m, verify: seal}
	again.run()
	if len(again.values) > 0 {
		return opt.damaged("bị hỏng ("+valueText(again.values[0])+")", again.values[0])
	}
	return opt.damaged("bị hỏng ("+what+")", errState)
}

func newer(opt Options, version uint64) error {
	return data.Fail(data.Newer, fmt.Sprintf("Tệp dữ liệu %s do phiên bản mới hơn của chương trình ghi (lược đồ %d, chương trình này hiểu đến %d). Cài bản mới rồi mở lại; tệp được giữ nguyên.", disk.Name(opt.Shown), version, schemaVersion), nil)
}

// openState reads the state out of what is stored.
func openState(stored []byte) (state, error) {
	value, err := (&sealer{}).open(nil, inMeta, keyState, stored)
	if err != nil {
		return state{}, err
	}
	return decodeState(value)
}
