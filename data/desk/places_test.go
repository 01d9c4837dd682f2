package desk_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

const placesFile = "Mã hồ sơ;Tên thủ tục hành chính;Nơi hướng dẫn;Đơn vị tiếp nhận;Đơn vị giải quyết;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái;Mã hồ sơ hệ thống bộ;Hệ thống xử lý"

func rowsOf(t *testing.T, d *desk.Desk, by data.Group) string {
	t.Helper()
	p, err := data.ParsePeriod("2026")
	must(t, err)
	var out []string
	for _, r := range d.Figures(p, data.NoDay, by, desk.Filter{}).Rows {
		out = append(out, fmt.Sprintf("%s %d", r.Name, r.Received()))
	}
	return strings.Join(out, ", ")
}

func coded(t *testing.T, d *desk.Desk, code string) data.Dossier {
	t.Helper()
	one, err := d.Dossier(d.Find(code))
	must(t, err)
	return one
}

// TestThreeUnitsOfADossier: a file that names all three fills them; what it leaves blank
// is the competent unit; a second import of it changes nothing.
func TestThreeUnitsOfADossier(t *testing.T) {
	d := fresh(t)
	path := write(t, "ba-noi.csv", placesFile,
		"HS-1;Đăng ký kết hôn;UBND xã Bắc;Điểm tiếp nhận Nam;Sở Tư pháp;Trần Văn Mẫu;02/03/2026;09/03/2026;Đang xử lý;B15-260302-150001;bộ tư pháp",
		"HS-2;Đăng ký kết hôn;;;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;10/03/2026;Đang xử lý;;")
	load(t, d, path)
	one := coded(t, d, "HS-1")
	c := d.Catalogue()
	if c.Unit(one.Unit).Name != "Sở Tư pháp" || c.Unit(one.Receiver).Name != "Điểm tiếp nhận Nam" || c.Unit(one.Helper).Name != "UBND xã Bắc" ||
		one.ExternalCode != "B15-260302-150001" || one.ExternalSystem != "bộ tư pháp" {
		t.Errorf("%+v", one)
	}
	if two := coded(t, d, "HS-2"); two.Receiver != 0 || two.Helper != 0 || two.ExternalCode != "" {
		t.Errorf("%+v", two)
	}
	for by, want := range map[data.Group]string{
		data.ByUnit:     "Sở Tư pháp 2",
		data.ByReceiver: "Sở Tư pháp 1, Điểm tiếp nhận Nam 1",
		data.ByHelper:   "Sở Tư pháp 1, UBND xã Bắc 1",
	} {
		if got := rowsOf(t, d, by); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
	}
	again, err := run(t, d, path, false)
	must(t, err)
	if again.Same != 2 {
		t.Errorf("again: %+v", summary(again))
	}
	moved, err := run(t, d, write(t, "sua.csv", placesFile,
		"HS-1;Đăng ký kết hôn;UBND xã Đông;Điểm tiếp nhận Nam;Sở Tư pháp;Trần Văn Mẫu;02/03/2026;09/03/2026;Đang xử lý;B15-260302-150002;",
		"HS-2;Đăng ký kết hôn;;#N/A;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;10/03/2026;Đang xử lý;;"), false)
	must(t, err)
	if moved.Changed != 1 || moved.Rejected != 1 {
		t.Fatalf("%+v", summary(moved))
	}
	want := "Nơi hướng dẫn: UBND xã Đông, trước là UBND xã Bắc; Mã ở hệ thống khác: B15-260302-150002, trước là B15-260302-150001"
	if got := strings.Join(moved.Lines[0].Changes, "; "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestOneDossierInTwoSystems: a row under the code of another system is the dossier that
// is kept here under its own, in both directions; no second one is counted.
func TestOneDossierInTwoSystems(t *testing.T) {
	d := fresh(t)
	load(t, d, write(t, "tinh.csv", placesFile, "HS-1;Đăng ký kết hôn;;;Sở Tư pháp;Trần Văn Mẫu;02/03/2026;09/03/2026;Đang xử lý;B15-1;Bộ Tư pháp",
		"HS-2;Đăng ký kết hôn;;;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;10/03/2026;Đang xử lý;;"))
	r, err := run(t, d, write(t, "bo.csv", placesFile, "b15-1;Đăng ký kết hôn;;;Sở Tư pháp;Trần Văn Mẫu;02/03/2026;09/03/2026;Đã xử lý xong;;",
		"B15-2;Đăng ký kết hôn;;;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;10/03/2026;Đang xử lý;HS-2;"), false)
	must(t, err)
	if d.Len() != 2 || r.New != 0 || r.Changed != 2 {
		t.Fatalf("%d dossiers, %+v", d.Len(), summary(r))
	}
	if one := coded(t, d, "HS-1"); one.On(data.MaxDay).Status != data.Done || one.ExternalCode != "B15-1" {
		t.Errorf("%+v", one)
	}
	if two := coded(t, d, "HS-2"); two.ExternalCode != "B15-2" {
		t.Errorf("%+v", two)
	}
	checkSound(t, d)

	back, err := d.OpenReconcile(t.Context(), write(t, "doi-chieu.csv", placesFile, "B15-1;Đăng ký kết hôn;;;Sở Tư pháp;Trần Văn Mẫu;02/03/2026;09/03/2026;Đã xử lý xong;;",
		"B15-9;Đăng ký kết hôn;;;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;11/03/2026;Đang xử lý;HS-2;"), desk.ReconcileOptions{})
	must(t, err)
	defer back.Close()
	if back.Agree != 1 || back.Counts[reconcile.DateDiffers] != 1 || back.Counts[reconcile.MissingHere]+back.Counts[reconcile.MissingThere] != 0 || back.Findings[0].Code != "HS-2" {
		t.Errorf("%+v", back.Result)
	}
}

// TestPointsOfReception: a point counts as its centre in figures by unit and stands under
// its own name where dossiers are received; it is of a unit of its own right only, and
// follows its centre.
func TestPointsOfReception(t *testing.T) {
	d := fresh(t)
	centre, other := newUnit(t, d, "Trung tâm Phục vụ hành chính công", data.LevelProvince), newUnit(t, d, "Sở Tư pháp", data.LevelProvince)
	point := data.Unit{Name: "Điểm tiếp nhận Bắc", Level: data.LevelCommune, Centre: centre.ID}
	must(t, d.SaveUnit(t.Context(), &point))
	for name, u := range map[string]data.Unit{
		"of itself":       {ID: other.ID, Name: other.Name, Centre: other.ID},
		"of nothing":      {Name: "Điểm lạ", Centre: 999},
		"of a point":      {Name: "Điểm của điểm", Centre: point.ID},
		"that has points": {ID: centre.ID, Name: centre.Name, Centre: other.ID},
	} {
		if err, _ := d.SaveUnit(t.Context(), &u).(*data.Error); err == nil || err.Field != "centre" {
			t.Errorf("a point %s: %v", name, err)
		}
	}
	load(t, d, write(t, "diem.csv", placesFile, "HS-1;Đăng ký kết hôn;;;Điểm tiếp nhận Bắc;Trần Văn Mẫu;02/03/2026;09/03/2026;Đang xử lý;;",
		"HS-2;Đăng ký kết hôn;;Điểm tiếp nhận Bắc;Sở Tư pháp;Lê Thị Mẫu;03/03/2026;10/03/2026;Đang xử lý;;",
		"HS-3;Đăng ký kết hôn;;;Trung tâm Phục vụ hành chính công;Lê Thị Ba;03/03/2026;10/03/2026;Đang xử lý;;"))
	if got := rowsOf(t, d, data.ByUnit); got != "Sở Tư pháp 1, Trung tâm Phục vụ hành chính công 2" {
		t.Errorf("by unit: %s", got)
	}
	if got := rowsOf(t, d, data.ByReceiver); got != "Trung tâm Phục vụ hành chính công 1, Điểm tiếp nhận Bắc 2" {
		t.Errorf("by receiver: %s", got)
	}
	next, err := d.RenameUnit(t.Context(), centre.ID, "Trung tâm Mới", "", data.Date(2026, 6, 1))
	must(t, err)
	if u := unitNamed(t, d, "Điểm tiếp nhận Bắc"); u.Centre != next {
		t.Errorf("the point stays with the centre that ended: %+v", u)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	if u := unitNamed(t, d, "Điểm tiếp nhận Bắc"); u.Centre != centre.ID {
		t.Errorf("after undo: %+v", u)
	}
	must(t, d.MergeUnits(t.Context(), []uint32{centre.ID}, point.ID, data.Date(2026, 6, 1), ""))
	if u := unitNamed(t, d, "Điểm tiếp nhận Bắc"); u.Centre != 0 {
		t.Errorf("a point that carries on its centre is one of its own: %+v", u)
	}
}

// TestHistoriesOfProceduresComeBack: levels and systems with their days go out and come
// in as they are; a cell without a day speaks of today.
func TestHistoriesOfProceduresComeBack(t *testing.T) {
	d := fresh(t)
	july := data.Date(2026, 7, 1)
	p := data.Procedure{Code: "8.100001", Name: "Thủ tục có lịch sử", Term: data.Term{Count: 3, Unit: data.WorkingDays}, Level: data.LevelCommune, Certain: true, OnlineLevel: data.OnlineInfo,
		Online:  []data.OnlineStep{{From: july, Level: data.OnlineProactive + "2"}, {From: data.Date(2025, 1, 1), Level: data.OnlinePart, Reason: "bản gốc phải nộp giấy"}},
		Systems: []data.SystemStep{{Name: "tỉnh"}, {From: data.Date(2026, 4, 25), Name: "hệ thống bộ tư pháp"}}, FeeKind: data.FeeOfState,
		Ways: []data.WayStep{{Way: data.WayOneStop, To: data.Date(2025, 6, 30)}, {Way: "5-tai-cho", From: july, Note: "Quyết định 12/QĐ-UBND"}, {Way: data.WayOneStop, From: july}}}
	must(t, d.SaveProcedure(t.Context(), &p))
	kept := d.Catalogue().Procedure(p.ID)
	if kept.Online[0].Level != data.OnlinePart || kept.SystemOn(data.Date(2026, 4, 24)) != "Hệ thống của tỉnh" || kept.SystemOn(data.Date(2026, 4, 25)) != "Hệ thống của Bộ Tư pháp" {
		t.Errorf("%+v", kept)
	}
	path := filepath.Join(t.TempDir(), "mot.xlsx")
	must(t, d.ExportProcedures(path, []data.Procedure{kept}))
	im, err := d.OpenProcedures(t.Context(), path)
	must(t, err)
	if im.Same != 1 {
		t.Errorf("%+v", im.Lines)
	}
	elsewhere := fresh(t)
	im, err = elsewhere.OpenProcedures(t.Context(), path)
	must(t, err)
	must(t, im.Apply(t.Context()))
	for _, q := range elsewhere.Catalogue().Procedures {
		if q.Code == p.Code {
			same(t, "levels", q.Online, kept.Online)
			same(t, "systems", q.Systems, kept.Systems)
			same(t, "ways", q.Ways, kept.Ways)
			if q.FeeKind != data.FeeOfState {
				t.Errorf("kind of fee %q", q.FeeKind)
			}
			if q.OnlineLevel != kept.OnlineLevel {
				t.Errorf("%q", q.OnlineLevel)
			}
		}
	}
	list := func(level, system string) []string {
		im, err := d.OpenProcedures(t.Context(), write(t, "ds.csv", "Mã TTHC;Tên TTHC;Mức độ DVC;Hệ thống xử lý", "8.100001;Thủ tục có lịch sử;"+level+";"+system))
		must(t, err)
		if len(im.Lines) != 1 {
			t.Fatalf("%+v", im.Lines)
		}
		return append(im.Lines[0].Changes, im.Lines[0].Reason)
	}
	today := d.Today()
	level := desk.OnlineName(kept.OnlineOn(today))
	if got := strings.Join(list(level, "Bộ Tư pháp"), ""); today >= july && got != "" {
		t.Errorf("what holds today is no change: %s", got)
	}
	if got := strings.Join(list("Toàn trình", "Bộ Công Thương"), " "); !strings.Contains(got, "; Toàn trình từ "+today.String()) || !strings.Contains(got, "; Hệ thống của Bộ Công Thương từ "+today.String()) {
		t.Errorf("%s", got)
	}
	for cell, want := range map[string]string{"Có quy trình nội bộ": "Cách thực hiện: ", "Làm cho nhanh": "cột «Cách thực hiện»: không hiểu «Làm cho nhanh»", "5 tại chỗ": "cột «Cách thực hiện»"} {
		im, err := d.OpenProcedures(t.Context(), write(t, "cach.csv", "Mã TTHC;Tên TTHC;Cách thực hiện", "8.100001;Thủ tục có lịch sử;"+cell))
		must(t, err)
		if got := strings.Join(append(im.Lines[0].Changes, im.Lines[0].Reason), " "); !strings.Contains(got, want) {
			t.Errorf("%s: %s", cell, got)
		}
	}
	if got := strings.Join(list("Chủ động mức 7", ""), ""); !strings.Contains(got, "cột «Mức độ»") {
		t.Errorf("%s", got)
	}
	bad := kept
	for _, ways := range [][]data.WayStep{{{Way: "khac"}}, {{Way: data.WayProcess, From: 20000, To: 19999}}, {{Way: data.WayProcess}, {Way: data.WayProcess, From: 20000}}} {
		wrong := bad
		wrong.Ways = ways
		if err, _ := d.SaveProcedure(t.Context(), &wrong).(*data.Error); err == nil || err.Field != "ways" {
			t.Errorf("%+v: %v", ways, err)
		}
	}
	bad.Systems = []data.SystemStep{{Name: "A"}, {Name: "B"}}
	if err, _ := d.SaveProcedure(t.Context(), &bad).(*data.Error); err == nil || err.Field != "systems" {
		t.Errorf("two systems for all time: %v", err)
	}
}
