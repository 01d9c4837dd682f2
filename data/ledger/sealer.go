package ledger

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"giaoban/data/vault"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The first byte of a stored value.
const (
	plainMark  = 0 // then the checksum, then the value
	sealedMark = 1 // then what vault seals
	plainHead  = 5 // bytes before a plain value
)

// sealer turns values into what the file holds, and back. Every value of every bucket
// but meta/version passes here, and nowhere else.
type sealer struct {
	bare  bool          // a file of version 1 to 3, which holds values as they are
	vault *vault.Sealer // of a protected file; nil for a plain one
}

// sealerOf is the sealer of a file of this version; key is nil for a plain one.
func sealerOf(key *vault.Key) *sealer {
	if key == nil {
		return &sealer{}
	}
	return &sealer{vault: key.Sealer(vault.Values)}
}

// seals reports whether values of the bucket are sealed; those of meta are read
// without the key.
func (s *sealer) seals(p place) bool { return s.vault != nil && p != inMeta }

// checksum is CRC-32C over bucket, zero byte, key, value: a value does not pass under
// another key.
func (p place) checksum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(seeds[p], castagnoli, key), castagnoli, value)
}

// bound appends what a sealed value is bound to: bucket, zero byte, key.
func (p place) bound(dst, key []byte) []byte {
	return append(append(append(dst, names[p]...), 0), key...)
}

// seal returns what the file holds for a value.
func (s *sealer) seal(p place, key, value []byte) []byte {
	switch {
	case s.bare:
		return bytes.Clone(value)
	case s.seals(p):
		stored := append(make([]byte, 0, 1+vault.Overhead+len(value)), sealedMark)
		return s.vault.Seal(stored, p.bound(nil, key), value)
	}
	stored := make([]byte, plainHead, plainHead+len(value))
	binary.BigEndian.PutUint32(stored[1:], p.checksum(key, value))
	return append(stored, value...)
}

// open returns the value that the file holds, or data.Damaged naming bucket and key:
// never a value that was not sealed under that key. What it returns is part of stored,
// or appended to dst.
func (s *sealer) open(dst []byte, p place, key, stored []byte) (value []byte, err error) {
	switch {
	case s.bare:
		return stored, nil
	case s.seals(p):
		if len(stored) == 0 || stored[0] != sealedMark {
			return nil, p.damagedValue(key, "không được niêm", errChecksum)
		}
		var place [64]byte
		out, err := s.vault.Open(dst, p.bound(place[:0], key), stored[1:])
		if err != nil {
			return nil, p.damagedValue(key, "không mở được bằng khóa của cơ quan", err)
		}
		return out[len(dst):], nil
	case len(stored) < plainHead || stored[0] != plainMark:
		return nil, p.damagedValue(key, "không mang mã kiểm", errChecksum)
	case binary.BigEndian.Uint32(stored[1:]) != p.checksum(key, stored[plainHead:]):
		return nil, p.damagedValue(key, "không khớp mã kiểm", errChecksum)
	}
	return stored[plainHead:], nil
}

var errChecksum = errors.New("checksum of a value does not match")
