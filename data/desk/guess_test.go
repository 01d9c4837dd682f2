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
	} {
		if got := guessLevel(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
