package briefing

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/form"
)

// compared is a row of the annex that compares counts.
type compared struct {
	no, name    string
	now, before int64
	bold        bool
}

// comparisonRows are the counts of the whole office and of each level.
func comparisonRows(in *Input) []compared {
	columns := []data.Column{data.ColReceived, data.ColNew, data.ColNewOnline, data.ColNewDirect, data.ColNewPostal, data.ColCarried,
		data.ColResolved, data.ColEarly, data.ColOnTime, data.ColLate, data.ColPending, data.ColPendingInTime, data.ColPendingOverdue}
	var rows []compared
	add := func(no, name string, now, before data.Counts, columns []data.Column) {
		rows = append(rows, compared{no: no, name: name, now: now.Received(), before: before.Received(), bold: true})
		for i, c := range columns[1:] {
			rows = append(rows, compared{no: fmt.Sprint(i + 1), name: c.Label(), now: c.Of(now), before: c.Of(before)})
		}
	}
	add("A", "Toàn cơ quan: tổng tiếp nhận", in.total(), in.ByFieldBefore.Total, columns)
	if len(in.ByLevel.Rows) < 2 {
		return rows
	}
	old := map[string]data.Counts{}
	for _, r := range in.ByLevelBefore.Rows {
		old[r.Key] = r.Counts
	}
	few := []data.Column{data.ColReceived, data.ColNew, data.ColNewOnline, data.ColResolved, data.ColLate, data.ColPending, data.ColPendingOverdue}
	for i, r := range in.ByLevel.Rows {
		add(string(rune('B'+i%25)), r.Name+": tổng tiếp nhận", r.Counts, old[r.Key], few)
	}
	return rows
}

func (r compared) cells(t form.Template) []string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		switch c.Key {
		case "tt":
			cells[i] = r.no
		case "name":
			cells[i] = r.name
		case "now":
			cells[i] = data.FormatInt(r.now)
		case "before":
			cells[i] = data.FormatInt(r.before)
		case "change":
			cells[i] = data.FormatSigned(r.now - r.before)
		case "percent":
			cells[i] = relative(r.now, r.before)
		}
	}
	return cells
}

// dash stands where there is no figure.
const dash = "–"

// relative writes the growth of a count in percent of the count before. What was nought
// before is «mới» now, for growth from nothing has no percentage (briefing.md 1, R13); a
// dash where it is nought in both periods.
func relative(now, before int64) string {
	if before == 0 && now > 0 {
		return "mới"
	}
	diff, sign := now-before, "+"
	if diff < 0 {
		diff, sign = -diff, "–"
	}
	n, ok := growth(diff, before)
	switch {
	case !ok:
		return dash
	case n == 0:
		return "0,00"
	}
	return sign + data.FormatHundredths(n)
}

// growth may exceed 100 %, so the rule that a rate is never rounded up to 100
// does not apply to it; the other, that something is never printed as nothing,
// does.
func growth(diff, before int64) (hundredths int64, ok bool) {
	return data.Ratio{Numerator: diff, Denominator: before}.Hundredths()
}

// rateRow is a row of the table of rates.
type rateRow struct {
	no   string
	head bool
	data.Rate
}

// rateRows are the rates of the whole office and of each level, each with its
// numerator and denominator.
func rateRows(in *Input) []rateRow {
	var rows []rateRow
	add := func(no, name string, list []data.Rate) {
		if len(list) == 0 {
			return
		}
		rows = append(rows, rateRow{no: no, head: true, Rate: data.Rate{Name: name}})
		for i, r := range list {
			rows = append(rows, rateRow{no: fmt.Sprint(i + 1), Rate: r})
		}
	}
	add("A", "Toàn cơ quan", in.Rates)
	levels := 0
	if len(in.ByLevel.Rows) > 1 {
		levels = len(in.ByLevel.Rows)
		for i, r := range in.ByLevel.Rows {
			add(string(rune('B'+i%25)), r.Name, in.LevelRates[data.Level(r.Key)])
		}
	}
	add(string(rune('B'+levels%25)), "Chỉ số theo Nghị định 224/2026/NĐ-CP, Điều 19", in.Indicators)
	return rows
}

// printed writes a share without its sign, which the heading has, and a mean with its
// unit.
func (r rateRow) printed(x data.Ratio) string {
	if r.Unit == "" {
		return x.Percent()
	}
	return r.Shown(x)
}

func (r rateRow) cells(t form.Template) []string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		switch c.Key {
		case "tt":
			cells[i] = r.no
		case "name":
			cells[i] = r.Name
		}
		if r.head {
			continue
		}
		old := func(s string) string {
			if !r.Compared || r.Before.Denominator == 0 {
				return dash
			}
			return s
		}
		now := func(s string) string {
			if r.Now.Denominator == 0 {
				return dash
			}
			return s
		}
		switch c.Key {
		case "base":
			cells[i] = countedThings(r.DenominatorName)
		case "numerator":
			cells[i] = now(data.FormatInt(r.Now.Numerator))
		case "denominator":
			cells[i] = now(data.FormatInt(r.Now.Denominator))
		case "percent":
			cells[i] = now(r.printed(r.Now))
		case "numerator_before":
			cells[i] = old(data.FormatInt(r.Before.Numerator))
		case "denominator_before":
			cells[i] = old(data.FormatInt(r.Before.Denominator))
		case "percent_before":
			cells[i] = old(r.printed(r.Before))
		case "change":
			cells[i] = dash
			if text, _, ok := r.Change(); ok {
				cells[i] = strings.TrimSuffix(text, " điểm %")
			}
		}
	}
	return cells
}
