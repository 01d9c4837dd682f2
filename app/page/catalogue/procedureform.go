package catalogue

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
)

func newProcedureForm(p *procedures, one data.Procedure) entryPage {
	x := &entryForm[data.Procedure]{Form: form.New(p.e, one, procedureFields(p.e)...), e: p.e, back: p.back, said: "Đã lưu thủ tục.", lost: "Thủ tục này có thay đổi chưa lưu.",
		write: func(ctx context.Context, v data.Procedure) error { return p.e.Desk.SaveProcedure(ctx, &v) }}
	title := "Sửa thủ tục"
	if one.ID == 0 {
		title = "Thêm thủ tục"
	}
	var actions []fyne.CanvasObject
	if _, differs, ok := p.e.Desk.ShippedProcedure(one); ok && differs && one.ID != 0 {
		actions = append(actions, widget.NewButton("Về mặc định", widget.IconUndo, func() {
			p.back()
			p.reset(one.ID)
		}))
	}
	left := x.Objects(2, []string{"name", "code", "level", "field", "unit", "decision", "fee", "from", "to", "term", "onlineterm", "ownterm", "mode", "sameday", "paper", "certain"})
	right := x.Objects(1, []string{"parts", "online", "steps", "systems"})
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), widget.Columns(2, left, container.New(layout.NewCustomPaddedLayout(0, 8, 8, 8), right)), x.Objects(1, []string{"cases"}))
	x.finish(title, "thu-tuc-"+idKey(one.ID), container.NewVScroll(content), actions...)
	return x
}

// pauseModes are the ways of counting while the office waits for a supplement
// (register-and-reports 3.5).
var pauseModes = []kit.Choice{{Key: data.Pause.Key(), Text: "Trừ những ngày chờ bổ sung"}, {Key: data.Restart.Key(), Text: "Tính lại từ đầu khi bổ sung đủ"},
	{Key: data.RunOn.Key(), Text: "Không trừ ngày chờ"}}

// oldLevels are the online levels before Decree 42/2022.
var oldLevels = []kit.Choice{{Key: "4", Text: "Mức độ 4 (trước 15/08/2022)"}, {Key: "3", Text: "Mức độ 3 (trước 15/08/2022)"},
	{Key: "2", Text: "Mức độ 2 (trước 15/08/2022)"}, {Key: "1", Text: "Mức độ 1 (trước 15/08/2022)"}}

func procedureFields(e *env.Env) []form.Field[data.Procedure] {
	type procedure = data.Procedure
	d := e.Desk
	mode := form.Parsed("mode", "Khi chờ bổ sung hồ sơ", func(p *procedure) *data.PauseMode { return &p.Mode }, data.ParsePauseMode, data.PauseMode.Key)
	mode.Kind, mode.Choices = form.KindPick, func(*procedure) []kit.Choice { return pauseModes }
	return []form.Field[procedure]{
		form.Area("name", "Tên thủ tục", 2, func(p *procedure) *string { return &p.Name }).Need().Whole(),
		form.Text("code", "Mã TTHC, mã gốc như 1.001613", func(p *procedure) *string { return &p.Code }),
		levelField("level", "Cấp thực hiện", e, func(p *procedure) *data.Level { return &p.Level }),
		form.PickID("field", "Lĩnh vực", func(*procedure) []kit.Choice { return fieldChoices(d, 0) }, func(p *procedure) *uint32 { return &p.Field }).Or("Chưa rõ"),
		form.PickID("unit", "Đơn vị thường giải quyết", func(*procedure) []kit.Choice { return unitChoices(d, 0) }, func(p *procedure) *uint32 { return &p.Unit }).Or("Tùy hồ sơ"),
		form.Text("decision", "Quyết định công bố: số, ngày", func(p *procedure) *string { return &p.Decision }),
		form.Money("fee", "Phí, lệ phí (đồng)", func(p *procedure) *int64 { return &p.Fee }),
		form.Day("from", "Áp dụng từ ngày", d.Today, func(p *procedure) *data.Day { return &p.From }),
		form.Day("to", "Đến hết ngày", d.Today, func(p *procedure) *data.Day { return &p.To }),
		form.Term("term", "Thời hạn giải quyết", func(p *procedure) *data.Term { return &p.Term }).Under("Thời hạn"),
		form.Term("onlineterm", "Khi nộp trực tuyến, nếu khác", func(p *procedure) *data.Term { return &p.OnlineTerm }),
		form.Term("ownterm", "Phần của đơn vị khi liên thông", func(p *procedure) *data.Term { return &p.OwnTerm }),
		mode,
		form.Clock("sameday", "«Trong ngày»: nhận trước", func(p *procedure) *data.Clock { return &p.SameDayUntil }).
			Note("sau giờ này hẹn ngày làm việc sau; trống: theo quy tắc của cơ quan"),
		form.Check("paper", "Pháp luật buộc trả kết quả bản giấy", func(p *procedure) *bool { return &p.Paper }).Whole(),
		form.Check("certain", "Đã đối chiếu với quyết định công bố", func(p *procedure) *bool { return &p.Certain }).Whole(),
		form.Lines("parts", "Thành phần hồ sơ, mỗi dòng một giấy tờ", 6, func(p *procedure) *[]string { return &p.Parts }),
		form.Pick("online", "Mức độ dịch vụ công trực tuyến", func(*procedure) []kit.Choice { return onlineLevels() }, func(p *procedure) *string { return &p.OnlineLevel }).Or("Chưa ghi"),
		form.Rows("steps", "Mức độ thay đổi theo thời gian", func(p *procedure) *[]data.OnlineStep { return &p.Online },
			form.Day("from", "Từ ngày", d.Today, func(s *data.OnlineStep) *data.Day { return &s.From }).Sized(120),
			form.Pick("level", "Mức độ", func(*data.OnlineStep) []kit.Choice { return append(onlineLevels(), oldLevels...) }, func(s *data.OnlineStep) *string { return &s.Level }).Sized(220),
			form.Text("reason", "Lý do chỉ một phần (công bố từ 01/07/2026)", func(s *data.OnlineStep) *string { return &s.Reason }).Sized(220)),
		form.Rows("systems", "Hệ thống xử lý theo thời gian", func(p *procedure) *[]data.SystemStep { return &p.Systems },
			form.Day("from", "Từ ngày; trống: từ trước", d.Today, func(s *data.SystemStep) *data.Day { return &s.From }).Sized(120),
			form.Suggest("name", "Hệ thống", func(*data.SystemStep) []kit.Choice { return kit.Words(basis.SystemNames()) }, func(s *data.SystemStep) *string { return &s.Name }).Sized(260)),
		form.Rows("cases", "Trường hợp có thời hạn, phí, giấy tờ khác", func(p *procedure) *[]data.Case { return &p.Cases },
			form.Text("name", "Tên trường hợp", func(c *data.Case) *string { return &c.Name }).Sized(220),
			form.Term("term", "Thời hạn; để trống: theo thủ tục", func(c *data.Case) *data.Term { return &c.Term }).Sized(190),
			form.Money("fee", "Phí, lệ phí (đồng)", func(c *data.Case) *int64 { return &c.Fee }).Sized(110),
			form.Lines("parts", "Giấy tờ riêng, mỗi dòng một; để trống: theo thủ tục", 2, func(c *data.Case) *[]string { return &c.Parts }).Sized(280)),
	}
}
