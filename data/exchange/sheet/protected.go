package sheet

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
)

// Limits of a protected package.
const (
	maxProtected = 64 << 20 // it is decrypted in memory
	maxSpins     = 1000000  // Excel takes 100.000
)

// openProtected opens a package that Excel protected with its own default password.
// One with a password that somebody chose is refused.
func openProtected(c *compound) (*Book, error) {
	info, _, err := c.stream("EncryptionInfo")
	if err != nil || len(info) < 8 {
		return nil, Refuse(Encrypted, err)
	}
	if c.size("EncryptedPackage") > maxProtected {
		return nil, Refuse(Encrypted, errBomb)
	}
	sealed, _, err := c.stream("EncryptedPackage")
	if err != nil || len(sealed) < 8 {
		return nil, Refuse(Truncated, err)
	}
	size, body := binary.LittleEndian.Uint64(sealed), sealed[8:]
	var ok bool
	if major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:]); major == 4 && minor == 4 {
		ok = agile(info[8:], body)
	} else if minor == 2 {
		ok = standard(info[8:], body)
	}
	if !ok {
		return nil, Refuse(Encrypted, nil)
	}
	if size > uint64(len(body)) {
		return nil, Refuse(Truncated, nil)
	}
	if !bytes.HasPrefix(body, []byte("PK")) {
		return nil, Refuse(Encrypted, nil)
	}
	return openXLSX(bytes.NewReader(body[:size]), int64(size))
}

// standard decrypts in place what Excel 2007 protected (MS-OFFCRYPTO 2.3.4.7). It
// reports false for another password or another cipher.
func standard(info, body []byte) bool {
	if len(info) < 4 {
		return false
	}
	size := int64(binary.LittleEndian.Uint32(info))
	if size < 32 || size > int64(len(info))-4-72 {
		return false
	}
	head, verifier := info[4:4+size], info[4+size:]
	length := int(binary.LittleEndian.Uint32(head[16:])) / 8
	if binary.LittleEndian.Uint32(head[8:])>>8 != 0x66 || length != 16 && length != 24 && length != 32 {
		return false
	}
	key := spun(crypto.SHA1, verifier[4:20], 50000)
	key = digest(crypto.SHA1, key, make([]byte, 4))
	long := append(padded(key, 0x36), padded(key, 0x5C)...)
	block, err := aes.NewCipher(long[:length])
	if err != nil {
		return false
	}
	// The verifier takes 16 bytes, four tell the length of its hash, 32 are the hash.
	plain, sum := bytes.Clone(verifier[20:36]), bytes.Clone(verifier[40:72])
	block.Decrypt(plain, plain)
	block.Decrypt(sum, sum)
	block.Decrypt(sum[16:], sum[16:])
	if !bytes.Equal(digest(crypto.SHA1, plain), sum[:sha1.Size]) {
		return false
	}
	for at := 0; at+16 <= len(body); at += 16 {
		block.Decrypt(body[at:], body[at:])
	}
	return true
}

// padded hashes a block of 64 bytes filled with one byte, into which a key was put
// by exclusive-or.
func padded(key []byte, fill byte) []byte {
	b := bytes.Repeat([]byte{fill}, 64)
	for i := range key {
		b[i] ^= key[i]
	}
	return digest(crypto.SHA1, b)
}

// lock is how a package or its key is encrypted, as attributes tell it.
type lock struct {
	salt, input, check, key []byte
	spins, length, block    int
	hash                    crypto.Hash
}

func (l *lock) read(attrs []byte) bool {
	get := func(name string) []byte {
		b, err := base64.StdEncoding.DecodeString(attrValue(attrs, name))
		if err != nil {
			return nil
		}
		return b
	}
	l.salt, l.input = get("saltValue"), get("encryptedVerifierHashInput")
	l.check, l.key = get("encryptedVerifierHashValue"), get("encryptedKeyValue")
	l.spins, _ = strconv.Atoi(attrValue(attrs, "spinCount"))
	l.length, _ = strconv.Atoi(attrValue(attrs, "keyBits"))
	l.block, _ = strconv.Atoi(attrValue(attrs, "blockSize"))
	l.length /= 8
	switch attrValue(attrs, "hashAlgorithm") {
	case "SHA1":
		l.hash = crypto.SHA1
	case "SHA256":
		l.hash = crypto.SHA256
	case "SHA384":
		l.hash = crypto.SHA384
	case "SHA512":
		l.hash = crypto.SHA512
	}
	return l.hash != 0 && l.block == aes.BlockSize && (l.length == 16 || l.length == 24 || l.length == 32) && len(l.salt) > 0 && len(l.salt) <= 64 &&
		attrValue(attrs, "cipherAlgorithm") == "AES" && attrValue(attrs, "cipherChaining") == "ChainingModeCBC"
}

// agile decrypts in place what Excel 2010 and later protected (MS-OFFCRYPTO
// 2.3.4.10). It reports false for another password or another cipher.
func agile(info, body []byte) bool {
	var data, pass lock
	dataOK, passOK := false, false
	s := newScanner(bytes.NewReader(info))
	for s.next() == nil {
		if s.kind != startTag {
			continue
		}
		switch string(s.name) {
		case "keyData":
			dataOK = data.read(s.attrs)
		case "encryptedKey":
			passOK = passOK || pass.read(s.attrs) && pass.spins >= 0 && pass.spins <= maxSpins
		}
	}
	if !dataOK || !passOK {
		return false
	}
	spun := spun(pass.hash, pass.salt, pass.spins)
	open := func(sealed []byte, purpose ...byte) []byte {
		key := fit(digest(pass.hash, spun, purpose), pass.length)
		return chained(key, fit(pass.salt, aes.BlockSize), sealed)
	}
	input := open(pass.input, 0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79)
	check := open(pass.check, 0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e)
	key := open(pass.key, 0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6)
	if sum := digest(pass.hash, input); len(input) == 0 || len(check) < len(sum) || !bytes.Equal(check[:len(sum)], sum) || len(key) < data.length {
		return false
	}
	block, err := aes.NewCipher(key[:data.length])
	if err != nil {
		return false
	}
	const segment = 4096
	for n := 0; n*segment < len(body); n++ {
		part := body[n*segment : min((n+1)*segment, len(body))]
		part = part[:len(part)&^(aes.BlockSize-1)]
		iv := fit(digest(data.hash, data.salt, binary.LittleEndian.AppendUint32(nil, uint32(n))), aes.BlockSize)
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(part, part)
	}
	return true
}

// chained decrypts a short text; nil for one that is not whole.
func chained(key, iv, sealed []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(sealed)%aes.BlockSize != 0 || len(sealed) > 1024 {
		return nil
	}
	out := make([]byte, len(sealed))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, sealed)
	return out
}

// spun hashes the default password many times.
func spun(kind crypto.Hash, salt []byte, spins int) []byte {
	h := kind.New()
	h.Write(salt)
	h.Write(wide(defaultPassword))
	sum := h.Sum(nil)
	var n [4]byte
	for i := range spins {
		binary.LittleEndian.PutUint32(n[:], uint32(i))
		h.Reset()
		h.Write(n[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum
}

func digest(kind crypto.Hash, parts ...[]byte) []byte {
	h := kind.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts a key to its length, or fills it up.
func fit(key []byte, length int) []byte {
	out := bytes.Repeat([]byte{0x36}, length)
	copy(out, key)
	return out
}

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
