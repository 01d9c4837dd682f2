package briefing

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/reports/form"
)

// Month are the figures of one month for the charts.
type Month struct {
	Label    string // T1, or 15–30/6 for a part of a month
	Received int64  // new in the month
	Resolved int64
	Overdue  int64 // open and overdue at the end of the month
	Missing  bool  // it begins behind the cut-off day: there are no figures
}

// Survey are the answers of citizens who were asked.
type Survey struct {
	VerySatisfied, Satisfied, Unsatisfied int64
	Of                                    int64 // dossiers of which the slips are a sample
}

// Total is the number of slips.
func (s Survey) Total() int64 { return s.VerySatisfied + s.Satisfied + s.Unsatisfied }

// Input is everything that the report prints. The caller has counted it; all
// tables of one period must have the same total.
type Input struct {
	Office data.Office
	Period data.Period
	AsOf   data.Day
	// Before is the same period a year before; its zero value means that nothing
	// is compared and the tables before are empty.
	Before data.Period
	// Date is the date of the report; unknown leaves room for it.
	Date   data.Day
	Number string // number of the report, "" leaves room for it
	// Condition tells of which dossiers it speaks, "" for all.
	Condition string

	ByField, ByUnit, ByLevel                   data.Table
	ByFieldBefore, ByUnitBefore, ByLevelBefore data.Table
	// UnitLevel returns the level of a unit by the key of its row; nil puts all
	// units in one group.
	UnitLevel func(key string) data.Level
	// UnitClass returns the class in which the unit is compared; nil compares all of them.
	UnitClass func(key string) data.Class

	Rates      []data.Rate                // of the whole office
	LevelRates map[data.Level][]data.Rate // of each level
	Indicators []data.Rate                // free ones of Decree 224/2026; none before 01/07/2026

	Months, MonthsBefore []Month
	Recent               bool           // Months are the last ones up to the period, which has too few of its own
	Overdue              []form.Overdue // open and overdue on AsOf
	Survey               Survey
	Recipients           []string  // nil takes those of the draft
	Outline              string    // name of the draft; "" for the briefing report
	Measures             []Measure // figures of other registers; none of the briefing report
	ShowNames            bool      // print names in full in the annexes
	Choice               Choice    // of parts
	Part                 bool      // it is a part of a meeting pack, which has the tables of the other annexes
}

// Compared reports whether the same period a year before is known.
func (in *Input) Compared() bool { return in.Before.From.Known() }

func (in *Input) levelOf(key string) data.Level {
	if in.UnitLevel == nil {
		return ""
	}
	return in.UnitLevel(key)
}

// total is the total of the period.
func (in *Input) total() data.Counts { return in.ByField.Total }

// levels are the levels in the order of the table by level.
func (in *Input) levels() []data.Level {
	var list []data.Level
	for _, r := range in.ByLevel.Rows {
		list = append(list, data.Level(r.Key))
	}
	return list
}

// early is the cut-off day of a period, NoDay where that is its end.
func early(p data.Period, asOf data.Day) data.Day {
	if asOf < p.To {
		return asOf
	}
	return data.NoDay
}

// classes are the units that have overdue dossiers, each class apart.
func (in *Input) classes() []data.Classed[data.Row] {
	return data.Apart(in.units(), func(r data.Row) data.Class {
		if in.UnitClass == nil {
			return data.Class{}
		}
		return in.UnitClass(r.Key)
	})
}

// units are the units that have overdue dossiers, most first; ties by name in
// Vietnamese order.
func (in *Input) units() []data.Row {
	var list []data.Row
	for _, r := range in.ByUnit.Rows {
		if r.Overdue > 0 {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b data.Row) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), register.CompareText(a.Name, b.Name))
	})
	return list
}

// letters counts the overdue dossiers with a letter of apology, and those of them
// whose letter is only known from the source.
func (in *Input) letters() (all, outside int64) {
	for _, o := range in.Overdue {
		if o.Apology {
			all++
		}
		if o.Apology && o.Outside {
			outside++
		}
	}
	return all, outside
}

// rate finds a rate by its id.
func rate(list []data.Rate, id string) (data.Rate, bool) {
	for _, r := range list {
		if r.ID == id {
			return r, true
		}
	}
	return data.Rate{}, false
}

// Code returns the collation code XXXX-XXXX of all figures: the same figures
// give the same code, another figure another one.
func (in *Input) Code() string {
	h := sha256.New()
	put := func(a ...any) { fmt.Fprintln(h, a...) }
	put(in.Period.From, in.Period.To, in.AsOf, in.Before.From, in.Before.To)
	for _, t := range []data.Table{in.ByField, in.ByUnit, in.ByLevel, in.ByFieldBefore, in.ByUnitBefore, in.ByLevelBefore} {
		put("table", len(t.Rows), t.Total)
		for _, r := range t.Rows {
			put(len(r.Key), r.Key, len(r.Name), r.Name, r.Counts)
		}
	}
	rates := func(list []data.Rate) {
		put("rates", len(list))
		for _, r := range list {
			put(r.ID, r.Now, r.Before, r.Compared)
		}
	}
	rates(in.Rates)
	for _, l := range in.levels() {
		put(l)
		rates(in.LevelRates[l])
	}
	if len(in.Indicators) > 0 {
		rates(in.Indicators)
	}
	put("months", in.Months, in.MonthsBefore, in.Survey, len(in.Overdue))
	for _, o := range in.Overdue {
		put(len(o.Code), o.Code, o.Due, o.DaysLate, o.Apology, o.Outside)
	}
	for _, m := range in.Measures {
		put(m.ID, m.Now, m.Before, m.Text, m.Known, m.Compared)
	}
	s := base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").EncodeToString(h.Sum(nil))
	return s[:4] + "-" + s[4:8]
}

// Foot is the line at the foot of statistical pages.
func (in *Input) Foot() string {
	return fmt.Sprintf("Số liệu tính đến %s; nguồn: Sổ theo dõi hồ sơ; mã đối chiếu %s", in.AsOf, in.Code())
}
