package logbook

import "giaoban/data"

// Initiative is the register of initiatives of the reform (briefing 8).
var Initiative = Declare(&Kind{
	ID:    "initiative",
	Begun: begunOn("registered"),
	Derive: func(w *World, e *Entry) (string, int) {
		switch {
		case w.On(e, "rejected").Known():
			return "rejected", 0
		case w.On(e, "applied").Known():
			return "applied", 0
		case w.On(e, "decision_date").Known() || e.Has("decision") && !e.Has("decision_date"):
			return "recognised", 0
		case w.On(e, "appraising").Known():
			return "appraising", 0
		}
		return "registered", 0
	},
	Measures: []Measure{{ID: "initiative.count", Name: "Sáng kiến CCHC", Unit: "sáng kiến", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }}},
	Layouts: []Layout{{ID: "SK", Title: "Danh sách sáng kiến cải cách hành chính", Landscape: true, Columns: []Column{{Title: "Số", Key: "number", Width: 0.6},
		{Title: "Tên sáng kiến", Key: "name", Width: 2.4}, {Title: "Tác giả", Key: "author"}, {Title: "Đơn vị", Key: "unit"}, {Title: "Lĩnh vực", Key: "domain"}, {Title: "Ngày đăng ký", Key: "registered", Width: 0.7},
		{Title: "Hiệu quả", Key: "effect", Width: 1.4}, {Title: "Quyết định công nhận", Key: "decision"}, {Title: "Áp dụng từ", Key: "applied", Width: 0.7}, {Title: "Trạng thái", Key: "state"}}}},
})

// Praise is the register of praise (briefing 8).
var Praise = Declare(&Kind{
	ID:    "praise",
	Begun: begunOn("proposed_date"),
	Derive: func(w *World, e *Entry) (string, int) {
		switch {
		case w.On(e, "awarded").Known():
			return "awarded", 0
		case w.On(e, "decision_date").Known() || e.Has("decision") && !e.Has("decision_date"):
			return "decided", 0
		}
		return "proposed", 0
	},
	Measures: []Measure{{ID: "praise.count", Name: "Tập thể, cá nhân được khen", Unit: "lượt", Of: states("decided", "awarded")}},
	Layouts: []Layout{
		{ID: "KTh1", Title: "Danh sách đề nghị khen thưởng", Columns: praiseColumns(Column{Title: "Tờ trình số", Key: "proposal"})},
		{ID: "KTh2", Title: "Danh sách trao khen thưởng tại hội nghị", Only: isIn("decided", "awarded"), Columns: praiseColumns(Column{Title: "Quyết định số", Key: "decision"},
			Column{Title: "Người trao", Text: blank}, Column{Title: "Ghi chú", Text: blank, Width: 0.7})},
	},
})

func praiseColumns(more ...Column) []Column {
	return append([]Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Tập thể, cá nhân", Key: "name", Width: 2}, {Title: "Chức vụ", Key: "role"}, {Title: "Đơn vị", Key: "unit", Width: 1.4},
		{Title: "Thành tích", Key: "merit", Width: 2}, {Title: "Hình thức", Key: "form"}}, more...)
}

// Discipline counts reminders and discipline; only counts leave the office (briefing 8).
var Discipline = Declare(&Kind{
	ID:     "discipline",
	Derive: func(*World, *Entry) (string, int) { return "decided", 0 },
	Begun:  begunOn("decision_date"),
	Measures: []Measure{
		{ID: "discipline.leaders", Name: "Lãnh đạo, quản lý bị kỷ luật", Unit: "người", Of: func(r *Row, _ data.Period) (int64, int64) {
			return one(r.Is("subject", "leader") && !r.Is("form", "remind")), 0
		}},
		{ID: "discipline.officers", Name: "Công chức, viên chức bị kỷ luật", Unit: "người", Of: func(r *Row, _ data.Period) (int64, int64) {
			return one(!r.Is("subject", "leader") && !r.Is("form", "remind")), 0
		}},
	},
	Layouts: []Layout{{ID: "KLu", Title: "Số người bị kỷ luật, nhắc nhở theo đơn vị", Tally: true, Group: byUnit, Columns: []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Đơn vị", Key: "group", Width: 3},
		{Title: "Tổng", Count: all}, {Title: "Lãnh đạo, quản lý", Count: func(r *Row) int64 { return one(r.Is("subject", "leader")) }},
		{Title: "Công chức", Count: func(r *Row) int64 { return one(r.Is("subject", "civil-servant")) }}, {Title: "Viên chức", Count: func(r *Row) int64 { return one(r.Is("subject", "public-employee")) }},
		{Title: "Liên quan TTHC", Count: func(r *Row) int64 { return one(r.True("about_procedures")) }}}}},
})

// Document is the register of directing documents (briefing 2.1, văn bản).
var Document = Declare(&Kind{
	ID: "document",
	Derive: func(w *World, e *Entry) (string, int) {
		done, due := w.On(e, "done"), e.Day("due")
		switch {
		case done.Known() && due.Known() && done > due:
			return "done-late", 0
		case done.Known():
			return "done", 0
		case !due.Known():
			return "filed", 0
		case due < w.Day:
			return "overdue", int(w.Day - due)
		case due <= w.Day+data.Day(w.Term("document", "soon")):
			return "soon", int(due - w.Day)
		}
		return "open", 0
	},
	Begun:    begunOn("date"),
	Measures: []Measure{{ID: "document.directing", Name: "Văn bản chỉ đạo, điều hành về CCHC đã ban hành", Unit: "văn bản", Of: func(r *Row, _ data.Period) (int64, int64) { return one(r.Is("group", "directing")), 0 }}},
	Layouts: []Layout{{ID: "T3", Title: "Sổ theo dõi văn bản chỉ đạo", Landscape: true, Columns: []Column{{Title: "Số", Key: "number", Width: 0.6}, {Title: "Số, ký hiệu", Key: "symbol"}, {Title: "Ngày văn bản", Key: "date", Width: 0.7},
		{Title: "Cơ quan ban hành", Key: "issuer"}, {Title: "Trích yếu", Key: "summary", Width: 3}, {Title: "Đơn vị thực hiện", Key: "unit"}, {Title: "Hạn", Key: "due", Width: 0.7}, {Title: "Tình trạng", Key: "state"}, {Title: "Ghi chú", Key: "note"}}}},
})
