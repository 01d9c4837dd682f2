package basis_test

import (
	"slices"
	"testing"

	"giaoban/data/basis"
)

// TestSystemNames: the province and the ministries of rules-2026 M1, the province first.
func TestSystemNames(t *testing.T) {
	if list := basis.SystemNames(); len(list) != 10 || list[0] != "Hệ thống của tỉnh" || !slices.Contains(list, "Hệ thống của Bộ Y tế") {
		t.Errorf("%q", list)
	}
}

// TestSystemOfACode: rules-2026 M1.
func TestSystemOfACode(t *testing.T) {
	for code, want := range map[string]string{
		"H15.50.05.13-261008-0975":     "Hệ thống của tỉnh",
		"000.00.01.H15-261008-0975":    "Hệ thống của tỉnh",
		"H15.50.05.13-261008-150123":   "Hệ thống của Bộ Tư pháp",
		"H15.50.05.13-261008-1012345":  "Hệ thống của Bộ Nông nghiệp và Môi trường",
		"H15.50.05.13-261008-990123":   "", // no ministry of that number
		"H15.50.05.13-261008-15012":    "", // five digits are nobody's
		"H15.50.05.13-261008-15012345": "",
		"2026/123":                     "",
	} {
		if got := basis.SystemOf(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
