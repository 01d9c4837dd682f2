package desk

import (
	"slices"

	"giaoban/data"
	"giaoban/data/logbook"
)

// MeasureQuery asks for measures: those of Only, all where it is empty, over a period
// or over everything.
type MeasureQuery struct {
	Period data.Period // its zero value for everything
	AsOf   data.Day
	By     logbook.GroupBy
	Only   []string
	Filter Filter // of dossiers
}

func (q MeasureQuery) wants(id string) bool { return len(q.Only) == 0 || slices.Contains(q.Only, id) }

// Measured is a figure with what stands behind it: the entries of a logbook, or the
// dossiers of the register in the period.
type Measured struct {
	ID, Name    string
	Unit        string // of measure; "%" for a rate
	Denominator string // its name; "" for a count
	Kind        string // of the logbook that Entries are of; "" for the register
	Decimals    int    // numbers count units of 10^-Decimals
	logbook.Value
	Parts      []logbook.Value // by group, by name
	Procedures []uint32        // behind a count of procedures
}

// Rate reports whether it is a rate.
func (m *Measured) Rate() bool { return m.Denominator != "" }

type registerCount struct {
	id, name string
	of       func(data.Counts) int64
}

// registerCounts are the counts of form II.06a that are measures. A count that shares
// its id with a rate is the numerator of that rate.
var registerCounts = []registerCount{
	{"received", "Hồ sơ tiếp nhận", data.Counts.Received},
	{"new_online", "Hồ sơ mới nhận trực tuyến", func(c data.Counts) int64 { return c.NewOnline }},
	{"new_direct_postal", "Hồ sơ mới nhận trực tiếp, bưu chính", data.Counts.DirectPostal},
	{"new_postal", "Hồ sơ mới nhận qua bưu chính", func(c data.Counts) int64 { return c.NewPostal }},
	{"carried", "Hồ sơ kỳ trước chuyển sang", func(c data.Counts) int64 { return c.Carried }},
	{"withdrawn", "Hồ sơ rút, dừng", func(c data.Counts) int64 { return c.Withdrawn }},
	{"pending", "Hồ sơ đang giải quyết", data.Counts.Pending},
	{"pending_in_time", "Hồ sơ đang giải quyết trong hạn", func(c data.Counts) int64 { return c.InTime }},
	{"pending_overdue", "Hồ sơ đang giải quyết quá hạn", func(c data.Counts) int64 { return c.Overdue }},
	{"waiting", "Hồ sơ chờ bổ sung", func(c data.Counts) int64 { return c.Waiting }},
	{"unapologised", "Hồ sơ quá hạn chưa có thư xin lỗi", func(c data.Counts) int64 { return c.Late + c.Overdue - c.Apologised }},
}

// Measures works out measures from one state of the office: register, logbooks
// and indicators publish theirs in this one list, which reports, rankings, criteria and commands read.
func (s *Snapshot) Measures(q MeasureQuery) ([]Measured, error) {
	if !q.AsOf.Known() {
		q.AsOf = s.Today()
		if q.Period.To.Known() && q.Period.To < q.AsOf {
			q.AsOf = q.Period.To
		}
	}
	out := append(s.registerMeasures(q), s.catalogueMeasures(q)...)
	letters, err := s.letterMeasure(q)
	if err != nil {
		return nil, err
	}
	read, err := s.readingMeasures(q)
	if err != nil {
		return nil, err
	}
	out = append(append(out, letters...), read...)
	w, err := s.Logbooks(q.AsOf)
	if err != nil {
		return nil, err
	}
	for _, k := range logbook.Kinds() {
		var rows []logbook.Row
		for i := range k.Measures {
			m := &k.Measures[i]
			if !q.wants(m.ID) {
				continue
			}
			if rows == nil {
				rows = k.Rows(w)
			}
			total, parts := k.Measure(m, rows, q.Period, q.By)
			out = append(out, Measured{ID: m.ID, Name: m.Name, Unit: m.Unit, Denominator: m.Denom, Kind: k.ID, Value: total, Parts: parts})
		}
	}
	typed, err := s.indicatorMeasures(q)
	return append(out, typed...), err
}

func (s *Snapshot) registerMeasures(q MeasureQuery) (out []Measured) {
	p := s.span(q)
	asked := func(id string) bool { return q.wants("register." + id) }
	rates := s.RatesOf(data.Counts{}, nil)
	if !slices.ContainsFunc(registerCounts, func(c registerCount) bool { return asked(c.id) }) && !slices.ContainsFunc(rates, func(r data.Rate) bool { return asked(r.ID) }) {
		return nil
	}
	by := data.ByUnit
	if q.By == logbook.ByDomain {
		by = data.ByField
	}
	t := s.Figures(p, q.AsOf, by, q.Filter)
	group := func(of func(data.Counts) logbook.Value) (parts []logbook.Value) {
		for _, row := range t.Rows {
			if q.By == logbook.ByNothing {
				break
			}
			v := of(row.Counts)
			v.Key, v.Name = row.Key, row.Name
			parts = append(parts, v)
		}
		return parts
	}
	for _, c := range registerCounts {
		if asked(c.id) {
			of := func(n data.Counts) logbook.Value { return logbook.Value{B: c.of(n)} }
			out = append(out, Measured{ID: "register." + c.id, Name: c.name, Unit: "hồ sơ", Value: of(t.Total), Parts: group(of)})
		}
	}
	for i, r := range s.RatesOf(t.Total, nil) {
		if asked(r.ID) {
			of := func(n data.Counts) logbook.Value {
				r := s.RatesOf(n, nil)[i]
				return logbook.Value{B: r.Now.Numerator, A: r.Now.Denominator}
			}
			out = append(out, Measured{ID: "register." + r.ID, Name: r.Name, Unit: "%", Denominator: r.DenominatorName, Value: of(t.Total), Parts: group(of)})
		}
	}
	return out
}

// span is the period of a question, that of the whole register where it names none.
func (s *Snapshot) span(q MeasureQuery) data.Period {
	if q.Period.From.Known() {
		return q.Period
	}
	first, _ := s.Span()
	if !first.Known() {
		first = q.AsOf
	}
	return data.Period{From: first, To: q.AsOf}
}
