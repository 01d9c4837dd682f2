package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"filippo.io/age"

	"giaoban/data"
)

// codeBytes is the size of a recovery code: 160 bits, which nobody guesses, so that
// no slow derivation is needed.
const codeBytes = 20

// Code is a recovery code, printed once on the recovery sheet.
type Code [codeBytes]byte

// letters leaves out I, L, O and U, which are read for others.
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewCode makes a code.
func NewCode() (c Code) {
	rand.Read(c[:])
	return c
}

// String returns the code as printed: eight groups of four letters and digits, and
// a ninth that checks them.
func (c Code) String() string {
	return strings.Join(groups(letters.EncodeToString(c[:])+c.check()), "-")
}

func groups(text string) (list []string) {
	for ; text != ""; text = text[4:] {
		list = append(list, text[:4])
	}
	return list
}

// Fingerprint returns eight groups of four letters and digits, the first 160 bits of
// the SHA-256 of b, to be compared with what is printed on paper.
func Fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return strings.Join(groups(letters.EncodeToString(sum[:codeBytes])), " ")
}

// Letters returns the letters and digits of a code or a fingerprint as somebody typed
// it from paper: any case, any spaces and dashes, O for 0, I and L for 1.
func Letters(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}

func (c Code) check() string {
	sum := sha256.Sum256(append([]byte("GB-CODE1"), c[:]...))
	return letters.EncodeToString(sum[:])[:4]
}

// ParseCode reads a code as somebody typed it from the sheet, see Letters.
func ParseCode(typed string) (c Code, err error) {
	clean := Letters(typed)
	bad := func(what string) (Code, error) {
		return Code{}, &data.Error{Code: data.Invalid, Field: "code", Message: what + " Gõ lại đủ 9 nhóm, mỗi nhóm 4 ký tự, đúng như tờ khôi phục."}
	}
	full := letters.EncodedLen(codeBytes) + 4
	switch {
	case len(clean) < full:
		return bad("Mã khôi phục còn thiếu ký tự.")
	case len(clean) > full:
		return bad("Mã khôi phục thừa ký tự.")
	}
	raw, derr := letters.DecodeString(clean[:full-4])
	if derr != nil {
		return bad("Mã khôi phục có ký tự không dùng trong mã.")
	}
	copy(c[:], raw)
	if c.check() != clean[full-4:] {
		return bad("Mã khôi phục có ký tự gõ sai: nhóm cuối không khớp với tám nhóm trước.")
	}
	return c, nil
}

// key derives from the code what one use needs.
func (c Code) key(use string) []byte {
	key, err := hkdf.Key(sha256.New, c[:], nil, "GB-CODE1 "+use, keySize)
	if err != nil {
		panic(err) // the length is fixed and allowed
	}
	return key
}

// Identity opens the files that were sealed while the code was the one of the
// office.
func (c Code) Identity() age.Identity { return identity(c.key("files")) }
