package sheet

import (
	"bytes"
	"context"
	"io"
	"strings"

	"giaoban/data/exchange/legacy"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// textFile is a file that is not a zip: HTML, MHTML or delimited text.
type textFile struct {
	src   io.ReaderAt
	size  int64
	utf16 unicode.Endianness
	wide  bool // UTF-16
	skip  int64
	enc   legacy.Encoding
	bytes bool // text comes as single bytes of enc, not as UTF-8
}

func openText(src io.ReaderAt, size int64, head []byte) (*Book, error) {
	f := &textFile{src: src, size: size}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		f.wide, f.utf16, f.skip = true, unicode.LittleEndian, 2
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		f.wide, f.utf16, f.skip = true, unicode.BigEndian, 2
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		f.skip = 3
	default:
		f.wide, f.utf16 = guessWide(head)
	}
	sample, err := io.ReadAll(io.LimitReader(f.raw(), sampleSize))
	if err != nil {
		return nil, Refuse(Unreadable, err)
	}
	if notText(sample) {
		return nil, Refuse(Unknown, nil)
	}
	trimmed := bytes.TrimLeft(sample, " \t\r\n\uFEFF")
	lower := bytes.ToLower(trimmed)
	switch {
	case hasHeader(lower, "mime-version:") || hasHeader(lower, "content-type: multipart"):
		return openMHTML(f)
	case xmlSheetText(lower):
		f.decide(sample, attrValue(lower, "encoding"))
		return openXMLSheet(f)
	case bytes.HasPrefix(lower, []byte("<")) && bytes.Contains(lower, []byte("<frameset")) && !bytes.Contains(lower, []byte("<table")):
		return nil, Refuse(Frames, nil)
	case bytes.HasPrefix(lower, []byte("<")) && (bytes.Contains(lower, []byte("<table")) || bytes.Contains(lower, []byte("<html"))):
		f.decide(sample, charset(lower))
		return openHTML(f.raw, f.size, f, HTML)
	case bytes.HasPrefix(lower, []byte("{\\rtf")):
		return nil, Refuse(NotWorkbook, nil)
	}
	f.decide(sample, "")
	return openCSV(f, sample)
}

// xmlSheetText tells an XML Spreadsheet 2003 from HTML that Excel wrote.
func xmlSheetText(lower []byte) bool {
	return bytes.HasPrefix(lower, []byte("<")) && bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")) &&
		(bytes.Contains(lower, []byte("<workbook")) || bytes.Contains(lower, []byte(":workbook"))) && !bytes.Contains(lower, []byte("<html ")) && !bytes.Contains(lower, []byte("<html>"))
}

func hasHeader(lower []byte, name string) bool {
	return bytes.HasPrefix(lower, []byte(name)) || bytes.Contains(lower[:min(len(lower), 1024)], []byte("\n"+name)) && !bytes.HasPrefix(lower, []byte("<"))
}

// raw returns the text without its byte order mark, UTF-16 turned into UTF-8.
func (f *textFile) raw() io.Reader {
	r := io.Reader(io.NewSectionReader(f.src, f.skip, f.size-f.skip))
	if f.wide {
		r = transform.NewReader(r, unicode.UTF16(f.utf16, unicode.IgnoreBOM).NewDecoder())
	}
	return r
}

// decide settles the encoding from a sample and the charset that the file
// claims.
func (f *textFile) decide(sample []byte, claim string) {
	hint := legacy.UTF8
	if strings.Contains(claim, "1258") {
		hint = legacy.Windows1258
	}
	f.enc = legacy.Guess(sample, hint)
	f.bytes = f.enc != legacy.UTF8 && f.enc != legacy.Mojibake && !validUTF8(sample)
}

// text turns bytes of the file into UTF-8.
func (f *textFile) text(b []byte) []byte {
	switch {
	case f.enc == legacy.UTF8 || ascii(b):
		return b
	case f.bytes:
		return []byte(legacy.Bytes(f.enc, b))
	}
	return []byte(legacy.Text(f.enc, string(b)))
}

func validUTF8(sample []byte) bool {
	// Guess has dropped a cut sequence by the same rule.
	for i := 0; i < 4 && i < len(sample); i++ {
		if bytes.Equal(bytes.ToValidUTF8(sample[:len(sample)-i], nil), sample[:len(sample)-i]) {
			return true
		}
	}
	return len(sample) == 0
}

// guessWide finds UTF-16 without a mark by its many noughts on one side.
func guessWide(head []byte) (bool, unicode.Endianness) {
	head = head[:min(len(head), 4096)&^1]
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 8:
	case zero[1] > half/3 && zero[0] < half/50+1:
		return true, unicode.LittleEndian
	case zero[0] > half/3 && zero[1] < half/50+1:
		return true, unicode.BigEndian
	}
	return false, unicode.LittleEndian
}

// notText reports whether a sample is no text at all.
func notText(sample []byte) bool {
	control := 0
	for _, c := range sample {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != 0x0B {
			control++
		}
	}
	return control > len(sample)/200
}

func charset(lower []byte) string {
	head := lower[:min(len(lower), 8192)]
	i := bytes.Index(head, []byte("charset="))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(head[i+len("charset="):], "\"' ")
	end := bytes.IndexAny(rest, "\"' />;\r\n")
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}

// counting counts what was read, for progress.
type counting struct {
	src io.Reader
	n   int64
	ctx context.Context
}

func (c *counting) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}
