package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
)

// askPeriod asks for a new period.
func (s *Page) askPeriod() {
	s.periodForm("Tạo kỳ chấm điểm", "Tạo kỳ, lập phiếu", s.m.Plan())
}

// revisePeriod changes the period shown.
func (s *Page) revisePeriod() {
	if plan, ok := s.m.Revise(); ok {
		s.periodForm("Sửa kỳ chấm điểm", "Lưu", plan)
	}
}

// unitList is the list of units to tick.
type unitList struct {
	m     *Model
	plan  *NewPeriod
	rows  []UnitChoice
	grid  *widget.Grid
	note  *widget.Paragraph
	level string
	kind  string
	text  string
}

// Len implements widget.Rows.
func (u *unitList) Len() int { return len(u.rows) }

// Cells implements widget.Rows.
func (u *unitList) Cells(i int, dst []widget.Cell) {
	mark := widget.MarkBox
	if u.plan.Units[u.rows[i].ID] {
		mark = widget.MarkChecked
	}
	dst[0] = widget.Cell{Text: u.rows[i].Name, Mark: mark}
	dst[1] = widget.Cell{Text: u.rows[i].Level, Role: widget.ColorSecondary}
}

func (u *unitList) fill() {
	u.rows = u.m.UnitChoices(u.level, u.kind, u.text)
	u.grid.ReplaceRows(u)
	u.tell()
}

func (u *unitList) tell() {
	n := 0
	for _, on := range u.plan.Units {
		if on {
			n++
		}
	}
	u.note.SetText(fmt.Sprintf("Đã chọn %d đơn vị; đang liệt kê %d.", n, len(u.rows)))
}

func (u *unitList) all(on bool) {
	for _, r := range u.rows {
		u.plan.Units[r.ID] = on
	}
	u.fill()
}

func (s *Page) periodForm(title, verb string, plan NewPeriod) {
	f := screen.NewForm()
	year, name, basis := field(plan.Year), field(plan.Title), field(plan.Basis)
	set := picker(s.m.SetChoices(), plan.Set)
	set.Width = 320
	if plan.Locked() {
		set.Disable()
	}
	group := field(orText(plan.Group, "Các đơn vị"))
	var days [5]*widget.DateField
	for i := range days {
		days[i] = s.date(plan.Days[i])
	}
	year.OnText = func(text string) {
		n, err := data.ParseYear(text)
		if err != nil || plan.ID != 0 {
			return
		}
		fresh := plan
		s.m.SetYear(&fresh, n)
		if name.Value() == plan.Title {
			name.SetValue(fresh.Title)
		}
		for i := range days {
			days[i].SetDay(fresh.Days[i])
		}
		plan.Title = fresh.Title
	}
	f.Add("year", "Năm được đánh giá", year).Required()
	f.Add("title", "Tên kỳ", name).Required()
	f.Add("set", "Bộ tiêu chí", set).Required()
	f.Add("basis", "Căn cứ (quyết định, kế hoạch)", basis)
	terms := widget.Columns(5, widget.NewFieldBox("Tự chấm từ", days[0]), widget.NewFieldBox("đến hết", days[1]), widget.NewFieldBox("Thẩm định 1 đến", days[2]),
		widget.NewFieldBox("Giải trình đến", days[3]), widget.NewFieldBox("Thẩm định 2 đến", days[4]))
	own := widget.NewCheck("Cơ quan mình tự chấm: "+s.m.UnitName(0), func(on bool) { plan.Own = on })
	own.SetChecked(plan.Own)
	units := &unitList{m: s.m, plan: &plan, note: widget.NewNote("", 260)}
	units.grid = widget.NewGrid([]widget.Column{{ID: "name", Title: "Đơn vị được chấm", Width: 300, Flex: 1}, {ID: "level", Title: "Cấp", Width: 100}})
	units.grid.Single = true
	units.grid.SetEmpty("Không có đơn vị nào khớp. Đơn vị được khai báo ở màn hình Danh mục.", "", nil)
	units.grid.OnToggle = func(row int) {
		u := units.rows[row].ID
		plan.Units[u] = !plan.Units[u]
		units.grid.Refresh()
		units.tell()
	}
	search := widget.NewField("Tìm đơn vị")
	search.Width = 150
	search.OnText = func(text string) { units.text = text; units.fill() }
	// A chip grows with what it filters by.
	var tools *fyne.Container
	level := widget.NewFilterChip("Cấp", options(s.m.UnitLevels()), func(keys []string) { units.level = first(keys); units.fill(); tools.Refresh() }).Single()
	kind := widget.NewFilterChip("Loại", options(s.m.UnitKinds()), func(keys []string) { units.kind = first(keys); units.fill(); tools.Refresh() }).Single()
	tools = widget.Row(5, search, level, kind, widget.NewButton("Chọn cả danh sách", "", func() { units.all(true) }), widget.NewButton("Bỏ chọn", "", func() { units.all(false) }), units.note)
	units.fill()
	height := min(190, max(110, s.e.Window.Canvas().Size().Height/widget.Scaled(1)-470))
	below := []fyne.CanvasObject{terms, widget.NewSection("Các đơn vị"), container.NewBorder(nil, nil, own, widget.Wide(230, widget.NewFieldBox("Tên nhóm xếp hạng", group))), tools, widget.Tall(height, units.grid)}
	period, opened := uint64(0), 0
	s.ask(screen.Question{Title: title, Verb: verb, Columns: 2, Width: 780, Onward: true, Form: f, Below: below,
		Done: func() string {
			if plan.ID != 0 {
				return "Đã sửa kỳ chấm điểm."
			}
			return fmt.Sprintf("Đã tạo kỳ chấm điểm và %d phiếu.", opened)
		},
		Then: func() { s.m.Opened(period) },
		Read: func() (func(context.Context) error, error) {
			out := plan
			out.Year, out.Title, out.Basis, out.Group = year.Value(), name.Value(), basis.Value(), group.Value()
			if out.Set = set.Key(); out.Set == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "set", Message: "Chọn bộ tiêu chí."}
			}
			for i := range days {
				d, err := days[i].Day()
				if err != nil {
					return nil, err
				}
				out.Days[i] = d
			}
			return func(ctx context.Context) (err error) {
				period, opened, err = s.m.KeepPeriod(ctx, out)
				return err
			}, nil
		}})
}

func first(keys []string) string {
	if len(keys) > 0 {
		return keys[0]
	}
	return ""
}
