package papers

import (
	"cmp"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/meeting"
	"giaoban/reports/paper"
)

func joinLines(s string) string { return strings.Join(strings.Fields(s), " ") }

// cover is the first page with the table of contents below what the meeting is.
func (p *packed) cover(d *paper.Document) error {
	d.Section(paper.Section{Size: 13})
	d.Letterhead(paper.Letterhead{Parent: p.office.Parent, Name: p.office.Name, NoNumber: true})
	d.Space(22)
	d.Centered(20, paper.Run{Text: "TÀI LIỆU HỌP GIAO BAN", Bold: true})
	d.Space(2)
	name := "Công tác cải cách hành chính, giải quyết thủ tục hành chính"
	if p.conference != nil {
		name = p.conference.Text("name")
	}
	d.Centered(15, paper.Run{Text: name, Bold: true})
	d.Centered(14, paper.Run{Text: p.request.Period.Label + " (" + text.Within(p.request.Period.SpanAsOf(p.request.asOf())) + ")"})
	d.Space(6)
	if c := p.conference; c != nil {
		for _, line := range []struct{ label, value string }{
			{"Thời gian: ", c.Moment("at").String()}, {"Địa điểm: ", c.Text("place")}, {"Chủ trì: ", c.Text("chair")}, {"Thư ký: ", c.Text("secretary")},
		} {
			if line.value != "" {
				d.Centered(13, paper.Run{Text: line.label}, paper.Run{Text: line.value, Bold: true})
			}
		}
		d.Space(6)
	}
	figures := "Số liệu tính đến " + p.request.asOf().String() + ", chưa chốt; mã đối chiếu " + p.in.Code() + "."
	if p.closing != nil {
		figures = "Số liệu đã chốt lúc " + p.closing.ClosedAt().Format("15:04 ngày 02/01/2006") + "; mã đối chiếu " + p.in.Code() + "; dấu kỳ chốt " + p.closing.Fingerprint[:16] + "."
	}
	d.Centered(12, paper.Run{Text: figures, Italic: true})
	copyOf := "Bản che tên người dân, dùng để gửi rộng."
	if p.request.ShowNames {
		copyOf = "Bản dùng trong cuộc họp; danh sách hồ sơ quá hạn che tên người dân."
	}
	d.Centered(12, paper.Run{Text: copyOf, Italic: true})
	d.Break()
	d.Centered(14, paper.Run{Text: "MỤC LỤC", Bold: true})
	d.Space(4)
	d.Contents()
	return nil
}

// agenda lists the program of the conference with its clock times.
func (p *packed) agenda(d *paper.Document) error {
	const title = "Chương trình họp"
	if p.conference == nil {
		p.nothing(d, title, "Chưa có hội nghị của kỳ này trong sổ Họp giao ban, nên chưa có chương trình.")
		return nil
	}
	if lines, _ := logbook.Agenda(p.conference); len(lines) == 0 {
		p.nothing(d, title, "Hội nghị "+p.conference.Text("name")+" chưa ghi chương trình trong sổ Họp giao ban.")
		return nil
	}
	c := conferenceOf(p.office, desk.EntryNames{World: p.world, Cat: p.snapshot.Catalogue()}, p.conference)
	meeting.Agenda(d, &c)
	return nil
}

// executiveRows is how many cases the page for the chair lists, so that it stays one.
const executiveRows = 14

// executive is the one page for the chair: what asks for a decision, apart from how
// things stand.
func (p *packed) executive(d *paper.Document) error {
	s := paper.Section{Size: 11, Foot: p.foot(), Margins: paper.Margins{Top: 18, Bottom: 16, Left: 20, Right: 15}}
	d.Section(s)
	d.Centered(13, paper.Run{Text: "TRANG ĐIỀU HÀNH", Bold: true})
	d.Centered(11, paper.Run{Text: p.named(), Italic: true})
	d.Line(12, paper.Left, paper.Run{Text: "A. CẦN QUYẾT ĐỊNH", Bold: true})
	rows := p.needRows()
	d.Table(paper.Table{Size: 9, Rows: len(rows), At: func(i int) paper.Row { return rows[i] },
		Columns: []paper.Column{{Width: 95}, {Width: 46}, {Width: 19, Align: paper.Center}, {Width: 15, Align: paper.Right}},
		Header:  [][]paper.Head{{{Text: "Việc"}, {Text: "Đơn vị"}, {Text: "Hạn"}, {Text: "Tuổi (ngày)"}}}})
	d.Space(1.5)
	d.Line(12, paper.Left, paper.Run{Text: "B. TÌNH HÌNH CHUNG", Bold: true})
	before := "Cùng kỳ"
	if p.in.Compared() {
		before = p.in.Before.Label
	}
	d.Table(paper.Table{Size: 9, Rows: len(p.state), Columns: []paper.Column{{Width: 79}, {Width: 24, Align: paper.Right}, {Width: 26, Align: paper.Right}, {Width: 24, Align: paper.Right}, {Width: 22, Align: paper.Right}},
		Header: [][]paper.Head{{{Text: "Số liệu"}, {Text: "Kỳ này"}, {Text: "b/a"}, {Text: before}, {Text: "Thay đổi"}}},
		At: func(i int) paper.Row {
			x := p.state[i]
			return paper.Row{Cells: []string{x.Name, x.Now, x.Basis, x.Before, x.Change}}
		}})
	return nil
}

// needRows are the lines of the page for the chair: each need with its number, and its
// oldest cases; the room goes around.
func (p *packed) needRows() (rows []paper.Row) {
	show := make([]int, len(p.needs))
	for left, more := executiveRows, true; more && left > 0; {
		more = false
		for i, n := range p.needs {
			if left > 0 && show[i] < len(n.Lines) {
				show[i]++
				left--
				more = true
			}
		}
	}
	for i, n := range p.needs {
		head := n.Title + ": không có"
		if n.Count > 0 {
			head = n.Title + ": " + data.FormatInt(n.Count) + " " + n.Unit
			if hidden := len(n.Lines) - show[i]; hidden > 0 {
				order := "lâu nhất trước"
				if n.Aged == "" {
					order = "kém nhất trước"
				}
				head += fmt.Sprintf(" (kể %d, %s; còn %d ở các phần sau)", show[i], order, hidden)
			}
		}
		rows = append(rows, paper.Row{Cells: []string{head, "", "", ""}, Span: 4, Bold: true, Shade: true, KeepNext: show[i] > 0})
		for _, l := range n.Lines[:show[i]] {
			age := ""
			if l.Age > 0 {
				age = data.FormatInt(int64(l.Age))
			}
			rows = append(rows, paper.Row{Cells: []string{oneLine(l.Text, 100), oneLine(l.Unit, 60), l.Due.String(), age}})
		}
	}
	return rows
}

// overdue is the list of overdue dossiers with room for what their units say.
func (p *packed) overdue(d *paper.Document) error {
	const title = "Hồ sơ quá hạn và giải trình"
	if len(p.in.Overdue) == 0 {
		p.nothing(d, title, "Không có hồ sơ quá hạn chưa giải quyết tính đến "+p.request.asOf().String()+".")
		return nil
	}
	desk.Holds(p.ctx, len(p.in.Overdue), !p.in.ShowNames)
	if _, err := briefing.BuildOverdue(p.ctx, p.in, paper.Options{Into: d}); err != nil {
		return err
	}
	d.Bookmark(1, "Giải trình của đơn vị")
	p.page(d, false, "Giải trình của đơn vị có hồ sơ quá hạn", p.named())
	lines := p.overdueUnits().Lines
	d.Table(paper.Table{Size: 11, Rows: len(lines), Columns: []paper.Column{{Width: 10, Align: paper.Center}, {Width: 50}, {Width: 22, Align: paper.Right}, {Width: 22, Align: paper.Right}, {Width: 61}},
		Header: [][]paper.Head{{{Text: "STT"}, {Text: "Đơn vị"}, {Text: "Hồ sơ quá hạn"}, {Text: "Trễ nhất (ngày)"}, {Text: "Nguyên nhân, cam kết hoàn thành"}}},
		At: func(i int) paper.Row {
			l := lines[i]
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), l.Unit, strings.TrimSuffix(l.Text, " hồ sơ quá hạn"), data.FormatInt(int64(l.Age)), ""}}
		}})
	return nil
}

// report is the briefing report; the tables of its annexes are parts of their own.
func (p *packed) report(d *paper.Document) error {
	_, err := briefing.Build(p.ctx, p.in, p.blocks, paper.Options{Into: d})
	return err
}

// forms are both tables of form II.06a.
func (p *packed) forms(d *paper.Document) error {
	d.Bookmark(1, "Biểu II.06a theo lĩnh vực")
	if _, err := briefing.BuildByField(p.ctx, p.in, paper.Options{Into: d}); err != nil {
		return err
	}
	d.Bookmark(1, "Biểu II.06a theo đơn vị")
	_, err := briefing.BuildByUnit(p.ctx, p.in, paper.Options{Into: d})
	return err
}

// charts draws all charts large, two on a page.
func (p *packed) charts(d *paper.Document) error {
	list := p.in.Charts()
	if len(list) == 0 {
		p.nothing(d, "Biểu đồ", "Chưa có số liệu để vẽ biểu đồ.")
		return nil
	}
	p.page(d, false, "Biểu đồ", p.named())
	for _, c := range list {
		height := 100.0
		if n := len(c.Categories); len(c.Series) == 1 && n < 12 {
			height = min(height, 40+9*float64(n))
		}
		d.Chart(c, height)
		d.Space(4)
	}
	return nil
}

// conclusions shows what became of the conclusions of the conference before, and of what
// is still open from earlier ones.
func (p *packed) conclusions(d *paper.Document) error {
	tasks := map[uint64]bool{}
	k := logbook.Find("task")
	rows := k.Rows(p.world)
	for i := range rows {
		r := &rows[i]
		if !r.Has("conclusion") && !r.Is("source", "conclusion") {
			continue
		}
		of := uint64(0)
		if c := p.world.Entry("conclusion", r.Ref("conclusion")); c != nil {
			of = c.Ref("conference")
		}
		if !k.State(r.State).Done || p.last != nil && of == p.last.ID {
			tasks[r.ID] = true
		}
	}
	spoken := map[uint64]bool{}
	if p.last != nil {
		for _, c := range p.world.Linked("conclusion", "conference", p.last.ID) {
			spoken[c.ID] = true
		}
	}
	p.tables(d, "Tình hình thực hiện kết luận kỳ trước", layout("conclusion", "H2", data.Period{}, spoken), layout("task", "T5", data.Period{}, tasks), layout("task", "T4", data.Period{}, tasks))
	return nil
}

// plan shows the tasks of the plan of the year.
func (p *packed) plan(d *paper.Document) error {
	only := map[uint64]bool{}
	k := logbook.Find("task")
	year := yearOf(p.request.Period)
	for _, e := range p.world.Entries("task") {
		if e.Is("source", "plan") && k.In(p.world, e, year) {
			only[e.ID] = true
		}
	}
	p.tables(d, "Kế hoạch cải cách hành chính năm "+fmt.Sprint(year.To.Year()), layout("task", "T5", data.Period{}, only), layout("task", "T2", data.Period{}, only))
	return nil
}

// people shows what citizens said: petitions, satisfaction and dialogues of the period.
func (p *packed) people(d *paper.Document) error {
	period := p.request.Period
	p.tables(d, "Phản ánh, kiến nghị; hài lòng; đối thoại", layout("petition", "II.05a", period, nil), layout("petition", "P1", period, nil),
		layout("slip", "S1", period, nil), layout("dialogue", "Đ1", period, nil), layout("opinion", "Đ2", period, nil))
	return nil
}

// findings shows what inspections found and is not remedied yet.
func (p *packed) findings(d *paper.Document) error {
	only := map[uint64]bool{}
	k := logbook.Find("finding")
	for _, r := range k.Rows(p.world) {
		if !k.State(r.State).Done {
			only[r.ID] = true
		}
	}
	p.tables(d, "Kiểm tra: tồn tại chưa khắc phục", layout("finding", "K3", data.Period{}, only))
	return nil
}

// proposals is the draft of the conclusions: what the needs suggest, and blank lines.
func (p *packed) proposals(d *paper.Document) error {
	p.page(d, false, "Dự thảo kết luận", p.named())
	list := p.proposed()
	const blank = 4
	d.Table(paper.Table{Size: 12, Rows: len(list) + blank, Columns: []paper.Column{{Width: 10, Align: paper.Center}, {Width: 90}, {Width: 40}, {Width: 25}},
		Header: [][]paper.Head{{{Text: "Số"}, {Text: "Nội dung kết luận"}, {Text: "Đơn vị được giao"}, {Text: "Thời hạn"}}},
		At: func(i int) paper.Row {
			if i >= len(list) {
				return paper.Row{Cells: []string{fmt.Sprint(i + 1), "\n\n", "", ""}}
			}
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), text.Sentence(list[i].Ask) + ".", cmp.Or(list[i].Unit, "Cơ quan"), ""}}
		}})
	d.Note(11, paper.Run{Text: "Các dòng có chữ được gợi ý từ phần «Cần quyết định» của Trang điều hành; chủ trì sửa, bỏ hoặc ghi thêm.", Italic: true})
	return nil
}

const printPlanTitle = "Phương án in"

// printPlan is the last page: which pages for whom, how many copies, duplex.
func (p *packed) printPlan(d *paper.Document) {
	p.page(d, false, printPlanTitle, "")
	people := 0
	if p.conference != nil {
		people = logbook.AttendanceOf(p.conference).Invited
	}
	parts := p.parts()
	var rows []paper.Row
	marks := d.Marks()
	sheets := 0
	at := 0
	for i, part := range parts {
		for marks[at].Level != 0 || marks[at].Title != fmt.Sprintf("%d. %s", i+1, part.Title) {
			at++
		}
		first := marks[at].Page
		next := d.Pages()
		for _, m := range marks[at+1:] {
			if m.Level == 0 {
				next = m.Page
				break
			}
		}
		last := next - 1
		copies := "…"
		switch {
		case part.Few:
			copies = "2"
		case people > 0:
			copies = fmt.Sprint(people)
			sheets += people * ((last - first + 2) / 2)
		}
		duplex := "một mặt"
		if last > first {
			duplex = "hai mặt, lật cạnh dài"
			if part.wide() {
				duplex = "hai mặt, lật cạnh ngắn"
			}
		}
		pages := fmt.Sprint(first)
		if last > first {
			pages += "–" + fmt.Sprint(last)
		}
		rows = append(rows, paper.Row{Cells: []string{fmt.Sprint(i + 1), part.Title, pages, copies, duplex, part.For}})
	}
	d.Table(paper.Table{Size: 11, Rows: len(rows), At: func(i int) paper.Row { return rows[i] },
		Columns: []paper.Column{{Width: 9, Align: paper.Center}, {Width: 56}, {Width: 18, Align: paper.Center}, {Width: 15, Align: paper.Center}, {Width: 30}, {Width: 37}},
		Header:  [][]paper.Head{{{Text: "TT"}, {Text: "Phần"}, {Text: "Trang"}, {Text: "Số bản"}, {Text: "Cách in"}, {Text: "Cấp cho"}}}})
	note := "Số bản để «…»: ghi thành phần dự họp vào sổ Họp giao ban để chương trình tính."
	if people > 0 {
		note = fmt.Sprintf("Số đại biểu được mời: %d; khoảng %s tờ giấy A4 cho các phần cấp cho mọi đại biểu, in hai mặt.", people, data.FormatInt(int64(sheets)))
	}
	d.Note(11, paper.Run{Text: note, Italic: true})
	if p.request.ShowNames {
		d.Note(11, paper.Run{Text: "Bản gửi ra ngoài cơ quan: lập bản che tên.", Italic: true})
	}
	form.ListFoot(d, p.office, p.request.Date, p.request.asOf().Year())
}

// wide reports whether most pages of the part are landscape.
func (p PackPart) wide() bool {
	switch p.ID {
	case "ii06a", "xep-hang", "qua-han", "ket-luan", "ke-hoach", "pakn", "kiem-tra", "doi-chieu":
		return true
	}
	return false
}
