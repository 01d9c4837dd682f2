package desk_test

import (
	"fmt"
	"slices"
	"testing"

	"giaoban/data"
	"giaoban/data/register"
)

func TestUnitsOfAFile(t *testing.T) {
	levels := []struct {
		name  string
		level data.Level
	}{
		{"Sở Tư pháp", data.LevelProvince}, {"UBND tỉnh", data.LevelProvince},
		{"Phòng Tư pháp", data.LevelDistrict}, {"Văn phòng HĐND và UBND huyện", data.LevelDistrict}, {"UBND thành phố Thử", data.LevelDistrict},
		{"Bộ phận một cửa huyện Thử Nghiệm", data.LevelDistrict},
		{"UBND xã Hòa Thử", data.LevelCommune}, {"UBND phường Thử Sơn", data.LevelCommune}, {"Ủy ban nhân dân thị trấn Thử", data.LevelCommune}, {"Phường Thử Hai", data.LevelCommune},
		{"Công an huyện Thử Nghiệm", data.LevelVertical}, {"Chi cục Thuế khu vực Thử", data.LevelVertical}, {"Bảo hiểm xã hội huyện", data.LevelVertical},
		{"Chi nhánh Văn phòng đăng ký đất đai", data.LevelVertical},
		{"Tổ công tác đặc biệt", ""},
	}
	lines := []string{"Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Ngày tiếp nhận"}
	add := func(unit string) {
		lines = append(lines, fmt.Sprintf("HS-%d;Thủ tục thử;Lĩnh vực thử;%s;Trần Văn Mẫu;%d/03/2023", len(lines), unit, 12+len(lines)%10))
	}
	for _, u := range levels {
		add(u.name)
	}
	// Another spelling of the same name, and another place whose name differs by
	// its tone alone.
	add("ubnd XÃ  hòa thử")
	add("UBND xã Hoa Thử")
	add("")
	d := fresh(t)
	fields := len(d.Catalogue().Fields)
	if r := load(t, d, write(t, "don-vi.csv", lines...)); r.New != len(levels)+3 || r.Added != len(levels)+1+2 {
		t.Fatalf("%+v", summary(r))
	}
	c := d.Catalogue()
	if len(c.Units) != len(levels)+1 || len(c.Fields) != fields+1 {
		t.Errorf("%d units, %d new fields", len(c.Units), len(c.Fields)-fields)
	}
	if !slices.IsSortedFunc(c.Units, register.CompareUnits) {
		t.Errorf("units stand as %v", c.Units)
	}
	byName := map[string]data.Unit{}
	for _, u := range c.Units {
		byName[u.Name] = u
		if u.Source != data.Imported {
			t.Errorf("%s is not marked as coming from the import", u.Name)
		}
		if c.Unit(u.ID) != u {
			t.Errorf("Unit(%d) = %v", u.ID, c.Unit(u.ID))
		}
	}
	for _, want := range levels {
		if got := byName[want.name]; got.Level != want.level || got.ID == 0 {
			t.Errorf("%s: level %q, want %q", want.name, got.Level, want.level)
		}
	}
	unitOf := func(row int) data.Unit {
		one, err := d.Dossier(d.Find(fmt.Sprintf("HS-%d", row)))
		if err != nil {
			t.Fatal(err)
		}
		return c.Unit(one.Unit)
	}
	n := len(levels)
	if unitOf(n+1).Name != "UBND xã Hòa Thử" || unitOf(n+2).Name != "UBND xã Hoa Thử" || unitOf(n+3).ID != 0 {
		t.Errorf("spellings: %q, %q, %q", unitOf(n+1).Name, unitOf(n+2).Name, unitOf(n+3).Name)
	}
}

func TestProceduresOfAFile(t *testing.T) {
	d := fresh(t)
	var known data.Procedure
	for _, p := range d.Catalogue().Procedures {
		if len(p.Code) == 8 && p.Field != 0 && p.Term.Known() {
			known = p
			break
		}
	}
	if known.ID == 0 {
		t.Fatal("the shipped catalogue has no procedure with code, field and term")
	}
	procedures := len(d.Catalogue().Procedures)
	field := d.Catalogue().Field(known.Field).Name
	r := load(t, d, write(t, "thu-tuc.csv",
		"Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Chủ hồ sơ;Ngày tiếp nhận",
		"HS-1;"+known.Code+";"+known.Name+";;Trần Văn Mẫu;20/03/2023",                               // as in the catalogue
		"HS-2;"+known.Code+".000.00.00.H29;"+known.Name+" (cấp xã);;Trần Văn Mẫu;20/03/2023",        // long code, own wording
		"HS-3;;"+known.Name+";;Trần Văn Mẫu;20/03/2023",                                             // by name
		"HS-4;9.999999.000.00.00.H29;Thủ tục riêng của tỉnh;Lĩnh vực riêng;Trần Văn Mẫu;20/03/2023", // unknown
		"HS-5;9.999999;Thủ tục riêng của tỉnh;Lĩnh vực riêng;Trần Văn Mẫu;20/03/2023",               // the same one
		"HS-6;;Thủ tục không mã;"+field+";Trần Văn Mẫu;20/03/2023",                                  // by name, new
		"HS-7;"+known.Code+";"+known.Name+";Lĩnh vực riêng;Trần Văn Mẫu;20/03/2023"))                // another field
	if r.New != 7 || r.Added != 3 {
		t.Fatalf("%+v", summary(r))
	}
	c := d.Catalogue()
	if len(c.Procedures) != procedures+2 {
		t.Errorf("%d new procedures", len(c.Procedures)-procedures)
	}
	for _, want := range []struct{ code, procedure, base, title, field string }{
		{"HS-1", known.Name, known.Code, "", field},
		{"HS-2", known.Name, known.Code, known.Name + " (cấp xã)", field},
		{"HS-3", known.Name, known.Code, "", field},
		{"HS-4", "Thủ tục riêng của tỉnh", "9.999999", "", "Lĩnh vực riêng"},
		{"HS-5", "Thủ tục riêng của tỉnh", "9.999999", "", "Lĩnh vực riêng"},
		{"HS-6", "Thủ tục không mã", "", "", field},
		{"HS-7", known.Name, known.Code, "", "Lĩnh vực riêng"},
	} {
		one, err := d.Dossier(d.Find(want.code))
		if err != nil {
			t.Fatal(err)
		}
		p := c.Procedure(one.Procedure)
		if p.Name != want.procedure || p.Code != want.base || one.Title != want.title || c.Field(one.Field).Name != want.field {
			t.Errorf("%s: %q (%s), title %q, field %q; want %+v", want.code, p.Name, p.Code, one.Title, c.Field(one.Field).Name, want)
		}
		if imported := p.Source == data.Imported; imported != (p.ID != known.ID) {
			t.Errorf("%s: source %v", p.Name, p.Source)
		}
	}
	// A later file with the catalogue's wording says nothing new, another
	// wording is a change that names both.
	again := load(t, d, write(t, "thu-tuc-2.csv",
		"Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận",
		"HS-1;"+known.Code+";"+known.Name+";Trần Văn Mẫu;20/03/2023",
		"HS-3;"+known.Code+";"+known.Name+" (liên thông);Trần Văn Mẫu;20/03/2023"))
	if again.Same != 1 || again.Changed != 1 {
		t.Errorf("%+v", again)
	}
	// The register finds the imported names and no longer the undone ones.
	find := func(text string) int { return d.Count(register.Query{Text: text}) }
	if find("thu tuc rieng cua tinh") != 2 || find("9.999999") != 2 {
		t.Errorf("%d by name, %d by code", find("thu tuc rieng cua tinh"), find("9.999999"))
	}
	for range 2 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.Catalogue().Procedures) != procedures || find("thu tuc rieng") != 0 {
		t.Errorf("undone: %d procedures, %d found", len(d.Catalogue().Procedures)-procedures, find("thu tuc rieng"))
	}
}

// TestCodeOfAProcedureComesLater imports a file without codes, then one that
// names the code of the same procedure.
func TestCodeOfAProcedureComesLater(t *testing.T) {
	d := fresh(t)
	before := len(d.Catalogue().Procedures)
	load(t, d, write(t, "khong-ma.csv", "Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận",
		"HS-1;Thủ tục riêng;Trần Văn Mẫu;20/03/2023"))
	middle := dumpOf(t, d)
	r := load(t, d, write(t, "co-ma.csv", "Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận",
		"HS-2;9.999999;Thủ tục riêng;Trần Văn Mẫu;20/03/2023",
		"HS-3;9.999999;Thủ tục riêng (cấp xã);Trần Văn Mẫu;20/03/2023",
		"HS-4;9.888888;Thủ tục riêng;Trần Văn Mẫu;20/03/2023")) // another procedure of the same name
	c := d.Catalogue()
	if r.New != 4-1 || r.Added != 1 || len(c.Procedures) != before+2 {
		t.Errorf("%+v, %d new procedures", summary(r), len(c.Procedures)-before)
	}
	for code, want := range map[string]string{"HS-1": "9.999999", "HS-2": "9.999999", "HS-3": "9.999999", "HS-4": "9.888888"} {
		one, err := d.Dossier(d.Find(code))
		if err != nil {
			t.Fatal(err)
		}
		if p := c.Procedure(one.Procedure); p.Code != want || p.Name != "Thủ tục riêng" {
			t.Errorf("%s: %+v", code, p)
		}
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "undone", dumpOf(t, d), middle)
}

func TestCatalogueIsInVietnameseOrder(t *testing.T) {
	c := fresh(t).Catalogue()
	byName := func(a, b string) int { return register.CompareText(a, b) }
	if !slices.IsSortedFunc(c.Procedures, func(a, b data.Procedure) int { return byName(a.Name, b.Name) }) {
		t.Error("procedures")
	}
	if !slices.IsSortedFunc(c.Fields, func(a, b data.Field) int { return byName(a.Name, b.Name) }) {
		t.Error("fields")
	}
}
