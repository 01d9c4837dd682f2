package trouble

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"giaoban/data"
)

// describe tells of an error what a helper can use and what is no one's secret: the
// chain of its kinds, with code and field of a data.Error. The sentence that the
// officer read is left out, for it may repeat what was typed.
func describe(err error) string {
	switch e := err.(type) {
	case nil:
		return "none"
	case *data.Error:
		text := "code " + string(e.Code)
		if e.Field != "" {
			text += " field " + scrub(e.Field)
		}
		if e.Cause != nil {
			text += ": " + describe(e.Cause)
		}
		return text
	case *data.Fault:
		return "panic " + value(e.Value)
	case *fs.PathError:
		return e.Op + " file: " + describe(e.Err)
	case *os.LinkError:
		return e.Op + " files: " + describe(e.Err)
	case *os.SyscallError:
		return e.Syscall + ": " + describe(e.Err)
	case *strconv.NumError:
		return "strconv." + e.Func + ": " + describe(e.Err)
	case *exec.ExitError:
		return fmt.Sprintf("exit code %d", e.ExitCode())
	case syscall.Errno:
		return e.Error()
	case runtime.Error:
		return e.Error()
	}
	kind := fmt.Sprintf("%T", err)
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		var parts []string
		for _, part := range e.Unwrap() {
			parts = append(parts, describe(part))
		}
		return kind + " [" + strings.Join(parts, "; ") + "]"
	case interface{ Unwrap() error }:
		return kind + ": " + describe(e.Unwrap())
	}
	if kind == "*errors.errorString" { // a fixed sentence, as libraries have them
		return scrub(err.Error())
	}
	return kind
}

// value tells of what a panic threw.
func value(v any) string {
	switch v := v.(type) {
	case error:
		return describe(v)
	case string:
		return scrub(v)
	}
	return fmt.Sprintf("%T", v)
}

// stackOf returns where a panic in the chain of an error happened, "" for none.
func stackOf(err error) string {
	var f *data.Fault
	if errors.As(err, &f) {
		return string(f.Stack)
	}
	return ""
}

var (
	// quoted is what stands in quotes and all that follows: a quote within may have
	// ended it too early.
	quoted = regexp.MustCompile("(?s)(?:[«“\"`]|(?:^|[\\s(:=])').*")
	digits = regexp.MustCompile(`\d{4,}`)
	// kept are the words of capitals that are no names.
	kept = map[string]bool{"EOF": true, "JSON": true, "XML": true, "ZIP": true, "PDF": true, "UTF-8": true, "I/O": true, "CRC": true, "GL": true, "OpenGL": true, "GLFW": true, "Fyne": true, "X11": true}
)

// scrub takes from a text whatever may be about somebody: what stands in quotes,
// words that are not plain English, names, paths and file names, long numbers.
func scrub(text string) string {
	text = quoted.ReplaceAllString(text, " «…»")
	words := strings.Fields(text)
	for i, w := range words {
		bare := strings.Trim(w, ".,:;!?()[]{}")
		r, _ := utf8.DecodeRuneInString(bare)
		switch {
		case kept[bare] || w == "«…»":
		case strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII }), strings.ContainsAny(w, `/\@`), strings.ContainsAny(bare, "._") && !number.MatchString(bare):
			words[i] = "…"
		case unicode.IsUpper(r):
			words[i] = "…"
		default:
			words[i] = digits.ReplaceAllString(w, "#")
		}
	}
	return strings.Join(words, " ")
}

var number = regexp.MustCompile(`^[\d.,%-]+$`)
