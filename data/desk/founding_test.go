package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

func founded(t *testing.T) *desk.Desk {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }
	d, err := openIn(t, filepath.Join(t.TempDir(), "moi.db"), desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

func names(d *desk.Desk) string {
	var out []string
	for _, u := range d.Catalogue().Units {
		out = append(out, u.Name)
	}
	return strings.Join(out, "; ")
}

// TestFoundingStepsAreKeptAndNotUndone: the step survives and Ctrl+Z passes over it.
func TestFoundingStepsAreKeptAndNotUndone(t *testing.T) {
	d := founded(t)
	if d.Founding() != 0 {
		t.Fatalf("a new file stands at step %d", d.Founding())
	}
	for _, err := range []error{d.SetFounding(t.Context(), 1), d.SetFounding(t.Context(), 2)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if undo, _ := d.Undoable(); undo != "" || d.Founding() != 2 {
		t.Errorf("step %d, undo «%s»", d.Founding(), undo)
	}
	if err := d.SetFounding(t.Context(), 0); err != nil || d.Founding() != 0 {
		t.Errorf("ended: %d, %v", d.Founding(), err)
	}
}

func TestFoundOfficeWantsLevelAndName(t *testing.T) {
	d := founded(t)
	for field, o := range map[string]data.Office{"level": {Name: "Sở Tư pháp"}, "name": {Level: data.LevelCommune, Name: " \n "}} {
		var e *data.Error
		if err := d.FoundOffice(t.Context(), o); !errors.As(err, &e) || e.Field != field {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if err := d.FoundOffice(t.Context(), data.Office{Level: data.LevelCommune, Name: "UBND xã Thử"}); err != nil || d.Office().Level != data.LevelCommune {
		t.Errorf("%v, %+v", err, d.Office())
	}
}

// TestSetUnitsChangesAddsAndDrops: the list becomes what it is given, as one change; a
// unit that something names stays.
func TestSetUnitsChangesAddsAndDrops(t *testing.T) {
	d := founded(t)
	one := func(name string) data.Unit {
		return data.Unit{Name: name, Level: data.LevelCommune, Kind: data.KindDepartment, Source: data.Typed}
	}
	if err := d.SetUnits(t.Context(), []data.Unit{one("UBND xã Thử"), one("Phòng Kinh tế"), one("Phòng Thừa")}); err != nil {
		t.Fatal(err)
	}
	list := d.Catalogue().Units
	kept := []data.Unit{}
	for _, u := range list {
		switch u.Name {
		case "Phòng Kinh tế":
			u.Name = "Phòng Kinh tế, Hạ tầng và Đô thị"
			kept = append(kept, u)
		case "UBND xã Thử":
			kept = append(kept, u)
		}
	}
	if err := d.SetUnits(t.Context(), append(kept, one("Phòng Văn hóa - Xã hội"))); err != nil {
		t.Fatal(err)
	}
	if got := names(d); strings.Contains(got, "Thừa") || !strings.Contains(got, "Hạ tầng và Đô thị") || !strings.Contains(got, "Văn hóa") || len(d.Catalogue().Units) != 3 {
		t.Errorf("units: %s", got)
	}
	var e *data.Error
	if err := d.SetUnits(t.Context(), append(kept, one("phòng kinh tế, hạ tầng và đô thị"))); !errors.As(err, &e) || e.Field != "units" {
		t.Errorf("twice: %v", err)
	}
	if err := d.SetFormer(t.Context(), []desk.Former{{Name: "UBND xã Cũ", Into: "UBND xã Thử", Day: data.Date(2025, 7, 1)}}); err != nil {
		t.Fatal(err)
	}
	former := d.FormerUnits()
	if len(former) != 1 || former[0] != (desk.Former{Name: "UBND xã Cũ", Into: "UBND xã Thử", Day: data.Date(2025, 7, 1)}) {
		t.Errorf("former: %+v", former)
	}
	// The same list again changes nothing.
	before, _ := d.Journal(50)
	if err := d.SetFormer(t.Context(), former); err != nil {
		t.Fatal(err)
	}
	if after, _ := d.Journal(50); len(after) != len(before) {
		t.Error("the same mergers were stored twice")
	}
	// Now the successor is named and cannot go.
	if err := d.SetUnits(t.Context(), nil); !errors.As(err, &e) || e.Field != "units" {
		t.Errorf("dropped a unit that is named: %v", err)
	}
	for _, f := range []desk.Former{{Name: "X", Into: "không có", Day: 1}, {Name: "UBND xã Thử", Into: "UBND xã Thử", Day: data.Date(2025, 7, 1)}, {Name: "Y", Into: "UBND xã Thử"}} {
		if err := d.SetFormer(t.Context(), []desk.Former{f}); !errors.As(err, &e) || e.Field != "merged" {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestOpenUnitsFindsTheColumnOfNames(t *testing.T) {
	d := founded(t)
	for name, content := range map[string]string{
		"danh-sach.csv": "STT,Tên đơn vị,Điện thoại\n(1),(2),(3)\n1,Phòng Môi trường,1\n2,Công an xã,2\n3,phòng môi trường,3\n4,Trường Mầm non,4\n",
		"so.csv": "Mã hồ sơ,Chủ hồ sơ,Đơn vị xử lý,Ngày tiếp nhận\nH56-1,Mẫu,Phòng Môi trường,01/02/2026\nH56-2,Mẫu,Công an xã,01/02/2026\n" +
			"H56-3,Mẫu,Trường Mầm non,01/02/2026\n",
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		list, err := d.OpenUnits(t.Context(), path)
		if err != nil || len(list) != 3 || list[0].Name != "Phòng Môi trường" || list[0].Kind != data.KindDepartment || list[0].Level != data.LevelCommune ||
			list[1].Level != data.LevelVertical || list[1].Kind != data.KindVertical || list[2].Kind != data.KindBranch {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
	}
	path := filepath.Join(t.TempDir(), "khac.csv")
	if err := os.WriteFile(path, []byte("A,B\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.OpenUnits(t.Context(), path); data.CodeOf(err) != data.Refused {
		t.Errorf("no column of units: %v", err)
	}
}

func TestKeepGroupsDropsAndBringsBack(t *testing.T) {
	d := founded(t)
	if err := d.FoundOffice(t.Context(), data.Office{Level: data.LevelCommune, Name: "UBND xã Thử"}); err != nil {
		t.Fatal(err)
	}
	groups := d.ProcedureGroups()
	all := len(d.Catalogue().Procedures)
	want, sum := 0, 0
	for i := range groups {
		if groups[i].On = groups[i].Level == data.LevelCommune; groups[i].On {
			want += groups[i].Count
		}
		sum += groups[i].Count
	}
	if groups[0].Level != data.LevelCommune || sum != all {
		t.Fatalf("first level %s, %d of %d", groups[0].Level, sum, all)
	}
	if _, dropped, err := d.KeepGroups(t.Context(), groups); err != nil || dropped != all-want || len(d.Catalogue().Procedures) != want {
		t.Fatalf("dropped %d, %v, left %d, want %d", dropped, err, len(d.Catalogue().Procedures), want)
	}
	for i := range groups {
		groups[i].On = true
	}
	if added, _, err := d.KeepGroups(t.Context(), groups); err != nil || added != all-want || len(d.Catalogue().Procedures) != all {
		t.Errorf("added %d, %v, now %d", added, err, len(d.Catalogue().Procedures))
	}
	if added, dropped, err := d.KeepGroups(t.Context(), groups); added+dropped != 0 || err != nil {
		t.Errorf("nothing to do: %d, %d, %v", added, dropped, err)
	}
}

// TestDemonstrationRefusesRealDossiers: rows of a province that there is are not mixed
// into the demonstration, by window or command; its own are taken.
func TestDemonstrationRefusesRealDossiers(t *testing.T) {
	d := founded(t)
	if err := d.SetOffice(t.Context(), data.Office{Name: "Minh họa", Demo: true}); err != nil {
		t.Fatal(err)
	}
	file := func(code string) string {
		path := filepath.Join(t.TempDir(), "xuat.csv")
		text := "Mã hồ sơ,Tên thủ tục,Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nH99.14.01-260202-0001,Đăng ký khai sinh,Mẫu,02/02/2026,05/02/2026\n" +
			code + ",Đăng ký khai sinh,Mẫu,02/02/2026,05/02/2026\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for code, refused := range map[string]bool{"H56.22.17-260202-0002": true, "H99.14.01-260202-0002": false} {
		im, err := d.OpenImport(t.Context(), file(code), desk.ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		before := d.Len()
		for _, run := range []func() (desk.ImportResult, error){
			func() (desk.ImportResult, error) { return im.DryRun(t.Context(), desk.Run{}) },
			func() (desk.ImportResult, error) { return im.Apply(t.Context(), desk.Run{}) },
		} {
			_, err := run()
			var e *data.Error
			if errors.As(err, &e) != refused || refused && (e.Code != data.Conflict || e.Field != desk.FieldDemo || !strings.Contains(e.Message, code)) {
				t.Errorf("%s: %v", code, err)
			}
		}
		if got := d.Len() - before; refused != (got == 0) {
			t.Errorf("%s: %d dossiers came in", code, got)
		}
		im.Close()
	}
}
