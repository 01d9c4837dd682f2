package reconciling

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

var today = data.Date(2023, time.June, 20)

const (
	head = "Mã hồ sơ\tTên thủ tục hành chính\tĐơn vị giải quyết\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả\tTrạng thái\n"
	ours = head +
		"HS-1\tThử\tUBND xã Thử\tTrần Mẫu\t13/02/2023\t20/02/2023\tĐang xử lý\n" +
		"HS-2\tThử\tUBND xã Thử\tLê Mẫu\t14/02/2023\t21/02/2023\tĐang xử lý\n" +
		"HS-3\tThử\tUBND xã Thử\tĐỗ Mẫu\t15/02/2023\t22/02/2023\tĐang xử lý\n" +
		"HS-4\tThử\tUBND xã Thử\tVõ Mẫu\t16/02/2023\t23/02/2023\tĐang xử lý\n"
	// HS-2 is due later and has another owner, HS-3 is lacking, HS-9 is new.
	theirs = head +
		"HS-1\tThử\tUBND xã Thử\tTrần Mẫu\t13/02/2023\t20/02/2023\tĐang xử lý\n" +
		"HS-2\tThử\tUBND xã Thử\tLê Khác\t14/02/2023\t28/02/2023\tĐang xử lý\n" +
		"HS-4\tThử\tUBND xã Thử\tVõ Mẫu\t16/02/2023\t23/02/2023\tĐang xử lý\n" +
		"HS-9\tThử\tUBND xã Thử\tNgô Mẫu\t15/02/2023\t22/02/2023\tĐang xử lý\n"
)

func open(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(3 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	im, err := d.OpenImportText(t.Context(), ours, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != 4 {
		t.Fatalf("%+v, %v", r, err)
	}
	return d
}

// TestReconcile decides about every difference, writes it once, and finds nothing
// at the next comparison but what was kept.
func TestReconcile(t *testing.T) {
	d := open(t)
	s := env.NewSession(d)
	m := newModel(s)
	t.Cleanup(m.Close)
	if m.Ran() || len(m.lines(nil)) != 0 || m.Result() != nil || m.Told() != "" || m.Status(0) == "" {
		t.Fatal("begins with a comparison")
	}
	m.Open("", theirs, desk.ImportOptions{})
	if m.err != nil || !m.Ran() {
		t.Fatal(m.err)
	}
	want := map[reconcile.Kind]int{reconcile.MissingHere: 1, reconcile.MissingThere: 1, reconcile.DateDiffers: 1, reconcile.StatusDiffers: 0, reconcile.ResultDiffers: 0, reconcile.FactDiffers: 1}
	for _, k := range reconcile.Kinds {
		if m.Count(k) != want[k] || kinds[k][0] == "" || kinds[k][1] == "" {
			t.Errorf("%s: %d", k, m.Count(k))
		}
	}
	if !strings.Contains(m.About(), "2 hồ sơ khớp") || !strings.Contains(m.About(), "4 điểm") {
		t.Errorf("%q", m.About())
	}
	at := map[string]int{}
	list := m.lines(nil)
	for i, l := range list {
		at[kinds[l.kind][0]] = i
		if _, decided := m.decision(&l); l.owner == "" || decided || l.before != "" {
			t.Errorf("line %+v", l)
		}
	}
	if l := list[at["Lệch ngày"]]; l.code != "HS-2" || l.ours != "21/02/2023" || l.theirs != "28/02/2023" || l.fact != "Ngày hẹn trả" {
		t.Errorf("date %+v", l)
	}
	if l := list[at["Thiếu trong tệp"]]; l.code != "HS-3" || l.owner != "Đỗ Mẫu" || l.theirs != nothing {
		t.Errorf("missing there %+v", l)
	}

	all := []int{0, 1, 2, 3}
	if n := m.Allowed(all, reconcile.TakeTheirs); n != 2 {
		t.Errorf("%d can be taken", n)
	}
	if _, err := m.Decide([]int{at["Thiếu trong tệp"]}, reconcile.TakeTheirs, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("takes what the file lacks: %v", err)
	}
	if _, err := m.Decide(all, reconcile.Accept, " "); data.CodeOf(err) != data.Invalid || m.Decided() != 0 {
		t.Errorf("accepts without a reason: %v", err)
	}
	if n, err := m.Decide(all, reconcile.TakeTheirs, "x"); n != 2 || err != nil {
		t.Errorf("%d taken, %v", n, err)
	}
	if n, err := m.Decide([]int{at["Thiếu trong sổ"]}, reconcile.ImportMissing, ""); n != 1 || err != nil {
		t.Errorf("%d imported, %v", n, err)
	}
	if n, err := m.Decide([]int{at["Thiếu trong tệp"]}, reconcile.Accept, "Hồ sơ giấy"); n != 1 || err != nil {
		t.Errorf("%d accepted, %v", n, err)
	}
	if _, err := m.Decide([]int{at["Lệch khác"]}, reconcile.KeepOurs, ""); err != nil {
		t.Error(err)
	}
	m.Undecide([]int{at["Lệch khác"]})
	if m.Decided() != 3 || len(m.Changes()) != 3 || !strings.Contains(m.Preview(), "sửa 1 điểm của 1 hồ sơ") || !strings.Contains(m.Preview(), "nhập 1 hồ sơ thiếu") || !strings.Contains(m.Preview(), "1 điểm chưa quyết định") {
		t.Errorf("%d decided, %q", m.Decided(), m.Preview())
	}
	if _, err := m.Decide([]int{at["Lệch khác"]}, reconcile.KeepOurs, ""); err != nil || len(m.Changes()) != 3 {
		t.Errorf("%v, %d changes", err, len(m.Changes()))
	}
	minutes := papers.Minutes{Result: m.Result(), Choices: m.Choices()}
	if pdf, err := papers.WriteMinutes(t.Context(), d, minutes); err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("minutes: %v", err)
	}
	if err := papers.ExportDifferences(t.Context(), d, minutes, filepath.Join(t.TempDir(), "x.xlsx")); err != nil {
		t.Error(err)
	}

	run := m.Run
	m.Run = func(_ string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		done(errors.New("đĩa đầy"))
	}
	m.Apply(func(_ string, err error) {
		if err == nil || m.done != nil || m.Decided() != 4 {
			t.Errorf("a failure: %v, %d decided", err, m.Decided())
		}
	})
	m.Run = func(title string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		run(title, work, func(err error) { m.dataChanged(); done(err) }) // as the window does
	}
	m.Apply(func(text string, err error) {
		if err != nil || !strings.Contains(text, "sửa 1 hồ sơ, thêm 1 hồ sơ, chấp nhận 1 điểm, giữ 1 điểm") {
			t.Errorf("%q, %v", text, err)
		}
	})
	if m.done == nil || m.stale || d.Len() != 5 || len(m.Refused()) != 0 {
		t.Fatalf("done %v, stale %t, %d dossiers", m.done, m.stale, d.Len())
	}
	if _, err := m.Decide(all, reconcile.KeepOurs, ""); data.CodeOf(err) != data.Refused {
		t.Errorf("decides what is written: %v", err)
	}
	if one, err := d.Dossier(d.Find("HS-2")); err != nil || one.Due.Day != data.Date(2023, 2, 28) || one.Owner.Name != "Lê Mẫu" {
		t.Errorf("%v, %v", one, err)
	}
	m.Run = run
	m.Again(m.opt)
	if m.Count(reconcile.FactDiffers) != 1 || m.Count(reconcile.MissingThere) != 0 || !strings.Contains(m.About(), "chấp nhận từ trước") || m.Decided() != 0 {
		t.Errorf("again: %q", m.About())
	}
	told := 0
	for _, l := range m.lines(nil) {
		if text, _ := m.decision(&l); l.kind == reconcile.MissingThere && strings.Contains(text, "Hồ sơ giấy") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("accepted before: %d", told)
	}
	if _, err := d.Undo(t.Context()); err != nil || d.Len() != 4 {
		t.Errorf("undo: %v, %d dossiers", err, d.Len())
	}
	if m.dataChanged(); !m.stale {
		t.Error("the change behind its back is not told")
	}
}

func TestReconcileRefuses(t *testing.T) {
	d := open(t)
	m := newModel(env.NewSession(d))
	t.Cleanup(m.Close)
	counts := filepath.Join("../../../data/exchange/testdata/import", "C_II06a.xlsx")
	if m.Open(counts, "", desk.ImportOptions{}); m.err == nil || m.Ran() || !strings.Contains(m.err.Error(), "C_II06a.xlsx") {
		t.Errorf("a table of counts: %v", m.err)
	}
	if m.Open("", ours, desk.ImportOptions{}); m.err != nil || m.Empty() != "Sổ và tệp khớp nhau hoàn toàn." || m.firstKind() != "" {
		t.Errorf("the same book: %v, %q", m.err, m.Empty())
	}
	if m.Open(counts, "", desk.ImportOptions{}); m.err == nil || !m.Ran() || m.Result().Agree != 4 {
		t.Errorf("a bad file takes the comparison away: %v", m.err)
	}
	var jumped string
	s := env.NewSession(d)
	s.OnJump(func(j env.Jump) { jumped = j.Query.Text })
	m = newModel(s)
	m.Open("", theirs, desk.ImportOptions{})
	l := m.lines(nil)[slices.IndexFunc(m.lines(nil), func(l line) bool { return l.kind == reconcile.DateDiffers })]
	if m.Jump(&l); jumped != `"HS-2"` {
		t.Errorf("jumps to %q", jumped)
	}
	if m.Close(); len(m.lines(nil)) != 0 {
		t.Error("a line of a comparison that is over")
	}
}

// TestPageDecidesByKeys: digits decide about the line under the cursor and go on, F2
// shows what will be written, Enter writes it.
func TestPageDecidesByKeys(t *testing.T) {
	d := open(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	p.m.Run = newModel(e.Session).Run // at once, without a bar
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	if p.Unsaved() != "" || p.Status() == "" {
		t.Errorf("%q, %q", p.Unsaved(), p.Status())
	}
	p.Restore(env.Reconcile{Text: theirs})
	if !p.m.Ran() || p.list.Len() != 1 || p.list.CurrentRow().kind != reconcile.MissingHere {
		t.Fatalf("%v, %d listed", p.m.err, p.list.Len())
	}
	p.list.Grid().OnType('3')
	p.narrow(reconcile.DateDiffers, false)
	p.list.Grid().OnType('1')
	if p.m.Decided() != 2 || p.Unsaved() == "" || p.apply.Disabled() {
		t.Errorf("%d decided, %q", p.m.Decided(), p.Unsaved())
	}
	if w := p.page.MinSize().Width; w > 1300 {
		t.Errorf("needs %v px", w)
	}
	p.m.Apply(func(_ string, err error) {
		if err != nil {
			t.Error(err)
		}
	})
	if d.Len() != 5 || p.Unsaved() != "" || p.m.done == nil {
		t.Errorf("%d dossiers, %q", d.Len(), p.Unsaved())
	}
}
