package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit/why"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// Detail is one dossier as the pane shows it.
type Detail struct {
	ID                     uint64
	First                  Move   // what usually comes next; no kind where there is nothing
	Others                 []Move // what else can be done
	Code, Owner, Procedure string
	Outcome                data.Outcome
	Soon                   bool
	State                  string // in words, with the lateness
	AsOf                   string // the day of the state where it is not today, else ""
	Now                    string // the state today, where AsOf is another day and it differs
	Facts                  []Fact
	Parts                  []PartLine
	Letters                []Fact // of apology: number and day, delivery
	Doubts                 []string
	Linked                 []Fact // both due dates of a linked procedure
	Events                 []Happening
	Why                    *why.Reason // nil when there is nothing to explain
}

// PartLine is one paper of the dossier.
type PartLine struct{ Name, Original, Certified, Copies, Digital string }

// Fact is one labelled value.
type Fact struct{ Label, Value string }

// Happening is one point on the line of events.
type Happening struct {
	When, What, More string
	Key              bool // receipt, due date, end: drawn stronger
	at               data.Day
}

// Look reads a dossier off the window's goroutine and gives it to show.
func (m *Model) Look(id uint64, show func(Detail, error)) {
	day := m.asOf
	m.s.Go(func() {
		d, err := m.detail(id, day)
		m.s.Post(func() { show(d, err) })
	})
}

func (m *Model) detail(id uint64, day data.Day) (Detail, error) {
	d, err := m.s.Desk.Dossier(id)
	if err != nil {
		return Detail{}, err
	}
	c := m.s.Desk.Catalogue()
	s := d.On(day)
	o := s.Outcome(day, d.Term)
	out := Detail{ID: id, Code: d.Code, Owner: d.Owner.Name, Procedure: c.ProcedureOf(&d), Outcome: o, State: stateWord(s, o)}
	if today := m.s.Today(); day != today {
		out.AsOf = day.String()
		if now := d.On(today); now != s {
			out.Now = text.Within(stateWord(now, now.Outcome(today, d.Term)))
		}
	}
	cal := m.s.Desk.Calendar()
	switch {
	case o == data.Overdue:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Due.Day+1, day))
	case o == data.Late:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Due.Day+1, s.Ended.Day))
	case o == data.Early:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Ended.Day+1, s.Due.Day))
	case o == data.PendingInTime && s.Due.Known():
		left := cal.WorkingDays(day+1, s.Due.Day)
		out.Soon = m.s.Desk.Soon(s.Due, day)
		out.State += fmt.Sprintf(", còn %d ngày làm việc", left)
	}
	out.First, out.Others = MovesOf(&d, m.s.Desk.Today())
	out.Facts = facts(c, &d)
	if d.Origin.Import > 0 {
		out.Facts = append(out.Facts, Fact{"Nguồn", m.source(&d)})
	}
	for _, p := range d.Parts {
		out.Parts = append(out.Parts, PartLine{p.Name, count(p.Original), count(p.Certified), count(p.Copies), p.Digital.String()})
	}
	out.Doubts = doubts(d.Flags)
	if s.Apologies > 0 {
		out.Letters = m.letters(d.ID)
	}
	out.Linked = m.linked(&d, s, day)
	out.Events = happenings(&d, s)
	out.Why = why.Of(m.s.Desk, &d)
	return out, nil
}

// AlsoOpen says which other desks have a dossier open, "" for none.
func (m *Model) AlsoOpen(id uint64) string {
	var names []string
	for _, p := range m.s.Desk.Others() {
		if id != 0 && p.Opened == id {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, ", ") + " đang mở hồ sơ này"
}

func facts(c *desk.Catalogue, d *data.Dossier) []Fact {
	var out []Fact
	add := func(label, value string) {
		if strings.TrimSpace(value) != "" {
			out = append(out, Fact{label, value})
		}
	}
	p := c.Procedure(d.Procedure)
	add("Mã do", basis.SystemOf(d.Code))
	add("Mã thủ tục", p.Code)
	add("Hệ thống xử lý thủ tục", p.SystemOn(d.Received.Day))
	if !d.Term.Known() && p.Term.Known() {
		add(desk.FactLabel("term"), p.Term.String()+" (theo danh mục)")
	}
	known := *d
	known.Flags &= data.Digitised | data.EResult | data.Published | data.Satisfied // doubts have a part of their own
	for _, x := range c.Differences(&data.Dossier{}, &known) {
		switch x.Field {
		case "code", "procedure", "title", "owner", "received", "due", "ownDue", "parts", "mode", "paid":
		case "content":
			if d.Content != p.Name {
				add(x.Label, x.New)
			}
		case "fee":
			add(x.Label, x.New+" đ, "+paid(d))
		default:
			add(x.Label, x.New)
		}
	}
	add("Bộ phận đang giữ", d.On(data.MaxDay).Desk)
	return out
}

// paid tells how a fee was paid.
func paid(d *data.Dossier) string {
	switch {
	case d.Paid != 0:
		return "đã nộp " + strings.ToLower(d.Paid.String())
	case d.Flags&data.PaidOnline != 0:
		return "đã nộp trực tuyến"
	}
	return "chưa rõ đã nộp"
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return data.FormatInt(int64(n))
}

// doubts tell what the source left open about a dossier.
func doubts(f data.Flag) []string {
	var out []string
	for _, m := range []struct {
		flag data.Flag
		text string
	}{
		{data.DoubtPhone, "Số điện thoại có thể thiếu số: tệp nguồn lưu như con số."},
		{data.DoubtID, "Số định danh có thể thiếu số: tệp nguồn lưu như con số."},
		{data.DoubtDates, "Ngày trong tệp nguồn đọc theo ngày/tháng; tệp không cho biết chắc."},
		{data.EndUnknown, "Đã xong nhưng tệp nguồn không ghi ngày xong."},
		{data.StatusUnsure, "Tình trạng được suy ra từ các ngày; tệp nguồn không ghi."},
	} {
		if f&m.flag != 0 {
			out = append(out, m.text)
		}
	}
	return out
}

// source names the import that a dossier came from.
func (m *Model) source(d *data.Dossier) string {
	text := fmt.Sprintf("lần nhập số %d, dòng %d", d.Origin.Import, d.Origin.Row)
	list, err := m.s.Desk.Imports()
	if err != nil {
		return text
	}
	for _, im := range list {
		if im.ID == d.Origin.Import && im.File != "" {
			text += ", tệp " + im.File
			if im.Sheet != "" {
				text += ", trang tính " + im.Sheet
			}
		}
	}
	return text
}

// letters are the letters of apology of a dossier: number and day, delivery.
func (m *Model) letters(id uint64) []Fact {
	list, err := m.s.Desk.Letters(0)
	if err != nil {
		m.s.Fault(err)
		return nil
	}
	var out []Fact
	for _, l := range list {
		if l.Value.Dossier != id {
			continue
		}
		state := "chưa gửi"
		switch {
		case l.Value.Void:
			state = "đã hủy"
		case l.Value.Delivered.Known():
			state = "đã gửi " + l.Value.Delivered.String()
			if l.Value.How != "" {
				state += ", " + l.Value.How
			}
		}
		if l.Value.Promised.Known() {
			state += "; hẹn lại " + l.Value.Promised.Day.String()
		}
		out = append(out, Fact{m.s.Desk.LetterNumber(&l.Value), "ngày " + l.Value.Day.String() + ", " + state})
	}
	return out
}

// linked tells both due dates of a dossier that other agencies resolve too.
func (m *Model) linked(d *data.Dossier, s data.State, day data.Day) []Fact {
	if !d.OwnDue.Known() {
		return nil
	}
	own := d.OwnDue.Day.String()
	switch end := s.Ended.Day; {
	case s.Closed && end.Known() && end > d.OwnDue.Day, !s.Closed && !s.Paused && day > d.OwnDue.Day:
		own += " (đã quá)"
	}
	return []Fact{{"Hạn của đơn vị", own}, {"Hẹn trả công dân", s.Due.Day.String()}}
}

func happenings(d *data.Dossier, s data.State) []Happening {
	out := []Happening{{When: d.Received.String(), What: "Tiếp nhận", Key: true}}
	for i := range d.Events {
		e := &d.Events[i]
		h := Happening{When: d.Happened(i).String(), What: e.Kind.String(), at: d.Happened(i).Day}
		h.When = cmp.Or(h.When, "không rõ ngày")
		var more []string
		if e.Due.Known() {
			more = append(more, "hẹn "+e.Due.Day.String())
		}
		switch e.Kind {
		case data.HandOver:
			if e.Old != "" {
				more = append(more, "từ "+e.Old)
			}
			more = append(more, "sang "+cmp.Or(e.New, "(trống)"))
		case data.Correct:
			more = append(more, fmt.Sprintf("%s: %s thành %s", desk.FactLabel(e.Field), cmp.Or(e.Old, "(trống)"), cmp.Or(e.New, "(trống)")))
		}
		for _, t := range []string{e.Ref, strings.ReplaceAll(e.More, "\n", ", "), e.Text, handedTo(e), e.Signer, e.By} {
			if t = strings.TrimRight(t, ". "); t != "" {
				more = append(more, t)
			}
		}
		h.More = strings.Join(more, "; ")
		h.Key = e.Kind == data.Finish || e.Kind == data.Return
		out = append(out, h)
	}
	if s.Due.Known() {
		due := Happening{When: s.Due.String(), What: "Hẹn trả kết quả", Key: true}
		if s.Promised != s.Due {
			due.More = "đã xin lỗi, hẹn lại " + s.Promised.Day.String()
		}
		at := 1 + slices.IndexFunc(out[1:], func(h Happening) bool { return h.at > s.Due.Day })
		if at == 0 {
			at = len(out)
		}
		out = slices.Insert(out, at, due)
	}
	return out
}

// handedTo tells who took a result, and how.
func handedTo(e *data.Event) string {
	if e.To == "" {
		return strings.ToLower(e.Way.String())
	}
	if e.Way == 0 {
		return "người nhận " + e.To
	}
	return "người nhận " + e.To + " (" + strings.ToLower(e.Way.String()) + ")"
}

// History reads the history of a dossier off the window's goroutine and gives it
// to show, newest first.
func (m *Model) History(id uint64, show func([]desk.Change, error)) {
	m.s.Go(func() {
		list, err := m.s.Desk.History(id)
		slices.Reverse(list)
		m.s.Post(func() { show(list, err) })
	})
}
