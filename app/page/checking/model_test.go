package checking

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
)

func now() time.Time { return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func session(t *testing.T) *env.Session {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: now})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Code: "H56.01", Officer: "Lê Thị Mẫu"}))
	return env.NewSession(d)
}

func fill(t *testing.T, d *desk.Desk) {
	t.Helper()
	unit := data.Unit{Name: "Ủy ban nhân dân xã Thử"}
	must(t, d.SaveUnit(t.Context(), &unit))
	p := d.Catalogue().Procedures[0]
	for i, name := range []string{"NGUYỄN VĂN A", "TRẦN THỊ BÉ", "Lê Văn C"} {
		one := data.Dossier{Code: d.NextCode(data.Date(2026, 5, 4)), Received: data.Moment{Day: data.Date(2026, 5, 4)}, Due: data.Moment{Day: data.Date(2026, 6, 15)},
			Procedure: p.ID, Field: p.Field, Unit: unit.ID, Owner: data.Person{Name: name}, Book: 1, Channel: data.Direct}
		if i == 2 {
			one.Unit = 0
		}
		must(t, d.Receive(t.Context(), &one))
	}
}

// rows are the dossiers of the check shown.
func rows(t *testing.T, m *model) []Row {
	t.Helper()
	out, err := m.Rows()()
	must(t, err)
	return out
}

func TestEmptyRegister(t *testing.T) {
	m := newModel(session(t))
	if m.Ran() || m.Empty() != "Sổ chưa có hồ sơ nào để kiểm tra." || m.Serious() != 0 || len(rows(t, m)) != 0 {
		t.Errorf("%q", m.Empty())
	}
	m.Run()
	if !m.Ran() || m.busy || len(m.kinds) < 25 || m.err != nil {
		t.Errorf("%d checks, %v", len(m.kinds), m.err)
	}
}

func TestChecksAreListedMendedAndAccepted(t *testing.T) {
	s := session(t)
	fill(t, s.Desk)
	m := newModel(s)
	told := 0
	m.Changed = func() { told++ }
	m.Run()
	if m.Serious() != 1 || m.kinds[0].Kind.ID != "unit-missing" || m.chosen != "unit-missing" || told == 0 {
		t.Fatalf("serious %d, first %s, chosen %s", m.Serious(), m.kinds[0].Kind.ID, m.chosen)
	}
	if r := rows(t, m); len(r) != 1 || r[0].Owner != "Lê Văn C" || !strings.Contains(r[0].Says, "Chưa có đơn vị") || r[0].Due != "15/06/2026" {
		t.Errorf("%+v", r)
	}
	if m.Effect() == "" || !strings.Contains(m.Summary(), "3 lỗi, 0 lỗi đã chấp nhận") || !strings.Contains(m.Status(2), "chọn 2") {
		t.Errorf("%q, %q, %q", m.Effect(), m.Summary(), m.Status(2))
	}

	m.Choose("name-odd")
	hits := m.Finding().Hits
	if len(hits) != 2 || rows(t, m)[0].Unit != "UBND xã Thử" {
		t.Fatalf("%d, %+v", len(hits), rows(t, m))
	}
	lines, not, err := m.Preview(hits)
	must(t, err)
	if len(lines) != 2 || not != 0 || lines[0][3] != "TRẦN THỊ BÉ" || lines[0][4] != "Trần Thị Bé" {
		t.Fatalf("%v", lines)
	}
	bulk, err := m.Mend(t.Context(), hits[:1], "viết lại", nil)
	must(t, err)
	m.DataChanged()
	if r := rows(t, m); bulk.Done != 1 || len(r) != 1 || r[0].Owner != "NGUYỄN VĂN A" {
		t.Errorf("%+v, %+v", bulk, r)
	}

	must(t, m.Accept(t.Context(), m.Finding().Hits, "Tên trên giấy"))
	m.DataChanged()
	m.Choose("name-odd")
	if len(rows(t, m)) != 0 || len(m.accepted) != 1 || m.accepted[0].Owner != "NGUYỄN VĂN A" || m.accepted[0].Why != "Tên trên giấy" || m.accepted[0].At != "01/06/2026" {
		t.Errorf("%+v", m.accepted)
	}
	if m.Empty() != "Không còn hồ sơ nào; 1 hồ sơ đã được chấp nhận." {
		t.Errorf("%q", m.Empty())
	}
	m.Choose(AcceptedID)
	if m.Finding() != nil || len(rows(t, m)) != 0 {
		t.Error("the accepted findings are no check")
	}
	must(t, m.Withdraw(t.Context(), []uint64{m.accepted[0].ID}))
	m.DataChanged()
	if len(m.accepted) != 0 || m.chosen != AcceptedID {
		t.Errorf("%+v, chosen %s", m.accepted, m.chosen)
	}
	var jumped env.Jump
	s.OnJump(func(j env.Jump) { jumped = j })
	m.Choose("name-odd")
	m.s.JumpTo(rows(t, m)[0].Code)
	if s.Desk.List(jumped.Query).Len() != 1 {
		t.Errorf("the register lists %d", s.Desk.List(jumped.Query).Len())
	}
}

func TestPeriodAndStop(t *testing.T) {
	s := session(t)
	fill(t, s.Desk)
	m := newModel(s)
	p, err := data.ParsePeriod("2026-04")
	must(t, err)
	s.SetPeriod(p)
	m.SetInPeriod(true)
	if m.Serious() != 0 || !m.inPeriod {
		t.Errorf("in April there was no dossier: %d", m.Serious())
	}
	m.SetInPeriod(false)
	if m.Serious() != 1 {
		t.Errorf("serious %d", m.Serious())
	}
	// Stopped while it runs, the old answer stays and is told as old.
	var later []func()
	s.Go = func(f func()) { later = append(later, f) }
	m.Run()
	if !m.busy {
		t.Fatal("it does not run")
	}
	m.Stop()
	later[0]()
	if m.busy || !m.stale || m.err != nil || m.Serious() != 1 {
		t.Errorf("busy %v, stale %v, %v", m.busy, m.stale, m.err)
	}
}
