package form

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"giaoban/data"
	"giaoban/data/text"
)

// digits are the Vietnamese digits.
var digits = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// InWords writes a whole number in Vietnamese words, without a capital:
// 1050000 is "một triệu không trăm năm mươi nghìn".
func InWords(n int64) string {
	if n == 0 {
		return digits[0]
	}
	if n < 0 {
		return "âm " + InWords(-n)
	}
	// Every three digits have a name; nine of them make a tỷ, which repeats.
	if n >= 1_000_000_000 {
		head := InWords(n/1_000_000_000) + " tỷ"
		if rest := n % 1_000_000_000; rest > 0 {
			return head + " " + below(rest, false)
		}
		return head
	}
	return below(n, true)
}

// below writes a number below a tỷ; the first group in full where it follows a
// tỷ.
func below(n int64, first bool) string {
	var words []string
	for _, g := range []struct {
		unit int64
		name string
	}{{1_000_000, "triệu"}, {1000, "nghìn"}, {1, ""}} {
		part := n / g.unit % 1000
		if part == 0 {
			continue
		}
		words = append(words, hundreds(int(part), !first))
		if g.name != "" {
			words = append(words, g.name)
		}
		first = false
	}
	return strings.Join(words, " ")
}

// hundreds writes 1 to 999; full names the hundreds even when there are none.
func hundreds(n int, full bool) string {
	var words []string
	h, t, u := n/100, n/10%10, n%10
	if h > 0 || full {
		words = append(words, digits[h], "trăm")
	}
	switch {
	case t == 0 && u > 0 && len(words) > 0:
		words = append(words, "lẻ")
	case t == 1:
		words = append(words, "mười")
	case t > 1:
		words = append(words, digits[t], "mươi")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		words = append(words, "mốt")
	case u == 5 && t > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digits[u])
	}
	return strings.Join(words, " ")
}

// Money writes an amount of đồng in figures and words: "150.000 đồng (Một trăm
// năm mươi nghìn đồng)"; "" for nought, which a dossier uses for unknown.
func Money(n int64) string {
	if n <= 0 {
		return ""
	}
	return data.FormatInt(n) + " đồng (" + text.Sentence(InWords(n)) + " đồng)"
}

// LongMoment writes a moment as slips do: "9 giờ 05 phút, ngày 03 tháng 11 năm
// 2023"; what is unknown is left as dots to be written over, "" when the day is
// unknown too.
func LongMoment(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	clock := "…… giờ …… phút"
	if m.Clock.Known() {
		clock = fmt.Sprintf("%d giờ %02d phút", m.Clock.Minutes()/60, m.Clock.Minutes()%60)
	}
	return clock + ", " + LongDay(m.Day)
}

// LongDay writes "ngày 03 tháng 11 năm 2023"; "" when the day is unknown.
func LongDay(day data.Day) string {
	if !day.Known() {
		return ""
	}
	y, m, d := day.Civil()
	month := fmt.Sprint(int(m))
	if m <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d, month, y)
}

// count writes a number above nought, "" for an unknown one.
func count(n int) string {
	if n <= 0 {
		return ""
	}
	return data.FormatInt(int64(n))
}

// bodies are the first words of names of organisations, which are not personal
// data and are printed whole.
var bodies = []string{"công ty", "cty", "doanh nghiệp", "hợp tác xã", "htx", "ủy ban", "ubnd", "trường", "phòng", "ngân hàng", "chi nhánh",
	"tổng công ty", "tập đoàn", "ban quản lý", "trung tâm", "bệnh viện", "văn phòng", "sở ", "hội ", "đảng ủy", "nhà thờ", "chùa"}

// titles stand before the name of a person and are kept.
var titles = []string{"hộ kinh doanh", "hộ gia đình", "hộ ông", "hộ bà", "hộ", "ông", "bà", "anh", "chị"}

// Mask shortens the names of persons in lists for meetings: "Nguyễn Văn An" is
// "Nguyễn V. A."; several persons each; organisations stay whole
// (design.md, Paper). A masked name masked again stays as it is.
func Mask(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for _, b := range bodies {
		if begins(name, b) {
			return name
		}
	}
	for _, sep := range []string{" và ", "; ", ", ", " - ", "/"} {
		if parts := strings.Split(name, sep); len(parts) > 1 {
			for i, p := range parts {
				parts[i] = Mask(p)
			}
			return strings.Join(parts, sep)
		}
	}
	for _, t := range titles {
		if begins(name, t+" ") && len(name) > len(t)+1 {
			return name[:len(t)] + " " + Mask(name[len(t)+1:])
		}
	}
	words := strings.Split(name, " ")
	for i, w := range words {
		r := []rune(w)
		if (i > 0 || len(words) == 1) && len(r) > 0 && unicode.IsLetter(r[0]) {
			words[i] = string(r[0]) + "."
		}
	}
	return strings.Join(words, " ")
}

// Commune shortens an address to what begins with the commune or ward, so that papers that
// others see do not tell where a person lives: "Thôn 3, xã Mẫu, tỉnh Thử" is "xã Mẫu, tỉnh
// Thử". Of an address without one the last part stays.
func Commune(address string) string {
	parts := strings.Split(OneLine(address), ",")
	for i, p := range parts {
		if parts[i] = strings.TrimSpace(p); leading(strings.Fields(strings.ToLower(parts[i])), levels) > 0 || begins(parts[i], "tt ") || begins(parts[i], "p.") || begins(parts[i], "tx.") {
			rest := append([]string{parts[i]}, parts[i+1:]...)
			for k := range rest {
				rest[k] = strings.TrimSpace(rest[k])
			}
			return strings.Join(rest, ", ")
		}
	}
	if len(parts) > 1 {
		return parts[len(parts)-1]
	}
	return ""
}

// Hide takes what tells of persons out of a text that an officer typed: names are shortened
// wherever they stand, addresses leave their commune, and of numbers that may be those of a
// phone or an identity the last three digits stay.
func Hide(text string, names, addresses []string) string {
	for _, a := range addresses {
		if a = OneLine(a); a != "" {
			text = replaceFold(text, a, Commune(a))
		}
	}
	for _, n := range names {
		if n = OneLine(n); strings.Contains(n, " ") {
			text = replaceFold(text, n, Mask(n))
		}
	}
	return longNumber.ReplaceAllStringFunc(text, func(s string) string {
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
		return "…" + digits[len(digits)-3:]
	})
}

// longNumber is what may be a number of a person: nine digits or more behind a nought, in
// groups or not, or 9 or 12 digits in one run. Amounts, days and codes of dossiers are not.
var longNumber = regexp.MustCompile(`\b0\d(?:[ .-]?\d){7,}\b|\b(?:\d{9}|\d{12})\b`)

// replaceFold replaces a text wherever it stands, capitals apart.
func replaceFold(text, old, by string) string {
	return regexp.MustCompile(`(?i)`+regexp.QuoteMeta(old)).ReplaceAllLiteralString(text, by)
}

// begins reports whether name begins with a prefix, capitals apart.
func begins(name, prefix string) bool {
	return len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

// OneLine joins the lines of a name of an office.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

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
			words[i] = text.Sentence(words[i])
			place, capital = false, true
			i += n
			continue
		}
		// A level begins a place only where a name follows.
		if n := leading(words[i:], levels); n > 0 && i+n < len(words) {
			if i == 0 {
				words[i] = text.Sentence(words[i])
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
			words[i] = text.Sentence(w)
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
