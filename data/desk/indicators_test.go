package desk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
)

func month(t *testing.T, key string) data.Period {
	t.Helper()
	p, err := data.ParsePeriod(key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// measured returns one measure of an office.
func measured(t *testing.T, d *desk.Desk, id string, p data.Period) desk.Measured {
	t.Helper()
	s, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.Measures(desk.MeasureQuery{Period: p, Only: []string{id}, By: logbook.ByUnit})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s: %d measures, %v", id, len(list), err)
	}
	return list[0]
}

// TestIndicatorValues keeps values in one change, takes them back, and finds them among
// the measures: a blank is not a nought.
func TestIndicatorValues(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	a := newUnit(t, d, "UBND xã Một", data.LevelCommune).ID
	b := newUnit(t, d, "UBND xã Hai", data.LevelCommune).ID
	p := month(t, "2022-03")
	const id = "indicator.SOHOA_KEHOACH"
	if m := measured(t, d, id, p); !m.Unknown || m.Shown(m.Value) != "chưa có số" || !m.Rate() {
		t.Errorf("without a value it is %+v", m)
	}
	put := func(list ...desk.IndicatorEntry) []desk.IndicatorDoubt {
		t.Helper()
		doubts, err := d.KeepIndicators(ctx, "", list)
		if err != nil {
			t.Fatal(err)
		}
		return doubts
	}
	put(desk.IndicatorEntry{Code: "SOHOA_KEHOACH", Unit: a, Period: p, Value: "60/66", Note: "thiếu 6"}, desk.IndicatorEntry{Code: "SOHOA_KEHOACH", Unit: b, Period: p, Value: "7/10"},
		desk.IndicatorEntry{Code: "CONG_CONGKHAI", Period: p, Value: "69,3 %"}, desk.IndicatorEntry{Code: "ND224_THOIGIAN", Unit: a, Period: p, Value: "2,5"}, desk.IndicatorEntry{Code: "HL_HAILONG", Period: p, Value: "trên 80,5"})
	m := measured(t, d, id, p)
	if m.Shown(m.Value) != "67/76 = 88,16 %" || len(m.Parts) != 2 || m.Parts[0].Name != "UBND xã Hai" || m.Parts[0].B != 7 {
		t.Errorf("%s, parts %+v", m.Shown(m.Value), m.Parts)
	}
	for code, want := range map[string]string{"CONG_CONGKHAI": "69,30 %", "ND224_THOIGIAN": "2,5 ngày", "HL_HAILONG": "> 80,5 %"} {
		if m := measured(t, d, "indicator."+code, month(t, "2022-Q1")); m.Shown(m.Value) != want {
			t.Errorf("%s is %s, want %s", code, m.Shown(m.Value), want)
		}
	}
	doubts := put(desk.IndicatorEntry{Code: "DA06_TK", Unit: a, Period: p, Value: "100"}, desk.IndicatorEntry{Code: "DA06_TK", Unit: a, Period: month(t, "2022-04"), Value: "131"})
	if len(doubts) != 1 || !strings.Contains(doubts[0].Text, "lệch hơn 30 %") {
		t.Errorf("doubts: %+v", doubts)
	}
	for range 2 {
		if _, err := d.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if m := measured(t, d, id, p); !m.Unknown || len(m.Parts) > 0 {
		t.Errorf("after undo: %+v", m)
	}
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	put(desk.IndicatorEntry{Code: "SOHOA_KEHOACH", Unit: a, Period: p}) // emptied
	if m := measured(t, d, id, p); m.Shown(m.Value) != "7/10 = 70,00 %" {
		t.Errorf("with a blank: %s", m.Shown(m.Value))
	}
}

// TestIndicatorsRefuse names unit, period and what to do, and keeps nothing by halves.
func TestIndicatorsRefuse(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	load(t, d, fixture("A_server.xlsx"))
	unit := newUnit(t, d, "UBND xã Một", data.LevelCommune)
	closed := month(t, "2022-02")
	if _, err := d.ClosePeriod(ctx, closed, data.NoDay); err != nil {
		t.Fatal(err)
	}
	good := desk.IndicatorEntry{Code: "DA06_TK", Unit: unit.ID, Period: month(t, "2022-03"), Value: "5"}
	for _, c := range []struct {
		e     desk.IndicatorEntry
		words []string
	}{
		{desk.IndicatorEntry{Code: "DA06_DVC", Unit: unit.ID, Period: good.Period, Value: "26/25"}, []string{unit.Name, "Tháng 3/2022", "vượt 100 %"}},
		{desk.IndicatorEntry{Code: "DA06_TK", Unit: unit.ID, Period: good.Period, Value: "nhiều"}, []string{unit.Name, "không phải là một số"}},
		{desk.IndicatorEntry{Code: "DA06_TK", Unit: unit.ID, Period: closed, Value: "5"}, []string{unit.Name, "Tháng 2/2022", "đã chốt", "kỳ sau"}},
		{desk.IndicatorEntry{Code: "DA06_TK", Unit: 9999, Period: good.Period, Value: "5"}, []string{"9999", "không có trong danh mục"}},
		{desk.IndicatorEntry{Code: "DA06_TK", Unit: unit.ID, Period: month(t, "2099"), Value: "5"}, []string{"chưa bắt đầu"}},
		{desk.IndicatorEntry{Code: "KHONG_CO", Unit: unit.ID, Period: good.Period, Value: "5"}, []string{"KHONG_CO"}},
	} {
		_, err := d.KeepIndicators(ctx, "", []desk.IndicatorEntry{good, c.e})
		for _, w := range c.words {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%+v: %v does not say «%s»", c.e, err, w)
			}
		}
		if faults, err := d.TryIndicators([]desk.IndicatorEntry{good, c.e}); err != nil || len(faults) != 1 || faults[1] == nil {
			t.Errorf("tried: %v, %v", faults, err)
		}
	}
	if m := measured(t, d, "indicator.DA06_TK", good.Period); !m.Unknown {
		t.Errorf("half of a refused change was kept: %+v", m)
	}
}

// TestIndicatorDefinitions adds, changes and takes back definitions, and refuses a cycle.
func TestIndicatorDefinitions(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	book := func() *indicator.Book {
		b, err := d.IndicatorBook()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	x := indicator.Definition{Code: "xa_1", Name: "Chỉ tiêu của xã", Group: "Số hóa", Unit: "việc", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Sum}
	if err := d.SaveIndicator(ctx, x, true); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveIndicator(ctx, x, true); data.CodeOf(err) != data.Conflict {
		t.Errorf("a code is given twice: %v", err)
	}
	y := x
	y.Code, y.Formula = "XA_2", "XA_1 * 2"
	if err := d.SaveIndicator(ctx, y, true); err != nil {
		t.Fatal(err)
	}
	x.Code, x.Formula = "XA_1", "XA_2 + 1"
	if err := d.SaveIndicator(ctx, x, false); err == nil || !strings.Contains(err.Error(), "XA_1 → XA_2 → XA_1") {
		t.Errorf("a cycle: %v", err)
	}
	p := month(t, "2022-03")
	if _, err := d.KeepIndicators(ctx, "", []desk.IndicatorEntry{{Code: "XA_1", Period: p, Value: "4"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepIndicators(ctx, "", []desk.IndicatorEntry{{Code: "XA_2", Period: p, Value: "4"}}); err == nil || !strings.Contains(err.Error(), "công thức") {
		t.Errorf("a formula is typed over: %v", err)
	}
	if m := measured(t, d, "indicator.XA_2", p); m.Shown(m.Value) != "8 việc" {
		t.Errorf("a formula gives %s", m.Shown(m.Value))
	}
	x.Formula, x.Kind = "", indicator.Yes
	if err := d.SaveIndicator(ctx, x, false); data.CodeOf(err) != data.Conflict {
		t.Errorf("the kind of typed values changes: %v", err)
	}
	dvc := *book().Definition("DA06_DVC")
	dvc.To, dvc.Targets = d.Today(), []indicator.Target{{Value: "90"}}
	if err := d.SaveIndicator(ctx, dvc, false); err != nil {
		t.Fatal(err)
	}
	if got := book().Definition("DA06_DVC"); got.Target(0, "", 2022) != "90" || got.To != d.Today() {
		t.Errorf("changed: %+v", got)
	}
	if err := d.ResetIndicators(ctx); err != nil {
		t.Fatal(err)
	}
	if got := book().Definition("DA06_DVC"); got.Target(0, "", 2022) != "100" || got.To.Known() || book().Definition("XA_1") == nil {
		t.Errorf("taken back: %+v", got)
	}
}

// TestIndicatorWorkbook writes values to a workbook, reads it back without a difference,
// and refuses rows one by one.
func TestIndicatorWorkbook(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	id := newUnit(t, d, "UBND xã Một", data.LevelCommune).ID
	p := month(t, "2022-03")
	list := []desk.IndicatorEntry{{Code: "DA06_DVC", Unit: id, Period: p, Value: "23/25", Note: "còn hai"}, {Code: "HL_HAILONG", Period: month(t, "2022-Q1"), Value: "trên 80"},
		{Code: "DA06_TK", Unit: id, Period: month(t, "nd09:2022-Q1"), Value: "12.597"}, {Code: "CONG_CONGKHAI", Unit: id, Period: p, Value: "69,3 %"}, {Code: "PL_1_7", Unit: id, Period: p, Value: "0"}}
	if _, err := d.KeepIndicators(ctx, "", list); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "chi-tieu.xlsx")
	if err := d.ExportIndicators(path, append(list, desk.IndicatorEntry{Code: "VB_KYSO", Unit: id, Period: p})); err != nil {
		t.Fatal(err)
	}
	if r, err := d.ImportIndicators(ctx, path, false); err != nil || r.Rows != 5 || r.Same != 5 {
		t.Errorf("read back: %+v, %v", r, err)
	}
	pasted := "Mã\tĐơn vị\tKỳ\tGiá trị\tGhi chú\n" +
		"DA06_DVC\tUBND xã Một\t3/2022\t24/25\tthêm một\n" + // changed
		"DA06_DVC\tUBND xã Một\tTháng 4 năm 2022\t24/25\t\n" + // new
		"DA06_DVC\tUBND xã Một\tTháng 4/2022\t25/25\t\n" + // twice
		"DA06_DVC\tUBND xã Không Có\tTháng 4/2022\t25/25\t\n" +
		"DA06_DVC\tToàn cơ quan\tQuý 9/2022\t25/25\t\n" +
		"KHONG\t\tQuý I/2022\t5\t\n" +
		"DA06_TK\t\tQuý 1 năm 2022\tnăm\t\n" +
		"VB_KYSO\t\tQuý 1 năm 2022\t\t\n" + // blank
		"PL_1_7\tUBND xã Một\tTháng 3/2022\t0\t\n" // same
	dry, err := d.PasteIndicators(ctx, pasted, true)
	if err != nil || dry.New != 1 || dry.Changed != 1 || dry.Same != 1 || dry.Rejected != 5 || len(dry.Faults) != 5 {
		t.Fatalf("dry: %+v, %v", dry, err)
	}
	for i, words := range []string{"dòng 3", "Không Có", "Quý 9/2022", "KHONG", "không phải là một số"} {
		if f := dry.Faults[i]; !strings.Contains(f.Reason, words) || f.Row != i+4 {
			t.Errorf("row %d: %s", f.Row, f.Reason)
		}
	}
	if b, _ := d.IndicatorBook(); b.Cell("DA06_DVC", id, p).Value != "23/25" {
		t.Error("a dry run changed a value")
	}
	if r, err := d.PasteIndicators(ctx, pasted, false); err != nil || r.New != 1 || r.Changed != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if r, err := d.PasteIndicators(ctx, pasted, false); err != nil || r.New+r.Changed != 0 || r.Same != 3 {
		t.Errorf("a second time: %+v, %v", r, err)
	}
	if b, _ := d.IndicatorBook(); b.Cell("DA06_DVC", id, p) != (indicator.Cell{Value: "24/25", Note: "thêm một", At: d.Now().Unix()}) {
		t.Errorf("kept %+v", b.Cell("DA06_DVC", id, p))
	}
	if _, err := d.PasteIndicators(ctx, "Tên\tSố\nA\t1\n", true); data.CodeOf(err) != data.Refused {
		t.Errorf("a table without a heading: %v", err)
	}
}

// TestTypedIndicatorsFeedIndex766 turns what is missing into points.
func TestTypedIndicatorsFeedIndex766(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("A_server.xlsx"))
	p := month(t, "2022-03")
	state := func() string {
		s, err := d.At()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		e, err := s.Index766(p, p.To)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range e.Indicators {
			if x.ID == "1.4" {
				if x.Points == nil {
					return string(x.State)
				}
				return string(x.State) + " " + x.Points.RatString()
			}
		}
		return ""
	}
	if got := state(); got != "missing" {
		t.Errorf("blank it is %s", got)
	}
	if _, err := d.KeepIndicators(context.Background(), "", []desk.IndicatorEntry{{Code: "QD766_1_4", Period: p, Value: "50/100"}}); err != nil {
		t.Fatal(err)
	}
	if got := state(); got != "computed 3" {
		t.Errorf("typed it is %s", got)
	}
}
