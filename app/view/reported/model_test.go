package reported_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/app/view/reported"
	"giaoban/data"
	"giaoban/data/desk"
)

var today = data.Date(2023, time.June, 20)

func open(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(3 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func load(t *testing.T, d *desk.Desk, text string) {
	t.Helper()
	im, err := d.OpenImportText(t.Context(), text, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if _, err := im.Apply(t.Context(), desk.Run{}); err != nil {
		t.Fatal(err)
	}
}

// TestReported lists a report, sets it beside the register and takes it out.
func TestReported(t *testing.T) {
	d := open(t)
	load(t, d, "Mã hồ sơ\tTên thủ tục hành chính\tLĩnh vực\tĐơn vị giải quyết\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả\tTrạng thái\n"+
		"HS-1\tThử\tHộ tịch\tUBND xã Thử\tTrần Mẫu\t13/02/2023\t20/02/2023\tĐang xử lý\n"+
		"HS-2\tThử\tHộ tịch\tUBND xã Thử\tLê Mẫu\t14/02/2023\t21/02/2023\tĐang xử lý\n"+
		"HS-3\tThử\tĐất đai\tUBND xã Khác\tĐỗ Mẫu\t14/02/2023\t21/02/2023\tĐang xử lý\n")
	s := view.NewSession(d)
	m := reported.New(s)
	told := 0
	m.Changed = func() { told++ }
	if m.Len() != 0 || m.Current() != nil || m.Err() != nil || m.Compare() != nil {
		t.Fatalf("begins with %d reports, %v", m.Len(), m.Err())
	}
	if err := m.Drop(t.Context(), 0); data.CodeOf(err) != data.NotFound {
		t.Errorf("drops nothing: %v", err)
	}
	load(t, d, "BÁO CÁO QUÝ I NĂM 2023\nĐơn vị báo cáo: UBND xã Thử\nTT\tLĩnh vực\tTổng tiếp nhận\tKỳ trước chuyển qua\tMới tiếp nhận\tĐã giải quyết\tĐang giải quyết\n"+
		"1\tHộ tịch\t3\t0\t3\t1\t2\n2\tLạ lùng\t1\t0\t1\t1\t0\nTổng cộng\t\t4\t0\t4\t2\t2\n")
	s.Changed()
	if m.Len() != 1 || told == 0 {
		t.Fatalf("%d reports, told %d times", m.Len(), told)
	}
	if l := m.Line(0); l[0] != "UBND xã Thử" || l[1] != "Quý I/2023" || l[3] != "4" || l[4] != "2" || l[8] == "" {
		t.Errorf("line %q", l)
	}
	m.Open(0)
	r := m.Current()
	if r == nil || m.Title() != "UBND xã Thử, Quý I/2023" || !strings.Contains(m.About(), "Bảng dán") || m.Scope() != r.Unit || r.Unit == 0 {
		t.Fatalf("%+v, %q, %q", r, m.Title(), m.About())
	}
	if columns, lines := m.Table(); len(columns) < 5 || len(lines) != 3 {
		t.Errorf("%v, %+v", columns, lines)
	}
	got := map[string]reported.Difference{}
	for _, x := range m.Compare() {
		got[x.Name] = x
	}
	if x := got[data.ColReceived.Label()]; x.Theirs != "4" || x.Ours != "2" || x.Gap != "+2" || x.Same {
		t.Errorf("received %+v", x)
	}
	if x := got[data.ColPending.Label()]; x.Theirs != "2" || x.Ours != "2" || x.Gap != "0" || !x.Same {
		t.Errorf("pending %+v", x)
	}
	if !strings.Contains(m.Verdict(), "khác với sổ") || m.Status() != m.Verdict() {
		t.Errorf("%q", m.Verdict())
	}
	if m.SetScope(0); m.Compare()[0].Ours != "3" {
		t.Errorf("the whole register: %+v", m.Compare()[0])
	}
	m.SetScope(r.Unit)
	m.SetFigure(data.ColReceived)
	list := m.Compare()
	if len(list) != 2 || list[0].Ours != "2" || list[0].Gap != "+1" || list[1].Gap != "" || !strings.Contains(m.Verdict(), "danh mục") {
		t.Errorf("row by row %+v, %q", list, m.Verdict())
	}
	m.OpenID(r.ID)
	if m.Figure() != "" {
		t.Error("another report begins with the old figure")
	}
	if err := m.Drop(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if m.Dropped(); m.Len() != 0 || m.Current() != nil || m.Line(0)[0] != "" {
		t.Errorf("%d reports after all", m.Len())
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.Changed(); m.Len() != 1 {
		t.Errorf("%d reports after undo", m.Len())
	}
	if _, ok := got["Lạ lùng"]; ok {
		t.Error("a row among the figures")
	}
}
