package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"giaoban/data"
)

// Limits of a compound file.
const (
	maxCompound = 160 << 20 // 65.536 rows of 256 columns fit well
	// maxDirectory bounds the entries that are looked at: 128 bytes each. Nested
	// storages cost the square of their number.
	maxDirectory = 384 << 10
)

var errCompound = errors.New("malformed compound file")

// compound is the container of old office files and of protected new ones
// (MS-CFB): a small file system. Only the streams of its root matter here.
type compound struct {
	streams map[string]*mscfb.File // by name in capitals
}

// openCompound reads the directory. Names are not case sensitive.
func openCompound(src io.ReaderAt, size int64) (c *compound, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			c, err = nil, errors.Join(errCompound, data.Caught(fault))
		}
	}()
	if size < 1536 || size > maxCompound {
		return nil, errCompound
	}
	guarded, err := newGuarded(src, size)
	if err != nil {
		return nil, err
	}
	doc, err := mscfb.New(guarded)
	if err != nil {
		return nil, err
	}
	guarded.budget = -1
	c = &compound{streams: map[string]*mscfb.File{}}
	for _, f := range doc.File {
		key := strings.ToUpper(f.Name)
		if len(f.Path) == 0 && !f.FileInfo().IsDir() && f.Size > 0 && c.streams[key] == nil {
			c.streams[key] = f
		}
	}
	return c, nil
}

// has reports whether the root has a stream of that name.
func (c *compound) has(name string) bool { return c.streams[strings.ToUpper(name)] != nil }

// size returns the size of a stream, 0 when there is none.
func (c *compound) size(name string) int64 {
	if f := c.streams[strings.ToUpper(name)]; f != nil {
		return f.Size
	}
	return 0
}

// stream reads a stream, once; ok is false when there is none.
func (c *compound) stream(name string) (b []byte, ok bool, err error) {
	f := c.streams[strings.ToUpper(name)]
	if f == nil {
		return nil, false, nil
	}
	defer func() {
		if fault := recover(); fault != nil {
			b, err = nil, errors.Join(errCompound, data.Caught(fault))
		}
	}()
	if f.Size > maxCompound {
		return nil, true, errCompound
	}
	// Read in pieces: what one call costs grows with the square of its sectors.
	const piece = 64 << 10
	b = make([]byte, 0, min(f.Size, 8<<20))
	for int64(len(b)) < f.Size {
		n := int(min(f.Size-int64(len(b)), piece))
		from := len(b)
		b = append(b, make([]byte, n)...)
		if got, err := f.Read(b[from:]); got < n {
			return nil, true, fmt.Errorf("%w: %v", errCompound, err)
		}
	}
	return b, true, nil
}

// guarded stands between a file and the reader of compound files: the counts of
// the head never exceed what the file can hold, a last sector cut short is filled
// with noughts, and opening reads no more sectors than a sound file needs.
type guarded struct {
	src    io.ReaderAt
	size   int64
	head   []byte
	budget int64 // bytes of whole sectors that may still be read; -1 any
}

func newGuarded(src io.ReaderAt, size int64) (*guarded, error) {
	head := make([]byte, 512)
	if _, err := src.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	shift := binary.LittleEndian.Uint16(head[0x1E:])
	if shift != 9 && shift != 12 {
		return nil, errCompound
	}
	sectors := uint32(size>>shift) + 1
	for _, at := range []int{
		0x28, // of the directory
		0x2C, // of the table of sectors
		0x40, // of the table of small sectors
		0x48, // of the list of the table
	} {
		if binary.LittleEndian.Uint32(head[at:]) > sectors {
			binary.LittleEndian.PutUint32(head[at:], sectors)
		}
	}
	lists := int64(binary.LittleEndian.Uint32(head[0x48:])) << shift
	return &guarded{src: src, size: size, head: head, budget: maxDirectory + min(lists, size)}, nil
}

// ReadAt implements io.ReaderAt.
func (g *guarded) ReadAt(p []byte, off int64) (int, error) {
	if g.budget >= 0 && len(p) >= 512 {
		if g.budget -= int64(len(p)); g.budget < 0 {
			return 0, errCompound
		}
	}
	if off < 0 || off >= g.size {
		return 0, io.EOF
	}
	n, err := g.src.ReadAt(p, off)
	if off < int64(len(g.head)) {
		copy(p[:n], g.head[off:])
	}
	if n < len(p) && errors.Is(err, io.EOF) && len(p)-n < 4096 {
		clear(p[n:])
		return len(p), nil
	}
	if n == len(p) {
		err = nil
	}
	return n, err
}
