package shipped_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/shipped"
)

// TestEveryLevelHasOneClass: units of old files are ranked by their level.
func TestEveryLevelHasOneClass(t *testing.T) {
	classes, levels := shipped.Classes(), 0
	for i, c := range classes {
		if c.ID != uint32(i+1) || c.Name == "" {
			t.Errorf("%+v", c)
		}
		levels += len(c.Levels)
	}
	for _, l := range basis.Levels(data.NoDay) {
		if classes.OfLevel(l).ID == 0 {
			t.Errorf("%s has no class", l)
		}
	}
	if levels != len(basis.Levels(data.NoDay)) || classes.OfLevel(data.LevelProvince).ID == classes.OfLevel(data.LevelCommune).ID {
		t.Errorf("%+v", classes)
	}
}
