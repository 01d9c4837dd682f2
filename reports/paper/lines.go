package paper

import "strings"

// Run is a piece of text in one style.
type Run struct {
	Text         string
	Bold, Italic bool
}

// Text returns one upright run.
func Text(s string) []Run { return []Run{{Text: s}} }

// piece is a word, or the part of a word that has one style.
type piece struct {
	text  string
	style style
	width float64
	space bool // a space stands before it
}

// textLine is one line of pieces.
type textLine struct {
	pieces []piece
	width  float64 // with single spaces
	gaps   int     // spaces that may grow
	last   bool    // ends a paragraph: not justified
}

// breakAfter are the letters after which a word too long for its line is broken.
const breakAfter = "-/.,;_@"

// breakLines sets runs into lines: the first of width first, the others of
// width rest, in points. A line end in the text ends a line.
func breakLines(runs []Run, size, first, rest float64) []textLine {
	var lines []textLine
	var cur textLine
	room := first
	end := func(last bool) {
		cur.last = last
		lines = append(lines, cur)
		cur = textLine{}
		room = rest
	}
	place := func(word []piece) {
		var w float64
		for _, p := range word {
			w += p.width
		}
		gap := 0.0
		if len(cur.pieces) > 0 && word[0].space {
			gap = float64(faceOf(word[0].style).advance[' ']) * size / 1000
		}
		if len(cur.pieces) > 0 && cur.width+gap+w > room+0.01 {
			end(false)
			gap = 0
		}
		if len(cur.pieces) == 0 {
			word[0].space = false
			for w > room+0.01 {
				head, tail := splitWord(word, size, room)
				if head == nil {
					break
				}
				cur.pieces = append(cur.pieces, head...)
				for _, p := range head {
					cur.width += p.width
				}
				end(false)
				word, w = tail, 0
				for _, p := range word {
					w += p.width
				}
				if len(word) == 0 {
					return
				}
			}
		}
		if gap > 0 {
			cur.gaps++
		}
		cur.gaps += inner(word)
		cur.pieces = append(cur.pieces, word...)
		cur.width += gap + w
	}
	var word []piece
	flush := func() {
		if len(word) > 0 {
			place(word)
			word = nil
		}
	}
	pending := false
	for _, r := range runs {
		st := styleOf(r.Bold, r.Italic)
		s := Clean(r.Text)
		for s != "" {
			i := strings.IndexAny(s, " \n")
			part := s
			if i >= 0 {
				part = s[:i]
			}
			if part != "" {
				word = append(word, piece{part, st, float64(faceOf(st).width(part)) * size / 1000, pending})
				pending = false
			}
			if i < 0 {
				break
			}
			if n := len(word); n > 0 && part != "" && glued(s[i:]) {
				// "92,31 %" is one word.
				word[n-1].text += " "
				word[n-1].width += float64(faceOf(st).advance[' ']) * size / 1000
				s = s[i+1:]
				continue
			}
			flush()
			pending = true
			if s[i] == '\n' {
				end(true)
				pending = false
			}
			s = s[i+1:]
		}
	}
	flush()
	if len(cur.pieces) > 0 || len(lines) == 0 {
		end(true)
	}
	lines[len(lines)-1].last = true
	return lines
}

// glued reports whether the text after a word begins with a sign that belongs to
// the figure before it.
func glued(s string) bool { return strings.HasPrefix(s, " %") }

// inner counts the spaces inside words, which grow like the others.
func inner(word []piece) int {
	n := 0
	for _, p := range word {
		n += strings.Count(p.text, " ")
	}
	return n
}

// splitWord cuts a word that is wider than the room: after the last of
// breakAfter that fits, else after the last letter that fits, at least one.
func splitWord(word []piece, size, room float64) (head, tail []piece) {
	used := 0.0
	for k, p := range word {
		if used+p.width <= room {
			used += p.width
			continue
		}
		cut := cutAt(p.text, p.style, int((room-used)*1000/size), k == 0)
		head = append(head, word[:k]...)
		if cut > 0 {
			a, b := p, p
			a.text, b.text = p.text[:cut], p.text[cut:]
			f := faceOf(p.style)
			a.width = float64(f.width(a.text)) * size / 1000
			b.width = float64(f.width(b.text)) * size / 1000
			b.space = false
			head = append(head, a)
			if b.text != "" {
				tail = append(tail, b)
			}
		} else {
			tail = append(tail, p)
		}
		tail = append(tail, word[k+1:]...)
		return head, tail
	}
	return nil, word
}

// cutAt returns the byte at which text is cut to fit the room, in thousandths
// of the type size. With must at least one letter is taken.
func cutAt(s string, st style, room int, must bool) int {
	f := faceOf(st)
	w, good, fits := 0, 0, 0
	for i, r := range s {
		w += int(f.advance[r&0xFFFF])
		next := i + len(string(r))
		if w > room && (fits > 0 || !must) {
			break
		}
		fits = next
		if strings.ContainsRune(breakAfter, r) && next < len(s) {
			good = next
		}
		if w > room {
			break
		}
	}
	if good > 0 && good*3 >= fits {
		return good
	}
	return fits
}
