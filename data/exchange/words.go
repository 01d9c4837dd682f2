package exchange

import (
	"bytes"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// statusOf reads a state by name or national number; 0 when it is unknown.
func statusOf(raw string, answers map[string]data.Status) data.Status {
	if n, err := strconv.ParseFloat(strings.TrimSpace(raw), 64); err == nil && n >= 1 && n <= 10 && n == float64(int(n)) {
		return data.Status(n)
	}
	if s, ok := answers[raw]; ok {
		return s
	}
	key := text.NameKey(raw)
	for words, s := range answers {
		if text.NameKey(words) == key {
			return s
		}
	}
	folded := fold(raw)
	if s, ok := statusWords[folded]; ok {
		return s
	}
	// "4. Đang xử lý", "Đang xử lý (phòng chuyên môn)".
	if number, rest, ok := strings.Cut(folded, " "); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 10 && statusWords[rest] == data.Status(n) {
			return data.Status(n)
		}
	}
	if head, _, ok := strings.Cut(raw, "("); ok {
		return statusWords[fold(head)]
	}
	return 0
}

// ParseStatus reads a state as people write it: its national number from 1 to 10,
// or a name that files use for it.
func ParseStatus(words string) (data.Status, bool) {
	s := statusOf(text.Line(words), nil)
	return s, s != 0
}

// channelOf reads the channel: KenhThucHien 1 direct, 2 online, 3 postal
// (register-and-reports 2.4), or words.
func channelOf(text string) data.Channel {
	folded := fold(text)
	switch {
	case folded == "1":
		return data.Direct
	case folded == "2":
		return data.Online
	case folded == "3":
		return data.Postal
	case strings.Contains(folded, "truc tuyen"), strings.Contains(folded, "qua mang"), folded == "online", strings.Contains(folded, "dich vu cong"):
		return data.Online
	case strings.Contains(folded, "buu chinh"), strings.Contains(folded, "bcci"), strings.Contains(folded, "buu dien"):
		return data.Postal
	case strings.Contains(folded, "truc tiep"), strings.Contains(folded, "mot cua"), folded == "tai quay":
		return data.Direct
	}
	return 0
}

// returnOf reads how the result goes back: HinhThucTra 0 direct, 1 postal, or
// words, or a cross under "Đăng ký BCCI".
func returnOf(text []byte, heading string) data.ReturnWay {
	if crossed(text) {
		if strings.Contains(fold(heading), "bcci") {
			return data.ReturnPostal
		}
		return 0
	}
	if blank(text) {
		return 0
	}
	folded := fold(string(text))
	switch {
	case folded == "0", strings.Contains(folded, "truc tiep"), strings.Contains(folded, "mot cua"):
		return data.ReturnDirect
	case folded == "1", strings.Contains(folded, "buu chinh"), strings.Contains(folded, "bcci"), strings.Contains(folded, "buu dien"):
		return data.ReturnPostal
	case folded == "2", strings.Contains(folded, "dien tu"), strings.Contains(folded, "truc tuyen"), strings.Contains(folded, "email"):
		return data.ReturnElectronic
	}
	return 0
}

// tickOf reads a mark: a cross, có, đã, 1; không, chưa, 0.
func tickOf(text []byte) Tick {
	if crossed(text) {
		return Yes
	}
	switch folded := fold(string(text)); {
	case folded == "1", folded == "true", folded == "dien tu":
		return Yes
	case folded == "0", folded == "false":
		return No
	case strings.HasPrefix(folded, "khong"), strings.HasPrefix(folded, "chua"):
		return No
	case strings.HasPrefix(folded, "co"), strings.HasPrefix(folded, "da "):
		return Yes
	}
	return Unsaid
}

// termOf reads a time limit such as "3 ngày làm việc", "15 ngày", "4 giờ".
func termOf(text string) data.Term {
	folded := fold(text)
	if strings.HasPrefix(folded, "trong ngay") {
		return data.Term{Unit: data.SameDay}
	}
	number, unit, _ := strings.Cut(folded, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 9999 {
		return data.Term{}
	}
	switch {
	case strings.HasPrefix(unit, "ngay lam viec"):
		return data.Term{Count: n, Unit: data.WorkingDays}
	case unit == "ngay":
		return data.Term{Count: n, Unit: data.CalendarDays}
	case strings.HasPrefix(unit, "gio"):
		return data.Term{Count: n, Unit: data.WorkingHours}
	case unit == "thang":
		return data.Term{Count: n, Unit: data.Months}
	}
	return data.Term{}
}

// typedNumber reads a whole number as officers type it (data.ParseWhole), or as a
// workbook keeps it: with a decimal .0 or a power of ten.
func typedNumber(b []byte) (int64, bool) {
	const top = 999_999_999_999_999
	if n, ok := data.ParseWhole(string(b), top); ok {
		return n, true
	}
	if !bytes.ContainsAny(b, "eE") && !bytes.HasSuffix(b, []byte(".0")) {
		return 0, false
	}
	s, ok := wholeNumber(b)
	if !ok {
		return 0, false
	}
	return data.ParseWhole(s, top)
}

// countOf reads a small whole number; 0 when it is none.
func countOf(b []byte) int {
	n, ok := typedNumber(b)
	if !ok || n > 999_999 {
		return 0
	}
	return int(n)
}

// moneyOf reads đồng: "20000", "20.000", "20,000 đ"; known is false for words and
// for amounts with decimals.
func moneyOf(b []byte) (amount int64, known bool) {
	text := strings.TrimSpace(string(b))
	if at := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune("đĐdDvV₫", r) }); at > 0 && currencyWords[fold(text[at:])] {
		text = strings.TrimSpace(text[:at])
	}
	if n, ok := typedNumber([]byte(text)); ok {
		return n, true
	}
	// Some programs put commas or spaces between thousands.
	for _, mark := range []string{",", " ", "\u00a0"} {
		if !strings.Contains(text, ".") && strings.Contains(text, mark) {
			return typedNumber([]byte(strings.ReplaceAll(text, mark, ".")))
		}
	}
	return 0, false
}

// currencyWords are the ways of writing đồng after an amount, folded.
var currencyWords = map[string]bool{"d": true, "dong": true, "vnd": true, "vn dong": true, "viet nam dong": true, "": true}

// baseCode returns the base code of a procedure: "1.004199.000.00.00.H36" is
// "1.004199" (register-and-reports 2.3). Other codes stay.
func baseCode(code string) string {
	if len(code) > 8 && code[1] == '.' && code[8] == '.' {
		return code[:8]
	}
	return code
}
