package register_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/register"
	"giaoban/data"
	reg "giaoban/data/register"
)

func TestColumns(t *testing.T) {
	m := newLister(t, session(t))
	seen := map[string]bool{}
	for _, row := range rows(m) {
		if row.Text("code") != row.Code || row.Text("status") != row.State {
			t.Fatalf("%+v", row)
		}
		word, number, _ := strings.Cut(row.Text("days"), " ")
		seen[word] = true
		if n, err := strconv.Atoi(number); word != "" && (err != nil || n < 0) || (row.Outcome == data.Overdue) && word != "quá" || row.Outcome == data.Early && word != "" {
			t.Errorf("%s, due %s: %q", row.State, row.Due, row.Text("days"))
		}
	}
	if !seen["quá"] || !seen["còn"] {
		t.Errorf("days %v", seen)
	}
	all, usual := map[string]bool{}, 0
	for _, c := range register.Columns() {
		if all[c.ID] || c.Title == "" {
			t.Errorf("column %+v", c)
		}
		all[c.ID] = true
		if !c.Off {
			usual++
		}
	}
	if usual != 8 {
		t.Errorf("%d usual columns", usual)
	}
}

func TestSavedFilters(t *testing.T) {
	s := session(t)
	m := newLister(t, s)
	told := 0
	m.FiltersChanged = func() { told++ }
	m.Refresh()
	m.RefreshFilters()
	lines := m.Filters()
	if len(lines) != 7 || told == 0 {
		t.Fatalf("%+v", lines)
	}
	// Each count is the number of dossiers listed.
	for i, f := range lines {
		m.ApplyFilter(i)
		if m.Len() != f.Count || !m.Filters()[i].Chosen {
			t.Errorf("«%s» counts %d and lists %d, chosen %v", f.Name, f.Count, m.Len(), m.Filters()[i].Chosen)
		}
	}
	at := func(name string) int {
		return slices.IndexFunc(m.Filters(), func(f filter) bool { return f.Name == name })
	}
	m.ApplyFilter(at("Quá hạn"))
	for _, r := range rows(m) {
		if r.Outcome != data.Overdue {
			t.Errorf("«Quá hạn» lists %s", r.State)
		}
	}
	if m.Len() == 0 {
		t.Fatal("nothing is overdue")
	}
	m.ApplyFilter(at("Quá hạn"))
	if m.Filtered() {
		t.Error("the same filter again does not let go")
	}
	m.SetText("huyen")
	want := m.Len()
	if err := m.SaveFilter("Của Huyền"); err != nil {
		t.Fatal(err)
	}
	// A name that is taken asks before it is replaced.
	m.SetText("huyen tran")
	fewer := m.Len()
	if err := m.SaveFilter("Của Huyền"); data.CodeOf(err) != data.Conflict || m.Filters()[7].Count != want {
		t.Errorf("a taken name: %v, %+v", err, m.Filters()[7])
	}
	if err := m.saved().Save("Của Huyền", m.v, true); err != nil {
		t.Error(err)
	}
	if m.RefreshFilters(); m.Filters()[7].Count != fewer || fewer == want {
		t.Errorf("replaced: %+v, want %d", m.Filters()[7], fewer)
	}
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.SetText("huyen")
	m.RefreshFilters() // as the window does after a change
	if i := at("Của Huyền"); i != 7 || m.Filters()[i].Count != want || !m.Filters()[i].Chosen {
		t.Fatalf("%+v", m.Filters())
	}
	// Another office window reads the same ones.
	other := newLister(t, env.NewSession(s.Desk))
	other.RefreshFilters()
	if len(other.Filters()) != 8 {
		t.Errorf("stored: %+v", other.Filters())
	}
	if err := m.saved().Move(7, -1); err != nil {
		t.Fatal(err)
	}
	m.RefreshFilters()
	if err := m.saved().Rename(6, "Quá hạn"); data.CodeOf(err) != data.Conflict {
		t.Errorf("a name that is taken: %v", err)
	}
	if err := m.saved().Rename(6, "Chị Huyền"); err != nil {
		t.Fatal(err)
	}
	m.RefreshFilters()
	if at("Chị Huyền") != 6 || at("Không tiếp nhận") != 7 {
		t.Errorf("%+v", m.Filters())
	}
	if err := m.saved().Drop(6); err != nil {
		t.Fatal(err)
	}
	if m.RefreshFilters(); at("Chị Huyền") >= 0 {
		t.Error("not deleted")
	}
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m.RefreshFilters(); at("Chị Huyền") != 6 {
		t.Errorf("not brought back: %+v", m.Filters())
	}
}

// TestFiltersFollowTheData counts again after an event.
func TestFiltersFollowTheData(t *testing.T) {
	m, _, ids := book(t, received("A-1", 12), received("A-2", 12))
	m.RefreshFilters()
	before := m.Filters()[4]
	record(t, m, ids[0], data.Finish, nil)
	m.RefreshFilters()
	if after := m.Filters()[4]; before.Count != 0 || after.Count != 1 || after.Name != "Có kết quả chưa trả" {
		t.Errorf("%+v, then %+v", before, after)
	}
}

func TestGroups(t *testing.T) {
	s := session(t)
	m := newLister(t, s)
	m.SetText("huyen")
	all := m.Len()
	for _, g := range []string{register.FilterUnit, register.FilterField, register.FilterOutcome, register.FilterDesk, register.FilterProcedure, register.FilterOfficer} {
		m.Group(g)
		sum := 0
		for _, x := range m.Groups() {
			sum += x.Count
			if x.Text == "" || x.Count == 0 {
				t.Errorf("%s: %+v", g, x)
			}
		}
		if sum != all {
			t.Errorf("by %s %d of %d", g, sum, all)
		}
	}
	for _, by := range []string{string(data.ByUnit), string(data.ByField), string(reg.ByOutcome), string(data.ByProcedure)} {
		m.Group(by)
		x := m.Groups()[0]
		m.OpenGroup(x.Key)
		if m.Len() != x.Count || len(m.Groups()) != 1 {
			t.Errorf("«%s» counts %d and lists %d", x.Text, x.Count, m.Len())
		}
		m.ClearFilters()
		m.SetText("huyen")
	}
	if m.Group(""); m.Groups() != nil {
		t.Error("groups after the end of grouping")
	}
	// By desk, and those never handed over.
	b, _, ids := book(t, received("A-1", 12), received("A-2", 12), received("A-3", 12))
	record(t, b, ids[1], data.HandOver, func(f *register.EventForm) { f.New = "Phòng Tư pháp" })
	b.Group(string(reg.ByDesk))
	if g := b.Groups(); len(g) != 2 || g[0].Text != "Phòng Tư pháp" || g[0].Count != 1 || g[1].Count != 2 {
		t.Fatalf("%+v", g)
	}
	b.OpenGroup("Phòng Tư pháp")
	if b.Len() != 1 || b.Row(0).Text("desk") != "Phòng Tư pháp" || !slices.Equal(b.Chosen(register.FilterDesk), []string{"Phòng Tư pháp"}) {
		t.Errorf("%d listed, %+v", b.Len(), b.Row(0))
	}
}

func TestSuggestions(t *testing.T) {
	m := newLister(t, session(t))
	find := func(text, label string) (kit.Choice, bool) {
		for _, o := range m.Suggest(text) {
			if o.Text == label {
				return o, true
			}
		}
		return kit.Choice{}, false
	}
	o, ok := find("huyen don", "đơn vị")
	if !ok || !strings.HasPrefix(o.Key, "huyen đơn vị:") {
		t.Fatalf("%+v", m.Suggest("huyen don"))
	}
	o, ok = find(o.Key+"hoa", "UBND xã Hòa Thử")
	if !ok {
		t.Fatalf("%+v", m.Suggest(o.Key+"hoa"))
	}
	m.SetText(o.Key)
	if m.Len() == 0 {
		t.Errorf("«%s» lists nothing", o.Key)
	}
	for _, r := range rows(m) {
		if r.Unit != "UBND xã Hòa Thử" || !strings.Contains(r.Owner, "Huyền") {
			t.Errorf("«%s» lists %+v", o.Key, r)
		}
	}
	for _, text := range []string{"", "n", "nguyen thi", "hs-0001"} {
		if list := m.Suggest(text); len(list) > 0 {
			t.Errorf("%q offers %+v", text, list)
		}
	}
	m.SetText("hạn: cuối vụ")
	if !m.said("không phải là ngày") {
		t.Errorf("what was not understood is not said: %q", m.Notes())
	}
	if _, ok := find("hạn:", "hôm nay"); !ok {
		t.Errorf("days: %+v", m.Suggest("hạn:"))
	}
}

// TestLinkedProcedureShowsBothDates checks what the pane tells of a dossier that
// another agency resolves too.
func TestLinkedProcedureShowsBothDates(t *testing.T) {
	one := received("A-1", 5)
	one.OwnDue = data.Moment{Day: data.Date(2023, time.June, 14)}
	one.Parts = []data.Part{{Name: "Đơn", Original: 1, Copies: 2, Digital: data.DigitisedHere}}
	one.Fee, one.Paid, one.Agent.Name = 50_000, data.PayOnline, "Người Nộp Thử"
	m, _, ids := book(t, one)
	x, err := m.Detail(ids[0])
	if err != nil || len(x.Linked) != 2 || x.Linked[0].Value != "14/06/2023 (đã quá)" || x.Linked[1].Value != "19/06/2023" {
		t.Errorf("%+v, %v", x.Linked, err)
	}
	if len(x.Parts) != 1 || x.Parts[0] != (register.PartLine{Name: "Đơn", Original: "1", Copies: "2", Digital: "Được số hóa"}) {
		t.Errorf("%+v", x.Parts)
	}
	for _, want := range []register.Fact{{Label: "Phí, lệ phí", Value: "50.000 đ, đã nộp trực tuyến"}, {Label: "Người nộp", Value: "Người Nộp Thử"}} {
		if !slices.Contains(x.Facts, want) {
			t.Errorf("%+v lacks %+v", x.Facts, want)
		}
	}
}
