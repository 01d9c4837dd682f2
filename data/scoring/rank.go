package scoring

import (
	"cmp"
	"slices"
)

// TieRule says how units with equal points are ranked.
type TieRule string

// The tie rules (scoring 3.5).
const (
	Competition TieRule = "competition" // 1, 1, 3
	Dense       TieRule = "dense"       // 1, 1, 2
)

// String returns the rule in the words printed under a ranking.
func (t TieRule) String() string {
	if t == Dense {
		return "bằng điểm thì cùng hạng, hạng sau liền kề (1, 1, 2)"
	}
	return "bằng điểm thì cùng hạng, hạng sau bỏ số trùng (1, 1, 3)"
}

// Ranks returns the rank of each score, best first from 1. Scores are compared
// exactly, as they are printed, so that two units shown with the same figure
// never differ in rank and two with other figures never share one. "" is Competition.
func Ranks(scores []Points, rule TieRule) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	ranks := make([]int, len(scores))
	rank := 0
	for place, i := range order {
		if place == 0 || scores[i] != scores[order[place-1]] {
			if rule == Dense {
				rank++
			} else {
				rank = place + 1
			}
		}
		ranks[i] = rank
	}
	return ranks
}
