// Package form makes the forms of the program from fields declared as data: what
// each is called, how it is read and written, what it offers. A form keeps what
// was typed whatever happens to it, shows errors at the field they belong to,
// and compares what stands there with what is stored.
//
// What a field must hold is decided where the value is stored, in packages data
// and desk: a form only reads and shows.
package form

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
)

// Kind is the control that a field is typed in.
type Kind uint8

// The kinds. Numbers, money, clocks and terms are texts that are read in their
// own way.
const (
	KindText    Kind = iota
	KindArea         // several lines
	KindDay          // a date, with a calendar
	KindMoment       // a date with a time of day
	KindSuggest      // a text for which proposals are made
	KindPick         // one of a list
	KindMany         // several of a list
	KindTerm         // a number and its unit
	KindCheck        // yes or no
	KindRows         // lines of fields
	KindOwn          // a control of the page
	KindSecret       // a text that is never shown
	KindHidden       // kept with a line of rows and not shown; behind the columns that are
)

// Field is one field of a form over a T. Its text is what the officer sees: for a
// pick the key chosen, for several keys one a line, for a box "1" or "".
type Field[T any] struct {
	Key      string // the Field of the errors that belong to it
	Label    string
	Hint     string
	Section  string // heading before the field; "" for none
	Kind     Kind
	Required bool    // marked as one that must be filled
	Lines    int     // of an area; also the lines of rows that are seen at once
	Width    float32 // px at 100 %; 0 leaves it to the layout
	Wide     bool    // takes the whole width of a form of several columns
	Across   int     // from this field on the form has so many columns; 0 changes nothing
	Span     int     // of twelve columns, beside others that have a span; 0 stands in the usual columns
	Narrow   int     // the span in a narrow form; 0 follows the rule of the flow
	Aside    bool    // Enter passes over it
	GoesOn   bool    // Enter goes on from an area too, where the form is Onward
	Begin    string  // what stands in it in a new line of rows
	None     string  // the entry of a pick that chooses nothing; "" offers none
	Beside   bool    // a long label, which wraps, stands beside the control
	// Today is the day by which short forms of a date are read; nil is the clock of the
	// program.
	Today func() data.Day

	Get func(*T) string
	// Set reads the text. Its error goes to the field.
	Set func(*T, string) error
	// Choices are what a pick offers.
	Choices func(*T) []kit.Choice
	// Find returns what a text proposes, in place of Choices, where there are too many.
	Find func(typed string) []kit.Choice
	// Hidden leaves the field out for the value as it stands.
	Hidden func(*T) bool
	// Tell is a hint that follows the value as it stands; "" falls back on Hint.
	Tell func(*T) string
	// Faint stands in the field while it is empty.
	Faint func(*T) string
	// Columns are the fields of each line of rows.
	Columns []Column
}

// Column is one field of the lines of rows.
type Column struct {
	Key, Label string
	Kind       Kind
	Width      float32
	Lines      int
	None       string
	Begin      string
	Choices    func() []kit.Choice
}

// Need marks the field as one that must be filled.
func (f Field[T]) Need() Field[T] { f.Required = true; return f }

// Note sets the small line below the field.
func (f Field[T]) Note(hint string) Field[T] { f.Hint = hint; return f }

// Whole lets the field take the whole width of the form.
func (f Field[T]) Whole() Field[T] { f.Wide = true; return f }

// In gives the form so many columns from this field on.
func (f Field[T]) In(columns int) Field[T] { f.Across = columns; return f }

// Over gives the field so many of twelve columns beside others; narrow is for a
// narrow form, 0 follows the rule.
func (f Field[T]) Over(span, narrow int) Field[T] { f.Span, f.Narrow = span, narrow; return f }

// Past lets Enter pass over the field.
func (f Field[T]) Past() Field[T] { f.Aside = true; return f }

// Going lets Enter go on from an area too.
func (f Field[T]) Going() Field[T] { f.GoesOn = true; return f }

// Beginning sets what stands in the field in a new line of rows.
func (f Field[T]) Beginning(text string) Field[T] { f.Begin = text; return f }

// Fainter sets what stands in the field while it is empty.
func (f Field[T]) Fainter(faint func(*T) string) Field[T] { f.Faint = faint; return f }

// Under puts a heading before the field.
func (f Field[T]) Under(section string) Field[T] { f.Section = section; return f }

// Or adds an entry to a pick that chooses nothing.
func (f Field[T]) Or(none string) Field[T] { f.None = none; return f }

// Called names the field.
func (f Field[T]) Called(label string) Field[T] { f.Label = label; return f }

// From makes the field a pick from what choices returns, Proposing one for which they are
// proposed.
func (f Field[T]) From(choices func() []kit.Choice) Field[T] { return f.offering(KindPick, choices) }

// Proposing is described with From.
func (f Field[T]) Proposing(choices func() []kit.Choice) Field[T] {
	return f.offering(KindSuggest, choices)
}

func (f Field[T]) offering(kind Kind, choices func() []kit.Choice) Field[T] {
	f.Kind, f.Choices = kind, func(*T) []kit.Choice { return choices() }
	return f
}

// Within is the field of a part as one of the whole, in which of finds the part.
func Within[T, P any](f Field[P], of func(*T) *P) Field[T] {
	out := Field[T]{Key: f.Key, Label: f.Label, Hint: f.Hint, Kind: f.Kind, Required: f.Required, Lines: f.Lines, Width: f.Width, Wide: f.Wide, Aside: f.Aside, GoesOn: f.GoesOn, None: f.None,
		Today: f.Today, Columns: f.Columns, Get: func(t *T) string { return f.Get(of(t)) }, Set: func(t *T, s string) error { return f.Set(of(t), s) }}
	if f.Choices != nil {
		out.Choices = func(t *T) []kit.Choice { return f.Choices(of(t)) }
	}
	return out
}

// When leaves the field out where on reports false.
func (f Field[T]) When(on func(*T) bool) Field[T] {
	f.Hidden = func(t *T) bool { return !on(t) }
	return f
}

// Telling gives the field a hint that follows the value as it stands.
func (f Field[T]) Telling(tell func(*T) string) Field[T] { f.Tell = tell; return f }

// Sized sets the least width in px at 100 %.
func (f Field[T]) Sized(px float32) Field[T] { f.Width = px; return f }

// Text is a line of text.
func Text[T any](key, label string, of func(*T) *string) Field[T] {
	return Field[T]{Key: key, Label: label,
		Get: func(t *T) string { return *of(t) },
		Set: func(t *T, s string) error { *of(t) = strings.TrimSpace(s); return nil }}
}

// Secret is a line of text that is never shown, such as a password; it is taken as it
// is typed.
func Secret[T any](key, label string, of func(*T) *string) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindSecret,
		Get: func(t *T) string { return *of(t) },
		Set: func(t *T, s string) error { *of(t) = s; return nil }}
}

// Area is a text of several lines.
func Area[T any](key, label string, lines int, of func(*T) *string) Field[T] {
	f := Text(key, label, of)
	f.Kind, f.Lines = KindArea, lines
	return f
}

// Lines is a list of texts, one a line; empty lines are left out.
func Lines[T any](key, label string, lines int, of func(*T) *[]string) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindArea, Lines: lines,
		Get: func(t *T) string { return strings.Join(*of(t), "\n") },
		Set: func(t *T, s string) error {
			var out []string
			for _, l := range strings.Split(s, "\n") {
				if l = strings.TrimSpace(l); l != "" {
					out = append(out, l)
				}
			}
			*of(t) = out
			return nil
		}}
}

// Parsed is a text that read turns into a value and write back; read's error goes
// to the field.
func Parsed[T, V any](key, label string, of func(*T) *V, read func(string) (V, error), write func(V) string) Field[T] {
	return Field[T]{Key: key, Label: label,
		Get: func(t *T) string { return write(*of(t)) },
		Set: func(t *T, s string) error {
			v, err := read(s)
			if err != nil {
				return err
			}
			*of(t) = v
			return nil
		}}
}

// Count is a whole number from 0 to top.
func Count[T any, N integer](key, label string, top int64, of func(*T) *N) Field[T] {
	return Parsed(key, label, of, func(s string) (N, error) {
		n, err := data.ParseCount(s, top)
		return N(n), err
	}, func(n N) string { return keyOf(int64(n)) }).Sized(90)
}

// Zero shows the 0 of a count, which is left empty otherwise.
func (f Field[T]) Zero() Field[T] {
	get := f.Get
	f.Get = func(t *T) string {
		if s := get(t); s != "" {
			return s
		}
		return "0"
	}
	return f
}

// Money is an amount in đồng.
func Money[T any](key, label string, of func(*T) *int64) Field[T] {
	return Parsed(key, label, of, data.ParseMoney, func(n int64) string {
		if n == 0 {
			return ""
		}
		return data.FormatInt(n)
	}).Sized(120)
}

// Clock is a time of day; an empty text is the unknown time.
func Clock[T any](key, label string, of func(*T) *data.Clock) Field[T] {
	return Parsed(key, label, of, data.ParseClock, data.Clock.String).Sized(90)
}

// Term is a time limit: a number and its unit; without both it is unknown.
func Term[T any](key, label string, of func(*T) *data.Term) Field[T] {
	f := Parsed(key, label, of, readTerm, func(t data.Term) string {
		switch {
		case !t.Known():
			return ""
		case t.Unit == data.SameDay:
			return joinTerm("", t.Unit.Key())
		}
		return joinTerm(data.FormatInt(int64(t.Count)), t.Unit.Key())
	})
	f.Kind = KindTerm
	return f
}

func readTerm(text string) (data.Term, error) {
	count, key, _ := strings.Cut(text, "\t")
	unit := data.NoTerm
	if key != "" {
		var err error
		if unit, err = data.ParseTermUnit(key); err != nil {
			return data.Term{}, err
		}
	}
	return data.ParseTerm(count, unit)
}

// integer is any whole number.
type integer interface {
	~int | ~int32 | ~int64 | ~uint8 | ~uint32 | ~uint64
}

// Pick is one value of a list, kept as its key.
func Pick[T any, S ~string](key, label string, choices func(*T) []kit.Choice, of func(*T) *S) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindPick, Choices: choices,
		Get: func(t *T) string { return string(*of(t)) },
		Set: func(t *T, s string) error { *of(t) = S(s); return nil }}
}

// PickID is one value of a list, kept as the number that its key writes; nothing
// chosen is 0.
func PickID[T any, N integer](key, label string, choices func(*T) []kit.Choice, of func(*T) *N) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindPick, Choices: choices,
		Get: func(t *T) string { return keyOf(int64(*of(t))) },
		Set: func(t *T, s string) error {
			n, err := idOf(s)
			*of(t) = N(n)
			return err
		}}
}

// Enum is one of values that have names; none of them is 0.
func Enum[T any, N interface {
	integer
	String() string
}](key, label string, of func(*T) *N, values ...N) Field[T] {
	return PickID(key, label, func(*T) []kit.Choice { return kit.Enumerated(values...) }, of)
}

// Many are several values of a list, kept as the numbers that their keys write.
func Many[T any, N integer](key, label string, choices func(*T) []kit.Choice, of func(*T) *[]N) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindMany, Choices: choices,
		Get: func(t *T) string {
			var keys []string
			for _, n := range *of(t) {
				keys = append(keys, keyOf(int64(n)))
			}
			return strings.Join(keys, "\n")
		},
		Set: func(t *T, s string) error {
			var out []N
			for _, k := range strings.Fields(s) {
				n, err := idOf(k)
				if err != nil {
					return err
				}
				out = append(out, N(n))
			}
			*of(t) = out
			return nil
		}}
}

// Kept is a number that stays with its line of rows and is not shown.
func Kept[T any, N integer](key string, of func(*T) *N) Field[T] {
	f := PickID(key, "", nil, of)
	f.Kind = KindHidden
	return f
}

func keyOf(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func idOf(key string) (int64, error) {
	if key == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return 0, data.Fail(data.Invalid, "Chọn một giá trị trong danh sách.", err)
	}
	return n, nil
}

// Ticked is the text of a box that is ticked; one that is not is "".
const Ticked = "1"

// Check is a box to tick; its label stands beside it.
func Check[T any](key, label string, of func(*T) *bool) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindCheck,
		Get: func(t *T) string { return kit.If(*of(t), Ticked, "") },
		Set: func(t *T, s string) error { *of(t) = s == Ticked; return nil }}
}

// Day is a date. today is the clock of the program.
func Day[T any](key, label string, today func() data.Day, of func(*T) *data.Day) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindDay,
		Get: func(t *T) string { return of(t).String() },
		Set: func(t *T, s string) error {
			d, err := data.ParseDay(s, today(), *of(t))
			if err != nil {
				return err
			}
			*of(t) = d
			return nil
		}}
}

// Rows are lines of an R, each with the same fields.
func Rows[T, R any](key, label string, of func(*T) *[]R, fields ...Field[R]) Field[T] {
	out := Field[T]{Key: key, Label: label, Kind: KindRows, Wide: true, Lines: 4}
	for _, f := range fields {
		c := Column{Key: f.Key, Label: f.Label, Kind: f.Kind, Width: f.Width, Lines: f.Lines, None: f.None, Begin: f.Begin}
		if f.Choices != nil {
			c.Choices = func() []kit.Choice { return f.Choices(new(R)) }
		}
		out.Columns = append(out.Columns, c)
	}
	out.Get = func(t *T) string {
		var lines [][]string
		for i := range *of(t) {
			line := make([]string, len(fields))
			for k, f := range fields {
				line[k] = f.Get(&(*of(t))[i])
			}
			lines = append(lines, line)
		}
		return joinRows(lines)
	}
	out.Set = func(t *T, s string) error {
		var list []R
		for i, line := range splitRows(s) {
			if blank(line) {
				continue
			}
			var one R
			for k, f := range fields {
				if k >= len(line) {
					break
				}
				if err := f.Set(&one, line[k]); err != nil {
					return rowError(key, i, f.Label, err)
				}
			}
			list = append(list, one)
		}
		*of(t) = list
		return nil
	}
	return out
}

func blank(line []string) bool { return strings.TrimSpace(strings.Join(line, "")) == "" }

// rowError says in which line and column of rows something is wrong.
func rowError(key string, row int, label string, err error) error {
	return &data.Error{Code: data.Invalid, Field: key, Message: fmt.Sprintf("Dòng %d, cột «%s»: %s", row+1, label, err.Error()), Cause: err}
}
