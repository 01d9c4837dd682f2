package sheet

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// maxCompound bounds an old workbook: 65.536 rows of 256 columns fit well.
const maxCompound = 160 << 20

var errCompound = errors.New("malformed compound file")

// compound is the container of old office files (MS-CFB): a small file system of
// sectors chained by a table.
type compound struct {
	src    io.ReaderAt
	size   int64
	sector int64
	fat    []uint32
	dir    []byte
	cutoff uint64
	mini   uint32 // first sector of the table of small sectors
}

// Marks in the table of sectors.
const (
	maxSector = 0xFFFFFFFA
	miniSize  = 64
)

func openCompound(src io.ReaderAt, size int64) (*compound, error) {
	if size < 1536 || size > maxCompound {
		return nil, errCompound
	}
	head := make([]byte, 512)
	if _, err := src.ReadAt(head, 0); err != nil {
		return nil, err
	}
	u16 := func(at int) uint16 { return binary.LittleEndian.Uint16(head[at:]) }
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(head[at:]) }
	shift := u16(0x1E)
	if shift != 9 && shift != 12 || u16(0x20) != 6 {
		return nil, errCompound
	}
	c := &compound{src: src, size: size, sector: 1 << shift, cutoff: uint64(u32(0x38)), mini: u32(0x3C)}
	// The first 109 sectors of the table are named in the head, the others in a
	// chain of their own.
	var parts []uint32
	for i := 0; i < 109; i++ {
		parts = append(parts, u32(0x4C+4*i))
	}
	next := u32(0x44)
	for n := int64(0); next < maxSector; n++ {
		if n > c.sectors() {
			return nil, errCompound
		}
		b, err := c.read(next)
		if err != nil {
			return nil, err
		}
		for i := 0; i+8 <= len(b); i += 4 {
			parts = append(parts, binary.LittleEndian.Uint32(b[i:]))
		}
		next = binary.LittleEndian.Uint32(b[len(b)-4:])
	}
	for _, p := range parts {
		if p >= maxSector {
			continue
		}
		if int64(len(c.fat))*4 > size {
			return nil, errCompound
		}
		b, err := c.read(p)
		if err != nil {
			return nil, err
		}
		for i := 0; i+4 <= len(b); i += 4 {
			c.fat = append(c.fat, binary.LittleEndian.Uint32(b[i:]))
		}
	}
	var err error
	c.dir, err = c.chain(u32(0x30), 4<<20)
	return c, err
}

func (c *compound) sectors() int64 { return c.size/c.sector + 1 }

func (c *compound) read(n uint32) ([]byte, error) {
	b := make([]byte, c.sector)
	got, err := c.src.ReadAt(b, (int64(n)+1)*c.sector)
	if got == 0 || err != nil && err != io.EOF {
		return nil, errCompound
	}
	return b, nil
}

// chain reads the sectors that follow each other from the first on.
func (c *compound) chain(first uint32, limit int) ([]byte, error) {
	var out []byte
	for n, steps := first, int64(0); n < maxSector; steps++ {
		if int64(n) >= int64(len(c.fat)) || steps > c.sectors() || len(out) > limit {
			return nil, errCompound
		}
		b, err := c.read(n)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
		n = c.fat[n]
	}
	return out, nil
}

// entry returns the first sector and the size of a stream by its name.
func (c *compound) entry(name string) (first uint32, size uint64, ok bool) {
	for at := 0; at+128 <= len(c.dir); at += 128 {
		e := c.dir[at : at+128]
		n := int(binary.LittleEndian.Uint16(e[64:]))
		if n < 2 || n > 64 || e[66] != 2 && e[66] != 5 {
			continue
		}
		letters := make([]uint16, n/2-1)
		for i := range letters {
			letters[i] = binary.LittleEndian.Uint16(e[2*i:])
		}
		if strings.EqualFold(string(utf16.Decode(letters)), name) {
			return binary.LittleEndian.Uint32(e[116:]), uint64(binary.LittleEndian.Uint32(e[120:])), true
		}
	}
	return 0, 0, false
}

// stream reads a stream by its name; ok is false when there is none.
func (c *compound) stream(name string) (b []byte, ok bool, err error) {
	first, size, ok := c.entry(name)
	if !ok {
		return nil, false, nil
	}
	if size > uint64(c.size) {
		return nil, true, errCompound
	}
	if size >= c.cutoff {
		b, err = c.chain(first, int(size)+int(c.sector))
	} else {
		b, err = c.small(first, int(size))
	}
	if err != nil {
		return nil, true, err
	}
	if uint64(len(b)) < size {
		return nil, true, errCompound
	}
	return b[:size], true, nil
}

// small reads a stream that is kept in small sectors, within the stream of the
// root.
func (c *compound) small(first uint32, size int) ([]byte, error) {
	root, _, ok := c.entry("Root Entry")
	if !ok {
		return nil, errCompound
	}
	store, err := c.chain(root, int(c.size))
	if err != nil {
		return nil, err
	}
	table, err := c.chain(c.mini, int(c.size))
	if err != nil {
		return nil, err
	}
	var out []byte
	for n := first; n < maxSector && len(out) < size; {
		at := int64(n) * miniSize
		if at+miniSize > int64(len(store)) || int64(n)*4+4 > int64(len(table)) {
			return nil, errCompound
		}
		out = append(out, store[at:at+miniSize]...)
		n = binary.LittleEndian.Uint32(table[4*n:])
	}
	return out, nil
}
