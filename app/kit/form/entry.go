package form

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
)

// Entry is a form without its controls: a value, and the texts that stand in the
// fields over it. It is used from one goroutine.
type Entry[T any] struct {
	fields []Field[T]
	stored T                 // what the form was filled with
	texts  map[string]string // what stands in the fields
	filled map[string]string // what they were filled with
}

// NewEntry returns the fields over a value.
func NewEntry[T any](value T, fields ...Field[T]) *Entry[T] {
	e := &Entry[T]{fields: fields, texts: map[string]string{}, filled: map[string]string{}}
	e.take(value)
	return e
}

func (e *Entry[T]) take(value T) {
	e.stored = value
	for _, f := range e.fields {
		if f.Get != nil {
			e.filled[f.Key] = f.Get(&value)
			e.texts[f.Key] = e.filled[f.Key]
		}
	}
}

// Fill takes what is stored now. A field that the officer has changed keeps what
// was typed.
func (e *Entry[T]) Fill(value T) {
	typed := e.Draft()
	e.take(value)
	maps.Copy(e.texts, typed)
}

// Refill takes another value. A text that reads as what stands there stays as it
// was typed, and so does that of a field that keep holds.
func (e *Entry[T]) Refill(value T, keep func(key string) bool) {
	typed := maps.Clone(e.texts)
	e.take(value)
	for _, f := range e.fields {
		if v := value; f.Set != nil && (keep(f.Key) || f.Set(&v, typed[f.Key]) == nil && f.Get(&v) == e.filled[f.Key]) {
			e.texts[f.Key] = typed[f.Key]
		}
	}
}

// Saved tells that what stands in the fields was stored as value.
func (e *Entry[T]) Saved(value T) { e.take(value) }

// Reset takes every change back.
func (e *Entry[T]) Reset() { e.take(e.stored) }

// Fields returns the fields in their order.
func (e *Entry[T]) Fields() []Field[T] { return e.fields }

// Text returns what stands in a field.
func (e *Entry[T]) Text(key string) string { return e.texts[key] }

// TextOf returns what would stand in a field over a value.
func (e *Entry[T]) TextOf(key string, v T) string {
	i := slices.IndexFunc(e.fields, func(f Field[T]) bool { return f.Key == key })
	if i < 0 || e.fields[i].Get == nil {
		return ""
	}
	return e.fields[i].Get(&v)
}

// Type puts a text into a field.
func (e *Entry[T]) Type(key, text string) { e.texts[key] = text }

// Dirty reports whether a field differs from what it was filled with.
func (e *Entry[T]) Dirty() bool { return len(e.Draft()) > 0 }

// Draft returns the texts that differ from what the fields were filled with, to
// be kept until the form is stored.
func (e *Entry[T]) Draft() map[string]string {
	out := map[string]string{}
	for key, text := range e.texts {
		if text != e.filled[key] {
			out[key] = text
		}
	}
	return out
}

// Restore puts a draft into the fields; keys that the form no longer has are left
// out.
func (e *Entry[T]) Restore(draft map[string]string) {
	for key, text := range draft {
		if _, ok := e.filled[key]; ok {
			e.texts[key] = text
		}
	}
}

// Value returns the value as far as the fields can be read; those that cannot
// leave what was stored. It serves what is told while one types.
func (e *Entry[T]) Value() T {
	v := e.stored
	for _, f := range e.fields {
		if f.Set != nil {
			_ = f.Set(&v, e.texts[f.Key]) // Read tells what is wrong
		}
	}
	return v
}

// Read returns the value of all fields that are not hidden. Its error names the
// first field that cannot be read.
func (e *Entry[T]) Read() (T, error) {
	v := e.stored
	now := e.Value()
	for _, f := range e.fields {
		if f.Set == nil || f.Hidden != nil && f.Hidden(&now) {
			continue
		}
		if err := f.Set(&v, e.texts[f.Key]); err != nil {
			return e.stored, at(f.Key, err)
		}
	}
	return v, nil
}

// Try reads one field and returns what is wrong with it, nil for nothing.
func (e *Entry[T]) Try(key string) error {
	_, err := e.Only(key)
	return err
}

// Only returns what is stored with one field as it stands now.
func (e *Entry[T]) Only(key string) (T, error) {
	v := e.stored
	i := slices.IndexFunc(e.fields, func(f Field[T]) bool { return f.Key == key })
	if i < 0 || e.fields[i].Set == nil {
		return v, nil
	}
	if err := e.fields[i].Set(&v, e.texts[key]); err != nil {
		return e.stored, at(key, err)
	}
	return v, nil
}

// at makes an error one of the field.
func at(key string, err error) error {
	var known *data.Error
	if errors.As(err, &known) && (known.Field == key || strings.HasPrefix(known.Field, key+".")) {
		return err
	}
	return &data.Error{Code: data.Invalid, Field: key, Message: err.Error(), Cause: err}
}

// shown is the text of a field as the officer knows it: of a pick its entry.
func (e *Entry[T]) shown(f Field[T], text string) string {
	switch f.Kind {
	case KindPick:
		v := e.Value()
		for _, c := range f.Choices(&v) {
			if c.Key == text {
				return c.Text
			}
		}
		if text == "" {
			return f.None
		}
	case KindTerm:
		if t, err := readTerm(text); err == nil {
			return t.String()
		}
	case KindMoment:
		return strings.ReplaceAll(text, "\t", " ")
	case KindCheck:
		if text == Ticked {
			return "có"
		}
		return "không"
	}
	return text
}

// joinRows and splitRows turn lines of texts into the text of a field and back.
func joinRows(lines [][]string) string {
	if len(lines) == 0 {
		return ""
	}
	raw, err := json.Marshal(lines)
	if err != nil {
		return "" // texts always marshal
	}
	return string(raw)
}

func splitRows(text string) [][]string {
	var lines [][]string
	if text == "" || json.Unmarshal([]byte(text), &lines) != nil {
		return nil
	}
	return lines
}
