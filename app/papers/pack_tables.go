package papers

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
	"giaoban/data/text"
	"giaoban/reports/briefing"
	"giaoban/reports/paper"
)

// ranking draws the rankings of the units, each class apart.
func (p *packed) ranking(d *paper.Document) error {
	drawn := 0
	for _, r := range p.ranks {
		if len(r.places) == 0 {
			continue
		}
		drawn++
		title := "Xếp hạng đơn vị, mô hình " + r.model.ID + ": " + text.Within(r.model.Name)
		d.Bookmark(1, title)
		p.page(d, true, title, p.named())
		p.rankTable(d, r)
	}
	if drawn == 0 {
		p.nothing(d, "Xếp hạng đơn vị", "Chưa có đơn vị nào đủ số liệu để xếp hạng.")
	}
	return nil
}

func (p *packed) rankTable(d *paper.Document, r ranked) {
	parts := r.places[0].Parts
	head := []paper.Head{{Text: "Hạng"}, {Text: "Đơn vị"}, {Text: "Khối lượng"}}
	columns := []paper.Column{{Width: 13, Align: paper.Center}, {Width: 52}, {Width: 20, Align: paper.Right}}
	share := (d.Width() - 13 - 52 - 20 - 20 - 20) / float64(max(len(parts), 1))
	for _, x := range parts {
		head = append(head, paper.Head{Text: fmt.Sprintf("%s (%d)", x.Name, x.Max)})
		columns = append(columns, paper.Column{Width: share, Align: paper.Right})
	}
	head = append(head, paper.Head{Text: "Tổng điểm"}, paper.Head{Text: "Kỳ trước"})
	columns = append(columns, paper.Column{Width: 20, Align: paper.Right}, paper.Column{Width: 20, Align: paper.Center})
	var rows []paper.Row
	class := ""
	for i, x := range r.places {
		if i == 0 || x.Unit.Class.Name != class {
			if class = x.Unit.Class.Name; class != "" {
				cells := make([]string, len(columns))
				cells[0] = class
				rows = append(rows, paper.Row{Cells: cells, Span: len(columns), Bold: true, Shade: true, KeepNext: true})
			}
		}
		rank := fmt.Sprint(x.Rank)
		if x.Tied > 1 {
			rank += fmt.Sprintf(" (cùng %d)", x.Tied)
		}
		cells := []string{rank, x.Unit.Name, data.FormatInt(x.Unit.Volume)}
		for _, part := range x.Parts {
			cells = append(cells, partText(part))
		}
		before := "–"
		if n := r.before[x.Unit.ID]; n > 0 {
			before = fmt.Sprint(n)
			switch {
			case n > x.Rank:
				before += fmt.Sprintf(" (tăng %d)", n-x.Rank)
			case n < x.Rank:
				before += fmt.Sprintf(" (giảm %d)", x.Rank-n)
			}
		}
		rows = append(rows, paper.Row{Cells: append(cells, ranking.Points(x.Points), before)})
	}
	d.Table(paper.Table{Size: 9.5, Columns: columns, Header: [][]paper.Head{head}, Rows: len(rows), At: func(i int) paper.Row { return rows[i] }})
	d.Note(10, paper.Run{Text: "Ô trống: tiêu chí không áp dụng, điểm được quy về tổng các tiêu chí áp dụng. Kỳ trước: " + text.Within(p.earlier.Label) + "; –: chưa có kỳ trước để so.", Italic: true})
	if len(r.unranked) > 0 {
		text := fmt.Sprintf("Không xếp hạng vì dưới %d: ", r.model.Minimum)
		for i, x := range r.unranked {
			if i > 0 {
				text += "; "
			}
			text += x.Unit.Name + " (" + data.FormatInt(x.Unit.Volume) + ")"
		}
		d.Note(10, paper.Run{Text: text + ".", Italic: true})
	}
}

// partText is a criterion in a ranking: points, and the rate behind them.
func partText(x ranking.Part) string {
	text := ranking.Points(x.Points)
	if x.Points != nil && x.Rate.Denominator > 0 {
		text += "\n" + x.Rate.Percent() + "\u00a0%"
	}
	return text
}

// index766 draws the estimate of the index by indicator.
func (p *packed) index766(d *paper.Document) error {
	e := p.index
	p.page(d, false, "Ước tính chỉ số theo Quyết định 766/QĐ-TTg", p.named())
	var rows []paper.Row
	group := ""
	for _, x := range e.Indicators {
		if x.Group != group {
			group = x.Group
			for _, g := range e.Index.Groups {
				if g.ID == group {
					rows = append(rows, paper.Row{Cells: []string{g.ID, g.Name, "", "", points(e.ByGroup[g.ID]), fmt.Sprint(g.Max), ""}, Bold: true, Shade: true, KeepNext: true})
				}
			}
		}
		cells := []string{x.ID, x.Name, "", "", points(x.Points), fmt.Sprint(x.Max), ""}
		switch x.State {
		case ranking.Computed:
			cells[2] = data.FormatInt(x.Rate.Numerator) + "/" + data.FormatInt(x.Rate.Denominator)
			cells[3] = x.Rate.Percent()
			if cells[6] = points(x.Left); x.Needed > 0 {
				cells[6] += fmt.Sprintf(" (thêm %s)", data.FormatInt(x.Needed))
			}
		case ranking.Missing:
			cells[2] = "chưa có số"
		case ranking.NotScored:
			cells[2], cells[5] = "chỉ theo dõi", ""
		case ranking.Nothing:
			cells[2] = "không phát sinh"
		}
		rows = append(rows, paper.Row{Cells: cells})
	}
	d.Table(paper.Table{Size: 9.5, Rows: len(rows), At: func(i int) paper.Row { return rows[i] },
		Columns: []paper.Column{{Width: 12}, {Width: 68}, {Width: 26, Align: paper.Right}, {Width: 14, Align: paper.Right}, {Width: 14, Align: paper.Right}, {Width: 12, Align: paper.Right}, {Width: 19, Align: paper.Right}},
		Header:  [][]paper.Head{{{Text: "Mã"}, {Text: "Chỉ số"}, {Text: "b/a"}, {Text: "%"}, {Text: "Điểm"}, {Text: "Tối đa"}, {Text: "Còn được"}}}})
	d.Note(11, paper.Run{Text: fmt.Sprintf("Ước tính %s điểm trên %d điểm có số liệu (%s đến %s tùy phiên bản điểm tối đa). Chỉ để điều hành, không thay điểm trên Cổng.",
		ranking.Points(e.Total), e.Known, ranking.Points(e.From), ranking.Points(e.To)), Italic: true})
	p.readings(d)
	p.missed(d)
	return nil
}

// missed lists every indicator that misses what is asked of the office or of a unit.
func (p *packed) missed(d *paper.Document) {
	list := desk.BelowTarget(p.standings)
	if len(list) == 0 {
		return
	}
	const title = "Chỉ tiêu chưa đạt mức giao"
	d.Bookmark(1, title)
	p.page(d, false, title, p.named())
	d.Table(paper.Table{Size: 10, Rows: len(list), Columns: []paper.Column{{Width: 9, Align: paper.Center}, {Width: 58}, {Width: 34}, {Width: 24, Align: paper.Right}, {Width: 24, Align: paper.Right}, {Width: 16}},
		Header: [][]paper.Head{{{Text: "STT"}, {Text: "Chỉ tiêu"}, {Text: "Đơn vị"}, {Text: "Mức giao"}, {Text: "Số liệu"}, {Text: "Của kỳ"}}},
		At: func(i int) paper.Row {
			x := &list[i]
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), x.Definition.Name, x.UnitName, x.Definition.Asked(x.Target), x.Value(), x.Period.Label}}
		}})
}

// readingsShown is how many readings of the portal stand below the estimate.
const readingsShown = 6

// readings are the last values of the office that were read on the portal, newest first.
func (p *packed) readings(d *paper.Document) {
	last := logbook.LastReading(p.world, 0, data.Period{})
	if last == nil {
		d.Note(11, paper.Run{Text: "Chưa ghi lần đọc nào trên Cổng (Sổ khác, Nhật ký đọc chỉ số 766).", Italic: true})
		return
	}
	d.Note(11, paper.Run{Text: logbook.ReadText(last), Bold: true})
	list := data.Where(p.world.Entries("reading"), func(e *logbook.Entry) bool { return e.Ref("unit") == 0 && e.Day("read_on") <= p.world.Day })
	slices.SortStableFunc(list, func(a, b *logbook.Entry) int { return cmp.Compare(b.Day("read_on"), a.Day("read_on")) })
	list = list[:min(len(list), readingsShown)]
	k := logbook.Find("reading")
	d.Table(paper.Table{Size: 9.5, Rows: len(list), Columns: []paper.Column{{Width: 21, Align: paper.Center}, {Width: 38}, {Width: 17, Align: paper.Right}, {Width: 16, Align: paper.Center}, {Width: 30}, {Width: 43}},
		Header: [][]paper.Head{{{Text: "Ngày đọc"}, {Text: "Kỳ"}, {Text: "Tổng điểm"}, {Text: "Hạng"}, {Text: "Tình trạng"}, {Text: "Nguồn"}}},
		At: func(i int) paper.Row {
			r := k.Row(p.world, list[i])
			return paper.Row{Cells: []string{r.Day("read_on").String(), r.Text("period"), r.Text("total"), logbook.RankRead(r.Entry), k.StateText(&r), r.Text("source")}}
		}})
}

func points(x *big.Rat) string {
	if x == nil {
		return ""
	}
	return ranking.Points(x)
}

// identities are the sums that the figures of the pack must satisfy: those of the report
// and that what was pending at the end of the period before is what was carried over.
func (p *packed) identities() []briefing.Check {
	list := briefing.Checks(p.in)
	t := p.in.ByField.Total
	list = append(list, briefing.Check{Name: "Tiếp nhận = kỳ trước chuyển sang + mới nhận", Figures: fmt.Sprintf("%s = %s + %s", data.FormatInt(t.Received()), data.FormatInt(t.Carried), data.FormatInt(t.New())),
		Gap: t.Received() - t.Carried - t.New(), Holds: t.Received() == t.Carried+t.New()},
		briefing.Check{Name: "Kỳ trước chuyển sang (6) = đang giải quyết (11) cuối " + text.Within(p.earlier.Label), Figures: data.FormatInt(t.Carried) + " = " + data.FormatInt(p.carried),
			Gap: t.Carried - p.carried, Holds: t.Carried == p.carried})
	for i := range p.measures {
		if m := &p.measures[i]; m.Rate() && m.B > m.A {
			list = append(list, briefing.Check{Name: m.Name + " không quá 100 %", Figures: basisOf(m), Gap: m.B - m.A})
		}
	}
	return list
}

// collation is the annex by which every figure can be looked up again.
func (p *packed) collation(d *paper.Document) error {
	d.Bookmark(1, "Đẳng thức")
	p.page(d, false, "Phụ lục đối chiếu số liệu", p.named())
	list := p.identities()
	d.Line(12, paper.Left, paper.Run{Text: "A. Đẳng thức", Bold: true})
	d.Table(paper.Table{Size: 10, Rows: len(list), Columns: []paper.Column{{Width: 92}, {Width: 53, Align: paper.Right}, {Width: 20, Align: paper.Center}},
		Header: [][]paper.Head{{{Text: "Đẳng thức"}, {Text: "Số liệu"}, {Text: "Khớp (√) hoặc lệch"}}},
		At: func(i int) paper.Row {
			result := "√"
			if !list[i].Holds {
				result = list[i].Result()
			}
			return paper.Row{Cells: []string{list[i].Name, list[i].Figures, result}, Bold: !list[i].Holds}
		}})
	d.Bookmark(1, "Mã của từng số liệu")
	p.page(d, false, "Mã của từng số liệu", p.named())
	d.Table(paper.Table{Size: 9.5, Rows: len(p.measures), Columns: []paper.Column{{Width: 44}, {Width: 70}, {Width: 22, Align: paper.Right}, {Width: 29, Align: paper.Right}},
		Header: [][]paper.Head{{{Text: "Mã"}, {Text: "Số liệu"}, {Text: "Giá trị"}, {Text: "b/a"}}},
		At: func(i int) paper.Row {
			m := &p.measures[i]
			name := m.Name
			if m.Rate() {
				name += " (trên " + m.Denominator + ")"
			} else if m.Unit != "" {
				name += " (" + m.Unit + ")"
			}
			return paper.Row{Cells: []string{m.ID, name, shownMeasure(m), basisOf(m)}}
		}})
	d.Note(10, paper.Run{Text: "Mỗi mã tra lại được bằng lệnh giaoban measures --only MÃ và ở các trang Báo cáo, Nhiệm vụ, Họp giao ban của chương trình.", Italic: true})
	return nil
}
