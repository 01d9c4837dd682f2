// Package legacy turns Vietnamese text of the years before Unicode into NFC:
// TCVN3 (ABC, the .Vn fonts), VNI, Windows-1258, and UTF-8 that was once read
// as Windows-1252 and saved again. It also guesses which of them a text is.
//
// It works on text only: it never opens a file and never decides what a column
// means.
package legacy

import (
	"slices"
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
	if ASCII(b) && e != TCVN3Upper {
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

// ASCII reports whether a text means the same in every encoding.
func ASCII(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
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
	if ASCII([]byte(s)) {
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

// tcvn3 maps the bytes of TCVN 5712:1993 VN3 ("ABC"). Capitals with a tone have
// no code of their own.
var tcvn3 = func() (t [256]rune) {
	table := "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ " +
		"B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ " +
		"CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị " +
		"DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ " +
		"EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
	const hex = "0123456789ABCDEF"
	for _, entry := range strings.Fields(table) {
		code := strings.IndexByte(hex, entry[0])<<4 | strings.IndexByte(hex, entry[1])
		for _, r := range entry[2:] {
			t[code] = r
		}
	}
	return t
}()

func decodeTCVN3(in []rune) string {
	var s strings.Builder
	s.Grow(len(in) * 2)
	for _, r := range in {
		if c, ok := byteOf(r); ok && tcvn3[c] != 0 {
			r = tcvn3[c]
		}
		s.WriteRune(r)
	}
	return s.String()
}

// VNI writes a letter, then one mark that may hold both the quality and the
// tone. The marks below are the Windows bytes; combining runes follow the
// letter and NFC composes them.
const (
	acute, grave, hook, tilde, dot = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
	circumflex, breve              = "\u0302", "\u0306"
)

var vniMarks = map[rune]string{
	0xF9: acute, 0xF8: grave, 0xFB: hook, 0xF5: tilde, 0xEF: dot,
	0xE2: circumflex, 0xE1: circumflex + acute, 0xE0: circumflex + grave, 0xE5: circumflex + hook, 0xE3: circumflex + tilde, 0xE4: circumflex + dot,
	0xEA: breve, 0xE9: breve + acute, 0xE8: breve + grave, 0xFA: breve + hook, 0xFC: breve + tilde, 0xEB: breve + dot,
}

var vniSingles = map[rune]string{
	0xF1: "đ", 0xD1: "Đ", 0xF4: "ơ", 0xD4: "Ơ", 0xF6: "ư", 0xD6: "Ư",
	0xED: "í", 0xEC: "ì", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị",
	0xCD: "Í", 0xCC: "Ì", 0xC6: "Ỉ", 0xD3: "Ĩ", 0xD2: "Ị",
	0xEE: "ỵ", 0xCE: "Ỵ",
}

func decodeVNI(in []rune) string {
	var s strings.Builder
	s.Grow(len(in) * 2)
	for i := 0; i < len(in); i++ {
		r := in[i]
		single, special := vniSingles[r]
		if special {
			s.WriteString(single)
		} else {
			s.WriteRune(r)
		}
		if i+1 == len(in) {
			break
		}
		mark, ok := vniMarks[lowerMark(in[i+1])]
		if !ok {
			continue
		}
		// Circumflex and breve belong to a, e, o only; u, y and the horned
		// letters take a plain tone.
		switch r {
		case 'a', 'A':
		case 'e', 'E', 'o', 'O':
			ok = !strings.HasPrefix(mark, breve)
		case 'u', 'U', 'y', 'Y', 0xF4, 0xD4, 0xF6, 0xD6:
			ok = !strings.HasPrefix(mark, breve) && !strings.HasPrefix(mark, circumflex)
		default:
			ok = false
		}
		if ok {
			s.WriteString(mark)
			i++
		}
	}
	return s.String()
}

// lowerMark folds the capital form of a mark to its small form: capitals carry
// marks 0x20 lower.
func lowerMark(r rune) rune {
	if r >= 0xC0 && r <= 0xDF {
		return r + 0x20
	}
	return r
}
