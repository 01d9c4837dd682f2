package papers_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/reconcile"
)

// TestExportAs writes a list in every layout, as workbook and as delimited text,
// and reads each back: every dossier is there under its code.
func TestExportAs(t *testing.T) {
	d, p := office(t)
	day := data.Date(2026, 5, 20)
	codes := map[string]bool{}
	var list []uint32
	for range 3 {
		one := receive(t, d, p, day)
		codes[one.Code] = true
		list = append(list, uint32(one.ID))
	}
	e := papers.Export{IDs: list, AsOf: data.Date(2026, 6, 1), Columns: []papers.ListedColumn{{Title: "Mã hồ sơ"}, {Title: "Chủ hồ sơ"}, {Title: "Ngày nhận", Width: 20}},
		Cells: func(one *data.Dossier) []string {
			return []string{one.Code, one.Owner.Name, one.Received.Day.String()}
		}}
	layouts := papers.Layouts()
	if len(layouts) != 2+len(exchange.Families()) || layouts[0].ID != papers.ScreenLayout {
		t.Fatalf("%+v", layouts)
	}
	for _, l := range layouts {
		for _, e.CSV = range []bool{false, true} {
			name := "so.xlsx"
			if e.CSV {
				name = "so.csv"
			}
			e.Layout = l.ID
			path := filepath.Join(t.TempDir(), name)
			if err := papers.ExportAs(t.Context(), d, e, path, nil); err != nil {
				t.Fatalf("%s: %v", l.Name, err)
			}
			if l.ID == "A2" || l.ID == "K" || l.ID == "G" {
				continue // without codes, or without what a register needs
			}
			src, err := exchange.Open(t.Context(), path, exchange.Options{Today: d.Today()})
			if err != nil {
				t.Fatalf("%s, delimited %t: %v", l.Name, e.CSV, err)
			}
			n := 0
			_, err = src.Read(t.Context(), func(r *exchange.Record) error {
				if r.Verdict == exchange.Accepted && codes[r.Dossier.Code] && r.Dossier.Received.Day == day && r.Dossier.Owner.Name == "Trần Thị Minh Họa" {
					n++
				}
				return nil
			})
			src.Close()
			if err != nil || n != len(list) {
				t.Errorf("%s, delimited %t: %d of %d come back, %v", l.Name, e.CSV, n, len(list), err)
			}
		}
	}
	e.Layout = "không có"
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := papers.ExportAs(t.Context(), d, e, path, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("an unknown layout: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file of an unknown layout is there")
	}
}

// TestMinutesSumUp prints minutes that name what differs and what was decided.
func TestMinutesSumUp(t *testing.T) {
	d, _ := office(t)
	r := &reconcile.Result{File: "tinh.xlsx", From: data.Date(2026, 1, 1), To: data.Date(2026, 3, 31), Units: []string{"UBND xã Mẫu"}, Own: 40, Rows: 41, Agree: 15}
	for i := range 25 {
		r.Findings = append(r.Findings, reconcile.Finding{Kind: reconcile.MissingHere, Code: "HS-" + string(rune('A'+i)), Row: i + 2, Actions: []reconcile.Action{reconcile.ImportMissing}})
	}
	r.Findings = append(r.Findings, reconcile.Finding{Kind: reconcile.DateDiffers, Field: reconcile.Due, Code: "HS-1", Ours: "01/02/2026", Theirs: "02/02/2026"},
		reconcile.Finding{Kind: reconcile.MissingThere, Code: "HS-2", Accepted: "Hồ sơ giấy"})
	m := papers.Minutes{Result: r, Choices: []desk.Choice{{Finding: 0, Action: reconcile.ImportMissing}, {Finding: 25, Action: reconcile.Accept, Reason: "Sổ giấy đúng"}}}
	pdf, err := papers.WriteMinutes(t.Context(), d, m)
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Fatalf("%d bytes, %v", len(pdf), err)
	}
	groups := papers.MinuteLines(m)
	if len(groups) != 3 {
		t.Fatalf("%+v", groups)
	}
	if g := groups[0]; g.Count != 25 || !strings.Contains(g.Codes, "và 5 hồ sơ khác") || !strings.Contains(g.Codes, "thêm vào sổ: 1") || strings.Contains(g.Codes, "HS-U;") {
		t.Errorf("missing here: %+v", g)
	}
	if g := groups[1]; g.Kind != "Khác ngày hẹn trả" || g.Count != 1 || !strings.Contains(g.Codes, "Sổ giấy đúng") {
		t.Errorf("date: %+v", g)
	}
	if g := groups[2]; !strings.Contains(g.Kind, "từ trước") || !strings.Contains(g.Codes, "Hồ sơ giấy") {
		t.Errorf("accepted before: %+v", g)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := papers.ExportDifferences(ctx, d, m, filepath.Join(t.TempDir(), "x.xlsx")); data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}
