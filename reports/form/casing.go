package form

import (
	"strings"
	"unicode"
)

// kinds begin the name of an office or a part of it; the first letter of what
// they do is a capital too (Decree 30/2020, annex II, part III).
var kinds = []string{
	"ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân", "ủy ban", "uỷ ban", "văn phòng", "phòng", "sở", "ban quản lý", "trung tâm", "bộ phận", "chi cục", "chi nhánh", "công an", "kho bạc", "thanh tra",
}

// levels stand before the name of a place and are written small.
var levels = []string{"thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "phường", "đặc khu", "xã"}

// short are words that stay in capitals.
var short = map[string]bool{"ubnd": true, "hđnd": true, "hcc": true, "tp": true, "tp.": true, "tx": true, "tx.": true, "tt": true, "tnhh": true, "vp": true}

// InText writes the name of an office as it stands within a sentence: names that
// were entered in capitals, as the head of a paper has them, become «Ủy ban nhân
// dân thị xã Mẫu». A name with small letters stays as it was entered.
func InText(name string) string {
	name = OneLine(name)
	if strings.ContainsFunc(name, unicode.IsLower) {
		return name
	}
	words := strings.Fields(strings.ToLower(name))
	place, capital := false, true
	for i := 0; i < len(words); {
		if n := leading(words[i:], kinds); n > 0 {
			words[i] = raised(words[i])
			place, capital = false, true
			i += n
			continue
		}
		// A level begins a place only where a name follows.
		if n := leading(words[i:], levels); n > 0 && i+n < len(words) {
			if i == 0 {
				words[i] = raised(words[i])
			}
			place, capital = true, true
			i += n
			continue
		}
		switch w := words[i]; {
		case short[w]:
			words[i] = strings.ToUpper(w)
		case w == "và" || w == "-" || w == "–":
			capital = true
		case capital || place:
			words[i] = raised(w)
			capital = false
		}
		i++
	}
	return strings.Join(words, " ")
}

// leading returns how many words the longest of the phrases takes with which the
// words begin, 0 for none.
func leading(words, phrases []string) (n int) {
	for _, p := range phrases {
		list := strings.Fields(p)
		if len(list) > n && len(list) <= len(words) && strings.Join(words[:len(list)], " ") == p {
			n = len(list)
		}
	}
	return n
}

// raised begins a word with a capital.
func raised(w string) string {
	r := []rune(w)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
