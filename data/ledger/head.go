package ledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"

	"giaoban/data/disk"
)

// Head is how far a data file has come: the newest entry of its journal. Two files
// of one office compare by it, whatever their names and clocks say.
type Head struct {
	Seq    uint64 // 0 for a file without entries
	Count  uint64 // of all entries; 0 in a file of version 3 and before
	Hash   string // of the entry, which stands for all before it; "" in a file of version 3 and before
	At     int64  // Unix seconds
	Title  string // "" where the file is protected and not open
	Kind   Kind
	Backup bool    // the file is a backup
	Mark   string  // tells the entry from all others, see Entry.mark; "" without entries
	s      *sealer // of the file
}

func headOf(e Entry, s *sealer) Head {
	return Head{Seq: e.Seq, Count: e.N, Hash: e.Hash, At: e.At, Title: e.Title, Kind: e.Kind, Mark: e.mark(), s: s}
}

// is reports whether an entry is the one that the head of another file ends with.
func (h Head) is(e Entry) bool {
	return h.Seq > 0 && h.Seq == e.Seq && h.Mark == e.mark() && (h.Hash == "" || e.Hash == "" || h.Hash == e.Hash)
}

// Head returns the newest entry of the journal.
func (v *View) Head() (h Head, err error) {
	list, err := v.Journal(1)
	if err != nil || len(list) == 0 {
		return h, err
	}
	return headOf(list[0], v.s), nil
}

// Holds reports whether the journal of the open file holds the entry that the head
// of another file ends with: then all that the other file holds is here, or was.
func (v *View) Holds(h Head) bool {
	value := v.get(inJournal, key64(h.Seq))
	if value == nil {
		return false
	}
	e, err := decodeEntry(key64(h.Seq), value)
	return err == nil && h.is(e)
}

// Within reports whether the journal of a file that is not open holds the entry that
// the head ends with, and goes on after it: then that file is the newer of two of
// one register.
func (h Head) Within(path string) bool {
	f, err := os.Open(path)
	if err != nil || h.Seq == 0 {
		return false
	}
	defer f.Close()
	list, ok := metas(f)
	if !ok {
		return false
	}
	s := &survey{r: f, m: current(list)}
	last, err := s.head()
	if err != nil || last.Seq <= h.Seq {
		return false
	}
	e, err := s.entry(last.s, key64(h.Seq))
	return err == nil && h.is(e)
}

// ReadHead reads the head of a data file or backup that is not open, without
// locking or changing it; a few pages are read. data.Damaged when it cannot be
// read or is no data file.
func ReadHead(path string) (Head, error) {
	target, err := disk.Target(path)
	if err != nil {
		return Head{}, err
	}
	f, err := os.Open(target)
	if err != nil {
		return Head{}, disk.Fail("Không đọc được "+disk.Name(path), err)
	}
	defer f.Close()
	list, ok := metas(f)
	if !ok {
		return Head{}, (Options{Shown: path, copied: true}).damaged(notOurs, nil)
	}
	h, err := (&survey{r: f, m: current(list)}).head()
	if err != nil {
		return h, (Options{Shown: path, copied: true}).damaged(fmt.Sprintf("bị hỏng (%v)", err), err)
	}
	return h, nil
}

// head reads the newest entry of the journal.
func (s *survey) head() (h Head, err error) {
	_, raw, err := s.lookup(inMeta, keyVersion)
	if err != nil {
		return h, err
	}
	raw = bytes.Clone(raw) // the buffer is used again
	version, _ := binary.Uvarint(raw)
	h.s = &sealer{bare: version < schemaVersion}
	if _, mark, err := s.lookup(inMeta, keyBackup); err != nil {
		return h, err
	} else if mark != nil {
		h.Backup = true
	}
	e, err := s.entry(h.s, nil)
	if err == nil && e.Seq > 0 {
		backup := h.Backup
		h = headOf(e, h.s)
		h.Backup = backup
	}
	return h, err
}

// entry reads an entry of the journal, the newest for a nil key; its zero value where
// there is none.
func (s *survey) entry(seal *sealer, key []byte) (e Entry, err error) {
	key, stored, err := s.lookup(inJournal, key)
	if err != nil || key == nil {
		return e, err
	}
	value, err := seal.open(nil, inJournal, key, stored)
	if err != nil {
		return e, err
	}
	return decodeEntry(key, value)
}
