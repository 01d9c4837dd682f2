package desk_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

func apply(t *testing.T, d *desk.Desk, path string, opt desk.ImportOptions) desk.ImportResult {
	t.Helper()
	im, err := d.OpenImport(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	dry, err := im.DryRun(t.Context(), desk.Run{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := im.Apply(t.Context(), desk.Run{})
	if err != nil {
		t.Fatal(err)
	}
	if dry.Fate != r.Fate || (dry.Reported == nil) != (r.Reported == nil) {
		t.Errorf("the dry run said %v, the import did %v", dry.Fate, r.Fate)
	}
	return r
}

func reported(t *testing.T, d *desk.Desk) []desk.Reported {
	t.Helper()
	list, err := d.Reported()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestReportedFigures stores tables of counts as what units report; the same
// again is the same, a corrected one takes its place, and all of it is undone.
func TestReportedFigures(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("E_full.xlsx"))
	len0, before := d.Len(), dumpOf(t, d)
	quarter, _ := data.ParsePeriod("2022-Q4")
	unit := d.Catalogue().Units[0]
	opt := desk.ImportOptions{Unit: unit.ID, Period: quarter}
	if r := apply(t, d, fixture("C_II06a.xlsx"), desk.ImportOptions{}); r.Reported != nil || len(r.Notes) == 0 || !slices.ContainsFunc(r.Notes, func(n exchange.Note) bool { return n.Code == exchange.NoteCounts && strings.Contains(n.Text, "kỳ") }) {
		t.Errorf("without a period: %+v", r)
	}
	for i, name := range []string{"B_20columns.xlsx", "C_II06a.xlsx", "D_07a.xlsx", "F_summary.xlsx", "H_hanoi.xlsx"} {
		r := apply(t, d, fixture(name), opt)
		if r.Fate != desk.New || r.Reported == nil || r.New != 0 || d.Len() != len0 || len(reported(t, d)) != i+1 {
			t.Fatalf("%s: %+v", name, r)
		}
		if again := apply(t, d, fixture(name), opt); again.Fate != desk.Same || again.Reported.ID != r.Reported.ID || len(reported(t, d)) != i+1 {
			t.Errorf("%s again: %+v", name, again)
		}
	}
	one := reported(t, d)[1]
	if one.Form != "II.06a" || one.Unit != unit.ID || one.UnitName != unit.Name || one.Period != quarter || one.Source != "C_II06a.xlsx" || len(one.Hash) != 64 || one.Row != 8 || one.Import == 0 || len(one.Rows) != 8 {
		t.Errorf("%+v", one)
	}
	if c := one.Counts(); c.Received() != 17632 || c.Late != 203 || c.Pending() != 275 {
		t.Errorf("%+v", c)
	}
	for _, row := range one.Rows {
		if strings.HasPrefix(row.Name, "Phòng Tư pháp") && d.Catalogue().Unit(row.Unit).Name != row.Name {
			t.Errorf("the row of a unit does not know it: %+v", row)
		}
	}
	// A corrected report of the same unit, period and form.
	r := apply(t, d, fixture("C_II06a.xls"), opt)
	if r.Fate != desk.Changed || r.Reported.ID != one.ID || len(reported(t, d)) != 5 || reported(t, d)[1].Total.Figures[data.ColReceived] != 19026 {
		t.Errorf("corrected: %+v", r.Fate)
	}
	if title, err := d.Undo(t.Context()); err != nil || !strings.Contains(title, "Quý IV/2022") || reported(t, d)[1].Total.Figures[data.ColReceived] != 17632 {
		t.Errorf("undone: %q, %v", title, err)
	}
	if err := d.DropReported(t.Context(), one.ID); err != nil || len(reported(t, d)) != 4 {
		t.Error(err)
	}
	if err := d.DropReported(t.Context(), one.ID); data.CodeOf(err) != data.NotFound {
		t.Errorf("dropped twice: %v", err)
	}
	for range 6 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(reported(t, d)) != 0 {
		t.Errorf("after undo: %d", len(reported(t, d)))
	}
	same(t, "reported figures touched the register", dumpOf(t, d), before)
	checkSound(t, d)
}

// TestPastedTable imports the clipboard: dossiers, and a report that names its
// unit and period.
func TestPastedTable(t *testing.T) {
	d := fresh(t)
	const table = "Mã hồ sơ\tTên thủ tục hành chính\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả\r\n" +
		"HS-1\t\"Đăng ký\r\nkết hôn\"\tTrần Văn Mẫu\t20/03/2023\t27/03/2023\r\nHS-2\tĐăng ký kết hôn\tLê Thị Mẫu\t31/02/2023\t\r\n"
	im, err := d.OpenImportText(t.Context(), table, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := im.Apply(t.Context(), desk.Run{})
	if err != nil || r.Source != "Bảng dán" || r.New != 1 || r.Rejected != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	one, err := d.Dossier(d.Find("HS-1"))
	if err != nil || d.Catalogue().ProcedureOf(&one) != "Đăng ký kết hôn" || one.Origin.Row != 2 {
		t.Errorf("%+v, %v", one, err)
	}
	imports, err := d.Imports()
	if err != nil || len(imports) != 1 || imports[0].File != "Bảng dán" || len(imports[0].Hash) != 64 {
		t.Errorf("%+v, %v", imports, err)
	}
	im, err = d.OpenImportText(t.Context(), "Đơn vị báo cáo: UBND xã Mới\tQuý I/2023\nTT\tLĩnh vực\tTổng số tiếp nhận\tTrực tuyến\tTrực tiếp, BCCI\tTừ kỳ trước\n1\tHộ tịch\t1.003\t1.000\t2\t1\n", desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err = im.Apply(t.Context(), desk.Run{})
	if err != nil || r.Reported == nil || r.Reported.UnitName != "UBND xã Mới" || r.Reported.Period.Key != "2023-Q1" || r.Reported.Rows[0].Field == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if c := r.Reported.Counts(); c.Received() != 1003 || c.NewOnline != 1000 {
		t.Errorf("%+v", c)
	}
	for _, text := range []string{"", "xin chào", "\t\t\n"} {
		if _, err := d.OpenImportText(t.Context(), text, desk.ImportOptions{}); data.CodeOf(err) != data.Refused {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestAnswersAreRemembered imports a second file of a source without asking
// again, and forgets when told to.
func TestAnswersAreRemembered(t *testing.T) {
	d := fresh(t)
	const head = "Mã hồ sơ;Việc gì;Ai nộp;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái"
	first := write(t, "thang3.csv", head, "HS-1;Đăng ký kết hôn;Trần Văn Mẫu;03/04/2023;05/04/2023;Chờ trăng lên")
	second := write(t, "thang4.csv", "DANH SÁCH;;;;;", "", head, "HS-2;Đăng ký kết hôn;Lê Thị Mẫu;04/05/2023;06/05/2023;Chờ trăng lên")
	proven := write(t, "thang5.csv", head, "HS-3;Đăng ký kết hôn;Lê Thị Mẫu;25/05/2023;26/05/2023;Chờ trăng lên")

	im, err := d.OpenImport(t.Context(), first, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m := im.Mapping()
	for i := range m.Columns {
		switch m.Columns[i].Heading {
		case "Việc gì":
			m.Columns[i].Fact = exchange.FactProcedure
		case "Ai nộp":
			m.Columns[i].Fact = exchange.FactOwner
		}
	}
	im.Close()
	opt := desk.ImportOptions{Mapping: &m, Order: exchange.MonthFirst, Statuses: map[string]data.Status{"Chờ trăng lên": data.AwaitSupply}}
	if im, err = d.OpenImport(t.Context(), first, opt); err != nil {
		t.Fatal(err)
	}
	if r, err := im.DryRun(t.Context(), desk.Run{}); err != nil || r.New != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if list, _ := d.Mappings(); len(list) != 0 {
		t.Error("a dry run is remembered")
	}
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	im.Close()
	if undo, _ := d.Undoable(); !strings.HasPrefix(undo, "Nhập ") {
		t.Errorf("undo offers %q", undo)
	}
	r := apply(t, d, second, desk.ImportOptions{})
	if r.New != 1 || !slices.ContainsFunc(exchange.Texts(r.Notes), func(w string) bool {
		return strings.HasPrefix(w, "Dùng lại cách ghép cột của lần nhập tệp «thang3.csv»")
	}) {
		t.Fatalf("%+v", r)
	}
	one, err := d.Dossier(d.Find("HS-2"))
	if err != nil {
		t.Fatal(err)
	}
	if one.Owner.Name != "Lê Thị Mẫu" || d.Catalogue().ProcedureOf(&one) != "Đăng ký kết hôn" || one.Received.Day != data.Date(2023, 4, 5) || one.On(data.MaxDay).Status != data.AwaitSupply {
		t.Errorf("%+v", one)
	}
	// What a file proves goes before what was answered for another.
	apply(t, d, proven, desk.ImportOptions{})
	if one, err = d.Dossier(d.Find("HS-3")); err != nil || one.Received.Day != data.Date(2023, 5, 25) {
		t.Errorf("%+v, %v", one, err)
	}
	// The same answers again leave the one record.
	if im, err = d.OpenImport(t.Context(), first, opt); err != nil {
		t.Fatal(err)
	}
	if _, err = im.Apply(t.Context(), desk.Run{}); err != nil {
		t.Fatal(err)
	}
	im.Close()
	list, err := d.Mappings()
	if err != nil || len(list) != 1 || list[0].Value.File != "thang3.csv" || list[0].Value.Day != d.Today() {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := d.ForgetMapping(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	im, err = d.OpenImport(t.Context(), second, desk.ImportOptions{})
	if err == nil {
		if m := im.Mapping(); im.Reused() != "" || m.Has(exchange.FactOwner) {
			t.Error("what was forgotten is used")
		}
		im.Close()
	}
}
