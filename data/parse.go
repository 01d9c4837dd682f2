package data

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"giaoban/data/text"
)

// What officers type is read here and nowhere else, so that one text is one value
// in every field, command and sheet. In numbers a dot separates thousands and must
// stand before exactly three digits; the decimal comma begins the decimals.

// Bounds of what is typed.
const (
	MaxCount = 99_999            // papers, copies, numbers in a book
	MaxTerm  = 9_999             // days, hours or months of a term
	MaxMoney = 1_000_000_000_000 // đồng
	LastYear = 2200              // the last year that a field for a year takes
	maxTyped = 40                // letters of a number
)

// InField returns err with the field that it is about, where it is an *Error that
// names none yet.
func InField(err error, field string) error {
	var e *Error
	if !errors.As(err, &e) || e.Field != "" {
		return err
	}
	named := *e
	named.Field = field
	return &named
}

// plain brings typed text to plain digits and marks: cleaned as everywhere,
// full-width forms as plain ones, all dashes as one.
func plain(typed string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '−' || r == '–' || r == '—':
			return '-'
		}
		return r
	}, text.Line(typed)))
}

// shown is a text as a message repeats it.
func shown(typed string) string {
	typed = strings.Join(strings.Fields(typed), " ")
	if r := []rune(typed); len(r) > maxTyped {
		return string(r[:maxTyped]) + "…"
	}
	return typed
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// wholeDigits returns the digits of a whole number, with or without dots between
// thousands: 1500 and 1.500.
func wholeDigits(s string) (string, bool) {
	head, rest, dotted := strings.Cut(s, ".")
	if !dotted {
		return s, allDigits(s)
	}
	groups := strings.Split(rest, ".")
	if !allDigits(head) || len(head) > 3 || head[0] == '0' {
		return "", false
	}
	for _, g := range groups {
		if len(g) != 3 || !allDigits(g) {
			return "", false
		}
	}
	return head + strings.Join(groups, ""), true
}

// ParseWhole reads a whole number from 0 to top; ok is false for everything else,
// the empty text too.
func ParseWhole(typed string, top int64) (n int64, ok bool) {
	digits, ok := wholeDigits(plain(typed))
	if !ok || len(digits) > maxTyped {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil && n <= top
}

// ParseCount reads a number of things from 0 to top, with or without dots between
// thousands; an empty text is 0. "1.5", "1,0" and "50.00" are refused: see
// ParseDecimal. The error is an *Error without a field.
func ParseCount(typed string, top int64) (int64, error) {
	if plain(typed) == "" {
		return 0, nil
	}
	n, ok := ParseWhole(typed, top)
	if !ok {
		return 0, Fail(Invalid, fmt.Sprintf("«%s» không phải là số nguyên dùng được. Nhập số từ 0 đến %s.", shown(typed), FormatInt(top)), nil)
	}
	return n, nil
}

// ParseMoney reads an amount in đồng, with or without dots between thousands and
// đ, đồng or VNĐ after it; an empty text is 0. The error is an *Error without a
// field.
func ParseMoney(typed string) (int64, error) {
	amount := strings.ToLower(plain(typed))
	if amount == "" {
		return 0, nil
	}
	for _, unit := range []string{"đồng", "vnđ", "vnd", "đ"} {
		if cut, ok := strings.CutSuffix(amount, unit); ok {
			amount = cut
			break
		}
	}
	n, ok := ParseWhole(amount, MaxMoney)
	if !ok {
		return 0, Fail(Invalid, fmt.Sprintf("«%s» không phải là số tiền. Nhập số đồng, không có phần lẻ, ví dụ 50.000.", shown(typed)), nil)
	}
	return n, nil
}

// ParseDecimal reads a decimal number exactly: 34.170 is thirty-four thousand,
// 81,56 is a decimal. A single dot that cannot separate thousands, as in 81.56 or
// 0.125, begins decimals too; what can be read in two ways, such as 1234.567, is
// refused. The error is an *Error without a field.
func ParseDecimal(typed string) (*big.Rat, error) {
	bad := Fail(Invalid, fmt.Sprintf("«%s» không phải là một số. Nhập số, ví dụ 34.170 hoặc 81,56.", shown(typed)), nil)
	s := plain(typed)
	sign := ""
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign, s = strings.TrimPrefix(s[:1], "+"), s[1:]
	}
	if len(s) > maxTyped {
		return nil, bad
	}
	whole, decimals, cut := strings.Cut(s, ",")
	digits, ok := wholeDigits(whole)
	if head, tail, dotted := strings.Cut(s, "."); !ok && !cut && dotted && (len(tail) != 3 || head == "0") {
		digits, ok, decimals, cut = head, allDigits(head), tail, true
	}
	if !ok || cut && !allDigits(decimals) {
		return nil, bad
	}
	if cut {
		digits += "." + decimals
	}
	r, ok := new(big.Rat).SetString(sign + digits)
	if !ok {
		return nil, bad
	}
	return r, nil
}

// ParseYear reads a year of four digits from FirstYear to LastYear. The error is
// an *Error without a field.
func ParseYear(typed string) (int, error) {
	s := plain(typed)
	n, err := strconv.Atoi(s)
	if len(s) != 4 || !allDigits(s) || err != nil || n < FirstYear || n > LastYear {
		return 0, Fail(Invalid, fmt.Sprintf("«%s» không phải là năm. Năm là bốn chữ số từ %d đến %d, ví dụ 2026.", shown(typed), FirstYear, LastYear), nil)
	}
	return n, nil
}

// ParseTerm reads a term from its number and its unit. Without a number and a unit
// it is unknown; for SameDay the number does not matter. A term counts whole days,
// hours or months: half a day is refused and never read as another number. The
// error is an *Error without a field.
func ParseTerm(count string, unit TermUnit) (Term, error) {
	empty := plain(count) == ""
	switch {
	case unit == SameDay:
		return Term{Unit: SameDay}, nil
	case empty && unit == NoTerm:
		return Term{}, nil
	case unit == NoTerm:
		return Term{}, Fail(Invalid, "Chọn đơn vị của thời hạn, ví dụ ngày làm việc.", nil)
	case empty:
		return Term{}, Fail(Invalid, "Nhập số của thời hạn, ví dụ 5.", nil)
	}
	n, ok := ParseWhole(count, MaxTerm)
	if ok && n > 0 {
		return Term{Count: int(n), Unit: unit}, nil
	}
	if r, err := ParseDecimal(count); err == nil && !r.IsInt() && r.Sign() > 0 {
		return Term{}, Fail(Invalid, fmt.Sprintf("Thời hạn «%s» có phần lẻ. Thời hạn là số nguyên; nửa ngày thì ghi bằng giờ làm việc, ví dụ 2,5 ngày là 20 giờ làm việc.", shown(count)), nil)
	}
	return Term{}, Fail(Invalid, fmt.Sprintf("Thời hạn «%s» không đúng. Nhập số từ 1 đến %s.", shown(count), FormatInt(MaxTerm)), nil)
}
