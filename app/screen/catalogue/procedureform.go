package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// procedureForm is the page of one procedure.
type procedureForm struct {
	p    *procedures
	one  data.Procedure // as it was opened
	page *widget.Page
	f    *screen.Form

	code, name, fee, decision, sameDay *widget.Field
	parts                              *widget.Field
	field, level, unit, mode, level0   *widget.Picker
	term, online, own                  *termBox
	from, to                           *widget.DateField
	paper, certain                     *widget.Check
	cases                              []data.Case
	steps                              []data.OnlineStep
	caseGrid, stepGrid                 *widget.Grid
	saving                             bool
}

func newStack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(8), objects...)
}

func newProcedureForm(p *procedures, one data.Procedure) *procedureForm {
	s := p.c.session
	x := &procedureForm{p: p, one: one, f: screen.NewForm(), cases: slices.Clone(one.Cases), steps: slices.Clone(one.Online)}
	x.code, x.name, x.decision = field(one.Code), area(one.Name, 2), field(one.Decision)
	x.fee, x.sameDay = field(""), field(one.SameDayUntil.String())
	if one.Fee != 0 {
		x.fee.SetValue(data.FormatInt(one.Fee))
	}
	x.parts = area(strings.Join(one.Parts, "\n"), 6)
	x.field = picker(model.FieldChoices(s, 0), key(one.Field))
	x.level = picker(model.Levels(s, one.Level), string(one.Level))
	x.unit = picker(model.UnitChoices(s, 0), key(one.Unit))
	x.mode = picker(model.PauseModes(), one.Mode.Key())
	x.level0 = picker(model.OnlineLevels(), one.OnlineLevel)
	x.field.None, x.level.None, x.unit.None, x.level0.None = "Chưa rõ", "Chưa phân cấp", "Tùy hồ sơ", "Chưa ghi"
	x.term, x.online, x.own = newTermBox(one.Term), newTermBox(one.OnlineTerm), newTermBox(one.OwnTerm)
	x.from, x.to = p.c.date(one.From), p.c.date(one.To)
	x.paper = widget.NewCheck("Pháp luật buộc trả kết quả bản giấy", nil)
	x.paper.SetChecked(one.Paper)
	x.certain = widget.NewCheck("Đã đối chiếu với quyết định công bố", nil)
	x.certain.SetChecked(one.Certain || one.ID == 0)
	title := "Sửa thủ tục"
	if one.ID == 0 {
		title = "Thêm thủ tục"
	}
	actions := []fyne.CanvasObject{widget.NewButton("Quay lại", widget.IconBack, x.leave)}
	if _, differs, ok := s.Desk.ShippedProcedure(one); ok && differs && one.ID != 0 {
		actions = append(actions, widget.NewButton("Về mặc định", widget.IconUndo, func() {
			p.back()
			p.reset(one)
		}))
	}
	save := widget.NewMainButton("Lưu", widget.IconSave, x.save)
	save.Hint = "Ctrl+Enter"
	x.page = widget.NewPage(title, append(actions, save), nil, x.build())
	for _, f := range []*widget.Field{x.code, x.name, x.fee, x.decision, x.sameDay, x.parts, x.term.count, x.online.count, x.own.count, &x.from.Field, &x.to.Field} {
		x.listen(f)
	}
	return x
}

// listen lets Ctrl+Enter save from a field, and Escape leave.
func (x *procedureForm) listen(f *widget.Field) {
	before, keys := f.OnShortcut, f.OnKey
	f.OnShortcut = func(s fyne.Shortcut) bool {
		if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierControl && (k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter) {
			x.save()
			return true
		}
		return before != nil && before(s)
	}
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape {
			x.leave()
			return true
		}
		return keys != nil && keys(ev)
	}
}

func (x *procedureForm) build() fyne.CanvasObject {
	f := x.f
	left := newStack(
		f.Add("name", "Tên thủ tục", x.name).Required(),
		widget.Columns(2,
			f.Add("code", "Mã TTHC, mã gốc như 1.001613", x.code), f.Add("level", "Cấp thực hiện", x.level),
			f.Add("field", "Lĩnh vực", x.field), f.Add("unit", "Đơn vị thường giải quyết", x.unit),
			f.Add("decision", "Quyết định công bố: số, ngày", x.decision), f.Add("fee", "Phí, lệ phí (đồng)", x.fee),
			f.Add("from", "Áp dụng từ ngày", x.from), f.Add("to", "Đến hết ngày", x.to)),
		widget.NewSection("Thời hạn"),
		widget.Columns(2,
			f.Add("term", "Thời hạn giải quyết", x.term.row), f.Add("online", "Khi nộp trực tuyến, nếu khác", x.online.row),
			f.Add("own", "Phần của đơn vị khi liên thông", x.own.row), f.Add("mode", "Khi chờ bổ sung hồ sơ", x.mode),
			f.Add("sameday", "«Trong ngày»: nhận trước", x.sameDay).WithHint("sau giờ này hẹn ngày làm việc sau; trống: theo quy tắc của cơ quan")),
		x.paper, x.certain)
	x.caseGrid = widget.NewGrid([]widget.Column{{ID: "name", Title: "Trường hợp", Width: 170, Flex: 1}, {ID: "term", Title: "Thời hạn", Width: 130}, {ID: "fee", Title: "Phí", Width: 70, Align: widget.Right}})
	x.stepGrid = widget.NewGrid([]widget.Column{{ID: "from", Title: "Từ ngày", Width: 100}, {ID: "level", Title: "Mức độ", Width: 160, Flex: 1}})
	for _, g := range []*widget.Grid{x.caseGrid, x.stepGrid} {
		g.Single = true
	}
	x.caseGrid.SetEmpty("Thủ tục chỉ có một trường hợp.", "", nil)
	x.stepGrid.SetEmpty("Mức độ không đổi theo thời gian.", "", nil)
	x.caseGrid.OnOpen = x.editCase
	x.stepGrid.OnOpen = x.editStep
	x.fillGrids()
	right := newStack(
		f.Add("parts", "Thành phần hồ sơ, mỗi dòng một giấy tờ", x.parts),
		sectionWith("Trường hợp có thời hạn, phí, giấy tờ khác", widget.NewQuietButton("Thêm", widget.IconAdd, func() { x.editCase(-1) }), widget.NewQuietButton("Bỏ", widget.IconTrash, x.dropCase)),
		screen.Tall(122, x.caseGrid),
		f.Add("level0", "Mức độ dịch vụ công trực tuyến", x.level0),
		sectionWith("Mức độ thay đổi theo thời gian", widget.NewQuietButton("Thêm", widget.IconAdd, func() { x.editStep(-1) }), widget.NewQuietButton("Bỏ", widget.IconTrash, x.dropStep)),
		screen.Tall(94, x.stepGrid))
	return container.NewVScroll(widget.Columns(2, left, container.New(layout.NewCustomPaddedLayout(0, 8, 8, 8), right)))
}

// sectionWith is the heading of a part of a page with quiet buttons at its right.
func sectionWith(title string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewHBox(buttons...), widget.NewSection(title))
}

func (x *procedureForm) fillGrids() {
	x.caseGrid.SetRows(caseRows(x.cases))
	slices.SortStableFunc(x.steps, func(a, b data.OnlineStep) int { return int(a.From) - int(b.From) })
	x.stepGrid.SetRows(stepRows(x.steps))
}

type caseRows []data.Case

// Len implements widget.Rows.
func (r caseRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r caseRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = r[i].Name, r[i].Term.String()
	if r[i].Fee != 0 {
		dst[2].Text = data.FormatInt(r[i].Fee)
	}
}

type stepRows []data.OnlineStep

// Len implements widget.Rows.
func (r stepRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r stepRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = r[i].From.String(), desk.OnlineName(r[i].Level)
}

// editCase opens a case, or a new one for -1. It stays in the page until that is
// saved.
func (x *procedureForm) editCase(i int) {
	var one data.Case
	if i >= 0 && i < len(x.cases) {
		one = x.cases[i]
	}
	name, fee, parts, term := field(one.Name), field(""), area(strings.Join(one.Parts, "\n"), 4), newTermBox(one.Term)
	if one.Fee != 0 {
		fee.SetValue(data.FormatInt(one.Fee))
	}
	f := screen.NewForm()
	f.Add("name", "Tên trường hợp", name).Required()
	f.Add("term", "Thời hạn", term.row).WithHint("để trống: theo thủ tục")
	f.Add("fee", "Phí, lệ phí (đồng)", fee)
	f.Add("parts", "Thành phần hồ sơ riêng, mỗi dòng một giấy tờ", parts).WithHint("để trống: theo thủ tục")
	x.local("Trường hợp", f, func() error {
		v := data.Case{Name: strings.Join(strings.Fields(name.Value()), " "), Parts: model.Lines(parts.Value())}
		if v.Name == "" {
			return &data.Error{Code: data.Invalid, Field: "name", Message: "Nhập tên trường hợp."}
		}
		for k, c := range x.cases {
			if k != i && text.NameKey(c.Name) == text.NameKey(v.Name) {
				return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có trường hợp «%s».", c.Name)}
			}
		}
		var err error
		if v.Term, err = term.term("term"); err != nil {
			return err
		}
		money, err := model.Whole(fee.Value(), "fee", "Phí, lệ phí", maxFee)
		if err != nil {
			return err
		}
		v.Fee = int64(money)
		if i < 0 {
			x.cases = append(x.cases, v)
		} else {
			x.cases[i] = v
		}
		return nil
	})
}

// maxFee bounds a fee to what a receipt can hold.
const maxFee = 999_999_999

// editStep opens an online level that holds from a day on.
func (x *procedureForm) editStep(i int) {
	var one data.OnlineStep
	if i >= 0 && i < len(x.steps) {
		one = x.steps[i]
	}
	from := x.p.c.date(one.From)
	old := []model.Choice{{Key: "4", Label: "Mức độ 4 (trước 15/08/2022)"}, {Key: "3", Label: "Mức độ 3 (trước 15/08/2022)"}, {Key: "2", Label: "Mức độ 2 (trước 15/08/2022)"}, {Key: "1", Label: "Mức độ 1 (trước 15/08/2022)"}}
	level := picker(append(model.OnlineLevels(), old...), one.Level)
	f := screen.NewForm()
	f.Add("from", "Từ ngày", from).Required()
	f.Add("level", "Mức độ", level).Required()
	x.local("Mức độ trực tuyến", f, func() error {
		day, err := f.Day("from", from)
		switch {
		case err != nil:
			return err
		case !day.Known():
			return &data.Error{Code: data.Invalid, Field: "from", Message: "Nhập ngày bắt đầu."}
		case level.Key() == "":
			return &data.Error{Code: data.Invalid, Field: "level", Message: "Chọn mức độ."}
		}
		v := data.OnlineStep{From: day, Level: level.Key()}
		if i < 0 {
			x.steps = append(x.steps, v)
		} else {
			x.steps[i] = v
		}
		return nil
	})
}

// local asks for a part of the page; nothing is stored yet.
func (x *procedureForm) local(title string, f *screen.Form, take func() error) {
	var d *widget.Dialog
	d = widget.ShowDialog(x.p.c.ctx.Window, widget.DialogOptions{Title: title, Content: newStack(f.Fields...), Default: "Xong", Cancel: "Hủy bỏ", Width: 420, OnDefault: func() bool {
		if err := take(); err != nil {
			if rest := f.Show(err); rest != nil {
				d.ShowError(rest)
			}
			return false
		}
		x.fillGrids()
		return true
	}})
}

func (x *procedureForm) dropCase() {
	if i := x.caseGrid.Current(); i >= 0 && i < len(x.cases) {
		x.cases = slices.Delete(slices.Clone(x.cases), i, i+1)
		x.fillGrids()
	}
}

func (x *procedureForm) dropStep() {
	if i := x.stepGrid.Current(); i >= 0 && i < len(x.steps) {
		x.steps = slices.Delete(slices.Clone(x.steps), i, i+1)
		x.fillGrids()
	}
}

// read reads the page.
func (x *procedureForm) read() (data.Procedure, error) {
	one := x.one
	one.Code, one.Name, one.Decision = x.code.Value(), x.name.Value(), strings.TrimSpace(x.decision.Value())
	one.Field, one.Unit, one.Level, one.OnlineLevel = id32(x.field.Key()), id32(x.unit.Key()), data.Level(x.level.Key()), x.level0.Key()
	one.Paper, one.Certain, one.Cases, one.Online, one.Parts = x.paper.Checked, x.certain.Checked, nilIfEmpty(x.cases), nilIfEmpty(x.steps), nilIfEmpty(model.Lines(x.parts.Value()))
	if one.ID == 0 {
		one.Source = data.Typed
	}
	var err error
	if one.Mode, err = data.ParsePauseMode(x.mode.Key()); err != nil {
		return one, err
	}
	for _, t := range []struct {
		key string
		box *termBox
		to  *data.Term
	}{{"term", x.term, &one.Term}, {"online", x.online, &one.OnlineTerm}, {"own", x.own, &one.OwnTerm}} {
		if *t.to, err = t.box.term(t.key); err != nil {
			return one, err
		}
	}
	fee, err := model.Whole(x.fee.Value(), "fee", "Phí, lệ phí", maxFee)
	if err != nil {
		return one, err
	}
	one.Fee = int64(fee)
	if one.SameDayUntil, err = data.ParseClock(x.sameDay.Value()); err != nil {
		return one, data.InField(err, "sameday")
	}
	if one.From, err = x.f.Day("from", x.from); err != nil {
		return one, err
	}
	if one.To, err = x.f.Day("to", x.to); err != nil {
		return one, err
	}
	if one.From.Known() && one.To.Known() && one.To < one.From {
		return one, &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("Ngày kết thúc %s ở trước ngày bắt đầu %s.", one.To, one.From)}
	}
	return one, nil
}

func nilIfEmpty[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func (x *procedureForm) fail(err error) {
	x.saving = false
	x.page.Errors.SetError(x.f.Show(err))
}

func (x *procedureForm) save() {
	if x.saving {
		return
	}
	one, err := x.read()
	if err != nil {
		x.fail(err)
		return
	}
	x.saving = true
	x.p.c.do(func(ctx context.Context) error {
		err := x.p.c.session.Desk.SaveProcedure(ctx, &one)
		if err == nil {
			x.p.c.session.Post(x.p.back)
		}
		return err
	}, "Đã lưu thủ tục.", x.fail)
}

// leave goes back to the list; it asks when something would be lost.
func (x *procedureForm) leave() {
	one, err := x.read()
	if err == nil && same(one, x.one) {
		x.p.back()
		return
	}
	widget.ConfirmDanger(x.p.c.ctx.Window, "Bỏ những gì vừa nhập?", "Thủ tục này có thay đổi chưa lưu.", "Bỏ thay đổi", func(ok bool) {
		if ok {
			x.p.back()
		}
	})
}

// same reports whether the page holds what was opened.
func same(a, b data.Procedure) bool {
	b.Certain = b.Certain || b.ID == 0
	if b.ID == 0 {
		b.Source = data.Typed
	}
	return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}
