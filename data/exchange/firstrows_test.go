package exchange_test

import (
	"testing"

	"giaoban/data/exchange"
)

// TestFirstRows shows a file as it is: titles, heading, rows, and true dates.
func TestFirstRows(t *testing.T) {
	text := "SỔ THEO DÕI\n\nMã hồ sơ\tChủ hồ sơ\tNgày tiếp nhận\nHS-1\tTrần Mẫu\t13/03/2023\nHS-2\t\t14/03/2023\nHS-3\tĐỗ Mẫu\t15/03/2023"
	src, err := exchange.OpenText(t.Context(), text, exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	rows, err := src.FirstRows(t.Context(), 2)
	if err != nil || len(rows) != 4 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if r := rows[0]; r.Head || r.Row != 1 || len(r.Cells) != 1 || r.Cells[0] != "SỔ THEO DÕI" {
		t.Errorf("title %+v", r)
	}
	if r := rows[1]; !r.Head || r.Row != 3 || r.Cells[2] != "Ngày tiếp nhận" {
		t.Errorf("heading %+v", r)
	}
	if r := rows[3]; r.Head || r.Row != 5 || r.Cells[0] != "HS-2" || r.Cells[1] != "" || r.Cells[2] != "14/03/2023" {
		t.Errorf("row %+v", r)
	}
	serial, err := exchange.Open(t.Context(), "testdata/import/box_serial.xlsx", exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	defer serial.Close()
	m := serial.Mapping()
	received := m.Column(exchange.FactReceived)
	rows, err = serial.FirstRows(t.Context(), 3)
	if err != nil || received == nil {
		t.Fatal(err)
	}
	found, err := serial.Preview(t.Context(), 1)
	if err != nil || len(found) != 1 {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Row == found[0].Row && r.Cells[received.Number-1] != found[0].Dossier.Received.String() {
			t.Errorf("a date stands as %q", r.Cells[received.Number-1])
		}
	}
}
