package sheet_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"testing"

	"giaoban/data/exchange/sheet"
)

// agilePackage protects a package as Excel 2010 and later do (MS-OFFCRYPTO
// 2.3.4.10).
func agilePackage(password string, plain []byte) []byte {
	salt, secret := bytes.Repeat([]byte{7}, 16), bytes.Repeat([]byte{9}, 32)
	sum := func(parts ...[]byte) []byte {
		h := sha512.New()
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	number := func(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
	var wide []byte
	for _, c := range []byte(password) {
		wide = append(wide, c, 0)
	}
	spun := sum(salt, wide)
	for i := range 1000 {
		spun = sum(number(i), spun)
	}
	seal := func(key, iv, text []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			panic(err)
		}
		out := append(bytes.Clone(text), make([]byte, (16-len(text)%16)%16)...)
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
		return out
	}
	of := func(text []byte, purpose string) string {
		return base64.StdEncoding.EncodeToString(seal(sum(spun, []byte(purpose))[:32], salt, text))
	}
	how := fmt.Sprintf(`saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="%s"`,
		base64.StdEncoding.EncodeToString(salt))
	input := []byte("kiểm mật khẩu 16")[:16]
	info := "\x04\x00\x04\x00\x40\x00\x00\x00" + `<encryption xmlns="e" xmlns:p="p"><keyData ` + how + `/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="1000" ` + how +
		` encryptedVerifierHashInput="` + of(input, "\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79") + `" encryptedVerifierHashValue="` + of(sum(input), "\xd7\xaa\x0f\x6d\x30\x61\x34\x4e") +
		`" encryptedKeyValue="` + of(secret, "\x14\x6e\x0b\xe7\xab\xac\xd0\xd6") + `"/></keyEncryptor></keyEncryptors></encryption>`
	body := binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	for i := 0; i*4096 < len(plain); i++ {
		body = append(body, seal(secret, sum(salt, number(i))[:16], plain[i*4096:min((i+1)*4096, len(plain))])...)
	}
	return compoundFiles([]string{"EncryptionInfo", "encryptedpackage"}, []byte(info), body)
}

// TestAgilePackage reads what Excel 2010 and later protected with their own
// password; a part of it that is missing is told.
func TestAgilePackage(t *testing.T) {
	plain := workbook(t, `<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>`, `<sst/>`)
	if got, err := dump(agilePackage("VelvetSweatshop", plain)); err != nil || got != "1:1=7" {
		t.Errorf("%q %v", got, err)
	}
	if _, err := dump(agilePackage("khac", plain)); sheet.ReasonOf(err) != sheet.Encrypted {
		t.Errorf("another password: %v", err)
	}
	if _, err := dump(compoundFiles([]string{"EncryptedPackage"}, plain)); sheet.ReasonOf(err) != sheet.Encrypted {
		t.Errorf("no description: %v", err)
	}
}
