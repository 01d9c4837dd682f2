package widget

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"giaoban/data"
	"giaoban/data/text"
)

// ParseDay reads a date as officers type it: 05/03/2022, 5/3/22, 5/3 and 5-3 (of
// this year), 0503, 050322, 05032022, 5 (of this month), "hôm nay" or "h", and
// +3 or -3 for days from today. Empty text is data.NoDay. The error is a
// *data.Error with a sentence for the officer.
func ParseDay(typed string, today data.Day) (data.Day, error) {
	s := strings.TrimSpace(text.Clean(typed))
	if s == "" {
		return data.NoDay, nil
	}
	if f := text.Fold(s); f == "h" || f == "hom nay" || f == "nay" {
		return today, nil
	}
	if s[0] == '+' || s[0] == '-' {
		if n, err := strconv.Atoi(s); err == nil && n > -100000 && n < 100000 {
			return today + data.Day(n), nil
		}
	}
	year, month, _ := today.Civil()
	parts := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	for _, r := range s {
		if !unicode.IsDigit(r) && !strings.ContainsRune("/-. ", r) {
			return data.NoDay, badDay(s)
		}
	}
	if len(parts) == 1 {
		parts = splitDigits(parts[0])
	}
	if len(parts) == 0 || len(parts) > 3 {
		return data.NoDay, badDay(s)
	}
	d, _ := strconv.Atoi(parts[0])
	m, y := int(month), year
	if len(parts) > 1 {
		m, _ = strconv.Atoi(parts[1])
	}
	if len(parts) > 2 {
		switch len(parts[2]) {
		case 4:
			y, _ = strconv.Atoi(parts[2])
		case 2, 1:
			yy, _ := strconv.Atoi(parts[2])
			// Ten years ahead are still this century: terms reach into the future.
			y = year - year%100 + yy
			if yy > year%100+10 {
				y -= 100
			}
		default:
			return data.NoDay, badDay(s)
		}
	}
	if !data.ValidDate(y, m, d) {
		return data.NoDay, &data.Error{Code: data.Invalid, Field: "date",
			Message: fmt.Sprintf("%02d/%02d/%04d không có trong lịch. Sửa ngày.", d, m, y)}
	}
	if y < data.FirstYear {
		return data.NoDay, &data.Error{Code: data.Invalid, Field: "date",
			Message: fmt.Sprintf("Năm %d không hợp lý. Sửa năm.", y)}
	}
	return data.Date(y, toMonth(m), d), nil
}

// splitDigits cuts digits without separators into day, month and year.
func splitDigits(s string) []string {
	switch len(s) {
	case 1, 2:
		return []string{s}
	case 3: // 503
		return []string{s[:1], s[1:]}
	case 4:
		return []string{s[:2], s[2:]}
	case 5: // 50322
		return []string{s[:1], s[1:3], s[3:]}
	case 6:
		return []string{s[:2], s[2:4], s[4:]}
	case 7: // 5032022
		return []string{s[:1], s[1:3], s[3:]}
	case 8:
		return []string{s[:2], s[2:4], s[4:]}
	}
	return nil
}

func badDay(s string) error {
	return &data.Error{Code: data.Invalid, Field: "date",
		Message: fmt.Sprintf("«%s» không phải là ngày. Viết ngày/tháng/năm, ví dụ 05/03/2022 hoặc 0503.", s)}
}
