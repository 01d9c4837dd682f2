package ledger

import (
	"encoding/binary"
	"fmt"
	"os"

	"giaoban/data/disk"
	"giaoban/data/vault"
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
	Backup bool   // the file is a backup
	Mark   string // tells the entry from all others, see Entry.mark; "" without entries and of a protected file
}

func headOf(e Entry) Head {
	return Head{Seq: e.Seq, Count: e.N, Hash: e.Hash, At: e.At, Title: e.Title, Kind: e.Kind, Mark: e.mark()}
}

// Head returns the head of a journal that ends with the entry.
func (e Entry) Head() Head { return headOf(e) }

// is reports whether an entry is the one that the head of another file ends with.
func (h Head) is(e Entry) bool {
	if h.Seq == 0 || h.Seq != e.Seq {
		return false
	}
	if h.Hash != "" && e.Hash != "" {
		return h.Hash == e.Hash
	}
	return h.Mark == e.mark()
}

// Head returns the newest entry of the journal.
func (v *View) Head() (h Head, err error) {
	list, err := v.Journal(1)
	if err != nil || len(list) == 0 {
		return h, err
	}
	return headOf(list[0]), nil
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
// one register. key opens it where it is protected.
func (h Head) Within(path string, key *vault.Key) bool {
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
	seal, err := s.sealer(key)
	if err != nil || seal == nil {
		return false
	}
	last, err := s.entry(seal, nil)
	if err != nil || last.Seq <= h.Seq {
		return false
	}
	e, err := s.entry(seal, key64(h.Seq))
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
	h, err := (&survey{r: f, m: current(list)}).head(nil)
	if err != nil {
		return h, (Options{Shown: path, copied: true}).damaged(fmt.Sprintf("bị hỏng (%v)", err), err)
	}
	return h, nil
}

// head reads the newest entry of the journal; of a protected file what stands in its
// state.
func (s *survey) head(key *vault.Key) (h Head, err error) {
	seal, err := s.sealer(key)
	if err != nil {
		return h, err
	}
	_, mark, err := s.lookup(inMeta, keyBackup)
	if err != nil {
		return h, err
	}
	backup := mark != nil
	if seal != nil {
		e, err := s.entry(seal, nil)
		if err == nil && e.Seq > 0 {
			h = headOf(e)
		}
		h.Backup = backup
		return h, err
	}
	_, stored, err := s.lookup(inMeta, keyState)
	if err != nil {
		return h, err
	}
	st, err := openState(stored)
	if st.count > 0 {
		h = Head{Seq: st.seq, Count: st.count, At: st.at, Hash: sumText(st.hash[:])}
	}
	h.Backup = backup
	return h, err
}

// sealer is that of the file; nil for a protected one without its key.
func (s *survey) sealer(key *vault.Key) (*sealer, error) {
	_, raw, err := s.lookup(inMeta, keyVersion)
	if err != nil {
		return nil, err
	}
	if version, _ := binary.Uvarint(raw); version < schemaVersion {
		return &sealer{bare: true}, nil
	}
	_, keys, err := s.lookup(inMeta, keyKeys)
	switch {
	case err != nil || keys != nil && key == nil:
		return nil, err
	case keys == nil:
		key = nil
	}
	return sealerOf(key), nil
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
