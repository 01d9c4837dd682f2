package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// Salvaged is what was saved out of a damaged file, and what was not.
type Salvaged struct {
	Read map[string]int // values that went to the new file, by bucket
	Lost []string       // what could not be read, in Vietnamese; none where all could
}

// Salvage writes all that can be read of a damaged file, which is not changed, into a
// new one at out, which must not be there: data.Conflict. A value goes over only where it
// is what was stored. The journal of the new file is chained anew and says where it comes
// from; what an entry replaced and cannot be read is no longer taken back. A protected
// file needs its key, and so does the new one. data.Damaged where nothing can be read.
func Salvage(ctx context.Context, path, out string, opt Options) (r Salvaged, err error) {
	if opt.Shown == "" {
		opt.Shown = path
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
		return r, data.Fail(data.Conflict, fmt.Sprintf("Đã có tệp %s. Chọn tên khác cho tệp cứu được.", disk.Name(out)), err)
	}
	target, err := disk.Target(path)
	if err != nil {
		return r, err
	}
	f, err := os.OpenFile(target, os.O_RDONLY, 0)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return r, notThere(path, err)
		}
		return r, openError(opt, err)
	}
	defer unlock(f)
	if err := lock(f, true, lockPatience); err != nil {
		return r, openError(opt, err)
	}
	what := "Không ghi được tệp cứu được " + disk.Name(out)
	var temps [2]string
	for i := range temps {
		t, err := disk.Temp(filepath.Dir(out), "dang-tao")
		if err != nil {
			return r, disk.Fail(what, err)
		}
		temps[i] = t.Name()
		defer os.Remove(temps[i])
		if err := t.Close(); err != nil {
			return r, disk.Fail(what, err)
		}
	}
	s := &salvage{Salvaged: Salvaged{Read: map[string]int{}}, ctx: ctx, opt: opt, f: f}
	if err := s.gather(temps[0]); err != nil {
		return s.Salvaged, disk.Fail(what, err)
	}
	if err := s.write(temps[0], temps[1]); err != nil {
		return s.Salvaged, disk.Fail(what, err)
	}
	if err := disk.Replace(temps[1], out); err != nil {
		return s.Salvaged, disk.Fail(what, err)
	}
	return s.Salvaged, nil
}

// salvage is a salvage under way.
type salvage struct {
	Salvaged
	ctx  context.Context
	opt  Options
	f    *os.File
	keys []byte // the ways to the key of a protected file
	w    *writer
	last [places]uint64
	err  error // of writing
}

func (s *salvage) lost(format string, args ...any) {
	if len(s.Lost) < 10*mostFaults {
		s.Lost = append(s.Lost, fmt.Sprintf(format, args...))
	}
}

// gather writes the values into a scratch file, as they are.
func (s *salvage) gather(scratch string) error {
	w, err := newWriter(scratch, &sealer{bare: true})
	if err != nil {
		return err
	}
	defer w.close()
	s.w = w
	info, err := s.f.Stat()
	if err != nil {
		return err
	}
	list, ok := metas(s.f)
	m := current(list)
	if !ok || m.pages > uint64(info.Size())/uint64(m.size) {
		s.lost("Hai trang đầu của tệp không đọc được: tìm từng trang.")
		m = meta{size: os.Getpagesize(), pages: uint64(info.Size()) / uint64(os.Getpagesize()), freelist: noFreelist}
	}
	seal, err := s.sealer(m)
	if err != nil {
		return err
	}
	tree := &survey{r: s.f, m: m, verify: seal, whole: map[uint64]bool{}, keep: s.keep, stop: func() bool { return s.err != nil || s.ctx.Err() != nil }}
	tree.run()
	s.tell(tree)
	if len(tree.faults) > 0 && !seal.bare {
		s.orphans(tree)
	}
	for at, t := range tree.held {
		s.last[at] = max(s.last[at], min(t.last, uint64(info.Size())))
	}
	if s.err == nil && s.ctx.Err() != nil {
		s.err = data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Không có tệp nào được ghi.", s.ctx.Err())
	}
	if s.err != nil {
		return s.err
	}
	if s.w.done == 0 {
		return s.opt.damaged("không còn gì đọc được", nil)
	}
	for at := inMeta + 1; at < places; at++ {
		if err := w.tx.Bucket(at.name()).SetSequence(s.last[at]); err != nil {
			return err
		}
	}
	if err := s.mend(); err != nil {
		return err
	}
	return w.finish()
}

// sealer is that of the damaged file. Of one whose front cannot be read it is that of
// this version, and of a protected one where its key came along.
func (s *salvage) sealer(m meta) (*sealer, error) {
	front := &survey{r: s.f, m: m}
	_, stored, err := front.lookup(inMeta, keyKeys)
	if err == nil && stored != nil {
		if keys, err := (&sealer{}).open(nil, inMeta, keyKeys, stored); err == nil {
			s.keys = bytes.Clone(keys)
		}
	}
	if s.keys == nil {
		if seal, err := front.sealer(nil); err == nil && seal != nil && stored == nil {
			return seal, nil
		}
		// Pages that are no longer used may hold what was there before.
		s.eachPage(m, func(_ uint64, page []byte) {
			entries(page, func(key, stored []byte) {
				if !bytes.Equal(key, keyKeys) {
					return
				}
				if keys, err := (&sealer{}).open(nil, inMeta, keyKeys, stored); err == nil {
					s.keys = bytes.Clone(keys)
				}
			})
		})
	}
	if s.keys == nil && s.opt.Key != nil && s.opt.Keys != nil {
		s.keys = s.opt.Keys
		s.lost("Danh sách mật khẩu và khóa của tệp không đọc được, dùng danh sách đã chép nơi khác.")
	}
	switch {
	case s.keys == nil && s.opt.Key == nil:
		return &sealer{}, nil
	case s.keys == nil:
		return nil, s.opt.damaged("bị hỏng ở chỗ ghi các cách mở khóa, nên tệp cứu được sẽ không mở được nữa", nil)
	case s.opt.Key == nil:
		return nil, data.Fail(data.Sealed, fmt.Sprintf("Tệp dữ liệu %s đang được bảo vệ. Gõ mật khẩu hoặc mã khôi phục để cứu.", disk.Name(s.opt.Shown)), nil)
	}
	return sealerOf(s.opt.Key), nil
}

// keep takes a value that was read.
func (s *salvage) keep(at place, key, value []byte) {
	if at == inCode || s.err != nil {
		return // worked out from the dossiers
	}
	if err := (&checking{}).decodes(at, key, value); err != nil {
		s.lost("%s.", valueText(err))
		return
	}
	if len(key) == 8 || len(key) == 4 {
		id := uint64(0)
		for _, b := range key {
			id = id<<8 | uint64(b)
		}
		s.last[at] = max(s.last[at], id)
	}
	if at == inRecord && len(key) > 8 {
		s.last[at] = max(s.last[at], binary.BigEndian.Uint64(key[len(key)-8:]))
	}
	s.Read[names[at]]++
	s.err = s.w.put(at, key, value)
	if at == inDossier && s.err == nil {
		s.Read[names[inCode]]++
		s.err = s.w.put(inCode, []byte(codeOf(value)), key)
	}
}

// tell lists what the tree of pages did not give.
func (s *salvage) tell(tree *survey) {
	for _, err := range tree.faults {
		s.lost("Trang dữ liệu hỏng: %v.", err)
	}
	for _, err := range tree.values {
		s.lost("%s.", valueText(err))
	}
	stored := tree.front[string(keyState)]
	if stored == nil {
		return
	}
	st, err := openState(stored)
	if err != nil {
		s.lost("%s.", valueText(err))
		return
	}
	for at := inMeta + 1; at < places; at++ {
		if have, want := tree.held[at].keys, st.held[at].keys; have != want {
			s.lost("Ngăn %s: tìm theo cây được %d mục, phải có %d.", words[at], have, want)
		}
	}
	s.last = [places]uint64{}
	for at, t := range st.held {
		s.last[at] = t.last
	}
}

// orphans looks through the pages that the tree did not lead to. A value says by its
// checksum where it belongs.
func (s *salvage) orphans(tree *survey) {
	found := 0
	s.eachPage(tree.m, func(id uint64, page []byte) {
		if tree.whole[id] || tree.state[id] == pageFree || tree.stop() {
			return
		}
		entries(page, func(key, stored []byte) {
			for p := inMeta + 1; p < places; p++ {
				value, err := tree.verify.open(nil, p, key, stored)
				if err != nil || s.w.tx.Bucket(p.name()).Get(key) != nil {
					continue
				}
				s.keep(p, bytes.Clone(key), bytes.Clone(value))
				found++
				return
			}
		})
	})
	if found > 0 {
		s.lost("Tìm thêm được %d mục ở các trang rời; có thể gồm cả mục đã bỏ.", found)
	}
}

// eachPage calls fn with every page that can be read, with what overflows from it.
func (s *salvage) eachPage(m meta, fn func(id uint64, page []byte)) {
	raw := make([]byte, m.size)
	for id := uint64(2); id < m.pages && s.ctx.Err() == nil; id++ {
		if n, err := s.f.ReadAt(raw, int64(id)*int64(m.size)); n < len(raw) || err != nil && err != io.EOF {
			continue
		}
		page := raw
		if over := uint64(binary.LittleEndian.Uint32(raw[12:])); over > 0 && over < 1<<16 && id+over < m.pages {
			page = make([]byte, (int(over)+1)*m.size)
			if n, _ := s.f.ReadAt(page, int64(id)*int64(m.size)); n < len(page) {
				page = raw
			}
		}
		fn(id, page)
	}
}

// entries calls fn with what makes sense of a leaf, and of the small buckets in it.
func entries(raw []byte, fn func(key, stored []byte)) {
	le := binary.LittleEndian
	if le.Uint16(raw[8:]) != flagLeaf {
		return
	}
	for i := range int(le.Uint16(raw[10:])) {
		at := pageHead + i*elementLen
		if at+elementLen > len(raw) {
			return
		}
		b := raw[at:]
		from := uint64(at) + uint64(le.Uint32(b[4:]))
		mid := from + uint64(le.Uint32(b[8:]))
		end := mid + uint64(le.Uint32(b[12:]))
		if end > uint64(len(raw)) {
			continue
		}
		key, stored := raw[from:mid], raw[mid:end]
		switch {
		case le.Uint32(b)&flagBucket == 0:
			fn(key, stored)
		case len(stored) > bucketLen+pageHead && le.Uint64(stored) == 0:
			entries(stored[bucketLen:], fn)
		}
	}
}

// mend brings the journal in a form that holds together: an entry whose changes are not
// all there keeps its words alone.
func (s *salvage) mend() error {
	v := &View{tx: s.w.tx, s: s.w.s}
	owned := map[uint64]uint32{}
	var broken []Entry
	err := v.each(inJournal, nil, func(key, value []byte) error {
		e, err := decodeEntry(key, value)
		if err != nil {
			return err
		}
		for part := range e.Parts {
			if v.get(inChange, changeKey(e.Seq, part)) == nil {
				s.lost("Nhật ký, mục %d «%s»: phần thay đổi không đọc được, không hoàn tác được nữa.", e.Seq, e.Title)
				e.Parts, e.Kind = 0, KindNote
				broken = append(broken, e)
				break
			}
		}
		owned[e.Seq] = e.Parts
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range broken {
		value, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if err := s.w.tx.Bucket(inJournal.name()).Put(key64(e.Seq), value); err != nil {
			return err
		}
	}
	var loose [][]byte
	err = v.each(inChange, nil, func(key, _ []byte) error {
		if len(key) != 12 || binary.BigEndian.Uint32(key[8:]) >= owned[binary.BigEndian.Uint64(key)] {
			loose = append(loose, bytes.Clone(key))
		}
		return nil
	})
	for _, key := range loose {
		if err == nil {
			err = s.w.tx.Bucket(inChange.name()).Delete(key)
		}
	}
	return err
}

// write makes the new file of the scratch file.
func (s *salvage) write(scratch, out string) error {
	db, err := bolt.Open(scratch, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.View(func(tx *bolt.Tx) error {
		from := &View{tx: tx, s: &sealer{bare: true}}
		var key *vault.Key
		if s.keys != nil {
			key = s.opt.Key
		}
		told := &Entry{At: s.opt.Now().Unix(), Title: fmt.Sprintf("Cứu dữ liệu từ tệp hỏng %s", filepath.Base(s.opt.Shown))}
		return writeNew(from, out, newFile{key: key, keys: s.keys, told: told, progress: s.opt.Progress})
	})
}
