package form

import (
	"strings"
	"unicode"
)

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

// begins reports whether name begins with a prefix, capitals apart.
func begins(name, prefix string) bool {
	return len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

// OneLine joins the lines of a name of an office.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
