package desk

import (
	"testing"

	"giaoban/data"
)

func TestLevelOfNames(t *testing.T) {
	for name, want := range map[string]data.Level{
		"UBND TT. Liên Nghĩa": data.LevelCommune, "UBND P. Mạo Khê": data.LevelCommune, "P. Tư pháp": data.LevelDistrict, "UBND TX Đông Triều": data.LevelDistrict,
		"Phòng Nội vụ": data.LevelDistrict, "UBND xã Bình Khê": data.LevelCommune, "Công an thị xã": data.LevelVertical, "Sở Nội vụ": data.LevelProvince,
		"UBND X. An Sinh": data.LevelCommune, "H. Đức Trọng": data.LevelDistrict,
		"Ủy ban nhân dân P. Mạo Khê": data.LevelCommune, "Ủy ban nhân dân H. Đức Trọng": data.LevelDistrict, "Ủy ban nhân dân TT. Liên Nghĩa": data.LevelCommune,
	} {
		if got := guessLevel(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestLevelOfNamesByDay: a phòng is one of the district until 30/06/2025, then of the
// commune.
func TestLevelOfNamesByDay(t *testing.T) {
	last, next := data.Date(2025, 6, 30), data.Date(2025, 7, 1)
	for name, want := range map[string][2]data.Level{
		"Phòng Kinh tế": {data.LevelDistrict, data.LevelCommune}, "Văn phòng HĐND và UBND": {data.LevelDistrict, data.LevelCommune}, "UBND huyện Thử": {data.LevelDistrict, data.LevelDistrict},
		"Phòng Nội vụ huyện Thử": {data.LevelDistrict, data.LevelDistrict}, "Sở Nội vụ": {data.LevelProvince, data.LevelProvince}, "UBND phường Thử": {data.LevelCommune, data.LevelCommune},
	} {
		if got := [2]data.Level{levelOn(name, last), levelOn(name, next)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
