// Package kit is what pages are made of: lists and forms that are declared as
// data (packages list and form below it). It holds the little that both share
// and knows no toolkit.
package kit

import "strconv"

// Choice is one value that a filter or a field offers.
type Choice struct {
	Key    string
	Text   string
	Detail string // fainter, at the right: a code, a number
}

// number is any whole number.
type number interface {
	~int | ~int32 | ~int64 | ~uint8 | ~uint32 | ~uint64
}

// Key is the key of what is known by a number.
func Key[N number](n N) string { return strconv.FormatInt(int64(n), 10) }

// Enumerated offers values that have names, by their numbers.
func Enumerated[N interface {
	number
	String() string
}](values ...N) []Choice {
	return ChoicesOf(values, func(v N) Choice { return Choice{Key: Key(v), Text: v.String()} })
}

// Words are choices that are their own keys.
func Words(list []string) []Choice {
	return ChoicesOf(list, func(w string) Choice { return Choice{Key: w, Text: w} })
}

// ChoicesOf offers each of a list.
func ChoicesOf[T any](list []T, of func(T) Choice) []Choice {
	out := make([]Choice, len(list))
	for i, x := range list {
		out[i] = of(x)
	}
	return out
}

// If is one of two values.
func If[T any](on bool, yes, no T) T {
	if on {
		return yes
	}
	return no
}

// Texts are short texts by key, kept between two starts of the program: widths of
// columns, views, habits.
type Texts interface {
	String(key string) string
	SetString(key, value string)
}

// Forgetful keeps texts for as long as the program runs.
type Forgetful map[string]string

// String implements Texts.
func (f Forgetful) String(key string) string { return f[key] }

// SetString implements Texts.
func (f Forgetful) SetString(key, value string) { f[key] = value }

// Order is one step of sorting.
type Order struct {
	Column     string `json:"column"`
	Descending bool   `json:"descending,omitempty"`
}
