package catalogue

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/data"
)

// Whole reads a whole number from 0 to top; an empty text is 0. field and label
// name the place in the error.
func Whole(text, field, label string, top int) (int, error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ".", "")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > top {
		return 0, &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("%s là số từ 0 đến %s.", label, data.FormatInt(int64(top))), Cause: err}
	}
	return n, nil
}

// Term reads a term from its count and the key of its unit; both empty for an
// unknown term.
func Term(count, unit, field string) (data.Term, error) {
	if strings.TrimSpace(count) == "" && unit == "" {
		return data.Term{}, nil
	}
	u, err := data.ParseTermUnit(unit)
	if err != nil {
		return data.Term{}, &data.Error{Code: data.Invalid, Field: field, Message: "Chọn đơn vị của thời hạn, ví dụ ngày làm việc."}
	}
	if u == data.SameDay {
		return data.Term{Unit: u}, nil
	}
	n, err := Whole(count, field, "Thời hạn", 9999)
	if err == nil && n == 0 {
		err = &data.Error{Code: data.Invalid, Field: field, Message: "Nhập số của thời hạn, ví dụ 5."}
	}
	return data.Term{Count: n, Unit: u}, err
}

// Lines splits a text at its line ends and leaves empty lines out.
func Lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// Clock reads a time of day such as 7:30, 07h30 or 15.
func Clock(text, field string) (data.Clock, error) {
	clean := strings.NewReplacer("h", ":", "g", ":", ".", ":", " ", "").Replace(strings.ToLower(strings.TrimSpace(text)))
	hour, minute, _ := strings.Cut(clean, ":")
	h, err := strconv.Atoi(hour)
	m := 0
	if err == nil && minute != "" {
		m, err = strconv.Atoi(minute)
	}
	if err != nil || h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("Giờ «%s» không đúng. Viết theo mẫu 07:30.", text), Cause: err}
	}
	return data.At(h, m), nil
}
