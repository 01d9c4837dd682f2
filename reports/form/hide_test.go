package form_test

import (
	"testing"

	"giaoban/reports/form"
)

// What may be a number of a person is hidden, amounts, days and codes are not; names and
// addresses are shortened wherever they stand.
func TestHide(t *testing.T) {
	for text, want := range map[string]string{
		"gọi 0912345678 hoặc 0912.345.678":                "gọi …678 hoặc …678",
		"CCCD 012345678901, CMND 123456789":               "CCCD …901, CMND …789",
		"nộp 12.345.678 đồng ngày 03/02/2026, 2026-02-03": "nộp 12.345.678 đồng ngày 03/02/2026, 2026-02-03",
		"hồ sơ 000.00.06.H56-231027-0361":                 "hồ sơ 000.00.06.H56-231027-0361",
		"nguyễn văn an, Thôn 3, xã Mẫu, xin rút":          "Nguyễn V. A., xã Mẫu, xin rút",
	} {
		if got := form.Hide(text, []string{"Nguyễn Văn An"}, []string{"Thôn 3, xã Mẫu"}); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
