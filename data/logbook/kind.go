// Package logbook is the mechanism of the smaller registers of an office: tasks,
// conferences and their conclusions, inspections, petitions and whatever else is
// declared as a Kind. An entry stores what somebody said, with its day; its state
// is worked out for the day asked (briefing 1, R2).
//
// A kind is a file of assets/logbooks, which names its fields, states, terms, measures and
// printed tables, and one of this package: how its states are worked out, checks, and what
// the tables show and count beyond fields and states. Storage, history, import and printing
// ask the declaration and name no kind. The package does no input or output and never reads
// the wall clock.
package logbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/assets"
	"giaoban/data"
)

// Type says what a field holds and how it is written; see Parse.
type Type uint8

// The types of fields. The stored text of each is in parentheses.
const (
	Text   Type = iota // one line
	Area               // several lines
	Number             // a whole number (digits)
	Money              // đồng (digits)
	Day                // a date (YYYY-MM-DD)
	Moment             // a date with or without its time of day (YYYY-MM-DDTHH:MM)
	Yes                // yes or no ("1" or "0")
	Unit               // a unit of the catalogue (its id)
	Units              // several of them (ids parted by commas)
	Pick               // one of Choices (its id)
	Link               // an entry of the kind in Kind (its id)
	List               // several lines of text (parted by line ends)
	Table              // rows of the fields in Rows (a JSON array of objects)
)

// UnmarshalText reads the name of a type: that of its constant in small letters.
func (t *Type) UnmarshalText(raw []byte) error {
	return named(t, raw, "text", "area", "number", "money", "day", "moment", "yes", "unit", "units", "pick", "link", "list", "table")
}

// named takes the place of a name in a list.
func named[T ~uint8](to *T, raw []byte, names ...string) error {
	i := slices.Index(names, string(raw))
	if i < 0 {
		return fmt.Errorf("no %q among %q", raw, names)
	}
	*to = T(i)
	return nil
}

// Choice is a value of a Pick.
type Choice struct {
	ID, Title string
	Words     []string // what else it is called in tables of offices
}

// Field is a field of a kind.
type Field struct {
	Key   string // of the command contract (entry-keys)
	Title string // of the form and of columns
	Type  Type
	Hint  string
	// Required says that an entry is refused without it.
	Required bool
	Choices  []Choice
	Open     bool   // a Pick that keeps words which are none of its choices
	Kind     string // of a Link
	Rows     []Field
	Top      int64 // highest Number, 0 for data.MaxCount
	// Words are heads of columns that hold it in tables of offices, beside Title.
	Words []string
	// Private marks personal data: it is masked in papers that leave the office.
	Private bool
	// NotBefore is the key of a day that this one may not precede.
	NotBefore string
	// Else is the key of the field that takes the words of a table in which this day is
	// said in words, such as «Quý II»; "" takes days only.
	Else    string
	Past    bool // a day that cannot lie after today: something that happened
	Once    bool // written once, never changed afterwards
	Wide    bool // the column that takes spare width
	Inner   bool // kept by the program: no form, list or head of a table has it
	Default string
	// Section is the heading under which the form puts this field and those after it;
	// "" goes on under the one before.
	Section string
}

// Tone is how a state is marked.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Soon
	Bad
	Faint
)

// UnmarshalText reads the name of a tone: that of its constant in small letters.
func (t *Tone) UnmarshalText(raw []byte) error {
	return named(t, raw, "plain", "good", "soon", "bad", "faint")
}

// State is one of the closed list of states of a kind, in the order in which they
// are printed.
type State struct {
	ID, Title string
	Tone      Tone
	Done      bool // nothing more is to be done
}

// Term is a number, most often of days, that an office may change.
type Term struct {
	ID, Title string
	Days      int
	Top       int    // the highest that it may be; 0 for 365
	Basis     string // where it comes from
}

// Kind declares a logbook.
type Kind struct {
	ID     string // of the contract, such as "task"
	Title  string // of the register, such as "Sổ theo dõi nhiệm vụ"
	One    string // one entry, such as "nhiệm vụ"
	Prefix string // before its running number
	Day    string // the key of the day or moment that gives the year of the number and the period
	Head   string // the key of what names an entry
	Fields []Field
	States []State
	Terms  []Term
	// Derive works out the state on the day of w and the days that it speaks of: late,
	// left or waiting; 0 where it speaks of none. nil for a kind without states.
	Derive func(w *World, e *Entry) (state string, days int)
	// Begun reports whether the entry was there on the day of w; nil: always.
	Begun func(w *World, e *Entry) bool
	// Complete fills what follows from other fields, before the checks; old is nil for
	// a new entry.
	Complete func(w *World, e, old *Entry)
	// Check refuses what the rules of the fields cannot: a *data.Error with its Field.
	Check func(w *World, e, old *Entry) error
	// Refuse tells why an entry may not be taken out; nil: it always may.
	Refuse func(w *World, e *Entry) error
	// Belongs reports whether an entry counts for a period; nil: its Day lies in it.
	Belongs  func(w *World, e *Entry, p data.Period) bool
	Measures []Measure
	Layouts  []Layout
	// Facts are what measures and tables count beyond states and fields, Texts what tables
	// show beyond fields, both by the name under which the file of the kind asks for them.
	Facts map[string]Fact
	Texts map[string]func(r *Row) string
	// Repeats says that equal entries are different ones, as slips of citizens are.
	Repeats bool
	// Begin returns what the form of a new entry begins with, beside the defaults; nil:
	// nothing.
	Begin func(w *World) map[string]string
	// Meets says that entries are meetings, for which a pack of papers is made.
	Meets bool
	// Actions are what one may do from an entry beside editing it.
	Actions []Action
}

// Action is what one does from an entry: change some of its fields, or begin entries
// of another kind, such as tasks from a conclusion.
type Action struct {
	ID, Title string
	Makes     string // the kind of what is made; "" changes the entry itself
	// Keys are the fields that the form shows; nil shows all.
	Keys []string
	// Propose returns the fields of the new entry, or what the entry has still to be
	// given: nil proposes nothing.
	Propose func(w *World, e *Entry) map[string]string
	// Several lets many entries be typed one below the other, each of the fields Keys
	// and with those of Propose.
	Several bool
	// Series returns the fields of several entries, whose forms open one after the
	// other; Propose is not asked then.
	Series func(w *World, e *Entry) []map[string]string
	// Offered reports whether the action makes sense; nil: always.
	Offered func(w *World, e *Entry) bool
	// Next is the action of the same kind that is offered when this one is done.
	Next string
}

// Fill merges what an action proposes into the fields that an entry does not hold.
func (a *Action) Fill(w *World, e *Entry) *Entry {
	filled := e.Clone()
	if a.Propose != nil {
		for key, stored := range a.Propose(w, e) {
			if !filled.Has(key) {
				filled.Set(key, stored)
			}
		}
	}
	return filled
}

// Field returns a field by key; nil where there is none.
func (k *Kind) Field(key string) *Field {
	return data.Find(k.Fields, func(f *Field) bool { return f.Key == key })
}

// FieldCalled returns a field by its key or title; nil where there is none.
func (k *Kind) FieldCalled(name string) *Field {
	if f := k.Field(name); f != nil {
		return f
	}
	return data.Find(k.Fields, func(f *Field) bool { return f.Title == name })
}

// State returns a state by id; its zero value where there is none.
func (k *Kind) State(id string) State {
	return data.First(k.States, func(s State) bool { return s.ID == id })
}

// Evidence returns the key of the field that proves what was done, "" where the
// kind has none.
func (k *Kind) Evidence() string {
	if k.Field("evidence") != nil {
		return "evidence"
	}
	return ""
}

// Most returns the highest number that the term may be.
func (t Term) Most() int { return cmp.Or(t.Top, 365) }

// Choice returns a choice by id; its title is the id where there is none.
func (f *Field) Choice(id string) Choice {
	if i := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.ID == id }); i >= 0 {
		return f.Choices[i]
	}
	return Choice{ID: id, Title: id}
}

var kinds []*Kind

// Declare adds a kind to the list of all; each file of a kind calls it once, before
// anything reads the list. One without fields takes its title, fields, states, terms, measures
// and layouts from its file of assets/logbooks.
func Declare(k *Kind) *Kind {
	if k.Fields == nil {
		k.read()
	}
	if k.Evidence() != "" {
		k.Terms = append(k.Terms, Term{ID: "evidence", Title: "Xong phải có minh chứng (0: nhắc, 1: bắt buộc)", Top: 1, Basis: "Quy định của cơ quan"})
	}
	k.layOut()
	kinds = append(kinds, k)
	return k
}

func (k *Kind) read() {
	assets.Read("logbooks/"+k.ID+".json", k)
	if f := k.Field("domain"); f != nil {
		*f = domainField()
	}
}

// order is how the kinds stand in lists: by the work of a conference.
var order = []string{"task", "conference", "conclusion", "inspection", "finding", "petition", "slip", "dialogue", "opinion",
	"initiative", "praise", "discipline", "document"}

// Kinds returns all kinds, in the order in which an office meets them.
func Kinds() []*Kind {
	list := slices.Clone(kinds)
	place := func(k *Kind) int {
		if i := slices.Index(order, k.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(list, func(a, b *Kind) int { return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a.ID, b.ID)) })
	return list
}

// Find returns the kind with the id, nil where there is none.
func Find(id string) *Kind {
	return data.First(kinds, func(k *Kind) bool { return k.ID == id })
}
