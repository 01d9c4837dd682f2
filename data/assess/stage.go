package assess

import (
	"fmt"
	"slices"
	"strings"
)

// Stage tells how far the points of a sheet have come: the last round that has spoken,
// and on how many of the criteria where it has not spoken on all yet.
type Stage struct {
	Round    Round
	Done, Of int // criteria that the running appraisal has judged, of those scored; 0 of 0 where it is finished
}

// String names the stage: «Tự chấm», «Thẩm định lần 1», «Thẩm định lần 1, mới 12/40
// tiêu chí».
func (s Stage) String() string {
	if s.Done < s.Of {
		return fmt.Sprintf("%s, mới %d/%d tiêu chí", s.Round, s.Done, s.Of)
	}
	return s.Round.String()
}

// Stage returns how far the points have come when the rounds up to r are looked at.
func (c *Card) Stage(upTo Round) Stage {
	s := Stage{Round: Self}
	first, second, scored := 0, 0, 0
	for _, l := range c.Lines {
		if n := c.Set.Node(l.Code); n == nil || n.Survey() {
			continue
		}
		if l.Self != nil || l.First != nil || l.Second != nil {
			scored++
		}
		if l.First != nil {
			first++
		}
		if l.Second != nil {
			second++
		}
	}
	switch {
	case upTo >= Second && second > 0:
		// The second appraisal judges only what was explained.
		s.Round = Second
	case upTo >= First && first > 0:
		s.Round = First
		if !slices.Contains([]State{Appraised, Explaining, Reappraised, Approved, Published}, c.Sheet.State) && first < scored {
			s.Done, s.Of = first, scored
		}
	}
	return s
}

// Stages lists the different stages of the units that have points, the earliest first.
func (r *Ranking) Stages() []Stage {
	var out []Stage
	for _, u := range r.Units {
		if u.Scored && !slices.Contains(out, u.Stage) {
			out = append(out, u.Stage)
		}
	}
	slices.SortFunc(out, func(a, b Stage) int {
		if a.Round != b.Round {
			return int(a.Round) - int(b.Round)
		}
		return a.Done - b.Done
	})
	return out
}

// Mixed reports whether units stand side by side whose points are of different stages,
// or of an appraisal that is not finished. Such a ranking is no result yet.
func (r *Ranking) Mixed() bool {
	stages := r.Stages()
	return len(stages) > 1 || len(stages) == 1 && stages[0].Done < stages[0].Of
}

// Parts counts the units that are ranked on a part of their criteria. Such a ranking is
// no result yet either.
func (r *Ranking) Parts() (n int) {
	for i := range r.Units {
		if r.Units[i].PartWords() != "" {
			n++
		}
	}
	return n
}

// Label is the name of a unit with what sets its points apart from those beside it: its
// stage where several are mixed, and that it is scored in part.
func (r *Ranking) Label(u *Ranked) string {
	var marks []string
	if u.Scored && r.Mixed() {
		marks = append(marks, strings.ToLower(u.Stage.String()))
	}
	if part := u.PartWords(); part != "" {
		marks = append(marks, part)
	}
	if len(marks) == 0 {
		return u.Name
	}
	return u.Name + " (" + strings.Join(marks, ", ") + ")"
}

// StageWords says what stage the points are of: «Tự chấm», or of several how many units
// stand at each.
func (r *Ranking) StageWords() string {
	stages := r.Stages()
	if len(stages) == 1 {
		return stages[0].String()
	}
	text := ""
	for _, s := range stages {
		n := 0
		for _, u := range r.Units {
			if u.Scored && u.Stage == s {
				n++
			}
		}
		if text != "" {
			text += "; "
		}
		text += fmt.Sprintf("%s: %d đơn vị", s, n)
	}
	return text
}
