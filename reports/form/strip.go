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

// controlBlocks is how many hand-overs the empty control slip has room for
// (register-and-reports 1.6).
const controlBlocks = 4

// controlWidths are those of the columns in millimetres, as the form prints them.
var controlWidths = []float64{34.1, 43.1, 40.8, 24.4, 17.4}

// handOver is one block of a control slip; unknown texts are dots.
type handOver struct {
	from, to, time, result, note string
}

// handOvers returns the blocks of the dossier, at least four. What the office
// did is judged where the dossier has been finished: in the last block.
func (s *Slip) handOvers() []handOver {
	var list []handOver
	if d := s.Dossier; d != nil {
		for i := range d.Events {
			if e := &d.Events[i]; e.Kind == data.HandOver {
				list = append(list, handOver{from: e.Old, to: e.New, time: LongMoment(e.At), note: e.Text})
			}
		}
		if n := len(list); n > 0 {
			list[n-1].result = s.result()
		} else {
			list = append(list, handOver{from: s.value("desk"), to: s.Unit})
		}
	}
	for len(list) < controlBlocks {
		list = append(list, handOver{})
	}
	return list
}

// result returns Trước hạn, Đúng hạn or Quá hạn for a dossier whose end is known,
// else "".
func (s *Slip) result() string {
	state := s.state()
	if !state.Closed || !state.Ended.Known() {
		return ""
	}
	switch o := state.Outcome(state.Ended.Day, s.Dossier.Term); o {
	case data.Early, data.OnTime, data.Late:
		return o.String()
	}
	return ""
}

// control draws the hand-overs of a control slip: who gave to whom and when,
// with room for both signatures.
func (s *Slip) control(d *paper.Document, t Template) {
	size := t.Size
	line := func(text string, bold, italic bool, align paper.Align) paper.BandLine {
		return paper.BandLine{Text: text, Size: size, Bold: bold, Italic: italic, Align: align}
	}
	head := func(col, cols int, text string, below string) paper.GridCell {
		lines := []paper.BandLine{{Text: text, Size: size - 0.5, Bold: true, Align: paper.Center}}
		if below != "" {
			lines = append(lines, paper.BandLine{Text: below, Size: size - 0.5, Italic: true, Align: paper.Center})
		}
		return paper.GridCell{Col: col, Cols: cols, Grey: 0.92, Lines: lines}
	}
	g := paper.Grid{Widths: controlWidths, Min: 8, Header: []paper.GridCell{
		head(0, 1, "TÊN CƠ QUAN", ""),
		head(1, 2, "THỜI GIAN GIAO, NHẬN HỒ SƠ", ""),
		head(3, 1, "KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "(Trước hạn/đúng hạn/quá hạn)"),
		head(4, 1, "GHI CHÚ", ""),
	}}
	or := func(s, dots string) string {
		if s == "" {
			return dots
		}
		return s
	}
	sign := func(col int, who string) paper.GridCell {
		return paper.GridCell{Row: 1, Col: col, Top: true, Lines: []paper.BandLine{line(who, true, false, paper.Center), line("(Ký, ghi rõ họ tên)", false, true, paper.Center), {Blank: 12}}}
	}
	for _, h := range s.handOvers() {
		g.Blocks = append(g.Blocks, []paper.GridCell{
			{Rows: 2, Top: true, Lines: []paper.BandLine{
				line("1. Giao: "+or(h.from, "………… ……………………"), false, false, paper.Left),
				{Text: "2. Nhận: " + or(h.to, "………… ……………………"), Size: size, Before: 4},
			}},
			{Col: 1, Cols: 2, Lines: []paper.BandLine{line(or(h.time, "…… giờ …… phút,\nngày …… tháng …… năm ………"), false, false, paper.Center)}},
			sign(1, "Người giao"), sign(2, "Người nhận"),
			{Col: 3, Rows: 2, Lines: []paper.BandLine{line(h.result, false, false, paper.Center)}},
			{Col: 4, Rows: 2, Top: true, Lines: []paper.BandLine{line(h.note, false, false, paper.Left)}},
		})
	}
	d.Grid(g)
}
