package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"sort"
	"strings"
	"sync/atomic"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// mainPart finds the part of a package from which the others are reached. Parts
// may stand anywhere (ECMA-376 part 2): the relationship of the package names the
// main one, and the list of content types tells what it is. Both are optional
// here, for some programs leave one out. book is XLSX, XLSB or DOCX.
func (a *archive) mainPart(ctx context.Context) (part string, book Container, err error) {
	types, err := a.contentTypes(ctx)
	if err != nil {
		return "", "", err
	}
	rels, err := a.relations(ctx, "")
	if err != nil {
		return "", "", err
	}
	for _, rel := range rels {
		if rel.kind == "officeDocument" && a.has(rel.target) {
			part = rel.target
			break
		}
	}
	for name, kind := range types {
		if part == "" && strings.HasSuffix(kind, ".main+xml") && strings.Contains(kind, "sheet") && a.has(name) {
			part = name
		}
	}
	for _, name := range []string{"xl/workbook.xml", "workbook.xml"} {
		if part == "" && a.has(name) {
			part = name
		}
	}
	kind := types[strings.ToLower(part)]
	switch {
	case part == "":
		return "", "", Refuse(a.otherKind(), errors.New("no main part"))
	case strings.Contains(kind, "sheet.binary") || strings.HasSuffix(strings.ToLower(part), ".bin"):
		return part, XLSB, nil
	}
	root, err := a.rootOf(ctx, part)
	switch {
	case err != nil:
		return "", "", err
	case root == "document":
		return part, DOCX, nil
	case root != "workbook":
		return "", "", Refuse(NotWorkbook, errors.New(part+" is a "+root))
	}
	return part, XLSX, nil
}

// otherKind names an archive that is no office document.
func (a *archive) otherKind() Reason {
	for name := range a.parts {
		switch path.Ext(name) {
		case ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".docx", ".csv":
			return Packed
		}
		if strings.HasPrefix(name, "word/") {
			return Word
		}
	}
	return NotWorkbook
}

// contentTypes returns the types that the package states for single parts, by
// name in small letters.
func (a *archive) contentTypes(ctx context.Context) (map[string]string, error) {
	types := map[string]string{}
	_, err := a.each(ctx, "[Content_Types].xml", 16<<20, func(s *scanner) error {
		if string(s.name) == "Override" {
			name := strings.ToLower(strings.TrimPrefix(attrValue(s.attrs, "PartName"), "/"))
			types[name] = attrValue(s.attrs, "ContentType")
		}
		return nil
	})
	return types, lenient(err)
}

// lenient drops the error of a part that the rows can do without.
func lenient(err error) error {
	if ReasonOf(err) == BadXML {
		return nil
	}
	return err
}

// rootOf returns the name of the first element of a part.
func (a *archive) rootOf(ctx context.Context, part string) (string, error) {

	r, _, err := a.open(part, maxPart)
	if err != nil || r == nil {
		return "", err
	}
	defer r.Close()
	s := newScanner(r)
	if err := s.next(); err != nil {
		return "", broken(err)
	}

	return string(s.name), nil
}

func (a *archive) has(part string) bool {
	return a.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+part), "/"))] != nil
}

// resolve turns the target of a relation into the name of a part: relative to
// the folder of its source, as it should be, or as some programs write it, from
// the root, with backslashes or percent signs.
func (a *archive) resolve(dir, target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	plain := path.Join("/", dir, target)
	if strings.HasPrefix(target, "/") {
		plain = path.Clean(target)
	}
	tries := []string{plain, path.Join("/", target)}
	if decoded, err := url.PathUnescape(target); err == nil && decoded != target {
		tries = append(tries, path.Join("/", dir, decoded), path.Join("/", decoded))
	}
	for _, name := range tries {
		if a.has(name) {
			return strings.TrimPrefix(name, "/")
		}
	}
	return strings.TrimPrefix(plain, "/")
}

// decoded is a part as UTF-8: XML may also be UTF-16, or name another encoding
// in its first line.
type decoded struct {
	io.Reader
	part io.Closer
}

func (d *decoded) Close() error { return d.part.Close() }

func decodeXML(part io.ReadCloser) (io.ReadCloser, error) {
	head := make([]byte, 256)
	n, err := io.ReadFull(part, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), part)
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		whole = transform.NewReader(whole, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		whole = transform.NewReader(whole, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("<?xml")):
		line, _, _ := bytes.Cut(head, []byte("?>"))
		name := strings.ToLower(attrValue(bytes.TrimPrefix(line, []byte("<?xml")), "encoding"))
		if name != "" && name != "us-ascii" && !strings.HasPrefix(name, "utf") {
			if enc, err := htmlindex.Get(name); err == nil {
				whole = transform.NewReader(whole, enc.NewDecoder())
			}
		}
	}
	return &decoded{whole, part}, nil
}

// archive is a workbook as a zip, checked against the tricks of zip bombs
// before anything is unpacked.
type archive struct {
	parts map[string]*zip.File
}

func openArchive(src io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(src, size)
	if err != nil {
		return nil, Refuse(Truncated, err)
	}
	if len(z.File) > maxEntries {
		return nil, Refuse(ZipBomb, nil)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File))}
	type span struct{ from, to int64 }
	var spans []span
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, Refuse(Encrypted, nil)
		}
		from, err := f.DataOffset()
		if err != nil {
			return nil, Refuse(Truncated, err)
		}
		packed := int64(f.CompressedSize64)
		if packed < 0 || from+packed > size {
			return nil, Refuse(Truncated, nil)
		}
		if packed > 0 {
			spans = append(spans, span{from, from + packed})
		}
		name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))
		a.parts[strings.TrimPrefix(name, "/")] = f
	}
	sort.Slice(spans, func(i, k int) bool { return spans[i].from < spans[k].from })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return nil, Refuse(ZipBomb, errors.New("entries overlap"))
		}
	}
	return a, nil
}

// open unpacks a part. It returns nil without an error when the archive lacks
// it, and refuses parts beyond limit bytes or far out of proportion.
func (a *archive) open(name string, limit uint64) (io.ReadCloser, uint64, error) {
	f := a.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
	if f == nil {
		return nil, 0, nil
	}
	size := f.UncompressedSize64
	if size > limit || size > ratioFrom && size/maxRatio > f.CompressedSize64 {
		return nil, 0, Refuse(ZipBomb, fmt.Errorf("%s: %d bytes from %d", name, size, f.CompressedSize64))
	}
	r, err := f.Open()
	if err != nil {
		return nil, 0, Refuse(BadXML, err)
	}
	text, err := decodeXML(r)
	if err != nil {
		r.Close()
		return nil, 0, Refuse(BadXML, err)
	}
	return text, size, nil
}

// each calls f for every start tag of a small part; f may read on. A part that
// the archive lacks gives no calls.
func (a *archive) each(ctx context.Context, name string, limit uint64, f func(s *scanner) error) (found bool, err error) {
	r, _, err := a.open(name, limit)
	if err != nil || r == nil {
		return false, err
	}
	src := readAhead(ctx, r)
	// The goroutine must have ended before its source is closed.
	defer func() { src.Close(); r.Close() }()
	s := newScanner(src)
	for {
		if err := s.next(); err == io.EOF {
			return true, nil
		} else if err != nil {
			return true, broken(err)
		}
		if s.kind == startTag {
			if err := f(s); err != nil {
				return true, broken(err)
			}
		}
	}
}

// relation is one entry of a .rels part.
type relation struct{ kind, target string }

func (a *archive) relations(ctx context.Context, part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	rels := map[string]relation{}
	_, err := a.each(ctx, dir+"_rels/"+file+".rels", 16<<20, func(s *scanner) error {
		if string(s.name) != "Relationship" || attrValue(s.attrs, "TargetMode") == "External" {
			return nil
		}
		target := a.resolve(dir, attrValue(s.attrs, "Target"))
		kind := attrValue(s.attrs, "Type")
		rels[attrValue(s.attrs, "Id")] = relation{kind[strings.LastIndexByte(kind, '/')+1:], target}
		return nil
	})
	return rels, err
}

// ahead unpacks a stream in its own goroutine, a few buffers ahead of the
// reader, so that unpacking and scanning share two cores.
type ahead struct {
	full  chan block
	free  chan []byte
	stop  chan struct{}
	done  chan struct{}
	cur   []byte
	whole []byte
	err   error
	count atomic.Int64
	ctx   context.Context
}

type block struct {
	data []byte
	err  error
}

func readAhead(ctx context.Context, src io.Reader) *ahead {
	a := &ahead{full: make(chan block, 3), free: make(chan []byte, 4), stop: make(chan struct{}), done: make(chan struct{}), ctx: ctx}
	for i := 0; i < cap(a.free); i++ {
		a.free <- make([]byte, 128<<10)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	defer close(a.done)
	for {
		var buf []byte
		select {
		case buf = <-a.free:
		case <-a.stop:
			return
		}
		n := 0
		var err error
		for n < len(buf) && err == nil {
			var k int
			k, err = src.Read(buf[n:])
			n += k
		}
		select {
		case a.full <- block{buf[:n], err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read implements io.Reader.
func (a *ahead) Read(p []byte) (int, error) {
	for len(a.cur) == 0 {
		if a.whole != nil {
			a.free <- a.whole[:cap(a.whole)]
			a.whole = nil
		}
		if a.err != nil {
			return 0, a.err
		}
		select {
		case b := <-a.full:
			a.cur, a.whole, a.err = b.data, b.data, b.err
		case <-a.ctx.Done():
			return 0, a.ctx.Err()
		}
	}
	n := copy(p, a.cur)
	a.cur = a.cur[n:]
	a.count.Add(int64(n))
	return n, nil
}

// Close ends the goroutine and waits for it.
func (a *ahead) Close() {
	select {
	case <-a.stop:
	default:
		close(a.stop)
	}
	<-a.done
}
