package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

func open(t *testing.T) (*page, *env.Env) {
	t.Helper()
	e, _ := pagetest.Env(t, pagetest.Empty(t))
	e.Look = func(int, bool) (int, bool) { return 100, false }
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	return p, e
}

// TestWhatIsTypedIsStoredAsOneLeaves: the field alone, with its name in the toast;
// what cannot be read stays, is told at its field, and outlives the page.
func TestWhatIsTypedIsStoredAsOneLeaves(t *testing.T) {
	p, e := open(t)
	office := p.parts[0].(*stored[data.Office])
	test.Type(e.Window.Canvas().Focused(), "SỞ THỬ")
	if !p.Dirty() {
		t.Fatal("typed and not dirty")
	}
	e.Window.Canvas().Focus(office.First())
	e.Window.Canvas().FocusNext()
	if got := e.Desk.Office().Parent; got != "SỞ THỬ" || p.Unsaved() != "" {
		t.Errorf("stored %q, unsaved %q", got, p.Unsaved())
	}
	p.open(1)
	rules := p.parts[1].(*stored[desk.Rules])
	rules.FocusOn("soon")
	test.Type(e.Window.Canvas().Focused(), "hai")
	e.Window.Canvas().FocusNext()
	if e.Desk.Rules() != desk.DefaultRules() || p.Unsaved() == "" {
		t.Errorf("%+v, unsaved %q", e.Desk.Rules(), p.Unsaved())
	}
	var wrong error
	p.SaveAll(func(err error) { wrong = err })
	if x, ok := wrong.(*data.Error); !ok || x.Field != "soon" {
		t.Errorf("saving all: %v", wrong)
	}
	rules.Flush()
	again := New(e).(*page)
	if got := again.parts[1].(*stored[desk.Rules]).Text("soon"); !strings.Contains(got, "hai") {
		t.Errorf("the next start shows %q", got)
	}
}

// TestCtrlEnterStoresFromABox: the main action works from everywhere, and a box is
// stored as it is ticked.
func TestCtrlEnterStoresFromABox(t *testing.T) {
	p, e := open(t)
	p.open(1)
	rules := p.parts[1].(*stored[desk.Rules])
	rules.FocusOn("endofday")
	box := e.Window.Canvas().Focused().(*widget.Check)
	box.TypedRune(' ')
	if !e.Desk.Rules().EndOfDay {
		t.Error("the box is not stored")
	}
	rules.Type("soon", "4")
	box.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if e.Desk.Rules().SoonDays != 4 {
		t.Errorf("Ctrl+Enter from a box: %+v", e.Desk.Rules())
	}
}

// TestRulesAreRefusedAtTheirFields: by the desk, whoever asks.
func TestRulesAreRefusedAtTheirFields(t *testing.T) {
	d := pagetest.Empty(t)
	for field, spoil := range map[string]func(*desk.Rules){
		"code": func(r *desk.Rules) { r.CodePattern = "{ma}-{gì}" }, "letter": func(r *desk.Rules) { r.LetterPattern = "PXL" }, "similar": func(r *desk.Rules) { r.SimilarDays = -1 },
		"waiting": func(r *desk.Rules) { r.WaitingDays = 1000 }, "sameday": func(r *desk.Rules) { r.SameDayUntil = data.Clock(0) },
	} {
		bad := desk.DefaultRules()
		spoil(&bad)
		if e, ok := d.SetRules(t.Context(), bad).(*data.Error); !ok || e.Field != field {
			t.Errorf("%s: %v", field, e)
		}
	}
	// The hour of handing in can be cleared: then every dossier goes on the same day.
	r := desk.DefaultRules()
	r.HandInUntil = data.Clock(0)
	if err := d.SetRules(t.Context(), r); err != nil || d.Rules().HandInUntil.Known() {
		t.Errorf("%v, %v", err, d.Rules().HandInUntil)
	}
}

// TestRestoreTakesTheChosenBackup: the button looks at the backup under the cursor.
func TestRestoreTakesTheChosenBackup(t *testing.T) {
	p, e := open(t)
	path, err := e.Desk.BackupNow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "khac.db"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.open(2)
	f := p.parts[2].(*filePart)
	if row := f.backups.CurrentRow(); row == nil || row.Path != path {
		t.Fatalf("the list stands at %+v, want %s", row, path)
	}
}
