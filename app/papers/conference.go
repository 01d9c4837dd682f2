package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/reports/form"
	"giaoban/reports/meeting"
	"giaoban/reports/paper"
)

// Conferences is the occasion of the papers of conferences.
const Conferences Occasion = "Hội nghị"

// conferencePaper is a paper of a conference: a report of the table, and what the row of
// the conference offers to print.
type conferencePaper struct {
	name         Name
	title, about string
	draw         meeting.Drawer
	layout       string // of the logbook that stands in the workbook, as kind/id
	document     func(*meeting.Conference) *meeting.Document
}

var conferencePapers = []conferencePaper{
	{"giay-moi", "Giấy mời họp", "Giấy mời dự hội nghị: thời gian, địa điểm, thành phần, nội dung.", meeting.Invitation, "conference/H1",
		func(c *meeting.Conference) *meeting.Document { return &c.Invitation }},
	{"chuong-trinh", "Chương trình hội nghị", "Các mục của chương trình với giờ bắt đầu, kết thúc và tổng số phút.", meeting.Agenda, "conference/H1", nil},
	{"danh-sach-du", "Danh sách đại biểu", "Danh sách mời, dự họp để ký tên, với số có mặt.", meeting.People, "conference/H1", nil},
	{"bien-ban", "Biên bản hội nghị", "Biên bản cuộc họp với các kết luận đánh số.", meeting.Minutes, "conclusion/H2",
		func(c *meeting.Conference) *meeting.Document { return &c.Minutes }},
	{"thong-bao-ket-luan", "Thông báo kết luận", "Thông báo kết luận hội nghị và phụ lục phân công nhiệm vụ.", meeting.Notice, "task/T4",
		func(c *meeting.Conference) *meeting.Document { return &c.Notice }},
}

// conferenceReports are the rows of Reports for the papers of conferences.
func conferenceReports() (out []Report) {
	for _, p := range conferencePapers {
		out = append(out, Report{Name: p.name, Title: p.title, About: p.about, Occasion: Conferences,
			Workbook: func(d *desk.Desk, r Request, path string) error { return layoutWorkbook(d, p.layout, r, path) },
			gather: func(_ context.Context, read *reader, r Request) (content, error) {
				list, err := conferences(read.d, r)
				if len(list) == 1 && p.document != nil {
					of := p.document(&list[0])
					of.Number = cmp.Or(r.Number, of.Number)
					if r.Date.Known() {
						of.Date = r.Date
					}
				}
				return content{meetings: list}, err
			},
			draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
				return meeting.Build(ctx, c.meetings, p.draw, o)
			}})
	}
	return out
}

// layoutWorkbook writes a table of a logbook for the period of a request to a workbook.
func layoutWorkbook(d *desk.Desk, which string, r Request, path string) error {
	kind, id, _ := strings.Cut(which, "/")
	t, err := GatherLogbook(d, layout(kind, id, r.Period, nil))
	if err != nil {
		return err
	}
	return t.Workbook(context.Background(), d, path)
}

// Held reports whether a conference of the register lies in the period.
func Held(d *desk.Desk, p data.Period) (bool, error) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return false, err
	}
	return len(heldIn(w, p)) > 0, nil
}

// heldIn returns the conferences of a period, oldest first.
func heldIn(w *logbook.World, p data.Period) (found []*logbook.Entry) {
	for _, e := range w.Entries("conference") {
		if at := e.Day("at"); p.From <= at && at <= p.To {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b *logbook.Entry) int { return cmp.Compare(a.Text("at"), b.Text("at")) })
	return found
}

// conferences gathers the conference of a request, or those held in its period, oldest
// first. A period without one gives a paper to be filled in by hand.
func conferences(s *desk.Snapshot, r Request) ([]meeting.Conference, error) {
	w, err := s.Logbooks(s.Today())
	if err != nil {
		return nil, err
	}
	names := desk.EntryNames{World: w, Cat: s.Catalogue()}
	found := heldIn(w, r.Period)
	if r.Conference != "" {
		e, err := conferenceNamed(names, r.Conference)
		if err != nil {
			return nil, err
		}
		found = []*logbook.Entry{e}
	}
	if len(found) == 0 {
		return []meeting.Conference{{Office: s.Office()}}, nil
	}
	out := make([]meeting.Conference, len(found))
	for i, e := range found {
		out[i] = conferenceOf(s.Office(), names, e)
	}
	return out, nil
}

// conferenceNamed finds a conference by its number in the register or «#id».
func conferenceNamed(names desk.EntryNames, name string) (*logbook.Entry, error) {
	e := names.World.Entry("conference", names.EntryID("conference", name))
	if e == nil {
		return nil, data.Fail(data.NotFound, "Sổ hội nghị không có «"+name+"». Ghi số của hội nghị như trong sổ, ví dụ HN3/2026.", nil)
	}
	return e, nil
}

// FiguresOf returns the period whose figures a conference speaks of, by its name where it
// has one, and the day of the figures; ok is false where the conference tells none.
func FiguresOf(e *logbook.Entry) (p data.Period, asOf data.Day, ok bool) {
	from, to := e.Day("from"), e.Day("to")
	if !from.Known() || !to.Known() {
		return p, asOf, false
	}
	asOf = to
	if at := e.Day("as_of"); at.Known() {
		asOf = at
	}
	keys := []string{"", "-H1", "-H2", "-9M"}
	for n := 1; n <= 12; n++ {
		keys = append(keys, fmt.Sprintf("-%02d", n), fmt.Sprintf("-Q%d", n))
	}
	for _, prefix := range []string{"", "nd09:"} {
		for _, key := range keys {
			if named, err := data.ParsePeriod(prefix + strconv.Itoa(to.Year()) + key); err == nil && named.From == from && named.To == to {
				return named, asOf, true
			}
		}
	}
	p, err := data.FreePeriod(from, to)
	return p, asOf, err == nil
}

// shown is what a field of a table row holds as people read it.
func shown(f *logbook.Field, key string, row map[string]string, names logbook.Names) string {
	for i := range f.Rows {
		if f.Rows[i].Key == key {
			return f.Rows[i].Shown(row[key], names)
		}
	}
	return ""
}

// conferenceOf gathers what the papers of a conference are drawn from.
func conferenceOf(office data.Office, names desk.EntryNames, e *logbook.Entry) meeting.Conference {
	w, k := names.World, logbook.Find("conference")
	c := meeting.Conference{Office: office, Name: e.Text("name"), At: e.Moment("at"), Ended: e.Moment("ended"), Place: e.Text("place"), Way: k.Field("online").Shown(e.Text("online"), names),
		Chair: e.Text("chair"), ChairTitle: e.Text("chair_title"), Secretary: e.Text("secretary"), From: e.Day("from"), To: e.Day("to"),
		Invitation: meeting.Document{Number: e.Text("invitation"), Date: e.Day("invitation_date")}, Minutes: meeting.Document{Number: e.Text("minutes"), Date: e.Day("minutes_date")},
		Notice: meeting.Document{Number: e.Text("notice"), Date: e.Day("notice_date")}, Proceedings: e.Text("proceedings"), Assessment: e.Text("assessment"), Arrangement: e.Text("arrangement")}
	c.Agenda, c.Length = logbook.Agenda(e)
	people := k.Field("people")
	told := false
	for _, row := range e.Table("people") {
		told = told || row["present"] != "" || row["stand_in"] != ""
		c.People = append(c.People, meeting.Person{Name: row["name"], Role: row["role"], StandIn: row["stand_in"], Invited: shown(people, "invited", row, names), Present: shown(people, "present", row, names)})
	}
	if told {
		c.Quorum = logbook.Quorum(e)
	}
	if of := w.Entry("conference", e.Ref("supplements")); of != nil {
		c.Supplements = "Biên bản số " + cmp.Or(of.Text("minutes"), "……") + " " + paper.DateLine("", of.Day("minutes_date"), of.Day("at").Year()) + " của " + of.Text("name")
	}
	said := slices.Clone(w.Linked("conclusion", "conference", e.ID))
	slices.SortStableFunc(said, func(a, b *logbook.Entry) int { return cmp.Compare(a.Int("order"), b.Int("order")) })
	for _, one := range said {
		k := meeting.Conclusion{Number: one.Int("order"), Text: one.Text("text"), Unit: w.UnitName(uint32(one.Ref("unit"))), DeadlineText: one.Text("deadline_words"), NoTask: one.True("no_task")}
		c.Conclusions = append(c.Conclusions, k)
		c.Tasks = append(c.Tasks, tasksOf(names, one, k)...)
	}
	return c
}

// tasksOf are the lines of the annex for a conclusion: its tasks, or the conclusion
// itself where it waits for one.
func tasksOf(names desk.EntryNames, e *logbook.Entry, k meeting.Conclusion) (out []meeting.Task) {
	tasks := logbook.Find("task")
	for _, t := range names.World.Linked("task", "conclusion", e.ID) {
		if t.Is("progress", "dropped") {
			continue
		}
		due := cmp.Or(t.Day("due").String(), t.Text("due_words"), tasks.Field("due_kind").Shown(t.Text("due_kind"), names))
		out = append(out, meeting.Task{Conclusion: k.Number, Text: t.Text("text"), Lead: names.World.UnitName(uint32(t.Ref("lead"))),
			Partners: tasks.Field("partners").Shown(t.Text("partners"), names), Product: t.Text("product"), Due: due})
	}
	if len(out) == 0 && !k.NoTask {
		out = append(out, meeting.Task{Conclusion: k.Number, Text: k.Text, Lead: k.Unit, Due: k.DeadlineText})
	}
	return out
}

// EntryPaper is a paper of one entry of a logbook, such as the minutes of a conference.
type EntryPaper struct {
	ID, Title string
	// Private says that it names persons, who may be masked.
	Private bool
	write   func(context.Context, *desk.Desk, uint64, bool) ([]byte, error)
}

// NextPaper is the paper that an entry asks for in a state: a meeting its invitation, its
// minutes once it was held, the notice once they are signed; "" where any may be wanted.
func NextPaper(kind, state string) string {
	next := map[string]Name{"planned": "giay-moi", "held": "bien-ban", "signed": "thong-bao-ket-luan", "notice-late": "thong-bao-ket-luan", "concluded": "thong-bao-ket-luan"}
	if kind != "conference" {
		return ""
	}
	return string(next[state])
}

// EntryPapers are the papers of an entry of a kind; nil where it has none.
func EntryPapers(kind string) (out []EntryPaper) {
	switch kind {
	case "conference":
		for _, p := range conferencePapers {
			out = append(out, EntryPaper{ID: string(p.name), Title: p.title, write: func(ctx context.Context, d *desk.Desk, id uint64, _ bool) ([]byte, error) {
				drawn, err := Pages(ctx, d, Request{Name: p.name, Conference: "#" + strconv.FormatUint(id, 10)})
				return drawn.PDF, err
			}})
		}
	case "inspection":
		out = append(out, EntryPaper{ID: "K4", Title: "Biên bản kiểm tra đột xuất công vụ", Private: true, write: inspectionMinutes})
	}
	return out
}

// Write draws the paper of an entry as a PDF; masked shortens the names of persons.
func (p EntryPaper) Write(ctx context.Context, d *desk.Desk, id uint64, masked bool) ([]byte, error) {
	return p.write(ctx, d, id, masked)
}

// inspectionMinutes draws form K4.
func inspectionMinutes(ctx context.Context, d *desk.Desk, id uint64, masked bool) ([]byte, error) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil, err
	}
	k, e := logbook.Find("inspection"), w.Entry("inspection", id)
	if e == nil {
		return nil, data.Fail(data.NotFound, "Không còn cuộc kiểm tra này trong sổ.", nil)
	}
	names := desk.EntryNames{World: w, Cat: d.Catalogue()}
	x := meeting.Inspection{Office: d.Office(), Unit: w.UnitName(uint32(e.Ref("unit"))), Decision: e.Text("decision"), Day: e.Day("date"), Leader: e.Text("leader"), Verdict: e.Text("verdict")}
	if e.Has("members") {
		x.Members = strings.Split(e.Text("members"), "\n")
	}
	f := k.Field("officers")
	for _, row := range e.Table("officers") {
		name := row["name"]
		if masked {
			name = Mask(name)
		}
		x.Officers = append(x.Officers, meeting.Officer{Name: name, Present: shown(f, "present", row, names), Absent: row["absent"], Fault: row["fault"], Note: row["note"]})
	}
	o := paper.Options{Title: "Biên bản kiểm tra đột xuất công vụ", Author: form.OneLine(d.Office().Name)}
	if x.Day.Known() {
		o.Created = x.Day.Time().Add(8 * time.Hour)
	}
	return bytesOf(meeting.BuildInspection(ctx, &x, o))
}
