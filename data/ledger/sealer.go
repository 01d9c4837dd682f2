package ledger

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The first byte of a stored value.
const (
	plainMark = 0 // then the checksum, then the value
	plainHead = 5 // bytes before the value
)

// sealer turns values into what the file holds, and back. Every value of every bucket
// but meta/version passes here, and nowhere else.
type sealer struct {
	bare bool // a file of version 1 to 3, which holds values as they are
}

// checksum is CRC-32C over bucket, zero byte, key, value: a value does not pass under
// another key.
func (p place) checksum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(seeds[p], castagnoli, key), castagnoli, value)
}

// seal returns what the file holds for a value.
func (s *sealer) seal(p place, key, value []byte) []byte {
	if s.bare {
		return bytes.Clone(value)
	}
	stored := make([]byte, plainHead, plainHead+len(value))
	binary.BigEndian.PutUint32(stored[1:], p.checksum(key, value))
	return append(stored, value...)
}

// open returns the value that the file holds, or data.Damaged naming bucket and key:
// never a value that was not sealed under that key. What it returns is part of stored,
// or else stands in dst, which it may make longer.
func (s *sealer) open(dst []byte, p place, key, stored []byte) (value []byte, err error) {
	switch {
	case s.bare:
		return stored, nil
	case len(stored) < plainHead || stored[0] != plainMark:
		return nil, p.damagedValue(key, "không mang mã kiểm", errChecksum)
	case binary.BigEndian.Uint32(stored[1:]) != p.checksum(key, stored[plainHead:]):
		return nil, p.damagedValue(key, "không khớp mã kiểm", errChecksum)
	}
	return stored[plainHead:], nil
}

var errChecksum = errors.New("checksum of a value does not match")
