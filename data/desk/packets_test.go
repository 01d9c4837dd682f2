package desk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/packet"
)

// officed gives an office its name and code.
func officed(t *testing.T, d *desk.Desk, code, name string) *desk.Desk {
	t.Helper()
	if err := d.SetOffice(t.Context(), data.Office{Name: name, Code: code}); err != nil {
		t.Fatal(err)
	}
	return d
}

// pair is a commune and its province, which compared the commune's fingerprint.
func pair(t *testing.T) (commune, province *desk.Desk) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	commune, province = officed(t, fresh(t), "H99.14", "UBND xã\nSông Lam"), officed(t, fresh(t), "H99", "UBND tỉnh Thử")
	card := ownCard(t, commune)
	if k, err := province.AddPacketCard(t.Context(), card, card.Card.Fingerprint()); err != nil || k.State != packet.Checked {
		t.Fatal(k, err)
	}
	return commune, province
}

func ownCard(t *testing.T, d *desk.Desk) packet.Signed {
	t.Helper()
	card, err := d.PacketCard(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func made(t *testing.T, from, to *desk.Desk, m desk.Making) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "goi.gbgoi")
	m.To = ownCard(t, to)
	if _, err := from.MakePackage(t.Context(), path, m); err != nil {
		t.Fatal(err)
	}
	return path
}

func taken(t *testing.T, d *desk.Desk, path string, how desk.PackageTaking) (desk.Arrival, error) {
	t.Helper()
	p, err := d.OpenPackage(t.Context(), path, "")
	if err != nil {
		return desk.Arrival{}, err
	}
	defer p.Close()
	return d.TakePackage(t.Context(), p, how)
}

func mustTake(t *testing.T, d *desk.Desk, path string, how desk.PackageTaking) desk.Arrival {
	t.Helper()
	a, err := taken(t, d, path, how)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFiguresComeInAPackage(t *testing.T) {
	commune, province := pair(t)
	load(t, commune, fixture("E_full.xlsx"))
	quarter, err := data.ParsePeriod("2022-Q4")
	if err != nil {
		t.Fatal(err)
	}
	making := desk.Making{Kind: packet.Figures, Period: quarter}
	first := made(t, commune, province, making)
	a := mustTake(t, province, first, desk.PackageTaking{})
	want := commune.Figures(quarter, quarter.To, data.ByField, desk.Filter{})
	if a.Seq != 1 || a.New != len(want.Rows) || a.New == 0 || len(a.Warnings) != 0 || a.State != packet.Checked {
		t.Errorf("arrival %+v", a)
	}
	if len(a.Notes) != 0 {
		t.Errorf("counted by the same rules: %q", a.Notes)
	}
	board, err := province.ArrivalBoard(&quarter, data.NoDay)
	if err != nil || len(board.Sources) != 1 || board.Sources[0].From != "Gói số 1 của UBND xã Sông Lam" {
		t.Fatalf("board %+v, %v", board, err)
	}
	for _, col := range data.Columns {
		if got := col.Of(board.Total); got != col.Of(want.Total) {
			t.Errorf("%s: %d, the sender counts %d", col, got, col.Of(want.Total))
		}
	}
	if got := board.Cover(); got != "Đã có số liệu của 1/1 đơn vị." {
		t.Error(got)
	}
	if _, err := taken(t, province, first, desk.PackageTaking{}); data.CodeOf(err) != data.Conflict {
		t.Errorf("the same again: %v", err)
	}
	if _, err := province.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list := reported(t, province); len(list) != 0 {
		t.Errorf("after undo: %v", list)
	}
	mustTake(t, province, first, desk.PackageTaking{})
	third := made(t, commune, province, making)
	fourth := made(t, commune, province, making)
	if a = mustTake(t, province, fourth, desk.PackageTaking{}); a.Seq != 3 || a.Same == 0 {
		t.Errorf("a second version: %+v", a)
	}
	if board, err = province.ArrivalBoard(nil, data.NoDay); err != nil || len(board.Gaps["UBND xã Sông Lam"]) != 1 || board.Gaps["UBND xã Sông Lam"][0] != 2 {
		t.Errorf("gaps %v, %v", board.Gaps, err)
	}
	if _, err := taken(t, province, third, desk.PackageTaking{}); data.CodeOf(err) != data.Refused {
		t.Errorf("an older one of the period: %v", err)
	}
	if len(reported(t, province)) != 1 {
		t.Error("a package does not replace its earlier version")
	}
	if _, err := taken(t, commune, first, desk.PackageTaking{}); data.CodeOf(err) != data.Refused {
		t.Errorf("the sender takes its own: %v", err)
	}
}

func TestReportOfTheReceiverIsNotReplacedUnasked(t *testing.T) {
	commune, province := pair(t)
	load(t, commune, fixture("E_full.xlsx"))
	quarter, _ := data.ParsePeriod("2022-Q4")
	mustTake(t, province, made(t, commune, province, desk.Making{Kind: packet.Figures, Period: quarter}), desk.PackageTaking{})
	list := reported(t, province)
	typed := list[0]
	typed.Sender, typed.Source, typed.Hash, typed.HasTotal = "", "bang-giay.xlsx", "0", false
	if _, err := province.Keep(t.Context(), desk.Work{Title: "Sửa"}, desk.KindReported, list[0].ID, typed); err != nil {
		t.Fatal(err)
	}
	again := made(t, commune, province, desk.Making{Kind: packet.Figures, Period: quarter})
	a := mustTake(t, province, again, desk.PackageTaking{})
	if a.Conflicts != 1 || a.Changed != 0 || reported(t, province)[0].Source != "bang-giay.xlsx" {
		t.Errorf("unasked: %+v", a)
	}
	if _, err := province.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a = mustTake(t, province, again, desk.PackageTaking{Over: true}); a.Changed == 0 || reported(t, province)[0].Source == "bang-giay.xlsx" {
		t.Errorf("asked: %+v", a)
	}
}

func TestOnlyACheckedCardIsTakenWithoutAReason(t *testing.T) {
	commune, province := pair(t)
	quarter, _ := data.ParsePeriod("2022-Q4")
	other := officed(t, fresh(t), "H99.15", "UBND xã Bãi Dâu")
	path := made(t, other, province, desk.Making{Kind: packet.Figures, Period: quarter})
	if _, err := taken(t, province, path, desk.PackageTaking{}); data.CodeOf(err) != data.Refused {
		t.Errorf("without a card: %v", err)
	}
	card := ownCard(t, other)
	if _, err := province.AddPacketCard(t.Context(), card, ownCard(t, commune).Card.Fingerprint()); data.CodeOf(err) != data.Denied {
		t.Errorf("with the fingerprint of another: %v", err)
	}
	if _, err := province.AddPacketCard(t.Context(), card, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := taken(t, province, path, desk.PackageTaking{}); data.CodeOf(err) != data.Denied {
		t.Errorf("a card that nobody compared: %v", err)
	}
	if a := mustTake(t, province, path, desk.PackageTaking{Why: "đã gọi điện"}); a.Why != "đã gọi điện" || a.State != packet.Unchecked {
		t.Errorf("with a reason: %+v", a)
	}
	board, err := province.ArrivalBoard(&quarter, data.NoDay)
	if err != nil || board.Cover() != "Thiếu 1/2 đơn vị: UBND xã Sông Lam." {
		t.Errorf("%s, %v", board.Cover(), err)
	}
	if late, err := province.ArrivalBoard(&quarter, data.Date(2022, 1, 5)); err != nil || !strings.Contains(late.Cover(), "Nộp muộn: UBND xã Bãi Dâu.") {
		t.Errorf("%s, %v", late.Cover(), err)
	}
}

func TestEntriesComeInAPackage(t *testing.T) {
	commune, province := pair(t)
	ctx := context.Background()
	year, _ := data.ParsePeriod("2022")
	own := &logbook.Entry{Values: map[string]string{"text": "Việc của tỉnh", "issued": "2022-03-01"}}
	if _, err := province.KeepEntry(ctx, logbook.Task, own, ""); err != nil {
		t.Fatal(err)
	}
	e, err := commune.KeepEntry(ctx, logbook.Task, &logbook.Entry{Values: map[string]string{"text": "Ban hành kế hoạch", "issued": "2022-03-01"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	making := desk.Making{Kind: packet.Entries, Period: year}
	a := mustTake(t, province, made(t, commune, province, making), desk.PackageTaking{})
	list := entriesOf(t, province, "task")
	if a.New != 1 || len(list) != 2 || list[1].Source != "Gói số 1 của UBND xã Sông Lam, dòng 1" || list[0].Text("text") != "Việc của tỉnh" {
		t.Fatalf("%+v, %+v", a, list)
	}
	change := func(d *desk.Desk, e *logbook.Entry, words string) {
		t.Helper()
		c := e.Clone()
		c.Set("text", words)
		if _, err := d.KeepEntry(ctx, logbook.Task, c, "sửa"); err != nil {
			t.Fatal(err)
		}
	}
	change(commune, e, "Ban hành kế hoạch năm")
	if a = mustTake(t, province, made(t, commune, province, making), desk.PackageTaking{}); a.Changed != 1 || entriesOf(t, province, "task")[1].Text("text") != "Ban hành kế hoạch năm" {
		t.Fatalf("its own earlier version: %+v", a)
	}
	change(province, entriesOf(t, province, "task")[1], "Tỉnh đã sửa")
	change(commune, entriesOf(t, commune, "task")[0], "Xã sửa nữa")
	path := made(t, commune, province, making)
	if a = mustTake(t, province, path, desk.PackageTaking{}); a.Conflicts != 1 || a.Rejected != 1 || entriesOf(t, province, "task")[1].Text("text") != "Tỉnh đã sửa" {
		t.Fatalf("changed by the receiver: %+v", a)
	}
	if _, err := province.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if a = mustTake(t, province, path, desk.PackageTaking{Over: true}); a.Changed != 1 || entriesOf(t, province, "task")[1].Text("text") != "Xã sửa nữa" {
		t.Fatalf("asked: %+v", a)
	}
}

func TestIndicatorsComeInAPackage(t *testing.T) {
	commune, province := pair(t)
	ctx := context.Background()
	unit := newUnit(t, province, "UBND xã Sông Lam", data.LevelCommune).ID
	p := month(t, "2022-03")
	keep := func(d *desk.Desk, unit uint32, value string) {
		t.Helper()
		if _, err := d.KeepIndicators(ctx, "", []desk.IndicatorEntry{{Code: "DA06_DVC", Unit: unit, Period: p, Value: value}}); err != nil {
			t.Fatal(err)
		}
	}
	keep(commune, 0, "23/25")
	making := desk.Making{Kind: packet.Indicators, Period: p}
	value := func() string {
		book, err := province.IndicatorBook()
		if err != nil {
			t.Fatal(err)
		}
		return book.Cell("DA06_DVC", unit, p).Value + " " + book.Cell("DA06_DVC", unit, p).By
	}
	a := mustTake(t, province, made(t, commune, province, making), desk.PackageTaking{})
	if a.New != 1 || value() != "23/25 Gói số 1 của UBND xã Sông Lam" {
		t.Fatalf("%+v, %s", a, value())
	}
	keep(commune, 0, "24/25")
	if a = mustTake(t, province, made(t, commune, province, making), desk.PackageTaking{}); a.Changed != 1 || value() != "24/25 Gói số 2 của UBND xã Sông Lam" {
		t.Fatalf("%+v, %s", a, value())
	}
	keep(province, unit, "20/25")
	keep(commune, 0, "25/25")
	path := made(t, commune, province, making)
	if a = mustTake(t, province, path, desk.PackageTaking{}); a.Conflicts != 1 || a.Rejected != 1 || !strings.HasPrefix(value(), "20/25") {
		t.Fatalf("changed by the receiver: %+v, %s", a, value())
	}
	if _, err := province.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if a = mustTake(t, province, path, desk.PackageTaking{Over: true}); a.Changed != 1 || !strings.HasPrefix(value(), "25/25") {
		t.Fatalf("asked: %+v, %s", a, value())
	}
}

func TestKeysOutliveUndo(t *testing.T) {
	commune, province := pair(t)
	id := ownCard(t, commune).Card.Fingerprint()
	quarter, _ := data.ParsePeriod("2022-Q4")
	made(t, commune, province, desk.Making{Kind: packet.Figures, Period: quarter})
	for range 5 {
		commune.Undo(t.Context())
	}
	path := made(t, officed(t, commune, "H99.14", "UBND xã Sông Lam"), province, desk.Making{Kind: packet.Figures, Period: quarter})
	if got := ownCard(t, commune).Card.Fingerprint(); got != id {
		t.Errorf("another key: %s, %s", got, id)
	}
	if a := mustTake(t, province, path, desk.PackageTaking{}); a.Seq != 2 {
		t.Errorf("number %d is given twice", a.Seq)
	}
}

// A package whose sender counts by other rules says so and is taken.
func TestOtherRulesAreTold(t *testing.T) {
	commune, province := pair(t)
	load(t, commune, fixture("E_full.xlsx"))
	rules := commune.Rules()
	rules.NextDay = !rules.NextDay
	if err := commune.SetRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	quarter, err := data.ParsePeriod("2022-Q4")
	if err != nil {
		t.Fatal(err)
	}
	a := mustTake(t, province, made(t, commune, province, desk.Making{Kind: packet.Figures, Period: quarter}), desk.PackageTaking{})
	if len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "quy tắc khác") || a.New == 0 {
		t.Errorf("%+v", a)
	}
}
