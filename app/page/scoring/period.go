package scoring

import (
	"context"
	"fmt"
	"maps"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
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

// units lists the units to tick; tell counts them anew after chosen was changed.
func (s *Page) units(chosen map[uint32]bool) (units *list.List[data.Unit], tools fyne.CanvasObject, tell func()) {
	note := widget.NewNote("", 260)
	tell = func() {
		note.SetText(fmt.Sprintf("Đã chọn %d đơn vị.", len(onlyTrue(chosen))))
		units.Redraw()
	}
	turn := func(u *data.Unit) {
		chosen[u.ID] = !chosen[u.ID]
		tell()
	}
	all := func(on bool) func() {
		return func() {
			for i := range units.Len() {
				chosen[units.Row(i).ID] = on
			}
			tell()
		}
	}
	units = listOf(s, list.Options[data.Unit]{ID: "period-units", What: "đơn vị", Place: "Tìm đơn vị", Key: func(u *data.Unit) uint64 { return uint64(u.ID) }, Empty: "Không có đơn vị nào khớp. Đơn vị được khai báo ở màn hình Danh mục.",
		Columns: []list.Column[data.Unit]{list.Col("name", "Đơn vị được chấm", 300, 1, func(u *data.Unit) string { return u.Name }), list.Col("level", "Cấp", 100, 0, func(u *data.Unit) string { return u.Level.Name() })},
		Filters: []list.Filter[data.Unit]{{Key: "level", Label: "Cấp", Single: true, Of: func(u *data.Unit) []string { return []string{u.Level.Name()} }},
			{Key: "kind", Label: "Loại", Single: true, Of: func(u *data.Unit) []string { return []string{u.Kind.Name()} }}},
		Load: func() ([]data.Unit, error) { return s.m.Units(), nil }, Ticked: func(u *data.Unit) bool { return chosen[u.ID] }, Tick: turn, Open: turn})
	tell()
	units.Refresh()
	return units, widget.Row(2, widget.NewButton("Chọn cả danh sách", "", all(true)), widget.NewButton("Bỏ chọn", "", all(false)), note), tell
}

// onlyTrue leaves out what is not chosen.
func onlyTrue(m map[uint32]bool) map[uint32]bool {
	out := maps.Clone(m)
	maps.DeleteFunc(out, func(_ uint32, on bool) bool { return !on })
	return out
}

func (s *Page) periodForm(title, verb string, plan NewPeriod) {
	units, tools, tell := s.units(plan.Units)
	height := min(230, max(150, s.e.Window.Canvas().Size().Height/widget.Scaled(1)-520))
	period, opened := uint64(0), 0
	day := func(i int, label string) form.Field[NewPeriod] {
		return form.Day(fmt.Sprint("day", i), label, s.m.Today, func(p *NewPeriod) *data.Day { return &p.Days[i] })
	}
	set := form.Pick("set", "Bộ tiêu chí", func(*NewPeriod) []kit.Choice { return s.m.SetChoices() }, func(p *NewPeriod) *string { return &p.Set }).Need()
	if plan.Locked() {
		set = set.When(func(*NewPeriod) bool { return false })
	}
	form.Ask(s.e, form.Question[NewPeriod]{Title: title, Verb: verb, Columns: 2, Width: 780, Onward: true, Value: plan, Below: []fyne.CanvasObject{tools, widget.Tall(height, units.Body())},
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
			proposed, own, whom := plan.Title, plan.Own, maps.Clone(plan.Units)
			f.OnChange = func(key string) {
				// Whom a set is for follows the set until the officer chose otherwise.
				if key == "set" && plan.ID == 0 && f.Value().Own == own && maps.Equal(onlyTrue(plan.Units), whom) {
					own, whom = s.m.Scored(f.Text("set"))
					clear(plan.Units)
					maps.Copy(plan.Units, whom)
					f.Type("own", map[bool]string{true: form.Ticked}[own])
					tell()
				}
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
		Then: func(NewPeriod) {
			s.open(tabSheet)
			s.m.Opened(period)
		},
		Store: func(ctx context.Context, p NewPeriod) (err error) {
			period, opened, err = s.m.KeepPeriod(ctx, p)
			return err
		}})
}
