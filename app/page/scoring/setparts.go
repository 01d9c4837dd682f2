package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data/scoring"
)

// newSet asks for the head of a set and opens it without criteria.
func (p *setsPart) newSet() {
	p.headForm("Tạo bộ tiêu chí", "Tạo bộ", "Đã tạo bộ tiêu chí. Thêm các lĩnh vực, tiêu chí bằng phím Insert.", p.m.FreshHead(), p.m.Create, func() { p.toTree = true })
}

func (p *setsPart) editHead() {
	if p.mayEdit() {
		p.headForm("Thông tin chung của bộ tiêu chí", "Lưu", "Đã lưu thông tin chung.", p.m.Head(), p.m.KeepHead, nil)
	}
}

func (p *setsPart) headForm(what, verb, done string, h SetHead, keep func(context.Context, SetHead) error, then func()) {
	f := screen.NewForm()
	name, source := title(h.Title, 2), area(h.Source, 2)
	year, key, label := field(h.Year), field(h.Key), field(h.Label)
	total, survey, self := field(h.Total), field(h.SurveyMax), field(h.SelfMax)
	level := widget.NewSuggestField("", func() []widget.Option {
		var out []widget.Option
		for _, l := range LevelNames(year.Value()) {
			out = append(out, widget.Option{Key: l, Text: l})
		}
		return out
	})
	level.SetValue(h.Level)
	if proposed, titled := h.Key, h.Year; then != nil {
		follow := func(string) {
			if key.Value() == proposed {
				proposed = p.m.FreshKey(level.Value(), year.Value())
				key.SetValue(proposed)
			}
			if name.Value() == FreshTitle(titled) {
				titled = year.Value()
				name.SetValue(FreshTitle(titled))
			}
		}
		level.OnText, year.OnText = follow, follow
	}
	nameBox := widget.NewFieldBox("Tên bộ tiêu chí", name).Required()
	f.Know("title", nameBox)
	f.Add("year", "Năm đánh giá", year).Required()
	f.Add("level", "Cấp được chấm", level).Required()
	f.Add("id", "Mã của bộ", key).Required()
	f.Add("total", "Tổng điểm", total).Required().WithHint("thường là 100")
	f.Add("self", "Tổng điểm tự chấm", self).WithHint("để đối chiếu; trống: không đối chiếu")
	f.Add("survey", "Tổng điểm điều tra", survey).WithHint("để đối chiếu; trống: không đối chiếu")
	columns := widget.Columns(3, f.Fields...)
	f.Fields = nil
	below := []fyne.CanvasObject{nameBox, columns, widget.NewFieldBox("Căn cứ: quyết định số mấy, ngày nào, của ai", source), widget.NewFieldBox("Chữ cảnh báo in kèm bộ (ví dụ: bản dự thảo)", label)}
	p.s.ask(screen.Question{Title: what, Verb: verb, Width: 640, Onward: true, Form: f, Below: below, Done: func() string { return done },
		Then: func() {
			if then != nil {
				then()
			}
			p.m.Refresh()
		},
		Read: func() (func(context.Context) error, error) {
			v := SetHead{Key: key.Value(), Title: name.Value(), Year: year.Value(), Level: level.Value(), Source: source.Value(), Label: label.Value(), Total: total.Value(), SurveyMax: survey.Value(), SelfMax: self.Value()}
			return func(ctx context.Context) error { return keep(ctx, v) }, nil
		}})
}

// editPolicies asks how the set computes.
func (p *setsPart) editPolicies() {
	if !p.mayEdit() {
		return
	}
	v := p.m.Policies()
	f := screen.NewForm()
	leaf, total, low, high, bonus, penalty, naNote := field(v.LeafDecimals), field(v.TotalDecimals), field(v.Low), field(v.High), field(v.BonusCap), field(v.PenaltyCap), field(v.NANote)
	choose := func(policy, key string) *widget.Picker {
		x := picker(PolicyChoices(policy), key)
		x.Width = 300
		return x
	}
	when, mode, na, survey, tie := choose("when", v.When), choose("mode", v.Mode), choose("na", v.NA), choose("survey", v.NoSurvey), choose("tie", v.Tie)
	f.Add("leaf", "Số lẻ thập phân của điểm từng tiêu chí", leaf)
	f.Add("total", "Số lẻ thập phân của tổng và chỉ số", total)
	f.Add("when", "Làm tròn", when)
	f.Add("mode", "Cách làm tròn", mode)
	f.Add("na", "Tiêu chí không đánh giá", na)
	f.Add("survey", "Khi không tổ chức điều tra", survey)
	f.Add("low", "Chỉ số thấp nhất (trống: không giới hạn)", low)
	f.Add("high", "Chỉ số cao nhất, kể cả điểm thưởng", high)
	f.Add("bonus", "Tổng điểm thưởng nhiều nhất", bonus).WithHint("trống: không giới hạn")
	f.Add("penalty", "Tổng điểm trừ nhiều nhất", penalty).WithHint("trống: không giới hạn")
	f.Add("tie", "Các đơn vị bằng điểm", tie)
	f.Add("naNote", "Lời của quyết định về tiêu chí không đánh giá", naNote)
	p.s.ask(screen.Question{Title: "Cách tính của bộ tiêu chí", Verb: "Lưu", Onward: true, Columns: 2, Width: 700, Form: f, Done: func() string { return "Đã lưu cách tính." }, Then: p.m.Refresh,
		Read: func() (func(context.Context) error, error) {
			v := SetPolicies{LeafDecimals: leaf.Value(), TotalDecimals: total.Value(), Mode: mode.Key(), When: when.Key(), NA: na.Key(), NANote: naNote.Value(), NoSurvey: survey.Key(), Tie: tie.Key(),
				Low: low.Value(), High: high.Value(), BonusCap: bonus.Value(), PenaltyCap: penalty.Value()}
			return func(ctx context.Context) error { return p.m.KeepPolicies(ctx, v) }, nil
		}})
}

// askRows asks for a table of the set.
func (p *setsPart) askRows(title, note, done string, width float32, t *rowTable, extra []*widget.Button, keep func(context.Context, [][]string) error) {
	f := screen.NewForm()
	f.KnowPart(t.take)
	body := p.s.scrolled(230, 0, t.object)
	t.grown = body.follow
	d := p.s.ask(screen.Question{Title: title, Note: note, Verb: "Lưu", Width: width, Form: f, Below: []fyne.CanvasObject{body.object}, Extra: extra, Done: func() string { return done }, Then: p.m.Refresh,
		Read: func() (func(context.Context) error, error) {
			rows := t.values()
			return func(ctx context.Context) error { return keep(ctx, rows) }, nil
		}})
	t.accept = d.Default().OnTapped
}

func (p *setsPart) editGrades() {
	if !p.mayEdit() {
		return
	}
	rows := p.m.GradeRows()
	note := "Ghi từ hạng cao nhất. Để trống «đến dưới» thì lấy mức «từ» của hạng trên."
	if len(rows) == 0 {
		rows = UsualGrades()
		note += " Các hạng dưới đây là mức thường gặp, sửa theo quyết định."
	}
	t := newRowTable("grades", GradeColumns(), nil, rows)
	p.askRows("Các hạng xếp loại", note, "Đã lưu các hạng xếp loại.", 560, t, nil, p.m.KeepGrades)
}

func (p *setsPart) editMetrics() {
	if !p.mayEdit() {
		return
	}
	rows := p.m.MetricRows()
	if len(rows) == 0 {
		rows = [][]string{nil}
	}
	t := newRowTable("metrics", MetricColumns(), nil, rows)
	p.askRows("Số liệu nguồn của bộ tiêu chí", "Số liệu mà các tiêu chí dùng. Số liệu có trong sổ hồ sơ được thêm khi chọn ở từng tiêu chí.", "Đã lưu các số liệu nguồn.", 860, t, nil, p.m.KeepMetrics)
}

// editAdjust changes the bonus or the penalty under the cursor.
func (p *setsPart) editAdjust(code string) {
	f, ok := p.m.AdjustFormOf(code)
	if ok && p.mayEdit() {
		p.adjustForm("Sửa "+map[bool]string{true: "điểm thưởng ", false: "điểm trừ "}[f.Bonus]+code, f)
	}
}

func (p *setsPart) addAdjust(bonus bool) {
	if p.mayEdit() {
		p.adjustForm(map[bool]string{true: "Thêm điểm thưởng", false: "Thêm điểm trừ"}[bonus], p.m.FreshAdjust(bonus))
	}
}

func (p *setsPart) adjustForm(heading string, v AdjustForm) {
	f := screen.NewForm()
	code, limit := field(v.Code), field(v.Cap)
	domain := picker(p.m.Domains(), v.Domain)
	domain.None, domain.Placeholder, domain.Width = "Không thuộc lĩnh vực nào", "Không thuộc lĩnh vực nào", 260
	name, evidence := title(v.Title, 2), area(v.Evidence, 2)
	f.Add("code", "Mã", code).Required()
	f.Add("cap", "Nhiều nhất (trống: không giới hạn)", limit)
	f.Add("domain", "Lĩnh vực", domain)
	top := widget.Columns(3, f.Fields...)
	f.Fields = nil
	nameBox := widget.NewFieldBox("Nội dung", name).Required()
	f.Know("title", nameBox)
	t := newRowTable("options", AdjustColumns(), []string{"", "", scoring.PerEach}, v.Rows)
	f.KnowPart(t.take)
	what := "Các trường hợp được cộng điểm"
	if !v.Bonus {
		what = "Các trường hợp bị trừ điểm (ghi số dương)"
	}
	body := p.s.scrolled(200, 0, container.New(layout.NewCustomPaddedVBoxLayout(8), top, nameBox, widget.NewSection(what), t.object, widget.NewFieldBox("Tài liệu kiểm chứng cần có, mỗi dòng một loại", evidence)))
	t.grown = body.follow
	p.s.ask(screen.Question{Title: heading, Verb: "Lưu", Width: 700, Onward: true, Form: f, Below: []fyne.CanvasObject{body.object},
		Done: func() string { return "Đã lưu " + code.Value() + "." + p.m.Left(code.Value()) },
		Then: func() { p.aim = code.Value(); p.m.Refresh() },
		Read: func() (func(context.Context) error, error) {
			out := AdjustForm{Bonus: v.Bonus, Old: v.Old, Code: code.Value(), Title: oneLine(name.Value()), Domain: domain.Key(), Cap: limit.Value(), Evidence: evidence.Value(), Rows: t.values()}
			return func(ctx context.Context) error { return p.m.KeepAdjust(ctx, out) }, nil
		}})
}

// editMetric chooses the figures that answer the criterion under the cursor.
func (p *setsPart) editMetric() {
	n := p.node()
	if n == nil || !n.Leaf() || !p.mayEdit() {
		return
	}
	code := n.Code
	v := p.m.NodeMetric(code)
	f := screen.NewForm()
	list := p.m.MetricChoices()
	choose := func(key, none string) *widget.Picker {
		x := picker(list, key)
		x.None, x.Placeholder, x.Width = none, none, 460
		return x
	}
	value, b, a := choose(v.Value, "Nhập tay, kèm nguồn"), choose(v.Numerator, "Theo định nghĩa của số liệu"), choose(v.Denominator, "Theo định nghĩa của số liệu")
	scope := picker(ScopeChoices(p.m.Head(), v.Scope), v.Scope)
	scope.None, scope.Placeholder = "Cấp mình và cấp dưới", "Cấp mình và cấp dưới"
	note := field(v.Note)
	f.Add("value", "Số liệu trả lời tiêu chí", value)
	f.Add("numerator", "Tử số (b), khi số liệu là tỷ lệ", b)
	f.Add("denominator", "Mẫu số (a)", a)
	f.Add("scope", "Hồ sơ của", scope)
	f.Add("note", "Lưu ý", note)
	p.s.ask(screen.Question{Title: "Số liệu nguồn của tiêu chí " + code, Note: "Khi sổ hồ sơ có số liệu này, phiếu chấm điền sẵn và dẫn tới đúng các hồ sơ được đếm.", Verb: "Lưu", Width: 520, Form: f,
		Done: func() string { return "Đã lưu số liệu nguồn của tiêu chí " + code + "." + p.m.Left(code) }, Then: p.m.Refresh,
		Read: func() (func(context.Context) error, error) {
			ref := scoring.MetricRef{Value: value.Key(), Numerator: b.Key(), Denominator: a.Key(), Scope: scope.Key(), Note: note.Value()}
			return func(ctx context.Context) error { return p.m.KeepNodeMetric(ctx, code, ref) }, nil
		}})
}

// check tells whether the open set can be used, and goes to what is wrong.
func (p *setsPart) check() {
	if p.m.Set() == nil {
		return
	}
	n := len(p.m.Problems())
	if n == 0 {
		p.s.e.Offer("Bộ tiêu chí đã khớp điểm, đủ cách chấm: dùng được để mở kỳ chấm.", "Mở kỳ chấm…", p.openPeriod)
		return
	}
	p.s.e.Focus(p.s.page, p.problems)
	if p.problems.Current() < 0 {
		p.problems.SetCurrent(0)
	}
	p.toProblem(p.problems.Current())
	p.s.e.Toast(fmt.Sprintf("Còn %d chỗ cần sửa; Enter để mở chỗ đang chọn.", n))
}

// openPeriod asks for a period that uses the open set.
func (p *setsPart) openPeriod() {
	if p.m.OpenID() == 0 || len(p.m.Problems()) > 0 {
		return
	}
	plan := p.s.m.Plan()
	p.s.m.SetYear(&plan, p.m.Set().Meta.Year)
	plan.Set = fmt.Sprint(p.m.OpenID())
	p.s.periodForm("Tạo kỳ chấm điểm", "Tạo kỳ, lập phiếu", plan)
}

// toProblem puts the cursor on the criterion that a problem names.
func (p *setsPart) toProblem(i int) {
	list := p.m.Problems()
	if p.quiet || i < 0 || i >= len(list) {
		return
	}
	if row := p.m.Find(list[i].Field); row >= 0 {
		p.tree.SetCurrent(row)
	}
}

// openProblem opens what a problem names.
func (p *setsPart) openProblem(i int) {
	list := p.m.Problems()
	if i < 0 || i >= len(list) {
		return
	}
	switch list[i].Field {
	case scoring.FieldHead:
		p.editHead()
	case scoring.FieldPolicies:
		p.editPolicies()
	case scoring.FieldGrades:
		p.editGrades()
	case scoring.FieldMetrics:
		p.editMetrics()
	case scoring.FieldTree:
		if p.m.Set() != nil && len(p.m.Set().Criteria) == 0 {
			p.addNode(false)
			return
		}
		p.s.e.Focus(p.s.page, p.tree)
	default:
		if p.m.Find(list[i].Field) < 0 {
			p.search.SetValue("")
			p.m.SetText("")
		}
		p.toProblem(i)
		p.openNode(strings.Contains(list[i].Message, "chỉ số nguồn"))
	}
}

// openNode opens what stands under the cursor of the tree: the figures of a
// criterion, its rule, a group or a bonus.
func (p *setsPart) openNode(figures bool) {
	list := p.m.Nodes()
	i := p.tree.Current()
	if i < 0 || i >= len(list) {
		return
	}
	switch x := list[i]; {
	case x.Code == "" && x.List == InTree:
		p.addNode(false)
	case x.Adjust:
		p.editAdjust(x.Code)
	case x.List != InTree:
		p.addAdjust(x.List == InBonus)
	case figures:
		p.editMetric()
	default:
		p.editRule()
	}
}
