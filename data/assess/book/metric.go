package book

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/scoring"
)

// Metric returns what the register gives for a leaf of a sheet, with the queries
// that list the dossiers. ok is false where the register cannot answer it: such
// figures are typed with their source.
func (b *Book) Metric(sheet uint64, code string) (m assess.Metric, ok bool, err error) {
	c, err := b.Card(sheet)
	if err != nil {
		return m, false, err
	}
	return b.metric(c, code)
}

func (b *Book) metric(c *assess.Card, code string) (assess.Metric, bool, error) {
	n := c.Set.Node(code)
	if n == nil || n.Metric == nil {
		return assess.Metric{}, false, nil
	}
	return b.metricOf(newMemo(b.from), c, n)
}

// Measure returns what Metric does for leaves of cards that are not stored yet; what is
// counted once is not counted again.
func (b *Book) Measure() func(*assess.Card, *scoring.Node) (assess.Metric, bool, error) {
	m := newMemo(b.from)
	return func(c *assess.Card, n *scoring.Node) (assess.Metric, bool, error) { return b.metricOf(m, c, n) }
}

// metricOf works out the metric of a leaf for the unit and the period of a card.
func (b *Book) metricOf(m *memo, c *assess.Card, n *scoring.Node) (assess.Metric, bool, error) {
	if n.Metric == nil {
		return assess.Metric{}, false, nil
	}
	ref := whole(n.Metric)
	out := assess.Metric{Code: n.Code, Figure: assess.Figure{Metric: ref.Value}, DefinitionTitle: ref.Value}
	for _, x := range c.Set.Metrics {
		switch x.ID {
		case ref.Value:
			out.DefinitionTitle = x.Title
		case ref.Numerator:
			out.Numerator = x.Title
		case ref.Denominator:
			out.Denominator = x.Title
		}
	}
	today := b.from.Today()
	if days, ok := b.own(c, ref.Value); ok {
		out.Figure.B, out.Figure.Single, out.Figure.AsOf = days, true, today
		return out, true, nil
	}
	if ref.Numerator == "remedial.tasks_done" && ref.Denominator == "remedial.tasks_total" {
		p, err := b.progress(c)
		if err != nil {
			return out, false, err
		}
		out.Figure.B, out.Figure.A, out.Figure.AsOf = p.Done, p.Total, today
		return out, p.Total > 0, nil
	}
	e, scope := envOf(b.from, c, ref.Scope, c.Period.Span(today), today)
	out.Period, out.ScopeName = e.span, scope
	f, ok := m.figure(e, ref)
	if !ok {
		return out, false, nil
	}
	out.Figure = f
	out.B, out.A = m.query(e, ref.Numerator), m.query(e, ref.Denominator)
	if f.Single {
		out.B = m.query(e, ref.Value)
	}
	return out, true, nil
}

// own answers metrics of the sheet itself: how many working days after the
// deadline it was submitted.
func (b *Book) own(c *assess.Card, metric string) (int64, bool) {
	if metric != "assessment.days_late" || !c.Period.SelfTo.Known() {
		return 0, false
	}
	for _, move := range c.Sheet.Moves {
		if move.To == assess.Submitted && move.From == assess.Drafting {
			if move.Day <= c.Period.SelfTo {
				return 0, true
			}
			return int64(b.from.Calendar().WorkingDays(c.Period.SelfTo+1, move.Day)), true
		}
	}
	return 0, false
}

// progress counts the remedial tasks that the unit had after the year before, as
// of the end of the period's year.
func (b *Book) progress(c *assess.Card) (assess.Progress, error) {
	remedies, err := b.Remedies(0)
	if err != nil {
		return assess.Progress{}, err
	}
	sheets, err := listed(b, assess.RecordSheet, sheetID)
	if err != nil {
		return assess.Progress{}, err
	}
	unit := map[uint64]uint32{}
	for _, s := range sheets {
		unit[s.ID] = s.Unit
	}
	var own []assess.Remedy
	for _, r := range remedies {
		if u, ok := unit[r.Sheet]; ok && u == c.Sheet.Unit {
			own = append(own, r)
		}
	}
	span := c.Period.Span(b.from.Today())
	return assess.ProgressOf(own, c.Period.Year-1, min(span.To, b.from.Today())), nil
}

// env is what a metric is counted over.
type env struct {
	span   data.Period
	asOf   data.Day // NoDay for the end of the span
	filter desk.Filter
}

// day returns the day of the figures.
func (e env) day() data.Day {
	if e.asOf == data.NoDay {
		return e.span.To
	}
	return e.asOf
}

// envOf narrows to the unit of a sheet. The office itself takes all units of the
// level that the criterion names; «all» leaves out the vertical agencies, which
// it does not answer for.
func envOf(d state, c *assess.Card, scope string, span data.Period, today data.Day) (env, string) {
	e := env{span: span}
	if today < span.To {
		e.asOf = today
	}
	if c.Sheet.Unit != assess.OwnUnit {
		e.filter.Units = []uint32{c.Sheet.Unit}
		return e, c.Name
	}
	if scope != "" && scope != "all" {
		level := data.Level(scope)
		e.filter.Levels = []data.Level{level}
		return e, level.Name()
	}
	seen := map[data.Level]bool{"": true}
	e.filter.Levels = []data.Level{""}
	names := []string{}
	for _, u := range d.Catalogue().Units {
		if !seen[u.Level] && u.Level != data.LevelVertical {
			seen[u.Level] = true
			e.filter.Levels = append(e.filter.Levels, u.Level)
			names = append(names, u.Level.Name())
		}
	}
	return e, strings.Join(names, ", ")
}

// counter is one countable metric: by a column of form II.06a with a rate or
// outcomes, or by the figures of the period.
type counter struct {
	column   data.Column
	rate     string
	outcomes []data.Outcome
	letter   bool                    // only those with a letter of apology
	of       func(data.Counts) int64 // where no query lists it; for forecasts too
	noun     string
	stock    bool // counts what stands on the day, not what came
}

func column(col data.Column) counter {
	return counter{column: col, of: func(c data.Counts) int64 { return col.Of(c) }, noun: "hồ sơ"}
}

func rated(col data.Column, rate string, of func(data.Counts) int64) counter {
	return counter{column: col, rate: rate, of: of, noun: "hồ sơ"}
}

func counted(of func(data.Counts) int64) counter { return counter{of: of, noun: "hồ sơ"} }

func stock(c counter) counter {
	c.stock = true
	return c
}

// counters are the metrics of the shipped sets that the register can answer
// (criteria sets, metrics). Rates follow from numerator and denominator.
var counters = map[string]counter{
	"dossier.received_new":    column(data.ColNew),
	"dossier.carried_over":    column(data.ColCarried),
	"dossier.received_total":  column(data.ColReceived),
	"dossier.resolved":        column(data.ColResolved),
	"dossier.resolved_early":  column(data.ColEarly),
	"dossier.resolved_on_due": column(data.ColOnTime),
	"dossier.resolved_in_time": {column: data.ColResolved, outcomes: []data.Outcome{data.Early, data.OnTime, data.WithdrawnOut}, noun: "hồ sơ",
		of: func(c data.Counts) int64 { return c.Early + c.OnTime }},
	"dossier.resolved_late":   column(data.ColLate),
	"dossier.pending_in_time": stock(column(data.ColPendingInTime)),
	"dossier.pending_overdue": stock(column(data.ColPendingOverdue)),
	"dossier.late_all": {column: data.ColReceived, outcomes: []data.Outcome{data.Late, data.Overdue}, noun: "hồ sơ",
		of: func(c data.Counts) int64 { return c.Late + c.Overdue }},
	// What was due: resolved, and what stands over (on_time_rate_strict).
	"dossier.due_all": {column: data.ColReceived, outcomes: []data.Outcome{data.Early, data.OnTime, data.Late, data.WithdrawnOut, data.Overdue}, noun: "hồ sơ",
		of: func(c data.Counts) int64 { return c.Resolved() + c.Overdue }},
	"dossier.received_online": column(data.ColNewOnline),
	"dossier.with_fee":        counted(func(c data.Counts) int64 { return c.FeeDue }),
	"dossier.paid_online":     rated(data.ColReceived, "online_payment", func(c data.Counts) int64 { return c.PaidOnline }),
	"dossier.postal":          rated(data.ColReceived, "postal", func(c data.Counts) int64 { return c.Postal }),
	"dossier.digitised":       {column: data.ColNew, rate: "digitised", noun: "hồ sơ"},
	"dossier.eresult":         rated(data.ColResolved, "e_result", func(c data.Counts) int64 { return c.EResult }),
	"dossier.apologies": {column: data.ColReceived, outcomes: []data.Outcome{data.Late, data.Overdue}, letter: true, noun: "hồ sơ",
		of: func(c data.Counts) int64 { return c.Apologised }},
	"dossier.published":  rated(data.ColReceived, "published", func(c data.Counts) int64 { return c.Published }),
	"feedback.rated":     {of: func(c data.Counts) int64 { return c.Surveyed }, noun: "phiếu"},
	"feedback.satisfied": {column: data.ColReceived, rate: "satisfied", of: func(c data.Counts) int64 { return c.Satisfied }, noun: "phiếu"},
}

// rates are the metrics that are a share: what they count and of what, for sets
// whose criteria name the rate alone.
var rates = map[string][2]string{
	"dossier.on_time_rate":         {"dossier.resolved_in_time", "dossier.resolved"},
	"dossier.on_time_rate_strict":  {"dossier.resolved_in_time", "dossier.due_all"},
	"dossier.early_rate":           {"dossier.resolved_early", "dossier.resolved"},
	"dossier.overdue_pending_rate": {"dossier.pending_overdue", "dossier.received_total"},
	"dossier.online_rate":          {"dossier.received_online", "dossier.received_new"},
	"dossier.online_payment_rate":  {"dossier.paid_online", "dossier.with_fee"},
	"dossier.postal_rate":          {"dossier.postal", "dossier.received_total"},
	"dossier.digitised_rate":       {"dossier.digitised", "dossier.received_new"},
	"dossier.eresult_rate":         {"dossier.eresult", "dossier.resolved"},
	"dossier.apology_rate":         {"dossier.apologies", "dossier.late_all"},
	"dossier.published_rate":       {"dossier.published", "dossier.received_total"},
	"procedure.online_used_rate":   {"procedure.online_used", "procedure.online_with_dossiers"},
	"feedback.satisfied_rate":      {"feedback.satisfied", "feedback.rated"},
	"remedial.tasks_done_rate":     {"remedial.tasks_done", "remedial.tasks_total"},
}

// whole returns the reference with numerator and denominator.
func whole(ref *scoring.MetricRef) *scoring.MetricRef {
	parts, ok := rates[ref.Value]
	if !ok || ref.Numerator != "" && ref.Denominator != "" {
		return ref
	}
	full := *ref
	full.Numerator, full.Denominator = parts[0], parts[1]
	return &full
}

// memo remembers what was asked of the register within one piece of work.
type memo struct {
	desk    state
	figures map[string]data.Counts
	counts  map[string]int64
	defined map[string]string // how the office defines rates
}

func newMemo(d state) *memo {
	return &memo{desk: d, figures: map[string]data.Counts{}, counts: map[string]int64{}, defined: d.Denominators()}
}

// query returns the query that lists a metric, nil where none does. A criterion
// has its own definition: where the office computes the rate of that name in
// another way, its list is not that of the criterion.
func (m *memo) query(e env, metric string) *desk.Query {
	k, ok := counters[metric]
	if !ok || k.column == "" || k.rate != "" && m.defined[k.rate] != "" {
		return nil
	}
	span := e.span
	q := &desk.Query{Filter: e.filter, Period: &span, AsOf: e.asOf, Column: k.column, Rate: k.rate, Outcomes: k.outcomes}
	if k.letter {
		q.Letter = register.Yes
	}
	return q
}

func (e env) key() string { return fmt.Sprint(e.span.From, e.span.To, int32(e.asOf), e.filter) }

func (m *memo) table(e env) data.Counts {
	key := e.key()
	c, ok := m.figures[key]
	if !ok {
		c = m.desk.Figures(e.span, e.asOf, data.ByLevel, e.filter).Total
		m.figures[key] = c
	}
	return c
}

// count returns the figure of one metric. The list is not counted where the
// figures of the period tell the same.
func (m *memo) count(e env, metric string) (int64, bool) {
	if n, ok := m.procedures(e, metric); ok {
		return n, true
	}
	k, ok := counters[metric]
	switch {
	case !ok:
		return 0, false
	case k.of != nil:
		return k.of(m.table(e)), true
	}
	q := m.query(e, metric)
	if q == nil {
		return 0, false
	}
	key := metric + e.key()
	n, ok := m.counts[key]
	if !ok {
		n = int64(m.desk.Count(*q))
		m.counts[key] = n
	}
	return n, true
}

// figure returns what the register gives for the metrics that a leaf names; ok is
// false where it cannot, or where the facts behind it were never recorded.
func (m *memo) figure(e env, ref *scoring.MetricRef) (assess.Figure, bool) {
	ref = whole(ref)
	f := assess.Figure{Metric: ref.Value, AsOf: e.day()}
	if ref.Numerator == "" || ref.Denominator == "" {
		n, ok := m.count(e, ref.Value)
		f.B, f.Single = n, true
		return f, ok
	}
	var ok bool
	if f.B, ok = m.count(e, ref.Numerator); !ok {
		return f, false
	}
	if f.A, ok = m.count(e, ref.Denominator); !ok {
		return f, false
	}
	return f, true
}

// procedures answers the metrics of procedures: those that are offered online
// and had dossiers, and those that had dossiers online.
func (m *memo) procedures(e env, metric string) (int64, bool) {
	if metric != "procedure.online_with_dossiers" && metric != "procedure.online_used" {
		return 0, false
	}
	key := metric + e.key()
	if n, ok := m.counts[key]; ok {
		return n, true
	}
	f := e.filter
	if metric == "procedure.online_used" {
		f.Channels = []data.Channel{data.Online}
	}
	table := m.desk.Figures(e.span, e.asOf, data.ByProcedure, f)
	catalogue := m.desk.Catalogue()
	n := int64(0)
	for _, row := range table.Rows {
		var id uint32
		fmt.Sscan(row.Key, &id)
		p := catalogue.Procedure(id)
		if row.New() > 0 && data.ServedOnline(p.OnlineOn(e.day())) {
			n++
		}
	}
	m.counts[key] = n
	return n, true
}

// Answers reports whether the data of the office can give a metric of that id:
// others are typed with their source.
func Answers(metric string) bool {
	_, counted := counters[metric]
	_, rated := rates[metric]
	return counted || rated || metric == "assessment.days_late" || metric == "procedure.online_with_dossiers" || metric == "procedure.online_used"
}
