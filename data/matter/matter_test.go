package matter_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/matter"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// TestShippedProceduresPass: the published procedures about complaints, denunciations and
// petitions are procedures; none of the catalogue is taken for what citizens bring, with
// its code or without.
func TestShippedProceduresPass(t *testing.T) {
	about := 0
	for _, p := range shipped.Procedures().Procedures {
		if err := matter.Refuse("", p.Name, basis.With(nil), data.NoDay); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if w := text.Words(p.Name); strings.Contains(w, "to cao") || strings.Contains(w, "khieu nai") || strings.Contains(w, "xu ly don") || strings.Contains(w, "tiep cong dan") {
			about++
		}
	}
	if about < 8 {
		t.Errorf("only %d shipped procedures are about complaints: the test proves little", about)
	}
}

// TestWhatCitizensBring is known by how it begins, with the law of the day.
func TestWhatCitizensBring(t *testing.T) {
	before, after := data.Date(2026, time.June, 30), data.Date(2026, time.July, 1)
	for name, want := range map[string]string{
		"Tố cáo cán bộ địa chính": "tố cáo", "ĐƠN TỐ CÁO": "tố cáo", "Đơn thư tố cáo nặc danh": "tố cáo", "Khiếu nại quyết định thu hồi đất": "khiếu nại", "Hồ sơ khiếu nại lần hai": "khiếu nại",
		"Đơn khiếu nại": "khiếu nại", "Phản ánh, kiến nghị": "phản ánh, kiến nghị", "Đơn kiến nghị làm đường": "phản ánh, kiến nghị", "Phản ánh ô nhiễm": "phản ánh, kiến nghị", "Đơn thư": "đơn thư",
		"Giải quyết tố cáo tại cấp xã": "", "Xử lý đơn tại cấp xã": "", "Tiếp công dân": "", "Đơn xin cấp phép xây dựng": "", "Đăng ký khai sinh": "", "Tố cáogì": "", "": "",
	} {
		err := matter.Refuse("", name, basis.With(nil), after)
		if (err != nil) != (want != "") || err != nil && (data.CodeOf(err) != data.Refused || !strings.Contains(err.Error(), "» là "+want)) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
	for _, code := range []string{"2.002396", "2.002396.000.00.00.H29", "9.002396", "0.002396"} {
		if err := matter.Refuse(code, "Tố cáo", basis.With(nil), after); err != nil {
			t.Errorf("%s, a published procedure: %v", code, err)
		}
	}
	for _, code := range []string{"", "TC-01", "2.00239", "12.002396", "2.002396x"} {
		if matter.Refuse(code, "Tố cáo", basis.With(nil), after) == nil {
			t.Errorf("%s is taken for a code of the national catalogue", code)
		}
	}
	for day, law := range map[data.Day]string{before: "theo NĐ 31/2019/NĐ-CP, không", after: "theo NĐ 31/2019/NĐ-CP (sửa đổi bởi NĐ 156/2026/NĐ-CP), không", data.Date(2018, 1, 2): "là tố cáo, không"} {
		if err := matter.Refuse("", "Tố cáo", basis.With(nil), day); err == nil || !strings.Contains(err.Error(), law) {
			t.Errorf("%s: %v", day, err)
		}
	}
	for name, law := range map[string]string{"Khiếu nại": "NĐ 155/2026", "Phản ánh": "NĐ 154/2026"} {
		if err := matter.Refuse("", name, basis.With(nil), after); err == nil || !strings.Contains(err.Error(), law) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTitles: neighbours share no words, and units are no work.
func TestTitles(t *testing.T) {
	for said, want := range map[string]string{"so theo doi don to cao": "tố cáo", "ket qua giai quyet don thu": "đơn thư", "ban tiep cong dan": "", "don vi": "", "khieu|nai": "", "ho so": ""} {
		if m, _ := matter.Titled(strings.Split(said, "|")); m.Name != want {
			t.Errorf("%q: %q, want %q", said, m.Name, want)
		}
	}
}

// TestLongNamesAreCut: the refusal names the beginning, not a page of text.
func TestLongNamesAreCut(t *testing.T) {
	sixty := "Tố cáo " + strings.Repeat("đ", 53)
	for name, want := range map[string]string{sixty: "«" + sixty + "» là tố cáo", sixty + "z": "«" + sixty + "…» là tố cáo"} {
		if err := matter.Refuse("", name, basis.With(nil), data.NoDay); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
