package receiving

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"giaoban/data"
)

var clockPattern = regexp.MustCompile(`^(\d{1,2})\s*(?:[:.,hg]|giờ)\s*(\d{1,2})?(?:\s*(?:p|phút))?$|^(\d{1,2})(\d{2})$|^(\d{1,2})$`)

// ParseClock reads a time of day in the short forms of officers: 9:32, 9h32,
// 0932, 932, 9h, 9; "" is the unknown time.
func ParseClock(text string) (data.Clock, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, nil
	}
	m := clockPattern.FindStringSubmatch(text)
	if m != nil {
		hour, _ := strconv.Atoi(m[1] + m[3] + m[5])
		minute, _ := strconv.Atoi(m[2] + m[4])
		if hour < 24 && minute < 60 {
			return data.At(hour, minute), nil
		}
	}
	return 0, &data.Error{Code: data.Invalid, Field: FieldClock, Message: fmt.Sprintf("«%s» không phải là giờ. Nhập ví dụ 9:32 hoặc 0932.", text)}
}

// maxCount bounds numbers of papers, copies and days.
const maxCount = 99_999

// ParseCount reads a number of things, at most 99.999; "" is 0.
func ParseCount(text string) (int, error) {
	n, err := ParseMoney(text)
	if err != nil || n > maxCount {
		return 0, &data.Error{Code: data.Invalid, Message: fmt.Sprintf("«%s» không phải là số. Nhập số từ 0 đến %s.", strings.TrimSpace(text), data.FormatInt(maxCount))}
	}
	return int(n), nil
}

// maxMoney bounds fees, in đồng.
const maxMoney = 1_000_000_000_000

// ParseMoney reads an amount in đồng, with or without dots between thousands
// and đ after it; "" is 0.
func ParseMoney(text string) (int64, error) {
	clean := strings.TrimSpace(strings.ToLower(text))
	clean = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(clean, "đồng"), "đ"))
	if clean == "" && strings.TrimSpace(text) == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(strings.NewReplacer(".", "", " ", "").Replace(clean), 10, 63)
	if err != nil || n > maxMoney {
		return 0, &data.Error{Code: data.Invalid, Field: FieldFee, Message: fmt.Sprintf("«%s» không phải là số tiền. Nhập số đồng, ví dụ 50.000.", strings.TrimSpace(text))}
	}
	return int64(n), nil
}
