package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/data"
	"giaoban/data/text"
)

// Suggestion completes a search text: Insert takes the place of the characters
// From up to To, both counted in runes. Label is what to show, Note explains it.
type Suggestion struct {
	From, To int
	Insert   string
	Label    string
	Note     string
}

// maxSuggestions is how many are offered at a time.
const maxSuggestions = 12

// Suggest offers what the officer may mean at the cursor (counted in runes):
// field words that begin with the words just typed, and after a field word the
// values that it can take: units, fields, procedures, states, channels, desks,
// officers, days. It offers nothing for words that begin nothing.
func (r *Register) Suggest(text string, cursor int, today data.Day) []Suggestion {
	runes := []rune(text)
	cursor = min(max(cursor, 0), len(runes))
	before := string(runes[:cursor])
	p := parser{text: before, today: today, tokens: split(before)}
	heads := p.heads()
	r.mu.RLock()
	defer r.mu.RUnlock()
	var list []Suggestion
	if len(heads) > 0 {
		h := heads[len(heads)-1]
		list = r.suggestValues(&p, h)
	}
	list = append(list, suggestWords(&p, heads)...)
	return list[:min(len(list), maxSuggestions)]
}

// suggestWords offers the field words that the last words begin, those of more
// words first.
func suggestWords(p *parser, heads []head) (list []Suggestion) {
	from := 0
	if len(heads) > 0 {
		from = heads[len(heads)-1].at + 1
	}
	end := len(p.tokens)
	for n := min(longestName, end-from); n > 0; n-- {
		words := p.words(end-n, end)
		if len(words) < n {
			continue
		}
		typed := strings.Join(words, " ")
		for i := range fieldWords {
			w := &fieldWords[i]
			if !w.begins(typed) || slices.ContainsFunc(list, func(s Suggestion) bool { return s.Label == string(w.word) }) {
				continue
			}
			list = append(list, p.suggestion(p.tokens[end-n].from, string(w.word)+": ", string(w.word), w.note))
		}
	}
	return list
}

// begins reports whether a name of the field word begins with the folded text.
func (w *fieldWord) begins(typed string) bool {
	for _, name := range append([]string{string(w.word)}, w.other...) {
		name = text.Fold(name)
		if strings.HasPrefix(name, typed) || strings.HasPrefix(strings.ReplaceAll(name, " ", ""), typed) {
			return true
		}
	}
	return false
}

// suggestion replaces what stands from the byte on up to the cursor.
func (p *parser) suggestion(from int, insert, label, note string) Suggestion {
	return Suggestion{From: utf8.RuneCountInString(p.text[:from]), To: utf8.RuneCountInString(p.text), Insert: insert, Label: label, Note: note}
}

// suggestValues offers values of the field word that hold what was typed after
// it; those that begin with it stand first.
func (r *Register) suggestValues(p *parser, h head) (list []Suggestion) {
	from, value := len(p.text), ""
	if h.at+1 < len(p.tokens) {
		from = p.tokens[h.at+1].from
		value = Phrase(p.text[from:])
	}
	blank := ""
	if strings.HasSuffix(p.text, p.tokens[h.at].raw) {
		blank = " "
	}
	type found struct {
		text, note string
		first      bool
	}
	var all []found
	offer := func(name, note string) {
		folded := text.Fold(name)
		if name != "" && strings.Contains(folded, value) && folded != value {
			all = append(all, found{name, note, strings.HasPrefix(folded, value)})
		}
	}
	c := &r.catalogue
	switch h.word.word {
	case WordUnit:
		for _, u := range c.units {
			offer(u.Name, u.Level.Name())
		}
	case WordReceiver:
		r.receivers.used(func(id uint32, _ uint16) { offer(c.units[id].Name, c.units[id].Level.Name()) })
	case WordField:
		for _, f := range c.fields {
			offer(f.Name, "")
		}
	case WordProcedure:
		for _, one := range c.procedures {
			offer(one.Name, one.Code)
		}
	case WordDesk:
		r.desks.used(func(text string, _ uint16) { offer(text, "") })
	case WordOfficer:
		r.officers.used(func(text string, _ uint16) { offer(text, "") })
	}
	slices.SortFunc(all, func(a, b found) int {
		if a.first != b.first {
			if a.first {
				return -1
			}
			return 1
		}
		return cmp.Or(CompareText(a.text, b.text), strings.Compare(a.note, b.note))
	})
	// These have an order of their own.
	switch h.word.word {
	case WordState:
		for _, s := range states {
			offer(s.name, "")
		}
	case WordChannel:
		for _, ch := range []data.Channel{data.Direct, data.Online, data.Postal} {
			offer(ch.String(), "")
		}
	case WordLetter:
		offer("có", "đã có thư xin lỗi")
		offer("chưa", "chưa có thư xin lỗi")
	}
	if h.word.dates {
		for _, name := range []string{"hôm nay", "hôm qua", "tuần này", "tuần trước", "tháng này", "tháng trước", "quý này", "năm nay", "năm trước"} {
			span, _ := parseDays(strings.Fields(text.Fold(name)), p.today)
			note := span.From.String()
			if span.To != span.From {
				note = fmt.Sprintf("%s – %s", span.From, span.To)
			}
			offer(name, note)
		}
	}
	for _, f := range all {
		if len(list) == maxSuggestions {
			break
		}
		list = append(list, p.suggestion(from, blank+f.text+" ", f.text, f.note))
	}
	return list
}
