package desk

import (
	"log/slog"
	"maps"
	"slices"
)

// Changes tell what one change of the data was about.
type Changes struct {
	// Dossiers are those that were written or taken out, by id, each once. All
	// tells that every dossier may be another one: the register was loaded.
	Dossiers  []uint64
	All       bool
	Catalogue bool // units, fields or procedures
	Rules     bool // the office, its rules, its calendar, its definitions of rates, its classes of units or its legal texts
	// Kinds are the kinds of records and the names of settings that were written.
	Kinds []string
	// Link: the server of a shared register was lost or found again; see Desk.Link.
	Link bool
}

// Watch calls fn once after every change of the data, in the order in which the
// file took them, on the goroutine that made the change and before the change
// returns. When fn is called everybody sees the change already. fn may read; it
// must not change the data or wait for someone who does. The returned function
// ends it.
func (d *Desk) Watch(fn func(Changes)) (stop func()) {
	d.watch.Lock()
	defer d.watch.Unlock()
	id := d.nextWatch
	d.nextWatch++
	d.watchers[id] = fn
	return func() {
		d.watch.Lock()
		defer d.watch.Unlock()
		delete(d.watchers, id)
	}
}

// tell calls the watchers, in the order in which they came.
func (d *Desk) tell(c Changes) {
	d.watch.Lock()
	fns := make([]func(Changes), 0, len(d.watchers))
	for _, id := range slices.Sorted(maps.Keys(d.watchers)) {
		fns = append(fns, d.watchers[id])
	}
	d.watch.Unlock()
	for _, fn := range fns {
		fn(c)
	}
}

// OnFault sets what is told of errors of the file where an answer goes on without
// what could not be read, such as a number that is only proposed; nil tells nobody.
// It is called on the goroutine that asked. Such errors are logged in any case.
func (d *Desk) OnFault(fn func(error)) {
	if fn == nil {
		fn = func(error) {}
	}
	d.faulted.Store(&fn)
}

// fault tells of such an error.
func (d *Desk) fault(err error) {
	if fn := d.faulted.Load(); fn != nil {
		(*fn)(err)
		return
	}
	slog.Error("reading", "error", err)
}
