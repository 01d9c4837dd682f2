package scoring

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
)

// setsPart lists the sets of criteria, and edits the one that is open.
type setsPart struct {
	s        *Page
	m        *Sets
	list     *widget.Grid
	about    *widget.Paragraph
	lock     *widget.Paragraph
	search   *widget.Field
	tree     *widget.Grid
	problems *widget.Grid
	right    *fyne.Container
	quiet    bool
	toTree   bool   // the cursor goes to the tree once the new set is read
	aim      string // the criterion on which the cursor is put then
	aimRule  bool   // and whose rule is asked for
	shown    uint64 // the set in the tree
	sample   string // or the sample
}

var nodeColumns = []widget.Column{
	{ID: "code", Title: "Mã", Width: 84}, {ID: "title", Title: "Lĩnh vực, tiêu chí", Width: 180, Min: 150, Flex: 1}, {ID: "max", Title: "Tối đa", Width: 58, Align: widget.Right},
	{ID: "kind", Title: "Cách chấm", Width: 172}, {ID: "problem", Title: "Cần sửa", Width: 150, Flex: 0.5},
}

func newSetsPart(s *Page) *setsPart {
	p := &setsPart{s: s, m: NewSets(s.m), about: line(400), lock: widget.NewParagraph("", 400)}
	p.lock.Role = widget.ColorSoon
	p.about.Max = 2
	p.list = widget.NewGrid([]widget.Column{{ID: "title", Title: "Bộ tiêu chí", Width: 150, Flex: 1}, {ID: "year", Title: "Năm", Width: 48}, {ID: "state", Title: "Tình trạng", Width: 104}})
	p.list.Single = true
	p.list.OnCurrent = p.openRow
	p.list.OnOpen = func(i int) {
		if x := p.m.List()[i]; x.Sample {
			p.take(x.Key)
			return
		}
		p.s.e.Focus(p.s.page, p.tree)
	}
	p.list.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyInsert {
			p.newSet()
			return true
		}
		return false
	}
	p.search = widget.NewField("Tìm mã, tên tiêu chí")
	p.search.Width = 180
	p.search.OnText = p.m.SetText
	p.tree = widget.NewGrid(nodeColumns[:4])
	p.tree.Single = true
	p.tree.OnOpen = func(int) { p.openNode(false) }
	p.tree.OnMenu = func(_ int, at fyne.Position) { widget.ShowMenu(s.e.Window, at, p.nodeMenu()) }
	p.tree.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyF2:
			p.editNode()
		case fyne.KeyF3:
			p.addNode(true)
		case fyne.KeyInsert:
			p.addHere()
		case fyne.KeyDelete:
			p.removeNode()
		default:
			return false
		}
		return true
	}
	p.tree.SetEmpty("Chưa mở bộ tiêu chí nào.", "Tạo bộ mới…", p.newSet)
	p.problems = widget.NewGrid([]widget.Column{{ID: "text", Title: "Cần sửa", Width: 300, Flex: 1}})
	p.problems.NoHeader, p.problems.Single = true, true
	p.problems.OnOpen = p.openProblem
	p.problems.OnCurrent = p.toProblem
	p.right = container.NewStack()
	p.m.Changed = p.fill
	return p
}

func (p *setsPart) object() fyne.CanvasObject {
	return container.New(listColumns{}, p.list, p.right)
}

// listColumns puts a short list at the left and what it opens at the right.
type listColumns struct{}

// MinSize implements fyne.Layout.
func (listColumns) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widget.Scaled(500), widget.Scaled(200))
}

// Layout implements fyne.Layout.
func (listColumns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left := float32(int(min(widget.Scaled(400), max(s.Width*0.34, widget.Scaled(230)))))
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(left, s.Height))
	o[1].Move(fyne.NewPos(left+12, 0))
	o[1].Resize(fyne.NewSize(s.Width-left-12, s.Height))
}

func (p *setsPart) actions() []fyne.CanvasObject {
	more := widget.NewButton("Bộ tiêu chí", "", nil)
	more.Trailing = widget.IconChevron
	more.OnTapped = func() { widget.ShowMenu(p.s.e.Window, p.s.under(more), p.setMenu()) }
	out := []fyne.CanvasObject{widget.NewButton("Tạo bộ mới…", widget.IconAdd, p.newSet), more}
	if x, ok := p.current(); ok && x.Sample {
		return append(out, widget.NewMainButton("Lấy bộ mẫu vào sổ", widget.IconAdd, func() { p.take(x.Key) }))
	}
	if p.m.Set() != nil {
		out = append(out, widget.NewButton("Kiểm tra", widget.IconCheck, p.check))
	}
	if p.m.Set() != nil && p.m.Locked() != "" {
		return append(out, widget.NewMainButton("Sao chép sang năm khác…", widget.IconCopy, p.copyYear))
	}
	if p.m.Set() != nil {
		add := widget.NewMainButton("Thêm, sửa", "", nil)
		add.Trailing = widget.IconChevron
		add.OnTapped = func() { widget.ShowMenu(p.s.e.Window, p.s.under(add), p.editMenu()) }
		out = append(out, add)
	}
	return out
}

func (p *setsPart) current() (SetRow, bool) {
	list := p.m.List()
	if i := p.list.Current(); i >= 0 && i < len(list) {
		return list[i], true
	}
	return SetRow{}, false
}

func (p *setsPart) refresh() { p.m.Refresh() }
func (p *setsPart) focus()   { p.s.e.Focus(p.s.page, p.list) }
func (p *setsPart) escape() bool {
	if p.s.e.Window.Canvas().Focused() == fyne.Focusable(p.list) {
		return false
	}
	p.focus()
	return true
}

func (p *setsPart) status() string {
	text := p.m.About()
	if n := len(p.m.Problems()); n > 0 {
		text += fmt.Sprintf(" · %d chỗ cần sửa", n)
	}
	return text
}

func (p *setsPart) fill() {
	if err := p.m.Err(); err != nil {
		p.s.page.Errors.SetError(err)
	}
	p.quiet = true
	defer func() { p.quiet = false }()
	var rows table
	at := -1
	for i, x := range p.m.List() {
		row := cells(x.Short, x.Year, x.State)
		switch {
		case x.Sample:
			row[2].Role = widget.ColorSecondary
		case x.Used:
			row[2].Mark = widget.MarkOnTime
		case x.Draft:
			row[2].Mark = widget.MarkSoon
		default:
			row[2].Mark = widget.MarkEarly
		}
		rows = append(rows, row)
		if x.ID != 0 && x.ID == p.m.OpenID() {
			at = i
		}
	}
	p.list.ReplaceRows(rows)
	if at >= 0 && at != p.list.Current() {
		p.list.SetCurrent(at)
	} else if at < 0 && p.list.Current() < 0 && len(rows) > 0 {
		p.list.SetCurrent(0)
		if x := p.m.List()[0]; x.Sample && p.m.Set() == nil {
			p.m.ShowSample(x.Key)
			return
		}
	}
	p.about.SetText(p.m.About())
	p.lock.SetText(p.m.Locked())
	// Without a problem the column of problems is left out.
	columns := nodeColumns[:4]
	if len(p.m.Problems()) > 0 {
		columns = nodeColumns
	}
	if len(columns) != len(p.tree.Columns()) {
		p.tree.SetColumns(columns)
	}
	rows = nil
	for _, n := range p.m.Nodes() {
		row := cells(n.Code, n.Title, n.Max, n.Kind, "")
		row[0].Indent, row[0].Strong, row[1].Strong = n.Depth, n.Depth == 0 && !n.Leaf, n.Depth == 0 && !n.Leaf
		if n.Code == "" {
			row[0].Indent = 0
		}
		row[3].Role = widget.ColorSecondary
		if n.Problem != "" {
			row[4] = widget.Cell{Text: n.Problem, Mark: widget.MarkSoon}
		}
		rows = append(rows, row)
	}
	if open := fmt.Sprint(p.m.OpenID(), p.m.About()); p.m.OpenID() != p.shown || p.m.OpenID() == 0 && open != p.sample {
		p.shown, p.sample = p.m.OpenID(), open
		p.tree.SetRows(rows) // another set begins at its top
	} else {
		p.tree.ReplaceRows(rows)
	}
	if i := p.m.Find(p.aim); i >= 0 {
		p.tree.SetCurrent(i)
		p.aim = ""
		if p.aimRule {
			p.aimRule = false
			widget.Post(p.editRule)
		}
	} else if len(rows) > 0 && p.tree.Current() < 0 {
		p.tree.SetCurrent(0)
	}
	rows = nil
	for _, x := range p.m.Problems() {
		rows = append(rows, []widget.Cell{{Text: x.Message, Mark: widget.MarkSoon}})
	}
	p.problems.ReplaceRows(rows)
	top := container.New(layout.NewCustomPaddedVBoxLayout(4), p.about)
	if p.m.Locked() != "" {
		top.Add(p.lock)
	}
	top.Add(widget.Row(-1, p.search))
	var body fyne.CanvasObject = p.tree
	if len(rows) > 0 {
		body = container.NewBorder(nil, container.New(layout.NewCustomPaddedVBoxLayout(4), widget.NewSection(fmt.Sprintf("%d chỗ cần sửa trước khi dùng để chấm", len(rows))), tall(28*float32(min(len(rows), 4)), p.problems)), nil, nil, p.tree)
	}
	p.right.Objects = []fyne.CanvasObject{above(body, top)}
	p.right.Refresh()
	if p.s.at == tabSets {
		p.s.setActions(p.actions())
		if p.toTree {
			p.toTree = false
			p.s.e.Focus(p.s.page, p.tree)
		}
	}
	p.s.e.Status()
}

func (p *setsPart) openRow(i int) {
	list := p.m.List()
	if p.quiet || i < 0 || i >= len(list) {
		return
	}
	if list[i].Sample {
		p.m.ShowSample(list[i].Key)
		return
	}
	p.m.Open(list[i].ID)
}

func (p *setsPart) take(key string) {
	p.s.m.Do(func(ctx context.Context) error { return p.m.Take(ctx, key) }, func(err error) {
		p.m.Refresh()
		p.s.told("Đã lấy bộ mẫu vào sổ.")(err)
	})
}

func (p *setsPart) load() {
	filter := widget.FileFilter{Name: "Bộ tiêu chí (bảng tính, JSON)", Patterns: []string{"*.xlsx", "*.json"}}
	p.s.e.Files.Open(widget.FileQuestion{Title: "Nhập bộ tiêu chí", Purpose: "set", Filters: []widget.FileFilter{filter}}, func(path string) {
		faults := 0
		p.s.long("Đang đọc bộ tiêu chí", func(ctx context.Context) (err error) {
			faults, err = p.m.Import(ctx, path)
			return err
		}, func() {
			p.m.Refresh()
			text := "Đã nhập bộ tiêu chí."
			if faults > 0 {
				text = fmt.Sprintf("Đã nhập bộ tiêu chí thành bản nháp: còn %d chỗ cần sửa.", faults)
			}
			p.s.e.Done(text)
		})
	})
}

func (p *setsPart) setMenu() []widget.MenuItem {
	none := p.m.OpenID() == 0
	x, _ := p.current()
	export := func(ext string, filter widget.FileFilter) func() {
		return func() {
			p.s.e.Files.Save(widget.FileQuestion{Title: "Xuất bộ tiêu chí", Purpose: "set", Name: p.m.FileName(ext), Filters: []widget.FileFilter{filter}}, func(path string) {
				p.s.long("Đang xuất bộ tiêu chí", func(context.Context) error { return p.m.Export(path) }, func() { p.s.e.Toast("Đã xuất bộ tiêu chí.") })
			})
		}
	}
	return []widget.MenuItem{
		{Label: "Nhập từ tệp bảng tính, JSON…", Icon: widget.IconImport, Do: p.load},
		{Label: "So sánh hai năm…", Disabled: p.m.Set() == nil, Do: p.compare},
		{Label: "Mở kỳ chấm bằng bộ này…", Icon: widget.IconScoring, Disabled: none || len(p.m.Problems()) > 0, Do: p.openPeriod},
		{},
		{Label: "Sao chép sang năm khác…", Icon: widget.IconCopy, Disabled: none, Do: p.copyYear},
		{Label: "Xuất bảng tính Excel…", Icon: widget.IconExcel, Disabled: none, Do: export(".xlsx", widget.FilterExcel)},
		{Label: "Xuất tệp JSON để trao đổi…", Disabled: none, Do: export(".json", widget.FileFilter{Name: "Tệp JSON", Patterns: []string{"*.json"}})},
		{}, {Label: "Bỏ bộ này…", Icon: widget.IconTrash, Danger: true, Disabled: none || x.Used, Do: func() {
			widget.ConfirmDanger(p.s.e.Window, "Bỏ bộ tiêu chí", "Bỏ «"+x.Title+"» khỏi sổ. Hoàn tác được.", "Bỏ", func(ok bool) {
				if ok {
					p.m.Drop(p.s.told("Đã bỏ bộ tiêu chí."))
				}
			})
		}},
	}
}

func (p *setsPart) copyYear() {
	f := screen.NewForm()
	year := 0
	if p.m.Set() != nil {
		year = p.m.Set().Meta.Year + 1
	}
	y := field(strconv.Itoa(year))
	f.Add("year", "Năm", y).Required()
	p.s.ask(screen.Question{Title: "Sao chép bộ tiêu chí sang năm khác", Note: "Các ngày trong cách chấm được dời theo năm. Bản sao sửa được cho đến khi có kỳ chấm dùng nó.", Verb: "Sao chép", Form: f, Then: p.m.Refresh,
		Done: func() string { return "Đã sao chép bộ tiêu chí." },
		Read: func() (func(context.Context) error, error) {
			n, err := data.ParseYear(y.Value())
			if err != nil {
				return nil, data.InField(err, "year")
			}
			return func(ctx context.Context) error { return p.m.Copy(ctx, n) }, nil
		}})
}

// compare shows how the open set differs from another.
func (p *setsPart) compare() {
	if p.m.Set() == nil {
		return
	}
	var rows table
	g := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã", Width: 64}, {ID: "kind", Title: "Khác ở", Width: 110}, {ID: "text", Title: "Thay đổi", Width: 300, Flex: 1}})
	g.Single = true
	g.SetEmpty("Chọn bộ để so sánh.", "", nil)
	kinds := map[scoring.ChangeKind]string{scoring.Added: "thêm", scoring.Removed: "bỏ", scoring.NewTitle: "tên", scoring.NewMax: "điểm tối đa", scoring.NewRule: "cách chấm", scoring.NewWhole: "cả bộ"}
	list, usual := p.m.Others()
	against := func(o widget.Option) {
		changes, err := p.m.Diff(o.Key)
		rows = nil
		for _, c := range changes {
			rows = append(rows, cells(c.Code, kinds[c.Kind], c.Sentence))
		}
		text := "Hai bộ không khác nhau."
		if err != nil {
			text = err.Error()
		}
		g.SetEmpty(text, "", nil)
		g.SetRows(rows)
	}
	choice := widget.NewPicker(options(list), against)
	if choice.SetKey(usual); usual != "" {
		against(widget.Option{Key: usual})
	}
	choice.Width = 420
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), widget.NewFieldBox("So với", choice), tall(320, g))
	widget.ShowDialog(p.s.e.Window, widget.DialogOptions{Title: "«" + p.m.Set().Meta.Title + "» khác gì", Content: content, Width: 760})
}
