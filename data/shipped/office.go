package shipped

import (
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/text"
)

// officePlan is what offices of a level usually are. In its texts {TEN} and {ten} stand
// for the name of the office, {TAT} for the first letters of its words.
type officePlan struct {
	Level                                                        data.Level
	Parent, Letterhead, Symbol, Authority, Title, Desk, Receiver string
	Units                                                        []struct {
		Name, To string
		Kind     data.UnitKind
		For      []string // folded words with which the name of the office begins; empty for all
	}
}

// officePlans reads the shipped table; it panics when that is damaged, which a test
// rules out.
var officePlans = sync.OnceValue(func() []officePlan {
	var out []officePlan
	assets.Read("offices.json", &out)
	return out
})

func planOf(level data.Level) (p officePlan) {
	if i := slices.IndexFunc(officePlans(), func(x officePlan) bool { return x.Level == level }); i >= 0 {
		p = officePlans()[i]
	}
	return p
}

// committee are the words, folded, with which the name of a people's committee begins.
var committee = []string{"uy ban nhan dan ", "ubnd "}

// Called returns what an office is called from what stands on its papers: «ỦY BAN NHÂN
// DÂN / PHƯỜNG YÊN TRẠCH» is "UBND phường Yên Trạch".
func Called(o data.Office) string {
	name := text.Line(strings.ReplaceAll(o.Name, "\n", " "))
	if name == "" || name != strings.ToUpper(name) {
		return name
	}
	place := placeOf(name)
	words := strings.Fields(strings.ToLower(place))
	if own := bare(place); own != "" && place != name {
		kind := len(words) - len(strings.Fields(own))
		for i := kind; i < len(words); i++ {
			words[i] = text.Sentence(words[i])
		}
		return "UBND " + strings.Join(words, " ")
	}
	words[0] = text.Sentence(words[0])
	return strings.Join(words, " ")
}

// placeOf returns the name of an office without the words of its committee: «UBND phường
// Yên Trạch» is "phường Yên Trạch".
func placeOf(called string) string {
	called = text.Line(called)
	for _, words := range committee {
		if folded := text.Fold(called); strings.HasPrefix(folded, words) {
			n := len([]rune(words))
			return string([]rune(called)[n:])
		}
	}
	return called
}

// placeKinds are the words of a place, folded, the longer ones first.
var placeKinds = []string{"thi tran ", "thi xa ", "thanh pho ", "dac khu ", "phuong ", "huyen ", "quan ", "tinh ", "xa "}

// bare returns a place without the word of its kind: "Yên Trạch".
func bare(place string) string {
	folded := text.Fold(place)
	for _, kind := range placeKinds {
		if strings.HasPrefix(folded, kind) {
			return string([]rune(place)[len([]rune(kind)):])
		}
	}
	return ""
}

// initials returns the first letters of the words of a name, as symbols of papers have
// them: «Sở Nông nghiệp và Môi trường» is SNNMT.
func initials(name string) string {
	out := ""
	for _, w := range strings.Fields(name) {
		if f := text.Fold(w); f == "va" || f == "-" {
			continue
		}
		out += strings.ToUpper(string([]rune(w)[:1]))
	}
	return out
}

// Office proposes how the papers of an office name it, from its level and from what it
// is called, such as «UBND phường Yên Trạch» or «Sở Tư pháp».
func Office(level data.Level, called string) data.Office {
	place := placeOf(called)
	p := planOf(level)
	if level == data.LevelProvince && place != text.Line(called) {
		p = planOf(data.LevelDistrict) // the committee of the province itself
		p.Receiver = ""
	}
	fill := strings.NewReplacer("{TEN}", strings.ToUpper(place), "{TAT}", initials(place)).Replace
	o := data.Office{Level: level, Place: bare(place), Parent: p.Parent, Symbol: fill(p.Symbol), Authority: p.Authority, Title: p.Title, Desk: p.Desk, Receiver: p.Receiver}
	if place != "" {
		o.Name = fill(p.Letterhead)
	}
	return o
}

// Units proposes the units of an office as of a day.
func Units(level data.Level, called string, day data.Day) []data.Unit {
	place := placeOf(called)
	folded := text.Fold(place) + " "
	var out []data.Unit
	for _, u := range planOf(level).Units {
		if len(u.For) > 0 && !slices.ContainsFunc(u.For, func(w string) bool { return strings.HasPrefix(folded, w+" ") }) {
			continue
		}
		if to, err := data.ParseISO(u.To); u.To != "" && (err != nil || to < day) {
			continue
		}
		name := strings.ReplaceAll(u.Name, "{ten}", place)
		out = append(out, data.Unit{Name: text.Line(name), Level: level, Kind: u.Kind, Order: len(out) + 1, Source: data.Typed})
	}
	return out
}
