package logbook

import (
	"fmt"
	"strconv"

	"giaoban/data"
)

// AgendaLine is a line of the agenda of a conference with its clock times.
type AgendaLine struct {
	From, To                        data.Clock // unknown where the hour of the conference is
	Minutes                         int
	Text, Presenter, Document, Note string
}

// Span returns the times of the line as they are printed: 08:05 – 08:25.
func (l AgendaLine) Span() string {
	if l.From == l.To {
		return l.From.String()
	}
	return l.From.String() + " – " + l.To.String()
}

// Agenda returns the lines of the agenda of a conference, each from the end of the one
// before, and the sum of their minutes.
func Agenda(e *Entry) (lines []AgendaLine, total int) {
	start := e.Moment("at").Clock
	clock := func(after int) data.Clock {
		if !start.Known() {
			return 0
		}
		minutes := (start.Minutes() + after) % (24 * 60)
		return data.At(minutes/60, minutes%60)
	}
	for _, row := range e.Table("agenda") {
		one := Entry{Values: row}
		n := int(one.Int("minutes"))
		lines = append(lines, AgendaLine{From: clock(total), To: clock(total + n), Minutes: n, Text: row["text"], Presenter: row["presenter"], Document: row["document"], Note: row["note"]})
		total += n
	}
	return lines, total
}

// usualAgenda returns the lines of the agenda of a conference of its type (briefing
// 3.2): praise is given at the end of the year.
func usualAgenda(e *Entry) string {
	period := "…"
	if from, to := e.Day("from"), e.Day("to"); from.Known() && to.Known() {
		period = "từ " + from.String() + " đến " + to.String()
	}
	chair := e.Text("chair")
	if chair == "" {
		chair = "Người chủ trì"
	}
	line := func(text, presenter string, minutes int) map[string]string {
		return map[string]string{"text": text, "presenter": presenter, "minutes": strconv.Itoa(minutes)}
	}
	rows := []map[string]string{
		line("Ổn định tổ chức, giới thiệu đại biểu", "Văn phòng", 5),
		line("Khai mạc", chair, 5),
		line("Báo cáo kết quả cải cách hành chính, giải quyết thủ tục hành chính kỳ "+period, "Văn phòng", 20),
		line("Tình hình thực hiện kết luận kỳ trước", "Văn phòng", 10),
		line("Xếp hạng đơn vị, xã; đơn vị có hồ sơ quá hạn giải trình", "Các đơn vị", 20),
		line("Thảo luận", "Đại biểu dự họp", 40),
	}
	if e.Is("type", "year") {
		rows = append(rows, line("Công bố khen thưởng", "Văn phòng", 10))
	}
	return StoreTable(append(rows, line("Phát biểu chỉ đạo, kết luận", chair, 15)))
}

// Attendance counts the people of a conference.
type Attendance struct {
	Invited  int // told yes, or nothing about an invitation
	Present  int // themselves or through others
	StandIns int // of those present
}

// AttendanceOf counts the people of a conference; who sent somebody is present unless
// the list says otherwise. Guests who were not invited are present only.
func AttendanceOf(e *Entry) (a Attendance) {
	for _, p := range e.Table("people") {
		if p["invited"] != "0" {
			a.Invited++
		}
		sent := p["stand_in"] != ""
		if p["present"] == "1" || sent && p["present"] != "0" {
			a.Present++
			if sent {
				a.StandIns++
			}
		}
	}
	return a
}

// absent counts those who were invited and did not come.
func absent(e *Entry) (n int) {
	for _, p := range e.Table("people") {
		if p["invited"] != "0" && p["present"] != "1" && (p["stand_in"] == "" || p["present"] == "0") {
			n++
		}
	}
	return n
}

// Quorum writes how many of those invited came; "" for an empty list.
func Quorum(e *Entry) string {
	a := AttendanceOf(e)
	if a.Invited+a.Present == 0 {
		return ""
	}
	s := fmt.Sprintf("Mời %d đại biểu; có mặt %d", a.Invited, a.Present)
	if a.StandIns > 0 {
		s += fmt.Sprintf(" (trong đó %d người dự thay)", a.StandIns)
	}
	missing := absent(e)
	if a.Invited > 0 {
		s += fmt.Sprintf("; vắng %d; tỷ lệ đại biểu được mời dự họp %d/%d = %s %%", missing, a.Invited-missing, a.Invited,
			data.Ratio{Numerator: int64(a.Invited - missing), Denominator: int64(a.Invited)}.Percent())
	}
	return s + "."
}

// last returns the newest conference before another one: by day, then by its place in
// the register. Supplements are none.
func lastConference(w *World, but *Entry) (last *Entry) {
	for _, c := range w.Entries("conference") {
		if but != nil && (c.ID == but.ID || but.Day("at").Known() && c.Day("at") > but.Day("at")) || c.Has("supplements") {
			continue
		}
		if last == nil || c.Day("at") >= last.Day("at") {
			last = c
		}
	}
	return last
}

// invited returns the people of a conference as the next one invites them.
func invited(e *Entry) string {
	var rows []map[string]string
	for _, p := range e.Table("people") {
		if p["invited"] != "0" {
			rows = append(rows, map[string]string{"name": p["name"], "role": p["role"], "invited": "1"})
		}
	}
	return StoreTable(rows)
}

// beginConference proposes the conference of the month: place and people of the last
// one, the usual agenda.
func beginConference(w *World) map[string]string {
	first := w.spoken(w.Today)
	if last := lastConference(w, &Entry{}); last != nil {
		covered := last.Day("to")
		if !covered.Known() && last.Day("at").Known() {
			y, m, _ := w.spoken(last.Day("at")).Civil()
			covered = data.Date(y, m+1, 0)
		}
		y, m, _ := (covered + 1).Civil()
		now, this, _ := w.Today.Civil()
		first = max(first, min(data.Date(y, m, 1), data.Date(now, this, 1)))
	}
	y, m, _ := first.Civil()
	e := &Entry{Values: map[string]string{"type": "month", "from": first.ISO(), "to": (data.Date(y, m+1, 1) - 1).ISO(),
		"name": fmt.Sprintf("Hội nghị giao ban công tác cải cách hành chính tháng %d/%d", int(m), y)}}
	for key, stored := range likeLast(w, e) {
		e.Set(key, stored)
	}
	return e.Values
}

// spoken is the first day of the month of which a meeting on a day speaks: early in a month
// it looks back on the one before.
func (w *World) spoken(on data.Day) data.Day {
	y, m, day := on.Civil()
	if day <= 15 {
		m--
	}
	return data.Date(y, m, 1)
}

// likeLast returns what a conference takes over from the one before it, and the usual
// agenda.
func likeLast(w *World, e *Entry) map[string]string {
	v := map[string]string{}
	known := e.Clone()
	if last := lastConference(w, e); last != nil {
		for _, key := range []string{"place", "online", "chair", "chair_title", "secretary"} {
			v[key] = last.Text(key)
			if !known.Has(key) {
				known.Set(key, last.Text(key))
			}
		}
		v["people"] = invited(last)
	}
	v["agenda"] = usualAgenda(known)
	return v
}

func isSigned(_ *World, e *Entry) bool  { return e.Has("minutes_date") }
func notSigned(w *World, e *Entry) bool { return !isSigned(w, e) }

// conferenceActions are the steps of a conference in their order.
var conferenceActions = []Action{
	{ID: "prepare", Title: "Chuẩn bị", Propose: likeLast, Offered: notSigned,
		Keys: []string{"name", "type", "at", "place", "online", "chair", "chair_title", "secretary", "from", "to", "as_of", "invitation", "invitation_date", "agenda", "people"}},
	{ID: "hold", Title: "Điểm danh, diễn biến", Offered: notSigned, Keys: []string{"people", "proceedings", "ended"}},
	{ID: "conclude", Title: "Ghi kết luận", Makes: "conclusion", Several: true, Offered: notSigned, Keys: []string{"text", "unit", "deadline_words", "no_task"}, Next: "tasks",
		Propose: func(_ *World, e *Entry) map[string]string {
			return map[string]string{"conference": strconv.FormatUint(e.ID, 10)}
		}},
	{ID: "tasks", Title: "Tách nhiệm vụ", Makes: "task", Series: openConclusions,
		Offered: func(w *World, e *Entry) bool { return len(openConclusions(w, e)) > 0 }},
	{ID: "sign", Title: "Ký biên bản", Offered: notSigned, Keys: []string{"minutes", "minutes_date"}},
	{ID: "notice", Title: "Thông báo kết luận", Keys: []string{"assessment", "arrangement", "notice", "notice_date"}},
	{ID: "supplement", Title: "Bổ sung biên bản", Makes: "conference", Offered: isSigned, Propose: func(w *World, e *Entry) map[string]string {
		v := map[string]string{"supplements": strconv.FormatUint(e.ID, 10), "name": "Bổ sung biên bản " + e.Text("name"), "at": w.Today.ISO()}
		for _, key := range []string{"type", "from", "to", "as_of", "place", "online", "chair", "chair_title", "secretary"} {
			v[key] = e.Text(key)
		}
		return v
	}},
}

// openConclusions proposes a task for each conclusion of a conference that waits for
// one.
func openConclusions(w *World, e *Entry) (out []map[string]string) {
	for _, c := range w.Linked("conclusion", "conference", e.ID) {
		if state, _ := Conclusion.Derive(w, c); state == "open" {
			out = append(out, proposeTask(w, c))
		}
	}
	return out
}
