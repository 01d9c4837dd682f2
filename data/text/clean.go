// Package text is the one place that decides when two texts are the same: how
// text that comes in is cleaned, how it is folded for search and headings, and
// what makes two spellings one name. It keeps no state and knows no dossier.
package text

import (
	"reflect"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean brings text that was typed, pasted or read to the form in which the
// program keeps it: NFC, without characters that cannot be seen (marks of
// direction, soft hyphens, zero widths, controls), every kind of blank as a
// blank, every kind of line end as \n. Tabs and blanks at the ends stay, so that
// a field can be cleaned while one types. Bytes that are no UTF-8 become U+FFFD.
func Clean(s string) string {
	if plain(s, false) {
		return s
	}
	return string(compose(visible(make([]byte, 0, len(s)), []byte(s), false), 0))
}

// Line is Clean for text of one line: white space of any kind and length becomes
// one blank, and none stays at the ends.
func Line(s string) string {
	if plain(s, true) {
		return s
	}
	return string(compose(visible(make([]byte, 0, len(s)), []byte(s), true), 0))
}

// LineBytes is Line for bytes: it returns b itself when there is nothing to do,
// else bytes appended to arena.
func LineBytes(b []byte, arena *[]byte) []byte {
	if plain(b, true) {
		return b
	}
	from := len(*arena)
	*arena = compose(visible(*arena, b, true), from)
	return (*arena)[from:len(*arena):len(*arena)]
}

// suspect marks the bytes at which text may need cleaning: controls, and the
// lead bytes of blanks, marks and letters that Vietnamese does not use.
var suspect = func() (t [256]bool) {
	for c := range t {
		switch {
		case c < ' ' || c == 0x7F:
			t[c] = true
		case c >= 0xC3 && c <= 0xC6 || c == 0xE1:
			// Precomposed Vietnamese; E1 is looked at more closely below.
		case c >= 0xC0:
			t[c] = true
		}
	}
	return t
}()

// plain reports whether cleaning surely changes nothing: import asks it for
// every cell.
func plain[T string | []byte](s T, line bool) bool {
	n := len(s)
	if n == 0 {
		return true
	}
	if line && (s[0] == ' ' || s[n-1] == ' ') {
		return false
	}
	for i := 0; i < n; i++ {
		switch c := s[i]; {
		case c == ' ':
			if line && s[i+1] == ' ' { // the last byte is not a blank
				return false
			}
		case c < utf8.RuneSelf:
			if suspect[c] && (line || c != '\n' && c != '\t') {
				return false
			}
		case c < 0xC0 || suspect[c]: // a sequence without its lead byte, or a suspect
			return false
		case c == 0xE1:
			if i+2 >= n || s[i+1] != 0xBA && s[i+1] != 0xBB || s[i+2]&0xC0 != 0x80 {
				return false
			}
			i += 2
		default:
			if i+1 >= n || s[i+1]&0xC0 != 0x80 {
				return false
			}
			i++
		}
	}
	return true
}

// visible appends b to dst without what cannot be seen, white space as Clean or,
// for a line, Line has it.
func visible(dst, b []byte, line bool) []byte {
	from, gap := len(dst), false
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		next := b[n:]
		switch {
		case r == '\r' && len(next) > 0 && next[0] == '\n':
			// One line end is written with two characters.
		case invisible(r):
		case line && (unicode.IsSpace(r)):
			gap = true
		case r == '\t':
			dst = append(dst, '\t')
		case unicode.In(r, unicode.Zs):
			dst = append(dst, ' ')
		case unicode.IsSpace(r): // of what is left, only line ends
			dst = append(dst, '\n')
		default:
			if gap && len(dst) > from {
				dst = append(dst, ' ')
			}
			gap = false
			dst = utf8.AppendRune(dst, r)
		}
		b = next
	}
	return dst
}

// invisible reports characters that nobody sees and that other programs leave in
// text: they part what looks the same.
func invisible(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' && (r < '\t' || r > '\r') || r == 0x7F
	case r < 0xA0:
		return r != 0x85 // a line end
	case r == 0x34F || r >= 0xFE00 && r <= 0xFE0F || r == 0xFFFE || r == 0xFFFF:
		return true // joiners and selectors of glyphs, and what no text may hold
	}
	return unicode.Is(unicode.Cf, r)
}

// compose brings what stands in b from a place on to NFC.
func compose(b []byte, from int) []byte {
	if norm.NFC.IsNormal(b[from:]) {
		return b
	}
	return append(slices.Clip(b[:from]), norm.NFC.Bytes(b[from:])...)
}

// All returns v with every text in its fields, lists and maps as Clean has it.
// v itself, which others may be reading, stays as it is. Keys of maps, bytes and
// unexported fields are no texts of an officer.
func All[T any](v T) T {
	in := reflect.ValueOf(&v).Elem()
	if out, changed := cleaned(in); changed {
		in.Set(out)
	}
	return v
}

// cleaned returns v, or a copy of it where a text in it was not clean.
func cleaned(v reflect.Value) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.String:
		if s := Clean(v.String()); s != v.String() {
			return reflect.ValueOf(s).Convert(v.Type()), true
		}
	case reflect.Struct:
		return cleanedParts(v, v.NumField(), reflect.Value.Field)
	case reflect.Array:
		return cleanedParts(v, v.Len(), reflect.Value.Index)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v, false
		}
		return cleanedParts(v, v.Len(), reflect.Value.Index)
	case reflect.Map:
		return cleanedMap(v)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v, false
		}
		inner, changed := cleaned(v.Elem())
		if !changed || v.Kind() == reflect.Interface {
			return inner, changed
		}
		p := reflect.New(inner.Type())
		p.Elem().Set(inner)
		return p, true
	}
	return v, false
}

func cleanedParts(v reflect.Value, n int, part func(reflect.Value, int) reflect.Value) (reflect.Value, bool) {
	out, copied := v, false
	for i := range n {
		if !part(v, i).CanInterface() {
			continue
		}
		one, changed := cleaned(part(v, i))
		if !changed {
			continue
		}
		if !copied {
			copied = true
			if out = reflect.New(v.Type()).Elem(); v.Kind() == reflect.Slice {
				out.Set(reflect.MakeSlice(v.Type(), n, n))
				reflect.Copy(out, v)
			} else {
				out.Set(v)
			}
		}
		part(out, i).Set(one)
	}
	return out, copied
}

func cleanedMap(v reflect.Value) (reflect.Value, bool) {
	out, copied := v, false
	for at := v.MapRange(); at.Next(); {
		one, changed := cleaned(at.Value())
		if !changed {
			continue
		}
		if !copied {
			copied, out = true, reflect.MakeMap(v.Type())
			for all := v.MapRange(); all.Next(); {
				out.SetMapIndex(all.Key(), all.Value())
			}
		}
		out.SetMapIndex(at.Key(), one)
	}
	return out, copied
}
