package exchange

import (
	"strconv"
	"strings"

	"giaoban/data"
)

// statusWords are the names of states in files, folded, by national number
// (peers 4.4: national names, short names, OpenCPS codes).
var statusWords = func() map[string]data.Status {
	m := map[string]data.Status{}
	for s, words := range map[data.Status]string{
		data.Registered: "moi dang ky|cho tiep nhan|new|receiving|moi nop|dang ky moi",
		data.Received:   "duoc tiep nhan|da tiep nhan|tiep nhan|moi tiep nhan|da nhan",
		data.NotAccepted: "khong duoc tiep nhan|khong tiep nhan|tu choi tiep nhan|tu choi|bi tu choi|da tu choi|denied|" +
			"tu choi giai quyet",
		data.Processing: "dang xu ly|dang giai quyet|dang thu ly|processing|cho xu ly|cho phe duyet|trinh ky",
		data.AwaitSupply: "yeu cau bo sung giay to|yeu cau bo sung|cho bo sung|cho bo sung giay to|cho bo sung ho so|" +
			"bo sung ho so|dang cho bo sung|waiting|yeu cau bo sung ho so",
		data.AwaitPayment: "yeu cau thuc hien nghia vu tai chinh|yeu cau thuc hien nvtc|cho nvtc|cho nghia vu tai chinh|" +
			"cho thuc hien nghia vu tai chinh|thuc hien nghia vu tai chinh|paying|cho thanh toan",
		data.WithdrawnState: "cong dan yeu cau rut ho so|rut ho so|da rut|da rut ho so|rut|cong dan rut ho so|cancelled|xin rut ho so",
		data.Halted:         "dung xu ly|tam dung|tam dung xu ly|dung|da dung|dung giai quyet|unresolved",
		data.Done: "da xu ly xong|xu ly xong|co ket qua|da co ket qua|da giai quyet|hoan thanh|da hoan thanh|cho tra ket qua|" +
			"releasing|da xu ly|giai quyet xong",
		data.Delivered: "da tra ket qua|da tra|tra ket qua|da giao ket qua|done|da tra ket qua cho cong dan",
	} {
		for _, w := range strings.Split(words, "|") {
			m[w] = s
		}
	}
	return m
}()

// statusOf reads a state by name or national number; 0 when it is unknown.
func statusOf(text string, answers map[string]data.Status) data.Status {
	if n, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && n >= 1 && n <= 10 && n == float64(int(n)) {
		return data.Status(n)
	}
	if s, ok := answers[text]; ok {
		return s
	}
	folded := fold(text)
	if s, ok := statusWords[folded]; ok {
		return s
	}
	// "4. Đang xử lý", "Đang xử lý (phòng chuyên môn)".
	if number, rest, ok := strings.Cut(folded, " "); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 10 && statusWords[rest] == data.Status(n) {
			return data.Status(n)
		}
	}
	if head, _, ok := strings.Cut(text, "("); ok {
		return statusWords[fold(head)]
	}
	return 0
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

// countOf reads a small whole number; 0 when it is none.
func countOf(b []byte) int {
	s, ok := wholeNumber(b)
	if !ok || len(s) > 6 {
		return 0
	}
	n, _ := strconv.Atoi(s)
	return n
}

// moneyOf reads đồng: "20000", "20.000", "20,000 đ"; known is false for words.
func moneyOf(b []byte) (amount int64, known bool) {
	if s, ok := wholeNumber(b); ok && len(s) <= 15 {
		if i := strings.IndexByte(string(b), '.'); i < 0 || len(b)-i-1 != 3 {
			n, err := strconv.ParseInt(s, 10, 64)
			return n, err == nil
		}
	}
	n, digits := int64(0), 0
	for i, c := range string(b) {
		switch {
		case c >= '0' && c <= '9':
			if digits++; digits > 15 {
				return 0, false
			}
			n = n*10 + int64(c-'0')
		case c == '.' || c == ',' || c == ' ':
		case digits > 0 && i > 0 && strings.ContainsRune("đĐdDvnVNồộg₫", c):
		default:
			return 0, false
		}
	}
	return n, digits > 0
}

// baseCode returns the base code of a procedure: "1.004199.000.00.00.H36" is
// "1.004199" (register-and-reports 2.3). Other codes stay.
func baseCode(code string) string {
	if len(code) > 8 && code[1] == '.' && code[8] == '.' {
		return code[:8]
	}
	return code
}
