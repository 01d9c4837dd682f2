package vault

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"

	"filippo.io/age"

	"giaoban/data/text"
)

// A phrase is six words to be read out on the telephone: syllables without marks, each one
// of 512, so that a phrase has 54 bits; scrypt makes each try cost a second. Their
// beginnings are not taken for each other in any region: no n beside l, no tr beside ch.
const phraseWords = 6

// The parts of words: 8 beginnings, 64 endings.
var (
	phraseHeads = strings.Fields("b ch h kh l m t v")
	phraseTails = strings.Fields("a ac ach ai am an ang anh ao ap at au ay e ec em en eo ep et eu i ia ich iem ien iep iet ieu im in inh ip it iu " +
		"o oa oai oan oat oay oc oe oi om on ong op ot u ua uc ui um un ung uoc uoi uom uon uong uot up ut")
)

// The work factors of scrypt, as powers of two: what is written, and the most that is
// tried, for a file could ask for hours.
const (
	phraseWork    = 18
	phraseMaxWork = 20
)

// NewPhrase makes the six words that open a file.
func NewPhrase() string {
	var words []string
	random := make([]byte, 2*phraseWords)
	rand.Read(random)
	for i := range phraseWords {
		n := int(random[2*i])<<8 | int(random[2*i+1])
		words = append(words, phraseHeads[n%len(phraseHeads)]+phraseTails[n/len(phraseHeads)%len(phraseTails)])
	}
	return strings.Join(words, " ")
}

// spelled is a phrase as it is used, however it was typed: without marks, in small letters,
// one space between words.
func spelled(phrase string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("-", " ", ",", " ", ".", " ").Replace(text.Fold(phrase))), " ")
}

// EncryptPhrase seals a whole file for who knows the phrase. The file is complete when the
// returned writer was closed.
func EncryptPhrase(dst io.Writer, phrase string) (io.WriteCloser, error) {
	r, err := age.NewScryptRecipient(spelled(phrase))
	if err != nil {
		return nil, err
	}
	r.SetWorkFactor(phraseWork)
	return age.Encrypt(dst, r)
}

// DecryptPhrase opens what EncryptPhrase sealed. Its errors are those of Decrypt.
func DecryptPhrase(src io.Reader, phrase string) (io.Reader, error) {
	id, err := age.NewScryptIdentity(spelled(phrase))
	if err != nil {
		return nil, errors.Join(ErrSealed, err)
	}
	id.SetMaxWorkFactor(phraseMaxWork)
	return Decrypt(src, id)
}

// phrased begins a file that is sealed by a phrase.
var phrased = []byte("age-encryption.org/v1\n-> scrypt ")

// IsPhrased reports whether a file is sealed by a phrase, and returns a reader of all of it.
func IsPhrased(src io.Reader) (bool, io.Reader, error) {
	all := bufio.NewReader(src)
	head, err := all.Peek(len(phrased))
	if err != nil && err != io.EOF {
		return false, nil, err
	}
	return bytes.Equal(head, phrased), all, nil
}
