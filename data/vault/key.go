package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// keySize is the size of the data key and of all that is derived from it, in bytes.
const keySize = chacha20poly1305.KeySize

// Key is the data key of an office: random, made once, never derived from what a
// person can remember. Nothing is sealed with it directly; see Sub.
type Key struct {
	id     byte
	secret [keySize]byte
}

// NewKey makes a key.
func NewKey() *Key {
	k := &Key{id: 1}
	rand.Read(k.secret[:])
	return k
}

// Wipe forgets the key; what was derived from it before goes on working.
func (k *Key) Wipe() { clear(k.secret[:]) }

// Use names what a key derived from the data key is for. No two uses share a key.
type Use string

// The uses of a data key.
const (
	Values  Use = "values"  // what stands in the data file
	Journal Use = "journal" // the head of the journal that is kept elsewhere
	Files   Use = "files"   // backups, evidence and other whole files
)

// sub derives the key of one use.
func (k *Key) sub(use Use) []byte {
	sub, err := hkdf.Key(sha256.New, k.secret[:], nil, "GB-KEY1 "+string(use), keySize)
	if err != nil {
		panic(err) // the length is fixed and allowed
	}
	return sub
}

// Sealer seals and opens values with the key of one use. It may be used from any
// goroutine.
type Sealer struct {
	id   byte
	aead cipher.AEAD
}

// Sealer returns what seals the values of one use.
func (k *Key) Sealer(use Use) *Sealer {
	aead, err := chacha20poly1305.NewX(k.sub(use))
	if err != nil {
		panic(err) // the size is fixed and right
	}
	return &Sealer{k.id, aead}
}

// Overhead is by how many bytes a sealed value is longer than the value.
const Overhead = 1 + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// ErrSealed is returned for what does not open: it was changed, moved to another
// place, or sealed with another key.
var ErrSealed = errors.New("vault: does not open with this key")

// Seal appends the sealed value to dst: the number of the key, a random nonce of 24
// bytes, the ciphertext. What place says is bound to the value: it opens nowhere else.
func (s *Sealer) Seal(dst, place, value []byte) []byte {
	var nonce [chacha20poly1305.NonceSizeX]byte
	rand.Read(nonce[:])
	dst = append(append(dst, s.id), nonce[:]...)
	return s.aead.Seal(dst, nonce[:], value, place)
}

// Open appends the value of what Seal wrote to dst, or returns ErrSealed.
func (s *Sealer) Open(dst, place, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != s.id {
		return nil, ErrSealed
	}
	nonce := sealed[1 : 1+chacha20poly1305.NonceSizeX]
	value, err := s.aead.Open(dst, nonce, sealed[1+chacha20poly1305.NonceSizeX:], place)
	if err != nil {
		return nil, ErrSealed
	}
	return value, nil
}

// marshal is what a wrap holds of a key: its number and the key itself.
func (k *Key) marshal() []byte { return append([]byte{k.id}, k.secret[:]...) }

func parseKey(b []byte) (*Key, error) {
	if len(b) != 1+keySize {
		return nil, fmt.Errorf("vault: a key of %d bytes", len(b))
	}
	k := &Key{id: b[0]}
	copy(k.secret[:], b[1:])
	clear(b)
	return k, nil
}
