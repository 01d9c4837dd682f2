package command

import (
	"cmp"
	"context"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

var figuresCommand = &command{
	reads:    always,
	name:     "figures",
	usage:    "(--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--by field|unit|receiver|helper|procedure|level|channel] [--compare] [--json]",
	help:     "số liệu biểu II.06a của một kỳ",
	flags:    []string{"period", "from", "to", "as-of", "by"},
	switches: []string{"compare"},
	run:      runFigures,
}

type figuresJSON struct {
	Period struct {
		From  string `json:"from"`
		To    string `json:"to"`
		Label string `json:"label"`
	} `json:"period"`
	Rows  []rowJSON  `json:"rows"`
	Total rowJSON    `json:"total"`
	Rates []rateJSON `json:"rates"`
}

type rowJSON struct {
	Key             string `json:"key"`
	Name            string `json:"name"`
	Received        int64  `json:"received"`
	NewOnline       int64  `json:"new_online"`
	NewDirectPostal int64  `json:"new_direct_postal"`
	NewPostal       int64  `json:"new_postal"`
	Carried         int64  `json:"carried"`
	Resolved        int64  `json:"resolved"`
	Early           int64  `json:"early"`
	OnTime          int64  `json:"on_time"`
	Late            int64  `json:"late"`
	Withdrawn       int64  `json:"withdrawn"`
	Pending         int64  `json:"pending"`
	PendingInTime   int64  `json:"pending_in_time"`
	PendingOverdue  int64  `json:"pending_overdue"`
	Waiting         int64  `json:"waiting"`
}

type rateJSON struct {
	ID              string  `json:"id"`
	Name            string  `json:"name"`
	Numerator       int64   `json:"numerator"`
	Denominator     int64   `json:"denominator"`
	DenominatorName string  `json:"denominator_name"`
	Percent         string  `json:"percent"`
	Previous        *string `json:"previous"`
	ChangePoints    *string `json:"change_points"`
}

func rowOf(key, name string, of func(data.Column) int64) rowJSON {
	return rowJSON{Key: key, Name: name, Received: of(data.ColReceived), NewOnline: of(data.ColNewOnline), NewDirectPostal: of(data.ColDirectPostal), NewPostal: of(data.ColNewPostal),
		Carried: of(data.ColCarried), Resolved: of(data.ColResolved), Early: of(data.ColEarly), OnTime: of(data.ColOnTime), Late: of(data.ColLate), Withdrawn: of(data.ColWithdrawn),
		Pending: of(data.ColPending), PendingInTime: of(data.ColPendingInTime), PendingOverdue: of(data.ColPendingOverdue), Waiting: of(data.ColWaiting)}
}

func countedRow(key, name string, c data.Counts) rowJSON {
	return rowOf(key, name, func(col data.Column) int64 { return col.Of(c) })
}

func runFigures(_ context.Context, c *call) error {
	p, asOf, err := c.asked(false)
	if err != nil {
		return err
	}
	group := cmp.Or(data.Group(c.option("by")), data.ByField)
	if !strings.Contains(" field unit receiver helper procedure level channel ", " "+string(group)+" ") {
		return usagef("--by: «%s» không có. Dùng field, unit, receiver (nơi tiếp nhận), helper (nơi hướng dẫn), procedure, level hoặc channel.", group)
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	t := d.Figures(p, asOf, group, desk.Filter{})
	rates := append(d.Rates(t, c.has("compare"), desk.Filter{}), d.Indicators(t, c.has("compare"), desk.Filter{})...)
	c.say("%s (%s), số liệu tính đến %s\n", p.Label, p.Span(), t.AsOf)
	for _, r := range append(t.Rows, data.Row{Name: "Tổng cộng", Counts: t.Total}) {
		c.say("%s: tiếp nhận %s (trực tuyến %s, trực tiếp và bưu chính %s, kỳ trước %s); đã giải quyết %s (trước hạn %s, đúng hạn %s, quá hạn %s); đang giải quyết %s (trong hạn %s, quá hạn %s)\n",
			r.Name, n(r.Received()), n(r.NewOnline), n(r.DirectPostal()), n(r.Carried), n(r.Resolved()), n(r.Early), n(r.OnTime), n(r.Late), n(r.Pending()), n(r.InTime), n(r.Overdue))
	}
	for _, r := range rates {
		if r = r.Recorded(r); r.Now.Denominator == 0 {
			c.say("%s: – (không có số liệu)", r.Name)
		} else {
			c.say("%s: %s/%s %s = %s", r.Name, n(r.Now.Numerator), n(r.Now.Denominator), r.DenominatorName, r.Shown(r.Now))
		}
		if text, _, ok := r.Change(); ok {
			c.say(" (%s so với cùng kỳ)", text)
		}
		c.say("\n")
	}
	return c.answer(figuresOf(t, rates))
}

func n(x int64) string { return data.FormatInt(x) }

func figuresOf(t data.Table, rates []data.Rate) figuresJSON {
	var out figuresJSON
	out.Period.From, out.Period.To, out.Period.Label = t.Period.From.ISO(), t.Period.To.ISO(), t.Period.Label
	out.Rows = []rowJSON{}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, countedRow(r.Key, r.Name, r.Counts))
	}
	out.Total = countedRow("total", "Tổng cộng", t.Total)
	for _, r := range rates {
		j := rateJSON{ID: r.ID, Name: r.Name, Numerator: r.Now.Numerator, Denominator: r.Now.Denominator, DenominatorName: r.DenominatorName, Percent: r.Now.Percent()}
		if r.Unit != "" {
			j.Percent = data.Ratio{}.Percent() // a mean: numerator over denominator, in days
		} else if r.Compared {
			before := r.Before.Percent()
			j.Previous = &before
			if ch, ok := data.ChangePoints(r.Now, r.Before); ok {
				s := data.FormatChange(ch)
				j.ChangePoints = &s
			}
		}
		out.Rates = append(out.Rates, j)
	}
	return out
}
