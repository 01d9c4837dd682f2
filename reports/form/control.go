package form

import (
	"giaoban/data"
	"giaoban/reports/paper"
)

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
