package safety_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// The sheet for another desk holds every group of the code, the server, and one page.
func TestConnectionSheet(t *testing.T) {
	d, err := safety.BuildConnection(t.Context(), &safety.Sheet{Office: office, Code: "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-7K2M", Made: data.Moment{Day: data.Date(2026, time.November, 30), Clock: data.At(9, 5)},
		File: "may-chu:5432/giaoban (đăng nhập quay_1)"}, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	got := texts(d)
	for _, want := range []string{"0123 – 4567 – 89AB", "CDEF – GHJK – MNPQ", "RSTV – WXYZ – 7K2M", "TỜ MÃ KẾT NỐI", "may-chu:5432/giaoban", "Mã QR"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	keep(t, d, "to-ma-ket-noi.pdf")
}
