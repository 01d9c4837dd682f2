package logbook

import (
	"strconv"

	"giaoban/data"
)

// Dialogue is the register of dialogues with citizens and businesses (briefing 7).
var Dialogue = Declare(&Kind{
	ID:    "dialogue",
	Begun: begunOn("date"),
	Derive: func(w *World, e *Entry) (string, int) {
		at := e.Day("date")
		notice, result := w.On(e, "notice_date"), w.On(e, "result_date")
		if result.Known() {
			return "closed", 0
		}
		if due := at + data.Day(w.Term("dialogue", "notice")); !notice.Known() && due < w.Day {
			return "notice-late", int(w.Day - due)
		}
		if due := at + data.Day(w.Term("dialogue", "result")); due < w.Day {
			return "result-late", int(w.Day - due)
		}
		return "held", 0
	},
	Refuse: func(w *World, e *Entry) error {
		if n := len(w.Linked("opinion", "dialogue", e.ID)); n > 0 {
			return &data.Error{Code: data.Conflict, Message: "Chưa xóa: cuộc đối thoại có " + strconv.Itoa(n) + " ý kiến. Xóa các ý kiến trước."}
		}
		return nil
	},
	Measures: []Measure{{ID: "dialogue.count", Name: "Cuộc đối thoại", Unit: "cuộc", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }}},
	Layouts: []Layout{{ID: "Đ1", Title: "Danh sách các cuộc đối thoại", Landscape: true, Columns: []Column{
		{Title: "Số", Key: "number", Width: 0.6}, {Title: "Ngày", Key: "date", Width: 0.7}, {Title: "Hình thức", Key: "form", Width: 0.8}, {Title: "Chủ đề", Key: "topic", Width: 2.4}, {Title: "Đối tượng", Key: "audience"},
		{Title: "Đơn vị tổ chức", Key: "unit"}, {Title: "Chủ trì", Key: "chair"}, {Title: "Số người dự", Key: "people", Width: 0.6},
		{Under: "Ý kiến", Title: "Tổng", Text: opinions(), Width: 0.5}, {Under: "Ý kiến", Title: "Tại chỗ", Text: opinions("on-the-spot"), Width: 0.5},
		{Under: "Ý kiến", Title: "Trả lời xong", Text: opinions("answered", "answered-late"), Width: 0.5}, {Under: "Ý kiến", Title: "Quá hạn", Text: opinions("overdue"), Width: 0.5},
		{Title: "Thông báo kết luận", Key: "notice"}, {Title: "Trạng thái", Key: "state"}}}},
})

func opinions(states ...string) func(*Kind, *Row) string {
	return func(_ *Kind, r *Row) string {
		n := 0
		for _, o := range r.World.Linked("opinion", "dialogue", r.ID) {
			state, _ := opinionState(r.World, o)
			if len(states) == 0 {
				n++
			}
			for _, want := range states {
				if state == want {
					n++
				}
			}
		}
		return itoa(n)
	}
}

// Opinion is one opinion of a dialogue and its answer.
var Opinion = Declare(&Kind{
	ID:     "opinion",
	Derive: opinionState,
	Check:  notBeforeLinked("opinion", "dialogue", "date", "due", "answered"),
	Refuse: refuseLinked("opinion", "ý kiến"),
	Belongs: func(w *World, e *Entry, p data.Period) bool {
		d := w.Entry("dialogue", e.Ref("dialogue"))
		return d != nil && p.From <= d.Day("date") && d.Day("date") <= p.To
	},
	Measures: []Measure{
		{ID: "opinion.total", Name: "Ý kiến tại đối thoại", Unit: "ý kiến", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }},
		{ID: "opinion.answered", Name: "Tỷ lệ ý kiến đã trả lời", Unit: "%", Denom: "ý kiến", Of: share(isIn("on-the-spot", "answered", "answered-late"), func(*Row) bool { return true })},
	},
	Layouts: []Layout{{ID: "Đ2", Title: "Bảng tổng hợp ý kiến và kết quả trả lời", Landscape: true, Group: func(_ *Kind, r *Row) (string, string) {
		d := r.World.Entry("dialogue", r.Ref("dialogue"))
		if d == nil {
			return "", ""
		}
		return r.Text("dialogue"), Find("dialogue").Name(d) + " " + d.Text("topic")
	}, Columns: []Column{{Title: "TT", Key: "#", Width: 0.3}, {Title: "Nội dung ý kiến", Key: "text", Width: 3}, {Title: "Người/nhóm nêu", Key: "person"}, {Title: "Lĩnh vực", Key: "field"},
		{Title: "Cơ quan trả lời", Key: "unit"}, {Title: "Nội dung trả lời", Key: "answer", Width: 2}, {Title: "Hạn", Key: "due", Width: 0.7}, {Title: "Văn bản", Key: "document"}, {Title: "Trạng thái", Key: "state"}}}},
	Actions: []Action{{ID: "task", Title: "Giao thành nhiệm vụ", Makes: "task", Propose: func(_ *World, e *Entry) map[string]string {
		return map[string]string{"source": "dialogue", "text": e.Text("text"), "opinion": strconv.FormatUint(e.ID, 10), "lead": e.Text("unit"), "due": e.Text("due")}
	}}},
})

func opinionState(w *World, e *Entry) (string, int) {
	answered, due := w.On(e, "answered"), e.Day("due")
	switch {
	case e.True("on_the_spot"):
		return "on-the-spot", 0
	case answered.Known() && due.Known() && answered > due:
		return "answered-late", 0
	case answered.Known():
		return "answered", 0
	case due.Known() && due < w.Day:
		return "overdue", int(w.Day - due)
	}
	return "open", 0
}
