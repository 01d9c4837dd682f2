package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
)

// The file is read here page by page, by plain reads and within bounds, before
// bbolt maps it: bbolt trusts its pages, and one wrong bit there reads beyond the
// mapping, which ends the program, or turns in a circle for ever.

// The layout of the pages, as bbolt writes them.
const (
	pageHead      = 16 // id 8, flags 2, count 2, overflow 4
	metaLen       = 64 // after the head: magic 4, version 4, page size 4, flags 4, root 8, sequence 8, freelist 8, pages 8, transaction 8, checksum 8
	elementLen    = 16
	bucketLen     = 16 // root 8, sequence 8
	flagBranch    = 0x01
	flagLeaf      = 0x02
	flagFree      = 0x10
	flagBucket    = 0x01
	storeMagic    = 0xED0CDAED
	storeVersion  = 2
	noFreelist    = ^uint64(0)
	deepest       = 64 // levels of a tree; a real one has fewer than ten
	largestFaults = 100
)

// meta is one of the two first pages, which say where everything is.
type meta struct {
	slot           int
	valid          bool
	size           int // of a page
	root, freelist uint64
	pages          uint64
	tx             uint64
}

func parseMeta(raw []byte, slot int) meta {
	le := binary.LittleEndian
	b := raw[pageHead : pageHead+metaLen]
	sum := fnv.New64a()
	sum.Write(b[:metaLen-8])
	m := meta{slot: slot, size: int(le.Uint32(b[8:])), root: le.Uint64(b[16:]), freelist: le.Uint64(b[32:]), pages: le.Uint64(b[40:]), tx: le.Uint64(b[48:])}
	m.valid = le.Uint32(b) == storeMagic && le.Uint32(b[4:]) == storeVersion && le.Uint64(b[56:]) == sum.Sum64() && m.size >= 512 && m.size <= 1<<16
	return m
}

// metas are the two first pages. ok is false when neither can be read.
func metas(r io.ReaderAt) (list [2]meta, ok bool) {
	raw := make([]byte, pageHead+metaLen)
	read := func(at int64, slot int) bool {
		if _, err := r.ReadAt(raw, at); err != nil {
			return false
		}
		list[slot] = parseMeta(raw, slot)
		return list[slot].valid
	}
	if read(0, 0) {
		read(int64(list[0].size), 1)
		return list, true
	}
	for size := 1024; size <= 1<<16; size *= 2 {
		if read(int64(size), 1) && list[1].size == size {
			return list, true
		}
	}
	return list, false
}

// current returns the page that counts: the valid one of the newest transaction.
func current(list [2]meta) meta {
	if list[1].valid && (!list[0].valid || list[1].tx > list[0].tx) {
		return list[1]
	}
	return list[0]
}

// metaState tells what of the two first pages is damaged.
type metaState int

const (
	metaSound metaState = iota
	metaSpare           // the page of the transaction before is damaged: nothing is lost
	metaLast            // the page of the newest transaction is, or may be: that transaction is lost
)

// stateOf compares the two first pages. The damaged one was the older where its
// number of the transaction, or else the journal that it leads to, says so.
func stateOf(r io.ReaderAt, list [2]meta) metaState {
	if list[0].valid && list[1].valid {
		return metaSound
	}
	good := current(list)
	bad := list[1-good.slot]
	switch bad.tx {
	case good.tx + 1:
		return metaLast
	case good.tx - 1:
		return metaSpare
	}
	bad.size, bad.pages = good.size, good.pages
	was, err := (&survey{r: r, m: bad}).head()
	now, nerr := (&survey{r: r, m: good}).head()
	if err == nil && nerr == nil && was.Seq < now.Seq {
		return metaSpare
	}
	return metaLast
}

// element is one entry of a page.
type element struct {
	flags      uint32
	key, value []byte // in the buffer of the page
	child      uint64 // of a branch
}

// pageFault is a damaged page; its text is for an officer who calls for help.
type pageFault struct {
	page uint64
	what string
}

// Error implements error.
func (f pageFault) Error() string { return fmt.Sprintf("trang %d: %s", f.page, f.what) }

// elements takes apart a page or an inline bucket. list is filled and returned.
func elements(id uint64, raw []byte, list []element) (leaf bool, _ []element, err error) {
	le := binary.LittleEndian
	bad := func(what string) (bool, []element, error) { return false, nil, pageFault{id, what} }
	flags, count := le.Uint16(raw[8:]), int(le.Uint16(raw[10:]))
	if flags != flagBranch && flags != flagLeaf {
		return bad(fmt.Sprintf("loại lạ %#x", flags))
	}
	first := pageHead + count*elementLen
	if first > len(raw) {
		return bad("nhiều mục hơn cỡ trang")
	}
	leaf = flags == flagLeaf
	list = list[:0]
	for i := range count {
		at := pageHead + i*elementLen
		b := raw[at : at+elementLen]
		var e element
		var pos, keyLen, valueLen uint64
		if leaf {
			e.flags, pos, keyLen, valueLen = le.Uint32(b), uint64(le.Uint32(b[4:])), uint64(le.Uint32(b[8:])), uint64(le.Uint32(b[12:]))
		} else {
			pos, keyLen, e.child = uint64(le.Uint32(b)), uint64(le.Uint32(b[4:])), le.Uint64(b[8:])
		}
		from := uint64(at) + pos
		if from < uint64(first) && keyLen+valueLen > 0 || from+keyLen+valueLen > uint64(len(raw)) {
			return bad("mục chỉ ra ngoài trang")
		}
		if e.flags&^flagBucket != 0 {
			return bad("mục có dấu lạ")
		}
		e.key, e.value = raw[from:from+keyLen], raw[from+keyLen:from+keyLen+valueLen]
		if len(list) > 0 && bytes.Compare(list[len(list)-1].key, e.key) >= 0 {
			return bad("khóa không theo thứ tự")
		}
		list = append(list, e)
	}
	return leaf, list, nil
}

// survey walks all pages of one state of the file.
type survey struct {
	r      io.ReaderAt
	m      meta
	state  []byte // of each page: 0 not seen, pageUsed, pageFree
	raw    [][]byte
	list   [][]element
	faults []error
	stop   func() bool // nil, or tells to give up
}

const (
	pageUsed = 1
	pageFree = 2
)

// page reads a page with what overflows from it, into the buffer of its depth.
func (s *survey) page(id uint64, depth int) ([]byte, error) {
	if id < 2 || id >= s.m.pages {
		return nil, pageFault{id, "nằm ngoài tệp"}
	}
	for len(s.raw) <= depth {
		s.raw, s.list = append(s.raw, make([]byte, s.m.size)), append(s.list, nil)
	}
	raw := s.raw[depth][:s.m.size]
	if _, err := s.r.ReadAt(raw, int64(id)*int64(s.m.size)); err != nil {
		return nil, readFault(id, err)
	}
	if got := binary.LittleEndian.Uint64(raw); got != id {
		return nil, pageFault{id, "mang số của trang khác"}
	}
	over := uint64(binary.LittleEndian.Uint32(raw[12:]))
	if over == 0 {
		return raw, nil
	}
	if id+over >= s.m.pages {
		return nil, pageFault{id, "kéo dài ra ngoài tệp"}
	}
	// Each page is read once, whatever the pages say, so that none makes it long.
	for i := uint64(1); i <= over && s.state != nil; i++ {
		if s.state[id+i] == pageUsed {
			return nil, pageFault{id + i, "được dùng hai lần"}
		}
	}
	whole := int(over+1) * s.m.size
	if cap(s.raw[depth]) < whole {
		s.raw[depth] = make([]byte, whole)
	}
	raw = s.raw[depth][:whole]
	if _, err := s.r.ReadAt(raw, int64(id)*int64(s.m.size)); err != nil {
		return nil, readFault(id, err)
	}
	return raw, nil
}

// readFault tells a page that the disk does not give from one that is not there.
func readFault(id uint64, err error) error {
	if err == io.EOF {
		return pageFault{id, "nằm sau chỗ tệp bị cụt"}
	}
	return err
}

// take marks a page and what overflows from it as used.
func (s *survey) take(id uint64, raw []byte) error {
	for i := range uint64(len(raw) / s.m.size) {
		switch s.state[id+i] {
		case pageUsed:
			return pageFault{id + i, "được dùng hai lần"}
		case pageFree:
			return pageFault{id + i, "vừa được dùng vừa ghi là trống"}
		}
		s.state[id+i] = pageUsed
	}
	return nil
}

// tree walks the tree under a page. All keys lie from low to below high, where
// these are not nil.
func (s *survey) tree(id uint64, low, high []byte, depth int) {
	if len(s.faults) >= largestFaults || s.stop != nil && s.stop() {
		return
	}
	if err := s.step(id, low, high, depth); err != nil {
		s.faults = append(s.faults, err)
	}
}

func (s *survey) step(id uint64, low, high []byte, depth int) error {
	if depth > deepest {
		return pageFault{id, "cây quá sâu"}
	}
	raw, err := s.page(id, depth)
	if err != nil {
		return err
	}
	if err := s.take(id, raw); err != nil {
		return err
	}
	leaf, list, err := elements(id, raw, s.list[depth])
	if err != nil {
		return err
	}
	s.list[depth] = list
	if n := len(list); n > 0 {
		if low != nil && bytes.Compare(list[0].key, low) < 0 || high != nil && bytes.Compare(list[n-1].key, high) >= 0 {
			return pageFault{id, "khóa nằm ngoài khoảng của trang trên"}
		}
	} else if !leaf {
		return pageFault{id, "trang nhánh không có mục nào"}
	}
	for i, e := range list {
		switch {
		case !leaf:
			next := high
			if i+1 < len(list) {
				next = list[i+1].key
			}
			s.tree(e.child, e.key, next, depth+1)
		case e.flags&flagBucket != 0:
			if err := s.bucket(id, e.value, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// bucket walks a bucket that stands in a value: its tree, or its entries where it
// is small enough to stand in the value itself.
func (s *survey) bucket(id uint64, value []byte, depth int) error {
	if len(value) < bucketLen {
		return pageFault{id, "ngăn dữ liệu bị cụt"}
	}
	if root := binary.LittleEndian.Uint64(value); root != 0 {
		s.tree(root, nil, nil, depth)
		return nil
	}
	inline := value[bucketLen:]
	if len(inline) < pageHead {
		return pageFault{id, "ngăn dữ liệu bị cụt"}
	}
	leaf, list, err := elements(id, inline, nil)
	switch {
	case err != nil:
		return err
	case !leaf:
		return pageFault{id, "ngăn dữ liệu nhỏ có loại lạ"}
	}
	for _, e := range list {
		if e.flags != 0 {
			return pageFault{id, "ngăn dữ liệu nhỏ có mục lạ"}
		}
	}
	return nil
}

// free reads the list of pages that are free.
func (s *survey) free() error {
	id := s.m.freelist
	if id == noFreelist {
		return pageFault{0, "không có danh sách trang trống"}
	}
	raw, err := s.page(id, 0)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	if le.Uint16(raw[8:]) != flagFree {
		return pageFault{id, "không phải danh sách trang trống"}
	}
	count, at := uint64(le.Uint16(raw[10:])), pageHead
	if count == 0xFFFF {
		count, at = le.Uint64(raw[at:]), at+8
	}
	if count > uint64(len(raw)-at)/8 {
		return pageFault{id, "danh sách trang trống dài quá cỡ trang"}
	}
	before := uint64(1)
	for i := range count {
		free := le.Uint64(raw[at+int(i)*8:])
		if free <= before || free >= s.m.pages {
			return pageFault{id, "danh sách trang trống không theo thứ tự"}
		}
		s.state[free], before = pageFree, free
	}
	return s.take(id, raw)
}

// run walks everything. lost is how many pages are neither used nor free: they are
// wasted, and harm nothing.
func (s *survey) run() (lost int) {
	s.state = make([]byte, s.m.pages)
	s.state[0], s.state[1] = pageUsed, pageUsed
	if err := s.free(); err != nil {
		s.faults = append(s.faults, err)
	}
	s.tree(s.m.root, nil, nil, 0)
	for _, state := range s.state {
		if state == 0 {
			lost++
		}
	}
	return lost
}

// seek finds the value of a key under a page; with a nil key the last entry. It
// reads one page a level.
func (s *survey) seek(root uint64, key []byte) (k, value []byte, err error) {
	id := root
	for depth := range deepest {
		raw, err := s.page(id, depth)
		if err != nil {
			return nil, nil, err
		}
		leaf, list, err := elements(id, raw, s.list[depth])
		if err != nil {
			return nil, nil, err
		}
		s.list[depth] = list
		at := len(list) - 1
		for key != nil && at >= 0 && bytes.Compare(list[at].key, key) > 0 {
			at--
		}
		switch {
		case at < 0:
			return nil, nil, nil
		case !leaf:
			id = list[at].child
		case key != nil && !bytes.Equal(list[at].key, key):
			return nil, nil, nil
		default:
			return list[at].key, list[at].value, nil
		}
	}
	return nil, nil, pageFault{id, "cây quá sâu"}
}

// lookup is seek within a bucket of the file.
func (s *survey) lookup(bucket, key []byte) (k, value []byte, err error) {
	_, inside, err := s.seek(s.m.root, bucket)
	if err != nil || inside == nil {
		return nil, nil, err
	}
	if len(inside) < bucketLen {
		return nil, nil, pageFault{s.m.root, "ngăn dữ liệu bị cụt"}
	}
	if root := binary.LittleEndian.Uint64(inside); root != 0 {
		return s.seek(root, key)
	}
	if len(inside) < bucketLen+pageHead {
		return nil, nil, pageFault{s.m.root, "ngăn dữ liệu bị cụt"}
	}
	leaf, list, err := elements(s.m.root, inside[bucketLen:], nil)
	if err != nil || !leaf || len(list) == 0 {
		return nil, nil, err
	}
	if key == nil {
		return list[len(list)-1].key, list[len(list)-1].value, nil
	}
	for _, e := range list {
		if bytes.Equal(e.key, key) {
			return e.key, e.value, nil
		}
	}
	return nil, nil, nil
}

// Head is how far a data file has come: the newest entry of its journal. Two files
// of one office compare by it, whatever their names and clocks say.
type Head struct {
	Seq    uint64 // 0 for a file without entries
	At     int64  // Unix seconds
	Title  string
	Kind   Kind
	Backup bool   // the file is a backup
	Mark   string // tells the entry from all others, see Entry.mark; "" without entries
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
		h = headOf(binary.BigEndian.Uint64(k), &e)
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
		return Head{}, (Options{Shown: path, copied: true}).damaged(notOurs, nil)
	}
	h, err := (&survey{r: f, m: current(list)}).head()
	if err != nil {
		return h, (Options{Shown: path, copied: true}).damaged(fmt.Sprintf("bị hỏng (%v)", err), err)
	}
	return h, nil
}

// Holds reports whether the journal of the open file holds the entry that the head
// of another file ends with: then all that the other file holds is here, or was.
func (v *View) Holds(h Head) bool {
	value := v.tx.Bucket(bucketJournal).Get(key64(h.Seq))
	if h.Seq == 0 || value == nil {
		return false
	}
	e, err := decodeEntry(key64(h.Seq), value)
	return err == nil && e.mark() == h.Mark
}

// headOf returns the head of a journal that ends with the entry.
func headOf(seq uint64, e *Entry) Head {
	return Head{Seq: seq, At: e.At, Title: e.Title, Kind: e.Kind, Mark: e.mark()}
}

// Head returns the newest entry of the journal.
func (v *View) Head() (h Head, err error) {
	k, value := v.tx.Bucket(bucketJournal).Cursor().Last()
	if k == nil {
		return h, nil
	}
	e, err := decodeEntry(k, value)
	return headOf(e.Seq, &e), err
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
	var e Entry
	return err == nil && json.Unmarshal(unseal(value), &e) == nil && e.mark() == h.Mark
}

// Check is the result of an integrity check.
type Check struct {
	Dossiers, Units, Fields, Procedures, Entries int
	Faults                                       []string // in Vietnamese; none means sound
	Notes                                        []string // what was found damaged and harms no data
}

// Check reads the whole file: pages, every record, the index of codes and the
// references into the catalogue.
func (l *Ledger) Check(ctx context.Context) (c Check, err error) {
	fault := func(format string, args ...any) {
		if len(c.Faults) < 100 {
			c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
		}
	}
	if text, lost := l.Notice(); lost {
		fault("%s", text)
	} else if text != "" {
		c.Notes = append(c.Notes, text)
	}
	err = l.view(func(tx *bolt.Tx) error {
		lost, faults, err := l.pages(ctx, tx)
		if err != nil {
			return err
		}
		for _, err := range faults {
			fault("Trang dữ liệu hỏng: %v.", err)
		}
		if len(faults) > 0 {
			return nil // nothing can be read through them
		}
		if lost > 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("%s trang của tệp không còn dùng mà chưa được trả lại; không ảnh hưởng dữ liệu.", data.FormatInt(int64(lost))))
		}
		v := &View{tx}
		units, err := v.Units()
		if err != nil {
			fault("Danh mục đơn vị hỏng: %v", err)
		}
		fields, err := v.Fields()
		if err != nil {
			fault("Danh mục lĩnh vực hỏng: %v", err)
		}
		procedures, err := v.Procedures()
		if err != nil {
			fault("Danh mục thủ tục hỏng: %v", err)
		}
		c.Units, c.Fields, c.Procedures = len(units), len(fields), len(procedures)
		known := [3]map[uint32]bool{{0: true}, {0: true}, {0: true}}
		for _, u := range units {
			known[0][u.ID] = true
		}
		for _, f := range fields {
			known[1][f.ID] = true
		}
		for _, p := range procedures {
			known[2][p.ID] = true
		}
		codes := tx.Bucket(bucketCode)
		err = tx.Bucket(bucketDossier).ForEach(func(k, value []byte) error {
			if c.Dossiers++; c.Dossiers%4096 == 0 && ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
			}
			var d data.Dossier
			if err := decodeDossier(unseal(value), &d); err != nil {
				fault("Hồ sơ số nội bộ %d không đọc được.", binary.BigEndian.Uint64(k))
				return nil
			}
			if !bytes.Equal(codes.Get([]byte(d.Code)), k) {
				fault("Hồ sơ %s: chỉ mục mã không khớp.", d.Code)
			}
			if !known[0][d.Unit] || !known[1][d.Field] || !known[2][d.Procedure] {
				fault("Hồ sơ %s: đơn vị, lĩnh vực hoặc thủ tục không có trong danh mục.", d.Code)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n := codes.Stats().KeyN; n != c.Dossiers {
			fault("Chỉ mục có %d mã cho %d hồ sơ.", n, c.Dossiers)
		}
		entries, err := v.Journal(0)
		if err != nil {
			fault("Nhật ký không đọc được.")
		}
		c.Entries = len(entries)
		return nil
	})
	return c, err
}

// pages walks all pages of the state that the transaction sees.
func (l *Ledger) pages(ctx context.Context, tx *bolt.Tx) (lost int, faults []error, err error) {
	list, ok := metas(l.file)
	if !ok {
		return 0, []error{pageFault{0, "hai trang đầu không đọc được"}}, nil
	}
	for _, m := range list {
		if m.valid && m.tx == uint64(tx.ID()) {
			s := survey{r: l.file, m: m, stop: func() bool { return ctx.Err() != nil }}
			lost = s.run()
			if ctx.Err() != nil {
				return 0, nil, data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
			}
			return lost, s.faults, nil
		}
	}
	return 0, nil, data.Fail(data.Conflict, "Dữ liệu đang được ghi liên tục nên chưa kiểm tra được. Thử lại.", nil)
}
