// Package catalogue holds the view models of the screen Danh mục: the lists of
// units, fields, procedures and people, the office calendar, the definitions of
// rates and the form templates. They show and change; desk decides.
//
// Like all models they are used from the window's goroutine only.
package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/text"
)

// Line is one line of a list.
type Line struct {
	ID    uint64
	Cells []string
	Ended bool // no longer in use
	Doubt bool // wants to be checked by the officer
	tags  []string
	found string // folded text in which the search looks
}

// Choice is one value of a filter.
type Choice struct{ Key, Label string }

// List is a list of the catalogue, narrowed by a text and by filters.
type List struct {
	// Changed is called when the lines changed.
	Changed func()
	// What names the things listed, such as "đơn vị".
	What string

	session *view.Session
	make    func() []Line // runs off the window's goroutine
	options func(filter string) []Choice
	all     []Line
	shown   []int
	text    string
	chosen  map[string][]string
	ended   bool // the ended ones are listed too
	asked   int
}

func newList(s *view.Session, what string, lines func() []Line) *List {
	return &List{session: s, What: what, make: lines, Changed: func() {}, chosen: map[string][]string{}, ended: true,
		options: func(string) []Choice { return nil }}
}

// Refresh reads the lines anew; an answer that a later question overtook is
// dropped.
func (l *List) Refresh() {
	l.asked++
	asked := l.asked
	l.session.Go(func() {
		lines := l.make()
		for i := range lines {
			lines[i].found = text.Fold(strings.Join(lines[i].Cells, " "))
		}
		l.session.Post(func() {
			if asked == l.asked {
				l.all = lines
				l.narrow()
			}
		})
	})
}

func (l *List) narrow() {
	l.shown = l.shown[:0]
	words := strings.Fields(text.Fold(l.text))
	for i := range l.all {
		if l.keeps(&l.all[i], words) {
			l.shown = append(l.shown, i)
		}
	}
	l.Changed()
}

func (l *List) keeps(x *Line, words []string) bool {
	if x.Ended && !l.ended {
		return false
	}
	for filter, keys := range l.chosen {
		if len(keys) > 0 && !slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(x.tags, filter+":"+k) }) {
			return false
		}
	}
	for _, w := range words {
		if !strings.Contains(x.found, w) {
			return false
		}
	}
	return true
}

// SetText narrows the list to the lines that hold every word, with or without
// diacritics.
func (l *List) SetText(text string) {
	l.text = text
	l.narrow()
}

// Text returns the text.
func (l *List) Text() string { return l.text }

// Choose narrows the list to the lines that have one of the values of a filter.
func (l *List) Choose(filter string, keys []string) {
	l.chosen[filter] = slices.Clone(keys)
	l.narrow()
}

// Chosen returns the values chosen for a filter.
func (l *List) Chosen(filter string) []string { return l.chosen[filter] }

// Options returns the values that a filter offers.
func (l *List) Options(filter string) []Choice { return l.options(filter) }

// ShowEnded lists those that are no longer in use too, or leaves them out.
func (l *List) ShowEnded(on bool) {
	l.ended = on
	l.narrow()
}

// Clear takes text and filters away.
func (l *List) Clear() {
	l.text, l.chosen = "", map[string][]string{}
	l.narrow()
}

// Filtered reports whether text or filters narrow the list.
func (l *List) Filtered() bool {
	for _, keys := range l.chosen {
		if len(keys) > 0 {
			return true
		}
	}
	return strings.TrimSpace(l.text) != ""
}

// Len returns the number of lines listed.
func (l *List) Len() int { return len(l.shown) }

// Line returns a listed line; its zero value outside the list.
func (l *List) Line(i int) Line {
	if i < 0 || i >= len(l.shown) {
		return Line{}
	}
	return l.all[l.shown[i]]
}

// Find returns the place of the line with the id, -1 for none.
func (l *List) Find(id uint64) int {
	return slices.IndexFunc(l.shown, func(i int) bool { return l.all[i].ID == id })
}

// Status tells how many are listed.
func (l *List) Status() string {
	return fmt.Sprintf("%s / %s %s", data.FormatInt(int64(len(l.shown))), data.FormatInt(int64(len(l.all))), l.What)
}

// EmptyText is the sentence of a list without lines.
func (l *List) EmptyText() string {
	if l.Filtered() {
		if l.text != "" {
			return fmt.Sprintf("Không có %s nào khớp «%s».", l.What, strings.TrimSpace(l.text))
		}
		return fmt.Sprintf("Không có %s nào khớp bộ lọc.", l.What)
	}
	return fmt.Sprintf("Chưa có %s nào.", l.What)
}

// validity tells the days of validity in a few words.
func validity(from, to data.Day) string {
	switch {
	case from.Known() && to.Known():
		return from.String() + " – " + to.String()
	case from.Known():
		return "từ " + from.String()
	case to.Known():
		return "đến " + to.String()
	}
	return ""
}

// ended reports whether something that is valid until a day is over today.
func ended(s *view.Session, to data.Day) bool { return to.Known() && to < s.Desk.Today() }

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return data.FormatInt(n)
}
