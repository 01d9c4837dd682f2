package vault

import (
	"errors"
	"io"
	"strings"

	"filippo.io/age"
)

// identity returns the X25519 identity whose scalar is the secret.
func identity(secret []byte) *age.X25519Identity {
	id, err := age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", secret)))
	if err != nil {
		panic(err) // every 32 bytes are a scalar
	}
	return id
}

// Identity opens the files that were sealed for the key's office.
func (k *Key) Identity() age.Identity { return identity(k.sub(Files)) }

// Encrypt seals a whole file for all who can open the office: the holder of its
// key, of its recovery code, and its superior office where it chose one. The file
// is complete when the returned writer was closed.
func (w *Wraps) Encrypt(dst io.Writer) (io.WriteCloser, error) {
	return EncryptTo(dst, w.Recipients...)
}

// EncryptTo seals a whole file for the holders of the public keys, which are written
// as age writes them. The file is complete when the returned writer was closed.
func EncryptTo(dst io.Writer, public ...string) (io.WriteCloser, error) {
	list := make([]age.Recipient, 0, len(public))
	for _, s := range public {
		r, err := age.ParseX25519Recipient(s)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return age.Encrypt(dst, list...)
}

// NewPair makes a pair of X25519 keys, written as age writes them.
func NewPair() (private, public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return id.String(), id.Recipient().String(), nil
}

// PublicOf returns the public key of a private one.
func PublicOf(private string) (string, error) {
	id, err := age.ParseX25519Identity(private)
	if err != nil {
		return "", err
	}
	return id.Recipient().String(), nil
}

// IsPublic reports whether the text is a public key.
func IsPublic(text string) bool {
	_, err := age.ParseX25519Recipient(text)
	return err == nil
}

// DecryptAs opens what EncryptTo sealed for the holder of the private key. Its errors
// are those of Decrypt.
func DecryptAs(src io.Reader, private ...string) (io.Reader, error) {
	var ids []age.Identity
	for _, p := range private {
		id, err := age.ParseX25519Identity(p)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return Decrypt(src, ids...)
}

// Encrypt seals a whole file for the holder of the key alone.
func (k *Key) Encrypt(dst io.Writer) (io.WriteCloser, error) {
	return age.Encrypt(dst, identity(k.sub(Files)).Recipient())
}

// Decrypt opens what Encrypt sealed. A file for none of the identities, or one whose
// head was changed, is ErrSealed; what was changed further on fails while reading.
func Decrypt(src io.Reader, ids ...age.Identity) (io.Reader, error) {
	r, err := age.Decrypt(src, ids...)
	if err != nil {
		return nil, errors.Join(ErrSealed, err)
	}
	return r, nil
}

// charset is that of bech32 (BIP 173), in which age writes keys.
const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 writes data after a prefix of lower-case letters, with the checksum of BIP
// 173.
func bech32(prefix string, data []byte) string {
	var five []byte
	acc, bits := 0, 0
	for _, b := range data {
		acc, bits = acc<<8|int(b), bits+8
		for bits >= 5 {
			bits -= 5
			five = append(five, byte(acc>>bits&31))
		}
		acc &= 1<<bits - 1
	}
	if bits > 0 {
		five = append(five, byte(acc<<(5-bits)&31))
	}
	sum := 1
	step := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ int(v)
		for i, g := range [5]int{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	for i := range len(prefix) {
		step(prefix[i] >> 5)
	}
	step(0)
	for i := range len(prefix) {
		step(prefix[i] & 31)
	}
	for _, v := range five {
		step(v)
	}
	for range 6 {
		step(0)
	}
	sum ^= 1
	var out strings.Builder
	out.WriteString(prefix + "1")
	for _, v := range five {
		out.WriteByte(charset[v])
	}
	for i := range 6 {
		out.WriteByte(charset[sum>>(5*(5-i))&31])
	}
	return out.String()
}

// Identity is the secret part of an age key.
type Identity = age.Identity

// ParseIdentity reads the secret part of a key, a line that begins with
// AGE-SECRET-KEY-1.
func ParseIdentity(line string) (Identity, error) { return age.ParseX25519Identity(line) }

// NewIdentity makes a key, such as that of a superior office, and returns its secret
// and its public line.
func NewIdentity() (secret, public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return id.String(), id.Recipient().String(), nil
}
