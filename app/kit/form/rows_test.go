package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
)

type office struct{ Units []unit }

type unit struct {
	ID         uint32
	Name, Kind string
}

// TestRowsTakePastedCells: cells of a spreadsheet go into the line under the cursor and
// into new ones; a pick takes its entry by its text; what is not shown stays with its line.
func TestRowsTakePastedCells(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Window: w, InView: func(fyne.CanvasObject) bool { return true }}
	kinds := func(*unit) []kit.Choice {
		return []kit.Choice{{Key: "phong", Text: "Phòng, ban"}, {Key: "su-nghiep", Text: "Đơn vị sự nghiệp, chi nhánh"}}
	}
	f := form.New(e, office{[]unit{{7, "Một", "phong"}, {9, "Hai", ""}}}, form.Rows("units", "", func(o *office) *[]unit { return &o.Units },
		form.Text("name", "Tên", func(u *unit) *string { return &u.Name }),
		form.Pick("kind", "Loại", kinds, func(u *unit) *string { return &u.Kind }).Or("chưa rõ"),
		form.Kept("id", func(u *unit) *uint32 { return &u.ID })))
	w.SetContent(f.Object(1))
	w.Resize(fyne.NewSize(900, 500))
	w.Canvas().Focus(f.First())
	paste := func(text string) {
		t.Helper()
		clipboard := test.NewClipboard()
		clipboard.SetContent(text)
		w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	}
	paste("Một mới\tđơn vị sự nghiệp\nBa\tPhòng, ban\r\nBốn\tlạ\n")
	want := []unit{{7, "Một mới", "su-nghiep"}, {0, "Ba", "phong"}, {0, "Bốn", ""}, {9, "Hai", ""}}
	got, ok, err := f.Read()
	if !ok || err != nil || len(got.Units) != len(want) {
		t.Fatalf("%+v, %v", got, err)
	}
	for i := range want {
		if got.Units[i] != want[i] {
			t.Errorf("line %d: %+v, want %+v", i+1, got.Units[i], want[i])
		}
	}
	// One cell is pasted as a text is.
	paste("Năm")
	if got, _, _ := f.Read(); len(got.Units) != 4 || got.Units[2].Name != "Năm" {
		t.Errorf("one cell: %+v", got)
	}
}

// TestEnterBeginsALine: Enter in whichever field of the last line begins the next at its
// first field, as in a spreadsheet after Tab.
func TestEnterBeginsALine(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Window: w, InView: func(fyne.CanvasObject) bool { return true }}
	f := form.New(e, office{}, form.Rows("units", "", func(o *office) *[]unit { return &o.Units },
		form.Text("name", "Tên", func(u *unit) *string { return &u.Name }), form.Text("kind", "Loại", func(u *unit) *string { return &u.Kind })))
	w.SetContent(f.Object(1))
	w.Resize(fyne.NewSize(900, 500))
	w.Canvas().Focus(f.First())
	typed := func(text string) { test.Type(w.Canvas().Focused(), text) }
	typed("Một")
	w.Canvas().FocusNext()
	typed("phòng")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	// The next key does at once what Enter leads to.
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyH})
	typed("Hai")
	if got, _, err := f.Read(); err != nil || len(got.Units) != 2 || got.Units[0] != (unit{Name: "Một", Kind: "phòng"}) || got.Units[1] != (unit{Name: "Hai"}) {
		t.Errorf("%+v, %v", got.Units, err)
	}
}

// TestTabPassesTheCrossOfALineBy: Tab goes from the last field of a line to the first of
// the next one; Ctrl+Delete takes the line out.
func TestTabPassesTheCrossOfALineBy(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Window: w, InView: func(fyne.CanvasObject) bool { return true }}
	f := form.New(e, office{[]unit{{7, "Một", "a"}, {9, "Hai", "b"}}}, form.Rows("units", "", func(o *office) *[]unit { return &o.Units },
		form.Text("name", "Tên", func(u *unit) *string { return &u.Name }), form.Text("kind", "Loại", func(u *unit) *string { return &u.Kind }),
		form.Kept("id", func(u *unit) *uint32 { return &u.ID })))
	w.SetContent(f.Object(1))
	w.Resize(fyne.NewSize(900, 500))
	w.Canvas().Focus(f.First())
	for _, want := range []string{"a", "Hai", "b"} {
		w.Canvas().FocusNext()
		if at, ok := w.Canvas().Focused().(*widget.Field); !ok || at.Value() != want {
			t.Fatalf("Tab comes to %T, not to %q", w.Canvas().Focused(), want)
		}
	}
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDelete, Modifier: fyne.KeyModifierControl})
	if got, _, _ := f.Read(); len(got.Units) != 1 || got.Units[0].ID != 7 {
		t.Errorf("Ctrl+Delete leaves %+v", got)
	}
}

// TestRefusalStaysUntilSomethingIsTyped: what storing refused at a field is still there
// when the field was left.
func TestRefusalStaysUntilSomethingIsTyped(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Window: w, InView: func(fyne.CanvasObject) bool { return true }}
	f := form.New(e, unit{Name: "Một"}, form.Text("name", "Tên", func(u *unit) *string { return &u.Name }), form.Text("kind", "Loại", func(u *unit) *string { return &u.Kind }))
	w.SetContent(f.Object(1))
	w.Resize(fyne.NewSize(900, 500))
	if rest := f.Show(&data.Error{Code: data.Refused, Field: "name", Message: "Tên này là đơn khiếu nại."}); rest != nil {
		t.Fatal(rest)
	}
	f.FocusOn("kind")
	if f.Fault("name") == nil {
		t.Error("the refusal is gone when the field is left")
	}
	test.Type(w.Canvas().Focused(), "x")
	f.FocusOn("name")
	f.FocusOn("kind")
	if err := f.Fault("name"); err != nil {
		t.Errorf("after something was typed and the field was left: %v", err)
	}
}
