package desk

import (
	"encoding/json"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/indicator"
	"giaoban/data/inspect"
	"giaoban/data/logbook"
	"giaoban/data/workday"
)

// Reading is what can be asked of a Desk, each time as it is then, and of a
// Snapshot.
type Reading interface {
	Read(fn func(View) error) error
	EachRecord(kind string, fn func(id uint64, value []byte) error) error
	Now() time.Time
	Today() data.Day
	Office() data.Office
	Calendar() *workday.Calendar
	Rules() Rules
	Denominators() map[string]string
	Catalogue() *Catalogue
	Classes() data.Classes
	Bases() *basis.Table
	Dossier(id uint64) (data.Dossier, error)
	Dossiers(ids []uint32, fn func(*data.Dossier) error) error
	Explain(one *data.Dossier) (Explanation, bool)
	Letters(year int) ([]Stored[data.Letter], error)
	Booked(until data.Day) (map[uint64]bool, error)
	LetterNumber(l *data.Letter) string
	SkippedLetters(year int) ([]Given, error)
	Counters() ([]Stored[data.Counter], error)
	Causes() ([]Stored[data.Cause], error)
	Signers(day data.Day) []data.Signer
	Templates() ([]Stored[json.RawMessage], error)
	Inspector() *inspect.Office
	Logbooks(day data.Day) (*logbook.World, error)
	IndicatorBook() (*indicator.Book, error)
}

// reading answers Reading from a source.
type reading struct{ from source }

type source interface {
	Read(fn func(View) error) error
	Now() time.Time
	held() *standing
	shelves() *shelves
	fault(error)
}

func (d *Desk) held() *standing { return d.standing.Load() }

func (d *Desk) shelves() *shelves { return &d.logs }

// Read calls fn with one consistent state of the file.
func (d reading) Read(fn func(View) error) error { return d.from.Read(fn) }

// EachRecord calls fn with the records of a kind; see Records.
func (d reading) EachRecord(kind string, fn func(id uint64, value []byte) error) error {
	return d.Read(func(v View) error { return v.EachRecord(kind, fn) })
}

// Now returns the time.
func (d reading) Now() time.Time { return d.from.Now() }

// Today returns the day.
func (d reading) Today() data.Day { return data.DayOf(d.from.Now()) }

// Dossier returns a whole dossier, or data.NotFound.
func (d reading) Dossier(id uint64) (one data.Dossier, err error) {
	return Viewed(d, func(v View) (data.Dossier, error) { return v.Dossier(id) })
}

// Dossiers calls fn with each of the dossiers, in the order of ids, from one
// consistent state of the file. Those that do not exist are left out. fn must not
// ask the Desk; see Desk.Read.
func (d reading) Dossiers(ids []uint32, fn func(*data.Dossier) error) error {
	return d.Read(func(v View) error {
		for _, id := range ids {
			one, err := v.Dossier(uint64(id))
			if data.CodeOf(err) == data.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			if err := fn(&one); err != nil {
				return err
			}
		}
		return nil
	})
}
