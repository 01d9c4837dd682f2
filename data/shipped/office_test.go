package shipped_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/shipped"
)

// TestOfficeIsProposedFromLevelAndName: what Decree 30 and the law of 2025 make of them.
func TestOfficeIsProposedFromLevelAndName(t *testing.T) {
	for _, x := range []struct {
		level                      data.Level
		called, name, place, title string
		symbol, authority          string
	}{
		{data.LevelCommune, "UBND phường Yên Trạch", "ỦY BAN NHÂN DÂN\nPHƯỜNG YÊN TRẠCH", "Yên Trạch", "CHỦ TỊCH", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"},
		{data.LevelCommune, "Ủy ban nhân dân xã  Đại Sơn", "ỦY BAN NHÂN DÂN\nXÃ ĐẠI SƠN", "Đại Sơn", "CHỦ TỊCH", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"},
		{data.LevelCommune, "đặc khu Vân Hải", "ỦY BAN NHÂN DÂN\nĐẶC KHU VÂN HẢI", "Vân Hải", "CHỦ TỊCH", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"},
		{data.LevelProvince, "Sở Nông nghiệp và Môi trường", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "", "GIÁM ĐỐC", "BC-SNNMT", ""},
		{data.LevelProvince, "UBND tỉnh Lạc Hà", "ỦY BAN NHÂN DÂN\nTỈNH LẠC HÀ", "Lạc Hà", "CHỦ TỊCH", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"},
		{data.LevelDistrict, "UBND huyện Tam Phong", "ỦY BAN NHÂN DÂN\nHUYỆN TAM PHONG", "Tam Phong", "CHỦ TỊCH", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"},
	} {
		o := shipped.Office(x.level, x.called)
		if o.Name != x.name || o.Place != x.place || o.Title != x.title || o.Symbol != x.symbol || o.Authority != x.authority || o.Level != x.level || o.Desk == "" {
			t.Errorf("%s: %+v", x.called, o)
		}
	}
	if o := shipped.Office(data.LevelCommune, ""); o.Name != "" || o.Symbol != "BC-UBND" {
		t.Errorf("without a name: %+v", o)
	}
}

func TestUnitsAreProposedByLevel(t *testing.T) {
	day := data.Date(2026, time.November, 30)
	has := func(level data.Level, called, name string) bool {
		for _, u := range shipped.Units(level, called, day) {
			if u.Name == name {
				return u.Level == level && u.Kind != ""
			}
		}
		return false
	}
	for _, x := range []struct {
		level        data.Level
		called, name string
		want         bool
	}{
		{data.LevelCommune, "UBND phường Yên Trạch", "UBND phường Yên Trạch", true},
		{data.LevelCommune, "UBND phường Yên Trạch", "Phòng Kinh tế, Hạ tầng và Đô thị", true},
		{data.LevelCommune, "UBND phường Yên Trạch", "Phòng Kinh tế", false},
		{data.LevelCommune, "UBND xã Đại Sơn", "Phòng Kinh tế", true},
		{data.LevelCommune, "UBND xã Đại Sơn", "Trung tâm Phục vụ hành chính công", true},
		{data.LevelDistrict, "UBND huyện Tam Phong", "Phòng Nông nghiệp và Phát triển nông thôn", true},
		{data.LevelDistrict, "UBND thị xã Lạc Hồng", "Phòng Nông nghiệp và Phát triển nông thôn", false},
		{data.LevelProvince, "Sở Tư pháp", "Văn phòng", true},
		{data.LevelProvince, "Sở Tư pháp", "Thanh tra", false},
	} {
		if got := has(x.level, x.called, x.name); got != x.want {
			t.Errorf("%s, %s: %v", x.called, x.name, got)
		}
	}
}

func TestCalledReadsTheLetterheadBack(t *testing.T) {
	for name, want := range map[string]string{
		"ỦY BAN NHÂN DÂN\nPHƯỜNG YÊN TRẠCH": "UBND phường Yên Trạch", "ỦY BAN NHÂN DÂN\nĐẶC KHU VÂN HẢI": "UBND đặc khu Vân Hải",
		"SỞ TƯ PHÁP": "Sở tư pháp", "Sở Tư pháp": "Sở Tư pháp", "": "",
	} {
		if got := shipped.Called(data.Office{Name: name}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
