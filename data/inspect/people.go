package inspect

import (
	"fmt"
	"strings"
	"unicode"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/text"
)

// peopleKinds look at the owner.
var peopleKinds = checks{
	"owner-missing": {
		trips: func(l *look) bool { return l.counted() && strings.TrimSpace(l.d.Owner.Name) == "" },
		says:  func(*look) string { return "Chưa có tên" },
	},
	"name-odd": {
		trips: func(l *look) bool { return !l.s.Cancelled && oddName(l.d.Owner.Name) },
		says: func(l *look) string {
			if better := TidyName(l.d.Owner.Name); better != l.d.Owner.Name {
				return "«" + l.d.Owner.Name + "», nên là «" + better + "»"
			}
			return "«" + l.d.Owner.Name + "»"
		},
		facts: func(l *look) string { return l.d.Owner.Name },
		mend:  func(l *look, d *data.Dossier) { d.Owner.Name = TidyName(d.Owner.Name) },
	},
}

// oddName reports whether a name has needless spaces, characters that names do
// not have, or is a person's name in capitals.
func oddName(name string) bool {
	upper, letters, before := true, 0, ' '
	for _, r := range name {
		switch {
		case r == ' ' && before == ' ', strange(r):
			return true
		case unicode.IsLetter(r):
			letters++
			upper = upper && !unicode.IsLower(r)
		}
		before = r
	}
	return before == ' ' && name != "" || upper && letters > 3 && person(name)
}

// strange reports whether no name of a person or of an organisation holds the
// character.
func strange(r rune) bool {
	switch r {
	case '?', '*', '#', '$', '%', '^', '=', '<', '>', '|', '\\', '~', '`', '{', '}', '[', ']', '_', unicode.ReplacementChar:
		return true
	}
	return r > 0x7E && unicode.IsSymbol(r) || unicode.IsControl(r)
}

// organisations are words that begin names of others than persons.
var organisations = []string{"CÔNG", "CTY", "CT", "TNHH", "CP", "UBND", "ỦY", "UỶ", "TRƯỜNG", "HỢP", "HTX", "CHI", "NGÂN", "DOANH", "DNTN", "HỘ", "HKD",
	"VĂN", "TRUNG", "BAN", "SỞ", "PHÒNG", "HỘI", "CỬA", "NHÀ", "TRẠM", "BỆNH", "ĐOÀN", "TỔ", "XÃ", "PHƯỜNG", "CHÙA", "CƠ", "CỤC", "BAO", "BẢO", "QUỸ", "TẬP", "TỔNG", "VIỆN", "LIÊN", "ĐẢNG", "KHO"}

// person reports whether a name in capitals looks like a person's: two to six
// words of letters, the first no word that organisations begin with. «VĂN» and
// «HỒ» are family names too, so that such names are left alone when in doubt.
func person(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	for _, w := range organisations {
		if words[0] == w {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) })
}

// TidyName takes needless spaces and control characters out of a name and writes
// a person's name in capitals with capital initials. Other characters stay: what
// they should be is not known.
func TidyName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
	words := strings.Fields(name)
	name = strings.Join(words, " ")
	if strings.ToUpper(name) != name || !person(name) {
		return name
	}
	for i, w := range words {
		words[i] = text.Sentence(strings.ToLower(w))
	}
	return strings.Join(words, " ")
}

// codeKinds look at code and numbers.
var codeKinds = checks{
	"code-date": {
		trips: func(l *look) bool { return l.codeDay.Known() && l.codeDay != l.d.Received.Day && !l.s.Cancelled },
		says:  func(l *look) string { return fmt.Sprintf("Mã ghi %s, nhận %s", l.codeDay, l.d.Received.Day) },
	},
	"code-odd": {
		trips: func(l *look) bool { return l.codeOdd && !l.s.Cancelled },
		says:  func(l *look) string { return "Mã «" + l.d.Code + "»" },
	},
	"system-differs": {
		trips: func(l *look) bool { return !l.s.Cancelled && l.codeSystem() != "" },
		says: func(l *look) string {
			return "Mã do " + l.codeSystem() + " cấp, thủ tục do " + l.proc.SystemOn(l.d.Received.Day) + " xử lý"
		},
	},
	"identity-odd": {
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
	"phone-odd": {
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

// codeSystem returns the system that gave the code of the dossier where the procedure
// was another one's on the day of reception; "" where they agree or one is not known. A
// dossier that is kept in both agrees by its code there, or by the name of that system.
func (l *look) codeSystem() string {
	if l.proc == nil {
		return ""
	}
	gave, works := basis.SystemOf(l.d.Code), l.proc.SystemOn(l.d.Received.Day)
	if works == "" || gave == works || basis.SystemOf(l.d.ExternalCode) == works || basis.SystemNamed(l.d.ExternalSystem) == works {
		return ""
	}
	return gave
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
