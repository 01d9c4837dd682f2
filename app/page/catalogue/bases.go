package catalogue

import (
	"context"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// baseRow is a legal text with the rule that rests on it.
type baseRow struct {
	basis.Entry
	rule string
}

// newBases builds the part Căn cứ pháp lý.
func newBases(e *env.Env) parts.Part {
	d := e.Desk
	return list.Of(e, list.Options[baseRow]{ID: "bases", Title: "Căn cứ pháp lý", What: "căn cứ", Load: func() ([]baseRow, error) { return loadBases(d), nil },
		Ended: func(r *baseRow) bool { return over(d, r.To) },
		Columns: []list.Column[baseRow]{
			{ID: "rule", Title: "Quy định", Width: 220, Flex: 2, Text: func(r *baseRow) string { return r.rule }},
			{ID: "words", Title: "Văn bản", Width: 300, Flex: 3, Text: func(r *baseRow) string { return r.Words }},
			{ID: "valid", Title: "Hồ sơ nhận", Width: 190, Text: func(r *baseRow) string { return validity(r.From, r.To) }},
			{ID: "source", Title: "Nguồn", Width: 100, Text: func(r *baseRow) string { return kit.If(r.Own, "Của cơ quan", "Kèm theo") }},
		},
		Actions: []list.Action{{Label: "Về mặc định", Icon: widget.IconUndo, Do: func() { do(e, "Đã đưa căn cứ pháp lý về mặc định.", d.ResetBases) }}},
		Add:     "Thêm căn cứ", AddDo: func() { editBasis(e, basis.Text{}) }, Open: func(r *baseRow) { editBasis(e, r.Text) }, Edit: "Sửa…",
		Menu: func(r *baseRow, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Về mặc định", Icon: widget.IconUndo, Disabled: !r.Own, Do: func() {
				do(e, "Đã bỏ căn cứ của cơ quan.", func(ctx context.Context) error { return d.DropBasis(ctx, r.Text) })
			}}}
		}})
}

func loadBases(d *desk.Desk) (out []baseRow) {
	for _, rule := range basis.Rules() {
		for _, x := range d.Bases().Entries(rule.ID) {
			out = append(out, baseRow{x, rule.Title})
		}
	}
	return out
}

// editBasis asks for a legal text; the zero one is new.
func editBasis(e *env.Env, before basis.Text) {
	d := e.Desk
	q := form.Question[basis.Text]{Title: "Sửa căn cứ pháp lý", Value: before,
		Note: "Cảnh báo, kiểm tra dữ liệu và giấy tờ nêu văn bản có hiệu lực vào ngày tiếp nhận hồ sơ. Văn bản trước đó giữ cho hồ sơ nhận trước ngày này.",
		Fields: []form.Field[basis.Text]{
			form.Pick("rule", "Quy định", func(*basis.Text) []kit.Choice { return ruleChoices() }, func(t *basis.Text) *basis.ID { return &t.Rule }).Need(),
			form.Text("words", "Văn bản", func(t *basis.Text) *string { return &t.Words }).Need().Note("ví dụ NĐ 118/2025/NĐ-CP"),
			form.Day("from", "Cho hồ sơ nhận từ ngày", d.Today, func(t *basis.Text) *data.Day { return &t.From }).Note("để trống: từ trước đến nay"),
		},
		Store: func(ctx context.Context, t basis.Text) error { return d.SaveBasis(ctx, before, t) }, Done: func(basis.Text) string { return "Đã lưu căn cứ." }}
	if before == (basis.Text{}) {
		q.Title = "Thêm căn cứ pháp lý"
		q.Value.From = d.Today()
	}
	form.Ask(e, q)
}

func ruleChoices() []kit.Choice {
	return kit.ChoicesOf(basis.Rules(), func(r basis.Rule) kit.Choice { return kit.Choice{Key: string(r.ID), Text: r.Title} })
}
