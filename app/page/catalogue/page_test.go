package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// open builds the page in a window without a display.
func open(t *testing.T) (*page, *env.Env) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.NewPage("", nil, nil, widget.Gap(1)))
	s := session(t)
	e := &env.Env{Desk: s.Desk, Session: s, Window: w, Habits: kit.Forgetful{}, Status: func() {}, Badge: func(string, int) {}, Undo: func() {}}
	var p *page
	e.InView = func(o fyne.CanvasObject) bool { return o == p.Content() }
	p = New(e).(*page)
	w.SetContent(p.Content())
	w.Resize(fyne.NewSize(1366, 768))
	p.Stale(desk.Changes{All: true})
	p.Shown()
	return p, e
}

func show[T parts.Part](t *testing.T, p *page, id env.Part) T {
	t.Helper()
	p.Restore(id)
	x, ok := p.Now().(T)
	if !ok {
		t.Fatalf("the part %s is %T", id, p.Now())
	}
	return x
}

// ctrlEnter presses Ctrl+Enter where the focus is.
func ctrlEnter(w fyne.Window) {
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
}

// TestPartsOfAnEmptyOffice: every part is drawn and tells what it lists.
func TestPartsOfAnEmptyOffice(t *testing.T) {
	p, e := open(t)
	for id, want := range map[env.Part]int{"units": 0, "classes": len(e.Desk.Classes()), "fields": len(e.Desk.Catalogue().Fields), "counters": 0, "signers": 0, "causes": 8, "books": 1, "rates": 11, "bases": len(loadBases(e.Desk))} {
		p.Restore(id)
		x, ok := p.Now().(interface{ Len() int })
		if !ok || x.Len() != want || p.Status() == "" {
			t.Errorf("%s: %T, status %q", id, p.Now(), p.Status())
		}
	}
	for _, id := range []env.Part{"procedures", "templates", env.PartCalendar} {
		p.Restore(id)
		if p.Status() == "" || p.Now().Object().MinSize().Width > 1200 {
			t.Errorf("%s: %q, needs %v", id, p.Status(), p.Now().Object().MinSize())
		}
	}
}

func TestProceduresAreFoundAndFiltered(t *testing.T) {
	p, e := open(t)
	l := show[*procedures](t, p, "procedures").List
	all := l.Len()
	if all != len(e.Desk.Catalogue().Procedures) {
		t.Fatalf("%d", all)
	}
	l.Show(list.View{Text: "khai sinh dang ky", Ended: true})
	found := l.Len()
	if found == 0 || found >= all {
		t.Fatalf("%d found", found)
	}
	for i := range found {
		for _, word := range []string{"khai", "sinh", "dang", "ky"} {
			if x := l.Row(i); !strings.Contains(text.Fold(x.Name+" "+e.Desk.Catalogue().Field(x.Field).Name), word) {
				t.Errorf("%q lacks «%s»", x.Name, word)
			}
		}
	}
	count := func(filter string, keys ...string) int {
		l.Show(list.View{Ended: true, Chosen: map[string][]string{filter: keys}})
		return l.Len()
	}
	for filter, choices := range map[string][]kit.Choice{"field": fieldChoices(e.Desk, 0), "level": allLevels(e.Desk), "online": append(onlineLevels(), kit.Choice{}), "doubt": yesNo("", "")(), "valid": yesNo("", "")()} {
		sum := 0
		for _, c := range choices {
			sum += count(filter, c.Key)
		}
		if sum != all {
			t.Errorf("the values of %s list %d of %d", filter, sum, all)
		}
	}
	if count("doubt", "1") == 0 || !l.Row(0).Certain == false {
		t.Error("no doubtful procedure")
	}
	if l.Show(list.View{}); l.Len() >= all || l.Len() == 0 {
		t.Errorf("%d in force of %d", l.Len(), all)
	}
}

// TestUnitsAreAddedOneAfterTheOther: «Lưu và thêm tiếp» keeps level and kind.
func TestUnitsAreAddedOneAfterTheOther(t *testing.T) {
	p, e := open(t)
	u := show[*units](t, p, "units")
	u.edit(&unitRow{})
	test.Type(e.Window.Canvas().Focused(), "Phòng Thử một")
	ctrlEnter(e.Window)
	if u.Len() != 0 { // the page is told by the window in the program
		u.Refresh()
	}
	if got := e.Desk.Catalogue().Units; len(got) != 1 || got[0].Name != "Phòng Thử một" || got[0].Source != data.Typed {
		t.Fatalf("%+v", got)
	}
	p.Stale(desk.Changes{All: true})
	if u.Len() != 1 || u.CurrentRow().Name != "Phòng Thử một" {
		t.Errorf("the list shows %d units", u.Len())
	}
}

// TestUnitsArePasted: a part of a spreadsheet fills lines, names of levels become
// levels, and a name that is there already is told with its line.
func TestUnitsArePasted(t *testing.T) {
	p, e := open(t)
	u := show[*units](t, p, "units")
	paste := func(text string) {
		u.paste()
		clipboard := fyne.CurrentApp().Clipboard()
		clipboard.SetContent(text)
		e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
		ctrlEnter(e.Window)
	}
	paste("Phòng Thử\tH56.22.17\tCấp xã\tPhòng, ban\r\nCông an xã Thử\tH56.22.18\txã\r\n")
	want := []data.Unit{{Name: "Công an xã Thử", Code: "H56.22.18", Level: data.LevelCommune}, {Name: "Phòng Thử", Code: "H56.22.17", Level: data.LevelCommune, Kind: data.KindDepartment}}
	got := e.Desk.Catalogue().Units
	for i := range got {
		got[i].ID, got[i].Source = 0, 0
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	if undo, _ := e.Desk.Undoable(); undo != "Thêm 2 đơn vị" {
		t.Errorf("undo takes back %q", undo)
	}
	paste("Phòng Thử hai\nPhòng thử\n")
	if n := len(e.Desk.Catalogue().Units); n != 2 {
		t.Errorf("%d units: a double was taken, or half of the list", n)
	}
}

// TestProcedureIsEditedInItsPage: cases and online levels are lines of the form; what
// is wrong stays there; leaving unsaved asks; closing the window saves.
func TestProcedureIsEditedInItsPage(t *testing.T) {
	p, e := open(t)
	x := show[*procedures](t, p, "procedures")
	x.edit(&data.Procedure{Certain: true, Source: data.Typed})
	test.Type(e.Window.Canvas().Focused(), "Zxq thủ tục")
	if !p.Dirty() || p.Unsaved() == "" {
		t.Fatal("typed and not unsaved")
	}
	f := x.form.(*entryForm[data.Procedure])
	f.Type("cases", `[["Hai","5\tngay-lam-viec","50.000",""],["hai","","",""]]`)
	f.Type("term", "10\tngay-lam-viec")
	p.submit()
	if x.form == nil || len(e.Desk.Catalogue().Procedures) == 0 {
		t.Fatal("two cases of one name were stored")
	}
	if f.Flush(); e.Draft("thu-tuc-0").Read() == "" {
		t.Error("what was typed is not kept beside the data file")
	}
	f.Type("cases", `[["Hai","5\tngay-lam-viec","50.000","Đơn\nBản sao"]]`)
	f.Type("steps", `[["01/03/2024","mot-phan"],["01/01/2023","thong-tin"]]`)
	var failed error
	p.SaveAll(func(err error) { failed = err })
	if failed != nil || p.Unsaved() != "" {
		t.Fatalf("%v, %q", failed, p.Unsaved())
	}
	if f.Flush(); e.Draft("thu-tuc-0").Read() != "" {
		t.Error("the draft outlives what was stored")
	}
	all := e.Desk.Catalogue().Procedures
	one := all[slices.IndexFunc(all, func(x data.Procedure) bool { return x.Name == "Zxq thủ tục" })]
	want := []data.Case{{Name: "Hai", Term: data.Term{Count: 5, Unit: data.WorkingDays}, Fee: 50_000, Parts: []string{"Đơn", "Bản sao"}}}
	if fmt.Sprint(one.Cases) != fmt.Sprint(want) || one.Term != (data.Term{Count: 10, Unit: data.WorkingDays}) || len(one.Online) != 2 || one.Online[0].Level != "thong-tin" {
		t.Errorf("%+v", one)
	}
	if p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); x.form != nil {
		t.Error("Escape does not go back to the list")
	}
}

// TestTemplateIsEditedInItsPage: a line that is not printed any more stands in the
// template that is stored.
func TestTemplateIsEditedInItsPage(t *testing.T) {
	p, e := open(t)
	x := show[*templates](t, p, "templates")
	x.edit(x.Row(0))
	f := x.form.(*templateForm)
	shown := f.Value().Lines[0].Shown
	f.lines.Grid().OnToggle(0)
	if !p.Dirty() {
		t.Fatal("changed and not dirty")
	}
	if f.Flush(); e.Draft("mau-in-"+f.Value().ID+"-"+f.Value().From).Read() == "" {
		t.Error("the change is not kept beside the data file")
	}
	p.submit()
	list, err := loadTemplates(e.Desk)
	must(t, err)
	if list[0].own == 0 || list[0].Lines[0].Shown == shown || x.form != nil {
		t.Errorf("own %d, %+v", list[0].own, list[0].Lines[0])
	}
}

// TestLevelsOfToday: a new office, whose clock stands after 30/06/2025, is not
// offered the district; lists can still be narrowed to it (rules-2026 E12).
func TestLevelsOfToday(t *testing.T) {
	d := session(t).Desk
	keys := func(list []kit.Choice) (out []string) {
		for _, c := range list {
			out = append(out, c.Key)
		}
		return out
	}
	if got := keys(levels(d, "")); slices.Contains(got, "huyen") || !slices.Contains(got, "xa") || !slices.Contains(got, "tinh") {
		t.Errorf("a new unit may be of %v", got)
	}
	if got := keys(levels(d, data.LevelDistrict)); !slices.Contains(got, "huyen") {
		t.Errorf("a unit of the district may be of %v", got)
	}
	if got := keys(allLevels(d)); !slices.Contains(got, "huyen") {
		t.Errorf("the list is narrowed by %v", got)
	}
	must(t, d.SaveUnit(t.Context(), &data.Unit{Name: "UBND huyện Thử", Level: data.LevelDistrict}))
	if got := keys(levels(d, "")); !slices.Contains(got, "huyen") {
		t.Errorf("an office with a unit of the district is offered %v", got)
	}
}

// TestUnknownValidityIsMarked: a procedure without a first day says so (rules-2026
// E9); the change of the civil status law is told (E10).
func TestUnknownValidityIsMarked(t *testing.T) {
	for want, x := range map[string]data.Procedure{"chưa rõ hiệu lực": {}, "đến 01/03/2026": {To: data.Date(2026, 3, 1)}, "từ 01/07/2025": {From: data.Date(2025, 7, 1)}} {
		if got := sinceWhen(&x); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if lawNotices(session(t).Desk) == nil || len(basis.Notices("", today)) == 0 {
		t.Error("no notice")
	}
}

// TestProceduresBehindAFigure: a figure of a report opens its procedures, those that ended
// too, and the list can be had whole again.
func TestProceduresBehindAFigure(t *testing.T) {
	p, e := open(t)
	over := data.Procedure{Code: "8.000001", Name: "Thủ tục đã bãi bỏ", To: data.Date(2020, 1, 1)}
	one := data.Procedure{Code: "8.000002", Name: "Thủ tục còn hiệu lực"}
	for _, x := range []*data.Procedure{&over, &one} {
		if err := e.Desk.SaveProcedure(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	p.Restore(env.ProceduresOf{Title: "Cấp xã (2)", IDs: []uint32{over.ID, one.ID}})
	x, ok := p.Now().(*procedures)
	if !ok || x.Len() != 2 {
		t.Fatalf("%T", p.Now())
	}
	x.Clear()
	if x.Len() <= 2 {
		t.Errorf("%d procedures", x.Len())
	}
}
