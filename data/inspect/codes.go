package inspect

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// codeKinds look at code and numbers.
var codeKinds = []Kind{
	{
		ID: "code-date", Severity: Doubt,
		Name:  "Ngày trong mã khác ngày nhận",
		Why:   "Mã hồ sơ mang ngày tiếp nhận (yyMMdd); khác nhau thì mã hoặc ngày nhận sai.",
		trips: func(l *look) bool { return l.codeDay.Known() && l.codeDay != l.d.Received.Day && !l.s.Cancelled },
		says:  func(l *look) string { return fmt.Sprintf("Mã ghi %s, nhận %s", l.codeDay, l.d.Received.Day) },
	},
	{
		ID: "code-odd", Severity: Minor,
		Name:  "Mã hồ sơ không theo mẫu",
		Why:   "Mã không theo mẫu quốc gia, cũng không theo mẫu của cơ quan; khó đối chiếu với hệ thống tỉnh.",
		trips: func(l *look) bool { return l.codeOdd && !l.s.Cancelled },
		says:  func(l *look) string { return "Mã «" + l.d.Code + "»" },
	},
	{
		ID: "identity-odd", Severity: Doubt,
		Name: "Số định danh sai độ dài",
		Why:  "CCCD có 12 số bắt đầu bằng 0, CMND 9 số, mã số thuế 10 hoặc 13 số; số 0 ở đầu hay mất khi qua Excel.",
		trips: func(l *look) bool {
			return l.d.Flags&data.DoubtID != 0 || oddIdentity(l.d.Owner.Identity) || oddIdentity(l.d.Agent.Identity)
		},
		says: func(l *look) string {
			if !oddIdentity(l.d.Owner.Identity) && oddIdentity(l.d.Agent.Identity) {
				return "Người nộp: " + l.d.Agent.Identity
			}
			return l.d.Owner.Identity
		},
	},
	{
		ID: "phone-odd", Severity: Minor,
		Name: "Số điện thoại không đúng",
		Why:  "Số điện thoại có 10 hoặc 11 số, bắt đầu bằng 0; cần đúng để báo hẹn và gửi thư xin lỗi.",
		trips: func(l *look) bool {
			return l.d.Flags&data.DoubtPhone != 0 || oddPhone(l.d.Owner.Phone) || oddPhone(l.d.Agent.Phone)
		},
		says: func(l *look) string {
			if !oddPhone(l.d.Owner.Phone) && oddPhone(l.d.Agent.Phone) {
				return "Người nộp: " + l.d.Agent.Phone
			}
			return l.d.Owner.Phone
		},
	},
}

// oddIdentity judges an identity number by its length. Numbers with letters are
// passports and the like; of them only the length is looked at.
func oddIdentity(s string) bool {
	n, letters, first := 0, false, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case digit(c):
			if n++; n == 1 {
				first = c
			}
		case c == ' ' || c == '.' || c == '-':
		default:
			letters = true
			n++
		}
	}
	switch {
	case n == 0:
		return false
	case letters:
		return n < 6 || n > 20
	case n == 12:
		return first != '0'
	}
	return n != 9 && n != 10 && n != 13
}

// oddPhone judges a phone number, or several with a comma, semicolon or slash
// between them, by the length.
func oddPhone(s string) bool {
	if s == "" {
		return false
	}
	for strings.ContainsAny(s, ",;/") {
		i := strings.IndexAny(s, ",;/")
		if oddPhone(strings.TrimSpace(s[:i])) {
			return true
		}
		s = strings.TrimSpace(s[i+1:])
	}
	n, first := 0, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case digit(c):
			if n++; n == 1 {
				first = c
			}
		case c == ' ' || c == '.' || c == '-' || c == '(' || c == ')' || c == '+':
		default:
			return true
		}
	}
	switch {
	case n == 0:
		return s != ""
	case strings.HasPrefix(strings.TrimLeft(s, "+( "), "84") && (n == 11 || n == 12):
		return false
	}
	return first != '0' || n < 10 || n > 11
}
