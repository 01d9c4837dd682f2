package register

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/text"
)

// letters of the Vietnamese alphabet in order, with f, j, w and z at their
// usual places (TCVN 6909).
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// tones in order: ngang, huyền, hỏi, ngã, sắc, nặng.
var tones = map[rune]byte{0x300: 1, 0x309: 2, 0x303: 3, 0x301: 4, 0x323: 5}

var letterRank = func() map[rune]byte {
	m := map[rune]byte{}
	i := byte(0)
	for _, r := range alphabet {
		m[r] = 100 + i
		i++
	}
	return m
}()

// AppendKey appends the sort key of a text in Vietnamese order: letters first,
// then tones syllable by syllable, then case does not matter. Keys compare as
// bytes. Digits and punctuation sort before letters.
func AppendKey(dst []byte, raw []byte) []byte {
	var marks [64]byte
	tone := marks[:0]
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		i += n
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			if rank, ok := letterRank[r]; ok {
				dst = append(dst, rank)
				tone = append(tone, 1)
			} else if r <= ' ' {
				dst = append(dst, 2)
				tone = append(tone, 1)
			} else {
				dst = append(dst, asciiRank(byte(r)))
				tone = append(tone, 1)
			}
			continue
		}
		r = text.Lower(r)
		if rank, ok := letterRank[r]; ok {
			dst, tone = append(dst, rank), append(tone, 1)
			continue
		}
		// Take the tone off: what is left is a letter of the alphabet.
		parts := norm.NFD.AppendString(nil, string(r))
		var base []rune
		mark := byte(0)
		for _, p := range string(parts) {
			if t, ok := tones[p]; ok {
				mark = t
			} else {
				base = append(base, p)
			}
		}
		letter, _ := utf8.DecodeRuneInString(norm.NFC.String(string(base)))
		rank, ok := letterRank[letter]
		if !ok {
			rank = 250
		}
		dst, tone = append(dst, rank), append(tone, mark+1)
	}
	dst = append(dst, 1)
	return append(dst, tone...)
}

// asciiRank ranks the printable characters of ASCII that are no letters, each
// apart from the others and below the letters.
func asciiRank(c byte) byte {
	switch {
	case c < 'A':
		return 3 + c - '!'
	case c < 'a':
		return 40 + c - '['
	}
	return 50 + c - '{'
}

// CompareText orders two texts in Vietnamese order.
func CompareText(a, b string) int {
	return bytes.Compare(AppendKey(nil, []byte(a)), AppendKey(nil, []byte(b)))
}
