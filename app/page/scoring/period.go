package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
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
	units map[uint32]bool // those ticked
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
	if u.units[u.rows[i].ID] {
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
	for _, on := range u.units {
		if on {
			n++
		}
	}
	u.note.SetText(fmt.Sprintf("Đã chọn %d đơn vị; đang liệt kê %d.", n, len(u.rows)))
}

func (u *unitList) all(on bool) {
	for _, r := range u.rows {
		u.units[r.ID] = on
	}
	u.fill()
}

func (s *Page) periodForm(title, verb string, plan NewPeriod) {
	units := &unitList{m: s.m, units: plan.Units, note: widget.NewNote("", 260)}
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
	level := widget.NewFilterChip("Cấp", s.m.UnitLevels(), func(keys []string) { units.level = first(keys); units.fill(); tools.Refresh() }).Single()
	kind := widget.NewFilterChip("Loại", s.m.UnitKinds(), func(keys []string) { units.kind = first(keys); units.fill(); tools.Refresh() }).Single()
	tools = widget.Row(5, search, level, kind, widget.NewButton("Chọn cả danh sách", "", func() { units.all(true) }), widget.NewButton("Bỏ chọn", "", func() { units.all(false) }), units.note)
	units.fill()
	height := min(190, max(110, s.e.Window.Canvas().Size().Height/widget.Scaled(1)-520))
	period, opened := uint64(0), 0
	day := func(i int, label string) form.Field[NewPeriod] {
		return form.Day(fmt.Sprint("day", i), label, s.m.Today, func(p *NewPeriod) *data.Day { return &p.Days[i] })
	}
	set := form.Pick("set", "Bộ tiêu chí", func(*NewPeriod) []kit.Choice { return s.m.SetChoices() }, func(p *NewPeriod) *string { return &p.Set }).Need()
	if plan.Locked() {
		set = set.When(func(*NewPeriod) bool { return false })
	}
	form.Ask(s.e, form.Question[NewPeriod]{Title: title, Verb: verb, Columns: 2, Width: 780, Onward: true, Value: plan, Below: []fyne.CanvasObject{tools, widget.Tall(height, units.grid)},
		Fields: []form.Field[NewPeriod]{
			set.Whole(),
			form.Text("title", "Tên kỳ", func(p *NewPeriod) *string { return &p.Title }).Need(),
			form.Text("year", "Năm được đánh giá", func(p *NewPeriod) *string { return &p.Year }).Need(),
			form.Text("basis", "Căn cứ (quyết định, kế hoạch)", func(p *NewPeriod) *string { return &p.Basis }).Whole(),
			day(0, "Tự chấm từ").In(5), day(1, "đến hết"), day(2, "Thẩm định 1 đến"), day(3, "Giải trình đến"), day(4, "Thẩm định 2 đến"),
			form.Check("own", "Cơ quan mình tự chấm: "+s.m.UnitName(0), func(p *NewPeriod) *bool { return &p.Own }).In(2),
			form.Text("group", "Tên nhóm xếp hạng", func(p *NewPeriod) *string { return &p.Group }),
		},
		Ready: func(f *form.Form[NewPeriod]) {
			proposed := plan.Title
			f.OnChange = func(key string) {
				n, err := data.ParseYear(f.Text("year"))
				if key != "year" || err != nil || plan.ID != 0 {
					return
				}
				fresh := plan
				s.m.SetYear(&fresh, n)
				if f.Text("title") == proposed {
					f.Type("title", fresh.Title)
				}
				for i, d := range fresh.Days {
					f.Type(fmt.Sprint("day", i), d.String())
				}
				proposed = fresh.Title
			}
		},
		Check: func(p NewPeriod) error {
			if p.Set == "" {
				return refuse("set", "Chọn bộ tiêu chí.")
			}
			return nil
		},
		Done: func(NewPeriod) string {
			if plan.ID != 0 {
				return "Đã sửa kỳ chấm điểm."
			}
			return fmt.Sprintf("Đã tạo kỳ chấm điểm và %d phiếu.", opened)
		},
		Then: func(NewPeriod) { s.m.Opened(period) },
		Store: func(ctx context.Context, p NewPeriod) (err error) {
			period, opened, err = s.m.KeepPeriod(ctx, p)
			return err
		}})
}

func first(keys []string) string {
	if len(keys) > 0 {
		return keys[0]
	}
	return ""
}
