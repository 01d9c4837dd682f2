package register_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/pagetest"
	"giaoban/app/page/register"
	"giaoban/data"
	reg "giaoban/data/register"
)

func TestSearch(t *testing.T) {
	s := session(t)
	m := newLister(t, s)
	m.Refresh()
	all := m.Len()
	if all != s.Desk.Len() || m.Filtered() {
		t.Errorf("%d of %d", all, s.Desk.Len())
	}
	before := all
	for _, text := range []string{"n", "ng", "nguyen", "nguyen thi", "nguyen thi huyen"} { // at each keystroke
		m.SetText(text)
		if m.Len() > before || m.Len() == 0 {
			t.Errorf("%q lists %d after %d", text, m.Len(), before)
		}
		before = m.Len()
	}
	for _, r := range rows(m) {
		if r.Owner != "Nguyễn Thị Huyền" {
			t.Errorf("«nguyen thi huyen» lists %s", r.Owner)
		}
	}
	same := m.Len()
	if m.SetText("Nguyễn Thị HUYỀN"); m.Len() != same || !m.Filtered() {
		t.Errorf("with diacritics %d, without %d", m.Len(), same)
	}
	m.SetText("huyen nguyen hs-00")
	if m.Len() == 0 || !m.said("không có cụm từ liền nhau") {
		t.Errorf("loose words: %d, %q", m.Len(), m.Notes())
	}
	m.SetText(" không ai cả ")
	if m.Len() != 0 {
		t.Errorf("%d", m.Len())
	}
	m.ClearFilters()
	if m.Len() != all || m.Filtered() || m.told < 9 {
		t.Errorf("cleared: %d, told %d times", m.Len(), m.told)
	}
}

func TestFilters(t *testing.T) {
	s := session(t)
	m := newLister(t, s)
	m.Refresh()
	all := m.Len()
	of := map[string]func(line) string{
		register.FilterUnit:      func(r line) string { return r.Unit },
		register.FilterProcedure: func(r line) string { return r.Procedure },
	}
	for _, filter := range []string{register.FilterUnit, register.FilterField, register.FilterProcedure, register.FilterChannel, register.FilterOutcome} {
		sum := 0
		for _, c := range m.Choices(filter) {
			m.Choose(filter, c.Key)
			if got := m.Chosen(filter); !slices.Equal(got, []string{c.Key}) || !m.Filtered() {
				t.Errorf("%s: chose %s, chosen %v", filter, c.Key, got)
			}
			sum += m.Len()
			for _, r := range rows(m) {
				if f := of[filter]; f != nil && !strings.HasPrefix(c.Text, f(r)) {
					t.Errorf("%s «%s» lists %+v", filter, c.Text, r)
				}
			}
			m.Choose(filter)
		}
		if sum != all || m.Len() != all || m.Filtered() {
			t.Errorf("the choices of %s make %d of %d; without any %d", filter, sum, all, m.Len())
		}
	}
	units := m.Choices(register.FilterUnit)
	m.Choose(register.FilterUnit, units[0].Key, units[1].Key)
	two := m.Len()
	m.Choose(register.FilterChannel, "online")
	m.SetText("thu tuc so 1")
	if m.Len() == 0 || m.Len() >= two {
		t.Errorf("filters together: %d of %d", m.Len(), two)
	}
}

// TestPeriodFilterAndStatesAgree narrows the list of a period, one that is over
// and one that runs, by state: each line must show the state asked for.
func TestPeriodFilterAndStatesAgree(t *testing.T) {
	s := session(t)
	for _, key := range []string{"2022", "2023", "2023-06"} {
		m := newLister(t, s)
		m.Choose(register.FilterPeriod, key)
		p := period(t, key)
		all, sum := m.Len(), 0
		if m.AsOf() != today || all == 0 || !slices.Equal(m.Chosen(register.FilterPeriod), []string{key}) {
			t.Errorf("%s: %d as of %s", key, all, m.AsOf())
		}
		for _, r := range rows(m) {
			if day, err := time.Parse("02/01/2006", r.Received); err != nil || data.DayOf(day) < p.From || data.DayOf(day) > p.To {
				t.Errorf("%s lists a receipt of %s", key, r.Received)
			}
		}
		for _, c := range m.Choices(register.FilterOutcome) {
			m.Choose(register.FilterOutcome, c.Key)
			sum += m.Len()
			for _, r := range rows(m) {
				if got := c.Text; r.Outcome == data.Overdue != (got == "Quá hạn, chưa xong") || (r.Outcome == data.PendingInTime) != (got == "Đang giải quyết") {
					t.Errorf("%s, «%s» lists %s: %s, due %s", key, c.Text, r.Code, r.State, r.Due)
				}
			}
		}
		if sum != all {
			t.Errorf("%s: the states make %d of %d", key, sum, all)
		}
		// What is exported is what is listed.
		m.Choose(register.FilterOutcome)
		if got := s.Desk.Count(env.On(m.Query(), today)); got != m.Len() {
			t.Errorf("%s: the query counts %d of %d", key, got, m.Len())
		}
		m.Choose(register.FilterPeriod)
		if m.Len() != s.Desk.Len() || m.AsOf() != s.AsOf() {
			t.Errorf("without a period %d as of %s", m.Len(), m.AsOf())
		}
	}
}

func TestSorts(t *testing.T) {
	m := newLister(t, session(t))
	by := map[reg.Sort]func(line) string{
		reg.SortOwner:     func(r line) string { return r.Owner },
		reg.SortProcedure: func(r line) string { return r.Procedure },
	}
	for sort, text := range by {
		for _, reverse := range []bool{false, true} {
			m.Sort(kit.Order{Column: string(sort), Descending: reverse})
			var got []string
			for _, r := range rows(m) {
				got = append(got, text(r))
			}
			if reverse {
				slices.Reverse(got)
			}
			if len(got) == 0 || !slices.IsSortedFunc(got, reg.CompareText) {
				t.Errorf("sort %s reverse %v: %v", sort, reverse, got[:min(20, len(got))])
			}
		}
	}
	m.Sort(kit.Order{Column: "code"})
	if all := rows(m); !slices.IsSortedFunc(all, func(a, b line) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("codes are not in order")
	}
	// A jump keeps the order that the officer chose.
	m.Sort(kit.Order{Column: "code", Descending: true})
	m.Show(env.Jump{Title: "thử", Query: reg.Query{Text: "huyen"}})
	if q := m.Query(); q.Sort != reg.SortCode || !q.Reverse || m.Len() == 0 {
		t.Errorf("after a jump %+v", q)
	}
	if m.ClearFilters(); m.Query().Sort != reg.SortCode || m.Title() != "" {
		t.Errorf("cleared: %+v", m.Query())
	}
}

func TestDetail(t *testing.T) {
	d := open(t)
	load(t, d, pagetest.Write(t, "mot.csv",
		"Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Số điện thoại;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Thời hạn;Ngày kết thúc xử lý;Ngày trả kết quả;Trạng thái",
		"HS-1;Thủ tục thử;Lĩnh vực thử;UBND xã Thử;Trần Văn Mẫu;0950123456;Trực tuyến;31/05/2021 08:15;14/06/2021;10 ngày làm việc;17/06/2021;18/06/2021;Đã trả kết quả",
		"HS-2;Thủ tục thử;Lĩnh vực thử;UBND xã Thử;Lê Thị Mẫu;;;31/05/2021;15/06/2021;10 ngày làm việc;;;Đang xử lý",
		"HS-3;Thủ tục thử;Lĩnh vực thử;UBND xã Thử;Lê Thị Mẫu;;;16/06/2023;21/06/2023;;;;Đang xử lý",
		"HS-4;Thủ tục thử;Lĩnh vực thử;UBND xã Thử;Lê Thị Mẫu;;;31/05/2021;;;;;Đang xử lý"))
	m := newLister(t, env.NewSession(d))
	detail := func(code string) register.Detail {
		t.Helper()
		x, err := m.Detail(d.Find(code))
		if err != nil || x.Code != code {
			t.Fatalf("%s: %+v, %v", code, x, err)
		}
		return x
	}
	x := detail("HS-1")
	if x.Owner != "Trần Văn Mẫu" || x.Procedure != "Thủ tục thử" || x.Outcome != data.Late || x.State != "Quá hạn 3 ngày làm việc" {
		t.Errorf("%+v", x)
	}
	var line []string
	for _, e := range x.Events {
		line = append(line, e.When+" "+e.What)
	}
	if len(line) < 4 || !strings.HasPrefix(line[0], "31/05/2021") || x.Events[0].What != "Tiếp nhận" {
		t.Fatalf("line of events %q", line)
	}
	at := func(part string) int {
		return slices.IndexFunc(line, func(l string) bool { return strings.Contains(l, part) })
	}
	if due, end, back := at("14/06/2021"), at("17/06/2021"), at("18/06/2021"); due < 1 || due > end || end > back || !x.Events[due].Key || !x.Events[end].Key {
		t.Errorf("line of events %q", line)
	}
	facts := map[string]string{}
	for _, f := range x.Facts {
		facts[f.Label] = f.Value
		if strings.TrimSpace(f.Value) == "" {
			t.Errorf("%s is blank", f.Label)
		}
	}
	for label, want := range map[string]string{"Lĩnh vực": "Lĩnh vực thử", "Đơn vị giải quyết": "UBND xã Thử", "Điện thoại": "0950123456", "Hình thức nhận": "Trực tuyến",
		"Thời hạn": "10 ngày làm việc", "Nguồn": "lần nhập số 1, dòng 2, tệp mot.csv"} {
		if facts[label] != want {
			t.Errorf("%s: %q, want %q", label, facts[label], want)
		}
	}
	if x.Why == nil || x.Why.Warning != "" || len(x.Why.Days) == 0 || !strings.Contains(x.Why.Summary, "10 ngày làm việc") {
		t.Fatalf("why: %+v", x.Why)
	}
	counted := 0
	for _, day := range x.Why.Days {
		if day.Counted {
			counted++
		}
	}
	if last := x.Why.Days[len(x.Why.Days)-1]; counted != 10 || !last.Due || last.Date != "14/06/2021" || x.Why.Days[0].Date != "31/05/2021" {
		t.Errorf("%d days counted, the last %+v", counted, last)
	}

	x = detail("HS-2")
	if x.Outcome != data.Overdue || x.Why == nil || !strings.Contains(x.Why.Warning, "15/06/2021") || !strings.Contains(x.Why.Warning, "14/06/2021") {
		t.Errorf("a printed date that the term does not give: %+v", x.Why)
	}
	if x = detail("HS-3"); x.Outcome != data.PendingInTime || !x.Soon || x.State != "Trong hạn, còn 1 ngày làm việc" {
		t.Errorf("due tomorrow: %+v", x)
	}
	if x = detail("HS-4"); x.Why != nil || x.Outcome != data.PendingInTime || slices.ContainsFunc(x.Events, func(e register.Happening) bool { return e.What == "Hẹn trả kết quả" }) {
		t.Errorf("without a due date: %+v", x)
	}
}

// The register and the detail call soon what the rule calls so.
func TestSoonInTheRegisterFollowsTheRule(t *testing.T) {
	one := received("HS-1", 1)
	m, d, ids := book(t, one)
	rules := d.Rules()
	// Seven days ahead of the day of the test.
	if err := d.Mend(t.Context(), ids[0], "thử", func(one *data.Dossier) { one.Due = data.Moment{Day: d.Today() + 7} }, nil); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]bool{0: false, 200: true} {
		rules.SoonDays = n
		if err := d.SetRules(t.Context(), rules); err != nil {
			t.Fatal(err)
		}
		m.Refresh()
		detail, err := m.Detail(ids[0])
		if err != nil || detail.Soon != want || m.Row(0).Soon != want {
			t.Errorf("within %d days: detail %v, row %v, %v", n, detail.Soon, m.Row(0).Soon, err)
		}
	}
}

// The pane does not wait for a dossier that is slow to read.
func TestPaneDoesNotWait(t *testing.T) {
	d := open(t)
	one := data.Dossier{Code: "HS-1", Received: data.Moment{Day: today}, Entry: data.Received}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	s := env.NewSession(d)
	m := register.NewModel(s, kit.Forgetful{})
	var reading func()
	s.Go = func(f func()) { reading = f }
	shown := ""
	m.Look(one.ID, func(x register.Detail, err error) {
		if err != nil {
			t.Fatal(err)
		}
		shown = x.Code
		if x.First.Kind == 0 || len(x.Others) == 0 {
			t.Errorf("nothing can be done: %+v", x)
		}
	})
	if shown != "" || reading == nil {
		t.Fatal("the window waited for the dossier")
	}
	if reading(); shown != "HS-1" {
		t.Errorf("shown %q", shown)
	}
}

// What the page cannot read is told, not left out in silence.
func TestWhatCannotBeReadIsTold(t *testing.T) {
	d := open(t)
	s := env.NewSession(d)
	m := register.NewModel(s, kit.Forgetful{})
	var told []error
	s.Fault = func(err error) { told = append(told, err) }
	if m.Code(77); len(told) != 0 {
		t.Errorf("a dossier that does not exist is a fault: %v", told)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(){"Desks": func() { m.Desks() }, "Causes": func() { s.Causes() }, "Code": func() { m.Code(1) }, "Prints": func() { m.Prints([]uint64{1}) }} {
		told = nil
		if ask(); len(told) != 1 {
			t.Errorf("%s: %d faults told", name, len(told))
		}
	}
}
