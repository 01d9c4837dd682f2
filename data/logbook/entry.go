package logbook

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
)

// Entry is one row of a logbook, as it is stored. Values hold what was said, each as
// the stored text of its Type; a field that is not there is unknown (R12).
type Entry struct {
	ID      uint64            `json:"-"`
	Number  int               `json:"number"`           // running in its year, never given twice
	Year    int               `json:"year"`             // of Number
	Label   string            `json:"label,omitempty"`  // the number that a table brought along
	Source  string            `json:"source,omitempty"` // where it came from; "" for typed
	Made    int64             `json:"made"`             // when it was entered, Unix seconds
	By      string            `json:"by,omitempty"`
	Values  map[string]string `json:"values"`
	Changes []Change          `json:"changes,omitempty"` // oldest first
}

// Change is one change of an entry: what the fields held before.
type Change struct {
	At     int64             `json:"at"` // Unix seconds
	By     string            `json:"by,omitempty"`
	Why    string            `json:"why,omitempty"`
	Before map[string]string `json:"before"` // by key; "" where nothing was known
}

// Clone returns a copy that shares nothing which changes.
func (e *Entry) Clone() *Entry {
	c := *e
	c.Values, c.Changes = maps.Clone(e.Values), slices.Clone(e.Changes)
	if c.Values == nil {
		c.Values = map[string]string{}
	}
	return &c
}

// Has reports whether something is known of a field.
func (e *Entry) Has(key string) bool { return e.Values[key] != "" }

// Is reports whether a field holds the stored text.
func (e *Entry) Is(key, value string) bool { return e.Values[key] == value }

// Text returns the stored text of a field.
func (e *Entry) Text(key string) string { return e.Values[key] }

// True reports whether a yes-or-no field says yes.
func (e *Entry) True(key string) bool { return e.Values[key] == "1" }

// Int returns a whole number; 0 where it is unknown.
func (e *Entry) Int(key string) int64 {
	n, _ := strconv.ParseInt(e.Values[key], 10, 64)
	return n
}

// Day returns the day of a date or moment; NoDay where it is unknown.
func (e *Entry) Day(key string) data.Day { return e.Moment(key).Day }

// Moment returns a date with its time of day, where that is known.
func (e *Entry) Moment(key string) data.Moment {
	raw := e.Values[key]
	if raw == "" {
		return data.Moment{}
	}
	if day, ok := isoDay(raw); ok {
		return data.Moment{Day: day}
	}
	m, err := data.ParseMoment(raw)
	if err != nil {
		return data.Moment{}
	}
	return m
}

// isoDay reads a stored date without a time of day that is in every month; lists ask for
// the days of all their entries.
func isoDay(s string) (data.Day, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return data.NoDay, false
	}
	n := [3]int{}
	for i, part := range [3]string{s[:4], s[5:7], s[8:]} {
		for j := range len(part) {
			if part[j] < '0' || part[j] > '9' {
				return data.NoDay, false
			}
			n[i] = n[i]*10 + int(part[j]-'0')
		}
	}
	if n[0] < 1 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 28 {
		return data.NoDay, false
	}
	return data.Date(n[0], time.Month(n[1]), n[2]), true
}

// Ref returns the id that a link or unit field holds; 0 where it holds none.
func (e *Entry) Ref(key string) uint64 {
	n, _ := strconv.ParseUint(e.Values[key], 10, 64)
	return n
}

// Refs returns the ids of a Units field.
func (e *Entry) Refs(key string) (ids []uint64) {
	for part := range strings.SplitSeq(e.Values[key], ",") {
		if n, err := strconv.ParseUint(part, 10, 64); err == nil {
			ids = append(ids, n)
		}
	}
	return ids
}

// Set stores the text of a field; "" makes it unknown.
func (e *Entry) Set(key, stored string) {
	if stored == "" {
		delete(e.Values, key)
		return
	}
	e.Values[key] = stored
}

// MadeDay returns the day on which the entry was made.
func (e *Entry) MadeDay() data.Day { return data.DayOf(time.Unix(e.Made, 0)) }

// Name returns the running number of an entry as it is printed, such as NV12/2026.
func (k *Kind) Name(e *Entry) string {
	if e.Label != "" {
		return e.Label
	}
	if e.Number == 0 {
		return ""
	}
	return k.Prefix + strconv.Itoa(e.Number) + "/" + strconv.Itoa(e.Year)
}
