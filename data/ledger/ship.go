package ledger

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// Shipment is one change as it goes to the other desks of a register: all values that
// it wrote, in order, journal entry included.
type Shipment struct {
	Title   string
	Dossier uint64 // the one dossier that it wrote, 0 for none or many
	Body    []byte // for Bring of another desk; not sealed
	// Counters are the highest numbers of books that it moved.
	Counters []Counter
}

// Counter is the highest number of a book in a year.
type Counter struct {
	Book   string
	Year   int
	Number int64
}

// Sharing makes a file the copy that one desk has of a shared register. It is set
// before the first change.
type Sharing struct {
	// Desk is named in the journal with every change of this desk; undo acts on them alone.
	Desk string
	// Ship sends a change before it is committed here and returns the mark of the place
	// that it got, which the file keeps with it. Where it fails nothing is written.
	Ship func(ctx context.Context, s Shipment) (mark []byte, err error)
}

// Share makes the file a copy of a shared register. What counts is durable on the
// server: the copy is made anew where a loss of power spoils it, so that its changes
// need not wait for this machine's disk.
func (l *Ledger) Share(s *Sharing) { l.sharing, l.db.NoSync = s, true }

// Shared returns the mark of the last change that the file has of a shared register;
// nil in a file that is none of one.
func (v *View) Shared() []byte {
	stored := v.bucket(inMeta).Get(keyShared)
	if stored == nil {
		return nil
	}
	return bytes.Clone(v.opened(inMeta, keyShared, stored))
}

// Photograph writes the pages of one state of the copy, and returns its mark.
func (l *Ledger) Photograph(ctx context.Context, w io.Writer) (mark []byte, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		mark = l.viewOf(tx).Shared()
		_, err := tx.WriteTo(&stoppable{ctx, w})
		return err
	})
	return mark, err
}

// SetShared marks the file as the copy of a shared register as of a place in its log;
// nil makes it a file of its own again. It is no change of the journal.
func (l *Ledger) SetShared(mark []byte) error {
	if was := l.sharing; was == nil {
		l.sharing = &Sharing{}
		defer func() { l.sharing = nil }()
	}
	err := l.write(func(btx *bolt.Tx) error { return putShared(btx, l.s, mark) })
	if err == nil {
		l.copy.Store(mark != nil)
	}
	return err
}

func putShared(btx *bolt.Tx, s *sealer, mark []byte) error {
	if mark == nil {
		return btx.Bucket(inMeta.name()).Delete(keyShared)
	}
	return btx.Bucket(inMeta.name()).Put(keyShared, s.seal(inMeta, keyShared, mark))
}

// written collects what a transaction writes.
type written struct {
	raw      []byte
	counters map[[2]string]int64
}

// The values of a body: number of the bucket, key, 0 for a key that was removed or 1
// and the value; at the end seqMark and the number that each bucket gave last.
const seqMark = 0xFE

func (w *written) add(at place, key, value []byte) {
	w.raw = appendChange(w.raw, at, key, value)
	if at != inSetting || value == nil {
		return
	}
	year, book, ok := strings.Cut(strings.TrimPrefix(string(key), "seq/"), "/")
	if !ok || !strings.HasPrefix(string(key), "seq/") {
		return
	}
	if n, err := strconv.ParseInt(string(value), 10, 64); err == nil {
		if w.counters == nil {
			w.counters = map[[2]string]int64{}
		}
		w.counters[[2]string{year, book}] = n
	}
}

// shipment returns what was written by the end of the transaction.
func (tx *Tx) shipment(e *Entry) (Shipment, error) {
	w := tx.out
	raw := append(w.raw, seqMark)
	for at := inMeta + 1; at < places; at++ {
		raw = binary.AppendUvarint(raw, tx.into[at].Sequence())
	}
	var body bytes.Buffer
	z, err := flate.NewWriter(&body, flate.BestSpeed)
	if err != nil {
		return Shipment{}, err
	}
	if _, err := z.Write(raw); err != nil {
		return Shipment{}, err
	}
	if err := z.Close(); err != nil {
		return Shipment{}, err
	}
	s := Shipment{Title: e.Title, Body: body.Bytes()}
	if t := tx.Touched().Dossiers; len(t) == 1 {
		s.Dossier = t[0]
	}
	for at, n := range w.counters {
		if year, err := strconv.Atoi(at[0]); err == nil {
			s.Counters = append(s.Counters, Counter{Book: at[1], Year: year, Number: n})
		}
	}
	return s, nil
}

// send ships the change, where the file is shared.
func (tx *Tx) send(ctx context.Context, e *Entry) error {
	if tx.out == nil {
		return nil
	}
	s, err := tx.shipment(e)
	if err != nil {
		return err
	}
	mark, err := tx.sharing.Ship(ctx, s)
	if err != nil {
		return err
	}
	return putShared(tx.tx, tx.s, mark)
}

// largestBody bounds what a body of an event may unpack to.
const largestBody = 2 << 30

// Bring writes the changes of other desks, oldest first, in one transaction; mark is
// the place of the last. then is as for Undo. It takes them as they are: what they
// were checked against stands where they were made.
func (l *Ledger) Bring(bodies [][]byte, mark []byte, then func(*Tx) error) error {
	return l.write(func(btx *bolt.Tx) error {
		tx, err := l.openTx(btx)
		if err != nil {
			return err
		}
		for _, body := range bodies {
			if err := tx.bring(body); err != nil {
				return err
			}
		}
		if err := then(tx); err != nil {
			return err
		}
		if err := putShared(btx, l.s, mark); err != nil {
			return err
		}
		tx.committing()
		return tx.state.save(btx, l.s)
	})
}

var errBody = data.Fail(data.Damaged, "Thay đổi nhận từ máy chủ không đọc được nên chưa nhận gì. Báo người quản trị máy chủ.", nil)

func (tx *Tx) bring(body []byte) error {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), largestBody))
	if err != nil {
		return errBody
	}
	r := reader{b: raw}
	for {
		at := place(r.byte())
		if at == seqMark || r.bad {
			break
		}
		key := r.text()
		var value []byte
		if r.byte() == 1 {
			value = r.text()
		}
		if r.bad || at <= inMeta || at >= places {
			return errBody
		}
		if err := tx.take(at, key, value); err != nil {
			return err
		}
	}
	for at := inMeta + 1; at < places; at++ {
		if n := r.uint(); n > tx.into[at].Sequence() {
			if err := tx.into[at].SetSequence(n); err != nil {
				return err
			}
		}
	}
	if r.bad || len(r.b) > 0 {
		return errBody
	}
	return nil
}

// take writes one value of another desk.
func (tx *Tx) take(at place, key, value []byte) error {
	switch at {
	case inDossier:
		if len(key) != 8 {
			return errBody
		}
		tx.touched = append(tx.touched, binary.BigEndian.Uint64(key))
	case inJournal:
		e, err := decodeEntry(key, value)
		if err != nil {
			return err
		}
		sum, err := sumOfText(e.Hash)
		if err != nil {
			return errBody
		}
		tx.state.seq, tx.state.count, tx.state.at, tx.state.hash = e.Seq, e.N, e.At, sum
	default:
		tx.touch(at, key)
	}
	return tx.store(at, key, tx.into[at].Get(key), value)
}

// OnCommit calls fn when all is written and nothing but the commit itself is left,
// which may still fail.
func (tx *Tx) OnCommit(fn func()) { tx.atCommit = append(tx.atCommit, fn) }

func (tx *Tx) committing() {
	for _, fn := range tx.atCommit {
		fn()
	}
}

// revisions begins the settings that tell which state a cache was made of. They are
// no facts: every change of one gets the next number, also where undo takes it back.
const revisions, lastRevision = "log-rev/", "seq/log-rev"

// revise lets the revisions among what undo puts back go on instead, where others
// may know of the later ones.
func (tx *Tx) revise(back []change) error {
	if tx.sharing == nil {
		return nil
	}
	for i, c := range back {
		if c.at != inSetting || !strings.HasPrefix(string(c.key), revisions) {
			continue
		}
		last, _ := strconv.Atoi(string(tx.Setting(lastRevision)))
		back[i].old = []byte(strconv.Itoa(last + 1))
		if err := tx.PutSetting(lastRevision, back[i].old); err != nil {
			return err
		}
	}
	return nil
}

// builtOn refuses to take back a change of this desk on which another desk has built:
// data.Conflict naming it.
func (v *View) builtOn(e *Entry) error {
	if v.desk == "" {
		return nil
	}
	mine := map[string]bool{}
	key := func(c change) string { return string(append([]byte{byte(c.at)}, c.key...)) }
	if err := v.changes(e, func(c change) error {
		if !lasts(c.at, c.key) && !(c.at == inSetting && strings.HasPrefix(string(c.key), revisions)) {
			mine[key(c)] = true
		}
		return nil
	}); err != nil {
		return err
	}
	c := v.bucket(inJournal).Cursor()
	for k, stored := c.Last(); k != nil && binary.BigEndian.Uint64(k) > e.Seq; k, stored = c.Prev() {
		later, err := decodeEntry(k, v.opened(inJournal, k, stored))
		if err != nil {
			return err
		}
		if later.Desk == v.desk {
			continue
		}
		if err := v.changes(&later, func(c change) error {
			if !mine[key(c)] {
				return nil
			}
			return data.Fail(data.Conflict, fmt.Sprintf("Chưa hoàn tác gì: %s đã sửa tiếp lúc %s («%s»). Sửa lại bằng tay nếu cần.",
				later.Desk, time.Unix(later.At, 0).Format("15:04 02/01/2006"), later.Title), nil)
		}); err != nil {
			return err
		}
	}
	return nil
}
