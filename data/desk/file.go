package desk

import (
	"cmp"
	"context"
	"os"

	"giaoban/data/archive"
	"giaoban/data/ledger"
)

// This file alone knows that a data file of package ledger keeps the facts; a register
// on a server is that of shared.go and server.go.

// What a store tells beside facts of an office.
type (
	// Entry is one line of the journal.
	Entry = ledger.Entry
	// Version is a dossier before and after one entry of the journal.
	Version = ledger.Version
	// Imported tells where imported dossiers came from.
	Imported = ledger.Import
	// Check is what an integrity check found.
	Check = ledger.Check
	// JournalCheck is what walking back a journal found.
	JournalCheck = ledger.JournalCheck
	// Salvaged is what was saved out of a damaged file, and what was not.
	Salvaged = ledger.Salvaged
	// JournalFault is one place at which journal and values do not agree.
	JournalFault = ledger.JournalFault
	// Head is how far a journal goes.
	Head = ledger.Head
	// Replaced is a record that takes the place of one that is erased.
	Replaced = ledger.Replaced
	// Forgotten tells the journal which former values went with an erasure.
	Forgotten = ledger.Erasure
	// Touched is what a transaction wrote.
	Touched = ledger.Touched
)

// KindErasure is the kind of record of an erasure, which is its proof.
const KindErasure = ledger.KindErasure

// What an entry of the journal is for undo.
const (
	entryStart = ledger.KindStart
	entryNote  = ledger.KindNote
	entryUndo  = ledger.KindUndo
	entryRedo  = ledger.KindRedo
)

// keptMarks follow the name of the data file in the names of those that a restore
// replaced, and that are kept of an older version.
var keptMarks = []string{ledger.KeptMark, ledger.UpgradeMark}

var (
	readFileHead  = ledger.ReadHead      // of a data file that is not open
	readFileKeys  = ledger.ReadKeys      // likewise
	appendDossier = ledger.AppendDossier // the short form that an import waits in
	readDossier   = ledger.ReadDossier
)

// file is a data file as a Store.
type file struct {
	*ledger.Ledger
	shown   string // the backup that it was unpacked from, "" for a data file
	scratch string // the folder that goes when it is closed
	beside  bool   // it is a copy of a file that another program has open
}

// openFile opens a data file to be read and written, or a backup to be looked at. Its
// errors are those of ledger.Open.
func openFile(path string, opt Options) (file, error) {
	if archive.Is(path) {
		f, _, err := openBackup(WithKey(context.Background(), opt.Key), path, true, nil)
		return f, err
	}
	l, err := ledger.Open(path, ledger.Options{Create: opt.Create, ReadOnly: opt.ReadOnly, Now: opt.Now, Key: opt.Key, Progress: opt.Progress})
	return file{Ledger: l}, err
}

// examine reads what can be read of a data file that is not open.
func examine(ctx context.Context, path string, opt Options) (Check, error) {
	return ledger.Examine(ctx, path, ledger.Options{Now: opt.Now, Key: opt.Key})
}

// salvage writes what can be read of a damaged file into a new one.
func salvage(ctx context.Context, path, out string, opt Options) (Salvaged, error) {
	return ledger.Salvage(ctx, path, out, ledger.Options{Now: opt.Now, Key: opt.Key, Progress: opt.Progress})
}

// readFile opens a data file or a backup that is not to be changed.
func readFile(ctx context.Context, path string, tell Tell) (file, error) {
	if archive.Is(path) {
		f, _, err := openBackup(ctx, path, false, tell)
		return f, err
	}
	return openPlain(ctx, path, "")
}

// openPlain opens a data file that is not to be changed; shown is what errors call it,
// "" for its path.
func openPlain(ctx context.Context, path, shown string) (file, error) {
	l, err := ledger.Open(path, ledger.Options{ReadOnly: true, Shown: cmp.Or(shown, path), Key: keyIn(ctx)})
	return file{Ledger: l}, err
}

// place puts a data file in the place of another; see ledger.Restore.
func place(ctx context.Context, from, shown string, own bool, path string) (kept string, err error) {
	return ledger.Restore(ctx, ledger.Source{Path: from, Shown: shown, Own: own, Key: keyIn(ctx)}, path)
}

// Close closes the file; a copy that was only looked at goes.
func (f file) Close() error {
	err := f.Ledger.Close()
	if f.scratch != "" {
		os.RemoveAll(f.scratch)
	}
	return err
}

func (f file) About() About {
	text, lost := f.Notice()
	return About{Path: cmp.Or(f.shown, f.Path()), Data: f.Path(), Backup: f.IsBackup(), ReadOnly: f.Ledger.ReadOnly(), Notice: text, Lost: lost}
}

// Turn is always this desk's.
func (f file) Turn(context.Context, bringer) (release func(), err error) { return func() {}, nil }

func (f file) View(fn func(View) error) error {
	return f.Ledger.View(func(v *ledger.View) error { return fn(v) })
}

func (f file) Begin() (State, error) {
	s, err := f.Ledger.Begin()
	if err != nil {
		return nil, err
	}
	return state{s}, nil
}

func (f file) Append(ctx context.Context, e *Entry, fn func(Tx) error) error {
	return f.Update(ctx, e, func(tx *ledger.Tx) error { return fn(tx) })
}

func (f file) Revert(ctx context.Context, redo bool, then func(Tx) error) (title string, err error) {
	act := f.Undo
	if redo {
		act = f.Redo
	}
	return act(ctx, byIn(ctx), func(tx *ledger.Tx) error { return then(tx) })
}

func (f file) UndoImport(ctx context.Context, id uint64, title, by string, then func(Tx) error) error {
	return f.Ledger.UndoImport(ctx, id, title, by, func(tx *ledger.Tx) error { return then(tx) })
}

func (f file) Load(fn func(View) error) error {
	defer f.Release()
	return f.View(fn)
}

// state is a state of a data file that is held.
type state struct{ *ledger.Snapshot }

func (s state) View(fn func(View) error) error {
	return s.Snapshot.View(func(v *ledger.View) error { return fn(v) })
}
