package sheet

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

type tokenKind uint8

const (
	startTag tokenKind = iota
	endTag
)

// scanner splits the XML of a workbook into tags and the text before them. It
// knows just enough XML to be safe: nesting is checked, entities other than the
// five built in and numeric ones are errors, and so is a document type.
// The slices it hands out are valid until the next call of next.
type scanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	err      error // what src said last

	kind  tokenKind
	name  []byte // local name
	attrs []byte // raw attributes of a start tag
	text  []byte // raw text before the tag
	plain bool   // text is decoded already

	selfClosed bool
	stack      []uint32
	rooted     bool
	joined     []byte
}

func newScanner(src io.Reader) *scanner {
	return &scanner{src: src, buf: make([]byte, 64<<10)}
}

// more reads on, keeping what is unread; it moves pos to 0.
func (s *scanner) more() error {
	if s.err != nil {
		return s.err
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return errBomb
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for i := 0; i < 100; i++ {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.err = err
		}
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// find returns the distance from pos to the first b at or after from.
func (s *scanner) find(b byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], b); i >= 0 {
			return from + i, nil
		}
		from = s.end - s.pos
		if err := s.more(); err != nil {
			return 0, err
		}
	}
}

// closing returns the distance from pos to the end of sequence at or after from.
func (s *scanner) closing(sequence string, from int) (int, error) {
	for {
		i, err := s.find('>', from)
		if err != nil {
			return 0, err
		}
		if start := i + 1 - len(sequence); start >= from-1 && start >= 0 && string(s.buf[s.pos+start:s.pos+i+1]) == sequence {
			return i, nil
		}
		from = i + 1
	}
}

// next moves to the next tag. It returns io.EOF when the document is complete.
func (s *scanner) next() error {
	if s.selfClosed {
		s.selfClosed = false
		s.kind, s.text, s.attrs = endTag, nil, nil
		return nil
	}
	s.joined = s.joined[:0]
	join := false
	for {
		lt, err := s.find('<', 0)
		if err != nil {
			if err == io.EOF && s.rooted && len(s.stack) == 0 && len(bytes.TrimSpace(s.buf[s.pos:s.end])) == 0 {
				return io.EOF
			}
			if err == io.EOF {
				return fmt.Errorf("%w: the document ends early", errXML)
			}
			return err
		}
		first, err := s.byteAt(lt + 1)
		if err != nil {
			return early(err)
		}
		if first == '!' || first == '?' {
			if err := s.special(lt, first, &join); err != nil {
				return early(err)
			}
			continue
		}
		gt, err := s.tagEnd(lt + 1)
		if err != nil {
			return early(err)
		}
		s.text, s.plain = s.buf[s.pos:s.pos+lt], false
		if join {
			if s.joined, err = appendDecoded(s.joined, s.text); err != nil {
				return err
			}
			s.text, s.plain = s.joined, true
		}
		tag := s.buf[s.pos+lt+1 : s.pos+gt]
		s.pos += gt + 1
		return s.tag(tag)
	}
}

func early(err error) error {
	if err == io.EOF {
		return fmt.Errorf("%w: the document ends inside a tag", errXML)
	}
	return err
}

func (s *scanner) byteAt(i int) (byte, error) {
	for s.pos+i >= s.end {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	return s.buf[s.pos+i], nil
}

// tagEnd finds the > of a tag; a > inside quotes is part of a value.
func (s *scanner) tagEnd(i int) (int, error) {
	var quote byte
	for {
		b := s.buf[s.pos+i : s.end]
		for k, c := range b {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '>':
				return i + k, nil
			case c == '"' || c == '\'':
				quote = c
			case c == '<':
				return 0, errXML
			}
		}
		i = s.end - s.pos
		if err := s.more(); err != nil {
			return 0, err
		}
	}
}

// special skips comments and processing instructions and takes in CDATA.
func (s *scanner) special(lt int, first byte, join *bool) error {
	sequence, head, data := "?>", 2, false
	if first != '?' {
		for i := lt + 2; i < lt+9; i++ {
			if _, err := s.byteAt(i); err != nil {
				return err
			}
		}
		switch opening := s.buf[s.pos+lt : s.pos+lt+9]; {
		case bytes.HasPrefix(opening, []byte("<!--")):
			sequence, head = "-->", 4
		case string(opening) == "<![CDATA[":
			sequence, head, data = "]]>", 9, true
		default:
			return fmt.Errorf("%w: a document type", errXML)
		}
	}
	end, err := s.closing(sequence, lt+head)
	if err != nil {
		return err
	}
	*join = true
	if s.joined, err = appendDecoded(s.joined, s.buf[s.pos:s.pos+lt]); err != nil {
		return err
	}
	if data {
		s.joined = append(s.joined, s.buf[s.pos+lt+9:s.pos+end-2]...)
	}
	if s.pos += end + 1; len(s.joined) > maxToken {
		return errBomb
	}
	return nil
}

func (s *scanner) tag(tag []byte) error {
	if len(tag) == 0 {
		return errXML
	}
	if tag[0] == '/' {
		name := tag[1:]
		for len(name) > 0 && name[len(name)-1] <= ' ' {
			name = name[:len(name)-1]
		}
		if len(s.stack) == 0 || s.stack[len(s.stack)-1] != hash(name) {
			return fmt.Errorf("%w: </%s> closes nothing", errXML, name)
		}
		s.stack = s.stack[:len(s.stack)-1]
		s.kind, s.name, s.attrs = endTag, local(name), nil
		return nil
	}
	closed := tag[len(tag)-1] == '/'
	if closed {
		tag = tag[:len(tag)-1]
	}
	n := 0
	for n < len(tag) && tag[n] > ' ' {
		n++
	}
	if n == 0 || (len(s.stack) == 0 && s.rooted) || len(s.stack) > 200 {
		return errXML
	}
	s.rooted = true
	s.kind, s.name, s.attrs = startTag, local(tag[:n]), tag[n:]
	if closed {
		s.selfClosed = true
		return nil
	}
	s.stack = append(s.stack, hash(tag[:n]))
	return nil
}

// skip passes over everything inside the element that was just opened.
func (s *scanner) skip() error {
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == startTag {
			depth++
		} else {
			depth--
		}
	}
	return nil
}

// leaf moves to the end of the element just opened, whose text is then in text;
// elements inside it are passed over.
func (s *scanner) leaf() error {
	for {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == endTag {
			return nil
		}
		if err := s.skip(); err != nil {
			return err
		}
	}
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// attr cuts the next attribute off attrs. ok is false at the end.
func attr(attrs []byte) (name, value, rest []byte, ok bool) {
	i := 0
	for i < len(attrs) && attrs[i] <= ' ' {
		i++
	}
	start := i
	for i < len(attrs) && attrs[i] != '=' && attrs[i] > ' ' {
		i++
	}
	name = attrs[start:i]
	for i < len(attrs) && (attrs[i] <= ' ' || attrs[i] == '=') {
		i++
	}
	if len(name) == 0 || i >= len(attrs) || (attrs[i] != '"' && attrs[i] != '\'') {
		return nil, nil, nil, false
	}
	quote := attrs[i]
	end := bytes.IndexByte(attrs[i+1:], quote)
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, attrs[i+1 : i+1+end], attrs[i+2+end:], true
}

// attrValue returns the decoded value of one attribute, by local name.
func attrValue(attrs []byte, want string) string {
	for {
		name, value, rest, ok := attr(attrs)
		if !ok {
			return ""
		}
		if string(local(name)) == want {
			v, err := appendDecoded(nil, value)
			if err != nil {
				return ""
			}
			return string(v)
		}
		attrs = rest
	}
}

// appendText appends the text before the current tag to dst.
func (s *scanner) appendText(dst []byte) ([]byte, error) {
	if s.plain {
		return append(dst, s.text...), nil
	}
	return appendDecoded(dst, s.text)
}

// appendDecoded appends text with its entities resolved and the _xHHHH_ escapes
// of spreadsheets turned into their characters.
func appendDecoded(dst, text []byte) ([]byte, error) {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '_') < 0 {
		return append(dst, text...), nil
	}
	for {
		i := bytes.IndexAny(text, "&_")
		if i < 0 {
			return append(dst, text...), nil
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		if text[0] == '_' {
			if r, ok := escape(text); ok {
				dst = utf8.AppendRune(dst, r)
				text = text[7:]
			} else {
				dst = append(dst, '_')
				text = text[1:]
			}
			continue
		}
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			return dst, fmt.Errorf("%w: a bare &", errXML)
		}
		r, err := entity(text[1:end])
		if err != nil {
			return dst, err
		}
		dst = utf8.AppendRune(dst, r)
		text = text[end+1:]
	}
}

func escape(text []byte) (rune, bool) {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	r, ok := number(text[2:6], 16)
	if !ok || r >= 0xD800 && r < 0xE000 {
		return 0, false
	}
	return r, true
}

func entity(name []byte) (rune, error) {
	switch string(name) {
	case "amp":
		return '&', nil
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	if len(name) > 1 && name[0] == '#' {
		digits, base := name[1:], rune(10)
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if r, ok := number(digits, base); ok && r <= utf8.MaxRune {
			return r, nil
		}
	}
	return 0, fmt.Errorf("%w: the entity &%s;", errXML, name)
}

func number(digits []byte, base rune) (rune, bool) {
	if len(digits) == 0 || len(digits) > 7 {
		return 0, false
	}
	var n rune
	for _, c := range digits {
		var d rune
		switch {
		case c >= '0' && c <= '9':
			d = rune(c - '0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			d = rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
		if d >= base {
			return 0, false
		}
		n = n*base + d
	}
	return n, true
}
