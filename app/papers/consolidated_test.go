package papers_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/packet"
)

// sends lets a commune send a package to a province that compared its card.
func sends(t *testing.T, commune, province *desk.Desk, kind packet.Kind, of data.Period) desk.Arrival {
	t.Helper()
	to, err := province.PacketCard(t.Context())
	must(t, err)
	path := filepath.Join(t.TempDir(), "goi.gbgoi")
	_, err = commune.MakePackage(t.Context(), path, desk.Making{Kind: kind, Period: of, To: to, List: func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
		return papers.WriteList(ctx, commune, q, day, w, nil)
	}})
	must(t, err)
	p, err := province.OpenPackage(t.Context(), path, "")
	must(t, err)
	defer p.Close()
	a, err := province.TakePackage(t.Context(), p, desk.PackageTaking{})
	must(t, err)
	return a
}

// TestConsolidatedForm: figures of all units by level, each with its source, what is missing
// on the cover, a merged unit under its successor, dossiers of two units, and the way to
// the package or into the dossiers.
func TestConsolidatedForm(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	province, _ := office(t)
	must(t, province.SetOffice(t.Context(), data.Office{Name: "UBND tỉnh Thử", Code: "H56", Place: "Thử"}))
	quarter := period(t, "2026-Q1")
	commune := func(code, name string) *desk.Desk {
		d := reformOffice(t)
		must(t, d.SetOffice(t.Context(), data.Office{Name: name, Code: code}))
		card, err := d.PacketCard(t.Context())
		must(t, err)
		_, err = province.AddPacketCard(t.Context(), card, card.Card.Fingerprint())
		must(t, err)
		return d
	}
	// A unit that the catalogue learns from its dossiers is not counted beside its figures.
	first := commune("H56.01", "UBND xã Một")
	sends(t, first, province, packet.Figures, quarter)
	sends(t, first, province, packet.Dossiers, quarter)
	request := papers.Request{Name: papers.Consolidated, Period: quarter}
	early, err := papers.Sheets(t.Context(), province, request)
	must(t, err)
	if n := data.FormatInt(first.Figures(quarter, quarter.To, data.ByUnit, desk.Filter{}).Total.Received()); early[0].Rows[len(early[0].Rows)-1].Cells[2] != n {
		t.Fatalf("counted twice: %v", early[0].Rows)
	}
	for range 2 {
		_, err := province.Undo(t.Context())
		must(t, err)
	}
	unit := func(code, name string) data.Unit {
		u := data.Unit{Code: code, Name: name, Level: data.LevelCommune}
		must(t, province.SaveUnit(t.Context(), &u))
		return u
	}
	one, _, old := unit("H56.01", "UBND xã Một"), unit("H56.02", "UBND xã Hai"), unit("H56.03", "UBND xã Cũ")
	old.To, old.Successor = data.Date(2026, 2, 28), one.ID
	must(t, province.SaveUnit(t.Context(), &old))
	second, former := commune("H56.02", "UBND xã Hai"), commune("H56.03", "UBND xã Cũ")
	sends(t, first, province, packet.Figures, quarter)
	sends(t, former, province, packet.Figures, quarter)
	came := sends(t, first, province, packet.Dossiers, quarter)
	again := sends(t, second, province, packet.Dossiers, quarter)
	if came.New == 0 || len(came.Twice) != 0 || len(again.Twice) != came.New || again.Twice[0].With != "UBND xã Một" || again.Twice[0].Unit != "UBND xã Hai" {
		t.Fatalf("%+v\n%+v", came, again)
	}
	sheets, err := papers.Sheets(t.Context(), province, request)
	must(t, err)
	if len(sheets) != 2 || !strings.HasPrefix(sheets[1].Title, "HỒ SƠ HAI ĐƠN VỊ") || len(sheets[1].Rows) != came.New {
		t.Fatalf("%d sheets", len(sheets))
	}
	if o, ok := sheets[1].Opens(0, 1); !ok || province.Count(*o.Query) != 1 {
		t.Errorf("a twin opens %+v", o)
	}
	s := sheets[0]
	if below := strings.Join(s.Below, " "); !strings.Contains(below, "Thiếu 1/3 xã: UBND xã Hai.") {
		t.Errorf("the cover says %q", below)
	}
	want := first.Figures(quarter, quarter.To, data.ByUnit, desk.Filter{}).Total
	rows := map[string][]string{}
	for i, r := range s.Rows {
		rows[r.Cells[1]] = r.Cells
		switch r.Cells[1] {
		case "UBND xã Một":
			if o, ok := s.Opens(i, 2); !ok || o.Query == nil || int64(province.Count(*o.Query)) != want.Received() {
				t.Errorf("the dossiers of the commune: %+v", o)
			}
			if o, ok := s.Opens(i, len(r.Cells)-1); !ok || o.Reported == 0 {
				t.Errorf("the package of the commune: %+v", o)
			}
		case "UBND xã Một (từ UBND xã Cũ)":
			if o, ok := s.Opens(i, 2); !ok || o.Reported == 0 || o.Query != nil {
				t.Errorf("the package of the former commune: %+v", o)
			}
		}
	}
	if hai := rows["UBND xã Hai"]; hai != nil { // its dossiers stand under the unit that sent them first
		t.Errorf("counted twice: %v", hai)
	}
	if n := data.FormatInt(want.Received()); rows["UBND xã Một"] == nil || rows["UBND xã Một"][2] != n || !strings.HasPrefix(rows["UBND xã Một"][13], "Gói số 3 của UBND xã Một, nhận ") || rows["UBND xã Một (từ UBND xã Cũ)"][2] != n ||
		rows["Cấp xã"][2] != data.FormatInt(2*want.Received()) || rows["Tổng cộng"][2] != data.FormatInt(2*want.Received()) {
		t.Errorf("%v", rows)
	}
	if text := printed(t, province, request); !strings.Contains(text, "Thiếu 1/3 xã: UBND xã Hai.") || !strings.Contains(text, "UBND xã Cũ") || !strings.Contains(text, "HỒ SƠ HAI ĐƠN VỊ CÙNG GỬI") {
		t.Errorf("printed: %s", text)
	}
	book := filepath.Join(t.TempDir(), "tong-hop.xlsx")
	must(t, papers.Workbook(t.Context(), province, request, book))
	if dir := os.Getenv("GIAOBAN_TEST_OUT"); dir != "" {
		must(t, papers.Write(t.Context(), province, request, filepath.Join(dir, "tong-hop.pdf")))
	}
}
