package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// teller makes up the registers of a year that ends on last.
type teller struct {
	*rand.Rand
	add   func(*logbook.Kind, *logbook.Entry) (uint64, error)
	last  data.Day
	open  func(data.Day) data.Day // the working day on a day or after it
	units []uint32
	asked []answered // dossiers whose citizens filled in a slip
	err   error
}

// answered is a dossier of which a slip tells.
type answered struct {
	code, unit, officer string
	on                  data.Day
}

// ask finds dossiers that were handed over in the year that ends on a day.
func (m *teller) ask(d *desk.Desk) error {
	const slips = 24
	p := data.Period{From: m.last - 364, To: m.last}
	ids := d.List(desk.Query{Period: &p, Column: data.ColResolved, AsOf: m.last}).IDs
	var chosen []uint32
	for i := range min(slips, len(ids)) {
		chosen = append(chosen, ids[i*len(ids)/slips])
	}
	return d.Dossiers(chosen, func(one *data.Dossier) error {
		if on := one.On(m.last).Ended.Day; on.Known() {
			m.asked = append(m.asked, answered{one.Code, strconv.FormatUint(uint64(one.Unit), 10), one.Officer, on})
		}
		return nil
	})
}

// superior are documents of the superior office with what they ask for, and those by which
// the office passed it on.
func (m *teller) superior() {
	for i, text := range []string{"Đẩy mạnh số hóa kết quả giải quyết còn hiệu lực", "Chấn chỉnh việc yêu cầu thêm giấy tờ ngoài quy định", "Rà soát thủ tục đủ điều kiện trực tuyến toàn trình",
		"Công khai kết quả xử lý phản ánh, kiến nghị", "Báo cáo kết quả cải cách hành chính quý"} {
		on := m.open(m.last - data.Day(310-62*i))
		number := strconv.Itoa(210 + 37*i)
		m.put(logbook.Find("document"), on, "group", "superior", "symbol", number+"/UBND-KSTT", "date", on.ISO(), "arrived", m.past(m.open(on+1)), "issuer", "Ủy ban nhân dân tỉnh", "summary", text,
			"domain", "procedures", "unit", m.unit(), "due", (on + 40).ISO(), "done", m.past(m.open(on+data.Day(24+5*i))))
		if i%2 == 0 {
			m.put(logbook.Find("document"), on+4, "group", "directing", "symbol", strconv.Itoa(31+i)+"/VP-TH", "date", m.past(m.open(on+4)), "issuer", "Văn phòng", "summary", "Triển khai Văn bản "+number+"/UBND-KSTT", "domain", "procedures")
		}
		m.task(on, on+40, []int{1, 2, 7, 3, 9}[i], "source", "superior", "text", text, "basis", "Văn bản "+number+"/UBND-KSTT", "domain", "procedures", "product", "Báo cáo")
	}
}

// slips are what citizens said of their own dossiers.
func (m *teller) slips() {
	for i, a := range m.asked {
		level := []string{"3", "3", "3", "2"}[i%4]
		v := []string{"date", a.on.ISO(), "channel", "tablet", "unit", a.unit, "officer", a.officer, "dossier", a.code, "scale", "3", "level", level}
		if i == 10 {
			v = append(v[:len(v)-1], "1", "reason", "Phải đi lại nhiều lần")
		}
		m.put(logbook.Slip, a.on, v...)
	}
}

// put adds an entry that was entered on a day; pairs are keys and texts, "" for unknown.
func (m *teller) put(k *logbook.Kind, on data.Day, pairs ...string) uint64 {
	e := &logbook.Entry{Made: at(min(on, m.last)), Values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		e.Set(pairs[i], pairs[i+1])
	}
	if m.err != nil {
		return 0
	}
	id, err := m.add(k, e)
	if err != nil {
		m.err = fmt.Errorf("%s: %w", k.ID, err)
	}
	return id
}

func (m *teller) unit() string { return strconv.FormatUint(uint64(m.units[m.IntN(len(m.units))]), 10) }

// past is a day as text, "" while it has not come.
func (m *teller) past(d data.Day) string {
	if d > m.last {
		return ""
	}
	return d.ISO()
}

// task adds a task that was issued on a day; how it went follows from lot, 0 to 9.
func (m *teller) task(issued, due data.Day, lot int, pairs ...string) {
	v := append([]string{"issued", issued.ISO(), "due", due.ISO(), "lead", m.unit()}, pairs...)
	done := m.past(due - data.Day(2+m.IntN(8)))
	if lot == 7 || lot == 8 {
		done = m.past(due + data.Day(3+m.IntN(9)))
	}
	switch {
	case lot == 9 || done == "" || done < issued.ISO():
		v = append(v, "progress", "doing", "percent", strconv.Itoa(10*(2+m.IntN(7))), "obstacle", "Chờ ý kiến của đơn vị phối hợp")
	default:
		v = append(v, "progress", "done", "percent", "100", "done", done)
		if lot != 5 {
			v = append(v, "evidence", strconv.Itoa(20+m.IntN(200))+"/BC-VP", "evidence_date", done)
		}
	}
	m.put(logbook.Task, issued, v...)
}

// addEntries fills the registers of the demonstration office for the year that ends on
// a day: plan, conferences with their conclusions and tasks, petitions, slips,
// inspections, dialogues, initiatives, praise and indicators. All of it is made up; it touches no
// dossier. The same day always gives the same entries.
func addEntries(ctx context.Context, d *desk.Desk, last data.Day) error {
	if !last.Known() {
		last = data.Date(2022, time.December, 31)
	}
	m := &teller{Rand: rand.New(rand.NewPCG(uint64(last), 12)), last: last, open: d.Calendar().OnOrAfter}
	for _, u := range d.Catalogue().Units {
		if u.ValidOn(last) {
			m.units = append(m.units, u.ID)
		}
	}
	if len(m.units) == 0 || last > d.Today() {
		return nil
	}
	if err := m.ask(d); err != nil {
		return err
	}
	if err := addIndicators(ctx, d, last, m.units); err != nil {
		return err
	}
	return d.FoundEntries(ctx, "Tạo sổ nhiệm vụ, hội nghị và các sổ khác minh họa", func(add func(*logbook.Kind, *logbook.Entry) (uint64, error)) error {
		m.add = add
		m.plan()
		for i := range 6 {
			m.conference(i)
		}
		m.citizens()
		m.inspections()
		m.people()
		m.readings()
		m.slips()
		m.superior()
		return m.err
	})
}

func (m *teller) plan() {
	start := m.last - 350
	for i, p := range tale().Plan {
		pairs := []string{"source", "plan", "text", p.Text, "domain", p.Domain, "product", p.Product, "basis", "Kế hoạch cải cách hành chính năm"}
		switch i {
		case 2, 21:
			m.put(logbook.Task, start, append(pairs, "issued", start.ISO(), "lead", m.unit(), "due_kind", "standing", "progress", "doing")...)
		case 17:
			m.put(logbook.Task, start, append(pairs, "issued", start.ISO(), "lead", m.unit(), "due_kind", "waiting", "no_due_reason", "Chờ hướng dẫn của cấp trên")...)
		default:
			m.task(start, m.open(start+data.Day(40+i*14)), i%10, pairs...)
		}
	}
}

func (m *teller) conference(i int) {
	at := m.open(m.last - data.Day(30*(5-i)+22))
	number := strconv.Itoa(i + 1)
	day := at - 1
	id := m.put(logbook.Conference, at, "name", fmt.Sprintf("Hội nghị giao ban cải cách hành chính, số liệu đến %s", day), "type", "month", "from", (day - 29).ISO(), "to", day.ISO(),
		"at", at.ISO()+"T08:00", "place", "Phòng họp số 1", "chair", "Nguyễn Văn Minh Họa", "chair_title", "Chủ tịch", "secretary", "Trần Thị Minh Họa",
		"agenda", agendaOf(at), "people", peopleOf(i), "ended", at.ISO()+"T09:55", "invitation", number+"/GM-VP", "invitation_date", (at - 5).ISO(),
		"minutes", number+"/BB-VP", "minutes_date", at.ISO(), "notice", "1"+number+"/TB-VP", "notice_date", m.open(at+2).ISO())
	for j, text := range tale().Conclusions[:3+i%2] {
		due := m.open(at + data.Day(14+5*j))
		unit := m.unit()
		said := m.put(logbook.Conclusion, at, "conference", strconv.FormatUint(id, 10), "text", text, "unit", unit, "deadline_words", "trước ngày "+due.String())
		if i == 5 && j == 2 {
			continue // not yet made a task
		}
		m.task(at, due, (i*3+j)%10, "source", "conclusion", "text", text, "lead", unit, "conclusion", strconv.FormatUint(said, 10), "conference", number, "domain", "procedures",
			"basis", "Thông báo 1"+number+"/TB-VP")
	}
}

// agendaOf is the agenda of a conference.
func agendaOf(at data.Day) string {
	var rows []map[string]string
	for _, l := range []struct{ text, by, minutes string }{
		{"Ổn định tổ chức, giới thiệu đại biểu", "Văn phòng", "5"}, {"Khai mạc", "Nguyễn Văn Minh Họa", "5"},
		{"Báo cáo kết quả giải quyết thủ tục hành chính đến ngày " + (at - 1).String(), "Văn phòng", "20"}, {"Tình hình thực hiện kết luận kỳ trước", "Văn phòng", "10"},
		{"Xếp hạng đơn vị; đơn vị có hồ sơ quá hạn giải trình", "Các đơn vị", "20"}, {"Thảo luận", "Đại biểu dự họp", "40"}, {"Phát biểu chỉ đạo, kết luận", "Nguyễn Văn Minh Họa", "15"},
	} {
		rows = append(rows, map[string]string{"text": l.text, "presenter": l.by, "minutes": l.minutes})
	}
	return logbook.StoreTable(rows)
}

// peopleOf are those who were invited to a conference: one of them is absent, one sends
// somebody.
func peopleOf(i int) string {
	var rows []map[string]string
	for k, role := range []string{"Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an", "Bảo hiểm xã hội", "Trung tâm Phục vụ hành chính công", "Tư pháp - hộ tịch", "Địa chính - xây dựng"} {
		p := map[string]string{"name": fmt.Sprintf("Đại biểu Minh Họa %d", k+1), "role": role, "invited": "1", "present": "1"}
		switch k {
		case i % 8:
			p["present"] = "0"
		case (i + 3) % 8:
			p["stand_in"] = fmt.Sprintf("Người Dự Thay %d", i+1)
		}
		rows = append(rows, p)
	}
	return logbook.StoreTable(rows)
}

func (m *teller) citizens() {
	channels := []string{"portal", "phone", "direct", "letter", "form"}
	classes := []string{"behaviour", "regulation", "both", "other"}
	for i := range 30 {
		said := m.open(m.last - data.Day(330-11*i))
		v := []string{"said_at", said.ISO() + "T09:00", "entered", said.ISO(), "channel", channels[i%5], "text", tale().Petitions[i%6], "class", classes[i%4], "field", []string{"Đất đai", "Hộ tịch"}[i%2],
			"area", fmt.Sprintf("Tổ dân phố %d", 1+i%7), "anonymous", "1"}
		switch {
		case i%13 == 6:
			v = append(v, "competent", "0", "forwarded", m.past(m.open(said+2)), "forwarded_to", "Công ty điện lực")
		default:
			v = append(v, "competent", "1", "unit", m.unit())
			wait := data.Day(6 + m.IntN(12))
			if i%11 == 4 {
				wait = 34
			}
			if answered := m.open(said + wait); m.past(answered) != "" && i != 27 {
				v = append(v, "answered", answered.ISO(), "answer_document", strconv.Itoa(100+i)+"/VP", "published", m.past(m.open(answered+1)), "satisfied", []string{"1", "1", "1", "0"}[i%4])
			}
		}
		m.put(logbook.Petition, said, v...)
	}
	for i := range 48 {
		on := m.open(m.last - data.Day(340-7*i))
		level := []string{"3", "3", "2", "1"}[i%4]
		m.put(logbook.Slip, on, "date", on.ISO(), "channel", "paper", "unit", m.unit(), "scale", "3", "level", level, "count", strconv.Itoa(map[string]int{"3": 40, "2": 22, "1": 1}[level]+m.IntN(8)))
	}
	for i := range 4 {
		on := m.open(m.last - data.Day(320-85*i))
		id := m.put(logbook.Dialogue, on, "date", on.ISO(), "topic", []string{"Thủ tục đất đai", "Đăng ký kinh doanh", "Dịch vụ công trực tuyến", "Hộ tịch, chứng thực"}[i], "audience", "citizens", "unit", m.unit(),
			"chair", "Nguyễn Văn Minh Họa", "people", strconv.Itoa(60+10*i), "notice", strconv.Itoa(40+i)+"/TB-VP", "notice_date", m.past(m.open(on+6)), "result_date", m.past(m.open(on+18)))
		for j := range 4 {
			v := []string{"dialogue", strconv.FormatUint(id, 10), "text", tale().Petitions[(i+j)%6], "unit", m.unit()}
			if j == 0 {
				v = append(v, "on_the_spot", "1")
			} else {
				v = append(v, "due", (on + 20).ISO(), "answered", m.past(m.open(on+data.Day(8+5*j))))
			}
			m.put(logbook.Opinion, on, v...)
		}
	}
}

func (m *teller) inspections() {
	for i := range 5 {
		on := m.open(m.last - data.Day(300-65*i))
		unit := strconv.FormatUint(uint64(m.units[i%len(m.units)]), 10)
		id := m.put(logbook.Inspection, on, "type", []string{"reform", "duty", "reform", "control", "reform"}[i], "form", []string{"planned", "sudden"}[i%2], "decision", "12/KH-VP", "unit", unit, "date", on.ISO(),
			"minutes_date", on.ISO(), "conclusion", strconv.Itoa(60+i)+"/TB-VP", "conclusion_date", m.past(m.open(on+5)), "remedy_sent", m.past(m.open(on+18)))
		for j, text := range tale().Findings[:2+i%2] {
			done := m.past(m.open(on + data.Day(12+4*j)))
			if i == 4 && j == 1 {
				done = ""
			}
			found := m.put(logbook.Finding, on, "inspection", strconv.FormatUint(id, 10), "unit", unit, "domain", "procedures", "text", text, "severity", "correct", "required", "Khắc phục: "+text,
				"due", (on + 20).ISO(), "done", done, "document", "BC khắc phục")
			m.task(on, on+20, (i+j)%9, "source", "finding", "text", "Khắc phục: "+text, "lead", unit, "finding", strconv.FormatUint(found, 10), "domain", "procedures")
		}
	}
}

func (m *teller) people() {
	for i, name := range []string{"Phiếu hẹn có mã tra cứu", "Trả kết quả tại nhà cho người già", "Một ngày không hẹn"} {
		on := m.open(m.last - data.Day(280-80*i))
		m.put(logbook.Initiative, on, "name", name, "author", "Nhóm công chức minh họa", "unit", m.unit(), "domain", "procedures", "registered", on.ISO(), "effect", "giảm thời gian chờ",
			"decision", strconv.Itoa(300+i)+"/QĐ", "decision_date", m.past(m.open(on+30)), "applied", m.past(m.open(on+60)))
	}
	on := m.open(m.last - 12)
	for i := range 4 {
		unit := m.unit()
		m.put(logbook.Praise, on, "name", fmt.Sprintf("Tập thể minh họa %d", i+1), "collective", "1", "unit", unit, "merit", "Không có hồ sơ quá hạn trong năm", "form", "certificate", "level", "Cơ quan",
			"proposal", "8/TTr-VP", "proposed_date", on.ISO(), "decision", "9/QĐ-VP", "decision_date", m.past(m.open(on+3)))
	}
}

// readings are what was read of the index of Quyết định 766 on the portal, month by month.
func (m *teller) readings() {
	y, month, _ := m.last.Civil()
	for i := range 6 {
		first := data.Date(y, month-time.Month(5-i), 1)
		to := data.Date(y, month-time.Month(4-i), 1) - 1
		read := m.open(to + 3)
		if i == 4 {
			read = m.open(to - 6) // before the month was over
		}
		if read > m.last || to >= m.last {
			continue
		}
		_, number, _ := first.Civil()
		half := 20 * i
		points := []int{1500 + half, 1780 + half, 860 + half, 1610 + 2*half, 700 + half, 1540 + half}
		total := 0
		v := []string{"read_on", read.ISO(), "period", fmt.Sprintf("Tháng %d/%d", int(number), first.Year()), "to", to.ISO(), "rank", strconv.Itoa(9 - i), "of", "34", "reader", "Trần Thị Minh Họa"}
		for k, key := range []string{"transparency", "progress", "online", "digitised", "payment", "satisfaction"} {
			v = append(v, key, data.FormatHundredths(int64(points[k])))
			total += points[k]
		}
		m.put(logbook.Reading, read, append(v, "total", data.FormatHundredths(int64(total)))...)
	}
}
