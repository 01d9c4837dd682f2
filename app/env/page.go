package env

import (
	"fyne.io/fyne/v2"

	"giaoban/data/desk"
)

// State is where the officer is within a page: filters, order, the line under the
// cursor. Each page knows its own.
type State any

// Route is a place: a page and where in it. A nil State is the page as it stands.
type Route struct {
	Page  string
	State State
}

// Page is one place of the window. Every page is built once for an open data
// file and keeps what was typed in it until that is closed.
type Page interface {
	// Content is what the page draws.
	Content() fyne.CanvasObject
	// Save returns where the officer is, for the history of places.
	Save() State
	// Restore goes to a state that Save returned, or that another page asks for.
	Restore(State)
	// Stale tells what changed since the page was last told. It is called only
	// while the page is in view, and before Shown when it comes into view: a page
	// out of sight computes nothing.
	Stale(desk.Changes)
	// Shown is called each time the page comes into view; it takes the focus.
	Shown()
	// Status is the left text of the status bar.
	Status() string
}

// OnePlace is embedded by a page in which there is one place only.
type OnePlace struct{}

// Save implements Page.
func (OnePlace) Save() State { return nil }

// Restore implements Page.
func (OnePlace) Restore(State) {}

// What a page can do besides; each is asked for by a type assertion.
type (
	// Printer prints at Ctrl+P.
	Printer interface{ PrintPage() }
	// FileTaker has a use of its own for a file dropped on the window.
	FileTaker interface {
		// TakeFile reports whether it took the file.
		TakeFile(path string) bool
	}
	// FilesTaker takes several files dropped at once, one after the other.
	FilesTaker interface{ TakeFiles(paths []string) }
	// Searcher has a search field, which Ctrl+F enters.
	Searcher interface{ FocusSearch() }
	// KeyTaker has use for keys that nothing with the focus takes, such as Escape.
	KeyTaker interface {
		// TakeKey reports whether it took the key.
		TakeKey(ev *fyne.KeyEvent) bool
	}
	// Keyed has keys of its own.
	Keyed interface{ Keys() []Key }
	// Typed is a form: Dirty reports whether something was typed that is not stored.
	Typed interface{ Dirty() bool }
	// Flusher keeps drafts: Flush writes them at once, before the window closes.
	Flusher interface{ Flush() }
	// Linked shows something of the server or of the other desks: it is told when those
	// change while it is in view.
	Linked interface{ LinkChanged() }
	// Unsaved holds what was typed and is stored nowhere, draft files included.
	Unsaved interface {
		Page
		// Unsaved says what would be lost, "" for nothing.
		Unsaved() string
		// SaveAll stores it; done gets nil or what is wrong.
		SaveAll(done func(error))
	}
)

// Key is a key of a page, with what the help says of it.
type Key struct {
	Name     fyne.KeyName
	Modifier fyne.KeyModifier
	// Label is how officers call the key, such as "Ctrl+S"; Help says what it does.
	// Both are "" for a key that another one's line explains.
	Label, Help string
	// Anywhere makes the key work on every page: it opens this one.
	Anywhere bool
	Do       func()
}

// The pages that others lead to, by their ids.
const (
	Overview    = "overview"
	Register    = "register"
	Receiving   = "receiving"
	Watching    = "watching"
	Checking    = "checking"
	Scoring     = "scoring"
	Import      = "import"
	Briefing    = "briefing"
	Catalogue   = "catalogue"
	Settings    = "settings"
	Reported    = "reported"
	Reconciling = "reconciling"
	Founding    = "founding"
	Tasks       = "tasks"
	Conference  = "conference"
	Logbooks    = "logbooks"
	Standings   = "standings"
	Indicators  = "indicators"
	Packages    = "packages"
)

// PageOf returns the page with the logbook of a kind.
func PageOf(kind string) string {
	switch kind {
	case "task":
		return Tasks
	case "conference", "conclusion":
		return Conference
	}
	return Logbooks
}

// Search is the state of the register that lists what a text finds.
type Search string

// Searching is a page whose search the top of the window shows too.
type Searching interface{ SearchText() string }

// The states that pages are asked for by others.
type (
	// Part opens one part of a page that has several, by its id.
	Part string
	// Paths opens files for import, one after the other.
	Paths []string
	// ReportOf opens what a unit reported, by its id.
	ReportOf uint64
	// EntryOf opens an entry of a logbook.
	EntryOf struct {
		Kind string
		ID   uint64
	}
	// EntriesIn lists the entries of a logbook that are in a state.
	EntriesIn struct{ Kind, State string }
	// BelowTarget lists the indicators that miss what is asked.
	BelowTarget struct{}
	// EntriesOf lists the entries behind a figure.
	EntriesOf struct {
		Kind, Title string
		IDs         []uint64
	}
	// ProceduresOf lists the procedures of the catalogue behind a figure.
	ProceduresOf struct {
		Title string
		IDs   []uint32
	}
	// Reconcile opens a file or a pasted text beside the register.
	Reconcile struct {
		Path, Text string
		Options    desk.ImportOptions
	}
)

// PartCalendar is the part of the catalogue with the office calendar.
const PartCalendar Part = "calendar"

// CtrlEnter is the key that does the main thing of a page from wherever the cursor
// is.
func CtrlEnter(help string, do func()) []Key {
	var out []Key
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		out = append(out, Key{Name: name, Modifier: fyne.KeyModifierControl, Do: do})
	}
	out[0].Label, out[0].Help = "Ctrl+Enter", help
	return out
}

// SaveEach saves n things one after the other; the first that cannot be saved ends it.
func SaveEach(n int, save func(i int, next func(error)), done func(error)) {
	var from func(i int)
	from = func(i int) {
		if i == n {
			done(nil)
			return
		}
		save(i, func(err error) {
			if err != nil {
				done(err)
				return
			}
			from(i + 1)
		})
	}
	from(0)
}
