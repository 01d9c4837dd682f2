package catalogue

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Whole reads a whole number from 0 to top; an empty text is 0. field and label
// name the place in the error.
func Whole(text, field, label string, top int) (int, error) {
	n, err := data.ParseCount(text, int64(top))
	if err != nil {
		return 0, &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("%s là số nguyên từ 0 đến %s.", label, data.FormatInt(int64(top))), Cause: err}
	}
	return int(n), nil
}

// Term reads a term from its count and the key of its unit; both empty for an
// unknown term.
func Term(count, unit, field string) (data.Term, error) {
	u := data.NoTerm
	if unit != "" {
		var err error
		if u, err = data.ParseTermUnit(unit); err != nil {
			return data.Term{}, data.InField(err, field)
		}
	}
	t, err := data.ParseTerm(count, u)
	return t, data.InField(err, field)
}

// Lines splits a text at its line ends and leaves empty lines out.
func Lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}
