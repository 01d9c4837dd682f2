package indicators

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/indicator"
)

// definition is an indicator as the list shows it.
type definition struct {
	indicator.Definition
	own, shipped bool
}

func howTitle(h indicator.How) string { return indicator.TitleOf(indicator.Hows, string(h)) }

func loadDefinitions(d *desk.Desk) ([]definition, error) {
	own, err := d.OwnIndicators()
	if err != nil {
		return nil, err
	}
	has := func(list []indicator.Definition, code string) bool {
		return slices.ContainsFunc(list, func(x indicator.Definition) bool { return x.Code == code })
	}
	shipped := indicator.Shipped()
	var out []definition
	for _, x := range indicator.With(own) {
		out = append(out, definition{x, has(own, x.Code), has(shipped, x.Code)})
	}
	return out, nil
}

// newDefinitions builds the part Định nghĩa.
func newDefinitions(p *page) *list.List[definition] {
	e := p.Inner(partDefinitions)
	d := e.Desk
	var l *list.List[definition]
	fail := func(err error) { l.Object().Errors.SetError(err) }
	group := func(x *definition) string { return x.Group }
	kind := func(x *definition) string { return indicator.TitleOf(indicator.Kinds, string(x.Kind)) }
	l = list.Of(e, list.Options[definition]{ID: "indicators", Title: "Chỉ tiêu", What: "chỉ tiêu", Place: "Tìm mã, tên, căn cứ…", Lead: p.Head(),
		Load: func() ([]definition, error) { return loadDefinitions(d) }, Key: func(x *definition) uint64 { return list.KeyOf(x.Code) },
		Ended: func(x *definition) bool { return x.To.Known() && x.To < d.Today() },
		More: func(x *definition) string {
			return strings.Join([]string{x.Basis, x.Source, x.Numerator, x.Denominator, x.Formula}, " ")
		},
		Filters: []list.Filter[definition]{
			{Key: "group", Label: "Nhóm", Groups: true, Of: func(x *definition) []string { return []string{group(x)} }},
			{Key: "kind", Label: "Kiểu", Of: func(x *definition) []string { return []string{kind(x)} }},
		},
		Columns: []list.Column[definition]{
			{ID: "code", Title: "Mã", Width: 140, Text: func(x *definition) string { return x.Code }},
			{ID: "name", Title: "Chỉ tiêu", Width: 300, Min: 200, Flex: 3, Text: func(x *definition) string { return x.Name }},
			{ID: "group", Title: "Nhóm", Width: 150, Min: 90, Flex: 0.6, Spare: 2, Text: group},
			{ID: "unit", Title: "Đơn vị tính", Width: 90, Text: func(x *definition) string { return x.Unit }},
			{ID: "kind", Title: "Kiểu", Width: 100, Text: kind},
			{ID: "target", Title: "Giao", Width: 90, Text: func(x *definition) string { return targetsText(x) }},
			{ID: "how", Title: "Cộng theo đơn vị · kỳ", Width: 190, Spare: 1, Text: func(x *definition) string { return howTitle(x.OverUnits) + " · " + howTitle(x.OverPeriods) }},
			{ID: "basis", Title: "Căn cứ", Width: 180, Off: true, Text: func(x *definition) string { return x.Basis }},
			{ID: "from", Title: "Nguồn số liệu", Width: 150, Off: true, Text: func(x *definition) string { return x.Source }},
			{ID: "own", Title: "Của", Width: 84, Spare: 3, Text: func(x *definition) string { return kit.If(x.own, "Cơ quan", "Kèm theo") }},
		},
		Actions: []list.Action{
			{Label: "Về mặc định", Icon: widget.IconUndo, Do: func() { e.Do(d.ResetIndicators, "Đã đưa các chỉ tiêu kèm theo về mặc định.", fail) }},
			{Label: "Mức lệch…", Icon: widget.IconSettings, Do: func() { askJump(e) }}},
		Add: "Thêm chỉ tiêu", AddDo: func() {
			ask(e, indicator.Definition{Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Sum}, true)
		},
		Open: func(x *definition) { ask(e, x.Definition, false) }, Edit: "Sửa…",
		Menu: func(x *definition, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{
				{Label: "Nhập số liệu", Icon: widget.IconScoring, Do: func() { p.open(x.Code) }},
				{Label: "Hết hiệu lực từ ngày mai", Icon: widget.IconClose, Disabled: x.To.Known(), Do: func() {
					ended := x.Definition
					ended.To = d.Today()
					e.Do(func(ctx context.Context) error { return d.SaveIndicator(ctx, ended, false) }, "Chỉ tiêu "+x.Code+" có hiệu lực đến hết hôm nay.", fail)
				}},
				{Label: "Về mặc định", Icon: widget.IconUndo, Disabled: !x.own || !x.shipped, Do: func() {
					e.Do(func(ctx context.Context) error { return d.ResetIndicator(ctx, x.Code) }, "Đã đưa chỉ tiêu "+x.Code+" về mặc định.", fail)
				}}}
		}})
	return l
}

func targetsText(x *definition) string {
	switch len(x.Targets) {
	case 0:
		return ""
	case 1:
		return indicator.ShowPlain(x.Targets[0].Value)
	}
	return fmt.Sprintf("%d mức", len(x.Targets))
}

func named(list []indicator.Named) []kit.Choice {
	return kit.ChoicesOf(list, func(n indicator.Named) kit.Choice { return kit.Choice{Key: n.ID, Text: n.Title} })
}

// ask opens the form of a definition.
func ask(e *env.Env, x indicator.Definition, add bool) {
	d := e.Desk
	plain := func(key, label string, of func(*indicator.Definition) *string) form.Field[indicator.Definition] {
		return form.Parsed(key, label, of, indicator.ParsePlain, indicator.ShowPlain)
	}
	text := form.Text[indicator.Definition]
	how := func(*indicator.Definition) []kit.Choice { return named(indicator.Hows) }
	rate := func(x *indicator.Definition) bool { return x.Kind == indicator.Ratio }
	fields := []form.Field[indicator.Definition]{
		text("code", "Mã", func(x *indicator.Definition) *string { return &x.Code }).Need().Note("chữ in hoa không dấu, số, _ và dấu chấm; không đổi được về sau").When(func(*indicator.Definition) bool { return add }),
		text("name", "Tên", func(x *indicator.Definition) *string { return &x.Name }).Need().Whole(),
		text("group", "Nhóm", func(x *indicator.Definition) *string { return &x.Group }).Need(),
		text("unit", "Đơn vị tính", func(x *indicator.Definition) *string { return &x.Unit }),
		form.Pick("kind", "Kiểu", func(*indicator.Definition) []kit.Choice { return named(indicator.Kinds) }, func(x *indicator.Definition) *indicator.Kind { return &x.Kind }),
		form.Count("decimals", "Số chữ số thập phân", 3, func(x *indicator.Definition) *int { return &x.Decimals }),
		form.Pick("over_units", "Cộng theo đơn vị", how, func(x *indicator.Definition) *indicator.How { return &x.OverUnits }),
		form.Pick("over_periods", "Cộng theo kỳ", how, func(x *indicator.Definition) *indicator.How { return &x.OverPeriods }),
		text("numerator", "Tên tử số", func(x *indicator.Definition) *string { return &x.Numerator }).When(rate),
		text("denominator", "Tên mẫu số", func(x *indicator.Definition) *string { return &x.Denominator }).When(rate),
		form.Check("lower", "Càng thấp càng tốt", func(x *indicator.Definition) *bool { return &x.Lower }),
		form.Check("over_100", "Tỷ lệ có thể vượt 100 %", func(x *indicator.Definition) *bool { return &x.Over100 }),
		plain("min", "Thường từ", func(x *indicator.Definition) *string { return &x.Min }),
		plain("max", "Thường đến", func(x *indicator.Definition) *string { return &x.Max }),
		form.Rows("targets", "Chỉ tiêu giao", func(x *indicator.Definition) *[]indicator.Target { return &x.Targets },
			form.PickID("unit", "Đơn vị", func(*indicator.Target) []kit.Choice { return env.Units(d) }, func(t *indicator.Target) *uint32 { return &t.Unit }).Or("Mọi đơn vị").Sized(190),
			form.Pick("level", "Cấp", func(*indicator.Target) []kit.Choice { return levelChoices() }, func(t *indicator.Target) *data.Level { return &t.Level }).Or("Mọi cấp").Sized(120),
			form.Parsed("year", "Năm", func(t *indicator.Target) *int { return &t.Year }, readYear, writeYear).Sized(80),
			form.Parsed("value", "Số giao", func(t *indicator.Target) *string { return &t.Value }, indicator.ParsePlain, indicator.ShowPlain).Sized(100)).Note("số giao của tỷ lệ là phần trăm; của có/không là có"),
		text("formula", "Công thức", func(x *indicator.Definition) *string { return &x.Formula }).Whole().Note("để trống khi gõ số; ví dụ A / (A + B) với A, B là mã chỉ tiêu khác"),
		form.Lines("parts", "Bằng tổng các mã", 2, func(x *indicator.Definition) *[]string { return &x.Parts }).Note("mỗi dòng một mã; khác tổng thì cảnh báo"),
		text("source", "Nguồn số liệu", func(x *indicator.Definition) *string { return &x.Source }),
		text("basis", "Căn cứ", func(x *indicator.Definition) *string { return &x.Basis }).Whole(),
		form.Day("from", "Hiệu lực từ", d.Today, func(x *indicator.Definition) *data.Day { return &x.From }),
		form.Day("to", "Hiệu lực đến", d.Today, func(x *indicator.Definition) *data.Day { return &x.To }),
	}
	q := form.Question[indicator.Definition]{Title: "Chỉ tiêu " + x.Code, Value: x, Columns: 2, Width: 820, Fields: fields, Onward: true,
		Store: func(ctx context.Context, x indicator.Definition) error { return d.SaveIndicator(ctx, x, add) }, Done: func(indicator.Definition) string { return "Đã lưu chỉ tiêu." }}
	if add {
		q.Title = "Thêm chỉ tiêu"
	}
	form.Ask(e, q)
}

func readYear(s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	return data.ParseYear(s)
}

func writeYear(y int) string { return kit.If(y == 0, "", strconv.Itoa(y)) }

func levelChoices() []kit.Choice {
	return kit.ChoicesOf(basis.Levels(data.NoDay), func(l data.Level) kit.Choice { return kit.Choice{Key: string(l), Text: l.Name()} })
}

// askJump asks from which change on a value is doubted.
func askJump(e *env.Env) {
	book, err := e.Desk.IndicatorBook()
	if err != nil {
		e.Fail("Không đọc được chỉ tiêu", err)
		return
	}
	form.Ask(e, form.Question[int64]{Title: "Mức lệch cần xem lại", Value: book.Jump, Note: "Số lệch hơn mức này so với kỳ trước được nhắc xem lại; số vẫn được lưu. Ghi 0 để không nhắc.",
		Fields: []form.Field[int64]{form.Count("jump", "Lệch hơn (%)", 1000, func(n *int64) *int64 { return n }).Zero()},
		Store:  func(ctx context.Context, n int64) error { return e.Desk.KeepIndicatorJump(ctx, n) }, Done: func(int64) string { return "Đã lưu mức lệch." }})
}
