package list

import (
	"giaoban/app/kit"
)

// Named is a view under a name, Views keeps them.
type (
	Named = kit.Named
	Views = kit.Views
)

// habitViews keeps views among the habits.
type habitViews struct {
	kit.Shelf[Named]
	all func() []Named
}

func newHabitViews(texts kit.Texts, id string) habitViews {
	key := habitKey(id, "views")
	all := func() (out []Named) {
		readJSON(texts, key, &out)
		for i := range out {
			out[i].Count = -1
		}
		return out
	}
	return habitViews{kit.Shelf[Named]{Name: func(n *Named) *string { return &n.Name }, Put: func(n *Named, v View) { n.View = v }, Change: func(_ string, edit func([]Named) ([]Named, error)) error {
		list, err := edit(all())
		if err == nil {
			keepJSON(texts, key, list)
		}
		return err
	}}, all}
}

// All implements Views.
func (h habitViews) All() []Named { return h.all() }
