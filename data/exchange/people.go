package exchange

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"giaoban/data/exchange/sheet"
)

// wholeNumber writes the digits of a number cell: "950673366.0" and
// "6.8E10" lose what the workbook added. ok is false for a true fraction or a
// number too large to be exact.
func wholeNumber(b []byte) (string, bool) {
	plain := true
	for _, c := range b {
		plain = plain && c >= '0' && c <= '9'
	}
	if plain {
		return string(b), true
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || f < 0 || f != math.Trunc(f) || f >= 1<<53 {
		return "", false
	}
	return strconv.FormatFloat(f, 'f', -1, 64), true
}

// destroyed reports a number that Excel has written as text in powers of ten:
// "6,8201E+10".
func destroyed(b []byte) bool {
	e := bytes.IndexAny(b, "Ee")
	if e < 1 || e+1 >= len(b) || b[0] < '0' || b[0] > '9' || e > 1 && (e < 3 || b[1] != '.' && b[1] != ',') {
		return false
	}
	power := bytes.TrimLeft(b[e+1:], "+-")
	signed := len(power) < len(b)-e-1
	if len(power) == 0 || len(power) > 3 || len(b)-e-1-len(power) > 1 || e == 1 && !signed {
		return false // 1E5 may be a code of its own
	}
	return len(bytes.Trim(power, "0123456789")) == 0 && (e < 3 || len(bytes.Trim(b[2:e], "0123456789")) == 0)
}

// floated reports a number that some program wrote as a text with decimals, such as
// "950673366.00" or "950673366.5": the mark between the digits must not be stripped,
// for then another number stands there. Groups of people have three digits and more.
func floated(b []byte) bool {
	at := bytes.IndexAny(b, ".,")
	if at < 5 || at+1 >= len(b) || len(bytes.Trim(b[:at], "0123456789")) > 0 {
		return false
	}
	decimals := b[at+1:]
	return len(bytes.Trim(decimals, "0")) == 0 || len(decimals) < 3 && len(bytes.Trim(decimals, "0123456789")) == 0
}

// rounded reports a number cell that ends in more noughts than numbers of people do: a
// workbook that shows 7,92E+10 and is saved from what it shows holds 79200000000, which
// looks whole.
func rounded(b []byte, kind sheet.Kind) bool {
	s, ok := wholeNumber(b)
	return kind == sheet.Number && ok && len(s) >= 9 && strings.HasSuffix(s, "00000")
}

// digitsOf strips the marks that people put between digits. other reports
// anything else.
func digitsOf(b []byte) (digits []byte, other bool) {
	clean := true
	for _, c := range b {
		clean = clean && c >= '0' && c <= '9'
	}
	if clean {
		return b, false
	}
	digits = make([]byte, 0, len(b))
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case c == ' ' || c == '.' || c == '-' || c == '(' || c == ')' || c == '+' && i == 0 || c == '\'' && i == 0:
		default:
			return nil, true
		}
	}
	return digits, false
}

// numberIn returns the text of a cell that holds a number of a person, and its digits;
// plain is false where it holds other things, lost true where the file lost digits.
func numberIn(b []byte, kind sheet.Kind) (text, digits []byte, plain, lost bool) {
	if kind == sheet.Number {
		s, ok := wholeNumber(b)
		if !ok || rounded(b, kind) {
			return b, nil, false, true
		}
		b = []byte(s)
	} else if destroyed(b) || floated(b) {
		return b, nil, false, true
	}
	digits, other := digitsOf(b)
	return b, digits, !other, false
}

// phone reads a telephone number. A lost leading 0 comes back only where nine
// digits begin like a Vietnamese number; doubt marks anything that lost digits.
func phone(b []byte, kind sheet.Kind) (number string, doubt bool) {
	b, d, plain, lost := numberIn(b, kind)
	if lost {
		return string(b), true
	}
	if !plain {
		// Several numbers, or a name: kept as written.
		return string(b), false
	}
	n := len(d)
	switch {
	case n >= 11 && n <= 12 && bytes.HasPrefix(d, []byte("84")):
		return "0" + string(d[2:]), false
	case n == 9 && strings.IndexByte("235789", d[0]) >= 0:
		return "0" + string(d), false
	case d == nil || n == 0:
		return string(b), true
	case d[0] == '0' && (n == 10 || n == 11):
		return string(d), false
	case bytes.HasPrefix(d, []byte("1900")) || bytes.HasPrefix(d, []byte("1800")):
		return string(d), false
	}
	return string(d), true
}

// identity reads an identity number. Eleven digits that begin with a province
// code without its 0 get it back, for citizen numbers have twelve; nine digits
// (CMND) stay; everything else that is short is doubted, never completed.
func identity(b []byte, kind sheet.Kind) (number string, doubt bool) {
	b, d, plain, lost := numberIn(b, kind)
	if lost {
		return string(b), true
	}
	if !plain {
		return string(b), false // a passport, a tax code with its branch
	}
	switch len(d) {
	case 9, 12:
		return string(d), false
	case 11:
		if p, _ := two(d); p >= 1 && p <= 96 && b[0] != '+' { // +84912345678 is a telephone number
			return "0" + string(d), false
		}
	case 10, 13:
		// A tax code of an enterprise; as a number it may also be a citizen
		// number that lost two zeros.
		return string(d), kind == sheet.Number
	case 0:
		return string(b), true
	}
	return string(d), true
}

// splitOwner parts "Nguyễn Văn A, thôn 3, xã Y" at its first line end, else at
// its first comma.
func splitOwner(raw []byte, arena *[]byte) (name, address string) {
	list := lines(raw, arena)
	if len(list) == 0 {
		return "", ""
	}
	if len(list) > 1 {
		return string(list[0]), string(bytes.Join(list[1:], []byte(", ")))
	}
	name, address, _ = strings.Cut(string(list[0]), ",")
	return strings.TrimSpace(name), strings.TrimSpace(address)
}

// splitPhone parts "Tổ 9, thị trấn L, SĐT: 0950243810" before its number.
func splitPhone(text []byte) (address string, number []byte) {
	end := len(text)
	start := end
	digits := 0
	for start > 0 {
		c := text[start-1]
		if c >= '0' && c <= '9' {
			digits++
		} else if c != ' ' && c != '.' && c != '-' && c != '+' && c != '(' && c != ')' {
			break
		}
		start--
	}
	if digits < 8 || digits > 12 {
		return string(text), nil
	}
	head := strings.TrimRight(string(text[:start]), " :;,.-")
	for _, label := range []string{"số điện thoại", "điện thoại", "sđt", "đt", "sdt", "tel"} {
		if cut := len(head) - len(label); cut >= 0 && strings.EqualFold(head[cut:], label) {
			head = head[:cut]
			break
		}
	}
	return strings.TrimRight(head, " :;,.-"), bytes.TrimSpace(text[start:end])
}
