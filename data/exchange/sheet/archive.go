package sheet

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
)

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
