package workday

import (
	"fmt"

	"giaoban/data"
)

// Kind is the kind of a special day of the office calendar.
type Kind uint8

// The kinds of special day (Labour Code 2019, articles 111 and 112; decisions
// on swapped days).
const (
	Holiday Kind = iota + 1 // nghỉ lễ
	InLieu                  // nghỉ bù: a holiday fell on a weekly day of rest
	Swapped                 // hoán đổi: a working day off, worked on another day
	MakeUp                  // làm bù: a Saturday worked for a swapped day
)

var kindKeys = [...]string{"", "nghi-le", "nghi-bu", "hoan-doi", "lam-bu"}
var kindNames = [...]string{"", "Nghỉ lễ", "Nghỉ bù", "Nghỉ hoán đổi", "Làm bù"}

// Key returns the name used in calendar files: nghi-le, nghi-bu, hoan-doi or
// lam-bu.
func (k Kind) Key() string {
	if int(k) < len(kindKeys) {
		return kindKeys[k]
	}
	return ""
}

// String returns the Vietnamese name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// Off reports whether the office is closed on a day of this kind.
func (k Kind) Off() bool { return k >= Holiday && k <= Swapped }

// ParseKind reads the name used in calendar files.
func ParseKind(key string) (Kind, error) {
	for i, k := range kindKeys {
		if i > 0 && k == key {
			return Kind(i), nil
		}
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Loại ngày «%s» không có trong lịch. Dùng một trong: nghi-le, nghi-bu, hoan-doi, lam-bu.", key), nil)
}

// Standing says whether the days of a year are decided.
type Standing uint8

// The standings.
const (
	Official Standing = iota // chính thức
	Proposed                 // dự kiến
)

// Key returns the name used in calendar files: chinh-thuc or du-kien.
func (s Standing) Key() string { return [...]string{"chinh-thuc", "du-kien"}[s&1] }

// String returns the Vietnamese name.
func (s Standing) String() string { return [...]string{"Chính thức", "Dự kiến"}[s&1] }

// Special is a day on which the office calendar differs from the plain week.
type Special struct {
	Date     data.Day
	Kind     Kind
	Name     string   // the holiday, such as "Quốc khánh"
	Basis    string   // legal basis
	For      data.Day // InLieu: the holiday; Swapped and MakeUp: the other day of the swap; else unknown
	Standing Standing
	Hours    Hours // MakeUp: its sessions; none are those of an ordinary day
}

// Year holds the special days of one Gregorian year, by date.
type Year struct {
	Number   int
	Standing Standing
	Days     []Special
	Asks     []Ask // questions that were open when the calendar was shipped
}
