package exchange

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Note tells the officer what of a file was not read, or not read as it stands.
type Note struct {
	Code NoteCode
	Text string // a Vietnamese sentence that names what it speaks of
	// Option is how the command line answers it, such as --sheet 2; "" for
	// what needs no answer. A window asks in its own way.
	Option string
}

// NoteCode says in one word what a note is about, for those who read it with a
// machine.
type NoteCode string

// The notes.
const (
	NoteUnreadColumn  NoteCode = "unread-column"   // columns that feed nothing
	NoteUnreadSheet   NoteCode = "unread-sheet"    // a table with content that was not read
	NoteTogether      NoteCode = "sheets-together" // tables with one heading that are read as one
	NoteHiddenRows    NoteCode = "hidden-rows"     // rows that the officer does not see; they are read
	NoteHiddenColumns NoteCode = "hidden-columns"  // columns that the officer does not see; they are read
	NoteNoDueColumn   NoteCode = "no-due-column"   // nothing says when dossiers are due
	NoteUnknownStatus NoteCode = "unknown-status"  // states that want an answer
	NoteNoUnit        NoteCode = "no-unit"         // rows that name no unit
	NoteNewUnits      NoteCode = "new-units"       // names that the catalogue of units lacks
	NoteEncoding      NoteCode = "encoding"        // text in an old code page
	NoteOwnCodes      NoteCode = "own-codes"       // the file has no codes
	NoteReused        NoteCode = "reused-mapping"  // answers of an earlier import
	NoteLostZeros     NoteCode = "lost-zeros"      // numbers of people that may lack zeros
	NoteDateOrder     NoteCode = "date-order"      // how dates were read
	NoteCounts        NoteCode = "counts"          // a table of counts: sums, cells, period
	NoteMemory        NoteCode = "not-remembered"  // the mapping could not be kept
	NoteLostRows      NoteCode = "lost-rows"       // rows of formulas without results, or of errors
	NoteLostSheet     NoteCode = "lost-sheet"      // a table that the file names but does not hold
	NoteStrayQuotes   NoteCode = "stray-quotes"    // rows with a quote that nothing closes
	NoteLostValues    NoteCode = "lost-values"     // cells of accepted rows whose value is lost
)

// Texts returns the sentences of notes.
func Texts(notes []Note) []string {
	return data.Map(notes, func(n Note) string { return n.Text })
}

func (m *Mapping) warn(code NoteCode, format string, args ...any) {
	m.Notes = append(m.Notes, Note{Code: code, Text: fmt.Sprintf(format, args...)})
}

// quotedNames lists names as a sentence does: «A», «B».
func quotedNames(names []string) string { return "«" + strings.Join(names, "», «") + "»" }
