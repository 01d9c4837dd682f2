package sheet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/textproto"
	"net/url"
	"path"
	"strings"

	"giaoban/data/exchange/legacy"

	"golang.org/x/net/html"
)

// Limits of a web archive.
const (
	maxWideArchive = 32 << 20 // one in UTF-16 is read into memory
	maxHead        = 64 << 10 // bytes of the head of a part
	maxFrames      = 256      // sheets
)

// mimePart is one part of a web archive.
type mimePart struct {
	src      *io.SectionReader // its body as it is stored
	encoding string
	location string // the last element of its address, in small letters
	html     bool
}

// open returns the body of the part.
func (p *mimePart) open() io.Reader {
	r := io.NewSectionReader(p.src, 0, p.src.Size())
	switch p.encoding {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

// text looks into the part and settles its encoding.
func (p *mimePart) text() (f *textFile, sample []byte, err error) {
	sample, err = io.ReadAll(io.LimitReader(p.open(), sampleSize))
	if err != nil {
		return nil, nil, Refuse(Truncated, err)
	}
	f = &textFile{size: p.src.Size(), enc: legacy.UTF8}
	f.decide(sample, charset(bytes.ToLower(sample)))
	return f, sample, nil
}

// book opens the tables of the part.
func (p *mimePart) book() (*Book, []byte, error) {
	f, sample, err := p.text()
	if err != nil {
		return nil, nil, err
	}
	b, err := openHTML(p.open, f.size, f, MHTML)
	return b, sample, err
}

// openMHTML opens a web archive, as Word and Excel save it: its first page, or
// each of the sheets that the first page frames.
func openMHTML(f *textFile) (*Book, error) {
	parts, err := f.parts()
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, Refuse(Unknown, errors.New("no HTML part"))
	}
	first, sample, err := parts[0].text()
	if err != nil {
		return nil, err
	}
	if frames := framed(first, sample, parts); len(frames) > 0 {
		return openFrames(frames)
	}
	b, _, err := parts[0].book()
	return b, err
}

// frame is a sheet of a web archive.
type frame struct {
	name string
	part *mimePart
}

// framed lists the sheets that a page of Excel frames: it names them in an island
// of XML.
func framed(f *textFile, page []byte, parts []mimePart) (frames []frame) {
	if lower := bytes.ToLower(page); !bytes.Contains(lower, []byte("<frameset")) && !bytes.Contains(lower, []byte("worksheetsource")) {
		return nil
	}
	at := map[string]*mimePart{}
	for i := range parts[1:] {
		at[parts[i+1].location] = &parts[i+1]
	}
	text := string(f.text(page))
	for _, island := range strings.Split(text, "<x:ExcelWorksheet>")[1:] {
		island, _, _ = strings.Cut(island, "</x:ExcelWorksheet>")
		_, name, _ := strings.Cut(island, "<x:Name>")
		name, _, _ = strings.Cut(name, "</x:Name>")
		_, source, _ := strings.Cut(island, "<x:WorksheetSource")
		source, _, _ = strings.Cut(source, ">")
		if p := at[base(html.UnescapeString(attrValue([]byte(source), "HRef")))]; p != nil && len(frames) < maxFrames {
			frames = append(frames, frame{html.UnescapeString(name), p})
		}
	}
	if len(frames) == 0 { // the island was lost: the pages that are named as sheets
		for i := range parts[1:] {
			if p := &parts[i+1]; strings.HasPrefix(p.location, "sheet") && len(frames) < maxFrames {
				frames = append(frames, frame{"", p})
			}
		}
	}
	return frames
}

// openFrames makes one book of the sheets.
func openFrames(frames []frame) (*Book, error) {
	book := &Book{Container: MHTML}
	type place struct {
		book  *Book
		table int
	}
	var places []place
	for _, fr := range frames {
		b, sample, err := fr.part.book()
		if ReasonOf(err) == Unknown {
			continue // a sheet without a cell
		}
		if err != nil {
			return nil, err
		}
		st := shown
		switch lower := bytes.ToLower(sample); {
		case bytes.Contains(lower, []byte("<x:visible>sheetveryhidden")):
			st = veryHidden
		case bytes.Contains(lower, []byte("<x:visible>sheethidden")):
			st = hidden
		}
		if len(places) == 0 || book.Encoding == legacy.UTF8 {
			book.Encoding = b.Encoding
		}
		for i := range b.names {
			places = append(places, place{b, i})
			book.names, book.states = append(book.names, fr.name), append(book.states, st)
		}
	}
	if len(places) == 0 {
		return nil, Refuse(Empty, errors.New("no cell"))
	}
	book.rows = func(ctx context.Context, i int) (Rows, error) { return places[i].book.rows(ctx, places[i].table) }
	book.merged = func(ctx context.Context, i int) ([]Span, error) { return places[i].book.merged(ctx, places[i].table) }
	book.layout = func(ctx context.Context, i int) (Layout, error) { return places[i].book.layout(ctx, places[i].table) }
	return book, nil
}

// base returns the last element of an address in small letters.
func base(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	return strings.ToLower(path.Base(strings.ReplaceAll(strings.TrimSpace(address), `\`, "/")))
}

// parts finds the HTML parts of a web archive without reading them.
func (f *textFile) parts() ([]mimePart, error) {
	src := io.NewSectionReader(f.src, f.skip, f.size-f.skip)
	if f.wide {
		b, err := io.ReadAll(io.LimitReader(f.raw(), maxWideArchive+1))
		if err != nil || len(b) > maxWideArchive {
			return nil, Refuse(Truncated, err)
		}
		src = io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
	}
	head, from, err := readHead(src)
	if err != nil {
		return nil, err
	}
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if !strings.HasPrefix(kind, "multipart/") {
		if kind == "" && err != nil {
			return nil, Refuse(Truncated, err)
		}
		return []mimePart{newPart(head, io.NewSectionReader(src, from, src.Size()-from), true)}, nil
	}
	if params["boundary"] == "" {
		return nil, Refuse(Truncated, errors.New("no boundary"))
	}
	spans, err := between(src, from, "--"+params["boundary"])
	if err != nil {
		return nil, err
	}
	var parts []mimePart
	for _, s := range spans {
		body := io.NewSectionReader(src, s[0], s[1]-s[0])
		head, from, err := readHead(body)
		if err != nil {
			continue // a part of no use
		}
		if p := newPart(head, io.NewSectionReader(body, from, body.Size()-from), false); p.html {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

func newPart(head textproto.MIMEHeader, body *io.SectionReader, alone bool) mimePart {
	kind, _, _ := mime.ParseMediaType(head.Get("Content-Type"))
	return mimePart{src: body, encoding: strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))),
		location: base(head.Get("Content-Location")), html: alone || kind == "text/html"}
}

// readHead reads the head of a part and where its body begins.
func readHead(src *io.SectionReader) (textproto.MIMEHeader, int64, error) {
	b := make([]byte, min(src.Size(), maxHead))
	n, err := src.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, Refuse(Unreadable, err)
	}
	b = b[:n]
	at := bytes.Index(b, []byte("\n\r\n"))
	skip := 3
	if i := bytes.Index(b, []byte("\n\n")); i >= 0 && (at < 0 || i < at) {
		at, skip = i, 2
	}
	if at < 0 {
		return nil, 0, Refuse(Truncated, errors.New("a head without an end"))
	}
	head, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(b[:at+skip]))).ReadMIMEHeader()
	if err != nil {
		return nil, 0, Refuse(Truncated, err)
	}
	return head, int64(at + skip), nil
}

// between returns where the parts stand that a boundary, which has lines of its
// own, sets apart. A last part that is cut off counts too.
func between(src *io.SectionReader, from int64, boundary string) (spans [][2]int64, err error) {
	r := bufio.NewReaderSize(io.NewSectionReader(src, from, src.Size()-from), 64<<10)
	pos, start, begin := from, int64(-1), true
	for {
		line, err := r.ReadSlice('\n')
		if begin && bytes.HasPrefix(line, []byte(boundary)) && len(bytes.Trim(line[len(boundary):], "- \t\r\n")) == 0 {
			if start >= 0 {
				spans = append(spans, [2]int64{start, pos})
			}
			if start = pos + int64(len(line)); bytes.HasPrefix(line[len(boundary):], []byte("--")) {
				start = -1
			}
			if len(spans) > maxEntries {
				return nil, Refuse(ZipBomb, nil)
			}
		}
		pos += int64(len(line))
		switch begin = err == nil; {
		case err == io.EOF:
			if start >= 0 && start < pos {
				spans = append(spans, [2]int64{start, pos})
			}
			return spans, nil
		case err != nil && err != bufio.ErrBufferFull:
			return nil, Refuse(Unreadable, err)
		}
	}
}
