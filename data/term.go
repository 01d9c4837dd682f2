package data

import (
	"fmt"
)

// TermUnit is the unit in which the time limit of a procedure is stated
// (register-and-reports 3.2).
type TermUnit uint8

// The units of a term. The zero value means that the term is unknown.
const (
	NoTerm              TermUnit = iota
	WorkingDays                  // ngày làm việc
	CalendarDays                 // ngày; rolls to the next working day (Civil Code 2015, art. 148.5)
	WorkingHours                 // giờ làm việc, from the minute of reception
	Months                       // tháng; the corresponding day, then the next working day
	SameDay                      // trong ngày; after the hour set by the office the next working day
	CalendarDaysNoFeast          // ngày, public holidays skipped and weekends counted
)

var termUnitKeys = [...]string{"", "ngay-lam-viec", "ngay", "gio-lam-viec", "thang", "trong-ngay", "ngay-tru-le"}
var termUnitNames = [...]string{"", "ngày làm việc", "ngày", "giờ làm việc", "tháng", "trong ngày", "ngày (trừ ngày lễ)"}

// Key returns the name used by commands and data files, such as "ngay-lam-viec".
func (u TermUnit) Key() string {
	if int(u) < len(termUnitKeys) {
		return termUnitKeys[u]
	}
	return ""
}

// String returns the Vietnamese name.
func (u TermUnit) String() string {
	if int(u) < len(termUnitNames) {
		return termUnitNames[u]
	}
	return ""
}

// ParseTermUnit reads the name used by commands and data files.
func ParseTermUnit(key string) (TermUnit, error) {
	for i, k := range termUnitKeys {
		if k == key && i > 0 {
			return TermUnit(i), nil
		}
	}
	return NoTerm, Fail(Invalid, fmt.Sprintf("Đơn vị thời hạn «%s» không có. Dùng một trong: ngay-lam-viec, ngay, gio-lam-viec, thang, trong-ngay, ngay-tru-le.", key), nil)
}

// Term is the time limit of a procedure, as copied to a dossier at reception.
// The zero value is an unknown term.
type Term struct {
	Count int      `json:"Count"`
	Unit  TermUnit `json:"Unit"`
}

// Known reports whether the term is known.
func (t Term) Known() bool { return t.Unit != NoTerm }

// String returns for example "10 ngày làm việc"; "" when unknown.
func (t Term) String() string {
	switch t.Unit {
	case NoTerm:
		return ""
	case SameDay:
		return t.Unit.String()
	}
	return fmt.Sprintf("%d %s", t.Count, t.Unit)
}

// PauseMode says what happens to the term while the office waits for a
// supplement (register-and-reports 3.5).
type PauseMode uint8

// The modes.
const (
	Pause   PauseMode = iota // B: waiting days are taken out; the default
	Restart                  // A: the term is counted anew after the supplement
	RunOn                    // C: the term runs on
)

// ParsePauseMode reads "pause", "restart" or "run-on".
func ParsePauseMode(s string) (PauseMode, error) {
	switch s {
	case "", "pause":
		return Pause, nil
	case "restart":
		return Restart, nil
	case "run-on":
		return RunOn, nil
	}
	return Pause, Fail(Invalid, fmt.Sprintf("Cách tính khi chờ bổ sung «%s» không có. Dùng một trong: pause, restart, run-on.", s), nil)
}

// Key returns the name used by commands.
func (m PauseMode) Key() string { return [...]string{"pause", "restart", "run-on"}[m] }
