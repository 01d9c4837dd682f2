// Package desk holds the use cases of the program: what screens, commands and
// reports ask for. It keeps the data file (package ledger) and the register in
// memory in step: a change goes to the file first, durably, then to the
// register, then to those who watch.
//
// It shows nothing and prints nothing. It knows the data file as a Store of facts,
// so that another one can stand in its place; only file.go names the ledger.
package desk

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/text"
	"giaoban/data/vault"
	"giaoban/data/workday"
)

// Options say how an office is opened.
type Options struct {
	Create bool             // make the data file when there is none
	Now    func() time.Time // the one clock; nil for the wall clock
	Key    *vault.Key       // opens a protected file
	// Heads is the folder in which is kept how far each register had come; "" for none.
	Heads string
	// ReadOnly opens a file to be looked at; one that cannot be written is opened so in
	// any case.
	ReadOnly bool
	As       Who // who opened it; the zero value may do all
	// Progress is told how far the upgrade of a file of an older version is, in values,
	// or the first copy of a register on a server, in bytes; nil for nobody.
	Progress func(done, total int64)

	// Beside: where another program has the file open, a copy of it that this one hands
	// over is opened, to be read.
	Beside bool

	// Of a register on a server:
	Settings string // folder of this user's settings, with copies and keys; "" for the usual one
	Program  string // version of the program, which the other desks see
}

// Desk is an open office. Its methods may be called from any goroutine.
//
// The locks, in the order in which they are taken: writing, for one change after
// the other, from its first look at the data until everybody was told; step, for
// the moment in which file and memory differ; then that of the register.
type Desk struct {
	reading
	path     string
	key      *vault.Key // of a protected file
	who      Who        // opened it
	store    Store
	register *register.Register
	now      func() time.Time

	writing  sync.Mutex
	closed   bool // guarded by writing, as is behind
	behind   bool // memory could not follow the file
	step     sync.RWMutex
	standing atomic.Pointer[standing]
	logs     shelves

	watch     sync.Mutex
	watchers  map[int]func(Changes)
	nextWatch int
	faulted   atomic.Pointer[func(error)]

	settings string // folder of this user's settings

	heads string // folder; "" for none
	older string // what the head that was kept says against the file, "" for nothing

	backing sync.Mutex                 // one backup at a time
	noting  sync.Mutex                 // one change of their notes at a time
	backed  atomic.Pointer[doneBackup] // the newest that was made or found sound

	lending sync.Mutex
	lent    []string // folders with plain copies of sealed files; see Lend

	ready  chan struct{} // closed when the register is loaded
	loaded atomic.Int64
	total  atomic.Int64
	opened atomic.Uint64 // the dossier that is open on screen; see Opened
	answer func()        // ends what AnswerCommands began; nil for nothing
	err    error         // of loading; read after ready
}

// Open opens the data file and begins to load the register in the background;
// Ready tells when that is done. Its errors are those of ledger.Open.
func Open(path string, opt Options) (*Desk, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if IsShared(path) {
		s, err := openShared(context.Background(), path, opt)
		if err != nil {
			return nil, err
		}
		opt.Create = false
		d, err := open(s, opt)
		if err == nil {
			d.hear(s)
		}
		return d, err
	}
	store, err := openFile(path, opt)
	if data.CodeOf(err) == data.Locked && opt.Beside {
		if other, berr := openCopied(path, opt); berr == nil {
			store, err, opt.ReadOnly, opt.Create = other, nil, true, false
		}
	}
	if err != nil {
		return nil, err
	}
	return open(store, opt)
}

// open is Open with the file at hand.
func open(store Store, opt Options) (*Desk, error) {
	d := &Desk{path: store.About().Path, key: opt.Key, who: opt.As, store: store, register: register.New(), now: opt.Now, watchers: map[int]func(Changes){}, ready: make(chan struct{})}
	d.reading = reading{d}
	d.heads, d.settings = opt.Heads, settingsFolder(opt)
	if opt.Create {
		if err := d.seedCatalogue(); err != nil {
			store.Close()
			return nil, err
		}
	}
	err := d.loadStanding()
	if err == nil && opt.Heads != "" && !d.IsBackup() {
		d.older, err = d.compareHead()
	}
	if err == nil {
		err = d.moveRemedies()
	}
	if err == nil && d.older == "" {
		d.keepHead()
	}
	if err != nil {
		store.Close()
		return nil, err
	}
	go func() {
		d.sealRest()
		d.loadDossiers()
		// Building the columns leaves garbage of their size, which the system would
		// otherwise keep for as long as the office is only read.
		debug.FreeOSMemory()
		d.register.Warm(register.Sorts...)
	}()
	return d, nil
}

// Close waits for the loading, for the change under way and for every state that
// is held, and releases the file. Changes that come later are refused.
func (d *Desk) Close() error {
	<-d.ready
	d.writing.Lock()
	answer := d.answer
	d.answer = nil
	d.writing.Unlock()
	if answer != nil {
		answer() // before the lock is taken again: who is being answered may have to write
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	d.closed = true
	d.takeBack()
	return d.store.Close()
}

// Path returns the path of the data file, also after Close.
func (d *Desk) Path() string { return d.path }

// Where tells the officer where the register is: the path of its data file, or the
// address of its server.
func (d *Desk) Where() string {
	if s, ok := d.store.(*shared); ok {
		return s.address.String()
	}
	return d.path
}

// IsReady reports whether the register is loaded.
func (d *Desk) IsReady() bool {
	select {
	case <-d.ready:
		return true
	default:
		return false
	}
}

// Wait blocks until the register is loaded and returns the error of loading.
func (d *Desk) Wait() error {
	<-d.ready
	return d.err
}

// Progress returns how many dossiers are loaded, of how many.
func (d *Desk) Progress() (done, total int64) { return d.loaded.Load(), d.total.Load() }

// Now returns the time of the one clock.
func (d *Desk) Now() time.Time { return d.now() }

// Office returns the office that keeps the file.
func (d reading) Office() data.Office { return d.from.held().office }

// Calendar returns the office calendar.
func (d reading) Calendar() *workday.Calendar { return d.from.held().calendar }

// SetOffice stores the office.
func (d *Desk) SetOffice(ctx context.Context, o data.Office) error {
	o = text.All(o)
	return d.change(ctx, &Entry{Title: "Sửa thông tin cơ quan"}, func(tx Tx) error { return tx.PutOffice(o) })
}

// Undo takes back the last change and returns its title.
func (d *Desk) Undo(ctx context.Context) (title string, err error) { return d.revert(ctx, false) }

// Redo does the change again that was taken back last.
func (d *Desk) Redo(ctx context.Context) (title string, err error) { return d.revert(ctx, true) }

// Undoable returns the titles of the changes that Undo and Redo would act on,
// "" where there is none.
func (d *Desk) Undoable() (undo, redo string) {
	titles := seen(d, func(v View) (titles [2]string, err error) {
		u, r, err := v.Undoable()
		if u != nil {
			titles[0] = u.Title
		}
		if r != nil {
			titles[1] = r.Title
		}
		return titles, err
	})
	return titles[0], titles[1]
}

// ReadOnly tells why nothing can be saved in the open file, "" where it can.
func (d *Desk) ReadOnly() string { return d.store.About().ReadOnly }

// IsBackup reports whether the open file is a backup, which is not written to.
func (d *Desk) IsBackup() bool { return d.store.About().Backup }

// Notice tells what was found damaged in the file when it was opened although it
// could be read, "" for nothing; lost says that the newest change may be missing.
func (d *Desk) Notice() (text string, lost bool) {
	a := d.store.About()
	if a.Notice == "" && d.older != "" {
		return d.older, true
	}
	return a.Notice, a.Lost
}
