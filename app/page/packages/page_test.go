package packages

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/packet"
	"giaoban/reports/paper"
)

func named(t *testing.T, d *desk.Desk, code, name string) packet.Signed {
	t.Helper()
	if err := d.SetOffice(t.Context(), data.Office{Name: name, Code: code, Place: "Thử"}); err != nil {
		t.Fatal(err)
	}
	card, err := d.PacketCard(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// accept takes the default button of the form that is open.
func accept(t *testing.T, e *env.Env) {
	t.Helper()
	key := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	part, ok := e.Window.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatalf("no form is open: %q has the focus on %T", widget.DialogTitle(e.Window), e.Window.Canvas().Focused())
	}
	part.TypedShortcut(key)
}

// TestPackages adds a card, takes a package of figures, and reads on the board what came,
// what is late and who is missing; then makes a package back.
func TestPackages(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	background := widget.Background
	widget.Background = func(f func()) { f() }
	t.Cleanup(func() { widget.Background = background })
	commune, d := pagetest.Office(t), pagetest.Office(t)
	theirs, own := named(t, commune, "H99.14", "UBND xã Hòa Thử"), named(t, d, "H99", "UBND tỉnh Thử")
	e, went := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	of := pagetest.Period(t, "2023-Q1")
	e.Session.SetPeriod(of)
	p.Open(partArrived)
	if text := p.cover.Text(); !strings.Contains(text, "chưa có thẻ") || p.came().Len() != 0 {
		t.Errorf("an empty board says %q with %d lines", text, p.came().Len())
	}

	file := filepath.Join(t.TempDir(), "xa.gbthe")
	if _, err := commune.WritePacketCard(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if !p.TakeFile(file) || p.At() != partCards {
		t.Fatal("a dropped card is not taken")
	}
	test.Type(e.Window.Canvas().Focused(), theirs.Card.Fingerprint()[:9])
	accept(t, e)
	list, err := cards(d)
	if err != nil || len(list) != 1 || list[0].state != packet.Checked {
		t.Fatalf("%+v, %v", list, err)
	}

	if err := d.SetPacketDue(t.Context(), of, pagetest.Today-3); err != nil {
		t.Fatal(err)
	}
	p.Open(partArrived)
	p.Stale(desk.Changes{All: true})
	if p.came().Len() != 1 || p.came().Row(0).state() != "chưa gửi" || !strings.Contains(p.cover.Text(), "Thiếu 1/1 xã: UBND xã Hòa Thử") {
		t.Errorf("%d lines, %q", p.came().Len(), p.cover.Text())
	}
	goi := filepath.Join(t.TempDir(), "goi.gbgoi")
	if _, err := commune.MakePackage(t.Context(), goi, desk.Making{Kind: packet.Figures, Period: of, To: own}); err != nil {
		t.Fatal(err)
	}
	if !p.TakeFile(goi) {
		t.Fatal("a dropped package is not taken")
	}
	accept(t, e)
	p.Stale(desk.Changes{All: true})
	if p.came().Len() != 1 {
		t.Fatalf("%d lines", p.came().Len())
	}
	if a := p.came().Row(0); a.late != 3 || a.state() != "đã nhận" || !a.bad() || a.changes() != "3/0/0" {
		t.Errorf("%+v: %s, %s", a, a.state(), a.changes())
	}
	if label, open := p.behind(p.came().Row(0)); label != "Xem số liệu" {
		t.Errorf("nothing behind a package: %q", label)
	} else if open(); len(*went) != 1 || (*went)[0].Page != env.Reported {
		t.Errorf("went %+v", *went)
	}
	if _, err := d.AddPacketCard(t.Context(), list[0].Signed, ""); err != nil {
		t.Fatal(err)
	}

	request := papers.Request{Name: papers.Consolidated, Period: of}
	drawn, err := papers.Pages(t.Context(), d, request)
	if pdf := drawn.PDF; err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("consolidated: %v", err)
	} else if dir := os.Getenv("GIAOBAN_TEST_OUT"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, "tong-hop.pdf"), pdf, 0o600)
	}
	table, others := commune.Figures(of, of.To, data.ByUnit, desk.Filter{}), data.Counts{}
	for _, row := range table.Rows {
		if row.Name != "UBND xã Hòa Thử" {
			others.Add(row.Counts)
		}
	}
	// Both offices hold the same register: what the commune sent stands for its own unit.
	sent := table.Total
	sent.Postal = 0 // no column of form II.06a
	if p.board.Total != sent || p.board.OwnTotal != others || others == table.Total || others == (data.Counts{}) {
		t.Errorf("the board adds %+v and %+v, want %+v and %+v", p.board.Total, p.board.OwnTotal, sent, others)
	}
	// On the screen of reports the line of the commune leads to its package.
	tables, err := papers.Sheets(t.Context(), d, request)
	if err != nil || len(tables) == 0 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	row := slices.IndexFunc(tables[0].Rows, func(r paper.Row) bool { return r.Cells[1] == "UBND xã Hòa Thử" })
	if o, ok := tables[0].Opens(row, 2); !ok || o.Reported == 0 || o.Query != nil {
		t.Errorf("row %d opens %+v", row, o)
	}

	p.Open(partSent)
	p.make()
	accept(t, e)
	out := filepath.Join(t.TempDir(), nextName(own.Card, "H99.14", of, nil))
	book, _ := d.PacketCards()
	p.write(out, desk.Making{Kind: packet.Figures, Period: of, To: book[0].Signed})
	if _, err := os.Stat(out); err != nil || filepath.Base(out) != "GOI_H99_2023-Q1_1.gbgoi" {
		t.Errorf("%s: %v", out, err)
	}
	if list, err := d.SentPackages(); err != nil || len(list) != 1 || list[0].Unit != "H99.14" || list[0].Seq != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if got := nextName(own.Card, "H99.14", of, []desk.SentPackage{{Unit: "H99.14", Seq: 6}, {Unit: "H99.15", Seq: 9}}); got != "GOI_H99_2023-Q1_7.gbgoi" {
		t.Errorf("the next package: %s", got)
	}
}

// TestRenewal reads the lines of merged units, and refuses half a line.
func TestRenewal(t *testing.T) {
	r := renewalOf([]packet.Predecessor{{Unit: "H99.88", Name: "UBND xã Cũ", Until: "2025-06-30"}})
	if list, err := r.predecessors(); err != nil || len(list) != 1 || list[0].Until != "2025-06-30" || merged(list) != "UBND xã Cũ (H99.88, đến 30/06/2025)" {
		t.Errorf("%+v, %v", list, err)
	}
	r.Former = append(r.Former, former{}, former{Name: "UBND xã Khác"})
	if _, err := r.predecessors(); data.CodeOf(err) != data.Invalid {
		t.Errorf("half a line: %v", err)
	}
	d := pagetest.Empty(t)
	named(t, d, "H99", "UBND tỉnh Thử")
	if err := d.SetOffice(context.Background(), data.Office{Name: "UBND tỉnh Mới", Code: "H99"}); err != nil {
		t.Fatal(err)
	}
	if text := ownCard(d); !strings.Contains(text, "nay tên là UBND tỉnh Mới") {
		t.Error(text)
	}
	before, _, _, _ := d.OwnPacketCard()
	after, err := d.RenewPacketCard(t.Context(), []packet.Predecessor{{Unit: "H99.88", Name: "UBND xã Cũ", Until: "2025-06-30"}})
	if err != nil || after.Card.Name != "UBND tỉnh Mới" || after.Card.Replaces != before.Card.Fingerprint() || len(after.Change) == 0 {
		t.Errorf("%+v, %v", after, err)
	}
	if text := ownCard(d); !strings.Contains(text, "Sáp nhập từ: UBND xã Cũ") || strings.Contains(text, "nay tên") {
		t.Error(text)
	}
}

// TestUndoOfDossiers: the dossiers of a package, and its arrival, are taken back by one
// undo, after which it can be taken again.
func TestUndoOfDossiers(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	commune, d := pagetest.Office(t), pagetest.Empty(t)
	named(t, commune, "H99.14", "UBND xã Hòa Thử")
	own := named(t, d, "H99", "UBND tỉnh Thử")
	theirs, err := commune.PacketCard(t.Context())
	if err == nil {
		_, err = d.AddPacketCard(t.Context(), theirs, theirs.Card.Fingerprint())
	}
	if err != nil {
		t.Fatal(err)
	}
	of := pagetest.Period(t, "2023-Q1")
	path := filepath.Join(t.TempDir(), "ho-so.gbgoi")
	if _, err := commune.MakePackage(t.Context(), path, desk.Making{Kind: packet.Dossiers, Period: of, To: own,
		List: func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
			return papers.WriteList(ctx, commune, q, day, w, nil)
		}}); err != nil {
		t.Fatal(err)
	}
	want := commune.Figures(of, of.To, data.ByUnit, desk.Filter{}).Total.Received()
	for range 2 {
		p, err := d.OpenPackage(t.Context(), path, "")
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.TakePackage(t.Context(), p, desk.PackageTaking{})
		p.Close()
		if err != nil || int64(a.New) != want || int64(d.Len()) != want {
			t.Fatalf("%+v, %v: %d dossiers, want %d", a, err, d.Len(), want)
		}
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if list, err := d.Arrivals(); err != nil || len(list) != 0 || d.Len() != 0 {
			t.Fatalf("after undo: %+v, %v, %d dossiers", list, err, d.Len())
		}
	}
}
