package ledger

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"giaoban/data"
)

// JournalCheck is what walking back the journal found.
type JournalCheck struct {
	Count  int            // entries that are there
	Head   string         // hash of the newest
	Seq    uint64         // number of the newest
	Faults []JournalFault // the newest entry first; none means that journal and values agree
}

// walk is a walk back the journal.
type walk struct {
	*JournalCheck
	v      *View
	past   *past
	next   *Entry            // the one after
	parts  int               // under change that belong to an entry
	broken bool              // something is missing, so that older values need not agree
	given  map[string]bool   // what entries of the kind base name
	erased map[uint64]string // sums of entries that lost former values
}

func (w *walk) fault(seq uint64, format string, args ...any) {
	if len(w.Faults) < mostFaults {
		w.Faults = append(w.Faults, JournalFault{seq, fmt.Sprintf(format, args...)})
	}
}

// verify walks from the present values back to the first entry: an entry that was
// edited, deleted or put in, changes that were, and a value that no entry left as it is
// are each found. Which of the values of one entry it is can be told where the entry
// left few.
func (v *View) verify(ctx context.Context) (c JournalCheck, err error) {
	w := &walk{JournalCheck: &c, v: v, past: newPast(v), given: map[string]bool{}}
	st, err := stateIn(v.tx, v.s)
	if err == nil {
		w.erased, err = v.erasures()
	}
	if err != nil {
		return c, err
	}
	cursor := v.bucket(inJournal).Cursor()
	for k, stored := cursor.Last(); k != nil; k, stored = cursor.Prev() {
		if c.Count++; c.Count%256 == 0 && ctx.Err() != nil {
			return c, data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
		}
		if len(k) != 8 {
			w.fault(0, "có mục mang số lạ %x", k)
			continue
		}
		seq := binary.BigEndian.Uint64(k)
		value, err := v.s.open(nil, inJournal, k, stored)
		var e Entry
		if err == nil {
			e, err = decodeEntry(k, value)
		}
		if err != nil {
			w.fault(seq, "không đọc được")
			w.next, w.broken = nil, true
			continue
		}
		if c.Count == 1 {
			c.Head, c.Seq = e.Hash, e.Seq
			if st.seq != e.Seq || st.count != e.N || sumText(st.hash[:]) != e.Hash {
				w.fault(e.Seq, "không phải mục mới nhất mà tệp ghi nhớ (mục %d, thứ %d)", st.seq, st.count)
			}
		}
		w.entry(&e, value)
		w.next = &e
	}
	w.end(st)
	return c, nil
}

// entry looks at one entry, and takes it back.
func (w *walk) entry(e *Entry, value []byte) {
	core := coreOf(value)
	sum := hashOf(e.Seq, core)
	if core == nil || sumText(sum[:]) != e.Hash {
		w.fault(e.Seq, "đã bị sửa («%s»)", e.Title)
	}
	w.link(e)
	w.partsOf(e)
	left, err := w.past.left(e)
	switch {
	case err != nil:
		w.fault(e.Seq, "không đối chiếu được giá trị: %s", valueText(err))
	case left == e.Left:
	case w.broken:
		w.fault(e.Seq, "giá trị mà mục này để lại không còn khớp, do chỗ hỏng hay mất ở các mục sau")
	default:
		w.fault(e.Seq, "giá trị mà mục này để lại đã bị sửa ngoài nhật ký (%s)", w.named(e))
	}
	if err := w.past.back(e); err != nil {
		w.broken = true
	}
	if e.Kind == KindBase && !w.broken {
		_ = w.v.parts(e, func(c change) error { // read just now
			w.given[string(w.past.name(c.at, c.key))] = true
			return nil
		})
	}
}

// link compares an entry with the one after it.
func (w *walk) link(e *Entry) {
	if w.next == nil {
		return
	}
	switch missing := int64(w.next.N) - int64(e.N) - 1; {
	case missing > 0:
		w.fault(w.next.Seq, "ngay trước mục này mất %d mục", missing)
		w.broken = true
	case missing < 0:
		w.fault(w.next.Seq, "trùng số thứ tự với mục trước: có mục bị chèn vào")
	case w.next.Prev != e.Hash:
		w.fault(w.next.Seq, "không nối với mục %d đứng trước: mục ấy đã bị thay", e.Seq)
	}
}

// partsOf compares the changes of an entry with their sum.
func (w *walk) partsOf(e *Entry) {
	sum := newPartsSum()
	for part := range e.Parts {
		key := changeKey(e.Seq, part)
		stored := w.v.bucket(inChange).Get(key)
		value, err := w.v.s.open(nil, inChange, key, stored)
		if stored == nil || err != nil {
			w.fault(e.Seq, "phần thay đổi %d bị xóa hoặc không đọc được", part)
			w.broken = true
			return
		}
		w.parts++
		sum.add(value)
	}
	if text := sum.text(); text != e.Changed && text != w.erased[e.Seq] {
		w.fault(e.Seq, "những gì mục này đã thay bị sửa")
		w.broken = true
	}
}

// named names the values that an entry left, where they are few.
func (w *walk) named(e *Entry) string {
	var list []string
	n := uint64(0)
	err := w.v.parts(e, func(c change) error {
		if n += max(c.count, 1); c.count > 1 || !c.at.journaled() {
			return nil
		}
		key := c.key
		if c.count == 1 {
			key = key64(c.first)
		}
		if len(list) <= 4 {
			list = append(list, words[c.at]+" "+c.at.keyText(key))
		}
		return nil
	})
	if err != nil || n > 4 || len(list) == 0 {
		return fmt.Sprintf("một trong %d giá trị, «%s»", n, e.Title)
	}
	return strings.Join(list, ", ")
}

// end looks at what is left when all entries were taken back.
func (w *walk) end(st state) {
	if w.next == nil {
		if st.count > 0 && w.Count == 0 {
			w.fault(0, "tất cả %d mục đã bị xóa", st.count)
		}
	} else if w.next.N != 1 || w.next.Prev != "" {
		w.fault(w.next.Seq, "trước mục này mất %d mục đầu", max(w.next.N, 1)-1)
		w.broken = true
	}
	if n := w.v.bucket(inChange).Stats().KeyN; n > w.parts && !w.broken {
		w.fault(0, "có %d phần thay đổi không thuộc mục nào: mục của chúng đã bị xóa", n-w.parts)
	}
	err := w.past.rest(func(at place, key []byte, known bool) error {
		if known && w.given[string(w.past.name(at, key))] {
			return nil
		}
		if len(w.Faults) >= mostFaults {
			return errFound
		}
		w.fault(0, "không mục nào ghi %s «%s»: giá trị được đưa vào ngoài nhật ký", words[at], at.keyText(key))
		return nil
	})
	if err != nil && err != errFound {
		w.fault(0, "%s", valueText(err))
	}
}
