package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"

	"giaoban/data/disk"
)

// Head is how far a data file has come: the newest entry of its journal. Two files
// of one office compare by it, whatever their names and clocks say.
type Head struct {
	Seq    uint64 // 0 for a file without entries
	At     int64  // Unix seconds
	Title  string
	Kind   Kind
	Backup bool // the file is a backup
	raw    []byte
}

// head reads the newest entry of the journal.
func (s *survey) head() (h Head, err error) {
	k, value, err := s.lookup(bucketJournal, nil)
	if err != nil {
		return h, err
	}
	if len(k) == 8 {
		var e Entry
		if err := json.Unmarshal(unseal(value), &e); err != nil {
			return h, err
		}
		h = Head{Seq: binary.BigEndian.Uint64(k), At: e.At, Title: e.Title, Kind: e.Kind, raw: bytes.Clone(value)}
	}
	_, mark, err := s.lookup(bucketMeta, keyBackup)
	h.Backup = mark != nil
	return h, err
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
		return Head{}, (Options{shown: path, copied: true}).damaged(notOurs, nil)
	}
	h, err := (&survey{r: f, m: current(list)}).head()
	if err != nil {
		return h, (Options{shown: path, copied: true}).damaged(fmt.Sprintf("bị hỏng (%v)", err), err)
	}
	return h, nil
}

// Holds reports whether the journal of the open file holds the entry that the head
// of another file ends with: then all that the other file holds is here, or was.
func (v *View) Holds(h Head) bool {
	return h.Seq > 0 && bytes.Equal(v.tx.Bucket(bucketJournal).Get(key64(h.Seq)), h.raw)
}

// Head returns the newest entry of the journal.
func (v *View) Head() (h Head, err error) {
	k, value := v.tx.Bucket(bucketJournal).Cursor().Last()
	if k == nil {
		return h, nil
	}
	e, err := decodeEntry(k, value)
	return Head{Seq: e.Seq, At: e.At, Title: e.Title, Kind: e.Kind, raw: bytes.Clone(value)}, err
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
	_, value, err := s.lookup(bucketJournal, key64(h.Seq))
	return err == nil && bytes.Equal(value, h.raw)
}
