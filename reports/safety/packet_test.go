package safety_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// The sheet of a card holds the whole fingerprint and the name of the unit in packages,
// and the head of the office signs it.
func TestCardSheet(t *testing.T) {
	d, err := safety.BuildCard(t.Context(), &safety.Sheet{Office: office, Code: "5746-GCTK-8NFN-YAC0-7Z46-CVMZ-Z1Y3-QHF3", Made: data.Moment{Day: data.Date(2026, time.November, 30), Clock: data.At(9, 5)},
		File: "H99.14.13"}, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	got := texts(d)
	for _, want := range []string{"5746 – GCTK – 8NFN", "YAC0 – 7Z46 – CVMZ", "Z1Y3 – QHF3", "DẤU VÂN TAY THẺ ĐƠN VỊ", "H99.14.13", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "NGƯỜI GIỮ") {
		t.Error("nobody keeps this sheet")
	}
	keep(t, d, "dau-van-tay.pdf")
}

// The letter names who is missing and who was late, and asks by the day on which it is
// written: before the day until which figures are to come, or after.
func TestReminder(t *testing.T) {
	due := data.Date(2026, time.October, 5)
	for today, want := range map[data.Day]string{due - 2: "trước ngày 05/10/2026", due + 3: "ngay trong ngày nhận được"} {
		d, err := safety.BuildReminder(t.Context(), &safety.Reminder{Office: office, Period: "Quý III/2026", Due: due, Today: today, Missing: []string{"UBND xã Yên Mẫu", "UBND phường Ân Mẫu"},
			Late: []string{"UBND xã Hòa Thử"}, Got: 13, Of: 15}, paper.Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(texts(d), "\n", " ")
		for _, want := range []string{want, "V/v đôn đốc", "Kính gửi:", "- UBND xã Yên Mẫu;", "13/15 đơn vị", "còn 2 đơn vị", "UBND xã Hòa Thử", "Lưu: VT"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing in\n%s", today, want, got)
			}
		}
		keep(t, d, "don-doc-"+today.ISO()+".pdf")
	}
}
