package basis_test

import (
	"slices"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
)

// TestLevelsOfADay: the district level ends on 30/06/2025 (rules-2026 E8, E12).
func TestLevelsOfADay(t *testing.T) {
	last, next := data.Date(2025, time.June, 30), data.Date(2025, time.July, 1)
	four := []data.Level{data.LevelProvince, data.LevelDistrict, data.LevelCommune, data.LevelVertical}
	for day, want := range map[data.Day][]data.Level{last: four, data.NoDay: four, next: {data.LevelProvince, data.LevelCommune, data.LevelVertical}} {
		if got := basis.Levels(day); !slices.Equal(got, want) {
			t.Errorf("levels on %s: %v, want %v", day, got, want)
		}
	}
	if basis.LevelOn(data.LevelDistrict, last) != data.LevelDistrict || basis.LevelOn(data.LevelDistrict, next) != data.LevelCommune ||
		basis.LevelOn(data.LevelProvince, next) != data.LevelProvince || basis.LevelOn("khac", next) != "khac" || basis.LevelOn(data.LevelDistrict, data.NoDay) != data.LevelDistrict {
		t.Error("LevelOn")
	}
	if basis.LevelEnd(data.LevelDistrict) != last || basis.LevelEnd(data.LevelCommune).Known() {
		t.Error("LevelEnd")
	}
}

// TestNoticeOfTheCivilStatusLaw: rules-2026 E10.
func TestNoticeOfTheCivilStatusLaw(t *testing.T) {
	if n := basis.Notices("Hộ tịch", data.Date(2026, time.November, 30)); len(n) != 1 || n[0].Holds != data.Date(2027, time.March, 1) {
		t.Errorf("%+v", n)
	}
	for _, field := range []string{"", "Hộ tịch"} { // told from the day of the law on, of every field for ""
		if n := basis.Notices(field, data.Date(2026, time.April, 23)); len(n) != 1 || n[0].From != data.Date(2026, time.April, 23) {
			t.Errorf("of %q on its first day: %+v", field, n)
		}
	}
	if len(basis.Notices("Hộ tịch", data.Date(2026, time.April, 22))) != 0 || len(basis.Notices("Đất đai", data.Date(2027, time.May, 1))) != 0 {
		t.Error("told too early, or of another field")
	}
	before, after := data.Date(2027, time.February, 28), data.Date(2027, time.March, 1)
	for _, x := range []struct {
		from, to, received data.Day
		outdated           bool
	}{{data.NoDay, data.NoDay, before, false}, {data.NoDay, data.NoDay, after, true}, {after, data.NoDay, after, false}, {data.NoDay, before, after, false}} {
		if _, got := basis.Outdated("Hộ tịch", x.from, x.to, x.received); got != x.outdated {
			t.Errorf("from %s to %s, received %s: outdated %v", x.from, x.to, x.received, got)
		}
	}
}
