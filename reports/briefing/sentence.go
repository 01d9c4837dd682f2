package briefing

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// The language of sentences:
//
//	{received.total}           a figure
//	[, {rate.online.trend}]    a clause, left out when a figure in it is missing
//	[?pending.overdue: …]      a clause for when the figure is there and not 0
//	[!pending.overdue: …]      a clause for when it is 0 or missing
//	{{ [[ }} ]]                the brackets themselves
//
// A sentence outside clauses that lacks a figure is left out whole, for "đạt -
// %" says nothing. The space after the colon of a clause is kept.

type node struct {
	text   string // literal text
	field  string // a figure
	clause []node // a clause
	test   byte   // of a clause: 0, '?' or '!'
	isText bool
}

// parse reads a template. The error names what is wrong for the officer.
func parse(template string) ([]node, error) {
	p := &parser{s: template}
	nodes, err := p.nodes(0)
	if err == nil && p.at < len(p.s) {
		err = p.fail("thừa dấu ]")
	}
	return nodes, err
}

type parser struct {
	s  string
	at int
}

func (p *parser) fail(what string) error {
	near := p.s[:min(len(p.s), 120)]
	return data.Fail(data.Invalid, fmt.Sprintf("Đoạn «%s»: %s. Sửa lại đoạn văn hoặc khôi phục đoạn mẫu.", strings.ToValidUTF8(near, ""), what), nil)
}

func (p *parser) nodes(depth int) ([]node, error) {
	var list []node
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			list = append(list, node{text: text.String(), isText: true})
			text.Reset()
		}
	}
	if depth > 8 {
		return nil, p.fail("có quá nhiều dấu [ lồng nhau")
	}
	for p.at < len(p.s) {
		c := p.s[p.at]
		double := p.at+1 < len(p.s) && p.s[p.at+1] == c
		switch {
		case double && (c == '{' || c == '}' || c == '[') || double && c == ']' && depth == 0:
			text.WriteByte(c)
			p.at += 2
		case c == '{':
			end := strings.IndexByte(p.s[p.at:], '}')
			if end < 0 {
				return nil, p.fail("thiếu dấu } sau tên số liệu")
			}
			flush()
			list = append(list, node{field: p.s[p.at+1 : p.at+end]})
			p.at += end + 1
		case c == '[':
			flush()
			p.at++
			n := node{}
			if p.at < len(p.s) && (p.s[p.at] == '?' || p.s[p.at] == '!') {
				n.test = p.s[p.at]
				end := strings.IndexByte(p.s[p.at:], ':')
				if end < 0 {
					return nil, p.fail("thiếu dấu : sau điều kiện")
				}
				n.field = p.s[p.at+1 : p.at+end]
				p.at += end + 1
			}
			var err error
			if n.clause, err = p.nodes(depth + 1); err != nil {
				return nil, err
			}
			if p.at >= len(p.s) {
				return nil, p.fail("thiếu dấu ]")
			}
			p.at++
			if n.clause == nil {
				n.clause = []node{}
			}
			list = append(list, n)
		case c == ']':
			if depth == 0 {
				return nil, p.fail("thừa dấu ]")
			}
			flush()
			return list, nil
		default:
			text.WriteByte(c)
			p.at++
		}
	}
	flush()
	return list, nil
}

// Bound is a figure in a finished text: the bytes From to To hold Field.
type Bound struct {
	Field    string
	From, To int
}

// filled is a text with its figures.
type filled struct {
	text  strings.Builder
	bound []Bound
}

func (f *filled) add(o *filled) {
	at := f.text.Len()
	f.text.WriteString(o.text.String())
	for _, b := range o.bound {
		f.bound = append(f.bound, Bound{b.Field, b.From + at, b.To + at})
	}
}

// fillIn writes the nodes. ok is false when a figure outside inner clauses is
// missing; unknown takes the name of a figure that does not exist.
func (f *fields) fillIn(out *filled, nodes []node, unknown *string) (ok bool) {
	ok = true
	for _, n := range nodes {
		switch {
		case n.isText:
			out.text.WriteString(n.text)
		case n.clause == nil:
			v, known := f.find(n.field)
			if !known {
				*unknown = n.field
				return false
			}
			if v.Missing {
				ok = false
				continue
			}
			from := out.text.Len()
			out.text.WriteString(v.Value)
			out.bound = append(out.bound, Bound{v.Name, from, out.text.Len()})
		default:
			if n.test != 0 {
				v, known := f.find(n.field)
				if !known {
					*unknown = n.field
					return false
				}
				if there := !v.Missing && !v.Nought; there != (n.test == '?') {
					// The clause is left out, but its names are checked all the same.
					f.fillIn(&filled{}, n.clause, unknown)
					continue
				}
			}
			inner := &filled{}
			if f.fillIn(inner, n.clause, unknown) {
				out.add(inner)
			}
		}
		if *unknown != "" {
			return false
		}
	}
	return ok
}

func (f *fields) find(name string) (Figure, bool) {
	i, ok := f.index[strings.TrimSpace(name)]
	if !ok {
		return Figure{}, false
	}
	return f.list[i], true
}

// sentences cuts nodes at the ends of sentences: ". " in literal text.
func sentences(nodes []node) [][]node {
	var list [][]node
	var cur []node
	for _, n := range nodes {
		for n.isText {
			end := strings.Index(n.text, ". ")
			if end < 0 {
				break
			}
			cur = append(cur, node{text: n.text[:end+1], isText: true})
			list = append(list, cur)
			cur = nil
			n.text = n.text[end+2:]
		}
		if !n.isText || n.text != "" {
			cur = append(cur, n)
		}
	}
	if cur != nil {
		list = append(list, cur)
	}
	return list
}

// fillText fills a template and returns its text without the sentences that
// lack a figure.
func (f *fields) fillText(template string) (*filled, error) {
	nodes, err := parse(template)
	if err != nil {
		return nil, err
	}
	out := &filled{}
	for _, s := range sentences(nodes) {
		part := &filled{}
		unknown := ""
		ok := f.fillIn(part, s, &unknown)
		if unknown != "" {
			return nil, data.Fail(data.Invalid, fmt.Sprintf("Không có số liệu tên «%s». Chọn lại số liệu trong danh sách rồi thử lại.", unknown), nil)
		}
		if !ok || strings.TrimSpace(part.text.String()) == "" {
			continue
		}
		if out.text.Len() > 0 && !strings.HasSuffix(out.text.String(), " ") {
			out.text.WriteByte(' ')
		}
		out.add(part)
	}
	return out, nil
}
