package ledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
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
	was, err := (&survey{r: r, m: bad}).head(nil)
	now, nerr := (&survey{r: r, m: good}).head(nil)
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

	window   []byte // pages that were read ahead
	windowAt int64  // where they begin in the file
	before   uint64 // the page that was read last

	at     place // the bucket that is walked, places for an unknown one
	inside bool
	held   [places]tally
	front  map[string][]byte                 // what stands in meta, when run
	verify *sealer                           // nil, or opens each value
	keep   func(at place, key, value []byte) // nil, or is given each value that opens
	whole  map[uint64]bool                   // nil, or the pages whose entries were all visited
	values []error                           // those that do not open
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
	if err := s.read(id, raw); err != nil {
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

// aheadPages is how many pages are read at once where they follow each other.
const aheadPages = 32

// read reads one page. Those of a long bucket mostly stand one after the other.
func (s *survey) read(id uint64, raw []byte) error {
	at, size := int64(id)*int64(s.m.size), len(raw)
	if off := at - s.windowAt; off >= 0 && off+int64(size) <= int64(len(s.window)) {
		copy(raw, s.window[off:])
		s.before = id
		return nil
	}
	next := id == s.before+1 && s.state != nil
	s.before = id
	if !next {
		_, err := s.r.ReadAt(raw, at)
		return err
	}
	if s.window == nil {
		s.window = make([]byte, aheadPages*size)
	}
	n, err := s.r.ReadAt(s.window[:cap(s.window)], at)
	s.window, s.windowAt = s.window[:n], at
	if n < size {
		return err
	}
	copy(raw, s.window)
	return nil
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
		case s.inside && e.flags&flagBucket != 0:
			return pageFault{id, "có ngăn dữ liệu lạ"}
		case s.inside:
			s.visit(e.key, e.value)
		case e.flags&flagBucket == 0:
			return pageFault{id, "có mục lạ ở gốc"}
		default:
			if err := s.bucket(id, e.key, e.value, depth+1); err != nil {
				return err
			}
		}
	}
	if s.whole != nil {
		s.whole[id] = true
	}
	return nil
}

// visit takes note of one entry of a bucket.
func (s *survey) visit(key, stored []byte) {
	switch s.at {
	case places:
		return
	case inMeta:
		s.front[string(key)] = bytes.Clone(stored)
	default:
		s.held[s.at].add(s.at, key, stored)
	}
	if s.verify == nil || s.at == inMeta && string(key) == string(keyVersion) || len(s.values) >= largestFaults {
		return
	}
	value, err := s.verify.open(nil, s.at, key, stored)
	switch {
	case err != nil:
		s.values = append(s.values, err)
	case s.keep != nil && s.at != inMeta:
		s.keep(s.at, key, value)
	}
}

// bucket walks a bucket that stands in a value: its tree, or its entries where it
// is small enough to stand in the value itself.
func (s *survey) bucket(id uint64, name, value []byte, depth int) error {
	if len(value) < bucketLen {
		return pageFault{id, "ngăn dữ liệu bị cụt"}
	}
	var ok bool
	if s.at, ok = placeOf(name); ok {
		s.held[s.at].last = binary.LittleEndian.Uint64(value[8:])
	} else {
		s.at = places
	}
	s.inside = true
	defer func() { s.inside = false }()
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
		s.visit(e.key, e.value)
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
	s.state, s.front, s.held = make([]byte, s.m.pages), map[string][]byte{}, [places]tally{}
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
func (s *survey) lookup(at place, key []byte) (k, value []byte, err error) {
	_, inside, err := s.seek(s.m.root, at.name())
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
