package legacy

import "strings"

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
