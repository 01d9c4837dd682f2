package logbook

import (
	"strconv"

	"giaoban/data"
)

// SourceRemedy is the source of tasks of the remedial plan.
const SourceRemedy = "remedy"

// Task is the one store of work: the yearly plan, orders from above, conclusions, the
// remedial plan and what follows from inspections, dialogues and petitions (briefing 2).
var Task = Declare(&Kind{
	ID: "task", Title: "Sổ theo dõi nhiệm vụ", One: "nhiệm vụ", Prefix: "NV", Day: "issued", Head: "text",
	Fields: []Field{
		{Key: "text", Section: "Nhiệm vụ", Title: "Nội dung nhiệm vụ", Type: Area, Required: true, Wide: true, Hint: "Mỗi dòng một việc",
			Words: []string{"nội dung kết luận/văn bản trình", "nhiệm vụ", "nội dung nhiệm vụ / trích yếu văn bản", "mục tiêu, nhiệm vụ", "nội dung"}},
		{Key: "source", Title: "Nguồn nhiệm vụ", Type: Pick, Default: "direct", Words: []string{"nguồn"}, Choices: []Choice{
			{ID: "plan", Title: "Kế hoạch CCHC năm", Words: []string{"ke-hoach-cchc", "kế hoạch", "kế hoạch CCHC"}},
			{ID: "superior", Title: "Cấp trên giao", Words: []string{"cap-tren", "cấp trên"}},
			{ID: "conclusion", Title: "Kết luận hội nghị", Words: []string{"ket-luan", "kết luận"}},
			{ID: SourceRemedy, Title: "Kế hoạch khắc phục chỉ số", Words: []string{"khac-phuc", "khắc phục"}},
			{ID: "finding", Title: "Khắc phục sau kiểm tra", Words: []string{"kiem-tra", "kiểm tra"}},
			{ID: "dialogue", Title: "Sau đối thoại", Words: []string{"doi-thoai", "đối thoại"}},
			{ID: "petition", Title: "Từ phản ánh, kiến nghị", Words: []string{"pakn", "phản ánh, kiến nghị"}},
			{ID: "direct", Title: "Giao trực tiếp", Words: []string{"truc-tiep", "trực tiếp"}},
		}},
		{Key: "basis", Title: "Căn cứ", Words: []string{"số TB/KL", "số/ký hiệu văn bản", "số văn bản", "số hiệu", "văn bản giao"}},
		{Key: "conference", Title: "Số hội nghị", Type: Number, Words: []string{"hội nghị số"}},
		domainField(),
		{Key: "topic", Title: "Lĩnh vực chi tiết"},
		{Key: "criterion", Title: "Tiêu chí liên quan"},
		{Key: "lead", Section: "Ai làm, sản phẩm", Title: "Đơn vị chủ trì", Type: Unit, Words: []string{"cơ quan/đơn vị trình", "cơ quan chủ trì", "đơn vị thực hiện", "cơ quan, đơn vị chủ trì",
			"cơ quan chủ trì tham mưu", "chủ trì"}},
		{Key: "officer", Title: "Người thực hiện", Words: []string{"cán bộ chủ trì"}},
		{Key: "follower", Title: "Người theo dõi", Words: []string{"chủ trì theo dõi", "chuyên viên theo dõi"}},
		{Key: "partners", Title: "Đơn vị phối hợp", Type: Units, Words: []string{"phối hợp", "cơ quan, đơn vị phối hợp"}},
		{Key: "partners_text", Title: "Phối hợp khác", Hint: "Những nơi không có trong danh mục đơn vị"},
		{Key: "product", Title: "Sản phẩm đầu ra", Words: []string{"sản phẩm"}},
		{Key: "due_kind", Section: "Thời hạn", Title: "Loại thời hạn", Type: Pick, Default: "dated", Words: []string{"loại hạn"}, Choices: []Choice{
			{ID: "dated", Title: "Có hạn cụ thể", Words: []string{"cu-the", "cụ thể"}},
			{ID: "issue", Title: "Ký ban hành", Words: []string{"ban-hanh", "ban hành", "ký ban hành (trong 10 ngày)"}},
			{ID: "standing", Title: "Nhiệm vụ thường xuyên", Words: []string{"thuong-xuyen", "thường xuyên"}},
			{ID: "waiting", Title: "Chờ quyết định/điều kiện khác", Words: []string{"cho", "chờ", "chờ điều kiện khác", "chờ quyết định"}},
		}},
		{Key: "issued", Title: "Ngày giao", Type: Day, Past: true, Words: []string{"ngày ban hành", "ngày BH", "ngày văn bản"}},
		{Key: "due", Title: "Hạn xử lý", Type: Day, NotBefore: "issued", Else: "due_words", Words: []string{"hạn hoàn thành", "thời hạn", "hạn", "thời gian hoàn thành",
			"thời gian thực hiện/hoàn thành"}},
		{Key: "due_first", Title: "Hạn ban đầu", Type: Day, NotBefore: "issued", Once: true},
		{Key: "due_words", Title: "Thời hạn như trong văn bản", Hint: "Quý II, Tháng 6, Thường xuyên"},
		{Key: "no_due_reason", Title: "Lý do chưa có hạn"},
		{Key: "urgency", Title: "Độ khẩn", Type: Pick, Default: "normal", Choices: []Choice{
			{ID: "normal", Title: "Thường"}, {ID: "urgent", Title: "Khẩn"}, {ID: "express", Title: "Hỏa tốc"}}},
		{Key: "progress", Section: "Tiến độ, kết quả", Title: "Tiến độ", Type: Pick, Default: "not-started", Words: []string{"tình trạng", "trạng thái"}, Choices: []Choice{
			{ID: "not-started", Title: "Chưa thực hiện", Words: []string{"chưa"}},
			{ID: "doing", Title: "Đang thực hiện", Words: []string{"đang", "đang triển khai"}},
			{ID: "done", Title: "Hoàn thành", Words: []string{"đã hoàn thành", "xong", "đã xong"}},
			{ID: "paused", Title: "Tạm dừng"},
			{ID: "dropped", Title: "Không thực hiện", Words: []string{"thôi thực hiện"}}}},
		{Key: "drop_reason", Title: "Lý do không thực hiện"},
		{Key: "percent", Title: "% hoàn thành", Type: Number, Top: 100, Words: []string{"tiến độ (%)", "%"}},
		{Key: "obstacle", Title: "Vướng mắc, đề xuất", Type: Area, Words: []string{"vướng mắc", "đề xuất kiến nghị"}},
		{Key: "done", Title: "Ngày hoàn thành", Type: Day, Past: true, NotBefore: "issued"},
		{Key: "evidence", Title: "Minh chứng (số, ký hiệu văn bản)", Words: []string{"số hiệu văn bản kết quả", "minh chứng"}},
		{Key: "evidence_date", Title: "Ngày văn bản kết quả", Type: Day, Past: true},
		{Key: "result", Title: "Kết quả", Type: Area, Words: []string{"kết quả thực hiện/minh chứng", "kết quả thực hiện", "tóm tắt kết quả thực hiện"}},
		{Key: "document", Title: "Văn bản triển khai"},
		{Key: "cause", Section: "Kế hoạch khắc phục", Title: "Nguyên nhân mất điểm", Type: Area},
		{Key: "objective", Title: "Nguyên nhân khách quan", Type: Yes},
		{Key: "lost", Title: "Điểm mất", Hint: "Như trong phiếu, ví dụ 0,25"},
		{Key: "sheet", Title: "Phiếu chấm điểm", Type: Number, Inner: true},
		{Key: "sheet_year", Title: "Năm của phiếu chấm điểm", Type: Number, Inner: true},
		{Key: "parent", Section: "Liên kết, lùi hạn", Title: "Nhiệm vụ cha", Type: Link, Kind: "task"},
		{Key: "conclusion", Title: "Từ kết luận", Type: Link, Kind: "conclusion"},
		{Key: "finding", Title: "Từ tồn tại", Type: Link, Kind: "finding"},
		{Key: "opinion", Title: "Từ ý kiến đối thoại", Type: Link, Kind: "opinion"},
		{Key: "petition", Title: "Từ phản ánh, kiến nghị", Type: Link, Kind: "petition"},
		{Key: "extensions", Title: "Lùi hạn", Hint: "Hạn đổi khi «Được duyệt» là Có", Type: Table, Rows: []Field{
			{Key: "due", Title: "Hạn mới", Type: Day, Required: true}, {Key: "reason", Title: "Lý do", Required: true}, {Key: "by", Title: "Người đề nghị"},
			{Key: "approved", Title: "Được duyệt", Type: Yes}, {Key: "date", Title: "Ngày duyệt", Type: Day}}},
		{Key: "note", Title: "Ghi chú", Type: Area},
	},
	States: []State{
		{ID: "done-on-time", Title: "Hoàn thành đúng hạn", Tone: Good, Done: true},
		{ID: "done-late", Title: "Hoàn thành quá hạn", Tone: Soon, Done: true},
		{ID: "done-undated", Title: "Hoàn thành (không đánh giá hạn)", Tone: Good, Done: true},
		{ID: "dropped", Title: "Không thực hiện", Tone: Faint, Done: true},
		{ID: "paused", Title: "Tạm dừng", Tone: Faint},
		{ID: "standing", Title: "Thường xuyên"},
		{ID: "no-date", Title: "Cần điền hạn", Tone: Soon},
		{ID: "waiting", Title: "Chờ điều kiện", Tone: Faint},
		{ID: "overdue", Title: "Quá hạn", Tone: Bad},
		{ID: "soon", Title: "Sắp đến hạn", Tone: Soon},
		{ID: "doing", Title: "Đang thực hiện"},
	},
	Terms: []Term{
		{ID: "soon", Title: "Báo sắp đến hạn trước (ngày)", Days: 7, Basis: "Thông lệ của văn phòng"},
		{ID: "issue", Title: "Ký ban hành trong (ngày)", Days: 10, Basis: "Thông lệ của văn phòng"},
	},
	Derive:   taskState,
	Complete: completeTask,
	Actions: []Action{
		{ID: "finish", Title: "Hoàn thành", Keys: []string{"done", "evidence", "evidence_date", "result"}, Offered: unfinished,
			Propose: func(w *World, _ *Entry) map[string]string { return map[string]string{"done": w.Today.ISO()} }},
		{ID: "extend", Title: "Lùi hạn", Keys: []string{"extensions"}, Offered: func(w *World, e *Entry) bool {
			_, due := taskDue(w, e)
			return due.Known() && unfinished(w, e)
		}},
		{ID: "report", Title: "Ghi tiến độ", Keys: []string{"progress", "percent", "obstacle"}, Offered: unfinished},
	},
	Check:   checkTask,
	Refuse:  refuseParent,
	Belongs: taskBelongs,
	Measures: []Measure{
		{ID: "task.total", Name: "Nhiệm vụ", Unit: "nhiệm vụ", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }},
		{ID: "task.done", Name: "Nhiệm vụ đã hoàn thành", Unit: "nhiệm vụ", Of: states(taskDone...)},
		{ID: "task.completion", Name: "Tỷ lệ hoàn thành kế hoạch", Unit: "%", Denom: "nhiệm vụ, không kể không thực hiện và thường xuyên",
			Of: share(isIn(taskDone...), isNotIn("dropped", "standing"))},
		{ID: "task.on-time", Name: "Tỷ lệ hoàn thành đúng hạn", Unit: "%", Denom: "nhiệm vụ hoàn thành có hạn",
			Of: share(isIn("done-on-time"), isIn("done-on-time", "done-late"))},
		{ID: "task.evidence", Name: "Tỷ lệ hoàn thành có minh chứng", Unit: "%", Denom: "nhiệm vụ hoàn thành",
			Of: share(func(r *Row) bool { return r.Has("evidence") }, isIn(taskDone...))},
		{ID: "task.overdue", Name: "Tỷ lệ quá hạn", Unit: "%", Denom: "nhiệm vụ chưa xong",
			Of: share(isIn("overdue"), isIn(taskOpen...))},
		{ID: "superior.total", Name: "Nhiệm vụ cấp trên giao", Unit: "nhiệm vụ", Of: fromSuperior()},
		{ID: "superior.on-time", Name: "Cấp trên giao: hoàn thành đúng hạn", Unit: "nhiệm vụ", Of: fromSuperior("done-on-time")},
		{ID: "superior.late", Name: "Cấp trên giao: hoàn thành quá hạn", Unit: "nhiệm vụ", Of: fromSuperior("done-late")},
		{ID: "superior.overdue", Name: "Cấp trên giao: quá hạn chưa hoàn thành", Unit: "nhiệm vụ", Of: fromSuperior("overdue")},
		{ID: "superior.doing", Name: "Cấp trên giao: đang thực hiện trong hạn", Unit: "nhiệm vụ",
			Of: fromSuperior("doing", "soon", "no-date", "waiting", "standing", "paused")},
	},
	Layouts: taskLayouts,
})

var (
	taskDone = []string{"done-on-time", "done-late", "done-undated"}
	taskOpen = []string{"paused", "no-date", "waiting", "overdue", "soon", "doing"}
)

func isIn(ids ...string) func(*Row) bool { return func(r *Row) bool { return in(ids...)(r) > 0 } }

func isNotIn(ids ...string) func(*Row) bool { return func(r *Row) bool { return in(ids...)(r) == 0 } }

// fromSuperior counts what a higher body ordered, in some states; in any for none.
func fromSuperior(ids ...string) func(*Row, data.Period) (int64, int64) {
	return func(r *Row, _ data.Period) (int64, int64) {
		return one(r.Is("source", "superior") && (len(ids) == 0 || in(ids...)(r) > 0)), 0
	}
}

// taskDue returns both due days as they were known on the day of w: on time is judged
// by the first (R3).
func taskDue(w *World, e *Entry) (first, due data.Day) {
	first, due = e.Day("due_first"), e.Day("due")
	if e.Is("due_kind", "issue") && !due.Known() {
		if issued := e.Day("issued"); issued.Known() {
			due = issued + data.Day(w.Term("task", "issue"))
		}
	}
	for _, x := range e.Table("extensions") {
		moved := Entry{Values: x}
		if at := moved.Day("date"); x["approved"] != "0" && moved.Has("approved") && moved.Day("due") > due && at <= w.Day {
			due = moved.Day("due")
		}
	}
	if !first.Known() {
		first = due
		if x := e.Table("extensions"); len(x) > 0 && e.Has("due") {
			first = e.Day("due")
		}
	}
	if !due.Known() {
		due = first
	}
	return first, due
}

// taskFinished returns whether and when a task was done on the day of w. A parent is
// done when all its children are.
func taskFinished(w *World, e *Entry) (done bool, on data.Day) {
	children := w.Linked("task", "parent", e.ID)
	counted, dated := 0, true
	for _, c := range children {
		if c.Is("progress", "dropped") || c.ID == e.ID {
			continue
		}
		counted++
		finished, at := taskFinished(w, c)
		if !finished {
			return false, data.NoDay
		}
		on, dated = max(on, at), dated && at.Known()
	}
	if counted > 0 && !dated {
		return true, data.NoDay // nobody knows when the last one was done
	}
	if counted > 0 {
		return true, on
	}
	on = e.Day("done")
	return e.Is("progress", "done") && on <= w.Day, on
}

// taskState derives the state of briefing 2.2; the first that holds wins.
func taskState(w *World, e *Entry) (string, int) {
	first, due := taskDue(w, e)
	if done, on := taskFinished(w, e); done {
		switch {
		case !on.Known() || !first.Known():
			return "done-undated", 0
		case on <= first:
			return "done-on-time", 0
		}
		return "done-late", 0
	}
	switch {
	case e.Is("progress", "dropped"):
		return "dropped", 0
	case e.Is("progress", "paused"):
		return "paused", 0
	case e.Is("due_kind", "standing"):
		return "standing", 0
	case !due.Known() && e.Is("due_kind", "waiting"):
		return "waiting", age(w, e, "issued")
	case !due.Known():
		return "no-date", age(w, e, "issued")
	case due < w.Day:
		return "overdue", int(w.Day - due)
	case due <= w.Day+data.Day(w.Term("task", "soon")):
		return "soon", int(due - w.Day)
	}
	return "doing", 0
}

// age returns the days since a day of the entry, or since it was entered.
func age(w *World, e *Entry, key string) int {
	from := e.Day(key)
	if !from.Known() {
		from = e.MadeDay()
	}
	return max(0, int(w.Day-from))
}

// unfinished reports whether there is still something to do for a task.
func unfinished(w *World, e *Entry) bool {
	done, _ := taskFinished(w, e)
	return !done && !e.Is("progress", "dropped")
}

// completeTask reads a due day that is said in words, keeps the first one, and takes a
// task that is given its day of completion as done.
func completeTask(w *World, e, old *Entry) {
	if !e.Has("due_kind") {
		e.Set("due_kind", "dated")
	}
	if e.Is("due_kind", "dated") && !e.Has("due") && !e.Has("due_first") && (old == nil || old.Text("due_words") != e.Text("due_words")) {
		if due, kind := plannedDue(e.Text("due_words"), e.Day("issued"), w); kind != "" {
			e.Set("due_kind", kind)
			if due.Known() {
				e.Set("due", due.ISO())
			}
		}
	}
	if old != nil && e.Has("done") && !old.Has("done") && e.Text("progress") == old.Text("progress") {
		e.Set("progress", "done")
	}
	if e.Is("due_kind", "issue") && e.Has("issued") && !e.Has("due") {
		e.Set("due", (e.Day("issued") + data.Day(w.Term("task", "issue"))).ISO())
	}
	if !e.Has("due") && e.Has("due_first") {
		e.Set("due", e.Text("due_first"))
	}
	if !e.Has("due_first") && e.Has("due") {
		e.Set("due_first", e.Text("due"))
		if old != nil && old.Has("due") {
			e.Set("due_first", old.Text("due"))
		}
	}
}

// plannedDue reads the due day that a plan says in words. Without a day of issue the plan
// is one of this year: «Tháng 6» read in November is over, not of the next year.
func plannedDue(words string, issued data.Day, w *World) (due data.Day, kind string) {
	if !issued.Known() {
		issued = data.Date(w.Today.Year(), 1, 1)
	}
	return DueInWords(words, issued, w.Calendar)
}

func checkTask(w *World, e, _ *Entry) error {
	seen := map[uint64]bool{e.ID: e.ID != 0}
	for at := e.Ref("parent"); at != 0; {
		if seen[at] {
			return refuse(Find("task").Field("parent"), "nhiệm vụ không thể là cha của chính nó, cũng không qua nhiệm vụ khác. Chọn nhiệm vụ khác.")
		}
		seen[at] = true
		parent := w.Entry("task", at)
		if parent == nil {
			break
		}
		at = parent.Ref("parent")
	}
	return nil
}

// refuseParent keeps a task that others stand below.
func refuseParent(w *World, e *Entry) error {
	if n := len(w.Linked("task", "parent", e.ID)); n > 0 {
		return &data.Error{Code: data.Conflict, Message: "Chưa xóa: " + strconv.Itoa(n) + " nhiệm vụ đang đặt dưới nhiệm vụ này. Chuyển chúng sang nhiệm vụ khác trước."}
	}
	return nil
}

// taskBelongs counts a task for a period when it was issued or due in it, or carried
// into it (entry-keys).
func taskBelongs(w *World, e *Entry, p data.Period) bool {
	within := func(d data.Day) bool { return p.From <= d && d <= p.To }
	first, due := taskDue(w, e)
	issued := e.Day("issued")
	if within(issued) || within(due) || within(first) {
		return true
	}
	if issued >= p.From { // after the period: what is unknown was there before
		return false
	}
	done, on := taskFinished(w, e)
	return !(done && on.Known() && on < p.From)
}
