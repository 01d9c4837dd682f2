package logbook

import "giaoban/data/text"

// behaviour and regulation part petitions as form II.05a does: «cả hai» counts once,
// as a behaviour.
func behaviour(r *Row) int64 { return one(r.Is("class", "behaviour") || r.Is("class", "both")) }

func regulation(r *Row) int64 { return 1 - behaviour(r) }

func both(a, b func(*Row) int64) func(*Row) int64 { return func(r *Row) int64 { return a(r) * b(r) } }

func isDone(r *Row) int64 { return one(r.World.On(r.Entry, "answered").Known()) }

func isOpen(r *Row) int64 { return 1 - isDone(r) }

func byField(k *Kind, r *Row) (key, title string) {
	if r.Has("field") {
		return text.NameKey(r.Text("field")), r.Text("field")
	}
	return "", "Chưa ghi lĩnh vực"
}

func byChannel(k *Kind, r *Row) (key, title string) {
	if r.Has("channel") {
		return r.Text("channel"), k.Field("channel").Choice(r.Text("channel")).Title
	}
	return "", "Chưa ghi kênh"
}

func byArea(k *Kind, r *Row) (key, title string) {
	if r.Has("area") {
		return text.NameKey(r.Text("area")), r.Text("area")
	}
	return "", "Chưa ghi địa bàn"
}

func accepted(r *Row) bool { return isNotIn("refused", "forwarded")(r) }

func inTime(r *Row) int64 { return one(petitionInTime(r.World, r.Entry)) }

func late(r *Row) int64 { return 1 - inTime(r) }

func liked(r *Row) int64 { return one(r.True("satisfied")) }

func judged(r *Row) int64 { return one(r.Has("satisfied")) }

var petitionLayouts = []Layout{
	formPetitions("II.05a", "Ngành, lĩnh vực có PAKN", "Theo lĩnh vực", byField),
	formPetitions("II.05b", "Tên đơn vị", "Theo đơn vị", byUnit),
	{ID: "P1", Title: "Phản ánh, kiến nghị theo đơn vị", Tally: true, Group: byUnit, Only: accepted, Columns: petitionTally("Đơn vị")},
	{ID: "P2", Title: "Phản ánh, kiến nghị theo lĩnh vực", Tally: true, Group: byField, Only: accepted, Columns: petitionTally("Lĩnh vực")},
	{ID: "P3", Title: "Phản ánh, kiến nghị theo địa bàn", Tally: true, Group: byArea, Only: accepted, Columns: petitionTally("Thôn, tổ dân phố")},
	{ID: "P4", Title: "Phản ánh, kiến nghị theo kênh", Tally: true, Group: byChannel, Only: accepted, Columns: petitionTally("Kênh")},
	{ID: "P5", Title: "Danh sách phản ánh, kiến nghị về hành vi công chức", Landscape: true, Inside: true, Only: func(r *Row) bool { return behaviour(r) > 0 }, Columns: []Column{
		{Title: "Số", Key: "number", Width: 0.6}, {Title: "Ngày, giờ phản ánh", Key: "said_at"}, {Title: "Nội dung", Key: "text", Width: 3}, {Title: "Cơ quan, người bị phản ánh", Key: "about"},
		{Title: "Đơn vị xử lý", Key: "unit"}, {Title: "Hạn", Key: "due", Width: 0.7}, {Title: "Trạng thái", Key: "state"}, {Title: "Văn bản trả lời", Key: "answer_document"}}},
}

func petitionTally(group string) []Column {
	return []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: group, Key: "group", Width: 3}, {Title: "Tổng", Count: all}, {Title: "Đã xử lý", Count: isDone},
		{Title: "Đúng hạn", Count: inTime}, {Title: "Trễ", Count: late}, {Title: "Tỷ lệ đúng hạn %", Count: inTime, Of: all},
		{Title: "Hài lòng", Count: liked}, {Title: "Tỷ lệ hài lòng %", Count: liked, Of: judged}}
}

// carried counts what the period of the table took over from the one before; without a
// period there is none before.
func carried(r *Row) int64 {
	return one(r.Period.From.Known() && carriedPetition(r.World, r.Entry, r.Period))
}

func fresh(r *Row) int64 { return 1 - carried(r) }

// shown counts the answers that were published.
func shown(r *Row) int64 { return isDone(r) * one(r.World.On(r.Entry, "published").Known()) }

// formPetitions is form II.05a or II.05b: 16 columns of which 3 = 4+5 = 6+7,
// 8 = 9+10 = 11+12, 13 = 14+15, 3 = 8+13 and 16 is at most 8 (briefing 5.3).
func formPetitions(id, name, by string, group func(*Kind, *Row) (string, string)) Layout {
	const received, done, open = "Số lượng PAKN được tiếp nhận", "Kết quả xử lý|Đã xử lý", "Kết quả xử lý|Đang xử lý"
	const content, time = "|Theo nội dung", "|Theo thời điểm tiếp nhận"
	title := "Kết quả tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính tại cơ quan, đơn vị"
	return Layout{ID: id, Title: title, Form: "Biểu số " + id + "/VPCP/KSTT", By: by, Landscape: true, Tally: true, Numbered: true, Group: group, Only: accepted, Columns: []Column{
		{Title: "STT", Key: "#", Width: 0.7}, {Title: name, Key: "group", Width: 3},
		{Under: received, Title: "Tổng số", Count: all},
		{Under: received + content, Title: "Hành vi hành chính", Count: behaviour}, {Under: received + content, Title: "Quy định hành chính", Count: regulation},
		{Under: received + time, Title: "Từ kỳ trước", Count: carried}, {Under: received + time, Title: "Trong kỳ", Count: fresh},
		{Under: done, Title: "Tổng số", Count: isDone}, {Under: done, Title: "Hành vi hành chính", Count: both(isDone, behaviour)}, {Under: done, Title: "Quy định hành chính", Count: both(isDone, regulation)},
		{Under: done, Title: "Từ kỳ trước", Count: both(isDone, carried)}, {Under: done, Title: "Trong kỳ", Count: both(isDone, fresh)},
		{Under: open, Title: "Tổng số", Count: isOpen}, {Under: open, Title: "Hành vi hành chính", Count: both(isOpen, behaviour)}, {Under: open, Title: "Quy định hành chính", Count: both(isOpen, regulation)},
		{Title: "Số PAKN đã đăng tải công khai kết quả xử lý", Count: shown}}}
}
