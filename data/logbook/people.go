package logbook

import "giaoban/data"

// Initiative is the register of initiatives of the reform (briefing 8).
var Initiative = Declare(&Kind{
	ID: "initiative", Title: "Sổ sáng kiến CCHC", One: "sáng kiến", Prefix: "SK", Day: "registered", Head: "name",
	Fields: []Field{
		{Key: "name", Title: "Tên sáng kiến, giải pháp, mô hình", Required: true, Wide: true, Words: []string{"tên sáng kiến", "sáng kiến"}},
		{Key: "author", Title: "Tác giả", Words: []string{"tác giả, đơn vị"}},
		{Key: "unit", Title: "Đơn vị", Type: Unit},
		domainField(),
		{Key: "registered", Title: "Ngày đăng ký", Type: Day, Past: true},
		{Key: "summary", Title: "Nội dung tóm tắt", Type: Area},
		{Key: "scope", Title: "Phạm vi áp dụng", Type: Pick, Open: true, Choices: []Choice{{ID: "unit", Title: "Đơn vị"}, {ID: "commune", Title: "Xã"}, {ID: "province", Title: "Tỉnh"}}},
		{Key: "effect", Title: "Hiệu quả"},
		{Key: "decision", Title: "Quyết định công nhận số"},
		documentDate("decision_date", "Ngày công nhận", "registered"),
		{Key: "rejected", Title: "Không công nhận ngày", Type: Day, NotBefore: "registered", Past: true},
		{Key: "appraising", Title: "Ngày đưa ra thẩm định", Type: Day, NotBefore: "registered", Past: true},
		{Key: "applied", Title: "Áp dụng từ", Type: Day, NotBefore: "registered"},
		{Key: "spread", Title: "Nhân rộng tại"},
		{Key: "evidence", Title: "Minh chứng"},
		{Key: "note", Title: "Ghi chú", Type: Area},
	},
	States: []State{{ID: "registered", Title: "Đăng ký"}, {ID: "appraising", Title: "Thẩm định"}, {ID: "recognised", Title: "Công nhận", Tone: Good},
		{ID: "rejected", Title: "Không công nhận", Tone: Faint, Done: true}, {ID: "applied", Title: "Đang áp dụng", Tone: Good, Done: true}},
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
	ID: "praise", Title: "Sổ khen thưởng CCHC", One: "đề nghị khen thưởng", Prefix: "KT", Day: "proposed_date", Head: "name",
	Fields: []Field{
		{Key: "name", Title: "Tập thể, cá nhân", Required: true, Wide: true, Words: []string{"tập thể/cá nhân", "họ tên"}},
		{Key: "collective", Title: "Tập thể", Type: Yes},
		{Key: "role", Title: "Chức vụ"},
		{Key: "unit", Title: "Đơn vị", Type: Unit},
		{Key: "merit", Title: "Thành tích", Type: Area},
		{Key: "form", Title: "Hình thức", Type: Pick, Choices: []Choice{{ID: "certificate", Title: "Giấy khen"}, {ID: "diploma", Title: "Bằng khen"}, {ID: "mention", Title: "Biểu dương"}}},
		{Key: "level", Title: "Cấp khen"},
		{Key: "proposal", Title: "Tờ trình số"},
		documentDate("proposed_date", "Ngày tờ trình", ""),
		{Key: "decision", Title: "Quyết định số"},
		documentDate("decision_date", "Ngày quyết định", "proposed_date"),
		{Key: "money", Title: "Tiền thưởng (đồng)", Type: Money},
		{Key: "awarded", Title: "Ngày trao", Type: Day},
		{Key: "note", Title: "Ghi chú", Type: Area},
	},
	States: []State{{ID: "proposed", Title: "Đề nghị"}, {ID: "decided", Title: "Đã quyết định", Tone: Good}, {ID: "awarded", Title: "Đã trao", Tone: Good, Done: true}},
	Begun:  begunOn("proposed_date"),
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
	ID: "discipline", Title: "Sổ kỷ luật, nhắc nhở", One: "quyết định kỷ luật", Prefix: "KL", Day: "decision_date", Head: "decision",
	Fields: []Field{
		{Key: "decision", Title: "Quyết định số", Required: true, Wide: true},
		{Key: "decision_date", Title: "Ngày quyết định", Type: Day, Required: true, Past: true, Words: []string{"ngày"}},
		{Key: "subject", Title: "Đối tượng", Type: Pick, Required: true, Choices: []Choice{{ID: "leader", Title: "Lãnh đạo, quản lý", Words: []string{"lãnh đạo quản lý"}},
			{ID: "civil-servant", Title: "Công chức"}, {ID: "public-employee", Title: "Viên chức"}}},
		{Key: "person", Title: "Họ tên", Private: true},
		{Key: "unit", Title: "Đơn vị", Type: Unit},
		{Key: "form", Title: "Hình thức", Type: Pick, Choices: []Choice{{ID: "remind", Title: "Nhắc nhở"}, {ID: "reprimand", Title: "Khiển trách"}, {ID: "warning", Title: "Cảnh cáo"},
			{ID: "pay-cut", Title: "Hạ bậc lương", Words: []string{"hạ bậc"}}, {ID: "demotion", Title: "Giáng chức"}, {ID: "removal", Title: "Cách chức"}, {ID: "dismissal", Title: "Buộc thôi việc"}}},
		{Key: "about_procedures", Title: "Liên quan thủ tục hành chính", Type: Yes},
		{Key: "reason", Title: "Lý do"},
	},
	States: []State{{ID: "decided", Title: "Đã quyết định"}},
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
	ID: "document", Title: "Sổ theo dõi văn bản chỉ đạo", One: "văn bản", Prefix: "VB", Day: "date", Head: "summary",
	Fields: []Field{
		{Key: "group", Title: "Nhóm", Type: Pick, Default: "superior", Choices: []Choice{{ID: "superior", Title: "Cấp trên giao"}, {ID: "directing", Title: "Chỉ đạo"}, {ID: "product", Title: "Sản phẩm đầu ra"}}},
		{Key: "symbol", Title: "Số, ký hiệu", Required: true, Words: []string{"số", "số hiệu", "số/ký hiệu văn bản", "ký hiệu"}},
		{Key: "date", Title: "Ngày văn bản", Type: Day, Past: true, Words: []string{"ngày", "ngày ban hành"}},
		{Key: "arrived", Title: "Ngày đến", Type: Day, Past: true},
		{Key: "issuer", Title: "Cơ quan ban hành", Words: []string{"cơ quan"}},
		{Key: "summary", Title: "Trích yếu", Type: Area, Required: true, Wide: true, Words: []string{"trích yếu nội dung", "nội dung"}},
		domainField(),
		{Key: "unit", Title: "Đơn vị thực hiện", Type: Unit},
		{Key: "due", Title: "Hạn thực hiện", Type: Day, NotBefore: "date", Words: []string{"hạn"}},
		{Key: "done", Title: "Ngày thực hiện xong", Type: Day, NotBefore: "date", Past: true},
		{Key: "evidence", Title: "Minh chứng"},
		{Key: "note", Title: "Ghi chú", Type: Area},
	},
	States: []State{{ID: "filed", Title: "Đã lưu", Tone: Faint, Done: true}, {ID: "open", Title: "Đang thực hiện"}, {ID: "soon", Title: "Sắp đến hạn", Tone: Soon},
		{ID: "overdue", Title: "Quá hạn", Tone: Bad}, {ID: "done", Title: "Đã thực hiện", Tone: Good, Done: true}, {ID: "done-late", Title: "Đã thực hiện, quá hạn", Tone: Soon, Done: true}},
	Terms: []Term{{ID: "soon", Title: "Báo sắp đến hạn trước (ngày)", Days: 7, Basis: "Thông lệ của văn phòng"}},
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
