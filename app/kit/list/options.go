package list

import (
	"hash/fnv"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/widget"
)

// Column is one column of a list.
type Column[T any] struct {
	ID, Title, Tip   string
	Width, Min, Flex float32 // px at 100 %; see widget.Column
	Spare            int     // which columns go where there is no room for all: 1 first
	Align            widget.Align
	Off              bool // not shown until the officer chooses it
	Fixed            bool // cannot be sorted by
	Person           bool // names of persons, shortened in papers unless asked otherwise
	Private          bool // addresses, phones, identity numbers: left out of papers unless asked otherwise
	Text             func(*T) string
	// Mark, Role and Cell dress a cell; nil leaves it plain. Cell comes last and
	// may change all of it.
	Mark func(*T) widget.Mark
	Role func(*T) fyne.ThemeColorName
	Cell func(*T, *widget.Cell)
	// Compare orders by the column; nil orders by its text, numbers by their value.
	Compare func(a, b *T) int
	// Order is a text by whose bytes the column orders, in place of Compare.
	Order func(*T) string
}

// Col is a column of texts. One that shares in spare width gives way to two thirds of
// its own.
func Col[T any](id, title string, width, flex float32, text func(*T) string) Column[T] {
	c := Column[T]{ID: id, Title: title, Width: width, Flex: flex, Text: text}
	if flex > 0 {
		c.Min = width * 2 / 3
	}
	return c
}

// Right is the column with its texts at the right, as numbers stand.
func (c Column[T]) Right() Column[T] { c.Align = widget.Right; return c }

// Dress is the column with cells that look as cell says.
func (c Column[T]) Dress(cell func(*T, *widget.Cell)) Column[T] { c.Cell = cell; return c }

// Held begins to read rows that a model holds already.
func Held[T any](rows func() []T) func() func() ([]T, error) {
	return func() func() ([]T, error) {
		now := rows()
		return func() ([]T, error) { return now, nil }
	}
}

// KeyOf is the key of a row that has a name in place of a number.
func KeyOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}

// Filter is a chip above a list.
type Filter[T any] struct {
	Key, Label string
	Single     bool
	Rare       bool // its chip is there only while it is set
	Groups     bool // the list may be counted by it
	// Choices are the values to choose from; nil offers those that the rows have, by their
	// own words.
	Choices func() []kit.Choice
	// Of returns the values that a row has; a Source filters by itself and needs
	// none.
	Of func(*T) []string
}

// Action is a button above a list.
type Action struct {
	Label string
	Icon  widget.IconName
	Hint  string
	Main  bool // the one main action of the page
	// Several is the label while several rows are chosen, with %s for their number;
	// "" keeps the label.
	Several string
	Do      func()
}

// Options declare a list.
type Options[T any] struct {
	ID    string // names its habits, such as "units"
	Title string
	What  string // what is listed, such as "đơn vị"
	Place string // what stands in the empty search field

	Columns []Column[T]
	Filters []Filter[T]
	Actions []Action
	// Load reads all rows, off the window's goroutine; Begin, on the window's, returns
	// what reads them in its place, and Source answers views.
	Load   func() ([]T, error)
	Begin  func() func() ([]T, error)
	Source Source[T]
	// Step tells what changed since it was asked last or Load read: rows, and the keys of
	// those that are gone; ok is false where all has to be read anew. It is called off the
	// window's goroutine. Load then reads by ascending keys, a new row has the highest one,
	// and the last rows are listed first.
	Step  func() (changed []T, gone []uint64, ok bool)
	Key   func(*T) uint64 // nil for rows that are held and known by their place only
	Ended func(*T) bool   // no longer in use: drawn fainter; a button hides them
	More  func(*T) string // further text in which the search looks
	// Words are all texts in which the search looks, in place of columns and More.
	Words func(*T) string
	Notes func([]T) string // what the status bar says of all rows; nil for nothing

	// Add names the main action, which begins a new row: Insert does it too, and an empty
	// list offers it.
	Add   string
	AddDo func()
	// Open is called by Enter and double click; Edit names it in the menu, before what Menu
	// offers: what can be done with the row under the cursor, a copy, and those chosen.
	Open func(*T)
	Edit string
	// Tick turns a row on or off, by Space; where Ticked draws a box before each row, by a
	// click too.
	Tick   func(*T)
	Ticked func(*T) bool
	// Depth makes the list a tree, whose columns are Fixed: a row stands in the one of a
	// lesser depth above it. Folds says what its buttons fold, such as «lĩnh vực».
	Depth func(*T) int
	Folds string
	// Move moves a row by a place, by − and +, by Ctrl and an arrow, or by Shift of the list;
	// it reports whether it did. Such a list has columns that are Fixed.
	Move func(row *T, by int) bool
	Menu func(row *T, chosen []uint64) []widget.MenuItem
	// OnKey takes keys in the list and in its search field, with the row under the
	// cursor, which may be nil.
	OnKey func(ev *fyne.KeyEvent, row *T) bool
	// Current is called when the cursor comes to another row, nil for none; Chose
	// when other rows are chosen.
	Current func(*T)
	Chose   func()
	// Empty is what an empty list says, with the action that fills it.
	Empty     string
	EmptyVerb string
	EmptyDo   func()
	// Paper is the title of the list on paper; "" takes the title in capitals.
	Paper string
	// Lead is the part of the page that stands above the list's tools, nil for none.
	Lead fyne.CanvasObject
	// Inner is the page in whose content the list stands: it takes Body and Buttons;
	// nil makes a page of its own, none for a Plain list, whose Body stands elsewhere.
	Inner *widget.Page
	Many  bool // several rows can be chosen
	Plain bool // without search and filters above it: a short list beside others
	Bare  bool // without the headings of its columns
	// Views keeps the saved views; nil keeps them among the habits.
	Views Views
	// Orders is the order to begin with.
	Orders []kit.Order
	// Offer returns what may be taken while a search is typed.
	Offer func(text string) []kit.Choice
	// Origin says what a list was opened from, "" for nothing; a chip shows it until
	// it is taken away, which gives the view that Leave returns.
	Origin func(View) string
	Leave  func(View) View
	// Tidy writes the Beside of a view anew after a filter was changed.
	Tidy func(View) View
	// Export are the ways to write the list to a file; nil writes a workbook.
	Export func() []widget.MenuItem
	// Extra is what else the menu of the list offers.
	Extra func() []widget.MenuItem
	// Foot stands below the rows, nil for nothing.
	Foot fyne.CanvasObject
}
