// Package legacy turns Vietnamese text of the years before Unicode into NFC:
// TCVN3 (ABC, the .Vn fonts), VNI, Windows-1258, and UTF-8 that was once read
// as Windows-1252 and saved again. It also guesses which of them a text is.
//
// It works on text only: it never opens a file and never decides what a column
// means.
package legacy

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding names a way in which Vietnamese text was written down.
type Encoding uint8

// The encodings. Bytes of TCVN3, VNI and Windows-1258 stand as single bytes in
// a text file; in a workbook they stand as the Latin letters of Windows-1252.
const (
	UTF8        Encoding = iota // Unicode, nothing to mend
	Windows1258                 // base letters and combining tones
	TCVN3                       // .VnTime and its kin
	TCVN3Upper                  // .VnTimeH: small letters that show as capitals
	VNI                         // VNI-Times and its kin: base letter and mark
	Mojibake                    // UTF-8 read as Windows-1252 and saved again
)

// String returns the name by which officers know the encoding.
func (e Encoding) String() string {
	return [...]string{"Unicode", "Windows-1258", "TCVN3 (ABC)", "TCVN3 (ABC) chữ hoa", "VNI", "Unicode bị đọc sai bảng mã"}[e]
}

// OfFont returns the encoding that a font name of a cell implies: fonts whose
// name begins with ".Vn" hold TCVN3 (a final H: capitals), "VNI-" holds VNI.
func OfFont(name string) Encoding {
	switch {
	case len(name) > 3 && strings.EqualFold(name[:3], ".vn"):
		if strings.HasSuffix(name, "H") {
			return TCVN3Upper
		}
		return TCVN3
	case len(name) > 4 && strings.EqualFold(name[:4], "vni-"):
		return VNI
	}
	return UTF8
}

// Bytes decodes single bytes of a text file in a legacy encoding and returns
// NFC text. UTF8 bytes come back with broken sequences replaced.
func Bytes(e Encoding, b []byte) string {
	if isASCII(b) && e != TCVN3Upper {
		return string(b)
	}
	switch e {
	case Windows1258:
		return norm.NFC.String(decode1258(b))
	case TCVN3, TCVN3Upper:
		return upperIf(e, decodeTCVN3(latin(b)))
	case VNI:
		return norm.NFC.String(decodeVNI(latin(b)))
	case Mojibake:
		return Text(e, string(b))
	}
	return norm.NFC.String(strings.ToValidUTF8(string(b), "\uFFFD"))
}

// Text mends text that is valid UTF-8 but whose letters stand for the bytes of
// a legacy encoding, as in a workbook cell with a .VnTime font. Letters that do
// not belong to the encoding stay as they are.
func Text(e Encoding, s string) string {
	switch e {
	case Windows1258:
		b := make([]byte, 0, len(s))
		for _, r := range s {
			c, ok := byteOf(r)
			if !ok {
				return norm.NFC.String(s)
			}
			b = append(b, c)
		}
		return norm.NFC.String(decode1258(b))
	case TCVN3, TCVN3Upper:
		return upperIf(e, decodeTCVN3([]rune(s)))
	case VNI:
		return norm.NFC.String(decodeVNI([]rune(s)))
	case Mojibake:
		return norm.NFC.String(unMojibake(s))
	}
	return norm.NFC.String(s)
}

func upperIf(e Encoding, s string) string {
	if e == TCVN3Upper {
		return strings.ToUpper(s)
	}
	return s
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// latin widens bytes to the runes of the same number; the tables below are
// keyed by byte value.
func latin(b []byte) []rune {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return r
}

// byteOf returns the Windows-1252 byte of a rune. The five bytes that
// Windows-1252 leaves open stand for the control of the same number, as
// Windows itself maps them.
func byteOf(r rune) (byte, bool) {
	if r < 0x80 || (r >= 0xA0 && r <= 0xFF) {
		return byte(r), true
	}
	switch r {
	case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

func decode1258(b []byte) string {
	var s strings.Builder
	s.Grow(2 * len(b))
	for _, c := range b {
		s.WriteRune(charmap.Windows1258.DecodeByte(c))
	}
	return s.String()
}

// unMojibake undoes one reading of UTF-8 as Windows-1252. Only runs of letters
// that turn back into valid UTF-8 are mended, so that text which was never
// damaged passes.
func unMojibake(s string) string {
	if isASCII([]byte(s)) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	var run []byte
	var raw []rune
	flush := func() {
		if len(run) == 0 {
			return
		}
		if utf8.Valid(run) {
			out.Write(run)
		} else {
			out.WriteString(string(raw))
		}
		run, raw = run[:0], raw[:0]
	}
	for _, r := range s {
		c, ok := byteOf(r)
		if !ok || c < 0x80 {
			flush()
			out.WriteRune(r)
			continue
		}
		run, raw = append(run, c), append(raw, r)
	}
	flush()
	return out.String()
}
