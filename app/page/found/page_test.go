package found

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

// begun opens the page on a new file.
func begun(t *testing.T, d *desk.Desk) (*Page, *env.Env, *[]env.Route) {
	t.Helper()
	if d.Founding() == 0 {
		if err := d.SetFounding(t.Context(), stepOffice); err != nil {
			t.Fatal(err)
		}
	}
	e, went := pagetest.Env(t, d)
	p := New(e).(*Page)
	pagetest.Show(e, p, fyne.NewSize(1180, 640))
	return p, e, went
}

// TestOfficeFollowsLevelAndNameUntilTypedOver: proposals change with the name, what was
// typed over stays.
func TestOfficeFollowsLevelAndNameUntilTypedOver(t *testing.T) {
	p, _, _ := begun(t, pagetest.Empty(t))
	text := func(key, value string) { p.office.Type(key, value); p.propose(key) }
	text("called", "UBND xã Đại Sơn")
	text("symbol", "BC-VP")
	text("called", "UBND phường Yên Trạch")
	v := p.office.Value()
	if v.Name != "ỦY BAN NHÂN DÂN\nPHƯỜNG YÊN TRẠCH" || v.Place != "Yên Trạch" || v.Symbol != "BC-VP" || v.Title != "CHỦ TỊCH" {
		t.Errorf("%+v", v)
	}
	text("level", string(data.LevelProvince))
	text("called", "Sở Tư pháp")
	if v := p.office.Value(); v.Name != "SỞ TƯ PHÁP" || v.Title != "GIÁM ĐỐC" || v.Authority != "" || v.Symbol != "BC-VP" {
		t.Errorf("%+v", v)
	}
}

// TestStepsAreStoredAndTakenUp: each step is stored before the next, a wrong one stays,
// the way back loses nothing, and a new start goes on where it was.
func TestStepsAreStoredAndTakenUp(t *testing.T) {
	d := pagetest.Empty(t)
	p, _, _ := begun(t, d)
	p.wizard.Submit()
	if p.wizard.At() != 0 || d.Founding() != stepOffice {
		t.Fatalf("an office without a name: at %d, step %d", p.wizard.At(), d.Founding())
	}
	p.office.Type("called", "UBND phường Yên Trạch")
	p.propose("called")
	p.wizard.Submit()
	if p.wizard.At() != 1 || d.Founding() != stepUnits || d.Office().Level != data.LevelCommune || !strings.Contains(d.Office().Name, "YÊN TRẠCH") {
		t.Fatalf("at %d, step %d, %+v", p.wizard.At(), d.Founding(), d.Office())
	}
	// In 2023 the district level is there, so that departments are of it.
	v := p.units.Value()
	if len(v.Units) != 5 || v.Units[0].Name != "UBND phường Yên Trạch" {
		t.Fatalf("proposed: %+v", v.Units)
	}
	p.addUnits([]data.Unit{{Name: "Trạm Y tế", Kind: data.KindBranch}, {Name: "ubnd phường yên trạch"}})
	if got := p.units.Value(); len(got.Units) != 6 || got.Units[5].Name != "Trạm Y tế" {
		t.Fatalf("after the file: %+v", got.Units)
	}
	p.units.Type("merged", `[["UBND phường Cũ","",""]]`)
	p.wizard.Submit()
	former := d.FormerUnits()
	if p.wizard.At() != 2 || len(d.Catalogue().Units) != 7 || len(former) != 1 || former[0].Into != "UBND phường Yên Trạch" || former[0].Day != data.Date(2025, 7, 1) {
		t.Fatalf("at %d, units %d, former %+v", p.wizard.At(), len(d.Catalogue().Units), former)
	}
	p.wizard.Go(1)
	p.wizard.Submit()
	if p.wizard.At() != 2 || len(d.Catalogue().Units) != 7 {
		t.Errorf("stored again: at %d, %d units", p.wizard.At(), len(d.Catalogue().Units))
	}
	all := len(d.Catalogue().Procedures)

	// A new start.
	p, _, went := begun(t, d)
	if p.wizard.At() != 2 {
		t.Fatalf("taken up at %d", p.wizard.At())
	}
	p.wizard.Submit()
	if left := len(d.Catalogue().Procedures); p.wizard.At() != 3 || d.Founding() != stepDossiers || left == 0 || left >= all {
		t.Errorf("at %d, step %d, procedures %d of %d", p.wizard.At(), d.Founding(), left, all)
	}
	for _, one := range d.Catalogue().Procedures {
		if one.Level == data.LevelDistrict || one.Level == data.LevelProvince {
			t.Errorf("kept %s of %s", one.Name, one.Level)
			break
		}
	}
	p.wizard.Submit()
	if p.wizard.At() != 4 || len(*went) != 0 {
		t.Errorf("report: at %d, went %v", p.wizard.At(), *went)
	}
}

// TestWaitingFilesAreOffered: what was refused by the demonstration is imported here.
func TestWaitingFilesAreOffered(t *testing.T) {
	d := pagetest.Empty(t)
	if err := d.SetFounding(t.Context(), stepDossiers); err != nil {
		t.Fatal(err)
	}
	e, went := pagetest.Env(t, d)
	e.Waiting = []string{"/x/hoso.xlsx"}
	p := New(e).(*Page)
	pagetest.Show(e, p, fyne.NewSize(1180, 640))
	p.choose.OnTapped()
	if len(*went) != 1 || (*went)[0].Page != env.Import || (*went)[0].State.(env.Paths)[0] != "/x/hoso.xlsx" || e.Waiting != nil {
		t.Errorf("went %+v, waiting %v", *went, e.Waiting)
	}
}

func TestBookTellsWhatItHolds(t *testing.T) {
	if got := book(pagetest.Empty(t)); got != "Sổ chưa có hồ sơ nào." {
		t.Error(got)
	}
	if got := book(pagetest.Office(t)); !strings.Contains(got, "từ 04/01/2022 đến") {
		t.Error(got)
	}
}
