package standings

import (
	"context"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

// rankModels is the part Mô hình xếp hạng: the versions of the models, which the office
// edits.
func (p *page) rankModels() parts.Part {
	e := p.Inner(partModels)
	d := e.Desk
	var l *list.List[version]
	fail := func(err error) { l.Object().Errors.SetError(err) }
	l = list.Of(e, list.Options[version]{ID: "ranking-models", Title: "Đối chiếu", What: "phiên bản mô hình", Lead: p.Head(),
		Load: func() ([]version, error) { return loadVersions(d) }, Key: func(v *version) uint64 { return list.KeyOf(v.ID + v.From.ISO()) },
		Columns: []list.Column[version]{
			{ID: "id", Title: "Mã", Width: 64, Text: func(v *version) string { return v.ID }, Compare: func(a, b *version) int { return a.at - b.at }},
			{ID: "name", Title: "Tên mô hình", Width: 220, Min: 150, Flex: 1, Text: func(v *version) string { return v.Name }},
			{ID: "from", Title: "Từ ngày", Width: 92, Text: func(v *version) string { return v.From.String() }},
			{ID: "to", Title: "Đến ngày", Width: 92, Text: func(v *version) string { return v.To.String() }},
			{ID: "state", Title: "Tình trạng", Width: 118, Text: func(v *version) string { return v.state(d.Today()) }, Mark: func(v *version) widget.Mark { return kit.If(v.used, widget.MarkEarly, widget.MarkStopped) }},
			{ID: "minimum", Title: "Tối thiểu", Width: 76, Spare: 3, Align: widget.Right, Text: func(v *version) string { return data.FormatInt(v.Minimum) }},
			{ID: "ties", Title: "Đồng hạng", Width: 84, Spare: 1, Text: func(v *version) string { return kit.If(v.Dense, "1, 1, 2", "1, 1, 3") }},
			{ID: "criteria", Title: "Tiêu chí và trọng số", Width: 320, Min: 160, Flex: 3, Text: (*version).criteria},
			{ID: "own", Title: "Của", Width: 84, Spare: 2, Text: (*version).owner},
		},
		Actions: []list.Action{
			{Label: "Về mặc định", Icon: widget.IconUndo, Do: func() {
				e.ConfirmDanger("Về mặc định", "Bỏ mọi phiên bản mô hình xếp hạng mà cơ quan đã sửa hoặc thêm? Hoàn tác được.", "Về mặc định", func() {
					e.Do(d.ResetRankings, "Đã đưa các mô hình xếp hạng về mặc định.", fail)
				})
			}}},
		Add: "Thêm mô hình", AddDo: func() {
			askModel(e, "Thêm mô hình xếp hạng", ranking.Model{Minimum: 10, Tolerance: "0,001", From: d.Today()}, nil)
		},
		Open: func(v *version) { askModel(e, "Mô hình "+v.ID, v.Model, &v.Model) }, Edit: "Sửa…",
		Menu: func(v *version, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{
				{Label: "Phiên bản mới từ ngày…", Icon: widget.IconCopy, Do: func() {
					next := v.Model
					next.From, next.To = d.Today(), data.NoDay
					askModel(e, "Phiên bản mới của mô hình "+v.ID, next, nil)
				}},
				{Label: kit.If(v.shipped, "Về bản kèm theo", "Bỏ phiên bản này"), Icon: widget.IconUndo, Disabled: !v.own, Do: func() {
					e.Do(func(ctx context.Context) error { return d.ResetRanking(ctx, v.Model) }, "Đã bỏ phiên bản của cơ quan.", fail)
				}}}
		}})
	return l
}

// direction is the field of a criterion that says which way is good.
func direction() form.Field[ranking.Criterion] {
	const less = "less"
	return form.Field[ranking.Criterion]{Key: "direction", Label: "Chiều tốt", Kind: form.KindPick, None: "Càng cao", Width: 110,
		Choices: func(*ranking.Criterion) []kit.Choice { return []kit.Choice{{Key: less, Text: "Càng thấp"}} },
		Get:     func(c *ranking.Criterion) string { return kit.If(c.Inverse, less, "") },
		Set:     func(c *ranking.Criterion, key string) error { c.Inverse = key == less; return nil }}
}

// askModel opens the form of a version; replaced is the one that it takes the place of,
// nil for a new one.
func askModel(e *env.Env, title string, m ranking.Model, replaced *ranking.Model) {
	e.Session.Go(func() {
		rates, counts, err := measureChoices(e.Desk)
		e.Session.Post(func() {
			if err != nil {
				e.Fail("Không mở được mô hình xếp hạng", err)
				return
			}
			form.Ask(e, modelQuestion(e, title, m, replaced, rates, counts))
		})
	})
}

// measureChoices are the rates and the counts that a model may use.
func measureChoices(d *desk.Desk) (rates, counts []kit.Choice, err error) {
	s, err := d.At()
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	list, err := s.RankingMeasures()
	for _, x := range list {
		c := kit.Choice{Key: x.ID, Text: x.Name, Detail: x.ID}
		if x.Rate {
			rates = append(rates, c)
		} else {
			counts = append(counts, c)
		}
	}
	return rates, counts, err
}

func modelQuestion(e *env.Env, title string, m ranking.Model, replaced *ranking.Model, rates, counts []kit.Choice) form.Question[ranking.Model] {
	type criterion = ranking.Criterion
	scored := func(m *ranking.Model) bool { return !m.Index766 }
	return form.Question[ranking.Model]{Title: title, Value: m, Columns: 2, Width: 1000, Onward: true, Spare: 120,
		Note: "Tỷ lệ không áp dụng cho một đơn vị được bỏ ra, điểm quy về tổng trọng số còn lại. Phiên bản có hiệu lực vào ngày chốt số liệu của kỳ được dùng cho kỳ ấy.",
		Fields: []form.Field[ranking.Model]{
			form.Text("id", "Mã", func(m *ranking.Model) *string { return &m.ID }).Need().Note("chữ in hoa, số; ví dụ D").When(func(m *ranking.Model) bool { return replaced == nil }),
			form.Text("name", "Tên mô hình", func(m *ranking.Model) *string { return &m.Name }).Need(),
			form.Day("from", "Hiệu lực từ", e.Desk.Today, func(m *ranking.Model) *data.Day { return &m.From }).Note("để trống là từ trước đến nay"),
			form.Day("to", "Hiệu lực đến", e.Desk.Today, func(m *ranking.Model) *data.Day { return &m.To }).Note("để trống là đến phiên bản sau"),
			form.Pick("volume", "Khối lượng đếm theo", func(*ranking.Model) []kit.Choice { return counts }, func(m *ranking.Model) *string { return &m.Volume }).Or("Hồ sơ tiếp nhận"),
			form.Count("minimum", "Tối thiểu để được xếp hạng", data.MaxCount, func(m *ranking.Model) *int64 { return &m.Minimum }).Zero(),
			form.Text("tolerance", "Đồng hạng khi lệch không quá (điểm)", func(m *ranking.Model) *string { return &m.Tolerance }).Need(),
			form.Check("dense", "Hạng sau nhóm đồng hạng là số kế tiếp (1, 1, 2)", func(m *ranking.Model) *bool { return &m.Dense }),
			form.Check("index766", "Theo điểm sáu nhóm của Bộ chỉ số 766", func(m *ranking.Model) *bool { return &m.Index766 }),
			form.Rows("criteria", "Tiêu chí", func(m *ranking.Model) *[]criterion { return &m.Criteria },
				form.Text("name", "Tên", func(c *criterion) *string { return &c.Name }).Sized(230),
				form.Pick("measure", "Tỷ lệ", func(*criterion) []kit.Choice { return rates }, func(c *criterion) *string { return &c.Measure }).Sized(290),
				form.Count("weight", "Trọng số", 1000, func(c *criterion) *int64 { return &c.Weight }).Sized(76),
				direction(),
				form.Count("threshold", "Trọn điểm từ %", 100, func(c *criterion) *int64 { return &c.Threshold }).Sized(100),
				form.Count("least", "Mẫu ít nhất", data.MaxCount, func(c *criterion) *int64 { return &c.Least }).Sized(88)).When(scored),
			form.Rows("minus", "Điểm trừ", func(m *ranking.Model) *[]ranking.Minus { return &m.Minus },
				form.Text("name", "Tên", func(x *ranking.Minus) *string { return &x.Name }).Sized(230),
				form.Pick("measure", "Số đếm", func(*ranking.Minus) []kit.Choice { return counts }, func(x *ranking.Minus) *string { return &x.Measure }).Sized(290),
				form.Count("each", "Trừ mỗi", 1000, func(x *ranking.Minus) *int64 { return &x.Each }).Sized(76),
				form.Count("most", "Nhiều nhất", 1000, func(x *ranking.Minus) *int64 { return &x.Most }).Sized(100)).When(scored),
		},
		Store: func(ctx context.Context, m ranking.Model) error { return e.Desk.SaveRanking(ctx, m, replaced) }, Done: func(ranking.Model) string { return "Đã lưu mô hình xếp hạng." }}
}
