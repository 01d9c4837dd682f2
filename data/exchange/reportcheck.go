package exchange

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// sumRule is a sum that must hold in every row: Whole is one of the sums of
// the parts. A sum is not looked at when the file lacks one of its columns.
type sumRule struct {
	whole data.Column
	sums  [][]data.Column
}

// sumRules are the sums of form II.06a (register-and-reports 4.2) and of its
// relatives, which print refusals or waiting dossiers apart, or within.
var sumRules = []sumRule{
	{data.ColReceived, [][]data.Column{{data.ColNew, data.ColCarried}, {data.ColNewOnline, data.ColDirectPostal, data.ColCarried},
		{data.ColNewOnline, data.ColNewDirect, data.ColNewPostal, data.ColCarried}}},
	{data.ColNew, [][]data.Column{{data.ColNewOnline, data.ColNewDirect}, {data.ColNewOnline, data.ColDirectPostal},
		{data.ColNewOnline, data.ColNewDirect, data.ColNewPostal}}},
	{data.ColResolved, [][]data.Column{{data.ColEarly, data.ColOnTime, data.ColLate}, {data.ColEarly, data.ColOnTime, data.ColLate, ColRefused},
		{data.ColEarly, data.ColOnTime, data.ColLate, data.ColWithdrawn}}},
	{data.ColPending, [][]data.Column{{data.ColPendingInTime, data.ColPendingOverdue}, {data.ColPendingInTime, data.ColPendingOverdue, data.ColWaiting}}},
	{data.ColReceived, [][]data.Column{{data.ColResolved, data.ColPending}, {data.ColResolved, data.ColPending, data.ColWaiting, data.ColWithdrawn},
		{data.ColResolved, data.ColPending, data.ColWaiting}, {data.ColResolved, data.ColPending, data.ColWithdrawn},
		{data.ColResolved, data.ColPendingInTime, data.ColPendingOverdue},
		{data.ColResolved, data.ColPendingInTime, data.ColPendingOverdue, data.ColWaiting, ColHalted, ColAwaitPayment, data.ColWithdrawn},
		{data.ColResolved, data.ColPendingInTime, data.ColPendingOverdue, data.ColWaiting, ColHalted, ColAwaitPayment}}},
}

// holds reports whether the sum holds; when not, sum and parts tell the plainest
// reading. A rule without its columns holds.
func (id sumRule) holds(f map[data.Column]int64) (ok bool, sum int64, parts []data.Column) {
	whole, has := f[id.whole]
	if !has {
		return true, 0, nil
	}
	for _, cols := range id.sums {
		n, complete := int64(0), true
		for _, c := range cols {
			v, has := f[c]
			n += v
			complete = complete && has
		}
		if !complete {
			continue
		}
		if n == whole {
			return true, n, nil
		}
		if parts == nil {
			sum, parts = n, cols
		}
	}
	return parts == nil, sum, parts
}

// check holds the rows and the total against their sums.
func (t *reportReader) check(r *Report) {
	rows := r.Rows
	if r.HasTotal {
		rows = append(rows[:len(rows):len(rows)], r.Total)
	}
	for i := range rows {
		row := &rows[i]
		for _, id := range sumRules {
			if ok, sum, parts := id.holds(row.Figures); !ok {
				t.warn("Dòng %d, cột «%s» ghi %s nhưng %s bằng %s. Kiểm tra lại với đơn vị báo cáo.", row.Row, r.heading(id.whole),
					data.FormatInt(row.Figures[id.whole]), r.headings(parts), data.FormatInt(sum))
			}
		}
	}
	if !r.HasTotal || len(r.Rows) == 0 {
		return
	}
	top := r.topLevel()
	for _, c := range r.Columns {
		want, ok := r.Total.Figures[c.Column]
		if c.Column == "" || !ok {
			continue
		}
		all, heads := int64(0), int64(0)
		for i := range r.Rows {
			n := r.Rows[i].Figures[c.Column]
			all += n
			if top[i] {
				heads += n
			}
		}
		if all != want && heads != want {
			t.warn("Dòng %d (tổng cộng), cột «%s» ghi %s nhưng cộng các dòng được %s. Kiểm tra lại với đơn vị báo cáo.", r.Total.Row, c.Heading,
				data.FormatInt(want), data.FormatInt(heads))
		}
	}
}

// topLevel tells which rows the total sums up when a table lists fields and
// their procedures below each other: those whose mark is of the kind of the
// first row's.
func (r *Report) topLevel() []bool {
	top := make([]bool, len(r.Rows))
	kind := markKind(r.Rows[0].Mark)
	for i := range r.Rows {
		top[i] = markKind(r.Rows[i].Mark) == kind
	}
	return top
}

func markKind(mark string) byte {
	mark = strings.Trim(mark, " .)(-/")
	switch {
	case mark == "":
		return 0
	case strings.Trim(mark, "0123456789") == "":
		return '1'
	case strings.Trim(mark, "IVXL") == "":
		return 'I'
	case strings.Contains(mark, "."):
		return '.'
	case strings.ToUpper(mark) == mark:
		return 'A'
	}
	return 'a'
}

func (r *Report) heading(col data.Column) string {
	for _, c := range r.Columns {
		if c.Column == col {
			return c.Heading
		}
	}
	return col.Label()
}

// headings names the parts of a sum.
func (r *Report) headings(parts []data.Column) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = fmt.Sprintf("«%s»", leaf(r.heading(p)))
	}
	return strings.Join(names, " + ")
}

// Sum adds up the rows of the highest level.
func (r *Report) Sum() (sum data.Counts) {
	if len(r.Rows) == 0 {
		return sum
	}
	for i, top := range r.topLevel() {
		if top {
			sum.Add(r.Rows[i].Counts())
		}
	}
	return sum
}
