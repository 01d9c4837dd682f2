// Package basis tells which legal text something rests on, on the day that counts:
// that of the reception of a dossier. The texts are data with dates of validity: those of
// assets/bases.json, and those that an office adds; no other package names a decree that
// was ever replaced.
package basis

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/text"
)

// ID names a rule that a legal text stands behind.
type ID string

// The rules that the program names a basis for.
const (
	Postpone   ID = "hen-lai"  // apology and new date, told before the due date and once
	Supplement ID = "bo-sung"  // a supplement is asked for once
	Petition   ID = "phan-anh" // phản ánh, kiến nghị
)

// Text is a legal text that a rule rests on for what is received from a day on, until
// the next text of the rule.
type Text struct {
	Rule  ID       `json:"Rule"`
	From  data.Day `json:"From,omitempty"` // NoDay: always
	Words string   `json:"Text"`           // such as "NĐ 61/2018, Điều 19"
}

// Rule is a rule with what officers call it.
type Rule struct {
	ID    ID
	Title string
}

// Entry is a text as lists show it.
type Entry struct {
	Text
	To  data.Day // the last day of reception for which it holds, NoDay for open
	Own bool     // of the office, not shipped
}

// Table holds the texts of an office. It never changes.
type Table struct{ texts map[ID][]Entry }

// With returns the shipped texts with those of an office: one of the same rule and day
// stands for the shipped one.
func With(own []Text) *Table {
	_, shipped := shippedTexts()
	t := &Table{texts: map[ID][]Entry{}}
	for _, x := range own {
		t.texts[x.Rule] = append(t.texts[x.Rule], Entry{Text: x, Own: true})
	}
	for _, x := range shipped {
		if !slices.ContainsFunc(own, x.Same) {
			t.texts[x.Rule] = append(t.texts[x.Rule], Entry{Text: x})
		}
	}
	for _, list := range t.texts {
		slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.From, b.From) })
		for i := range list[1:] {
			list[i].To = list[i+1].From - 1
		}
	}
	return t
}

// Same reports whether two texts stand at one place: at most one of them holds.
func (t Text) Same(other Text) bool { return t.Rule == other.Rule && t.From == other.From }

// Rules returns the rules in the order of lists.
func Rules() []Rule {
	rules, _ := shippedTexts()
	return slices.Clone(rules)
}

// Entries returns the texts of a rule, the oldest first.
func (t *Table) Entries(id ID) []Entry { return slices.Clone(t.texts[id]) }

// On returns what a rule rests on for what was received on the day; the newest text
// for an unknown day, "" for a rule or a day without a text.
func (t *Table) On(id ID, day data.Day) (words string) {
	for _, x := range t.texts[id] {
		if !day.Known() || x.From <= day {
			words = x.Words
		}
	}
	return words
}

// For returns what a rule rests on for several days of reception, each text once, by
// day.
func (t *Table) For(id ID, days []data.Day) string {
	var out []string
	for _, day := range slices.Sorted(slices.Values(days)) {
		if words := t.On(id, day); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

// Told returns all texts of a rule with the days of reception for which each holds,
// such as "nhận đến 30/06/2025: NĐ 61/2018, Điều 19; nhận từ 01/07/2025: …".
func (t *Table) Told(id ID) string {
	var out []string
	for _, x := range t.texts[id] {
		var when []string
		if x.From.Known() {
			when = append(when, "từ "+x.From.String())
		}
		if x.To.Known() {
			when = append(when, "đến "+x.To.String())
		}
		if len(when) == 0 {
			out = append(out, x.Words)
		} else {
			out = append(out, "nhận "+strings.Join(when, " ")+": "+x.Words)
		}
	}
	return strings.Join(out, "; ")
}

// shippedTexts reads the shipped table; it panics when that is damaged, which a test
// rules out.
var shippedTexts = sync.OnceValues(func() (rules []Rule, texts []Text) {
	var file []struct {
		ID    ID     `json:"id"`
		Title string `json:"title"`
		Texts []struct{ From, Text string }
	}
	assets.Read("bases.json", &file)
	for _, rule := range file {
		rules = append(rules, Rule{rule.ID, rule.Title})
		for _, t := range rule.Texts {
			texts = append(texts, Text{rule.ID, shippedDay(t.From), t.Text})
		}
	}
	return rules, texts
})

// system is a system that gives codes to dossiers, known by the running number at
// their end.
type system struct {
	Digits []int  // how many digits the number has
	Starts string // how it begins
	Name   string
}

// SystemOf names the system that gave a national dossier code: four digits at the end
// are a province's, six or seven a ministry's, which the first two name. "" for other
// codes and for numbers that name none.
func SystemOf(code string) string {
	if !data.CodeDay(code).Known() {
		return ""
	}
	number := code[strings.LastIndexByte(code, '-')+1:]
	for _, s := range systems() {
		if slices.Contains(s.Digits, len(number)) && strings.HasPrefix(number, s.Starts) {
			return s.Name
		}
	}
	return ""
}

// SystemNames lists the systems that the shipped table knows, the province's first.
func SystemNames() []string {
	return data.Map(systems(), func(s system) string { return s.Name })
}

// SystemNamed returns the name that the table has for a system as officers write it
// («tỉnh», «Bộ Tư pháp», «hệ thống bộ tư pháp»); the text itself for one that it lacks.
func SystemNamed(typed string) string {
	bare := func(name string) string {
		key := strings.TrimPrefix(text.Words(name), "he thong ")
		return strings.TrimPrefix(key, "cua ")
	}
	for _, s := range systems() {
		if bare(s.Name) == bare(typed) {
			return s.Name
		}
	}
	return typed
}

// systems reads the shipped table; it panics when that is damaged, which a test rules
// out.
var systems = sync.OnceValue(func() []system {
	var out []system
	assets.Read("systems.json", &out)
	return out
})
