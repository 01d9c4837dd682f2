package form_test

import (
	"testing"

	"giaoban/reports/form"
)

func TestInTextWritesNamesAsInASentence(t *testing.T) {
	for name, want := range map[string]string{
		"ỦY BAN NHÂN DÂN\nTHỊ XÃ THỬ NGHIỆM":             "Ủy ban nhân dân thị xã Thử Nghiệm",
		"UỶ BAN NHÂN DÂN HUYỆN BA TƠ":                    "Uỷ ban nhân dân huyện Ba Tơ",
		"UBND XÃ TÂN LẬP":                                "UBND xã Tân Lập",
		"PHÒNG TÀI CHÍNH - KẾ HOẠCH THỊ XÃ MẪU":          "Phòng Tài chính - Kế hoạch thị xã Mẫu",
		"SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG":                   "Sở Nông nghiệp và Môi trường",
		"BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ":               "Bộ phận Tiếp nhận và Trả kết quả",
		"VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
		"TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG 7":     "Trung tâm Phục vụ hành chính công phường 7",
		"THÀNH PHỐ MẪU":                                  "Thành phố Mẫu",
		"Ủy ban nhân dân  thị xã\nMẫu":                   "Ủy ban nhân dân thị xã Mẫu",
		"UBND thị xã Mẫu":                                "UBND thị xã Mẫu",
		"":                                               "",
	} {
		if got := form.InText(name); got != want {
			t.Errorf("%q in a sentence is %q, want %q", name, got, want)
		}
	}
}
