// Package basis tells which legal text something rests on, on the day that counts:
// that of the reception of a dossier. The texts are data with dates of validity, in
// assets/bases.json; no other package names a decree that was ever replaced.
package basis

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// ID names a rule that a legal text stands behind.
type ID string

// The rules that the program names a basis for.
const (
	Postpone   ID = "hen-lai" // apology and new date, told before the due date and once
	Supplement ID = "bo-sung" // a supplement is asked for once
)

// text is a legal text and the days on which it holds, both included.
type text struct {
	from, to data.Day
	words    string
}

// On returns what a rule rests on for what was received on the day; the newest text
// for an unknown day, "" for a rule or a day without a text.
func On(id ID, day data.Day) string {
	list := texts()[id]
	if !day.Known() && len(list) > 0 {
		return list[len(list)-1].words
	}
	for _, t := range list {
		if (!t.from.Known() || t.from <= day) && (!t.to.Known() || day <= t.to) {
			return t.words
		}
	}
	return ""
}

// For returns what a rule rests on for several days of reception, each text once, by
// day.
func For(id ID, days []data.Day) string {
	var out []string
	for _, day := range slices.Sorted(slices.Values(days)) {
		if words := On(id, day); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

// Told returns all texts of a rule with the days of reception for which each holds,
// such as "nhận đến 30/06/2025: NĐ 61/2018, Điều 19; nhận từ 01/07/2025: …".
func Told(id ID) string {
	var out []string
	for _, t := range texts()[id] {
		var when []string
		if t.from.Known() {
			when = append(when, "từ "+t.from.String())
		}
		if t.to.Known() {
			when = append(when, "đến "+t.to.String())
		}
		if words := t.words; len(when) == 0 {
			out = append(out, words)
		} else {
			out = append(out, "nhận "+strings.Join(when, " ")+": "+words)
		}
	}
	return strings.Join(out, "; ")
}

// texts reads the shipped table; it panics when that is damaged, which a test rules
// out.
var texts = sync.OnceValue(func() map[ID][]text {
	var file []struct {
		ID    ID     `json:"id"`
		Title string `json:"title"`
		Texts []struct{ From, To, Text string }
	}
	if err := json.Unmarshal(assets.Bases, &file); err != nil {
		panic(err)
	}
	out := map[ID][]text{}
	for _, rule := range file {
		for _, t := range rule.Texts {
			out[rule.ID] = append(out[rule.ID], text{shippedDay(t.From), shippedDay(t.To), t.Text})
		}
	}
	return out
})
