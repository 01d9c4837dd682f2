package paper

import (
	"bytes"
	"compress/zlib"
	"sync"
)

// packer packs what stands on the pages, in parts of about batch bytes, while the next
// pages are laid.
type packer struct {
	parts   []*part // in the order in which they were drawn
	wait    []*part
	waiting int // bytes
	running sync.WaitGroup
}

// part is what was drawn on a page in one go; a page that was drawn on again has several.
type part struct {
	page int
	data []byte // packed once running is done
}

const batch = 1 << 18

func (p *packer) add(page int, ops []byte) {
	one := &part{page, bytes.Clone(ops)}
	p.parts, p.wait = append(p.parts, one), append(p.wait, one)
	if p.waiting += len(ops); p.waiting < batch {
		return
	}
	list := p.wait
	p.wait, p.waiting = nil, 0
	p.running.Go(func() { packParts(list) })
}

// finish waits until all parts are packed.
func (p *packer) finish() {
	packParts(p.wait)
	p.wait, p.waiting = nil, 0
	p.running.Wait()
}

func packParts(list []*part) {
	for _, one := range list {
		one.data = pack(one.data)
	}
}

var writers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, zlib.DefaultCompression)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	return w
}}

// pack compresses a stream; writing to memory does not fail.
func pack(data []byte) []byte {
	w := writers.Get().(*zlib.Writer)
	defer writers.Put(w)
	b := bytes.NewBuffer(make([]byte, 0, len(data)/3+64))
	w.Reset(b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}
