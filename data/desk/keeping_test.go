package desk

import (
	"math/rand/v2"
	"testing"

	"giaoban/data"
	"giaoban/data/testsize"
)

// TestGenerations: of three years of backups, one each working day and pruned each time,
// seven days, five weeks, twelve months and every year stay.
func TestGenerations(t *testing.T) {
	var list []generation
	day := data.Date(2023, 10, 2) // a Monday
	for seq := uint64(1); day <= data.Date(2026, 11, 27); day++ {
		if w := day.Weekday(); w == 0 || w == 6 {
			continue
		}
		list = pruned(append(list, generation{day: day, head: Head{Seq: seq}, dossiers: int(seq)}))
		seq++
	}
	kept := map[data.Day]bool{}
	for _, g := range list {
		kept[g.day] = true
	}
	for _, want := range []data.Day{data.Date(2026, 11, 27), data.Date(2026, 11, 19), data.Date(2026, 11, 13), data.Date(2026, 11, 6), data.Date(2026, 10, 30), data.Date(2026, 9, 30), data.Date(2026, 1, 30), data.Date(2025, 12, 31), data.Date(2024, 12, 31), data.Date(2023, 12, 29)} {
		if !kept[want] {
			t.Errorf("%s is gone", want)
		}
	}
	if len(list) != 7+3+10+2 || kept[data.Date(2026, 11, 18)] || kept[data.Date(2025, 11, 28)] {
		t.Errorf("%d stay: %v", len(list), kept)
	}
}

func pruned(list []generation) []generation {
	keep := keeping(list)
	var out []generation
	for i, g := range list {
		if keep[i] {
			out = append(out, g)
		}
	}
	return out
}

// TestGenerationsKeepTheBest: whatever the clock does and however the register shrinks,
// the newest backup stays, and so does the fullest of its slot; nothing grows for ever.
func TestGenerationsKeepTheBest(t *testing.T) {
	for round := range testsize.Of(40, 1000) {
		random := rand.New(rand.NewPCG(uint64(round), 1))
		var list []generation
		day, dossiers := data.Date(2026, 1, 5), 1000
		for seq := uint64(1); seq < 400; seq++ {
			switch random.IntN(40) {
			case 0:
				day = data.Date(2099, 1, 1)
			case 1:
				day = data.Date(2015, 1, 1)
			case 2, 3, 4:
				day = data.Date(2026, 1, 5) + data.Day(seq)
			case 5:
				dossiers /= 2 // an import was taken back
			default:
				day += data.Day(random.IntN(3))
				dossiers += random.IntN(5)
			}
			made := generation{day: day, head: Head{Seq: seq}, dossiers: dossiers}
			best := 0
			for _, g := range list {
				best = max(best, g.dossiers)
			}
			list = pruned(append(list, made))
			if last := list[len(list)-1]; last.head.Seq != seq {
				t.Fatalf("round %d: the newest of %d is %d", round, seq, last.head.Seq)
			}
			still := 0
			for _, g := range list {
				if g.day == day {
					still = max(still, g.dossiers)
				}
			}
			if still < dossiers {
				t.Fatalf("round %d: of day %s only one with %d of %d dossiers stays", round, day, still, dossiers)
			}
			if len(list) > 3*2*(daysKept+weeksKept+monthsKept+10)+todaysKept {
				t.Fatalf("round %d: %d backups stay", round, len(list))
			}
		}
	}
	// A fuller one of the same day is not replaced by an emptier one of the same day.
	list := []generation{{day: data.Date(2026, 1, 5), head: Head{Seq: 1}, dossiers: 500}, {day: data.Date(2026, 1, 5), head: Head{Seq: 2}, dossiers: 3}}
	for seq := uint64(3); seq < 20; seq++ {
		list = pruned(append(list, generation{day: data.Date(2026, 1, 5), head: Head{Seq: seq}, dossiers: 3}))
	}
	if list[0].dossiers != 500 {
		t.Errorf("%+v", list)
	}
}
