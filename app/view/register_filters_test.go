package view_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/register"
)

func TestColumns(t *testing.T) {
	m := view.NewRegister(session(t))
	ids := func() (out []string) {
		for _, c := range m.Columns() {
			out = append(out, c.ID)
		}
		return out
	}
	usual := ids()
	if len(usual) != 8 || usual[0] != "code" {
		t.Fatalf("usual columns %v", usual)
	}
	if err := m.SetColumns([]string{"status", "days", "khong-co", "code"}); err != nil || !slices.Equal(ids(), []string{"status", "days", "code"}) {
		t.Errorf("%v, %v", ids(), err)
	}
	if err := m.SetColumns([]string{}); data.CodeOf(err) != data.Invalid || len(ids()) != 3 {
		t.Errorf("no columns: %v", err)
	}
	m.Refresh()
	seen := map[string]bool{}
	for i := range m.Len() {
		row := m.Row(i)
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
	one, _ := m.Detail(m.Row(0).ID)
	if _, err := strconv.Atoi(one.Code); err == nil {
		t.Error(one.Code)
	}
	if m.SetColumns(nil); !slices.Equal(ids(), usual) {
		t.Errorf("back to %v", ids())
	}
	all := map[string]bool{}
	for _, c := range view.ListColumns() {
		if all[c.ID] || c.Title == "" {
			t.Errorf("column %+v", c)
		}
		all[c.ID] = true
	}
}

func TestSavedFilters(t *testing.T) {
	s := session(t)
	m := view.NewRegister(s)
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
		return slices.IndexFunc(m.Filters(), func(f view.FilterLine) bool { return f.Name == name })
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
	if err := m.SaveFilter(t.Context(), "Trống"); data.CodeOf(err) != data.Invalid {
		t.Errorf("saves no filter: %v", err)
	}
	m.SetText("huyen")
	want := m.Len()
	if err := m.SaveFilter(t.Context(), " "); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a name: %v", err)
	}
	if err := m.SaveFilter(t.Context(), "  Của   Huyền "); err != nil {
		t.Fatal(err)
	}
	m.RefreshFilters() // as the window does after a change
	if i := at("Của Huyền"); i != 7 || m.Filters()[i].Count != want || !m.Filters()[i].Chosen {
		t.Fatalf("%+v", m.Filters())
	}
	// Another office window reads the same ones.
	other := view.NewRegister(view.NewSession(s.Desk))
	other.RefreshFilters()
	if len(other.Filters()) != 8 {
		t.Errorf("stored: %+v", other.Filters())
	}
	if err := m.MoveFilter(t.Context(), 7, -1); err != nil {
		t.Fatal(err)
	}
	m.RefreshFilters()
	if err := m.RenameFilter(t.Context(), 6, "Quá hạn"); data.CodeOf(err) != data.Conflict {
		t.Errorf("a name that is taken: %v", err)
	}
	if err := m.RenameFilter(t.Context(), 6, "Chị Huyền"); err != nil {
		t.Fatal(err)
	}
	m.RefreshFilters()
	if at("Chị Huyền") != 6 || at("Không tiếp nhận") != 7 {
		t.Errorf("%+v", m.Filters())
	}
	if err := m.DeleteFilter(t.Context(), 6); err != nil {
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
	m := view.NewRegister(s)
	m.SetText("huyen")
	all := m.Len()
	for _, g := range view.Groupings() {
		m.Group(g.Key)
		sum := 0
		for _, x := range m.Groups() {
			sum += x.Count
			if x.Name == "" || x.Count == 0 {
				t.Errorf("%s: %+v", g.Label, x)
			}
		}
		if sum != all || m.GroupedBy() != g.Key {
			t.Errorf("by %s %d of %d", g.Label, sum, all)
		}
	}
	for _, by := range []string{string(data.ByUnit), string(data.ByField), string(register.ByOutcome), string(data.ByProcedure)} {
		m.Group(by)
		x := m.Groups()[0]
		m.OpenGroup(x.Key)
		if m.Len() != x.Count || !m.GroupOpen(x.Key) || len(m.Groups()) != 1 {
			t.Errorf("«%s» counts %d and lists %d", x.Name, x.Count, m.Len())
		}
		m.ClearFilters()
		m.SetText("huyen")
	}
	if m.Group(""); m.Groups() != nil {
		t.Error("groups after the end of grouping")
	}
	// By desk, and those never handed over.
	b, _, ids := book(t, received("A-1", 12), received("A-2", 12), received("A-3", 12))
	record(t, b, ids[1], data.HandOver, func(f *view.EventForm) { f.Desk = "Phòng Tư pháp" })
	b.Group(string(register.ByDesk))
	if g := b.Groups(); len(g) != 2 || g[0].Name != "Phòng Tư pháp" || g[0].Count != 1 || g[1].Count != 2 {
		t.Fatalf("%+v", g)
	}
	b.OpenGroup("Phòng Tư pháp")
	if b.Len() != 1 || b.Row(0).Text("desk") != "Phòng Tư pháp" || !slices.Equal(b.Chosen(view.FilterDesk), []string{"Phòng Tư pháp"}) {
		t.Errorf("%d listed, %+v", b.Len(), b.Row(0))
	}
}

func TestSuggestions(t *testing.T) {
	m := view.NewRegister(session(t))
	find := func(text, label string) (view.Offer, bool) {
		for _, o := range m.Suggest(text) {
			if o.Label == label {
				return o, true
			}
		}
		return view.Offer{}, false
	}
	o, ok := find("huyen don", "đơn vị")
	if !ok || !strings.HasPrefix(o.Text, "huyen đơn vị:") {
		t.Fatalf("%+v", m.Suggest("huyen don"))
	}
	o, ok = find(o.Text+"hoa", "UBND xã Hòa Thử")
	if !ok {
		t.Fatalf("%+v", m.Suggest(o.Text+"hoa"))
	}
	m.SetText(o.Text)
	if m.Len() == 0 {
		t.Errorf("«%s» lists nothing", o.Text)
	}
	for _, r := range rows(m) {
		if r.Unit != "UBND xã Hòa Thử" || !strings.Contains(r.Owner, "Huyền") {
			t.Errorf("«%s» lists %+v", o.Text, r)
		}
	}
	for _, text := range []string{"", "n", "nguyen thi", "hs-0001"} {
		if list := m.Suggest(text); len(list) > 0 {
			t.Errorf("%q offers %+v", text, list)
		}
	}
	m.SetText("hạn: cuối vụ")
	if !strings.Contains(m.Status(0), "không phải là ngày") {
		t.Errorf("what was not understood is not said: %q", m.Status(0))
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
	if len(x.Parts) != 1 || x.Parts[0] != (view.PartLine{Name: "Đơn", Original: "1", Copies: "2", Digital: "Được số hóa"}) {
		t.Errorf("%+v", x.Parts)
	}
	for _, want := range []view.Fact{{Label: "Phí, lệ phí", Value: "50.000 đ, đã nộp trực tuyến"}, {Label: "Người nộp", Value: "Người Nộp Thử"}} {
		if !slices.Contains(x.Facts, want) {
			t.Errorf("%+v lacks %+v", x.Facts, want)
		}
	}
}
