// Package papertest reads what a PDF file of package paper tells about itself, for tests.
package papertest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

var (
	boxOfObjects = regexp.MustCompile(`(?s)/ObjStm.*?stream\n`)
	title        = regexp.MustCompile(`(?s)/Title \(((?:\\.|[^\\)])*)\)\n/(Parent|Subject)`)
	unescape     = strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r")
)

// Objects returns the file with its packed objects, but not its packed streams, as text.
func Objects(t testing.TB, pdf []byte) string {
	t.Helper()
	var b strings.Builder
	for _, at := range boxOfObjects.FindAllIndex(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(pdf[at[1]:]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	return string(pdf) + b.String()
}

// Pages counts the pages.
func Pages(t testing.TB, pdf []byte) int {
	t.Helper()
	return strings.Count(Objects(t, pdf), "/Type /Page\n")
}

// Title returns the title of the file, Bookmarks those of its outline.
func Title(t testing.TB, pdf []byte) string {
	t.Helper()
	return titles(Objects(t, pdf), "Subject")[0]
}

// Bookmarks returns the titles of the outline.
func Bookmarks(t testing.TB, pdf []byte) []string {
	t.Helper()
	return titles(Objects(t, pdf), "Parent")
}

func titles(objects, next string) (out []string) {
	for _, m := range title.FindAllStringSubmatch(objects, -1) {
		if m[2] == next {
			out = append(out, decode(m[1]))
		}
	}
	return out
}

// decode reads a string of UTF-16 with its mark.
func decode(s string) string {
	b := []byte(unescape.Replace(s))
	var units []uint16
	for i := 2; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}
