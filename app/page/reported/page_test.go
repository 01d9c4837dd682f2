package reported

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

func take(t *testing.T, d *desk.Desk, text string) {
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
	d := pagetest.Empty(t)
	e, went := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	take(t, d, "Mã hồ sơ\tTên thủ tục hành chính\tLĩnh vực\tĐơn vị giải quyết\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả\tTrạng thái\n"+
		"HS-1\tThử\tHộ tịch\tUBND xã Thử\tTrần Mẫu\t13/02/2023\t20/02/2023\tĐang xử lý\n"+
		"HS-2\tThử\tHộ tịch\tUBND xã Thử\tLê Mẫu\t14/02/2023\t21/02/2023\tĐang xử lý\n"+
		"HS-3\tThử\tĐất đai\tUBND xã Khác\tĐỗ Mẫu\t14/02/2023\t21/02/2023\tĐang xử lý\n")
	if p.list.Len() != 0 || p.report != nil {
		t.Fatalf("begins with %d reports", p.list.Len())
	}
	take(t, d, "BÁO CÁO QUÝ I NĂM 2023\nĐơn vị báo cáo: UBND xã Thử\nTT\tLĩnh vực\tTổng tiếp nhận\tKỳ trước chuyển qua\tMới tiếp nhận\tĐã giải quyết\tĐang giải quyết\n"+
		"1\tHộ tịch\t3\t0\t3\t1\t2\n2\tLạ lùng\t1\t0\t1\t1\t0\nTổng cộng\t\t4\t0\t4\t2\t2\n")
	p.Stale(desk.Changes{All: true})
	if p.list.Len() != 1 {
		t.Fatalf("%d reports", p.list.Len())
	}
	r := p.list.Row(0)
	if unitName(r) != "UBND xã Thử" || title(r) != "UBND xã Thử, Quý I/2023" || said(r, data.ColReceived) != 4 || said(r, data.ColResolved) != 2 || takenAt(d, r) == "" {
		t.Errorf("%+v", r)
	}
	id := r.ID
	p.Restore(env.ReportOf(id))
	m := p.report
	if m == nil || m.ID != id || !strings.Contains(m.about(), "Bảng dán") || m.with != m.Unit || m.Unit == 0 {
		t.Fatalf("%+v", m)
	}
	got := map[string]difference{}
	for _, x := range m.compare() {
		got[x.name] = x
	}
	if x := got[data.ColReceived.Label()]; x.theirs != "4" || x.ours != "2" || x.gap != "+2" || x.same {
		t.Errorf("received %+v", x)
	}
	if x := got[data.ColPending.Label()]; x.theirs != "2" || x.ours != "2" || x.gap != "0" || !x.same {
		t.Errorf("pending %+v", x)
	}
	if _, ok := got["Lạ lùng"]; ok {
		t.Error("a row among the figures")
	}
	if !strings.Contains(m.verdict(), "khác với sổ") || p.Status() != m.verdict() {
		t.Errorf("%q", m.verdict())
	}
	if m.with = 0; m.compare()[0].ours != "3" {
		t.Errorf("the whole register: %+v", m.compare()[0])
	}
	m.with, m.per = m.Unit, data.ColReceived
	list := m.compare()
	if len(list) != 2 || list[0].ours != "2" || list[0].gap != "+1" || list[1].gap != "" || !strings.Contains(m.verdict(), "danh mục") {
		t.Errorf("row by row %+v, %q", list, m.verdict())
	}
	for tab := range 2 {
		p.tab = tab
		p.draw()
		if w := p.content.MinSize().Width; w > 1300 {
			t.Errorf("tab %d needs %v px", tab, w)
		}
	}
	if !p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) || p.report != nil {
		t.Error("Escape does not go back to the list")
	}
	p.drop(p.list.CurrentRow())
	p.Stale(desk.Changes{All: true})
	if p.list.Len() != 0 {
		t.Errorf("%d reports after all", p.list.Len())
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p.Stale(desk.Changes{All: true}); p.list.Len() != 1 || len(*went) != 0 {
		t.Errorf("%d reports after undo", p.list.Len())
	}
}
