package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

func procedureOf(t *testing.T, d *desk.Desk, code string, level data.Level) data.Procedure {
	t.Helper()
	for _, p := range d.Catalogue().Procedures {
		if p.Code == code && p.Level == level {
			return p
		}
	}
	t.Fatalf("no procedure %s of %s", code, level)
	return data.Procedure{}
}

// TestShippedProceduresCanBeSaved: those of two levels stand twice under one code.
func TestShippedProceduresCanBeSaved(t *testing.T) {
	d := fresh(t)
	seen := map[string]bool{}
	for i, p := range d.Catalogue().Procedures {
		if twice := p.Code != "" && seen[p.Code]; twice && len(seen)%3 == 0 || i%60 == 0 {
			if err := d.SaveProcedure(t.Context(), &p); err != nil {
				t.Errorf("%s %s: %v", p.Code, p.Name, err)
			}
		}
		seen[p.Code] = true
		if _, differs, ok := d.ShippedProcedure(p); !ok || differs {
			t.Errorf("%s %s: shipped %v, differs %v", p.Code, p.Name, ok, differs)
		}
	}
}

func TestImportOfProcedures(t *testing.T) {
	d := fresh(t)
	c := d.Catalogue()
	var plain, doubtful data.Procedure
	codes := map[string]int{}
	for _, p := range c.Procedures {
		codes[p.Code]++
	}
	for _, p := range c.Procedures {
		if p.Code != "" && codes[p.Code] == 1 && p.Certain && p.Term.Unit == data.WorkingDays {
			plain = p
		}
		if p.Code != "" && codes[p.Code] == 1 && !p.Certain && p.Term.Unit == data.WorkingDays {
			doubtful = p
		}
	}
	path := write(t, "danh-muc.csv",
		"DANH MỤC THỦ TỤC HÀNH CHÍNH;;;;;;",
		"STT;Mã TTHC;Tên TTHC;Lĩnh vực;Cấp thực hiện;Thời hạn giải quyết;Mức độ DVC;Phí, lệ phí",
		"(1);(2);(3);(4);(5);(6);(7);(8)",
		"1;"+plain.Code+".000.00.00.H99;"+plain.Name+";;;;;",
		"2;"+doubtful.Code+";"+doubtful.Name+";;;"+doubtful.Term.String()+";;",
		"3;9.000001;Thủ tục mới của tỉnh;Lĩnh vực riêng;Cấp huyện, Cấp xã;Không quá 07 (bảy) ngày làm việc kể từ ngày nhận đủ hồ sơ;Toàn trình;150.000 đồng",
		"4;9.000002;Thủ tục sai thời hạn;Đất đai;Cấp xã;theo quy định;;",
		"5;9.000001;Thủ tục mới của tỉnh;Lĩnh vực riêng;Cấp huyện, Cấp xã;3 ngày;;",
		"6;9.999999;;;;;;")
	im, err := d.OpenProcedures(t.Context(), path)
	must(t, err)
	if im.New != 1 || im.Changed != 1 || im.Same != 1 || im.Rejected != 3 || im.Rows != 6 {
		t.Fatalf("%d new, %d changed, %d same, %d rejected: %+v", im.New, im.Changed, im.Same, im.Rejected, im.Lines)
	}
	for _, l := range im.Lines {
		if l.Fate == desk.Rejected && l.Reason == "" || l.Fate == desk.Changed && len(l.Changes) == 0 {
			t.Errorf("%+v says nothing", l)
		}
	}
	if len(d.Catalogue().Procedures) != len(c.Procedures) {
		t.Error("the preview wrote something")
	}
	must(t, im.Apply(t.Context()))
	for _, level := range []data.Level{data.LevelDistrict, data.LevelCommune} {
		p := procedureOf(t, d, "9.000001", level)
		if p.Term != (data.Term{Count: 7, Unit: data.WorkingDays}) || p.Fee != 150_000 || p.OnlineLevel != data.OnlineFull || d.Catalogue().Field(p.Field).Name != "Lĩnh vực riêng" || p.Source != data.Imported {
			t.Errorf("%+v", p)
		}
	}
	if p := d.Catalogue().Procedure(doubtful.ID); !p.Certain {
		t.Error("a procedure that the file confirms is still to be checked")
	}
	if p := d.Catalogue().Procedure(plain.ID); p.Term != plain.Term || p.Field != plain.Field {
		t.Errorf("empty cells changed %+v", p)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	if len(d.Catalogue().Procedures) != len(c.Procedures) || len(d.Catalogue().Fields) != len(c.Fields) {
		t.Error("one undo does not take the import back")
	}
}

func TestProceduresOfAFileThatHasNone(t *testing.T) {
	d := fresh(t)
	for _, lines := range [][]string{{"Họ tên;Ngày sinh", "Trần Văn Mẫu;01/01/1990"}, {"Mã TTHC;Tên TTHC;Thời hạn"}} {
		if _, err := d.OpenProcedures(t.Context(), write(t, "x.csv", lines...)); data.CodeOf(err) != data.Refused {
			t.Errorf("%v: %v", lines, err)
		}
	}
	if _, err := d.OpenProcedures(t.Context(), filepath.Join(t.TempDir(), "khong-co.xlsx")); data.CodeOf(err) != data.NotFound {
		t.Errorf("%v", err)
	}
}

// TestExportedProceduresComeBack: what is written is read without a difference,
// whatever the terms.
func TestExportedProceduresComeBack(t *testing.T) {
	d := fresh(t)
	for _, term := range []data.Term{{Unit: data.SameDay}, {Count: 4, Unit: data.WorkingHours}, {Count: 2, Unit: data.Months}, {Count: 15, Unit: data.CalendarDaysNoFeast}} {
		p := data.Procedure{Code: "8.00000" + term.Unit.Key()[:1] + term.Unit.Key()[len(term.Unit.Key())-1:], Name: "Thủ tục " + term.String(), Term: term, Level: data.LevelCommune, Certain: true,
			From: data.Date(2024, 3, 5), To: data.Date(2026, 12, 31), Decision: "Quyết định 12/QĐ-UBND", Fee: 20_000, OnlineLevel: data.OnlinePart, OnlineTerm: data.Term{Count: 1, Unit: data.WorkingDays}}
		must(t, d.SaveProcedure(t.Context(), &p))
	}
	path := filepath.Join(t.TempDir(), "danh-muc.xlsx")
	all := d.Catalogue().Procedures
	must(t, d.ExportProcedures(path, all))
	im, err := d.OpenProcedures(t.Context(), path)
	must(t, err)
	if im.Rows != len(all) || im.New != 0 {
		t.Errorf("%d rows of %d, %d new", im.Rows, len(all), im.New)
	}
	for _, l := range im.Lines {
		real := slices.DeleteFunc(slices.Clone(l.Changes), func(s string) bool { return strings.HasPrefix(s, "Đã đối chiếu") })
		if l.Fate == desk.Rejected && !strings.HasPrefix(l.Reason, "trùng") || len(real) > 0 {
			t.Errorf("row %d %s: %v %s", l.Row, l.Name, l.Changes, l.Reason)
		}
	}
}

func TestBackToTheShippedProcedure(t *testing.T) {
	d := fresh(t)
	original := d.Catalogue().Procedures[0]
	changed := original
	changed.Term, changed.Cases = data.Term{Count: 99, Unit: data.CalendarDays}, []data.Case{{Name: "Khác"}}
	must(t, d.SaveProcedure(t.Context(), &changed))
	must(t, d.ResetProcedure(t.Context(), original.ID))
	same(t, "the shipped one", d.Catalogue().Procedure(original.ID), original)
	if err := d.ResetProcedure(t.Context(), original.ID); data.CodeOf(err) != data.Conflict {
		t.Errorf("again: %v", err)
	}
	own := data.Procedure{Code: "7.000001", Name: "Của riêng cơ quan"}
	must(t, d.SaveProcedure(t.Context(), &own))
	if err := d.ResetProcedure(t.Context(), own.ID); data.CodeOf(err) != data.NotFound {
		t.Errorf("own: %v", err)
	}
}

// TestProceduresOfMergedAndLostCells: a field merged over procedures is that of
// each, a row whose value is lost is left out and told.
func TestProceduresOfMergedAndLostCells(t *testing.T) {
	d := fresh(t)
	path := write(t, "danh-muc.html", `<table><tr><th>Mã TTHC<th>Tên TTHC<th>Lĩnh vực<th>Thời hạn`,
		`<tr><td>9.900001<td>Thủ tục mẫu một<td rowspan=3>Lĩnh vực mẫu<td>5 ngày làm việc`,
		`<tr><td>9.900002<td>Thủ tục mẫu hai<td>#N/A`,
		`<tr><td>9.900003<td>Thủ tục mẫu ba<td>3 ngày làm việc</table>`)
	im, err := d.OpenProcedures(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if im.New != 2 || len(im.Lines) != 3 {
		t.Fatalf("%d new: %+v", im.New, im.Lines)
	}
	for i, line := range im.Lines {
		all := strings.Join(line.Changes, "; ") + line.Reason
		if want := []string{"Lĩnh vực mẫu", "cột «Thời hạn»: ô ghi «#N/A»", "Lĩnh vực mẫu"}[i]; !strings.Contains(all, want) {
			t.Errorf("line %d: %s, want %s", i, all, want)
		}
	}
}
