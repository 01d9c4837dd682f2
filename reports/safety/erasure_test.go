package safety_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// TestErasureProof: the proof says who, when, on what ground, what stays, and every code.
func TestErasureProof(t *testing.T) {
	x := safety.Erasure{Office: data.Office{Parent: "UBND TỈNH THỬ", Name: "UBND XÃ THỬ", Place: "Thử"}, File: "so.db", At: data.Moment{Day: data.Date(2026, 6, 1)}, By: "Lê Thị Thử", Basis: "Quyết định số 12/QĐ",
		Before: data.Date(2016, 6, 1), Years: 10, Letters: 3, Kept: 5, Opened: 2, Head: "ABCDEF", Older: 4}
	for i := range 30 {
		x.Codes = append(x.Codes, fmt.Sprintf("H01-%03d", i))
	}
	doc, err := safety.BuildErasure(t.Context(), []safety.Erasure{x}, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(texts(doc)), " ")
	for _, want := range append([]string{"Lê Thị Thử", "30 hồ sơ", "01/06/2016", "10 năm", "Quyết định số 12/QĐ", "3 thư xin lỗi", "5 hồ sơ", "2 chưa kết thúc", "4 bản lập trước", "ABCDEF"}, x.Codes...) {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the proof: %s", want, text)
		}
	}
	keep(t, doc, "bien-ban-xoa.pdf")
}
