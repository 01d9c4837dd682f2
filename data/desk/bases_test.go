package desk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// TestLegalTextsAreData: an office adds a text from a day of reception on; warnings and
// checks name it for what was received from then on, also in a file opened again; undo
// and «Về mặc định» bring the shipped ones back.
func TestLegalTextsAreData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	d := open(t, path)
	from := data.Date(2026, time.March, 1)
	must(t, d.SaveBasis(t.Context(), basis.Text{}, basis.Text{Rule: basis.Postpone, From: from, Words: " NĐ  9/2026/NĐ-CP "}))
	warned := func(d *desk.Desk, received data.Day) string {
		one := data.Dossier{Received: data.Moment{Day: received}, Due: data.Moment{Day: received + 5}}
		var out []string
		for _, w := range d.EventWarnings(&one, data.Event{Kind: data.Extend, At: data.Moment{Day: received + 9}}) {
			out = append(out, w.Text)
		}
		return strings.Join(out, " ")
	}
	check := func(d *desk.Desk, want string) {
		t.Helper()
		if text := warned(d, from-1); !strings.Contains(text, "NĐ 118/2025") {
			t.Errorf("received before: %q", text)
		}
		if text := warned(d, from); !strings.Contains(text, want) {
			t.Errorf("received on the day: %q, want %q", text, want)
		}
		if got := d.Inspector().Bases.On(basis.Postpone, from); !strings.Contains(got, want) {
			t.Errorf("the checks say %q, want %q", got, want)
		}
	}
	check(d, "NĐ 9/2026/NĐ-CP")
	own := d.Bases().Entries(basis.Postpone)[2].Text
	if own.Words != "NĐ 9/2026/NĐ-CP" {
		t.Errorf("%q is not clean", own.Words)
	}
	for field, x := range map[string]basis.Text{"rule": {Rule: "khác", Words: "x"}, "words": {Rule: basis.Postpone}, "from": {Rule: basis.Postpone, From: from, Words: "x"}} {
		if err, _ := d.SaveBasis(t.Context(), basis.Text{}, x).(*data.Error); err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	must(t, d.SaveBasis(t.Context(), own, basis.Text{Rule: basis.Postpone, From: from, Words: "NĐ 10/2026/NĐ-CP"}))
	check(d, "NĐ 10/2026/NĐ-CP")
	if n := len(d.Bases().Entries(basis.Postpone)); n != 3 {
		t.Errorf("%d texts after one was changed", n)
	}
	d.Close()
	d = open(t, path)
	check(d, "NĐ 10/2026/NĐ-CP")
	if title, err := d.Undo(t.Context()); err != nil || !strings.HasPrefix(title, "Sửa căn cứ «Xin lỗi, hẹn lại") {
		t.Errorf("%q, %v", title, err)
	}
	check(d, "NĐ 9/2026/NĐ-CP")
	for name, back := range map[string]func(context.Context) error{
		"drop": func(ctx context.Context) error { return d.DropBasis(ctx, own) }, "reset": d.ResetBases,
	} {
		must(t, back(t.Context()))
		if len(d.Bases().Entries(basis.Postpone)) != 2 {
			t.Errorf("%s: %+v", name, d.Bases().Entries(basis.Postpone))
		}
		check(d, "NĐ 118/2025")
		if _, err := d.Undo(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
