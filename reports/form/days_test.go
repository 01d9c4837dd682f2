package form_test

import (
	"strings"
	"testing"

	"giaoban/assets/forms"
	"giaoban/reports/form"
)

// Every list that counts days says in which days it counts, of all years alike:
// columns hold working days, as the screens do.
func TestListsCountWorkingDays(t *testing.T) {
	found := 0
	files, err := forms.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var all []form.Template
	for _, f := range files {
		if id := strings.TrimSuffix(f.Name(), ".json"); id != "giao-ban" && id != "cchc" { // outlines of texts
			list, err := form.Shipped(id)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, list...)
		}
	}
	for _, s := range all {
		for _, n := range append(append([]string{}, s.Notes...), s.NotesOpen...) {
			if strings.Contains(n, "dương lịch") {
				t.Errorf("%s of %s: %q", s.ID, s.From, n)
			}
		}
		for _, c := range s.Columns {
			if c.Key != "days" {
				continue
			}
			found++
			for _, notes := range [][]string{s.Notes, s.NotesOpen} {
				if !strings.Contains(strings.Join(notes, " "), "Số ngày quá hạn tính theo ngày làm việc, từ ngày sau ngày hẹn trả đến ngày chốt số liệu.") {
					t.Errorf("%s of %s does not say which days it counts: %q", s.ID, s.From, notes)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no list counts days")
	}
}

// TestCommuneHidesTheHouse: papers that others see name the commune at most.
func TestCommuneHidesTheHouse(t *testing.T) {
	for address, want := range map[string]string{"Thôn 3, xã Mẫu, tỉnh Thử": "xã Mẫu, tỉnh Thử", "Số 5 đường A,  Phường Mẫu , thị xã Thử": "Phường Mẫu, thị xã Thử",
		"12 đường B, Mẫu": "Mẫu", "Tổ 4": "", "": "", "xã Mẫu": "xã Mẫu"} {
		if got := form.Commune(address); got != want {
			t.Errorf("%q is %q, want %q", address, got, want)
		}
	}
}
