package sheet

import (
	"bufio"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"giaoban/data/exchange/legacy"
)

// openMHTML opens the HTML part of a web archive, as Word and Excel save it.
func openMHTML(f *textFile) (*Book, error) {
	part, err := f.htmlPart()
	if err != nil {
		return nil, err
	}
	sample, err := io.ReadAll(io.LimitReader(part, sampleSize))
	if err != nil {
		return nil, Refuse(Truncated, err)
	}
	inner := &textFile{size: f.size, enc: legacy.UTF8}
	inner.decide(sample, charset([]byte(strings.ToLower(string(sample)))))
	start := func() io.Reader {
		r, err := f.htmlPart()
		if err != nil {
			return failing{err}
		}
		return r
	}
	return openHTML(start, f.size, inner, MHTML)
}

// htmlPart returns the decoded text of the first HTML part.
func (f *textFile) htmlPart() (io.Reader, error) {
	in := bufio.NewReader(f.raw())
	header, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil {
		return nil, Refuse(Truncated, err)
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return nil, Refuse(Truncated, err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return transferred(in, header.Get("Content-Transfer-Encoding")), nil
	}
	parts := multipart.NewReader(in, params["boundary"])
	for i := 0; i < 1000; i++ {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, Refuse(Truncated, err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if kind == "text/html" {
			return transferred(part, part.Header.Get("Content-Transfer-Encoding")), nil
		}
	}
	return nil, Refuse(Unknown, errors.New("no HTML part"))
}

func transferred(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
