package importing

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/exchange"
)

// roomForBoth is the least height of the window, px at 100 %, at which the rows
// as they are read stand below those of the file; in a lower one they open by a
// button.
const roomForBoth = 640

// columnStep shows the first rows of the file with what each column feeds.
func (s *page) columnStep() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	next := widget.NewMainButton("Kiểm tra", widget.IconCheck, m.Check)
	compare := widget.NewButton("Đối chiếu với sổ…", widget.IconCheck, func() { s.reconcile(m.Source()) }).
		WithTip("So từng hồ sơ của tệp với sổ, không nhập")
	s.page.SetActions(widget.NewButton("Chọn tệp khác", widget.IconBack, m.Restart), compare, next)
	head := container.NewVBox(widget.NewParagraph(m.Found(), 760))
	if text := m.Reused(); text != "" {
		known := widget.NewParagraph(text, 560)
		known.Role = widget.ColorPrimary
		head.Add(widget.Row(0, known, widget.NewButton("Không dùng", widget.IconUndo, m.Forget).WithTip("Quên cách ghép cột đã nhớ và đọc lại tệp từ đầu")))
	}
	s.warn(head, m.Warnings())
	choices := widget.Row(-1)
	if sheets := m.Sheets(); len(sheets) > 1 {
		p := widget.NewPicker(sheets, func(o widget.Option) {
			if n, err := strconv.Atoi(o.Key); err == nil {
				m.ChooseSheet(n)
			}
		})
		p.Prefix, p.Width = "Trang tính", 260
		p.SetKey(fmt.Sprint(m.mapping.Sheet))
		choices.Add(p)
	}
	order := widget.NewPicker([]widget.Option{{Key: "0", Text: "tự nhận"}, {Key: "1", Text: "ngày trước, tháng sau"}, {Key: "2", Text: "tháng trước, ngày sau"}}, func(o widget.Option) {
		n, _ := strconv.Atoi(o.Key)
		m.ChooseOrder(exchange.Order(n))
	})
	order.Prefix, order.Width = "Ngày tháng", 250
	order.SetKey(fmt.Sprint(int(m.Order())))
	choices.Add(order)
	both := s.e.Window.Canvas().Size().Height >= widget.Scaled(roomForBoth)
	if !both {
		choices.Add(widget.NewButton("Xem các dòng đầu, đọc theo cách này…", widget.IconSearch, s.showRead))
	}
	answer, question := s.ownership()
	if question != nil {
		choices.Add(question)
	}
	head.Add(choices)
	if answer != nil {
		head.Add(answer)
	}
	for _, u := range m.unknown[:min(len(m.unknown), mostUnknown)] {
		head.Add(widget.Row(-1, widget.NewButton(fmt.Sprintf("Tình trạng «%s» nghĩa là gì? (%s dòng)", u.Name, data.FormatInt(int64(u.Rows))), widget.IconWarning, func() { s.askState(u.Name) })))
	}
	if n := len(m.unknown) - mostUnknown; n > 0 {
		head.Add(widget.NewNote(fmt.Sprintf("và %d tình trạng lạ khác, hỏi sau khi trả lời xong các câu trên.", n), 400))
	}
	head.Add(widget.Gap(4))
	file := newSheet(s)
	first := fyne.Focusable(next)
	if p := file.pickers[s.asked]; p != nil {
		// Whoever sets columns goes on from there.
		first = p
	}
	s.asked = 0
	main := file.object
	if both {
		halves := container.NewVSplit(file.object, container.NewBorder(widget.NewSection("Các dòng đầu, đọc theo cách trên"), nil, nil, nil, s.readRows()))
		halves.Offset = 0.58
		main = halves
	}
	return under(head, main), first
}

// mostUnknown is how many unknown states are asked at once.
const mostUnknown = 2

// mostWarnings is how many warnings stand above a list; the others open by a
// button.
const mostWarnings = 2

// warn adds what the officer should know to the head of a step.
func (s *page) warn(head *fyne.Container, list []string) {
	for _, w := range list[:min(len(list), mostWarnings)] {
		p := widget.NewParagraph(w, 760)
		p.Role, p.Max = widget.ColorSoon, 2
		head.Add(p)
	}
	if n := len(list) - mostWarnings; n > 0 {
		head.Add(widget.Row(-1, widget.NewQuietButton(fmt.Sprintf("Xem %d lưu ý khác…", n), widget.IconWarning, func() {
			box := container.NewVBox()
			for _, w := range list {
				box.Add(widget.NewParagraph("– "+w, 620))
			}
			widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: "Lưu ý", Width: 640, Content: widget.Tall(min(360, 24*float32(len(list)+2)), container.NewVScroll(box))})
		})))
	}
}

// showRead shows the first rows as they are read, where the window has no room
// for them.
func (s *page) showRead() {
	widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: "Các dòng đầu, đọc theo cách này", Width: 640, Content: widget.Tall(260, s.readRows())})
}

// readRows lists the first rows as they would be stored.
func (s *page) readRows() *widget.Grid {
	preview := s.model.Preview()
	rows := widget.NewGrid([]widget.Column{{ID: "row", Title: "Dòng", Width: 54, Align: widget.Right}, {ID: "code", Title: "Mã hồ sơ", Width: 170}, {ID: "owner", Title: "Chủ hồ sơ", Width: 150, Flex: 1},
		{ID: "procedure", Title: "Thủ tục", Width: 170, Flex: 2}, {ID: "received", Title: "Ngày nhận", Width: widthMoment}, {ID: "due", Title: "Hẹn trả", Width: widthMoment}, {ID: "state", Title: "Tình trạng hoặc lý do không nhận", Width: 220, Flex: 2}})
	rows.SetEmpty("Không có dòng hồ sơ nào dưới tiêu đề.", "", nil)
	rows.SetRows(widget.Few{N: len(preview), Cell: func(i int, dst []widget.Cell) {
		r := preview[i]
		dst[0].Text, dst[1].Text, dst[2].Text = fmt.Sprint(r.Row), r.Dossier.Code, r.Dossier.Owner.Name
		dst[3].Text = r.Procedure
		if dst[3].Text == "" {
			dst[3].Text = r.Dossier.Content
		}
		dst[4].Text, dst[5].Text = r.Dossier.Received.String(), r.Dossier.Due.String()
		dst[6].Text = r.Dossier.On(data.MaxDay).Status.String()
		if r.Verdict != exchange.Accepted {
			dst[6] = widget.Cell{Text: r.Reason, Role: widget.ColorLate}
		}
	}})
	return rows
}

// sheet is the first rows of the file with, above each column, what it feeds.
type sheet struct {
	object  fyne.CanvasObject
	grid    *widget.Grid
	scroll  *container.Scroll
	pickers map[int]*widget.Picker // by the number of the column
}

// The width of a column of the file follows its texts within these, px at 100 %.
const (
	narrowest  = 128
	widest     = 250
	numberWide = 54
	letterWide = 7.2 // a letter, about
	barWide    = 16
)

func newSheet(s *page) *sheet {
	m := s.model
	out := &sheet{pickers: map[int]*widget.Picker{}}
	raw, mapping := m.Raw(), m.mapping
	byNumber, last := map[int]exchange.Column{}, 0
	for _, c := range mapping.Columns {
		byNumber[c.Number] = c
		last = max(last, c.Number)
	}
	longest, below := map[int]int{}, false
	for _, r := range raw {
		if below = below || r.Head; !below {
			continue // titles run over many columns
		}
		for i, text := range r.Cells {
			longest[i+1] = max(longest[i+1], len([]rune(text)))
		}
	}
	columns := []widget.Column{{ID: "row", Title: "Dòng", Width: numberWide, Align: widget.Right}}
	head := &headLayout{widths: []float32{numberWide}}
	objects := []fyne.CanvasObject{}
	facts := factOptions()
	for n := 1; n <= last; n++ {
		width := min(max(float32(longest[n])*letterWide+16, narrowest), widest)
		columns = append(columns, widget.Column{ID: fmt.Sprint(n), Title: letters(n), Width: width})
		head.widths = append(head.widths, width)
		c, known := byNumber[n]
		if !known {
			continue
		}
		objects = append(objects, s.columnHead(out, facts, c))
		head.places = append(head.places, n)
	}
	out.grid = widget.NewGrid(columns)
	out.grid.Single = true
	out.grid.SetRows(widget.Few{N: len(raw), Cell: func(i int, dst []widget.Cell) {
		r := &raw[i]
		_, _, rejected := m.RowFault(r.Row)
		dst[0].Text = fmt.Sprint(r.Row)
		if rejected {
			dst[0].Mark = widget.MarkLate
		}
		for k := 1; k < len(dst) && k <= len(r.Cells); k++ {
			dst[k] = widget.Cell{Text: r.Cells[k-1], Strong: r.Head}
			c, known := byNumber[k]
			switch {
			case rejected && known && m.FaultAt(r.Row, c.Heading):
				dst[k].Role, dst[k].Strong = widget.ColorLate, true
			case !r.Head && known && c.Fact == exchange.FactIgnore:
				dst[k].Role = widget.ColorSecondary
			}
		}
	}})
	for i := range raw {
		if raw[i].Head {
			out.grid.Restore(widget.Place{Top: i, Current: -1})
			break
		}
	}
	out.grid.OnWidths = func(widths map[string]float32) {
		for i := range columns {
			if w, ok := widths[columns[i].ID]; ok {
				head.widths[i] = w
			}
		}
		out.object.Refresh()
	}
	head.grid = out.grid
	content := container.New(head, append(objects, out.grid)...)
	out.scroll = container.NewHScroll(content)
	for i, n := range head.places {
		at := i
		out.pickers[n].OnFocus = func() { out.reveal(objects[at]) }
	}
	out.object = out.scroll
	return out
}

// reveal scrolls a column into view.
func (t *sheet) reveal(o fyne.CanvasObject) {
	left, right := o.Position().X, o.Position().X+o.Size().Width
	x, w := t.scroll.Offset.X, t.scroll.Size().Width
	switch {
	case right > x+w:
		x = right - w + barWide
	case left < x:
		x = max(0, left-barWide)
	default:
		return
	}
	t.scroll.Offset.X = x
	t.scroll.Refresh()
}

// columnHead is what stands above a column: the fact it feeds, and what will not
// pass.
func (s *page) columnHead(t *sheet, facts []widget.Option, c exchange.Column) fyne.CanvasObject {
	p := widget.NewPicker(facts, func(o widget.Option) {
		if f, ok := exchange.ParseFact(o.Key); ok && f != c.Fact {
			s.asked = c.Number
			s.model.ChooseFact(c.Number, f)
		}
	})
	p.Width = 60
	p.SetKey(c.Fact.Key())
	t.pickers[c.Number] = p
	f := s.model.Faults(c.Heading)
	if f.Rows == 0 {
		return container.NewVBox(p)
	}
	bad := widget.NewQuietButton(fmt.Sprintf("%s/%s dòng sai", data.FormatInt(int64(f.Rows)), data.FormatInt(int64(f.Of))), "", func() {
		widget.Message(s.e.Window, fmt.Sprintf("Cột «%s»", c.Heading), fmt.Sprintf("%s trong %s dòng đầu không nhận được vì cột này. Ví dụ: %s", data.FormatInt(int64(f.Rows)), data.FormatInt(int64(f.Of)), f.Example), nil)
	}).WithTip(f.Example)
	bad.Mark = widget.MarkLate
	return container.NewVBox(p, bad)
}

func factOptions() []widget.Option {
	var list []widget.Option
	for _, f := range exchange.Facts() {
		name := f.String()
		if f == exchange.FactIgnore {
			name = "không dùng"
		}
		list = append(list, widget.Option{Key: f.Key(), Text: name})
	}
	return list
}

// letters names a column as spreadsheets do: A, B, … Z, AA.
func letters(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// headLayout stands heads above the columns of a grid, which is its last object.
type headLayout struct {
	grid   *widget.Grid
	widths []float32 // of all columns of the grid, px at 100 %
	places []int     // which column each head stands above
}

func (l *headLayout) across() float32 {
	var sum float32
	for _, w := range l.widths {
		sum += float32(int(widget.Scaled(w)))
	}
	return sum
}

func (l *headLayout) height(heads []fyne.CanvasObject) float32 {
	var h float32
	for _, o := range heads {
		h = max(h, o.MinSize().Height)
	}
	return h
}

// MinSize implements fyne.Layout.
func (l *headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.across()+barWide, l.height(o[:len(o)-1])+4+l.grid.MinSize().Height+barWide)
}

// Layout implements fyne.Layout.
func (l *headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	heads := o[:len(o)-1]
	height := l.height(heads)
	var x float32
	next := 0
	for i, w := range l.widths {
		w = float32(int(widget.Scaled(w)))
		if next < len(l.places) && l.places[next] == i {
			heads[next].Move(fyne.NewPos(x+2, 0))
			heads[next].Resize(fyne.NewSize(w-4, height))
			next++
		}
		x += w
	}
	l.grid.Move(fyne.NewPos(0, height+4))
	l.grid.Resize(fyne.NewSize(max(size.Width, l.across()+barWide), size.Height-height-4-barWide))
}
