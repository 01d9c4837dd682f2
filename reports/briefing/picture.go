package briefing

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/reports/chart"
)

// charts returns the charts of a section of the report, by the first part of
// the ids of its blocks; a chart without data is not among them.
func (in *Input) charts(sectionID string) []chart.Chart {
	var list []chart.Chart
	switch sectionID {
	case "tiep-nhan":
		list = append(list, in.monthly())
	case "giai-quyet":
		list = append(list, in.flow(), in.arrears())
	case "truc-tuyen":
		list = append(list, in.rates())
	case "don-vi":
		for _, c := range in.classes() {
			list = append(list, ranking(c))
		}
	}
	kept := list[:0]
	for _, c := range list {
		if !c.Empty() {
			c.Source = in.source(c)
			kept = append(kept, c)
		}
	}
	return kept
}

// Charts returns the charts of all sections in their order.
func (in *Input) Charts() (list []chart.Chart) {
	for _, id := range []string{"tiep-nhan", "giai-quyet", "truc-tuyen", "don-vi"} {
		list = append(list, in.charts(id)...)
	}
	return list
}

// source names where the figures of a chart come from, the cut-off days and what
// the chart leaves out.
func (in *Input) source(c chart.Chart) string {
	text := fmt.Sprintf("Nguồn: Sổ theo dõi hồ sơ, số liệu tính đến %s", in.AsOf)
	if day := early(in.Before, in.ByFieldBefore.AsOf); in.Compared() && day.Known() && slices.ContainsFunc(c.Series, func(s chart.Series) bool { return s.Name == in.Before.Label }) {
		text += "; cùng kỳ đến " + day.String()
	}
	if c.Source != "" {
		text += "; " + c.Source
	}
	return text + "."
}

func count(n int64) chart.Value { return chart.Value{Size: float64(n), Text: data.FormatInt(n)} }

// changed says how a figure moved: "tăng từ 2 lên 3".
func changed(before, now string, n int64) string {
	switch {
	case n > 0:
		return "tăng từ " + before + " lên " + now
	case n < 0:
		return "giảm từ " + before + " xuống " + now
	}
	return "giữ nguyên ở mức " + now
}

func series(name string, months []Month, of func(Month) int64) chart.Series {
	s := chart.Series{Name: name}
	for _, m := range months {
		if m.Missing {
			s.Values = append(s.Values, chart.Value{Missing: true})
			continue
		}
		s.Values = append(s.Values, count(of(m)))
	}
	return s
}

func labels(months []Month) []string {
	var list []string
	for _, m := range months {
		list = append(list, m.Label)
	}
	return list
}

// monthly shows what came in each month, beside the year before.
func (in *Input) monthly() chart.Chart {
	received := func(m Month) int64 { return m.Received }
	c := chart.Chart{Kind: chart.Bars, Categories: labels(in.Months), Title: "Hồ sơ mới tiếp nhận theo tháng"}
	if in.Recent {
		c.Title = fmt.Sprintf("Hồ sơ mới tiếp nhận trong kỳ: %s; %d tháng gần nhất", data.FormatInt(in.total().New()), len(in.Months))
		c.Series = []chart.Series{series("Mới tiếp nhận", in.Months, received)}
		return c
	}
	if in.Compared() && len(in.MonthsBefore) > 0 {
		c.Series = append(c.Series, series(in.Before.Label, in.MonthsBefore, received))
		now, before := in.total().New(), in.ByFieldBefore.Total.New()
		c.Title = "Hồ sơ mới tiếp nhận " + changed(data.FormatInt(before), data.FormatInt(now), now-before)
	}
	c.Series = append(c.Series, series(in.Period.Label, in.Months, received))
	if len(c.Series) == 2 {
		// The present period is the dark one.
		c.Series[0], c.Series[1] = c.Series[1], c.Series[0]
	}
	return c
}

// flow shows received against resolved by month.
func (in *Input) flow() chart.Chart {
	t := in.total()
	return chart.Chart{Kind: chart.Lines, Categories: labels(in.Months),
		Title: fmt.Sprintf("Mới tiếp nhận %s hồ sơ, đã giải quyết %s hồ sơ", data.FormatInt(t.New()), data.FormatInt(t.Resolved())),
		Series: []chart.Series{
			series("Mới tiếp nhận", in.Months, func(m Month) int64 { return m.Received }),
			series("Đã giải quyết", in.Months, func(m Month) int64 { return m.Resolved }),
		}}
}

// arrears shows the overdue dossiers at the end of each month.
func (in *Input) arrears() chart.Chart {
	c := chart.Chart{Kind: chart.Bars, Categories: labels(in.Months)}
	c.Series = []chart.Series{series("Quá hạn cuối tháng", in.Months, func(m Month) int64 { return m.Overdue })}
	end := "cuối kỳ"
	if day := early(in.Period, in.AsOf); day.Known() {
		end = "đến " + day.String()
	}
	c.Title = "Hồ sơ quá hạn chưa giải quyết: "
	if len(in.Months) > 1 {
		c.Title += worst(in.Months) + ", "
	}
	c.Title += end + " còn " + data.FormatInt(in.total().Overdue)
	return c
}

// worst says at the end of which months most dossiers were overdue.
func worst(months []Month) string {
	most := int64(0)
	var at []string
	for _, m := range months {
		switch {
		case m.Missing || m.Overdue < most:
		case m.Overdue > most:
			most, at = m.Overdue, []string{m.Label}
		default:
			at = append(at, m.Label)
		}
	}
	when := fmt.Sprintf("cuối %d tháng", len(at))
	if len(at) <= named {
		when = "cuối " + strings.Join(at, ", ")
	}
	return fmt.Sprintf("cao nhất %s (%s)", data.FormatInt(most), when)
}

// charted are the rates of the chart, with the short names under its bars.
var charted = []struct{ id, name string }{
	{"online", "Nộp trực tuyến"}, {"postal", "Bưu chính công ích"}, {"online_payment", "Thanh toán trực tuyến"},
	{"digitised", "Số hóa hồ sơ"}, {"e_result", "Kết quả điện tử"}, {"published", "Đồng bộ lên Cổng"},
}

// rates shows the rates beside the year before, in percent.
func (in *Input) rates() chart.Chart {
	c := chart.Chart{Kind: chart.Bars, Title: "Các tỷ lệ trong kỳ (%)"}
	now, before := chart.Series{Name: in.Period.Label}, chart.Series{Name: in.Before.Label}
	compared := false
	value := func(r data.Ratio) chart.Value {
		n, ok := r.Hundredths()
		return chart.Value{Size: float64(n) / 100, Text: r.Percent(), Missing: !ok}
	}
	for _, x := range charted {
		r, ok := rate(in.Rates, x.id)
		if !ok || r.Now.Denominator == 0 {
			continue
		}
		c.Categories = append(c.Categories, x.name)
		now.Values = append(now.Values, value(r.Now))
		old := chart.Value{Missing: true}
		if r.Compared && in.Compared() {
			old = value(r.Before)
			compared = compared || !old.Missing
		}
		before.Values = append(before.Values, old)
		if n, ok := data.ChangePoints(r.Now, r.Before); x.id == "online" && ok && r.Compared {
			c.Title = "Hồ sơ trực tuyến " + changed(r.Before.Percent()+" %", r.Now.Percent()+" %", n)
		}
	}
	c.Series = []chart.Series{now}
	if compared {
		c.Series = append(c.Series, before)
	}
	return c
}

// ranking shows the ten units of a class with most overdue dossiers.
func ranking(class data.Classed[data.Row]) chart.Chart {
	units := class.List
	c := chart.Chart{Kind: chart.Ranking, Series: []chart.Series{{Name: "Quá hạn"}}}
	c.Title = titled(class.Class, fmt.Sprintf("%d đơn vị còn hồ sơ quá hạn, %s", len(units), most(units)))
	if rows, cut := unitRows(units); cut > 0 {
		c.Source = fmt.Sprintf("vẽ %d đơn vị nhiều nhất, %d đơn vị khác còn %s hồ sơ", shown, cut, data.FormatInt(rows[shown].Overdue))
	}
	for i, u := range units {
		if i == shown {
			break
		}
		c.Categories = append(c.Categories, u.Name)
		c.Series[0].Values = append(c.Series[0].Values, count(u.Overdue))
	}
	return c
}
