package found

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/step"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/shipped"
)

// The steps, as desk.Founding counts them from 1.
const (
	stepOffice = iota + 1
	stepUnits
	stepProcedures
	stepDossiers
	stepReport
)

// Page is the page.
type Page struct {
	env.OnePlace
	e      *env.Env
	wizard *step.Wizard
	begun  bool // the step of the last time was taken up

	office     *form.Form[office]
	last       data.Office // what was proposed last
	units      *form.Form[units]
	procedures *form.Form[ticks]
	groups     []desk.ProcedureGroup
	choice     *fyne.Container // of procedures
	held       *widget.Paragraph
	choose     *widget.Button
	report     *widget.PDFView
	printed    env.Printed // the first report
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &Page{e: e}
	p.wizard = step.New(e, "Lập sổ",
		step.Step{Name: "Cơ quan", Title: "Lập sổ: cơ quan", Note: "Chọn cấp, gõ tên; những ô còn lại được điền sẵn như thường thấy và gõ đè được. Enter sang ô sau.", Build: p.officeStep, Enter: func() fyne.Focusable { return p.office.First() }, Next: p.saveOffice},
		step.Step{Name: "Đơn vị", Title: "Lập sổ: đơn vị", Note: "Những đơn vị nhận và giải quyết hồ sơ. Gõ, dán từ Excel (Ctrl+V), hoặc lấy từ tệp. Insert thêm dòng, Ctrl+Delete bỏ dòng.", Build: p.unitStep, Enter: p.enterUnits, Next: p.saveUnits},
		step.Step{Name: "Thủ tục", Title: "Lập sổ: thủ tục", Note: "Chọn lĩnh vực mà cơ quan giải quyết. «Chưa đối chiếu» là thủ tục cần xem lại theo quyết định công bố của tỉnh, ở Danh mục, phần Thủ tục.", Build: p.procedureStep, Enter: p.enterProcedures, Next: p.saveProcedures},
		step.Step{Name: "Hồ sơ đã có", Title: "Lập sổ: hồ sơ đã có", Note: "Nhập danh sách hồ sơ năm nay và năm trước đã xuất từ hệ thống một cửa: chương trình thử trước, cho xem kết quả, rồi mới nhập. Chưa có thì đi tiếp.", Build: p.dossierStep, Enter: p.enterDossiers, Next: p.toReport, Verb: "Xem báo cáo đầu tiên"},
		step.Step{Name: "Báo cáo", Title: "Báo cáo giao ban đầu tiên", Build: p.reportStep, Enter: p.enterReport, Next: p.print, Verb: "In", End: true})
	return p
}

// Content implements env.Page.
func (p *Page) Content() fyne.CanvasObject { return p.wizard.Object() }

// Stale implements env.Page.
func (p *Page) Stale(desk.Changes) {
	if p.held != nil {
		p.held.SetText(book(p.e.Desk))
	}
}

// Shown implements env.Page: it takes up the step of the last time.
func (p *Page) Shown() {
	if !p.begun {
		p.begun = true
		p.wizard.Go(max(p.e.Desk.Founding(), stepOffice) - 1)
		return
	}
	p.wizard.Go(p.wizard.At())
}

// Status implements env.Page.
func (p *Page) Status() string { return "Bước nào xong được lưu ngay bước ấy" }

// Dirty implements env.Typed.
func (p *Page) Dirty() bool {
	return p.wizard.At() == 0 && p.office.Dirty() || p.wizard.At() == 1 && p.units != nil && p.units.Dirty()
}

// Keys implements env.Keyed.
func (p *Page) Keys() []env.Key { return env.CtrlEnter("lưu bước đang làm", p.wizard.Submit) }

// store stores a step off the window's goroutine and notes the next one.
func (p *Page) store(next int, work func(context.Context) error, done func(err error)) {
	p.e.Session.Go(func() {
		err := work(context.Background())
		if err == nil {
			err = p.e.Desk.SetFounding(context.Background(), next)
		}
		p.e.Session.Post(func() { done(err) })
	})
}

// scrolled gives a step room for more than the window holds.
func scrolled(o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 16), container.New(layout.NewCustomPaddedVBoxLayout(8), o...)))
}

func (p *Page) officeStep() fyne.CanvasObject {
	text := func(key, label, hint string, of func(*data.Office) *string) form.Field[office] {
		return form.Text(key, label, func(o *office) *string { return of(&o.Office) }).Note(hint)
	}
	area := func(key, label, hint string, of func(*data.Office) *string) form.Field[office] {
		return form.Area(key, label, 2, func(o *office) *string { return of(&o.Office) }).Note(hint)
	}
	value := officeOf(p.e.Desk)
	p.last = shipped.Office(value.Level, value.Called)
	p.office = form.New(p.e, value,
		form.Pick("level", "Cấp", func(*office) []kit.Choice { return levels(p.e.Desk.Today()) }, func(o *office) *string { return (*string)(&o.Level) }).Need(),
		form.Text("called", "Tên cơ quan", func(o *office) *string { return &o.Called }).Need().Note("ví dụ UBND phường Yên Trạch, Sở Tư pháp"),
		area("parent", "Cơ quan chủ quản", "dòng trên, để trống nếu không có", func(o *data.Office) *string { return &o.Parent }).Under("Như in trên văn bản"),
		area("name", "Cơ quan ban hành", "in đậm, mỗi dòng một phần", func(o *data.Office) *string { return &o.Name }),
		text("place", "Địa danh", "trước ngày tháng", func(o *data.Office) *string { return &o.Place }),
		text("symbol", "Ký hiệu văn bản", "ví dụ BC-UBND", func(o *data.Office) *string { return &o.Symbol }),
		text("receiver", "Nơi nhận báo cáo", "sau «Kính gửi»", func(o *data.Office) *string { return &o.Receiver }),
		text("code", "Mã định danh", "đầu mã hồ sơ, ví dụ H56.22.17; có thể ghi sau", func(o *data.Office) *string { return &o.Code }),
		text("authority", "Thẩm quyền ký", "ví dụ TM. ỦY BAN NHÂN DÂN", func(o *data.Office) *string { return &o.Authority }).Under("Người ký và một cửa"),
		text("title", "Chức vụ người ký", "ví dụ CHỦ TỊCH", func(o *data.Office) *string { return &o.Title }),
		text("signer", "Họ tên người ký", "", func(o *data.Office) *string { return &o.Signer }),
		text("officer", "Cán bộ tại máy này", "người tiếp nhận của hồ sơ mới", func(o *data.Office) *string { return &o.Officer }),
		area("desk", "Tên bộ phận một cửa", "in trên giấy hẹn", func(o *data.Office) *string { return &o.Desk }),
	)
	p.office.Onward = true
	p.office.OnChange = p.propose
	p.office.OnSubmit = func() { p.wizard.Submit() }
	object := scrolled(p.office.Object(2))
	p.office.Keep("lap-so-co-quan")
	return object
}

// propose lets the fields that nobody typed over follow level and name.
func (p *Page) propose(key string) {
	if key != "level" && key != "called" {
		return
	}
	v := p.office.Value()
	next := shipped.Office(v.Level, v.Called)
	for key, of := range proposed {
		if now := p.office.Text(key); now == of(&p.last) || now == "" {
			p.office.Type(key, of(&next))
		}
	}
	p.last = next
}

func (p *Page) saveOffice(done func(bool, error)) {
	v := p.office.Value()
	if v.Called == "" && v.Name == "" {
		done(false, p.office.Show(&data.Error{Code: data.Invalid, Field: "called", Message: "Gõ tên cơ quan, ví dụ UBND phường Yên Trạch."}))
		return
	}
	save(p, p.office, stepUnits, func(ctx context.Context, v office) error { return p.e.Desk.FoundOffice(ctx, v.Office) }, nil, done)
}

// save reads a form and stores it, and shows then what stored returns, nil for what was
// typed.
func save[T any](p *Page, f *form.Form[T], next int, store func(context.Context, T) error, stored func() T, done func(bool, error)) {
	v, ok, rest := f.Read()
	if !ok {
		done(false, rest)
		return
	}
	p.store(max(p.e.Desk.Founding(), next), func(ctx context.Context) error { return store(ctx, v) }, func(err error) {
		if err != nil {
			done(false, f.Show(err))
			return
		}
		if stored != nil {
			v = stored()
		}
		f.Saved(v)
		done(true, nil)
	})
}

func (p *Page) unitStep() fyne.CanvasObject {
	into := func(*former) []kit.Choice {
		var out []kit.Choice
		if p.units == nil {
			return nil
		}
		for _, u := range p.units.Value().Units {
			out = append(out, kit.Choice{Key: u.Name, Text: u.Name})
		}
		return out
	}
	kinds := func(*unit) []kit.Choice {
		var out []kit.Choice
		for _, k := range data.UnitKinds {
			out = append(out, kit.Choice{Key: string(k), Text: k.Name()})
		}
		return out
	}
	p.units = form.New(p.e, unitsOf(p.e.Desk),
		form.Rows("units", "", func(u *units) *[]unit { return &u.Units },
			form.Text("name", "Tên đơn vị", func(u *unit) *string { return &u.Name }).Sized(340),
			form.Pick("kind", "Loại", kinds, func(u *unit) *string { return &u.Kind }).Or("chưa phân loại").Sized(190),
			form.Text("code", "Mã định danh", func(u *unit) *string { return &u.Code }).Sized(130),
			form.Kept("id", func(u *unit) *uint32 { return &u.ID })).Under("Đơn vị của cơ quan"),
		form.Rows("merged", "", func(u *units) *[]former { return &u.Merged },
			form.Text("name", "Đơn vị cũ", func(f *former) *string { return &f.Name }).Sized(280),
			form.Pick("into", "Nhập vào", into, func(f *former) *string { return &f.Into }).Or("đơn vị đầu danh sách").Sized(280),
			form.Day("day", "Từ ngày", p.e.Desk.Today, func(f *former) *data.Day { return &f.Day }).Sized(120)).
			Under("Đơn vị cũ đã sáp nhập, có tên trong hồ sơ của năm trước (ngày để trống là 01/07/2025)"))
	p.units.OnSubmit = func() { p.wizard.Submit() }
	file := widget.NewButton("Lấy từ tệp…", widget.IconImport, p.chooseUnits)
	object := scrolled(container.NewHBox(file), p.units.Object(1))
	p.units.Keep("lap-so-don-vi")
	return object
}

// enterUnits takes up what the step before changed, as long as nothing is typed here.
func (p *Page) enterUnits() fyne.Focusable {
	if !p.units.Dirty() {
		p.units.Saved(unitsOf(p.e.Desk))
	}
	return p.units.First()
}

func (p *Page) chooseUnits() {
	var list []data.Unit
	p.e.ReadFile("Tệp có tên các đơn vị", "Không lấy được đơn vị từ tệp này", func(ctx context.Context, path string) (err error) {
		list, err = p.e.Desk.OpenUnits(ctx, path)
		return err
	}, func() { p.addUnits(list) })
}

// addUnits puts the units of a file behind those that stand in the form.
func (p *Page) addUnits(list []data.Unit) {
	v := p.units.Value()
	added := 0
	v.Units = append([]unit(nil), v.Units...)
	for _, u := range list {
		if !v.has(u.Name) {
			v.Units = append(v.Units, lineOf(u))
			added++
		}
	}
	if added > 0 {
		draft := form.NewEntry(v, p.units.Fields()...)
		p.units.Type("units", draft.Text("units"))
	}
	p.e.Toast(counted(added, len(list)))
}

func (p *Page) saveUnits(done func(bool, error)) {
	save(p, p.units, stepProcedures, func(ctx context.Context, v units) error {
		list, merged := v.catalogue(p.e.Desk)
		if err := p.e.Desk.SetUnits(ctx, list); err != nil {
			return err
		}
		return p.e.Desk.SetFormer(ctx, merged)
	}, func() units { return unitsOf(p.e.Desk) }, done)
}

func (p *Page) procedureStep() fyne.CanvasObject {
	p.choice = container.NewStack()
	return p.choice
}

// enterProcedures offers the groups of the office as it is now.
func (p *Page) enterProcedures() fyne.Focusable {
	if p.procedures != nil && p.procedures.Dirty() {
		return p.procedures.First()
	}
	var on ticks
	p.groups, on = groupsOf(p.e.Desk, p.e.Desk.Founding() <= stepProcedures)
	today := p.e.Desk.Today()
	var fields []form.Field[ticks]
	for i, g := range p.groups[:min(len(p.groups), len(on))] {
		f := form.Check(groupKey(i), groupLabel(g), func(t *ticks) *bool { return &t[i] })
		if i == 0 || p.groups[i-1].Level != g.Level {
			f = f.Under(levelTitle(g.Level, today))
		}
		fields = append(fields, f)
	}
	p.procedures = form.New(p.e, on, fields...)
	p.procedures.OnSubmit = func() { p.wizard.Submit() }
	own := widget.NewButton("Nhập danh mục của cơ quan…", widget.IconImport, p.chooseProcedures)
	p.choice.Objects = []fyne.CanvasObject{scrolled(container.NewHBox(own), p.procedures.Object(2))}
	p.choice.Refresh()
	return p.procedures.First()
}

func (p *Page) saveProcedures(done func(bool, error)) {
	save(p, p.procedures, stepDossiers, func(ctx context.Context, on ticks) error {
		for i := range p.groups[:min(len(p.groups), len(on))] {
			p.groups[i].On = on[i]
		}
		_, _, err := p.e.Desk.KeepGroups(ctx, p.groups)
		return err
	}, nil, done)
}

// chooseProcedures takes the office's own list of procedures from a workbook.
func (p *Page) chooseProcedures() {
	var im *desk.ProcedureImport
	p.e.ReadFile("Danh mục thủ tục của cơ quan", "Không đọc được danh mục", func(ctx context.Context, path string) (err error) {
		im, err = p.e.Desk.OpenProcedures(ctx, path)
		return err
	}, func() {
		p.e.Confirm("Nhập danh mục từ "+im.Source, proceduresFound(im), "Nhập vào danh mục", func() {
			p.e.Do(im.Apply, "Đã nhập danh mục thủ tục.", nil)
		})
	})
}

func (p *Page) dossierStep() fyne.CanvasObject {
	p.held = widget.NewParagraph("", 600)
	label := "Chọn tệp hồ sơ…"
	if len(p.e.Waiting) > 0 {
		label = "Nhập " + filepath.Base(p.e.Waiting[0]) + "…"
	}
	p.choose = widget.NewButton(label, widget.IconImport, func() {
		if len(p.e.Waiting) > 0 {
			paths := p.e.Waiting
			p.e.Waiting = nil
			p.choose.SetText("Chọn tệp hồ sơ…")
			p.e.Go(env.Route{Page: env.Import, State: env.Paths(paths)})
			return
		}
		p.e.Files.OpenMany(widget.FileQuestion{Title: "Chọn tệp để nhập", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, func(paths []string) {
			p.e.Go(env.Route{Page: env.Import, State: env.Paths(paths)})
		})
	})
	return scrolled(p.held, container.NewHBox(p.choose))
}

func (p *Page) enterDossiers() fyne.Focusable {
	p.held.SetText(book(p.e.Desk))
	return p.choose
}

func (p *Page) toReport(done func(bool, error)) {
	p.store(stepReport, func(context.Context) error { return nil }, func(err error) { done(err == nil, err) })
}

func (p *Page) reportStep() fyne.CanvasObject {
	p.report = widget.NewPDFView(p.e.Engine)
	return p.report
}

// enterReport draws the first report; with it the office is set up.
func (p *Page) enterReport() fyne.Focusable {
	period, err := reportPeriod(p.e.Desk)
	if err != nil {
		p.e.Fail("Không lập được báo cáo", err)
		return nil
	}
	if p.e.Session.Period().Key != period.Key {
		p.e.Session.SetPeriod(period)
	}
	today := p.e.Desk.Today()
	request := papers.Request{Name: papers.Briefing, Period: period, AsOf: min(today, period.To), Date: today}
	p.e.Draw(request.Label(), func(ctx context.Context, _ widget.Report) ([]byte, error) {
		drawn, err := papers.Pages(ctx, p.e.Desk, request)
		if err == nil {
			err = p.e.Desk.SetFounding(ctx, 0)
		}
		return drawn.PDF, err
	}, func(x env.Printed, err error) {
		if p.printed = x; err != nil {
			p.e.Fail("Không lập được báo cáo", err)
			return
		}
		p.report.SetPDF(x.PDF, false)
		p.e.Status()
	})
	return p.report
}

// print prints the first report.
func (p *Page) print(done func(bool, error)) {
	p.e.PrintPDF("bao-cao-giao-ban", p.printed, nil)
	done(false, nil)
}
