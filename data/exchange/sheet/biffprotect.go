package sheet

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"math/bits"
	"slices"
)

// defaultPassword is the one with which Excel itself protects a workbook whose
// structure is locked or that is to be opened for reading only: nobody is asked for it.
const defaultPassword = "VelvetSweatshop"

// unlock makes the records from at on readable (MS-XLS 2.2.10). pass is the record
// that tells how they are protected; a password that somebody chose is refused.
func (w *oldBook) unlock(pass []byte, at int) error {
	var open func(off int, b []byte, size int)
	switch u16 := binary.LittleEndian.Uint16; {
	case w.version < 8 && len(pass) >= 4:
		open = obfuscated(u16(pass), u16(pass[2:]))
	case len(pass) >= 6 && u16(pass) == 0:
		open = obfuscated(u16(pass[2:]), u16(pass[4:]))
	case len(pass) >= 54 && u16(pass) == 1 && u16(pass[2:]) == 1:
		open = ciphered(oldKey(pass[6:22]), pass[22:38], pass[38:54], func(b []byte) []byte { h := md5.Sum(b); return h[:] })
	case len(pass) >= 6 && u16(pass) == 1:
		open = cryptoAPI(pass[2:])
	}
	if open == nil {
		return Refuse(Encrypted, nil)
	}
	for {
		id, b, more, ok := record(w.stream[at:])
		if !ok {
			return nil
		}
		from := at + 4
		at = len(w.stream) - len(more)
		switch id {
		case recBOF, recFilePass, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196: // of the interface, the lock and the revisions
			continue
		case recSheet: // where the sheet begins stays readable
			if len(b) > 4 {
				open(from+4, b[4:], len(b))
			}
			continue
		}
		open(from, b, len(b))
	}
}

// obfuscated undoes the exclusive-or of early versions (MS-OFFCRYPTO 2.3.7); nil
// for another password.
func obfuscated(key, check uint16) func(off int, b []byte, size int) {
	sum := uint16(0)
	for _, c := range slices.Backward(append([]byte{byte(len(defaultPassword))}, defaultPassword...)) {
		sum = (sum>>14&1 | sum<<1&0x7FFF) ^ uint16(c)
	}
	if sum^0xCE4B != check {
		return nil
	}
	pad := append([]byte(defaultPassword), 0xBB)
	for i := range pad {
		pad[i] = bits.RotateLeft8(pad[i]^byte(key>>(8*(i&1))), 2)
	}
	return func(off int, b []byte, size int) {
		for i, c := range b {
			// The place counts from the beginning of the record.
			b[i] = bits.RotateLeft8(c, 3) ^ pad[(off+i+size)&15]
		}
	}
}

// wide returns a text in UTF-16.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// oldKey makes the keys of the blocks of Excel 97 (MS-OFFCRYPTO 2.3.6.2).
func oldKey(salt []byte) func(block uint32) []byte {
	h := md5.Sum(wide(defaultPassword))
	h = md5.Sum(bytes.Repeat(append(h[:5:5], salt...), 16))
	return func(block uint32) []byte {
		k := md5.Sum(binary.LittleEndian.AppendUint32(h[:5:5], block))
		return k[:]
	}
}

// cryptoAPI makes the keys of Excel 2002 and 2003 (MS-OFFCRYPTO 2.3.5); nil for
// another password or another cipher.
func cryptoAPI(b []byte) func(off int, b []byte, size int) {
	if len(b) < 12 {
		return nil
	}
	size := int(binary.LittleEndian.Uint32(b[8:]))
	if size < 32 || size > len(b)-12 {
		return nil
	}
	head, verifier := b[12:12+size], b[12+size:]
	if len(verifier) < 60 || binary.LittleEndian.Uint32(head[8:]) != 0x6801 {
		return nil
	}
	length := int(binary.LittleEndian.Uint32(head[16:])) / 8
	if length == 0 {
		length = 5
	}
	if length > 16 {
		return nil
	}
	h := sha1.Sum(append(bytes.Clone(verifier[4:20]), wide(defaultPassword)...))
	key := func(block uint32) []byte {
		k := sha1.Sum(binary.LittleEndian.AppendUint32(h[:len(h):len(h)], block))
		if length == 5 {
			return append(k[:5:5], make([]byte, 11)...)
		}
		return k[:length]
	}
	return ciphered(key, verifier[20:36], verifier[40:60], func(b []byte) []byte { h := sha1.Sum(b); return h[:] })
}

// ciphered undoes RC4, whose key changes every kilobyte of the stream; nil for
// another password, which the verifier tells.
func ciphered(key func(block uint32) []byte, verifier, check []byte, hash func([]byte) []byte) func(off int, b []byte, size int) {
	first, err := rc4.NewCipher(key(0))
	if err != nil {
		return nil
	}
	plain, sum := make([]byte, len(verifier)), make([]byte, len(check))
	first.XORKeyStream(plain, verifier)
	first.XORKeyStream(sum, check)
	if !bytes.Equal(hash(plain), sum) {
		return nil
	}
	const block = 1024
	var stream []byte // of the block at
	at := -1
	return func(off int, b []byte, _ int) {
		for i := range b {
			if n := (off + i) / block; n != at {
				c, err := rc4.NewCipher(key(uint32(n)))
				if err != nil {
					return
				}
				at, stream = n, make([]byte, block)
				c.XORKeyStream(stream, stream)
			}
			b[i] ^= stream[(off+i)%block]
		}
	}
}
