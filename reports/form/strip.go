package form

import (
	"cmp"
	"fmt"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Day is one day between the receipt of a dossier and its due date, as the
// calculation of the date explains it.
type Day struct {
	Date    data.Day
	Kind    string // received, restart, work, makeup, weekend, holiday, inlieu, swap or pause
	Counted bool
	Due     bool
	Note    string // the explanation in words
}

// dayKinds are the names of the kinds of days, short and long.
var dayKinds = map[string][2]string{
	"received": {"nhận", "Ngày tiếp nhận, chưa tính"},
	"restart":  {"nhận bổ sung", "Nhận bổ sung, tính lại từ ngày sau"},
	"work":     {"làm việc", "Ngày làm việc"},
	"makeup":   {"làm bù", "Ngày làm bù"},
	"weekend":  {"nghỉ tuần", "Nghỉ hằng tuần"},
	"holiday":  {"nghỉ lễ", "Nghỉ lễ, tết"},
	"inlieu":   {"nghỉ bù", "Nghỉ bù"},
	"swap":     {"hoán đổi", "Nghỉ hoán đổi"},
	"pause":    {"chờ", "Chờ bổ sung, không tính"},
}

var weekdays = [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// dayRow is a row of the table of days.
type dayRow struct {
	Day
	running int // counted so far
}

var dayCells = cells[dayRow]{
	"date": func(r dayRow) string { return r.Date.String() }, "weekday": func(r dayRow) string { return weekdays[r.Date.Weekday()] },
	"kind": func(r dayRow) string { return cmp.Or(dayKinds[r.Kind][1], r.Kind) }, "note": func(r dayRow) string { return r.Note },
	"counted": func(r dayRow) string {
		if r.Counted {
			return fmt.Sprint(r.running)
		}
		return "-"
	},
}

// Cell returns what stands in a column of the table of days.
func (r dayRow) Cell(key string) string { return dayCells.of(r, key) }

func (s *Slip) dayRows() []dayRow {
	rows := make([]dayRow, len(s.Days))
	n := 0
	for i, d := range s.Days {
		if d.Counted {
			n++
		}
		rows[i] = dayRow{d, n}
	}
	return rows
}

// strip draws the days as a calendar: a row a week, the number of each day that
// counts, and what the others are.
func (s *Slip) strip(d *paper.Document) {
	rows := s.dayRows()
	if len(rows) == 0 {
		return
	}
	g := paper.Grid{Widths: []float64{1, 1, 1, 1, 1, 1, 1}, Min: 13}
	for i := range 7 {
		g.Header = append(g.Header, paper.GridCell{Col: i, Grey: 0.92, Lines: []paper.BandLine{{Text: weekdays[(i+1)%7], Size: 9.5, Bold: true, Align: paper.Center}}})
	}
	var week []paper.GridCell
	column := func(day data.Day) int { return (int(day.Weekday()) + 6) % 7 }
	flush := func() {
		if week == nil {
			return
		}
		filled := map[int]bool{}
		for _, c := range week {
			filled[c.Col] = true
		}
		for i := range 7 {
			if !filled[i] {
				week = append(week, paper.GridCell{Col: i})
			}
		}
		g.Blocks, week = append(g.Blocks, week), nil
	}
	for i, r := range rows {
		if i > 0 && column(r.Date) <= column(rows[i-1].Date) {
			flush()
		}
		_, m, day := r.Date.Civil()
		head := paper.BandLine{Text: fmt.Sprintf("%02d/%02d", day, int(m)), Size: 8.5, Align: paper.Right}
		what := paper.BandLine{Text: dayKinds[r.Kind][0], Size: 9, Italic: true, Align: paper.Center}
		if r.Counted {
			what = paper.BandLine{Text: fmt.Sprint(r.running), Size: 13, Bold: true, Align: paper.Center}
		}
		lines := []paper.BandLine{head, what}
		switch {
		case r.Due:
			lines = append(lines, paper.BandLine{Text: "hẹn trả", Size: 8.5, Bold: true, Align: paper.Center})
		case r.Kind == "makeup":
			lines = append(lines, paper.BandLine{Text: dayKinds[r.Kind][0], Size: 8.5, Italic: true, Align: paper.Center})
		}
		cell := paper.GridCell{Col: column(r.Date), Top: true, Lines: lines}
		if !r.Counted {
			cell.Grey = 0.92
			if r.Kind == "pause" {
				cell.Grey = 0.82
			}
		}
		week = append(week, cell)
	}
	flush()
	d.Grid(g)
}
