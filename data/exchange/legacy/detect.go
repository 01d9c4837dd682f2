package legacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Guess returns the encoding under which a sample of bytes reads best as
// Vietnamese. A cut at the end of the sample does not matter. hint is the
// encoding that the file claims; it wins ties only.
func Guess(sample []byte, hint Encoding) Encoding {
	sample = cut(sample)
	if utf8.Valid(sample) {
		return GuessText(string(sample))
	}
	best, bestScore := hint, -1<<30
	if hint == UTF8 || hint == Mojibake {
		best = Windows1258
	} else {
		bestScore = Score(Bytes(hint, sample))
	}
	for _, e := range []Encoding{Windows1258, TCVN3, VNI} {
		if s := Score(Bytes(e, sample)); s > bestScore {
			best, bestScore = e, s
		}
	}
	return best
}

// GuessText does the same for text that is valid UTF-8: it may have been saved
// as Unicode with its legacy letters unchanged, or be mojibake.
func GuessText(s string) Encoding {
	if ASCII([]byte(s)) {
		return UTF8
	}
	plain := Score(norm.NFC.String(s))
	best, bestScore := UTF8, plain
	for _, e := range []Encoding{Mojibake, TCVN3, VNI} {
		// A legacy reading must be clearly better: a few foreign names in a
		// Unicode file must not turn it.
		if s := Score(Text(e, s)); s > bestScore && s > plain+3 && s > 2*plain {
			best, bestScore = e, s
		}
	}
	return best
}

// cut drops an incomplete UTF-8 sequence at the end of a sample.
func cut(b []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		c := b[len(b)-i]
		if c < 0x80 {
			return b
		}
		if c >= 0xC0 {
			if i < sequence(c) {
				return b[:len(b)-i]
			}
			return b
		}
	}
	return b
}

func sequence(lead byte) int {
	switch {
	case lead >= 0xF0:
		return 4
	case lead >= 0xE0:
		return 3
	}
	return 2
}

// Score says how well text reads as Vietnamese: words with a letter beyond
// ASCII that are Vietnamese syllables count one, other such words minus two.
func Score(s string) int {
	score := 0
	start, foreign := -1, false
	flush := func(end int) {
		if start >= 0 && foreign {
			if Syllable(s[start:end]) {
				score++
			} else {
				score -= 2
			}
		}
		start, foreign = -1, false
	}
	for i, r := range s {
		if r < utf8.RuneSelf && !(r|0x20 >= 'a' && r|0x20 <= 'z') {
			flush(i)
			continue
		}
		if r >= utf8.RuneSelf && r != 0xAD && (unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF || r == 0x2013) {
			flush(i)
			continue
		}
		if start < 0 {
			start = i
		}
		foreign = foreign || r >= utf8.RuneSelf
	}
	flush(len(s))
	return score
}

var onsets = set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu q r s t th tr v x")
var codas = set("c ch m n ng nh p t")
var nuclei = set("a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oai oay oe oeo oi ôi ơi oao oo ôô ua uâ uây ue uê ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu iêu yê yêu ya eu oă uă uai uao uay uo uoi uou yu")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Syllable reports whether a word has the shape of a Vietnamese syllable:
// onset, vowels with at most one tone, and a final.
func Syllable(word string) bool {
	if len(word) > 40 {
		return false
	}
	var letters []rune
	tones := 0
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
			tones++
		case 0x0302, 0x0306, 0x031B:
			if len(letters) == 0 {
				return false
			}
			p := &letters[len(letters)-1]
			c := []rune(norm.NFC.String(string([]rune{*p, r})))
			if len(c) != 1 {
				return false
			}
			*p = c[0]
		default:
			letters = append(letters, r)
		}
	}
	if tones > 1 || len(letters) > 7 {
		return false
	}
	s := string(letters)
	for i := range s + " " {
		if i > len(s) {
			break
		}
		if i > 0 && !onsets[s[:i]] {
			continue
		}
		rest := s[i:]
		if nuclei[rest] {
			return true
		}
		for c := range codas {
			if strings.HasSuffix(rest, c) && nuclei[strings.TrimSuffix(rest, c)] {
				return true
			}
		}
	}
	return false
}
