package logbook

import (
	"time"

	"giaoban/data"
)

// byDomain parts rows by the field of the reform, byUnit by whose they are.
func byDomain(k *Kind, r *Row) (key, title string) { return k.group(r, ByDomain) }
func byUnit(k *Kind, r *Row) (key, title string)   { return k.group(r, ByUnit) }

func all(*Row) int64 { return 1 }

// taskLayouts are the papers T1 to T7 of briefing 2.3.
var taskLayouts = []Layout{
	{ID: "T1", Title: "Phụ lục – Nhiệm vụ trọng tâm cải cách hành chính", Landscape: true, Group: byDomain, Only: func(r *Row) bool { return r.Is("source", "plan") },
		Columns: []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Mục tiêu, nhiệm vụ", Key: "text", Width: 3}, {Title: "Sản phẩm", Key: "product"},
			{Title: "Cơ quan, đơn vị chủ trì", Key: "lead"}, {Title: "Cơ quan, đơn vị phối hợp", Key: "partners"},
			{Title: "Thời gian thực hiện/hoàn thành", Text: dueWords, Width: 0.8}, {Title: "Ghi chú", Key: "basis"}}},
	{ID: "T2", Title: "Bảng theo dõi tiến độ thực hiện kế hoạch cải cách hành chính", Landscape: true, Group: byDomain,
		Columns: []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Nhiệm vụ", Key: "text", Width: 2.4}, {Title: "Sản phẩm", Key: "product"}, {Title: "Đơn vị chủ trì", Key: "lead"},
			{Title: "Hạn theo kế hoạch", Key: "due_first", Width: 0.7}, {Title: "Hạn điều chỉnh", Text: movedDue, Width: 0.8}, {Title: "Tiến độ (%)", Key: "percent", Width: 0.5},
			{Title: "Tình trạng", Key: "state"}, {Title: "Kết quả (số, ngày văn bản)", Key: "result"}, {Title: "Minh chứng", Key: "evidence"},
			{Title: "Nguyên nhân chậm, vướng mắc", Key: "obstacle"}, {Title: "Ghi chú", Key: "note"}}},
	{ID: "T4", Title: "Phụ lục 2 – Theo dõi kết quả thực hiện kết luận", Landscape: true, Only: ofConclusion,
		Columns: []Column{{Title: "TT", Key: "#", Width: 0.4}, {Title: "Mã nhiệm vụ", Key: "number", Width: 1}, {Title: "Số hội nghị", Key: "conference", Width: 0.6}, {Title: "Số TB/KL", Key: "basis"},
			{Title: "Ngày ban hành", Key: "issued", Width: 1.1}, {Title: "Chủ trì theo dõi", Key: "follower", Width: 0.8}, {Title: "Ngành/lĩnh vực", Key: "domain"},
			{Title: "Cơ quan/đơn vị trình", Key: "lead"}, {Title: "Lĩnh vực chi tiết", Key: "topic", Width: 0.9}, {Title: "Nội dung kết luận/văn bản trình", Key: "text", Width: 2.6},
			{Title: "Loại thời hạn", Key: "due_kind", Width: 0.8}, {Title: "Hạn xử lý", Text: knownDue, Width: 1.1}, {Title: "Tiến độ", Key: "state", Width: 0.9},
			{Title: "Kết quả thực hiện/minh chứng", Text: resultAndProof, Width: 1.3}, {Title: "Văn bản triển khai", Key: "document"},
			{Title: "Ngày cập nhật gần nhất", Text: touched, Width: 1.1}}},
	{ID: "T5", Title: "Tổng hợp tình hình thực hiện nhiệm vụ theo đơn vị", Landscape: true, Group: byUnit, Tally: true,
		Columns: []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Đơn vị", Key: "group", Width: 2.5}, {Title: "Tổng được giao", Count: all},
			{Under: "Hoàn thành", Title: "Tổng", Count: in(taskDone...)}, {Under: "Hoàn thành", Title: "Đúng hạn", Count: in("done-on-time")},
			{Under: "Hoàn thành", Title: "Quá hạn", Count: in("done-late")}, {Under: "Hoàn thành", Title: "Không đánh giá hạn", Count: in("done-undated")},
			{Under: "Đang thực hiện", Title: "Tổng", Count: in("paused", "waiting", "overdue", "soon", "doing")},
			{Under: "Đang thực hiện", Title: "Trong hạn", Count: in("paused", "waiting", "doing")}, {Under: "Đang thực hiện", Title: "Sắp đến hạn", Count: in("soon")},
			{Under: "Đang thực hiện", Title: "Quá hạn", Count: in("overdue")}, {Title: "Cần điền hạn", Count: in("no-date")}, {Title: "Thường xuyên", Count: in("standing")},
			{Title: "Không thực hiện", Count: in("dropped")},
			{Title: "Tỷ lệ hoàn thành %", Count: in(taskDone...), Of: not("dropped", "standing")},
			{Title: "Tỷ lệ đúng hạn %", Count: in("done-on-time"), Of: in("done-on-time", "done-late")}}},
	{ID: "T6", Title: "Danh sách nhiệm vụ quá hạn, sắp đến hạn, chưa có hạn", Landscape: true, Group: byState, Only: isIn("overdue", "soon", "no-date"),
		Columns: []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: "Mã", Key: "number", Width: 0.7}, {Title: "Nhiệm vụ", Key: "text", Width: 3}, {Title: "Căn cứ", Key: "basis"},
			{Title: "Chủ trì", Key: "lead"}, {Title: "Hạn", Key: "due", Width: 0.7}, {Title: "Số ngày quá hạn", Text: lateDays, Width: 0.6}, {Title: "Lý do", Key: "obstacle"},
			{Title: "Cam kết hoàn thành", Text: blank}, {Title: "Ký", Text: blank, Width: 0.7}}},
	{ID: "T7", Title: "Nhiệm vụ cấp trên giao", Landscape: true, Tally: true, Sum: true, Only: func(r *Row) bool { return r.Is("source", "superior") },
		Columns: []Column{{Title: "Tổng số giao", Count: all}, {Title: "Hoàn thành đúng hạn", Count: in("done-on-time")}, {Title: "Hoàn thành quá hạn", Count: in("done-late")}, {Title: "Hoàn thành, không đánh giá hạn", Count: in("done-undated")},
			{Title: "Quá hạn chưa hoàn thành", Count: in("overdue")}, {Title: "Đang thực hiện trong hạn", Count: in("doing", "soon", "no-date", "waiting", "standing", "paused")},
			{Title: "Không thực hiện", Count: in("dropped")},
			{Title: "Tỷ lệ hoàn thành đúng hạn %", Count: in("done-on-time"), Of: in("done-on-time", "done-late")}}},
}

// ofConclusion keeps the tasks that came out of a conference.
func ofConclusion(r *Row) bool { return r.Is("source", "conclusion") || r.Has("conclusion") }

// knownDue shows the due day as it stands on the day asked.
func knownDue(_ *Kind, r *Row) string {
	_, due := taskDue(r.World, r.Entry)
	return due.String()
}

// resultAndProof joins what came of a task and what proves it.
func resultAndProof(_ *Kind, r *Row) string {
	if !r.Has("result") || !r.Has("evidence") {
		return r.Text("result") + r.Text("evidence")
	}
	return r.Text("result") + " (" + r.Text("evidence") + ")"
}

// touched is the day on which an entry was last changed, or entered.
func touched(_ *Kind, r *Row) string {
	if n := len(r.Changes); n > 0 {
		return data.DayOf(time.Unix(r.Changes[n-1].At, 0)).String()
	}
	return r.MadeDay().String()
}

func not(ids ...string) func(*Row) int64 { return func(r *Row) int64 { return 1 - in(ids...)(r) } }

func byState(k *Kind, r *Row) (key, title string) { return r.State, k.State(r.State).Title }

func blank(*Kind, *Row) string { return "" }

func dueWords(k *Kind, r *Row) string {
	if r.Has("due_words") {
		return r.Text("due_words")
	}
	return k.Field("due").Shown(r.Text("due"), nil)
}

func movedDue(k *Kind, r *Row) string {
	if _, due := taskDue(r.World, r.Entry); due.Known() && due != r.Day("due_first") {
		return due.String()
	}
	return ""
}

func lateDays(_ *Kind, r *Row) string {
	if r.State != "overdue" {
		return ""
	}
	return itoa(r.Days)
}
