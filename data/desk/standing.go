package desk

import (
	"maps"
	"reflect"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/register"
	"giaoban/data/workday"
)

// standing is what the file says beside dossiers and records: one state, which
// never changes.
type standing struct {
	office       data.Office
	calendar     *workday.Calendar
	calendarRaw  []byte // what it was made from
	rules        Rules
	denominators map[string]string // definitions of rates, by rate
	classes      data.Classes
	bases        *basis.Table
	catalogue    *Catalogue
}

// standingSettings are the settings that readStanding reads.
var standingSettings = []string{settingRules, settingCalendar, settingTaken, settingDenominators, settingClasses, settingBases}

// readStanding reads what stands in of the file. What did not change is that of before,
// which may be nil.
func readStanding(v View, before *standing) (*standing, error) {
	f := &standing{}
	var err error
	if f.rules, err = readRules(v.Setting(settingRules)); err != nil {
		return nil, err
	}
	if f.denominators, err = readDenominators(v.Setting(settingDenominators)); err != nil {
		return nil, err
	}
	if f.classes, err = readClasses(v.Setting(settingClasses)); err != nil {
		return nil, err
	}
	if f.bases, err = readBases(v.Setting(settingBases)); err != nil {
		return nil, err
	}
	if f.office, err = v.Office(); err != nil {
		return nil, err
	}
	if f.calendar, f.calendarRaw, err = readCalendar(v, before); err != nil {
		return nil, err
	}
	units, err := v.Units()
	if err != nil {
		return nil, err
	}
	fields, err := v.Fields()
	if err != nil {
		return nil, err
	}
	procedures, err := v.Procedures()
	if err != nil {
		return nil, err
	}
	if before != nil && before.catalogue.holds(units, fields, procedures) {
		f.catalogue = before.catalogue
	} else {
		f.catalogue = newCatalogue(units, fields, procedures)
	}
	return f, nil
}

// rulesAs reports whether office, rules, calendar, rates, classes and legal texts are those of other.
func (f *standing) rulesAs(other *standing) bool {
	return f.office == other.office && f.rules == other.rules && f.calendar == other.calendar && maps.Equal(f.denominators, other.denominators) &&
		reflect.DeepEqual(f.classes, other.classes) && reflect.DeepEqual(f.bases, other.bases)
}

// into puts what the register needs of the facts into a batch, where it is not as
// in before.
func (f *standing) into(b *register.Batch, before *standing) {
	if before == nil || f.catalogue != before.catalogue {
		b.SetCatalogue(f.catalogue.Units, f.catalogue.Fields, f.catalogue.Procedures)
	}
	if before == nil || !maps.Equal(f.denominators, before.denominators) {
		b.SetDenominators(f.denominators)
	}
}
