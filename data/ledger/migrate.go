// Package ledger keeps the data file of an office: every fact that was entered
// or imported, and one journal of all changes. It is the only package that
// knows bbolt. It computes nothing: figures, states and deadlines are derived
// from its facts elsewhere.
//
// The schema, version 4 (keys are big-endian, so that they sort by number). Every
// value but that of meta/version stands behind its checksum: see sealer.
//
//	meta
//	  version            uvarint  version of this schema
//	  backup             JSON     stands in backups only: see mark
//	  state              record   what each bucket holds, and how far the journal goes
//	  keys               JSON     of a protected file: the ways to its key, see vault.Wraps
//	office
//	  office             JSON     data.Office
//	unit, field, procedure
//	  <id uint32>        JSON     data.Unit, data.Field, data.Procedure
//	dossier
//	  <id uint64>        record   see codec.go
//	code
//	  <dossier code>     uint64   id of the dossier; derived from dossier
//	import
//	  <id uint64>        JSON     Import
//	setting
//	  <name>             bytes    settings, remembered column mappings, calendars;
//	                              undo and redo pass over those of Lasting
//	record
//	  <kind> 0 <id uint64> JSON   everything else that an office keeps: letters, desks,
//	                              signers, criteria sets, sheets, … (since version 2)
//	journal
//	  <seq uint64>       JSON     Entry, with the hash that binds it to the one before
//	change
//	  <seq uint64><part uint32>   the values that the entry replaced
//
// Nothing is deleted for good: what a change replaces stays under change.
package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"giaoban/data/disk"
	"giaoban/data/vault"
)

// schemaVersion is the version of files that this program makes or opens to write.
// One of an older version is made into a new file before it is written to.
const schemaVersion = 4

var (
	keyVersion = []byte("version")
	keyState   = []byte("state")
	keyOffice  = []byte("office")
	keyBackup  = []byte("backup")
	keyKeys    = []byte("keys")
	keyShared  = []byte("shared") // in the copy of a shared register: the place in its log
)

// createBuckets makes a file of this version that holds nothing.
func createBuckets(tx *bolt.Tx) error {
	for at := range places {
		if _, err := tx.CreateBucketIfNotExists(at.name()); err != nil {
			return err
		}
	}
	if err := tx.Bucket(inMeta.name()).Put(keyVersion, binary.AppendUvarint(nil, schemaVersion)); err != nil {
		return err
	}
	return (&state{}).save(tx, &sealer{})
}

// UpgradeMark stands in the names of the files that are kept of an older version.
const UpgradeMark = ".truoc-nang-cap"

// openUpgraded opens a file, and one of an older version that is to be written to
// through a new file that takes its place.
func openUpgraded(path string, opt Options) (*Ledger, error) {
	l, err := open(path, opt)
	if err != nil || !l.s.bare || opt.ReadOnly || opt.copied || l.backup {
		return l, err
	}
	text, lost := l.Notice()
	what := fmt.Sprintf("Không nâng cấp được tệp dữ liệu %s, tệp được giữ nguyên", disk.Name(opt.Shown))
	told := &Entry{At: l.now().Unix(), Title: fmt.Sprintf("Nâng cấp tệp dữ liệu lên lược đồ %d", schemaVersion)}
	if err := l.replace(newFile{what: what, keep: UpgradeMark, told: told, progress: opt.Progress}); err != nil {
		l.Close()
		return nil, err
	}
	if l, err = open(path, opt); err == nil && text != "" {
		l.notice, l.lost = text, lost
	}
	return l, err
}

// newFile is what becomes of a file that is written anew.
type newFile struct {
	what     string // what did not succeed, without a full stop
	key      *vault.Key
	keys     []byte // the ways to the key, JSON
	keep     string // follows the name of the old file; "" where it is not kept
	told     *Entry // names the new file in its journal, where that is made anew
	progress func(done, total int64)
}

// replace writes all that the file holds into a new one, reads that from end to end
// and lets it take the place of the old one; at every moment a whole file stands at the
// path. The file is closed afterwards, and stays open after an error.
func (l *Ledger) replace(n newFile) error {
	target, err := disk.Target(l.path)
	if err != nil {
		return err
	}
	temp, err := disk.Temp(filepath.Dir(target), "dang-tao")
	if err != nil {
		return disk.Fail(n.what, err)
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return disk.Fail(n.what, err)
	}
	if err := l.rewrite(temp.Name(), n); err != nil {
		return disk.Fail(n.what, err)
	}
	if n.keep != "" {
		if _, err := keep(context.Background(), target, n.keep); err != nil {
			return disk.Fail(n.what, err)
		}
	}
	if lockHinders {
		if err := l.Close(); err != nil {
			return err
		}
	}
	if err := disk.Replace(temp.Name(), target); err != nil {
		return disk.Fail(n.what, err)
	}
	if lockHinders {
		return nil
	}
	return l.Close()
}

// Reseal lets a new file take the place of the open one: sealed with a key, which keys
// tells the ways to, or plain for a nil key. The old file is not kept. The ledger is
// closed afterwards; after an error it is as it was. progress may be nil.
func (l *Ledger) Reseal(key *vault.Key, keys []byte, progress func(done, total int64)) error {
	if err := l.present(); err != nil {
		return err
	}
	return l.replace(newFile{what: "Không đổi được cách bảo vệ của tệp dữ liệu, tệp được giữ nguyên", key: key, keys: keys, progress: progress})
}

// rewrite writes all values of the file into a new one at path, chains the journal
// where it was not, and proves by reading both that nothing is missing.
func (l *Ledger) rewrite(path string, n newFile) error {
	return l.view(func(tx *bolt.Tx) error { return writeNew(l.viewOf(tx), path, n) })
}

// writeNew is rewrite of one state.
func writeNew(from *View, path string, n newFile) error {
	w, err := newWriter(path, sealerOf(n.key))
	if err != nil {
		return err
	}
	defer w.close()
	for p := inMeta + 1; p < places; p++ {
		if b := from.bucket(p); b != nil {
			w.total += int64(2 * b.Stats().KeyN)
		}
	}
	w.progress = n.progress
	if n.key != nil {
		if err := w.tx.Bucket(inMeta.name()).Put(keyKeys, w.s.seal(inMeta, keyKeys, n.keys)); err != nil {
			return err
		}
	}
	if err := w.fill(from, n.told); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	if err := compare(from, path, n.key, w); err != nil || n.progress == nil {
		return err
	}
	n.progress(w.total, w.total)
	return nil
}

// writer writes a new file, bucket by bucket in the order of keys.
type writer struct {
	db          *bolt.DB
	s           *sealer
	tx          *bolt.Tx
	state       state
	size        int // bytes since the last commit
	done, total int64
	progress    func(done, total int64)
}

// writtenAtOnce is how many bytes of a new file wait in memory.
const writtenAtOnce = 16 << 20

func newWriter(path string, s *sealer) (*writer, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return nil, err
	}
	w := &writer{db: db, s: s}
	if err := db.Update(createBuckets); err != nil {
		db.Close()
		return nil, err
	}
	w.tx, err = db.Begin(true)
	return w, err
}

func (w *writer) close() error {
	if w.tx != nil {
		w.tx.Rollback()
		w.tx = nil
	}
	return w.db.Close()
}

// step is told of each value that was written or compared.
func (w *writer) step() {
	if w.done++; w.done%4096 == 0 && w.progress != nil {
		w.progress(w.done, max(w.total, w.done))
	}
}

// put writes one value.
func (w *writer) put(at place, key, value []byte) error {
	b := w.tx.Bucket(at.name())
	b.FillPercent = 0.95
	stored := w.s.seal(at, key, value)
	w.state.held[at].add(at, key, stored)
	if err := b.Put(bytes.Clone(key), stored); err != nil {
		return err
	}
	w.step()
	if w.size += len(key) + len(stored); w.size < writtenAtOnce {
		return nil
	}
	w.size = 0
	if err := w.tx.Commit(); err != nil {
		return err
	}
	var err error
	w.tx, err = w.db.Begin(true)
	return err
}
